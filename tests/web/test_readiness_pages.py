"""Alice reads how ready she is, and says what she assumes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from browser import Browser, close_app, make_app
from factories import make_blueprint, make_pack, make_questions

from simulator.exam.readiness import NEARLY, NOT_YET, READY, TOO_CLOSE_TO_CALL, UNKNOWN, default_cut, estimate
from simulator.store.queries.attempts import OPERATOR
from simulator.store.queries.readiness import list_assumed_cuts
from simulator.web.filters import chance
from simulator.web.readiness_view import verdict_of
from simulator.web.skills import skill_title


def sit(browser, desk, *, right=6, certification="tiny"):
    attempt_id = browser.begin(certification)
    epoch = browser.hold(attempt_id)["epoch"]
    for slot in desk.form(attempt_id, actor=OPERATOR).slots:
        response = desk.right(slot) if slot.number <= right else desk.wrong(slot)
        browser.save(attempt_id, slot.number, response, epoch=epoch, sequence=slot.number)
    assert browser.submit(attempt_id).status_code == 303


def cut_form(browser):
    browser.get("/readiness/tiny")
    (form,) = browser.forms
    return form


def reload(browser, answer):
    """Follow the redirect as a browser does, which keeps the fragment to itself."""
    assert answer.status_code == 303, answer.text
    return browser.get(answer.location.partition("#")[0]).text


def test_a_newcomer_is_told_what_to_do_and_sees_no_empty_charts(stranger):
    for url in ("/readiness", "/readiness/tiny"):
        answer = stranger.get(url)
        assert answer.status_code == 200
        assert "Nothing to go by yet" in answer.text
        assert "/certifications/tiny/quick-check" in answer.text
        assert 'role="img"' not in answer.text
        assert "likely to pass" not in answer.text.replace("how likely you are to pass", "")
        assert "Set-Cookie" not in answer.headers or "candidate" not in answer.headers["Set-Cookie"]


def test_after_an_exam_alice_reads_the_probability_the_verdict_and_how_much_more_it_takes(alice, desk):
    sit(alice, desk)
    for url in ("/readiness", "/readiness/tiny"):
        page = alice.get(url).text
        assert "Not enough evidence" in page
        assert "To say more, it takes about" in page
        assert "more questions that are new to you" in page
        assert "likely to pass" in page
        for title in ("Data", "Modeling"):
            assert title in page
    assert "Probability of passing after the first sitting" in page


def test_what_to_do_next_leads_to_practice_of_it(alice, desk):
    sit(alice, desk, right=3)
    page = alice.get("/readiness/tiny").text
    assert 'href="/practice?certification=tiny&amp;domain=data"' in page
    assert 'href="/practice?certification=tiny&amp;domain=modeling&amp;skill=data-ingestion"' in page
    assert "Ingesting data" in page
    assert alice.get("/practice?certification=tiny&domain=modeling&skill=data-ingestion").status_code == 200


def test_repeated_questions_are_reported_apart(alice, desk):
    sit(alice, desk)
    assert "You have not met a question twice yet" in alice.get("/readiness/tiny").text
    for _ in range(2):
        sit(alice, desk)
    page = alice.get("/readiness/tiny").text
    assert "you had seen before: 100% right" in page
    assert "None of it counts above" in page
    assert "Not counted above" in alice.get("/readiness").text


def test_the_trend_stands_in_a_table_too(alice, desk, clock):
    sit(alice, desk, right=0)
    clock.advance(days=1)
    sit(alice, desk)
    page = alice.get("/readiness/tiny").text
    assert "Probability of passing after the last 2 sittings" in page
    assert "The trend as a table" in page


def test_bob_and_strangers_see_nothing_of_alices_readiness(alice, bob, stranger, desk):
    sit(alice, desk)
    for browser in (bob, stranger):
        for url in ("/readiness", "/readiness/tiny"):
            assert "Nothing to go by yet" in browser.get(url).text


@pytest.mark.parametrize("certification_id", ["unknown", "%00", "x" * 5000, "%F0%9F%98%80"])
def test_an_unknown_certification_is_a_404(alice, certification_id):
    alice.get("/readiness/tiny")
    assert alice.get(f"/readiness/{certification_id}").status_code == 404
    answer = alice.post(f"/readiness/{certification_id}/cut", mean="70", spread="5")
    assert answer.status_code == 404


def test_the_assumed_cut_is_said_in_words_and_can_be_changed_and_taken_back(alice, bob, desk):
    sit(alice, desk)
    assert "We assume <strong>70%, give or take 5</strong>" in alice.get("/readiness/tiny").text
    page = reload(alice, alice.send(cut_form(alice), mean="85", spread="3"))
    assert "You assume <strong>85%, give or take 3</strong>" in page
    assert "The default is 70%, give or take 5" in page
    assert "We assume <strong>70%" in bob.get("/readiness/tiny").text
    form = cut_form(alice)
    page = reload(alice, alice.send(form, ("action", "reset"), mean="nonsense"))
    assert "We assume <strong>70%" in page


def test_a_stranger_may_assume_a_cut_and_is_known_from_then_on(stranger):
    page = reload(stranger, stranger.send(cut_form(stranger), mean="60", spread="10"))
    assert "You assume <strong>60%, give or take 10</strong>" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mean": "39"}, "from 40 to 95"),
        ({"mean": "96"}, "from 40 to 95"),
        ({"mean": "-70"}, "from 40 to 95"),
        ({"mean": "1e2"}, "from 40 to 95"),
        ({"mean": "NaN"}, "from 40 to 95"),
        ({"mean": "9" * 5000}, "from 40 to 95"),
        ({"mean": "70.5"}, "from 40 to 95"),
        ({"mean": ""}, "from 40 to 95"),
        ({"mean": None}, "from 40 to 95"),
        ({"mean": "<script>"}, "from 40 to 95"),
        ({"spread": "0"}, "from 1 to 15"),
        ({"spread": "16"}, "from 1 to 15"),
        ({"spread": "\0"}, "from 1 to 15"),
    ],
)
def test_a_cut_that_makes_no_sense_is_refused_with_what_to_enter(alice, desk, changes, words):
    answer = alice.send(cut_form(alice), **changes)
    assert answer.status_code == 400
    assert f"Enter a whole number {words}." in answer.text
    assert "<script>" not in answer.text.replace('<script type="module"', "")
    assert desk.read(lambda s: list_assumed_cuts(s, actor="alice")) == {}
    assert "We assume <strong>70%" in alice.get("/readiness/tiny").text


def test_a_cut_from_another_site_is_refused(alice):
    alice.get("/readiness/tiny")
    answer = alice.open("/readiness/tiny/cut", method="POST", data={"mean": "80", "spread": "5"})
    assert answer.status_code == 400
    assert "We assume" in alice.get("/readiness/tiny").text


def test_the_home_page_has_a_line_for_what_there_is_evidence_for_and_for_nothing_else(alice, desk):
    blueprint = make_blueprint(id="sea", code="SEA-1", title="Sea Certification")
    questions = [replace(question, id=f"sea-{question.id}") for question in make_questions()]
    desk.load(replace(make_pack(questions, blueprint=blueprint), id="sea-pack", certification="sea"))
    assert "/readiness/" not in alice.get("/").text
    sit(alice, desk)
    page = alice.get("/").text
    assert 'href="/readiness/tiny"' in page
    assert "Not enough evidence yet" in page
    assert "/readiness/sea" not in page
    page = alice.get("/readiness").text
    assert page.index("Tiny Certification") < page.index("Sea Certification")
    assert "Nothing to go by yet. A quick check" in page


def test_an_installation_without_packs_says_how_to_get_one(database_url, tmp_path, clock):
    app = make_app(database_url, tmp_path / "empty", clock)
    assert "simulator packs add" in Browser(app).get("/readiness").text
    close_app(app)


BLUEPRINT = make_blueprint()
UNCLEAR = estimate([], BLUEPRINT, cut=default_cut(BLUEPRINT), now=datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("verdict", "title"),
    [(READY, "Ready"), (NEARLY, "Nearly ready"), (TOO_CLOSE_TO_CALL, "Too close to call"), (NOT_YET, "Not yet")],
)
def test_verdicts_have_words(verdict, title):
    assert verdict_of(replace(UNCLEAR, verdict=verdict, questions_needed=None)).title == title


def test_too_little_evidence_says_how_much_more_it_takes():
    assert UNCLEAR.verdict == UNKNOWN
    assert f"about {UNCLEAR.questions_needed} more questions" in verdict_of(UNCLEAR).words


def test_no_chance_is_shown_as_certain():
    assert [chance(p) for p in (0.0, 0.004, 0.624, 0.999, 1.0)] == ["1%", "1%", "62%", "99%", "99%"]


def test_a_skill_that_has_left_the_list_is_shown_by_its_id():
    assert skill_title("data-ingestion") == "Ingesting data"
    assert skill_title("old-skill") == "Old skill"
