"""Home, instructions and explanations."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from simulator.exam.attempt import CLOSED, GRADED, OPEN
from simulator.exam.blueprint import Blueprint as CertificationBlueprint
from simulator.exam.blueprint import PassMark, domain_quotas
from simulator.exam.selection import find_shortages
from simulator.operations import reporting
from simulator.store.queries.bank import get_blueprint, list_blueprints
from simulator.web.forms.begin import BeginForm, begin_form
from simulator.web.identity import find_candidate
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading

bp = Blueprint("pages", __name__)

RECENT = 5


@dataclass(frozen=True, slots=True)
class DomainCard:
    """A domain and its share of the form."""

    title: str
    share_percent: float
    questions: int
    tasks: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Certification:
    """A certification on the home page and on its own page."""

    id: str
    title: str
    vendor: str
    code: str
    status: str
    retired_on: date | None
    successor: str | None
    guide_version: str
    verified_on: date
    minutes: int
    scored: int
    unscored: int
    questions: int
    pass_mark: PassMark
    scale_minimum: int
    scale_maximum: int
    domains: list[DomainCard]
    sources: list[tuple[str, str]]
    bank_size: int
    offered: bool
    shortage: str | None
    latest: "HistoryLine | None"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An attempt in a list, with where its link leads."""

    id: str
    certification_id: str
    code: str
    title: str
    started_at: datetime
    state: str
    url: str
    report_url: str
    scaled_score: int | None
    pass_mark: int
    passed: bool | None
    too_close: bool
    percent: float | None
    answered: int
    size: int
    remaining_seconds: int
    time_is_up: bool


def history_line(entry: reporting.HistoryEntry) -> HistoryLine:
    """Return the entry as the templates show it."""
    room, report = (url_for(endpoint, attempt_id=entry.id) for endpoint in ("sitting.room", "reports.report"))
    return HistoryLine(
        id=entry.id,
        certification_id=entry.certification_id,
        code=entry.code,
        title=entry.title,
        started_at=entry.started_at,
        state=entry.state,
        url=room if entry.state == OPEN else report,
        report_url=report,
        scaled_score=entry.scaled_score,
        pass_mark=entry.pass_mark,
        passed=entry.passed,
        too_close=bool(entry.too_close),
        percent=entry.percent,
        answered=entry.answered,
        size=entry.size,
        remaining_seconds=round(entry.remaining.total_seconds()),
        time_is_up=entry.state == CLOSED,
    )


def _certification(
    store: Session, blueprint: CertificationBlueprint, history: list[reporting.HistoryEntry]
) -> Certification:
    bank = catalogue().bank(store, blueprint.id)
    shortages = find_shortages(bank, blueprint)
    titles = {domain.id: domain.title for domain in blueprint.domains}
    whole, quotas = sum(domain.weight for domain in blueprint.domains), domain_quotas(blueprint)
    latest = reporting.latest_graded(history, blueprint.id)
    lacking = "; ".join(f"{titles[s.domain]} needs {s.needed} questions and has {s.available}" for s in shortages)
    return Certification(
        id=blueprint.id,
        title=blueprint.title,
        vendor=blueprint.vendor,
        code=blueprint.code,
        status=blueprint.status,
        retired_on=blueprint.retired_on,
        successor=blueprint.successor,
        guide_version=blueprint.guide_version,
        verified_on=blueprint.verified_on,
        minutes=blueprint.minutes,
        scored=blueprint.scored,
        unscored=blueprint.unscored,
        questions=blueprint.size,
        pass_mark=blueprint.pass_mark,
        scale_minimum=blueprint.scale_minimum,
        scale_maximum=blueprint.scale_maximum,
        domains=[
            DomainCard(
                domain.title,
                100 * domain.weight / whole,
                quotas[domain.id],
                [(task.id, task.title) for task in domain.tasks],
            )
            for domain in blueprint.domains
        ],
        sources=[(source.title, source.url) for source in blueprint.sources],
        bank_size=len(bank),
        offered=not shortages,
        shortage=f"The bank is too small for a full exam: {lacking}." if shortages else None,
        latest=history_line(latest) if latest else None,
    )


def _history(store: Session) -> list[reporting.HistoryEntry]:
    candidate_id = find_candidate()
    return reporting.list_history(store, actor=candidate_id, now=now()) if candidate_id else []


@bp.get("/")
def home() -> str:
    """Show what can be sat, what is being sat, and what came of it."""
    with reading() as store:
        history = _history(store)
        certifications = [_certification(store, blueprint, history) for blueprint in list_blueprints(store)]
    return render_template(
        "candidate/home.html",
        certifications=certifications,
        open_attempts=[history_line(entry) for entry in history if entry.state in (OPEN, CLOSED)],
        recent=[history_line(entry) for entry in history if entry.state == GRADED][:RECENT],
    )


@bp.get("/certifications/<certification_id>")
def instructions(certification_id: str) -> ResponseReturnValue:
    """Say what the exam is and what its rules are, and let the candidate begin."""
    with reading() as store:
        form = begin_form(get_blueprint(store, certification_id))
    return render_instructions(certification_id, form)


def render_instructions(certification_id: str, form: BeginForm) -> str:
    """Render the page before an exam around a form that is fresh or has errors."""
    with reading() as store:
        history = _history(store)
        certification = _certification(store, get_blueprint(store, certification_id), history)
    running = next((e for e in history if e.certification_id == certification_id and e.state == OPEN), None)
    return render_template(
        "candidate/instructions.html",
        certification=certification,
        form=form,
        open_attempt=history_line(running) if running else None,
    )


@bp.get("/about")
def about() -> str:
    """Explain saving, keys, scores and licences."""
    return render_template("candidate/about.html")
