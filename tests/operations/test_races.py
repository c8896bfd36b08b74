"""What happens at the same moment: whatever the order, an acknowledged answer is in the grade."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from simulator.exam.blueprint import KINDS
from simulator.exam.errors import AttemptClosed, StaleEpoch
from simulator.store.queries.attempts import load_answers, load_graded

ROUNDS = 30


@pytest.fixture
def pool():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def together(pool, *acts):
    """Run all acts at once and return their outcomes, or the errors that the exam's rules allow."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(30)
        try:
            return act()
        except (AttemptClosed, StaleEpoch) as error:
            return error

    return [future.result(60) for future in [pool.submit(run, act) for act in acts]]


def test_a_save_that_was_acknowledged_while_the_exam_was_submitted_is_graded(desk, pool):
    acknowledged = 0
    for number in range(ROUNDS):
        attempt_id = f"attempt-{number}"
        desk.begin(attempt_id=attempt_id, seed=number)
        epoch = desk.hold(attempt_id).epoch
        saves = [
            lambda slot=slot: desk.save(slot, [slot % 3], sequence=slot, epoch=epoch, attempt_id=attempt_id)  # noqa: B023
            for slot in range(1, 6)
        ]
        # Different numbers of saves before the submission move the moment at which it comes.
        place = number % 6
        acts = [*saves[:place], lambda: desk.submit(attempt_id), *saves[place:]]  # noqa: B023
        outcomes = together(pool, *acts)
        del outcomes[place]
        graded = desk.read(lambda s: load_graded(s, attempt_id))  # noqa: B023
        assert len(graded) == 6
        stored = desk.read(lambda s: load_answers(s, attempt_id))  # noqa: B023
        for slot, outcome in enumerate(outcomes, start=1):
            was_saved = not isinstance(outcome, AttemptClosed)
            acknowledged += was_saved
            assert graded[slot - 1].answered is was_saved
            assert (slot in stored) is was_saved
    assert acknowledged > 0


def test_pressing_begin_many_times_at_once_starts_one_attempt(desk, pool):
    desk.begin(attempt_id="earlier", seed=99)
    desk.submit("earlier")
    for number in range(5):
        acts = [
            lambda press=press: desk.begin(attempt_id=f"attempt-{number}-{press}", seed=press)  # noqa: B023
            for press in range(6)
        ]
        started = set(together(pool, *acts))
        assert len(started) == 1
        desk.submit(started.pop())
    assert len(desk.history()) == 6


def test_beginning_a_full_and_a_short_exam_at_once_gives_them_no_question_in_common(desk, pool):
    for number in range(5):
        acts = [lambda kind=kind: desk.begin(attempt_id=f"{kind}-{number}", kind=kind, seed=7) for kind in KINDS]  # noqa: B023
        full, short = ({slot.question_id for slot in desk.form(name).slots} for name in together(pool, *acts))
        assert full.isdisjoint(short)
        for kind in KINDS:
            desk.submit(f"{kind}-{number}")


def test_submitting_many_times_at_once_grades_once(desk, pool):
    for number in range(5):
        attempt_id = f"attempt-{number}"
        desk.begin(attempt_id=attempt_id, seed=number)
        together(pool, *[lambda: desk.submit(attempt_id)] * 5)  # noqa: B023
        assert len(desk.read(lambda s: load_graded(s, attempt_id))) == 6  # noqa: B023


def test_tabs_that_take_over_at_once_get_different_epochs_and_the_last_one_holds(desk, pool):
    desk.begin()
    epochs = [held.epoch for held in together(pool, *[desk.hold] * 8)]
    assert sorted(epochs) == list(range(1, 9))
    desk.save(1, [0], sequence=1, epoch=8)


def test_saves_of_one_slot_that_race_leave_the_highest_sequence(desk, pool):
    desk.begin()
    epoch = desk.hold().epoch
    for start in range(1, 60, 6):
        saves = [
            lambda sequence=sequence: desk.save(1, [sequence % 3], sequence=sequence, epoch=epoch)
            for sequence in range(start, start + 6)
        ]
        outcomes = together(pool, *saves)
        assert max(outcome.sequence for outcome in outcomes) == start + 5
        stored = desk.read(lambda s: load_answers(s, "attempt"))[1]
        assert (stored.sequence, stored.response) == (start + 5, ((start + 5) % 3,))


def test_a_candidate_known_to_nobody_yet_may_come_through_two_doors_at_once(desk, pool):
    for number in range(10):
        actor = f"newcomer-{number}"
        acts = [
            lambda door=door: desk.begin(actor=actor, attempt_id=f"{actor}-{door}")  # noqa: B023
            for door in "ab"
        ]
        assert len(set(together(pool, *acts))) == 1
