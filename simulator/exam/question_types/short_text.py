"""A few words to be typed, right if they are one of the accepted answers."""

import unicodedata

from simulator.exam.question import Question, Response
from simulator.exam.question_types.typed import answer_of, arrange, guess_chance, parse, restore, text_of

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

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    }
)


def is_complete(question: Question, response: Response) -> bool:  # noqa: ARG001 - the contract's signature
    """Return whether something was typed."""
    return bool(response)


def key(question: Question) -> Response:
    """Return the first of the accepted answers, which is the author's own."""
    return (answer_of(question).accepted[0],)


def grade(question: Question, response: Response) -> float:
    """Return 1.0 for an accepted answer, else 0.0; spaces at the ends and their number don't count."""
    answer = answer_of(question)
    accepted = {comparable(text, case_sensitive=answer.case_sensitive) for text in answer.accepted}
    given = comparable(text_of(response), case_sensitive=answer.case_sensitive)
    return 1.0 if given in accepted else 0.0


def comparable(text: str, *, case_sensitive: bool) -> str:
    """Return the text in the one form in which answers are compared.

    That is Unicode NFKC with single spaces, straight apostrophes and quotation marks, plain hyphens, and nothing that
    cannot be seen: what a phone's keyboard makes of them is not what the candidate chose.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    plain = " ".join("".join(each for each in folded if unicodedata.category(each) != "Cf").split())
    return plain if case_sensitive else plain.casefold()


def summarise(question: Question, response: Response) -> str:  # noqa: ARG001 - the contract's signature
    """Return what was typed."""
    return text_of(response)


def sample_responses(question: Question) -> list[tuple[Response, float]]:
    """Return all accepted answers, the first one with other capitals, one with more words, and no answer."""
    answer = answer_of(question)
    first = answer.accepted[0]
    return [
        *(((text,), 1.0) for text in answer.accepted),
        ((first.swapcase(),), 0.0 if answer.case_sensitive and first.swapcase() != first else 1.0),
        ((f"{first} and more",), 0.0),
        ((), 0.0),
    ]
