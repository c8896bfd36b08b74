"""A quick check as a candidate uses it."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from sqlmodel import Session

from simulator.exam.form import Form, from_document
from simulator.operations.practising import PracticeDraft, answer_question, start_practice
from simulator.store.catalogue import Catalogue
from simulator.store.engine import WRITES
from simulator.store.tables import PracticeRow

from .servers import LocalServer

CERTIFICATION = "aws-mls-c01"


class QuickCheck:
    """An open check; its methods wait until what they did has shown."""

    def __init__(self, page: Page, server: LocalServer) -> None:
        self.page = page
        self.server = server

    @property
    def id(self) -> str:
        found = re.search(r"/quick-check/([^/?#]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def row(self) -> PracticeRow:
        with Session(self.server.app.extensions["simulator"].engine) as session:
            row = session.get(PracticeRow, self.id)
            assert row is not None
            return row

    def form(self) -> Form:
        return from_document(self.row().form)

    def key(self, slot: int) -> list[int]:
        """Return the key of a question, as displayed."""
        place = self.form().slots[slot - 1]
        with Session(self.server.app.extensions["simulator"].engine) as session:
            question = Catalogue().questions(session, [place.version])[place.version]
        return [shown for shown, number in enumerate(place.option_order) if number in question.key]

    def is_at(self, slot: int) -> None:
        self.page.wait_for_url(re.compile(rf"/questions/{slot}$"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text(f"Question {slot} of at most 25")

    def answer(self, slot: int) -> None:
        """Answer right, and wait until the check has gone on."""
        self.is_at(slot)
        url = self.page.url
        for place in self.key(slot):
            self.page.locator("label.option__choice").nth(place).click()
        self.page.get_by_role("button", name="Answer and go on").click()
        self.page.wait_for_url(lambda now: now != url)

    def meet_elsewhere(self) -> None:
        """Answer the open question in practice, as in another tab."""
        row, question_id, catalogue = self.row(), self.form().slots[-1].question_id, Catalogue()
        engine = self.server.app.extensions["simulator"].engine
        with Session(engine.execution_options(**{WRITES: True})) as session:
            start_practice(
                session,
                catalogue,
                row.certification_id,
                kind="practice",
                criteria={},
                question_ids=[question_id],
                practice_id="elsewhere",
                seed=1,
                actor=row.candidate_id,
                now=datetime.now(UTC),
            )
            draft = PracticeDraft(response=None, gave_up=True)
            answer_question(session, catalogue, "elsewhere", 1, draft, actor=row.candidate_id, now=datetime.now(UTC))
            session.commit()


def start_check(page: Page, server: LocalServer) -> QuickCheck:
    """Start a quick check and wait for its first question."""
    page.goto(f"{server.url}/certifications/{CERTIFICATION}/quick-check")
    page.get_by_role("button", name="Start the quick check").click()
    check = QuickCheck(page, server)
    check.is_at(1)
    return check
