"""Attempts of candidates who never came back."""

from datetime import timedelta

import pytest
from clock import START

from simulator.exam.attempt import BY_DEADLINE, CLOSED, GRADED, OPEN
from simulator.exam.timing import GRACE, LATE_DELIVERY
from simulator.operations import sitting
from simulator.operations.expiring import Expired, expire_attempts

HOUR = timedelta(hours=1)
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def expire(desk, clock):
    return lambda: expire_attempts(desk.write, desk.catalogue, now=clock.now)


def test_an_open_attempt_is_left_alone_until_its_deadline_and_grace(desk, clock, expire):
    desk.begin()
    for moment in (START + HOUR - MOMENT, START + HOUR, START + HOUR + GRACE - MOMENT):
        clock.now = moment
        assert expire() == Expired([], [])
    assert desk.attempt().state == OPEN


def test_it_is_closed_then_and_graded_a_day_after_its_deadline(desk, clock, expire):
    desk.begin()
    clock.now = START + HOUR + GRACE
    assert expire() == Expired(["attempt"], [])
    assert (desk.attempt().state, desk.attempt().closed_by) == (CLOSED, BY_DEADLINE)
    assert desk.attempt().closed_at == START + HOUR
    clock.now = START + HOUR + LATE_DELIVERY - MOMENT
    assert expire() == Expired([], [])
    clock.now = START + HOUR + LATE_DELIVERY
    assert expire() == Expired([], ["attempt"])
    assert desk.attempt().state == GRADED
    assert expire() == Expired([], [])


def test_what_was_forgotten_for_days_is_closed_and_graded_at_once(desk, clock, expire):
    desk.begin()
    desk.begin(actor="bob", attempt_id="bobs")
    epoch = desk.hold().epoch
    desk.save(1, desk.right(desk.form().slots[0]), sequence=1, epoch=epoch)
    clock.advance(days=3)
    expired = expire()
    assert sorted(expired.closed) == sorted(expired.graded) == ["attempt", "bobs"]
    assert desk.report().slots[0].graded.credit == 1.0


def test_an_answer_delivered_between_closing_and_grading_counts(desk, clock, expire):
    desk.begin()
    epoch = desk.hold().epoch
    clock.now = START + 2 * HOUR
    expire()
    desk.save(1, [1], sequence=1, epoch=epoch, age_ms=5_000_000)
    clock.now = START + 2 * HOUR + LATE_DELIVERY
    expire()
    assert desk.report().slots[0].graded.answered


def test_a_submission_whose_grading_failed_is_graded_in_the_end(desk, clock, expire):
    desk.begin()
    desk.close()
    clock.now = START + HOUR + LATE_DELIVERY
    assert expire() == Expired([], ["attempt"])


def test_an_attempt_that_cannot_be_graded_holds_up_none_of_the_others(desk, clock, expire, monkeypatch, caplog):
    desk.begin()
    desk.begin(actor="bob", attempt_id="bobs")
    clock.advance(days=3)
    store_graded = sitting._store_graded

    def fail_for_alice(session, attempt, graded):
        if attempt.candidate_id == "alice":
            raise RuntimeError("a question type of the future")
        store_graded(session, attempt, graded)

    with monkeypatch.context() as broken:
        broken.setattr(sitting, "_store_graded", fail_for_alice)
        expired = expire()
    assert (sorted(expired.closed), expired.graded, expired.failed) == (["attempt", "bobs"], ["bobs"], ["attempt"])
    assert "could not be graded" in caplog.text
    assert expire() == Expired([], ["attempt"])
