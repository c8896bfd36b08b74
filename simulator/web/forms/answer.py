"""An answer as it arrives: JSON from the room, or a plain form from a browser without scripts."""

from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice
from wtforms.validators import Optional

from simulator.exam.attempt import CONFIDENCES
from simulator.exam.errors import InvalidResponse
from simulator.exam.question_types.options import NOTHING
from simulator.operations.sitting import AnswerDraft

# No exam lasts longer, and the database's integers hold more.
LONGEST_MS = 7 * 24 * 3600 * 1000
LARGEST_NUMBER = 2**31 - 1


def read_answer(body: Any) -> AnswerDraft:
    """Return the answer in the room's JSON; raises InvalidResponse with the reason."""
    if not isinstance(body, dict):
        raise InvalidResponse("the body must be a JSON object")
    flagged = body.get("flagged", False)
    confidence = body.get("confidence")
    if not isinstance(flagged, bool):
        raise InvalidResponse("flagged must be true or false")
    if confidence is not None and confidence not in CONFIDENCES:
        raise InvalidResponse(f"confidence must be null or one of {', '.join(CONFIDENCES)}")
    return AnswerDraft(
        response=body.get("response"),
        struck=body.get("struck", []),
        flagged=flagged,
        confidence=confidence,
        spent_ms=_whole(body, "spent_ms", LONGEST_MS),
        age_ms=_age_ms(body),
        epoch=_whole(body, "epoch", LARGEST_NUMBER),
        sequence=_whole(body, "sequence", LARGEST_NUMBER),
    )


def _age_ms(body: dict[str, Any]) -> int:
    """Return how old the answer is; a device whose clock jumped must not lose it, so any number will do."""
    value = body.get("age_ms")
    if type(value) is not int:
        raise InvalidResponse("age_ms must be a whole number")
    return max(0, min(value, LONGEST_MS))


def _whole(body: dict[str, Any], name: str, largest: int) -> int:
    value = body.get(name)
    if type(value) is not int or not 0 <= value <= largest:
        raise InvalidResponse(f"{name} must be a whole number from 0 to {largest}")
    return value


class PlainAnswerForm(FlaskForm):  # type: ignore[misc]
    """One question's marks; the response itself is read by its question type. `shown_ms`: when the page was made."""

    flagged = BooleanField()
    confidence = RadioField(
        choices=[SelectChoice("", "Not said"), *(SelectChoice(value, value.capitalize()) for value in CONFIDENCES)],
        validators=[Optional()],
        validate_choice=True,
    )
    shown_ms = HiddenField()


def plain_response(fields: "MultiDict[str, str]") -> list[int] | list[str]:
    """Return the response in a plain form; raises InvalidResponse.

    Options to choose are sent as `response`, options put at places as `place`, one for each place and empty where none
    was picked, and what was typed as `typed`.
    """
    if "typed" in fields:
        return [fields["typed"]]
    try:
        if "place" in fields:
            return [int(value) if value else NOTHING for value in fields.getlist("place")]
        return [int(value) for value in fields.getlist("response")]
    except ValueError:
        raise InvalidResponse("the response must be option numbers") from None
