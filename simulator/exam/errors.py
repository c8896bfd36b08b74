"""What can go wrong, as values that carry facts; `web/errors.py` and `cli.py` turn them into words for people.

SimulatorError
├── NotFound            there is no such thing, or it is not yours
├── InvalidResponse     a response that does not fit its question
├── BankTooSmall        a certification's bank cannot fill its form
├── AttemptClosed       an answer for an attempt that takes none any more
├── AnswerTooLate       an answer that was made after the deadline
├── StaleEpoch          an answer from a tab that no longer holds the attempt
├── AttemptNotClosed    a report asked for while the attempt is still open
├── TooManyReports      more problems reported by one candidate in a day than anybody reads
├── InvalidResult       a real result that cannot be
├── NothingToPractise   no question fits what a candidate wants to practise
├── QuestionHeld        a question that stands on another exam in progress
└── StoreUnavailable    the database is locked or away; nothing was written
"""

from collections.abc import Sequence
from dataclasses import dataclass


class SimulatorError(Exception):
    """Root of all errors that the simulator raises on purpose."""


class NotFound(SimulatorError):
    """There is no such thing, or it belongs to somebody else: the two look the same from outside."""

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"there is no {kind} {identifier!r}")
        self.kind = kind
        self.identifier = identifier


class InvalidResponse(SimulatorError):
    """A response that does not fit its question."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """How many questions a domain needs for one form, and how many the bank can give it at once."""

    domain: str
    needed: int
    available: int


class BankTooSmall(SimulatorError):
    """The bank cannot fill a form by the blueprint; a shorter exam would be a different exam."""

    def __init__(self, certification: str, shortages: Sequence[Shortage]) -> None:
        counts = ", ".join(f"{s.domain} needs {s.needed} and has {s.available}" for s in shortages)
        super().__init__(f"the bank of {certification} is too small for one form: {counts}")
        self.certification = certification
        self.shortages = tuple(shortages)


class AttemptClosed(SimulatorError):
    """The attempt takes no more answers: it was submitted, or graded."""


class AnswerTooLate(SimulatorError):
    """This answer was made after the deadline; others that were made in time may still come."""


class StaleEpoch(SimulatorError):
    """Another tab or device has taken the attempt over since this one opened it."""


class AttemptNotClosed(SimulatorError):
    """The attempt is still open: keys and rationales may not be seen yet."""


class NothingToPractise(SimulatorError):
    """No question fits what the candidate wants to practise."""


class QuestionHeld(SimulatorError):
    """The question stands on an exam in progress of the candidate's; elsewhere its key would be shown."""


class TooManyReports(SimulatorError):
    """A candidate has reported more problems today than anybody reads."""

    def __init__(self, most: int) -> None:
        super().__init__(f"You have reported {most} problems today, which is as many as one day takes.")


class InvalidResult(SimulatorError):
    """A real result that cannot be; `field` says which part of it: sat_on or score."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class StoreUnavailable(SimulatorError):
    """The database is locked or away; nothing was written and trying again is safe."""
