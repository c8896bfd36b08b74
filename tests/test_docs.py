"""What the simulator can do stands in its documentation; what is new and undocumented fails here."""

import ast
import re
from collections import Counter
from pathlib import Path

import click
import pytest

from simulator import paths
from simulator.cli import main
from simulator.config import Settings
from simulator.exam.question import READY
from simulator.exam.question_types import QUESTION_TYPES
from simulator.exam.timing import ACCOMMODATIONS
from simulator.packs.lint import summaries
from simulator.packs.loading import find_packs, load_pack, read_skills
from simulator.packs.schema import json_schemas

ROOT = Path(__file__).parent.parent
PACKS_SOURCE = ROOT / "simulator" / "packs"


def read(*names: str) -> str:
    """Return the documentation in these files; a missing one says nothing."""
    return "\n".join((ROOT / name).read_text() for name in names if (ROOT / name).exists())


def commands(group: click.Group, *before: str):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)
        else:
            yield " ".join(("simulator", *before, name)), command


def problem_codes() -> set[str]:
    """Return the codes of all problems, from the calls and the yields that make them."""
    codes = set(summaries())
    for path in PACKS_SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call | ast.Tuple):
                parts = node.args if isinstance(node, ast.Call) else node.elts
                words = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                codes |= {word for word in words if re.fullmatch(r"[a-z]+(-[a-z]+)+", word)}
    return codes - NOT_CODES


# Words with hyphens that the sources of the packs use otherwise.
NOT_CODES = {"utf-8"}


@pytest.mark.parametrize("name", [name for name, _ in commands(main)])
def test_every_command_is_documented(name):
    assert name in read("README.md", "docs/configuration.md", "docs/packs.md"), name


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name):
    assert f"SIMULATOR_{name.upper()}" in read("docs/configuration.md")


@pytest.mark.parametrize("path", find_packs(paths.questions()), ids=lambda path: path.name)
def test_the_counts_of_questions_are_those_of_the_packs(path):
    skills = frozenset(read_skills(paths.questions() / "skills.yaml"))
    questions = [loaded.question for loaded in load_pack(path, skills=skills).questions if loaded.status == READY]
    section = read("docs/content-quality.md").partition(f"### {path.name}\n")[2].partition("\n### ")[0]
    told = {task: int(count) for task, count in re.findall(r"^\| (\d\.\d) [^|]+ \| (\d+) \|", section, re.MULTILINE)}
    assert told == Counter(question.task for question in questions)
    assert f"| **All** | **{len(questions)}** |" in section
    assert re.search(rf"^\| `questions/{path.name}` \|[^|]+\| {len(questions)} \|", read("README.md"), re.MULTILINE)


def test_no_setting_is_documented_that_does_not_exist():
    documented = set(re.findall(r"SIMULATOR_[A-Z_]+[A-Z]", read("README.md", "docs/configuration.md")))
    assert documented <= {f"SIMULATOR_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_every_question_type_is_documented(name):
    assert f"`{name}`" in read("docs/packs.md")


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_every_question_type_has_its_template(name):
    assert (ROOT / "templates" / "question_types" / f"{name}.html").exists()


@pytest.mark.parametrize("code", sorted(problem_codes()))
def test_every_problem_of_a_pack_is_documented(code):
    assert read(f"docs/lint/{code}.md")


@pytest.mark.parametrize("kind", json_schemas())
def test_every_field_of_a_packs_files_is_documented(kind):
    docs = read("docs/packs.md")
    schema = json_schemas()[kind]
    fields = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        fields |= set(definition.get("properties", {}))
    missing = sorted(field for field in fields if not re.search(rf"\b{re.escape(field)}\b", docs))
    assert missing == []


def test_the_accommodations_are_documented():
    docs = read("README.md", "docs/configuration.md", "docs/glossary.md")
    for words in ("30 minutes", "1.25", "1.5"):
        assert words in docs
    assert len(ACCOMMODATIONS) == 5


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_the_documents_of_a_project_are_there(name):
    assert read(name).strip()


def documents() -> list[Path]:
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(found)


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text()):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_name_only_commands_that_exist(path):
    known = {name for name, _ in commands(main)} | {"simulator --version", "simulator --help"}
    groups = {" ".join(name.split()[:2]) for name in known}
    for line in re.findall(r"^\$? ?(simulator [a-z-]+(?: [a-z]+)?)", path.read_text(), flags=re.MULTILINE):
        words = line.split()
        assert " ".join(words[:3]) in known or " ".join(words[:2]) in known | groups, line
