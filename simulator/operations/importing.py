"""Bringing packs into the bank: all of a pack or nothing, and nothing twice."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from simulator.exam import blueprint as blueprints
from simulator.exam.errors import SimulatorError
from simulator.exam.question import RETIRED, to_document
from simulator.packs.loading import LoadedPack, LoadedQuestion, fingerprint, load_pack
from simulator.store.queries.bank import find_pack_by_fingerprint
from simulator.store.tables import CertificationRow, PackRow, QuestionRow, QuestionVersionRow


class CertificationTaken(SimulatorError):
    """Two packs bring a blueprint for the same certification."""


class PackDoesNotFit(SimulatorError):
    """A pack without a blueprint of its own does not fit the certification that it feeds."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many questions an import added, changed, left alone and retired."""

    pack: str
    added: int
    changed: int
    unchanged: int
    retired: int


def add_pack(session: Session, path: Path, *, skills: frozenset[str], shipped: bool, now: datetime) -> Imported | None:
    """Bring a pack's files into the bank; returns None when they are in it already.

    A pack that ships never replaces one of the same id that somebody added. Raises PackInvalid, and what
    `import_pack` raises.
    """
    if find_pack_by_fingerprint(session, fingerprint(path)) is not None:
        return None
    pack = load_pack(path, skills=skills)
    known = session.get(PackRow, pack.id)
    if shipped and known is not None and not known.shipped:
        return None
    return import_pack(session, pack, shipped=shipped, now=now)


def import_pack(session: Session, pack: LoadedPack, *, shipped: bool = False, now: datetime) -> Imported:
    """Make the bank say what the pack says.

    A changed question gets a new version; the old one stays for the attempts that used it. A question that the
    pack no longer has is retired, never deleted. Raises CertificationTaken, or PackDoesNotFit.
    """
    if pack.blueprint is None:
        _check_fit(session, pack)
    # Flushed step by step, because the rows refer to each other and have no ORM relationships to order them by.
    session.merge(_pack_row(pack, shipped, now))
    session.flush()
    if pack.blueprint is not None:
        _merge_certification(session, pack.id, pack.blueprint)
    _add_versions(session, pack, now)
    rows = {row.id: row for row in session.exec(select(QuestionRow).where(QuestionRow.pack_id == pack.id))}
    counts: Counter[str] = Counter()
    for question in pack.questions:
        new = _question_row(pack, question)
        old = rows.pop(new.id, None)
        counts["added" if old is None else "unchanged" if old.version == new.version else "changed"] += 1
        session.merge(new)
    for row in rows.values():
        counts["retired"] += row.status != RETIRED
        row.status = RETIRED
    session.flush()
    return Imported(pack.id, counts["added"], counts["changed"], counts["unchanged"], counts["retired"])


def _check_fit(session: Session, pack: LoadedPack) -> None:
    """Check domains and tasks, which only the blueprint of another pack can tell."""
    row = session.get(CertificationRow, pack.certification)
    if row is None:
        raise PackDoesNotFit(
            f"pack {pack.id} feeds the certification {pack.certification}, which no pack has brought yet: "
            "add the pack with its blueprint first"
        )
    blueprint = blueprints.from_document(row.blueprint)
    known = {(domain.id, task.id) for domain in blueprint.domains for task in domain.tasks}
    for loaded in pack.questions:
        question = loaded.question
        if (question.domain, question.task) not in known:
            raise PackDoesNotFit(
                f"{loaded.file}:{loaded.line}: {blueprint.id} has no task {question.task} in a domain {question.domain}"
            )


def _pack_row(pack: LoadedPack, shipped: bool, now: datetime) -> PackRow:
    return PackRow(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        language=pack.language,
        licence=pack.licence,
        authors=list(pack.authors),
        certification_id=pack.certification,
        verified_on=pack.verified_on.isoformat(),
        fingerprint=pack.fingerprint,
        loaded_at=now,
        shipped=shipped,
    )


def _merge_certification(session: Session, pack_id: str, blueprint: blueprints.Blueprint) -> None:
    known = session.get(CertificationRow, blueprint.id)
    if known is not None and known.pack_id != pack_id:
        raise CertificationTaken(
            f"pack {pack_id} brings a blueprint for {blueprint.id}, but pack {known.pack_id} did already: "
            "leave blueprint.yaml out of one of them"
        )
    session.merge(CertificationRow(id=blueprint.id, pack_id=pack_id, blueprint=blueprints.to_document(blueprint)))
    session.flush()


def _add_versions(session: Session, pack: LoadedPack, now: datetime) -> None:
    known = set(session.exec(select(QuestionVersionRow.id)))
    for question in pack.questions:
        if question.version not in known:
            known.add(question.version)
            document = to_document(question.question)
            session.add(QuestionVersionRow(id=question.version, document=document, created_at=now))
    session.flush()


def _question_row(pack: LoadedPack, loaded: LoadedQuestion) -> QuestionRow:
    question = loaded.question
    return QuestionRow(
        id=f"{pack.id}/{question.id}",
        pack_id=pack.id,
        certification_id=pack.certification,
        version=loaded.version,
        status=loaded.status,
        domain=question.domain,
        task=question.task,
        difficulty=question.difficulty,
        option_count=len(question.options),
        enemies=sorted(f"{pack.id}/{enemy}" for enemy in loaded.enemies),
        stimulus_id=f"{pack.id}/{question.stimulus_id}" if question.stimulus_id else None,
        shuffle=question.shuffle,
    )
