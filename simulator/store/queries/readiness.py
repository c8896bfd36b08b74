"""Reads of what readiness keeps beside the responses: assumed cuts, and difficulties learned from data."""

from sqlmodel import Session, select

from simulator.exam.readiness import Cut, ItemDifficulty
from simulator.store.tables import AssumedCutRow, ItemStatisticsRow


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
