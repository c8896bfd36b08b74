"""Every page is there for its owner, and for nobody else."""

import pytest
from clock import START
from factories import make_blueprint, make_pack, make_questions

PUBLIC = ["/", "/certifications/tiny", "/history", "/move", "/about", "/service-worker.js", "/static/css/base.css"]
ROOM = [("GET", ""), ("GET", "/questions/1"), ("GET", "/questions/6"), ("GET", "/review"), ("GET", "/state")]
ATTEMPT = [
    *ROOM,
    ("GET", "/questions"),
    ("POST", "/questions/1"),
    ("POST", "/hold"),
    ("PUT", "/answers/1"),
    ("POST", "/submit"),
    ("GET", "/report"),
    ("GET", "/receipt"),
]


def call(browser, method, url):
    if method == "GET":
        return browser.get(url)
    if url.endswith(("/hold", "/answers/1")):
        return browser.json(method, url, {"response": [], "epoch": 1, "sequence": 1, "spent_ms": 0, "age_ms": 0})
    return browser.post(url)


def test_everybody_may_read_the_public_pages(alice, stranger):
    alice.begin()
    for browser in (alice, stranger):
        for url in PUBLIC:
            assert browser.get(url).status_code == 200, url


def test_alice_finds_every_page_of_her_open_attempt(alice):
    attempt_id = alice.begin()
    for _, path in [*ROOM, ("GET", "/receipt")]:
        assert alice.get(f"/attempts/{attempt_id}{path}").status_code == 200, path
    assert alice.get(f"/attempts/{attempt_id}/report").location == f"/attempts/{attempt_id}"


def test_alice_finds_every_page_of_her_graded_attempt(alice):
    attempt_id = alice.begin()
    assert alice.submit(attempt_id).location == f"/attempts/{attempt_id}/report"
    for path in ("/report", "/receipt", "/state"):
        assert alice.get(f"/attempts/{attempt_id}{path}").status_code == 200, path
    for path in ("", "/questions/1", "/review"):
        assert alice.get(f"/attempts/{attempt_id}{path}").location == f"/attempts/{attempt_id}/report"


@pytest.mark.parametrize("state", ["open", "time is up", "graded"])
def test_bob_and_strangers_find_nothing_of_alices_attempt(alice, bob, stranger, clock, state):
    attempt_id = alice.begin()
    if state == "graded":
        alice.submit(attempt_id)
    stranger.get("/certifications/tiny")
    if state == "time is up":
        clock.advance(hours=2)
    for browser in (bob, stranger):
        for method, path in ATTEMPT:
            answer = call(browser, method, f"/attempts/{attempt_id}{path}")
            assert answer.status_code == 404, (method, path)
            assert "Scenario" not in answer.text
        assert attempt_id not in browser.get("/").text
        assert attempt_id not in browser.get("/history").text
    assert alice.get(f"/attempts/{attempt_id}/state").json["epoch"] == 0


@pytest.mark.parametrize(
    "url",
    [
        "/attempts/unknown",
        "/attempts/unknown/report",
        "/attempts/unknown/receipt",
        "/attempts/unknown/review",
        "/attempts/unknown/questions/1",
        "/certifications/unknown",
        "/attempts/%00",
        "/attempts/%00/report",
        "/attempts/%ff%fe/receipt",
        "/attempts/%F0%9F%98%80",
        "/certifications/%00",
        f"/certifications/{'x' * 5000}",
        "/join/unknown",
        "/join/%00",
        "/nowhere",
        "/static/css/unknown.css",
        "/static/../config.py",
        "/static/%2e%2e/%2e%2e/config.py",
    ],
)
def test_what_does_not_exist_is_a_friendly_404(alice, url):
    alice.begin()
    answer = alice.get(url)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


@pytest.mark.parametrize("slot", ["0", "7", "99999999999999999999", "-1", "one"])
def test_a_question_that_the_form_does_not_have_is_a_404(alice, slot):
    attempt_id = alice.begin()
    assert alice.get(f"/attempts/{attempt_id}/questions/{slot}").status_code == 404
    assert alice.post(f"/attempts/{attempt_id}/questions/{slot}", go="next").status_code == 404


