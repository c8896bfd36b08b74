"""Reads of real results."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from simulator.exam.validation import RealOutcome
from simulator.store.tables import RealResultRow


def list_results(session: Session, certification_id: str, *, actor: str) -> Sequence[RealResultRow]:
    """Return a candidate's real results at a certification, the latest first."""
    statement = (
        select(RealResultRow)
        .where(RealResultRow.candidate_id == actor, RealResultRow.certification_id == certification_id)
        .order_by(col(RealResultRow.sat_on).desc())
    )
    return session.exec(statement).all()


def list_outcomes(session: Session) -> list[RealOutcome]:
    """Return the real results of all candidates here for which something had been predicted, without names."""
    statement = select(RealResultRow.predicted, RealResultRow.passed).where(col(RealResultRow.predicted).is_not(None))
    return [RealOutcome(predicted or 0.0, passed) for predicted, passed in session.exec(statement)]
