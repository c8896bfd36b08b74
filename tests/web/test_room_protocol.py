"""The room's JSON protocol: every status, as the room's scripts rely on it."""

import json

import pytest
from browser import Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MINUTE = 60_000


@pytest.fixture
def attempt_id(alice):
    return alice.begin()


@pytest.fixture
def epoch(alice, attempt_id):
    return alice.hold(attempt_id)["epoch"]


def answers(alice, attempt_id):
    """Return what is saved, by taking the attempt over."""
    return {slot: answer["response"] for slot, answer in alice.hold(attempt_id)["answers"].items()}


def test_holding_an_attempt_nobody_has_answered_yet(alice, attempt_id):
    answer = alice.json("POST", f"/attempts/{attempt_id}/hold", {})
    assert answer.status_code == 200
    held = answer.json
    assert held.pop("csrf_token")
    assert held == {
        "epoch": 1,
        "sequence": 0,
        "current_slot": 1,
        "remaining_ms": 60 * MINUTE,
        "server_time": "2026-11-23T09:00:00.000Z",
        "answers": {},
    }


def test_a_save_is_acknowledged_with_the_time_and_the_time_left(alice, attempt_id, epoch, clock):
    clock.advance(minutes=5, milliseconds=250)
    answer = alice.save(attempt_id, 2, [1], epoch=epoch, sequence=1, age_ms=120)
    assert answer.status_code == 200
    assert answer.json == {
        "saved_at": "2026-11-23T09:05:00.250Z",
        "sequence": 1,
        "remaining_ms": 55 * MINUTE - 250,
        "late": False,
    }


def test_another_tab_gets_everything_that_was_saved(alice, attempt_id, epoch, clock):
    clock.advance(minutes=1)
    marks = {"flagged": True, "confidence": "unsure", "struck": [2, 0], "spent_ms": 53_000, "age_ms": 1000}
    alice.save(attempt_id, 5, [1], epoch=epoch, sequence=1, **marks)
    alice.save(attempt_id, 3, [], epoch=epoch, sequence=2)
    clock.advance(minutes=1)
    held = alice.hold(attempt_id)
    assert (held["epoch"], held["sequence"], held["current_slot"]) == (2, 2, 3)
    assert held["answers"]["5"] == {
        "response": [1],
        "flagged": True,
        "confidence": "unsure",
        "struck": [0, 2],
        "spent_ms": 53_000,
        "saved_at": "2026-11-23T09:01:00.000Z",
        "age_ms": 61_000,
    }
    assert held["answers"].keys() == {"5", "3"}


def test_a_save_sent_twice_is_acknowledged_twice_and_kept_once(alice, attempt_id, epoch, clock):
    first = alice.save(attempt_id, 1, [1], epoch=epoch, sequence=3).json
    clock.advance(seconds=1)
    again = alice.save(attempt_id, 1, [1], epoch=epoch, sequence=3)
    assert again.status_code == 200
    assert again.json == {**first, "remaining_ms": first["remaining_ms"] - 1000}
    older = alice.save(attempt_id, 1, [2], epoch=epoch, sequence=2)
    assert (older.status_code, older.json["sequence"]) == (200, 3)
    assert answers(alice, attempt_id) == {"1": [1]}


def test_a_tab_that_was_taken_over_is_stale(alice, attempt_id, epoch):
    alice.hold(attempt_id)
    answer = alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1)
    assert (answer.status_code, answer.json["error"]) == (409, "stale")
    assert answers(alice, attempt_id) == {}


def test_after_submission_everything_is_closed_and_says_where_the_report_is(alice, attempt_id, epoch):
    alice.submit(attempt_id)
    report_url = f"/attempts/{attempt_id}/report"
    for answer in (
        alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1),
        alice.json("POST", f"/attempts/{attempt_id}/hold", {}),
    ):
        assert (answer.status_code, answer.json["error"], answer.json["report_url"]) == (409, "closed", report_url)
    state = alice.get(f"/attempts/{attempt_id}/state").json
    assert (state["state"], state["report_url"]) == ("graded", report_url)


def test_the_state_follows_the_clock(alice, attempt_id, epoch, clock):
    url = f"/attempts/{attempt_id}/state"
    assert alice.get(url).json["remaining_ms"] == 60 * MINUTE
    clock.advance(minutes=59)
    state = alice.get(url).json
    assert (state["state"], state["remaining_ms"], state["epoch"]) == ("open", MINUTE, 1)
    assert state["csrf_token"]
    clock.advance(minutes=1)
    state = alice.get(url).json
    assert (state["state"], state["remaining_ms"]) == ("closed", 0)


def test_answers_made_in_time_are_delivered_until_the_report_is_opened(alice, attempt_id, epoch, clock):
    clock.advance(hours=3)
    assert "Time is up" in alice.get(f"/attempts/{attempt_id}/report").text
    late = alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1, age_ms=150 * MINUTE)
    assert (late.status_code, late.json["late"], late.json["remaining_ms"]) == (200, True, 0)
    refused = alice.save(attempt_id, 2, [1], epoch=epoch, sequence=2, age_ms=10 * MINUTE)
    assert (refused.status_code, refused.json["error"]) == (409, "late")
    alice.get(f"/attempts/{attempt_id}/report")
    alice.submit(attempt_id)
    too_late = alice.save(attempt_id, 3, [1], epoch=epoch, sequence=3, age_ms=150 * MINUTE)
    assert (too_late.status_code, too_late.json["error"]) == (409, "closed")
    report = alice.get(f"/attempts/{attempt_id}/report").text
    assert "1 answer was given in time and delivered late" in report


