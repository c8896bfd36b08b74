"""Chromium, simulators to sit exams on, and candidates who do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .browser import arguments, get_browser
from .servers import LocalServer, RealServer, prepare_data
from .watching import Watch

PATIENCE_MS = 15_000
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}

SERVERS = {"server", "mortal_server", "local_server"}

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, one for all journeys; every candidate gets a context of its own in it."""
    executable = get_browser()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments())
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the pages of this test complain about; the test fails on what it has not announced."""
    watching = Watch()
    yield watching
    assert watching.unannounced() == []


Browse = Callable[..., Page]


@pytest.fixture
def browse(chromium: Browser, watch: Watch, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Browse]:
    """Opens a page in a fresh browser, as somebody on another computer; takes Playwright's context options."""
    # Servers are made before browsers, so that they outlive them: no page is cut off by the end of its test.
    for name in SERVERS & set(request.fixturenames):
        request.getfixturevalue(name)
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(**{**DESKTOP, "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE_MS)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(page for context in contexts for page in context.pages):
            page.screenshot(path=tmp_path / f"page-{number}.png")
            print(f"{page.url}: see {tmp_path / f'page-{number}.png'}")
    for context in contexts:
        context.close()


@pytest.fixture
def candidate(browse: Browse) -> Page:
    """A page in a browser that has never been here."""
    return browse()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """`simulator serve`, one for all journeys that leave it running."""
    running = RealServer(tmp_path_factory.mktemp("server") / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def mortal_server(tmp_path: Path) -> Iterator[RealServer]:
    """`simulator serve` for a journey that kills it."""
    running = RealServer(tmp_path / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that holds the packs, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare_data(folder)
    return folder


@pytest.fixture
def local_server(tmp_path: Path, prepared_data: Path) -> Iterator[LocalServer]:
    """The application in this process: its clock can be moved, and what it sends is recorded."""
    running = LocalServer(tmp_path / "data", prepared_data)
    running.start()
    yield running
    running.stop()
