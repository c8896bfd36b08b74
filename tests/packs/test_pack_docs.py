"""What docs/packs.md and docs/lint/ tell an instructor is so."""

import re
from datetime import date
from pathlib import Path

import pytest

from simulator.packs import archives, documents, folders, names
from simulator.packs.lint import lint_packs
from simulator.packs.lint.registry import SILENCEABLE as CAN_BE_SILENCED
from simulator.packs.lint.registry import summaries
from simulator.packs.loading import load_pack, read_skills
from simulator.packs.schema import QuestionEntry, json_schemas

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "lint").glob("*.md")}
INDEX = PAGES.pop("README")


def codes_between(start: str, end: str) -> list[str]:
    section = INDEX.partition(start)[2].partition(end)[0]
    return re.findall(r"^\| \[`([a-z0-9-]+)`\]\(\1\.md\) \|", section, re.MULTILINE)


def codes_of(severity: str) -> list[str]:
    return [code for code, (level, _) in summaries().items() if level == severity]


def codes_in_source() -> set[str]:
    """The codes of errors that keep a pack from loading: words with hyphens, or alone before a message."""
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
    problems = lint_packs([root], skills=skills, today=date(2026, 11, 25)).problems
    # An example of two questions cannot fill an exam.
    assert {p.code for p in problems if p.severity != "info"} == {"bank-too-small", "few-questions-for-task"}


def test_every_code_has_a_page_and_every_page_a_code():
    assert set(PAGES) == codes_in_source() | set(summaries())


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_tells_code_severity_and_when_to_silence(code):
    severity = summaries()[code][0] if code in summaries() else "error"
    assert PAGES[code].startswith(f"# `{code}`\n\n**{severity.capitalize()}.** ")
    assert "**When to silence it.** " in PAGES[code]
    if code in CAN_BE_SILENCED:
        assert "```yaml" in PAGES[code]
    else:
        assert "It cannot be silenced" in PAGES[code]


def test_the_index_lists_every_page_by_its_severity():
    loading = codes_between("## Errors that keep a pack from loading", "\n## ")
    assert loading == sorted(codes_in_source())
    assert codes_between("## Errors of the linter", "\n## ") == codes_of("error")
    assert codes_between("## Warnings", "\n## ") == codes_of("warning")
    assert codes_between("## For information", "\0") == codes_of("info")


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
