"""The clock of an attempt: one deadline, fixed at the start, and pure functions of it and the time that is passed in.

Only differences of time go over the wire; a browser's wall clock is never believed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A save that left the browser in time may still be on its way when the deadline passes.
GRACE = timedelta(seconds=30)

# How long after the deadline an attempt that nobody looked at waits for answers made in time on a device that
# was offline. Opening the report ends the wait, because it shows the keys.
LATE_DELIVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Accommodation:
    """Time that a candidate is granted on top of the blueprint's minutes."""

    id: str
    label: str
    factor: float = 1.0
    extra_minutes: int = 0

    def minutes(self, planned: int) -> int:
        """Return the minutes allowed for an exam of `planned` minutes."""
        return round(planned * self.factor) + self.extra_minutes


ACCOMMODATIONS = {
    accommodation.id: accommodation
    for accommodation in (
        Accommodation("none", "None"),
        Accommodation("plus-30", "30 minutes more", extra_minutes=30),
        Accommodation("x1.25", "Time and a quarter (x 1.25)", factor=1.25),
        Accommodation("x1.5", "Time and a half (x 1.5)", factor=1.5),
        Accommodation("x2", "Double time (x 2)", factor=2.0),
    )
}


def deadline(started_at: datetime, minutes: int) -> datetime:
    """Return when an attempt of so many minutes ends."""
    return started_at + timedelta(minutes=minutes)


def remaining_ms(deadline_at: datetime, now: datetime) -> int:
    """Return the milliseconds left, never below zero."""
    return max(0, round((deadline_at - now) / timedelta(milliseconds=1)))


def is_over(deadline_at: datetime, now: datetime) -> bool:
    """Return whether the time has run out; the grace for saves on their way does not prolong it."""
    return now >= deadline_at


def is_late(deadline_at: datetime, now: datetime) -> bool:
    """Return whether an answer delivered now comes after the deadline and its grace."""
    return now > deadline_at + GRACE


def made_at(now: datetime, age_ms: int) -> datetime:
    """Return when an answer was made that the browser says is `age_ms` old."""
    return now - timedelta(milliseconds=age_ms)
