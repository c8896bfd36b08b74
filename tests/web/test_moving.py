"""Going on in another browser, by a link."""

import pytest
from browser import Browser
from itsdangerous import TimestampSigner

VALID_SECONDS = 15 * 60


@pytest.fixture
def signed_at(monkeypatch, clock):
    """Let links be signed and read by the test's clock."""
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: int(clock.now.timestamp()))


def link_of(browser):
    page = browser.get("/move").text
    return next((part.partition("localhost")[2] for part in page.split('"') if "/join/" in part), None)


@pytest.fixture
def elsewhere(app):
    return Browser(app)


def test_alice_takes_her_exam_along_to_another_device(alice, elsewhere):
    attempt_id = alice.begin()
    link = link_of(alice)
    page = elsewhere.get(link).text
    assert "Go on in this browser?" in page
    # Opening the link changes nothing yet: a link preview must not become anybody.
    assert elsewhere.get(f"/attempts/{attempt_id}").status_code == 404
    elsewhere.get(link)
    assert elsewhere.follow(elsewhere.send(elsewhere.forms[0])).status_code == 200
    assert elsewhere.get(f"/attempts/{attempt_id}").status_code == 200
    assert alice.get(f"/attempts/{attempt_id}").status_code == 200


def test_bob_becomes_alice_and_sees_his_own_attempts_no_longer(alice, bob):
    alice.begin()
    bobs = next(part for part in bob.get("/").text.split('"') if part.startswith("/attempts/"))
    bob.get(link_of(alice))
    bob.send(bob.forms[0])
    assert bob.get(bobs).status_code == 404


def test_somebody_who_has_sat_nothing_has_nothing_to_take_along(stranger):
    assert link_of(stranger) is None
    assert "There is nothing to take along yet" in stranger.get("/move").text


def test_a_link_is_valid_for_a_quarter_of_an_hour(alice, elsewhere, clock, signed_at):
    alice.begin()
    link = link_of(alice)
    clock.advance(seconds=VALID_SECONDS)
    assert elsewhere.get(link).status_code == 200
    (form,) = elsewhere.forms
    clock.advance(seconds=1)
    for answer in (elsewhere.get(link), elsewhere.open(link, method="POST", data=form.fields)):
        assert answer.status_code == 404
        assert "not valid, or no longer" in answer.text


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t.upper(), lambda t: "e30.x.y"])
def test_a_tampered_link_is_not_valid(alice, elsewhere, spoil):
    alice.begin()
    head, _, token = link_of(alice).rpartition("/")
    answer = elsewhere.get(f"{head}/{spoil(token)}")
    assert answer.status_code == 404
    assert "not valid" in answer.text


def test_a_session_cookie_is_no_link(alice, elsewhere):
    alice.begin()
    assert elsewhere.get(f"/join/{alice.cookie[1]}").status_code == 404


def test_confirming_without_a_token_asks_again(alice, elsewhere):
    alice.begin()
    link = link_of(alice)
    asked = elsewhere.open(link, method="POST", data={})
    assert asked.status_code == 400
    assert elsewhere.send(elsewhere.forms[0]).status_code == 303
