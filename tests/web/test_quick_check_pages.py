"""The quick check without scripts: from the first question to the result, and what hostile hands send."""

import re
from html import unescape
from math import ceil

import pytest
from sea import load, make_sea

from simulator.exam.quick_check import MOST_QUESTIONS
from simulator.exam.readiness.assumptions import LEAST_RESPONSES
from simulator.store.queries.practice import list_practices
from simulator.store.tables import PracticeRow

PAGE = "/certifications/sea/quick-check"


def words(page):
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", page.text))).strip()


@pytest.fixture(autouse=True)
def _sea(desk):
    desk.load(make_sea())


def begin(browser):
    """Start a check and return its id; the browser is at the first question."""
    browser.get(PAGE)
    form = next(form for form in browser.forms if form.action.endswith("/quick-check"))
    page = browser.follow(browser.follow(browser.send(form)))
    assert page.status_code == 200
    return page.request.path.split("/")[2]


def question_form(browser):
    return next(form for form in browser.forms if ("go", "check") in form.buttons)


def send(browser, response, **fields):
    return browser.send(question_form(browser), ("go", "check"), response=response, **fields)


def actor_of(desk, check_id):
    return desk.read(lambda s: s.get(PracticeRow, check_id)).candidate_id


def check_of(desk, check_id):
    return load(desk, check_id, actor=actor_of(desk, check_id))


def take(browser, desk, check_id, right):
    """Answer to the end and return the result page."""
    page = None
    while page is None or "/questions/" in page.request.path:
        slot = check_of(desk, check_id).form.slots[-1]
        chosen = desk.right(slot) if right(slot.number) else desk.wrong(slot)
        page = browser.follow(send(browser, [str(place) for place in chosen]))
    return page


def test_alice_takes_a_check_to_its_end_without_scripts(alice, desk, clock):
    check_id = begin(alice)
    assert "Question 1 of at most 25" in words(alice.get(f"/quick-check/{check_id}/questions/1"))
    page = take(alice, desk, check_id, lambda slot: True)
    assert page.request.path == f"/quick-check/{check_id}/result"
    text = words(page)
    count = len(check_of(desk, check_id).responses)
    assert count < MOST_QUESTIONS
    assert f"{count} questions. It is settled" in text
    assert "On the passing side" in text
    assert "likely to pass" in text
    assert "Before this check there was nothing to go by" in text
    assert text.count("Takeaway.") == count
    # The same figure as on the page of readiness.
    chance = re.search(r"(\d+%)</span><span class=\"small muted\">likely", page.text)[1]
    assert chance in words(alice.get("/readiness/sea"))
    # A second one starts from there.
    alice.get(PAGE)
    clock.advance(days=1)
    second = begin(alice)
    assert second != check_id
    assert "Before this check it was" in words(take(alice, desk, second, lambda slot: True))


@pytest.mark.parametrize(
    ("right", "title", "says"),
    [
        (True, "On the passing side", "So far a pass is clearly more likely than a fail."),
        (False, "On the failing side", "So far a fail is clearly more likely than a pass."),
    ],
)
def test_a_settled_check_that_is_too_short_for_a_verdict_says_on_which_side_she_is(alice, desk, right, title, says):
    check_id = begin(alice)
    page = take(alice, desk, check_id, lambda slot: right)
    text = words(page)
    count = len(check_of(desk, check_id).responses)
    assert count < LEAST_RESPONSES
    assert f"{count} questions. It is settled" in text
    assert f"{title} {says} To say more, it takes about {ceil(LEAST_RESPONSES) - count} more questions" in text
    # The page of readiness says the same.
    assert f"{title} {says}" in words(alice.get("/readiness/sea"))
    assert "Not enough evidence" not in text
    assert "80% interval" in text


