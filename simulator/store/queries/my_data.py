"""Reads of everything that is kept about one candidate, for the candidate."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, literal, null, select, true, union_all
from sqlmodel import Session, SQLModel, col

from simulator.exam import form as forms
from simulator.exam.attempt import GRADED
from simulator.store.tables import (
    AnswerRow,
    AttemptRow,
    GradedResponseRow,
    PracticeResponseRow,
    PracticeRow,
)

# What leads from a row to the candidate whose it is: the column, and the table of which it is the key.
_OWNERS = (("candidate_id", None), ("attempt_id", "attempt"), ("practice_id", "practice"))


def owned_tables() -> list[tuple[Table, Any]]:
    """Return the tables with rows of candidates, those first that others refer to, and their column with the owner.

    The column is the candidate's id, or that of the attempt or practice session to which a row belongs. A table that
    is added later is found by its columns.
    """
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for name, _ in _OWNERS:
            if name in table.c:
                found.append((table, table.c[name]))
                break
    return found


def is_owned(column: Any, actor: str) -> Any:
    """Return the condition that holds for the rows of a candidate, for a column from `owned_tables`."""
    owner = dict(_OWNERS)[column.name]
    if owner is None:
        return column == actor
    sittings = SQLModel.metadata.tables[owner]
    return column.in_(select(sittings.c.id).where(sittings.c.candidate_id == actor))


def count_owned(session: Session, *, actor: str) -> dict[str, int]:
    """Return how many rows of each table are the candidate's."""
    return {
        table.name: session.execute(select(func.count()).select_from(table).where(is_owned(column, actor))).scalar_one()
        for table, column in owned_tables()
    }


def _document(row: SQLModel, *without: str) -> dict[str, Any]:
    """Return a row as plain JSON values; responses, which are stored as JSON text, as lists."""
    document = {name: value for name, value in row.model_dump(mode="json").items() if name not in without}
    for name in ("response", "first_response", "struck"):
        if isinstance(document.get(name), str):
            document[name] = json.loads(document[name])
    return document


def export_attempts(session: Session, *, actor: str) -> Iterator[dict[str, Any]]:
    """Give the candidate's attempts one by one, the oldest first, with their answers.

    The form and the graded responses come with graded attempts only: a form tells which questions are unscored.
    """
    ids = select(col(AttemptRow.id)).where(col(AttemptRow.candidate_id) == actor).order_by(col(AttemptRow.started_at))
    for attempt_id in session.execute(ids).scalars().all():
        attempt = session.get_one(AttemptRow, attempt_id)
        document = _document(attempt, "candidate_id", "blueprint", "form")
        document["answers"] = _rows(session, AnswerRow, col(AnswerRow.attempt_id) == attempt_id, "attempt_id")
        if attempt.state == GRADED:
            document["form"] = _form(attempt.form)
            document["graded_responses"] = _rows(
                session,
                GradedResponseRow,
                col(GradedResponseRow.attempt_id) == attempt_id,
                "attempt_id",
                "candidate_id",
            )
        # Blueprints are large, and there may be hundreds of attempts.
        session.expunge_all()
        yield document


def _form(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "slot": slot.number,
            "question_id": slot.question_id,
            "version": slot.version,
            "domain": slot.domain,
            "scored": slot.scored,
            "option_order": list(slot.option_order),
        }
        for slot in forms.from_document(document).slots
    ]


def _rows(session: Session, table: Any, condition: Any, *without: str) -> list[dict[str, Any]]:
    rows = session.execute(select(table).where(condition).order_by(*table.__table__.primary_key)).scalars()
    return [_document(row, *without) for row in rows]


def export_practice(session: Session, *, actor: str) -> Iterator[dict[str, Any]]:
    """Give the candidate's practice sessions one by one, the oldest first, with their responses."""
    ids = (
        select(col(PracticeRow.id)).where(col(PracticeRow.candidate_id) == actor).order_by(col(PracticeRow.started_at))
    )
    for practice_id in session.execute(ids).scalars().all():
        practice = session.get_one(PracticeRow, practice_id)
        document = _document(practice, "candidate_id", "form")
        document["form"] = _form(practice.form)
        document["responses"] = _rows(
            session,
            PracticeResponseRow,
            col(PracticeResponseRow.practice_id) == practice_id,
            "practice_id",
            "candidate_id",
        )
        session.expunge_all()
        yield document


def export_table(session: Session, table: Any, *, actor: str) -> Iterator[dict[str, Any]]:
    """Give the candidate's rows of a table that leads with the candidate's id."""
    yield from _rows(session, table, table.candidate_id == actor, "candidate_id")


@dataclass(frozen=True, slots=True)
class ResponseLine:
    """One graded response in a table of all; responses are option numbers in the author's order, from 0."""

    given_at: datetime
    source: str
    kind: str
    certification: str
    sitting: str
    slot: int
    question: str
    version: str
    domain: str
    task: str
    scored: bool
    answered: bool
    credit: float
    response: str
    first_response: str | None
    confidence: str | None
    flagged: bool
    seconds: float


def stream_responses(session: Session, *, actor: str) -> Iterator[ResponseLine]:
    """Give all graded responses of the candidate by time, from exams and from practice."""
    both = union_all(_exam_lines(actor), _practice_lines(actor)).subquery()
    statement = select(both).order_by(both.c.given_at, both.c.sitting, both.c.slot)
    for row in session.execute(statement).mappings():
        facts = dict(row)
        yield ResponseLine(seconds=facts.pop("spent_ms") / 1000, **facts)


def _exam_lines(actor: str) -> Any:
    graded: Any = GradedResponseRow
    attempts: Any = AttemptRow
    return (
        select(
            attempts.closed_at.label("given_at"),
            literal("exam").label("source"),
            attempts.kind.label("kind"),
            attempts.certification_id.label("certification"),
            attempts.id.label("sitting"),
            *_shared(graded),
            graded.scored.label("scored"),
            *_marks(graded, graded.first_response),
        )
        .join(attempts, attempts.id == graded.attempt_id)
        .where(graded.candidate_id == actor)
    )


def _practice_lines(actor: str) -> Any:
    responses: Any = PracticeResponseRow
    practices: Any = PracticeRow
    return (
        select(
            responses.given_at.label("given_at"),
            literal("practice").label("source"),
            practices.kind.label("kind"),
            practices.certification_id.label("certification"),
            practices.id.label("sitting"),
            *_shared(responses),
            true().label("scored"),
            *_marks(responses, null()),
        )
        .join(practices, practices.id == responses.practice_id)
        .where(responses.candidate_id == actor)
    )


def _shared(table: Any) -> list[Any]:
    return [
        table.slot.label("slot"),
        table.question_id.label("question"),
        table.version.label("version"),
        table.domain.label("domain"),
        table.task.label("task"),
    ]


def _marks(table: Any, first_response: Any) -> list[Any]:
    return [
        table.answered.label("answered"),
        table.credit.label("credit"),
        table.response.label("response"),
        first_response.label("first_response"),
        table.confidence.label("confidence"),
        table.flagged.label("flagged"),
        table.spent_ms.label("spent_ms"),
    ]
