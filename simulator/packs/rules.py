"""What must hold between the fields of a question or a blueprint, beyond the shape that `schema.py` describes.

A rule reads only what the schema found sound, so that all rules run on a file whatever else is wrong with it. It
yields findings: the path of the value to point at, a code, and what to do.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from simulator.exam.blueprint import RETIRED
from simulator.packs.documents import Path
from simulator.packs.problems import Report, quoted
from simulator.packs.schema import BlueprintEntry, QuestionsEntry
from simulator.packs.shapes import Shaped

Finding = tuple[Path, str, str]
QuestionRule = Callable[[Shaped[QuestionsEntry], Path], Iterator[Finding]]
BlueprintRule = Callable[[Shaped[BlueprintEntry]], Iterator[Finding]]

SINGLE_CHOICE = "single_choice"
MULTIPLE_RESPONSE = "multiple_response"
_FEWEST_OPTIONS = {SINGLE_CHOICE: 3, MULTIPLE_RESPONSE: 5}

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHOOSE = re.compile(r"\((?:choose|select) ([a-z]+|[0-9]{1,2})\.?\)[.*_]*$", re.IGNORECASE)


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


def enough_options(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Fewer options make guessing too easy."""
    fewest = _FEWEST_OPTIONS.get(file.get(*at, "type", default=""), 0)
    count = file.count(*at, "options")
    if 0 < count < fewest:
        kind = file.get(*at, "type")
        yield (*at, "options"), "too-few-options", f"{kind} needs at least {fewest} options; it has {count}"


def right_number_of_keys(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """One key for single choice; two or more, but not all, for multiple response."""
    keys = _count_keys(file, at)
    if keys is None:
        return
    kind = file.get(*at, "type")
    where = (*at, "options")
    if kind == SINGLE_CHOICE and keys != 1:
        yield where, "wrong-keys", f'single_choice needs exactly one option with "correct: true"; it has {keys}'
    elif kind == MULTIPLE_RESPONSE and keys < 2:
        yield where, "wrong-keys", f'multiple_response needs at least two options with "correct: true"; it has {keys}'
    elif kind == MULTIPLE_RESPONSE and keys == file.count(*where):
        yield where, "wrong-keys", "multiple_response needs at least one wrong option; all are correct"


def choose_words_agree(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """What the question tells candidates to choose must be what earns the credit."""
    keys = _count_keys(file, at)
    chosen = _CHOOSE.search(file.get(*at, "question", default=""))
    if keys is None or chosen is None:
        return
    where = (*at, "question")
    if file.get(*at, "type") == SINGLE_CHOICE:
        yield where, "choose-mismatch", f"single_choice takes one option; remove {quoted(chosen[0])}"
    elif _as_number(chosen[1]) != keys:
        yield where, "choose-mismatch", f"the question says {quoted(chosen[0])}, but the number of keys is {keys}"


def choose_words_are_there(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Candidates must know how many options to choose."""
    text = file.get(*at, "question", default="")
    if file.get(*at, "type") != MULTIPLE_RESPONSE or not text or _CHOOSE.search(text):
        return
    keys = _count_keys(file, at) or 2
    word = _NUMBERS[keys] if keys < len(_NUMBERS) else str(keys)
    yield (*at, "question"), "choose-missing", f'end the question with "(Choose {word}.)"'


def options_differ(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Two options with the same text cannot be told apart."""
    texts = [file.get(*at, "options", index, "text") for index in range(file.count(*at, "options"))]
    folded = [None if text is None else " ".join(text.split()).casefold() for text in texts]
    for index, first in _repeats(folded):
        yield (*at, "options", index, "text"), "duplicate-option", f"this is the same text as option {first + 1}"


def keys_show_no_misconception(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Who chooses a key has understood it."""
    for index in range(file.count(*at, "options")):
        where: Path = (*at, "options", index, "misconception")
        if file.get(*at, "options", index, "correct", default=False) and file.get(*where):
            message = "this option is correct; a misconception stands on a wrong option"
            yield where, "misconception-on-key", message


def no_repeats(field: str) -> QuestionRule:
    """Make the rule that a list of ids names each one once."""

    def rule(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
        ids = [file.get(*at, field, index) for index in range(file.count(*at, field))]
        for index, _ in _repeats(ids):
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
    enough_options,
    right_number_of_keys,
    choose_words_agree,
    options_differ,
    keys_show_no_misconception,
    no_repeats("skills"),
    no_repeats("enemies"),
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
    for index, _ in _repeats(ids):
        yield ("domains", index, "id"), "duplicate-id", f"{quoted(ids[index])} is the id of an earlier domain"


def tasks_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Task ids are unique over all domains, as in the vendors' guides."""
    places: list[Path] = [
        ("domains", domain, "tasks", task, "id")
        for domain in range(blueprint.count("domains"))
        for task in range(blueprint.count("domains", domain, "tasks"))
    ]
    ids = [blueprint.get(*place) for place in places]
    for index, _ in _repeats(ids):
        yield places[index], "duplicate-id", f"{quoted(ids[index])} is the id of an earlier task"


def item_types_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Each question type is named once."""
    types = [blueprint.get("item_types", index) for index in range(blueprint.count("item_types"))]
    for index, _ in _repeats(types):
        yield ("item_types", index), "duplicate-entry", f"{quoted(types[index])} is in this list twice; remove one"


def facts_differ(blueprint: Shaped[BlueprintEntry]) -> Iterator[Finding]:
    """Each further fact stands in one row of the comparison."""
    labels = [blueprint.get("facts", index, "label") for index in range(blueprint.count("facts"))]
    for index, _ in _repeats(labels):
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


def _count_keys(file: Shaped[QuestionsEntry], at: Path) -> int | None:
    """Return how many options are correct, or None if that cannot be known."""
    count = file.count(*at, "options")
    places = [(*at, "options", index, "correct") for index in range(count)]
    if not count or not all(file.is_sound(*place) for place in places):
        return None
    return sum(1 for place in places if file.get(*place, default=False))


def _as_number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _NUMBERS.index(word.lower()) if word.lower() in _NUMBERS else None


def _repeats(values: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Yield the index of each value that stood before, with the index where it first stood; None is no value."""
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value is not None and first.setdefault(value, index) != index:
            yield index, first[value]
