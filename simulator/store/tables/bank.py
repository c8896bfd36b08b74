"""The question bank: packs, certifications, questions and their immutable versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from simulator.store.types import Json, UTCDateTime


class PackRow(SQLModel, table=True):
    """A pack as it was loaded last; the fingerprint tells whether its files have changed since."""

    __tablename__ = "pack"

    id: str = Field(primary_key=True, max_length=100)
    title: str
    version: str
    language: str
    licence: str
    authors: list[str] = Field(sa_column=Column(Json, nullable=False))
    certification_id: str = Field(index=True, max_length=100)
    verified_on: str
    fingerprint: str
    loaded_at: datetime = Field(sa_type=UTCDateTime)
    shipped: bool = False


class CertificationRow(SQLModel, table=True):
    """A certification: its blueprint as a document, and which pack brought it."""

    __tablename__ = "certification"

    id: str = Field(primary_key=True, max_length=100)
    pack_id: str = Field(foreign_key="pack.id", index=True)
    blueprint: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))


class QuestionVersionRow(SQLModel, table=True):
    """What a question said at one time; written once, never changed, kept as long as an attempt refers to it."""

    __tablename__ = "question_version"

    id: str = Field(primary_key=True, max_length=32)
    document: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    created_at: datetime = Field(sa_type=UTCDateTime)


class QuestionRow(SQLModel, table=True):
    """A question's place in the bank; the id is `pack/question`, the columns are what drawing needs."""

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_certification_status", "certification_id", "status"),)

    id: str = Field(primary_key=True, max_length=201)
    pack_id: str = Field(foreign_key="pack.id", index=True)
    certification_id: str = Field(max_length=100)
    version: str = Field(foreign_key="question_version.id")
    status: str
    domain: str
    task: str
    difficulty: int
    option_count: int
    enemies: list[str] = Field(sa_column=Column(Json, nullable=False))
    stimulus_id: str | None = None
    shuffle: bool = True
