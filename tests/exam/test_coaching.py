"""The coach says what an attempt shows about habits, and nothing where it shows nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_blueprint, make_question
from hypothesis import given
from hypothesis import strategies as st

from simulator.exam import coaching
from simulator.exam.coaching import (
    AS_SAID,
    COSTS,
    FEWEST,
    OPEN,
    PAYS,
    TOO_FEW,
    TOO_MODEST,
    TOO_SURE,
    coach,
    coach_changes,
    coach_confidence,
    coach_pace,
    met_misconceptions,
)
from simulator.exam.scoring import GradedResponse

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUESTION = make_question()  # The key is option 0.
QUESTIONS = {"v": QUESTION}


def graded(slot, *, right=True, seconds=60.0, **changes):
    response = GradedResponse(
        slot=slot,
        question_id=f"pack/q{slot}",
        version="v",
        domain="data",
        task="1.1",
        scored=True,
        answered=True,
        credit=1.0 if right else 0.0,
        response=(0,) if right else (1,),
        confidence=None,
        flagged=False,
        spent_ms=round(seconds * 1000),
    )
    return replace(response, **changes)


def unanswered(slot, seconds=0.0):
    return graded(slot, right=False, seconds=seconds, answered=False, response=())


def pace_of(responses, made_at=None):
    return coach_pace(responses, made_at or {}, allowed=HOUR, deadline_at=START + HOUR)


# Pace


def test_a_question_that_took_more_than_twice_its_share_is_a_time_sink():
    # Ten questions in an hour: an even share is 360 seconds.
    spent = [100, 720, 721, 900, 300, 300, 300, 300, 300, 300]
    pace = pace_of([graded(n, right=n != 4, seconds=s) for n, s in enumerate(spent, start=1)])
    assert pace.planned == 360
    assert [(sink.slot, sink.right) for sink in pace.sinks] == [(4, False), (3, True)]
    assert pace.sinks[0].times == 2.5
    assert pace.lost_to_sinks == (900 - 360) + (721 - 360)


def test_the_finish_is_projected_from_the_first_half():
    # Twenty questions: 200 seconds each in the first half, 100 in the second.
    pace = pace_of([graded(n, seconds=200 if n <= 10 else 100) for n in range(1, 21)])
    assert (pace.first_half, pace.second_half, pace.projected, pace.allowed) == (200, 100, 4000, 3600)


def test_time_on_questions_that_were_not_answered_slows_the_pace_too():
    half = [graded(n, seconds=100) for n in range(1, 9)] + [unanswered(9, 80), unanswered(10)]
    pace = pace_of([*half, *(unanswered(n) for n in range(11, 21))])
    assert pace.first_half == (8 * 100 + 80) / 8
    assert pace.second_half is None


def test_too_few_answers_in_the_first_half_project_nothing():
    pace = pace_of([graded(n) for n in range(1, 8)] + [unanswered(n) for n in range(8, 21)])
    assert (pace.first_half, pace.projected) == (None, None)


def test_the_middle_question_of_an_odd_form_belongs_to_the_first_half():
    pace = pace_of([graded(n, seconds=90 if n == 8 else 10) for n in range(1, 16)])
    assert pace.first_half == 20
    assert pace.second_half is None


def test_quick_answers_in_the_last_twentieth_of_the_time_are_a_rush():
    end = START + timedelta(minutes=57)  # The last three minutes of the hour; an even share is 720 seconds.
    responses = [
        graded(1, seconds=300),
        graded(2, seconds=359, right=False),
        graded(3, seconds=10),
        graded(4, seconds=360),
        unanswered(5),
    ]
    made_at = {1: end, 2: end + timedelta(seconds=1), 3: end + timedelta(minutes=2), 4: end, 5: end}
    pace = pace_of(responses, made_at)
    assert pace.end_seconds == 180
    assert (pace.hurried, pace.hurried_right, pace.rushed) == ((1, 2, 3), 2, True)
    pace = pace_of(responses, made_at | {3: end - timedelta(seconds=1)})
    assert (pace.hurried, pace.rushed) == ((1, 2), False)


def test_an_answer_whose_moment_is_not_known_is_not_said_to_be_hurried():
    assert pace_of([graded(1, seconds=1)]).hurried == ()


def test_an_empty_form_has_no_pace():
    pace = pace_of([])
    assert (pace.planned, pace.sinks, pace.first_half, pace.lost_to_sinks) == (0, (), None, 0)


# Changed answers


def test_changes_are_told_apart_by_what_they_gained():
    responses = [
        graded(1, first_response=(1,)),
        graded(2, right=False, first_response=(0,)),
        graded(3, right=False, first_response=(2,)),
        graded(4, first_response=(0,)),
        graded(5),
        replace(unanswered(6), first_response=(0,)),
        replace(unanswered(7), first_response=(1,)),
    ]
    changes = coach_changes(responses, QUESTIONS)
    assert changes.to_right == (1,)
    assert changes.to_wrong == (2, 6)
    assert changes.still_wrong == (3, 7)
    assert (changes.count, changes.net, changes.verdict) == (5, -1, TOO_FEW)


def changed(gains, losses, still=0):
    kinds = [(True, (1,))] * gains + [(False, (0,))] * losses + [(False, (2,))] * still
    return coach_changes(
        [graded(n, right=right, first_response=first) for n, (right, first) in enumerate(kinds)], QUESTIONS
    )


@pytest.mark.parametrize(
    ("gains", "losses", "verdict"),
    [
        (0, 0, TOO_FEW),
        (FEWEST - 1, 0, TOO_FEW),
        (FEWEST, 0, PAYS),
        (FEWEST - 1, 1, PAYS),
        (FEWEST - 2, 2, OPEN),
        (4, 4, OPEN),
        (1, FEWEST - 1, COSTS),
    ],
)
def test_whether_changing_pays_is_said_only_when_chance_does_not_explain_it(gains, losses, verdict):
    assert changed(gains, losses).verdict == verdict


def test_changes_from_wrong_to_wrong_decide_nothing():
    assert changed(7, 0, still=20).verdict == TOO_FEW


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_gains_and_losses_are_mirror_images(gains, losses, still):
    there, back = changed(gains, losses, still), changed(losses, gains, still)
    assert there.net == -back.net
    assert there.count == gains + losses + still
    assert back.verdict == {PAYS: COSTS, COSTS: PAYS}.get(there.verdict, there.verdict)


# Confidence


def said(confidence, right, wrong, domain="data", start=1):
    return [
        graded(start + n, right=n < right, confidence=confidence, domain=domain, version="v")
        for n in range(right + wrong)
    ]


def confidence_of(responses):
    return coach_confidence(responses, QUESTIONS, ["data", "modeling"])


def level(responses, name):
    return next(level for level in confidence_of(responses).levels if level.confidence == name)


def test_each_confidence_has_its_share_right_with_an_interval():
    found = level(said("unsure", 12, 4), "unsure")
    assert (found.result.correct, found.result.count, found.verdict) == (12, 16, AS_SAID)
    # Wilson's 95% interval of 12 in 16.
    assert (found.result.low, found.result.high) == (pytest.approx(0.505, abs=5e-4), pytest.approx(0.898, abs=5e-4))


@pytest.mark.parametrize(
    ("right", "wrong", "verdict"),
    [(5, 3, TOO_SURE), (6, 2, AS_SAID), (16, 4, AS_SAID), (15, 5, TOO_SURE), (0, 7, TOO_FEW), (8, 0, AS_SAID)],
)
def test_sure_ought_to_mean_nine_in_ten(right, wrong, verdict):
    assert level(said("sure", right, wrong), "sure").verdict == verdict


@pytest.mark.parametrize(
    ("right", "wrong", "verdict"),
    [(2, 6, AS_SAID), (5, 3, TOO_MODEST), (4, 4, AS_SAID), (7, 0, TOO_FEW)],
)
def test_guesses_that_beat_blind_choice_are_too_modest(right, wrong, verdict):
    # One in four by blind choice.
    confidence = confidence_of(said("guess", right, wrong))
    assert confidence.chance == 0.25
    assert confidence.levels[2].verdict == verdict


def test_blind_choice_is_reckoned_from_the_questions_that_were_guessed():
    pair = make_question(keys=(0, 1), options=5)
    responses = [graded(1, confidence="guess"), graded(2, confidence="guess", version="pair")]
    confidence = coach_confidence(responses, {**QUESTIONS, "pair": pair}, ["data"])
    assert confidence.chance == pytest.approx((1 / 4 + 1 / 10) / 2)


def test_overconfidence_is_found_by_domain():
    responses = [
        *said("sure", 3, 7, "data"),
        *said("sure", 9, 1, "modeling", start=20),
        *said("unsure", 0, 9, "modeling", 40),
    ]
    data, modeling = confidence_of(responses).domains
    assert (data.domain, data.verdict, data.wrong) == ("data", TOO_SURE, (4, 5, 6, 7, 8, 9, 10))
    assert (modeling.result.count, modeling.verdict, modeling.wrong) == (10, AS_SAID, (29,))
    assert confidence_of(said("sure", 0, 7)).domains[0].verdict == TOO_FEW


def test_a_domain_must_stand_out_more_than_an_exam_because_there_are_several():
    responses = said("sure", 15, 5)
    assert level(responses, "sure").verdict == TOO_SURE
    assert confidence_of(responses).domains[0].verdict == AS_SAID


def test_sure_but_wrong_and_right_but_guessed_are_listed():
    responses = [*said("sure", 1, 2), *said("guess", 2, 1, start=10), *said("unsure", 1, 1, start=20), unanswered(30)]
    confidence = confidence_of(responses)
    assert confidence.sure_but_wrong == (2, 3)
    assert confidence.right_but_guessed == (10, 11)
    assert (confidence.said, confidence.answered) == (8, 8)


def test_a_confidence_without_an_answer_says_nothing():
    confidence = confidence_of([replace(unanswered(1), confidence="sure"), graded(2)])
    assert (confidence.said, confidence.answered) == (0, 1)
    assert confidence.chance is None
    assert confidence.sure_but_wrong == ()


# Misconceptions


def with_misconceptions(**words):
    options = tuple(
        replace(option, misconception=words.get(f"o{number}", "")) for number, option in enumerate(QUESTION.options)
    )
    return replace(QUESTION, options=options)


def test_misconceptions_are_counted_over_questions_by_their_words():
    questions = {
        "a": with_misconceptions(o1="More data removes bias", o2="Bigger is faster"),
        "b": with_misconceptions(o3="more data  removes bias"),
        "c": with_misconceptions(o1="Bigger is faster"),
        "d": QUESTION,
    }
    responses = [
        graded(1, version="a", response=(1,)),
        graded(2, version="b", response=(3,)),
        graded(3, version="c", response=(0,)),
        graded(4, version="d", response=(1,)),
        graded(5, version="c", response=(1,)),
    ]
    first, second = met_misconceptions(responses, questions)
    assert (first.words, first.slots, first.offered) == ("More data removes bias", (1, 2), 2)
    assert (second.words, second.slots, second.offered) == ("Bigger is faster", (5,), 3)


def test_two_options_with_one_misconception_count_as_one_question():
    questions = {"a": with_misconceptions(o1="Bigger is faster", o2="Bigger is faster")}
    (met,) = met_misconceptions([graded(1, version="a", response=(1, 2))], questions)
    assert (met.slots, met.offered) == ((1,), 1)


def test_misconceptions_met_equally_often_come_in_the_order_of_the_form():
    questions = {"a": with_misconceptions(o1="Zeal"), "b": with_misconceptions(o1="Ardour")}
    responses = [graded(1, version="a", response=(1,)), graded(2, version="b", response=(1,))]
    assert [met.words for met in met_misconceptions(responses, questions)] == ["Zeal", "Ardour"]


# All of it


def test_the_coach_says_all_of_it_about_one_attempt():
    responses = [
        *said("sure", 1, 1),
        graded(5, seconds=3000, first_response=(1,), domain="modeling"),
        graded(6, version="m", right=False),
    ]
    questions = {**QUESTIONS, "m": with_misconceptions(o1="Bigger is faster")}
    result = coach(responses, questions, {}, make_blueprint(), allowed=HOUR, deadline_at=START + HOUR)
    assert isinstance(result, coaching.Coaching)
    assert [sink.slot for sink in result.pace.sinks] == [5]
    assert result.changes.to_right == (5,)
    assert [domain.domain for domain in result.confidence.domains] == ["data", "modeling"]
    assert [met.slots for met in result.misconceptions] == [(6,)]
