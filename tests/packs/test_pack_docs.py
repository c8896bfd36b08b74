"""What docs/packs.md tells an instructor is so."""

import re
from pathlib import Path

from simulator.packs import archives, documents, folders, names
from simulator.packs.lint import CHECKS, lint_pack
from simulator.packs.loading import load_pack, read_skills
from simulator.packs.schema import QuestionEntry, json_schemas

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")


def codes_between(start: str, end: str) -> list[str]:
    section = TEXT.partition(start)[2].partition(end)[0]
    return re.findall(r"^\| `([a-z0-9-]+)` \|", section, re.MULTILINE)


def codes_in_source() -> set[str]:
    """The words that are passed on as codes: in lower case, with hyphens or alone before a message."""
    found = set()
    for path in (ROOT / "simulator" / "packs").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', source))
        found |= set(re.findall(r'return "(\w+)", "', source))
    return (found | {"empty", "unreadable", "encrypted"}) - {"utf-8", "utf-8-sig"}


def test_the_example_loads_with_the_shipped_skills_and_without_an_error(write):
    files = dict(re.findall(r"^```yaml (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
    assert set(files) == {"pack.yaml", "blueprint.yaml", "questions.yaml"}
    skills = frozenset(read_skills(ROOT / "questions" / "skills.yaml"))
    root = write(files)
    pack = load_pack(root, skills=skills)
    assert len(pack.questions) == 2
    assert {problem.severity for problem in lint_pack(root, skills=skills)} <= {"warning"}


def test_every_code_is_explained_and_no_other():
    errors = codes_between("### Errors", "### Warnings")
    assert errors == sorted(errors)
    assert set(errors) == codes_in_source()
    assert codes_between("### Warnings", "\0") == sorted(CHECKS)


def test_every_field_of_a_question_is_explained():
    section = TEXT.partition("## Questions, field by field")[2].partition("\n## ")[0]
    assert set(QuestionEntry.model_fields) <= set(re.findall(r"`(\w+)`", section))


def test_every_kind_of_schema_is_named():
    section = TEXT.partition("## Editor set-up")[2].partition("\n## ")[0]
    assert all(f"`{kind}`" in section for kind in json_schemas())


def test_the_limits_are_those_of_the_loader():
    assert f"{names.MAX_FILE_BYTES // 2**20} MiB and {documents.MAX_VALUES:,} values" in TEXT
    assert f"one pack {names.MAX_TOTAL_BYTES // 2**20} MiB, {names.MAX_FILES:,} files" in TEXT
    assert f"one zip {archives.MAX_ARCHIVE_BYTES // 2**20} MiB" in TEXT
    assert folders.MAX_FOLDER_DEPTH == 8
