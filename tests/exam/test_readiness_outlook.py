"""The posterior and the outlook against brute force, and what one more answer would change."""

import numpy as np
import pytest
from factories import make_blueprint

from simulator.exam.blueprint import Domain, scored_quotas
from simulator.exam.readiness import (
    Cut,
    ItemDifficulty,
    condition,
    default_cut,
    expected_pass_sd,
    outlook,
    pass_probability,
    plan_form,
    prior,
    update,
)
from simulator.exam.readiness.assumptions import ABILITY_SD, DOMAIN_SPREADS
from simulator.exam.readiness.items import author_difficulty, chance_right
from simulator.exam.readiness.passing import pass_sd

DOMAINS = tuple(
    Domain(name, name.title(), weight, ()) for name, weight in (("data", 30), ("modeling", 50), ("ops", 20))
)
BLUEPRINT = make_blueprint(scored=50, unscored=15, domains=DOMAINS)
PLAN = plan_form(BLUEPRINT, cut=default_cut(BLUEPRINT))
# (domain, difficulty, guess, right), several times over.
ANSWERS = [(0, 1, 0.25, 1), (1, 3, 0.25, 1), (1, 4, 0.1, 0), (2, 5, 0.25, 0), (0, 2, 0.25, 1), (1, 3, 0.25, 0)] * 4


def after(answers):
    known = prior(PLAN)
    for domain, level, guess, right in answers:
        known = update(known, PLAN, domain, author_difficulty(level), guess=guess, credit=float(right))
    return known


@pytest.fixture(scope="module")
def simulated():
    """Abilities drawn from the prior, how likely each makes the answers, and which of their forms pass."""
    rng = np.random.default_rng(20261123)
    count = 400_000
    spreads, beliefs = zip(*DOMAIN_SPREADS, strict=True)
    spread = rng.choice(spreads, count, p=beliefs)
    common = rng.normal(PLAN.centre, ABILITY_SD, count)
    ability = common[:, None] + spread[:, None] * rng.normal(size=(count, len(DOMAINS)))
    weight = np.ones(count)
    for domain, level, guess, right in ANSWERS:
        item = author_difficulty(level)
        chance = chance_right(ability[:, domain], item.mean, item.sd, guess)
        weight *= chance if right else 1 - chance
    expected = np.stack([np.interp(ability[:, d], PLAN.abilities, PLAN.curves[d]) for d in range(3)], axis=1)
    quotas = list(scored_quotas(BLUEPRINT).values())
    share = rng.binomial(quotas, expected).sum(axis=1) / 50
    return (
        ability,
        weight / weight.sum(),
        expected @ PLAN.shares,
        share >= rng.normal(PLAN.cut.mean, PLAN.cut.sd, count),
    )


def test_the_outlook_is_what_drawing_candidates_gives(simulated):
    ability, weight, share, passed = simulated
    found = outlook(after(ANSWERS), PLAN)
    assert found.probability == pytest.approx(weight @ passed, abs=0.006)
    assert found.share == pytest.approx(weight @ share, abs=0.002)
    assert found.share_sd == pytest.approx((weight @ (share - weight @ share) ** 2) ** 0.5, abs=0.002)
    given = condition(after(ANSWERS), PLAN)
    assert given.mass @ PLAN.abilities == pytest.approx(weight @ ability, abs=0.02)
    assert pass_probability(after(ANSWERS), PLAN) == found.probability


def test_a_known_cut_is_counted_in_whole_questions(simulated):
    _, weight, share, _ = simulated
    rng = np.random.default_rng(7)
    right = rng.binomial(50, share)
    for mean in (0.70, 0.71):
        plan = plan_form(BLUEPRINT, cut=Cut(mean, 0.0))
        passed = weight @ (right >= np.ceil(50 * mean))
        assert pass_probability(after(ANSWERS), plan) == pytest.approx(passed, abs=0.012)


def test_without_answers_the_interval_says_that_anything_is_possible():
    found = outlook(prior(PLAN), PLAN)
    assert found.width > 0.9
    assert found.score_low < found.share < found.score_high


def test_the_spread_after_one_more_answer_is_foreseen():
    known = after(ANSWERS)
    items = [
        (0, ItemDifficulty(0.3, 0.2), 0.25),
        (1, ItemDifficulty(-2.0, 0.9), 0.1),
        (2, ItemDifficulty(1.0, 0.0), 0.5),
    ]
    domain, mean, sd, guess = (
        np.array(each) for each in zip(*[(place, item.mean, item.sd, luck) for place, item, luck in items], strict=True)
    )
    foreseen = expected_pass_sd(known, PLAN, domain=domain, mean=mean, sd=sd, guess=guess)
    for number, (place, item, luck) in enumerate(items):
        right = condition(known, PLAN).mass[place] @ chance_right(PLAN.abilities, item.mean, item.sd, luck)
        outcomes = [update(known, PLAN, place, item, guess=luck, credit=credit) for credit in (1.0, 0.0)]
        spreads = [outlook(outcome, PLAN).sd for outcome in outcomes]
        assert foreseen[number] == pytest.approx(right * spreads[0] + (1 - right) * spreads[1], rel=1e-6)


def test_many_items_are_compared_at_once_and_an_unsure_or_lucky_one_says_less():
    given = condition(prior(PLAN), PLAN)
    count = 500
    foreseen = expected_pass_sd(
        given,
        PLAN,
        domain=np.full(count, 1),
        mean=np.full(count, PLAN.centre),
        sd=np.linspace(0.0, 2.0, count),
        guess=np.full(count, 0.25),
    )
    assert np.all(np.diff(foreseen) > 0)
    lucky = expected_pass_sd(
        given,
        PLAN,
        domain=np.full(2, 1),
        mean=np.full(2, PLAN.centre),
        sd=np.zeros(2),
        guess=np.array([0.1, 0.5]),
    )
    assert lucky[0] < foreseen[0] < lucky[1] < outlook(prior(PLAN), PLAN).sd


def test_where_passing_is_settled_there_is_nothing_left_to_spread():
    sure = pass_sd(np.array([0.05, 0.99]), np.array([1e-4, 1e-5]), PLAN)
    assert sure == pytest.approx(0, abs=1e-3)
