"""Practice over HTTP: choosing what to practise, and sessions of question, feedback, next."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from simulator.exam.blueprint import Blueprint as CertificationBlueprint
from simulator.exam.errors import InvalidResponse, NotFound
from simulator.exam.practice import PRACTICE, to_document
from simulator.operations import practising
from simulator.operations.accounts import admit_candidate
from simulator.operations.practising import Offer, Practice, PracticeDraft
from simulator.store.queries.bank import get_blueprint, list_blueprints
from simulator.store.queries.practice import count_practised, get_practice, is_flagged, list_practices
from simulator.web.forms.practice import POOL_HINTS, PracticeAnswerForm, PracticeForm, practice_form
from simulator.web.identity import become_candidate, find_candidate, get_candidate, new_id
from simulator.web.missing import missing_words
from simulator.web.plain import time_on_page
from simulator.web.practice_kinds import kind_of
from simulator.web.practice_view import (
    PracticeView,
    feedback_view,
    practice_view,
    session_lines,
    summarise,
)
from simulator.web.questions import case_labels, slot_view
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("practice", __name__)

RECENT = 8


def _chosen_blueprint(store: Session) -> CertificationBlueprint | None:
    """Return the certification that the address names, else the one practised last, else the first, if there is one.

    Raises NotFound when the address names one that does not exist.
    """
    named = request.args.get("certification")
    if named:
        return _named_blueprint(store, named)
    blueprints, actor = list_blueprints(store), find_candidate()
    last = [
        row.certification_id
        for finished in (False, True)
        for row in (list_practices(store, actor=actor, finished=finished, limit=1) if actor else ())
    ]
    practised = [blueprint for blueprint in blueprints if blueprint.id in last[:1]]
    return next(iter([*practised, *blueprints]), None)


def _named_blueprint(store: Session, certification_id: str) -> CertificationBlueprint:
    """Return a certification that the query of an address names; raises NotFound."""
    if "\0" in certification_id:
        # No id holds one, and PostgreSQL takes it in no text; in the path of an address it is refused for all pages.
        raise NotFound("certification", certification_id)
    return get_blueprint(store, certification_id)


def _form(store: Session, blueprint: CertificationBlueprint, fields: "MultiDict[str, str] | None") -> PracticeForm:
    bank = catalogue().bank(store, blueprint.id)
    versions = {entry.version for unit in set(bank.unit_of.values()) for entry in unit.entries}
    form = practice_form(blueprint, catalogue().questions(store, versions).values(), fields)
    if fields is not None:
        form.drop_unknown()
    return form


def _offer(store: Session, blueprint: CertificationBlueprint, form: PracticeForm) -> Offer:
    return practising.offer_practice(store, catalogue(), blueprint.id, form.criteria(), actor=find_candidate())


@bp.get("/practice")
def index() -> str:
    """Let a candidate choose what to practise, and go on with what is open; an address can fill the form in."""
    with reading() as store:
        blueprint = _chosen_blueprint(store)
        form = _form(store, blueprint, request.args) if blueprint else None
    if blueprint is None or form is None:
        return render_template("practice/nothing.html")
    return _render_index(blueprint, form)


def _render_index(blueprint: CertificationBlueprint, form: PracticeForm, *, problem: str = "") -> str:
    actor = find_candidate()
    with reading() as store:
        blueprints = list_blueprints(store)
        offer = _offer(store, blueprint, form) if not form.errors else None
        going = list_practices(store, actor=actor, finished=False) if actor else ()
        done = list_practices(store, actor=actor, finished=True, limit=RECENT) if actor else ()
        counts = count_practised(store, [row.id for row in (*going, *done)])
    by_id = {known.id: known for known in blueprints}
    return render_template(
        "practice/index.html",
        certification=blueprint,
        certifications=blueprints,
        form=form,
        offer=offer,
        hints=POOL_HINTS,
        problem=problem,
        tasks={domain.id: domain.tasks for domain in blueprint.domains},
        going=session_lines(going, counts, by_id),
        done=session_lines(done, counts, by_id),
    )


@bp.get("/practice/count")
def count() -> ResponseReturnValue:
    """Tell how many questions fit the criteria in the address, for the page's script."""
    with reading() as store:
        blueprint = _named_blueprint(store, request.args.get("certification", ""))
        offer = _offer(store, blueprint, _form(store, blueprint, request.args))
    return jsonify(matching=len(offer.matches), held=offer.held, pools=dict(offer.pools))


