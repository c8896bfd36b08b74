"""Sitting an exam over HTTP: begin, the room, its JSON protocol, and submission."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from sqlmodel import Session

from simulator.exam import form as forms
from simulator.exam.attempt import OPEN, Answer, state_at
from simulator.exam.form import Slot
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.exam.timing import remaining_ms
from simulator.operations import sitting
from simulator.operations.accounts import admit_candidate
from simulator.paths import static
from simulator.store.queries.attempts import get_attempt, get_head
from simulator.store.queries.bank import get_blueprint
from simulator.web.forms.answer import read_answer
from simulator.web.forms.begin import begin_form
from simulator.web.identity import become_candidate, get_candidate, new_id
from simulator.web.pages import render_instructions
from simulator.web.questions import case_labels, room_section
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("sitting", __name__)


@bp.post("/certifications/<certification_id>/attempts")
def begin(certification_id: str) -> ResponseReturnValue:
    """Draw a form, start the clock, and open the room."""
    with reading() as store:
        form = begin_form(get_blueprint(store, certification_id))
    if not form.validate():
        return render_instructions(certification_id, form), 400
    # What the work needs is fetched here: it may run in the writer's thread, which knows of no application.
    candidate_id, attempt_id, seed, moment = become_candidate(), new_id(), secrets.randbits(53), now()
    choices, known = form.choices(), catalogue()

    def start(store: Session) -> str:
        admit_candidate(store, candidate_id, now=moment)
        return sitting.start_attempt(
            store,
            known,
            certification_id,
            choices,
            attempt_id=attempt_id,
            seed=seed,
            actor=candidate_id,
            now=moment,
        ).id

    return redirect(url_for("sitting.room", attempt_id=write(start)), code=303)


# Strike-out is known from several test drivers; a strict assignment may switch it off.
STRIKE_OUT = True


@dataclass(frozen=True, slots=True)
class Room:
    """What the room's page shows around its questions."""

    attempt_id: str
    certification_title: str
    code: str
    minutes: int
    size: int
    urls: dict[str, str]
    strike_out: bool


@bp.get("/attempts/<attempt_id>")
def room(attempt_id: str) -> ResponseReturnValue:
    """Show the exam room with the whole form; the answers come with the first `hold`."""
    moment = now()
    with reading() as store:
        attempt = get_attempt(store, attempt_id, actor=get_candidate())
        if state_at(attempt.state, attempt.deadline_at, moment) != OPEN:
            return redirect(url_for("reports.report", attempt_id=attempt_id), code=303)
        slots = forms.from_document(attempt.form).slots
        questions = catalogue().questions(store, [slot.version for slot in slots])
    view = Room(
        attempt_id=attempt_id,
        certification_title=attempt.blueprint["title"],
        code=attempt.blueprint["code"],
        minutes=round((attempt.deadline_at - attempt.started_at).total_seconds() / 60),
        size=len(slots),
        urls=room_urls(attempt_id),
        strike_out=STRIKE_OUT,
    )
    cases = case_labels(slots, questions)
    sections = [
        room_section(slot, questions[slot.version], view.size, case=cases.get(slot.number, ""), strike_out=STRIKE_OUT)
        for slot in slots
    ]
    return render_template(
        "candidate/room.html",
        room=view,
        sections=sections,
        bootstrap_json=_bootstrap(view, slots, questions, remaining_ms(attempt.deadline_at, moment)),
    )


def room_urls(attempt_id: str) -> dict[str, str]:
    """Return the addresses that the room's scripts call."""
    base = url_for("sitting.room", attempt_id=attempt_id)
    return {
        "room": base,
        "hold": f"{base}/hold",
        "state": f"{base}/state",
        "save_base": f"{base}/answers/",
        "submit": f"{base}/submit",
        "report": f"{base}/report",
        "plain": f"{base}/questions",
        "home": url_for("pages.home"),
    }


def _bootstrap(view: Room, slots: Sequence[Slot], questions: dict[str, Question], remaining: int) -> Markup:
    document = {
        "attempt_id": view.attempt_id,
        "size": view.size,
        "remaining_ms": remaining,
        "urls": {name: view.urls[name] for name in ("hold", "state", "save_base")},
        "csrf_token": generate_csrf(),
        "slots": [_slot_json(slot, questions[slot.version]) for slot in slots],
    }
    # Inside <script type="application/json"> only "</" could end the block.
    return Markup(json.dumps(document).replace("<", "\\u003c"))  # noqa: S704


