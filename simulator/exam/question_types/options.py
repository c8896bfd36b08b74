"""What all types with options share: option numbers, and their letters."""

from collections.abc import Sequence

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import Question, Response

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

NOTHING = -1
"""Stands in a response at a place for which no option is chosen yet."""


def read_numbers(question: Question, raw: object, *, lowest: int = 0) -> list[int]:
    """Return the option numbers in a JSON list; raises InvalidResponse."""
    if not isinstance(raw, list):
        raise InvalidResponse("the response must be a list of option numbers")
    count = len(question.options)
    for number in raw:
        # bool is a kind of int in Python, and `true` is not an option number.
        if type(number) is not int or not lowest <= number < count:
            raise InvalidResponse(f"option numbers run from {lowest} to {count - 1}")
    return raw


def numbers_of(response: Response) -> tuple[int, ...]:
    """Return the response as the option numbers that it holds."""
    return tuple(number for number in response if isinstance(number, int))


def restore_numbers(response: Response, option_order: Sequence[int]) -> tuple[int, ...]:
    """Return displayed option numbers as the author's, each at its place."""
    return tuple(number if number == NOTHING else option_order[number] for number in numbers_of(response))


def arrange_numbers(response: Response, option_order: Sequence[int]) -> tuple[int, ...]:
    """Return the author's option numbers as displayed, each at its place."""
    shown = {number: place for place, number in enumerate(option_order)}
    return tuple(number if number == NOTHING else shown[number] for number in numbers_of(response))


def letter(number: int) -> str:
    """Return an option number as its letter; a dash for an empty place."""
    return "-" if number == NOTHING else LETTERS[number]