def test_nothing_is_told_before_the_end(alice, desk):
    check_id = begin(alice)
    for slot in (1, 2, 3):
        chosen = desk.right(check_of(desk, check_id).form.slots[-1])
        page = alice.follow(send(alice, [str(place) for place in chosen]))
        assert page.request.path == f"/quick-check/{check_id}/questions/{slot + 1}"
        for secret in ("Rationale", "Takeaway", "3 right", "Correct"):
            assert secret not in page.text
    for path in ("result", "questions/1", ""):
        ways = alice.get(f"/quick-check/{check_id}/{path}".rstrip("/"))
        assert ways.status_code == 303
        assert ways.location.endswith(f"/quick-check/{check_id}/questions/4")
    # Nor by the pages of practice, whose sessions it shares.
    for path in ("", "/questions/1", "/summary"):
        ways = alice.get(f"/practice/{check_id}{path}")
        assert (ways.status_code, ways.location) == (303, f"/quick-check/{check_id}")
    text = words(alice.get("/practice"))
    assert "3 of at most 25 answered." in text
    assert "3 right" not in text


def test_alice_stops_early_and_what_she_answered_counts(alice, desk):
    check_id = begin(alice)
    for _ in range(2):
        chosen = desk.right(check_of(desk, check_id).form.slots[-1])
        alice.follow(send(alice, [str(place) for place in chosen]))
    stop = next(form for form in alice.forms if form.action.endswith("/stop"))
    text = words(alice.follow(alice.send(stop)))
    assert "2 questions. You stopped it" in text
    assert "Not enough evidence" in text
    assert text.count("Takeaway.") == 2


def test_ending_it_from_the_page_of_practice_is_stopping_it(alice, desk):
    check_id = begin(alice)
    send(alice, ["0"])
    alice.get("/practice")
    end = next(form for form in alice.forms if form.action.endswith("/finish"))
    page = alice.follow(alice.follow(alice.send(end)))
    assert page.request.path == f"/quick-check/{check_id}/result"
    assert "1 question. You stopped it" in words(page)
    # The second question had not been answered: it is no part of the check.
    check = check_of(desk, check_id)
    assert (len(check.form.slots), check.row.criteria["ending"]) == (1, "stopped")


def test_a_question_that_has_come_onto_an_exam_shows_its_key_after_the_exam_only(alice, desk):
    desk.load(make_sea(65))  # no more than one form takes
    check_id = begin(alice)
    for _ in range(2):
        alice.follow(send(alice, ["0"]))
    exam = alice.begin("sea")
    alice.post(f"/quick-check/{check_id}/stop")
    result = f"/quick-check/{check_id}/result"
    page = alice.get(result)
    assert "2 questions are on an exam you have open" in words(page)
    assert "Takeaway" not in page.text
    assert "Rationale" not in page.text
    alice.get(f"/attempts/{exam}")
    alice.submit(exam)
    assert words(alice.get(result)).count("Takeaway.") == 2


def test_stopping_before_the_first_answer_shows_no_figures(alice):
    begin(alice)
    stop = next(form for form in alice.forms if form.action.endswith("/stop"))
    text = words(alice.follow(alice.send(stop)))
    assert "Nothing was answered" in text
    assert "likely to pass" not in text


def test_a_check_can_be_left_and_gone_on_with(alice, desk):
    check_id = begin(alice)
    page = alice.get(PAGE)
    assert "You have a quick check open" in words(page)
    assert f'href="/quick-check/{check_id}"' in page.text
    # An old tab that still shows the button leads to the same one.
    actor = actor_of(desk, check_id)
    alice.get("/certifications/tiny/quick-check")
    form = next(form for form in alice.forms if form.action.endswith("/quick-check"))
    form.action = PAGE
    assert alice.send(form).location == f"/quick-check/{check_id}"
    assert len(desk.read(lambda s: list_practices(s, actor=actor, finished=False))) == 1


def test_an_answer_sent_twice_leads_to_the_same_next_question(alice, desk):
    check_id = begin(alice)
    form = question_form(alice)
    first = alice.send(form, ("go", "check"), response=["0"])
    again = alice.send(form, ("go", "check"), response=["1"])
    assert first.location == again.location == f"/quick-check/{check_id}/questions/2"
    assert len(check_of(desk, check_id).responses) == 1


