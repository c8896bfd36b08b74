"""A number to be typed, right if it is no further from the key than the tolerance."""

import re
import unicodedata
from decimal import Decimal

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

# Thousands may be parted by commas; a lone comma before other than three digits is a decimal comma.
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,2})?")


def read_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number in a text, which may end with the unit; None if it is none.

    `1,250.5`, `1250.5`, `1250,5`, `-3`, `.5` and `1e3` are numbers; a minus may be the typographic one.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold().replace("\u2212", "-")
    plain = plain.removesuffix(unicodedata.normalize("NFKC", unit).casefold()).replace(" ", "")
    sign, digits = (plain[:1], plain[1:]) if plain[:1] in {"+", "-"} else ("", plain)
    digits = digits.replace(",", "") if _GROUPED.fullmatch(digits) else digits.replace(",", ".")
    return Decimal(sign + digits) if _NUMBER.fullmatch(sign + digits) else None


def is_complete(question: Question, response: Response) -> bool:
    """Return whether what was typed is a number."""
    return read_number(text_of(response), answer_of(question).unit) is not None


def key(question: Question) -> Response:
    """Return the exact value."""
    return (written(answer_of(question).value),)


def grade(question: Question, response: Response) -> float:
    """Return 1.0 for a number within the tolerance, ends included, else 0.0."""
    answer = answer_of(question)
    given = read_number(text_of(response), answer.unit)
    # By their decimal digits: 0.3 is 0.1 from 0.2, which floats deny.
    off = None if given is None else abs(given - Decimal(written(answer.value)))
    return 1.0 if off is not None and off <= Decimal(written(answer.tolerance)) else 0.0


def summarise(question: Question, response: Response) -> str:
    """Return what was typed, with the unit if it was left out."""
    text, unit = text_of(response), answer_of(question).unit
    named = not unit or text.casefold().endswith(unit.casefold())
    return text if not text or named else f"{text} {unit}"


def sample_responses(question: Question) -> list[tuple[Response, float]]:
    """Return the value, both ends of the tolerance, what is beyond them, words, and no answer."""
    answer = answer_of(question)
    value, tolerance = Decimal(written(answer.value)), Decimal(written(answer.tolerance))
    beyond = tolerance + 1
    return [
        (key(question), 1.0),
        ((f"{value - tolerance:f}",), 1.0),
        ((f"{value + tolerance:f}",), 1.0),
        ((f"{value + beyond:f}",), 0.0),
        ((f"{value - beyond:f}",), 0.0),
        (("many",), 0.0),
        ((), 0.0),
    ]


def written(value: float | None) -> str:
    """Return a number in the fewest digits that tell it apart, without an exponent: `0.5`, `12`, `0.00001`."""
    return f"{Decimal(repr(value or 0.0)):f}".removesuffix(".0")