def test_unknown_ids_in_the_protocol_are_json(alice):
    alice.begin()
    for method, url in (("POST", "/attempts/x/hold"), ("PUT", "/attempts/x/answers/1"), ("GET", "/attempts/%00/state")):
        answer = call(alice, method, url)
        assert (answer.status_code, answer.json["error"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("POST", "/"),
        ("GET", "/certifications/tiny/attempts"),
        ("DELETE", "/attempts/x"),
        ("GET", "/attempts/x/submit"),
        ("GET", "/attempts/x/hold"),
        ("POST", "/attempts/x/answers/1"),
        ("PATCH", "/history"),
    ],
)
def test_a_method_that_an_address_does_not_have_is_a_405(alice, method, url):
    alice.get("/certifications/tiny")
    answer = alice.open(url, method=method, data={"csrf_token": alice.csrf})
    assert answer.status_code == 405
    assert "Allow" in answer.headers


def test_a_newcomer_sees_the_exams_and_nothing_else(stranger):
    page = stranger.get("/").text
    assert "Tiny Certification" in page
    assert "Resume" not in page
    assert "Set-Cookie" not in stranger.get("/about").headers


def test_an_open_attempt_is_offered_for_resuming(alice, clock):
    attempt_id = alice.begin()
    clock.advance(minutes=10)
    for url in ("/", "/certifications/tiny"):
        page = alice.get(url).text
        assert "Resume" in page
        assert f"/attempts/{attempt_id}" in page
        assert "50 min" in page


def test_the_instructions_say_what_the_exam_is(alice):
    page = alice.get("/certifications/tiny").text
    for words in ("Tiny Certification", "60 minutes", "5 of the 6 questions count", "assumed", "Begin", "Guide 1.0"):
        assert words in page
    (form,) = alice.forms
    assert form.fields["accommodation"] == ["none"]
    assert form.fields["pass_percent"] == ["70"]


def test_an_exam_whose_bank_is_too_small_is_not_offered_and_cannot_be_begun(alice, desk):
    alice.get("/certifications/tiny")
    (form,) = alice.forms
    desk.load(make_pack(make_questions()[:9]))
    page = alice.get("/certifications/tiny").text
    assert "Modeling needs 2 questions and has 1" in page
    assert alice.forms == []
    answer = alice.send(form)
    assert answer.status_code == 303 or answer.status_code == 409
    assert "modeling needs 2 and has 1" in answer.text


def test_a_retired_certification_says_since_when_and_what_replaces_it(alice, desk):
    blueprint = make_blueprint(status="retired", retired_on=START.date(), successor="TC-2")
    desk.load(make_pack(blueprint=blueprint, fingerprint="retired"))
    for url in ("/", "/certifications/tiny"):
        page = alice.get(url).text
        assert "23 November 2026" in page
        assert "TC-2" in page


@pytest.mark.parametrize(
    ("accommodation", "minutes"), [("none", 60), ("plus-30", 90), ("x1.25", 75), ("x1.5", 90), ("x2", 120)]
)
def test_an_accommodation_gives_its_time(alice, accommodation, minutes):
    attempt_id = alice.begin(accommodation=accommodation)
    assert alice.get(f"/attempts/{attempt_id}/state").json["remaining_ms"] == minutes * 60_000


@pytest.mark.parametrize(
    "choices",
    [
        {"accommodation": "x9"},
        {"accommodation": ""},
        {"accommodation": None},
        {"pass_percent": "99"},
        {"pass_percent": "-1"},
        {"pass_percent": "lots"},
    ],
)
def test_a_choice_that_is_not_offered_begins_nothing_and_shows_the_form_again(alice, choices):
    alice.get("/certifications/tiny")
    (form,) = alice.forms
    answer = alice.send(form, **choices)
    assert answer.status_code == 400
    assert "Begin" in answer.text
    assert "field__error" in answer.text
    assert "Resume" not in alice.get("/").text


def test_an_assumed_pass_mark_that_was_chosen_is_the_one_in_the_report(alice):
    attempt_id = alice.begin(pass_percent="80")
    page = alice.follow(alice.submit(attempt_id)).text
    assert "pass mark 820 (assumed)" in page


def test_a_published_pass_mark_cannot_be_changed(alice, desk):
    published = make_blueprint(pass_mark=make_blueprint().pass_mark.__class__(750, "published", "The vendor's."))
    desk.load(make_pack(blueprint=published, fingerprint="published"))
    page = alice.get("/certifications/tiny").text
    assert "pass_percent" not in page
    attempt_id = alice.begin(pass_percent="60")
    page = alice.follow(alice.submit(attempt_id)).text
    assert "pass mark 750" in page
    assert "(assumed)" not in page


def test_beginning_twice_leads_to_the_same_attempt(alice, clock):
    alice.get("/certifications/tiny")
    (form,) = alice.forms
    first = alice.send(form).location
    clock.advance(minutes=1)
    assert alice.send(form).location == first