def test_what_is_incomplete_or_nonsense_is_refused_and_says_what_to_do(alice, desk):
    check_id = begin(alice)
    nothing = send(alice, [])
    assert nothing.status_code == 400
    assert "Choose an answer first. If you don't know" in words(nothing)
    # "I don't know" is no answer here.
    given_up = alice.post(f"/quick-check/{check_id}/questions/1", go="give-up")
    assert given_up.status_code == 400
    alice.get(f"/quick-check/{check_id}/questions/1")
    odd = alice.send(question_form(alice), ("go", "check"), response=["0"], confidence="certain")
    assert odd.status_code == 400
    assert "Choose one of the choices" in words(odd)
    assert alice.post(f"/quick-check/{check_id}/questions/1", response="9", go="check").status_code == 400
    assert check_of(desk, check_id).responses == {}


def test_a_question_met_elsewhere_is_replaced_on_request(alice, desk, monkeypatch):
    monkeypatch.setattr("simulator.web.quick_check.secrets.randbits", lambda bits: 1)
    check_id = begin(alice)
    actor = actor_of(desk, check_id)
    form = question_form(alice)
    desk.begin(actor=actor, certification="sea", attempt_id="exam")
    first = check_of(desk, check_id).form.slots[0].question_id
    on_exam = {slot.question_id for slot in desk.form("exam", actor=actor).slots}
    assert first in on_exam
    refused = alice.follow(alice.send(form, ("go", "check"), response=["0"]))
    assert "You have met this question elsewhere" in words(refused)
    replace = next(form for form in alice.forms if form.action.endswith("/replace"))
    page = alice.follow(alice.send(replace))
    assert "Question 1 of at most 25" in words(page)
    assert check_of(desk, check_id).form.slots[0].question_id not in on_exam


def test_a_bank_without_new_questions_offers_no_check(alice, desk):
    desk.load(make_sea(count=2))
    check_id = begin(alice)
    page = take(alice, desk, check_id, lambda slot: True)
    assert "no more questions that are new to you" in words(page)
    assert "Nothing left to ask" in words(alice.get(PAGE))
    alice.get("/certifications/tiny/quick-check")
    form = next(form for form in alice.forms if form.action.endswith("/quick-check"))
    form.action = PAGE
    sent = alice.send(form)
    assert sent.status_code == 409
    assert "no question left that is new" in words(sent)


def test_a_check_belongs_to_whoever_took_it(alice, bob, stranger, desk):
    check_id = begin(alice)
    for browser in (bob, stranger):
        for path in ("", "/questions/1", "/result"):
            assert browser.get(f"/quick-check/{check_id}{path}").status_code == 404
    bob.get("/certifications/tiny/quick-check")
    form = next(form for form in bob.forms if form.action.endswith("/quick-check"))
    for path in ("questions/1", "stop", "replace"):
        form.action = f"/quick-check/{check_id}/{path}"
        assert bob.send(form).status_code == 404
    form.action = "/certifications/moon/quick-check"
    assert bob.send(form).status_code == 404
    assert bob.get("/certifications/moon/quick-check").status_code == 404
    assert check_of(desk, check_id).responses == {}


def test_a_slot_that_is_not_there_and_practice_of_another_kind_are_not_found(alice):
    check_id = begin(alice)
    assert alice.get(f"/quick-check/{check_id}/questions/2").status_code == 404
    assert alice.get(f"/quick-check/{check_id}/questions/0").status_code == 404
    alice.get("/practice?certification=tiny")
    form = next(form for form in alice.forms if form.action.endswith("/sessions"))
    sent = alice.send(form, ("go", "start"))
    assert alice.get(sent.location.replace("/practice/", "/quick-check/")).status_code == 404


def test_every_change_needs_the_token(alice):
    check_id = begin(alice)
    for path in (PAGE, f"/quick-check/{check_id}/questions/1", f"/quick-check/{check_id}/stop"):
        assert alice.client.post(path, data={"response": "0"}).status_code == 400


def test_the_check_is_linked_from_the_exam_the_practice_and_the_readiness_page(alice):
    for path in ("/certifications/sea", "/practice?certification=sea", "/readiness/sea"):
        assert f'href="{PAGE}"' in alice.get(path).text
