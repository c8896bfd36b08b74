"""What numeric and short text share: a response is one text, as it was typed."""

import unicodedata
from collections.abc import Sequence

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import Question, Response, TypedAnswer

_UNWRITABLE = {"Cc", "Cs", "Co"}

LONGEST = 200
"""Characters that a typed answer may have."""


def parse(question: Question, raw: object) -> Response:  # noqa: ARG001 - the contract's signature
    """Return the response in a JSON list of at most one text; a blank text is no answer.

    What was typed is kept whatever it is, so that nothing is lost while somebody is typing.
    """
    if not isinstance(raw, list) or len(raw) > 1 or not all(isinstance(text, str) for text in raw):
        raise InvalidResponse("the response must be a list of one text")
    text = " ".join(without_unwritable(raw[0]).split()) if raw else ""
    if len(text) > LONGEST:
        raise InvalidResponse(f"an answer has at most {LONGEST} characters; shorten it")
    return (text,) if text else ()


def without_unwritable(text: str) -> str:
    """Return the text with a space for each character that is no writing: controls, halves of pairs, private use.

    They come with what is pasted from other programs, and a database may refuse them.
    """
    return "".join(" " if unicodedata.category(each) in _UNWRITABLE else each for each in text)


def restore(response: Response, option_order: Sequence[int]) -> Response:  # noqa: ARG001 - the contract's signature
    """Return the response: there are no options that could be shuffled."""
    return response


arrange = restore


def text_of(response: Response) -> str:
    """Return what was typed; an empty text is no answer."""
    return str(response[0]) if response else ""


def answer_of(question: Question) -> TypedAnswer:
    """Return the key of a question that is answered by typing."""
    if question.answer is None:
        raise ValueError(f"{question.id} has no answer")
    return question.answer


def guess_chance(question: Question) -> float:  # noqa: ARG001 - the contract's signature
    """Return 0.0: nobody types the key by luck."""
    return 0.0
