"""Grading a form: displayed option numbers, the author's key."""

from datetime import UTC, datetime

from factories import make_question

from simulator.exam.attempt import Answer
from simulator.exam.form import Form, Slot
from simulator.exam.grading import grade_form

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

SINGLE = make_question("single", keys=(2,))
DOUBLE = make_question("double", keys=(0, 3), options=5, domain="modeling", task="2.1")
FORM = Form(
    seed=1,
    slots=(
        Slot(1, "pack/single", "v1", "data", True, (3, 2, 1, 0)),
        Slot(2, "pack/double", "v2", "modeling", False, (4, 3, 2, 1, 0)),
    ),
)
QUESTIONS = {"v1": SINGLE, "v2": DOUBLE}


def answer(slot, response, **changes):
    fields = {"flagged": False, "confidence": None, "struck": (), "spent_ms": 0, "sequence": 1, "late": False}
    return Answer(slot=slot, response=response, saved_at=NOW, made_at=NOW, **(fields | changes))


def test_the_option_chosen_as_displayed_is_graded_as_the_author_numbered_it():
    # Displayed 1 is the author's 2, the key; displayed 1 and 4 are the author's 3 and 0, the keys.
    first, second = grade_form(FORM, QUESTIONS, {1: answer(1, (1,)), 2: answer(2, (1, 4))})
    assert (first.credit, first.response) == (1.0, (2,))
    assert (second.credit, second.response) == (1.0, (0, 3))


def test_the_keys_number_itself_is_wrong_when_another_option_stands_there():
    first, _ = grade_form(FORM, QUESTIONS, {1: answer(1, (2,))})
    assert (first.credit, first.answered, first.response) == (0.0, True, (1,))


def test_the_first_response_is_kept_in_the_authors_numbering():
    answers = {1: answer(1, (1,), first_response=(0,)), 2: answer(2, (), first_response=(1, 4))}
    first, second = grade_form(FORM, QUESTIONS, answers)
    assert (first.response, first.first_response) == ((2,), (3,))
    assert (second.answered, second.response, second.first_response) == (False, (), (0, 3))
    assert [graded.first_response for graded in grade_form(FORM, QUESTIONS, {1: answer(1, (1,))})] == [None, None]


def test_half_of_the_keys_earn_nothing():
    _, second = grade_form(FORM, QUESTIONS, {2: answer(2, (1,))})
    assert second.credit == 0.0
    assert second.answered


def test_a_slot_never_opened_and_one_left_empty_earn_nothing_and_count_as_unanswered():
    seen = answer(2, (), flagged=True, confidence="guess", spent_ms=5000)
    first, second = grade_form(FORM, QUESTIONS, {2: seen})
    assert (first.answered, first.credit, first.confidence, first.flagged, first.spent_ms) == (
        False,
        0.0,
        None,
        False,
        0,
    )
    assert (second.answered, second.credit, second.confidence, second.flagged, second.spent_ms) == (
        False,
        0.0,
        "guess",
        True,
        5000,
    )


def test_a_graded_response_knows_where_it_belongs():
    first, second = grade_form(FORM, QUESTIONS, {})
    assert (first.slot, first.question_id, first.version, first.domain, first.task, first.scored) == (
        1,
        "pack/single",
        "v1",
        "data",
        "1.1",
        True,
    )
    assert (second.slot, second.domain, second.task, second.scored) == (2, "modeling", "2.1", False)
