"""What is missing in a response before it can be checked, in words for people."""

from simulator.exam.question import Question
from simulator.exam.question_types import type_of

_WORDS = {
    "single_choice": "Choose an answer first.",
    "ordering": "Choose an option for each place, and each option once.",
    "matching": "Choose an option for each line.",
    "numeric": "Type a number first, such as 0.25.",
    "short_text": "Type an answer first.",
}


def missing_words(question: Question, raw: object) -> str:
    """Return what is missing, empty if the response is complete; raises InvalidResponse for one that is nonsense."""
    kind = type_of(question)
    response = kind.parse(question, raw)
    if kind.is_complete(question, response):
        return ""
    if question.type in _WORDS:
        return _WORDS[question.type]
    return f"Choose {len(kind.key(question))} answers; you chose {len(response)}."
