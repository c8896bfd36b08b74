"""The quick check: start one, ask the question that tells most, stop when it is settled.

A quick check is a practice session of its own kind that grows by one question at a time. The next question is
chosen in the transaction that stores the answer, from the candidate's evidence as it is then and the session's seed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlmodel import Session

from simulator.exam import form as forms
from simulator.exam import practice
from simulator.exam import quick_check as rules
from simulator.exam.errors import NothingToPractise
from simulator.exam.form import Form
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.exam.quick_check import Asked, CheckItem
from simulator.exam.readiness import ItemDifficulty, Readiness, author_difficulty
from simulator.exam.selection import BankEntry
from simulator.operations.accounts import admit_candidate, lock_candidate
from simulator.operations.practising import start_practice
from simulator.operations.readiness import Assessment, assess_certification
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.practice import (
    get_practice,
    held_questions,
    list_practices,
    load_practice_responses,
)
from simulator.store.tables import PracticeRow

STOPPED = "stopped"

# What was given in the very moment of the start is part of the check.
_MOMENT = timedelta(microseconds=1)


def start_check(
    session: Session,
    catalogue: Catalogue,
    certification_id: str,
    *,
    practice_id: str,
    seed: int,
    actor: str,
    now: datetime,
) -> str:
    """Start a quick check with its first question, or go on with the one that is open; return its id.

    Raises NotFound for an unknown certification, and NothingToPractise when no unseen question is left.
    """
    before = _stand(session, catalogue, certification_id, actor=actor, now=now)
    admit_candidate(session, actor, now=now)
    # Whoever starts twice at once waits here, and finds the check of the first one.
    lock_candidate(session, actor)
    known = find_open_check(session, certification_id, actor=actor)
    if known is not None:
        return known
    item = _choose(before, Form(seed, ()))
    if item is None:
        raise NothingToPractise("there is no question left that is new to you")
    return start_practice(
        session,
        catalogue,
        certification_id,
        kind=practice.QUICK,
        criteria={},
        question_ids=[item.question_id],
        practice_id=practice_id,
        seed=seed,
        actor=actor,
        now=now,
    ).id


def find_open_check(session: Session, certification_id: str, *, actor: str) -> str | None:
    """Return the id of the candidate's quick check for this certification that is not finished, None without one."""
    rows = list_practices(session, actor=actor, finished=False, kind=practice.QUICK)
    return next((row.id for row in rows if row.certification_id == certification_id), None)


def go_on(session: Session, catalogue: Catalogue, practice_id: str, actor: str, now: datetime) -> None:
    """Ask the next question, or finish the check; runs after an answer was stored, in its transaction."""
    row = get_practice(session, practice_id, actor=actor, lock=True)
    form = forms.from_document(row.form)
    if row.finished_at is None and len(load_practice_responses(session, practice_id)) == len(form.slots):
        _extend(session, catalogue, row, form, now)


def replace_question(session: Session, catalogue: Catalogue, practice_id: str, *, actor: str, now: datetime) -> None:
    """Ask another question in the place of one that is on an open exam or has been seen since it was chosen.

    Without such a question nothing changes. Raises NotFound.
    """
    row = get_practice(session, practice_id, actor=actor, lock=True)
    if row.finished_at is not None:
        return
    form = forms.from_document(row.form)
    last = form.slots[-1]
    if last.number not in load_practice_responses(session, practice_id) and is_spent(
        session, catalogue, row.certification_id, last.question_id, actor=actor
    ):
        _extend(session, catalogue, row, Form(form.seed, form.slots[:-1]), now)


def is_spent(session: Session, catalogue: Catalogue, certification_id: str, question_id: str, *, actor: str) -> bool:
    """Return whether a question can't be asked any more: it is on an open exam, or was answered elsewhere."""
    return question_id in _spent_questions(session, catalogue, certification_id, actor=actor)


def _spent_questions(session: Session, catalogue: Catalogue, certification_id: str, *, actor: str) -> frozenset[str]:
    evidence = list_evidence(session, catalogue, actor=actor, certification_id=certification_id)
    return held_questions(session, actor=actor).union(response.question_id for response in evidence)


def stop_check(session: Session, practice_id: str, *, actor: str, now: datetime) -> None:
    """End a check before it is settled; its answers count, and stopping twice changes nothing. Raises NotFound."""
    row = get_practice(session, practice_id, actor=actor, lock=True)
    if row.finished_at is None:
        answered = load_practice_responses(session, practice_id)
        form = forms.from_document(row.form)
        # The question that was left open has not been answered: it is no part of the check.
        kept = tuple(slot for slot in form.slots if slot.number in answered)
        _finish(row, STOPPED, now)
        row.form = forms.to_document(Form(form.seed, kept))
    session.flush()


