"""The readiness of one candidate for one certification."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Final

import numpy as np

from simulator.exam.blueprint import Blueprint
from simulator.exam.evidence import Evidence
from simulator.exam.readiness.assumptions import (
    INTERVAL_LEVEL,
    LEAST_RESPONSES,
    READY_LOW,
    READY_PROBABILITY,
    TOO_CLOSE,
    WIDEST_INTERVAL,
)
from simulator.exam.readiness.beliefs import SHIPPED, Beliefs, fit_beliefs
from simulator.exam.readiness.counting import Transferred, as_responses, counted
from simulator.exam.readiness.items import ItemDifficulty, author_difficulty, chance_right
from simulator.exam.readiness.normal import Floats
from simulator.exam.readiness.passing import Outlook, interval_widths, outlook_pooled
from simulator.exam.readiness.plan import STEP, BankItem, Cut, Plan, default_cut, plan_form
from simulator.exam.readiness.posterior import (
    Conditional,
    Posterior,
    Responses,
    condition_pooled,
    pool,
    pool_one,
    posterior,
)
from simulator.exam.scoring import scaled_score

READY: Final = "ready"
NEARLY: Final = "nearly"
TOO_CLOSE_TO_CALL: Final = "too_close"
NOT_YET: Final = "not_yet"
UNKNOWN: Final = "unknown"
VERDICTS: Final = (READY, NEARLY, TOO_CLOSE_TO_CALL, NOT_YET, UNKNOWN)

# Half an answer of tolerance: fifteen answers of this week weigh a little less than fifteen.
_ENOUGH: Final = LEAST_RESPONSES - 0.5
_MOST_QUESTIONS: Final = 1000
_TYPICAL_GUESS: Final = 0.25


@dataclass(frozen=True, slots=True)
class DomainReadiness:
    """One domain: ability in logits (0 is an item of average difficulty), and the share right expected of a form.

    `low` and `high` enclose 80%; `responses` counts first exposures, `effective` what they weigh now and
    `transferred` what answers in other certifications weigh.
    """

    id: str
    title: str
    ability: float
    low: float
    high: float
    expected: float
    expected_low: float
    expected_high: float
    responses: int
    effective: float
    transferred: float


@dataclass(frozen=True, slots=True)
class Memorisation:
    """What repeated questions show: how many, the share right, and the share expected had they been new."""

    repeated: int
    share: float | None
    expected: float | None

    @property
    def gain(self) -> float | None:
        """The share right beyond what new questions would have given."""
        return None if self.share is None or self.expected is None else self.share - self.expected


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What a readiness was computed from; next steps and the quick check go on from it."""

    plan: Plan
    posterior: Posterior
    conditional: Conditional
    first: tuple[Evidence, ...]
    responses: Responses


@dataclass(frozen=True, slots=True)
class Readiness:
    """What can be said about passing: `probability` with its 80% interval, and why.

    `scaled` is the simulated score expected of a fresh form, with the 80% interval of one form's score.
    `responses` counts first exposures, `effective` what they weigh after fading, `transferred` what other
    certifications' answers weigh. `questions_needed` is how many more questions make a verdict possible, where
    there is none yet.
    """

    certification_id: str
    probability: float
    low: float
    high: float
    scaled: int
    scaled_low: int
    scaled_high: int
    share: float
    domains: tuple[DomainReadiness, ...]
    responses: int
    effective: float
    transferred: float
    verdict: str
    questions_needed: int | None
    memorisation: Memorisation
    cut: Cut
    basis: Basis = field(repr=False, compare=False)


def verdict_of(found: Outlook, effective: float) -> str:
    """Return the verdict in a word; the thresholds stand in `assumptions`."""
    if effective < _ENOUGH or found.width > WIDEST_INTERVAL:
        return UNKNOWN
    if found.probability >= READY_PROBABILITY and found.low >= READY_LOW:
        return READY
    below, above = TOO_CLOSE
    if (found.low < below and found.high > above) or below <= found.probability <= above:
        return TOO_CLOSE_TO_CALL
    return NEARLY if found.probability > above else NOT_YET


def questions_needed(known: Posterior, plan: Plan, mass: Floats, effective: float) -> int:
    """Return how many more questions by the blueprint a verdict takes, if they go as is to be expected.

    The likelihood of so many typical questions, right as often as the posterior expects, is added; the width of the
    interval is then read off between a dozen numbers of questions.
    """
    typical = author_difficulty(3)
    chance = chance_right(plan.abilities, typical.mean, typical.sd, _TYPICAL_GUESS)
    right = (mass @ chance)[:, None]
    one = plan.shares[:, None] * (right * np.log(chance) + (1.0 - right) * np.log1p(-chance))
    more = np.geomspace(1.0, _MOST_QUESTIONS, 12)
    pooled = pool(
        known.log_likelihood + more[:, None, None, None] * one, plan, np.full(len(more), known.reach), known.beliefs
    )
    widths = interval_widths(pooled, plan)
    narrow = np.flatnonzero(widths <= WIDEST_INTERVAL)
    first = int(narrow[0]) if len(narrow) else len(more) - 1
    by_width = float(more[first])
    if first > 0 and widths[first] < widths[first - 1]:
        by_width = float(np.interp(-WIDEST_INTERVAL, -widths[first - 1 : first + 1], more[first - 1 : first + 1]))
    return max(1, ceil(by_width), ceil(_ENOUGH - effective))


