"""Three to seven prompts, each with one of the options; the response has the option number for each prompt.

An option may belong to several prompts, or to none.
"""

from simulator.exam.question import PARTIAL, Question, Response
from simulator.exam.question_types.options import NOTHING, letter, numbers_of
from simulator.exam.question_types.places import arrange, every_place_filled, grade_places, parse_places, restore

__all__ = [
    "arrange",
    "grade",
    "guess_chance",
    "is_complete",
    "key",
    "parse",
    "restore",
    "sample_responses",
    "summarise",
]


def parse(question: Question, raw: object) -> Response:
    """Return the response in a JSON list of an option number, or -1, for each prompt."""
    return parse_places(question, raw, len(question.prompts))


def is_complete(question: Question, response: Response) -> bool:  # noqa: ARG001 - the contract's signature
    """Return whether every prompt has an option."""
    return every_place_filled(response)


def key(question: Question) -> Response:
    """Return each prompt's option."""
    return tuple(prompt.option for prompt in question.prompts)


def grade(question: Question, response: Response) -> float:
    """Return 1.0 if every pair is right, else 0.0; with partial credit, the share of pairs that are."""
    return grade_places(question, response, key(question))


def guess_chance(question: Question) -> float:
    """Return the chance that independent guesses for all prompts are lucky."""
    return float(1 / len(question.options) ** len(question.prompts))


def summarise(question: Question, response: Response) -> str:  # noqa: ARG001 - the contract's signature
    """Return the prompts' numbers with the letters chosen for them, `1 B, 2 A`."""
    return ", ".join(f"{place} {letter(number)}" for place, number in enumerate(numbers_of(response), start=1))


def sample_responses(question: Question) -> list[tuple[Response, float]]:
    """Return the key, the key with one pair wrong, with one prompt left, with every pair wrong, and no answer."""
    right = tuple(prompt.option for prompt in question.prompts)
    wrong = tuple((option + 1) % len(question.options) for option in right)
    less = (len(right) - 1) / len(right) if question.scoring == PARTIAL else 0.0
    return [
        (right, 1.0),
        ((*right[:-1], wrong[-1]), less),
        ((NOTHING, *right[1:]), less),
        (wrong, 0.0),
        ((), 0.0),
    ]
