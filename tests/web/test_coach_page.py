"""The coach's part of the score report: what it says, and what it leaves unsaid."""

import re
from dataclasses import replace

import pytest
from factories import make_blueprint, make_pack, make_question

from simulator.store.queries.attempts import OPERATOR

SIZE = 20


@pytest.fixture
def long_form(desk):
    """A certification with forms of twenty questions, of which the first wrong option stands for a misconception."""
    questions = []
    for number in range(SIZE):
        question = make_question(f"q{number:02}", domain="data" if number < 12 else "modeling", task="1.1")
        options = list(question.options)
        options[1] = replace(options[1], misconception=f"Idea {number % 2} <b>is</b> right")
        question = replace(question, task="1.1" if number < 12 else "2.1", options=tuple(options))
        questions.append(question)
    blueprint = make_blueprint(scored=SIZE, unscored=0)
    desk.load(make_pack(questions, blueprint=blueprint))


def sit(alice, desk, clock, answers):
    """Sit an exam; `answers` gives for each slot (right, and whether it was so at first), and its marks."""
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    sequence = 0
    for slot, (right, first_right, marks) in zip(desk.form(attempt_id, actor=OPERATOR).slots, answers, strict=False):
        wrong = [slot.option_order.index(1)]
        for response in {first_right: None, right: None}:
            sequence += 1
            chosen = desk.right(slot) if response else wrong
            alice.save(attempt_id, slot.number, chosen, epoch=epoch, sequence=sequence, **marks)
    alice.submit(attempt_id)
    return attempt_id


def coach_of(alice, attempt_id):
    page = alice.get(f"/attempts/{attempt_id}/report").text
    section = page.partition('aria-labelledby="coach"')[2].partition("</section>")[0]
    return section, " ".join(re.sub("<[^>]+>", " ", section).split())


def test_an_exam_with_confidence_and_changes_is_coached(alice, desk, clock, long_form):
    sure = {"confidence": "sure", "spent_ms": 100_000}
    guess = {"confidence": "guess", "spent_ms": 400_000}
    answers = [(False, False, sure)] * 9 + [(True, False, guess)] * 8 + [(True, True, sure)]
    section, words = coach_of(alice, sit(alice, desk, clock, answers))
    # Twenty questions in an hour: 180 seconds are an even share. First half: (9 x 100 + 400) / 10 an answer.
    assert "At the pace of your first half, 2 min 10 s an answer, all 20 questions take 43 min of the 1 h" in words
    assert "8 questions took more than twice an even share of the time (3 min)" in words
    assert "8 of them were right" in words
    assert "2 questions went without an answer" in words
    assert "Changing answers gained you 8 questions. That is more than chance explains" in words
    assert "Wrong to right 8" in words
    assert "Sure ought to mean right nine times in ten. It was 1 of 10" in words
    assert "Your guesses were right in 8 of 8; blind choice gives 25%" in words
    assert "Sure but wrong 9" in words
    assert "Right but guessed 8" in words
    assert 'href="/practice?certification=tiny&amp;show=guessed"' in section
    assert re.search(r"Idea [01] &lt;b&gt;is&lt;/b&gt; right", section)
    assert section.count('role="row"') == 3 + 1 + 2 + 1


def test_few_answers_are_not_judged(alice, desk, clock, long_form):
    sure = {"confidence": "sure"}
    _, words = coach_of(alice, sit(alice, desk, clock, [(False, True, sure), (True, False, sure), (True, True, sure)]))
    assert "takes at least 8 answers in the first half" in words
    assert "Changing answers gained as much as it lost. Fewer than 8 changes" in words
    assert "2 of 3 right; too few to judge" in words
    assert "Sure ought to mean" not in words
    assert "Chosen in" in words


def test_a_loss_by_changing_is_told_as_one(alice, desk, clock, long_form):
    _, words = coach_of(alice, sit(alice, desk, clock, [(False, True, {})]))
    assert "Changing answers cost you 1 question." in words


def test_an_exam_without_confidence_invites_to_give_it(alice, desk, clock, long_form):
    section, words = coach_of(alice, sit(alice, desk, clock, [(True, True, {"spent_ms": 1000})] * SIZE))
    assert "You gave no confidence in this exam. Next time" in words
    assert "You changed no answer once it was complete." in words
    assert "None of your answers is one that the questions mark" in words
    assert "<table" not in section


def test_an_exam_nobody_answered_is_not_told_about_its_pace(alice, desk, clock, long_form):
    _, words = coach_of(alice, sit(alice, desk, clock, []))
    assert "20 questions went without an answer" in words
    assert "pace" not in words


def test_the_end_is_said_to_be_rushed_or_not(alice, desk, clock, long_form):
    quick = [(True, True, {"spent_ms": 1000})] * SIZE
    attempt_id = alice.begin()
    epoch = alice.hold(attempt_id)["epoch"]
    clock.advance(minutes=58)
    for slot in desk.form(attempt_id, actor=OPERATOR).slots[:3]:
        alice.save(attempt_id, slot.number, desk.right(slot), epoch=epoch, sequence=slot.number, spent_ms=1000)
    alice.submit(attempt_id)
    assert "3 answers came in the last 3 min" in coach_of(alice, attempt_id)[1]
    assert "no rush" not in coach_of(alice, sit(alice, desk, clock, quick))[1]


@pytest.mark.parametrize(("accommodation", "said"), [("none", True), ("x1.5", True), ("plus-30", False)])
def test_a_short_exam_is_only_likened_to_the_full_one_if_a_question_has_as_much_time_there(
    alice, desk, accommodation, said
):
    questions = [
        make_question(f"q{n:02}", domain="data" if n < 24 else "modeling", task="1.1" if n < 24 else "2.1")
        for n in range(40)
    ]
    desk.load(make_pack(questions, blueprint=make_blueprint(scored=40, unscored=0)))
    alice.get("/certifications/tiny?kind=short")
    started = alice.follow(alice.send(alice.forms[0], accommodation=accommodation))
    attempt_id = started.request.path.rpartition("/")[2]
    epoch = alice.hold(attempt_id)["epoch"]
    for slot in range(1, 11):
        alice.save(attempt_id, slot, [0], epoch=epoch, sequence=slot, spent_ms=60_000)
    alice.submit(attempt_id)
    text = coach_of(alice, attempt_id)[1]
    assert "At the pace of your first half" in text
    assert ("The full exam gives as much time for each question" in text) is said


def test_a_misconception_stands_beside_its_option_and_is_told_only_after_the_exam(alice, desk, clock, long_form):
    attempt_id = alice.begin()
    for path in ("", "/questions/1"):
        assert "misconception" not in alice.get(f"/attempts/{attempt_id}{path}").text.lower()
        assert "Idea" not in alice.get(f"/attempts/{attempt_id}{path}").text
    alice.submit(attempt_id)
    page = alice.get(f"/attempts/{attempt_id}/report").text
    assert page.count("Typical misconception:") == SIZE
