"""The contract that every question type keeps; a new type is tested by its line in QUESTIONS."""

from dataclasses import replace
from itertools import chain, combinations, permutations, product
from math import nan

import pytest
from factories import make_matching, make_ordering, make_question, make_typed
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.errors import InvalidResponse
from simulator.exam.question import PARTIAL, content_hash, from_document, to_document
from simulator.exam.question_types import CHOICE_TYPES, PARTIAL_TYPES, QUESTION_TYPES, type_of
from simulator.exam.question_types.numeric import read_number
from simulator.exam.question_types.typed import answer_of

QUESTIONS = {
    "single_choice": [make_question(keys=(2,)), make_question(keys=(0,), options=3)],
    "multiple_response": [make_question(keys=(0, 3), options=5), make_question(keys=(1, 2, 5), options=6)],
    "ordering": [make_ordering(), make_ordering(places=(3, 1, 2)), make_ordering(places=(0, 2, 1, 4, 3, 5))],
    "matching": [make_matching(), make_matching(pairs=(0, 1, 2, 3, 3), options=4)],
    "numeric": [make_typed(value=0.3, tolerance=0.1), make_typed(value=-12.0, unit="ms")],
    "short_text": [
        make_typed(accepted=("Precision", "positive predictive value")),
        make_typed(accepted=("DeepAR",), case_sensitive=True),
    ],
}
IN_PARTS = [
    replace(question, scoring=PARTIAL) for name in PARTIAL_TYPES for question in QUESTIONS[name]
]  # every type that can, with partial credit
every_question = pytest.mark.parametrize(
    "question",
    [
        pytest.param(question, id=f"{question.type}-{number}-{question.scoring}")
        for number, question in enumerate([*chain.from_iterable(QUESTIONS.values()), *IN_PARTS])
    ],
)
WITH_OPTIONS = ("single_choice", "multiple_response", "ordering", "matching")
every_choice = pytest.mark.parametrize("question", [q for name in WITH_OPTIONS for q in QUESTIONS[name]])


def test_every_registered_type_is_tested_here():
    assert QUESTIONS.keys() == QUESTION_TYPES.keys()


@every_question
def test_the_type_of_a_question_is_found_by_its_name(question):
    assert type_of(question) is QUESTION_TYPES[question.type]


@every_question
def test_a_version_keeps_all_that_the_type_needs(question):
    document = to_document(question)
    assert from_document(document) == question
    assert content_hash(to_document(from_document(document))) == content_hash(document)


@every_question
def test_every_sample_response_earns_what_it_promises(question):
    kind = type_of(question)
    samples = kind.sample_responses(question)
    for response, credit in samples:
        assert kind.grade(question, response) == pytest.approx(credit)
    credits = [credit for _, credit in samples]
    assert max(credits) == 1.0
    assert min(credits) == 0.0
    assert ((), 0.0) in samples


@every_question
def test_a_response_means_the_same_in_every_order_of_options(question):
    kind = type_of(question)
    for order in list(permutations(range(len(question.options))))[::7]:
        for response, credit in kind.sample_responses(question):
            shown = kind.arrange(response, order)
            restored = kind.restore(kind.parse(question, list(shown)), order)
            assert kind.restore(shown, order) == response
            assert restored == response
            assert kind.grade(question, restored) == pytest.approx(credit)


@every_question
def test_no_answer_is_a_response_that_is_not_complete(question):
    kind = type_of(question)
    assert kind.parse(question, []) == ()
    assert not kind.is_complete(question, ())
    assert kind.grade(question, ()) == 0.0
    assert kind.summarise(question, ()) == ""


@every_question
def test_the_key_is_complete_earns_everything_and_has_words(question):
    kind = type_of(question)
    key = kind.key(question)
    assert kind.parse(question, list(key)) == key
    assert kind.is_complete(question, key)
    assert kind.grade(question, key) == 1.0
    assert kind.summarise(question, key)


