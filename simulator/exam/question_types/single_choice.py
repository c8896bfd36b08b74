"""One key among several options; the response holds at most one option number."""

from collections.abc import Sequence

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import Question
from simulator.exam.question_types.choices import all_or_nothing, letters, parse_choices, restore_choices


def parse(question: Question, raw: object) -> tuple[int, ...]:
    """Return the response in a JSON list of at most one option number."""
    response = parse_choices(question, raw)
    if len(response) > 1:
        raise InvalidResponse("this question takes one option")
    return response


def restore(response: Sequence[int], option_order: Sequence[int]) -> tuple[int, ...]:
    """Return the response in the author's numbering."""
    return restore_choices(response, option_order)


def is_complete(question: Question, response: Sequence[int]) -> bool:  # noqa: ARG001 - the contract's signature
    """Return whether an option is chosen."""
    return len(response) == 1


def grade(question: Question, response: Sequence[int]) -> float:
    """Return 1.0 for the key, else 0.0."""
    return all_or_nothing(question, response)


def guess_chance(question: Question) -> float:
    """Return the chance of hitting the key: one in as many as there are options."""
    return 1 / len(question.options)


def summarise(question: Question, response: Sequence[int]) -> str:  # noqa: ARG001 - the contract's signature
    """Return the chosen letter, or an empty text."""
    return letters(response)


def sample_responses(question: Question) -> list[tuple[tuple[int, ...], float]]:
    """Return every option and the empty response with their credit."""
    chosen = [((number,), 1.0 if option.correct else 0.0) for number, option in enumerate(question.options)]
    return [((), 0.0), *chosen]
