"""What the coach says about an attempt, in words, for the score report."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.exam import coaching
from simulator.exam.blueprint import SHORT
from simulator.exam.coaching import FEWEST, SURE_MEANS, Changes, Coaching, Confidence, Pace
from simulator.exam.scoring import Proportion
from simulator.exam.timing import ACCOMMODATIONS
from simulator.operations.reporting import ScoreReport
from simulator.web.filters import duration, percent

# A half of the form that took this much longer or shorter for an answer than the other is worth a word.
_ANOTHER_PACE = 0.2


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence or two, and the questions they are about."""

    words: str
    slots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One way in which answers were changed; `share` of all changes, from 0 to 1, `kind` for its look."""

    kind: str
    label: str
    slots: tuple[int, ...]
    share: float


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Answers of one kind, and the share of them that was right; `too_few` says that the share tells nothing."""

    label: str
    correct: float
    count: int
    percent: float | None
    low: float
    high: float
    expected: float | None
    too_few: bool


@dataclass(frozen=True, slots=True)
class MisconceptionLine:
    """A misconception with the questions in which it was chosen, of so many that offered it."""

    words: str
    slots: tuple[int, ...]
    offered: int


@dataclass(frozen=True, slots=True)
class CoachView:
    """The coach's part of the report; `levels` and `domains` are empty where no confidence was given."""

    certification_id: str
    pace: list[Remark]
    changes: list[ChangeLine]
    change_words: str
    levels: list[ShareLine]
    confidence: list[Remark]
    domains: list[ShareLine]
    sure_but_wrong: tuple[int, ...]
    right_but_guessed: tuple[int, ...]
    misconceptions: list[MisconceptionLine]
    fewest: int


def coach_view(report: ScoreReport) -> CoachView:
    """Return what the coach says, as the report's page shows it."""
    said: Coaching = report.coaching
    titles = {domain.id: domain.title for domain in report.blueprint.domains}
    sure_anywhere = any(domain.result.count for domain in said.confidence.domains)
    return CoachView(
        certification_id=report.blueprint.id,
        pace=_pace(said.pace, report),
        changes=_change_lines(said.changes),
        change_words=_change_words(said.changes),
        levels=_levels(said.confidence) if said.confidence.said else [],
        confidence=_confidence(said.confidence, titles),
        domains=[_share(titles[d.domain], d.result, SURE_MEANS) for d in said.confidence.domains]
        if sure_anywhere
        else [],
        sure_but_wrong=said.confidence.sure_but_wrong,
        right_but_guessed=said.confidence.right_but_guessed,
        misconceptions=[MisconceptionLine(m.words, m.slots, m.offered) for m in said.misconceptions],
        fewest=FEWEST,
    )


def _pace(pace: Pace, report: ScoreReport) -> list[Remark]:
    remarks = [] if report.unanswered == len(report.slots) else [Remark(_finish_words(pace, report)), _sinks(pace)]
    end = duration(pace.end_seconds)
    if pace.rushed:
        remarks.append(
            Remark(
                f"{len(pace.hurried)} answers came in the last {end}, each with less than half its share of the time; "
                f"{pace.hurried_right} of them {_were(pace.hurried_right)} right. Keep a reserve for the end.",
                pace.hurried,
            )
        )
    elif remarks and report.used_seconds > pace.allowed - pace.end_seconds:
        remarks.append(Remark(f"There was no rush in the last {end}."))
    if report.unanswered:
        remarks.append(
            Remark(
                f"{_questions(report.unanswered)} went without an answer. "
                "Here a wrong answer costs no more than none, so guess before the time runs out."
            )
        )
    return remarks


def _finish_words(pace: Pace, report: ScoreReport) -> str:
    if pace.first_half is None or pace.projected is None:
        return f"To project your finish takes at least {FEWEST} answers in the first half of the form."
    left = pace.allowed - pace.projected
    end = f"{duration(left)} to spare" if left >= 0 else f"{duration(-left)} too long"
    words = (
        f"At the pace of your first half, {duration(pace.first_half)} an answer, all {len(report.slots)} questions "
        f"take {duration(pace.projected)} of the {duration(pace.allowed)} allowed: {end}."
    )
    # Minutes on top are as many for a short exam as for a full one: then the short one gives more for a question.
    accommodation = ACCOMMODATIONS.get(report.attempt.accommodation)
    if report.attempt.kind == SHORT and not (accommodation and accommodation.extra_minutes):
        words += " The full exam gives as much time for each question."
    if pace.second_half is not None and abs(pace.second_half - pace.first_half) > _ANOTHER_PACE * pace.first_half:
        how = "slower" if pace.second_half > pace.first_half else "faster"
        words += f" The second half went {how}, at {duration(pace.second_half)} an answer."
    return words


