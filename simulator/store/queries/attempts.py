"""Reads of attempts, their answers and their graded responses; every one is looked up through its owner."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from simulator.exam.attempt import CLOSED, OPEN, Answer
from simulator.exam.errors import NotFound
from simulator.exam.question import Response
from simulator.exam.scoring import GradedResponse
from simulator.store.tables import AnswerRow, AttemptRow, GradedResponseRow


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the command line on the server: may read every attempt."""


OPERATOR = Operator()
# A candidate's id, or the operator.
Actor = str | Operator


def get_attempt(session: Session, attempt_id: str, *, actor: Actor) -> AttemptRow:
    """Return an attempt that is the actor's; raises NotFound, the same for a foreign one as for none."""
    row = session.get(AttemptRow, attempt_id)
    if row is None or not (isinstance(actor, Operator) or row.candidate_id == actor):
        raise NotFound("attempt", attempt_id)
    return row


@dataclass(frozen=True, slots=True)
class AttemptHead:
    """How an attempt stands, without its form and blueprint, which are large and rarely needed."""

    id: str
    candidate_id: str
    state: str
    epoch: int
    started_at: datetime
    deadline_at: datetime
    closed_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is written down as open; its time may have run out all the same."""
        return self.state == OPEN


_HEAD = (
    AttemptRow.id,
    AttemptRow.candidate_id,
    AttemptRow.state,
    AttemptRow.epoch,
    AttemptRow.started_at,
    AttemptRow.deadline_at,
    AttemptRow.closed_by,
)


def get_head(session: Session, attempt_id: str, *, actor: Actor) -> AttemptHead:
    """Return how an attempt of the actor's stands; raises NotFound as `get_attempt` does."""
    row = session.execute(select(*_HEAD).where(AttemptRow.id == attempt_id)).first()  # type: ignore[call-overload]
    if row is None or not (isinstance(actor, Operator) or row.candidate_id == actor):
        raise NotFound("attempt", attempt_id)
    return AttemptHead(*row)


def find_open_attempt(session: Session, certification_id: str, *, kind: str, actor: str) -> AttemptRow | None:
    """Return the candidate's open attempt of a kind at a certification; its time may have run out."""
    statement = select(AttemptRow).where(
        AttemptRow.candidate_id == actor,
        AttemptRow.certification_id == certification_id,
        AttemptRow.kind == kind,
        AttemptRow.state == OPEN,
    )
    return session.exec(statement).first()


def list_attempts(session: Session, *, actor: Actor) -> Sequence[AttemptRow]:
    """Return the actor's attempts, the latest first."""
    statement = select(AttemptRow).order_by(col(AttemptRow.started_at).desc(), AttemptRow.id)
    if not isinstance(actor, Operator):
        statement = statement.where(AttemptRow.candidate_id == actor)
    return session.exec(statement).all()


def list_overdue(session: Session, *, open_until: datetime, closed_until: datetime) -> list[AttemptHead]:
    """Return open attempts whose deadline lies before `open_until`, and closed ones' before `closed_until`."""
    statement = select(*_HEAD).where(  # type: ignore[call-overload]
        ((AttemptRow.state == OPEN) & (AttemptRow.deadline_at <= open_until))
        | ((AttemptRow.state == CLOSED) & (AttemptRow.deadline_at <= closed_until))
    )
    return [AttemptHead(*row) for row in session.execute(statement)]


def seen_forms(session: Session, certification_id: str, *, actor: str) -> list[tuple[datetime, list[str]]]:
    """Return when the candidate got which questions (ids) of a certification."""
    statement = select(AttemptRow.started_at, AttemptRow.form).where(
        AttemptRow.candidate_id == actor, AttemptRow.certification_id == certification_id
    )
    return [(started_at, [slot[0] for slot in form["slots"]]) for started_at, form in session.exec(statement)]


def open_questions(session: Session, *, actor: str, now: datetime) -> frozenset[str]:
    """Return the questions (ids) on the candidate's exams that still go on."""
    statement = select(AttemptRow.form).where(
        AttemptRow.candidate_id == actor, AttemptRow.state == OPEN, AttemptRow.deadline_at > now
    )
    return frozenset(slot[0] for form in session.exec(statement) for slot in form["slots"])


def load_answers(session: Session, attempt_id: str) -> dict[int, Answer]:
    """Return what is saved of an attempt, by slot."""
    columns = (
        AnswerRow.slot,
        AnswerRow.response,
        AnswerRow.flagged,
        AnswerRow.confidence,
        AnswerRow.struck,
        AnswerRow.spent_ms,
        AnswerRow.sequence,
        AnswerRow.saved_at,
        AnswerRow.made_at,
        AnswerRow.late,
        AnswerRow.first_response,
    )
    rows = session.execute(select(*columns).where(AnswerRow.attempt_id == attempt_id))  # type: ignore[call-overload]
    return {
        slot: Answer(
            slot=slot,
            response=tuple(json.loads(response)),
            flagged=flagged,
            confidence=confidence,
            struck=tuple(json.loads(struck)),
            spent_ms=spent_ms,
            sequence=sequence,
            saved_at=saved_at,
            made_at=made_at,
            late=late,
            first_response=_response_or_none(first),
        )
        for slot, response, flagged, confidence, struck, spent_ms, sequence, saved_at, made_at, late, first in rows
    }


def _response_or_none(stored: str | None) -> Response | None:
    return None if stored is None else tuple(json.loads(stored))


def count_answered(session: Session, attempt_ids: Sequence[str]) -> dict[str, int]:
    """Return how many slots of each attempt hold a response."""
    statement = (
        select(AnswerRow.attempt_id, func.count())
        .where(col(AnswerRow.attempt_id).in_(attempt_ids), AnswerRow.response != "[]")
        .group_by(AnswerRow.attempt_id)
    )
    return dict(session.exec(statement).all())


def load_graded(session: Session, attempt_id: str) -> list[GradedResponse]:
    """Return the graded responses of an attempt, by slot."""
    rows = session.exec(
        select(GradedResponseRow).where(GradedResponseRow.attempt_id == attempt_id).order_by(GradedResponseRow.slot)  # type: ignore[arg-type]
    )
    return [
        GradedResponse(
            slot=row.slot,
            question_id=row.question_id,
            version=row.version,
            domain=row.domain,
            task=row.task,
            scored=row.scored,
            answered=row.answered,
            credit=row.credit,
            response=tuple(json.loads(row.response)),
            confidence=row.confidence,
            flagged=row.flagged,
            spent_ms=row.spent_ms,
            first_response=_response_or_none(row.first_response),
        )
        for row in rows
    ]
