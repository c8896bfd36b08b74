"""What candidates may report."""

from simulator.exam.question_reports import LONGEST_COMMENT, MOST_A_DAY, OPEN, OTHER, REASONS, RESOLVED, STATUSES


def test_every_reason_has_words_of_its_own_and_the_open_one_comes_last():
    assert len(set(REASONS.values())) == len(REASONS) == 5
    assert list(REASONS)[-1] == OTHER


def test_the_limits_are_those_that_the_pages_name():
    assert (LONGEST_COMMENT, MOST_A_DAY) == (2000, 200)
    assert STATUSES == (OPEN, RESOLVED)
