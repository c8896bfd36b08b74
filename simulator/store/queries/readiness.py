"""Reads of what readiness keeps beside the responses: assumed cuts, and what is learned from all candidates."""

from sqlmodel import Session, select

from simulator.exam.readiness import Beliefs, Cut, ItemDifficulty
from simulator.exam.readiness.beliefs import from_document
from simulator.store.tables import AssumedCutRow, ItemStatisticsRow, LearntBeliefsRow


def list_assumed_cuts(session: Session, *, actor: str) -> dict[str, Cut]:
    """Return the cuts that the candidate assumes instead of the default, by certification id."""
    rows = session.exec(select(AssumedCutRow).where(AssumedCutRow.candidate_id == actor))
    return {row.certification_id: Cut(row.mean, row.sd) for row in rows}


def list_item_difficulties(session: Session, certification_id: str | None = None) -> dict[str, ItemDifficulty]:
    """Return the difficulties learned from data, by question version; of all certifications unless one is named."""
    statement = select(ItemStatisticsRow.version, ItemStatisticsRow.difficulty_mean, ItemStatisticsRow.difficulty_sd)
    if certification_id is not None:
        statement = statement.where(ItemStatisticsRow.certification_id == certification_id)
    return {version: ItemDifficulty(mean, sd) for version, mean, sd in session.exec(statement)}


def list_learnt_beliefs(session: Session, certification_id: str | None = None) -> dict[str, Beliefs]:
    """Return the beliefs learned from candidates, by certification id; of all certifications unless one is named."""
    statement = select(LearntBeliefsRow.certification_id, LearntBeliefsRow.document)
    if certification_id is not None:
        statement = statement.where(LearntBeliefsRow.certification_id == certification_id)
    found = {known: from_document(document) for known, document in session.exec(statement)}
    return {known: beliefs for known, beliefs in found.items() if beliefs is not None}
