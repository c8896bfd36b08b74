"""How much a verdict of "passed" is worth: would it come out the same again, and is it true?

*Consistency* is the chance that two parallel forms give the same verdict, *accuracy* that a form's verdict is that of
the true score. Kappa is the consistency beyond what two verdicts would share by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import comb, lgamma

import numpy as np
from numpy.typing import NDArray

from simulator.exam.statistics.columns import Floats
from simulator.exam.statistics.reliability import DrawnReliability


@dataclass(frozen=True, slots=True)
class Consistency:
    """How consistent verdicts are; kappa is None where everybody is sure to get the same one."""

    consistency: float
    chance: float

    @property
    def kappa(self) -> float | None:
        """Consistency beyond chance (Cohen 1960)."""
        return (self.consistency - self.chance) / (1 - self.chance) if self.chance < 1 - 1e-12 else None


@dataclass(frozen=True, slots=True)
class Classification(Consistency):
    """Consistency, and how often the verdict on a form agrees with the true one; "positive" is a pass."""

    true_positive: float
    false_positive: float
    true_negative: float
    false_negative: float

    @property
    def accuracy(self) -> float:
        """The chance that the verdict is the true one."""
        return self.true_positive + self.true_negative


def subkoviak(scores: Sequence[float], *, items: int, cut: int, alpha: float) -> Consistency:
    """Return the consistency from one administration (Subkoviak 1976, J. Educ. Measurement 13:265-276).

    `scores` are numbers right of `items`; `cut` right pass. Each candidate's true share is regressed toward the mean
    by `alpha`; a second form is binomial around it.
    """
    observed = np.asarray(scores, dtype=np.float64)
    true = (alpha * observed + (1 - alpha) * observed.mean()) / items
    passing = _binomial(items, true)[cut:].sum(axis=0)
    return _consistency(passing, np.full(len(passing), 1 / len(passing)))


def lee(probabilities: Floats, *, cut: int) -> Classification:
    """Return consistency and accuracy from each candidate's chances on each item (Lee 2010, JEM 47:1-17).

    `probabilities` has the shape (candidates, items); `cut` right pass. The number right is a sum of unlike
    coin tosses (its distribution by Lord & Wingersky 1984); a candidate truly passes who is expected to reach the cut.
    """
    candidates, items = probabilities.shape
    scores = np.zeros((items + 1, candidates))
    scores[0] = 1
    for item in range(items):
        right = probabilities[:, item]
        scores[1:] = scores[1:] * (1 - right) + scores[:-1] * right
        scores[0] *= 1 - right
    masters = probabilities.sum(axis=1) >= cut - 1e-12
    return _classification(scores[cut:].sum(axis=0), masters, np.full(candidates, 1 / candidates))


@dataclass(frozen=True, slots=True)
class TrueScores:
    """The distribution of true shares right: a beta of these shapes between `low` and `high`."""

    first_shape: float
    second_shape: float
    low: float = 0.0
    high: float = 1.0


def hanson_brennan(true: TrueScores, *, items: int, cut: int, lords_k: float = 0.0) -> Classification:
    """Return consistency and accuracy under the beta compound binomial (Hanson & Brennan 1990, JEM 27:345-359).

    `cut` right of `items` pass, and so does a true share of cut / items. `lords_k` is Lord's k of the two-term
    approximation to the compound binomial: 0 where items are equally hard, larger the more they differ.
    """
    return _over_true_scores(true, items, cut, cut / items, lords_k)


def livingston_lewis(true: TrueScores, *, length: int, cut: float) -> Classification:
    """Return consistency and accuracy for any score of known reliability (Livingston & Lewis 1995, JEM 32:179-197).

    `length` is the effective test length (see there), `cut` the share of the scale that passes. The score is taken
    as binomial of `length`, and passes from length x cut on, rounded to the nearest whole number.
    """
    return _over_true_scores(true, length, round(length * cut), cut, 0.0)


def effective_length(
    mean: float, variance: float, reliability: float, *, minimum: float = 0.0, maximum: float = 1.0
) -> int:
    """Return the number of equal, independent items that would be as reliable (Livingston & Lewis 1995, eq. 7).

    Mean and variance are of the observed scores, on the scale from `minimum` to `maximum`.
    """
    error = variance * (1 - reliability)
    return max(1, round(((mean - minimum) * (maximum - mean) - reliability * variance) / error))


def true_scores(mean: float, variance: float, reliability: float) -> TrueScores:
    """Return the beta between 0 and 1 with the mean and the true variance of observed shares (both shapes by moments).

    The true variance is reliability x variance and must be positive and below mean x (1 - mean).
    """
    precision = mean * (1 - mean) / (reliability * variance) - 1
    return TrueScores(mean * precision, (1 - mean) * precision)


def drawn_verdicts(reliability: DrawnReliability, cut: float) -> Classification | None:
    """Return what verdicts on drawn forms are worth, for candidates like those who sat; `cut` is the share that passes.

    By Livingston & Lewis with KR-21, which counts the forms' unlike difficulty as error. None where the shares right
    don't vary by more than chance.
    """
    mean, deviation, found = reliability.mean, reliability.deviation, reliability.kr21
    if mean is None or deviation is None or found is None or not 0 < found < 1:
        return None
    true = true_scores(mean, deviation**2, found)
    return livingston_lewis(true, length=effective_length(mean, deviation**2, found), cut=cut)


def _over_true_scores(true: TrueScores, items: int, cut: int, true_cut: float, lords_k: float) -> Classification:
    points, weights = _nodes(true, true_cut)
    scores = _binomial(items, points)
    if lords_k:
        scores = scores - lords_k * points * (1 - points) * _second_difference(_binomial(items - 2, points))
    return _classification(scores[cut:].sum(axis=0), points >= true_cut, weights)


def _second_difference(scores: Floats) -> Floats:
    """Return f(x) - 2 f(x - 1) + f(x - 2) for x from 0 to two beyond the end."""
    padded = np.pad(scores, ((2, 2), (0, 0)))
    difference: Floats = padded[2:] - 2 * padded[1:-1] + padded[:-2]
    return difference


def _binomial(items: int, share: Floats) -> Floats:
    """Return the chances of 0 to `items` right, shape (items + 1, shares)."""
    right = np.arange(items + 1)[:, None]
    ways = np.array([float(comb(items, number)) for number in range(items + 1)])[:, None]
    chances: Floats = ways * share**right * (1 - share) ** (items - right)
    return chances


@cache
def _steps() -> tuple[Floats, Floats, Floats]:
    """Return the double exponential rule on (0, 1): distance from 0, distance from 1, weight.

    It stands a density that grows without bound at the ends (Takahasi & Mori 1974).
    """
    step = np.linspace(-3.6, 3.6, 289)
    stretched = np.pi * np.sinh(step)
    left, right = 1 / (1 + np.exp(-stretched)), 1 / (1 + np.exp(stretched))
    return left, right, (step[1] - step[0]) * np.pi * np.cosh(step) * left * right


def _nodes(true: TrueScores, cut: float) -> tuple[Floats, Floats]:
    """Return points and weights for the beta, in two pieces that meet at the cut."""
    left, right, weight = _steps()
    place = min(max((cut - true.low) / (true.high - true.low), 0.0), 1.0)
    points, weights = [], []
    log_beta = lgamma(true.first_shape) + lgamma(true.second_shape) - lgamma(true.first_shape + true.second_shape)
    for start, width in ((0.0, place), (place, 1 - place)):
        if width > 0:
            from_low, from_high = start + width * left, (1 - start - width) + width * right
            logs = (true.first_shape - 1) * np.log(from_low) + (true.second_shape - 1) * np.log(from_high) - log_beta
            points.append(true.low + (true.high - true.low) * from_low)
            weights.append(width * weight * np.exp(logs))
    return np.concatenate(points), np.concatenate(weights)


def _consistency(passing: Floats, weights: Floats) -> Consistency:
    share = float(weights @ passing)
    return Consistency(float(weights @ (passing**2 + (1 - passing) ** 2)), share**2 + (1 - share) ** 2)


def _classification(passing: Floats, masters: NDArray[np.bool_], weights: Floats) -> Classification:
    base = _consistency(passing, weights)
    return Classification(
        consistency=base.consistency,
        chance=base.chance,
        true_positive=float(weights @ (passing * masters)),
        false_positive=float(weights @ (passing * ~masters)),
        true_negative=float(weights @ ((1 - passing) * ~masters)),
        false_negative=float(weights @ ((1 - passing) * masters)),
    )
