"""Sitting an exam: start, hold, save, close, grade."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from simulator.exam import blueprint as blueprints
from simulator.exam import form as forms
from simulator.exam.attempt import BY_CANDIDATE, CLOSED, GRADED, OPEN, Answer, closing, state_at
from simulator.exam.errors import (
    AnswerTooLate,
    AttemptClosed,
    AttemptNotClosed,
    BankTooSmall,
    InvalidResponse,
    NotFound,
    QuestionHeld,
    StaleEpoch,
)
from simulator.exam.form import Form
from simulator.exam.grading import grade_form
from simulator.exam.question_types import TYPED_TYPES, type_of
from simulator.exam.scoring import GradedResponse, needed_share, scaled_score, score_attempt
from simulator.exam.selection import Bank, draw_form, find_shortages
from simulator.exam.timing import ACCOMMODATIONS, deadline, is_late, made_at, remaining_ms
from simulator.operations.accounts import lock_candidate
from simulator.store.answers import upsert_answer
from simulator.store.catalogue import AttemptFacts, Catalogue
from simulator.store.queries.attempts import (
    Actor,
    AttemptHead,
    find_open_attempt,
    get_attempt,
    get_head,
    load_answers,
    open_questions,
    seen_forms,
)
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.practice import practised_at
from simulator.store.tables import AttemptRow

# Written to without the ORM, which would look for the changed rows among the loaded objects each time.
_attempts: Table = SQLModel.metadata.tables["attempt"]
_graded_responses: Table = SQLModel.metadata.tables["graded_response"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a candidate chooses before an exam; `pass_percent` counts only where the pass mark is assumed.

    `kind` is one of the blueprint's KINDS.
    """

    accommodation: str = "none"
    pass_percent: int | None = None
    kind: str = blueprints.FULL


def start_attempt(
    session: Session,
    catalogue: Catalogue,
    certification_id: str,
    choices: Choices,
    *,
    attempt_id: str,
    seed: int,
    actor: str,
    now: datetime,
) -> AttemptRow:
    """Draw a form and start its clock; a candidate with an open attempt of this kind at it gets that one.

    Raises NotFound for an unknown certification, BankTooSmall when its bank cannot fill a form, and QuestionHeld when
    it could, but for the questions on another open exam of the candidate's: the report of either would show their keys.
    """
    # Who begins two kinds at once waits here, so that the second one knows of the first one's questions.
    lock_candidate(session, actor)
    blueprint = blueprints.blueprint_of_kind(get_blueprint(session, certification_id), choices.kind)
    running = find_open_attempt(session, certification_id, kind=choices.kind, actor=actor)
    if running is not None:
        if state_at(running.state, running.deadline_at, now) == OPEN:
            return running
        close_attempt(session, running.id, actor=actor, now=now)
    form = _draw(session, catalogue.bank(session, certification_id), blueprint, seed=seed, actor=actor, now=now)
    minutes = ACCOMMODATIONS[choices.accommodation].minutes(blueprint.minutes)
    attempt = AttemptRow(
        id=attempt_id,
        candidate_id=actor,
        certification_id=certification_id,
        kind=choices.kind,
        state=OPEN,
        started_at=now,
        deadline_at=deadline(now, minutes),
        accommodation=choices.accommodation,
        pass_mark=_pass_mark(blueprint, choices.pass_percent),
        form=forms.to_document(form),
        blueprint=blueprints.to_document(blueprint),
    )
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        # Another request of the same candidate was faster by a moment; there is one open attempt, and it is that.
        running = find_open_attempt(session, certification_id, kind=choices.kind, actor=actor)
        if running is None:
            raise
        return running
    return attempt


def _draw(
    session: Session,
    bank: Bank,
    blueprint: blueprints.Blueprint,
    *,
    seed: int,
    actor: str,
    now: datetime,
) -> Form:
    held = open_questions(session, actor=actor, now=now)
    try:
        return draw_form(bank, blueprint, seed=seed, exposures=_exposures(session, blueprint.id, actor), held=held)
    except BankTooSmall:
        if not held or find_shortages(bank, blueprint):
            raise
        raise QuestionHeld(
            "You have another mock exam open, and there are too few questions beside those on it: "
            "the report of one would show keys of the other. Submit that one first."
        ) from None


