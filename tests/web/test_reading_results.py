"""Report, receipt and history, as pages."""

import re

import pytest

from simulator.exam.form import form_hash
from simulator.store.queries.attempts import OPERATOR


@pytest.fixture
def graded(alice, desk, clock):
    """An attempt: slot 1 right, 2 wrong, 3 a guess and right, 4 flagged and wrong, 5 and 6 not answered."""
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    slots = desk.form(attempt_id, actor=OPERATOR).slots
    marks = {2: {"struck": [0]}, 3: {"confidence": "guess"}, 4: {"flagged": True, "confidence": "unsure"}}
    for slot in slots[:4]:
        clock.advance(minutes=1)
        response = desk.right(slot) if slot.number % 2 else desk.wrong(slot)
        alice.save(
            attempt_id,
            slot.number,
            response,
            epoch=epoch,
            sequence=slot.number,
            spent_ms=60_000 * slot.number,
            **marks.get(slot.number, {}),
        )
    clock.advance(minutes=1)
    alice.submit(attempt_id)
    return attempt_id


def shown(alice, attempt_id, **query):
    page = alice.get(f"/attempts/{attempt_id}/report", query_string=query).text
    return [int(number) for number in re.findall(r'<article class="card reviewed" id="question-(\d+)"', page)]


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_the_report_says_what_was_right_and_what_that_is_worth(alice, graded, desk):
    slots = desk.form(graded, actor=OPERATOR).slots
    right = sum(slot.scored for slot in slots if slot.number in (1, 3))
    text = text_of(alice.get(f"/attempts/{graded}/report").text)
    assert f"{100 + 180 * right} simulated score" in text
    assert f"Correct {right} of 5" in text
    assert "Not answered 2" in text
    assert "Time used 5 min" in text
    assert "pass mark 730 (assumed)" in text
    assert "points of percent" in text
    assert "You submitted the exam." in text
    for domain in ("Data", "Modeling"):
        assert domain in text


def test_the_report_shows_every_question_with_keys_and_reasons(alice, graded, desk):
    page = alice.get(f"/attempts/{graded}/report").text
    for slot in desk.form(graded, actor=OPERATOR).slots:
        question = desk.question(slot)
        article = page.partition(f'<article class="card reviewed" id="question-{slot.number}"')[2]
        article = article.partition("</article>")[0]
        for option in question.options:
            assert option.rationale in article
        assert question.takeaway in article
        assert question.references[0].url in article
        # In the words in which practice offers it.
        assert "Skills: Ingesting data" in text_of(article)
        letters = ", ".join("ABCDE"[place] for place in desk.right(slot))
        assert f"Key {letters}" in text_of(article)
        assert ("Unscored, does not count" in article) is not slot.scored
        result = {1: "Correct", 2: "Wrong", 3: "Correct", 4: "Wrong"}.get(slot.number, "Not answered")
        assert result in text_of(article)


def test_filters_narrow_the_questions_without_scripts(alice, graded, desk):
    slots = desk.form(graded, actor=OPERATOR).slots
    unscored = [slot.number for slot in slots if not slot.scored]
    assert shown(alice, graded) == [1, 2, 3, 4, 5, 6]
    assert shown(alice, graded, show="wrong") == [2, 4, 5, 6]
    assert shown(alice, graded, show="flagged") == [4]
    assert shown(alice, graded, show="guessed") == [3]
    assert shown(alice, graded, show="unscored") == unscored
    for domain in ("data", "modeling"):
        inside = [slot.number for slot in slots if slot.domain == domain]
        assert shown(alice, graded, domain=domain) == inside
        assert shown(alice, graded, domain=domain, show="wrong") == [n for n in inside if n in (2, 4, 5, 6)]


def test_filters_nobody_has_heard_of_do_no_harm(alice, graded):
    assert shown(alice, graded, show="everything") == [1, 2, 3, 4, 5, 6]
    assert shown(alice, graded, show="\x00") == [1, 2, 3, 4, 5, 6]
    assert shown(alice, graded, domain="") == [1, 2, 3, 4, 5, 6]
    assert shown(alice, graded, domain="cooking") == []
    page = alice.get(f"/attempts/{graded}/report", query_string={"domain": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_the_receipt_lists_every_slot_with_its_answer_and_its_moment(alice, graded, desk):
    page = alice.get(f"/attempts/{graded}/receipt").text
    rows = [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", page, flags=re.DOTALL)][1:]
    assert len(rows) == 6
    slots = desk.form(graded, actor=OPERATOR).slots
    assert rows[0].startswith("1 " + ", ".join("ABCDE"[place] for place in desk.right(slots[0])))
    assert "09:01:00 UTC" in rows[0]
    assert "flagged unsure 4 min" in rows[3]
    assert rows[5] == "6 none 0 s never opened"
    assert str(desk.form(graded, actor=OPERATOR).seed) in page


def test_the_receipt_of_an_open_attempt_keeps_the_seed_which_would_tell_the_unscored_questions(alice, desk):
    attempt_id = alice.begin()
    page = alice.get(f"/attempts/{attempt_id}/receipt").text
    form = desk.form(attempt_id, actor=OPERATOR)
    assert str(form.seed) not in page
    assert form_hash(form) in page
    alice.submit(attempt_id)
    assert str(form.seed) in alice.get(f"/attempts/{attempt_id}/receipt").text


def test_the_history_lists_attempts_and_their_scores_over_time(alice, graded, clock):
    clock.advance(days=1)
    second = alice.begin()
    alice.submit(second)
    clock.advance(days=1)
    third = alice.begin()
    page = alice.get("/history").text
    for attempt_id in (graded, second, third):
        assert f"/attempts/{attempt_id}" in page
    assert "<svg" in page
    home = alice.get("/").text
    assert "Resume" in home
    assert f"/attempts/{second}/report" in home


def test_an_expired_attempt_offers_its_report(alice, clock):
    attempt_id = alice.begin()
    clock.advance(hours=2)
    for url in ("/", "/history"):
        page = alice.get(url).text
        assert f"/attempts/{attempt_id}/report" in page
        assert "Resume" not in page
    assert alice.get(f"/attempts/{attempt_id}").location == f"/attempts/{attempt_id}/report"
    assert "Time is up" in alice.get(f"/attempts/{attempt_id}/report").text
    assert alice.get(f"/attempts/{attempt_id}/receipt").status_code == 200


def test_submitting_twice_shows_the_same_report(alice, graded):
    before = alice.get(f"/attempts/{graded}/report").text
    assert alice.submit(graded).location == f"/attempts/{graded}/report"
    assert alice.get(f"/attempts/{graded}/report").text == before


def test_words_of_a_pack_cannot_break_out_of_the_page(alice, desk):
    from dataclasses import replace

    from factories import make_pack, make_questions

    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> &amp; **bold**"
    questions = [
        replace(
            question,
            scenario=evil,
            prompt=evil,
            takeaway=evil,
            options=tuple(
                replace(option, text=f"{n} {evil}", rationale=evil) for n, option in enumerate(question.options)
            ),
        )
        for question in make_questions()
    ]
    desk.load(make_pack(questions))
    attempt_id = alice.begin()
    pages = [alice.get(f"/attempts/{attempt_id}{path}").text for path in ("", "/questions/1")]
    alice.submit(attempt_id)
    pages.append(alice.get(f"/attempts/{attempt_id}/report").text)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page
        assert "<strong>bold</strong>" in page
