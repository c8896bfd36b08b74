"""Problems with questions, from those who were given them."""

import pytest

from simulator.exam.errors import NotFound, TooManyReports
from simulator.exam.question_reports import MOST_A_DAY, OPEN, REASONS, RESOLVED, TYPO, WRONG_KEY
from simulator.operations.practising import start_practice
from simulator.operations.question_reporting import report_question, resolve_report
from simulator.store.queries.question_reports import (
    ATTEMPT,
    PRACTICE,
    find_sighting,
    list_own_reports,
    list_reports,
)


def report(desk, version, *, reason=WRONG_KEY, comment="B is right.", report_id="r1", actor="alice"):
    facts = {"reason": reason, "comment": comment, "report_id": report_id, "actor": actor, "now": desk.clock()}
    return desk.write(lambda session: report_question(session, version, **facts).id)


def stored(desk, **query):
    return desk.read(lambda session: list_reports(session, **query))


@pytest.fixture
def version(desk):
    desk.begin()
    return desk.form().slots[2].version


def practise(desk, question_ids, *, practice_id="p1"):
    desk.write(
        lambda s: (
            start_practice(
                s,
                desk.catalogue,
                "tiny",
                kind="practice",
                criteria={},
                question_ids=question_ids,
                practice_id=practice_id,
                seed=1,
                actor="alice",
                now=desk.clock(),
            ).id
        )
    )


def test_a_problem_is_kept_with_the_version_that_was_seen(desk, version):
    report(desk, version)
    (row,) = stored(desk)
    assert (row.version, row.reason, row.comment, row.status) == (version, WRONG_KEY, "B is right.", OPEN)
    assert row.question_id == desk.form().slots[2].question_id
    assert (row.candidate_id, row.reported_at) == ("alice", desk.clock())


def test_only_who_was_given_a_question_can_report_it(desk, version):
    desk.begin(actor="bob", attempt_id="bobs", seed=2)
    given = {slot.version for slot in desk.form("bobs", actor="bob").slots}
    foreign = next(slot.version for slot in desk.form().slots if slot.version not in given)
    with pytest.raises(NotFound):
        report(desk, foreign, actor="bob")
    with pytest.raises(NotFound):
        report(desk, version, actor="mallory")
    with pytest.raises(NotFound):
        report(desk, "no-such-version")
    assert stored(desk) == []


def test_the_latest_sighting_counts_in_exams_and_in_practice(desk, version, clock):
    slot = desk.form().slots[2]

    def find():
        return desk.read(lambda s: find_sighting(s, version, actor="alice"))

    assert (find().kind, find().sitting_id, find().slot) == (ATTEMPT, "attempt", 3)
    clock.advance(hours=1)
    practise(desk, [slot.question_id])
    assert (find().kind, find().sitting_id, find().slot) == (PRACTICE, "p1", 1)
    assert find().question_id == slot.question_id
    report(desk, version)


def test_saying_it_again_replaces_the_comment(desk, version, clock):
    report(desk, version)
    clock.advance(hours=1)
    report(desk, version, comment="C is right, too.", report_id="r2")
    (row,) = stored(desk)
    assert (row.id, row.comment, row.reported_at) == ("r1", "C is right, too.", clock())
    report(desk, version, reason=TYPO, report_id="r3")
    assert [row.reason for row in stored(desk)] == [WRONG_KEY, TYPO]


def test_a_settled_problem_can_come_back(desk, version):
    report(desk, version)
    for _ in range(2):
        desk.write(lambda s: resolve_report(s, "r1").id)
    assert desk.read(lambda s: list_own_reports(s, version, actor="alice")) == []
    report(desk, version, report_id="r2")
    assert [(row.id, row.status) for row in stored(desk)] == [("r1", RESOLVED), ("r2", OPEN)]
    assert [row.id for row in stored(desk, status=OPEN)] == ["r2"]
    with pytest.raises(NotFound):
        desk.write(lambda s: resolve_report(s, "r9").id)


def test_a_day_takes_only_so_many_reports_of_one_candidate(desk, version, clock, monkeypatch):
    monkeypatch.setattr("simulator.operations.question_reporting.MOST_A_DAY", 3)
    versions = [slot.version for slot in desk.form().slots]
    for number in range(3):
        report(desk, versions[number], report_id=f"r{number}")
    with pytest.raises(TooManyReports, match="3 problems today"):
        report(desk, versions[3], report_id="r3")
    report(desk, versions[0], comment="Replacing is no new report.", report_id="r4")
    clock.advance(days=1)
    report(desk, versions[3], report_id="r3")
    assert len(stored(desk)) == 4
    assert MOST_A_DAY == 200


def test_every_reason_fits_its_column_and_has_words(desk, version):
    for number, reason in enumerate(REASONS):
        report(desk, version, reason=reason, report_id=f"r{number}")
    assert {row.reason for row in stored(desk)} == set(REASONS)
