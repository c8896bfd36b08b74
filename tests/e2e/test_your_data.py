"""A candidate takes everything along, reports a problem, tells a result, and leaves."""

import csv
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from .room import AWS, Room, begin
from .servers import LocalServer, RealServer
from .states import _sat
from .watching import Watch, status

STORED_HERE = """async () => {
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  const kept = [...databases, ...(await caches.keys()), ...Object.keys(localStorage)];
  return kept.filter((name) => ["exam-room", "room-", "practice/"].some((prefix) => name.startsWith(prefix))).sort();
}"""


def _download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=button).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_everything_can_be_downloaded(candidate: Page, server: RealServer, tmp_path: Path) -> None:
    room = begin(candidate, server.url)
    keys = server.keys(room.attempt_id)
    wrong = next(place for place in range(4) if [place] != keys[1])
    room.choose(1, [wrong])
    room.is_delivered()
    attempt_id = room.attempt_id
    room.hand_in()
    candidate.get_by_role("contentinfo").get_by_role("link", name="Your data").click()
    expect(candidate.get_by_role("heading", level=1)).to_have_text("Your data")

    document = json.loads(_download(candidate, "Download JSON", tmp_path).read_text())
    assert [attempt["id"] for attempt in document["attempts"]] == [attempt_id]
    rows = list(csv.DictReader(_download(candidate, "Download CSV", tmp_path).read_text().splitlines()))
    assert len(rows) == len(keys)
    assert [row["answered"] for row in rows].count("True") == 1
    with zipfile.ZipFile(_download(candidate, "Download Anki deck", tmp_path)) as deck:
        assert "collection.anki2" in deck.namelist()


def test_deleting_everything_empties_the_server_and_the_browser(
    candidate: Page, server: RealServer, watch: Watch
) -> None:
    room = begin(candidate, server.url, AWS)
    room.answer({1: [0], 2: [1]})
    room.is_delivered()
    room.is_kept_for_offline()
    other = candidate.context.new_page()
    other.goto(f"{server.url}/me")
    other.evaluate("localStorage.setItem('practice/session/1', '{}')")
    assert other.evaluate(STORED_HERE) == ["exam-room", "practice/session/1", "room-assets-1", "room-pages-1"]
    other.get_by_role("link", name="Delete everything").click()
    expect(other.get_by_role("main")).to_contain_text("2 saved answers")
    other.get_by_role("button", name="Delete everything").click()
    watch.announce(status(400), status(404))
    expect(other.get_by_text("Nothing has been deleted")).to_be_visible()
    other.get_by_label("Type DELETE to confirm").fill("delete")
    other.get_by_role("button", name="Delete everything").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Everything is deleted")
    expect(other.get_by_text("This browser's copies of your exams are gone too.")).to_be_visible()
    assert other.evaluate(STORED_HERE) == ["room-assets-1"]

    # The room that is still open finds out, and says so.
    room.click(2, 2)
    expect(room.saving).not_to_have_text(re.compile("^Saved"))
    other.goto(f"{server.url}/history")
    expect(other.get_by_text("No attempts yet")).to_be_visible()
    candidate.close()
    again = begin(other, server.url, AWS)
    again.choose(1, [0])
    again.is_delivered()


def test_a_problem_with_a_question_is_reported_from_the_report(candidate: Page, server: RealServer) -> None:
    begin(candidate, server.url).hand_in()
    question = candidate.locator("#question-3")
    prompt = question.locator(".reviewed__prompt").inner_text()
    question.get_by_role("link", name="Report a problem").click()
    expect(candidate.get_by_role("heading", level=1)).to_have_text("Report a problem")
    expect(candidate.get_by_role("main")).to_contain_text(prompt.splitlines()[0])
    candidate.get_by_label("It is out of date").check()
    candidate.get_by_label("What should the author know?").fill("The service has a new name.")
    candidate.get_by_role("button", name="Send report").click()
    expect(candidate.get_by_role("status")).to_contain_text("Your report is stored")
    expect(candidate.get_by_role("region", name="What you have reported")).to_contain_text(
        "The service has a new name."
    )
    candidate.get_by_role("link", name="Back to the question").first.click()
    candidate.wait_for_url(re.compile(r"/report#question-3$"))


def test_missed_questions_come_back_the_next_day(candidate: Page, local_server: LocalServer) -> None:
    room: Room = _sat(candidate, local_server)
    keys = local_server.keys(room.attempt_id)
    due = sum([given] != keys[slot] or slot == 4 for slot, given in ((2, 0), (4, 1)))
    room.hand_in()
    candidate.goto(f"{local_server.url}/reviews")
    expect(candidate.locator(".today__figure")).to_have_text("0")
    local_server.clock.move(timedelta(days=1))
    candidate.reload()
    expect(candidate.locator(".today__figure")).to_have_text(str(due))
    candidate.get_by_role("button", name=re.compile(f"^Review {due} now")).click()
    candidate.get_by_role("button", name="I don't know").click()
    expect(candidate.get_by_role("heading", name="No answer")).to_be_visible()
    candidate.goto(f"{local_server.url}/reviews")
    expect(candidate.locator(".today__figure")).to_have_text(str(due - 1))
    candidate.get_by_text("Reviews per day as a table").click()
    expect(candidate.get_by_role("row", name=re.compile("^Today"))).to_contain_text(str(due - 1))
