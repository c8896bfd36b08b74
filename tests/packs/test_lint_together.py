"""Several packs in one call: questions that tell the same story, and what their bank has for its exam."""

import pytest

from simulator.packs.lint import lint_packs
from simulator.packs.lint.coverage import MOST_FORMS
from simulator.packs.lint.duplicates import near_duplicates
from tests.packs.conftest import BLUEPRINT, SKILLS
from tests.packs.lint_desk import TODAY, look, put, question

GOOD = BLUEPRINT.replace("example.com", "docs.python.org")
STORY = (
    "A ferry line in Norway counts passengers with cameras on nine ships. The counts arrive late when a ship is in a "
    "fjord, and the harbour master wants hourly totals that are right within five percent by the next morning."
)
RETOLD = STORY.replace("Norway", "Chile").replace("nine", "seven").replace("five", "two")
OTHER = (
    "A bank in Ghana scores loans with a model that was trained two years ago. Since then the share of loans that are "
    "not paid back has doubled, and the auditors ask which of the inputs have changed the most since training."
)


def similar(*roots):
    return [problem for problem in look(*roots).problems if problem.code == "near-duplicate-stem"]


def test_a_story_that_is_told_twice_in_a_pack(write):
    root = put(write, question(1, scenario=STORY), question(2, scenario=OTHER), question(3, scenario=RETOLD))
    (problem,) = similar(root)
    assert problem.question == "q-3"
    assert problem.severity == "warning"
    assert f"of this stem is that of q-1 at {root}/questions.yaml:12; tell another story" in problem.message
    assert (problem.line, problem.column) == (88, 16)


def test_a_story_that_another_pack_tells(write):
    first = put(write, question(1, scenario=STORY), folder="first")
    second = put(write, question(7, scenario=STORY), folder="second")
    (problem,) = similar(first, second)
    assert problem.file == f"{second}/questions.yaml"
    assert "100% of this stem is that of q-1 at " in problem.message
    assert similar(first) == similar(second) == []


def test_stories_of_their_own_are_let_alone(write):
    assert similar(put(write, question(1, scenario=STORY), question(2, scenario=OTHER))) == []


def test_a_sentence_in_common_is_not_a_story_in_common(write):
    sentence = "The team of four does not want to run clusters."
    questions = [question(n, scenario=f"{story} {sentence}") for n, story in enumerate((STORY, OTHER), 1)]
    assert similar(put(write, *questions)) == []


def test_short_stems_and_shared_texts_may_be_alike(write):
    assert similar(put(write, question(1), question(2))) == []


def test_retired_questions_repeat_nothing(write):
    root = put(write, question(1, scenario=STORY), question(2, scenario=STORY, status="retired"))
    assert similar(root) == []


def test_many_copies_are_each_reported_once(write):
    root = put(write, *[question(number, scenario=STORY) for number in range(60)])
    assert len(similar(root)) == 59


def test_nothing_is_like_nothing():
    assert list(near_duplicates([])) == []


def spread(start, data, modeling, **changes):
    return [
        question(start + number, scenario=f"Story {start + number}.", **changes)
        if number < data
        else question(start + number, scenario=f"Story {start + number}.", domain="modeling", task="2.1", **changes)
        for number in range(data + modeling)
    ]


def coverage_of(write, questions, text=GOOD):
    linted = look(put(write, *questions, files={"blueprint.yaml": text}))
    (coverage,) = linted.coverages
    codes = ("bank-too-small", "few-questions-for-task", "few-disjoint-forms")
    return coverage, [problem for problem in linted.problems if problem.code in codes]


def test_a_bank_is_counted_by_domain_and_task_and_in_whole_forms(write):
    coverage, problems = coverage_of(write, spread(1, 3, 4))
    assert problems == []
    assert (coverage.certification, coverage.packs, coverage.size, coverage.questions) == ("tiny-cert", ("desk",), 2, 7)
    assert [(d.domain, d.quota, d.questions, d.standing) for d in coverage.domains] == [
        ("data", 1, 3, 3),
        ("modeling", 1, 4, 4),
    ]
    assert [(t.task, t.questions) for d in coverage.domains for t in d.tasks] == [("1.1", 3), ("2.1", 4)]
    assert (coverage.forms, coverage.forms_at_most) == (3, 3)


