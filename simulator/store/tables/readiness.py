"""What readiness keeps beside the responses: assumed cuts, real results, and what is learned from all candidates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from simulator.store.types import Json, UTCDateTime


class AssumedCutRow(SQLModel, table=True):
    """The share right that passes, as one candidate assumes it for one certification: mean and SD, from 0 to 1."""

    __tablename__ = "assumed_cut"

    candidate_id: str = Field(primary_key=True, foreign_key="candidate.id", max_length=22)
    certification_id: str = Field(primary_key=True, max_length=100)
    mean: float
    sd: float


class RealResultRow(SQLModel, table=True):
    """How the real exam went, beside what was predicted for it when the candidate told."""

    __tablename__ = "real_result"

    candidate_id: str = Field(primary_key=True, foreign_key="candidate.id", max_length=22)
    certification_id: str = Field(primary_key=True, max_length=100)
    sat_on: date = Field(primary_key=True)
    passed: bool
    score: int | None = None
    predicted: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    responses: int
    recorded_at: datetime = Field(sa_type=UTCDateTime)


class ItemStatisticsRow(SQLModel, table=True):
    """What the responses say of one question version: its difficulty in logits, and the table for instructors."""

    __tablename__ = "item_statistics"

    version: str = Field(primary_key=True, max_length=32)
    certification_id: str = Field(index=True, max_length=100)
    responses: int
    difficulty_mean: float
    difficulty_sd: float
    slope: float | None = None
    document: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    calibrated_at: datetime = Field(sa_type=UTCDateTime)


class LearntBeliefsRow(SQLModel, table=True):
    """How candidates for one certification are, learned from all of them; it says nothing about any one of them."""

    __tablename__ = "learnt_beliefs"

    certification_id: str = Field(primary_key=True, max_length=100)
    candidates: int
    document: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    learned_at: datetime = Field(sa_type=UTCDateTime)
