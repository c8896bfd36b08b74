"""Reads of problems that candidates report, and of what entitles them to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from simulator.exam.errors import NotFound
from simulator.exam.question_reports import OPEN
from simulator.store.tables import AttemptRow, PracticeRow, QuestionReportRow

ATTEMPT = "attempt"
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a candidate was given a question: in an attempt or a practice session (`kind`), and its slot there."""

    kind: str
    sitting_id: str
    slot: int
    question_id: str
    certification_id: str


def find_sighting(session: Session, version: str, *, actor: str) -> Sighting:
    """Return where the candidate was given this question version last; raises NotFound if they never were."""
    found = max(
        filter(None, (_last_in(session, ATTEMPT, version, actor), _last_in(session, PRACTICE, version, actor))),
        key=lambda pair: pair[0],
        default=None,
    )
    if found is None:
        raise NotFound("question", version)
    return found[1]


def _last_in(session: Session, kind: str, version: str, actor: str) -> tuple[datetime, Sighting] | None:
    table: Any = AttemptRow if kind == ATTEMPT else PracticeRow
    statement = (
        select(table.id, table.certification_id, table.started_at, table.form)
        .where(table.candidate_id == actor)
        .order_by(col(table.started_at).desc())
    )
    for sitting_id, certification_id, started_at, form in session.execute(statement):
        for number, slot in enumerate(form["slots"], start=1):
            if slot[1] == version:
                return started_at, Sighting(kind, sitting_id, number, slot[0], certification_id)
    return None


def find_open_report(session: Session, version: str, reason: str, *, actor: str) -> QuestionReportRow | None:
    """Return the candidate's open report of this reason for a question version."""
    statement = select(QuestionReportRow).where(
        QuestionReportRow.candidate_id == actor,
        QuestionReportRow.version == version,
        QuestionReportRow.reason == reason,
        QuestionReportRow.status == OPEN,
    )
    return session.exec(statement).first()


def count_reports_since(session: Session, since: datetime, *, actor: str) -> int:
    """Return how many problems the candidate has reported from a moment on."""
    statement = (
        select(func.count())
        .select_from(QuestionReportRow)
        .where(QuestionReportRow.candidate_id == actor, QuestionReportRow.reported_at >= since)
    )
    return session.exec(statement).one()


def list_reports(session: Session, *, status: str | None = None) -> list[QuestionReportRow]:
    """Return the reports of all candidates, the oldest first, for whoever looks after the questions."""
    statement = select(QuestionReportRow).order_by(col(QuestionReportRow.reported_at), col(QuestionReportRow.id))
    if status is not None:
        statement = statement.where(QuestionReportRow.status == status)
    return list(session.exec(statement))


def list_own_reports(session: Session, version: str, *, actor: str) -> list[QuestionReportRow]:
    """Return the candidate's reports of a question version that are still open, the oldest first."""
    statement = (
        select(QuestionReportRow)
        .where(
            QuestionReportRow.candidate_id == actor,
            QuestionReportRow.version == version,
            QuestionReportRow.status == OPEN,
        )
        .order_by(col(QuestionReportRow.reported_at))
    )
    return list(session.exec(statement))
