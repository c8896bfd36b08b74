"""The quick check over HTTP: what it is, its questions one by one without feedback, and what came of it."""

import secrets
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from simulator.exam.blueprint import Blueprint as CertificationBlueprint
from simulator.exam.errors import NotFound, QuestionHeld
from simulator.exam.practice import QUICK
from simulator.exam.quick_check import LEAST_QUESTIONS, LONGEST, MOST_QUESTIONS, RAN_OUT, SETTLED, WIDEST_SETTLED
from simulator.operations import practising, quick_checking
from simulator.operations.practising import Practice
from simulator.operations.quick_checking import STOPPED, CheckResult
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.practice import held_questions, is_flagged
from simulator.web.forms.practice import PracticeAnswerForm
from simulator.web.identity import become_candidate, find_candidate, get_candidate, new_id
from simulator.web.missing import missing_words
from simulator.web.plain import time_on_page
from simulator.web.practice_view import PracticeView, feedback_view, practice_view
from simulator.web.questions import slot_view
from simulator.web.readiness_view import readiness_view
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("quick_check", __name__)

STEPS = 4


@bp.get("/certifications/<certification_id>/quick-check")
def intro(certification_id: str) -> str:
    """Say what a quick check is, and offer to start or go on."""
    actor = find_candidate()
    with reading() as store:
        blueprint = get_blueprint(store, certification_id)
        unseen = quick_checking.count_unseen(store, catalogue(), certification_id, actor=actor)
        going = quick_checking.find_open_check(store, certification_id, actor=actor) if actor else None
    return render_template(
        "quick_check/intro.html",
        certification=blueprint,
        unseen=sum(unseen.values()),
        run_out=[blueprint.domain(domain).title for domain, count in unseen.items() if not count],
        going_url=url_for("quick_check.resume", practice_id=going) if going else None,
        least=LEAST_QUESTIONS,
        most=MOST_QUESTIONS,
        points=round(100 * WIDEST_SETTLED),
    )


@bp.post("/certifications/<certification_id>/quick-check")
def start(certification_id: str) -> ResponseReturnValue:
    """Start a quick check, or go on with the one that is open."""
    with reading() as store:
        get_blueprint(store, certification_id)
    candidate_id, practice_id, seed, moment = become_candidate(), new_id(), secrets.randbits(53), now()
    known = catalogue()

    def work(store: Session) -> str:
        return quick_checking.start_check(
            store, known, certification_id, practice_id=practice_id, seed=seed, actor=candidate_id, now=moment
        )

    return redirect(url_for("quick_check.resume", practice_id=write(work)), code=303)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A check with the blueprint and the view that its pages need."""

    practice: Practice
    blueprint: CertificationBlueprint
    view: PracticeView

    @property
    def url(self) -> str:
        """Where the check goes on: at its last question, or at its result when it is over."""
        if self.practice.row.finished_at is not None:
            return self.view.summary_url
        return url_for("quick_check.question", practice_id=self.view.id, slot=self.view.size)


def _desk(practice_id: str) -> _Desk:
    """Return the candidate's check; raises NotFound, also for practice of another kind."""
    with reading() as store:
        practice = practising.load_practice(store, catalogue(), practice_id, actor=get_candidate())
        if practice.row.kind != QUICK:
            raise NotFound("quick check", practice_id)
        blueprint = get_blueprint(store, practice.row.certification_id)
    return _Desk(practice, blueprint, practice_view(practice, blueprint))


@bp.get("/quick-check/<practice_id>")
def resume(practice_id: str) -> ResponseReturnValue:
    """Go on where the check stands."""
    return redirect(_desk(practice_id).url, code=303)


@bp.get("/quick-check/<practice_id>/questions/<int:slot>")
def question(practice_id: str, slot: int) -> ResponseReturnValue:
    """Show the question that is open; an answered one leads to the next, for there is no way back."""
    desk = _desk(practice_id)
    if desk.practice.row.finished_at is not None:
        return redirect(desk.url, code=303)
    place = desk.practice.slot(slot)
    if slot in desk.practice.responses:
        return redirect(desk.url, code=303)
    with reading() as store:
        spent = quick_checking.is_spent(store, catalogue(), desk.blueprint.id, place.question_id, actor=get_candidate())
        flagged = is_flagged(store, place.question_id, actor=get_candidate())
    if spent:
        return render_template("quick_check/spent.html", practice=desk.view, slot=slot)
    return _render_question(desk, slot, PracticeAnswerForm(formdata=None), flagged=flagged)


def _render_question(desk: _Desk, slot: int, form: PracticeAnswerForm, *, flagged: bool, problem: str = "") -> str:
    form.shown_ms.data = str(round(now().timestamp() * 1000))
    return render_template(
        "quick_check/question.html",
        practice=desk.view,
        question=slot_view(desk.practice.slot(slot), desk.practice.question(slot)),
        slot=slot,
        form=form,
        flagged=flagged,
        problem=problem,
    )


