"""The page is reloaded or closed in the middle of an exam."""

from playwright.sync_api import Page, expect

from .room import GOOGLE, Room, begin
from .servers import RealServer

ANSWERS = {1: [0], 2: [1], 3: [2], 4: [3]}


def test_after_a_reload_the_candidate_is_at_the_same_question_with_the_same_answers(
    candidate: Page, server: RealServer
) -> None:
    room = begin(candidate, server.url)
    room.answer(ANSWERS)
    room.flag.click()
    room.is_delivered()
    left = room.remaining_seconds()

    candidate.reload()
    room.is_open()
    room.is_at(4)
    expect(room.flag).to_have_attribute("aria-pressed", "true")
    room.shows(4, [3])
    room.lists(ANSWERS)
    # The clock went on: neither stopped nor started anew.
    assert left - 60 < room.remaining_seconds() <= left


def test_a_reload_at_once_after_a_click_loses_nothing(candidate: Page, server: RealServer) -> None:
    room = begin(candidate, server.url)
    room.answer({1: [1], 2: [0]})
    candidate.reload()
    room.is_open()
    room.shows(2, [0])
    room.lists({1: [1], 2: [0]})
    room.is_delivered()
    assert server.responses(room.attempt_id) == {1: [1], 2: [0]}


def test_a_closed_exam_page_is_resumed_from_the_home_page(candidate: Page, server: RealServer) -> None:
    room = begin(candidate, server.url, GOOGLE)
    room.answer({1: [2], 2: [2], 3: [2]})
    room.is_delivered()
    attempt_id, context = room.attempt_id, candidate.context
    candidate.close()

    page = context.new_page()
    page.goto(server.url)
    attempt = page.get_by_role("region", name=f"Open attempt: {GOOGLE}")
    expect(attempt).to_contain_text("3 of 60 questions answered")
    attempt.get_by_role("link", name="Resume").click()
    room = Room(page)
    room.is_open()
    assert room.attempt_id == attempt_id
    room.shows(3, [2])
    room.lists({1: [2], 2: [2], 3: [2]})
