"""What single choice and multiple response share: a response is a set of option numbers, in rising order."""

from collections.abc import Sequence

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import Question, Response
from simulator.exam.question_types.options import arrange_numbers, letter, numbers_of, read_numbers, restore_numbers


def parse_choices(question: Question, raw: object) -> tuple[int, ...]:
    """Return the chosen option numbers in rising order."""
    numbers = read_numbers(question, raw)
    if len(set(numbers)) != len(numbers):
        raise InvalidResponse("an option number stands twice in the response")
    return tuple(sorted(numbers))


def restore(response: Response, option_order: Sequence[int]) -> tuple[int, ...]:
    """Return displayed option numbers as the author's."""
    return tuple(sorted(restore_numbers(response, option_order)))


def arrange(response: Response, option_order: Sequence[int]) -> tuple[int, ...]:
    """Return the author's option numbers as displayed."""
    return tuple(sorted(arrange_numbers(response, option_order)))


def key(question: Question) -> tuple[int, ...]:
    """Return the correct options."""
    return tuple(sorted(question.key))


def summarise(question: Question, response: Response) -> str:  # noqa: ARG001 - the contract's signature
    """Return the chosen letters, `A, C`, or an empty text."""
    return ", ".join(letter(number) for number in sorted(numbers_of(response)))
