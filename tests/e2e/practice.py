"""A practice session as a candidate uses it."""

import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page, expect
from sqlmodel import Session

from simulator.exam.form import Form, from_document
from simulator.exam.question import Question
from simulator.exam.scoring import GradedResponse
from simulator.store.catalogue import Catalogue
from simulator.store.queries.practice import load_practice_responses
from simulator.store.tables import PracticeRow

from .room import wrong
from .servers import LocalServer


class Practice:
    """An open session; its methods wait until what they did has shown."""

    def __init__(self, page: Page, server: LocalServer) -> None:
        self.page = page
        self.server = server
        self.feedback = page.locator("#feedback")
        self.state = page.locator("[data-send-state]")

    @property
    def practice_id(self) -> str:
        found = re.search(r"/practice/([^/?#]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def is_at(self, slot: int) -> None:
        """Wait until the question is shown, not yet answered."""
        self.page.wait_for_url(re.compile(rf"/questions/{slot}$"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^Question {slot} of \d+$"))
        expect(self.page.get_by_role("button", name="Check answer")).to_be_visible()

    def choose(self, places: Iterable[int]) -> None:
        """Click the options at these places, as displayed."""
        for place in places:
            self.page.locator("label.option__choice").nth(place).click()

    def shows(self, places: Iterable[int]) -> None:
        """Wait until exactly the options at these places are chosen."""
        wanted, options = set(places), self.page.locator("[data-options] input")
        for place in range(options.count()):
            expect(options.nth(place)).to_be_checked(checked=place in wanted)

    def _read(self, work: Any) -> Any:
        with Session(self.server.app.extensions["simulator"].engine) as session:
            return work(session)

    def form(self) -> Form:
        return self._read(lambda s: from_document(s.get(PracticeRow, self.practice_id).form))  # type: ignore[no-any-return]

    def questions(self) -> dict[int, Question]:
        """Return the questions with their keys, by slot."""
        slots = self.form().slots
        found = self._read(lambda s: Catalogue().questions(s, [slot.version for slot in slots]))
        return {slot.number: found[slot.version] for slot in slots}

    def keys(self) -> dict[int, list[int]]:
        """Return the correct options as displayed, by slot."""
        questions = self.questions()
        return {
            slot.number: [place for place, n in enumerate(slot.option_order) if n in questions[slot.number].key]
            for slot in self.form().slots
        }

    def wrong(self, slot: int) -> list[int]:
        """Return a wrong response to a slot that can be checked, as displayed."""
        return wrong(self.keys()[slot], len(self.questions()[slot].options))

    def stored(self) -> dict[int, GradedResponse]:
        """Return what is stored of the session, by slot."""
        practice_id = self.practice_id
        return self._read(lambda s: load_practice_responses(s, practice_id))  # type: ignore[no-any-return]


def practise(page: Page, server: LocalServer, *, count: int, kind: str = "", pace: str = "") -> Practice:
    """Start a session from the practice page, and be at its first question."""
    page.goto(f"{server.url}/practice?certification=google-pmle")
    page.get_by_label("How many at most").fill(str(count))
    if pace:
        page.get_by_label("Pace").select_option(pace)
    if kind:
        page.get_by_text("Skill, difficulty, type").click()
        page.get_by_label(kind).check()
    page.get_by_role("button", name="Start practice").click()
    session = Practice(page, server)
    session.is_at(1)
    return session
