"""The tables. Importing this package registers all of them with SQLModel's metadata."""

from simulator.store.tables.attempts import AnswerRow, AttemptRow, CandidateRow, GradedResponseRow
from simulator.store.tables.bank import CertificationRow, PackRow, QuestionRow, QuestionVersionRow
from simulator.store.tables.practice import PracticeResponseRow, PracticeRow
from simulator.store.tables.question_reports import QuestionReportRow
from simulator.store.tables.readiness import AssumedCutRow, ItemStatisticsRow, LearntBeliefsRow, RealResultRow

__all__ = [
    "AnswerRow",
    "AssumedCutRow",
    "AttemptRow",
    "CandidateRow",
    "CertificationRow",
    "GradedResponseRow",
    "ItemStatisticsRow",
    "LearntBeliefsRow",
    "PackRow",
    "PracticeResponseRow",
    "PracticeRow",
    "QuestionReportRow",
    "QuestionRow",
    "QuestionVersionRow",
    "RealResultRow",
]
