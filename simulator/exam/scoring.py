"""From graded responses to a score report: counts, intervals, the simulated scaled score, and how sure it all is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, median

from simulator.exam.blueprint import Blueprint
from simulator.exam.question import Response

CONFIDENCE_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class GradedResponse:
    """One slot, graded; `credit` runs from 0 to 1, responses are in the author's numbering.

    `first_response` is the first complete one that was saved, None if there was none.
    """

    slot: int
    question_id: str
    version: str
    domain: str
    task: str
    scored: bool
    answered: bool
    credit: float
    response: Response
    confidence: str | None
    flagged: bool
    spent_ms: int
    first_response: Response | None = None


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many right of so many, with the interval in which the true proportion lies 95 times in 100."""

    correct: float
    count: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share right, from 0 to 1, or None where nothing was asked."""
        return self.correct / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of one attempt; `passed` is this exam's arithmetic, `too_close` says what it is worth."""

    overall: Proportion
    domains: Mapping[str, Proportion]
    scaled: int
    pass_mark: int
    passed: bool
    too_close: bool
    needed: float


def wilson_interval(correct: float, count: int, level: float = CONFIDENCE_LEVEL) -> tuple[float, float]:
    """Return the score interval of a proportion (Wilson 1927); (0, 1) where nothing was asked."""
    if count == 0:
        return (0.0, 1.0)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = correct / count
    spread = 1 + z * z / count
    centre = (share + z * z / (2 * count)) / spread
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / spread
    return (max(0.0, centre - half), min(1.0, centre + half))


def proportion(graded: Iterable[GradedResponse]) -> Proportion:
    """Return the proportion of credit in these responses."""
    credits = [response.credit for response in graded]
    correct = sum(credits)
    return Proportion(correct, len(credits), *wilson_interval(correct, len(credits)))


def scaled_score(share: float, blueprint: Blueprint) -> int:
    """Return the simulated scaled score of a share right: a straight line over the blueprint's scale."""
    return round(blueprint.scale_minimum + share * (blueprint.scale_maximum - blueprint.scale_minimum))


def needed_share(pass_mark: int, blueprint: Blueprint) -> float:
    """Return the share right at which the simulated scale reaches the pass mark."""
    return (pass_mark - blueprint.scale_minimum) / (blueprint.scale_maximum - blueprint.scale_minimum)


def score_attempt(graded: Sequence[GradedResponse], blueprint: Blueprint, pass_mark: int | None = None) -> Score:
    """Score the scored slots of one attempt.

    `pass_mark` replaces the blueprint's where that one is only assumed. The outcome is too close to call when
    the share needed lies inside the 95% interval of the share right.
    """
    mark = blueprint.pass_mark.score if pass_mark is None else pass_mark
    scored = [response for response in graded if response.scored]
    overall = proportion(scored)
    domains = {d.id: proportion(r for r in scored if r.domain == d.id) for d in blueprint.domains}
    scaled = scaled_score(overall.value or 0.0, blueprint)
    needed = needed_share(mark, blueprint)
    return Score(
        overall=overall,
        domains=domains,
        scaled=scaled,
        pass_mark=mark,
        passed=scaled >= mark,
        too_close=overall.low < needed < overall.high,
        needed=needed,
    )


@dataclass(frozen=True, slots=True)
class Pacing:
    """Where the time went, in seconds; `slowest` lists (slot, seconds) from the slowest on."""

    median_seconds: float
    planned_seconds: float
    slowest: tuple[tuple[int, float], ...]


def pacing(graded: Sequence[GradedResponse], allowed_seconds: float) -> Pacing:
    """Return the pacing of one attempt against an even share of the time allowed."""
    seconds = [(response.slot, response.spent_ms / 1000) for response in graded]
    slowest = sorted(seconds, key=lambda pair: (-pair[1], pair[0]))[:5]
    return Pacing(
        median_seconds=median(spent for _, spent in seconds) if seconds else 0.0,
        planned_seconds=allowed_seconds / len(graded) if graded else 0.0,
        slowest=tuple(pair for pair in slowest if pair[1] > 0),
    )
