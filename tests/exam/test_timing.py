"""Pure functions of a deadline and the time."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator.exam.attempt import BY_CANDIDATE, BY_DEADLINE, CLOSED, GRADED, OPEN, closing, state_at
from simulator.exam.timing import ACCOMMODATIONS, GRACE, deadline, is_late, is_over, made_at, remaining_ms

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("accommodation", "minutes"),
    [("none", 180), ("plus-30", 210), ("x1.25", 225), ("x1.5", 270), ("x2", 360)],
)
def test_accommodations_give_the_minutes_they_promise(accommodation, minutes):
    assert ACCOMMODATIONS[accommodation].minutes(180) == minutes
    assert ACCOMMODATIONS[accommodation].id == accommodation


def test_those_are_all_accommodations():
    assert list(ACCOMMODATIONS) == ["none", "plus-30", "x1.25", "x1.5", "x2"]


def test_the_deadline_lies_the_allowed_minutes_after_the_start():
    assert deadline(NOON, 90) == NOON + timedelta(hours=1.5)


def test_time_runs_out_at_the_deadline_and_not_a_moment_before():
    assert not is_over(NOON, NOON - MOMENT)
    assert is_over(NOON, NOON)
    assert is_over(NOON, NOON + MOMENT)


def test_an_answer_is_late_once_the_grace_for_those_on_their_way_is_over():
    assert not is_late(NOON, NOON + GRACE)
    assert is_late(NOON, NOON + GRACE + MOMENT)


def test_the_time_left_is_counted_in_milliseconds_and_never_below_zero():
    assert remaining_ms(NOON, NOON - timedelta(minutes=1)) == 60_000
    assert remaining_ms(NOON, NOON - MOMENT) == 1
    assert remaining_ms(NOON, NOON) == 0
    assert remaining_ms(NOON, NOON + timedelta(days=1)) == 0


def test_an_answer_was_made_as_long_ago_as_the_browser_says():
    assert made_at(NOON, 90_000) == NOON - timedelta(seconds=90)
    assert made_at(NOON, 0) == NOON


def test_an_open_attempt_is_closed_from_its_deadline_on_written_down_or_not():
    assert state_at(OPEN, NOON, NOON - MOMENT) == OPEN
    assert state_at(OPEN, NOON, NOON) == CLOSED
    assert state_at(CLOSED, NOON, NOON - MOMENT) == CLOSED
    assert state_at(GRADED, NOON, NOON + MOMENT) == GRADED


def test_who_submits_before_the_deadline_closes_the_attempt_and_after_it_the_deadline_did():
    assert closing(NOON, NOON - MOMENT) == (NOON - MOMENT, BY_CANDIDATE)
    assert closing(NOON, NOON) == (NOON, BY_DEADLINE)
    assert closing(NOON, NOON + timedelta(days=3)) == (NOON, BY_DEADLINE)
