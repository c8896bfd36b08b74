"""Am I ready? Stories of candidates, and what must always hold of the estimate."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import erf, sqrt

import numpy as np
import pytest
from factories import make_blueprint
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.exam.blueprint import Domain, Task
from simulator.exam.evidence import FROM_EXAM, FROM_PRACTICE, Evidence
from simulator.exam.readiness import (
    NEARLY,
    NOT_YET,
    READY,
    SHIPPED,
    TOO_CLOSE_TO_CALL,
    UNKNOWN,
    BankItem,
    Beliefs,
    Cut,
    ItemDifficulty,
    Outlook,
    default_cut,
    estimate,
    learn_beliefs,
    next_steps,
    transfer,
)
from simulator.exam.readiness.assumptions import HALF_LIFE_DAYS, LEAST_RESPONSES, TRANSFER_DISCOUNT, WIDEST_INTERVAL
from simulator.exam.readiness.beliefs import from_document, to_document
from simulator.exam.readiness.estimate import verdict_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DOMAINS = (
    Domain("data", "Data", 30, (Task("1.1", "Ingest data"),)),
    Domain("modeling", "Modeling", 50, (Task("2.1", "Train models"),)),
    Domain("serving", "Serving", 20, (Task("3.1", "Serve models"),)),
)
BLUEPRINT = make_blueprint(scored=50, unscored=15, minutes=180, domains=DOMAINS)
CUT = default_cut(BLUEPRINT)


def response(number=0, *, domain="data", credit=1.0, days=0.0, **changes):
    values = {
        "question_id": f"q{number}",
        "version": f"v{number}",
        "certification_id": BLUEPRINT.id,
        "domain": domain,
        "task": "1.1",
        "skills": (),
        "type": "single_choice",
        "difficulty": 3,
        "guess": 0.25,
        "answered": True,
        "credit": float(credit),
        "confidence": None,
        "flagged": False,
        "spent_ms": 60_000,
        "given_at": NOW - timedelta(days=days),
        "source": FROM_EXAM,
        "sitting_id": "first",
    }
    return Evidence(**{**values, **changes})


def sitting(right, count, *, start=0, domains=("data", "modeling", "serving"), **changes):
    """Return so many answers, the domains in turn, the right ones spread evenly over domains and time."""
    answers = []
    for n in range(count):
        place, turn = n % len(domains), n // len(domains)
        asked = len(range(place, count, len(domains)))
        here = right * (place + 1) // len(domains) - right * place // len(domains)
        credit = (turn + 1) * here // asked - turn * here // asked
        answers.append(response(start + n, domain=domains[place], credit=credit, **changes))
    return answers


def ready(evidence, **changes):
    return estimate(evidence, BLUEPRINT, **{"cut": CUT, "now": NOW, **changes})


# -- Stories ------------------------------------------------------------------------------------------------------


def test_nobody_is_judged_without_evidence():
    found = ready([])
    assert found.verdict == UNKNOWN
    assert found.probability == pytest.approx(0.5, abs=0.05)
    assert (found.low, found.high) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))
    assert LEAST_RESPONSES <= found.questions_needed <= 100
    assert found.memorisation.repeated == 0
    assert found.memorisation.gain is None


def test_as_many_more_questions_as_it_says_are_enough():
    some = sitting(7, 10)
    found = ready(some)
    assert found.verdict == UNKNOWN
    needed = found.questions_needed
    as_many = ready(some + sitting(round(0.72 * needed), needed, start=100))
    assert as_many.high - as_many.low == pytest.approx(WIDEST_INTERVAL, abs=0.03)
    assert ready(some + sitting(round(0.36 * needed), needed // 2, start=100)).verdict == UNKNOWN


def test_what_hardly_any_answers_say_clearly_is_still_not_enough():
    found = ready(sitting(0, 12))
    assert found.high - found.low < WIDEST_INTERVAL
    assert (found.verdict, found.questions_needed) == (UNKNOWN, LEAST_RESPONSES - 12)


def test_where_no_number_of_questions_would_do_it_says_the_greatest_that_it_looks_at():
    # An exam of 100,000 questions with a known cut: whoever is near it passes or fails by the finest difference.
    huge = replace(BLUEPRINT, scored=100_000)
    at_the_cut = Cut(estimate([], huge, cut=CUT, now=NOW).share, 0.0)
    found = estimate([], huge, cut=at_the_cut, now=NOW)
    assert (found.verdict, found.questions_needed) == (UNKNOWN, 1000)


def test_strong_results_again_and_again_are_ready():
    found = ready(sitting(56, 65) + sitting(57, 65, start=100, sitting_id="second"))
    assert found.verdict == READY
    assert found.probability > 0.9
    assert found.questions_needed is None
    assert found.scaled > BLUEPRINT.pass_mark.score


def test_a_lucky_guesser_is_not_ready():
    found = ready(sitting(22, 65))
    assert found.verdict == NOT_YET
    assert found.probability < 0.01
    # A third right where a quarter is luck: hardly anything is known.
    assert all(domain.ability < -0.5 for domain in found.domains)


def test_right_by_luck_says_less_where_luck_is_likely():
    lucky = ready(sitting(45, 65, guess=0.5))
    earned = ready(sitting(45, 65, guess=0.05))
    assert lucky.domains[0].ability < earned.domains[0].ability


def test_one_exam_near_the_cut_is_too_close_to_call():
    assert ready(sitting(45, 65)).verdict == TOO_CLOSE_TO_CALL


def test_more_evidence_narrows():
    widths = []
    for exams in range(1, 5):
        found = ready([one for n in range(exams) for one in sitting(46, 65, start=100 * n, sitting_id=str(n))])
        widths.append((found.high - found.low, found.domains[0].high - found.domains[0].low))
    assert widths == sorted(widths, reverse=True)


def test_a_weak_domain_moves_the_next_step():
    def first_step(weak):
        evidence = [
            one
            for number, domain in enumerate(("data", "modeling", "serving"))
            for one in sitting(10 if domain == weak else 21, 25, start=100 * number, domains=(domain,))
        ]
        return next_steps(ready(evidence), minutes_per_question=180 / 65)[0]

    assert first_step("data").id == "data"
    assert first_step("modeling").id == "modeling"
    step = first_step("data")
    assert (step.kind, step.domain, step.title, step.share) == ("domain", "data", "Data", pytest.approx(0.3))
    assert step.questions == 11
    assert 0 < step.gain < 0.3


def test_a_weak_skill_is_worth_more_than_a_strong_one_of_the_same_size():
    evidence = [
        replace(one, skills=("drift" if n % 2 else "pipelines",), credit=float(n % 2 == 0 or n % 5 == 0))
        for n, one in enumerate(sitting(0, 60))
    ]
    steps = next_steps(ready(evidence), minutes_per_question=3, skill_titles={"drift": "Watching for drift"})
    skills = [(step.id, step.domain, step.gain) for step in steps if step.kind == "skill"]
    gain = {(skill, domain): value for skill, domain, value in skills}
    for domain in ("data", "modeling", "serving"):
        assert gain["drift", domain] > gain["pipelines", domain]
    assert {step.title for step in steps if step.id == "drift"} == {"Watching for drift"}
    assert {step.title for step in steps if step.id == "pipelines"} == {"pipelines"}
    assert [step.gain for step in steps] == sorted((step.gain for step in steps), reverse=True)
    top = next_steps(ready(evidence), minutes_per_question=3, limit=2)
    assert [step.gain for step in top] == [step.gain for step in steps[:2]]


def test_repeated_questions_do_not_count_and_are_told_apart():
    before = sitting(40, 65, days=2)
    again = [replace(one, credit=1.0, given_at=NOW, sitting_id="again") for one in before]
    once, twice = ready(before), ready(before + again)
    assert (twice.probability, twice.domains) == (once.probability, once.domains)
    assert twice.responses == once.responses == 65
    assert twice.memorisation.repeated == 65
    assert twice.memorisation.share == 1.0
    assert twice.memorisation.expected == pytest.approx(40 / 65, abs=0.05)
    assert twice.memorisation.gain == pytest.approx(1.0 - twice.memorisation.expected)


def test_old_evidence_fades():
    fresh, old, ancient = (ready(sitting(60, 65, days=days)) for days in (0, HALF_LIFE_DAYS, 10 * HALF_LIFE_DAYS))
    assert fresh.effective == 65
    assert old.effective == pytest.approx(65 / 2)
    assert fresh.probability > old.probability > ancient.probability
    assert ancient.verdict == UNKNOWN
    assert ancient.responses == 65


def test_a_clock_that_was_ahead_makes_evidence_no_heavier():
    assert ready(sitting(40, 65, days=-3)).effective == 65


def test_rising_results_say_more_than_their_mean():
    def course(*rights):
        return ready(
            [
                one
                for n, right in enumerate(rights)
                for one in sitting(right, 65, start=100 * n, days=30 * (2 - n), sitting_id=str(n))
            ]
        )

    rising, level, falling = course(35, 43, 51), course(43, 43, 43), course(51, 43, 35)
    assert rising.probability > level.probability > falling.probability


def test_an_abandoned_sitting_counts_what_was_answered():
    def left_after(answered):
        return [
            replace(one, answered=n < answered, credit=float(n < answered and n % 4 > 0))
            for n, one in enumerate(sitting(0, 60))
        ]

    assert ready(left_after(29)).responses == 29
    assert ready(left_after(29)).probability == ready(left_after(29)[:29]).probability
    assert ready(left_after(30)).responses == 60
    assert ready(left_after(30)).probability < ready(left_after(29)).probability


def test_what_was_skipped_in_practice_does_not_count_but_was_seen():
    skipped = response(credit=0, answered=False, source=FROM_PRACTICE, days=1)
    assert ready([skipped]).responses == 0
    later = response(source=FROM_PRACTICE, sitting_id="later")
    found = ready([skipped, later])
    assert (found.responses, found.memorisation.repeated) == (0, 1)


def test_practice_counts_like_an_exam():
    assert ready(sitting(45, 65, source=FROM_PRACTICE)).probability == ready(sitting(45, 65)).probability


def test_other_certifications_and_unknown_domains_are_left_aside():
    evidence = sitting(45, 65)
    others = [response(900, certification_id="other"), response(901, domain="gone")]
    assert ready(evidence + others).probability == ready(evidence).probability
    assert ready(evidence + others).responses == 65


def test_the_order_of_evidence_does_not_matter_and_nothing_is_drawn_at_random():
    evidence = [one for n in range(3) for one in sitting(40 + n, 65, start=100 * n, days=n, sitting_id=str(n))]
    found, again, backwards = ready(evidence), ready(evidence), ready(evidence[::-1])
    assert found == again
    assert backwards.probability == pytest.approx(found.probability, abs=1e-12)
    assert backwards.verdict == found.verdict


def test_difficulty_from_data_replaces_the_authors():
    evidence = sitting(45, 65)
    hard = {one.version: ItemDifficulty(1.0, 0.1) for one in evidence}
    assert ready(evidence, items=hard).probability > ready(evidence).probability


def test_a_harder_bank_makes_passing_less_likely():
    def bank(level):
        return [BankItem(f"v{n}", domain.id, level, 0.25) for domain in DOMAINS for n in range(50)]

    evidence = sitting(50, 65)
    easy, hard = (ready(evidence, bank=[*bank(level), BankItem("x", "gone", 1, 0.25)]) for level in (1, 5))
    assert easy.share > hard.share
    known = {f"v{n}": ItemDifficulty(3.0, 0.1) for n in range(50)}
    assert ready(evidence, bank=bank(3), items=known).share < ready(evidence, bank=bank(3)).share


def test_a_higher_cut_is_harder_and_an_unsure_one_less_certain():
    evidence = sitting(50, 65)
    lenient, strict = (ready(evidence, cut=Cut(mean, 0.05)) for mean in (0.6, 0.8))
    assert lenient.probability > strict.probability
    sure, unsure = (ready(evidence, cut=Cut(0.7, sd)) for sd in (0.0, 0.15))
    assert sure.probability > unsure.probability > 0.5
    assert sure.high - sure.low > unsure.high - unsure.low


@pytest.mark.parametrize(
    ("probability", "low", "high", "effective", "verdict"),
    [
        (0.80, 0.60, 0.95, 100, READY),
        (0.80, 0.59, 0.95, 100, NEARLY),
        (0.79, 0.70, 0.95, 100, NEARLY),
        (0.61, 0.40, 0.90, 100, NEARLY),
        (0.61, 0.39, 0.90, 100, TOO_CLOSE_TO_CALL),
        (0.60, 0.55, 0.65, 100, TOO_CLOSE_TO_CALL),
        (0.40, 0.35, 0.45, 100, TOO_CLOSE_TO_CALL),
        (0.39, 0.30, 0.60, 100, NOT_YET),
        (0.01, 0.00, 0.05, 100, NOT_YET),
        (0.50, 0.10, 0.90, 100, UNKNOWN),
        (0.99, 0.98, 1.00, 14, UNKNOWN),
    ],
)
def test_the_verdicts_keep_their_thresholds(probability, low, high, effective, verdict):
    outlook = Outlook(probability, low, high)
    assert verdict_of(outlook, effective) == verdict


# -- Transfer -----------------------------------------------------------------------------------------------------

SKILLS = {"data": {"ingestion": 0.5, "quality": 0.5}, "modeling": {"quality": 0.25, "training": 0.75}, "serving": {}}


def elsewhere(count, *skills, credit=1.0, **changes):
    return [
        response(n, domain="abroad", certification_id="other", skills=skills, credit=credit, **changes)
        for n in range(count)
    ]


def test_a_shared_skill_lends_its_answers_at_a_discount():
    lent = transfer(elsewhere(4, "ingestion"), SKILLS, certification_id=BLUEPRINT.id)
    assert [(one.domain, one.share) for one in lent] == [("data", TRANSFER_DISCOUNT)] * 4
    found, nothing = ready([], transferred=lent), ready([])
    assert found.probability > nothing.probability
    assert found.transferred == pytest.approx(4 * TRANSFER_DISCOUNT)
    assert (found.responses, found.effective) == (0, 0)
    assert [domain.transferred for domain in found.domains] == [pytest.approx(4 * TRANSFER_DISCOUNT), 0, 0]


def test_a_skill_of_two_domains_is_split_between_them():
    lent = transfer(elsewhere(1, "quality", "unheard-of"), SKILLS, certification_id=BLUEPRINT.id)
    shares = {one.domain: one.share for one in lent}
    assert shares == {"data": pytest.approx(TRANSFER_DISCOUNT / 3), "modeling": pytest.approx(TRANSFER_DISCOUNT / 6)}


def test_transfer_is_held_to_what_it_can_tell():
    lent = transfer(elsewhere(500, "ingestion"), SKILLS, certification_id=BLUEPRINT.id)
    # 1 / (0.7^2 * 0.18) answers for a domain that is covered; "ingestion" covers half of it.
    assert sum(one.share for one in lent) == pytest.approx(0.5 / (0.49 * 0.18))


def test_own_answers_and_repetitions_are_not_lent():
    own = [response(skills=("ingestion",))]
    twice = elsewhere(1, "ingestion", days=1) + elsewhere(1, "ingestion")
    assert transfer(own, SKILLS, certification_id=BLUEPRINT.id) == ()
    assert len(transfer(twice, SKILLS, certification_id=BLUEPRINT.id)) == 1


def test_what_is_lent_to_a_domain_that_is_gone_is_left_aside():
    lent = transfer(elsewhere(3, "x"), {"gone": {"x": 1.0}}, certification_id=BLUEPRINT.id)
    assert ready([], transferred=lent).transferred == 0


# -- Learning from an installation ----------------------------------------------------------------------------------


def test_without_candidates_the_beliefs_are_those_shipped():
    assert learn_beliefs([], BLUEPRINT) is SHIPPED
    assert learn_beliefs([[], [replace(sitting(1, 1)[0], certification_id="other")]], BLUEPRINT) is SHIPPED


def test_an_installation_learns_how_its_candidates_grow():
    def candidates(*rights):
        return [
            [
                one
                for n, right in enumerate(rights)
                for one in sitting(right, 65, start=100 * n, days=30 * (2 - n), sitting_id=str(n))
            ]
        ] * 40

    growing = learn_beliefs(candidates(30, 40, 50), BLUEPRINT)
    level = learn_beliefs(candidates(40, 40, 40), BLUEPRINT)
    assert growing.growth[3] > SHIPPED.growth[3] > level.growth[3]
    for beliefs in (growing, level):
        assert sum(beliefs.growth) == pytest.approx(1)
        assert sum(beliefs.spreads) == pytest.approx(1)
    course = candidates(38, 41, 44)[0]
    assert ready(course, beliefs=growing).probability > ready(course, beliefs=level).probability


def test_what_candidates_taught_does_not_age():
    def candidates(ago):
        return [[*sitting(30, 65, days=ago + 30, sitting_id="a"), *sitting(50, 65, start=100, days=ago)]] * 10

    assert learn_beliefs(candidates(0), BLUEPRINT) == learn_beliefs(candidates(1000), BLUEPRINT) != SHIPPED


def test_beliefs_survive_being_kept():
    learnt = Beliefs((0.1, 0.2, 0.3, 0.4), (0.4, 0.3, 0.2, 0.1))
    assert from_document(json.loads(json.dumps(to_document(learnt)))) == learnt


@pytest.mark.parametrize("about", ["spreads", "growth"])
def test_beliefs_about_other_values_than_those_assumed_now_are_none(about):
    document = to_document(SHIPPED)
    document[about][0][0] += 0.1
    assert from_document(document) is None


# -- What always holds ----------------------------------------------------------------------------------------------

ANSWERS = st.lists(
    st.tuples(
        st.sampled_from([domain.id for domain in DOMAINS]),
        st.sampled_from([0.0, 0.5, 1.0]),
        st.integers(1, 5),
        st.sampled_from([0.0, 0.1, 0.25, 0.5]),
        st.integers(0, 400),
    ),
    max_size=30,
)


def as_evidence(answers):
    return [
        response(n, domain=domain, credit=credit, difficulty=level, guess=guess, days=days, source=FROM_PRACTICE)
        for n, (domain, credit, level, guess, days) in enumerate(answers)
    ]


@given(ANSWERS, st.floats(0.3, 0.95), st.floats(0.0, 0.2))
@settings(max_examples=25, deadline=None)
def test_every_figure_stays_in_its_range(answers, mean, sd):
    found = ready(as_evidence(answers), cut=Cut(mean, sd))
    assert 0 <= found.low <= found.probability <= found.high <= 1
    assert BLUEPRINT.scale_minimum <= found.scaled_low <= found.scaled <= found.scaled_high <= BLUEPRINT.scale_maximum
    for domain in found.domains:
        assert domain.low < domain.ability < domain.high
        assert 0 < domain.expected_low < domain.expected < domain.expected_high < 1
    assert 0 <= found.effective <= found.responses == len(answers)


@given(ANSWERS.filter(len), st.data())
@settings(max_examples=25, deadline=None)
def test_more_credit_never_lowers_the_probability(answers, data):
    evidence = as_evidence(answers)
    number = data.draw(st.integers(0, len(evidence) - 1))
    credit = evidence[number].credit
    better = [*evidence]
    better[number] = replace(evidence[number], credit=data.draw(st.floats(credit, 1.0)))
    # 1e-4: the form's share is normally distributed given ability, which is not quite so.
    assert ready(better).probability >= ready(evidence).probability - 1e-4


def test_the_normal_distribution_is_right_to_seven_places():
    from simulator.exam.readiness.normal import normal_cdf

    z = np.linspace(-8, 8, 4001)
    exact = np.array([0.5 * (1 + erf(value / sqrt(2))) for value in z])
    assert np.abs(normal_cdf(z) - exact).max() < 1e-7
