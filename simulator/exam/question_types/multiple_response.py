"""Two or more keys among five or more options."""

from math import comb

from simulator.exam.question import PARTIAL, Question, Response
from simulator.exam.question_types.choices import arrange, key, parse_choices, restore, summarise

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
    """Return the response in a JSON list of option numbers, however many."""
    return parse_choices(question, raw)


def is_complete(question: Question, response: Response) -> bool:
    """Return whether as many options are chosen as the question asks for."""
    return len(response) == len(question.key)


def grade(question: Question, response: Response) -> float:
    """Return 1.0 if exactly the keys are chosen, else 0.0, as AWS and Google score.

    With partial credit: the keys chosen less the wrong options chosen, as a share of all keys, and never below 0.
    """
    chosen = frozenset(response)
    if question.scoring == PARTIAL:
        return max(0, len(chosen & question.key) - len(chosen - question.key)) / len(question.key)
    return 1.0 if chosen == question.key else 0.0


def guess_chance(question: Question) -> float:
    """Return the chance of a lucky set: one in as many as there are sets of the size asked for."""
    return 1 / comb(len(question.options), len(question.key))


def sample_responses(question: Question) -> list[tuple[Response, float]]:
    """Return the key, the key with one missing, one too many and one swapped, and the empty response."""
    keys = sorted(question.key)
    others = [number for number in range(len(question.options)) if number not in question.key]
    less = (len(keys) - 1) / len(keys) if question.scoring == PARTIAL else 0.0
    swapped = (len(keys) - 2) / len(keys) if question.scoring == PARTIAL else 0.0
    return [
        (tuple(keys), 1.0),
        (tuple(keys[1:]), less),
        (tuple(sorted([*keys, others[0]])), less),
        (tuple(sorted([*keys[1:], others[-1]])), swapped),
        ((), 0.0),
    ]
