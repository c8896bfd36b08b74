"""The quick check: which unseen question says most about passing, and when enough has been asked.

An adaptive test with content constraints. Each question is the one that leaves the least uncertainty of the
probability of passing (the expected posterior spread of Owen 1975, taken of the probability instead of the ability),
in a domain that is behind its share of the blueprint, and at random among the best few (both as in Kingsbury & Zara
1989). It stops when the interval is narrow, or as soon as its side is clear (sequential decisions: Wald 1945, Spray &
Reckase 1996). What choosing and stopping save is measured by bench/quick_check.py and stands in docs/quick-check.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.exam.readiness import (
    UNKNOWN,
    Conditional,
    ItemDifficulty,
    Plan,
    Readiness,
    expected_pass_sd,
)

MOST_QUESTIONS: Final = 25
# Settled: at least so many questions, one of every domain that has this share of the form, and either a verdict with
# an 80% interval of the pass probability no wider than this, ...
LEAST_QUESTIONS: Final = 5
LEAST_SHARE: Final = 0.1
WIDEST_SETTLED: Final = 0.3
# ... or an interval all on one side of one half after so many answers, earlier ones included. Of an 80% interval a
# tenth lies beyond each end: whether a pass is more likely than a fail is then known to 90%.
LEAST_ONE_SIDED: Final = 8
EVEN: Final = 0.5
# The next question is drawn from so many of the best, and all that are as good: not everybody gets the same ones.
BEST_FEW: Final = 3
AS_GOOD: Final = 1e-6

SETTLED: Final = "settled"
LONGEST: Final = "longest"
RAN_OUT: Final = "ran_out"
ENDINGS: Final = (SETTLED, LONGEST, RAN_OUT)

ABOVE: Final = "above"
BELOW: Final = "below"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A question that a quick check may ask: one that stands alone and is new to the candidate."""

    question_id: str
    domain: str
    difficulty: ItemDifficulty
    guess: float
    enemies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that it has asked."""

    question_id: str
    domain: str
    enemies: frozenset[str] = frozenset()


def known_side(readiness: Readiness) -> str | None:
    """Return whether passing is more likely than failing (ABOVE), or less (BELOW); None while it is not known to 90%.

    It takes fewer answers than a verdict: to know the side is to know less.
    """
    # Half an answer of tolerance, as verdicts have: answers of this week weigh a little less than one each.
    if readiness.effective < LEAST_ONE_SIDED - 0.5:
        return None
    if readiness.low >= EVEN:
        return ABOVE
    return BELOW if readiness.high <= EVEN else None


def ending(readiness: Readiness, asked: Sequence[str]) -> str | None:
    """Return why the check is over, None to go on; `asked` are the domains of its questions so far."""
    if len(asked) >= MOST_QUESTIONS:
        return LONGEST
    plan = readiness.basis.plan
    due = {domain for domain, share in zip(plan.domains, plan.shares, strict=True) if share >= LEAST_SHARE}
    if len(asked) < LEAST_QUESTIONS or not due <= set(asked):
        return None
    narrow = readiness.verdict != UNKNOWN and readiness.high - readiness.low <= WIDEST_SETTLED
    return SETTLED if narrow or known_side(readiness) else None


def without_enemies(items: Iterable[CheckItem], asked: Collection[Asked]) -> list[CheckItem]:
    """Return the items that may follow those asked: none of them again, and none of their enemies."""
    taken = {item.question_id for item in asked}
    excluded = taken.union(*(item.enemies for item in asked))
    return [item for item in items if item.question_id not in excluded and taken.isdisjoint(item.enemies)]


def domains_in_turn(plan: Plan, asked: Sequence[str], left: Collection[str]) -> list[str]:
    """Return the domains from which the next question may come, of those that have questions left.

    These are the domains that are behind their share, the next question counted; one that is a whole question behind
    goes first. When all that are behind have run out, it is the turn of the one that comes nearest.
    """
    counts = Counter(asked)
    behind = {
        domain: float(share) * (len(asked) + 1) - counts[domain]
        for domain, share in zip(plan.domains, plan.shares, strict=True)
        if domain in left
    }
    most = max(behind.values(), default=0.0)
    least = 1.0 if most >= 1.0 else min(most, AS_GOOD)
    return [domain for domain, questions in behind.items() if questions >= least]


def choose_item(
    given: Conditional, plan: Plan, items: Iterable[CheckItem], asked: Sequence[Asked], *, seed: int
) -> CheckItem | None:
    """Return the question to ask next, or None if there is none left; the same input gives the same question.

    `given` comes from the posterior after all that was answered so far; the order of `items` does not matter.
    """
    free = without_enemies(items, asked)
    turn = domains_in_turn(plan, [item.domain for item in asked], {item.domain for item in free})
    candidates = sorted((item for item in free if item.domain in turn), key=lambda item: item.question_id)
    if not candidates:
        return None
    spread = expected_spread(given, plan, candidates)
    best = spread <= np.sort(spread)[:BEST_FEW][-1] + AS_GOOD
    return candidates[Random(f"{seed}/{len(asked)}").choice(np.flatnonzero(best).tolist())]  # noqa: S311 - no secret


def expected_spread(given: Conditional, plan: Plan, items: Sequence[CheckItem]) -> NDArray[np.float64]:
    """Return the pass probability's standard deviation to be expected after each item.

    Questions without data differ only in domain, level and guessing, so that a bank has few kinds of them.
    """
    kinds: dict[tuple[str, ItemDifficulty, float], int] = {}
    kind = [kinds.setdefault((item.domain, item.difficulty, item.guess), len(kinds)) for item in items]
    found = expected_pass_sd(
        given,
        plan,
        domain=np.array([plan.domains.index(domain) for domain, _, _ in kinds], dtype=np.intp),
        mean=np.array([difficulty.mean for _, difficulty, _ in kinds]),
        sd=np.array([difficulty.sd for _, difficulty, _ in kinds]),
        guess=np.array([guess for _, _, guess in kinds]),
    )
    return found[kind]
