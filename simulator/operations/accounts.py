"""Who candidates are. Without accounts a candidate is a random id that a browser keeps in a signed cookie."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from simulator.store.tables import CandidateRow


def admit_candidate(session: Session, candidate_id: str, *, now: datetime) -> None:
    """Make the candidate known, if it is not yet."""
    if session.get(CandidateRow, candidate_id) is None:
        # Another request of the same browser may be faster by a moment; then the candidate is known as well.
        with suppress(IntegrityError), session.begin_nested():
            session.add(CandidateRow(id=candidate_id, created_at=now))
