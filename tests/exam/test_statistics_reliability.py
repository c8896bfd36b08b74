"""Reliability: the published figures, and drawn forms beside the textbook's one form."""

import numpy as np
import pytest
from published import KR20_EXAMPLE, LSAT6, LSAT7
from test_statistics_items import of_matrix

from simulator.exam.statistics.reliability import (
    alpha,
    alpha_if_deleted,
    drawn_reliability,
    kr21,
    standard_error,
)


def test_kr20_of_the_worked_example():
    assert KR20_EXAMPLE.sum(axis=1).var() == pytest.approx(5.84, abs=5e-7)
    assert KR20_EXAMPLE.var(axis=0).sum() == pytest.approx(2.18, abs=5e-7)
    assert alpha(KR20_EXAMPLE) == pytest.approx(0.696347, abs=5e-7)


@pytest.mark.parametrize(
    ("matrix", "kr20", "of_21", "mean", "deviation"),
    [(LSAT6, 0.294997, 0.196441, 3.819, 1.03504), (LSAT7, 0.453409, 0.415044, 3.707, 1.19858)],
)
def test_the_published_reliability_of_lsat6_and_lsat7(matrix, kr20, of_21, mean, deviation):
    totals = matrix.sum(axis=1)
    assert alpha(matrix) == pytest.approx(kr20, abs=5e-7)
    assert kr21(5, totals.mean(), totals.var()) == pytest.approx(of_21, abs=5e-7)
    assert totals.mean() == pytest.approx(mean, abs=5e-7)
    assert totals.std(ddof=1) == pytest.approx(deviation, abs=5e-6)


def test_alpha_without_each_item():
    assert alpha_if_deleted(LSAT6) == pytest.approx([0.275, 0.238, 0.217, 0.246, 0.266], abs=5e-4)
    assert alpha_if_deleted(LSAT7)[2:] == pytest.approx([0.345, 0.415, 0.438], abs=5.1e-4)


def test_where_there_is_nothing_to_compare_there_is_no_reliability():
    assert alpha(np.ones((10, 4))) is None
    assert alpha(LSAT6[:, :1]) is None
    assert (kr21(1, 0.5, 0.25), kr21(5, 5, 0)) == (None, None)
    assert alpha_if_deleted(LSAT6[:, :2]) == [None, None]


def test_the_standard_error_of_measurement():
    assert standard_error(10, 0.91) == pytest.approx(3.0)
    assert standard_error(10, 1.2) == 0.0


@pytest.mark.parametrize("matrix", [LSAT6, LSAT7])
def test_on_one_form_drawn_reliability_is_the_textbooks(matrix):
    form = of_matrix(matrix)
    found = drawn_reliability(lambda: [form], items=5, sittings=1000, smallest=5)
    totals = matrix.sum(axis=1)
    assert (found.sittings, found.length) == (1000, 5)
    assert found.alpha == pytest.approx(alpha(matrix))
    assert found.kr21 == pytest.approx(kr21(5, totals.mean(), totals.var()))
    assert found.mean == pytest.approx(totals.mean() / 5)
    assert found.deviation == pytest.approx(totals.std() / 5)
    assert found.error == pytest.approx(standard_error(totals.std() / 5, alpha(matrix)))


def test_on_drawn_forms_it_is_the_squared_correlation_with_the_truth():
    rng = np.random.default_rng(8)
    true = 1 / (1 + np.exp(rng.normal(0, 1, (2000, 1)) - rng.normal(0, 1, (1, 120))))
    matrix = (rng.random(true.shape) < true).astype(float)
    everything = of_matrix(matrix)
    drawn = np.concatenate([rng.choice(120, 40, replace=False) + 120 * person for person in range(2000)])
    columns = everything.take(np.sort(drawn))
    found = drawn_reliability(lambda: [columns], items=120, sittings=2000)
    # What alpha promises: another form of the same length would correlate with the true score like that. Here the
    # items are compared as if everybody had the same ones, so the reference is a form of 40 for all.
    form = matrix[:, :40]
    assert found.length == 40
    assert found.alpha == pytest.approx(alpha(form), abs=0.02)
    # Forms of unlike difficulty are part of the error that KR-21 counts.
    assert found.kr21 < found.alpha
    assert found.error == pytest.approx(form.mean(axis=1).std() * np.sqrt(1 - alpha(form)), abs=0.003)


def test_of_too_few_sittings_only_their_number_is_told():
    form = of_matrix(KR20_EXAMPLE)
    found = drawn_reliability(lambda: [form], items=10, sittings=10)
    assert (found.sittings, found.length, found.alpha, found.error, found.mean) == (10, 0, None, None, None)
    shown = drawn_reliability(lambda: [form], items=10, sittings=10, minimum=10)
    assert shown.alpha == pytest.approx(0.696347, abs=5e-7)


def test_where_everybody_has_everything_right_there_is_no_reliability():
    form = of_matrix(np.ones((40, 12)))
    found = drawn_reliability(lambda: [form], items=12, sittings=40)
    assert (found.mean, found.deviation, found.alpha, found.kr21, found.error) == (1.0, 0.0, None, None, None)
