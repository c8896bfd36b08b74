"""Home, instructions and explanations."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from simulator.exam.attempt import CLOSED, GRADED, OPEN
from simulator.exam.blueprint import FULL, SHORT, PassMark, blueprint_of_kind, domain_quotas, has_short_form, shorten
from simulator.exam.blueprint import Blueprint as CertificationBlueprint
from simulator.exam.readiness import Glance
from simulator.exam.selection import Bank, find_shortages
from simulator.operations import reporting
from simulator.operations.readiness import glance_all
from simulator.store.queries.bank import get_blueprint, list_blueprints
from simulator.web.forms.begin import BeginForm, begin_form
from simulator.web.identity import find_candidate
from simulator.web.item_types import item_type_words
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
class MockExam:
    """One of the lengths in which a certification's mock exam can be sat."""

    kind: str
    questions: int
    minutes: int
    offered: bool
    url: str


@dataclass(frozen=True, slots=True)
class Certification:
    """A certification on the home page and on its own page, with the figures of a full or a short mock exam."""

    id: str
    kind: str
    title: str
    vendor: str
    code: str
    description: str
    item_types: str
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
    readiness: Glance | None
    full: MockExam
    short: MockExam | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An attempt in a list, with where its link leads."""

    id: str
    certification_id: str
    kind: str
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
        kind=entry.kind,
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


def _mock_exam(bank: Bank, blueprint: CertificationBlueprint, kind: str) -> MockExam:
    return MockExam(
        kind=kind,
        questions=blueprint.size,
        minutes=blueprint.minutes,
        offered=not find_shortages(bank, blueprint),
        url=url_for("pages.instructions", certification_id=blueprint.id, kind=SHORT if kind == SHORT else None),
    )


def _certification(
    store: Session,
    whole_exam: CertificationBlueprint,
    history: list[reporting.HistoryEntry],
    kind: str = FULL,
    readiness: Glance | None = None,
) -> Certification:
    blueprint = blueprint_of_kind(whole_exam, kind)
    bank = catalogue().bank(store, blueprint.id)
    shortages = find_shortages(bank, blueprint)
    titles = {domain.id: domain.title for domain in blueprint.domains}
    whole, quotas = sum(domain.weight for domain in blueprint.domains), domain_quotas(blueprint)
    latest = reporting.latest_graded(history, blueprint.id)
    length = "short mock" if kind == SHORT else "full exam"
    lacking = "; ".join(f"{titles[s.domain]} needs {s.needed} questions and has {s.available}" for s in shortages)
    return Certification(
        id=blueprint.id,
        kind=kind,
        title=blueprint.title,
        vendor=blueprint.vendor,
        code=blueprint.code,
        description=blueprint.description,
        item_types=item_type_words(blueprint),
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
        shortage=f"The bank is too small for a {length}: {lacking}." if shortages else None,
        latest=history_line(latest) if latest else None,
        readiness=readiness,
        full=_mock_exam(bank, whole_exam, FULL),
        short=_mock_exam(bank, shorten(whole_exam), SHORT) if has_short_form(whole_exam) else None,
    )


def _history(store: Session) -> list[reporting.HistoryEntry]:
    candidate_id = find_candidate()
    return reporting.list_history(store, actor=candidate_id, now=now()) if candidate_id else []


@bp.get("/")
def home() -> str:
    """Show what can be sat, what is being sat, and what came of it."""
    with reading() as store:
        history = _history(store)
        blueprints = list_blueprints(store)
        ready = glance_all(store, catalogue(), blueprints, actor=find_candidate(), now=now())
        certifications = [_certification(store, one, history, readiness=ready.get(one.id)) for one in blueprints]
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
        blueprint = get_blueprint(store, certification_id)
    short = request.args.get("kind") == SHORT and has_short_form(blueprint)
    return render_instructions(certification_id, begin_form(blueprint, SHORT if short else FULL))


def render_instructions(certification_id: str, form: BeginForm) -> str:
    """Render the page before an exam around a form that is fresh or has errors."""
    kind = SHORT if form.kind.data == SHORT else FULL
    with reading() as store:
        history = _history(store)
        certification = _certification(store, get_blueprint(store, certification_id), history, kind)
    these = (entry for entry in history if entry.certification_id == certification_id and entry.kind == kind)
    running = next((entry for entry in these if entry.state == OPEN), None)
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
