"""Exams with every question type: by mouse, touch and keyboard alone, without a network, and without scripts."""

import re
from typing import Any

import pytest
from factories import make_every_type_pack
from playwright.sync_api import Locator, Page, expect

from .conftest import PHONE, Browse
from .room import Room
from .servers import LocalServer, RealServer
from .watching import NO_NETWORK, Watch

START_ASSOCIATE = re.compile("^Start mock exam ?: AWS Certified Machine Learning Engineer - Associate$")
ITEM_TYPES = {"single_choice", "multiple_response", "ordering", "matching"}
# Chance leaves a type out of a drawn form about once in thirty.
MOST_FORMS = 6
# Options beyond these are reached in the lists to pick from.
SHORTCUTS = "abcdef"


@pytest.fixture
def types_server(local_server: LocalServer) -> LocalServer:
    """A server that also has an exam of one question of every type, and a case study."""
    local_server.add_pack(make_every_type_pack())
    return local_server


def _begin(page: Page, url: str) -> Room:
    page.goto(f"{url}/certifications/types")
    page.get_by_role("button", name="Begin").click()
    room = Room(page)
    room.is_open()
    return room


def _answer(room: Room, slot: int, response: list[Any]) -> None:
    """Answer with the mouse: click options, tap them into their places, or type."""
    question = room.question(slot)
    if question.locator("[data-typed]").count():
        question.locator("[data-typed]").fill(response[0])
    elif question.locator("[data-lettered]").count():
        for number in response:
            question.locator(f"[data-lettered] [data-option='{number}']").click()
    else:
        room.choose(slot, response)


def _shows(room: Room, slot: int, response: list[Any]) -> None:
    question = room.question(slot)
    if question.locator("[data-typed]").count():
        expect(question.locator("[data-typed]")).to_have_value(response[0])
    elif question.locator("[data-lettered]").count():
        for place, number in enumerate(response):
            expect(question.locator(f"select[data-place='{place}']")).to_have_value(str(number))
    else:
        room.shows(slot, response)


def test_every_type_is_answered_without_a_network_outlives_a_reload_and_is_delivered(
    candidate: Page, types_server: LocalServer, watch: Watch
) -> None:
    room = _begin(candidate, types_server.url)
    keys = types_server.keys(room.attempt_id)
    room.is_delivered()
    room.is_kept_for_offline()
    watch.announce(NO_NETWORK)
    with types_server.cut_off(candidate.context):
        for slot, key in keys.items():
            room.go_to(slot)
            _answer(room, slot, key)
            room.is_kept_on_this_device(slot, key)
        candidate.reload()
        for slot, key in keys.items():
            room.go_to(slot)
            _shows(room, slot, key)
        assert types_server.responses(room.attempt_id) == {}
        assert set(room.waiting()) == set(keys)
    room.is_delivered()
    attempt_id = room.attempt_id
    assert types_server.responses(attempt_id) == keys
    room.hand_in()
    expect(candidate.locator(".verdict__figure")).to_have_text("1000")


def test_an_option_of_an_ordering_changes_places_and_is_taken_back(candidate: Page, types_server: LocalServer) -> None:
    room = _begin(candidate, types_server.url)
    slot = _slot_of(types_server, room, "ordering")
    room.go_to(slot)
    question = room.question(slot)
    _answer(room, slot, [2, 0, 1])
    _shows(room, slot, [2, 0, 1])
    expect(question.locator("[data-choose-count]")).to_have_text("3 of 3 placed")
    # Chosen for the first place, the option leaves the third one to what stood in the first.
    question.locator("select[data-place='0']").select_option("1")
    _shows(room, slot, [1, 0, 2])
    # Tapped once more, it loses its place, and another one can take it.
    question.locator("[data-lettered] [data-option='0']").click()
    expect(question.locator("[data-choose-count]")).to_have_text("2 of 3 placed")
    question.locator("[data-lettered] [data-option='3']").click()
    _shows(room, slot, [1, 3, 2])
    room.is_delivered()
    assert types_server.responses(room.attempt_id)[slot] == [1, 3, 2]
    question.get_by_role("button", name="Clear answer").click()
    room.is_delivered()
    assert slot not in types_server.responses(room.attempt_id)


def test_options_are_tapped_into_place_on_a_phone(browse: Browse, types_server: LocalServer) -> None:
    page = browse(**PHONE)
    room = _begin(page, types_server.url)
    keys = types_server.keys(room.attempt_id)
    for kind in ("ordering", "matching"):
        slot = _slot_of(types_server, room, kind)
        room.go_to(slot)
        for number in keys[slot]:
            room.question(slot).locator(f"[data-lettered] [data-option='{number}']").tap()
        _shows(room, slot, keys[slot])
    room.is_delivered()


