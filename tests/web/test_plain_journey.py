"""A whole exam without scripts: pages, links and forms."""

import re

import pytest

from simulator.store.queries.attempts import OPERATOR


@pytest.fixture
def form_of(desk):
    return lambda attempt_id: desk.form(attempt_id, actor=OPERATOR)


def test_alice_sits_a_whole_exam_without_scripts(alice, desk, clock, form_of):
    # From the home page by the link of the exam.
    home = alice.get("/").text
    assert 'href="/certifications/tiny"' in home
    alice.get("/certifications/tiny")
    (begin,) = alice.forms
    room = alice.follow(alice.send(begin))
    assert room.status_code == 200
    plain = re.search(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)">', room.text)
    attempt_id = plain[1].split("/")[2]
    slots = form_of(attempt_id).slots
    mistaken = next(slot for slot in slots if len(desk.right(slot)) == 1)

    # Question after question, with "Next".
    chosen = {slot.number: desk.wrong(slot) if slot == mistaken else desk.right(slot) for slot in slots}
    alice.follow(alice.get(plain[1]))
    for slot in slots:
        clock.advance(seconds=20)
        (form,) = alice.forms
        assert form.fields["response"] == []
        last = slot.number == len(slots)
        response = [str(number) for number in chosen[slot.number]]
        sent = alice.send(form, ("go", "review" if last else "next"), response=response)
        page = alice.follow(sent).text
        if not last:
            assert f"Question {slot.number + 1} of 6" in re.sub("<[^>]+>", "", page)

    # Back to the second, to flag it and to say how sure she is; what she chose is still there.
    alice.get(f"/attempts/{attempt_id}/questions/2")
    (form,) = alice.forms
    assert form.fields["response"] == [str(number) for number in chosen[2]]
    alice.follow(alice.send(form, ("go", "save"), flagged="1", confidence="guess"))
    (form,) = alice.forms
    assert form.fields["flagged"] == ["1"]
    assert form.fields["confidence"] == ["guess"]
    assert alice.follow(alice.send(form, ("go", "previous"))).request.path.endswith("/questions/1")

    # The review counts, and submits.
    review = alice.get(f"/attempts/{attempt_id}/review").text
    assert "All 6 questions are answered." in review
    (submit,) = alice.forms
    report = alice.follow(alice.send(submit)).text
    right = 4 if mistaken.scored else 5
    assert f'<span class="verdict__figure">{100 + 180 * right}</span>' in report
    assert f"{right} of 5" in report
    home = alice.get("/").text
    assert "Resume" not in home
    assert f"/attempts/{attempt_id}/report" in home
    assert f"/attempts/{attempt_id}/report" in alice.get("/history").text


def test_who_comes_back_without_scripts_is_at_the_question_saved_last(alice, clock):
    attempt_id = alice.begin()
    url = f"/attempts/{attempt_id}/questions"
    assert alice.get(url).location == f"{url}/1"
    epoch = alice.hold(attempt_id)["epoch"]
    for sequence, slot in enumerate((2, 5, 3), start=1):
        alice.save(attempt_id, slot, [], epoch=epoch, sequence=sequence)
    assert alice.get(url).location == f"{url}/3"
    clock.advance(hours=2)
    assert alice.get(url).location == f"/attempts/{attempt_id}/report"


def test_the_review_counts_what_is_missing_and_flagged(alice):
    attempt_id = alice.begin()
    review = alice.get(f"/attempts/{attempt_id}/review").text
    assert "<strong>6 of 6</strong> questions are not fully answered" in review
    alice.get(f"/attempts/{attempt_id}/questions/1")
    (form,) = alice.forms
    alice.send(form, response="0", flagged="1")
    review = alice.get(f"/attempts/{attempt_id}/review").text
    assert "<strong>1</strong> is flagged" in review


def test_the_time_on_a_page_is_counted_and_a_tampered_one_is_not(alice, clock, desk):
    attempt_id = alice.begin()
    url = f"/attempts/{attempt_id}/questions/1"
    for _ in range(2):
        alice.get(url)
        clock.advance(seconds=15)
        alice.send(alice.forms[0])
    assert alice.hold(attempt_id)["answers"]["1"]["spent_ms"] == 30_000
    for shown in ("", "yesterday", "-1", str(10**30), "9" * 5000, "\u0661"):
        alice.get(url)
        answer = alice.send(alice.forms[0], shown_ms=shown)
        assert answer.status_code == 303, shown
        assert 30_000 <= alice.hold(attempt_id)["answers"]["1"]["spent_ms"] <= 7 * 24 * 3_600_000


def test_the_latest_page_that_is_sent_wins_over_a_room_that_is_open_elsewhere(alice):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    alice.save(attempt_id, 1, [0], epoch=epoch, sequence=1, struck=[2])
    alice.get(f"/attempts/{attempt_id}/questions/1")
    alice.send(alice.forms[0], response="1")
    assert alice.save(attempt_id, 1, [0], epoch=epoch, sequence=2).json["error"] == "stale"
    kept = alice.hold(attempt_id)["answers"]["1"]
    assert (kept["response"], kept["struck"]) == ([1], [2])


@pytest.mark.parametrize(
    "changes",
    [
        {"response": "A"},
        {"response": "9"},
        {"response": "-1"},
        {"response": ["0", "0"]},
        {"response": ["0", "1", "2", "3", "4", "0"]},
        {"response": "9" * 5000},
        {"response": "0\x00"},
        {"confidence": "certain"},
    ],
)
def test_a_malformed_form_is_a_400_with_a_reason_and_changes_nothing(alice, changes):
    attempt_id = alice.begin()
    alice.get(f"/attempts/{attempt_id}/questions/1")
    (form,) = alice.forms
    alice.send(form, response="1")
    answer = alice.send(form, **changes)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert alice.hold(attempt_id)["answers"]["1"]["response"] == [1]


def test_an_unknown_button_saves_and_stays(alice):
    attempt_id = alice.begin()
    alice.get(f"/attempts/{attempt_id}/questions/3")
    answer = alice.send(alice.forms[0], go="elsewhere")
    assert answer.location == f"/attempts/{attempt_id}/questions/3"


@pytest.mark.parametrize(("slot", "go"), [(1, "previous"), (6, "next")])
def test_there_is_nothing_before_the_first_and_after_the_last_question(alice, slot, go):
    attempt_id = alice.begin()
    alice.get(f"/attempts/{attempt_id}/questions/{slot}")
    assert ("go", go) not in alice.forms[0].buttons


def test_after_the_time_is_up_a_page_leads_on_to_the_report(alice, clock):
    attempt_id = alice.begin()
    alice.get(f"/attempts/{attempt_id}/questions/1")
    (form,) = alice.forms
    alice.send(form, response="1")
    clock.advance(hours=1, minutes=1)
    page = alice.follow(alice.send(form, response="2"))
    assert "Time is up" in page.text
    assert "<strong>1 of 6</strong>" in page.text
    (show,) = alice.forms
    report = alice.follow(alice.send(show)).text
    assert "The exam closed when the time was up." in report
    assert "Time is up" not in alice.get(f"/attempts/{attempt_id}/report").text
