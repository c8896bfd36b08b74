"""The exam room as a candidate uses it."""

import re
import time
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Locator, Page, expect

AWS = "AWS Certified Machine Learning - Specialty"
GOOGLE = "Google Cloud Professional Machine Learning Engineer"
# The button of an exam on the home page; what only screen readers hear stands apart from the rest.
START = {title: re.compile(rf"^Start mock exam ?: {re.escape(title)}$") for title in (AWS, GOOGLE)}

PATIENCE_SECONDS = 15

SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")

# The room's outbox on this device: responses by slot. One enters it before it is sent, and leaves it when acknowledged.
WAITING = """async (attemptId) => {
  const open = indexedDB.open("exam-room");
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(open);
  try {
    const store = database.transaction("outbox").objectStore("outbox");
    const [keys, entries] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    const waiting = keys.map(([attempt, slot], place) => [attempt, slot, entries[place].entry.response]);
    return waiting.filter(([attempt]) => attempt === attemptId).map(([, slot, response]) => [slot, response]);
  } finally {
    database.close();
  }
}"""
IS_KEPT = f"""async ([attemptId, slot, response]) => {{
  const waiting = await ({WAITING})(attemptId);
  return waiting.some((entry) => String(entry) === String([slot, response]));
}}"""
NOTHING_WAITS = f"async (attemptId) => (await ({WAITING})(attemptId)).length === 0"

KEPT_FOR_OFFLINE = """async (path) => {
  if (!navigator.serviceWorker.controller) return false;
  const page = await caches.match(path, { cacheName: "room-pages-1" });
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const scripts = loaded.filter((url) => url.pathname.startsWith("/static/") && url.pathname.endsWith(".js"));
  const kept = await Promise.all(scripts.map((url) => caches.match(url.pathname, { cacheName: "room-assets-1" })));
  return Boolean(page && scripts.length) && kept.every(Boolean);
}"""


