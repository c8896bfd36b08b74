"""Scores, intervals and verdicts, against published values and by hand."""

import pytest
from factories import make_blueprint
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.scoring import (
    GradedResponse,
    Proportion,
    needed_share,
    pacing,
    proportion,
    scaled_score,
    score_attempt,
    wilson_interval,
)


def graded(slot=1, *, credit=1.0, domain="data", scored=True, spent_ms=0):
    return GradedResponse(
        slot=slot,
        question_id=f"q{slot}",
        version=f"v{slot}",
        domain=domain,
        task="1.1",
        scored=scored,
        answered=True,
        credit=credit,
        response=(0,),
        confidence=None,
        flagged=False,
        spent_ms=spent_ms,
    )


def responses(right, count, domain="data"):
    return [graded(slot, credit=float(slot <= right), domain=domain) for slot in range(1, count + 1)]


@pytest.mark.parametrize(
    ("correct", "count", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # By hand, z = 1.959964: (0.75 + 0.096036 +/- 0.212663) / 1.192073.
        (15, 20, 0.5313, 0.8881),
        (20, 20, 0.8389, 1.0000),
    ],
)
def test_the_interval_is_wilsons(correct, count, low, high):
    assert wilson_interval(correct, count) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 200).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_the_interval_holds_the_share_and_stays_between_0_and_1(case):
    correct, count = case
    low, high = wilson_interval(correct, count)
    assert 0 <= low <= correct / count + 1e-12
    assert correct / count - 1e-12 <= high <= 1


def test_nothing_asked_means_nothing_known():
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert proportion([]).value is None


def test_a_proportion_counts_credit():
    found = proportion(responses(3, 4))
    assert found == Proportion(3.0, 4, *wilson_interval(3, 4))
    assert found.value == 0.75


def test_the_simulated_scale_runs_from_its_minimum_to_its_maximum():
    blueprint = make_blueprint()
    assert scaled_score(0.0, blueprint) == 100
    assert scaled_score(1.0, blueprint) == 1000
    assert scaled_score(0.7, blueprint) == 730
    assert needed_share(730, blueprint) == pytest.approx(0.7)
    assert needed_share(100, blueprint) == 0.0
    assert needed_share(1000, blueprint) == 1.0


def test_the_pass_mark_itself_passes_and_one_answer_less_does_not():
    blueprint = make_blueprint()
    assert score_attempt(responses(7, 10), blueprint).scaled == 730
    assert score_attempt(responses(7, 10), blueprint).passed
    assert not score_attempt(responses(6, 10), blueprint).passed


def test_a_candidates_own_pass_mark_replaces_the_blueprints():
    score = score_attempt(responses(7, 10), make_blueprint(), 775)
    assert score.pass_mark == 775
    assert score.needed == pytest.approx(0.75)
    assert not score.passed


@pytest.mark.parametrize(
    ("right", "count", "passed", "too_close"),
    [
        (40, 50, True, True),  # 0.80, interval 0.67 to 0.89: the mark at 0.70 lies inside
        (44, 50, True, False),  # 0.88, interval 0.76 to 0.94
        (30, 50, False, True),  # 0.60, interval 0.46 to 0.72
        (25, 50, False, False),  # 0.50, interval 0.37 to 0.63
        (0, 50, False, False),
        (50, 50, True, False),
    ],
)
def test_a_result_is_too_close_to_call_while_the_mark_lies_inside_the_interval(right, count, passed, too_close):
    score = score_attempt(responses(right, count), make_blueprint())
    assert (score.passed, score.too_close) == (passed, too_close)


def test_domains_are_scored_by_themselves_and_unscored_slots_count_nowhere():
    attempt = [
        graded(1, credit=1.0),
        graded(2, credit=0.0),
        graded(3, credit=1.0, domain="modeling"),
        graded(4, credit=0.0, domain="modeling", scored=False),
    ]
    score = score_attempt(attempt, make_blueprint())
    assert (score.overall.correct, score.overall.count) == (2.0, 3)
    assert (score.domains["data"].correct, score.domains["data"].count) == (1.0, 2)
    assert (score.domains["modeling"].correct, score.domains["modeling"].count) == (1.0, 1)
    assert list(score.domains) == ["data", "modeling"]


def test_an_attempt_without_scored_slots_has_the_lowest_score():
    score = score_attempt([graded(scored=False)], make_blueprint())
    assert score.scaled == 100
    assert not score.passed


def test_pacing_compares_the_median_with_an_even_share_and_names_the_slowest():
    spent = [10, 70, 30, 70, 50, 0, 20, 60]
    found = pacing([graded(slot, spent_ms=1000 * seconds) for slot, seconds in enumerate(spent, start=1)], 480)
    assert found.median_seconds == 40
    assert found.planned_seconds == 60
    assert found.slowest == ((2, 70.0), (4, 70.0), (8, 60.0), (5, 50.0), (3, 30.0))


def test_nobody_is_slow_where_no_time_was_spent():
    assert pacing([graded(1), graded(2)], 120).slowest == ()
    nothing = pacing([], 120)
    assert (nothing.median_seconds, nothing.planned_seconds, nothing.slowest) == (0.0, 0.0, ())
