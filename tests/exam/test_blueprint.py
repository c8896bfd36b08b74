"""Shares of seats, and blueprints as documents."""

import json
from datetime import date
from fractions import Fraction

import pytest
from factories import make_blueprint
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.blueprint import (
    Domain,
    Fact,
    blueprint_of_kind,
    domain_quotas,
    from_document,
    has_short_form,
    largest_remainder,
    scored_quotas,
    shorten,
    to_document,
)


@pytest.mark.parametrize(
    ("weights", "total", "seats"),
    [
        # MLS-C01 and the Google PMLE guide of June 2026, whose weights add up to 101.
        ([20, 24, 36, 20], 65, [13, 16, 23, 13]),
        ([20, 24, 36, 20], 50, [10, 12, 18, 10]),
        ([13, 16, 21, 20, 18, 13], 60, [8, 9, 12, 12, 11, 8]),
        # The example of the method's usual description: 100 seats for these votes.
        ([47_000, 16_000, 15_800, 12_000, 6_100, 3_100], 10, [5, 2, 1, 1, 1, 0]),
        # The Alabama paradox: one seat more, and the last one loses a seat.
        ([6, 6, 2], 10, [4, 4, 2]),
        ([6, 6, 2], 11, [5, 5, 1]),
        ([1, 1], 1, [1, 0]),
        ([0.1, 0.2], 3, [1, 2]),
        ([5], 0, [0]),
    ],
)
def test_seats_go_to_the_largest_remainders(weights, total, seats):
    named = {str(index): weight for index, weight in enumerate(weights)}
    assert list(largest_remainder(named, total).values()) == seats


@given(st.lists(st.decimals(min_value="0.01", max_value=100, places=2), min_size=1, max_size=12), st.integers(0, 300))
def test_all_seats_are_given_and_nobody_gets_a_whole_seat_more_or_less_than_the_exact_share(weights, total):
    named = {str(index): float(weight) for index, weight in enumerate(weights)}
    seats = largest_remainder(named, total)
    assert sum(seats.values()) == total
    whole = sum(Fraction(weight) for weight in weights)
    for index, weight in enumerate(weights):
        exact = Fraction(weight) * total / whole
        assert exact - 1 < seats[str(index)] < exact + 1


def test_a_form_has_its_scored_and_unscored_questions_shared_over_the_domains():
    blueprint = make_blueprint(scored=50, unscored=15)
    assert blueprint.size == 65
    assert domain_quotas(blueprint) == {"data": 39, "modeling": 26}
    assert scored_quotas(blueprint) == {"data": 30, "modeling": 20}


def test_a_domain_is_found_by_its_id():
    blueprint = make_blueprint()
    assert blueprint.domain("modeling").title == "Modeling"
    with pytest.raises(KeyError, match="cooking"):
        blueprint.domain("cooking")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": "retired", "retired_on": date(2026, 3, 31), "successor": "MLA-C01"},
        {"domains": (Domain("all", "Everything", 40.5, ()),)},
        {"facts": (Fact("Fee", "90 euros", "https://example.com/fee"), Fact("Languages", "English"))},
    ],
)
def test_a_blueprint_survives_storage_as_json(changes):
    blueprint = make_blueprint(**changes)
    assert from_document(json.loads(json.dumps(to_document(blueprint)))) == blueprint


def test_a_blueprint_that_was_stored_before_there_were_further_facts_has_none():
    document = to_document(make_blueprint())
    del document["facts"]
    assert from_document(document).facts == ()


def test_a_short_exam_keeps_the_proportions_of_domains_and_time_and_scores_every_question():
    whole = make_blueprint(scored=50, unscored=15, minutes=180)
    short = shorten(whole)
    assert (short.size, short.scored, short.unscored, short.minutes) == (20, 20, 0, 55)
    assert domain_quotas(short) == scored_quotas(short) == {"data": 12, "modeling": 8}
    assert (short.pass_mark, short.domains, short.id) == (whole.pass_mark, whole.domains, whole.id)
    assert shorten(whole, 1).minutes == 3
    assert shorten(make_blueprint(scored=400, unscored=0, minutes=1), 1).minutes == 1


def test_an_exam_that_is_no_longer_than_a_short_one_has_none():
    whole = make_blueprint(scored=20, unscored=0)
    assert shorten(whole) is whole
    assert not has_short_form(whole)
    assert has_short_form(make_blueprint(scored=21, unscored=0))


def test_the_kind_of_a_mock_exam_decides_its_blueprint():
    whole = make_blueprint(scored=50, unscored=15, minutes=180)
    assert blueprint_of_kind(whole, "full") is whole
    assert blueprint_of_kind(whole, "short") == shorten(whole)
