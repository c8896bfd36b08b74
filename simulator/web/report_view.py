"""A score report in the words and the order in which its page shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from simulator.exam.blueprint import SHORT
from simulator.exam.scoring import GradedResponse
from simulator.exam.timing import ACCOMMODATIONS
from simulator.operations.reporting import ReviewedSlot, ScoreReport
from simulator.web.reviewed_view import ReviewedQuestion, reviewed_question


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One domain's score; shares run from 0 to 1, the weight is in percent of the whole."""

    id: str
    title: str
    weight_percent: float
    correct: float
    scored: int
    percent: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PaceBar:
    """The time spent on one slot, and whether it was right (None: not answered)."""

    slot: int
    seconds: float
    correct: bool | None


@dataclass(frozen=True, slots=True)
class PacingView:
    """Where the time went."""

    median_seconds: float
    planned_seconds: float
    slowest: tuple[tuple[int, float], ...]
    bars: list[PaceBar]
    late_answers: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the page shows."""

    attempt_id: str
    short: bool
    certification_title: str
    code: str
    vendor: str
    certification_status: str
    retired_on: date | None
    successor: str | None
    started_at: datetime
    closed_at: datetime
    closed_by: str
    accommodation_label: str
    allowed_seconds: int
    used_seconds: int
    scaled_score: int
    scale_minimum: int
    scale_maximum: int
    pass_mark: int
    pass_mark_nature: str
    pass_mark_note: str
    passed: bool
    certainty: str
    correct: float
    scored: int
    percent: float
    low: float
    high: float
    needed_percent: float
    words: str
    unanswered: int
    domains: list[DomainLine]
    pacing: PacingView
    questions: list[ReviewedQuestion]


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list of questions."""

    id: str
    label: str
    count: int
    url: str
    active: bool


_FILTERS: dict[str, tuple[str, Callable[[GradedResponse], bool]]] = {
    "all": ("All", lambda graded: True),  # noqa: ARG005
    "wrong": ("Wrong", lambda graded: graded.credit < 1),
    "flagged": ("Flagged", lambda graded: graded.flagged),
    "guessed": ("Guessed", lambda graded: graded.confidence == "guess"),
    "unscored": ("Unscored", lambda graded: not graded.scored),
}


def report_view(report: ScoreReport, shown: list[ReviewedSlot]) -> ReportView:
    """Return the report as its page shows it, with the questions in `shown`."""
    attempt, blueprint, score = report.attempt, report.blueprint, report.score
    whole = sum(domain.weight for domain in blueprint.domains)
    accommodation = ACCOMMODATIONS.get(attempt.accommodation, ACCOMMODATIONS["none"])
    return ReportView(
        attempt_id=attempt.id,
        short=attempt.kind == SHORT,
        certification_title=blueprint.title,
        code=blueprint.code,
        vendor=blueprint.vendor,
        certification_status=blueprint.status,
        retired_on=blueprint.retired_on,
        successor=blueprint.successor,
        started_at=attempt.started_at,
        closed_at=attempt.closed_at or attempt.deadline_at,
        closed_by=attempt.closed_by or "",
        accommodation_label=accommodation.label,
        allowed_seconds=report.allowed_seconds,
        used_seconds=report.used_seconds,
        scaled_score=score.scaled,
        scale_minimum=blueprint.scale_minimum,
        scale_maximum=blueprint.scale_maximum,
        pass_mark=score.pass_mark,
        pass_mark_nature=blueprint.pass_mark.nature,
        pass_mark_note=blueprint.pass_mark.note,
        passed=score.passed,
        certainty="too_close" if score.too_close else "clear",
        correct=score.overall.correct,
        scored=score.overall.count,
        percent=score.overall.value or 0.0,
        low=score.overall.low,
        high=score.overall.high,
        needed_percent=score.needed,
        words=verdict_words(report),
        unanswered=report.unanswered,
        domains=[
            DomainLine(
                id=domain.id,
                title=domain.title,
                weight_percent=100 * domain.weight / whole,
                correct=score.domains[domain.id].correct,
                scored=score.domains[domain.id].count,
                percent=score.domains[domain.id].value,
                low=score.domains[domain.id].low,
                high=score.domains[domain.id].high,
            )
            for domain in blueprint.domains
        ],
        pacing=_pacing(report),
        questions=[reviewed_question(blueprint, reviewed) for reviewed in shown],
    )


def verdict_words(report: ScoreReport) -> str:
    """Say what the outcome is worth, in a sentence or two."""
    score = report.score
    points = round(
        100 * max(score.overall.high - (score.overall.value or 0), (score.overall.value or 0) - score.overall.low)
    )
    error = f"An exam of {score.overall.count} scored questions has an error of about {points} points of percent"
    if score.too_close:
        side = "above" if score.passed else "below"
        return (
            f"You are {side} the pass mark, but by less than chance can explain. {error}, "
            "so another form could end either way. Sit another one before you rely on this."
        )
    if score.passed:
        return f"You are above the pass mark by more than chance explains. {error}, and the pass mark lies outside it."
    return f"You are below the pass mark by more than chance explains. {error}, and the pass mark lies outside it."


def _pacing(report: ScoreReport) -> PacingView:
    return PacingView(
        median_seconds=report.pacing.median_seconds,
        planned_seconds=report.pacing.planned_seconds,
        slowest=report.pacing.slowest,
        bars=[
            PaceBar(
                slot=reviewed.slot.number,
                seconds=reviewed.graded.spent_ms / 1000,
                correct=reviewed.graded.credit == 1 if reviewed.graded.answered else None,
            )
            for reviewed in report.slots
        ],
        late_answers=report.late_answers,
    )


def select_slots(report: ScoreReport, show: str, domain: str | None) -> list[ReviewedSlot]:
    """Return the questions that the chosen filter and domain leave."""
    keep = _FILTERS.get(show, _FILTERS["all"])[1]
    return [r for r in report.slots if keep(r.graded) and domain in (None, r.graded.domain)]


def filter_links(report: ScoreReport, show: str, domain: str | None) -> list[Filter]:
    """Return the filters with their counts inside the chosen domain."""
    active = show if show in _FILTERS else "all"
    return [
        Filter(
            id=name,
            label=label,
            count=len(select_slots(report, name, domain)),
            url=url_for("reports.report", attempt_id=report.attempt.id, show=name, domain=domain),
            active=name == active,
        )
        for name, (label, _) in _FILTERS.items()
    ]
