"""How candidates for a certification are, learned from all who came back; kept as a sum that names nobody.

Learning reads and calculates; keeping writes one row. They are apart, as in `calibrating`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from simulator.exam.evidence import Evidence, split_by_exposure
from simulator.exam.readiness import Beliefs, ItemDifficulty, learn_beliefs
from simulator.exam.readiness.beliefs import to_document
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.statistics import list_returning_candidates
from simulator.store.tables import LearntBeliefsRow

# One sitting tells nothing about growth.
FEWEST_SITTINGS = 2
# Of fewer candidates, those who happened to come say more than how candidates are; the shipped beliefs stay.
FEWEST_CANDIDATES = 30
# More change little and take longer: those who sat last are read.
MOST_CANDIDATES = 2000


@dataclass(frozen=True, slots=True)
class LearntBeliefs:
    """What the candidates of an installation taught; `beliefs` is None where they were too few."""

    beliefs: Beliefs | None
    candidates: int


def learn(
    session: Session, catalogue: Catalogue, certification_id: str, *, items: Mapping[str, ItemDifficulty]
) -> LearntBeliefs:
    """Learn from the candidates who answered new questions in at least two sittings; only reads. Raises NotFound."""
    blueprint = get_blueprint(session, certification_id)
    candidates = 0

    def count(evidence: Iterator[list[Evidence]]) -> Iterator[list[Evidence]]:
        nonlocal candidates
        for one in evidence:
            candidates += 1
            yield one

    found = learn_beliefs(count(_returning(session, catalogue, certification_id)), blueprint, items=items)
    return LearntBeliefs(found if candidates >= FEWEST_CANDIDATES else None, candidates)


def _returning(session: Session, catalogue: Catalogue, certification_id: str) -> Iterator[list[Evidence]]:
    who = list_returning_candidates(session, certification_id, sittings=FEWEST_SITTINGS, most=MOST_CANDIDATES)
    for actor in who:
        evidence = list_evidence(session, catalogue, actor=actor, certification_id=certification_id)
        first, _ = split_by_exposure(evidence)
        if len({response.sitting_id for response in first if response.answered}) >= FEWEST_SITTINGS:
            yield evidence


def keep_beliefs(session: Session, certification_id: str, learnt: LearntBeliefs, *, now: datetime) -> None:
    """Keep what was learned in the place of what was kept before; from too few candidates, nothing is kept."""
    known = session.get(LearntBeliefsRow, certification_id)
    if learnt.beliefs is None:
        if known is not None:
            session.delete(known)
    else:
        session.merge(
            LearntBeliefsRow(
                certification_id=certification_id,
                candidates=learnt.candidates,
                document=to_document(learnt.beliefs),
                learned_at=now,
            )
        )
    session.flush()
