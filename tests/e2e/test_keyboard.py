"""The exam without a mouse."""

import re
from dataclasses import replace

import pytest
from factories import make_pack, make_questions
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .room import GOOGLE, START, Room, begin, letters, settle
from .servers import LocalServer, RealServer

MOST_TABS = 80

# The focused element with room for its outline, kept inside the window.
FOCUSED_BOX = """() => {
  const box = (document.activeElement.closest(".option") ?? document.activeElement).getBoundingClientRect();
  const [x, y] = [Math.max(0, box.left - 8), Math.max(0, box.top - 8)];
  return { x, y, width: Math.min(innerWidth, box.right + 8) - x, height: Math.min(innerHeight, box.bottom + 8) - y };
}"""


def _tab_to(page: Page, name: str | re.Pattern[str], role: str = "button") -> None:
    """Press Tab until the control has the focus, which must be seen."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("(found) => found.includes(document.activeElement)"):
            return
    pytest.fail(f"Tab does not get to {name}")


def _shows_focus(page: Page) -> bool:
    """Whether the focused element looks different from how it looks without the focus."""
    page.evaluate("() => { document.activeElement.scrollIntoView({ block: 'center', behavior: 'instant' }); }")
    settle(page)
    box = page.evaluate(FOCUSED_BOX)
    focused = page.screenshot(clip=box, animations="disabled", caret="hide")
    page.evaluate("() => { window.hadFocus = document.activeElement; window.hadFocus.blur(); }")
    settle(page)
    plain = page.screenshot(clip=box, animations="disabled", caret="hide")
    page.evaluate("() => window.hadFocus.focus({ preventScroll: true })")
    return focused != plain


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_candidate_sits_a_full_exam_with_the_keyboard_alone(candidate: Page, server: RealServer) -> None:
    page = candidate
    page.goto(server.url)
    _tab_to(page, START[GOOGLE], "link")
    assert _shows_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/certifications/"))
    _tab_to(page, "Begin")
    assert _shows_focus(page)
    page.keyboard.press("Enter")
    room = Room(page)
    room.is_open()
    keys = server.keys(room.attempt_id)
    size = len(keys)

    # The first question with Tab, Space and arrow keys, as everywhere.
    options = room.options(1)
    if options.first.get_attribute("type") == "radio":
        _tab_to(page, re.compile("^A "), "radio")
        _press(page, "Space", *["ArrowDown"] * keys[1][0])
    else:
        for place in keys[1]:
            _tab_to(page, re.compile(f"^{letters([place])} "), "checkbox")
            page.keyboard.press("Space")
    room.shows(1, keys[1])
    expect(options.nth(keys[1][-1])).to_be_focused()
    assert _shows_focus(page)
    _tab_to(page, "Next")
    page.keyboard.press("Enter")

    for slot in range(2, size + 1):
        room.is_at(slot)
        expect(room.question(slot).get_by_role("heading").first).to_be_focused()
        _press(page, *("abcdef"[place] if slot % 2 else str(place + 1) for place in keys[slot]))
        if slot == 4:
            struck = next(place for place in range(4) if place not in keys[4])
            _press(page, "m", f"Shift+{letters([struck])}")
            expect(room.flag).to_have_attribute("aria-pressed", "true")
        if slot < size:
            page.keyboard.press("n" if slot % 3 else "j")

    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Review your answers")).to_be_focused()
    expect(page.locator("#review-summary")).to_contain_text("1 question flagged for review")
    page.keyboard.press("r")
    room.is_at(size)
    page.keyboard.press("p")
    room.is_at(size - 1)
    page.keyboard.press("r")
    _tab_to(page, "Submit exam")
    page.keyboard.press("Enter")
    expect(room.confirmation.get_by_role("button", name="Keep working")).to_be_focused()
    page.keyboard.press("Escape")
    expect(room.confirmation).to_be_hidden()
    expect(room.submit).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, "Submit now")
    assert _shows_focus(page)
    attempt_id = room.attempt_id
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/report$"))
    expect(page.locator(".verdict__figure")).to_have_text("1000")
    assert server.responses(attempt_id) == keys
    assert server.answers(attempt_id)[4].struck == (struck,)


def test_every_stop_of_the_room_shows_that_it_has_the_focus(candidate: Page, server: RealServer) -> None:
    begin(candidate, server.url)
    unseen = []
    stops: list[str] = []
    for _ in range(30):
        candidate.keyboard.press("Tab")
        stop = candidate.evaluate(
            "() => document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            " || document.activeElement.outerHTML"
        )
        if stop in stops:
            break
        stops.append(stop)
        if not _shows_focus(candidate):
            unseen.append(stop)
    assert len(stops) > 12
    assert unseen == []


def test_a_table_wider_than_the_window_is_reached_with_the_keyboard(candidate: Page, local_server: LocalServer) -> None:
    wide = "\n".join(f"|{'|'.join(cells)}|" for cells in (["latency"] * 8, ["---"] * 8, ["12 ms"] * 8))
    questions = [replace(question, scenario=f"They measured:\n\n{wide}") for question in make_questions()]
    local_server.add_pack(make_pack(questions))
    candidate.goto(f"{local_server.url}/certifications/tiny")
    candidate.get_by_role("button", name="Begin").click()
    room = Room(candidate)
    room.is_open()
    expect(room.question(1).locator("table:not([tabindex])")).to_be_visible()
    candidate.set_viewport_size(PHONE["viewport"])
    expect(room.question(1).locator("table[tabindex='0']")).to_be_visible()
    room.next.click()
    expect(room.question(2).locator("table[tabindex='0']")).to_be_visible()
    candidate.set_viewport_size(DESKTOP["viewport"])
    expect(room.question(2).locator("table:not([tabindex])")).to_be_visible()


def test_the_list_of_questions_is_reached_and_left_with_the_keyboard(candidate: Page, server: RealServer) -> None:
    room = begin(candidate, server.url)
    list_of_questions = candidate.locator("#navigator")
    if list_of_questions.is_visible():
        candidate.keyboard.press("g")
        expect(list_of_questions).to_be_hidden()
    candidate.keyboard.press("g")
    expect(list_of_questions.get_by_role("button", name=re.compile("^Question 1 "))).to_be_focused()
    _press(candidate, "Tab", "Tab", "Enter")
    room.is_at(3)
    expect(room.question(3).get_by_role("heading").first).to_be_focused()


def test_the_help_lists_the_shortcuts_and_can_switch_them_off(candidate: Page, server: RealServer) -> None:
    room = begin(candidate, server.url)
    help_dialog = candidate.get_by_role("dialog", name="Keyboard")
    candidate.keyboard.press("?")
    expect(help_dialog).to_be_visible()
    for word in ("Next question", "Previous question", "Flag (mark) for review", "Review answers"):
        expect(help_dialog).to_contain_text(word)
    # Inside a dialog, letters are no shortcuts.
    candidate.keyboard.press("n")
    candidate.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    room.is_at(1)
    candidate.keyboard.press("n")
    room.is_at(2)

    candidate.keyboard.press("?")
    _tab_to(candidate, "Single-key shortcuts are on", "checkbox")
    _press(candidate, "Space", "Escape", "n", "m", "a")
    room.is_at(2)
    room.shows(2, [])
    expect(room.flag).to_have_attribute("aria-pressed", "false")
    candidate.reload()
    room.is_open()
    candidate.keyboard.press("n")
    room.is_at(2)


def test_shortcuts_leave_browser_keys_and_text_fields_alone(candidate: Page, server: RealServer) -> None:
    room = begin(candidate, server.url)
    for key in ("Control+m", "Alt+n", "Meta+j"):
        candidate.keyboard.press(key)
    # The room has no text field now; whatever gets one later must be able to type into it.
    candidate.evaluate("() => document.querySelector('.question__foot').append(document.createElement('textarea'))")
    candidate.locator("textarea").focus()
    candidate.keyboard.type("a banjo man")
    expect(candidate.locator("textarea")).to_have_value("a banjo man")
    room.shows(1, [])
    expect(room.flag).to_have_attribute("aria-pressed", "false")
