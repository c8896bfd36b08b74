"""Reads of practice sessions and their responses; every one is looked up through its owner."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from simulator.exam.attempt import GRADED
from simulator.exam.errors import NotFound
from simulator.exam.scoring import GradedResponse
from simulator.store.tables import AttemptRow, GradedResponseRow, PracticeResponseRow, PracticeRow


def get_practice(session: Session, practice_id: str, *, actor: str, lock: bool = False) -> PracticeRow:
    """Return a practice session that is the actor's; raises NotFound, the same for a foreign one as for none.

    `lock` makes others who want to write to the session wait for this transaction.
    """
    statement = select(PracticeRow).where(PracticeRow.id == practice_id, PracticeRow.candidate_id == actor)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = session.exec(statement).first()
    if row is None:
        raise NotFound("practice session", practice_id)
    return row


def list_practices(
    session: Session, *, actor: str, finished: bool, kind: str | None = None, limit: int = 50
) -> Sequence[PracticeRow]:
    """Return the actor's practice sessions that go on, or that are finished, the latest first."""
    statement = select(PracticeRow).where(PracticeRow.candidate_id == actor)
    if kind is not None:
        statement = statement.where(PracticeRow.kind == kind)
    ended = col(PracticeRow.finished_at)
    statement = statement.where(ended.is_not(None) if finished else ended.is_(None))
    return session.exec(statement.order_by(col(PracticeRow.started_at).desc(), PracticeRow.id).limit(limit)).all()


def count_practised(session: Session, practice_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return how many responses each session has, and how many of them earned everything."""
    right = case((col(PracticeResponseRow.credit) == 1, 1), else_=0)
    statement = (
        select(PracticeResponseRow.practice_id, func.count(), func.sum(right))
        .where(col(PracticeResponseRow.practice_id).in_(practice_ids))
        .group_by(PracticeResponseRow.practice_id)
    )
    return {practice_id: (count, int(right)) for practice_id, count, right in session.exec(statement)}


def load_practice_responses(session: Session, practice_id: str) -> dict[int, GradedResponse]:
    """Return the graded responses of a practice session, by slot and in their order."""
    statement = select(PracticeResponseRow).where(PracticeResponseRow.practice_id == practice_id)
    return {
        row.slot: GradedResponse(
            slot=row.slot,
            question_id=row.question_id,
            version=row.version,
            domain=row.domain,
            task=row.task,
            scored=True,
            answered=row.answered,
            credit=row.credit,
            response=tuple(json.loads(row.response)),
            confidence=row.confidence,
            flagged=row.flagged,
            spent_ms=row.spent_ms,
        )
        for row in session.exec(statement.order_by(PracticeResponseRow.slot))  # type: ignore[arg-type]
    }


def get_practice_response(session: Session, practice_id: str, slot: int) -> PracticeResponseRow | None:
    """Return the stored response to one slot of a session that the caller has looked up, None if there is none yet."""
    return session.get(PracticeResponseRow, (practice_id, slot), populate_existing=True)


def practised_at(session: Session, certification_id: str, *, actor: str) -> list[tuple[datetime, str]]:
    """Return when the candidate practised which questions (ids) of a certification."""
    statement = (
        select(PracticeResponseRow.given_at, PracticeResponseRow.question_id)
        .join(PracticeRow, col(PracticeRow.id) == PracticeResponseRow.practice_id)
        .where(PracticeResponseRow.candidate_id == actor, PracticeRow.certification_id == certification_id)
    )
    return list(session.exec(statement).all())


def held_questions(session: Session, *, actor: str) -> frozenset[str]:
    """Return the questions (ids) on the candidate's exams that are not graded yet: their keys must not be shown."""
    statement = select(AttemptRow.form).where(AttemptRow.candidate_id == actor, AttemptRow.state != GRADED)
    return frozenset(slot[0] for form in session.exec(statement) for slot in form["slots"])


def is_flagged(session: Session, question_id: str, *, actor: str) -> bool:
    """Return whether the candidate's latest response to a question, in an exam or in practice, carries a flag."""
    practised = select(PracticeResponseRow.given_at, PracticeResponseRow.flagged).where(
        PracticeResponseRow.candidate_id == actor, PracticeResponseRow.question_id == question_id
    )
    sat = (
        select(AttemptRow.closed_at, GradedResponseRow.flagged)
        .join(AttemptRow, col(AttemptRow.id) == GradedResponseRow.attempt_id)
        .where(GradedResponseRow.candidate_id == actor, GradedResponseRow.question_id == question_id)
    )
    marks: list[tuple[datetime, bool]] = [*session.exec(practised), *session.exec(sat)]
    return bool(marks) and max(marks)[1]
