"""Your data: what candidates take with them, and what is left when they have deleted it."""

import csv
import io
import json
import re

import pytest
from anki import cards
from browser import Browser
from factories import make_pack, make_question, make_questions

from simulator.store.queries.attempts import OPERATOR

DOWNLOADS = ("/me/export.json", "/me/responses.csv", "/me/missed.apkg")


def sit(browser, desk, *, wrong=(1, 2)):
    """Sit an exam with some answers wrong, and submit it."""
    attempt_id = browser.begin()
    answer(browser, desk, attempt_id, wrong=wrong)
    browser.submit(attempt_id)
    return attempt_id


def answer(browser, desk, attempt_id, *, wrong=()):
    epoch = browser.hold(attempt_id)["epoch"]
    for slot in desk.form(attempt_id, actor=OPERATOR).slots:
        response = desk.wrong(slot) if slot.number in wrong else desk.right(slot)
        saved = browser.save(attempt_id, slot.number, response, epoch=epoch, sequence=slot.number)
        assert saved.status_code == 200


def join(app, browser) -> Browser:
    """Return another browser of the same candidate."""
    other = Browser(app)
    link = re.search(r'value="([^"]+/join/[^"]+)"', browser.get("/move").text)[1]
    other.get(link.partition("localhost")[2])
    (form,) = other.forms
    other.send(form)
    return other


def test_a_stranger_has_no_data(stranger):
    page = stranger.get("/me").text
    assert "Nothing is kept about you" in page
    for address in DOWNLOADS:
        assert stranger.get(address).status_code == 404
    assert "Nothing to delete" in stranger.get("/me/delete").text


def test_a_cookie_alone_is_no_data(alice, app, desk):
    sit(alice, desk)
    other = join(app, alice)
    delete(alice)
    assert "Nothing is kept about you" in other.get("/me").text
    for address in DOWNLOADS:
        assert other.get(address).status_code == 404
    assert "Nothing to delete" in other.get("/me/delete").text


def test_everything_is_one_json_document(alice, desk):
    attempt_id = sit(alice, desk)
    response = alice.get("/me/export.json")
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="exam-simulator-2026-11-23.json"'
    assert "no-store" in response.headers["Cache-Control"]
    document = json.loads(response.text)
    assert document["format"] == "exam-simulator/candidate"
    (attempt,) = document["attempts"]
    assert (attempt["id"], attempt["state"]) == (attempt_id, "graded")
    assert [r["credit"] for r in attempt["graded_responses"]] == [0, 0, 1, 1, 1, 1]
    assert document["practice"] == document["real_results"] == []


def test_an_open_exam_gives_away_no_key(alice, desk):
    attempt_id = alice.begin()
    answer(alice, desk, attempt_id, wrong=(1,))
    text = alice.get("/me/export.json").text
    assert len(json.loads(text)["attempts"][0]["answers"]) == 6
    for secret in ("credit", '"form"', "scored", "seed", "Rationale", "Takeaway", "tiny-pack/"):
        assert secret not in text
    assert alice.get("/me/responses.csv").text.count("\n") == 1
    assert alice.get("/me/missed.apkg").status_code == 404


def test_all_answers_are_a_table(alice, desk):
    sit(alice, desk)
    response = alice.get("/me/responses.csv")
    assert response.mimetype == "text/csv"
    assert ".csv" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["credit"] for row in rows] == ["0.0", "0.0", "1.0", "1.0", "1.0", "1.0"]
    assert rows[0]["given_at"] == "2026-11-23T09:00:00+00:00"
    assert rows[0]["question"].startswith("tiny-pack/")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_spreadsheet_runs_nothing_of_the_table(alice, desk, start):
    evil = f'{start}HYPERLINK("http://evil.example","x")'
    questions = [make_question(q.id, domain=q.domain, task=evil) for q in make_questions()]
    desk.load(make_pack(questions, version="2.0.0"))
    sit(alice, desk)
    rows = list(csv.DictReader(io.StringIO(alice.get("/me/responses.csv").text)))
    assert {row["task"] for row in rows} == {f"'{evil}"}


