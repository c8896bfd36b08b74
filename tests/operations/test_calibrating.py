"""Item statistics of a certification, from the exams and practice of its candidates."""

from datetime import timedelta

import pytest
from classroom import (
    QUESTIONS,
    VERSIONS,
    a_class,
    a_returning_class,
    add_exam,
    practise,
    response_fields,
    sit_exam,
)
from clock import START
from factories import make_blueprint, make_pack, make_questions

from simulator.exam.errors import NotFound
from simulator.exam.readiness import SHIPPED
from simulator.exam.readiness.beliefs import to_document
from simulator.exam.readiness.items import author_difficulty
from simulator.operations import calibrating, learning_beliefs
from simulator.operations.calibrating import calibrate, examine_forms, keep_statistics, measure
from simulator.operations.my_data import delete_candidate
from simulator.operations.readiness import assess_all, assess_certification
from simulator.store.queries.readiness import list_item_difficulties, list_learnt_beliefs
from simulator.store.queries.statistics import (
    list_item_statistics,
    list_returning_candidates,
    stream_first_exposures,
)
from simulator.store.tables import GradedResponseRow, LearntBeliefsRow

AUTHORS = {version: author_difficulty(q.difficulty) for version, q in zip(VERSIONS, QUESTIONS, strict=True)}


def calibrated(desk, certification="tiny", now=START):
    return desk.write(lambda session: calibrate(session, desk.catalogue, certification, now=now))


def kept(desk, certification="tiny"):
    return {row.version: row for row in desk.read(lambda session: list_item_statistics(session, certification))}


def test_one_candidate_alone_moves_no_difficulty(desk):
    desk.begin()
    desk.submit()
    done = calibrated(desk)
    # Alice submitted an empty form, which says nothing of its questions.
    assert (done.responses, done.questions, done.updated) == (0, 0, False)
    sit_exam(desk, "bob", [(place, True) for place in range(12)])
    done = calibrated(desk)
    assert (done.responses, done.sittings, done.questions, done.updated) == (12, 1, 12, False)
    for version, row in kept(desk).items():
        assert (row.difficulty_mean, row.difficulty_sd) == (AUTHORS[version].mean, AUTHORS[version].sd)
        assert (row.responses, row.slope, row.calibrated_at) == (1, None, START)
        assert (row.document["responses"], row.document["difficulty"]) == (1, None)


def test_a_class_tells_the_hard_question_from_the_easy_one(desk):
    a_class(desk, 60)
    done = calibrated(desk)
    assert (done.responses, done.sittings, done.questions, done.updated) == (720, 60, 12, True)
    rows = kept(desk)
    easy, hard = rows[VERSIONS[0]], rows[VERSIONS[1]]
    assert easy.difficulty_mean < AUTHORS[VERSIONS[0]].mean - 0.3
    assert hard.difficulty_mean > AUTHORS[VERSIONS[1]].mean + 0.3
    assert all(row.difficulty_sd < AUTHORS[version].sd for version, row in rows.items())
    assert all(row.slope is None for row in rows.values())
    document = easy.document
    assert (document["question"], document["responses"], document["timed"]) == ("tiny-pack/q00", 60, 60)
    assert document["difficulty"] > 0.8
    assert document["median_seconds"] == pytest.approx(60, rel=0.05)
    assert document["item_rest"] is not None
    # 27% of 60 are too few to compare.
    assert (document["lower"], document["upper"], document["discrimination"]) == (16, 16, None)
    assert [option["key"] for option in document["options"]] == [True, False, False, False]
    assert document["options"][0]["share"] == document["difficulty"]
    assert len(rows[VERSIONS[3]].document["options"]) == 5


def test_readiness_reads_what_was_kept(desk):
    a_class(desk, 30)
    calibrated(desk)
    difficulties = desk.read(lambda session: list_item_difficulties(session, "tiny"))
    rows = kept(desk)
    assert {version: difficulty.mean for version, difficulty in difficulties.items()} == {
        version: row.difficulty_mean for version, row in rows.items()
    }


def test_with_responses_enough_a_question_has_a_slope(desk, monkeypatch):
    monkeypatch.setattr(calibrating, "MINIMUM_FOR_SLOPE", 40)
    a_class(desk, 70, count=7)
    calibrated(desk)
    rows = kept(desk)
    for row in rows.values():
        assert (row.slope is not None) == (row.responses >= 40)
    assert any(row.slope is not None for row in rows.values())


