"""What each question type asks of its fields, beyond their shape; rules as in `rules.py`."""

import re
from collections.abc import Iterator

from simulator.exam.question import PARTIAL
from simulator.exam.question_types import CHOICE_TYPES, PARTIAL_TYPES
from simulator.exam.question_types.numeric import read_number, written
from simulator.exam.question_types.short_text import comparable
from simulator.exam.question_types.typed import without_unwritable
from simulator.packs.documents import Path
from simulator.packs.problems import quoted
from simulator.packs.rule import Finding, QuestionRule, repeats
from simulator.packs.schema import QuestionsEntry
from simulator.packs.shapes import Shaped

SINGLE_CHOICE = "single_choice"
MULTIPLE_RESPONSE = "multiple_response"
ORDERING = "ordering"
MATCHING = "matching"
NUMERIC = "numeric"
SHORT_TEXT = "short_text"

_FEWEST_OPTIONS = {SINGLE_CHOICE: 3, MULTIPLE_RESPONSE: 5, ORDERING: 3, MATCHING: 2}
FEWEST_PLACES = 3
SMALLEST, LARGEST = 1e-9, 1e12
FEWEST_PROMPTS = 3

# Which types take a field of a question, of its options, or of its answer; what is not here, all types take.
_TYPES_OF_FIELD = {
    ("options",): (*CHOICE_TYPES, ORDERING, MATCHING),
    ("prompts",): (MATCHING,),
    ("answer",): (NUMERIC, SHORT_TEXT),
    ("answer", "value"): (NUMERIC,),
    ("answer", "tolerance"): (NUMERIC,),
    ("answer", "unit"): (NUMERIC,),
    ("answer", "accepted"): (SHORT_TEXT,),
    ("answer", "case_sensitive"): (SHORT_TEXT,),
}
_TYPES_OF_OPTION_FIELD = {"correct": CHOICE_TYPES, "place": (ORDERING,), "id": (MATCHING,)}
_NEEDED = (("options",), ("prompts",), ("answer",), ("answer", "value"), ("answer", "accepted"))

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHOOSE = re.compile(r"\((?:choose|select) ([a-z]+|[0-9]{1,2})\.?\)[.*_]*$", re.IGNORECASE)


