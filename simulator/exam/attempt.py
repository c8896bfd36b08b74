"""The life of an attempt: open, closed, graded; and what may still be saved in each state."""

from dataclasses import dataclass
from datetime import datetime

from simulator.exam.question import Response
from simulator.exam.timing import is_over

OPEN = "open"
CLOSED = "closed"
GRADED = "graded"

BY_CANDIDATE = "candidate"
BY_DEADLINE = "deadline"

CONFIDENCES = ("sure", "unsure", "guess")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is saved of one slot; option numbers count as displayed, from 0.

    `first_response` is the first complete one that was saved, None if there was none.
    """

    slot: int
    response: Response
    flagged: bool
    confidence: str | None
    struck: tuple[int, ...]
    spent_ms: int
    sequence: int
    saved_at: datetime
    made_at: datetime
    late: bool
    first_response: Response | None = None


def state_at(stored: str, deadline_at: datetime, now: datetime) -> str:
    """Return the state that holds now: an open attempt whose time has run out is closed, written down or not."""
    return CLOSED if stored == OPEN and is_over(deadline_at, now) else stored


def closing(deadline_at: datetime, now: datetime) -> tuple[datetime, str]:
    """Return when an attempt that ends now is closed, and by whom: nobody can submit after the deadline."""
    return (deadline_at, BY_DEADLINE) if is_over(deadline_at, now) else (now, BY_CANDIDATE)
