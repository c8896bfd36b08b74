"""Reporting a problem with a question, as a page."""

import re

import pytest

from simulator.exam.question_reports import LONGEST_COMMENT
from simulator.store.queries.attempts import OPERATOR
from simulator.store.queries.question_reports import list_reports


@pytest.fixture
def sat(alice, desk):
    attempt_id = alice.begin()
    alice.submit(attempt_id)
    return attempt_id


@pytest.fixture
def slot(sat, desk):
    return desk.form(sat, actor=OPERATOR).slots[0]


def send(browser, version, **fields):
    browser.get(f"/questions/{version}/report")
    (form,) = browser.forms
    return browser.send(form, **fields)


def reports(desk):
    return desk.read(list_reports)


def test_every_question_of_the_report_leads_to_its_form(alice, sat, desk):
    page = alice.get(f"/attempts/{sat}/report").text
    links = re.findall(r'href="(/questions/[^"]+/report)"', page)
    assert links == [f"/questions/{slot.version}/report" for slot in desk.form(sat, actor=OPERATOR).slots]
    assert alice.get(links[0]).status_code == 200


def test_a_problem_is_stored_and_shown(alice, sat, slot, desk):
    response = send(alice, slot.version, reason="wrong_key", comment="B, see <b>the guide</b>.\r\nPage 3.")
    page = alice.follow(response).text
    assert "Your report is stored" in page
    assert "B, see &lt;b&gt;the guide&lt;/b&gt;." in page
    assert f'href="/attempts/{sat}/report#question-1"' in page
    (row,) = reports(desk)
    assert (row.reason, row.comment, row.version) == ("wrong_key", "B, see <b>the guide</b>.\nPage 3.", slot.version)


def test_the_page_shows_the_question_and_never_the_key(alice, desk):
    attempt_id = alice.begin()
    for slot in desk.form(attempt_id, actor=OPERATOR).slots:
        page = alice.get(f"/questions/{slot.version}/report").text
        question = desk.question(slot)
        assert question.scenario in page
        for secret in (question.takeaway, *(o.rationale for o in question.options), question.references[0].url):
            assert secret not in page
    send(alice, slot.version, reason="typo")
    assert len(reports(desk)) == 1


def test_a_foreign_question_is_none(alice, slot, bob, stranger, desk, sat):
    # With a second exam, of what she has not seen, alice knows every question of the bank, and bob does not.
    alice.submit(second := alice.begin())
    bobs = {s.version for s in desk.form(bob.url.split("/")[2], actor=OPERATOR).slots}
    forms = [desk.form(attempt_id, actor=OPERATOR) for attempt_id in (sat, second)]
    foreign = next(s.version for form in forms for s in form.slots if s.version not in bobs)
    for browser, version in ((bob, foreign), (stranger, slot.version), (alice, "nothing"), (alice, "a" * 5000)):
        assert browser.get(f"/questions/{version}/report").status_code == 404
        response = browser.post(f"/questions/{version}/report", reason="typo")
        # Who holds no token is turned away before that.
        assert response.status_code in (400, 404)
    assert reports(desk) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose one."),
        ({"reason": "cooking"}, "Not a valid choice"),
        ({"reason": "other", "comment": "  "}, "Say what it is."),
        ({"reason": "typo", "comment": "x" * (LONGEST_COMMENT + 1)}, "2000 characters at most"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(alice, slot, desk, fields, words):
    response = send(alice, slot.version, **fields)
    assert response.status_code == 400
    assert words in response.text
    assert reports(desk) == []


def test_line_ends_count_once_and_nul_not_at_all(alice, slot, desk):
    comment = "\r\n".join(["x"] * 1000) + "\0"
    assert send(alice, slot.version, reason="typo", comment=comment).status_code == 303
    assert len(reports(desk)[0].comment) == 1999


def test_a_flood_of_reports_is_turned_away(alice, slot, desk, monkeypatch):
    monkeypatch.setattr("simulator.operations.question_reporting.MOST_A_DAY", 1)
    assert send(alice, slot.version, reason="typo").status_code == 303
    refused = send(alice, slot.version, reason="outdated")
    assert refused.status_code == 429
    assert "You have reported 1 problems today" in refused.text
    assert send(alice, slot.version, reason="typo", comment="more").status_code == 303
