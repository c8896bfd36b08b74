"""Putting together how ready a candidate is for each certification, and what they assume about its cut."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from simulator.exam.blueprint import Blueprint
from simulator.exam.evidence import Evidence
from simulator.exam.overlap import skill_shares
from simulator.exam.progress import Moment, MomentWithInterval, course, course_with_intervals
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.exam.readiness import (
    SHIPPED,
    BankItem,
    Beliefs,
    Cut,
    Glance,
    ItemDifficulty,
    Readiness,
    Transferred,
    default_cut,
    estimate,
    glance,
    transfer,
)
from simulator.operations.accounts import admit_candidate
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint, list_blueprints
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.readiness import list_assumed_cuts, list_item_difficulties, list_learnt_beliefs
from simulator.store.tables import AssumedCutRow

# Less than half an answer's worth from other certifications says nothing.
LEAST_TRANSFER = 0.5


@dataclass(frozen=True, slots=True)
class Assessment:
    """How ready a candidate is for one certification; `readiness` is None where there is no evidence to start from.

    `own_cut` says that the cut is the candidate's assumption, not the default. `lent` says how many responses'
    worth of the evidence comes from which other certification. `items` and `beliefs` are what all candidates taught.
    """

    blueprint: Blueprint
    cut: Cut
    own_cut: bool
    readiness: Readiness | None
    evidence: tuple[Evidence, ...]
    items: Mapping[str, ItemDifficulty]
    lent: Mapping[str, float]
    beliefs: Beliefs

    def course(self) -> tuple[Moment, ...]:
        """Return how the estimate has moved, sitting by sitting."""
        if self.readiness is None:
            return ()
        return course(self.evidence, self.readiness.basis.plan, items=self.items, beliefs=self.beliefs)

    def course_with_intervals(self) -> tuple[MomentWithInterval, ...]:
        """Return how the estimate and its interval have moved."""
        if self.readiness is None:
            return ()
        plan = self.readiness.basis.plan
        return course_with_intervals(self.evidence, plan, items=self.items, beliefs=self.beliefs)


def assess_certification(
    session: Session,
    catalogue: Catalogue,
    certification_id: str,
    *,
    actor: str | None,
    now: datetime,
    always: bool = False,
) -> Assessment:
    """Return how ready the candidate is for one certification, from its own evidence; raises NotFound.

    Evidence from after `now` is left aside, so that a time gone by shows how it was then. With `always`, there is a
    readiness even without any evidence: what is believed beforehand.
    """
    blueprint = get_blueprint(session, certification_id)
    desk = _Desk.open(session, catalogue, actor, now, certification_id, always=always)
    return desk.assess(blueprint, always=always)


def assess_all(
    session: Session, catalogue: Catalogue, *, actor: str | None, now: datetime, transferring: bool = False
) -> list[Assessment]:
    """Return how ready the candidate is for every certification, in the order of `list_blueprints`.

    With `transferring`, what answers in other certifications tell through shared skills counts as well.
    """
    desk = _Desk.open(session, catalogue, actor, now, None)
    return [desk.assess(blueprint, transferring=transferring) for blueprint in list_blueprints(session)]


def glance_all(
    session: Session, catalogue: Catalogue, blueprints: Iterable[Blueprint], *, actor: str | None, now: datetime
) -> dict[str, Glance]:
    """Return the probability of passing by certification id, for those with evidence of their own."""
    desk = _Desk.open(session, catalogue, actor, now, None)
    glances = {blueprint.id: desk.glance(blueprint) for blueprint in blueprints}
    return {known: found for known, found in glances.items() if found is not None}


def list_bank_questions(session: Session, catalogue: Catalogue, certification_id: str) -> Mapping[str, Question]:
    """Return the questions that are ready, by version."""
    units = catalogue.bank(session, certification_id).unit_of.values()
    return catalogue.questions(session, {entry.version for unit in units for entry in unit.entries})


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all assessments of one request are made from, read once."""

    session: Session
    catalogue: Catalogue
    now: datetime
    evidence: Sequence[Evidence]
    cuts: Mapping[str, Cut]
    items: Mapping[str, ItemDifficulty]
    beliefs: Mapping[str, Beliefs]

    @classmethod
    def open(
        cls,
        session: Session,
        catalogue: Catalogue,
        actor: str | None,
        now: datetime,
        certification_id: str | None,
        *,
        always: bool = False,
    ) -> "_Desk":
        if actor is None:
            return cls(session, catalogue, now, (), {}, {}, {})
        known = list_evidence(session, catalogue, actor=actor, certification_id=certification_id)
        evidence = [response for response in known if response.given_at <= now]
        if not (evidence or always):
            return cls(session, catalogue, now, evidence, list_assumed_cuts(session, actor=actor), {}, {})
        items = list_item_difficulties(session, certification_id)
        beliefs = list_learnt_beliefs(session, certification_id)
        return cls(session, catalogue, now, evidence, list_assumed_cuts(session, actor=actor), items, beliefs)

    def glance(self, blueprint: Blueprint) -> Glance | None:
        own = self._own(blueprint)
        if not own:
            return None
        return glance(
            own,
            blueprint,
            cut=self.cuts.get(blueprint.id) or default_cut(blueprint),
            now=self.now,
            items=self.items,
            bank=bank_items(list_bank_questions(self.session, self.catalogue, blueprint.id)),
            beliefs=self.beliefs.get(blueprint.id, SHIPPED),
        )

    def _own(self, blueprint: Blueprint) -> tuple[Evidence, ...]:
        return tuple(response for response in self.evidence if response.certification_id == blueprint.id)

    def assess(self, blueprint: Blueprint, *, transferring: bool = False, always: bool = False) -> Assessment:
        own = self._own(blueprint)
        cut = self.cuts.get(blueprint.id)
        assumed = cut or default_cut(blueprint)
        beliefs = self.beliefs.get(blueprint.id, SHIPPED)
        readiness = None
        lent: tuple[Transferred, ...] = ()
        if own or always or (transferring and self.evidence):
            bank = list_bank_questions(self.session, self.catalogue, blueprint.id)
            if transferring:
                needed = skill_shares([domain.id for domain in blueprint.domains], bank.values())
                lent = transfer(self.evidence, needed, certification_id=blueprint.id)
            if own or lent or always:
                readiness = estimate(
                    own,
                    blueprint,
                    cut=assumed,
                    now=self.now,
                    items=self.items,
                    transferred=lent,
                    bank=bank_items(bank),
                    beliefs=beliefs,
                )
            if readiness is not None and not (always or readiness.responses or readiness.transferred >= LEAST_TRANSFER):
                # Nor does an exam that was handed in empty.
                readiness = None
        worth = _worth(lent, readiness)
        return Assessment(blueprint, assumed, cut is not None, readiness, own, self.items, worth, beliefs)


def _worth(lent: Sequence[Transferred], readiness: Readiness | None) -> dict[str, float]:
    """Return how many responses' worth each certification lends, after fading."""
    worth: dict[str, float] = defaultdict(float)
    if readiness is not None:
        weights = readiness.basis.responses.weight[len(readiness.basis.first) :]
        for one, weight in zip(lent, weights, strict=True):
            worth[one.certification_id] += float(weight)
    return dict(worth)


def bank_items(bank: Mapping[str, Question]) -> Collection[BankItem]:
    """Return what `estimate` needs to know of a bank's questions, by version."""
    return [
        BankItem(version, question.domain, question.difficulty, type_of(question).guess_chance(question))
        for version, question in bank.items()
    ]


def assume_cut(session: Session, certification_id: str, cut: Cut | None, *, actor: str, now: datetime) -> None:
    """Assume another share right that passes, or with None the default again; raises NotFound."""
    get_blueprint(session, certification_id)
    admit_candidate(session, actor, now=now)
    known = session.get(AssumedCutRow, (actor, certification_id))
    if cut is not None:
        session.merge(AssumedCutRow(candidate_id=actor, certification_id=certification_id, mean=cut.mean, sd=cut.sd))
    elif known is not None:
        session.delete(known)
    session.flush()
