"""How the probability of passing has moved: the estimate again, from what was known after each sitting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.exam.evidence import Evidence
from simulator.exam.readiness import SHIPPED, Beliefs, ItemDifficulty, Plan, Posterior, pass_probability
from simulator.exam.readiness.counting import as_responses, counted
from simulator.exam.readiness.passing import outlook_on_passing
from simulator.exam.readiness.posterior import pool_one, posterior

MOST_MOMENTS = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known at the end of one sitting; `responses` counts first exposures."""

    at: datetime
    probability: float
    responses: int


@dataclass(frozen=True, slots=True)
class MomentWithInterval(Moment):
    """A moment with the interval of its probability; `low` and `high` enclose 80%."""

    low: float
    high: float


def sitting_ends(evidence: Iterable[Evidence]) -> list[datetime]:
    """Return when each sitting gave its last response, in order of time."""
    ends: dict[str, datetime] = {}
    for response in evidence:
        known = ends.get(response.sitting_id, response.given_at)
        ends[response.sitting_id] = max(known, response.given_at)
    return sorted(set(ends.values()))


def course(
    evidence: Sequence[Evidence],
    plan: Plan,
    *,
    items: Mapping[str, ItemDifficulty] | None = None,
    beliefs: Beliefs = SHIPPED,
) -> tuple[Moment, ...]:
    """Return the estimate after each of the last sittings that showed something new, the oldest first.

    `evidence` is of the plan's certification. Nothing is taken from what was kept at the time: all moments are
    computed by the same rules and with the same cut, so that they can be compared.
    """
    return tuple(
        Moment(at, pass_probability(known, plan), count)
        for at, known, count in _known(evidence, plan, items or {}, beliefs)
    )


def course_with_intervals(
    evidence: Sequence[Evidence],
    plan: Plan,
    *,
    items: Mapping[str, ItemDifficulty] | None = None,
    beliefs: Beliefs = SHIPPED,
) -> tuple[MomentWithInterval, ...]:
    """Return what `course` does, with the intervals, which take several times as long."""
    moments = []
    for at, known, count in _known(evidence, plan, items or {}, beliefs):
        found = outlook_on_passing(pool_one(known, plan), plan)
        moments.append(MomentWithInterval(at, found.probability, count, found.low, found.high))
    return tuple(moments)


def _known(
    evidence: Sequence[Evidence], plan: Plan, items: Mapping[str, ItemDifficulty], beliefs: Beliefs
) -> Iterator[tuple[datetime, Posterior, int]]:
    """Yield what was known at the end of each of the last sittings, and how many responses it came from."""
    first, _ = counted(evidence, plan.domains)
    for at in sitting_ends(first)[-MOST_MOMENTS:]:
        known = [response for response in first if response.given_at <= at]
        yield at, posterior(as_responses(known, plan.domains, items, at), plan, beliefs), len(known)
