"""Candidates, their attempts, their answers, and the graded responses: the facts that reports are made of.

Every table about an attempt leads with the attempt's id, so that a distributed database can shard on it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel

from simulator.store.types import Json, UTCDateTime


class CandidateRow(SQLModel, table=True):
    """Somebody who sits exams; without accounts, a browser that holds this id in a signed cookie."""

    __tablename__ = "candidate"

    id: str = Field(primary_key=True, max_length=22)
    created_at: datetime = Field(sa_type=UTCDateTime)


class AttemptRow(SQLModel, table=True):
    """One sitting: its form, the blueprint it was drawn by, its clock and its state."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_candidate_started", "candidate_id", "started_at"),
        Index("ix_attempt_state_deadline", "state", "deadline_at"),
        # At most one open attempt a candidate, certification and kind, however often "Begin" is pressed.
        Index(
            "uq_attempt_open",
            "candidate_id",
            "certification_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=22)
    candidate_id: str = Field(foreign_key="candidate.id")
    certification_id: str = Field(max_length=100)
    kind: str = Field(default="full", sa_column_kwargs={"server_default": "full"})
    state: str
    epoch: int = 0
    started_at: datetime = Field(sa_type=UTCDateTime)
    deadline_at: datetime = Field(sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_by: str | None = None
    graded_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    accommodation: str
    pass_mark: int
    correct: float | None = None
    scaled_score: int | None = None
    passed: bool | None = None
    too_close: bool | None = None
    form: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    blueprint: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))


class AnswerRow(SQLModel, table=True):
    """The latest answer to one slot, as displayed: response and struck are JSON lists of option numbers.

    `first_response` is the first one that was complete; it tells what changing the answer was worth.
    """

    __tablename__ = "answer"

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", max_length=22)
    slot: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    response: str = Field(sa_type=Text)
    flagged: bool
    confidence: str | None = None
    struck: str = Field(sa_type=Text)
    spent_ms: int
    sequence: int
    saved_at: datetime = Field(sa_type=UTCDateTime)
    made_at: datetime = Field(sa_type=UTCDateTime)
    late: bool
    first_response: str | None = Field(default=None, sa_type=Text)


class GradedResponseRow(SQLModel, table=True):
    """One slot of a graded attempt, written once in bulk: the fact table of reports and statistics."""

    __tablename__ = "graded_response"
    __table_args__ = (
        Index("ix_graded_response_candidate", "candidate_id"),
        Index("ix_graded_response_question", "question_id"),
    )

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", max_length=22)
    slot: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    candidate_id: str = Field(max_length=22)
    question_id: str = Field(max_length=201)
    version: str = Field(max_length=32)
    domain: str
    task: str
    scored: bool
    answered: bool
    credit: float
    response: str = Field(sa_type=Text)
    first_response: str | None = Field(default=None, sa_type=Text)
    confidence: str | None = None
    flagged: bool
    spent_ms: int
