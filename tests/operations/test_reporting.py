"""What alice reads afterwards, recomputed by hand."""

from datetime import timedelta

import pytest
from clock import START

from simulator.exam.attempt import BY_CANDIDATE, BY_DEADLINE, CLOSED, GRADED, OPEN
from simulator.exam.errors import NotFound
from simulator.operations.reporting import build_receipt, latest_graded


def sit(desk, clock, *, right: int, attempt_id="attempt", seed=1, seconds=30):
    """Begin, answer so many scored slots rightly and the rest wrongly, one after the other."""
    desk.begin(attempt_id=attempt_id, seed=seed)
    epoch = desk.hold(attempt_id).epoch
    left = right
    for slot in desk.form(attempt_id).slots:
        clock.advance(seconds=seconds)
        response = desk.right(slot) if slot.scored and left > 0 else desk.wrong(slot)
        left -= slot.scored
        desk.save(
            slot.number,
            response,
            sequence=slot.number,
            epoch=epoch,
            attempt_id=attempt_id,
            spent_ms=1000 * slot.number * 10,
            confidence="guess" if slot.number == 2 else None,
            flagged=slot.number == 3,
        )


def test_the_report_adds_up(desk, clock):
    sit(desk, clock, right=4)
    desk.submit()
    report = desk.report()
    # Four of five scored: 100 + 0.8 * 900 = 820, the mark is 730; Wilson's interval of 4/5 is 0.376 to 0.964.
    assert (report.score.overall.correct, report.score.overall.count) == (4.0, 5)
    assert (report.score.scaled, report.score.pass_mark, report.score.passed) == (820, 730, True)
    assert report.score.overall.low == pytest.approx(0.3755, abs=5e-5)
    assert report.score.overall.high == pytest.approx(0.9638, abs=5e-5)
    assert report.score.too_close
    # Three scored questions of five are data, two are modeling; in both the sums are those of the slots.
    assert {name: found.count for name, found in report.score.domains.items()} == {"data": 3, "modeling": 2}
    for name, found in report.score.domains.items():
        scored = [r.graded for r in report.slots if r.graded.scored and r.graded.domain == name]
        assert found.correct == sum(graded.credit for graded in scored)
    assert [reviewed.slot.number for reviewed in report.slots] == [1, 2, 3, 4, 5, 6]
    assert sum(not reviewed.graded.scored for reviewed in report.slots) == 1
    assert report.slots[1].graded.confidence == "guess"
    assert report.slots[2].graded.flagged
    assert (report.unanswered, report.late_answers) == (0, 0)


def test_the_report_knows_where_the_time_went(desk, clock):
    sit(desk, clock, right=5)
    clock.advance(minutes=5)
    desk.submit()
    report = desk.report()
    assert (report.allowed_seconds, report.used_seconds) == (3600, 480)
    assert (report.pacing.median_seconds, report.pacing.planned_seconds) == (35.0, 600.0)
    assert report.pacing.slowest[0] == (6, 60.0)


def test_the_coach_knows_the_time_and_the_hurry_of_the_end(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    spent = {1: 1_201_000, 2: 1_200_000}
    for slot in desk.form().slots:
        if slot.number == 3:
            # Three minutes of the hour are left.
            clock.advance(minutes=57)
        desk.save(
            slot.number, desk.right(slot), sequence=slot.number, epoch=epoch, spent_ms=spent.get(slot.number, 1000)
        )
    desk.submit()
    pace = desk.report().coaching.pace
    assert [sink.slot for sink in pace.sinks] == [1]
    assert (pace.hurried, pace.hurried_right, pace.rushed) == ((3, 4, 5, 6), 4, True)


def test_what_was_right_to_the_candidate_is_right_in_the_report_whatever_the_order_of_options(desk, clock):
    for seed in range(5):
        sit(desk, clock, right=5, attempt_id=f"attempt-{seed}", seed=seed)
        desk.submit(f"attempt-{seed}")
        report = desk.report(f"attempt-{seed}")
        assert (report.score.scaled, report.score.passed) == (1000, True)
        for reviewed in report.slots:
            assert (reviewed.graded.credit == 1.0) is reviewed.graded.scored


def test_an_exam_nobody_answered_is_reported_too(desk, clock):
    desk.begin()
    clock.advance(hours=3)
    desk.submit()
    report = desk.report()
    assert (report.score.scaled, report.score.passed, report.unanswered) == (100, False, 6)
    assert (report.attempt.closed_by, report.used_seconds) == (BY_DEADLINE, 3600)
    assert report.pacing.slowest == ()
    assert all(reviewed.answer is None for reviewed in report.slots)


def test_the_receipt_shows_what_is_saved_before_and_after_the_end(desk, clock):
    sit(desk, clock, right=2)
    during = desk.read(lambda s: build_receipt(s, desk.catalogue, "attempt", actor="alice"))
    assert [answer.saved_at - START for answer in during.answers.values()] == [
        timedelta(seconds=30 * number) for number in range(1, 7)
    ]
    desk.submit()
    after = desk.read(lambda s: build_receipt(s, desk.catalogue, "attempt", actor="alice"))
    assert after.answers == during.answers
    assert after.form == desk.form()
    with pytest.raises(NotFound):
        desk.read(lambda s: build_receipt(s, desk.catalogue, "attempt", actor="bob"))


def test_the_history_runs_backwards_through_every_state(desk, clock):
    sit(desk, clock, right=4, attempt_id="first")
    desk.submit("first")
    clock.advance(days=1)
    desk.begin(attempt_id="second", seed=2)
    epoch = desk.hold("second").epoch
    desk.save(1, [0], sequence=1, epoch=epoch, attempt_id="second")
    desk.save(2, [], sequence=2, epoch=epoch, attempt_id="second")
    second, first = desk.history()
    assert (first.id, first.state, first.answered, first.size) == ("first", GRADED, 6, 6)
    assert (first.scaled_score, first.percent, first.passed, first.too_close) == (820, 0.8, True, True)
    assert (second.id, second.state, second.answered, second.remaining) == ("second", OPEN, 1, timedelta(hours=1))
    assert (second.scaled_score, second.percent, second.passed, second.too_close) == (None, None, None, None)
    clock.advance(hours=2)
    second, _ = desk.history()
    assert (second.state, second.remaining) == (CLOSED, timedelta())


def test_the_latest_graded_attempt_of_a_certification_is_found(desk, clock):
    assert latest_graded(desk.history(), "tiny") is None
    for number, name in enumerate(("first", "second", "third")):
        clock.advance(days=1)
        sit(desk, clock, right=number, attempt_id=name, seed=number)
        if name != "third":
            desk.submit(name)
    assert latest_graded(desk.history(), "tiny").id == "second"
    assert latest_graded(desk.history(), "another") is None
    assert desk.attempt("second").closed_by == BY_CANDIDATE
