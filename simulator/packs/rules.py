"""What must hold between the fields of a question or a blueprint, beyond the shape that `schema.py` describes.

A rule reads only what the schema found sound, so that all rules run on a file whatever else is wrong with it. The
rules of the question types stand in `type_rules.py`.
"""

from collections.abc import Iterator
from typing import Any

from simulator.exam.blueprint import RETIRED
from simulator.packs.documents import Path
from simulator.packs.problems import Report, quoted
from simulator.packs.rule import BlueprintRule, Finding, QuestionRule, repeats
from simulator.packs.schema import BlueprintEntry, QuestionsEntry
from simulator.packs.shapes import Shaped
from simulator.packs.type_rules import TYPE_RULES, choose_words_are_there


def apply_question_rules(file: Shaped[QuestionsEntry], report: Report, *, english: bool) -> None:
    """Report what is wrong within each question of a file; "(Choose two.)" is asked for in English packs only."""
    rules = QUESTION_RULES + ((choose_words_are_there,) if english else ())
    for index in range(file.count("questions")):
        for rule in rules:
            for path, code, message in rule(file, ("questions", index)):
                report_at(report, file, path, code, message)


def apply_blueprint_rules(blueprint: Shaped[BlueprintEntry], report: Report) -> None:
    """Report what does not fit together in a blueprint."""
    for rule in BLUEPRINT_RULES:
        for path, code, message in rule(blueprint):
            report_at(report, blueprint, path, code, message)


def report_at(report: Report, file: Shaped[Any], path: Path, code: str, message: str) -> None:
    """Report a problem with the value at a path of a file."""
    report.add(file.document.file, *file.document.position(path), code, message)


def scenario_or_stimulus(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """A question needs a situation: its own, or a shared one."""
    if not file.is_sound(*at, "scenario") or not file.is_sound(*at, "stimulus"):
        return
    if not file.get(*at, "scenario") and not file.get(*at, "stimulus"):
        yield (*at, "scenario"), "missing-field", '"scenario" is missing; add it, or name a "stimulus"'


def options_differ(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Two options with the same text cannot be told apart."""
    texts = [file.get(*at, "options", index, "text") for index in range(file.count(*at, "options"))]
    folded = [None if text is None else " ".join(text.split()).casefold() for text in texts]
    for index, first in repeats(folded):
        yield (*at, "options", index, "text"), "duplicate-option", f"this is the same text as option {first + 1}"


def norepeats(field: str) -> QuestionRule:
    """Make the rule that a list of ids names each one once."""

    def rule(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
        ids = [file.get(*at, field, index) for index in range(file.count(*at, field))]
        for index, _ in repeats(ids):
            yield (*at, field, index), "duplicate-entry", f"{quoted(ids[index])} is in this list twice; remove one"

    return rule


def not_its_own_enemy(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """A question cannot be kept apart from itself."""
    own = file.get(*at, "id")
    for index in range(file.count(*at, "enemies")):
        if own is not None and file.get(*at, "enemies", index) == own:
            yield (*at, "enemies", index), "own-enemy", "a question cannot be its own enemy; remove this id"


QUESTION_RULES: tuple[QuestionRule, ...] = (
    scenario_or_stimulus,
    *TYPE_RULES,
    options_differ,
    norepeats("skills"),
    norepeats("enemies"),
    not_its_own_enemy,
)


def retired_has_a_date(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Candidates are told since when the exam is gone."""
    if blueprint.get("status") == RETIRED and blueprint.is_sound("retired_on") and not blueprint.get("retired_on"):
        yield ("status",), "missing-field", '"retired_on" is missing; a retired certification needs the day'


def scale_rises(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """The best score must be more than the worst."""
    low, high = blueprint.get("scale", "minimum"), blueprint.get("scale", "maximum")
    if low is not None and high is not None and low >= high:
        yield ("scale", "maximum"), "bad-scale", f'"maximum" must be more than the minimum, {low}'


def pass_mark_on_scale(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """A pass mark outside the scale would pass everybody or nobody."""
    low, high = blueprint.get("scale", "minimum"), blueprint.get("scale", "maximum")
    score = blueprint.get("pass_mark", "score")
    if None not in (low, high, score) and low < high and not low < score <= high:
        yield ("pass_mark", "score"), "bad-scale", f"the pass mark must be more than {low} and at most {high}"


def domains_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Questions name their domain by its id."""
    ids = [blueprint.get("domains", index, "id") for index in range(blueprint.count("domains"))]
    for index, _ in repeats(ids):
        yield ("domains", index, "id"), "duplicate-id", f"{quoted(ids[index])} is the id of an earlier domain"


def tasks_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Task ids are unique over all domains, as in the vendors' guides."""
    places: list[Path] = [
        ("domains", domain, "tasks", task, "id")
        for domain in range(blueprint.count("domains"))
        for task in range(blueprint.count("domains", domain, "tasks"))
    ]
    ids = [blueprint.get(*place) for place in places]
    for index, _ in repeats(ids):
        yield places[index], "duplicate-id", f"{quoted(ids[index])} is the id of an earlier task"


def item_types_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Each question type is named once."""
    types = [blueprint.get("item_types", index) for index in range(blueprint.count("item_types"))]
    for index, _ in repeats(types):
        yield ("item_types", index), "duplicate-entry", f"{quoted(types[index])} is in this list twice; remove one"


def facts_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Each further fact stands in one row of the comparison."""
    labels = [blueprint.get("facts", index, "label") for index in range(blueprint.count("facts"))]
    for index, _ in repeats(labels):
        yield ("facts", index, "label"), "duplicate-entry", f"{quoted(labels[index])} is in this list twice; remove one"


BLUEPRINT_RULES: tuple[BlueprintRule, ...] = (
    retired_has_a_date,
    scale_rises,
    pass_mark_on_scale,
    domains_differ,
    tasks_differ,
    item_types_differ,
    facts_differ,
)