def _sinks(pace: Pace) -> Remark:
    share = f"an even share of the time ({duration(pace.planned)})"
    count = len(pace.sinks)
    if not count:
        return Remark(f"No question took more than twice {share}.")
    right = sum(sink.right for sink in pace.sinks)
    others = round(pace.lost_to_sinks / pace.planned)
    earned = f"{right} of them {_were(right)} right" if count > 1 else "It was right" if right else "It was not right"
    return Remark(
        f"{_questions(count)} took more than twice {share}: {duration(pace.lost_to_sinks)} too much, the time of "
        f"{others} {'other' if others == 1 else 'others'}. {earned}.",
        tuple(sink.slot for sink in pace.sinks),
    )


def _change_lines(changes: Changes) -> list[ChangeLine]:
    kinds = (
        ("gained", "Wrong to right", changes.to_right),
        ("lost", "Right to wrong", changes.to_wrong),
        ("same", "Wrong to wrong", changes.still_wrong),
    )
    if not changes.count:
        return []
    return [ChangeLine(kind, label, slots, len(slots) / changes.count) for kind, label, slots in kinds]


_VERDICTS = {
    coaching.PAYS: "That is more than chance explains: when you see a reason to change, change.",
    coaching.COSTS: "That is more than chance explains: change only for a reason that you can name.",
    coaching.OPEN: "Chance alone could explain that, so it does not say whether changing pays for you.",
    coaching.TOO_FEW: (
        f"Fewer than {FEWEST} changes between right and wrong are too few to say whether changing pays for you. "
        "In studies, most changes go from wrong to right."
    ),
}


def _change_words(changes: Changes) -> str:
    if not changes.count:
        return "You changed no answer once it was complete."
    if changes.net > 0:
        net = f"Changing answers gained you {_questions(changes.net)}."
    elif changes.net < 0:
        net = f"Changing answers cost you {_questions(-changes.net)}."
    else:
        net = "Changing answers gained as much as it lost."
    return f"{net} {_VERDICTS[changes.verdict]}"


def _levels(confidence: Confidence) -> list[ShareLine]:
    expected = {coaching.SURE: SURE_MEANS, coaching.GUESS: confidence.chance}
    return [
        _share(level.confidence.capitalize(), level.result, expected.get(level.confidence))
        for level in confidence.levels
    ]


def _share(label: str, result: Proportion, expected: float | None) -> ShareLine:
    return ShareLine(
        label=label,
        correct=result.correct,
        count=result.count,
        percent=result.value,
        low=result.low,
        high=result.high,
        expected=expected,
        too_few=result.count < FEWEST,
    )


def _confidence(confidence: Confidence, titles: dict[str, str]) -> list[Remark]:
    if not confidence.said:
        return [
            Remark(
                "You gave no confidence in this exam. Next time, mark answers as sure, unsure or guess: the report "
                "then tells what you know from what you were lucky with."
            )
        ]
    remarks = [Remark(words) for level in confidence.levels if (words := _level_words(level, confidence))]
    too_sure = [titles[domain.domain] for domain in confidence.domains if domain.verdict == coaching.TOO_SURE]
    if too_sure:
        remarks.append(Remark(f"You are surer than your answers bear out in {_listed(too_sure)}."))
    silent = confidence.answered - confidence.said
    if silent:
        remarks.append(Remark(f"{silent} of {confidence.answered} answers say nothing about confidence."))
    return remarks


def _level_words(level: coaching.Level, confidence: Confidence) -> str:
    right = f"{level.result.correct:g} of {level.result.count}"
    if level.confidence == coaching.SURE and level.verdict == coaching.TOO_SURE:
        return f"Sure ought to mean right nine times in ten. It was {right}, which chance does not explain."
    if level.confidence == coaching.SURE and level.verdict == coaching.AS_SAID:
        return f"Your sure answers were right in {right}. Nothing here speaks against trusting them."
    if level.verdict == coaching.TOO_MODEST:
        blind = percent(confidence.chance)
        return f"Your guesses were right in {right}; blind choice gives {blind}. You know more than you think."
    return ""


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
