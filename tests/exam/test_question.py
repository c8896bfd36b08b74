"""A question is what its content says: the same content has the same version, and nothing is lost in storage."""

import json
from dataclasses import replace

import pytest
from factories import make_question
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam.question import Reference, content_hash, from_document, to_document


def test_a_question_survives_storage_as_json():
    question = make_question(
        "q1", keys=(1, 4), options=5, stimulus_id="ferry", stimulus="A ferry line.", shuffle=False, skills=("a", "b")
    )
    assert from_document(json.loads(json.dumps(to_document(question)))) == question


def test_a_misconception_survives_storage_and_an_absent_one_leaves_no_trace():
    question = make_question()
    option = replace(question.options[1], misconception="More data always helps")
    told = replace(question, options=(question.options[0], option, *question.options[2:]))
    assert from_document(json.loads(json.dumps(to_document(told)))) == told
    assert [sorted(option) for option in to_document(told)["options"]] == [
        ["correct", "rationale", "text"],
        ["correct", "misconception", "rationale", "text"],
        ["correct", "rationale", "text"],
        ["correct", "rationale", "text"],
    ]


def test_the_key_holds_the_numbers_of_the_correct_options():
    assert make_question(keys=(1, 3), options=5).key == frozenset({1, 3})


def test_the_version_of_a_question_is_the_same_in_every_release():
    # Old attempts refer to versions by this hash; a change of the canonical form would orphan them.
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e"
    assert content_hash({"b": [1, "é"], "a": None}) == "f8f17faab95c024891d173fa43442b0e"
    assert content_hash(to_document(make_question())) == "5196ab2d1e5fbbc47c53027cc0cf68bf"


@pytest.mark.parametrize(
    "changes",
    [
        {"scenario": "Another one."},
        {"prompt": "Which fits **LEAST**?"},
        {"takeaway": "Another one."},
        {"difficulty": 4},
        {"task": "1.2"},
        {"shuffle": False},
        {"stimulus": "A ferry line."},
        {"references": (Reference("Other", "https://example.com/other"),)},
        {"options": (*make_question().options[:-1], replace(make_question().options[-1], misconception="Big is fast"))},
    ],
)
def test_any_change_of_content_makes_another_version(changes):
    question = make_question()
    assert content_hash(to_document(replace(question, **changes))) != content_hash(to_document(question))


def test_another_order_of_options_makes_another_version():
    question = make_question()
    turned = replace(question, options=question.options[::-1])
    assert content_hash(to_document(turned)) != content_hash(to_document(question))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON_VALUES))
def test_the_order_of_fields_and_a_trip_through_json_do_not_matter(document):
    turned = dict(reversed(document.items()))
    assert content_hash(turned) == content_hash(document) == content_hash(json.loads(json.dumps(document)))
    assert len(content_hash(document)) == 32