@every_choice
def test_blind_guessing_earns_credit_as_often_as_the_type_says(question):
    kind = type_of(question)
    options = range(len(question.options))
    responses = (
        chain.from_iterable(combinations(options, size) for size in options)
        if question.type in CHOICE_TYPES
        else product(options, repeat=len(kind.key(question)))
    )
    complete = [response for response in responses if kind.is_complete(question, response)]
    credits = [kind.grade(question, response) for response in complete]
    assert kind.guess_chance(question) == pytest.approx(sum(credits) / len(credits))


@pytest.mark.parametrize("name", ["numeric", "short_text"])
def test_nobody_types_the_key_by_luck(name):
    for question in QUESTIONS[name]:
        assert type_of(question).guess_chance(question) == 0.0


@pytest.mark.parametrize("name", CHOICE_TYPES)
def test_a_choice_is_named_by_its_letters(name):
    for question in QUESTIONS[name]:
        key = type_of(question).key(question)
        assert type_of(question).summarise(question, key) == ", ".join("ABCDEF"[number] for number in key)


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
    [0.0],
    [nan],
    [None],
    [[0]],
    [{}],
    list(range(10_000)),
    [0] * 10_000,
    (0,),
]


@every_question
@pytest.mark.parametrize("raw", INVALID, ids=lambda raw: repr(raw)[:20])
def test_what_is_not_a_list_that_fits_is_refused_with_a_reason(question, raw):
    with pytest.raises(InvalidResponse, match=r"[a-z]{3}"):
        type_of(question).parse(question, raw)


@every_choice
@pytest.mark.parametrize("raw", [["0"], [-2], [99], [10**30]])
def test_what_is_no_option_number_is_refused(question, raw):
    with pytest.raises(InvalidResponse, match="option numbers"):
        type_of(question).parse(question, raw)


@pytest.mark.parametrize("name", CHOICE_TYPES)
@pytest.mark.parametrize("raw", [[0, 0], [-1]])
def test_a_choice_names_each_option_once(name, raw):
    for question in QUESTIONS[name]:
        with pytest.raises(InvalidResponse, match="option number"):
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
    assert 0.0 <= kind.grade(question, response) <= 1.0
    assert bool(kind.summarise(question, response)) == bool(response)
    assert kind.parse(question, list(response)) == response


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


def test_a_wrong_option_takes_away_what_a_right_one_earned_where_credit_is_partial():
    question = make_question(keys=(0, 1, 2), options=6, scoring=PARTIAL)
    grade = type_of(question).grade
    assert grade(question, (0, 1)) == pytest.approx(2 / 3)
    assert grade(question, (0, 1, 5)) == pytest.approx(1 / 3)
    assert grade(question, (0, 1, 2, 3, 4, 5)) == 0.0


def test_an_ordering_in_the_making_keeps_its_empty_places_and_an_option_that_stands_twice():
    question = make_ordering(places=(2, 0, 3, 1))
    kind = type_of(question)
    assert kind.key(question) == (3, 0, 2)
    for raw in ([3, -1, -1], [3, 3, 2], [-1, -1, 2]):
        assert kind.parse(question, raw) == tuple(raw)
        assert not kind.is_complete(question, tuple(raw))
    assert kind.parse(question, [-1, -1, -1]) == ()
    assert kind.summarise(question, (3, -1, 2)) == "D, -, C"
    assert kind.grade(replace(question, scoring=PARTIAL), (3, 2, -1)) == pytest.approx(1 / 3)


@pytest.mark.parametrize("raw", [[0], [0, 1], [0, 1, 2, 3]])
def test_an_ordering_or_a_matching_has_an_option_or_nothing_at_each_place(raw):
    for question in (make_ordering(places=(2, 0, 3, 1)), make_matching(pairs=(1, 0, 1), options=4)):
        with pytest.raises(InvalidResponse, match="3 places"):
            type_of(question).parse(question, raw)


