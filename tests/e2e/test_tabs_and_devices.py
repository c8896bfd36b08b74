"""The same exam in a second tab, or on another device."""

import re

from playwright.sync_api import Page, expect

from .conftest import Browse
from .room import Room, begin
from .servers import RealServer
from .watching import NO_NETWORK, Watch, status


def _is_read_only(room: Room) -> None:
    expect(room.stale_banner).to_be_visible()
    expect(room.question(room.current()).locator("input:enabled, button:enabled")).to_have_count(0)
    expect(room.flag).to_be_disabled()
    expect(room.saving).to_contain_text("Open elsewhere")


def test_a_second_tab_takes_the_exam_over_and_the_first_can_take_it_back(candidate: Page, server: RealServer) -> None:
    first = begin(candidate, server.url)
    first.answer({1: [0], 2: [1]})
    first.is_delivered()

    page = candidate.context.new_page()
    page.goto(candidate.url)
    second = Room(page)
    second.is_open()
    second.shows(2, [1])
    second.lists({1: [0], 2: [1]})
    _is_read_only(first)
    # Shortcuts change nothing here either.
    candidate.keyboard.press("c")
    candidate.keyboard.press("m")
    first.shows(2, [1])
    expect(first.flag).to_have_attribute("aria-pressed", "false")

    second.choose(2, [2])
    second.answer({3: [3]})
    second.is_delivered()
    assert server.responses(first.attempt_id) == {1: [0], 2: [2], 3: [3]}

    candidate.bring_to_front()
    first.stale_banner.get_by_role("button", name="Continue here").click()
    expect(first.stale_banner).to_be_hidden()
    first.is_open()
    first.shows(3, [3])
    first.lists({1: [0], 2: [2], 3: [3]})
    _is_read_only(second)
    first.choose(3, [0])
    first.is_delivered()
    assert server.responses(first.attempt_id) == {1: [0], 2: [2], 3: [0]}


def test_the_exam_moves_to_another_device_with_a_link(
    candidate: Page, browse: Browse, server: RealServer, watch: Watch
) -> None:
    here = begin(candidate, server.url)
    here.answer({1: [3], 2: [2], 3: [1]})
    here.flag.click()
    here.is_delivered()

    page = candidate.context.new_page()
    page.goto(f"{server.url}/move")
    link = page.get_by_label("Your link").input_value()
    page.close()

    # The first device is out of reach meanwhile, so that nobody tells it.
    watch.announce(NO_NETWORK, status(409))
    candidate.context.set_offline(True)
    here.choose(3, [2])
    expect(here.saving).to_contain_text("Offline")

    elsewhere = browse(viewport={"width": 820, "height": 1180})
    elsewhere.goto(link)
    elsewhere.get_by_role("button", name="Go on here").click()
    elsewhere.get_by_role("link", name=re.compile("^Resume")).click()
    there = Room(elsewhere)
    there.is_open()
    assert there.attempt_id == here.attempt_id
    there.shows(3, [1])
    there.lists({1: [3], 2: [2], 3: [1]})
    expect(there.flag).to_have_attribute("aria-pressed", "true")
    there.answer({4: [0]})
    there.is_delivered()

    # The first device learns of it as soon as it can, and keeps what it could not save until it is asked.
    candidate.context.set_offline(False)
    _is_read_only(here)
    expect(here.stale_banner).to_contain_text("1 answer given here not saved yet")
    assert server.responses(here.attempt_id) == {1: [3], 2: [2], 3: [1], 4: [0]}
    here.stale_banner.get_by_role("button", name="Continue here").click()
    here.is_delivered()
    here.lists({1: [3], 2: [2], 3: [2], 4: [0]})
    assert server.responses(here.attempt_id) == {1: [3], 2: [2], 3: [2], 4: [0]}
