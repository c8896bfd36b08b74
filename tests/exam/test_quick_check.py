"""What a quick check asks next, and when it has asked enough."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from factories import make_blueprint
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.evidence import FROM_PRACTICE, Evidence
from simulator.exam.quick_check import (
    ABOVE,
    BELOW,
    BEST_FEW,
    EVEN,
    LEAST_ONE_SIDED,
    LEAST_QUESTIONS,
    LONGEST,
    MOST_QUESTIONS,
    SETTLED,
    WIDEST_SETTLED,
    Asked,
    CheckItem,
    choose_item,
    domains_in_turn,
    ending,
    expected_spread,
    known_side,
    without_enemies,
)
from simulator.exam.readiness import (
    TOO_CLOSE_TO_CALL,
    UNKNOWN,
    ItemDifficulty,
    author_difficulty,
    condition,
    default_cut,
    estimate,
    outlook,
    plan_form,
    prior,
    update,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BLUEPRINT = make_blueprint(scored=50, unscored=15)
CUT = default_cut(BLUEPRINT)
PLAN = plan_form(BLUEPRINT, cut=CUT)
NOTHING_KNOWN = condition(prior(PLAN), PLAN)


def item(name, domain="data", *, level=3, guess=0.25, enemies=()):
    return CheckItem(name, domain, author_difficulty(level), guess, frozenset(enemies))


def bank(size=40):
    return [item(f"q{n:02}", "data" if n % 5 < 3 else "modeling", level=1 + n % 5) for n in range(size)]


def asked(count, domain="data"):
    return [Asked(f"asked-{n}", domain) for n in range(count)]


def readiness(right, count, domains=("data", "modeling")):
    """Return alice's readiness after so many questions, alternating between the domains."""
    evidence = [
        Evidence(
            question_id=f"e{number}",
            version=f"e{number}",
            certification_id=BLUEPRINT.id,
            domain=domains[number % len(domains)],
            task="",
            skills=(),
            type="single_choice",
            difficulty=3,
            guess=0.25,
            answered=True,
            credit=float(number < right),
            confidence=None,
            flagged=False,
            spent_ms=0,
            given_at=NOW,
            source=FROM_PRACTICE,
            sitting_id="s",
        )
        for number in range(count)
    ]
    return estimate(evidence, BLUEPRINT, cut=CUT, now=NOW)


def test_a_check_is_settled_when_the_interval_is_narrow_and_every_domain_was_asked():
    clear = readiness(40, 40)
    assert clear.high - clear.low <= WIDEST_SETTLED
    both = ["data", "modeling"] * LEAST_QUESTIONS
    assert ending(clear, both[:LEAST_QUESTIONS]) == SETTLED
    assert ending(clear, both[: LEAST_QUESTIONS - 1]) is None
    assert ending(clear, ["data"] * (LEAST_QUESTIONS + 3)) is None


def test_a_domain_of_little_weight_need_not_have_been_asked():
    light = replace(BLUEPRINT.domains[1], weight=3)
    blueprint = replace(BLUEPRINT, domains=(BLUEPRINT.domains[0], light))
    known = readiness(40, 40)
    plan = plan_form(blueprint, cut=CUT)
    one_sided = replace(known, basis=replace(known.basis, plan=plan))
    assert ending(one_sided, ["data"] * LEAST_QUESTIONS) == SETTLED


def test_a_wide_interval_keeps_asking_until_the_most_are_asked():
    close = readiness(12, 18)
    assert close.high - close.low > WIDEST_SETTLED
    both = ["data", "modeling"] * MOST_QUESTIONS
    assert ending(close, both[: MOST_QUESTIONS - 1]) is None
    assert ending(close, both[:MOST_QUESTIONS]) == LONGEST


def test_a_wide_interval_all_on_one_side_of_one_half_settles_it():
    above = readiness(15, 17)
    assert above.high - above.low > WIDEST_SETTLED
    assert above.low >= EVEN
    assert known_side(above) == ABOVE
    assert ending(above, ["data", "modeling"] * 8) == SETTLED


def test_somebody_who_knows_nothing_is_not_asked_on_until_there_is_a_verdict():
    lost = readiness(0, LEAST_ONE_SIDED)
    assert lost.verdict == UNKNOWN
    assert known_side(lost) == BELOW
    both = ["data", "modeling"] * 4
    assert ending(lost, both) == SETTLED
    assert ending(lost, ["data"] * 8) is None


def test_a_clear_side_and_a_narrow_interval_wait_for_enough_answers():
    few = readiness(0, LEAST_ONE_SIDED - 1)
    assert few.high <= EVEN
    assert few.high - few.low <= WIDEST_SETTLED
    assert few.verdict == UNKNOWN
    assert known_side(few) is None
    assert ending(few, ["data", "modeling"] * 4) is None


def test_earlier_answers_count_towards_a_clear_side():
    known = readiness(0, LEAST_ONE_SIDED)
    assert ending(known, (["data", "modeling"] * LEAST_QUESTIONS)[:LEAST_QUESTIONS]) == SETTLED


