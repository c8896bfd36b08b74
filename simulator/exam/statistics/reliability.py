"""How well a score would repeat itself: KR-20, KR-21, alpha, and the standard error of measurement.

A matrix here is (candidates, items) of credits from 0 to 1 on one form that all of them sat. For drawn forms, which
differ from candidate to candidate, see `drawn_reliability`.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulator.exam.statistics.columns import Floats, Read, sitting_totals, slices, total_by


def alpha(matrix: Floats) -> float | None:
    """Return Cronbach's alpha (1951), which is KR-20 (Kuder & Richardson 1937) where credits are 0 or 1.

    None for fewer than two items, or where all have the same score.
    """
    items = matrix.shape[1]
    variance = float(matrix.sum(axis=1).var())
    if items < 2 or variance < 1e-12:
        return None
    return float(items / (items - 1) * (1 - matrix.var(axis=0).sum() / variance))


def alpha_if_deleted(matrix: Floats) -> list[float | None]:
    """Return alpha of the form without each item in turn."""
    return [alpha(np.delete(matrix, item, axis=1)) for item in range(matrix.shape[1])]


def kr21(items: int, mean: float, variance: float) -> float | None:
    """Return KR-21 (Kuder & Richardson 1937) from the mean and variance of the number right."""
    if items < 2 or variance < 1e-12:
        return None
    return items / (items - 1) * (1 - mean * (items - mean) / (items * variance))


def standard_error(deviation: float, reliability: float) -> float:
    """Return the standard error of measurement, in the unit of the scores' standard deviation."""
    return deviation * sqrt(max(0.0, 1 - reliability))


@dataclass(frozen=True, slots=True)
class DrawnReliability:
    """The reliability of forms of `length` items, each candidate's drawn anew.

    `mean` and `deviation` are of the shares right. `alpha` compares candidates as if they had the same form; `kr21`
    also counts as error that one form is harder than another. `error` is the standard error of measurement of the
    share right, from alpha. None where there are too few sittings, or where it is undefined.
    """

    sittings: int
    length: int
    mean: float | None = None
    deviation: float | None = None
    alpha: float | None = None
    kr21: float | None = None
    error: float | None = None


def drawn_reliability(
    read: Read, *, items: int, sittings: int, smallest: int = 10, minimum: int = 30
) -> DrawnReliability:
    """Return the reliability over sittings of at least `smallest` items, in three passes.

    Alpha is length x c / (v + (length - 1) x c), with v the mean variance of the items and c their mean covariance
    over all pairs that stood in the same sitting; where everybody sat one form, that is Cronbach's alpha exactly.
    The length is the one most sittings have. With fewer than `minimum` sittings nothing is given but their number.
    """
    totals = sitting_totals(read, sittings)
    used = totals.count >= max(smallest, 2)
    number = int(used.sum())
    if number < max(minimum, 2):
        return DrawnReliability(number, 0)
    count = totals.count[used]
    length = int(np.bincount(count.astype(np.int64)).argmax())
    share = totals.share[used]
    variance, covariance = _mean_covariance(read, items, totals.count, used)
    spread = variance + (length - 1) * covariance
    found = length * covariance / spread if spread > 1e-12 else None
    return DrawnReliability(
        sittings=number,
        length=length,
        mean=float(share.mean()),
        deviation=float(share.std()),
        alpha=found,
        kr21=kr21(length, length * float(share.mean()), length * length * float(share.var())),
        error=None if found is None else standard_error(sqrt(max(0.0, spread / length)), found),
    )


def _mean_covariance(read: Read, items: int, count: Floats, used: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the mean variance of an item, and the mean covariance of two in one sitting."""
    seen, credit = np.zeros((2, items))
    for part in slices(read):
        ours = used[part.sitting]
        seen += total_by(part.item[ours], items)
        credit += total_by(part.item[ours], items, part.credit[ours])
    means = credit / np.maximum(seen, 1)
    residuals, squares = np.zeros(len(count)), 0.0
    for part in slices(read):
        ours = used[part.sitting]
        away = part.credit[ours] - means[part.item[ours]]
        residuals += total_by(part.sitting[ours], len(count), away)
        squares += float(away @ away)
    pairs = float((count[used] * (count[used] - 1)).sum())
    return squares / float(count[used].sum()), (float(residuals @ residuals) - squares) / pairs
