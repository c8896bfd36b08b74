"""A clock that tests set, and the moment at which their stories begin."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Tells the time that a test has set."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> datetime:
        """Let time pass, in the words of timedelta."""
        self.now += timedelta(**duration)
        return self.now
