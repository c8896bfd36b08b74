"""Every page and state: accessible by axe-core's rules in both themes, and as wide as the window, no wider."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from .conftest import PHONE, Browse
from .room import settle
from .servers import LocalServer
from .states import STATES
from .watching import Watch

AXE = Axe()
# A dozen of a report's 65 explained questions stand for all: they are what takes axe-core its time.
A_DOZEN_REVIEWED = {"exclude": [["article.reviewed:nth-child(n + 13)"]]}
# What another theme can spoil.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# The list of questions is a sheet there, which has the focus or not, and fingers need larger targets.
OTHERWISE_ON_A_PHONE = [
    "the room with an answer",
    "the room with the list of questions",
    "the list of questions filtered to nothing",
    "the room with a matching",
    "the confirmation",
]

# What reaches out of the window to the right, the outermost first.
TOO_WIDE = """(width) => [...document.querySelectorAll("body *")]
  .filter((element) => document.documentElement.scrollWidth > width && element.getBoundingClientRect().right > width)
  .map((element) => `${element.tagName.toLowerCase()}.${element.className}`).slice(0, 5)"""


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_inaccessible_or_too_wide(
    state: str, browse: Browse, local_server: LocalServer, watch: Watch
) -> None:
    page = browse()
    STATES[state](page, local_server, watch)
    page.wait_for_load_state()
    _fits_and_is_accessible(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert _violations(page, COLOURS) == []
    page.set_viewport_size(PHONE["viewport"])
    _fits_and_is_accessible(page)


@pytest.mark.parametrize("state", OTHERWISE_ON_A_PHONE)
def test_what_opens_otherwise_on_a_phone_is_accessible_and_fits(
    state: str, browse: Browse, local_server: LocalServer, watch: Watch
) -> None:
    page = browse(**PHONE)
    STATES[state](page, local_server, watch)
    page.wait_for_load_state()
    _fits_and_is_accessible(page)


def test_a_chosen_theme_wins_over_the_systems_and_is_remembered(browse: Browse, local_server: LocalServer) -> None:
    page = browse(color_scheme="light")
    page.goto(local_server.url)
    page.get_by_role("radio", name="Dark").locator("xpath=..").click()
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    page.goto(f"{local_server.url}/about")
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    assert _violations(page) == []
    page.get_by_role("radio", name="Like the system").locator("xpath=..").click()
    expect(page.locator("html")).to_have_css("color-scheme", "light dark")


def _fits_and_is_accessible(page: Page) -> None:
    assert page.viewport_size
    width = page.viewport_size["width"]
    assert page.evaluate(TOO_WIDE, width) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert _violations(page) == []


def _violations(page: Page, rules: dict[str, Any] | None = None) -> list[str]:
    # Colours that are still on their way from one theme to the other would be judged half-way.
    settle(page)
    options = {"resultTypes": ["violations"], **(rules or {})}
    found = AXE.run(page, context=A_DOZEN_REVIEWED, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
