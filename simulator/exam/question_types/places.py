"""What ordering and matching share: a response has an option number, or NOTHING, for each place."""

from collections.abc import Sequence

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import PARTIAL, Question, Response
from simulator.exam.question_types.options import NOTHING, arrange_numbers, read_numbers, restore_numbers


def parse_places(question: Question, raw: object, places: int) -> tuple[int, ...]:
    """Return the option number at each place; all of them empty is no answer."""
    numbers = read_numbers(question, raw, lowest=NOTHING)
    if numbers and len(numbers) != places:
        raise InvalidResponse(f"the response must have {places} places; {NOTHING} stands at an empty one")
    return tuple(numbers) if any(number != NOTHING for number in numbers) else ()


def restore(response: Response, option_order: Sequence[int]) -> tuple[int, ...]:
    """Return displayed option numbers as the author's, each at its place."""
    return restore_numbers(response, option_order)


def arrange(response: Response, option_order: Sequence[int]) -> tuple[int, ...]:
    """Return the author's option numbers as displayed, each at its place."""
    return arrange_numbers(response, option_order)


def every_place_filled(response: Response) -> bool:
    """Return whether no place is empty."""
    return bool(response) and NOTHING not in response


def grade_places(question: Question, response: Response, key: Response) -> float:
    """Return 1.0 if every place is right, else 0.0; with partial credit, the share of places that are."""
    if question.scoring == PARTIAL:
        return sum(given == right for given, right in zip(response, key, strict=False)) / len(key)
    return 1.0 if response == key else 0.0