def test_only_the_first_time_counts_in_exams_and_in_practice(desk):
    sit_exam(desk, "alice", [(0, True), (1, True)], attempt_id="first")
    practise(desk, "alice", [(1, False), (2, False)], practice_id="p", given_at=START + timedelta(days=1))
    sit_exam(
        desk,
        "alice",
        [(0, False), (2, True), (3, True)],
        attempt_id="second",
        new=False,
        given_at=START + timedelta(days=2),
    )
    sit_exam(desk, "bob", [(0, False)])
    measured = desk.read(lambda session: measure(session, desk.catalogue, "tiny"))
    counted = {item.version: item.statistics.responses for item in measured.items}
    assert counted == {VERSIONS[0]: 2, VERSIONS[1]: 1, VERSIONS[2]: 1, VERSIONS[3]: 1}
    rows = [row for part in desk.read(lambda s: list(stream_first_exposures(s, "tiny", size=2))) for row in part]
    assert {(row.sitting_id, bool(row.exam), row.version, row.credit) for row in rows} == {
        ("first", True, VERSIONS[0], 1.0),
        ("first", True, VERSIONS[1], 1.0),
        ("p", False, VERSIONS[2], 0.0),
        ("second", True, VERSIONS[3], 1.0),
        ("a-bob", True, VERSIONS[0], 0.0),
    }


def test_a_version_seen_after_another_version_of_the_same_question_is_no_first_exposure(desk):
    sit_exam(desk, "alice", [(0, True)], attempt_id="first")
    later = {"given_at": START + timedelta(days=1), "version": VERSIONS[1]}
    sit_exam(desk, "alice", [(0, True)], attempt_id="second", new=False, **later)
    assert calibrated(desk).responses == 1
    assert set(kept(desk)) == {VERSIONS[0]}


def test_the_streams_chunks_are_of_the_size_asked_for(desk):
    sit_exam(desk, "alice", [(place, True) for place in range(5)])
    parts = desk.read(lambda session: [len(part) for part in stream_first_exposures(session, "tiny", size=2)])
    assert parts == [2, 2, 1]


def test_unanswered_slots_count_against_the_question_but_not_for_its_difficulty(desk):
    def work(session):
        for number in range(12):
            add_exam(session, f"c{number}", [(place, place % 2 == 0) for place in range(11)])
            empty = response_fields(11, False, answered=False)
            session.add(
                GradedResponseRow(attempt_id=f"a-c{number}", slot=12, candidate_id=f"c{number}", scored=True, **empty)
            )

    desk.write(work)
    calibrated(desk)
    row = kept(desk)[VERSIONS[11]]
    assert (row.document["responses"], row.document["timed"]) == (12, 0)
    assert row.difficulty_sd == pytest.approx(AUTHORS[VERSIONS[11]].sd)
    assert row.difficulty_mean == pytest.approx(AUTHORS[VERSIONS[11]].mean, abs=0.2)


def test_calibrating_again_replaces_what_was_there_and_nothing_else(desk):
    other = make_pack(make_questions(), blueprint=make_blueprint(id="other"), id="other-pack", fingerprint="other")
    desk.load(other)
    sit_exam(desk, "alice", [(0, True), (1, False)])
    sit_exam(desk, "bob", [(2, True)], certification="other")
    calibrated(desk)
    calibrated(desk, "other")
    assert set(kept(desk)) == {VERSIONS[0], VERSIONS[1]}
    sit_exam(desk, "carol", [(0, True)])
    calibrated(desk, now=START + timedelta(days=1))
    rows = kept(desk)
    assert rows[VERSIONS[0]].responses == 2
    assert {row.calibrated_at for row in rows.values()} == {START + timedelta(days=1)}
    assert [row.calibrated_at for row in kept(desk, "other").values()] == [START]


def test_a_question_in_packs_of_two_certifications_is_kept_by_the_one_measured_last(desk):
    other = make_pack(make_questions(), blueprint=make_blueprint(id="other"), id="other-pack", fingerprint="other")
    desk.load(other)
    sit_exam(desk, "alice", [(0, True)])
    sit_exam(desk, "bob", [(0, True)], certification="other")
    calibrated(desk)
    calibrated(desk, "other")
    assert (set(kept(desk)), set(kept(desk, "other"))) == (set(), {VERSIONS[0]})


def test_what_was_measured_can_be_kept_in_another_transaction(desk):
    sit_exam(desk, "alice", [(0, True)])
    measured = desk.read(lambda session: measure(session, desk.catalogue, "tiny"))
    assert kept(desk) == {}
    desk.write(lambda session: keep_statistics(session, measured, now=START))
    assert set(kept(desk)) == {VERSIONS[0]}


def test_exams_are_examined_as_measurements(desk):
    few = desk.read(lambda session: examine_forms(session, "tiny"))
    assert (few.reliability.sittings, few.reliability.alpha, few.verdicts) == (0, None, None)
    assert few.cut == pytest.approx(0.7)
    a_class(desk, 60)
    practise(desk, "c0", [(0, True)], practice_id="p", given_at=START + timedelta(days=1))
    found = desk.read(lambda session: examine_forms(session, "tiny"))
    assert (found.reliability.sittings, found.reliability.length) == (60, 12)
    assert 0 < found.reliability.alpha < 1
    assert 0.05 < found.reliability.error < 0.2
    assert 0.5 < found.verdicts.consistency < 1
    assert found.verdicts.accuracy > found.verdicts.consistency


