"""The exam in a browser without JavaScript."""

import re

from playwright.sync_api import Page, expect

from .conftest import Browse
from .room import GOOGLE, START, letters
from .servers import RealServer


def test_a_candidate_sits_a_full_exam_with_plain_forms(browse: Browse, server: RealServer) -> None:
    page = browse(java_script_enabled=False)
    page.goto(server.url)
    page.get_by_role("link", name=START[GOOGLE]).click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/questions/1$"))
    attempt_id = page.url.split("/")[-3]
    keys = server.keys(attempt_id)
    size = len(keys)

    for slot in sorted(keys):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {slot} of {size}")
        if slot != 9:
            _choose(page, keys[slot])
        if slot == 2:
            page.get_by_label("Flag for review").check()
            page.get_by_label("Guess").check()
        if slot == 3:
            page.get_by_role("button", name="Previous").click()
            expect(page.get_by_label("Flag for review")).to_be_checked()
            expect(page.get_by_label("Guess")).to_be_checked()
            page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Next" if slot < size else "Review answers").click()

    expect(page.get_by_role("heading", name="Review your answers")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text(f"1 of {size} questions is not fully answered. 1 is flagged")
    page.get_by_role("link", name=re.compile("^Question 9 ?, incomplete")).click()
    _choose(page, keys[9])
    page.get_by_role("button", name="Save").click()
    expect(page.locator(f".options input[value='{keys[9][0]}']")).to_be_checked()
    page.get_by_role("button", name="Review answers").click()
    expect(page.locator(".lead")).to_contain_text(f"All {size} questions are answered")
    page.get_by_role("button", name="Submit exam").click()

    expect(page.locator(".verdict__figure")).to_have_text("1000")
    page.get_by_role("link", name=re.compile("^Guessed")).click()
    expect(page.locator("article.reviewed")).to_have_count(1)
    page.get_by_role("link", name="Receipt", exact=True).click()
    answers = page.locator("table.receipt tbody tr td:nth-child(2)")
    expect(answers).to_have_text([letters(keys[slot]) for slot in sorted(keys)])


def _choose(page: Page, places: list[int]) -> None:
    for place in places:
        page.locator("label.option__choice").nth(place).click()
