"""The probability of passing a fresh form, how sure it is, and what one more answer would change."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.exam.readiness.assumptions import INTERVAL_LEVEL
from simulator.exam.readiness.items import chance_right
from simulator.exam.readiness.normal import Floats, normal_cdf
from simulator.exam.readiness.plan import Plan
from simulator.exam.readiness.posterior import Conditional, Pooled, Posterior, condition, pool_one

# Gauss-Hermite nodes and weights for a standard normal variable.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_TAILS: Final = ((1 - INTERVAL_LEVEL) / 2, (1 + INTERVAL_LEVEL) / 2)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The probability of passing a fresh form.

    `low` and `high` are quantiles of it (80% between them) over what is not known of the ability.
    """

    probability: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Width of the interval of the probability."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class OutlookOnScore(Outlook):
    """The outlook with what it says of the score, which takes twice as long.

    `sd` is the standard deviation of the probability. `share` is the share right expected of the form, `share_sd`
    what is not known of it, `score_low` and `score_high` the 80% interval of one form's share.
    """

    sd: float
    share: float
    share_sd: float
    score_low: float
    score_high: float


def passing(pooled: Pooled, plan: Plan) -> Floats:
    """Return each candidate's probability of passing."""
    spread = np.sqrt(pooled.variance + pooled.noise + plan.threshold_variance)
    chance = normal_cdf((pooled.mean - plan.threshold) / spread)
    probability: Floats = (pooled.weight * chance).sum(axis=(1, 2))
    return np.clip(probability, 0.0, 1.0)


def passing_at(share: Floats, plan: Plan) -> Floats:
    """Return the probability of passing for candidates whose expected share right is known."""
    noise = share * (1.0 - share) / plan.scored
    return normal_cdf((share - plan.threshold) / np.sqrt(noise + plan.threshold_variance + 1e-12))


def interval_widths(pooled: Pooled, plan: Plan) -> Floats:
    """Return the width of each candidate's interval, the expected share being nearly normal."""
    share = (pooled.weight * pooled.mean).sum(axis=(1, 2))
    square = (pooled.weight * (pooled.variance + np.square(pooled.mean))).sum(axis=(1, 2))
    reach = NormalDist().inv_cdf(_TAILS[1]) * np.sqrt(np.maximum(square - np.square(share), 0.0))
    ends = np.clip([share - reach, share + reach], 0.0, 1.0)
    low, high = passing_at(ends, plan)
    width: Floats = high - low
    return width


def _quantiles(weight: Floats, mean: Floats, sd: Floats, levels: tuple[float, ...]) -> list[float]:
    """Return quantiles of a mixture of normal distributions between -1 and 2, by bisection to 1e-5."""
    kept = weight > 1e-6 * weight.max()
    weight, mean, sd = weight[kept] / weight[kept].sum(), mean[kept], np.sqrt(sd[kept] ** 2 + 1e-12)
    wanted = np.array(levels)
    low, high = np.full(len(levels), -1.0), np.full(len(levels), 2.0)
    for _ in range(18):
        middle = (low + high) / 2
        below = weight @ normal_cdf((middle[None, :] - mean[:, None]) / sd[:, None])
        low, high = np.where(below < wanted, middle, low), np.where(below < wanted, high, middle)
    return [float(value) for value in (low + high) / 2]


def outlook(known: Posterior, plan: Plan) -> OutlookOnScore:
    """Return the outlook on a fresh form; the interval always holds the probability."""
    return outlook_pooled(pool_one(known, plan), plan)


def outlook_pooled(pooled: Pooled, plan: Plan) -> OutlookOnScore:
    """Return the outlook of one candidate whose domains have been pooled."""
    on_passing = outlook_on_passing(pooled, plan)
    weight, mean, variance = (array[0].ravel() for array in (pooled.weight, pooled.mean, pooled.variance))
    noise = pooled.noise[0].ravel()
    score_low, score_high = _quantiles(weight, mean, np.sqrt(variance + noise), _TAILS)
    share = float(weight @ mean)
    share_variance = float(weight @ (variance + np.square(mean - share)))
    return OutlookOnScore(
        probability=on_passing.probability,
        low=on_passing.low,
        high=on_passing.high,
        sd=float(pass_sd(np.array(share), np.array(share_variance), plan)),
        share=share,
        share_sd=share_variance**0.5,
        score_low=min(max(score_low, 0.0), share),
        score_high=max(min(score_high, 1.0), share),
    )


def outlook_on_passing(pooled: Pooled, plan: Plan) -> Outlook:
    """Return the probability of passing of one candidate whose domains have been pooled, with its interval."""
    probability = float(passing(pooled, plan)[0])
    weight, mean, variance = (array[0].ravel() for array in (pooled.weight, pooled.mean, pooled.variance))
    ends = np.array(_quantiles(weight, mean, np.sqrt(variance), _TAILS))
    low, high = (float(chance) for chance in passing_at(np.clip(ends, 0.0, 1.0), plan))
    return Outlook(probability, min(low, probability), max(high, probability))


def pass_probability(known: Posterior, plan: Plan) -> float:
    """Return the probability of passing a fresh form."""
    return float(passing(pool_one(known, plan), plan)[0])


def pass_sd(share: Floats, variance: Floats, plan: Plan) -> Floats:
    """Return the standard deviation of the probability of passing, the expected share being nearly normal."""
    shares = share[..., None] + np.sqrt(variance)[..., None] * _NODES
    chances = passing_at(np.clip(shares, 0.0, 1.0), plan)
    mean = chances @ _WEIGHTS
    return np.sqrt(np.maximum(np.square(chances - mean[..., None]) @ _WEIGHTS, 0.0))


def expected_pass_sd(
    known: Posterior | Conditional,
    plan: Plan,
    *,
    domain: NDArray[np.intp],
    mean: Floats,
    sd: Floats,
    guess: Floats,
) -> Floats:
    """Return, for each of many items, the pass probability's standard deviation expected after one answer to it.

    All arrays have one element an item; `domain` numbers the plan's domains. Exact up to the normal form of
    `pass_sd`: the joint posterior of the domain's ability and the form's share gives both outcomes.
    """
    given = known if isinstance(known, Conditional) else condition(known, plan)
    chance = chance_right(plan.abilities[None, :], mean[:, None], sd[:, None], guess[:, None])
    mass, share = given.mass[domain], given.mean[domain]
    square = np.square(share) + given.variance[domain]
    expected = np.zeros(len(domain))
    for outcome in (chance, 1.0 - chance):
        joint = mass * outcome
        probability = np.maximum(joint.sum(axis=1), 1e-12)
        after = (joint * share).sum(axis=1) / probability
        variance = np.maximum((joint * square).sum(axis=1) / probability - np.square(after), 0.0)
        expected += probability * pass_sd(after, variance, plan)
    return expected
