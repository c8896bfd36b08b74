"""Rasch, 1PL and 2PL: the published fits, parameters that come back from simulated responses, and odd data."""

import numpy as np
import pytest
from published import LSAT6, LSAT7

from simulator.exam.statistics import irt
from simulator.exam.statistics.ability import Abilities, abilities_by_score, estimate_abilities, marginal_reliability
from simulator.exam.statistics.information import intercept_information, standard_errors
from simulator.exam.statistics.irt import (
    ONE_SLOPE,
    RASCH,
    TWO_PARAMETERS,
    IrtModel,
    PopulationPrior,
    Priors,
    SparseResponses,
    fit_irt,
    posteriors,
)
from simulator.exam.statistics.quadrature import normal_nodes

LSAT6_RESPONSES, LSAT7_RESPONSES = SparseResponses.of_matrix(LSAT6), SparseResponses.of_matrix(LSAT7)


def fit(responses, kind):
    found = fit_irt(responses, kind, nodes=61, tolerance=1e-6)
    assert found.converged
    return found


def test_rasch_on_lsat6():
    found = fit(LSAT6_RESPONSES, RASCH)
    assert found.log_likelihood == pytest.approx(-2473.054, abs=5e-4)
    assert found.model.difficulties == pytest.approx([-2.8720, -1.0630, -0.2576, -1.3881, -2.2188], abs=5.1e-5)
    assert found.model.slopes.tolist() == [1] * 5


def test_one_slope_on_lsat6():
    found = fit(LSAT6_RESPONSES, ONE_SLOPE)
    assert found.log_likelihood == pytest.approx(-2466.938, abs=5e-4)
    assert found.model.slopes == pytest.approx([0.7551] * 5, abs=5.1e-5)
    assert found.model.difficulties == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=5.1e-5)
    assert (found.aic, found.bic) == (pytest.approx(4945.875, abs=5e-4), pytest.approx(4975.322, abs=5e-4))
    slopes, _ = standard_errors(LSAT6_RESPONSES, found.model, ONE_SLOPE)
    assert slopes == pytest.approx([0.0694] * 5, abs=5.1e-5)


def test_two_parameters_on_lsat6():
    found = fit(LSAT6_RESPONSES, TWO_PARAMETERS)
    assert found.log_likelihood == pytest.approx(-2466.653, abs=5e-4)
    assert found.aic == pytest.approx(4953.307, abs=5e-4)
    # The likelihood is flat here: what is printed stops some 0.0005 before the maximum in slopes, 0.0025 in b.
    assert found.model.slopes == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=1e-3)
    assert found.model.difficulties == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=2.5e-3)


def test_two_parameters_on_lsat7():
    found = fit(LSAT7_RESPONSES, TWO_PARAMETERS)
    assert found.log_likelihood == pytest.approx(-2658.805, abs=5e-4)
    assert found.aic == pytest.approx(5337.61, abs=5e-3)
    # All but one agree to the digit; the third slope's printed value, 1.706, stopped 0.0015 early.
    assert found.model.slopes == pytest.approx([0.988, 1.081, 1.706, 0.765, 0.736], abs=1.6e-3)
    assert found.model.intercepts == pytest.approx([1.856, 0.808, 1.804, 0.486, 1.855], abs=1.3e-3)


def test_expected_abilities_by_sum_score_on_lsat7():
    found, expected = abilities_by_score(fit(LSAT7_RESPONSES, TWO_PARAMETERS).model, nodes=61)
    assert found.means == pytest.approx([-1.86979, -1.431861, -0.9488463, -0.4131963, 0.1517289, 0.7271877], abs=1e-5)
    assert found.deviations == pytest.approx(
        [0.6927032, 0.6838697, 0.6942298, 0.7210951, 0.758772, 0.8009335], abs=6e-6
    )
    observed = np.bincount(LSAT7.sum(axis=1).astype(int)).astype(float)
    assert marginal_reliability(found, observed) == pytest.approx(0.4319948, abs=2e-6)
    assert expected.sum() == pytest.approx(1)
    assert 1000 * expected == pytest.approx(observed, abs=15)


