"""Practice: start a session, answer its questions one by one with feedback, add questions, finish."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from simulator.exam import form as forms
from simulator.exam import practice
from simulator.exam.attempt import Answer
from simulator.exam.errors import InvalidResponse, NotFound, NothingToPractise, QuestionHeld
from simulator.exam.form import Form, Slot
from simulator.exam.grading import grade_slot
from simulator.exam.practice import Criteria, Past
from simulator.exam.question import Question
from simulator.exam.question_types import Response, type_of
from simulator.exam.scoring import GradedResponse
from simulator.exam.selection import BankEntry
from simulator.operations.accounts import lock_candidate
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.practice import (
    get_practice,
    get_practice_response,
    held_questions,
    load_practice_responses,
)
from simulator.store.tables import PracticeResponseRow, PracticeRow


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to practise by some criteria: questions by pool, and those that an open exam holds back."""

    matches: tuple[BankEntry, ...]
    past: Past
    pools: Mapping[str, int]
    held: int


def offer_practice(
    session: Session, catalogue: Catalogue, certification_id: str, criteria: Criteria, *, actor: str | None
) -> Offer:
    """Return what the certification's bank has for these criteria; raises NotFound.

    Questions on an exam that is not graded yet are left out: practice would show their keys.
    """
    get_blueprint(session, certification_id)
    entries = list(_entries(session, catalogue, certification_id))
    questions = catalogue.questions(session, {entry.version for entry in entries})
    evidence = list_evidence(session, catalogue, actor=actor, certification_id=certification_id) if actor else []
    held = held_questions(session, actor=actor) if actor else frozenset()
    past = Past(evidence)
    free = [entry for entry in entries if entry.question_id not in held]
    all_matches = practice.matching(entries, questions, past, criteria)
    matches = tuple(entry for entry in all_matches if entry.question_id not in held)
    pools = practice.count_pools(free, questions, past, criteria)
    return Offer(matches, past, pools, len(all_matches) - len(matches))


def _entries(session: Session, catalogue: Catalogue, certification_id: str) -> Iterable[BankEntry]:
    bank = catalogue.bank(session, certification_id)
    return (entry for unit in dict.fromkeys(bank.unit_of.values()) for entry in unit.entries)


def draw_practice(
    session: Session, catalogue: Catalogue, certification_id: str, criteria: Criteria, *, seed: int, actor: str
) -> list[str]:
    """Return the ids of the questions that a session with these criteria asks, in their order; [] if none fits."""
    offer = offer_practice(session, catalogue, certification_id, criteria, actor=actor)
    return [entry.question_id for entry in practice.choose(offer.matches, offer.past, criteria, seed=seed)]


def start_practice(
    session: Session,
    catalogue: Catalogue,
    certification_id: str,
    *,
    kind: str,
    criteria: Mapping[str, Any],
    question_ids: Iterable[str],
    practice_id: str,
    seed: int,
    actor: str,
    now: datetime,
    pace_seconds: int | None = None,
) -> PracticeRow:
    """Start a session with these questions in this order; ids that the bank does not have (any more) are left out.

    Raises NotFound for an unknown certification, and NothingToPractise when no question is left.
    """
    get_blueprint(session, certification_id)
    by_id = {entry.question_id: entry for entry in _entries(session, catalogue, certification_id)}
    entries = [by_id[question_id] for question_id in dict.fromkeys(question_ids) if question_id in by_id]
    if not entries:
        raise NothingToPractise("there is no question to practise")
    row = PracticeRow(
        id=practice_id,
        candidate_id=actor,
        certification_id=certification_id,
        kind=kind,
        criteria=dict(criteria),
        pace_seconds=pace_seconds,
        started_at=now,
        form=forms.to_document(practice.make_form(entries, seed=seed)),
    )
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class Practice:
    """A session as it stands: its form, the versions of its questions, and the responses so far, by slot."""

    row: PracticeRow
    form: Form
    questions: Mapping[str, Question]
    responses: Mapping[int, GradedResponse]
    held: frozenset[int] = field(default=frozenset())

    def slot(self, number: int) -> Slot:
        """Return a slot by its number; raises NotFound."""
        if not 1 <= number <= len(self.form.slots):
            raise NotFound("question", str(number))
        return self.form.slots[number - 1]

    def question(self, number: int) -> Question:
        """Return the version of the question in a slot; raises NotFound."""
        return self.questions[self.slot(number).version]

    def next_slot(self, *, after: int = 0) -> int | None:
        """Return the slot to go on with: unanswered, and not held back by an open exam; None if there is none."""
        numbers = [slot.number for slot in self.form.slots]
        return practice.next_slot(numbers, self.responses.keys() | self.held, after=after)


