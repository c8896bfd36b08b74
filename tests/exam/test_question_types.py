"""The contract that every question type keeps; a new type is tested by its line in QUESTIONS."""

from itertools import chain, combinations, permutations
from math import nan

import pytest
from factories import make_question
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.errors import InvalidResponse
from simulator.exam.question_types import QUESTION_TYPES, type_of

QUESTIONS = {
    "single_choice": [make_question(keys=(2,)), make_question(keys=(0,), options=3)],
    "multiple_response": [make_question(keys=(0, 3), options=5), make_question(keys=(1, 2, 5), options=6)],
}
CASES = [
    pytest.param(question, id=f"{name}-{len(question.options)}")
    for name, questions in QUESTIONS.items()
    for question in questions
]
every_question = pytest.mark.parametrize("question", CASES)


def test_every_registered_type_is_tested_here():
    assert QUESTIONS.keys() == QUESTION_TYPES.keys()


@every_question
def test_the_type_of_a_question_is_found_by_its_name(question):
    assert type_of(question) is QUESTION_TYPES[question.type]


@every_question
def test_every_sample_response_earns_what_it_promises(question):
    kind = type_of(question)
    samples = kind.sample_responses(question)
    for response, credit in samples:
        assert kind.grade(question, response) == credit
    credits = [credit for _, credit in samples]
    assert max(credits) == 1.0
    assert min(credits) == 0.0
    assert ((), 0.0) in samples


@every_question
def test_a_response_means_the_same_in_every_order_of_options(question):
    kind = type_of(question)
    for order in list(permutations(range(len(question.options))))[::7]:
        for response, credit in kind.sample_responses(question):
            displayed = [order.index(number) for number in response]
            restored = kind.restore(kind.parse(question, displayed), order)
            assert restored == tuple(sorted(response))
            assert kind.grade(question, restored) == credit


@every_question
def test_no_answer_is_a_response_that_is_not_complete(question):
    kind = type_of(question)
    assert kind.parse(question, []) == ()
    assert not kind.is_complete(question, ())
    assert kind.grade(question, ()) == 0.0
    assert kind.summarise(question, ()) == ""


@every_question
def test_blind_guessing_earns_credit_as_often_as_the_type_says(question):
    kind = type_of(question)
    sets = chain.from_iterable(
        combinations(range(len(question.options)), size) for size in range(len(question.options))
    )
    complete = [response for response in sets if kind.is_complete(question, response)]
    credits = [kind.grade(question, response) for response in complete]
    assert kind.guess_chance(question) == pytest.approx(sum(credits) / len(credits))


@every_question
def test_a_correct_response_is_complete_and_named_by_its_letters(question):
    kind = type_of(question)
    (correct,) = [response for response, credit in kind.sample_responses(question) if credit == 1.0]
    assert kind.is_complete(question, correct)
    assert kind.summarise(question, correct) == ", ".join("ABCDEF"[number] for number in correct)


INVALID = [
    None,
    True,
    0,
    0.0,
    "0",
    "",
    {},
    {"0": 0},
    [True],
    [False],
    ["0"],
    [0.0],
    [nan],
    [None],
    [[0]],
    [{}],
    [-1],
    [99],
    [10**30],
    [0, 0],
    list(range(10_000)),
    [0] * 10_000,
    (0,),
]


@every_question
@pytest.mark.parametrize("raw", INVALID, ids=lambda raw: repr(raw)[:20])
def test_what_is_not_a_list_of_different_option_numbers_is_refused_with_a_reason(question, raw):
    with pytest.raises(InvalidResponse, match=r"[a-z]{3}"):
        type_of(question).parse(question, raw)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 7) | st.floats() | st.text(max_size=3),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=3), children, max_size=2),
    max_leaves=6,
)


@every_question
@given(raw=JSON_VALUES)
def test_any_json_is_either_a_response_or_refused(question, raw):
    kind = type_of(question)
    try:
        response = kind.parse(question, raw)
    except InvalidResponse:
        return
    assert list(response) == sorted(raw)
    assert kind.grade(question, response) in (0.0, 1.0)
    assert kind.summarise(question, response).count(",") == max(0, len(raw) - 1)


def test_single_choice_takes_one_option():
    question = make_question()
    with pytest.raises(InvalidResponse, match="one option"):
        type_of(question).parse(question, [0, 1])


def test_multiple_response_keeps_what_has_too_few_or_too_many_choices_but_it_is_not_complete():
    question = make_question(keys=(0, 3), options=5)
    kind = type_of(question)
    for raw in ([3], [0, 1, 3]):
        assert kind.parse(question, raw) == tuple(raw)
        assert not kind.is_complete(question, tuple(raw))
    assert kind.parse(question, [4, 1]) == (1, 4)
    assert kind.is_complete(question, (1, 4))
