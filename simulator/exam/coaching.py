"""What one graded attempt tells about how its candidate sits exams: pace, changed answers, confidence, misconceptions.

All of it is about habits, so that unscored questions count as well. A share is only judged from `FEWEST` answers on,
and only when its interval leaves little doubt; otherwise the judgement is `TOO_FEW` or `OPEN`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.exam.attempt import CONFIDENCES
from simulator.exam.blueprint import Blueprint
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.exam.scoring import GradedResponse, Proportion, proportion, wilson_interval

FEWEST = 8
"""Answers from which on a share is judged."""

SINK_TIMES = 2.0
"""A question that took more than so many even shares of the time is a time sink."""

END_SHARE = 0.05
"""The last part of the allowed time in which hurried answers are looked for."""

HURRIED_SHARE = 0.5
"""An answer is hurried when its question had less than this part of an even share of the time."""

FEWEST_HURRIED = 3
"""Hurried answers in the end from which on it was a rush."""

SURE_MEANS = 0.9
"""The share of right answers that "sure" ought to mean: right nine times in ten."""

DOMAIN_LEVEL = 0.99
"""The interval by which domains are judged: several are judged at once, and one of them would often stand out."""

SURE, UNSURE, GUESS = CONFIDENCES

TOO_FEW = "too_few"
OPEN = "open"
PAYS = "pays"
COSTS = "costs"
TOO_SURE = "too_sure"
AS_SAID = "as_said"
TOO_MODEST = "too_modest"


@dataclass(frozen=True, slots=True)
class TimeSink:
    """A question that took `times` as long as an even share of the time."""

    slot: int
    seconds: float
    times: float
    right: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the time went, in seconds; sinks from the slowest on.

    `first_half` and `second_half` are seconds a question answered, over the halves of the form; None with fewer than
    `FEWEST` answers in the half. `projected` is what the whole form takes at the pace of its first half. `hurried`
    are the slots answered in a hurry at the end, `end_seconds` is how long that end is.
    """

    planned: float
    allowed: float
    sinks: tuple[TimeSink, ...]
    first_half: float | None
    second_half: float | None
    projected: float | None
    end_seconds: float
    hurried: tuple[int, ...]
    hurried_right: int

    @property
    def lost_to_sinks(self) -> float:
        """Seconds that the sinks took beyond their even shares."""
        return sum(sink.seconds - self.planned for sink in self.sinks)

    @property
    def rushed(self) -> bool:
        """Whether enough answers were given in a hurry at the end to speak of a rush."""
        return len(self.hurried) >= FEWEST_HURRIED


@dataclass(frozen=True, slots=True)
class Changes:
    """What changing answers was worth: slots whose last response differs from the first complete one that was saved.

    The verdict is `PAYS` or `COSTS` if the share of gains among the changes that mattered differs from a half by more
    than chance explains, `OPEN` if it doesn't, `TOO_FEW` with fewer than `FEWEST` of them.
    """

    to_right: tuple[int, ...]
    to_wrong: tuple[int, ...]
    still_wrong: tuple[int, ...]
    verdict: str

    @property
    def count(self) -> int:
        """Number of changed answers."""
        return len(self.to_right) + len(self.to_wrong) + len(self.still_wrong)

    @property
    def net(self) -> int:
        """Questions gained by changing; negative if more were lost."""
        return len(self.to_right) - len(self.to_wrong)


@dataclass(frozen=True, slots=True)
class Level:
    """The answers of one confidence; `verdict` is `TOO_SURE` (sure), `TOO_MODEST` (guess), `AS_SAID` or `TOO_FEW`."""

    confidence: str
    result: Proportion
    verdict: str


