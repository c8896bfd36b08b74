"""How the real exams went, and what had been predicted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from simulator.exam.errors import InvalidResult, NotFound
from simulator.operations.accounts import admit_candidate
from simulator.operations.readiness import assess_certification
from simulator.operations.real_results import (
    Prediction,
    RealResult,
    delete_result,
    latest_day,
    predict,
    record_result,
)
from simulator.store.queries.real_results import list_outcomes, list_results

DAY = date(2026, 11, 20)
PREDICTION = Prediction(0.7, 0.5, 0.85, 120)


def record(desk, result, *, prediction=PREDICTION, actor="alice", certification="tiny"):
    def work(session):
        admit_candidate(session, actor, now=desk.clock())
        record_result(session, certification, result, prediction=prediction, actor=actor, now=desk.clock())

    desk.write(work)


def results(desk, *, actor="alice"):
    return desk.read(lambda s: list_results(s, "tiny", actor=actor))


def test_a_result_is_kept_beside_what_was_predicted(desk):
    record(desk, RealResult(DAY, passed=True, score=760))
    (row,) = results(desk)
    assert (row.sat_on, row.passed, row.score) == (DAY, True, 760)
    assert (row.predicted, row.predicted_low, row.predicted_high, row.responses) == (0.7, 0.5, 0.85, 120)
    assert row.recorded_at == desk.clock()
    assert results(desk, actor="bob") == []


def test_a_second_result_of_the_same_day_takes_the_place_of_the_first(desk):
    record(desk, RealResult(DAY, passed=False))
    record(desk, RealResult(DAY, passed=True, score=1000), prediction=None)
    record(desk, RealResult(DAY - timedelta(days=30), passed=False, score=100))
    assert [(row.sat_on, row.passed, row.score) for row in results(desk)] == [
        (DAY, True, 1000),
        (DAY - timedelta(days=30), False, 100),
    ]


@pytest.mark.parametrize(
    ("result", "field"),
    [
        pytest.param(RealResult(date(2026, 11, 25), passed=True), "sat_on", id="future"),
        pytest.param(RealResult(date(1999, 12, 31), passed=True), "sat_on", id="before there were such exams"),
        pytest.param(RealResult(DAY, passed=True, score=99), "score", id="below the scale"),
        pytest.param(RealResult(DAY, passed=True, score=1001), "score", id="above the scale"),
    ],
)
def test_what_cannot_be_is_refused(desk, result, field):
    with pytest.raises(InvalidResult) as refused:
        record(desk, result)
    assert refused.value.field == field
    assert results(desk) == []


def test_an_unknown_certification_takes_no_result(desk):
    with pytest.raises(NotFound):
        record(desk, RealResult(DAY, passed=True), certification="none")


def test_today_has_begun_earlier_elsewhere(desk):
    assert latest_day(datetime(2026, 11, 23, 9, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert latest_day(datetime(2026, 11, 23, 10, tzinfo=UTC)) == date(2026, 11, 24)


def test_a_result_can_be_taken_back_by_who_told_it(desk):
    record(desk, RealResult(DAY, passed=True))
    with pytest.raises(NotFound):
        desk.write(lambda s: delete_result(s, "tiny", DAY, actor="bob"))
    desk.write(lambda s: delete_result(s, "tiny", DAY, actor="alice"))
    assert results(desk) == []
    with pytest.raises(NotFound):
        desk.write(lambda s: delete_result(s, "tiny", DAY, actor="alice"))


def test_outcomes_of_all_candidates_are_compared_where_something_was_predicted(desk):
    record(desk, RealResult(DAY, passed=True))
    record(desk, RealResult(DAY, passed=False), actor="bob", prediction=Prediction(0.0, 0.0, 0.1, 5))
    record(desk, RealResult(DAY, passed=True), actor="carol", prediction=None)
    outcomes = desk.read(list_outcomes)
    assert sorted((outcome.predicted, outcome.passed) for outcome in outcomes) == [(0.0, False), (0.7, True)]


def sit(desk, attempt_id, seed):
    desk.begin(attempt_id=attempt_id, seed=seed)
    epoch = desk.hold(attempt_id).epoch
    for slot in desk.form(attempt_id).slots:
        desk.save(slot.number, desk.right(slot), sequence=slot.number, epoch=epoch, attempt_id=attempt_id)
    desk.submit(attempt_id)


def test_the_prediction_is_that_of_the_day_and_knows_nothing_of_what_came_after(desk, clock):
    def predicted(day):
        return desk.read(lambda s: predict(s, desk.catalogue, "tiny", day, actor="alice", now=clock()))

    assert predicted(clock().date()) is None
    sit(desk, "first", 1)
    told = predicted(clock().date())
    assert told.responses == 6
    now = desk.read(lambda s: assess_certification(s, desk.catalogue, "tiny", actor="alice", now=clock()))
    assert told.probability == now.readiness.probability
    assert 0 <= told.low <= told.probability <= told.high <= 1
    first_day = clock().date()
    clock.advance(days=3)
    sit(desk, "second", 2)
    assert predicted(clock().date()).responses == 12
    assert predicted(first_day).responses == 6
    assert predicted(first_day).probability == pytest.approx(told.probability, abs=0.02)
    assert predicted(first_day - timedelta(days=1)) is None
