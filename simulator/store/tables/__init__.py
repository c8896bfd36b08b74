"""The tables. Importing this package registers all of them with SQLModel's metadata."""

from simulator.store.tables.attempts import AnswerRow, AttemptRow, CandidateRow, GradedResponseRow
from simulator.store.tables.bank import CertificationRow, PackRow, QuestionRow, QuestionVersionRow

__all__ = [
    "AnswerRow",
    "AttemptRow",
    "CandidateRow",
    "CertificationRow",
    "GradedResponseRow",
    "PackRow",
    "QuestionRow",
    "QuestionVersionRow",
]