@dataclass(frozen=True, slots=True)
class SureDomain:
    """The sure answers of one domain; `verdict` is `TOO_SURE`, `AS_SAID` or `TOO_FEW`."""

    domain: str
    result: Proportion
    wrong: tuple[int, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Confidence:
    """How well a candidate knew what they knew; slots in the order of the form.

    `chance` is the share of the guesses that blind choice would have got right, None without guesses.
    """

    said: int
    answered: int
    levels: tuple[Level, ...]
    domains: tuple[SureDomain, ...]
    sure_but_wrong: tuple[int, ...]
    right_but_guessed: tuple[int, ...]
    chance: float | None


@dataclass(frozen=True, slots=True)
class MetMisconception:
    """A misconception that the candidate chose in `slots`; `offered` questions had it among their options."""

    words: str
    slots: tuple[int, ...]
    offered: int


@dataclass(frozen=True, slots=True)
class Coaching:
    """All that the coach says about one attempt."""

    pace: Pace
    changes: Changes
    confidence: Confidence
    misconceptions: tuple[MetMisconception, ...]


def coach(
    graded: Sequence[GradedResponse],
    questions: Mapping[str, Question],
    made_at: Mapping[int, datetime],
    blueprint: Blueprint,
    *,
    allowed: timedelta,
    deadline_at: datetime,
) -> Coaching:
    """Coach one graded attempt; `questions` is keyed by version, `made_at` (aware UTC, the last change) by slot."""
    return Coaching(
        pace=coach_pace(graded, made_at, allowed=allowed, deadline_at=deadline_at),
        changes=coach_changes(graded, questions),
        confidence=coach_confidence(graded, questions, [domain.id for domain in blueprint.domains]),
        misconceptions=met_misconceptions(graded, questions),
    )


def coach_pace(
    graded: Sequence[GradedResponse], made_at: Mapping[int, datetime], *, allowed: timedelta, deadline_at: datetime
) -> Pace:
    """Return where the time went, against an even share of the time allowed for each question."""
    seconds = allowed.total_seconds()
    planned = seconds / len(graded) if graded else 0.0
    sinks = [
        TimeSink(response.slot, spent, spent / planned, response.credit == 1)
        for response in graded
        if (spent := response.spent_ms / 1000) > SINK_TIMES * planned
    ]
    half = (len(graded) + 1) // 2
    first, second = _seconds_an_answer(graded[:half]), _seconds_an_answer(graded[half:])
    end_from = deadline_at - END_SHARE * allowed
    hurried = [
        response
        for response in graded
        if response.answered
        and response.spent_ms / 1000 < HURRIED_SHARE * planned
        and response.slot in made_at
        and made_at[response.slot] >= end_from
    ]
    return Pace(
        planned=planned,
        allowed=seconds,
        sinks=tuple(sorted(sinks, key=lambda sink: (-sink.seconds, sink.slot))),
        first_half=first,
        second_half=second,
        projected=None if first is None else first * len(graded),
        end_seconds=END_SHARE * seconds,
        hurried=tuple(response.slot for response in hurried),
        hurried_right=sum(response.credit == 1 for response in hurried),
    )


def _seconds_an_answer(part: Sequence[GradedResponse]) -> float | None:
    """Return all time spent on these slots for each of them that was answered."""
    answered = sum(response.answered for response in part)
    return sum(response.spent_ms for response in part) / 1000 / answered if answered >= FEWEST else None


def coach_changes(graded: Sequence[GradedResponse], questions: Mapping[str, Question]) -> Changes:
    """Return what changing answers was worth; an answer that was taken back altogether is a wrong one.

    That first answers are best is a belief that studies do not bear out: most changes go from wrong to right
    (Benjamin, Cavell & Shallenberger 1984; Kruger, Wirtz & Miller 2005). The judgement is by Wilson's interval
    of the share of gains, which is close to a sign test.
    """
    slots: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for response in graded:
        first = response.first_response
        if first is not None and first != response.response:
            question = questions[response.version]
            slots[type_of(question).grade(question, first) == 1, response.credit == 1].append(response.slot)
    gained, lost = tuple(slots[False, True]), tuple(slots[True, False])
    return Changes(
        to_right=gained,
        to_wrong=lost,
        still_wrong=tuple(slots[False, False]),
        verdict=_judge_changes(len(gained), len(gained) + len(lost)),
    )


def _judge_changes(gains: int, count: int) -> str:
    low, high = wilson_interval(gains, count)
    if count < FEWEST:
        return TOO_FEW
    return PAYS if low > 0.5 else COSTS if high < 0.5 else OPEN


def coach_confidence(
    graded: Sequence[GradedResponse], questions: Mapping[str, Question], domains: Sequence[str]
) -> Confidence:
    """Return how far right answers go with confidence; only what was answered counts."""
    answered = [response for response in graded if response.answered]
    by_level = {level: [r for r in answered if r.confidence == level] for level in CONFIDENCES}
    guesses = [questions[response.version] for response in by_level[GUESS]]
    chance = sum(type_of(question).guess_chance(question) for question in guesses) / len(guesses) if guesses else None
    sure = by_level[SURE]
    return Confidence(
        said=sum(map(len, by_level.values())),
        answered=len(answered),
        levels=tuple(_level(level, proportion(responses), chance) for level, responses in by_level.items()),
        domains=tuple(_sure_domain(domain, [r for r in sure if r.domain == domain]) for domain in domains),
        sure_but_wrong=_wrong_slots(sure),
        right_but_guessed=tuple(response.slot for response in by_level[GUESS] if response.credit == 1),
        chance=chance,
    )


def _level(confidence: str, result: Proportion, chance: float | None) -> Level:
    verdict = AS_SAID
    if result.count < FEWEST:
        verdict = TOO_FEW
    elif confidence == SURE and result.high < SURE_MEANS:
        verdict = TOO_SURE
    elif confidence == GUESS and chance is not None and result.low > chance:
        verdict = TOO_MODEST
    return Level(confidence, result, verdict)


def _sure_domain(domain: str, sure: Sequence[GradedResponse]) -> SureDomain:
    result = proportion(sure)
    _, high = wilson_interval(result.correct, result.count, DOMAIN_LEVEL)
    verdict = TOO_FEW if result.count < FEWEST else TOO_SURE if high < SURE_MEANS else AS_SAID
    return SureDomain(domain, result, _wrong_slots(sure), verdict)


def _wrong_slots(responses: Sequence[GradedResponse]) -> tuple[int, ...]:
    return tuple(response.slot for response in responses if response.credit < 1)


def met_misconceptions(
    graded: Sequence[GradedResponse], questions: Mapping[str, Question]
) -> tuple[MetMisconception, ...]:
    """Return the misconceptions behind the wrong options that were chosen, the one met most often first.

    Options stand for the same misconception when their words are the same, capitals and spaces apart.
    """
    words: dict[str, str] = {}
    offered: dict[str, set[int]] = defaultdict(set)
    chosen: dict[str, set[int]] = defaultdict(set)
    for response in graded:
        for number, option in enumerate(questions[response.version].options):
            if not option.misconception:
                continue
            tag = " ".join(option.misconception.casefold().split())
            words.setdefault(tag, option.misconception)
            offered[tag].add(response.slot)
            if number in response.response:
                chosen[tag].add(response.slot)
    met = [MetMisconception(words[tag], tuple(sorted(slots)), len(offered[tag])) for tag, slots in chosen.items()]
    return tuple(sorted(met, key=lambda misconception: (-len(misconception.slots), misconception.slots)))
