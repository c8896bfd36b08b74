"""What the comparison makes of somebody's background."""

from dataclasses import replace

import pytest
from factories import DOMAINS, PASS_MARK, make_blueprint, make_question
from hypothesis import given
from hypothesis import strategies as st

from simulator import paths
from simulator.exam.background import SUBJECTS, background_questions, slug
from simulator.exam.overlap import SharedSkill, overlap_of
from simulator.exam.suggestion import (
    AboutSubject,
    BackgroundQuestion,
    Choice,
    FromVendor,
    Points,
    Profile,
    PublishedPassMark,
    ShortExam,
    Subject,
    profile_of,
    suggest,
)
from simulator.packs.loading import read_skills

SERVING = Subject("serving", frozenset({"online-serving", "autoscaling"}))


def profile(profile_id, vendor="Sky", *, serving=0.5, **changes):
    parts = ((serving, frozenset({"online-serving"})), (1 - serving, frozenset({"data-ingestion"})))
    return replace(Profile(profile_id, vendor, 120, False, True, parts), **changes)


CLOUD = BackgroundQuestion(
    "cloud",
    "Which cloud?",
    (
        Choice("sky", "Sky", (FromVendor("Sky", 4, "You know it."),)),
        Choice("sea", "Sea", (FromVendor("Sea", 4, "You know it."),)),
        Choice("none", "None"),
    ),
    several=True,
)
LIKES = BackgroundQuestion(
    "likes", "What do you like?", (Choice("serving", "Serving", (AboutSubject(SERVING, 2, "!"),)),)
)


def test_a_subjects_share_of_a_form_counts_every_domain_by_its_weight():
    questions = [
        make_question("a", skills=("online-serving", "autoscaling")),
        make_question("b", skills=("data-ingestion",)),
        make_question("c", skills=("data-ingestion",)),
        make_question("d", domain="modeling", task="2.1", skills=("autoscaling",)),
    ]
    found = profile_of(make_blueprint(), questions)
    assert found.share(SERVING) == pytest.approx(0.6 / 3 + 0.4)
    assert found.share(Subject("all", frozenset({"online-serving", "autoscaling", "data-ingestion"}))) == pytest.approx(
        1
    )


def test_a_domain_without_questions_counts_for_no_subject():
    found = profile_of(make_blueprint(), [make_question("a", skills=("autoscaling",))])
    assert found.share(SERVING) == pytest.approx(0.6)
    assert profile_of(make_blueprint(domains=DOMAINS), []).share(SERVING) == 0


def test_a_profile_says_whether_the_exam_can_be_sat_and_what_passes_is_published():
    retired = make_blueprint(status="retired", pass_mark=replace(PASS_MARK, nature="published"))
    assert profile_of(retired, []).can_be_sat is False
    assert profile_of(retired, []).publishes_pass_mark is True
    assert profile_of(make_blueprint(), []).can_be_sat is True
    assert profile_of(make_blueprint(), []).publishes_pass_mark is False


def test_who_knows_a_vendors_cloud_is_pointed_to_its_certification():
    found = suggest([CLOUD, LIKES], {"cloud": ["sea"]}, [profile("a"), profile("b", "Sea")])
    assert found.totals == {"a": 0, "b": 4}
    assert found.first == ("b",)
    assert not found.is_tie
    (reason,) = found.reasons
    assert (reason.question, reason.answer, reason.why) == ("Which cloud?", "Sea", "You know it.")
    assert reason.points == {"a": Points(0, "Sky"), "b": Points(4, "Sea")}


def test_a_subject_is_worth_points_in_proportion_to_the_largest_share():
    found = suggest([LIKES], {"likes": ["serving"]}, [profile("a", serving=0.6), profile("b", serving=0.2)])
    (reason,) = found.reasons
    assert reason.points["a"] == Points(2, "60% of the questions are about serving")
    assert reason.points["b"] == Points(0.7, "20% of the questions are about serving")
    assert found.first == ("a",)


def test_a_subject_that_nobody_asks_about_is_worth_nothing():
    found = suggest([LIKES], {"likes": ["serving"]}, [profile("a", serving=0), profile("b", serving=0)])
    assert found.totals == {"a": 0, "b": 0}


def test_less_than_a_point_between_them_is_a_tie():
    a, b = profile("a", serving=0.6), profile("b", serving=0.4)
    found = suggest([LIKES], {"likes": ["serving"]}, [a, b])
    assert found.totals == {"a": 2.0, "b": 1.3}
    assert found.first == ("a", "b")
    assert found.is_tie
    assert suggest([LIKES], {"likes": ["serving"]}, [a, profile("c", serving=0.3)]).first == ("a",)


def test_both_clouds_are_worth_points_for_both():
    found = suggest([CLOUD], {"cloud": ["sky", "sea"]}, [profile("a"), profile("b", "Sea")])
    assert found.totals == {"a": 4, "b": 4}
    assert found.is_tie


def test_without_answers_there_is_no_suggestion():
    assert suggest([CLOUD, LIKES], {}, [profile("a")]) is None
    assert suggest([CLOUD, LIKES], {"cloud": [], "likes": ["nonsense"], "other": ["sky"]}, [profile("a")]) is None


def test_an_answer_that_decides_nothing_is_listed_as_such():
    found = suggest([CLOUD], {"cloud": ["none"]}, [profile("a"), profile("b", "Sea")])
    (reason,) = found.reasons
    assert reason.points == {}
    assert "alike" in reason.why
    assert found.first == ("a", "b")


