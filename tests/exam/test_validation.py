"""Predictions against what happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.validation import MINIMUM_IN_BIN, MINIMUM_RESULTS, RealOutcome, compare_predictions


def outcomes(*pairs):
    return [RealOutcome(predicted, passed) for predicted, passed in pairs]


def test_a_few_results_prove_nothing():
    assert compare_predictions([]) is None
    assert compare_predictions(outcomes(*[(0.9, True)] * (MINIMUM_RESULTS - 1))) is None
    assert compare_predictions(outcomes(*[(0.9, True)] * MINIMUM_RESULTS)) is not None


def test_predictions_that_come_true_have_no_error():
    record = compare_predictions(outcomes(*[(1.0, True)] * 6, *[(0.0, False)] * 4))
    assert record.brier == 0
    assert record.base_brier == pytest.approx(0.24)
    assert record.predicted == record.passed == pytest.approx(0.6)
    assert [(b.low, b.high, b.count) for b in record.bins] == [(0.0, 0.2, 4), (0.8, 1.0, 6)]


def test_the_brier_score_is_the_mean_of_the_squared_errors():
    record = compare_predictions(outcomes(*[(0.7, True)] * 7, *[(0.7, False)] * 3))
    assert record.brier == pytest.approx((7 * 0.09 + 3 * 0.49) / 10)
    assert record.brier == pytest.approx(record.base_brier)
    # Wilson's interval of 7 in 10, as published calculators give it.
    assert (record.passed_low, record.passed_high) == (pytest.approx(0.3968, abs=1e-4), pytest.approx(0.8922, abs=1e-4))


def test_a_bin_with_few_results_tells_no_share():
    few = MINIMUM_IN_BIN - 1
    record = compare_predictions(outcomes(*[(0.1, False)] * few, *[(0.6, True)] * 8))
    thin, full = record.bins
    assert (thin.count, thin.passed, thin.passed_low, thin.passed_high) == (few, None, None, None)
    assert (full.low, full.high, full.count, full.passed) == (0.6, 0.8, 8, 1.0)
    assert 0 < full.passed_low < full.passed_high == 1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=MINIMUM_RESULTS, max_size=60))
def test_every_result_stands_in_exactly_one_bin(pairs):
    record = compare_predictions(outcomes(*pairs))
    assert sum(b.count for b in record.bins) == record.count == len(pairs)
    assert all(b.low - 1e-9 <= b.predicted <= b.high + 1e-9 for b in record.bins)
    assert 0 <= record.brier <= 1