def test_the_pattern_tells_more_than_the_sum_where_slopes_differ():
    model = fit(LSAT7_RESPONSES, TWO_PARAMETERS).model
    by_pattern = estimate_abilities(LSAT7_RESPONSES, model)
    observed = np.bincount(LSAT7.sum(axis=1).astype(int)).astype(float)
    by_score, _ = abilities_by_score(model)
    assert marginal_reliability(by_pattern) > marginal_reliability(by_score, observed)
    assert by_pattern.means.mean() == pytest.approx(0, abs=0.01)
    # All right and all wrong are one pattern each: there both agree.
    assert by_pattern.means.max() == pytest.approx(by_score.means[-1], abs=1e-6)
    assert by_pattern.means.min() == pytest.approx(by_score.means[0], abs=1e-6)


def test_the_nodes_are_the_normal_distributions():
    points, weights = normal_nodes(21)
    assert [weights @ points**power for power in (0, 1, 2, 4, 6)] == pytest.approx([1, 0, 1, 3, 15])


@pytest.fixture(scope="module")
def sparse():
    """3,000 candidates, each on 20 of 60 items; slopes, intercepts, and the responses."""
    rng = np.random.default_rng(12)
    slopes, intercepts = np.exp(rng.normal(0, 0.3, 60)), rng.normal(0.5, 1, 60)
    candidate = np.repeat(np.arange(3000), 20)
    item = np.concatenate([rng.choice(60, 20, replace=False) for _ in range(3000)])
    ability = rng.normal(0, 1, 3000)
    chance = 1 / (1 + np.exp(-(slopes[item] * ability[candidate] + intercepts[item])))
    order = rng.permutation(len(item))
    credit = (rng.random(len(item)) < chance).astype(float)
    responses = SparseResponses.of(candidate[order], item[order], credit[order], candidates=3000, items=60)
    return slopes, intercepts, ability, responses


def test_parameters_come_back_from_drawn_forms(sparse):
    slopes, intercepts, ability, responses = sparse
    found = fit_irt(responses, TWO_PARAMETERS, nodes=21)
    assert found.converged
    assert np.corrcoef(found.model.slopes, slopes)[0, 1] > 0.9
    assert np.sqrt(np.mean((found.model.intercepts - intercepts) ** 2)) < 0.1
    estimated = estimate_abilities(responses, found.model, nodes=21)
    assert np.corrcoef(estimated.means, ability)[0, 1] ** 2 == pytest.approx(marginal_reliability(estimated), abs=0.03)


def test_blocks_of_candidates_make_no_difference(sparse, monkeypatch):
    *_, responses = sparse
    whole = fit_irt(responses, RASCH, nodes=15)
    monkeypatch.setattr(irt, "BLOCK_CELLS", 6000)
    parts = fit_irt(responses, RASCH, nodes=15)
    assert parts.model.intercepts == pytest.approx(whole.model.intercepts, abs=1e-9)
    assert parts.log_likelihood == pytest.approx(whole.log_likelihood)


def test_leaping_ends_where_walking_does():
    """Plain expectation-maximisation, hundreds of rounds of it, finds the same maximum."""
    fitting = irt._Fitting(LSAT7_RESPONSES, TWO_PARAMETERS, None, None, 15)
    model = IrtModel(np.ones(5), np.zeros(5), np.zeros(5))
    likelihoods = []
    for _ in range(250):
        model, likelihood = fitting.step(model)
        likelihoods.append(likelihood)
    assert np.diff(likelihoods).min() > -1e-9
    found = fit_irt(LSAT7_RESPONSES, TWO_PARAMETERS, nodes=15, tolerance=1e-6)
    assert found.model.slopes == pytest.approx(model.slopes, abs=1e-4)
    assert found.log_likelihood == pytest.approx(likelihoods[-1], abs=1e-6)


def test_it_says_when_it_has_not_converged(monkeypatch):
    monkeypatch.setattr(irt, "MOST_ROUNDS", 1)
    found = fit_irt(LSAT7_RESPONSES, TWO_PARAMETERS, tolerance=1e-6)
    assert (found.converged, found.rounds) == (False, 1)


def test_priors_keep_an_item_that_everybody_has_right_within_reason():
    matrix = np.column_stack([LSAT7[:200], np.ones(200)])
    responses = SparseResponses.of_matrix(matrix)
    free = fit_irt(responses, TWO_PARAMETERS)
    weak = fit_irt(responses, TWO_PARAMETERS, priors=Priors(np.zeros(6), np.full(6, 2.0)))
    assert weak.converged
    assert 2 < weak.model.intercepts[5] < 6 < free.model.intercepts[5]
    assert 0.4 < weak.model.slopes[5] < 1.6


