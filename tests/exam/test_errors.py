"""Errors carry facts."""

from simulator.exam.errors import BankTooSmall, InvalidResult, NotFound, Shortage, SimulatorError, TooManyReports


def test_a_missing_thing_is_named():
    error = NotFound("attempt", "x")
    assert (error.kind, error.identifier, str(error)) == ("attempt", "x", "there is no attempt 'x'")


def test_a_bank_that_is_too_small_says_by_how_much():
    error = BankTooSmall("tiny", [Shortage("data", 4, 3), Shortage("modeling", 2, 0)])
    assert error.shortages == (Shortage("data", 4, 3), Shortage("modeling", 2, 0))
    assert str(error) == (
        "the bank of tiny is too small for one form: data needs 4 and has 3, modeling needs 2 and has 0"
    )
    assert isinstance(error, SimulatorError)


def test_a_result_that_cannot_be_names_its_field():
    error = InvalidResult("score", "Scores run from 100 to 1000.")
    assert (error.field, str(error)) == ("score", "Scores run from 100 to 1000.")


def test_too_many_reports_say_how_many_a_day_takes():
    assert "200 problems today" in str(TooManyReports(200))