def test_enemies_keep_a_form_from_being_drawn_though_the_counts_allow_it(write):
    data, modeling = spread(1, 1, 1)
    coverage, _ = coverage_of(write, [data | {"enemies": ["q-2"]}, modeling])
    assert (coverage.forms, coverage.forms_at_most) == (0, 1)


def test_a_domain_that_cannot_fill_the_exam_is_named_where_the_blueprint_has_it(write):
    _, problems = coverage_of(write, spread(1, 3, 0))
    assert [(p.code, p.severity, p.line, p.column) for p in problems] == [
        ("bank-too-small", "warning", 24, 9),
        ("few-questions-for-task", "warning", 28, 14),
    ]
    assert problems[0].message == (
        "domain modeling needs 1 ready questions for one exam of 2, and there are 0 that can stand together"
    )
    assert problems[1].message == "task 2.1 has 0 ready questions; 3 are the least"


def test_a_bank_for_one_exam_only_is_told_for_information(write):
    _, problems = coverage_of(write, spread(1, 4, 3), GOOD.replace("scored: 2", "scored: 4"))
    assert [(p.code, p.severity) for p in problems] == [("few-disjoint-forms", "info")]
    assert problems[0].message == "the 7 ready questions make one exam of 4; a second one repeats questions"


def test_nobody_counts_more_forms_than_anybody_sits(write):
    coverage, _ = coverage_of(write, spread(1, MOST_FORMS + 2, MOST_FORMS + 3))
    assert (coverage.forms, coverage.forms_at_most) == (MOST_FORMS, MOST_FORMS + 2)


def test_packs_of_one_certification_make_one_bank(write):
    first = put(write, *spread(1, 3, 0), files={"blueprint.yaml": GOOD}, folder="first")
    second = put(write, *spread(1, 0, 3), files={"blueprint.yaml": GOOD}, folder="second")
    other = put(write, *spread(1, 1, 0), folder="other", certification="other-cert")
    linted = look(first, second, other)
    (coverage,) = linted.coverages
    assert (coverage.packs, coverage.questions, coverage.forms) == (("first", "second"), 6, 3)
    assert {p.code for p in linted.problems} == {"item-length"}


def test_drafts_and_retired_questions_are_not_counted(write):
    questions = [*spread(1, 3, 3), question(8, status="draft"), question(9, status="retired")]
    assert coverage_of(write, questions)[0].questions == 6


def test_a_pack_that_does_not_load_has_errors_only_and_leaves_the_others_be(write):
    broken = put(write, question(difficulty=9), folder="broken")
    good = put(write, question(), folder="good")
    linted = look(broken, good)
    assert [(p.code, p.severity) for p in linted.problems] == [("out-of-range", "error"), ("item-length", "info")]
    assert [examined.pack for examined in linted.packs] == [None, "good"]


def test_packs_can_be_examined_elsewhere(write):
    roots = [put(write, question(), folder="one"), put(write, question(), folder="two")]
    asked = []

    def run(examine, paths):
        asked.extend(paths)
        return map(examine, paths)

    assert lint_packs(roots, skills=SKILLS, today=TODAY, run=run).count("info") == 2
    assert asked == roots


@pytest.mark.parametrize(("limit", "left"), [(60, 60), (10, 10)])
def test_a_pack_with_too_many_findings_shows_the_worst_of_them(write, monkeypatch, limit, left):
    monkeypatch.setattr("simulator.packs.lint.examining.MAX_FINDINGS", limit)
    bad = [question(n, options=("All of the above", "A", "B", "C")) for n in range(2)]
    problems = look(put(write, *bad, *[question(n, asked="Which is not?") for n in range(2, 60)])).problems
    if limit == 10:
        assert len(problems) == left
        assert {"all-of-the-above", "more-problems"} <= {p.code for p in problems}
        assert "there are more than 9 findings" in next(p.message for p in problems if p.code == "more-problems")