def fields_of_type(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """A question has the fields that its type needs, and none of another type's."""
    kind = file.get(*at, "type")
    if kind is None:
        return
    for field, types in _TYPES_OF_FIELD.items():
        # Within an answer that should not be there, or is not, nothing more is to be said.
        if len(field) == 2 and (kind not in _TYPES_OF_FIELD[field[:1]] or not file.get(*at, field[0])):
            continue
        place = (*at, *field)
        if kind not in types and file.get(*place) not in (None, [], False):
            yield place, "field-outside-type", f"{kind} takes no {quoted(field[-1])}; remove it, or change the type"
        if kind in types and field in _NEEDED and file.is_sound(*place) and file.get(*place) in (None, []):
            yield place, "missing-field", f"{quoted(field[-1])} is missing; add it"


def option_fields_of_type(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Options carry what marks the key in their type of question, and no other mark."""
    kind = file.get(*at, "type")
    if kind not in _FEWEST_OPTIONS:
        return
    for index in range(file.count(*at, "options")):
        option: Path = (*at, "options", index)
        for field, types in _TYPES_OF_OPTION_FIELD.items():
            if kind not in types and file.get(*option, field, default=False):
                message = f"options of {kind} take no {quoted(field)}; remove it, or change the type"
                yield (*option, field), "field-outside-type", message
        if kind == MATCHING and file.is_sound(*option, "id") and not file.get(*option, "id"):
            yield option, "missing-field", '"id" is missing; prompts refer to an option by it'


def enough_options(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Fewer options make guessing too easy."""
    fewest = _FEWEST_OPTIONS.get(file.get(*at, "type", default=""), 0)
    count = file.count(*at, "options")
    if 0 < count < fewest:
        kind = file.get(*at, "type")
        yield (*at, "options"), "too-few-options", f"{kind} needs at least {fewest} options; it has {count}"


def right_number_of_keys(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """One key for single choice; two or more, but not all, for multiple response."""
    keys = _count_marked(file, at, "correct")
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


def places_run_from_one(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """The places of an ordering run from 1 without a gap, and there are at least three."""
    if file.get(*at, "type") != ORDERING or _count_marked(file, at, "place") is None:
        return
    where = (*at, "options")
    places = sorted(
        place for index in range(file.count(*where)) if (place := file.get(*where, index, "place")) is not None
    )
    if len(places) < FEWEST_PLACES:
        message = f'ordering needs at least {FEWEST_PLACES} options with a "place"; it has {len(places)}'
        yield where, "wrong-places", message
    elif places != list(range(1, len(places) + 1)):
        listed = ", ".join(map(str, places))
        yield where, "wrong-places", f"the places must be 1 to {len(places)}, each once; they are {listed}"


def prompts_name_options(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Each prompt belongs to an option of its question; options have different ids."""
    count = file.count(*at, "options")
    ids = [file.get(*at, "options", index, "id") for index in range(count)]
    for index, _ in repeats(ids):
        yield (*at, "options", index, "id"), "duplicate-id", f"{quoted(ids[index])} is the id of an earlier option"
    prompts = file.count(*at, "prompts")
    if 0 < prompts < FEWEST_PROMPTS:
        yield (*at, "prompts"), "too-few", f'"prompts" needs at least {FEWEST_PROMPTS}; it has {prompts}'
    readable = all(file.is_sound(*at, "options", index, "id") for index in range(count))
    for index in range(prompts):
        option = file.get(*at, "prompts", index, "option")
        if readable and option is not None and option not in ids:
            message = f"the question has no option with the id {quoted(option)}; check the id"
            yield (*at, "prompts", index, "option"), "unknown-option", message


def choose_words_agree(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """What the question tells candidates to choose must be what earns the credit."""
    kind = file.get(*at, "type")
    keys = _count_marked(file, at, "place" if kind == ORDERING else "correct")
    chosen = _CHOOSE.search(file.get(*at, "question", default=""))
    if keys is None or chosen is None or kind not in (*CHOICE_TYPES, ORDERING):
        return
    where = (*at, "question")
    if kind == SINGLE_CHOICE:
        yield where, "choose-mismatch", f"single_choice takes one option; remove {quoted(chosen[0])}"
    elif _as_number(chosen[1]) != keys:
        yield where, "choose-mismatch", f"the question says {quoted(chosen[0])}, but the number of keys is {keys}"


def choose_words_are_there(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Candidates must know how many options to choose."""
    text = file.get(*at, "question", default="")
    if file.get(*at, "type") != MULTIPLE_RESPONSE or not text or _CHOOSE.search(text):
        return
    keys = _count_marked(file, at, "correct") or 2
    word = _NUMBERS[keys] if keys < len(_NUMBERS) else str(keys)
    yield (*at, "question"), "choose-missing", f'end the question with "(Choose {word}.)"'


def keys_show_no_misconception(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Who chooses what belongs to the key has understood it; options to match are neither right nor wrong."""
    matching = file.get(*at, "type") == MATCHING
    for index in range(file.count(*at, "options")):
        option: Path = (*at, "options", index)
        right = file.get(*option, "correct", default=False) or file.get(*option, "place")
        if (matching or right) and file.get(*option, "misconception"):
            message = "this option belongs to the key; a misconception stands on a wrong option"
            yield (*option, "misconception"), "misconception-on-key", message


def orderings_are_shuffled(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """An ordering in the author's order may show its key."""
    if file.get(*at, "type") == ORDERING and file.get(*at, "shuffle", default=True) is False:
        yield (*at, "shuffle"), "field-outside-type", 'an ordering is always shuffled; remove "shuffle"'


def typed_key_earns_credit(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """What the author calls right is right by the rules that grade it, and can be typed."""
    kind, answer = file.get(*at, "type"), (*at, "answer")
    if kind == NUMERIC and (value := file.get(*answer, "value")) is not None:
        unit = file.get(*answer, "unit", default="")
        if not SMALLEST <= abs(value) <= LARGEST and value != 0:
            message = f"{value:g} cannot well be typed; choose a unit in which it is from {SMALLEST:g} to {LARGEST:g}"
            yield (*answer, "value"), "out-of-range", message
        elif unit[:1].isdigit() or read_number(f"{written(value)} {unit}", unit) is None:
            yield (*answer, "unit"), "bad-text", f"{quoted(unit)} cannot be told apart from the number before it"
    accepted = [file.get(*answer, "accepted", index) for index in range(file.count(*answer, "accepted"))]
    sensitive = file.get(*answer, "case_sensitive", default=False)
    comparables = [None if text is None else comparable(text, case_sensitive=sensitive) for text in accepted]
    for index, first in repeats(comparables):
        message = f"this is the same answer as number {first + 1}; remove one"
        yield (*answer, "accepted", index), "duplicate-entry", message
    for index, text in enumerate(accepted):
        if text is not None and without_unwritable(text) != text:
            message = "it has a character that nobody can type; write it otherwise"
            yield (*answer, "accepted", index), "bad-character", message


def partial_credit_has_parts(file: Shaped[QuestionsEntry], at: Path) -> Iterator[Finding]:
    """Only what has several parts can be right in part."""
    kind = file.get(*at, "type")
    if file.get(*at, "scoring") == PARTIAL and kind is not None and kind not in PARTIAL_TYPES:
        message = f'{kind} has no parts that could earn credit; remove "scoring"'
        yield (*at, "scoring"), "field-outside-type", message


TYPE_RULES: tuple[QuestionRule, ...] = (
    fields_of_type,
    option_fields_of_type,
    enough_options,
    right_number_of_keys,
    places_run_from_one,
    prompts_name_options,
    choose_words_agree,
    keys_show_no_misconception,
    partial_credit_has_parts,
    orderings_are_shuffled,
    typed_key_earns_credit,
)


def _count_marked(file: Shaped[QuestionsEntry], at: Path, mark: str) -> int | None:
    """Return how many options have the mark, `correct` or `place`; None if that cannot be known."""
    count = file.count(*at, "options")
    places = [(*at, "options", index, mark) for index in range(count)]
    if not count or not all(file.is_sound(*place) for place in places):
        return None
    return sum(1 for place in places if file.get(*place, default=False))


def _as_number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _NUMBERS.index(word.lower()) if word.lower() in _NUMBERS else None