def test_missed_questions_are_an_anki_deck_that_updates_itself(alice, desk, clock):
    sit(alice, desk)
    response = alice.get("/me/missed.apkg")
    assert ".apkg" in response.headers["Content-Disposition"]
    first = cards(response.data)
    assert len(first) == 2
    for _, _, (question, options, answer, question_id), tags in first:
        name = question_id.removeprefix("tiny-pack/")
        assert f"Scenario of {name}." in question
        assert f"Option 0 of {name}" in options
        assert "Rationale" not in question + options
        for text in (f"Rationale 0 of {name}", f"Takeaway of {name}.", f"https://example.com/{name}", "Key"):
            assert text in answer
        assert " data-ingestion " in tags
    clock.advance(days=3)
    again = cards(alice.get("/me/missed.apkg").data)
    assert [note[:2] for note in again] == [note[:2] for note in first]


HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) [sound:x.mp3] [latex]\\input{/etc/passwd}[/latex] "
    "{{Answer}} \x1f end"
)


def test_an_anki_card_is_as_harmless_as_a_page(alice, desk):
    questions = [
        make_question(q.id, domain=q.domain, task=q.task, scenario=HOSTILE, prompt=HOSTILE, takeaway=HOSTILE)
        for q in make_questions()
    ]
    desk.load(make_pack(questions, version="2.0.0"))
    sit(alice, desk)
    for _, _, fields, _ in cards(alice.get("/me/missed.apkg").data):
        assert len(fields) == 4
        for text in fields[:3]:
            for harm in ("<script", 'href="javascript', "[sound", "[latex"):
                assert harm not in text


def delete(browser, word="DELETE"):
    browser.get("/me/delete")
    (form,) = browser.forms
    return browser.send(form, confirmation=word)


def test_deleting_says_what_goes_and_asks_for_a_word(alice, desk):
    sit(alice, desk)
    page = alice.get("/me/delete").text
    assert "1 exam," in page
    assert "6 saved answers" in page
    for word in ("", "yes", "DELETE EVERYTHING", "\0"):
        refused = delete(alice, word)
        assert refused.status_code == 400
        assert "Nothing has been deleted" in refused.text
    assert "Nothing is kept" not in alice.get("/me").text


def test_deleting_needs_the_token_of_the_page(alice, desk):
    attempt_id = sit(alice, desk)
    response = alice.client.post("/me/delete", data={"confirmation": "DELETE"})
    assert response.status_code == 400
    assert alice.get(f"/attempts/{attempt_id}/report").status_code == 200


def test_after_deleting_the_browser_is_a_strangers(alice, bob, desk):
    attempt_id = sit(alice, desk)
    gone = alice.follow(delete(alice, " delete "))
    assert "Everything is deleted" in gone.text
    assert alice.get(f"/attempts/{attempt_id}/report").status_code == 404
    assert "No attempts yet" in alice.get("/history").text
    assert "In progress" in bob.get("/history").text
    alice.begin()
    # Whoever is somebody again has answers on the device that are not to be forgotten.
    assert alice.get("/me/deleted").location == "/me"


def test_another_browser_of_a_deleted_candidate_starts_as_new(alice, app, desk):
    attempt_id = alice.begin()
    other = join(app, alice)
    other.get(f"/attempts/{attempt_id}")
    epoch = other.hold(attempt_id)["epoch"]
    assert other.save(attempt_id, 1, [0], epoch=epoch, sequence=1).status_code == 200
    delete(alice)
    assert other.save(attempt_id, 1, [1], epoch=epoch, sequence=2).status_code == 404
    assert other.json("POST", f"/attempts/{attempt_id}/hold", {}).status_code == 404
    assert other.json("GET", f"/attempts/{attempt_id}/state").status_code == 404
    assert other.submit(attempt_id).status_code == 404
    for address in ("/", "/history", "/me", "/reviews", "/practice", f"/attempts/{attempt_id}"):
        assert other.get(address).status_code in (200, 404), address
    again = other.begin()
    assert again != attempt_id
    assert other.hold(again)["answers"] == {}


def test_every_page_leads_there(stranger):
    assert 'href="/me"' in stranger.get("/").text
