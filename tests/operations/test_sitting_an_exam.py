"""The life of an attempt, as alice lives it."""

from datetime import timedelta

import pytest
from clock import START
from factories import make_blueprint, make_pack, make_questions
from sqlmodel import select

from simulator.exam.attempt import BY_CANDIDATE, BY_DEADLINE, CLOSED, GRADED, OPEN
from simulator.exam.blueprint import PassMark
from simulator.exam.errors import (
    AnswerTooLate,
    AttemptClosed,
    AttemptNotClosed,
    BankTooSmall,
    InvalidResponse,
    NotFound,
    StaleEpoch,
)
from simulator.exam.timing import GRACE, LATE_DELIVERY
from simulator.operations import sitting
from simulator.store.queries.attempts import OPERATOR, load_answers, load_graded
from simulator.store.tables import AttemptRow

MOMENT = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)


def saved(desk, attempt_id="attempt"):
    return {slot: list(answer.response) for slot, answer in desk.read(lambda s: load_answers(s, attempt_id)).items()}


# Starting.


def test_an_attempt_starts_with_a_whole_form_and_the_blueprints_time(desk):
    desk.begin(seed=42)
    attempt = desk.attempt()
    assert (attempt.state, attempt.epoch, attempt.candidate_id) == (OPEN, 0, "alice")
    assert (attempt.started_at, attempt.deadline_at) == (START, START + HOUR)
    assert attempt.pass_mark == 730
    form = desk.form()
    assert form.seed == 42
    assert [slot.number for slot in form.slots] == [1, 2, 3, 4, 5, 6]
    assert saved(desk) == {}


@pytest.mark.parametrize(
    ("accommodation", "minutes"), [("none", 60), ("plus-30", 90), ("x1.25", 75), ("x1.5", 90), ("x2", 120)]
)
def test_an_accommodation_moves_the_deadline(desk, accommodation, minutes):
    desk.begin(accommodation=accommodation)
    attempt = desk.attempt()
    assert attempt.deadline_at == START + timedelta(minutes=minutes)
    assert attempt.accommodation == accommodation


def test_starting_again_while_an_attempt_is_open_gives_that_one(desk, clock):
    desk.begin(attempt_id="first")
    clock.advance(minutes=5)
    assert desk.begin(attempt_id="second", seed=2, accommodation="x2") == "first"
    assert desk.attempt("first").deadline_at == START + HOUR
    assert len(desk.history()) == 1


def test_bobs_open_attempt_is_nothing_to_alice(desk):
    assert desk.begin(actor="bob", attempt_id="bobs") == "bobs"
    assert desk.begin(attempt_id="alices") == "alices"


def test_after_the_deadline_a_new_attempt_starts_and_the_old_one_is_closed_by_it(desk, clock):
    desk.begin(attempt_id="first")
    clock.advance(hours=1)
    assert desk.begin(attempt_id="second", seed=2) == "second"
    first = desk.attempt("first")
    assert (first.state, first.closed_by, first.closed_at) == (CLOSED, BY_DEADLINE, START + HOUR)


def test_the_second_form_has_the_questions_that_the_first_one_had_not(desk, clock):
    desk.begin(attempt_id="first", seed=1)
    desk.submit("first")
    clock.advance(days=1)
    desk.begin(attempt_id="second", seed=1)
    first, second = ({slot.question_id for slot in desk.form(name).slots} for name in ("first", "second"))
    assert first.isdisjoint(second)
    desk.submit("second")
    clock.advance(days=1)
    desk.begin(attempt_id="third", seed=1)
    assert {slot.question_id for slot in desk.form("third").slots} == first


def test_what_bob_has_seen_does_not_change_alices_form(desk):
    desk.begin(actor="bob", attempt_id="bobs", seed=5)
    desk.begin(attempt_id="alices", seed=5)
    assert desk.form("bobs", actor="bob") == desk.form("alices")


