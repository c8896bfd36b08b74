"""Who candidates are. Without accounts a candidate is a random id that a browser keeps in a signed cookie."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from simulator.store.tables import CandidateRow


def admit_candidate(session: Session, candidate_id: str, *, now: datetime) -> None:
    """Make the candidate known, if it is not yet; until the transaction ends, nobody can delete them."""
    held = select(CandidateRow.id).where(CandidateRow.id == candidate_id).with_for_update(read=True, key_share=True)
    if session.exec(held).first() is None:
        # Another request of the same browser may be faster by a moment; then the candidate is known as well.
        with suppress(IntegrityError), session.begin_nested():
            session.add(CandidateRow(id=candidate_id, created_at=now))


def lock_candidate(session: Session, candidate_id: str) -> None:
    """Make others who lock this candidate wait for this transaction; on SQLite there is one writer anyway.

    Not a full lock of the row: whoever has admitted the candidate shares it, and two who then asked for all of it
    would wait for each other.
    """
    session.exec(select(CandidateRow.id).where(CandidateRow.id == candidate_id).with_for_update(key_share=True)).first()
