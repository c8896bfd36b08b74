"""Putting together what certifications have in common, and what a candidate's evidence says of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from simulator.exam.overlap import Overlap, overlap_of
from simulator.exam.suggestion import Profile, profile_of
from simulator.operations.readiness import Assessment, assess_all, list_bank_questions
from simulator.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Comparison:
    """All certifications, each with the number of questions in its bank; assessments, banks and profiles in step."""

    assessments: tuple[Assessment, ...]
    bank_sizes: tuple[int, ...]
    profiles: tuple[Profile, ...]
    overlap: Overlap


def compare_certifications(session: Session, catalogue: Catalogue, *, actor: str | None, now: datetime) -> Comparison:
    """Return the comparison of all certifications; readiness counts what other certifications' answers tell."""
    assessments = assess_all(session, catalogue, actor=actor, now=now, transferring=True)
    blueprints = [assessment.blueprint for assessment in assessments]
    banks = {b.id: tuple(list_bank_questions(session, catalogue, b.id).values()) for b in blueprints}
    return Comparison(
        assessments=tuple(assessments),
        bank_sizes=tuple(len(bank) for bank in banks.values()),
        profiles=tuple(profile_of(blueprint, banks[blueprint.id]) for blueprint in blueprints),
        overlap=overlap_of(banks),
    )