def _slot_json(slot: Slot, question: Question) -> dict[str, Any]:
    """Return what the room needs to know of a question; `choose` is how many options it takes, as its page says too."""
    return {
        "slot": slot.number,
        "type": question.type,
        "options": len(slot.option_order),
        "choose": len(type_of(question).key(question)),
        "unit": question.answer.unit if question.answer else "",
    }


@bp.post("/attempts/<attempt_id>/hold")
def hold(attempt_id: str) -> ResponseReturnValue:
    """Give the attempt to the tab that asks, with everything saved so far."""
    candidate_id, moment = get_candidate(), now()
    held = write(lambda store: sitting.hold_attempt(store, attempt_id, actor=candidate_id, now=moment))
    return jsonify(
        epoch=held.epoch,
        sequence=held.sequence,
        current_slot=held.current_slot,
        remaining_ms=held.remaining_ms,
        server_time=_iso(moment),
        csrf_token=generate_csrf(),
        answers={str(slot): _answer_json(answer, moment) for slot, answer in held.answers.items()},
    )


def _answer_json(answer: Answer, moment: datetime) -> dict[str, Any]:
    return {
        "response": answer.response,
        "flagged": answer.flagged,
        "confidence": answer.confidence,
        "struck": answer.struck,
        "spent_ms": answer.spent_ms,
        "saved_at": _iso(answer.saved_at),
        "age_ms": max(0, round((moment - answer.made_at).total_seconds() * 1000)),
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@bp.put("/attempts/<attempt_id>/answers/<int:slot>")
def save(attempt_id: str, slot: int) -> ResponseReturnValue:
    """Save one answer; repeating the request changes nothing."""
    candidate_id, moment = get_candidate(), now()
    draft, known = read_answer(_json_body()), catalogue()
    saved = write(
        lambda store: sitting.save_answer(store, known, attempt_id, slot, draft, actor=candidate_id, now=moment),
        single_statement=True,
    )
    return jsonify(
        saved_at=_iso(saved.saved_at),
        sequence=saved.sequence,
        remaining_ms=saved.remaining_ms,
        late=saved.late,
    )


def _json_body() -> Any:
    """Return what the body says; None if it is not JSON, or so deeply nested that the parser gives up."""
    try:
        return request.get_json(force=True, silent=True)
    except RecursionError:
        return None


@bp.get("/attempts/<attempt_id>/state")
def state(attempt_id: str) -> ResponseReturnValue:
    """Tell how the attempt stands by the server's clock, with a fresh CSRF token."""
    moment = now()
    with reading() as store:
        attempt = get_head(store, attempt_id, actor=get_candidate())
    return jsonify(
        state=state_at(attempt.state, attempt.deadline_at, moment),
        remaining_ms=remaining_ms(attempt.deadline_at, moment),
        epoch=attempt.epoch,
        csrf_token=generate_csrf(),
        report_url=url_for("reports.report", attempt_id=attempt_id),
    )


@bp.post("/attempts/<attempt_id>/submit")
def submit(attempt_id: str) -> ResponseReturnValue:
    """End the attempt and grade it; submitting twice shows the same report."""
    close_and_grade(attempt_id)
    return redirect(url_for("reports.report", attempt_id=attempt_id), code=303)


def close_and_grade(attempt_id: str) -> None:
    """Close first, in a transaction of its own: whatever happens while grading, the submission stands."""
    candidate_id, moment, known = get_candidate(), now(), catalogue()
    write(lambda store: sitting.close_attempt(store, attempt_id, actor=candidate_id, now=moment))
    write(lambda store: sitting.grade_attempt(store, known, attempt_id, actor=candidate_id, now=moment))


@bp.get("/service-worker.js")
def service_worker() -> ResponseReturnValue:
    """Serve the worker from the root, because a worker can only look after addresses below its own."""
    response = send_from_directory(static(), "service-worker.js")
    response.headers["Cache-Control"] = "no-cache"
    return response
