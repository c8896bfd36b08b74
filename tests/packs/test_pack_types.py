"""An instructor writes questions of every type: what loads, and what is refused with what to do."""

import pytest

from simulator.exam.question import ALL_OR_NOTHING, PARTIAL
from simulator.exam.question_types import type_of
from simulator.packs.loading import load_pack
from simulator.packs.problems import PackInvalid

HEAD = """\
questions:
  - id: late-events
    domain: data
    task: "1.1"
    skills: [data-ingestion]
    difficulty: 3
    takeaway: Wait for late events.
    references:
      - {title: Streams, url: https://example.com/streams}
    scenario: A ferry line receives events late.
"""
ORDERING = (
    HEAD
    + """\
    type: ordering
    question: Which three steps, in which order?
    options:
      - {text: Deploy, place: 3, rationale: Last.}
      - {text: Train, place: 1, rationale: First.}
      - {text: Pray, rationale: It is not needed., misconception: Hope is a step}
      - {text: Evaluate, place: 2, rationale: In between.}
"""
)
MATCHING = (
    HEAD
    + """\
    type: matching
    question: Which store for each need?
    prompts:
      - {text: Files, option: bucket, rationale: It holds objects.}
      - {text: Rows, option: table, rationale: It holds rows.}
      - {text: Images, option: bucket, rationale: They are files.}
    options:
      - {id: bucket, text: A bucket, rationale: For objects.}
      - {id: table, text: A table, rationale: For rows.}
"""
)
NUMERIC = (
    HEAD
    + """\
    type: numeric
    question: What is the recall?
    answer:
      value: 0.75
      tolerance: 0.01
      unit: points
      rationale: Three of four were found.
"""
)
SHORT_TEXT = (
    HEAD
    + """\
    type: short_text
    question: What is the share of true alarms called?
    answer:
      accepted: [Precision, positive predictive value]
      rationale: True alarms of all alarms.
"""
)


def load(write, files, text, skills, **changes):
    return load_pack(write({**files, "questions.yaml": text, **changes}), skills=skills).questions[0].question


def test_an_ordering_has_the_places_of_its_options_as_its_key(write, files, skills):
    question = load(write, files, ORDERING, skills)
    assert type_of(question).key(question) == (1, 3, 0)
    assert question.options[2].misconception == "Hope is a step"
    assert question.key == frozenset()


def test_a_matching_resolves_the_options_that_its_prompts_name(write, files, skills):
    question = load(write, files, MATCHING, skills)
    assert type_of(question).key(question) == (0, 1, 0)
    assert [prompt.text for prompt in question.prompts] == ["Files", "Rows", "Images"]


def test_a_typed_answer_is_a_number_or_one_of_some_texts(write, files, skills):
    numeric = load(write, files, NUMERIC, skills)
    assert numeric.answer is not None
    assert (numeric.answer.value, numeric.answer.tolerance, numeric.answer.unit) == (0.75, 0.01, "points")
    text = load(write, files, SHORT_TEXT, skills)
    assert text.answer is not None
    assert text.answer.accepted == ("Precision", "positive predictive value")
    assert not text.answer.case_sensitive
    whole = NUMERIC.replace("value: 0.75", "value: 12").replace("      tolerance: 0.01\n      unit: points\n", "")
    exact = load(write, files, whole, skills)
    assert exact.answer is not None
    assert (exact.answer.value, exact.answer.tolerance, exact.answer.unit) == (12.0, 0.0, "")


def test_a_pack_may_give_partial_credit_where_a_question_has_parts_and_a_question_may_refuse_it(write, files, skills):
    partial = {"pack.yaml": files["pack.yaml"] + "scoring: partial\n"}
    assert load(write, files, ORDERING, skills).scoring == ALL_OR_NOTHING
    assert load(write, files, ORDERING, skills, **partial).scoring == PARTIAL
    assert load(write, files, NUMERIC, skills, **partial).scoring == ALL_OR_NOTHING
    refused = ORDERING + "    scoring: all_or_nothing\n"
    assert load(write, files, refused, skills, **partial).scoring == ALL_OR_NOTHING


def test_case_studies_are_among_the_item_types_of_an_exam(write, files, skills):
    files["blueprint.yaml"] = files["blueprint.yaml"].replace("multiple_response]", "case_study]")
    blueprint = load_pack(write(files), skills=skills).blueprint
    assert blueprint is not None
    assert blueprint.item_types == ("single_choice", "case_study")


SINGLE = """\
    type: single_choice
    question: Which?
    options:
      - {text: One, correct: true, rationale: Right.}
      - {text: Two, rationale: Wrong.}
      - {text: Three, rationale: Wrong.}
"""

