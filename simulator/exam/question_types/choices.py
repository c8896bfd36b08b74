"""What single choice and multiple response share: a response is a set of option numbers."""

from collections.abc import Sequence

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import Question

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def parse_choices(question: Question, raw: object) -> tuple[int, ...]:
    """Return the chosen option numbers in rising order."""
    if not isinstance(raw, list):
        raise InvalidResponse("the response must be a list of option numbers")
    count = len(question.options)
    for number in raw:
        # bool is a kind of int in Python, and `true` is not an option number.
        if type(number) is not int or not 0 <= number < count:
            raise InvalidResponse(f"option numbers run from 0 to {count - 1}")
    if len(set(raw)) != len(raw):
        raise InvalidResponse("an option number stands twice in the response")
    return tuple(sorted(raw))


def restore_choices(response: Sequence[int], option_order: Sequence[int]) -> tuple[int, ...]:
    """Return displayed option numbers as the author's."""
    return tuple(sorted(option_order[number] for number in response))


def all_or_nothing(question: Question, response: Sequence[int]) -> float:
    """Return 1.0 if exactly the keys were chosen, else 0.0, as AWS and Google score."""
    return 1.0 if frozenset(response) == question.key else 0.0


def letters(response: Sequence[int]) -> str:
    """Return option numbers as letters, `A, C`."""
    return ", ".join(LETTERS[number] for number in sorted(response))
