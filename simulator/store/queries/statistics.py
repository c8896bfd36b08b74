"""Reads for statistics: first exposures of all candidates, who came back, and what was made of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, false, func, select, true, union_all
from sqlmodel import Session, col

from simulator.exam.attempt import GRADED
from simulator.store.tables import AttemptRow, GradedResponseRow, ItemStatisticsRow, PracticeResponseRow, PracticeRow

# Its columns: sitting_id, exam (false: practice), question_id, version, answered, credit, response (as JSON), spent_ms.
FirstExposure = Row[Any]
_RESPONSE = ("question_id", "version", "answered", "credit", "response", "spent_ms")


def stream_first_exposures(
    session: Session, certification_id: str, *, size: int = 20_000
) -> Iterator[Sequence[FirstExposure]]:
    """Yield, in chunks of `size`, the first graded response of each candidate to each question, from all sittings.

    Whatever version of it was seen first; a response that follows another one to the same question shows memory as
    much as ability. Only the chunk at hand is in memory.
    """
    seen = union_all(_exam_responses(certification_id), _practice_responses(certification_id)).subquery().c
    exposure = func.row_number().over(
        partition_by=(seen.candidate_id, seen.question_id), order_by=(seen.given_at, seen.sitting_id, seen.slot)
    )
    wanted = ("sitting_id", "exam", *_RESPONSE)
    ranked = select(*(seen[name] for name in wanted), exposure.label("exposure")).subquery().c
    statement = select(*(ranked[name] for name in wanted)).where(ranked.exposure == 1)
    yield from session.execute(statement, execution_options={"yield_per": size}).partitions()


def _exam_responses(certification_id: str) -> Select[Any]:
    return (
        select(
            col(AttemptRow.id).label("sitting_id"),
            true().label("exam"),
            col(AttemptRow.closed_at).label("given_at"),
            *_columns(GradedResponseRow),
        )
        .join(AttemptRow, col(AttemptRow.id) == GradedResponseRow.attempt_id)
        .where(col(AttemptRow.certification_id) == certification_id)
    )


def _practice_responses(certification_id: str) -> Select[Any]:
    return (
        select(
            col(PracticeRow.id).label("sitting_id"),
            false().label("exam"),
            col(PracticeResponseRow.given_at).label("given_at"),
            *_columns(PracticeResponseRow),
        )
        .join(PracticeRow, col(PracticeRow.id) == PracticeResponseRow.practice_id)
        .where(col(PracticeRow.certification_id) == certification_id)
    )


def _columns(responses: Any) -> list[Any]:
    return [getattr(responses, name) for name in ("candidate_id", "slot", *_RESPONSE)]


def list_item_statistics(session: Session, certification_id: str) -> Sequence[ItemStatisticsRow]:
    """Return what is kept of a certification's question versions, the most answered first."""
    statement = select(ItemStatisticsRow).where(col(ItemStatisticsRow.certification_id) == certification_id)
    most = (col(ItemStatisticsRow.responses).desc(), col(ItemStatisticsRow.version))
    return session.execute(statement.order_by(*most)).scalars().all()


def list_returning_candidates(session: Session, certification_id: str, *, sittings: int, most: int) -> Sequence[str]:
    """Return who has so many graded exams and practice sessions of a certification, those who sat last first."""
    exams = _sittings(AttemptRow.candidate_id, AttemptRow.id, AttemptRow.closed_at).where(
        col(AttemptRow.certification_id) == certification_id, col(AttemptRow.state) == GRADED
    )
    responses = PracticeResponseRow
    practices = (
        _sittings(responses.candidate_id, responses.practice_id, func.max(col(responses.given_at)))
        .join(PracticeRow, col(PracticeRow.id) == responses.practice_id)
        .where(col(PracticeRow.certification_id) == certification_id)
        .group_by(col(responses.candidate_id), col(responses.practice_id))
    )
    sat = union_all(exams, practices).subquery().c
    returning = (
        select(sat.candidate_id)
        .group_by(sat.candidate_id)
        .having(func.count() >= sittings)
        .order_by(func.max(sat.at).desc(), sat.candidate_id)
        .limit(most)
    )
    return session.execute(returning).scalars().all()


def _sittings(candidate_id: Any, sitting_id: Any, at: Any) -> Select[Any]:
    return select(candidate_id.label("candidate_id"), sitting_id.label("sitting_id"), at.label("at"))
