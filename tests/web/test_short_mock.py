"""A short mock exam: an ordinary exam in the same proportions, and marked as short wherever its result stands."""

import re

import pytest
from browser import Browser
from factories import make_blueprint, make_pack, make_question


@pytest.fixture
def long_exam(desk):
    """A certification with 30 questions and an hour, 18 of them about data; the bank has enough for a short one too."""
    blueprint = make_blueprint(scored=24, unscored=6, minutes=60)
    desk.load(make_pack(bank_of(30, 20), blueprint=blueprint, fingerprint="long"))


def bank_of(data, modeling):
    places = [("data", "1.1")] * data + [("modeling", "2.1")] * modeling
    return [make_question(f"q{n:02}", domain=domain, task=task) for n, (domain, task) in enumerate(places)]


def words(page):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.text)).strip()


def begin_short(browser):
    browser.get("/certifications/tiny?kind=short")
    room = browser.follow(browser.send(browser.forms[0]))
    return room.request.path.split("/")[2]


def test_a_short_mock_is_offered_from_the_home_page_with_its_own_rules(alice, long_exam):
    home = alice.get("/")
    assert 'href="/certifications/tiny?kind=short"' in home.text
    page = words(alice.get("/certifications/tiny?kind=short"))
    assert "Short mock 20 questions, 40 min" in page
    assert "Full mock 30 questions, 60 min" in page
    assert "You have 40 minutes" in page
    assert "All 20 questions count." in page


def test_its_report_and_the_lists_say_that_it_is_short(alice, desk, long_exam):
    attempt_id = begin_short(alice)
    assert "Short mock" in words(alice.get("/"))
    report = words(alice.follow(alice.submit(attempt_id)))
    assert "Short mock, 20 questions" in report
    assert "This was a short mock" in report
    assert "0 of 20" in report
    assert "short mock" in words(alice.get("/"))
    history = alice.get("/history")
    assert ">Short</span>" in history.text
    # Its score is too uncertain for the line over time and for the card on the home page.
    assert "trend-card" not in history.text
    assert "Last result" not in alice.get("/").text


def test_a_full_exam_is_not_called_short(alice, long_exam):
    report = words(alice.follow(alice.submit(alice.begin())))
    assert "hort mock" not in report
    assert "trend-card" in alice.get("/history").text


def test_one_of_each_kind_may_be_open(alice, long_exam):
    full, short = alice.begin(), begin_short(alice)
    assert full != short
    page = alice.get("/certifications/tiny?kind=short")
    assert f"/attempts/{short}" in page.text
    assert f"/attempts/{full}" not in page.text
    home = alice.get("/").text
    assert f"/attempts/{short}" in home
    assert f"/attempts/{full}" in home


def test_two_open_exams_share_no_question_because_the_report_of_one_would_show_keys_of_the_other(alice, long_exam):
    full, short = (room_questions(alice, begin(alice)) for begin in (Browser.begin, begin_short))
    assert (len(full), len(short)) == (30, 20)
    assert full.isdisjoint(short)


def room_questions(browser, attempt_id):
    return set(re.findall(r"Prompt of (q\d+)", browser.get(f"/attempts/{attempt_id}").text))


def test_where_the_bank_does_not_last_for_both_the_first_one_has_to_be_submitted(alice, desk):
    blueprint = make_blueprint(scored=24, unscored=6)
    desk.load(make_pack(bank_of(18, 12), blueprint=blueprint, fingerprint="just enough"))
    full = alice.begin()
    alice.get("/certifications/tiny?kind=short")
    refused = alice.send(alice.forms[0])
    assert refused.status_code == 409
    assert "You have another mock exam open" in words(refused)
    alice.get(f"/attempts/{full}")
    alice.submit(full)
    assert len(room_questions(alice, begin_short(alice))) == 20


def test_an_exam_whose_time_is_up_holds_no_questions_back(alice, desk, clock):
    desk.load(make_pack(bank_of(18, 12), blueprint=make_blueprint(scored=24, unscored=6), fingerprint="just enough"))
    alice.begin()
    clock.advance(hours=1)
    assert len(room_questions(alice, begin_short(alice))) == 20


def test_where_the_exam_itself_is_short_there_is_no_shorter_one(alice):
    assert "kind=short" not in alice.get("/").text
    alice.get("/certifications/tiny?kind=short")
    form = alice.forms[0]
    assert form.fields["kind"] == ["full"]
    refused = alice.send(form, kind="short")
    assert refused.status_code == 400
    assert "There is no mock exam of this length" in words(refused)


@pytest.mark.parametrize("kind", ["", "tiny", "FULL", "9" * 5000])
def test_other_kinds_start_nothing(alice, long_exam, kind):
    alice.get("/certifications/tiny")
    assert alice.send(alice.forms[0], kind=kind).status_code == 400
    assert "Resume" not in alice.get("/").text


def test_a_bank_that_is_too_small_for_a_full_exam_may_do_for_a_short_one(alice, desk):
    blueprint = make_blueprint(scored=40, unscored=0, minutes=60)
    desk.load(make_pack(bank_of(14, 8), blueprint=blueprint, fingerprint="half"))
    assert "Not offered" in words(alice.get("/certifications/tiny"))
    attempt_id = begin_short(alice)
    assert alice.get(f"/attempts/{attempt_id}").text.count("data-slot=") == 20