def test_what_is_typed_is_saved_with_every_key_and_letters_are_no_shortcuts_there(
    candidate: Page, types_server: LocalServer
) -> None:
    room = _begin(candidate, types_server.url)
    slot = _slot_of(types_server, room, "short_text")
    room.go_to(slot)
    candidate.keyboard.press("Tab")
    candidate.keyboard.type("mean recall")
    expect(room.question(slot).locator("[data-typed]")).to_have_value("mean recall")
    room.is_delivered()
    assert types_server.responses(room.attempt_id)[slot] == ["mean recall"]
    expect(room.flag).to_have_attribute("aria-pressed", "false")


def test_every_type_works_without_scripts(browse: Browse, types_server: LocalServer) -> None:
    page = browse(java_script_enabled=False)
    page.goto(f"{types_server.url}/certifications/types")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/questions/1$"))
    keys = types_server.keys(page.url.split("/")[-3])
    for slot, key in sorted(keys.items()):
        if page.locator("[data-typed]").count():
            page.locator("[data-typed]").fill(key[0])
        elif page.locator("select").count():
            for place, number in enumerate(key):
                page.locator(f"select[data-place='{place}']").select_option(str(number))
        else:
            for place in key:
                page.locator("label.option__choice").nth(place).click()
        page.get_by_role("button", name="Next" if slot < len(keys) else "Review answers").click()
    page.get_by_role("button", name="Submit exam").click()
    expect(page.locator(".verdict__figure")).to_have_text("1000")


def test_practice_keeps_a_draft_of_every_type(candidate: Page, types_server: LocalServer) -> None:
    candidate.goto(f"{types_server.url}/practice?certification=types&type=ordering&type=short_text&count=5")
    candidate.get_by_role("button", name=re.compile("^Start")).click()
    for _ in range(3):
        expect(candidate.locator("form.taps[data-practice]")).to_be_visible()
        if candidate.locator("[data-typed]").count():
            candidate.locator("[data-typed]").fill("precision")
            candidate.reload()
            expect(candidate.locator("[data-typed]")).to_have_value("precision")
        else:
            for option in (0, 1, 2):
                candidate.locator(f"[data-lettered] [data-option='{option}']").click()
            candidate.reload()
            expect(candidate.locator("[data-choose-count]")).to_have_text("3 of 3 placed")
        candidate.get_by_role("button", name="Check answer").click()
        expect(candidate.locator("#feedback")).to_be_visible()
        candidate.locator("[data-next]").first.click()
    expect(candidate).to_have_url(re.compile("/summary$"))


def test_an_associate_exam_with_every_item_type_by_keyboard_alone(browse: Browse, server: RealServer) -> None:
    page, room, keys = _begin_with_every_item_type(browse, server)
    picked: set[str] = set()
    for slot, key in keys.items():
        room.is_at(slot)
        kind = room.question(slot).get_attribute("data-type") or ""
        if kind in {"ordering", "matching"} - picked or max(key) >= len(SHORTCUTS):
            # The first of each kind place by place; the others by letters, which fill the places in turn.
            picked.add(kind)
            for place, number in enumerate(key):
                _tab_to(page, room.question(slot).locator(f"select[data-place='{place}']"))
                page.keyboard.press("abcdefgh"[number])
            _shows(room, slot, key)
            page.get_by_role("button", name="Next").focus()
            page.keyboard.press("Enter")
            continue
        for number in key:
            page.keyboard.press(SHORTCUTS[number])
        if slot < len(keys):
            page.keyboard.press("n")
    page.keyboard.press("r")
    expect(page.locator("#review-summary")).to_contain_text(f"All {len(keys)} questions are answered")
    room.submit.focus()
    page.keyboard.press("Enter")
    room.confirmation.get_by_role("button", name="Submit now").focus()
    attempt_id = room.attempt_id
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/report$"))
    expect(page.locator(".verdict__figure")).to_have_text("1000")
    assert server.responses(attempt_id) == keys
    assert picked == {"ordering", "matching"}


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus; a wide table, or a link of the text, may stand before it."""
    for _ in range(10):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail("Tab does not get to the list to pick from")


def _begin_with_every_item_type(browse: Browse, server: RealServer) -> tuple[Page, Room, dict[int, list[Any]]]:
    """Begin exams, each as somebody else, until one has all item types."""
    for _ in range(MOST_FORMS):
        page = browse()
        page.goto(server.url)
        page.get_by_role("link", name=START_ASSOCIATE).focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Begin").focus()
        page.keyboard.press("Enter")
        room = Room(page)
        room.is_open()
        questions = server.questions(room.attempt_id)
        kinds = {question.type for question in questions.values()}
        if kinds == ITEM_TYPES and any(question.stimulus_id for question in questions.values()):
            return page, room, server.keys(room.attempt_id)
        page.context.close()
    pytest.fail(f"none of {MOST_FORMS} exams had every item type")


def _slot_of(server: LocalServer, room: Room, kind: str) -> int:
    questions = server.questions(room.attempt_id)
    return next(slot for slot, question in questions.items() if question.type == kind and not question.stimulus_id)
