"""Taking everything along, and leaving nothing behind."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from clock import START
from sqlalchemy import JSON, func, select
from sqlmodel import SQLModel

from simulator.exam.attempt import GRADED
from simulator.exam.errors import NotFound
from simulator.operations.accounts import admit_candidate
from simulator.operations.my_data import delete_candidate, export_candidate, find_kept, list_missed
from simulator.operations.real_results import RealResult, record_result
from simulator.store.queries.my_data import count_owned, owned_tables, stream_responses

# What belongs to the installation, not to a candidate. A new table is in this list, or has a column that leads to its
# candidate; then it is deleted with them, and the export must have it.
SHARED = {"pack", "certification", "question", "question_version", "item_statistics", "learnt_beliefs"}
EXPORTED = {
    "attempt",
    "answer",
    "graded_response",
    "practice",
    "practice_response",
    "question_report",
    "real_result",
    "assumed_cut",
}


def values(table, owner: str) -> dict[str, Any]:
    """Return a row of a table that belongs to a candidate, with something in every column."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name in ("id", "candidate_id", "attempt_id", "practice_id"):
            row[column.name] = owner
        elif isinstance(column.type, JSON) or column.type.__class__.__name__ == "JSONB":
            row[column.name] = {"slots": [], "seed": 1}
        elif column.name in ("response", "struck", "first_response"):
            row[column.name] = "[]"
        elif column.name == "state":
            row[column.name] = GRADED
        else:
            kind = getattr(column.type, "impl", column.type).python_type
            samples = {str: "x", int: 1, float: 0.5, bool: True, dt.datetime: START, dt.date: START.date()}
            row[column.name] = samples[kind]
    return row


@pytest.fixture
def everywhere(desk):
    """Alice and bob, each with a row in every table that holds rows of candidates."""

    def fill(session):
        for owner in ("alice", "bob"):
            session.execute(SQLModel.metadata.tables["candidate"].insert().values(id=owner, created_at=START))
            for table, _ in owned_tables():
                session.execute(table.insert().values(values(table, owner)))

    desk.write(fill)
    return desk


def test_every_table_belongs_to_the_installation_or_leads_to_a_candidate():
    owned = {table.name for table, _ in owned_tables()}
    assert owned | SHARED | {"candidate"} == set(SQLModel.metadata.tables)
    assert owned & SHARED == set()
    assert owned == EXPORTED


def counts(desk, actor):
    return desk.read(lambda s: count_owned(s, actor=actor))


def test_deleting_a_candidate_leaves_no_row_of_theirs_and_every_row_of_others(everywhere):
    desk = everywhere
    before = {name: total(desk, table) for name, table in SQLModel.metadata.tables.items()}
    assert set(counts(desk, "alice").values()) == {1}
    desk.write(lambda s: delete_candidate(s, actor="alice"))
    assert set(counts(desk, "alice").values()) == {0}
    assert set(counts(desk, "bob").values()) == {1}
    assert desk.read(lambda s: find_kept(s, actor="alice")) is None
    after = {name: total(desk, table) for name, table in SQLModel.metadata.tables.items()}
    assert {name for name in before if before[name] - after[name] == 1} == EXPORTED | {"candidate"}
    assert all(before[name] == after[name] for name in SHARED)
    desk.write(lambda s: delete_candidate(s, actor="alice"))


def total(desk, table):
    return desk.read(lambda s: s.execute(select(func.count()).select_from(table)).scalar_one())


def exported(desk, *, actor="alice") -> dict[str, Any]:
    def read(session):
        parts = export_candidate(session, actor=actor, now=desk.clock())
        return {name: value if isinstance(value, str | int | dict) else list(value) for name, value in parts}

    return desk.read(read)


def test_the_export_has_every_column_of_every_row_but_for_the_vendors_blueprint(everywhere):
    document = exported(everywhere)
    json.dumps(document)
    assert document["candidate"] == {"id": "alice", "created_at": START.isoformat()}
    (attempt,), (practice,) = document["attempts"], document["practice"]
    found = {
        "attempt": set(attempt) | {"candidate_id", "blueprint"},
        "answer": set(attempt["answers"][0]) | {"attempt_id"},
        "graded_response": set(attempt["graded_responses"][0]) | {"attempt_id", "candidate_id"},
        "practice": set(practice) | {"candidate_id"},
        "practice_response": set(practice["responses"][0]) | {"practice_id", "candidate_id"},
        "question_report": set(document["question_reports"][0]) | {"candidate_id"},
        "real_result": set(document["real_results"][0]) | {"candidate_id"},
        "assumed_cut": set(document["assumed_cuts"][0]) | {"candidate_id"},
    }
    for name, columns in found.items():
        assert set(SQLModel.metadata.tables[name].c.keys()) <= columns, name


def answer(desk, attempt_id="attempt", *, wrong=(1, 2)):
    epoch = desk.hold(attempt_id).epoch
    for slot in desk.form(attempt_id).slots:
        response = desk.wrong(slot) if slot.number in wrong else desk.right(slot)
        desk.save(slot.number, response, sequence=slot.number, epoch=epoch, attempt_id=attempt_id, spent_ms=2_500)


