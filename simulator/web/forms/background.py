"""The questionnaire about the background: a plain GET form, so that an answer is an address that can be kept."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from simulator.exam.errors import InvalidResponse
from simulator.exam.suggestion import BackgroundQuestion


def read_background(
    fields: "MultiDict[str, str]", questions: Sequence[BackgroundQuestion]
) -> dict[str, tuple[str, ...]]:
    """Return the chosen answers by question; raises InvalidResponse for one that is not offered."""
    answers = {}
    for question in questions:
        chosen = tuple(dict.fromkeys(value for value in fields.getlist(question.id) if value))
        if not {choice.id for choice in question.choices}.issuperset(chosen):
            raise InvalidResponse(f'"{question.text}" has no such answer. Open the comparison and answer again.')
        if len(chosen) > 1 and not question.several:
            raise InvalidResponse(f'"{question.text}" takes one answer. Open the comparison and answer again.')
        answers[question.id] = chosen
    return answers
