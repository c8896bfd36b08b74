"""What a candidate gets to practise, told as stories about alice and a handful of questions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_entry, make_question
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam import practice
from simulator.exam.evidence import FROM_EXAM, FROM_PRACTICE, Evidence
from simulator.exam.form import Form
from simulator.exam.practice import Criteria, Past, choose, count_pools, extend, make_form, matching, next_slot

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def response(question_id, *, day=0, credit=1.0, source=FROM_PRACTICE, sitting_id="p", **changes):
    """One graded response of alice's, so many days after Monday."""
    evidence = Evidence(
        question_id=question_id,
        version=f"v-{question_id}",
        certification_id="tiny",
        domain="data",
        task="1.1",
        skills=(),
        type="single_choice",
        difficulty=3,
        guess=0.25,
        answered=True,
        credit=credit,
        confidence=None,
        flagged=False,
        spent_ms=1000,
        given_at=MONDAY + timedelta(days=day),
        source=source,
        sitting_id=sitting_id,
    )
    return replace(evidence, **changes)


def bank():
    """Six questions: two tasks of `data`, one of `modeling`, with different skills, difficulties and types."""
    return {
        "d1": make_question("d1", task="1.1", skills=("storage",), difficulty=1),
        "d2": make_question("d2", task="1.1", skills=("storage", "streams"), difficulty=3),
        "d3": make_question("d3", task="1.2", skills=("streams",), difficulty=5),
        "d4": make_question("d4", task="1.2", keys=(0, 1), options=5),
        "m1": make_question("m1", domain="modeling", task="2.1", skills=("metrics",)),
        "m2": make_question("m2", domain="modeling", task="2.1", skills=("storage",), difficulty=5),
    }


ENTRIES = [
    make_entry(question_id, domain=question.domain, task=question.task, option_count=len(question.options))
    for question_id, question in bank().items()
]
QUESTIONS = {f"v-{question_id}": question for question_id, question in bank().items()}


def fitting(*evidence, **criteria):
    return {entry.question_id for entry in matching(ENTRIES, QUESTIONS, Past(evidence), Criteria(**criteria))}


def test_without_criteria_everything_is_practised():
    assert fitting() == set(bank())


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"domains": ("modeling",)}, {"m1", "m2"}),
        ({"domains": ("data", "modeling")}, set(bank())),
        ({"tasks": ("1.2",)}, {"d3", "d4"}),
        ({"skills": ("storage",)}, {"d1", "d2", "m2"}),
        ({"skills": ("streams", "metrics")}, {"d2", "d3", "m1"}),
        ({"difficulties": (1, 5)}, {"d1", "d3", "m2"}),
        ({"types": ("multiple_response",)}, {"d4"}),
        ({"domains": ("data",), "skills": ("storage",), "difficulties": (3,)}, {"d2"}),
        ({"skills": ("juggling",)}, set()),
    ],
)
def test_questions_fit_every_kind_of_criterion_and_any_value_of_it(criteria, expected):
    assert fitting(**criteria) == expected


def test_a_domain_stands_for_its_tasks_unless_some_of_them_are_chosen():
    assert fitting(domains=("data",), tasks=("1.2",)) == {"d3", "d4"}
    assert fitting(domains=("data", "modeling"), tasks=("1.2",)) == {"d3", "d4", "m1", "m2"}
    assert fitting(domains=("modeling",), tasks=("1.1",)) == {"d1", "d2", "m1", "m2"}


def test_what_was_missed_comes_until_it_is_right_once():
    wrong, right = response("d1", credit=0.0), response("d1", day=1)
    assert fitting(wrong, pool=practice.MISSED) == {"d1"}
    # The order in which evidence is handed over does not matter, only when it was given.
    assert fitting(right, wrong, pool=practice.MISSED) == set()
    assert fitting(response("d2", answered=False, credit=0.0), pool=practice.MISSED) == {"d2"}


