"""One key among several options; the response holds at most one option number."""

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import Question, Response
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
    """Return the response in a JSON list of at most one option number."""
    response = parse_choices(question, raw)
    if len(response) > 1:
        raise InvalidResponse("this question takes one option")
    return response


def is_complete(question: Question, response: Response) -> bool:  # noqa: ARG001 - the contract's signature
    """Return whether an option is chosen."""
    return len(response) == 1


def grade(question: Question, response: Response) -> float:
    """Return 1.0 for the key, else 0.0."""
    return 1.0 if frozenset(response) == question.key else 0.0


def guess_chance(question: Question) -> float:
    """Return the chance of hitting the key: one in as many as there are options."""
    return 1 / len(question.options)


def sample_responses(question: Question) -> list[tuple[Response, float]]:
    """Return every option and the empty response with their credit."""
    chosen = [((number,), 1.0 if option.correct else 0.0) for number, option in enumerate(question.options)]
    return [((), 0.0), *chosen]
