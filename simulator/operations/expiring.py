"""Ending the attempts of candidates who never came back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from simulator.exam.attempt import OPEN
from simulator.exam.timing import GRACE, LATE_DELIVERY
from simulator.operations.sitting import close_attempt, grade_attempt
from simulator.store.catalogue import Catalogue
from simulator.store.queries.attempts import OPERATOR, list_expired


@dataclass(frozen=True, slots=True)
class Expired:
    """Ids of the attempts that were closed, and of those that were graded."""

    closed: list[str]
    graded: list[str]


def expire_attempts(session: Session, catalogue: Catalogue, *, now: datetime) -> Expired:
    """Close attempts whose time has run out, and grade those that have waited long enough for late answers."""
    done = Expired([], [])
    for attempt in list_expired(session, open_until=now - GRACE, closed_until=now - LATE_DELIVERY):
        if attempt.state == OPEN:
            close_attempt(session, attempt.id, actor=OPERATOR, now=now)
            done.closed.append(attempt.id)
        if attempt.deadline_at <= now - LATE_DELIVERY:
            grade_attempt(session, catalogue, attempt.id, actor=OPERATOR, now=now)
            done.graded.append(attempt.id)
    return done
