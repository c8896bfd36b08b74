"""What the answers say about a candidate's abilities: a posterior on a fixed lattice, without sampling.

The model: the ability in domain d is theta_d = mu + delta_d, mu ~ N(centre, ABILITY_SD^2), delta_d ~ N(0, tau^2),
with tau averaged over DOMAIN_SPREADS; an answer given some time ago was given at theta_d minus what has been learnt
since, with the rate averaged over GROWTH_RATES. Given mu, tau and the rate the domains are independent, so that
the posterior is a sum over a lattice and needs neither a search for its mode nor a normal approximation.

Arrays that hold candidates lead with that axis; then come growth rates, domains, points of the lattice.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.exam.readiness.assumptions import (
    DOMAIN_SPREADS,
    GROWTH_DAYS,
    HALF_LIFE_DAYS,
)
from simulator.exam.readiness.beliefs import COMMON, GROWTH, SHIPPED, Beliefs
from simulator.exam.readiness.items import ItemDifficulty, chance_right
from simulator.exam.readiness.normal import Floats
from simulator.exam.readiness.plan import HALF_WIDTH, OFFSETS, POINTS, STEP, Plan

Indices = NDArray[np.intp]

# Difficulties lie on the lattice of abilities, five logits to either side of zero.
_BINS: Final = POINTS
_TINY: Final = 1e-300


def _spreading() -> Floats:
    """Return p(theta | mu, tau), (points, spread * mu)."""
    columns = []
    for spread, _ in DOMAIN_SPREADS:
        density = np.exp(-0.5 * np.square((OFFSETS[:, None] - COMMON[None, :]) / spread))
        columns.append(density / density.sum(axis=0))
    return np.concatenate(columns, axis=1)


_SPREADING: Final = _spreading()


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Graded answers as arrays of equal length.

    `row` says whose and in which domain (candidate * domains + domain); `mean` and `sd` the item's difficulty;
    `credit` from 0 to 1; `weight` how much the answer counts; `before` the days before the candidate's last answer.
    """

    row: Indices
    mean: Floats
    sd: Floats
    guess: Floats
    credit: Floats
    weight: Floats
    before: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The log likelihood of everything counted so far, (growth rate, domain, point), and what is believed before.

    `reach` is how many days' growth the answers span.
    """

    log_likelihood: Floats
    reach: float = 0.0
    beliefs: Beliefs = SHIPPED


def fading(age: Floats) -> Floats:
    """Return how much an answer counts after so many days."""
    weight: Floats = np.exp2(-np.maximum(age, 0.0) / HALF_LIFE_DAYS)
    return weight


def growing(days: Floats) -> Floats:
    """Return how many days' growth so many days hold; it levels off at GROWTH_DAYS."""
    grown: Floats = -GROWTH_DAYS * np.expm1(-days / GROWTH_DAYS)
    return grown


@lru_cache(maxsize=256)
def _log_chances(guess: float, sd: float) -> tuple[Floats, Floats]:
    """Return log P(right) and log P(wrong) for ability minus difficulty from -20 to 20 in steps of the lattice."""
    chance = chance_right(np.arange(-200, 201) * STEP, 0.0, sd, guess)
    return np.log(chance), np.log(np.maximum(1.0 - chance, 1e-12))


def _by_difficulty(values: Floats, centre: float) -> Floats:
    """Return (difficulty, point): the value at ability minus difficulty."""
    windows = np.lib.stride_tricks.sliding_window_view(values, POINTS)
    return windows[200 + round(centre / STEP) - np.arange(_BINS)]