def _finish(row: PracticeRow, ending: str, now: datetime) -> None:
    row.finished_at = now
    row.criteria = {**row.criteria, "ending": ending}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of a check: how things stood when it began and when it ended, or stand now while it goes on.

    `ending` is one of `quick_check.ENDINGS`, STOPPED, or None while it goes on. `run_out` are the domains (ids) of
    which no question is left that is new to the candidate.
    """

    before: Assessment
    after: Assessment
    ending: str | None
    run_out: tuple[str, ...]


def assess_check(session: Session, catalogue: Catalogue, practice_id: str, *, actor: str, now: datetime) -> CheckResult:
    """Return what came of the actor's check, computed anew from the evidence; raises NotFound."""
    row = get_practice(session, practice_id, actor=actor)
    before, after = (
        assess_certification(session, catalogue, row.certification_id, actor=actor, now=moment, always=True)
        for moment in (row.started_at - _MOMENT, row.finished_at or now)
    )
    ending = row.criteria.get("ending", STOPPED) if row.finished_at else None
    unseen = count_unseen(session, catalogue, row.certification_id, actor=actor)
    return CheckResult(before, after, ending, tuple(domain for domain, count in unseen.items() if not count))


def count_unseen(session: Session, catalogue: Catalogue, certification_id: str, *, actor: str | None) -> dict[str, int]:
    """Return how many questions of each domain a check could still ask; raises NotFound."""
    domains = get_blueprint(session, certification_id).domains
    entries = _single_entries(session, catalogue, certification_id).values()
    spent = _spent_questions(session, catalogue, certification_id, actor=actor) if actor else frozenset()
    counts = Counter(entry.domain for entry in entries if entry.question_id not in spent)
    return {domain.id: counts[domain.id] for domain in domains}


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a candidate stands, the questions that stand alone, by id, and which of them are new to the candidate."""

    readiness: Readiness
    entries: Mapping[str, BankEntry]
    items: Sequence[CheckItem]


def _stand(session: Session, catalogue: Catalogue, certification_id: str, *, actor: str, now: datetime) -> _Standing:
    assessment = assess_certification(session, catalogue, certification_id, actor=actor, now=now, always=True)
    entries = _single_entries(session, catalogue, certification_id)
    questions = catalogue.questions(session, {entry.version for entry in entries.values()})
    spent = {response.question_id for response in assessment.evidence} | held_questions(session, actor=actor)
    items = [
        _item(entry, questions[entry.version], assessment.items)
        for entry in entries.values()
        if entry.question_id not in spent
    ]
    return _Standing(cast(Readiness, assessment.readiness), entries, items)


def _single_entries(session: Session, catalogue: Catalogue, certification_id: str) -> dict[str, BankEntry]:
    """Return the questions that stand alone; those about a shared stimulus belong together and are left out."""
    units = catalogue.bank(session, certification_id).unit_of
    return {
        entry.question_id: entry
        for question_id, unit in units.items()
        for entry in unit.entries
        if entry.question_id == question_id and entry.stimulus_id is None
    }


def _item(entry: BankEntry, question: Question, known: Mapping[str, ItemDifficulty]) -> CheckItem:
    return CheckItem(
        question_id=entry.question_id,
        domain=entry.domain,
        difficulty=known.get(entry.version) or author_difficulty(entry.difficulty),
        guess=type_of(question).guess_chance(question),
        enemies=entry.enemies,
    )


def _choose(standing: _Standing, form: Form) -> CheckItem | None:
    """Return the question to ask after those of the form; a question may have left the bank since it was asked."""
    asked = []
    for slot in form.slots:
        entry = standing.entries.get(slot.question_id)
        asked.append(Asked(slot.question_id, slot.domain, entry.enemies if entry else frozenset()))
    basis = standing.readiness.basis
    return rules.choose_item(basis.conditional, basis.plan, standing.items, asked, seed=form.seed)


def _extend(session: Session, catalogue: Catalogue, row: PracticeRow, form: Form, now: datetime) -> None:
    """Put the next question behind the form's last one, or finish."""
    standing = _stand(session, catalogue, row.certification_id, actor=row.candidate_id, now=now)
    ending = rules.ending(standing.readiness, [slot.domain for slot in form.slots])
    item = None if ending else _choose(standing, form)
    if item is None:
        _finish(row, ending or rules.RAN_OUT, now)
    else:
        form = practice.extend(form, standing.entries[item.question_id])
    row.form = forms.to_document(form)
    session.flush()