@pytest.mark.parametrize("slot", ["0", "7", "99999999999999999999", "-1", "x", "1.0"])
def test_a_slot_that_is_not_there(alice, attempt_id, epoch, slot):
    answer = alice.save(attempt_id, slot, [], epoch=epoch, sequence=1)
    assert answer.status_code == 404


def test_a_save_without_a_token_gets_a_fresh_one_with_which_it_works(alice, attempt_id, epoch):
    good = alice.csrf
    for bad in ("", "nonsense", good[:-6] + "xxxxxx", "ü"):
        alice.csrf = bad
        answer = alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1)
        assert (answer.status_code, answer.json["error"]) == (400, "csrf")
        assert alice.csrf == answer.json["csrf_token"]
        assert alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1).status_code == 200


def test_a_body_that_is_too_large(alice, attempt_id, epoch):
    answer = alice.json("PUT", f"/attempts/{attempt_id}/answers/1", b'{"response": [' + b"0," * 40_000 + b"0]}")
    assert (answer.status_code, answer.json["error"]) == (413, "too_large")


GOOD = {"response": [1], "flagged": False, "confidence": None, "struck": [], "spent_ms": 0, "age_ms": 0, "sequence": 9}
WRONG_VALUES = {
    "response": [None, 1, "1", {}, [True], ["1"], [[1]], [-1], [99], [1.0], [0, 0], [None], [10**400]],
    "flagged": [1, 0, "true", None, []],
    "confidence": ["certain", 1, [], {}, True, "\ud800"],
    "struck": [None, "0", {}, [99], [-1], [True], [[0]], [1.5]],
    "spent_ms": [-1, 1.5, "1", None, True, [], 10**12, 10**400],
    "age_ms": [1.5, "1", None, True, []],
    "epoch": [-1, 1.5, "1", None, True, [], 2**31],
    "sequence": [-1, 1.5, "1", None, True, [], 2**31],
}


@pytest.mark.parametrize("field", WRONG_VALUES)
def test_a_wrong_value_is_refused_with_a_reason_and_nothing_changes(alice, attempt_id, epoch, field):
    alice.save(attempt_id, 1, [2], epoch=epoch, sequence=1)
    url = f"/attempts/{attempt_id}/answers/1"
    for value in WRONG_VALUES[field]:
        answer = alice.json("PUT", url, {**GOOD, "epoch": epoch, field: value})
        assert (answer.status_code, answer.json["error"]) == (400, "invalid"), value
        assert len(answer.json["message"]) > 10
    for missing in ("response", "spent_ms", "age_ms", "epoch", "sequence"):
        body = {name: value for name, value in {**GOOD, "epoch": epoch}.items() if name != missing}
        assert alice.json("PUT", url, body).status_code == 400
    assert answers(alice, attempt_id) == {"1": [2]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"true",
        b"0",
        b'"text"',
        b"[]",
        b"[{}]",
        b"{",
        b"{}",
        b"{'response': [0]}",
        b"\xff\xfe\x00",
        b"\x00",
        b'{"response": NaN}',
        b'{"epoch": Infinity}',
        b'{"epoch": 1e999}',
        b'{"epoch": ' + b"9" * 10_000 + b"}",
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"response": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b"response=0",
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_malformed_body_is_refused_with_a_reason(alice, attempt_id, epoch, body):
    for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = alice.json("PUT", f"/attempts/{attempt_id}/answers/1", body, headers={"Content-Type": content_type})
        assert (answer.status_code, answer.json["error"]) == (400, "invalid"), content_type
    assert answers(alice, attempt_id) == {}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([0, 1, "sure"]),
    lambda children: (
        st.lists(children, max_size=4) | st.dictionaries(st.sampled_from(list(GOOD)) | st.text(), children, max_size=4)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(changes=st.dictionaries(st.sampled_from([*GOOD, "epoch"]), JSON_VALUES), other=JSON_VALUES)
def test_whatever_json_comes_it_is_saved_or_refused(alice, attempt_id, epoch, changes, other):
    url = f"/attempts/{attempt_id}/answers/1"
    for body in ({**GOOD, "epoch": epoch, **changes}, other):
        answer = alice.json("PUT", url, json.dumps(body).encode())
        assert answer.status_code in (200, 400, 409)
        assert answer.is_json


@pytest.mark.parametrize("age_ms", [-1, -(10**12), 10**12, 10**400, 0])
def test_a_device_whose_clock_jumped_loses_no_answer(alice, attempt_id, epoch, clock, age_ms):
    clock.advance(minutes=10)
    assert alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1, age_ms=age_ms).status_code == 200
    assert 0 <= alice.hold(attempt_id)["answers"]["1"]["age_ms"] <= 10 * MINUTE


def test_all_confidences_are_kept(alice, attempt_id, epoch):
    for sequence, confidence in enumerate(("sure", "unsure", "guess", None), start=1):
        alice.save(attempt_id, 1, [1], epoch=epoch, sequence=sequence, confidence=confidence)
        assert alice.hold(attempt_id)["answers"]["1"]["confidence"] == confidence
        epoch += 1


def test_two_browsers_of_one_candidate_take_turns(app, alice, attempt_id, epoch):
    alice.get("/move")
    elsewhere = Browser(app)
    link = next(part for part in alice.get("/move").text.split('"') if "/join/" in part)
    elsewhere.get(link)
    elsewhere.send(elsewhere.forms[0])
    elsewhere.get(f"/attempts/{attempt_id}")
    second = elsewhere.hold(attempt_id)["epoch"]
    assert alice.save(attempt_id, 1, [1], epoch=epoch, sequence=1).status_code == 409
    assert elsewhere.save(attempt_id, 1, [1], epoch=second, sequence=1).status_code == 200
