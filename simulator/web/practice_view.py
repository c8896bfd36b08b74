"""A practice session in the words and the order in which its pages show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from flask import url_for

from simulator.exam.blueprint import Blueprint
from simulator.exam.scoring import GradedResponse
from simulator.operations.practising import Practice
from simulator.operations.reporting import ReviewedSlot
from simulator.store.tables import PracticeRow
from simulator.web.practice_kinds import kind_of
from simulator.web.reviewed_view import ReviewedQuestion, reviewed_question


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One question of a session in a list; the status is `correct`, `wrong`, `unanswered`, `open` or `held`."""

    slot: int
    status: str
    flagged: bool
    domain_title: str
    task_title: str
    spent_seconds: float
    url: str


@dataclass(frozen=True, slots=True)
class PracticeView:
    """What every page of a session shows around its questions."""

    id: str
    kind: str
    name: str
    certification_id: str
    code: str
    title: str
    size: int
    most: int | None
    answered: int
    right: int
    left: int
    finished_at: datetime | None
    pace_seconds: int | None
    home_url: str
    summary_url: str
    slots: list[SlotLine]

    @property
    def share_done(self) -> float:
        """How much of the session is answered, from 0 to 1."""
        return self.answered / (self.most or self.size)


def practice_view(practice: Practice, blueprint: Blueprint) -> PracticeView:
    """Return the session as its pages show it."""
    row, kind = practice.row, kind_of(practice.row.kind)
    size = len(practice.form.slots)
    return PracticeView(
        id=row.id,
        kind=row.kind,
        name=kind.name,
        certification_id=row.certification_id,
        code=blueprint.code,
        title=blueprint.title,
        size=size,
        most=kind.most,
        answered=len(practice.responses),
        right=sum(graded.credit == 1 for graded in practice.responses.values()),
        left=size - len(practice.responses),
        finished_at=row.finished_at,
        pace_seconds=row.pace_seconds,
        home_url=url_for(kind.home),
        summary_url=url_for(kind.summary, practice_id=row.id),
        slots=[_slot_line(practice, blueprint, slot.number) for slot in practice.form.slots],
    )


def _slot_line(practice: Practice, blueprint: Blueprint, number: int) -> SlotLine:
    question, graded = practice.question(number), practice.responses.get(number)
    domain = next((domain for domain in blueprint.domains if domain.id == question.domain), None)
    task = next((task for task in domain.tasks if task.id == question.task), None) if domain else None
    return SlotLine(
        slot=number,
        status=_status(graded) if graded else "held" if number in practice.held else "open",
        flagged=graded.flagged if graded else False,
        domain_title=domain.title if domain else question.domain,
        task_title=task.title if task else question.task,
        spent_seconds=graded.spent_ms / 1000 if graded else 0.0,
        url=url_for("practice.question", practice_id=practice.row.id, slot=number),
    )


def _status(graded: GradedResponse) -> str:
    if not graded.answered:
        return "unanswered"
    return "correct" if graded.credit == 1 else "wrong"


def feedback_view(practice: Practice, blueprint: Blueprint, number: int) -> ReviewedQuestion:
    """Return an answered question with its key and rationales."""
    slot = practice.slot(number)
    reviewed = ReviewedSlot(slot, practice.questions[slot.version], practice.responses[number], None)
    return reviewed_question(blueprint, reviewed)


@dataclass(frozen=True, slots=True)
class DomainCount:
    """How many of a domain's answered questions were right."""

    title: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a session; times in seconds."""

    domains: list[DomainCount]
    total_seconds: float
    median_seconds: float
    over_pace: int


def summarise(practice: Practice, view: PracticeView) -> Summary:
    """Return what came of the questions that were answered."""
    seconds = [graded.spent_ms / 1000 for graded in practice.responses.values()]
    done = [line for line in view.slots if line.slot in practice.responses]
    titles = dict.fromkeys(line.domain_title for line in done)
    return Summary(
        domains=[_domain_count(title, done) for title in titles],
        total_seconds=sum(seconds),
        median_seconds=median(seconds) if seconds else 0.0,
        over_pace=sum(spent > (view.pace_seconds or float("inf")) for spent in seconds),
    )


def _domain_count(title: str, lines: Iterable[SlotLine]) -> DomainCount:
    results = [line.status for line in lines if line.domain_title == title]
    return DomainCount(title, results.count("correct"), len(results))


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list on the practice page."""

    id: str
    name: str
    code: str
    title: str
    started_at: datetime
    size: int
    answered: int
    right: int
    tells_right: bool
    url: str
    summary_url: str


def session_lines(
    rows: Iterable[PracticeRow], counts: Mapping[str, tuple[int, int]], blueprints: Mapping[str, Blueprint]
) -> list[SessionLine]:
    """Return sessions as lines, in their order; the certification of one may be gone."""
    return [_session_line(row, counts.get(row.id, (0, 0)), blueprints.get(row.certification_id)) for row in rows]


def _session_line(row: PracticeRow, count: tuple[int, int], blueprint: Blueprint | None) -> SessionLine:
    kind, (answered, right) = kind_of(row.kind), count
    return SessionLine(
        id=row.id,
        name=kind.name,
        code=blueprint.code if blueprint else row.certification_id,
        title=blueprint.title if blueprint else row.certification_id,
        started_at=row.started_at,
        size=kind.most or len(row.form["slots"]),
        answered=answered,
        right=right,
        tells_right=kind.page is None or row.finished_at is not None,
        url=url_for("practice.resume", practice_id=row.id),
        summary_url=url_for(kind.summary, practice_id=row.id),
    )
