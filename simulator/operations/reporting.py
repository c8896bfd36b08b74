"""Putting together what a candidate reads afterwards: score report, receipt, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from simulator.exam import blueprint as blueprints
from simulator.exam import form as forms
from simulator.exam.attempt import GRADED, Answer, state_at
from simulator.exam.blueprint import Blueprint
from simulator.exam.coaching import Coaching, coach
from simulator.exam.errors import AttemptNotClosed
from simulator.exam.form import Form, Slot
from simulator.exam.question import Question
from simulator.exam.scoring import GradedResponse, Pacing, Score, pacing, score_attempt
from simulator.store.catalogue import Catalogue
from simulator.store.queries.attempts import (
    Actor,
    count_answered,
    get_attempt,
    list_attempts,
    load_answers,
    load_graded,
)
from simulator.store.tables import AttemptRow


@dataclass(frozen=True, slots=True)
class ReviewedSlot:
    """One slot of a graded attempt with everything there is to say about it."""

    slot: Slot
    question: Question
    graded: GradedResponse
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """A graded attempt, scored by the blueprint and the pass mark that held when it started."""

    attempt: AttemptRow
    blueprint: Blueprint
    score: Score
    pacing: Pacing
    coaching: Coaching
    slots: tuple[ReviewedSlot, ...]
    allowed_seconds: int
    used_seconds: int

    @property
    def unanswered(self) -> int:
        """Number of slots without a response."""
        return sum(not reviewed.graded.answered for reviewed in self.slots)

    @property
    def late_answers(self) -> int:
        """Number of answers that were made in time and delivered after it."""
        return sum(reviewed.answer.late for reviewed in self.slots if reviewed.answer)


def build_report(session: Session, catalogue: Catalogue, attempt_id: str, *, actor: Actor) -> ScoreReport:
    """Return the score report of a graded attempt; raises NotFound, or AttemptNotClosed before it is graded."""
    attempt = get_attempt(session, attempt_id, actor=actor)
    if attempt.state != GRADED:
        raise AttemptNotClosed("this attempt is not graded yet")
    graded = load_graded(session, attempt_id)
    answers = load_answers(session, attempt_id)
    form = forms.from_document(attempt.form)
    questions = catalogue.questions(session, [slot.version for slot in form.slots])
    blueprint = blueprints.from_document(attempt.blueprint)
    allowed = attempt.deadline_at - attempt.started_at
    return ScoreReport(
        attempt=attempt,
        blueprint=blueprint,
        score=score_attempt(graded, blueprint, attempt.pass_mark),
        pacing=pacing(graded, allowed.total_seconds()),
        coaching=coach(
            graded,
            questions,
            {slot: answer.made_at for slot, answer in answers.items()},
            blueprint,
            allowed=allowed,
            deadline_at=attempt.deadline_at,
        ),
        slots=tuple(
            ReviewedSlot(slot, questions[slot.version], response, answers.get(slot.number))
            for slot, response in zip(form.slots, graded, strict=True)
        ),
        allowed_seconds=round(allowed.total_seconds()),
        used_seconds=round(((attempt.closed_at or attempt.deadline_at) - attempt.started_at).total_seconds()),
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was saved of an attempt, and when; it shows responses, never keys."""

    attempt: AttemptRow
    blueprint: Blueprint
    form: Form
    questions: dict[str, Question]
    answers: dict[int, Answer]


def build_receipt(session: Session, catalogue: Catalogue, attempt_id: str, *, actor: Actor) -> Receipt:
    """Return the receipt of an attempt, open or not; raises NotFound."""
    attempt = get_attempt(session, attempt_id, actor=actor)
    form = forms.from_document(attempt.form)
    return Receipt(
        attempt=attempt,
        blueprint=blueprints.from_document(attempt.blueprint),
        form=form,
        questions=catalogue.questions(session, [slot.version for slot in form.slots]),
        answers=load_answers(session, attempt_id),
    )


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One attempt in a list; the outcome is None until it is graded."""

    id: str
    certification_id: str
    kind: str
    code: str
    title: str
    started_at: datetime
    remaining: timedelta
    state: str
    answered: int
    size: int
    pass_mark: int
    scale_minimum: int
    scale_maximum: int
    scaled_score: int | None
    percent: float | None
    passed: bool | None
    too_close: bool | None


def list_history(session: Session, *, actor: Actor, now: datetime) -> list[HistoryEntry]:
    """Return the actor's attempts, the latest first, in the state they are in now."""
    attempts = list_attempts(session, actor=actor)
    answered = count_answered(session, [attempt.id for attempt in attempts])
    return [_history_entry(attempt, answered.get(attempt.id, 0), now) for attempt in attempts]


def _history_entry(attempt: AttemptRow, answered: int, now: datetime) -> HistoryEntry:
    blueprint = blueprints.from_document(attempt.blueprint)
    return HistoryEntry(
        id=attempt.id,
        certification_id=attempt.certification_id,
        kind=attempt.kind,
        code=blueprint.code,
        title=blueprint.title,
        started_at=attempt.started_at,
        remaining=max(timedelta(), attempt.deadline_at - now),
        state=state_at(attempt.state, attempt.deadline_at, now),
        answered=answered,
        size=len(attempt.form["slots"]),
        pass_mark=attempt.pass_mark,
        scale_minimum=blueprint.scale_minimum,
        scale_maximum=blueprint.scale_maximum,
        scaled_score=attempt.scaled_score,
        percent=None if attempt.correct is None else attempt.correct / blueprint.scored,
        passed=attempt.passed,
        too_close=attempt.too_close,
    )


def latest_graded(history: Sequence[HistoryEntry], certification_id: str) -> HistoryEntry | None:
    """Return the latest graded full exam of a certification, from a history that runs backwards."""
    full = (entry for entry in history if entry.certification_id == certification_id and entry.kind == blueprints.FULL)
    return next((entry for entry in full if entry.state == GRADED), None)
