"""When something breaks: said plainly, nothing lost, and no traceback on any page."""

import sqlite3

import pytest
from browser import Browser, close_app, make_app
from clock import Clock

from simulator.operations import reporting, sitting
from simulator.store import engine as engines


@pytest.fixture
def impatient(monkeypatch):
    """Wait for a lock only shortly."""
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_SECONDS", 0.05)


@pytest.fixture
def locked_out(request, sqlite_url):
    """Lock the embedded database from another connection."""
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    yield lambda: other.execute("BEGIN IMMEDIATE")
    other.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_while_the_database_is_locked_saves_are_kept_for_later_and_pages_can_be_read(impatient, alice, locked_out):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1)
    locked_out()
    answer = alice.save(attempt_id, 1, [2], epoch=epoch, sequence=2)
    assert (answer.status_code, answer.json["error"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert alice.json("POST", f"/attempts/{attempt_id}/hold", {}).status_code == 503
    assert alice.get(f"/attempts/{attempt_id}/questions/1").status_code == 200
    submitted = alice.submit(attempt_id)
    assert submitted.status_code == 503
    assert submitted.headers["Retry-After"]
    assert "Nothing that was saved is lost" in submitted.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_save_that_was_refused_while_locked_goes_through_afterwards(impatient, alice, sqlite_url):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert alice.save(attempt_id, 1, [2], epoch=epoch, sequence=1).status_code == 503
    other.execute("ROLLBACK")
    other.close()
    assert alice.hold(attempt_id)["answers"] == {}
    assert alice.save(attempt_id, 1, [2], epoch=epoch + 1, sequence=1).status_code == 200
    assert alice.hold(attempt_id)["answers"]["1"]["response"] == [2]


def test_while_the_database_is_away_every_page_says_so_and_how_to_go_on(tmp_path):
    app = make_app(f"postgresql://postgres:@/x?host={tmp_path}", tmp_path / "data", Clock())
    browser = Browser(app)
    for url in ("/", "/certifications/tiny"):
        answer = browser.get(url)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "The database is busy or away" in answer.text
        assert "Try again" in answer.text
    assert browser.get("/history").status_code in (200, 503)
    assert browser.get("/about").status_code == 200
    close_app(app)


def break_at(monkeypatch, module, name):
    def broken(*arguments, **options):
        raise RuntimeError("a secret of the machine room")

    monkeypatch.setattr(module, name, broken)


def test_an_unexpected_error_is_a_plain_page_and_a_log_entry(alice, monkeypatch, caplog):
    alice.begin()
    with monkeypatch.context() as patch:
        break_at(patch, reporting, "list_history")
        answer = alice.get("/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "RuntimeError" not in answer.text
    assert "secret" not in answer.text
    assert "a secret of the machine room" in caplog.text
    caplog.clear()
    assert alice.get("/").status_code == 200


def test_an_unexpected_error_in_the_protocol_is_json(alice, monkeypatch, caplog):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    with monkeypatch.context() as patch:
        break_at(patch, sitting, "save_answer")
        answer = alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1)
    assert (answer.status_code, answer.json["error"]) == (500, "internal")
    assert "secret" not in answer.text
    caplog.clear()
    assert alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1).status_code == 200


def test_when_grading_breaks_the_submission_stands_and_the_report_grades_it(alice, monkeypatch, caplog):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    with monkeypatch.context() as patch:
        break_at(patch, sitting, "_store_graded")
        answer = alice.submit(attempt_id)
        assert answer.status_code == 500
        assert "What you have saved is safe" in answer.text
        assert alice.get(f"/attempts/{attempt_id}/state").json["state"] == "closed"
        assert alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1).json["error"] == "closed"
    caplog.clear()
    assert "verdict__figure" in alice.get(f"/attempts/{attempt_id}/report").text
    assert alice.get(f"/attempts/{attempt_id}/state").json["state"] == "graded"


def test_a_form_that_is_too_large_is_a_413_page(alice):
    attempt_id = alice.begin()
    alice.get(f"/attempts/{attempt_id}/questions/1")
    answer = alice.send(alice.forms[0], response="0" * 70_000)
    assert answer.status_code == 413
    assert "64 KiB" in answer.text
    assert alice.hold(attempt_id)["answers"] == {}


def test_a_restarted_server_goes_on_where_it_was(alice, app, database_url, tmp_path, clock):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    alice.save(attempt_id, 3, [1], epoch=epoch, sequence=7)
    restarted = make_app(database_url, tmp_path / "data", clock)
    again = Browser(restarted)
    again.client.set_cookie(*alice.cookie)
    again.csrf = alice.csrf
    # The same cookie, token and epoch hold: a browser notices nothing.
    assert again.save(attempt_id, 4, [0], epoch=epoch, sequence=8).status_code == 200
    held = again.hold(attempt_id)
    assert (held["sequence"], held["current_slot"]) == (8, 4)
    assert held["answers"].keys() == {"3", "4"}
    close_app(restarted)