@given(st.integers(0, 25), st.integers(0, 25))
def test_the_side_is_known_where_both_ends_of_the_interval_agree(right, wrong):
    found = readiness(right, right + wrong)
    if known_side(found) is None:
        assert found.low < EVEN < found.high or right + wrong < LEAST_ONE_SIDED
    else:
        assert {ABOVE: found.probability > EVEN, BELOW: found.probability < EVEN}[known_side(found)]
        assert (found.low >= EVEN) != (found.high <= EVEN)


def test_a_narrow_interval_across_one_half_settles_it_as_too_close():
    close = replace(readiness(20, 40), low=0.4, high=0.6, probability=0.5, verdict=TOO_CLOSE_TO_CALL)
    assert known_side(close) is None
    assert ending(close, ["data", "modeling"] * LEAST_QUESTIONS) == SETTLED


def test_neither_a_question_nor_its_enemies_come_again():
    items = [item("a"), item("b", enemies={"d"}), item("c"), item("d"), item("e", enemies={"c"})]
    left = without_enemies(items, [Asked("c", "data"), Asked("d", "data", frozenset({"b"}))])
    assert [one.question_id for one in left] == ["a"]
    assert without_enemies(items, []) == items


def test_domains_behind_their_share_are_in_turn():
    assert domains_in_turn(PLAN, [], ["data", "modeling"]) == ["data", "modeling"]
    assert domains_in_turn(PLAN, ["data"], ["data", "modeling"]) == ["data", "modeling"]
    assert domains_in_turn(PLAN, ["data", "data"], ["data", "modeling"]) == ["modeling"]
    assert domains_in_turn(PLAN, ["data"] * 4, ["data", "modeling"]) == ["modeling"]


def test_a_domain_that_has_run_out_leaves_its_turn_to_the_nearest():
    assert domains_in_turn(PLAN, ["data"] * 4, ["data"]) == ["data"]
    assert domains_in_turn(PLAN, ["data"] * 4, []) == []


@given(st.integers(0, 2**53), st.integers(1, MOST_QUESTIONS))
def test_at_every_point_the_domains_keep_close_to_the_blueprint(seed, count):
    items, so_far = bank(80), []
    for _ in range(count):
        so_far.append(choose_item(NOTHING_KNOWN, PLAN, items, so_far, seed=seed))
    for domain, share in zip(PLAN.domains, PLAN.shares, strict=True):
        assert abs(sum(one.domain == domain for one in so_far) - share * count) <= 1.0
    assert len({one.question_id for one in so_far}) == count


def test_the_question_is_one_of_the_best_few_and_not_always_the_same():
    # Each has a difficulty of its own, as where there are data: there are no ties.
    items = [
        CheckItem(f"q{n:02}", "data" if n % 2 else "modeling", ItemDifficulty(-2.0 + n / 8, 0.2), 0.25)
        for n in range(32)
    ]
    spread = expected_spread(NOTHING_KNOWN, PLAN, items)
    best = {items[place].question_id for place in np.argsort(spread)[:BEST_FEW]}
    chosen = {choose_item(NOTHING_KNOWN, PLAN, items, [], seed=seed).question_id for seed in range(60)}
    assert chosen == best


def test_questions_of_one_kind_are_as_good_as_each_other_so_any_of_them_may_come():
    items = [item(f"q{n}", guess=0.1) for n in range(8)] + [item(f"easy{n}", level=1) for n in range(8)]
    chosen = {choose_item(NOTHING_KNOWN, PLAN, items, [], seed=seed).question_id for seed in range(200)}
    assert chosen == {f"q{n}" for n in range(8)}


@given(st.randoms(use_true_random=False), st.integers(0, 2**53))
def test_the_same_input_gives_the_same_question_in_whatever_order_the_bank_comes(random, seed):
    items = bank()
    shuffled = random.sample(items, len(items))
    assert choose_item(NOTHING_KNOWN, PLAN, items, asked(2), seed=seed) == choose_item(
        NOTHING_KNOWN, PLAN, shuffled, asked(2), seed=seed
    )


def test_with_nothing_left_there_is_no_question():
    assert choose_item(NOTHING_KNOWN, PLAN, [], [], seed=1) is None
    assert choose_item(NOTHING_KNOWN, PLAN, [item("a")], [Asked("a", "data")], seed=1) is None


def test_the_question_is_about_as_hard_as_the_cut_for_there_the_answer_decides():
    items = [CheckItem(f"q{n:02}", "data", ItemDifficulty(-3.0 + n / 10, 0.2), 0.25) for n in range(61)]
    first = choose_item(NOTHING_KNOWN, PLAN, items, [], seed=1)
    assert abs(first.difficulty.mean - PLAN.centre) < 1.0


def test_the_expected_spread_lies_between_that_of_both_outcomes():
    one = item("a", guess=0.1)
    expected = expected_spread(NOTHING_KNOWN, PLAN, [one])[0]
    outcomes = [
        outlook(update(prior(PLAN), PLAN, 0, one.difficulty, guess=one.guess, credit=each), PLAN).sd
        for each in (0.0, 1.0)
    ]
    assert min(outcomes) - 0.01 <= expected <= max(outcomes) + 0.01
    assert expected < outlook(prior(PLAN), PLAN).sd
