"""Three to five of the options, chosen and put in order; the response has the option number for each place."""

from math import perm

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
    """Return the response in a JSON list of an option number, or -1, for each place."""
    return parse_places(question, raw, len(key(question)))


def is_complete(question: Question, response: Response) -> bool:  # noqa: ARG001 - the contract's signature
    """Return whether no place is empty, and no option stands at two of them."""
    return every_place_filled(response) and len(set(response)) == len(response)


def key(question: Question) -> Response:
    """Return the options that have a place, in its order."""
    placed = [number for number, option in enumerate(question.options) if option.place]
    return tuple(sorted(placed, key=lambda number: question.options[number].place))


def grade(question: Question, response: Response) -> float:
    """Return 1.0 for exactly the key's order, else 0.0; with partial credit, the share of places that are right."""
    return grade_places(question, response, key(question))


def guess_chance(question: Question) -> float:
    """Return the chance of a lucky order: one in as many as there are."""
    return 1 / perm(len(question.options), len(key(question)))


def summarise(question: Question, response: Response) -> str:  # noqa: ARG001 - the contract's signature
    """Return the letters in their order, `C, A, B`."""
    return ", ".join(letter(number) for number in numbers_of(response))


def sample_responses(question: Question) -> list[tuple[Response, float]]:
    """Return the key, the key with its first two swapped, with its last place empty, rotated, and no answer."""
    right = key(question)
    swapped = (right[1], right[0], *right[2:])
    partial = question.scoring == PARTIAL
    return [
        (right, 1.0),
        (swapped, (len(right) - 2) / len(right) if partial else 0.0),
        ((*right[:-1], NOTHING), (len(right) - 1) / len(right) if partial else 0.0),
        ((*right[1:], right[0]), 0.0),
        ((), 0.0),
    ]
