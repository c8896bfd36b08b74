"""When missed and guessed questions come back."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from factories import make_evidence
from fsrs import Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.evidence import FROM_PRACTICE, Evidence
from simulator.exam.reviewing import (
    FORECAST_DAYS,
    due,
    forecast,
    is_missed,
    rate,
    replay,
    schedule,
    starts_reviews,
    streak,
)

MONDAY = datetime(2026, 11, 2, 21, tzinfo=UTC)
TODAY = MONDAY.date()
WRONG = make_evidence(given_at=MONDAY)
RIGHT = replace(WRONG, credit=1.0)
GUESSED = replace(RIGHT, confidence="guess")
UNSURE = replace(RIGHT, confidence="unsure")
BLANK = replace(WRONG, answered=False)
NEVER_OPENED = replace(BLANK, spent_ms=0)


def on(response: Evidence, days: int, question: str = "tiny-pack/q1") -> Evidence:
    return replace(response, given_at=MONDAY + timedelta(days=days), question_id=question)


def due_days(*evidence: Evidence) -> dict[str, int]:
    return {review.question_id: (review.due_on - TODAY).days for review in schedule(evidence, today=TODAY)}


def test_fsrs_gives_the_intervals_that_its_authors_publish():
    ratings = [Rating.Good] * 6 + [Rating.Again] * 2 + [Rating.Good] * 5
    scheduler = Scheduler(enable_fuzzing=False)
    reviews: list[tuple[date, Rating]] = []
    intervals = []
    day = date(2022, 11, 29)
    for rating in ratings:
        reviews.append((day, rating))
        card = replay(reviews, scheduler)
        intervals.append((card.due - card.last_review).days)
        day = card.due.date()
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@pytest.mark.parametrize(
    ("response", "rating", "starts"),
    [
        pytest.param(WRONG, Rating.Again, True, id="wrong"),
        pytest.param(replace(WRONG, credit=0.5), Rating.Again, True, id="right in part"),
        pytest.param(replace(WRONG, confidence="sure"), Rating.Again, True, id="wrong and sure"),
        pytest.param(BLANK, Rating.Again, True, id="looked at and left blank"),
        pytest.param(NEVER_OPENED, None, False, id="never opened"),
        pytest.param(replace(NEVER_OPENED, source=FROM_PRACTICE), Rating.Again, True, id="given up in practice"),
        pytest.param(GUESSED, Rating.Hard, True, id="guessed"),
        pytest.param(UNSURE, Rating.Hard, False, id="right but unsure"),
        pytest.param(RIGHT, Rating.Good, False, id="right"),
        pytest.param(replace(RIGHT, confidence="sure"), Rating.Good, False, id="right and sure"),
    ],
)
def test_a_response_is_rated_by_what_it_shows(response, rating, starts):
    assert rate(response) == rating
    assert starts_reviews(response) is starts
    assert is_missed(response) is (rating == Rating.Again)


def test_a_missed_question_comes_back_the_next_day_however_late_it_was():
    assert due_days(WRONG) == {"tiny-pack/q1": 1}
    assert due_days(GUESSED) == {"tiny-pack/q1": 1}


def test_what_was_right_at_first_does_not_come_back_until_it_is_missed():
    assert due_days(RIGHT, on(RIGHT, 1), on(UNSURE, 2)) == {}
    assert list(due_days(on(RIGHT, -9), WRONG)) == ["tiny-pack/q1"]


def test_the_intervals_grow_with_every_right_answer_and_fall_back_with_a_miss():
    responses, intervals, day = [WRONG], [], 1
    for _ in range(5):
        responses.append(on(RIGHT, day))
        following = due_days(*responses)["tiny-pack/q1"]
        intervals.append(following - day)
        day = following
    assert intervals == sorted(set(intervals))
    responses.append(on(WRONG, day))
    assert due_days(*responses)["tiny-pack/q1"] - day < intervals[-1]


def test_a_right_guess_is_worth_less_than_a_right_answer():
    assert due_days(WRONG, on(GUESSED, 5))["tiny-pack/q1"] < due_days(WRONG, on(RIGHT, 5))["tiny-pack/q1"]
    assert due_days(WRONG, on(GUESSED, 5)) == due_days(WRONG, on(UNSURE, 5))


def test_a_question_that_was_never_opened_again_stays_as_due_as_it_was():
    assert due_days(WRONG, on(NEVER_OPENED, 3)) == due_days(WRONG)


def test_the_order_of_the_evidence_does_not_matter():
    evidence = [WRONG, on(RIGHT, 1), on(GUESSED, 4), on(WRONG, 9, "tiny-pack/q2")]
    shuffled = random.Random(5).sample(evidence, len(evidence))
    assert schedule(shuffled, today=TODAY) == schedule(evidence, today=TODAY)


def test_the_most_forgotten_question_comes_first():
    later = TODAY + timedelta(days=30)
    well_known = [on(WRONG, 0, "known"), on(RIGHT, 1, "known"), on(RIGHT, 6, "known")]
    reviews = schedule([*well_known, on(WRONG, 2, "recent"), on(WRONG, 0, "old")], today=later)
    assert [review.question_id for review in due(reviews, today=later)] == ["old", "recent", "known"]
    assert [review.retrievability for review in reviews] == sorted(review.retrievability for review in reviews)
    assert [review.misses for review in reviews] == [1, 1, 1]


def test_what_was_reviewed_today_is_not_due_again_today():
    tomorrow = TODAY + timedelta(days=1)
    assert len(due(schedule([WRONG], today=tomorrow), today=tomorrow)) == 1
    for response in (WRONG, RIGHT, GUESSED):
        reviewed = schedule([WRONG, on(response, 1)], today=tomorrow)
        assert len(reviewed) == 1
        assert due(reviewed, today=tomorrow) == []


def test_the_forecast_counts_every_question_once_and_the_overdue_ones_today():
    today = TODAY + timedelta(days=5)
    evidence = [on(WRONG, 0, "overdue"), on(WRONG, 4, "today"), on(WRONG, 5, "tomorrow"), on(WRONG, 5, "tomorrow too")]
    days = forecast(schedule(evidence, today=today), today=today)
    assert len(days) == FORECAST_DAYS == 14
    assert days[0] == (today, 2)
    assert days[1] == (today + timedelta(days=1), 2)
    assert sum(count for _, count in days) == 4


def test_the_forecast_ends_after_its_days():
    reviews = schedule([WRONG], today=TODAY)
    assert forecast(reviews, today=TODAY, days=1) == [(TODAY, 0)]


def test_a_streak_counts_days_in_a_row_and_forgives_a_today_that_is_not_over():
    assert streak([], today=TODAY) == 0
    assert streak([WRONG], today=TODAY) == 1
    assert streak([on(WRONG, -1), on(RIGHT, -2)], today=TODAY) == 2
    assert streak([WRONG, on(RIGHT, -1), on(RIGHT, -3)], today=TODAY) == 2
    assert streak([on(WRONG, -2)], today=TODAY) == 0


def test_a_day_on_which_nothing_was_answered_ends_a_streak():
    assert streak([WRONG, on(BLANK, -1), on(RIGHT, -2)], today=TODAY) == 1


RESPONSES = st.lists(
    st.builds(
        on,
        st.sampled_from([WRONG, RIGHT, GUESSED, UNSURE, BLANK, NEVER_OPENED]),
        st.integers(min_value=-400, max_value=0),
        st.sampled_from(["q1", "q2", "q3"]),
    )
)


@given(RESPONSES)
def test_every_question_on_the_schedule_is_there_once_and_due_after_its_last_review(evidence):
    reviews = schedule(evidence, today=TODAY)
    assert len({review.question_id for review in reviews}) == len(reviews)
    assert {review.question_id for review in reviews} == {e.question_id for e in evidence if starts_reviews(e)}
    for review in reviews:
        assert review.due_on > review.last_on
        assert 0 < review.retrievability <= 1


def test_every_response_is_replayed_once_however_many_there_are(monkeypatch):
    """What that costs is measured by `python -m bench.reviewing`."""
    calls = []
    review_card = Scheduler.review_card
    monkeypatch.setattr(
        Scheduler, "review_card", lambda self, card, *facts: calls.append(card) or review_card(self, card, *facts)
    )
    evidence = [on(WRONG, -(number // 40), f"q{number % 40}") for number in range(2_000)]
    assert len(schedule(evidence, today=TODAY)) == 40
    assert len(calls) == 2_000
