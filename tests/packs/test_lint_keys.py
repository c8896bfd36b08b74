"""Over a bank, the places and the lengths of the keys give them away, or don't."""

import pytest

from simulator.packs.lint.chance import chi_square_of, chi_square_p, two_sided_p
from tests.packs.lint_desk import found, look, put, question


def bank(count, key_at, longest=lambda n: False, size=4):
    questions = []
    for number in range(count):
        key = key_at(number)
        options = [f"Plan {number}{letter}" for letter in "abcde"[:size]]
        if longest(number):
            options[key] += " now"
        questions.append(question(number, options=options, keys=(key,)))
    return questions


@pytest.mark.parametrize(
    ("key_at", "longest", "expected"),
    [
        (lambda n: n % 4, lambda n: n % 4 == 1, set()),
        (lambda n: 0, lambda n: False, {"key-positions-uneven"}),
        (lambda n: n % 3, lambda n: False, {"key-positions-uneven"}),
        (lambda n: n % 4, lambda n: n % 2 == 0, {"key-often-longest"}),
        (lambda n: n % 4, lambda n: n % 5 < 2, set()),
    ],
)
def test_keys_that_give_themselves_away_are_counted(write, key_at, longest, expected):
    assert {p.code for p in found(write, *bank(60, key_at, longest))} == expected


def test_the_numbers_are_in_the_findings(write):
    longest, uneven = found(write, *bank(60, lambda n: 0, lambda n: True))
    assert longest.message.startswith(
        "the key is the longest option in 60 of 60 single-choice questions with four options (100%; chance gives about "
        "25%, 40% is the limit)"
    )
    assert "60 questions with 4 options (1: 60, 2: 0, 3: 0, 4: 0; even would be about 15 each; " in uneven.message
    assert "chi-square 180.0, df 3, p 8.8e-39" in uneven.message


def test_a_short_pack_is_let_alone(write):
    assert found(write, *bank(19, lambda n: 0, lambda n: True)) == []


def test_the_numbers_can_be_had_when_all_is_well(write):
    linted = look(put(write, *bank(40, lambda n: n % 4), *bank(0, lambda n: 0)))
    keys = linted.packs[0].keys
    assert keys is not None
    assert [(row.total, row.options, row.chi_square, row.p) for row in keys.positions] == [(40, 4, 0.0, 1.0)]
    assert (keys.longest, keys.of_four_options, keys.single_choice) == (0, 40, 40)


@pytest.mark.parametrize(
    ("statistic", "degrees", "p"),
    [
        # Upper percentage points, Abramowitz & Stegun 1964, table 26.8.
        (3.84146, 1, 0.05),
        (9.21034, 2, 0.01),
        (11.3449, 3, 0.01),
        (7.77944, 4, 0.10),
        (18.3070, 10, 0.05),
        (0.0, 3, 1.0),
    ],
)
def test_the_distribution_of_chi_square_is_that_of_the_tables(statistic, degrees, p):
    assert chi_square_p(statistic, degrees) == pytest.approx(p, rel=1e-4)


def test_chi_square_of_counts():
    assert chi_square_of([10, 20, 30]) == pytest.approx(10.0)


def test_a_count_is_judged_by_the_chances_of_its_trials():
    assert two_sided_p(10, [0.25] * 40) == 1.0
    assert two_sided_p(20, [0.25] * 40) == pytest.approx(0.00052, rel=0.05)
    assert two_sided_p(0, []) == 1.0
