"""Alice takes quick checks on both databases: what is asked, when it ends, and what stands in the way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sea import load, make_sea
from test_assessing_readiness import sit

from simulator.exam.errors import InvalidResponse, NotFound, NothingToPractise, QuestionHeld
from simulator.exam.practice import QUICK
from simulator.exam.quick_check import (
    BELOW,
    LEAST_ONE_SIDED,
    LEAST_QUESTIONS,
    LONGEST,
    MOST_QUESTIONS,
    RAN_OUT,
    SETTLED,
    known_side,
)
from simulator.operations import practising, quick_checking
from simulator.operations.practising import PracticeDraft
from simulator.operations.quick_checking import STOPPED
from simulator.operations.readiness import assess_certification
from simulator.store.queries.practice import list_practices


def with_enemies(pack, pairs):
    loaded = {one.question.id: one for one in pack.questions}
    for first, second in pairs:
        for one, other in ((first, second), (second, first)):
            loaded[one] = replace(loaded[one], enemies=loaded[one].enemies | {other})
    return replace(pack, questions=tuple(loaded.values()))


def start(desk, *, actor="alice", check_id="check", seed=1, certification="sea"):
    return desk.write(
        lambda s: quick_checking.start_check(
            s, desk.catalogue, certification, practice_id=check_id, seed=seed, actor=actor, now=desk.clock()
        )
    )


def answer(desk, clock, slot, response=(0,), *, check_id="check", actor="alice"):
    clock.advance(seconds=30)
    draft = PracticeDraft(response=list(response))
    return desk.write(
        lambda s: practising.answer_question(
            s, desk.catalogue, check_id, slot, draft, actor=actor, now=clock(), go_on=quick_checking.go_on
        )
    )


def take(desk, clock, right, *, check_id="check"):
    """Answer until the check is over; `right(slot)` says which are right. Return the check."""
    check = load(desk, check_id)
    while check.row.finished_at is None:
        slot = check.form.slots[-1]
        key = desk.right(slot)
        answer(desk, clock, slot.number, key if right(slot.number) else desk.wrong(slot), check_id=check_id)
        check = load(desk, check_id)
    return check


def outcome(desk, check_id="check", *, actor="alice"):
    return desk.read(lambda s: quick_checking.assess_check(s, desk.catalogue, check_id, actor=actor, now=desk.clock()))


def unseen(desk, *, actor="alice"):
    return desk.read(lambda s: quick_checking.count_unseen(s, desk.catalogue, "sea", actor=actor))


@pytest.fixture
def sea(desk):
    desk.load(make_sea())


@pytest.mark.usefixtures("sea")
def test_a_check_begins_with_one_question_and_grows_with_every_answer(desk, clock):
    assert start(desk) == "check"
    check = load(desk)
    assert check.row.kind == QUICK
    assert len(check.form.slots) == 1
    answer(desk, clock, 1)
    check = load(desk)
    assert [slot.number for slot in check.form.slots] == [1, 2]
    assert check.next_slot() == 2
    assert len({slot.question_id for slot in check.form.slots}) == 2
    assert outcome(desk).ending is None


@pytest.mark.usefixtures("sea")
def test_somebody_who_knows_everything_is_settled_early_and_ready(desk, clock):
    start(desk)
    check = take(desk, clock, lambda slot: True)
    assert LEAST_QUESTIONS <= len(check.responses) < MOST_QUESTIONS
    found = outcome(desk)
    assert found.ending == SETTLED
    assert found.after.readiness.probability > 0.8 > found.before.readiness.probability
    assert found.before.evidence == ()
    assert found.after.readiness.responses == len(check.responses)
    assert {slot.domain for slot in check.form.slots} == {"data", "modeling"}


@pytest.mark.usefixtures("sea")
def test_somebody_who_knows_nothing_is_told_so_after_a_few_questions(desk, clock):
    start(desk)
    check = take(desk, clock, lambda slot: False)
    assert len(check.responses) == LEAST_ONE_SIDED
    found = outcome(desk)
    assert found.ending == SETTLED
    assert known_side(found.after.readiness) == BELOW


@pytest.mark.usefixtures("sea")
def test_somebody_near_the_cut_is_asked_the_most_in_the_blueprints_proportions(desk, clock):
    start(desk)
    check = take(desk, clock, lambda slot: slot % 4 != 0)
    assert outcome(desk).ending == LONGEST
    assert len(check.responses) == MOST_QUESTIONS
    domains = [slot.domain for slot in check.form.slots]
    assert abs(domains.count("data") - 0.6 * MOST_QUESTIONS) <= 1


@pytest.mark.usefixtures("sea")
def test_the_same_seed_and_answers_ask_the_same_questions_and_another_seed_others(desk, clock):
    forms = []
    for actor, seed in (("alice", 5), ("bob", 5), ("carol", 6)):
        start(desk, actor=actor, check_id=actor, seed=seed)
        for slot in range(1, 7):
            answer(desk, clock, slot, check_id=actor, actor=actor)
        forms.append([slot.question_id for slot in load(desk, actor, actor=actor).form.slots])
    assert forms[0] == forms[1] != forms[2]


@pytest.mark.usefixtures("sea")
def test_sending_an_answer_again_neither_changes_it_nor_asks_one_more(desk, clock):
    start(desk)
    first = answer(desk, clock, 1, [0])
    before = load(desk)
    again = answer(desk, clock, 1, [0])
    other = answer(desk, clock, 1, [1])
    assert (first.repeated, again.repeated, other.repeated) == (False, False, True)
    assert load(desk).form == before.form
    assert load(desk).responses == before.responses


@pytest.mark.usefixtures("sea")
def test_two_tabs_that_answer_at_once_get_one_next_question(desk, clock):
    start(desk)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda choice: answer(desk, clock, 1, [choice]), range(4)))
    assert len(load(desk).form.slots) == 2
    assert len(load(desk).responses) == 1


@pytest.mark.usefixtures("sea")
def test_starting_again_goes_on_with_the_open_check_however_often_and_from_wherever(desk):
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda number: start(desk, check_id=f"check-{number}"), range(4)))
    assert len(set(ids)) == 1
    rows = desk.read(lambda s: list_practices(s, actor="alice", finished=False))
    assert [row.id for row in rows] == [ids[0]]
    assert start(desk, actor="bob", check_id="bobs") == "bobs"


@pytest.mark.usefixtures("sea")
def test_a_candidate_who_is_known_may_start_in_many_tabs_at_once_as_well(desk):
    for number in range(5):
        actor = f"candidate-{number}"
        desk.begin(attempt_id=f"attempt-{number}", actor=actor)
        tabs = Barrier(4)

        def open_tab(tab, actor=actor, tabs=tabs):
            tabs.wait(30)
            return start(desk, actor=actor, check_id=f"{actor}-{tab}")

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(open_tab, range(4)))) == 1


@pytest.mark.usefixtures("sea")
def test_a_check_asks_only_what_is_new_and_starts_from_what_is_known(desk, clock):
    start(desk)
    first = take(desk, clock, lambda slot: True)
    clock.advance(minutes=5)
    start(desk, check_id="second")
    second = take(desk, clock, lambda slot: True, check_id="second")
    asked = [{slot.question_id for slot in check.form.slots} for check in (first, second)]
    assert asked[0].isdisjoint(asked[1])
    # The estimate was narrow from the beginning: the least that a check asks is enough.
    assert len(asked[1]) == LEAST_QUESTIONS
    assert outcome(desk, "second").before.readiness.probability == pytest.approx(
        outcome(desk).after.readiness.probability, abs=0.01
    )


@pytest.mark.usefixtures("sea")
def test_the_result_stays_that_of_the_moment_when_the_check_ended(desk, clock):
    start(desk)
    take(desk, clock, lambda slot: True)
    then = outcome(desk).after.readiness
    clock.advance(days=3)
    start(desk, check_id="second")
    take(desk, clock, lambda slot: False, check_id="second")
    assert outcome(desk).after.readiness.probability == pytest.approx(then.probability)
    assert outcome(desk, "second").after.readiness.probability < then.probability


@pytest.mark.usefixtures("sea")
def test_a_check_that_is_stopped_counts_as_far_as_it_went(desk, clock):
    start(desk)
    for slot in (1, 2, 3):
        answer(desk, clock, slot)
    for _ in range(2):
        desk.write(lambda s: quick_checking.stop_check(s, "check", actor="alice", now=clock()))
    check = load(desk)
    assert [slot.number for slot in check.form.slots] == [1, 2, 3]
    assert outcome(desk).ending == STOPPED
    assert outcome(desk).after.readiness.responses == 3
    with pytest.raises(NotFound):
        answer(desk, clock, 4)


@pytest.mark.usefixtures("sea")
def test_a_check_that_was_ended_like_any_practice_asks_no_more(desk, clock):
    start(desk)
    desk.write(lambda s: practising.finish_practice(s, "check", actor="alice", now=clock()))
    answer(desk, clock, 1)
    assert len(load(desk).form.slots) == 1
    assert outcome(desk).ending == STOPPED


def test_a_bank_that_runs_out_ends_the_check_and_offers_no_other(desk, clock):
    desk.load(make_sea(count=5))
    start(desk)
    check = take(desk, clock, lambda slot: slot != 2)
    assert len(check.responses) == 5
    found = outcome(desk)
    assert found.ending == RAN_OUT
    assert found.run_out == ("data", "modeling")
    assert unseen(desk) == {"data": 0, "modeling": 0}
    assert unseen(desk, actor=None) == {"data": 3, "modeling": 2}
    with pytest.raises(NothingToPractise):
        start(desk, check_id="second")


def test_a_domain_that_runs_out_leaves_its_turn_to_the_others(desk, clock):
    pack = make_sea(count=60)
    few = [one for one in pack.questions if one.question.domain == "data" or one.question.id == "sea-03"]
    desk.load(replace(pack, questions=tuple(few)))
    start(desk)
    check = take(desk, clock, lambda slot: slot % 4 != 0)
    domains = [slot.domain for slot in check.form.slots]
    assert len(domains) == MOST_QUESTIONS
    assert domains.count("modeling") == 1
    assert outcome(desk).run_out == ("modeling",)


def test_enemies_never_meet_and_shared_texts_are_left_out(desk, clock):
    pack = make_sea(count=30)
    pack = with_enemies(pack, [(f"sea-{number:02}", f"sea-{number + 1:02}") for number in range(0, 30, 2)])
    grouped = {f"sea-{number:02}" for number in range(5)}
    questions = tuple(
        replace(one, question=replace(one.question, stimulus_id="s", stimulus="Text."))
        if one.question.id in grouped
        else one
        for one in pack.questions
    )
    desk.load(replace(pack, questions=questions))
    start(desk)
    check = take(desk, clock, lambda slot: slot % 4 != 0)
    asked = {int(slot.question_id[-2:]) for slot in check.form.slots}
    assert len({number // 2 for number in asked}) == len(asked) == 13
    assert all(f"sea-{number:02}" not in grouped for number in asked)
    assert outcome(desk).ending == RAN_OUT


@pytest.mark.usefixtures("sea")
def test_a_question_on_an_open_exam_is_neither_asked_nor_answered_and_can_be_replaced(desk, clock):
    start(desk)
    held_back = load(desk).form.slots[0].question_id
    desk.begin(certification="sea")
    on_exam = {slot.question_id for slot in desk.form().slots}
    assert held_back in on_exam
    with pytest.raises(QuestionHeld):
        answer(desk, clock, 1)
    desk.write(lambda s: quick_checking.replace_question(s, desk.catalogue, "check", actor="alice", now=clock()))
    check = load(desk)
    assert len(check.form.slots) == 1
    assert check.form.slots[0].question_id not in on_exam


@pytest.mark.usefixtures("sea")
def test_a_question_that_practice_has_shown_meanwhile_is_replaced_and_one_that_is_new_is_not(desk, clock):
    start(desk)
    question_id = load(desk).form.slots[0].question_id

    def replace_it():
        desk.write(lambda s: quick_checking.replace_question(s, desk.catalogue, "check", actor="alice", now=clock()))
        return load(desk).form.slots[0].question_id

    def spent():
        return desk.read(lambda s: quick_checking.is_spent(s, desk.catalogue, "sea", question_id, actor="alice"))

    assert not spent()
    assert replace_it() == question_id
    desk.write(
        lambda s: practising.start_practice(
            s,
            desk.catalogue,
            "sea",
            kind="practice",
            criteria={},
            question_ids=[question_id],
            practice_id="practice",
            seed=1,
            actor="alice",
            now=clock(),
        )
    )
    desk.write(
        lambda s: practising.answer_question(
            s, desk.catalogue, "practice", 1, PracticeDraft(response=[0]), actor="alice", now=clock()
        )
    )
    assert spent()
    assert replace_it() != question_id
    answer(desk, clock, 1)
    before = load(desk).form
    desk.write(lambda s: quick_checking.stop_check(s, "check", actor="alice", now=clock()))
    after = load(desk).form
    assert replace_it() == before.slots[0].question_id
    assert load(desk).form == after


@pytest.mark.usefixtures("sea")
def test_evidence_from_exams_counts_from_the_start(desk, clock):
    sit(desk, clock, right=60, certification="sea")
    clock.advance(days=1)
    known = desk.read(lambda s: assess_certification(s, desk.catalogue, "sea", actor="alice", now=clock()))
    start(desk)
    found = outcome(desk)
    assert found.before.readiness.probability == pytest.approx(known.readiness.probability)
    seen = {slot.question_id for slot in desk.form().slots}
    assert load(desk).form.slots[0].question_id not in seen


@pytest.mark.usefixtures("sea")
def test_what_is_not_hers_or_makes_no_sense_is_refused(desk, clock):
    start(desk)
    with pytest.raises(NotFound):
        start(desk, certification="moon")
    with pytest.raises(NotFound):
        answer(desk, clock, 1, actor="bob")
    with pytest.raises(NotFound):
        outcome(desk, actor="bob")
    for work in (
        lambda s: quick_checking.stop_check(s, "check", actor="bob", now=clock()),
        lambda s: quick_checking.replace_question(s, desk.catalogue, "check", actor="bob", now=clock()),
    ):
        with pytest.raises(NotFound):
            desk.write(work)
    with pytest.raises(NotFound):
        desk.read(lambda s: quick_checking.count_unseen(s, desk.catalogue, "moon", actor=None))
    for response in ([], [0, 1], [9], "A"):
        with pytest.raises(InvalidResponse):
            answer(desk, clock, 1, response)
    assert load(desk).responses == {}