def test_an_item_that_nobody_saw_stays_where_it_began():
    seen = SparseResponses.of_matrix(LSAT7)
    responses = SparseResponses(seen.candidates, 6, seen.candidate, seen.item, seen.credit)
    for kind in (RASCH, ONE_SLOPE, TWO_PARAMETERS):
        found = fit_irt(responses, kind)
        assert found.converged
        assert found.model.intercepts[5] == 0
        assert found.model.intercepts[:5] == pytest.approx(fit_irt(seen, kind).model.intercepts, abs=1e-4)
    with_priors = fit_irt(responses, TWO_PARAMETERS, priors=Priors(np.full(6, -0.7), np.full(6, 2.0)))
    assert with_priors.model.intercepts[5] == pytest.approx(-0.7)
    assert with_priors.model.slopes[5] == pytest.approx(1)


def test_half_a_credit_is_half_a_right_response():
    doubled = np.concatenate([LSAT6[:, :4], LSAT6[:, :4]])
    doubled[:1000, 0], doubled[1000:, 0] = 1, 0
    halves = LSAT6[:, :4].copy()
    halves[:, 0] = 0.5
    found = fit_irt(SparseResponses.of_matrix(halves), RASCH)
    assert found.model.intercepts[0] == pytest.approx(0, abs=0.2)
    assert found.model.intercepts[1:] == pytest.approx(
        fit_irt(SparseResponses.of_matrix(doubled), RASCH).model.intercepts[1:], abs=0.1
    )


def test_the_population_is_estimated_only_where_priors_hold_the_scale():
    with pytest.raises(ValueError, match="priors"):
        fit_irt(LSAT6_RESPONSES, RASCH, population=PopulationPrior(1, 1, 10))
    with pytest.raises(ValueError, match="slopes of 1"):
        fit_irt(
            LSAT6_RESPONSES,
            TWO_PARAMETERS,
            priors=Priors(np.zeros(5), np.ones(5)),
            population=PopulationPrior(1, 1, 10),
        )


def test_the_standard_errors_are_the_curvature_of_the_likelihood():
    model = fit(LSAT7_RESPONSES, RASCH).model
    model = IrtModel(model.slopes, model.intercepts, np.full(5, 0.2))

    def log_likelihood(intercept: float) -> float:
        moved = IrtModel(
            model.slopes, np.array([*model.intercepts[:2], intercept, *model.intercepts[3:]]), model.floors
        )
        return sum(part.log_marginal.sum() for part in posteriors(LSAT7_RESPONSES, moved, 41))

    centre, step = model.intercepts[2], 1e-3
    curvature = (log_likelihood(centre + step) - 2 * log_likelihood(centre) + log_likelihood(centre - step)) / step**2
    assert intercept_information(LSAT7_RESPONSES, model)[2] == pytest.approx(-curvature, rel=1e-4)
    slopes, intercepts = standard_errors(LSAT7_RESPONSES, model, RASCH)
    # The other items' uncertainty comes on top of an item's own.
    own = intercept_information(LSAT7_RESPONSES, model) ** -0.5
    assert slopes.tolist() == [0] * 5
    assert (intercepts > own).all()
    assert intercepts == pytest.approx(own, rel=0.05)


def test_the_standard_errors_of_two_parameters_cover_what_is_true(sparse):
    slopes, intercepts, _, responses = sparse
    few = responses.item < 8
    short = SparseResponses(3000, 8, responses.candidate[few], responses.item[few], responses.credit[few])
    found = fit_irt(short, TWO_PARAMETERS, nodes=21)
    slope_errors, intercept_errors = standard_errors(short, found.model, TWO_PARAMETERS, nodes=21)
    assert np.abs((found.model.slopes - slopes[:8]) / slope_errors).max() < 3
    assert np.abs((found.model.intercepts - intercepts[:8]) / intercept_errors).max() < 3


def test_reliability_of_abilities_that_are_all_the_same():
    assert marginal_reliability(Abilities(np.zeros(4), np.ones(4))) == 0.0
