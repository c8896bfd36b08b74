"""A glance says of passing what the estimate says, for less."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_blueprint

from simulator.exam.evidence import FROM_EXAM, FROM_PRACTICE, Evidence
from simulator.exam.readiness import BankItem, ItemDifficulty, default_cut, estimate, glance

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EXAM = make_blueprint()
BANK = [BankItem(f"v{n}", EXAM.domains[n % len(EXAM.domains)].id, 1 + n % 5, 0.25) for n in range(40)]
ITEMS = {"v3": ItemDifficulty(1.4, 0.2)}


def answers(count, right, source=FROM_PRACTICE):
    return [
        Evidence(
            question_id=f"q{n}",
            version=f"v{n}",
            certification_id=EXAM.id,
            domain=EXAM.domains[n % len(EXAM.domains)].id,
            task="1.1",
            skills=(),
            type="single_choice",
            difficulty=3,
            guess=0.25,
            answered=True,
            credit=float(n % 10 < right),
            confidence=None,
            flagged=False,
            spent_ms=60_000,
            given_at=NOW - timedelta(days=30 if n < count // 2 else 3),
            source=source,
            sitting_id="one" if n < count // 2 else "two",
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(("count", "right"), [(1, 10), (5, 0), (14, 7), (40, 7), (60, 8), (65, 10), (65, 0)])
def test_a_glance_is_the_estimate_to_the_digit(count, right):
    known = {"cut": default_cut(EXAM), "now": NOW, "items": ITEMS, "bank": BANK}
    evidence = [*answers(count, right), replace(answers(1, 0)[0], certification_id="other", question_id="other")]
    seen, whole = glance(evidence, EXAM, **known), estimate(evidence, EXAM, **known)
    assert (seen.probability, seen.low, seen.high, seen.verdict) == (
        whole.probability,
        whole.low,
        whole.high,
        whole.verdict,
    )


def test_there_is_nothing_to_see_without_an_answer_that_counts():
    nothing = [replace(one, answered=False, credit=0.0) for one in answers(20, 5, FROM_EXAM)]
    assert glance([], EXAM, cut=default_cut(EXAM), now=NOW) is None
    assert glance(nothing, EXAM, cut=default_cut(EXAM), now=NOW) is None
