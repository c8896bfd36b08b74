"""While an attempt is open, nothing that is sent to its candidate tells a key."""

import re

import pytest
from factories import make_questions

from simulator.store.queries.attempts import OPERATOR

QUESTIONS = make_questions()
SECRETS = [option.rationale for question in QUESTIONS for option in question.options]
SECRETS += [question.takeaway for question in QUESTIONS]
SECRETS += [reference.url for question in QUESTIONS for reference in question.references]
SECRETS += ["Rationale", "Takeaway", "rationale", "takeaway", "correct", "unscored", "difficulty", "data-ingestion"]
# Words in which the pages explain the exam before it begins; they tell nothing about a question.
EXPLANATIONS = [
    "The other 1 are unscored and not marked as such until the report.",
    "5 of the 6 questions count.",
]


def pages_of(attempt_id):
    base = f"/attempts/{attempt_id}"
    return [
        "/",
        "/certifications/tiny",
        "/history",
        "/move",
        base,
        f"{base}/state",
        f"{base}/review",
        f"{base}/report",
        f"{base}/receipt",
        *(f"{base}/questions/{slot}" for slot in range(1, 7)),
    ]


def told(answer, secrets=SECRETS):
    text = answer.text
    for explanation in EXPLANATIONS:
        text = text.replace(explanation, "")
    return [secret for secret in secrets if secret in text]


@pytest.mark.parametrize("moment", ["fresh", "answered", "time is up"])
def test_no_answer_of_the_server_tells_a_key_or_a_rationale(alice, clock, moment):
    attempt_id = alice.begin()
    answers = [alice.json("POST", f"/attempts/{attempt_id}/hold", {})]
    if moment != "fresh":
        for slot in range(1, 7):
            answers.append(alice.save(attempt_id, slot, [0], epoch=1, sequence=slot, confidence="sure"))
            answers.append(alice.save(attempt_id, slot, [9], epoch=1, sequence=slot + 10))
        alice.get(f"/attempts/{attempt_id}/questions/1")
        answers.append(alice.send(alice.forms[0], response="7"))
    if moment == "time is up":
        clock.advance(hours=2)
    answers += [alice.get(url) for url in pages_of(attempt_id)]
    answers.append(alice.json("POST", f"/attempts/{attempt_id}/hold", {}))
    assert len(answers) > 15
    for answer in answers:
        assert told(answer) == [], answer.request.url


def test_the_search_would_find_them(alice):
    attempt_id = alice.begin()
    report = alice.follow(alice.submit(attempt_id))
    found = told(report)
    assert len([secret for secret in found if secret.startswith("Rationale ")]) > 20
    assert len([secret for secret in found if secret.startswith("Takeaway of")]) == 6
    assert {"correct", "takeaway", "rationale"} <= set(found)


def test_the_room_shows_all_questions_and_every_option_the_same_way(alice):
    attempt_id = alice.begin()
    page = alice.get(f"/attempts/{attempt_id}").text
    assert page.count("Scenario of q") == 6
    options = re.findall(r'<div class="option[^>]*>.*?</div>', page, flags=re.DOTALL)
    assert len(options) >= 24
    shapes = {re.sub(r"\d+|>[A-F]<|option [A-F]\b|checkbox|radio", "", option) for option in options}
    assert len(shapes) == 1


def test_an_unscored_question_looks_like_any_other(alice):
    attempt_id = alice.begin()
    page = alice.get(f"/attempts/{attempt_id}").text
    sections = re.findall(r"<section[^>]*data-slot.*?</section>", page, flags=re.DOTALL)
    assert len(sections) == 6
    single = [section for section in sections if 'data-type="single_choice"' in section]
    shapes = {re.sub(r"\d+", "", section) for section in single}
    assert len(shapes) == 1


def test_other_exams_of_the_same_candidate_stay_readable_and_tell_nothing_new(alice, desk):
    first = alice.begin()
    alice.submit(first)
    second = alice.begin()
    shown = {slot.question_id.rpartition("/")[2] for slot in desk.form(second, actor=OPERATOR).slots}
    report = alice.get(f"/attempts/{first}/report")
    assert all(f"Takeaway of {question_id}." not in report.text for question_id in shown)