def log_likelihood(responses: Responses, rows: int, centre: float) -> Floats:
    """Return the log likelihood of the answers, (growth rate, row, point).

    Every difficulty is shared between its two neighbours on the lattice, which keeps total and mean; so the cost
    hardly depends on the number of answers.
    """
    total = np.zeros((len(GROWTH), rows, POINTS))
    if not len(responses.row):
        return total
    # Whole part: tenths of a logit of the difficulty's deviation; fraction: the chance of a lucky answer.
    codes = np.rint(10.0 * responses.sd) + np.minimum(np.round(responses.guess, 3), 0.999)
    kinds, kind = np.unique(codes, return_inverse=True)
    place = (responses.mean + np.outer(GROWTH, growing(responses.before))) / STEP + HALF_WIDTH
    place = np.clip(place, 0.0, _BINS - 1.001)
    lower = place.astype(np.intp)
    upper = place - lower
    rates = np.arange(len(GROWTH))[:, None]
    cell = ((((kind * len(GROWTH) + rates) * rows) + responses.row) * _BINS + lower).ravel()
    shape = (len(kinds), len(GROWTH), rows, _BINS)
    right, wrong = responses.weight * responses.credit, responses.weight * (1.0 - responses.credit)
    for outcome, weight in enumerate((right, wrong)):
        counts = np.bincount(cell, (weight * (1.0 - upper)).ravel(), minlength=int(np.prod(shape)))
        counts += np.bincount(cell + 1, (weight * upper).ravel(), minlength=int(np.prod(shape)))
        for code, of_kind in zip(kinds, counts.reshape(shape), strict=True):
            chances = _log_chances(round(float(code % 1.0), 3), round(float(code // 1.0) / 10.0, 1))
            total += of_kind @ _by_difficulty(chances[outcome], centre)
    return total


def prior(plan: Plan, beliefs: Beliefs = SHIPPED) -> Posterior:
    """Return what is known before any evidence."""
    return Posterior(np.zeros((len(GROWTH), len(plan.domains), POINTS)), beliefs=beliefs)


def posterior(responses: Responses, plan: Plan, beliefs: Beliefs = SHIPPED) -> Posterior:
    """Return what these answers of one candidate say; `row` numbers the plan's domains."""
    reach = float(growing(responses.before).max(initial=0.0))
    return Posterior(log_likelihood(responses, len(plan.domains), plan.centre), reach, beliefs)


def update(
    known: Posterior, plan: Plan, domain: int, difficulty: ItemDifficulty, *, guess: float, credit: float
) -> Posterior:
    """Return the posterior after one more answer, given now, in the plan's domain of this number."""
    chance = chance_right(plan.abilities, difficulty.mean, difficulty.sd, guess)
    added = known.log_likelihood.copy()
    added[:, domain] += credit * np.log(chance) + (1.0 - credit) * np.log1p(-chance)
    return replace(known, log_likelihood=added)


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """The posterior of the form's share right, as a mixture over growth rate, spread and common ability.

    All are (candidate, growth rate, spread * common): `weight` adds up to 1 for each candidate, `mean` and
    `variance` are of the expected share given ability, `noise` is the variance of the share round it on one form.
    `likelihood` (candidate, growth rate, domain, point) is that of each ability, scaled; `evidence` (candidate, growth
    rate, domain, spread * common) that of each domain; `domain_mean`, `domain_variance` are shaped alike.
    `log_evidence` is the log likelihood of all domains together, which `fit_beliefs` takes.
    """

    weight: Floats
    mean: Floats
    variance: Floats
    noise: Floats
    likelihood: Floats
    evidence: Floats
    log_evidence: Floats
    domain_mean: Floats
    domain_variance: Floats


def pool(log_likelihoods: Floats, plan: Plan, reach: Floats, beliefs: Beliefs = SHIPPED) -> Pooled:
    """Combine the domains; `log_likelihoods` is (candidate, growth rate, domain, point), `reach` (candidate,).

    A form's answers are independent draws of items, right with the curve's probability, so that p(1 - p) holds
    both binomial noise and the sampling of items.
    """
    highest = log_likelihoods.max(axis=-1, keepdims=True)
    likelihood = np.exp(log_likelihoods - highest)
    evidence = np.maximum(likelihood @ _SPREADING, _TINY)
    mean = (likelihood * plan.curves) @ _SPREADING / evidence
    square = (likelihood * np.square(plan.curves)) @ _SPREADING / evidence
    variance = np.maximum(square - np.square(mean), 0.0)
    log_evidence = np.log(evidence).sum(axis=2) + highest.sum(axis=2)
    shares = plan.shares[:, None]
    return Pooled(
        weight=beliefs.weigh(log_evidence, reach),
        mean=(shares * mean).sum(axis=2),
        variance=(np.square(shares) * variance).sum(axis=2),
        noise=(shares * (mean - square)).sum(axis=2) / plan.scored,
        likelihood=likelihood,
        evidence=evidence,
        log_evidence=log_evidence,
        domain_mean=mean,
        domain_variance=variance,
    )


def pool_one(known: Posterior, plan: Plan) -> Pooled:
    """Combine the domains of one candidate."""
    return pool(known.log_likelihood[None], plan, np.array([known.reach]), known.beliefs)


@dataclass(frozen=True, slots=True, eq=False)
class Conditional:
    """The form's share right given the ability in one domain, for each domain: (domain, point) each.

    `mass` is the posterior of the domain's ability; `mean` and `variance` are of the expected share given it.
    """

    mass: Floats
    mean: Floats
    variance: Floats


def condition(known: Posterior, plan: Plan) -> Conditional:
    """Return what each ability in each domain would say about the whole form."""
    return condition_pooled(pool_one(known, plan), plan)


def condition_pooled(pooled: Pooled, plan: Plan) -> Conditional:
    """Return what each ability in each domain would say about the whole form, for one candidate."""
    shares = plan.shares[:, None]
    others = pooled.mean[0][:, None] - shares * pooled.domain_mean[0]
    spread = pooled.variance[0][:, None] - np.square(shares) * pooled.domain_variance[0]
    back = pooled.weight[0][:, None] / pooled.evidence[0]
    likelihood = pooled.likelihood[0]

    def given(values: Floats) -> Floats:
        found: Floats = (likelihood * (values @ _SPREADING.T)).sum(axis=0)
        return found

    mass = np.maximum(given(back), _TINY)
    mean = given(back * others) / mass
    square = given(back * (np.square(others) + spread)) / mass
    return Conditional(
        mass=mass / mass.sum(axis=1, keepdims=True),
        mean=mean + shares * plan.curves,
        variance=np.maximum(square - np.square(mean), 0.0),
    )