@bp.post("/practice/<certification_id>/sessions")
def start(certification_id: str) -> ResponseReturnValue:
    """Start a session with what was chosen, or only count what there is."""
    with reading() as store:
        blueprint = get_blueprint(store, certification_id)
        form = _form(store, blueprint, None)
    if not form.validate():
        return _render_index(blueprint, form, problem=_first_error(form)), 400
    if request.form.get("go") == "count":
        return redirect(_address_of(certification_id, form), code=303)
    practice_id = _start(certification_id, form)
    if practice_id is None:
        return _render_index(blueprint, form, problem="No question is like that. Choose less, or something else."), 409
    return redirect(url_for("practice.resume", practice_id=practice_id), code=303)


def _first_error(form: PracticeForm) -> str:
    errors: list[str] = next(iter(form.errors.values()))
    return errors[0]


def _address_of(certification_id: str, form: PracticeForm) -> str:
    chosen = [(name, value) for name, values in request.form.lists() for value in values if name in form]
    query = urlencode([("certification", certification_id), *(pair for pair in chosen if pair[0] != "csrf_token")])
    return f"{url_for('practice.index')}?{query}#start"


def _start(certification_id: str, form: PracticeForm) -> str | None:
    """Draw and store the session; None if no question fits."""
    candidate_id, practice_id, seed, moment = become_candidate(), new_id(), secrets.randbits(53), now()
    criteria, pace, known = form.criteria(), form.pace.data or None, catalogue()

    def work(store: Session) -> str | None:
        drawn = practising.draw_practice(store, known, certification_id, criteria, seed=seed, actor=candidate_id)
        if not drawn:
            return None
        admit_candidate(store, candidate_id, now=moment)
        return practising.start_practice(
            store,
            known,
            certification_id,
            kind=PRACTICE,
            criteria=to_document(criteria),
            question_ids=drawn,
            practice_id=practice_id,
            seed=seed,
            actor=candidate_id,
            now=moment,
            pace_seconds=pace,
        ).id

    return write(work)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A session with the blueprint and the view that its pages need."""

    practice: Practice
    blueprint: CertificationBlueprint
    view: PracticeView


def _desk(practice_id: str) -> _Desk:
    with reading() as store:
        practice = practising.load_practice(store, catalogue(), practice_id, actor=get_candidate())
        blueprint = get_blueprint(store, practice.row.certification_id)
    page = kind_of(practice.row.kind).page
    if page is not None:
        abort(redirect(url_for(page, practice_id=practice_id), code=303))
    return _Desk(practice, blueprint, practice_view(practice, blueprint))


@bp.get("/practice/<practice_id>")
def resume(practice_id: str) -> ResponseReturnValue:
    """Go on where the session stands: at the first question that is not answered, else at the summary."""
    desk = _desk(practice_id)
    return redirect(_url_of(desk, desk.practice.next_slot()), code=303)


def _url_of(desk: _Desk, slot: int | None) -> str:
    if slot is None:
        return desk.view.summary_url
    return url_for("practice.question", practice_id=desk.view.id, slot=slot)


@bp.get("/practice/<practice_id>/questions/<int:slot>")
def question(practice_id: str, slot: int) -> str:
    """Show one question; once it is answered, with the key and what explains it."""
    desk = _desk(practice_id)
    place = desk.practice.slot(slot)
    next_url = _url_of(desk, desk.practice.next_slot(after=slot))
    if slot in desk.practice.responses:
        return render_template(
            "practice/feedback.html",
            practice=desk.view,
            question=feedback_view(desk.practice, desk.blueprint, slot),
            slot=slot,
            next_url=next_url,
            first_stands=request.args.get("first") == "stands",
        )
    if slot in desk.practice.held:
        return render_template("practice/held.html", practice=desk.view, slot=slot, next_url=next_url)
    return _render_question(desk, slot, PracticeAnswerForm(formdata=None), flagged=_flagged(place.question_id))


def _flagged(question_id: str) -> bool:
    with reading() as store:
        return is_flagged(store, question_id, actor=get_candidate())


def _render_question(desk: _Desk, slot: int, form: PracticeAnswerForm, *, flagged: bool, problem: str = "") -> str:
    place, asked = desk.practice.slot(slot), desk.practice.question(slot)
    form.shown_ms.data = str(round(now().timestamp() * 1000))
    others = desk.practice.next_slot(after=slot)
    cases = case_labels(desk.practice.form.slots, desk.practice.questions)
    return render_template(
        "practice/question.html",
        practice=desk.view,
        question=slot_view(place, asked, cases.get(slot, "")),
        slot=slot,
        form=form,
        flagged=flagged,
        problem=problem,
        skip_url=_url_of(desk, others) if others not in (None, slot) else None,
    )


@bp.post("/practice/<practice_id>/questions/<int:slot>")
def answer(practice_id: str, slot: int) -> ResponseReturnValue:
    """Store one answer, and show what it was worth; the first answer to a question stands."""
    candidate_id, moment, known = get_candidate(), now(), catalogue()
    with reading() as store:
        kind = kind_of(get_practice(store, practice_id, actor=candidate_id).kind)
    form = PracticeAnswerForm()
    if not form.validate():
        return _refused(practice_id, slot, form, "Choose one of the choices on the page.")
    draft = form.draft(time_on_page(form.shown_ms.data, moment))
    if problem := _incomplete(practice_id, slot, draft):
        return _refused(practice_id, slot, form, problem)
    feedback = write(
        lambda store: practising.answer_question(
            store, known, practice_id, slot, draft, actor=candidate_id, now=moment, go_on=kind.go_on
        )
    )
    stands = "stands" if feedback.repeated else None
    return redirect(url_for("practice.question", practice_id=practice_id, slot=slot, first=stands), code=303)


def _incomplete(practice_id: str, slot: int, draft: PracticeDraft) -> str:
    """Return what is missing in a response, in words for people; raises InvalidResponse for one that is nonsense."""
    with reading() as store:
        practice = practising.load_practice(store, catalogue(), practice_id, actor=get_candidate())
    asked = practice.question(slot)
    missing = missing_words(asked, draft.response)
    return "" if draft.gave_up or slot in practice.responses else missing


def _refused(practice_id: str, slot: int, form: PracticeAnswerForm, problem: str) -> ResponseReturnValue:
    desk = _desk(practice_id)
    if slot in desk.practice.responses:
        raise InvalidResponse(problem)
    return _render_question(desk, slot, form, flagged=bool(form.flagged.data), problem=problem), 400


@bp.post("/practice/<practice_id>/questions/<int:slot>/flag")
def flag(practice_id: str, slot: int) -> ResponseReturnValue:
    """Put a flag on an answered question, or take it off."""
    candidate_id, flagged = get_candidate(), request.form.get("flagged") == "1"
    write(lambda store: practising.flag_response(store, practice_id, slot, flagged=flagged, actor=candidate_id))
    return redirect(url_for("practice.question", practice_id=practice_id, slot=slot, _anchor="flag"), code=303)


@bp.post("/practice/<practice_id>/finish")
def finish(practice_id: str) -> ResponseReturnValue:
    """End a session; what is left stays unanswered."""
    candidate_id, moment = get_candidate(), now()
    with reading() as store:
        kind = kind_of(get_practice(store, practice_id, actor=candidate_id).kind)
    write(lambda store: kind.finish(store, practice_id, actor=candidate_id, now=moment))
    return redirect(_desk(practice_id).view.summary_url, code=303)


@bp.get("/practice/<practice_id>/summary")
def summary(practice_id: str) -> str:
    """Show what came of a session, finished or not, with every question to look at again."""
    desk = _desk(practice_id)
    next_slot = desk.practice.next_slot()
    return render_template(
        "practice/summary.html",
        practice=desk.view,
        summary=summarise(desk.practice, desk.view),
        next_url=_url_of(desk, next_slot) if next_slot else None,
    )