def _quantile(mass: Floats, abilities: Floats, level: float) -> float:
    """Return a quantile of a posterior on the lattice; the mass of a point lies evenly round it."""
    below = np.concatenate(([0.0], np.cumsum(mass)))
    edges = abilities[0] + STEP * (np.arange(len(below)) - 0.5)
    return float(np.interp(level, below, edges))


def _domain(
    plan: Plan, given: Conditional, number: int, title: str, own: tuple[int, float], transferred: float
) -> DomainReadiness:
    mass, curve = given.mass[number], plan.curves[number]
    low, high = (_quantile(mass, plan.abilities, (1 + side * INTERVAL_LEVEL) / 2) for side in (-1, 1))
    return DomainReadiness(
        id=plan.domains[number],
        title=title,
        ability=float(mass @ plan.abilities),
        low=low,
        high=high,
        expected=float(mass @ curve),
        expected_low=float(np.interp(low, plan.abilities, curve)),
        expected_high=float(np.interp(high, plan.abilities, curve)),
        responses=own[0],
        effective=own[1],
        transferred=transferred,
    )


def _memorisation(responses: Responses, plan: Plan, given: Conditional) -> Memorisation:
    """Compare repeated questions with what the present ability would give on new ones."""
    count = len(responses.row)
    if not count:
        return Memorisation(0, None, None)
    chance = chance_right(
        plan.abilities[None, :], responses.mean[:, None], responses.sd[:, None], responses.guess[:, None]
    )
    expected = (given.mass[responses.row] * chance).sum(axis=1)
    return Memorisation(count, float(responses.credit.mean()), float(expected.mean()))


def estimate(
    evidence: Sequence[Evidence],
    blueprint: Blueprint,
    *,
    cut: Cut,
    now: datetime,
    items: Mapping[str, ItemDifficulty] | None = None,
    transferred: Sequence[Transferred] = (),
    bank: Iterable[BankItem] = (),
    beliefs: Beliefs = SHIPPED,
) -> Readiness:
    """Return the readiness for the blueprint's certification; evidence of other certifications is left aside.

    `items` gives difficulties from data by question version; `bank` says what a fresh form would be drawn from;
    `transferred` comes from `transfer`, `beliefs` from `learn_beliefs`. The same input gives the same output.
    """
    known_items = items or {}
    plan = plan_form(blueprint, cut=cut, bank=bank, items=known_items)
    own = [response for response in evidence if response.certification_id == blueprint.id]
    first, repeated = counted(own, plan.domains)
    lent = [response for response in transferred if response.domain in plan.domains]
    responses = as_responses([*first, *lent], plan.domains, known_items, now)
    known = posterior(responses, plan, beliefs)
    pooled = pool_one(known, plan)
    given = condition_pooled(pooled, plan)
    found = outlook_pooled(pooled, plan)
    size = len(plan.domains)
    mine, other = slice(None, len(first)), slice(len(first), None)
    counts = np.bincount(responses.row[mine], minlength=size)
    weights = np.bincount(responses.row[mine], responses.weight[mine], minlength=size)
    lent_weights = np.bincount(responses.row[other], responses.weight[other], minlength=size)
    effective = float(weights.sum())
    verdict = verdict_of(found, effective)
    return Readiness(
        certification_id=blueprint.id,
        probability=found.probability,
        low=found.low,
        high=found.high,
        scaled=scaled_score(found.share, blueprint),
        scaled_low=scaled_score(found.score_low, blueprint),
        scaled_high=scaled_score(found.score_high, blueprint),
        share=found.share,
        domains=tuple(
            _domain(
                plan,
                given,
                number,
                domain.title,
                (int(counts[number]), float(weights[number])),
                float(lent_weights[number]),
            )
            for number, domain in enumerate(blueprint.domains)
        ),
        responses=len(first),
        effective=effective,
        transferred=float(lent_weights.sum()),
        verdict=verdict,
        questions_needed=questions_needed(known, plan, given.mass, effective) if verdict == UNKNOWN else None,
        memorisation=_memorisation(as_responses(repeated, plan.domains, known_items, now), plan, given),
        cut=cut,
        basis=Basis(plan, known, given, tuple(first), responses),
    )


def learn_beliefs(
    candidates: Iterable[Sequence[Evidence]],
    blueprint: Blueprint,
    *,
    items: Mapping[str, ItemDifficulty] | None = None,
) -> Beliefs:
    """Return beliefs for `estimate`, learnt from the evidence of an installation's candidates.

    Only answers are needed, no results of real exams. With few candidates little changes. Every candidate is taken
    as at their last answer: what it tells about candidates does not age.
    """
    plan = plan_form(blueprint, cut=default_cut(blueprint), items=items)
    log_evidence, reach = [], []
    for evidence in candidates:
        first, _ = counted([one for one in evidence if one.certification_id == blueprint.id], plan.domains)
        if not first:
            continue
        known = posterior(as_responses(first, plan.domains, items or {}, first[-1].given_at), plan)
        log_evidence.append(pool_one(known, plan).log_evidence)
        reach.append(known.reach)
    return fit_beliefs(np.concatenate(log_evidence), np.array(reach)) if reach else SHIPPED