def test_an_unknown_certification_is_refused(desk):
    for reading in (lambda s: measure(s, desk.catalogue, "nope"), lambda s: examine_forms(s, "nope")):
        with pytest.raises(NotFound):
            desk.read(reading)


# -- What candidates are like -----------------------------------------------------------------------------------------


def learnt(desk, certification=None):
    return desk.read(lambda session: list_learnt_beliefs(session, certification))


def test_readiness_learns_from_candidates_who_came_back(desk):
    a_returning_class(desk, 30)
    done = calibrated(desk)
    assert (done.candidates, done.beliefs_learnt) == (30, True)
    beliefs = learnt(desk)["tiny"]
    assert learnt(desk, "tiny") == {"tiny": beliefs}
    assert learnt(desk, "other") == {}
    # They had nothing right the first time and everything two months later.
    assert beliefs.growth[3] > SHIPPED.growth[3]
    row = desk.read(lambda session: session.get(LearntBeliefsRow, "tiny"))
    assert (row.candidates, row.learned_at, row.document) == (30, START, to_document(beliefs))

    def assessed(session):
        one = assess_certification(session, desk.catalogue, "tiny", actor="c0", now=START + timedelta(days=60))
        (each,) = assess_all(session, desk.catalogue, actor="c0", now=START + timedelta(days=60))
        return one, each

    one, each = desk.read(assessed)
    for assessment in (one, each):
        assert assessment.beliefs == assessment.readiness.basis.posterior.beliefs == beliefs
    assert one.course()[-1].probability == pytest.approx(one.readiness.probability)
    assert one.course_with_intervals()[-1].probability == pytest.approx(one.readiness.probability)


def test_too_few_candidates_leave_the_shipped_beliefs(desk):
    a_returning_class(desk, 29)
    # They came once, or met nothing new the second time.
    sit_exam(desk, "once", [(0, True)])
    sit_exam(desk, "again", [(0, True)], attempt_id="again-1")
    sit_exam(desk, "again", [(0, True)], attempt_id="again-2", new=False, given_at=START + timedelta(days=1))
    done = calibrated(desk)
    assert (done.candidates, done.beliefs_learnt) == (29, False)
    assert learnt(desk) == {}
    found = desk.read(lambda s: assess_certification(s, desk.catalogue, "tiny", actor="c0", now=START))
    assert found.beliefs is found.readiness.basis.posterior.beliefs is SHIPPED


def test_an_exam_and_a_practice_session_are_two_sittings(desk, monkeypatch):
    monkeypatch.setattr(learning_beliefs, "FEWEST_CANDIDATES", 1)
    sit_exam(desk, "alice", [(0, True)])
    assert not calibrated(desk).beliefs_learnt
    practise(desk, "alice", [(1, True), (2, True)], practice_id="p", given_at=START + timedelta(days=1))
    assert calibrated(desk).beliefs_learnt


def test_those_who_sat_last_are_read_where_there_are_many(desk):
    for number in range(3):
        for sitting in range(2):
            later = START + timedelta(days=10 * number + sitting)
            circumstances = {"attempt_id": f"{number}-{sitting}", "new": sitting == 0, "given_at": later}
            sit_exam(desk, f"c{number}", [(sitting, True)], **circumstances)
    found = desk.read(lambda s: list(list_returning_candidates(s, "tiny", sittings=2, most=2)))
    assert found == ["c2", "c1"]
    assert desk.read(lambda s: list(list_returning_candidates(s, "tiny", sittings=3, most=2))) == []


def test_deleting_candidates_leaves_what_they_taught_together_until_it_is_learnt_anew(desk):
    a_returning_class(desk, 30)
    calibrated(desk)
    before = learnt(desk)
    desk.write(lambda session: delete_candidate(session, actor="c0"))
    assert learnt(desk) == before
    assert not calibrated(desk).beliefs_learnt
    assert learnt(desk) == {}


def test_learning_again_replaces_what_was_learnt(desk):
    a_returning_class(desk, 30)
    calibrated(desk)
    before = learnt(desk)["tiny"]
    a_returning_class(desk, 30, prefix="d")
    calibrated(desk, now=START + timedelta(days=1))
    after = desk.read(lambda session: session.get(LearntBeliefsRow, "tiny"))
    assert (after.candidates, after.learned_at) == (60, START + timedelta(days=1))
    assert learnt(desk)["tiny"].growth[3] > before.growth[3]


def test_beliefs_about_values_that_are_no_longer_assumed_are_left_aside(desk):
    document = to_document(SHIPPED)
    document["growth"][0][0] = 123.0
    row = {"certification_id": "tiny", "candidates": 30, "document": document, "learned_at": START}
    desk.write(lambda session: session.add(LearntBeliefsRow(**row)))
    assert learnt(desk) == {}
