"""Browsers for alice and bob."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, close_app, make_app
from desk import Desk
from flask import Flask


@pytest.fixture
def app(desk: Desk, database_url: str, tmp_path: Path, clock: Any, caplog: pytest.LogCaptureFixture) -> Iterator[Flask]:
    """An application with the tiny certification; a test fails when it met an error that nobody expected."""
    app = make_app(database_url, tmp_path / "data", clock)
    yield app
    close_app(app)
    unexpected = [record for record in caplog.get_records("call") if record.levelname == "ERROR"]
    assert [record.getMessage() for record in unexpected] == []


@pytest.fixture
def alice(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def bob(app: Flask) -> Browser:
    """Somebody else, in the middle of an exam of his own."""
    bob = Browser(app)
    bob.begin()
    return bob


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser that has never been here."""
    return Browser(app)