def test_of_an_open_exam_the_export_has_the_candidates_own_answers_only(desk, clock):
    desk.begin()
    answer(desk)
    for close in (lambda: None, desk.close):
        close()
        (attempt,) = exported(desk)["attempts"]
        assert len(attempt["answers"]) == 6
        text = json.dumps(attempt)
        assert "graded_responses" not in attempt
        assert "form" not in attempt
        for secret in ("correct", "scaled_score", "passed"):
            assert attempt[secret] is None
        for tells in ("credit", "scored", "seed", "option_order", "Rationale", "tiny-pack/"):
            assert tells not in text
    desk.grade()
    (attempt,) = exported(desk)["attempts"]
    assert [response["credit"] for response in attempt["graded_responses"]] == [0, 0, 1, 1, 1, 1]
    assert len(attempt["form"]) == 6


def test_nobody_exports_others_and_nobody_exports_nothing(everywhere):
    document = exported(everywhere, actor="bob")
    assert "alice" not in json.dumps(document)
    with pytest.raises(NotFound):
        exported(everywhere, actor="mallory")


def test_all_responses_come_as_lines_in_order_of_time(desk, clock):
    desk.begin()
    answer(desk)
    clock.advance(minutes=5)
    desk.submit()
    lines = desk.read(lambda s: list(stream_responses(s, actor="alice")))
    assert [(line.slot, line.credit) for line in lines] == [(1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 1)]
    assert {line.given_at for line in lines} == {clock()}
    assert {(line.source, line.kind, line.certification) for line in lines} == {("exam", "full", "tiny")}
    assert lines[0].seconds == 2.5
    assert desk.read(lambda s: list(stream_responses(s, actor="bob"))) == []


def test_the_deck_has_missed_questions_but_none_that_an_open_exam_asks(desk, clock):
    def missed():
        decks = desk.read(lambda s: list_missed(s, desk.catalogue, actor="alice"))
        return {question_id for deck in decks for question_id in deck.questions}

    assert missed() == set()
    desk.begin()
    answer(desk)
    assert missed() == set()
    desk.submit()
    wrong = {slot.question_id for slot in desk.form().slots[:2]}
    assert missed() == wrong
    (deck,) = desk.read(lambda s: list_missed(s, desk.catalogue, actor="alice"))
    assert deck.title == "Tiny Certification"
    # Another exam takes the rest of the bank, and a third one asks some of the missed questions again.
    desk.begin(attempt_id="second", seed=2)
    answer(desk, "second", wrong=range(1, 7))
    desk.submit("second")
    everything = missed()
    desk.begin(attempt_id="third", seed=4)
    asked = {slot.question_id for slot in desk.form("third").slots}
    assert asked & everything
    assert missed() == everything - asked


def test_a_deleted_candidates_open_room_finds_nothing(desk):
    desk.begin()
    epoch = desk.hold().epoch
    slot = desk.form().slots[0]
    right = desk.right(slot)
    desk.save(1, right, sequence=1, epoch=epoch)
    desk.write(lambda s: delete_candidate(s, actor="alice"))
    with pytest.raises(NotFound):
        desk.save(1, right, sequence=2, epoch=epoch)
    with pytest.raises(NotFound):
        desk.hold()
    desk.begin(attempt_id="afresh")
    assert desk.attempt("afresh").state == "open"


@pytest.mark.parametrize("place", range(5))
def test_what_is_saved_while_a_candidate_is_deleted_is_refused_or_deleted(desk, place):
    desk.begin()
    epoch = desk.hold().epoch
    acts = [lambda slot=slot: desk.save(slot, [0], sequence=slot, epoch=epoch) for slot in range(1, 5)]
    acts.insert(place, lambda: desk.write(lambda s: delete_candidate(s, actor="alice")))
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(30)
        try:
            act()
        except NotFound as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))
    assert set(counts(desk, "alice").values()) == {0}
    assert {total(desk, SQLModel.metadata.tables[name]) for name in EXPORTED} == {0}


def test_a_candidate_who_begins_while_being_deleted_is_somebody_or_nobody_but_no_error(desk):
    def tell(session):
        admit_candidate(session, "alice", now=desk.clock())
        result = RealResult(START.date(), passed=True)
        record_result(session, "tiny", result, prediction=None, actor="alice", now=desk.clock())

    for number in range(10):
        desk.begin(attempt_id=f"before-{number}")
        barrier = Barrier(3)
        acts = (
            lambda: desk.write(lambda s: delete_candidate(s, actor="alice")),
            lambda number=number: desk.begin(attempt_id=f"after-{number}"),
            lambda: desk.write(tell),
        )

        def run(act, barrier=barrier):
            barrier.wait(30)
            act()

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(run, acts))
        desk.write(lambda s: delete_candidate(s, actor="alice"))
        assert set(counts(desk, "alice").values()) == {0}
