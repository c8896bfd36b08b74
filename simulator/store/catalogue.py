"""What is worth keeping in memory because it never changes once written, or says when it has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from simulator.exam.errors import NotFound
from simulator.exam.form import Form, from_document
from simulator.exam.question import Question
from simulator.exam.selection import Bank
from simulator.store.queries.bank import bank_stamp, list_bank_entries, load_questions
from simulator.store.tables import AttemptRow

# A cache that is full starts over: simpler than keeping the order of use, and rarely reached.
MOST_QUESTIONS = 20_000
MOST_ATTEMPTS = 500


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """What of an attempt is fixed at its start."""

    id: str
    candidate_id: str
    started_at: datetime
    deadline_at: datetime
    form: Form


class Catalogue:
    """Question versions, attempts and banks, read through a session and kept for the life of the process.

    Safe to share between threads: entries are immutable, and reading one twice does no harm.
    """

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}
        self._attempts: dict[str, AttemptFacts] = {}
        self._banks: dict[str, tuple[tuple[str, ...], Bank]] = {}

    def questions(self, session: Session, versions: Collection[str]) -> dict[str, Question]:
        """Return the questions of these versions, keyed by version."""
        # Another thread may put a new dictionary in the place of this one; here it is one and the same throughout.
        known = self._questions
        missing = [version for version in versions if version not in known]
        if missing:
            if len(known) + len(missing) > MOST_QUESTIONS:
                known = self._questions = {version: known[version] for version in versions if version in known}
            known.update(load_questions(session, missing))
        return {version: known[version] for version in versions}

    def attempt(self, session: Session, attempt_id: str, *, actor: str) -> AttemptFacts:
        """Return the facts of a candidate's attempt; raises NotFound, also for somebody else's."""
        facts = self._attempts.get(attempt_id)
        if facts is None:
            row = session.get(AttemptRow, attempt_id)
            if row is None:
                raise NotFound("attempt", attempt_id)
            if len(self._attempts) >= MOST_ATTEMPTS:
                self._attempts = {}
            facts = AttemptFacts(row.id, row.candidate_id, row.started_at, row.deadline_at, from_document(row.form))
            self._attempts[attempt_id] = facts
        if facts.candidate_id != actor:
            raise NotFound("attempt", attempt_id)
        return facts

    def bank(self, session: Session, certification_id: str) -> Bank:
        """Return the bank of a certification as it is now."""
        stamp = bank_stamp(session, certification_id)
        kept = self._banks.get(certification_id)
        if kept is None or kept[0] != stamp:
            kept = (stamp, Bank.of(list_bank_entries(session, certification_id)))
            self._banks[certification_id] = kept
        return kept[1]