@bp.post("/quick-check/<practice_id>/questions/<int:slot>")
def answer(practice_id: str, slot: int) -> ResponseReturnValue:
    """Store one answer and choose the next question; the first answer to a question stands."""
    desk = _desk(practice_id)
    if slot in desk.practice.responses or desk.practice.row.finished_at is not None:
        return redirect(desk.url, code=303)
    form, candidate_id, moment, known = PracticeAnswerForm(), get_candidate(), now(), catalogue()
    problem, draft = "Choose one of the choices on the page.", None
    if form.validate():
        # A check takes no "I don't know": like the exam, it asks for what seems best, and luck is allowed for.
        draft = replace(form.draft(time_on_page(form.shown_ms.data, moment)), gave_up=False)
        problem = missing_words(desk.practice.question(slot), draft.response)
        if problem and not draft.response:
            problem += " If you don't know, answer what seems best and mark it as a guess."
    if draft is None or problem:
        return _render_question(desk, slot, form, flagged=bool(form.flagged.data), problem=problem), 400
    final = draft
    try:
        write(
            lambda store: practising.answer_question(
                store, known, practice_id, slot, final, actor=candidate_id, now=moment, go_on=quick_checking.go_on
            )
        )
    except QuestionHeld:
        return redirect(url_for("quick_check.question", practice_id=practice_id, slot=slot), code=303)
    return redirect(_desk(practice_id).url, code=303)


@bp.post("/quick-check/<practice_id>/replace")
def replace_question(practice_id: str) -> ResponseReturnValue:
    """Ask another question in the place of one that can't be asked any more."""
    _desk(practice_id)
    candidate_id, moment, known = get_candidate(), now(), catalogue()
    write(lambda store: quick_checking.replace_question(store, known, practice_id, actor=candidate_id, now=moment))
    return redirect(_desk(practice_id).url, code=303)


@bp.post("/quick-check/<practice_id>/stop")
def stop(practice_id: str) -> ResponseReturnValue:
    """End a check early and show what it has told so far."""
    _desk(practice_id)
    candidate_id, moment = get_candidate(), now()
    write(lambda store: quick_checking.stop_check(store, practice_id, actor=candidate_id, now=moment))
    return redirect(_desk(practice_id).url, code=303)


ENDING_WORDS = {
    SETTLED: "It is settled: the result is clear enough to stop asking.",
    LONGEST: "That was the longest a quick check gets. A full mock exam narrows the interval further.",
    RAN_OUT: "It stopped because the bank has no more questions that are new to you.",
    STOPPED: "You stopped it. What you answered counts; the next quick check goes on from here.",
}


@dataclass(frozen=True, slots=True)
class AskedDomain:
    """One domain of a check: how many questions it asked, and how many were right."""

    title: str
    asked: int
    right: int
    expected: float
    low: float
    high: float


@bp.get("/quick-check/<practice_id>/result")
def result(practice_id: str) -> ResponseReturnValue:
    """Show what came of a check that is over, with every question that was asked and why its key is right."""
    desk = _desk(practice_id)
    if desk.practice.row.finished_at is None:
        return redirect(desk.url, code=303)
    with reading() as store:
        outcome = quick_checking.assess_check(store, catalogue(), practice_id, actor=get_candidate(), now=now())
        on_exams = held_questions(store, actor=get_candidate())
    # A question that has come onto an exam since it was answered here: nobody has been shown its key yet.
    shown = [slot for slot in desk.practice.responses if desk.practice.slot(slot).question_id not in on_exams]
    before = outcome.before.readiness
    return render_template(
        "quick_check/result.html",
        practice=desk.view,
        view=readiness_view(outcome.after, steps=STEPS),
        before=before,
        known_before=bool(before and before.responses),
        ending=ENDING_WORDS[outcome.ending or STOPPED],
        run_out=[desk.blueprint.domain(domain).title for domain in outcome.run_out],
        domains=_domains(desk, outcome),
        questions=[feedback_view(desk.practice, desk.blueprint, slot) for slot in shown],
        held=len(desk.practice.responses) - len(shown),
        again_url=url_for("quick_check.intro", certification_id=desk.blueprint.id),
    )


def _domains(desk: _Desk, outcome: CheckResult) -> list[AskedDomain]:
    readiness = outcome.after.readiness
    graded = list(desk.practice.responses.values())
    return [
        AskedDomain(
            title=domain.title,
            asked=sum(one.domain == domain.id for one in graded),
            right=sum(one.domain == domain.id and one.credit == 1 for one in graded),
            expected=domain.expected,
            low=domain.expected_low,
            high=domain.expected_high,
        )
        for domain in (readiness.domains if readiness else ())
    ]
