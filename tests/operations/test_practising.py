"""Practice sessions on both databases: the first response stands, whoever else is asking, however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from factories import make_pack, make_question, make_questions

from simulator.exam import practice
from simulator.exam.errors import InvalidResponse, NotFound, NothingToPractise, QuestionHeld
from simulator.exam.practice import Criteria
from simulator.exam.question import RETIRED
from simulator.operations import practising
from simulator.operations.accounts import admit_candidate
from simulator.operations.practising import PracticeDraft
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.practice import (
    count_practised,
    get_practice,
    is_flagged,
    list_practices,
)

FIRST_SIX = tuple(f"tiny-pack/q{number:02}" for number in range(6))


class Table:
    """Where alice practises."""

    def __init__(self, desk):
        self.desk = desk

    def start(self, ids=FIRST_SIX, *, practice_id="p", actor="alice", kind=practice.PRACTICE, **options):
        def work(session):
            admit_candidate(session, actor, now=self.desk.clock())
            return practising.start_practice(
                session,
                self.desk.catalogue,
                options.get("certification", "tiny"),
                kind=kind,
                criteria={},
                question_ids=ids,
                practice_id=practice_id,
                seed=options.get("seed", 1),
                actor=actor,
                now=self.desk.clock(),
                pace_seconds=options.get("pace_seconds"),
            ).id

        return self.desk.write(work)

    def load(self, practice_id="p", *, actor="alice"):
        return self.desk.read(lambda s: practising.load_practice(s, self.desk.catalogue, practice_id, actor=actor))

    def answer(self, slot, response=(), *, practice_id="p", actor="alice", go_on=None, **marks):
        draft = PracticeDraft(list(response) if isinstance(response, tuple) else response, **marks)
        return self.desk.write(
            lambda s: practising.answer_question(
                s, self.desk.catalogue, practice_id, slot, draft, actor=actor, now=self.desk.clock(), go_on=go_on
            )
        )

    def right(self, slot):
        return self.desk.right(self.load().form.slots[slot - 1])

    def wrong(self, slot):
        return self.desk.wrong(self.load().form.slots[slot - 1])

    def append(self, question_id, *, after, practice_id="p", actor="alice"):
        return self.desk.write(
            lambda s: practising.append_slot(s, self.desk.catalogue, practice_id, question_id, after=after, actor=actor)
        )

    def evidence(self, actor="alice"):
        return self.desk.read(lambda s: list_evidence(s, self.desk.catalogue, actor=actor))

    def offer(self, actor="alice", **criteria):
        return self.desk.read(
            lambda s: practising.offer_practice(s, self.desk.catalogue, "tiny", Criteria(**criteria), actor=actor)
        )


@pytest.fixture
def table(desk):
    return Table(desk)


def complete(table, slot):
    """Return some response to a slot that can be graded and is wrong."""
    key = table.right(slot)
    return key[1:] + table.wrong(slot) if len(key) > 1 else table.wrong(slot)


def test_a_session_asks_the_questions_it_was_started_with_in_their_order(table):
    table.start(reversed(FIRST_SIX), pace_seconds=90)
    session = table.load()
    assert [slot.question_id for slot in session.form.slots] == list(reversed(FIRST_SIX))
    assert (session.row.kind, session.row.pace_seconds, session.row.finished_at) == ("practice", 90, None)
    assert session.next_slot() == 1
    assert session.question(1).id == "q05"


def test_a_response_is_graded_at_once_and_becomes_evidence(table, clock):
    table.start()
    clock.advance(minutes=3)
    feedback = table.answer(1, table.right(1), confidence="guess", flagged=True, spent_ms=4_000)
    assert (feedback.graded.credit, feedback.graded.answered, feedback.repeated) == (1.0, True, False)
    assert feedback.question.takeaway == "Takeaway of q00."
    (evidence,) = table.evidence()
    assert (evidence.question_id, evidence.source, evidence.sitting_id) == ("tiny-pack/q00", "practice", "p")
    assert (evidence.credit, evidence.confidence, evidence.flagged, evidence.spent_ms) == (1.0, "guess", True, 4_000)
    assert evidence.given_at == clock()
    assert table.load().next_slot(after=1) == 2


def test_the_first_response_stands_and_repeating_it_says_the_same(table, clock):
    table.start()
    first = table.answer(2, complete(table, 2), spent_ms=1_000)
    clock.advance(seconds=5)
    again = table.answer(2, complete(table, 2), spent_ms=9_000)
    assert again == first
    other = table.answer(2, table.right(2))
    assert (other.graded, other.repeated) == (first.graded, True)
    assert table.answer(2, []).repeated
    assert [response.spent_ms for response in table.evidence()] == [1_000]


def test_who_gives_up_sees_the_key_and_earns_nothing(table):
    table.start()
    feedback = table.answer(1, table.right(1), gave_up=True)
    assert (feedback.graded.answered, feedback.graded.credit, feedback.graded.response) == (False, 0.0, ())


@pytest.mark.parametrize("response", [[], [0, 1], [9], [-1], ["0"], "0", None, {"0": 1}, [True]])
def test_a_response_that_cannot_be_graded_is_refused_and_nothing_is_stored(table, response):
    table.start()
    assert len(table.right(1)) == 1
    with pytest.raises(InvalidResponse):
        table.answer(1, response)
    assert table.load().responses == {}


def test_a_question_with_several_keys_needs_as_many_choices(table):
    table.start()
    several = next(slot for slot in range(1, 7) if len(table.right(slot)) == 2)
    with pytest.raises(InvalidResponse):
        table.answer(several, table.right(several)[:1])
    assert table.answer(several, table.right(several)).graded.credit == 1.0


@pytest.mark.parametrize("slot", [0, -1, 7, 10**6])
def test_there_is_no_question_outside_of_the_form(table, slot):
    table.start()
    with pytest.raises(NotFound):
        table.answer(slot, [0])
    with pytest.raises(NotFound):
        table.load().slot(slot)


def test_nobody_finds_what_others_practise(table, desk):
    table.start()
    table.answer(1, complete(table, 1))
    for act in (
        lambda: table.load(actor="bob"),
        lambda: table.answer(2, [0], actor="bob"),
        lambda: table.append(FIRST_SIX[0], after=6, actor="bob"),
        lambda: desk.write(lambda s: practising.finish_practice(s, "p", actor="bob", now=desk.clock())),
        lambda: desk.write(lambda s: practising.flag_response(s, "p", 1, flagged=True, actor="bob")),
        lambda: table.load("unknown"),
    ):
        with pytest.raises(NotFound):
            act()
    assert desk.read(lambda s: list_practices(s, actor="bob", finished=False)) == []


def test_a_session_ends_with_its_last_response_or_when_it_is_ended(table, desk, clock):
    table.start(FIRST_SIX[:2])
    table.start(FIRST_SIX[2:], practice_id="other")
    for slot in (2, 1):
        assert table.load().row.finished_at is None
        clock.advance(minutes=1)
        table.answer(slot, complete(table, slot))
    assert table.load().row.finished_at == clock()
    assert table.load().next_slot() is None

    def end():
        desk.write(lambda s: practising.finish_practice(s, "other", actor="alice", now=clock()))
        return table.load("other").row.finished_at

    ended = end()
    clock.advance(minutes=1)
    assert end() == ended
    # What was left may still be answered: nothing is ever closed in practice.
    table.answer(1, gave_up=True, practice_id="other")
    assert table.load("other").row.finished_at == ended


def test_sessions_are_listed_by_whether_they_go_on_with_how_far_they_are(table, desk, clock):
    for number in range(3):
        table.start(practice_id=f"p{number}", kind=practice.DUE if number == 2 else practice.PRACTICE)
        clock.advance(minutes=1)
    desk.write(lambda s: practising.finish_practice(s, "p0", actor="alice", now=clock()))

    def listed(**options):
        return [row.id for row in desk.read(lambda s: list_practices(s, actor="alice", **options))]

    assert listed(finished=False) == ["p2", "p1"]
    assert listed(finished=False, kind=practice.PRACTICE) == ["p1"]
    assert listed(finished=False, limit=1) == ["p2"]
    assert listed(finished=True) == ["p0"]
    table.answer(1, table.desk.right(table.load("p1").form.slots[0]), practice_id="p1")
    table.answer(2, gave_up=True, practice_id="p1")
    assert desk.read(lambda s: count_practised(s, ["p1", "p2"])) == {"p1": (2, 1.0)}


def test_a_session_cannot_be_started_with_nothing(table):
    with pytest.raises(NothingToPractise):
        table.start([])
    with pytest.raises(NothingToPractise):
        table.start(["tiny-pack/unknown"])
    with pytest.raises(NotFound):
        table.start(certification="unknown")
    table.start([FIRST_SIX[0], "tiny-pack/unknown", FIRST_SIX[0]])
    assert len(table.load().form.slots) == 1


def test_a_question_that_was_changed_or_retired_since_is_still_what_the_session_showed(table, desk):
    table.start()
    changed = [make_question("q00", keys=(1,), wording=" anew"), *make_questions()[1:]]
    desk.load(make_pack(changed, status=RETIRED))
    session = table.load()
    assert session.question(1).scenario == "Scenario of q00."
    assert table.answer(1, table.right(1)).graded.credit == 1.0
    with pytest.raises(NothingToPractise):
        table.start(practice_id="later")


def test_an_open_exam_holds_its_questions_back_until_its_report_may_be_read(table, desk):
    table.start(tuple(f"tiny-pack/q{number:02}" for number in range(12)))
    desk.begin()
    on_exam = {slot.question_id for slot in desk.form().slots}
    session = table.load()
    held = {slot.number for slot in session.form.slots if slot.question_id in on_exam}
    assert session.held == held
    assert session.next_slot() == min(set(range(1, 13)) - held)
    with pytest.raises(QuestionHeld):
        table.answer(min(held), complete(table, min(held)))
    offer = table.offer()
    assert {entry.question_id for entry in offer.matches}.isdisjoint(on_exam)
    assert (len(offer.matches), offer.held, offer.pools["all"]) == (6, 6, 6)
    desk.close()
    assert table.load().held == held
    desk.grade()
    assert table.load().held == frozenset()
    assert table.offer().held == 0
    table.answer(min(held), complete(table, min(held)))


def test_practice_is_drawn_from_what_fits(table, desk):
    def draw(**criteria):
        return desk.read(
            lambda s: practising.draw_practice(s, desk.catalogue, "tiny", Criteria(**criteria), seed=4, actor="alice")
        )

    assert draw(count=5) == draw(count=5)
    assert len(draw(count=50)) == 12
    assert draw(pool=practice.MISSED) == []
    table.start()
    table.answer(1, complete(table, 1))
    table.answer(2, table.right(2))
    assert draw(pool=practice.MISSED) == [FIRST_SIX[0]]
    assert set(draw(pool=practice.UNSEEN, count=50)).isdisjoint(FIRST_SIX[:2])
    assert table.offer(actor=None).pools["unseen"] == 12
    with pytest.raises(NotFound):
        desk.read(lambda s: practising.offer_practice(s, desk.catalogue, "unknown", Criteria(), actor=None))


def test_exams_prefer_questions_that_practice_has_not_shown(table, desk):
    table.start(tuple(f"tiny-pack/q{number:02}" for number in (0, 1, 2, 3, 8, 9)))
    for slot in range(1, 7):
        table.answer(slot, gave_up=True)
    for seed in range(5):
        desk.begin(attempt_id=f"a{seed}", seed=seed, actor="alice" if seed == 0 else f"fresh{seed}")
    drawn = {slot.question_id for slot in desk.form("a0").slots}
    assert drawn == {f"tiny-pack/q{number:02}" for number in (4, 5, 6, 7, 10, 11)}


def test_a_flag_stays_with_the_question_until_it_is_taken_off(table, desk, clock):
    def flagged():
        return desk.read(lambda s: is_flagged(s, FIRST_SIX[0], actor="alice"))

    def flag(on, slot=1):
        desk.write(lambda s: practising.flag_response(s, "p", slot, flagged=on, actor="alice"))

    assert not flagged()
    table.start()
    with pytest.raises(NotFound):
        flag(True)
    table.answer(1, complete(table, 1), flagged=True)
    assert flagged()
    flag(False)
    assert not flagged()
    flag(True)
    assert flagged()


def test_the_latest_mark_counts_whether_it_was_made_in_an_exam_or_in_practice(table, desk, clock):
    desk.begin()
    slot = desk.form().slots[0]
    desk.save(1, [], sequence=1, epoch=desk.hold().epoch, flagged=True)
    desk.submit()

    def flagged(actor="alice"):
        return desk.read(lambda s: is_flagged(s, slot.question_id, actor=actor))

    assert flagged()
    assert not flagged(actor="bob")
    clock.advance(hours=1)
    table.start([slot.question_id])
    assert flagged()
    table.answer(1, complete(table, 1))
    assert not flagged()


def test_a_session_grows_question_by_question(table, desk):
    table.start(FIRST_SIX[:1], kind=practice.QUICK)
    asked = []

    def go_on(session, catalogue, practice_id, actor, now):
        asked.append(now)
        count = len(practising.load_practice(session, catalogue, practice_id, actor=actor).form.slots)
        if count < 3:
            practising.append_slot(session, catalogue, practice_id, FIRST_SIX[count], after=count, actor=actor)
        else:
            practising.finish_practice(session, practice_id, actor=actor, now=now)

    for slot in (1, 2, 3):
        assert table.load().row.finished_at is None
        table.answer(slot, complete(table, slot), go_on=go_on)
        # A response that is repeated asks for no further question.
        table.answer(slot, complete(table, slot), go_on=go_on)
    session = table.load()
    assert [slot.question_id for slot in session.form.slots] == list(FIRST_SIX[:3])
    assert session.row.finished_at == desk.clock()
    assert len(asked) == 3
    assert session.form == practice.make_form(
        [desk.read(lambda s: desk.catalogue.bank(s, "tiny")).unit_of[i].entries[0] for i in FIRST_SIX[:3]], seed=1
    )


def test_what_goes_wrong_while_going_on_takes_the_response_with_it(table):
    table.start(FIRST_SIX[:1], kind=practice.QUICK)

    def go_on(session, catalogue, practice_id, actor, now):
        practising.append_slot(session, catalogue, practice_id, "tiny-pack/unknown", after=1, actor=actor)

    with pytest.raises(NotFound):
        table.answer(1, complete(table, 1), go_on=go_on)
    assert table.load().responses == {}


def test_a_question_is_appended_once_behind_the_last_one(table):
    table.start(FIRST_SIX[:1], kind=practice.QUICK)
    first = table.append(FIRST_SIX[1], after=1)
    assert (first.number, first.question_id) == (2, FIRST_SIX[1])
    assert table.append(FIRST_SIX[2], after=1) == first
    with pytest.raises(NotFound):
        table.append(FIRST_SIX[2], after=3)
    assert len(table.load().form.slots) == 2


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def together(pool, *acts):
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(30)
        return act()

    return [future.result(60) for future in [pool.submit(run, act) for act in acts]]


def test_two_tabs_that_answer_at_once_get_one_and_the_same_feedback(table, pool):
    for number in range(8):
        table.start(practice_id="p" if number == 0 else f"p{number}", seed=1)
        practice_id = "p" if number == 0 else f"p{number}"
        one, two = table.right(1), complete(table, 1)
        acts = [
            lambda response=response: table.answer(1, response, practice_id=practice_id)  # noqa: B023
            for response in (one, two, one, two)
        ]
        outcomes = together(pool, *acts)
        assert len({outcome.graded for outcome in outcomes}) == 1
        assert sorted(outcome.repeated for outcome in outcomes) == [False, False, True, True]
        assert len(table.load(practice_id).responses) == 1


def test_last_responses_that_race_finish_the_session(table, pool):
    for number in range(5):
        table.start(FIRST_SIX[:4], practice_id=f"p{number}")
        acts = [
            lambda slot=slot: table.answer(slot, gave_up=True, practice_id=f"p{number}")  # noqa: B023
            for slot in range(1, 5)
        ]
        together(pool, *acts)
        assert table.load(f"p{number}").row.finished_at is not None


def test_appending_at_once_puts_one_question(table, pool):
    for number in range(5):
        table.start(FIRST_SIX[:1], practice_id=f"p{number}", kind=practice.QUICK)
        acts = [
            lambda question_id=question_id: table.append(question_id, after=1, practice_id=f"p{number}")  # noqa: B023
            for question_id in FIRST_SIX[1:5]
        ]
        assert len(set(together(pool, *acts))) == 1
        assert len(table.load(f"p{number}").form.slots) == 2


def test_a_full_and_a_short_exam_may_be_open_at_once_but_not_two_of_a_kind(desk):
    full = desk.begin(attempt_id="full")
    short = desk.begin(attempt_id="short", kind="short")
    assert (full, short) == ("full", "short")
    assert desk.begin(attempt_id="another", kind="short") == "short"
    assert desk.begin(attempt_id="another") == "full"
    assert desk.attempt("short").kind == "short"


def test_the_kind_of_practice_is_not_lost(table, desk, clock):
    table.start(kind=practice.DUE)
    row = desk.read(lambda s: get_practice(s, "p", actor="alice"))
    assert (row.kind, row.started_at) == ("due", clock())
    assert clock.advance(seconds=1) - row.started_at == timedelta(seconds=1)
