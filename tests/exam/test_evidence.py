"""Which responses show ability, and which show memory as well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from factories import make_evidence

from simulator.exam.evidence import FROM_PRACTICE, split_by_exposure

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
RESPONSE = make_evidence(given_at=MONDAY)


def test_the_second_answer_to_a_question_is_told_apart_from_the_first():
    again = replace(RESPONSE, given_at=MONDAY + timedelta(days=3), credit=1.0, source=FROM_PRACTICE)
    other = replace(RESPONSE, question_id="tiny-pack/q2", given_at=MONDAY + timedelta(days=1))
    assert split_by_exposure([again, other, RESPONSE]) == ([RESPONSE, other], [again])


def test_a_question_that_was_left_out_was_seen_all_the_same():
    omitted = replace(RESPONSE, answered=False)
    later = replace(RESPONSE, given_at=MONDAY + timedelta(hours=1), credit=1.0)
    assert split_by_exposure([later, omitted]) == ([omitted], [later])


def test_a_new_version_of_a_question_is_no_new_question():
    reworded = replace(RESPONSE, version="v2", given_at=MONDAY + timedelta(hours=1))
    assert split_by_exposure([RESPONSE, reworded]) == ([RESPONSE], [reworded])