def test_an_unknown_certification_cannot_be_started(desk):
    with pytest.raises(NotFound):
        desk.begin(certification="cooking")


def test_a_bank_that_is_too_small_starts_nothing(desk):
    desk.load(make_pack(make_questions()[:5]))
    with pytest.raises(BankTooSmall, match="modeling needs 2 and has 0"):
        desk.begin()
    assert desk.history() == []


def test_an_assumed_pass_mark_may_be_chosen(desk):
    desk.begin(pass_percent=80)
    assert desk.attempt().pass_mark == 820


def test_a_published_pass_mark_may_not(desk):
    published = PassMark(750, "published", "The vendor's.")
    desk.load(make_pack(blueprint=make_blueprint(pass_mark=published), fingerprint="published"))
    desk.begin(pass_percent=60)
    assert desk.attempt().pass_mark == 750


# Holding and saving.


def test_alice_answers_and_changes_her_mind(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    first = desk.save(1, [2], sequence=1, epoch=epoch)
    assert (first.sequence, first.saved_at, first.remaining_ms, first.late) == (1, START, 3_600_000, False)
    clock.advance(minutes=1)
    second = desk.save(1, [0], sequence=2, epoch=epoch)
    assert (second.sequence, second.saved_at, second.remaining_ms) == (2, START + timedelta(minutes=1), 3_540_000)
    desk.save(2, [], sequence=3, epoch=epoch)
    assert saved(desk) == {1: [0], 2: []}


def test_the_first_complete_response_is_kept_through_all_changes_up_to_the_grade(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    slots = desk.form().slots
    single = next(slot for slot in slots if len(desk.right(slot)) == 1)
    double = next(slot for slot in slots if len(desk.right(slot)) == 2)
    wrong_pair = [place for place in range(5) if place not in desk.right(double)][:2]
    for sequence, (slot, response) in enumerate(
        [
            (single, []),
            (single, desk.wrong(single)),
            (single, desk.right(single)),
            (double, wrong_pair[:1]),
            (double, wrong_pair),
            (double, wrong_pair[:1]),
            (double, desk.right(double)),
        ],
        start=1,
    ):
        desk.save(slot.number, response, sequence=sequence, epoch=epoch)
    answers = desk.read(lambda session: load_answers(session, "attempt"))
    assert answers[single.number].first_response == tuple(desk.wrong(single))
    assert answers[double.number].first_response == tuple(wrong_pair)
    desk.submit()
    report = desk.report()
    stored = {reviewed.slot.number: reviewed.graded.first_response for reviewed in report.slots}
    assert stored[single.number] == tuple(single.option_order[place] for place in desk.wrong(single))
    assert stored[double.number] == tuple(sorted(double.option_order[place] for place in wrong_pair))
    assert sum(first is None for first in stored.values()) == len(slots) - 2
    assert report.coaching.changes.to_right == tuple(sorted((single.number, double.number)))


def test_the_same_save_twice_is_one_save(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    first = desk.save(1, [2], sequence=1, epoch=epoch)
    clock.advance(seconds=10)
    again = desk.save(1, [2], sequence=1, epoch=epoch)
    assert (again.sequence, again.saved_at, again.late) == (first.sequence, first.saved_at, first.late)
    assert again.remaining_ms == first.remaining_ms - 10_000


def test_saves_that_overtake_each_other_leave_the_newest(desk):
    desk.begin()
    epoch = desk.hold().epoch
    desk.save(1, [3], sequence=5, epoch=epoch)
    overtaken = desk.save(1, [1], sequence=4, epoch=epoch)
    assert overtaken.sequence == 5
    assert saved(desk) == {1: [3]}


def test_a_second_tab_takes_over_with_everything_and_the_first_one_goes_stale(desk, clock):
    desk.begin()
    first = desk.hold()
    assert (first.epoch, first.sequence, first.current_slot, first.answers) == (1, 0, 1, {})
    desk.save(4, [1], sequence=1, epoch=1, flagged=True, confidence="guess", struck=[2, 0], spent_ms=9_000)
    desk.save(2, [0], sequence=2, epoch=1)
    clock.advance(minutes=3)
    second = desk.hold()
    assert (second.epoch, second.sequence, second.current_slot) == (2, 2, 2)
    assert second.remaining_ms == 57 * 60 * 1000
    kept = second.answers[4]
    assert (kept.response, kept.flagged, kept.confidence, kept.struck, kept.spent_ms) == (
        (1,),
        True,
        "guess",
        (0, 2),
        9_000,
    )
    with pytest.raises(StaleEpoch, match="epoch 2"):
        desk.save(2, [3], sequence=3, epoch=1)
    desk.save(2, [1], sequence=3, epoch=2)
    assert saved(desk) == {4: [1], 2: [1]}


@pytest.mark.parametrize(
    ("slot", "response", "marks"),
    [
        (1, "A", {}),
        (1, [9], {}),
        (1, None, {}),
        (1, [0], {"struck": "0"}),
        (1, [0], {"struck": [9]}),
        (1, [0], {"struck": [True]}),
        (1, [0], {"struck": None}),
    ],
)
def test_a_malformed_answer_is_refused_with_a_reason_and_changes_nothing(desk, slot, response, marks):
    desk.begin()
    epoch = desk.hold().epoch
    desk.save(1, [1], sequence=1, epoch=epoch)
    with pytest.raises(InvalidResponse, match=r"\w+"):
        desk.save(slot, response, sequence=2, epoch=epoch, **marks)
    assert saved(desk) == {1: [1]}


@pytest.mark.parametrize("slot", [0, 7, -1, 10**12])
def test_a_slot_that_the_form_does_not_have_is_not_found(desk, slot):
    desk.begin()
    epoch = desk.hold().epoch
    with pytest.raises(NotFound):
        desk.save(slot, [0], sequence=1, epoch=epoch)


def test_bob_finds_none_of_alices_attempt(desk):
    desk.begin()
    epoch = desk.hold().epoch
    for act in (
        lambda: desk.hold(actor="bob"),
        lambda: desk.save(1, [0], sequence=1, epoch=epoch, actor="bob"),
        lambda: desk.close(actor="bob"),
        lambda: desk.grade(actor="bob"),
        lambda: desk.report(actor="bob"),
        lambda: desk.attempt(actor="bob"),
    ):
        with pytest.raises(NotFound):
            act()
    assert desk.history(actor="bob") == []
    assert desk.attempt().state == OPEN
    assert desk.attempt().epoch == 1


# The deadline.


def test_a_save_on_its_way_at_the_deadline_still_counts_and_is_not_late(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    clock.advance(hours=1)
    clock.now += GRACE
    outcome = desk.save(1, [2], sequence=1, epoch=epoch)
    assert (outcome.remaining_ms, outcome.late) == (0, False)
    assert desk.save(1, [2], sequence=1, epoch=epoch).late is False


def test_an_answer_made_in_time_and_delivered_hours_later_counts_and_is_marked_late(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    clock.advance(hours=5)
    outcome = desk.save(1, [2], sequence=1, epoch=epoch, age_ms=4 * 3_600_000 + 60_000)
    assert outcome.late
    assert desk.save(1, [2], sequence=1, epoch=epoch, age_ms=4 * 3_600_000 + 60_000).late
    desk.submit()
    assert desk.report().late_answers == 1
    assert desk.report().slots[0].graded.answered


def test_an_answer_made_after_the_deadline_is_refused(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    clock.advance(hours=1)
    clock.now += GRACE + MOMENT
    with pytest.raises(AnswerTooLate, match="after the time had run out"):
        desk.save(1, [2], sequence=1, epoch=epoch)
    assert saved(desk) == {}


def test_a_change_made_after_the_deadline_leaves_what_was_answered_in_time(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    desk.save(1, [2], sequence=1, epoch=epoch)
    clock.advance(hours=2)
    with pytest.raises(AnswerTooLate):
        desk.save(1, [3], sequence=2, epoch=epoch)
    assert desk.save(2, [0], sequence=3, epoch=epoch, age_ms=5_000_000).late
    assert saved(desk) == {1: [2], 2: [0]}


def test_an_answer_is_never_older_than_its_attempt(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    desk.save(1, [2], sequence=1, epoch=epoch, age_ms=7 * 24 * 3_600_000)
    assert desk.read(lambda s: load_answers(s, "attempt"))[1].made_at == START


def test_a_tab_that_comes_back_after_the_deadline_can_still_hold_the_attempt_to_deliver(desk, clock):
    desk.begin()
    desk.hold()
    clock.advance(hours=2)
    desk.close()
    held = desk.hold()
    assert (held.epoch, held.remaining_ms) == (2, 0)
    assert desk.save(1, [2], sequence=1, epoch=2, age_ms=7_000_000).late


# The end.


def test_submitting_closes_the_attempt_for_good(desk, clock):
    desk.begin()
    epoch = desk.hold().epoch
    desk.save(1, [2], sequence=1, epoch=epoch)
    clock.advance(minutes=10)
    desk.close()
    attempt = desk.attempt()
    assert (attempt.state, attempt.closed_by, attempt.closed_at) == (
        CLOSED,
        BY_CANDIDATE,
        START + timedelta(minutes=10),
    )
    with pytest.raises(AttemptClosed, match="submitted"):
        desk.save(1, [0], sequence=2, epoch=epoch)
    with pytest.raises(AttemptClosed):
        desk.hold()
    desk.grade()
    for act in (lambda: desk.save(1, [0], sequence=2, epoch=epoch), desk.hold):
        with pytest.raises(AttemptClosed):
            act()
    assert saved(desk) == {1: [2]}


def test_closing_and_grading_twice_change_nothing(desk, clock):
    desk.begin()
    clock.advance(minutes=10)
    desk.submit()
    before = desk.attempt()
    clock.advance(minutes=10)
    desk.close()
    assert desk.grade() == []
    after = desk.attempt()
    assert (after.state, after.closed_at, after.graded_at) == (GRADED, before.closed_at, before.graded_at)
    assert len(desk.read(lambda s: load_graded(s, "attempt"))) == 6


def test_an_open_attempt_is_not_graded(desk):
    desk.begin()
    with pytest.raises(AttemptNotClosed):
        desk.grade()
    with pytest.raises(AttemptNotClosed):
        desk.report()
    assert desk.attempt().state == OPEN


def test_when_grading_fails_the_submission_stands_and_grading_can_be_done_again(desk, monkeypatch):
    desk.begin()
    epoch = desk.hold().epoch
    desk.save(1, desk.right(desk.form().slots[0]), sequence=1, epoch=epoch)
    with monkeypatch.context() as broken:
        broken.setattr(sitting, "_store_graded", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.submit()
    attempt = desk.attempt()
    assert (attempt.state, attempt.closed_by, attempt.graded_at) == (CLOSED, BY_CANDIDATE, None)
    assert desk.read(lambda s: load_graded(s, "attempt")) == []
    with pytest.raises(AttemptClosed):
        desk.save(1, [0], sequence=2, epoch=epoch)
    desk.grade()
    assert desk.attempt().state == GRADED
    assert desk.report().slots[0].graded.credit == 1.0


def test_the_operator_may_grade_for_anybody(desk, clock):
    desk.begin()
    clock.advance(hours=2)
    desk.close(actor=OPERATOR)
    assert len(desk.grade(actor=OPERATOR)) == 6
    assert desk.report(actor=OPERATOR).attempt.candidate_id == "alice"


def test_every_attempt_scoped_row_names_its_attempt(desk):
    desk.begin(attempt_id="first")
    assert desk.read(lambda s: s.exec(select(AttemptRow.id)).all()) == ["first"]
    assert LATE_DELIVERY > GRACE
