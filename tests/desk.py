"""A desk at which candidates sit exams through the operations, each step committed by the writer, as in production."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from simulator.exam import form as forms
from simulator.exam.form import Form, Slot
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.operations import reporting, sitting
from simulator.operations.accounts import admit_candidate
from simulator.operations.importing import Imported, import_pack
from simulator.operations.sitting import AnswerDraft, Choices, Held, SavedAnswer
from simulator.packs.loading import LoadedPack
from simulator.store.catalogue import Catalogue
from simulator.store.queries.attempts import get_attempt
from simulator.store.tables import AttemptRow
from simulator.store.writer import Writer

T = TypeVar("T")


@dataclass
class Desk:
    """The simulator without HTTP; the actor is alice unless said otherwise, the time is the clock's."""

    engine: Engine
    writer: Writer
    clock: Callable[[], datetime]
    catalogue: Catalogue

    def write(self, work: Callable[[Session], T]) -> T:
        return self.writer.run(work)

    def read(self, work: Callable[[Session], T]) -> T:
        with Session(self.engine) as session:
            return work(session)

    def load(self, pack: LoadedPack) -> Imported:
        return self.write(lambda session: import_pack(session, pack, now=self.clock()))

    def begin(
        self,
        *,
        actor: str = "alice",
        attempt_id: str = "attempt",
        certification: str = "tiny",
        seed: int = 1,
        **choices: Any,
    ) -> str:
        def work(session: Session) -> str:
            admit_candidate(session, actor, now=self.clock())
            return sitting.start_attempt(
                session,
                self.catalogue,
                certification,
                Choices(**choices),
                attempt_id=attempt_id,
                seed=seed,
                actor=actor,
                now=self.clock(),
            ).id

        return self.write(work)

    def hold(self, attempt_id: str = "attempt", *, actor: str = "alice") -> Held:
        return self.write(lambda s: sitting.hold_attempt(s, attempt_id, actor=actor, now=self.clock()))

    def save(
        self,
        slot: int,
        response: object,
        *,
        sequence: int,
        epoch: int,
        attempt_id: str = "attempt",
        actor: str = "alice",
        **marks: Any,
    ) -> SavedAnswer:
        fields = {"struck": [], "flagged": False, "confidence": None, "spent_ms": 0, "age_ms": 0}
        draft = AnswerDraft(response=response, sequence=sequence, epoch=epoch, **(fields | marks))
        return self.write(
            lambda s: sitting.save_answer(s, self.catalogue, attempt_id, slot, draft, actor=actor, now=self.clock())
        )

    def close(self, attempt_id: str = "attempt", *, actor: Any = "alice") -> None:
        self.write(lambda s: sitting.close_attempt(s, attempt_id, actor=actor, now=self.clock()))

    def grade(self, attempt_id: str = "attempt", *, actor: Any = "alice") -> list[Any]:
        return self.write(lambda s: sitting.grade_attempt(s, self.catalogue, attempt_id, actor=actor, now=self.clock()))

    def submit(self, attempt_id: str = "attempt", *, actor: str = "alice") -> None:
        self.close(attempt_id, actor=actor)
        self.grade(attempt_id, actor=actor)

    def attempt(self, attempt_id: str = "attempt", *, actor: str = "alice") -> AttemptRow:
        return self.read(lambda s: get_attempt(s, attempt_id, actor=actor))

    def form(self, attempt_id: str = "attempt", *, actor: str = "alice") -> Form:
        return forms.from_document(self.attempt(attempt_id, actor=actor).form)

    def question(self, slot: Slot) -> Question:
        return self.read(lambda s: self.catalogue.questions(s, [slot.version]))[slot.version]

    def right(self, slot: Slot) -> list[int | str]:
        """Return the key of a slot, as displayed."""
        question = self.question(slot)
        kind = type_of(question)
        return list(kind.arrange(kind.key(question), slot.option_order))

    def wrong(self, slot: Slot) -> list[int]:
        """Return a single wrong option, as displayed."""
        key = self.question(slot).key
        return [next(place for place, number in enumerate(slot.option_order) if number not in key)]

    def report(self, attempt_id: str = "attempt", *, actor: Any = "alice") -> reporting.ScoreReport:
        return self.read(lambda s: reporting.build_report(s, self.catalogue, attempt_id, actor=actor))

    def history(self, *, actor: Any = "alice") -> list[reporting.HistoryEntry]:
        return self.read(lambda s: reporting.list_history(s, actor=actor, now=self.clock()))