def test_guesses_and_flags_count_as_they_were_last():
    lucky = response("d1", confidence="guess", flagged=True)
    assert fitting(lucky, pool=practice.GUESSED) == {"d1"}
    assert fitting(lucky, pool=practice.FLAGGED) == {"d1"}
    later = response("d1", day=1, confidence="sure")
    assert fitting(lucky, later, pool=practice.GUESSED) == set()
    assert fitting(lucky, later, pool=practice.FLAGGED) == set()


def test_unseen_is_what_no_exam_and_no_practice_has_shown():
    seen = [response("d1"), response("m1", source=FROM_EXAM, sitting_id="e")]
    assert fitting(*seen, pool=practice.UNSEEN) == {"d2", "d3", "d4", "m2"}


def test_missed_in_the_last_exams_looks_that_far_back_and_at_exams_only():
    def exam(name, day, wrong, right):
        graded = {**dict.fromkeys(wrong, 0.0), **dict.fromkeys(right, 1.0)}
        return [
            response(question_id, day=day, credit=credit, source=FROM_EXAM, sitting_id=name)
            for question_id, credit in graded.items()
        ]

    evidence = [
        *exam("first", 0, wrong=["d1", "m1"], right=["d2"]),
        *exam("second", 1, wrong=["d2"], right=["d1"]),
        *exam("third", 2, wrong=[], right=["d3"]),
        response("d4", day=3, credit=0.0),
    ]
    assert fitting(*evidence, pool=practice.MISSED_IN_EXAMS, exams=1) == set()
    assert fitting(*evidence, pool=practice.MISSED_IN_EXAMS, exams=2) == {"d2"}
    assert fitting(*evidence, pool=practice.MISSED_IN_EXAMS, exams=3) == {"d1", "d2", "m1"}
    assert fitting(pool=practice.MISSED_IN_EXAMS, exams=3) == set()


def test_every_pool_is_counted_inside_the_other_criteria():
    past = Past([response("d1", credit=0.0, confidence="guess"), response("m1", flagged=True)])
    counts = count_pools(ENTRIES, QUESTIONS, past, Criteria(domains=("data",), pool=practice.MISSED))
    assert counts == {"all": 4, "unseen": 3, "missed": 1, "guessed": 1, "flagged": 0, "exams": 0, "least": 4}


def ids(entries):
    return [entry.question_id for entry in entries]


def test_the_same_seed_gives_the_same_questions_and_another_one_another_order():
    past = Past([])
    drawn = [ids(choose(ENTRIES, past, Criteria(count=6), seed=seed)) for seed in range(20)]
    assert drawn[3] == ids(choose(reversed(ENTRIES), past, Criteria(count=6), seed=3))
    assert all(sorted(order) == sorted(bank()) for order in drawn)
    assert len({tuple(order) for order in drawn}) > 10


def test_no_more_are_asked_than_wanted_and_no_more_than_there_are():
    assert len(choose(ENTRIES, Past([]), Criteria(count=4), seed=1)) == 4
    assert len(choose(ENTRIES, Past([]), Criteria(count=100), seed=1)) == 6
    assert choose([], Past([]), Criteria(), seed=1) == []


def test_seen_least_begins_with_the_unseen_and_goes_on_with_the_longest_ago():
    evidence = [
        *(response("d1", day=day) for day in (0, 1)),
        *(response("d2", day=day) for day in (0, 5)),
        response("m1", day=3),
        response("m2", day=2),
    ]
    criteria = Criteria(pool=practice.SEEN_LEAST, count=6)
    order = ids(choose(ENTRIES, Past(evidence), criteria, seed=1))
    assert set(order[:2]) == {"d3", "d4"}
    assert order[2:] == ["m2", "m1", "d1", "d2"]


