"""What is due for review, from exams and practice, as far as the bank has it."""

from datetime import timedelta

import pytest
from factories import make_pack, make_questions

from simulator.exam.errors import NotFound
from simulator.operations.practising import PracticeDraft, answer_question, start_practice
from simulator.operations.reviewing import due_questions, plan_reviews


def plan(desk, *, actor="alice"):
    return desk.read(lambda s: plan_reviews(s, desk.catalogue, actor=actor, now=desk.clock()))


def due(desk, *, certification="tiny", actor="alice"):
    return desk.read(lambda s: due_questions(s, desk.catalogue, certification, actor=actor, now=desk.clock()))


def sit(desk, *, attempt_id="attempt", seed=1):
    """Sit an exam: slots 1 and 2 wrong, 3 a right guess, 4 right, 5 opened and left blank, 6 never opened."""
    desk.begin(attempt_id=attempt_id, seed=seed)
    epoch = desk.hold(attempt_id).epoch
    slots = desk.form(attempt_id).slots
    given = [desk.wrong(slots[0]), desk.wrong(slots[1]), desk.right(slots[2]), desk.right(slots[3]), []]
    for slot, response in zip(slots, given, strict=False):
        marks = {"confidence": "guess"} if slot.number == 3 else {}
        desk.save(
            slot.number, response, sequence=slot.number, epoch=epoch, attempt_id=attempt_id, spent_ms=9_000, **marks
        )
    desk.submit(attempt_id)
    return [slot.question_id for slot in slots]


def answer_due(desk, *, right, practice_id="p1"):
    questions = due(desk)
    desk.write(
        lambda s: (
            start_practice(
                s,
                desk.catalogue,
                "tiny",
                kind="due",
                criteria={},
                question_ids=questions,
                practice_id=practice_id,
                seed=1,
                actor="alice",
                now=desk.clock(),
            ).id
        )
    )

    def answer(session):
        from simulator.operations.practising import load_practice

        for slot in load_practice(session, desk.catalogue, practice_id, actor="alice").form.slots:
            response = desk.right(slot) if right else desk.wrong(slot) * len(desk.right(slot))
            draft = PracticeDraft(response if right else [], gave_up=not right, spent_ms=1)
            answer_question(session, desk.catalogue, practice_id, slot.number, draft, actor="alice", now=desk.clock())

    desk.write(answer)
    return questions


def test_nothing_is_due_for_somebody_who_answered_nothing(desk):
    empty = plan(desk)
    assert (empty.due, empty.scheduled, empty.streak, empty.certifications) == (0, 0, 0, ())
    assert due(desk) == []


def test_missed_and_guessed_questions_come_back_the_next_day(desk, clock):
    questions = sit(desk)
    today = plan(desk)
    assert (today.due, today.scheduled, today.streak, today.answered_today) == (0, 4, 1, 4)
    assert today.certifications[0].next_on == clock().date() + timedelta(days=1)
    assert today.forecast[1] == (clock().date() + timedelta(days=1), 4)
    clock.advance(hours=15)
    assert set(due(desk)) == {questions[n] for n in (0, 1, 2, 4)}
    assert plan(desk).due == 4
    assert [r.question_id for r in plan(desk).certifications[0].due] == due(desk)


def test_reviewing_moves_them_away_and_missing_them_again_brings_them_back_tomorrow(desk, clock):
    sit(desk)
    clock.advance(days=1)
    answer_due(desk, right=True)
    assert due(desk) == []
    later = plan(desk).certifications[0].next_on
    assert later > clock().date() + timedelta(days=1)
    clock.now = clock().replace(hour=0) + (later - clock().date())
    reviewed = answer_due(desk, right=False, practice_id="p2")
    assert due(desk) == []
    clock.advance(days=1)
    assert set(reviewed) <= set(due(desk))


def test_a_question_on_an_open_exam_waits_until_it_is_submitted(desk, clock):
    for number in (1, 2):
        sit(desk, attempt_id=f"exam-{number}", seed=number)
    clock.advance(days=1)
    before = set(due(desk))
    # The two exams took the whole bank, so that a third one asks again.
    desk.begin(attempt_id="third", seed=9)
    asked = {slot.question_id for slot in desk.form("third").slots}
    waiting = plan(desk).certifications[0]
    assert set(due(desk)) == {review.question_id for review in waiting.due} == before - asked
    assert waiting.held == len(before & asked) > 0
    assert plan(desk).forecast[0] == (clock().date(), len(waiting.due))
    desk.submit("third")
    assert plan(desk).certifications[0].held == 0


def test_a_question_that_left_the_bank_is_not_due(desk, clock):
    missed = sit(desk)[0]
    clock.advance(days=1)
    assert missed in due(desk)
    desk.load(make_pack([q for q in make_questions() if f"tiny-pack/{q.id}" != missed], version="2.0.0"))
    assert missed not in due(desk)
    assert plan(desk).scheduled == 3


def test_nobody_reviews_what_others_missed(desk, clock):
    sit(desk)
    clock.advance(days=1)
    assert due(desk, actor="bob") == []
    assert plan(desk, actor="bob").scheduled == 0


def test_an_unknown_certification_has_no_reviews(desk):
    with pytest.raises(NotFound):
        due(desk, certification="none")
