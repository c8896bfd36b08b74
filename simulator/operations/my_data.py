"""Giving candidates everything that is kept about them, and forgetting it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from simulator.exam.errors import NotFound
from simulator.exam.practice import QUICK
from simulator.exam.question import Question
from simulator.exam.reviewing import is_missed
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import list_blueprints
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.my_data import (
    count_owned,
    export_attempts,
    export_practice,
    export_table,
    is_owned,
    owned_tables,
)
from simulator.store.queries.practice import held_questions, list_practices
from simulator.store.tables import (
    AssumedCutRow,
    AttemptRow,
    CandidateRow,
    PracticeRow,
    QuestionReportRow,
    RealResultRow,
)

FORMAT = "exam-simulator/candidate"
FORMAT_VERSION = 1
NUMBERING = (
    "Option numbers count from 0: in answers as the options were displayed, in graded responses as the author wrote "
    "them. option_order gives the author's number of each displayed option."
)

# Parts of an export: a value, or many of them that are given one by one.
Part = tuple[str, Any] | tuple[str, Iterator[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about a candidate: since when, and how many rows in which table."""

    since: datetime
    rows: Mapping[str, int]


def find_kept(session: Session, *, actor: str) -> Kept | None:
    """Return what is kept about a candidate, None if nothing is."""
    candidate = session.get(CandidateRow, actor)
    return Kept(candidate.created_at, count_owned(session, actor=actor)) if candidate else None


def export_candidate(session: Session, *, actor: str, now: datetime) -> Iterable[Part]:
    """Return the parts of a document with everything that is kept about a candidate; lists are read as they are used.

    Attempts that are not graded come with the candidate's own answers only. Raises NotFound.
    """
    kept = find_kept(session, actor=actor)
    if kept is None:
        raise NotFound("candidate", actor)
    return (
        ("format", FORMAT),
        ("format_version", FORMAT_VERSION),
        ("exported_at", now.isoformat()),
        ("numbering", NUMBERING),
        ("candidate", {"id": actor, "created_at": kept.since.isoformat()}),
        ("attempts", export_attempts(session, actor=actor)),
        ("practice", export_practice(session, actor=actor)),
        ("question_reports", export_table(session, QuestionReportRow, actor=actor)),
        ("real_results", export_table(session, RealResultRow, actor=actor)),
        ("assumed_cuts", export_table(session, AssumedCutRow, actor=actor)),
    )


@dataclass(frozen=True, slots=True)
class MissedDeck:
    """The questions of one certification that a candidate missed, by id, as they were when missed last."""

    certification_id: str
    title: str
    questions: Mapping[str, Question]


def list_missed(session: Session, catalogue: Catalogue, *, actor: str) -> list[MissedDeck]:
    """Return the questions that a candidate has ever missed, but for those on an exam that is not graded yet.

    Those of a quick check wait for its end, too: until then it tells nothing.
    """
    held = held_questions(session, actor=actor)
    running = {check.id for check in list_practices(session, actor=actor, finished=False, kind=QUICK)}
    missed = [
        response
        for response in list_evidence(session, catalogue, actor=actor)
        if is_missed(response) and response.question_id not in held and response.sitting_id not in running
    ]
    questions = catalogue.questions(session, {response.version for response in missed})
    titles = {blueprint.id: blueprint.title for blueprint in list_blueprints(session)}
    decks: dict[str, dict[str, Question]] = {}
    for response in missed:
        decks.setdefault(response.certification_id, {})[response.question_id] = questions[response.version]
    return [
        MissedDeck(certification_id, titles.get(certification_id, certification_id), dict(sorted(found.items())))
        for certification_id, found in sorted(decks.items())
    ]


def delete_candidate(session: Session, *, actor: str) -> None:
    """Forget a candidate: every row of every table that is theirs. Deleting nobody changes nothing."""
    # Whoever is about to write something of theirs waits here, and then finds nobody to write for.
    for table in (CandidateRow, AttemptRow, PracticeRow):
        _lock(session, table, actor)
    for table, column in reversed(owned_tables()):
        session.execute(table.delete().where(is_owned(column, actor)))
    candidates = CandidateRow.__table__  # type: ignore[attr-defined]
    session.execute(candidates.delete().where(candidates.c.id == actor))
    session.expire_all()


def _lock(session: Session, row: Any, actor: str) -> Iterable[Any]:
    table = row.__table__
    owner = table.c.id if row is CandidateRow else table.c.candidate_id
    return session.execute(table.select().with_only_columns(table.c.id).where(owner == actor).with_for_update()).all()