def _exposures(session: Session, certification_id: str, actor: str) -> dict[str, datetime]:
    """Return when the candidate last saw which question, on an exam or in practice."""
    seen = seen_forms(session, certification_id, actor=actor)
    seen += [(at, [question_id]) for at, question_id in practised_at(session, certification_id, actor=actor)]
    return {question_id: at for at, question_ids in sorted(seen) for question_id in question_ids}


def _pass_mark(blueprint: blueprints.Blueprint, pass_percent: int | None) -> int:
    if pass_percent is None or blueprint.pass_mark.nature != blueprints.ASSUMED:
        return blueprint.pass_mark.score
    return scaled_score(pass_percent / 100, blueprint)


def assumed_percent(blueprint: blueprints.Blueprint) -> int:
    """Return the pass mark as percent right, which is how candidates choose an assumed one."""
    return round(100 * needed_share(blueprint.pass_mark.score, blueprint))


@dataclass(frozen=True, slots=True)
class Held:
    """What a tab needs to go on with an attempt that it has taken over."""

    epoch: int
    sequence: int
    remaining_ms: int
    current_slot: int
    answers: dict[int, Answer]


def hold_attempt(session: Session, attempt_id: str, *, actor: str, now: datetime) -> Held:
    """Give the attempt to the tab that asks: it gets a new epoch, and saves of all other tabs go stale.

    An attempt whose time has run out can still be held, to deliver what was answered in time, until it is
    graded. Raises NotFound, or AttemptClosed.
    """
    attempt = get_head(session, attempt_id, actor=actor)
    takes_answers = (_attempts.c.state != GRADED) & _attempts.c.closed_by.is_distinct_from(BY_CANDIDATE)
    statement = _attempts.update().where(_attempts.c.id == attempt_id, takes_answers)
    raised = statement.values(epoch=_attempts.c.epoch + 1).returning(_attempts.c.epoch)
    epoch = session.execute(raised).scalar()
    if epoch is None:
        raise AttemptClosed("this attempt has been submitted")
    answers = load_answers(session, attempt_id)
    last = max(answers.values(), key=lambda answer: answer.sequence, default=None)
    return Held(
        epoch=epoch,
        sequence=last.sequence if last else 0,
        remaining_ms=remaining_ms(attempt.deadline_at, now),
        current_slot=last.slot if last else 1,
        answers=answers,
    )


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer as the browser sends it, not yet checked against its question."""

    response: object
    struck: object
    flagged: bool
    confidence: str | None
    spent_ms: int
    age_ms: int
    epoch: int
    sequence: int


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What the browser is told: a save that came twice, or too late behind a newer one, gets the stored one's facts."""

    sequence: int
    saved_at: datetime
    remaining_ms: int
    late: bool


def save_answer(
    session: Session,
    catalogue: Catalogue,
    attempt_id: str,
    slot: int,
    draft: AnswerDraft,
    *,
    actor: str,
    now: datetime,
) -> SavedAnswer:
    """Save one answer, once: repeating the call changes nothing, and an older sequence never replaces a newer one.

    Raises NotFound, InvalidResponse, StaleEpoch when another tab holds the attempt, AttemptClosed when it was
    submitted or graded, and AnswerTooLate when the answer was made after the deadline.
    """
    attempt = catalogue.attempt(session, attempt_id, actor=actor)
    moment = max(made_at(now, draft.age_ms), attempt.started_at)
    values = _checked(session, catalogue, attempt, slot, draft)
    if not upsert_answer(session, values, now=now, made_at=moment):
        return _explain_unsaved(session, get_head(session, attempt_id, actor=actor), slot, draft, now)
    return SavedAnswer(
        sequence=draft.sequence,
        saved_at=now,
        remaining_ms=remaining_ms(attempt.deadline_at, now),
        late=is_late(attempt.deadline_at, now),
    )


def _checked(
    session: Session, catalogue: Catalogue, attempt: AttemptFacts, slot: int, draft: AnswerDraft
) -> dict[str, Any]:
    """Check the answer against its question, and return the values to store."""
    slots = attempt.form.slots
    if not 1 <= slot <= len(slots):
        raise NotFound("slot", str(slot))
    version = slots[slot - 1].version
    question = catalogue.questions(session, (version,))[version]
    kind = type_of(question)
    response = kind.parse(question, draft.response)
    stored = json.dumps(response)
    # Of what is typed, the first keys would be the first response: changing them says nothing.
    first = kind.is_complete(question, response) and question.type not in TYPED_TYPES
    return {
        "attempt_id": attempt.id,
        "candidate_id": attempt.candidate_id,
        "slot": slot,
        "epoch": draft.epoch,
        "sequence": draft.sequence,
        "response": stored,
        "first_response": stored if first else None,
        "struck": json.dumps(_struck(draft.struck, len(question.options))),
        "flagged": draft.flagged,
        "confidence": draft.confidence,
        "spent_ms": draft.spent_ms,
    }