# A question, what to replace in it by what, and the problem.
MISTAKES = [
    (ORDERING, "place: 3", "place: 4", "14:7: wrong-places: the places must be 1 to 3, each once; they are 1, 2, 4"),
    (ORDERING, "place: 2", "place: 1", "14:7: wrong-places: the places must be 1 to 3"),
    (ORDERING, "Deploy, place: 3", "Deploy", '14:7: wrong-places: ordering needs at least 3 options with a "place"'),
    (ORDERING, "place: 3", "place: 0", '14:31: out-of-range: "place" must be at least 1'),
    (
        ORDERING,
        "place: 3",
        "place: 3, correct: true",
        '14:43: field-outside-type: options of ordering take no "correct"',
    ),
    (ORDERING, "order?", "order? (Choose four.)", '12:15: choose-mismatch: the question says "(Choose four.)"'),
    (ORDERING, "rationale: Last.", "rationale: Last., misconception: No", "14:67: misconception-on-key"),
    (MATCHING, "option: table", "option: tables", "15:30: unknown-option: the question has no option with the id"),
    (MATCHING, "id: table", "id: bucket", '19:14: duplicate-id: "bucket" is the id of an earlier option'),
    (MATCHING, "{id: table, ", "{", '19:9: missing-field: "id" is missing; prompts refer to an option by it'),
    (
        MATCHING,
        "      - {text: Images, option: bucket, rationale: They are files.}\n",
        "",
        '14:7: too-few: "prompts" needs at least 3; it has 2',
    ),
    (MATCHING, "rationale: For rows.", "rationale: For rows., misconception: No", "19:73: misconception-on-key"),
    (MATCHING, "matching", "single_choice", '14:7: field-outside-type: single_choice takes no "prompts"; remove it'),
    (NUMERIC, "numeric", "short_text", '14:14: field-outside-type: short_text takes no "value"'),
    (NUMERIC, "      value: 0.75\n", "", '14:7: missing-field: "value" is missing; add it'),
    (NUMERIC, "value: 0.75", "value: three", '14:14: wrong-type: "value" must be a number'),
    (NUMERIC, "tolerance: 0.01", "tolerance: -1", '15:18: out-of-range: "tolerance" must be at least 0'),
    (NUMERIC, "tolerance:", "tolerence:", '15:7: unknown-field: there is no field "tolerence" here; did you mean'),
    (SHORT_TEXT, "      accepted: [Precision, positive predictive value]\n", "", '14:7: missing-field: "accepted"'),
    (SHORT_TEXT, "accepted: [Precision", "tolerance: 1\n      accepted: [Precision", "14:18: field-outside-type"),
    (NUMERIC, "    answer:", "    scoring: partial\n    answer:", "13:14: field-outside-type: numeric has no parts"),
    (
        ORDERING,
        "    type: ordering",
        "    shuffle: false\n    type: ordering",
        "11:14: field-outside-type: an ordering is always",
    ),
    (NUMERIC, "value: 0.75", "value: 1e-300", "14:14: out-of-range: 1e-300 cannot well be typed"),
    (NUMERIC, "unit: points", "unit: 5 points", '16:13: bad-text: "5 points" cannot be told apart from the number'),
    (
        SHORT_TEXT,
        "[Precision,",
        "[Precision, PRECISION,",
        "14:29: duplicate-entry: this is the same answer as number 1",
    ),
    (SHORT_TEXT, "[Precision,", '["\ue000",', "14:18: bad-character: it has a character that nobody can type"),
    (HEAD + SINGLE, "single_choice", "numeric", '14:7: field-outside-type: numeric takes no "options"; remove it'),
    (HEAD + SINGLE, "{text: Two", "{id: two, text: Two", "15:14: field-outside-type: options of single_choice take no"),
    (HEAD + SINGLE, SINGLE.partition("    options")[2], ": []\n", '13:14: missing-field: "options" is missing; add it'),
]


@pytest.mark.parametrize(("text", "old", "new", "expected"), MISTAKES, ids=lambda value: str(value)[-30:])
def test_a_mistake_is_reported_at_its_place(write, files, skills, text, old, new, expected):
    assert old in text
    root = write({**files, "questions.yaml": text.replace(old, new, 1)})
    with pytest.raises(PackInvalid) as caught:
        load_pack(root, skills=skills)
    lines = [str(problem).removeprefix(f"{root}/questions.yaml:") for problem in caught.value.problems]
    assert any(line.startswith(expected) for line in lines), lines