class Room:
    """An open room; its methods wait until what they did has shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.saving = page.locator("#saving-state")
        self.counter = page.locator("#counter")
        self.clock = page.get_by_role("timer")
        self.previous = page.get_by_role("button", name="Previous")
        self.next = page.get_by_role("button", name="Next")
        self.flag = page.get_by_role("button", name="Flag for review")
        self.review = page.get_by_role("button", name="Review answers")
        self.submit = page.get_by_role("button", name="Submit exam")
        self.stale_banner = page.locator("#stale-banner")
        self.time_warning = page.locator("#time-warning")
        self.time_up = page.locator("#time-up")
        self.confirmation = page.get_by_role("dialog", name="Submit the exam?")

    @property
    def attempt_id(self) -> str:
        found = re.search(r"/attempts/([^/?#]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    @property
    def size(self) -> int:
        return self.page.locator("section.question").count()

    def question(self, slot: int) -> Locator:
        return self.page.locator(f"#question-{slot}")

    def options(self, slot: int) -> Locator:
        return self.question(slot).locator("[data-options] input")

    def is_open(self) -> None:
        """Wait until the room is open and holds the attempt."""
        expect(self.saving).to_have_text(SAVED)
        expect(self.page.locator("#questions, #review").locator("visible=true")).to_have_count(1)

    def is_at(self, slot: int) -> None:
        """Wait until the question is shown."""
        expect(self.counter).to_have_text(re.compile(rf"^Question {slot} of \d+$"))
        expect(self.question(slot)).to_be_visible()

    def current(self) -> int:
        """Return the number of the question that is shown."""
        found = re.search(r"\d+", self.counter.inner_text())
        assert found
        return int(found[0])

    def click(self, slot: int, place: int) -> None:
        """Click the option at this place, as displayed, of the question that is shown."""
        self.question(slot).locator("label.option__choice").nth(place).click()

    def choose(self, slot: int, places: Iterable[int]) -> None:
        """Make this the answer to the question that is shown; where several can be chosen, that clears others first."""
        wanted = set(places)
        chosen = {place for place, option in enumerate(self.options(slot).all()) if option.is_checked()}
        several = self.options(slot).first.get_attribute("type") == "checkbox"
        for place in [*sorted(chosen - wanted if several else ()), *sorted(wanted - chosen)]:
            self.click(slot, place)

    def shows(self, slot: int, places: Iterable[int]) -> None:
        """Wait until the question is shown with exactly the options at these places marked as chosen."""
        self.is_at(slot)
        wanted = set(places)
        options = self.options(slot)
        for place in range(options.count()):
            expect(options.nth(place)).to_be_checked(checked=place in wanted)

    def lists(self, answers: dict[int, list[int]]) -> None:
        """Wait until the list of questions has exactly these answers."""
        responses = self.page.locator("#navigator-slots .slot__response")
        expect(responses).to_have_text([letters(answers.get(slot, [])) for slot in range(1, self.size + 1)])

    def go_on(self) -> None:
        """Press Next."""
        slot = self.current()
        self.next.click()
        self.is_at(slot + 1)

    def go_to(self, slot: int) -> None:
        """Choose a question in the list."""
        entry = self.page.locator(f"#navigator-slots [data-goto='{slot}']")
        if not entry.is_visible():
            self.page.get_by_role("button", name="Questions", exact=True).click()
        entry.click()
        self.is_at(slot)

    def answer(self, answers: dict[int, list[int]]) -> None:
        """Answer these questions in order, with Next from each to the one after it."""
        for slot, places in sorted(answers.items()):
            if self.current() == slot - 1:
                self.go_on()
            elif self.current() != slot:
                self.go_to(slot)
            self.choose(slot, places)

    def waiting(self) -> list[int]:
        """Return the slots whose answers this device still keeps for delivery."""
        return [slot for slot, _ in self.page.evaluate(WAITING, self.attempt_id)]

    def is_kept_on_this_device(self, slot: int, response: list[Any]) -> None:
        """Wait until the outbox has this response, as it has an instant after the key or the click."""
        _wait_until(self.page, IS_KEPT, [self.attempt_id, slot, response])

    def is_delivered(self) -> None:
        """Wait until the server has acknowledged everything, and the page says so."""
        _wait_until(self.page, NOTHING_WAITS, self.attempt_id)
        expect(self.saving).to_have_text(SAVED)

    def is_kept_for_offline(self) -> None:
        """Wait until the service worker can open this room without a network."""
        _wait_until(self.page, KEPT_FOR_OFFLINE, f"/attempts/{self.attempt_id}")

    def remaining_seconds(self) -> int:
        """Return what the clock shows."""
        hours, minutes, seconds = self.clock.locator("[data-clock-text]").inner_text().split(":")
        return int(hours) * 3600 + int(minutes) * 60 + int(seconds)

    def hand_in(self) -> None:
        """Submit from wherever the candidate is, and wait for the report."""
        if self.review.is_visible():
            self.review.click()
        self.submit.click()
        self.confirmation.get_by_role("button", name="Submit now").click()
        self.page.wait_for_url(re.compile(r"/report$"))


def _wait_until(page: Page, predicate: str, argument: Any) -> None:
    """Wait until an asynchronous function returns true; Playwright's own waiting takes its promise for that."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(predicate, argument):
        assert time.monotonic() < deadline, f"still not true of {argument}: {predicate}"
        page.wait_for_timeout(50)


def settle(page: Page) -> None:
    """Wait until nothing on the page moves or changes its colour any more."""
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")


def begin(page: Page, url: str, title: str = AWS) -> Room:
    """Start a mock exam from the home page."""
    page.goto(url)
    page.get_by_role("link", name=START[title]).click()
    page.get_by_role("button", name="Begin").click()
    room = Room(page)
    room.is_open()
    room.is_at(1)
    return room


def wrong(key: list[int], options: int) -> list[int]:
    """Return as many options as the key has, but other ones."""
    chosen = [place for place in range(options) if place not in key][: len(key)]
    return sorted(chosen + key[: len(key) - len(chosen)])


def letters(places: Iterable[int]) -> str:
    """Return how pages write a response: `B`, `A, C`."""
    return ", ".join("ABCDEFGHIJ"[place] for place in sorted(places))
