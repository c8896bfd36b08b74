"""Practice: sessions without a deadline, whose responses are graded one by one as they are given."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from simulator.store.types import Json, UTCDateTime


class PracticeRow(SQLModel, table=True):
    """One practice session: what was asked for, and its form, which a quick check extends question by question."""

    __tablename__ = "practice"
    __table_args__ = (Index("ix_practice_candidate_started", "candidate_id", "started_at"),)

    id: str = Field(primary_key=True, max_length=22)
    candidate_id: str = Field(foreign_key="candidate.id")
    certification_id: str = Field(max_length=100)
    kind: str
    criteria: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    pace_seconds: int | None = None
    started_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    form: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))


class PracticeResponseRow(SQLModel, table=True):
    """One question of a practice session, answered and graded; the first response stands, for the key follows it."""

    __tablename__ = "practice_response"
    __table_args__ = (
        Index("ix_practice_response_candidate", "candidate_id"),
        Index("ix_practice_response_question", "question_id"),
    )

    practice_id: str = Field(primary_key=True, foreign_key="practice.id", max_length=22)
    slot: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    candidate_id: str = Field(max_length=22)
    question_id: str = Field(max_length=201)
    version: str = Field(max_length=32)
    domain: str
    task: str
    answered: bool
    credit: float
    response: str = Field(sa_type=Text)
    confidence: str | None = None
    flagged: bool
    spent_ms: int
    given_at: datetime = Field(sa_type=UTCDateTime)
