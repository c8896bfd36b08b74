"""From the record of what a candidate answered to what counts, and how much."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from simulator.exam.evidence import FROM_EXAM, Evidence, split_by_exposure
from simulator.exam.readiness.assumptions import ABANDONED_BELOW
from simulator.exam.readiness.items import ItemDifficulty, author_difficulty
from simulator.exam.readiness.posterior import Responses, fading

SECONDS_A_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Transferred:
    """An answer in another certification, as far as it tells about a domain of this one.

    `share` from 0 to 1 is how much of one's own answer it is worth, before fading.
    """

    domain: str
    certification_id: str
    version: str
    difficulty: int
    guess: float
    credit: float
    given_at: datetime
    share: float


def _abandoned(evidence: Iterable[Evidence]) -> set[str]:
    """Return the exam sittings of which less than half was answered."""
    slots = [(response.sitting_id, response.answered) for response in evidence if response.source == FROM_EXAM]
    asked = Counter(sitting for sitting, _ in slots)
    answered = Counter(sitting for sitting, given in slots if given)
    return {sitting for sitting, count in asked.items() if answered[sitting] < ABANDONED_BELOW * count}


def counted(evidence: Sequence[Evidence], domains: Iterable[str]) -> tuple[list[Evidence], list[Evidence]]:
    """Return (first exposures, repetitions) that count, in order of time.

    An unanswered slot of an exam counts as wrong, unless less than half of that sitting was answered; one of
    practice never counts. Either way the question has been seen.
    """
    abandoned = _abandoned(evidence)
    known = set(domains)

    def counts(response: Evidence) -> bool:
        given = response.answered or (response.source == FROM_EXAM and response.sitting_id not in abandoned)
        return given and response.domain in known

    first, repeated = split_by_exposure(evidence)
    return [r for r in first if counts(r)], [r for r in repeated if counts(r)]


def as_responses(
    evidence: Sequence[Evidence | Transferred],
    domains: Sequence[str],
    items: Mapping[str, ItemDifficulty],
    now: datetime,
) -> Responses:
    """Return answers as arrays; `row` numbers the domains, and older answers weigh less."""
    place = {domain: number for number, domain in enumerate(domains)}
    difficulties = [items.get(one.version) or author_difficulty(one.difficulty) for one in evidence]
    seconds = np.array([(now - one.given_at).total_seconds() for one in evidence], dtype=np.float64)
    age = np.maximum(seconds / SECONDS_A_DAY, 0.0)
    share = np.array([one.share if isinstance(one, Transferred) else 1.0 for one in evidence])
    return Responses(
        row=np.array([place[one.domain] for one in evidence], dtype=np.intp),
        mean=np.array([difficulty.mean for difficulty in difficulties], dtype=np.float64),
        sd=np.array([difficulty.sd for difficulty in difficulties], dtype=np.float64),
        guess=np.array([one.guess for one in evidence], dtype=np.float64),
        credit=np.array([one.credit for one in evidence], dtype=np.float64),
        weight=fading(age) * share,
        before=age - age.min(initial=np.inf),
    )