def load_practice(session: Session, catalogue: Catalogue, practice_id: str, *, actor: str) -> Practice:
    """Return the actor's session as it stands; raises NotFound."""
    row = get_practice(session, practice_id, actor=actor)
    form = forms.from_document(row.form)
    questions = catalogue.questions(session, {slot.version for slot in form.slots})
    responses = load_practice_responses(session, practice_id)
    on_exams = held_questions(session, actor=actor)
    held = frozenset(s.number for s in form.slots if s.question_id in on_exams and s.number not in responses)
    return Practice(row, form, questions, responses, held)


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A response as it is sent, not yet checked against its question; `gave_up` asks for the key without one."""

    response: object
    confidence: str | None = None
    flagged: bool = False
    spent_ms: int = 0
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """What follows a response: `repeated` says that an earlier, different response to the same slot stands."""

    slot: Slot
    question: Question
    graded: GradedResponse
    repeated: bool


GoOn = Callable[[Session, Catalogue, str, str, datetime], None]


class Finish(Protocol):
    """What ends a session: `finish_practice`, or what a kind has in its place."""

    def __call__(self, session: Session, practice_id: str, *, actor: str, now: datetime) -> None:
        """End the session; raises NotFound."""
        ...


def answer_question(
    session: Session,
    catalogue: Catalogue,
    practice_id: str,
    slot: int,
    draft: PracticeDraft,
    *,
    actor: str,
    now: datetime,
    go_on: GoOn | None = None,
) -> Feedback:
    """Grade and store one response, once: the first one stands, and repeating the call gives its feedback again.

    `go_on(session, catalogue, practice_id, actor, now)` runs in the same transaction after a response was stored;
    it may append a slot or finish the session. Without it the session ends with its last response.
    Raises NotFound, InvalidResponse, and QuestionHeld when the question stands on an exam that is not graded yet.
    """
    # Whoever begins an exam waits, so that none can get this question while its key is on the way.
    lock_candidate(session, actor)
    row = get_practice(session, practice_id, actor=actor, lock=True)
    form = forms.from_document(row.form)
    if not 1 <= slot <= len(form.slots):
        raise NotFound("question", str(slot))
    place = form.slots[slot - 1]
    question = catalogue.questions(session, {place.version})[place.version]
    before = load_practice_responses(session, practice_id)
    if slot in before:
        return Feedback(place, question, before[slot], repeated=not _same(place, question, draft, before[slot]))
    if place.question_id in held_questions(session, actor=actor):
        raise QuestionHeld("this question stands on an exam of yours that is not submitted yet")
    graded = grade_slot(place, question, _as_answer(slot, _checked(question, draft), draft, now))
    session.add(_response_row(row, graded, now))
    if go_on is None and len(before) + 1 == len(form.slots):
        row.finished_at = row.finished_at or now
    session.flush()
    if go_on is not None:
        go_on(session, catalogue, practice_id, actor, now)
    return Feedback(place, question, graded, repeated=False)


def _checked(question: Question, draft: PracticeDraft) -> Response:
    """Return the response if it can be graded: complete, or none at all from somebody who gave up."""
    if draft.gave_up:
        return ()
    kind = type_of(question)
    response = kind.parse(question, draft.response)
    if not kind.is_complete(question, response):
        raise InvalidResponse("choose as many options as the question asks for")
    return response


def _same(slot: Slot, question: Question, draft: PracticeDraft, stored: GradedResponse) -> bool:
    try:
        response = _checked(question, draft)
    except InvalidResponse:
        return False
    return type_of(question).restore(response, slot.option_order) == stored.response


def _as_answer(slot: int, response: Response, draft: PracticeDraft, now: datetime) -> Answer:
    return Answer(
        slot=slot,
        response=response,
        flagged=draft.flagged,
        confidence=draft.confidence,
        struck=(),
        spent_ms=draft.spent_ms,
        sequence=1,
        saved_at=now,
        made_at=now,
        late=False,
    )


def _response_row(row: PracticeRow, graded: GradedResponse, now: datetime) -> PracticeResponseRow:
    return PracticeResponseRow(
        practice_id=row.id,
        slot=graded.slot,
        candidate_id=row.candidate_id,
        question_id=graded.question_id,
        version=graded.version,
        domain=graded.domain,
        task=graded.task,
        answered=graded.answered,
        credit=graded.credit,
        response=json.dumps(graded.response),
        confidence=graded.confidence,
        flagged=graded.flagged,
        spent_ms=graded.spent_ms,
        given_at=now,
    )


def append_slot(
    session: Session, catalogue: Catalogue, practice_id: str, question_id: str, *, after: int, actor: str
) -> Slot:
    """Put a question behind slot `after`, the last one; if another request was faster, return what it put there.

    Raises NotFound for a foreign session, a question that the bank does not have, or a slot that does not exist.
    """
    row = get_practice(session, practice_id, actor=actor, lock=True)
    form = forms.from_document(row.form)
    if after < len(form.slots):
        return form.slots[after]
    by_id = {entry.question_id: entry for entry in _entries(session, catalogue, row.certification_id)}
    if after > len(form.slots) or question_id not in by_id:
        raise NotFound("question", question_id)
    form = practice.extend(form, by_id[question_id])
    row.form = forms.to_document(form)
    session.flush()
    return form.slots[-1]


def finish_practice(session: Session, practice_id: str, *, actor: str, now: datetime) -> None:
    """End a session; what is left unanswered stays so, and finishing twice changes nothing. Raises NotFound."""
    row = get_practice(session, practice_id, actor=actor, lock=True)
    row.finished_at = row.finished_at or now
    session.flush()


def flag_response(session: Session, practice_id: str, slot: int, *, flagged: bool, actor: str) -> None:
    """Put a flag on an answered question, or take it off; raises NotFound."""
    row = get_practice(session, practice_id, actor=actor)
    # A number that no slot has may be larger than the database can compare.
    known = 1 <= slot <= len(row.form["slots"])
    response = get_practice_response(session, practice_id, slot) if known else None
    if response is None:
        raise NotFound("response", str(slot))
    response.flagged = flagged
    session.flush()
