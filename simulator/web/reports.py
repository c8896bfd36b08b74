"""Score report, receipt and history."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.exam.attempt import BY_DEADLINE, CLOSED, GRADED, OPEN, Answer, state_at
from simulator.exam.blueprint import FULL
from simulator.exam.form import form_hash
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.operations import reporting
from simulator.store.queries.attempts import get_attempt, load_answers
from simulator.web.coach_view import coach_view
from simulator.web.identity import find_candidate, get_candidate
from simulator.web.pages import history_line
from simulator.web.report_view import filter_links, report_view, select_slots
from simulator.web.services import catalogue, now
from simulator.web.sitting import close_and_grade
from simulator.web.unit_of_work import reading

bp = Blueprint("reports", __name__)


@bp.get("/attempts/<attempt_id>/report")
def report(attempt_id: str) -> ResponseReturnValue:
    """Show the score report; before an attempt is graded, what stands between it and its report."""
    with reading() as store:
        attempt = get_attempt(store, attempt_id, actor=get_candidate())
    if state_at(attempt.state, attempt.deadline_at, now()) == OPEN:
        return redirect(url_for("sitting.room", attempt_id=attempt_id), code=303)
    if attempt.state != GRADED:
        if attempt.state == OPEN or attempt.closed_by == BY_DEADLINE:
            return _time_up(attempt_id)
        # It was submitted, and grading failed on the way; nothing stands against doing it now.
        close_and_grade(attempt_id)
    show, domain = request.args.get("show", "all"), request.args.get("domain") or None
    with reading() as store:
        built = reporting.build_report(store, catalogue(), attempt_id, actor=get_candidate())
    return render_template(
        "reports/report.html",
        report=report_view(built, select_slots(built, show, domain)),
        coach=coach_view(built),
        filters=filter_links(built, show, domain),
        domain_filter=domain,
    )


def _time_up(attempt_id: str) -> str:
    """Let this device deliver what it still holds before the report, which shows the keys, ends that."""
    with reading() as store:
        attempt = get_attempt(store, attempt_id, actor=get_candidate())
        answers = load_answers(store, attempt_id)
    return render_template(
        "candidate/time_up.html",
        attempt_id=attempt_id,
        certification_title=attempt.blueprint["title"],
        answered=sum(bool(answer.response) for answer in answers.values()),
        size=len(attempt.form["slots"]),
    )


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One slot of the receipt; all but the slot is None or empty where nothing was saved."""

    slot: int
    response_words: str
    flagged: bool
    confidence: str | None
    spent_seconds: float
    saved_at: datetime | None
    late: bool
    sequence: int | None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The receipt as its page shows it."""

    attempt_id: str
    candidate_id: str
    certification_title: str
    started_at: datetime
    deadline_at: datetime
    closed_at: datetime | None
    form_seed: int | None
    form_hash: str
    rows: list[ReceiptRow]


@bp.get("/attempts/<attempt_id>/receipt")
def receipt(attempt_id: str) -> str:
    """Show every answer and when it was saved."""
    with reading() as store:
        built = reporting.build_receipt(store, catalogue(), attempt_id, actor=get_candidate())
    attempt = built.attempt
    state = state_at(attempt.state, attempt.deadline_at, now())
    rows = []
    for slot in built.form.slots:
        answer = built.answers.get(slot.number)
        rows.append(
            ReceiptRow(
                slot=slot.number,
                response_words=_words(built.questions[slot.version], answer) if answer else "",
                flagged=answer.flagged if answer else False,
                confidence=answer.confidence if answer else None,
                spent_seconds=answer.spent_ms / 1000 if answer else 0.0,
                saved_at=answer.saved_at if answer else None,
                late=answer.late if answer else False,
                sequence=answer.sequence if answer else None,
            )
        )
    view = ReceiptView(
        attempt_id=attempt.id,
        candidate_id=attempt.candidate_id,
        certification_title=built.blueprint.title,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        closed_at=attempt.closed_at or (attempt.deadline_at if state == CLOSED else None),
        # With the bank, the seed tells which slots are unscored.
        form_seed=built.form.seed if attempt.state == GRADED else None,
        form_hash=form_hash(built.form),
        rows=rows,
    )
    return render_template("reports/receipt.html", receipt=view)


def _words(question: Question, answer: Answer) -> str:
    return type_of(question).summarise(question, answer.response)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One graded attempt on the line of a certification's scores."""

    started_at: datetime
    scaled_score: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The scores of one certification over time, the oldest first."""

    certification_id: str
    code: str
    points: list[TrendPoint]
    pass_mark: int
    scale_minimum: int
    scale_maximum: int


@bp.get("/history")
def history() -> str:
    """Show all attempts and the score over time."""
    candidate_id = find_candidate()
    with reading() as store:
        entries = reporting.list_history(store, actor=candidate_id, now=now()) if candidate_id else []
    return render_template(
        "reports/history.html", entries=[history_line(entry) for entry in entries], trend=_trends(entries)
    )


def _trends(entries: list[reporting.HistoryEntry]) -> list[Trend]:
    graded: dict[str, list[reporting.HistoryEntry]] = defaultdict(list)
    for entry in reversed(entries):
        # A short exam's score has twice the error: it would make the line of the full ones restless.
        if entry.state == GRADED and entry.kind == FULL:
            graded[entry.certification_id].append(entry)
    return [
        Trend(
            certification_id=certification_id,
            code=line[-1].code,
            points=[TrendPoint(e.started_at, e.scaled_score or 0, bool(e.passed)) for e in line],
            pass_mark=line[-1].pass_mark,
            scale_minimum=line[-1].scale_minimum,
            scale_maximum=line[-1].scale_maximum,
        )
        for certification_id, line in graded.items()
    ]
