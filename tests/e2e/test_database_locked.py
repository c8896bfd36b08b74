"""Another program holds the database for a moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from simulator.store import engine

from .room import begin
from .servers import LocalServer
from .watching import Watch, status


@pytest.fixture(autouse=True)
def _impatient_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server gives up on a locked database sooner than usual; asked for before the server is made."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_SECONDS", 0.5)


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def _is_refusal_of_an_answer(response: Response) -> bool:
    """Whether more was refused than that the question was opened, which is saved too."""
    if response.status != 503 or "/answers/" not in response.url:
        return False
    body: Any = response.request.post_data_json
    return bool(body["response"])


def test_an_answer_is_kept_while_the_database_is_locked_and_delivered_after(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    room = begin(candidate, local_server.url)
    room.answer({1: [0]})
    room.is_delivered()
    watch.announce(status(503))
    with _locked(local_server.database):
        room.answer({2: [1], 3: [2]})
        expect(room.saving).to_contain_text("waiting on this device")
        with candidate.expect_response(_is_refusal_of_an_answer):
            pass
        assert set(room.waiting()) == {2, 3}
        assert local_server.responses(room.attempt_id) == {1: [0]}
    room.is_delivered()
    assert local_server.responses(room.attempt_id) == {1: [0], 2: [1], 3: [2]}


def test_submitting_waits_for_a_locked_database(candidate: Page, local_server: LocalServer, watch: Watch) -> None:
    room = begin(candidate, local_server.url)
    room.answer({1: [0]})
    room.is_delivered()
    watch.announce(status(503))
    attempt_id = room.attempt_id
    with _locked(local_server.database):
        room.choose(1, [2])
        room.review.click()
        room.submit.click()
        room.confirmation.get_by_role("button", name="Submit now").click()
        expect(room.confirmation.get_by_role("status")).to_contain_text("Nothing is lost")
    expect(candidate.locator(".verdict__figure")).to_be_visible()
    assert local_server.responses(attempt_id) == {1: [2]}
