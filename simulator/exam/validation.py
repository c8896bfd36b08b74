"""How good predictions were: the probability that was predicted for a real exam, against whether it was passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.exam.scoring import wilson_interval

# Below these, a share says more about chance than about the predictions.
MINIMUM_RESULTS = 10
MINIMUM_IN_BIN = 5
BIN_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class RealOutcome:
    """One real exam: the probability of passing that was predicted (0 to 1), and whether it was passed."""

    predicted: float
    passed: bool


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The outcomes whose prediction lay from `low` to `high`; the 95% interval is Wilson's (1927).

    `passed` is the share that passed, None with its interval below MINIMUM_IN_BIN outcomes.
    """

    low: float
    high: float
    count: int
    predicted: float
    passed: float | None
    passed_low: float | None
    passed_high: float | None


@dataclass(frozen=True, slots=True)
class PredictionRecord:
    """Predictions against outcomes: means from 0 to 1, Brier score (0 is perfect), and bins that hold outcomes.

    `base_brier` is the Brier score of always predicting the share that passed, which anybody could know afterwards.
    """

    count: int
    predicted: float
    passed: float
    passed_low: float
    passed_high: float
    brier: float
    base_brier: float
    bins: tuple[CalibrationBin, ...]


def compare_predictions(outcomes: Sequence[RealOutcome]) -> PredictionRecord | None:
    """Return how the predictions compare with what happened; None below MINIMUM_RESULTS outcomes.

    Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78, 1950.
    """
    count = len(outcomes)
    if count < MINIMUM_RESULTS:
        return None
    passes = sum(outcome.passed for outcome in outcomes)
    share = passes / count
    low, high = wilson_interval(passes, count)
    return PredictionRecord(
        count=count,
        predicted=_mean(outcomes),
        passed=share,
        passed_low=low,
        passed_high=high,
        brier=sum((outcome.predicted - outcome.passed) ** 2 for outcome in outcomes) / count,
        base_brier=share * (1 - share),
        bins=tuple(_bins(outcomes)),
    )


def _mean(outcomes: Sequence[RealOutcome]) -> float:
    return sum(outcome.predicted for outcome in outcomes) / len(outcomes)


def _bins(outcomes: Sequence[RealOutcome]) -> list[CalibrationBin]:
    bins = []
    for low, high in pairwise(BIN_EDGES):
        # The last bin holds its upper edge too: certainty is a prediction like any other.
        inside = [o for o in outcomes if low <= o.predicted < high or (high == BIN_EDGES[-1] == o.predicted)]
        if inside:
            bins.append(_bin(low, high, inside))
    return bins


def _bin(low: float, high: float, inside: Sequence[RealOutcome]) -> CalibrationBin:
    count, predicted = len(inside), _mean(inside)
    if count < MINIMUM_IN_BIN:
        return CalibrationBin(low, high, count, predicted, None, None, None)
    passes = sum(outcome.passed for outcome in inside)
    return CalibrationBin(low, high, count, predicted, passes / count, *wilson_interval(passes, count))
