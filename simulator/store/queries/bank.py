"""Reads of the question bank."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from simulator.exam.blueprint import Blueprint
from simulator.exam.blueprint import from_document as blueprint_from_document
from simulator.exam.errors import NotFound
from simulator.exam.question import READY, Question
from simulator.exam.question import from_document as question_from_document
from simulator.exam.selection import BankEntry
from simulator.store.tables import CertificationRow, PackRow, QuestionRow, QuestionVersionRow


def list_blueprints(session: Session) -> list[Blueprint]:
    """Return the blueprints of all certifications: current ones first, then by title."""
    rows = session.exec(select(CertificationRow)).all()
    blueprints = [blueprint_from_document(row.blueprint) for row in rows]
    return sorted(blueprints, key=lambda blueprint: (blueprint.status, blueprint.vendor, blueprint.title))


def get_blueprint(session: Session, certification_id: str) -> Blueprint:
    """Return a certification's blueprint; raises NotFound."""
    row = session.get(CertificationRow, certification_id)
    if row is None:
        raise NotFound("certification", certification_id)
    return blueprint_from_document(row.blueprint)


def list_packs(session: Session) -> Sequence[PackRow]:
    """Return all loaded packs by id."""
    return session.exec(select(PackRow).order_by(PackRow.id)).all()


def find_pack_by_fingerprint(session: Session, fingerprint: str) -> PackRow | None:
    """Return the pack that was loaded from exactly these files."""
    return session.exec(select(PackRow).where(PackRow.fingerprint == fingerprint)).first()


def bank_stamp(session: Session, certification_id: str) -> tuple[str, ...]:
    """Return what changes whenever a pack that feeds the certification does."""
    statement = select(PackRow.id, PackRow.fingerprint).where(PackRow.certification_id == certification_id)
    return tuple(sorted(f"{pack_id}={fingerprint}" for pack_id, fingerprint in session.exec(statement)))


def list_bank_entries(session: Session, certification_id: str) -> list[BankEntry]:
    """Return what drawing needs of every question of a certification that is ready."""
    statement = select(QuestionRow).where(QuestionRow.certification_id == certification_id, QuestionRow.status == READY)
    return [
        BankEntry(
            question_id=row.id,
            version=row.version,
            domain=row.domain,
            task=row.task,
            difficulty=row.difficulty,
            option_count=row.option_count,
            enemies=frozenset(row.enemies),
            stimulus_id=row.stimulus_id,
            shuffle=row.shuffle,
        )
        for row in session.exec(statement)
    ]


def load_questions(session: Session, versions: Collection[str]) -> dict[str, Question]:
    """Return the questions of these versions, keyed by version."""
    statement = select(QuestionVersionRow).where(col(QuestionVersionRow.id).in_(versions))
    return {row.id: question_from_document(row.document) for row in session.exec(statement)}


def count_ready(session: Session) -> dict[str, int]:
    """Return how many questions are ready, by pack."""
    counts: dict[str, int] = {}
    for pack_id in session.exec(select(QuestionRow.pack_id).where(QuestionRow.status == READY)):
        counts[pack_id] = counts.get(pack_id, 0) + 1
    return counts
