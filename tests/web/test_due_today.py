"""Due today, as a page, and the session that it starts."""

import re

from factories import make_blueprint, make_pack

from simulator.store.queries.attempts import OPERATOR


def sit(browser, desk, wrong=(1, 2)):
    attempt_id = browser.begin()
    epoch = browser.hold(attempt_id)["epoch"]
    slots = desk.form(attempt_id, actor=OPERATOR).slots
    for slot in slots:
        response = desk.wrong(slot) if slot.number in wrong else desk.right(slot)
        browser.save(attempt_id, slot.number, response, epoch=epoch, sequence=slot.number)
    browser.submit(attempt_id)
    return [slot for slot in slots if slot.number in wrong]


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def starts(browser):
    return [form for form in browser.forms if form.action.endswith("/reviews")]


def test_a_newcomer_has_nothing_to_review(stranger):
    page = stranger.get("/reviews").text
    assert "Nothing to review yet" in page
    assert '<svg class="chart" width="100%" height="178"' not in page


def test_missed_questions_are_announced_today_and_due_tomorrow(alice, desk, clock):
    sit(alice, desk)
    today = text_of(alice.get("/reviews").text)
    assert "0 questions due now" in today
    assert "Nothing due. Next on 24 November 2026; 2 on the schedule." in today
    assert "Streak 1 day Answered today 6" in today
    assert starts(alice) == []
    clock.advance(days=1)
    page = alice.get("/reviews").text
    assert "2 questions due now" in text_of(page)
    assert "Review 2 now" in text_of(page)
    assert 'aria-label="Reviews on each of the next 14 days: 2 today, 0 tomorrow, 2 in all.' in page


def test_a_review_is_a_practice_session_with_what_is_due(alice, desk, clock):
    missed = sit(alice, desk)
    clock.advance(days=1)
    alice.get("/reviews")
    (form,) = starts(alice)
    response = alice.follow(alice.send(form))
    while response.status_code == 303:
        response = alice.follow(response)
    assert "Due today" in response.text
    assert 'the session waits for you under <a href="/practice">Practice</a>' in response.text
    assert any(desk.question(slot).prompt.split(":")[0] in response.text for slot in missed)


def test_starting_the_reviews_again_leaves_one_session_open(alice, desk, clock):
    sit(alice, desk)
    clock.advance(days=1)
    for _ in range(3):
        alice.get("/reviews")
        (form,) = starts(alice)
        alice.send(form)
    assert alice.get("/practice").text.count("Open session: Due today") == 1


def test_a_review_that_is_not_due_starts_nothing(alice, desk):
    sit(alice, desk)
    alice.get("/")
    assert alice.post("/certifications/tiny/reviews").location == "/reviews"
    assert alice.post("/certifications/none/reviews").status_code == 404


def test_a_strangers_review_is_nothing(stranger):
    stranger.get("/certifications/tiny")
    assert stranger.post("/certifications/tiny/reviews").status_code == 404


def test_one_certifications_reviews_leave_the_others_out(alice, desk, clock):
    desk.load(make_pack(id="other-pack", blueprint=make_blueprint(id="other", title="Other Certification")))
    sit(alice, desk)
    clock.advance(days=1)
    page = alice.get("/reviews").text
    assert "Other Certification" not in page
    assert alice.post("/certifications/other/reviews").location == "/reviews"