def _struck(raw: object, options: int) -> list[int]:
    if not isinstance(raw, list) or any(type(number) is not int or not 0 <= number < options for number in raw):
        raise InvalidResponse("struck must be a list of option numbers")
    return sorted(set(raw))


def _explain_unsaved(
    session: Session, attempt: AttemptHead, slot: int, draft: AnswerDraft, now: datetime
) -> SavedAnswer:
    """Say why nothing was saved: by raising, or, for a repetition, by what is stored."""
    if attempt.state == GRADED or attempt.closed_by == BY_CANDIDATE:
        raise AttemptClosed("this attempt has been submitted")
    if attempt.epoch != draft.epoch:
        raise StaleEpoch(f"another tab holds this attempt (epoch {attempt.epoch})")
    stored = load_answers(session, attempt.id).get(slot)
    if stored is None or stored.sequence < draft.sequence:
        raise AnswerTooLate("this answer was made after the time had run out")
    return SavedAnswer(
        sequence=stored.sequence,
        saved_at=stored.saved_at,
        remaining_ms=remaining_ms(attempt.deadline_at, now),
        late=stored.late,
    )


def close_attempt(session: Session, attempt_id: str, *, actor: Actor, now: datetime) -> None:
    """End an attempt: submitted by the candidate, or out of time. Closing a closed one changes nothing."""
    attempt = get_head(session, attempt_id, actor=actor)
    closed_at, closed_by = closing(attempt.deadline_at, now)
    session.execute(
        _attempts.update()
        .where(_attempts.c.id == attempt_id, _attempts.c.state == OPEN)
        .values(state=CLOSED, closed_at=closed_at, closed_by=closed_by)
    )


def grade_attempt(
    session: Session, catalogue: Catalogue, attempt_id: str, *, actor: Actor, now: datetime
) -> list[GradedResponse]:
    """Grade a closed attempt, once; from then on it takes no more answers, and its keys may be seen.

    Grading comes after closing, in a transaction of its own: should it fail, the submission stands.
    Returns nothing when the attempt was graded before; raises AttemptNotClosed when it is open.
    """
    # The state is claimed first: a save that runs at the same time is either in, or refused.
    claimed = session.execute(
        _attempts.update()
        .where(_attempts.c.id == attempt_id, _attempts.c.state == CLOSED)
        .values(state=GRADED, graded_at=now)
        .returning(_attempts.c.id)
    ).scalar()
    if claimed is None:
        if get_head(session, attempt_id, actor=actor).state == OPEN:
            raise AttemptNotClosed("this attempt is still open")
        return []
    attempt = get_attempt(session, attempt_id, actor=actor)
    form = forms.from_document(attempt.form)
    questions = catalogue.questions(session, [slot.version for slot in form.slots])
    graded = grade_form(form, questions, load_answers(session, attempt_id))
    _store_graded(session, attempt, graded)
    return graded


def _columns(response: GradedResponse) -> dict[str, Any]:
    # Not asdict(), which copies every value deeply and took longer than the rest of grading.
    columns = {name: getattr(response, name) for name in GradedResponse.__slots__}
    columns["response"] = json.dumps(response.response)
    # None is no JSON here, but the absence of a first response.
    columns["first_response"] = None if response.first_response is None else json.dumps(response.first_response)
    return columns


def _store_graded(session: Session, attempt: AttemptRow, graded: list[GradedResponse]) -> None:
    """Write the facts in bulk, and the outcome on the attempt for lists."""
    common = {"attempt_id": attempt.id, "candidate_id": attempt.candidate_id}
    rows = [{**common, **_columns(response)} for response in graded]
    session.execute(_graded_responses.insert(), rows)
    score = score_attempt(graded, blueprints.from_document(attempt.blueprint), attempt.pass_mark)
    session.execute(
        _attempts.update()
        .where(_attempts.c.id == attempt.id)
        .values(
            correct=score.overall.correct,
            scaled_score=score.scaled,
            passed=score.passed,
            too_close=score.too_close,
        )
    )
