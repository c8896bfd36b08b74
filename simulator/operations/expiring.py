"""Ending the attempts of candidates who never came back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlmodel import Session

from simulator.exam.timing import GRACE, LATE_DELIVERY
from simulator.operations.sitting import close_attempt, grade_attempt
from simulator.store.catalogue import Catalogue
from simulator.store.queries.attempts import OPERATOR, list_overdue

log = logging.getLogger(__name__)

Write = Callable[[Callable[[Session], object]], object]


@dataclass(frozen=True, slots=True)
class Expired:
    """Ids of the attempts that were closed, that were graded, and that could not be."""

    closed: list[str] = field(default_factory=list)
    graded: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def expire_attempts(write: Write, catalogue: Catalogue, *, now: datetime) -> Expired:
    """Close attempts whose time has run out, and grade those that have waited long enough for late answers.

    Each step is a transaction of its own, run by `write`: it keeps no lock for long, and an attempt that cannot be
    graded holds up none of the others.
    """
    expired, overdue = Expired(), []
    write(
        lambda session: overdue.extend(list_overdue(session, open_until=now - GRACE, closed_until=now - LATE_DELIVERY))
    )
    for head in overdue:
        if head.is_open:
            write(partial(close_attempt, attempt_id=head.id, actor=OPERATOR, now=now))
            expired.closed.append(head.id)
        if head.deadline_at <= now - LATE_DELIVERY:
            try:
                write(partial(grade_attempt, catalogue=catalogue, attempt_id=head.id, actor=OPERATOR, now=now))
                expired.graded.append(head.id)
            except Exception:
                log.exception("attempt %s could not be graded", head.id)
                expired.failed.append(head.id)
    return expired
