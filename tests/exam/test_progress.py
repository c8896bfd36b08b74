"""How the estimate has moved, sitting by sitting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_blueprint, make_evidence, make_question

from simulator.exam.evidence import FROM_PRACTICE
from simulator.exam.overlap import skill_shares
from simulator.exam.progress import MOST_MOMENTS, course, course_with_intervals, sitting_ends
from simulator.exam.readiness import SHIPPED, Beliefs, Cut, ItemDifficulty, estimate, plan_form

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
BLUEPRINT = make_blueprint(scored=50)
CUT = Cut(0.7, 0.05)
RESPONSE = make_evidence("tiny-pack/q", version="v", credit=1.0, given_at=MONDAY, sitting_id="s0")


def sitting(number, *, credit, size=20, prefix="q", **changes):
    """Return the responses of one sitting a day, a minute between them, to questions of its own."""
    return [
        replace(
            RESPONSE,
            question_id=f"{prefix}{number}-{place}",
            domain=("data", "modeling")[place % 2],
            credit=credit,
            given_at=MONDAY + timedelta(days=number, minutes=place),
            sitting_id=f"s{number}",
            **changes,
        )
        for place in range(size)
    ]


def moments(evidence, **options):
    """Return the course with intervals, having made sure that the one without says the same."""
    plan = plan_form(BLUEPRINT, cut=CUT)
    found = course_with_intervals(evidence, plan, **options)
    plain = course(evidence, plan, **options)
    assert [(one.at, one.responses) for one in plain] == [(one.at, one.responses) for one in found]
    assert [one.probability for one in plain] == pytest.approx([one.probability for one in found])
    return found


def test_a_moment_is_what_the_estimate_said_when_the_sitting_ended():
    evidence = [*sitting(0, credit=0.0), *sitting(1, credit=1.0)]
    first, second = moments(evidence)
    assert (first.at, first.responses) == (MONDAY + timedelta(minutes=19), 20)
    assert (second.at, second.responses) == (MONDAY + timedelta(days=1, minutes=19), 40)
    for moment, known in ((first, evidence[:20]), (second, evidence)):
        then = estimate(known, BLUEPRINT, cut=CUT, now=moment.at)
        assert (moment.probability, moment.low, moment.high) == pytest.approx((then.probability, then.low, then.high))
    assert first.probability < second.probability


def test_difficulties_learned_from_data_count_in_every_moment():
    evidence = sitting(0, credit=1.0)
    (plain,) = moments(evidence)
    (easy,) = moments(evidence, items={"v": ItemDifficulty(-3.0, 0.2)})
    assert easy.probability < plain.probability


def test_what_candidates_taught_counts_in_every_moment():
    evidence = [*sitting(0, credit=0.0), *sitting(40, credit=1.0)]
    _, then = moments(evidence)
    _, growing = moments(evidence, beliefs=Beliefs(SHIPPED.spreads, (0.01, 0.01, 0.01, 0.97)))
    assert growing.probability > then.probability


def test_only_the_last_sittings_are_shown():
    evidence = [response for number in range(12) for response in sitting(number, credit=0.5, size=2)]
    found = moments(evidence)
    assert len(found) == MOST_MOMENTS
    assert [moment.responses for moment in found] == list(range(10, 26, 2))


def test_a_sitting_of_repeated_questions_only_is_no_moment():
    again = [replace(r, given_at=r.given_at + timedelta(days=5), sitting_id="again") for r in sitting(0, credit=0.0)]
    assert len(moments([*sitting(0, credit=0.0), *again])) == 1


def test_without_evidence_there_is_no_course():
    assert moments([]) == ()
    assert moments(sitting(0, credit=0.0, answered=False, source=FROM_PRACTICE)) == ()


def test_a_sitting_ends_with_its_last_response_in_whatever_order_they_come():
    evidence = [*sitting(1, credit=1.0, size=3), *sitting(0, credit=1.0, size=2)]
    assert sitting_ends(reversed(evidence)) == [
        MONDAY + timedelta(minutes=1),
        MONDAY + timedelta(days=1, minutes=2),
    ]


def test_skill_shares_say_which_part_of_each_domain_needs_a_skill():
    questions = [
        make_question("a", skills=("x", "y")),
        make_question("b", skills=("x",)),
        make_question("c", skills=("z",), domain="modeling", task="2.1"),
    ]
    assert skill_shares(["data", "modeling", "empty"], questions) == {
        "data": {"x": 1.0, "y": 0.5},
        "modeling": {"z": 1.0},
        "empty": {},
    }
