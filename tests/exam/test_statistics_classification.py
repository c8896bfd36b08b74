"""Whether a verdict would come out the same again, and whether it is true: published figures and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.exam.statistics.classification import (
    TrueScores,
    drawn_verdicts,
    effective_length,
    hanson_brennan,
    lee,
    livingston_lewis,
    subkoviak,
    true_scores,
)
from simulator.exam.statistics.reliability import DrawnReliability, kr21


def close(value):
    """Agreement in all six digits that are printed."""
    return pytest.approx(value, abs=5.1e-7)


def test_subkoviaks_table():
    found = subkoviak([0, 4, 2, 0, 2, 2, 1, 3, 4, 5], items=5, cut=4, alpha=0.58)
    # 0.7544045 is printed as .754404.
    assert found.consistency == close(0.754404)
    assert found.chance == close(0.659131)
    assert found.kappa == close(0.279502)


def test_hanson_and_brennans_example():
    found = hanson_brennan(TrueScores(2, 3), items=8, cut=5, lords_k=0.5)
    assert found.consistency == close(0.788223)
    assert found.chance == close(0.608284)
    assert found.kappa == close(0.459362)
    assert found.accuracy == close(0.835375)


def test_lees_row():
    found = lee(np.array([[0.5, 0.5, 0.5, 0.5, 0.25, 0.75]]), cut=3)
    assert found.accuracy == close(0.664063)
    assert found.consistency == close(0.553833)


def test_livingston_and_lewis_from_a_list():
    found = livingston_lewis(TrueScores(5, 3, 0.25, 0.75), length=50, cut=0.5)
    assert found.true_positive == close(0.680858)
    assert found.false_positive == close(0.070440)
    assert found.true_negative == close(0.156123)
    assert found.false_negative == close(0.092579)
    assert found.accuracy == close(0.836981)
    assert found.consistency == close(0.774991)
    assert found.kappa == close(0.397886)


def test_lee_agrees_with_the_binomial_where_all_items_are_alike():
    shares = np.linspace(0.05, 0.95, 19)
    found = lee(np.repeat(shares[:, None], 20, axis=1), cut=12)
    rng = np.random.default_rng(3)
    first, second = (rng.binomial(20, shares, (30_000, 19)) >= 12 for _ in range(2))
    assert found.consistency == pytest.approx((first == second).mean(), abs=0.002)
    assert found.accuracy == pytest.approx((first == (shares * 20 >= 12)).mean(), abs=0.002)
    assert found.false_positive == pytest.approx((first & (shares * 20 < 12)).mean(), abs=0.002)


def test_where_everybody_is_sure_to_pass_there_is_no_kappa():
    found = subkoviak([5, 5], items=5, cut=0, alpha=0.5)
    assert (found.consistency, found.chance, found.kappa) == (1.0, 1.0, None)


def test_the_effective_length_of_a_binomial_test_is_its_length():
    # The number right of 40 items with a beta(6, 4) true share is beta-binomial; its reliability is KR-21's.
    share, variance_of_truth = 0.6, 0.6 * 0.4 / 11
    variance = 40 * 40 * variance_of_truth + 40 * (share * (1 - share) - variance_of_truth)
    reliability = 1600 * variance_of_truth / variance
    assert effective_length(24, variance, reliability, maximum=40) == 40
    # The same on the scale of shares, and of a simulated scaled score from 100 to 1,000.
    assert effective_length(share, variance / 1600, reliability) == 40
    scale = 900 / 40
    assert effective_length(100 + 24 * scale, variance * scale**2, reliability, minimum=100, maximum=1000) == 40
    assert effective_length(0.5, 0.25, 0.0) == 1


def test_the_true_scores_have_the_moments_they_are_made_from():
    found = true_scores(0.7, 0.02, 0.8)
    total = found.first_shape + found.second_shape
    assert found.first_shape / total == pytest.approx(0.7)
    assert 0.7 * 0.3 / (total + 1) == pytest.approx(0.016)


def test_verdicts_on_drawn_forms_against_simulation():
    rng = np.random.default_rng(4)
    true = rng.beta(8, 4, 200_000)
    first, second = (rng.binomial(50, true) / 50 for _ in range(2))
    reliability = DrawnReliability(
        200_000, 50, first.mean(), first.std(), kr21=kr21(50, 50 * first.mean(), 2500 * first.var())
    )
    found = drawn_verdicts(reliability, 0.7)
    assert found.consistency == pytest.approx(((first >= 0.7) == (second >= 0.7)).mean(), abs=0.004)
    assert found.accuracy == pytest.approx(((first >= 0.7) == (true >= 0.7)).mean(), abs=0.004)


@pytest.mark.parametrize("reliability", [None, -0.1, 1.0])
def test_nothing_is_said_of_verdicts_where_shares_vary_by_chance_only(reliability):
    assert drawn_verdicts(DrawnReliability(100, 50, 0.7, 0.05, kr21=reliability), 0.7) is None
    assert drawn_verdicts(DrawnReliability(5, 0), 0.7) is None


SHAPES = st.floats(0.4, 20)


@settings(max_examples=30)
@given(SHAPES, SHAPES, st.floats(0, 0.4), st.floats(0.5, 1), st.integers(2, 60), st.floats(0.01, 0.99))
def test_the_four_outcomes_are_everything_there_is(first, second, low, high, length, cut):
    found = livingston_lewis(TrueScores(first, second, low, high), length=length, cut=cut)
    outcomes = (found.true_positive, found.false_positive, found.true_negative, found.false_negative)
    assert min(outcomes) >= -1e-12
    assert sum(outcomes) == pytest.approx(1, abs=1e-6)
    assert 0.5 - 1e-6 <= found.consistency <= 1 + 1e-6
    assert found.chance <= found.consistency + 1e-6
