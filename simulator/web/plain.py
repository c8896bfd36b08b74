"""The exam without scripts: one question a page, plain forms, and a review page that submits."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from simulator.exam import form as forms
from simulator.exam.attempt import OPEN, Answer, state_at
from simulator.exam.errors import AttemptClosed, NotFound
from simulator.exam.form import Form
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.exam.timing import remaining_ms
from simulator.operations import sitting
from simulator.operations.sitting import AnswerDraft
from simulator.store.queries.attempts import get_attempt, load_answers
from simulator.store.tables import AttemptRow
from simulator.web.forms.answer import LONGEST_MS, PlainAnswerForm, plain_response
from simulator.web.identity import get_candidate
from simulator.web.questions import case_labels, slot_view
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("plain", __name__)


@dataclass(frozen=True, slots=True)
class NavigatorEntry:
    """One slot in the list of all slots; the status is `complete`, `incomplete` or `unseen`."""

    slot: int
    status: str
    flagged: bool
    url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open attempt as the plain pages need it."""

    attempt: AttemptRow
    form: Form
    questions: dict[str, Question]
    answers: dict[int, Answer]

    def navigator(self) -> list[NavigatorEntry]:
        """Return every slot with how far the candidate is with it."""
        return [
            NavigatorEntry(
                slot=slot.number,
                status=_status(self.questions[slot.version], self.answers.get(slot.number)),
                flagged=slot.number in self.answers and self.answers[slot.number].flagged,
                url=url_for("plain.question", attempt_id=self.attempt.id, slot=slot.number),
            )
            for slot in self.form.slots
        ]


def _status(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return "unseen"
    return "complete" if type_of(question).is_complete(question, answer.response) else "incomplete"


def _open_sheet(store: Session, attempt_id: str, moment: datetime) -> Sheet:
    """Return the candidate's attempt while it is open; raises AttemptClosed after it."""
    attempt = get_attempt(store, attempt_id, actor=get_candidate())
    if state_at(attempt.state, attempt.deadline_at, moment) != OPEN:
        raise AttemptClosed("this attempt is over")
    form = forms.from_document(attempt.form)
    questions = catalogue().questions(store, [slot.version for slot in form.slots])
    return Sheet(attempt, form, questions, load_answers(store, attempt_id))


@bp.get("/attempts/<attempt_id>/questions")
def resume(attempt_id: str) -> ResponseReturnValue:
    """Go to the question that was saved last."""
    with reading() as store:
        sheet = _open_sheet(store, attempt_id, now())
    last = max(sheet.answers.values(), key=lambda answer: answer.sequence, default=None)
    slot = last.slot if last else 1
    return redirect(url_for("plain.question", attempt_id=attempt_id, slot=slot), code=303)


@bp.get("/attempts/<attempt_id>/questions/<int:slot>")
def question(attempt_id: str, slot: int) -> str:
    """Show one question as a plain form."""
    return _render_question(attempt_id, slot, PlainAnswerForm(), now())


def _render_question(attempt_id: str, slot: int, form: PlainAnswerForm, moment: datetime) -> str:
    with reading() as store:
        sheet = _open_sheet(store, attempt_id, moment)
    if not 1 <= slot <= len(sheet.form.slots):
        raise NotFound("question", str(slot))
    form.shown_ms.data = str(round(moment.timestamp() * 1000))
    place = sheet.form.slots[slot - 1]
    return render_template(
        "candidate/plain_question.html",
        question=slot_view(
            place,
            sheet.questions[place.version],
            case_labels(sheet.form.slots, sheet.questions).get(slot, ""),
        ),
        answer=sheet.answers.get(slot),
        form=form,
        size=len(sheet.form.slots),
        remaining_seconds=remaining_ms(sheet.attempt.deadline_at, moment) // 1000,
        navigator=sheet.navigator(),
        attempt_id=attempt_id,
        certification_title=sheet.attempt.blueprint["title"],
        strike_out=False,
    )


@bp.post("/attempts/<attempt_id>/questions/<int:slot>")
def answer(attempt_id: str, slot: int) -> ResponseReturnValue:
    """Save one question's form and go where its button says."""
    form, moment = PlainAnswerForm(), now()
    if not form.validate():
        return _render_question(attempt_id, slot, form, moment), 400
    _save(attempt_id, slot, form, moment)
    target = {"previous": slot - 1, "next": slot + 1}.get(request.form.get("go", "save"), slot)
    if request.form.get("go") == "review":
        return redirect(url_for("plain.review", attempt_id=attempt_id), code=303)
    return redirect(url_for("plain.question", attempt_id=attempt_id, slot=target), code=303)


def _save(attempt_id: str, slot: int, form: PlainAnswerForm, moment: datetime) -> None:
    """Take the attempt over from whatever tab holds it, and save; the latest form sent wins."""
    candidate_id, response = get_candidate(), plain_response(request.form)
    visit_ms = time_on_page(form.shown_ms.data, moment)
    known, flagged, confidence = catalogue(), form.flagged.data, form.confidence.data or None

    def work(store: Session) -> None:
        held = sitting.hold_attempt(store, attempt_id, actor=candidate_id, now=moment)
        before = held.answers.get(slot)
        draft = AnswerDraft(
            response=response,
            struck=list(before.struck) if before else [],
            flagged=flagged,
            confidence=confidence,
            spent_ms=min(LONGEST_MS, visit_ms + (before.spent_ms if before else 0)),
            age_ms=0,
            epoch=held.epoch,
            sequence=held.sequence + 1,
        )
        sitting.save_answer(store, known, attempt_id, slot, draft, actor=candidate_id, now=moment)

    write(work)


def time_on_page(shown_ms: str | None, moment: datetime) -> int:
    """Return how long the page was open, by the time it carries; 0 if that was tampered with."""
    try:
        spent = round(moment.timestamp() * 1000) - int(shown_ms or "")
    except ValueError:
        return 0
    return max(0, min(spent, LONGEST_MS))


@bp.get("/attempts/<attempt_id>/review")
def review(attempt_id: str) -> str:
    """Show how far the candidate is, and let them submit."""
    moment = now()
    with reading() as store:
        sheet = _open_sheet(store, attempt_id, moment)
    navigator = sheet.navigator()
    return render_template(
        "candidate/plain_review.html",
        navigator=navigator,
        unanswered=sum(entry.status != "complete" for entry in navigator),
        flagged=sum(entry.flagged for entry in navigator),
        size=len(navigator),
        remaining_seconds=remaining_ms(sheet.attempt.deadline_at, moment) // 1000,
        attempt_id=attempt_id,
        certification_title=sheet.attempt.blueprint["title"],
    )
