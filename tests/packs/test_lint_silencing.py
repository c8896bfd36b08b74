"""An author keeps a finding on purpose, and says why."""

import pytest

from tests.packs.lint_desk import OPTIONS, look, put, question

LONG = (f"{OPTIONS[0]} until all of the late ones are in", *OPTIONS[1:])
REASON = "Keys are definitions."


def silence(code="key-longest", **changes):
    return {"silence": [{"code": code, "reason": REASON, **changes}]}


def look_at(write, *questions, **pack):
    return [problem for problem in look(put(write, *questions, **pack)).problems if problem.severity != "info"]


def test_a_silenced_finding_stays_with_its_reason_and_is_not_counted(write):
    (problem,) = look_at(write, question(options=LONG), lint=silence())
    assert (problem.code, problem.silenced) == ("key-longest", REASON)
    assert look(put(write, question(options=LONG), lint=silence())).count("warning") == 0


def test_a_silence_for_a_question_leaves_the_others_be(write):
    questions = (question(1, options=LONG), question(2, options=LONG))
    problems = look_at(write, *questions, lint=silence(questions=["q-2"]))
    assert [(p.question, p.silenced) for p in problems] == [("q-1", None), ("q-2", REASON)]


def test_findings_of_several_packs_can_be_silenced_too(write):
    story = "A long story of many words that is told twice without any change at all in two packs"
    first = put(write, question(scenario=story), folder="first")
    second = put(write, question(scenario=story), folder="second", lint=silence("near-duplicate-stem"))
    linted = look(first, second)
    assert [p.silenced for p in linted.problems if p.code == "near-duplicate-stem"] == [REASON]
    assert linted.count("warning") == 0


def test_an_error_of_the_linter_can_be_silenced(write):
    bad = question(options=("All of the above", *OPTIONS[1:]))
    assert look(put(write, bad, lint=silence("all-of-the-above"))).count("error") == 0


@pytest.mark.parametrize("code", ["key-longst", "wrong-keys", "silence-unused", "more-problems"])
def test_a_code_that_cannot_be_silenced_is_an_error_at_its_place(write, code):
    (problem,) = look_at(write, question(), lint=silence(code))
    assert (problem.code, problem.severity) == ("silence-unknown-code", "error")
    assert f'the linter has no finding "{code}" that can be silenced' in problem.message
    assert problem.file.endswith("desk/pack.yaml")
    assert (problem.line, problem.column) == (16, 13)


def test_a_silence_of_a_question_that_is_not_there_is_an_error(write):
    problems = look_at(write, question(options=LONG), lint=silence(questions=["q-1", "q-9"]))
    assert [(p.code, p.silenced) for p in problems] == [("silence-unknown-question", None), ("key-longest", REASON)]
    assert (problems[0].severity, problems[0].line) == ("error", 20)


def test_a_silence_that_silences_nothing_is_a_warning(write):
    (problem,) = look_at(write, question(), lint=silence())
    assert (problem.code, problem.severity, problem.line) == ("silence-unused", "warning", 16)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_silence_without_a_reason_does_not_load(write, reason):
    (problem,) = look_at(write, question(options=LONG), lint=silence(reason=reason))
    assert (problem.code, problem.severity, problem.silenced) == ("empty", "error", None)


def test_what_keeps_a_pack_from_loading_stays(write):
    (problem,) = look_at(write, question(difficulty=9), lint=silence("out-of-range"))
    assert (problem.code, problem.silenced) == ("out-of-range", None)
