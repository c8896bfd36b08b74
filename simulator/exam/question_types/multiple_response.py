"""Two or more keys among five or more options; all keys and nothing else, or no credit."""

from collections.abc import Sequence
from math import comb

from simulator.exam.question import Question
from simulator.exam.question_types.choices import all_or_nothing, letters, parse_choices, restore_choices


def parse(question: Question, raw: object) -> tuple[int, ...]:
    """Return the response in a JSON list of option numbers, however many."""
    return parse_choices(question, raw)


def restore(response: Sequence[int], option_order: Sequence[int]) -> tuple[int, ...]:
    """Return the response in the author's numbering."""
    return restore_choices(response, option_order)


def is_complete(question: Question, response: Sequence[int]) -> bool:
    """Return whether as many options are chosen as the question asks for."""
    return len(response) == len(question.key)


def grade(question: Question, response: Sequence[int]) -> float:
    """Return 1.0 if exactly the keys are chosen, else 0.0."""
    return all_or_nothing(question, response)


def guess_chance(question: Question) -> float:
    """Return the chance of a lucky set: one in as many as there are sets of the size asked for."""
    return 1 / comb(len(question.options), len(question.key))


def summarise(question: Question, response: Sequence[int]) -> str:  # noqa: ARG001 - the contract's signature
    """Return the chosen letters, `A, C`."""
    return letters(response)


def sample_responses(question: Question) -> list[tuple[tuple[int, ...], float]]:
    """Return the key, the key with one missing, one too many and one swapped, and the empty response."""
    keys = sorted(question.key)
    others = [number for number in range(len(question.options)) if number not in question.key]
    return [
        (tuple(keys), 1.0),
        (tuple(keys[1:]), 0.0),
        (tuple(sorted([*keys, others[0]])), 0.0),
        (tuple(sorted([*keys[1:], others[-1]])), 0.0),
        ((), 0.0),
    ]