def test_of_enemies_only_one_is_asked_whichever_of_them_says_so():
    entries = [make_entry("a", enemies=frozenset({"b"})), make_entry("b"), make_entry("c", enemies=frozenset({"b"}))]
    for seed in range(20):
        order = ids(choose(entries, Past([]), Criteria(), seed=seed))
        assert order[0] == "b" or "b" not in order
        assert sorted(order) in (["b"], ["a", "c"])


def test_questions_about_one_stimulus_stand_together_in_the_authors_order():
    shared = [make_entry(f"s{number}", stimulus_id="story") for number in (1, 2, 3)]
    for seed in range(20):
        order = ids(choose([*ENTRIES, *shared], Past([]), Criteria(count=20), seed=seed))
        place = order.index("s1")
        assert order[place : place + 3] == ["s1", "s2", "s3"]


def test_options_are_shuffled_by_the_seed_unless_their_order_means_something():
    entries = [make_entry(f"q{number}", shuffle=number != 4) for number in range(8)]
    form = make_form(entries, seed=5)
    assert form == make_form(entries, seed=5)
    assert [slot.number for slot in form.slots] == list(range(1, 9))
    assert all(sorted(slot.option_order) == [0, 1, 2, 3] for slot in form.slots)
    assert form.slots[4].option_order == (0, 1, 2, 3)
    assert len({slot.option_order for slot in form.slots}) > 2
    assert make_form(entries, seed=6) != form


def test_a_form_that_grows_is_the_form_that_was_made_at_once():
    form = Form(7, ())
    for entry in ENTRIES:
        form = extend(form, entry)
    assert form == make_form(ENTRIES, seed=7)
    assert (form.slots[0].question_id, form.slots[0].scored) == ("d1", True)


@pytest.mark.parametrize(
    ("done", "after", "expected"),
    [
        ((), 0, 1),
        ((1, 2), 0, 3),
        ((1, 3), 1, 2),
        ((2, 3), 2, 4),
        ((4,), 4, 1),
        ((1, 2, 3, 4), 2, None),
    ],
)
def test_going_on_leads_to_the_next_open_question_and_then_back_to_those_that_were_skipped(done, after, expected):
    assert next_slot([1, 2, 3, 4], done, after=after) == expected


def test_criteria_are_kept_as_plain_values():
    document = practice.to_document(Criteria(domains=("data",), difficulties=(1, 2), pool=practice.MISSED, count=5))
    assert document == {
        "domains": ["data"],
        "tasks": [],
        "skills": [],
        "difficulties": [1, 2],
        "types": [],
        "pool": "missed",
        "exams": 1,
        "count": 5,
    }


@given(
    seed=st.integers(0, 2**53),
    count=st.integers(1, 30),
    pool=st.sampled_from(practice.POOLS),
    foes=st.sets(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20),
    sets=st.lists(st.sampled_from(["", "x", "y"]), min_size=15, max_size=15),
    seen=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 9), st.sampled_from([0.0, 1.0]))),
)
def test_whatever_is_asked_no_question_comes_twice_or_beside_an_enemy(seed, count, pool, foes, sets, seen):
    entries = [
        make_entry(
            f"q{number:02}",
            stimulus_id=sets[number] or None,
            enemies=frozenset(f"q{foe:02}" for one, foe in foes if one == number != foe),
        )
        for number in range(15)
    ]
    questions = {entry.version: make_question(entry.question_id) for entry in entries}
    past = Past(response(f"q{number:02}", day=day, credit=credit) for number, day, credit in seen)
    criteria = Criteria(pool=pool, count=count)
    matches = matching(entries, questions, past, criteria)
    chosen = choose(matches, past, criteria, seed=seed)
    names = ids(chosen)
    assert len(set(names)) == len(names) <= count
    assert set(names) <= set(ids(matches))
    assert all(entry.enemies.isdisjoint(names) for entry in chosen)
    assert bool(chosen) is bool(matches)
    assert count_pools(entries, questions, past, criteria)[pool] == len(matches)
