"""The exam on a phone."""

import re

from playwright.sync_api import Page, expect

from .conftest import PHONE, Browse
from .room import Room, begin
from .servers import RealServer


def test_an_exam_on_a_phone_with_the_sheet_of_questions(browse: Browse, server: RealServer) -> None:
    page = browse(**PHONE)
    room = begin(page, server.url)
    sheet = page.locator("#navigator")
    expect(sheet).to_be_hidden()
    for slot in (1, 2, 3):
        if slot > 1:
            room.next.tap()
            room.is_at(slot)
        room.question(slot).locator("label.option__choice").nth(1).tap()
        _everything_is_in_reach(room)
    page.locator("#flag").tap()

    page.get_by_role("button", name="Questions", exact=True).tap()
    expect(sheet).to_be_visible()
    assert page.evaluate("() => document.querySelector('#navigator').matches(':modal')")
    sheet.get_by_role("button", name=re.compile("^Unseen")).tap()
    expect(sheet.get_by_role("listitem")).to_have_count(room.size - 3)
    sheet.get_by_role("button", name=re.compile(r"^Question 40 ")).tap()
    expect(sheet).to_be_hidden()
    room.is_at(40)
    room.question(40).locator("label.option__choice").nth(2).tap()

    page.get_by_role("button", name="Questions", exact=True).tap()
    sheet.get_by_role("button", name="Close the list of questions").tap()
    expect(sheet).to_be_hidden()
    page.locator("#open-review").tap()
    page.locator("#review-slots").get_by_role("button", name=re.compile("^Question 3 ")).tap()
    room.is_at(3)
    room.shows(3, [1])
    attempt_id = room.attempt_id
    page.locator("#open-review").tap()
    room.submit.tap()
    room.confirmation.get_by_role("button", name="Submit now").tap()
    page.wait_for_url(re.compile(r"/report$"))
    assert server.responses(attempt_id) == {1: [1], 2: [1], 3: [1], 40: [2]}


def test_turning_the_device_keeps_the_question_and_its_answer(browse: Browse, server: RealServer) -> None:
    page = browse(**PHONE)
    room = begin(page, server.url)
    room.answer({1: [0], 2: [1]})
    page.set_viewport_size({"width": 1200, "height": 700})
    room.shows(2, [1])
    expect(page.locator("#navigator")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    room.shows(2, [1])
    expect(page.locator("#navigator")).to_be_hidden()


def _everything_is_in_reach(room: Room) -> None:
    """What a candidate needs all the time is inside the window, whatever the length of the question."""
    for part in (room.counter, room.clock, room.saving, room.previous, room.next, room.page.locator("#flag")):
        expect(part).to_be_in_viewport(ratio=1)


def _tap_targets(page: Page) -> list[str]:
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, a, .option__choice, .confidence__choice")]
          .filter((each) => each.checkVisibility() && !each.closest(".skip-link"))
          .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
          .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
          .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
    )
    return small


def test_what_is_tapped_in_the_room_is_large_enough_for_a_thumb(browse: Browse, server: RealServer) -> None:
    page = browse(**PHONE)
    room = begin(page, server.url)
    room.choose(1, [0])
    assert _tap_targets(page) == []
