"""Every page and state: accessible by axe-core's rules in both themes, and as wide as the window, no wider."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE, Browse
from .room import settle
from .servers import LocalServer
from .states import STATES
from .watching import Watch

AXE = Axe()
Theme = Literal["light", "dark"]

# What reaches out of the window to the right, the outermost first.
TOO_WIDE = """(width) => [...document.querySelectorAll("body *")]
  .filter((element) => document.documentElement.scrollWidth > width && element.getBoundingClientRect().right > width)
  .map((element) => `${element.tagName.toLowerCase()}.${element.className}`).slice(0, 5)"""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("device", "themes"),
    # A phone has the same colours.
    [pytest.param(DESKTOP, ("light", "dark"), id="desktop"), pytest.param(PHONE, ("light",), id="phone")],
)
def test_nothing_is_inaccessible_or_too_wide(
    device: dict[str, Any],
    themes: tuple[Theme, ...],
    state: str,
    browse: Browse,
    local_server: LocalServer,
    watch: Watch,
) -> None:
    page = browse(**device)
    STATES[state](page, local_server, watch)
    page.wait_for_load_state()
    width = device["viewport"]["width"]
    assert page.evaluate(TOO_WIDE, width) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for theme in themes:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert _violations(page) == [], theme


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


def _violations(page: Page) -> list[str]:
    # Colours that are still on their way from one theme to the other would be judged half-way.
    settle(page)
    found = AXE.run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
