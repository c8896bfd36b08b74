"""From not knowing which certification to knowing how far there is to go."""

import re

from playwright.sync_api import Page, expect

from .conftest import Browse
from .room import GOOGLE, Room
from .servers import RealServer

MOST_TABS = 120


def _tab_to(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Press Tab until the control has the focus."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("(found) => found === document.activeElement"):
            return
    raise AssertionError(f"Tab does not get to {name}")


def test_a_stranger_answers_the_questionnaire_with_the_keyboard_and_reads_why(
    candidate: Page, server: RealServer
) -> None:
    page = candidate
    page.goto(server.url)
    _tab_to(page, "link", "Compare")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Compare certifications")).to_be_visible()
    _tab_to(page, "link", "7 short questions")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#background$"))
    # A radio group is one stop; the first is reached with Tab, the others with the arrows.
    _tab_to(page, "radio", "Data scientist")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Machine learning engineer")).to_be_checked()
    _tab_to(page, "checkbox", "Google Cloud")
    page.keyboard.press("Space")
    _tab_to(page, "radio", "Mathematics and models")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Infrastructure and operations")).to_be_checked()
    _tab_to(page, "button", "Suggest one")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=f"Suggested: {GOOGLE}")).to_be_visible()
    assert re.search(r"\?role=ml-engineer&clouds=google-cloud&leaning=infrastructure#suggestion$", page.url)
    points = page.get_by_role("table", name="Points for each answer, and the fact behind them")
    expect(points.get_by_role("rowheader", name=re.compile("^Google Cloud"))).to_be_visible()
    expect(points.get_by_role("row", name=re.compile("^Together"))).to_be_visible()
    assert page.context.cookies() == []
    _tab_to(page, "link", "See PMLE")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=GOOGLE)).to_be_visible()


def test_a_candidate_reads_the_readiness_after_a_short_mock_and_what_carries_over(
    candidate: Page, server: RealServer, browse: Browse
) -> None:
    page = candidate
    page.goto(f"{server.url}/readiness")
    expect(page.get_by_role("heading", name="Nothing to go by yet")).to_be_visible()
    page.get_by_role("link", name=re.compile(f"^Short mock ?: {GOOGLE}$")).click()
    page.get_by_role("button", name="Begin").click()
    room = Room(page)
    room.is_open()
    keys = server.keys(room.attempt_id)
    room.answer(keys)
    room.is_delivered()
    room.hand_in()

    page.goto(server.url)
    page.get_by_role("link", name=re.compile(f"(likely to pass|Not enough evidence).*: {GOOGLE}$")).click()
    expect(page.get_by_role("img", name=re.compile(r"^Probability of passing \d+%, 80% interval"))).to_be_visible()
    domains = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Expected"))
    expect(domains.get_by_role("row")).to_have_count(7)
    before = page.locator(".likely__figure").inner_text()

    page.get_by_label("Share right that passes").fill("95")
    page.get_by_role("button", name="Assume this").click()
    expect(page.get_by_text("You assume 95%, give or take 5")).to_be_visible()
    assert int(page.locator(".likely__figure").inner_text()[:-1]) < int(before[:-1])
    page.get_by_role("button", name="Back to the default").click()
    expect(page.locator(".likely__figure")).to_have_text(before)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    expect(page.get_by_text(re.compile(r"answers?'s? worth from PMLE"))).to_have_count(2)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Readiness").click()
    page.locator(".steps").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Start practice")).to_be_visible()

    other = browse()
    other.goto(f"{server.url}/readiness/google-pmle")
    expect(other.get_by_role("heading", name="Nothing to go by yet")).to_be_visible()
