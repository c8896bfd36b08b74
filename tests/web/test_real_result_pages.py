"""Telling how the real exam went, and the record of the predictions."""

import pytest

from simulator.operations.accounts import admit_candidate
from simulator.operations.real_results import Prediction, RealResult, record_result

ADDRESS = "/certifications/tiny/result"


def tell(browser, **fields):
    browser.get(ADDRESS)
    form = browser.forms[0]
    return browser.send(form, **{"sat_on": "2026-11-20", "outcome": "passed", **fields})


def test_a_result_is_told_listed_and_taken_back(alice):
    assert "Tell how it went" in alice.get("/certifications/tiny").text
    page = alice.follow(tell(alice, score="760")).text
    assert "20 November 2026" in page
    assert "760" in page
    assert "nothing was predicted" in page
    assert tell(alice, outcome="failed", score="").status_code == 303
    page = alice.get(ADDRESS).text
    assert page.count("20 November 2026</strong>") == 1
    assert "760" not in page
    (form,) = [form for form in alice.forms if form.action.endswith("/delete")]
    assert "What you have told" not in alice.follow(alice.send(form)).text
    assert alice.send(form).status_code == 404


def test_a_result_stands_beside_what_was_predicted_for_that_day(alice):
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    for slot in range(1, 7):
        alice.save(attempt_id, slot, [0], epoch=epoch, sequence=slot)
    alice.submit(attempt_id)
    page = alice.follow(tell(alice, sat_on="2026-11-23")).text
    assert "Predicted chance of passing" in page
    assert "from 6 answers" in page
    page = alice.follow(tell(alice, sat_on="2026-11-22")).text
    assert "nothing was predicted" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sat_on": "2027-01-01"}, "it cannot lie in the future"),
        ({"sat_on": "0001-01-01"}, "it cannot lie in the future"),
        ({"sat_on": "yesterday"}, "Not a valid date"),
        ({"sat_on": "\0"}, "Not a valid date"),
        ({"sat_on": ""}, "Give the day"),
        ({"outcome": "maybe"}, "Not a valid choice"),
        ({"outcome": None}, "Choose one."),
        ({"score": "1001"}, "run from 100 to 1000"),
        ({"score": "-1"}, "run from 100 to 1000"),
        ({"score": "9" * 5000}, "Not a valid integer"),
        ({"score": "9" * 30}, "run from 100 to 1000"),
        ({"score": "NaN"}, "Not a valid integer"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(alice, fields, words):
    response = tell(alice, **fields)
    assert response.status_code == 400
    assert words in response.text
    assert "What you have told" not in alice.get(ADDRESS).text


def test_only_what_is_there_and_ones_own_is_deleted(alice, bob):
    tell(alice)
    for day in ("2026-11-20", "2026-13-40", "x"):
        assert bob.post(f"{ADDRESS}/{day}/delete").status_code == 404
    assert "What you have told" in alice.get(ADDRESS).text


def test_an_unknown_certification_has_no_results(alice):
    alice.begin()
    assert alice.get("/certifications/none/result").status_code == 404
    assert alice.post("/certifications/none/result", sat_on="2026-11-20", outcome="passed").status_code == 404


def results(desk, *pairs):
    def work(session):
        for number, (predicted, passed) in enumerate(pairs):
            who = f"candidate-{number}"
            admit_candidate(session, who, now=desk.clock())
            prediction = Prediction(predicted, predicted, predicted, 40)
            result = RealResult(desk.clock().date(), passed=passed)
            record_result(session, "tiny", result, prediction=prediction, actor=who, now=desk.clock())

    desk.write(work)


def test_the_record_waits_for_enough_results(stranger, desk):
    assert "0 of 10 results" in stranger.get("/readiness/record").text
    results(desk, *[(0.9, True)] * 9)
    page = stranger.get("/readiness/record").text
    assert "9 of 10 results" in page
    assert "Brier" not in page


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(0.7, True)] * 7 + [(0.7, False)] * 3, "agree with what happened"),
        ([(0.95, False)] * 9 + [(0.1, True)], "too hopeful"),
        ([(0.1, True)] * 10, "too cautious"),
    ],
)
def test_the_record_says_how_good_the_predictions_were(stranger, desk, pairs, words):
    results(desk, *pairs)
    page = stranger.get("/readiness/record").text
    assert words in page
    assert "candidate-" not in page
    assert ("too few" in page) is (words == "too hopeful")
