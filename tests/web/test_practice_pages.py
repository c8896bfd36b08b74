"""Practice without scripts: choosing, answering, feedback, stopping and going on; and what hostile hands send."""

import re

import pytest
from factories import make_blueprint, make_pack, make_questions
from sqlmodel import delete

from simulator.exam import form as forms
from simulator.exam.practice import QUICK
from simulator.operations import practising
from simulator.store.queries.practice import get_practice
from simulator.store.tables import CertificationRow, PracticeRow
from simulator.web import practice_kinds
from simulator.web.practice_kinds import PracticeKind

QUESTIONS = {question.id: question for question in make_questions()}


def words(page):
    """Return a page's text without its markup."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.text)).strip()


def choosing(browser, url="/practice"):
    """Open the practice page and return its form."""
    browser.get(url)
    return next(form for form in browser.forms if form.action.endswith("/sessions"))


def begin(browser, **criteria):
    """Start a session and return its id; the browser is at the first question."""
    sent = browser.send(choosing(browser), ("go", "start"), **criteria)
    page = browser.follow(browser.follow(sent))
    assert page.status_code == 200
    return page.request.path.split("/")[2]


@pytest.fixture
def form_of(desk):
    """Return the form of a session, read past the pages."""

    def read(practice_id):
        row = desk.read(lambda s: s.get(PracticeRow, practice_id))
        return forms.from_document(row.form)

    return read


def response_to(desk, slot, *, right):
    """Return a complete response as a browser would send it."""
    key = desk.right(slot)
    chosen = key if right else sorted([*key[1:], desk.wrong(slot)[0]])
    return [str(number) for number in chosen]


def question_form(browser):
    return next(form for form in browser.forms if ("go", "check") in form.buttons)


def test_alice_practises_without_scripts_and_goes_on_after_a_break(alice, desk, clock, form_of):
    practice_id = begin(alice, count="3", domain=["data"])
    slots = form_of(practice_id).slots
    assert {slot.domain for slot in slots} == {"data"}
    clock.advance(seconds=40)
    sent = alice.send(question_form(alice), ("go", "check"), response=response_to(desk, slots[0], right=True))
    page = alice.follow(sent)
    assert page.request.path == f"/practice/{practice_id}/questions/1"
    question = QUESTIONS[slots[0].question_id.rpartition("/")[2]]
    text = words(page)
    assert "Correct" in text
    assert "1 answered, 1 right" in text
    assert question.takeaway in text
    assert question.references[0].url in page.text
    assert all(option.rationale in text for option in question.options)
    assert "Time 40 s" in text

    # She leaves; the session is listed, and goes on at the first open question.
    listed = alice.get("/practice")
    assert "1 of 3 answered, 1 right" in words(listed)
    page = alice.follow(alice.get(f"/practice/{practice_id}"))
    assert page.request.path.endswith("/questions/2")
    alice.follow(alice.send(question_form(alice), ("go", "check"), response=response_to(desk, slots[1], right=False)))
    page = alice.get(f"/practice/{practice_id}/questions/3")
    page = alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    assert f'href="/practice/{practice_id}/summary"' in page.text

    summary = words(alice.follow(alice.get(f"/practice/{practice_id}")))
    assert "1 of 3 right" in summary
    assert "Answered 3 of 3" in summary
    assert "1 of 3" in summary
    listed = alice.get("/practice")
    assert f"/practice/{practice_id}/summary" in listed.text
    assert "Go on" not in words(listed)


def test_feedback_says_in_words_what_was_chosen_and_what_was_right(alice, desk, form_of):
    practice_id = begin(alice, count="2", type=["single_choice"])
    slot = form_of(practice_id).slots[0]
    chosen = response_to(desk, slot, right=False)
    page = words(alice.follow(alice.send(question_form(alice), ("go", "check"), response=chosen)))
    letter, key = "ABCD"[int(chosen[0])], "ABCD"[desk.right(slot)[0]]
    assert f"Not correct You chose {letter}. The key is {key}." in page


def test_no_key_is_sent_before_the_answer_is_stored(alice, desk, form_of):
    practice_id = begin(alice, count="12")
    slots = form_of(practice_id).slots
    secrets = [option.rationale for question in QUESTIONS.values() for option in question.options]
    secrets += [text for question in QUESTIONS.values() for text in (question.takeaway, question.references[0].url)]
    pages = [alice.get(f"/practice/{practice_id}/questions/{slot.number}") for slot in slots]
    pages += [alice.get(f"/practice/{practice_id}/summary"), alice.get("/practice")]
    # A refused response tells nothing either.
    alice.get(f"/practice/{practice_id}/questions/1")
    pages.append(alice.send(question_form(alice), ("go", "check")))
    assert pages[-1].status_code == 400
    for page in pages:
        assert [secret for secret in secrets if secret in page.text] == [], page.request.url
    alice.get(f"/practice/{practice_id}/questions/1")
    page = alice.follow(
        alice.send(question_form(alice), ("go", "check"), response=response_to(desk, slots[0], right=True))
    )
    shown = {secret for secret in secrets if secret in page.text}
    own = QUESTIONS[slots[0].question_id.rpartition("/")[2]]
    assert shown == {*(option.rationale for option in own.options), own.takeaway, own.references[0].url}


def test_the_page_says_how_many_match_and_when_nothing_does(alice):
    assert "12 questions match" in words(alice.get("/practice?certification=tiny"))
    assert "4 questions match" in words(alice.get("/practice?certification=tiny&domain=modeling"))
    nothing = words(alice.get("/practice?certification=tiny&show=missed"))
    assert "0 questions match" in nothing
    assert "Nothing is like that." in nothing
    form = choosing(alice, "/practice?certification=tiny&show=missed")
    refused = alice.send(form, ("go", "start"))
    assert refused.status_code == 409
    assert "No question is like that." in words(refused)


def test_a_link_fills_the_form_in_and_leaves_out_what_it_gets_wrong(alice):
    url = "/practice?certification=tiny&domain=modeling&task=1.1&skill=data-ingestion&difficulty=3&type=single_choice"
    form = choosing(alice, f"{url}&show=unseen&count=7&pace=90&exams=3")
    chosen = {name: values for name, values in form.fields.items() if name != "csrf_token"}
    assert chosen == {
        "domain": ["modeling"],
        "task": ["1.1"],
        "skill": ["data-ingestion"],
        "difficulty": ["3"],
        "type": ["single_choice"],
        "show": ["unseen"],
        "count": ["7"],
        "pace": ["90"],
        "exams": ["3"],
    }
    wrong = (
        "domain=modeling&domain=gone&skill=juggling&difficulty=hard&difficulty=3&show=best&count=lots&pace=-1&exams=x"
    )
    form = choosing(alice, f"/practice?certification=tiny&{wrong}")
    assert form.fields["domain"] == ["modeling"]
    assert form.fields["show"] == ["all"]
    assert form.fields["count"] == ["10"]
    assert (form.fields["skill"], form.fields["pace"], form.fields["exams"]) == ([], ["0"], ["1"])


def test_show_how_many_keeps_what_was_chosen(alice):
    sent = alice.send(choosing(alice), ("go", "count"), domain=["modeling"], show="unseen", count="4")
    assert "csrf" not in sent.location
    page = alice.follow(sent)
    assert "4 questions match" in words(page)
    form = next(form for form in alice.forms if form.action.endswith("/sessions"))
    assert (form.fields["domain"], form.fields["show"], form.fields["count"]) == (["modeling"], ["unseen"], ["4"])


def test_the_counts_for_the_script_are_those_of_the_page(alice):
    answer = alice.get("/practice/count?certification=tiny&domain=data&show=unseen")
    assert answer.json["matching"] == 8
    assert answer.json["held"] == 0
    assert (answer.json["pools"]["all"], answer.json["pools"]["missed"]) == (8, 0)
    assert alice.get("/practice/count").status_code == 404
    assert alice.get("/practice/count?certification=unknown").status_code == 404
    assert alice.get("/practice/count?certification=%00").status_code == 404


def test_questions_on_an_open_exam_wait(alice, form_of):
    practice_id = begin(alice, count="12")
    attempt_id = alice.begin()
    page = words(alice.get("/practice?certification=tiny"))
    assert "6 questions match" in page
    assert "6 more wait until the exam you have open is submitted." in page
    # Those of the session that are on the exam are held back; the others can be answered.
    texts = {n: words(alice.get(f"/practice/{practice_id}/questions/{n}")) for n in range(1, 13)}
    held = [n for n, text in texts.items() if "This question is on an exam you have open" in text]
    assert len(held) == 6
    assert not any("Scenario" in texts[n] for n in held)
    assert "Answer the 6 left" in words(alice.get(f"/practice/{practice_id}/summary"))
    sent = alice.post(f"/practice/{practice_id}/questions/{held[0]}", go="give-up", response="0")
    assert sent.status_code == 409
    alice.submit(attempt_id)
    assert "Scenario" in words(alice.get(f"/practice/{practice_id}/questions/{held[0]}"))


def test_a_flag_is_put_on_and_taken_off_and_leads_to_practice(alice):
    practice_id = begin(alice, count="2")
    alice.follow(alice.send(question_form(alice), ("go", "give-up"), flagged="1"))
    remove = next(form for form in alice.forms if form.action.endswith("/flag"))
    assert "1 question matches" in words(alice.get("/practice?certification=tiny&show=flagged"))
    alice.get(f"/practice/{practice_id}/questions/1")
    page = alice.follow(alice.send(remove))
    assert "Remove the flag" not in page.text
    assert "0 questions match" in words(alice.get("/practice?certification=tiny&show=flagged"))
    assert alice.post(f"/practice/{practice_id}/questions/2/flag", flagged="1").status_code == 404


def test_a_flagged_question_comes_with_its_flag(alice):
    begin(alice, count="12")
    alice.follow(alice.send(question_form(alice), ("go", "give-up"), flagged="1"))
    begin(alice, show="flagged")
    assert question_form(alice).fields["flagged"] == ["1"]


def test_a_second_answer_changes_nothing_and_is_told_so(alice, desk, form_of):
    practice_id = begin(alice, count="2", type=["single_choice"])
    form, slot = question_form(alice), form_of(practice_id).slots[0]
    first = response_to(desk, slot, right=False)
    alice.follow(alice.send(form, ("go", "check"), response=first))
    url = f"/practice/{practice_id}/questions/1"
    again = alice.open(url, method="POST", data={**form.fields, "go": "check", "response": first})
    assert again.location == url
    other = alice.open(
        url, method="POST", data={**form.fields, "go": "check", "response": response_to(desk, slot, right=True)}
    )
    page = words(alice.follow(other))
    assert "Your first answer stands" in page
    assert "Not correct" in page


def test_a_session_can_be_ended_early_and_still_be_answered(alice):
    practice_id = begin(alice, count="3")
    alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    end = next(form for form in alice.forms if form.action.endswith("/finish"))
    summary = alice.follow(alice.send(end))
    assert "Answer the 2 left" in words(summary)
    assert "Go on" not in words(alice.get("/practice"))
    page = alice.follow(alice.get(f"/practice/{practice_id}"))
    alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    assert page.status_code == 200


def test_a_summary_without_any_answer_is_a_page_too(alice):
    practice_id = begin(alice, count="3", pace="60")
    assert "0 of 0 right" in words(alice.get(f"/practice/{practice_id}/summary"))


def test_the_pace_is_shown_and_counted_in_the_summary(alice, clock):
    practice_id = begin(alice, count="2", pace="30")
    assert "Your pace: 30 s a question" in words(alice.get(f"/practice/{practice_id}/questions/1"))
    clock.advance(seconds=31)
    alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    assert "Over your pace of 30 s 1" in words(alice.get(f"/practice/{practice_id}/summary"))


@pytest.mark.parametrize(
    ("measured", "seconds"), [("12000", "12 s"), ("", "50 s"), ("-5", "50 s"), ("9" * 5000, "50 s"), ("soon", "50 s")]
)
def test_the_time_is_the_scripts_or_else_the_servers(alice, clock, measured, seconds):
    begin(alice, count="1")
    clock.advance(seconds=50)
    page = alice.follow(alice.send(question_form(alice), ("go", "give-up"), spent_ms=measured))
    assert f"Time {seconds}" in words(page)


@pytest.mark.parametrize(
    "changes",
    [
        {"response": []},
        {"response": ["0", "1"]},
        {"response": ["A"]},
        {"response": ["9"]},
        {"response": ["-1"]},
        {"response": ["0", "0"]},
        {"response": ["9" * 5000]},
        {"response": ["0\x00"]},
        {"response": ["0"], "confidence": "certain"},
        {"response": ["9" * 5000], "confidence": "certain"},
    ],
)
def test_a_malformed_answer_is_a_400_with_a_reason_and_stores_nothing(alice, changes):
    practice_id = begin(alice, count="1", type=["single_choice"])
    answer = alice.send(question_form(alice), ("go", "check"), **changes)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert "0 of 0 right" in words(alice.get(f"/practice/{practice_id}/summary"))


def test_what_was_chosen_stays_chosen_when_the_answer_is_refused(alice, form_of, desk):
    practice_id = begin(alice, count="1", type=["multiple_response"])
    refused = alice.send(question_form(alice), ("go", "check"), response=["2"], flagged="1", confidence="sure")
    assert "Choose 2 answers; you chose 1." in words(refused)
    form = question_form(alice)
    assert (form.fields["response"], form.fields["flagged"], form.fields["confidence"]) == (["2"], ["1"], ["sure"])
    assert len(form_of(practice_id).slots) == 1


def test_nonsense_about_an_answered_question_is_refused(alice):
    begin(alice, count="1")
    form = question_form(alice)
    alice.follow(alice.send(form, ("go", "give-up")))
    answer = alice.open(f"{alice.url}", method="POST", data={**form.fields, "confidence": "certain"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"count": "0"}, "from 1 to 100"),
        ({"count": "101"}, "from 1 to 100"),
        ({"count": "-3"}, "from 1 to 100"),
        ({"count": "9" * 5000}, ""),
        ({"count": ""}, "from 1 to 100"),
        ({"count": "ten"}, ""),
        ({"domain": ["gone"]}, ""),
        ({"difficulty": ["6"]}, ""),
        ({"show": "best"}, ""),
        ({"pace": "7"}, ""),
        ({"exams": "10000"}, ""),
    ],
)
def test_criteria_that_do_not_exist_start_nothing(alice, changes, reason):
    answer = alice.send(choosing(alice), ("go", "start"), **changes)
    assert answer.status_code == 400
    assert reason in words(answer)
    assert "Go on" not in words(alice.get("/practice"))


@pytest.mark.parametrize("slot", ["0", "4", "99999999999999999999", "-1", "x"])
def test_there_is_no_question_outside_of_the_session(alice, slot):
    practice_id = begin(alice, count="3")
    assert alice.get(f"/practice/{practice_id}/questions/{slot}").status_code == 404
    assert alice.post(f"/practice/{practice_id}/questions/{slot}", response="0").status_code == 404
    assert alice.post(f"/practice/{practice_id}/questions/{slot}/flag", flagged="1").status_code == 404


CALLS = [
    ("GET", ""),
    ("GET", "/questions/1"),
    ("GET", "/questions/2"),
    ("POST", "/questions/1"),
    ("POST", "/questions/2"),
    ("POST", "/questions/1/flag"),
    ("POST", "/finish"),
    ("GET", "/summary"),
]


def test_bob_and_strangers_find_nothing_of_alices_session(alice, bob, stranger):
    practice_id = begin(alice, count="3")
    alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    stranger.get("/certifications/tiny")
    for browser in (bob, stranger):
        for name in (practice_id, "unknown", "%00"):
            for method, path in CALLS:
                url = f"/practice/{name}{path}"
                answer = browser.get(url) if method == "GET" else browser.post(url, response="0", go="check")
                assert answer.status_code == 404, (method, url)
                assert "Scenario" not in answer.text
        assert practice_id not in browser.get("/practice").text
    assert "1 of 3 answered" in words(alice.get("/practice"))


def test_every_write_needs_a_token(alice):
    practice_id = begin(alice, count="3")
    alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    for path in ("/questions/2", "/questions/1/flag", "/finish"):
        answer = alice.open(f"/practice/{practice_id}{path}", method="POST", data={"go": "give-up", "flagged": "1"})
        assert answer.status_code == 400, path
        assert "Please confirm" in answer.text
    assert alice.open("/practice/tiny/sessions", method="POST", data={"count": "3", "show": "all"}).status_code == 400
    page = words(alice.get("/practice"))
    assert page.count("1 of 3 answered") == 1


def test_a_stranger_may_look_at_what_there_is_and_becomes_a_candidate_by_starting(stranger):
    assert "12 questions match" in words(stranger.get("/practice"))
    assert stranger.post("/practice/unknown/sessions", count="3", show="all").status_code == 404
    begin(stranger, count="1")
    assert "0 of 1 answered" in words(stranger.get("/practice"))


def test_the_certification_practised_last_comes_first(alice, desk):
    other = make_blueprint(id="other", title="A Different Certification", code="OT-1")
    desk.load(make_pack(blueprint=other, id="other-pack", fingerprint="other"))
    first = choosing(alice)
    assert first.action == "/practice/other/sessions"
    assert choosing(alice, "/practice?certification=tiny").action == "/practice/tiny/sessions"
    alice.send(next(form for form in alice.forms if form.action == "/practice/tiny/sessions"), ("go", "start"))
    assert choosing(alice).action == "/practice/tiny/sessions"
    assert alice.get("/practice?certification=unknown").status_code == 404


def test_a_kind_that_grows_shows_how_far_it_may_go(alice, desk, clock, monkeypatch):
    """What a quick check builds on: its next question is there as soon as one is answered."""
    ids = [f"tiny-pack/q{number:02}" for number in range(3)]

    def go_on(session, catalogue, practice_id, actor, now):
        size = len(practising.load_practice(session, catalogue, practice_id, actor=actor).form.slots)
        if size < 2:
            practising.append_slot(session, catalogue, practice_id, ids[size], after=size, actor=actor)
        else:
            practising.finish_practice(session, practice_id, actor=actor, now=now)

    kind = PracticeKind("Check", go_on=go_on, most=25, summary="practice.summary")
    monkeypatch.setitem(practice_kinds.KINDS, QUICK, kind)
    practice_id = begin(alice, count="1")
    actor = desk.read(lambda s: s.get(PracticeRow, practice_id)).candidate_id
    desk.write(
        lambda s: practising.start_practice(
            s,
            desk.catalogue,
            "tiny",
            kind=QUICK,
            criteria={},
            question_ids=ids[:1],
            practice_id="check",
            seed=1,
            actor=actor,
            now=clock(),
        )
    )
    page = alice.follow(alice.get("/practice/check"))
    assert "Question 1 of at most 25" in words(page)
    page = alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    assert 'href="/practice/check/questions/2"' in page.text
    alice.get("/practice/check/questions/2")
    page = alice.follow(alice.send(question_form(alice), ("go", "give-up")))
    assert 'href="/practice/check/summary"' in page.text
    assert desk.read(lambda s: get_practice(s, "check", actor=actor)).finished_at is not None


def test_a_session_outlives_its_domain_and_its_questions(alice, desk):
    practice_id = begin(alice, count="12")
    smaller = make_blueprint(domains=make_blueprint().domains[:1])
    desk.load(make_pack([], blueprint=smaller))
    pages = [alice.get(f"/practice/{practice_id}/questions/{slot}") for slot in range(1, 13)]
    assert {page.status_code for page in pages} == {200}
    for slot in range(1, 13):
        alice.get(f"/practice/{practice_id}/questions/{slot}")
        assert alice.follow(alice.send(question_form(alice), ("go", "give-up"))).status_code == 200
    assert "modeling" in words(alice.get(f"/practice/{practice_id}/summary"))


def test_without_any_pack_the_page_says_how_to_add_one(alice, desk):
    desk.write(lambda s: s.exec(delete(CertificationRow)))
    assert "Nothing to practise yet" in words(alice.get("/practice"))
