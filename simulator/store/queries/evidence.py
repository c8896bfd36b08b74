"""Reads of what a candidate's graded responses tell, from exams and from practice."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from simulator.exam.evidence import FROM_EXAM, FROM_PRACTICE, Evidence
from simulator.exam.question_types import type_of
from simulator.store.catalogue import Catalogue
from simulator.store.tables import AttemptRow, GradedResponseRow, PracticeResponseRow, PracticeRow


def _columns(responses: Any) -> tuple[Any, ...]:
    return (
        responses.question_id,
        responses.version,
        responses.domain,
        responses.task,
        responses.answered,
        responses.credit,
        responses.confidence,
        responses.flagged,
        responses.spent_ms,
    )


def _exam_rows(session: Session, actor: str, certification_id: str | None) -> Iterator[tuple[Any, ...]]:
    # Apart from their responses: what stands in every row of a join is read, and its time parsed, once for each.
    attempts = select(AttemptRow.id, AttemptRow.certification_id, AttemptRow.closed_at).where(
        AttemptRow.candidate_id == actor
    )
    if certification_id is not None:
        attempts = attempts.where(AttemptRow.certification_id == certification_id)
    heads = {row[0]: tuple(row) for row in session.execute(attempts)}
    responses = select(GradedResponseRow.attempt_id, *_columns(GradedResponseRow))
    for attempt_id, *row in session.execute(responses.where(GradedResponseRow.candidate_id == actor)):
        if attempt_id in heads:
            yield (FROM_EXAM, *heads[attempt_id], *row)


def _practice_rows(session: Session, actor: str, certification_id: str | None) -> Iterator[tuple[Any, ...]]:
    responses = PracticeResponseRow
    statement = (
        select(PracticeRow.id, PracticeRow.certification_id, responses.given_at, *_columns(responses))
        .join(PracticeRow, col(PracticeRow.id) == responses.practice_id)
        .where(responses.candidate_id == actor)
    )
    if certification_id is not None:
        statement = statement.where(PracticeRow.certification_id == certification_id)
    for row in session.execute(statement):
        yield (FROM_PRACTICE, *row)


def list_evidence(
    session: Session, catalogue: Catalogue, *, actor: str, certification_id: str | None = None
) -> list[Evidence]:
    """Return what the candidate's graded responses tell, by time; of all certifications unless one is named."""
    rows = [*_exam_rows(session, actor, certification_id), *_practice_rows(session, actor, certification_id)]
    questions = catalogue.questions(session, {row[5] for row in rows})
    guesses = {version: type_of(question).guess_chance(question) for version, question in questions.items()}
    evidence = []
    for source, sitting_id, certification, given_at, question_id, version, domain, task, *marks in rows:
        answered, credit, confidence, flagged, spent_ms = marks
        question = questions[version]
        evidence.append(
            Evidence(
                question_id=question_id,
                version=version,
                certification_id=certification,
                domain=domain,
                task=task,
                skills=question.skills,
                type=question.type,
                difficulty=question.difficulty,
                guess=guesses[version],
                answered=answered,
                credit=credit,
                confidence=confidence,
                flagged=flagged,
                spent_ms=spent_ms,
                given_at=given_at,
                source=source,
                sitting_id=sitting_id,
            )
        )
    return sorted(evidence, key=lambda response: response.given_at)
