"""The statement that saves an answer decides by itself whether it may: each of its conditions, one by one."""

from datetime import timedelta

import pytest
from clock import START
from sqlmodel import Session

from simulator.exam.attempt import BY_CANDIDATE, BY_DEADLINE, CLOSED, GRADED, OPEN
from simulator.exam.timing import GRACE
from simulator.store.answers import upsert_answer
from simulator.store.queries.attempts import load_answers
from simulator.store.tables import AttemptRow, CandidateRow

DEADLINE = START + timedelta(hours=1)
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def attempt(session: Session) -> AttemptRow:
    """Alice's open attempt, held by the tab of epoch 3."""
    session.add_all(CandidateRow(id=name, created_at=START) for name in ("alice", "bob"))
    session.flush()
    attempt = AttemptRow(
        id="attempt",
        candidate_id="alice",
        certification_id="tiny",
        state=OPEN,
        epoch=3,
        started_at=START,
        deadline_at=DEADLINE,
        accommodation="none",
        pass_mark=730,
        form={"seed": 1, "slots": []},
        blueprint={},
    )
    session.add(attempt)
    session.flush()
    return attempt


def save(session, *, now=START, made_at=None, **changes) -> bool:
    values = {
        "attempt_id": "attempt",
        "candidate_id": "alice",
        "epoch": 3,
        "slot": 7,
        "sequence": 1,
        "response": "[2]",
        "struck": "[0, 1]",
        "flagged": True,
        "confidence": "unsure",
        "spent_ms": 61_000,
        "first_response": None,
    }
    return upsert_answer(session, values | changes, now=now, made_at=made_at or now)


def test_an_answer_is_kept_with_all_its_marks(session, attempt):
    assert save(session, now=START + MOMENT, made_at=START)
    (answer,) = load_answers(session, "attempt").values()
    assert (answer.slot, answer.response, answer.struck, answer.flagged) == (7, (2,), (0, 1), True)
    assert (answer.confidence, answer.spent_ms, answer.sequence) == ("unsure", 61_000, 1)
    assert (answer.saved_at, answer.made_at, answer.late) == (START + MOMENT, START, False)


def test_a_newer_sequence_replaces_all_of_the_answer(session, attempt):
    save(session)
    assert save(
        session,
        sequence=2,
        response="[]",
        struck="[]",
        flagged=False,
        confidence=None,
        spent_ms=70_000,
        now=START + MOMENT,
    )
    (answer,) = load_answers(session, "attempt").values()
    assert (answer.response, answer.struck, answer.flagged, answer.confidence) == ((), (), False, None)
    assert (answer.spent_ms, answer.sequence, answer.saved_at) == (70_000, 2, START + MOMENT)


def test_the_first_response_stays_whatever_follows(session, attempt):
    def first():
        return load_answers(session, "attempt")[7].first_response

    save(session, response="[]")
    assert first() is None
    save(session, sequence=2, response="[2]", first_response="[2]")
    assert first() == (2,)
    for sequence, response in enumerate(("[1]", None, "[]"), start=3):
        save(session, sequence=sequence, response=response or "[]", first_response=response)
        assert first() == (2,)


def test_a_save_that_comes_too_late_leaves_no_first_response(session, attempt):
    save(session, sequence=5, response="[]")
    assert not save(session, sequence=4, response="[1]", first_response="[1]")
    assert load_answers(session, "attempt")[7].first_response is None


@pytest.mark.parametrize("sequence", [1, 4, 5])
def test_the_same_or_an_older_sequence_changes_nothing(session, attempt, sequence):
    save(session, sequence=5)
    assert not save(session, sequence=sequence, response="[0]")
    assert load_answers(session, "attempt")[7].response == (2,)


def test_another_slot_has_sequences_of_its_own(session, attempt):
    assert save(session, sequence=5)
    assert save(session, sequence=4, slot=8)
    assert load_answers(session, "attempt").keys() == {7, 8}


def test_an_attempt_that_does_not_exist_takes_nothing(session, attempt):
    assert not save(session, attempt_id="another")


def test_bob_cannot_save_into_alices_attempt(session, attempt):
    assert not save(session, candidate_id="bob")
    assert load_answers(session, "attempt") == {}


@pytest.mark.parametrize("epoch", [2, 4])
def test_a_tab_that_does_not_hold_the_attempt_saves_nothing(session, attempt, epoch):
    assert not save(session, epoch=epoch)


@pytest.mark.parametrize(
    ("state", "closed_by", "saved"),
    [
        (OPEN, None, True),
        (CLOSED, BY_DEADLINE, True),
        (CLOSED, BY_CANDIDATE, False),
        (GRADED, BY_DEADLINE, False),
        (GRADED, BY_CANDIDATE, False),
    ],
)
def test_what_was_submitted_or_graded_takes_no_more(session, attempt, state, closed_by, saved):
    attempt.state, attempt.closed_by = state, closed_by
    session.flush()
    assert save(session) is saved


@pytest.mark.parametrize(
    ("made_at", "saved"),
    [
        (DEADLINE - MOMENT, True),
        (DEADLINE, True),
        (DEADLINE + GRACE, True),
        (DEADLINE + GRACE + MOMENT, False),
        (DEADLINE + timedelta(days=1), False),
    ],
)
def test_an_answer_counts_when_it_was_made_by_the_deadline_and_its_grace(session, attempt, made_at, saved):
    assert save(session, now=DEADLINE + timedelta(days=1), made_at=made_at) is saved


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (DEADLINE - MOMENT, False),
        (DEADLINE + GRACE, False),
        (DEADLINE + GRACE + MOMENT, True),
        (DEADLINE + timedelta(hours=20), True),
    ],
)
def test_an_answer_made_in_time_and_delivered_after_the_grace_is_marked_late(session, attempt, now, late):
    assert save(session, now=now, made_at=DEADLINE - timedelta(minutes=5))
    assert load_answers(session, "attempt")[7].late is late


@pytest.mark.parametrize(("response", "late"), [("[2]", False), ("[1]", True)])
def test_an_answer_that_was_saved_in_time_is_late_only_if_it_says_something_else(session, attempt, response, late):
    in_time, afterwards = DEADLINE - timedelta(minutes=5), DEADLINE + timedelta(hours=1)
    assert save(session, now=in_time, response="[2]", sequence=1)
    assert save(session, now=afterwards, made_at=in_time, response=response, sequence=2, spent_ms=90_000)
    answer = load_answers(session, "attempt")[7]
    assert (answer.late, answer.spent_ms) == (late, 90_000)