def test_a_matching_takes_an_option_for_several_prompts_and_names_prompts_by_number():
    question = make_matching(pairs=(1, 0, 1))
    kind = type_of(question)
    assert kind.is_complete(question, (1, 1, 1))
    assert kind.summarise(question, (1, -1, 0)) == "1 B, 2 -, 3 A"
    assert kind.grade(replace(question, scoring=PARTIAL), (1, 1, 1)) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        (" 1,250.5 ", "1250.5"),
        ("1250,5", "1250.5"),
        ("0,125", "0.125"),
        ("1,250", "1250"),
        ("1 250", "1250"),
        ("\u22123", "-3"),
        ("+.5", "0.5"),
        ("1e3", "1000"),
        ("40 MS", "40"),
        ("40ms", "40"),
        ("\uff11\uff12", "12"),
    ],
)
def test_a_number_may_be_written_in_the_usual_ways(text, number):
    found = read_number(text, "ms")
    assert found is not None
    assert found == type(found)(number)


@pytest.mark.parametrize(
    "text", ["", "many", "1.2.3", "1,2,3", "12 apples", "--1", "1e999", "nan", "inf", "0x10", "ms"]
)
def test_what_is_no_number_is_none(text):
    assert read_number(text, "ms") is None


def test_a_numeric_answer_counts_up_to_the_very_end_of_its_tolerance():
    question = make_typed(value=0.3, tolerance=0.1)
    grade = type_of(question).grade
    assert grade(question, ("0.2",)) == grade(question, ("0.4",)) == 1.0  # 0.3 - 0.1 < 0.2 as floats
    assert grade(question, ("0.19999",)) == grade(question, ("0.40001",)) == 0.0
    assert not type_of(question).is_complete(question, ("about a third",))


def test_a_unit_is_added_to_what_was_typed_without_one():
    question = make_typed(value=40.0, unit="ms")
    assert type_of(question).summarise(question, ("40",)) == "40 ms"
    assert type_of(question).summarise(question, ("40 MS",)) == "40 MS"


def test_a_short_text_counts_whatever_its_spaces_and_its_capitals_unless_they_matter():
    question = make_typed(accepted=("positive predictive value",))
    kind = type_of(question)
    assert kind.parse(question, ["  Positive\tPredictive   Value "]) == ("Positive Predictive Value",)
    assert kind.grade(question, ("Positive Predictive Value",)) == 1.0
    assert kind.grade(question, ("\uff30ositive predictive value",)) == 1.0  # a full-width P
    strict = make_typed(accepted=("DeepAR",), case_sensitive=True)
    assert type_of(strict).grade(strict, ("deepar",)) == 0.0


def test_a_text_that_is_too_long_is_refused():
    question = make_typed(accepted=("x",))
    with pytest.raises(InvalidResponse, match="200"):
        type_of(question).parse(question, ["x" * 201])


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\uf0b7 b"])
def test_what_comes_along_with_a_paste_and_cannot_be_stored_becomes_a_space(text):
    question = make_typed(accepted=("x",))
    assert type_of(question).parse(question, [text]) == ("a b",)


@pytest.mark.parametrize("text", ["S3\u2011Select", "S3\u2013Select", "\u200bS3-Select"])
def test_a_keyboards_typography_costs_no_credit(text):
    question = make_typed(accepted=("S3-Select", "don't know"))
    assert type_of(question).grade(question, (text,)) == 1.0
    assert type_of(question).grade(question, ("Don\u2019t know",)) == 1.0


def test_an_option_number_is_no_typed_text_and_a_question_without_an_answer_is_a_mistake():
    with pytest.raises(InvalidResponse, match="one text"):
        type_of(make_typed(value=1.0)).parse(make_typed(value=1.0), [0])
    with pytest.raises(ValueError, match="no answer"):
        answer_of(make_question())
