"""Problems that candidates report with questions, kept for instructors."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from simulator.store.types import UTCDateTime


class QuestionReportRow(SQLModel, table=True):
    """One problem with one question, with the version that the candidate saw."""

    __tablename__ = "question_report"

    id: str = Field(primary_key=True, max_length=22)
    candidate_id: str = Field(foreign_key="candidate.id", index=True)
    question_id: str = Field(index=True, max_length=201)
    version: str = Field(max_length=32)
    reason: str
    comment: str = Field(sa_type=Text)
    status: str
    reported_at: datetime = Field(sa_type=UTCDateTime)