def test_a_retired_certification_is_never_suggested_even_when_it_is_clearly_ahead():
    retired = profile("old", can_be_sat=False)
    found = suggest([CLOUD], {"cloud": ["sky"]}, [retired, profile("b", "Sea")])
    assert found.first == ("b",)
    assert found.retired_ahead == "old"
    assert suggest([CLOUD], {"cloud": ["sea"]}, [retired, profile("b", "Sea")]).retired_ahead is None


def test_of_several_retired_ones_the_one_with_most_points_is_named():
    profiles = [profile("x", serving=0.3, can_be_sat=False), profile("y", serving=0.9, can_be_sat=False)]
    found = suggest([CLOUD, LIKES], {"cloud": ["sky"], "likes": ["serving"]}, [*profiles, profile("b", "Sea")])
    assert found.retired_ahead == "y"


def test_where_nothing_can_be_sat_nothing_is_suggested():
    found = suggest([CLOUD], {"cloud": ["sky"]}, [profile("old", can_be_sat=False)])
    assert found.first == ()
    assert not found.is_tie
    assert found.retired_ahead == "old"


def test_short_exams_and_published_marks_are_worth_their_points():
    profiles = [profile("a", minutes=60), profile("b", minutes=180, publishes_pass_mark=True)]
    assert ShortExam(3, "").rate(profiles) == {"a": Points(3, "60 minutes"), "b": Points(1, "180 minutes")}
    rated = PublishedPassMark(1, "").rate(profiles)
    assert rated["a"] == Points(0, "no pass mark is published")
    assert rated["b"] == Points(1, "the pass mark is published")


@pytest.mark.parametrize("criterion", [FromVendor("Sky", 1, ""), ShortExam(1, ""), PublishedPassMark(1, "")])
def test_no_certifications_get_no_points(criterion):
    assert criterion.rate([]) == {}
    assert AboutSubject(SERVING, 1, "").rate([]) == {}


def test_the_questions_offer_the_vendors_that_are_compared_and_no_others():
    questions = {q.id: q for q in background_questions(["Sky & Sea, Inc.", "Amazon Web Services", "Sky & Sea, Inc."])}
    assert [choice.id for choice in questions["clouds"].choices] == ["amazon-web-services", "sky-sea-inc", "other"]
    assert [choice.id for choice in questions["workplace"].choices] == ["amazon-web-services", "sky-sea-inc", "any"]
    assert slug(" Émile's Cloud ") == "mile-s-cloud"


def test_every_skill_that_is_weighed_exists_and_every_criterion_gives_its_reason():
    known = read_skills(paths.questions() / "skills.yaml")
    assert {skill for subject in SUBJECTS for skill in subject.skills} <= set(known)
    questions = background_questions(["Sky"])
    assert all(c.reason for q in questions for choice in q.choices for c in choice.criteria)
    for question in questions:
        assert len({choice.id for choice in question.choices}) == len(question.choices)


QUESTIONS = background_questions(["Sky", "Sea"])
ANSWERS = st.fixed_dictionaries({q.id: st.sets(st.sampled_from([c.id for c in q.choices])) for q in QUESTIONS})
PROFILES = st.lists(
    st.builds(
        profile,
        st.uuids().map(str),
        st.sampled_from(["Sky", "Sea", "Land"]),
        serving=st.floats(0, 1),
        minutes=st.integers(1, 600),
        publishes_pass_mark=st.booleans(),
        can_be_sat=st.booleans(),
    ),
    max_size=5,
)


@given(ANSWERS, PROFILES)
def test_totals_are_what_the_page_shows_added_up_and_the_first_are_open_and_best(answers, profiles):
    found = suggest(QUESTIONS, answers, profiles)
    if found is None:
        assert not any(answers.values())
        return
    shown = {p.id: sum(round(10 * r.points[p.id].points) for r in found.reasons if r.points) for p in profiles}
    assert {name: round(10 * total) for name, total in found.totals.items()} == shown
    can_be_sat = [p.id for p in profiles if p.can_be_sat]
    assert set(found.first) <= set(can_be_sat)
    assert bool(found.first) == bool(can_be_sat)
    assert all(
        total <= max(found.totals[name] for name in found.first)
        for name, total in found.totals.items()
        if name in can_be_sat
    )
    assert found.retired_ahead not in can_be_sat


def test_shared_skills_are_those_in_the_banks_of_two_certifications():
    banks = {
        "sky": [
            make_question("a", skills=("x", "y")),
            make_question("b", skills=("x",)),
            make_question("c", skills=("z",)),
        ],
        "sea": [
            make_question("d", skills=("y",)),
            make_question("e", skills=("x",)),
            make_question("f", skills=("x",)),
        ],
        "land": [make_question("g", skills=("q",)), make_question("h", skills=("q", "p"))],
        "empty": [],
    }
    found = overlap_of(banks)
    assert found.shared == (
        SharedSkill("x", {"sky": 2, "sea": 2, "land": 0, "empty": 0}),
        SharedSkill("y", {"sky": 1, "sea": 1, "land": 0, "empty": 0}),
    )
    assert found.own == {"sky": (("z", 1),), "sea": (), "land": (("q", 2), ("p", 1)), "empty": ()}
    assert found.shared_share == pytest.approx({"sky": 2 / 3, "sea": 1, "land": 0, "empty": 0})
