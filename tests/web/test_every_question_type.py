"""An exam with a question of every type: in the room, on plain pages, on the report, and in practice."""

import re

import pytest
from anki import cards
from factories import make_every_type_pack

from simulator.exam.question import PARTIAL
from simulator.store.queries.attempts import OPERATOR, load_graded

FIELDS = {"ordering": "place", "matching": "place", "numeric": "typed", "short_text": "typed"}


def words(page):
    """Return a page's text without its markup."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.text)).strip()


def fields_of(question, response):
    """Return a response as a plain form sends it."""
    name = FIELDS.get(question.type, "response")
    return {name: ["" if part == -1 else str(part) for part in response]}


@pytest.fixture
def types(desk):
    desk.load(make_every_type_pack())


@pytest.fixture
def slots_of(desk):
    """Return the slots of an attempt by the name of their question."""

    def read(attempt_id):
        slots = desk.form(attempt_id, actor=OPERATOR).slots
        return {slot.question_id.rpartition("/")[2]: slot for slot in slots}

    return read


def test_alice_answers_every_type_without_scripts(alice, desk, types, slots_of):
    attempt_id = alice.begin("types")
    slots = slots_of(attempt_id)
    for name, slot in slots.items():
        page = alice.get(f"/attempts/{attempt_id}/questions/{slot.number}")
        (form,) = alice.forms
        right = fields_of(desk.question(slot), desk.right(slot))
        assert "Prompt of" in page.text
        alice.follow(alice.send(form, ("go", "save"), **right))
        (form,) = alice.forms
        (field,) = right
        assert sorted(form.fields[field]) == sorted(right[field]), name
    assert "All 8 questions are answered." in alice.get(f"/attempts/{attempt_id}/review").text
    (submit,) = alice.forms
    report = alice.follow(alice.send(submit))
    assert '<span class="verdict__figure">1000</span>' in report.text
    receipt = words(alice.get(f"/attempts/{attempt_id}/receipt"))
    assert "0.75 points" in receipt
    assert "precision" in receipt


def test_what_is_begun_is_kept_and_counts_as_incomplete(alice, desk, types, slots_of):
    attempt_id = alice.begin("types")
    slots = slots_of(attempt_id)
    begun = {"ordering": ["1", "", ""], "matching": ["", "2", ""], "numeric": ["three quarters"]}
    for name, response in begun.items():
        alice.get(f"/attempts/{attempt_id}/questions/{slots[name].number}")
        (form,) = alice.forms
        field = FIELDS[name]
        page = alice.follow(alice.send(form, ("go", "save"), **{field: response}))
        assert alice.forms[0].fields[field] == response
        assert f'{slots[name].number}<span class="visually-hidden">, incomplete' in page.text


def test_an_option_at_two_places_is_kept_and_said_to_be_there_twice(alice, types, slots_of):
    attempt_id = alice.begin("types")
    slot = slots_of(attempt_id)["ordering"]
    alice.get(f"/attempts/{attempt_id}/questions/{slot.number}")
    (form,) = alice.forms
    page = alice.follow(alice.send(form, ("go", "save"), place=["1", "1", "2"]))
    assert "An option stands at two places." in page.text
    assert alice.forms[0].fields["place"] == ["1", "1", "2"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("ordering", {"place": ["0", "1"]}),
        ("ordering", {"place": ["0", "1", "9"]}),
        ("matching", {"place": ["A", "B", "C"]}),
        ("matching", {"typed": "0"}),
        ("numeric", {"typed": "9" * 201}),
        ("single", {"typed": "0"}),
    ],
)
def test_what_does_not_fit_the_type_is_refused_and_changes_nothing(alice, types, slots_of, name, fields):
    attempt_id = alice.begin("types")
    slot = slots_of(attempt_id)[name]
    alice.get(f"/attempts/{attempt_id}/questions/{slot.number}")
    (form,) = alice.forms
    answer = alice.send(form, **fields)
    assert answer.status_code == 400
    assert alice.hold(attempt_id)["answers"].get(str(slot.number), {"response": []})["response"] == []


def test_the_room_has_the_inputs_of_every_type_and_no_key(alice, desk, types, slots_of):
    attempt_id = alice.begin("types")
    page = alice.get(f"/attempts/{attempt_id}").text
    slots = slots_of(attempt_id)
    section = {
        name: page.partition(f'id="question-{slot.number}"')[2].partition("</section>\n")[0]
        for name, slot in slots.items()
    }
    assert section["ordering"].count("<select") >= 3
    assert section["matching"].count("Prompt 0 to match") == 1
    assert 'inputmode="decimal"' in section["numeric"]
    assert "points" in section["numeric"]
    for secret in ("Rationale", "Why", "positive predictive", "0.75", "Takeaway"):
        assert secret not in page
    # Each choice to pick is the option at its letter, in the order of this attempt.
    order = slots["ordering"].option_order
    picks = re.findall(r'<option value="(\d)">([A-D]): Option (\d) of ordering</option>', section["ordering"])
    assert picks[: len(order)] == [(str(p), "ABCD"[p], str(number)) for p, number in enumerate(order)]


def test_a_case_study_counts_its_questions(alice, desk, types, slots_of):
    attempt_id = alice.begin("types")
    page = words(alice.get(f"/attempts/{attempt_id}"))
    slots = slots_of(attempt_id)
    first = min(slots["case-a"].number, slots["case-b"].number)
    assert {slots["case-a"].number, slots["case-b"].number} == {first, first + 1}
    assert page.count("Case study, question 1 of 2 A ferry line with rare failures.") == 1
    assert page.count("Case study, question 2 of 2") == 1
    plain = words(alice.get(f"/attempts/{attempt_id}/questions/{first + 1}"))
    assert "Case study, question 2 of 2 A ferry line" in plain


def test_the_report_shows_each_answer_beside_its_key(alice, desk, types, slots_of):
    attempt_id = alice.begin("types")
    slots = slots_of(attempt_id)
    epoch = alice.hold(attempt_id)["epoch"]
    right = {name: desk.right(slot) for name, slot in slots.items()}
    given = {
        "ordering": [right["ordering"][1], right["ordering"][0], right["ordering"][2]],
        "matching": [right["matching"][0], -1, right["matching"][2]],
        "numeric": ["0.7"],
        "short-text": ["recall"],
    }
    for sequence, (name, response) in enumerate(given.items(), start=1):
        saved = alice.save(attempt_id, slots[name].number, response, epoch=epoch, sequence=sequence)
        assert saved.status_code == 200
    alice.submit(attempt_id)
    page = alice.get(f"/attempts/{attempt_id}/report").text
    card = {
        name: re.sub(
            r"\s+",
            " ",
            re.sub("<[^>]+>", " ", page.partition(f'id="question-{slot.number}"')[2].partition("</article>")[0]),
        )
        for name, slot in slots.items()
    }
    assert "Your place 2" in card["ordering"]
    assert "Place 1" in card["ordering"]
    assert "Prompt 1 to match of matching" in card["matching"]
    assert "Why 0 belongs to 1 of matching" in card["matching"]
    assert re.search("Your answer none Key [A-C] Option 0 of matching", card["matching"])
    assert "Your answer 0.7 points Key 0.75 points, give or take 0.01" in card["numeric"]
    assert "Your answer recall Accepted precision, or positive predictive value" in card["short-text"]
    assert "Why this answers short-text" in card["short-text"]
    assert "Your answer none" in card["case-b"]


def test_partial_credit_is_scored_and_shown_where_a_pack_asks_for_it(alice, desk, slots_of):
    desk.load(make_every_type_pack(scoring=PARTIAL))
    attempt_id = alice.begin("types")
    slots = slots_of(attempt_id)
    epoch = alice.hold(attempt_id)["epoch"]
    right = desk.right(slots["matching"])
    response = [right[0], -1, right[2]]
    alice.save(attempt_id, slots["matching"].number, response, epoch=epoch, sequence=1)
    alice.submit(attempt_id)
    report = alice.get(f"/attempts/{attempt_id}/report")
    assert "67% of the credit" in report.text
    assert '<span class="verdict__figure">175</span>' in report.text


def test_changing_what_is_typed_counts_as_no_change_of_mind(alice, types, slots_of, desk):
    attempt_id = alice.begin("types")
    slots = slots_of(attempt_id)
    epoch = alice.hold(attempt_id)["epoch"]
    for sequence, text in enumerate(("0", "0.7", "0.75"), start=1):
        alice.save(attempt_id, slots["numeric"].number, [text], epoch=epoch, sequence=sequence)
    alice.save(attempt_id, slots["single"].number, [0], epoch=epoch, sequence=4)
    alice.submit(attempt_id)
    first = {r.slot: r.first_response for r in desk.read(lambda s: load_graded(s, attempt_id))}
    assert first[slots["numeric"].number] is None
    assert first[slots["single"].number] is not None


def practise(alice):
    """Start a practice session with all questions of the certification; return the answer page."""
    alice.get("/practice?certification=types")
    form = next(form for form in alice.forms if form.action.endswith("/sessions"))
    return alice.follow(alice.follow(alice.send(form, ("go", "start"), count="8")))


def test_practice_takes_every_type_and_says_what_is_missing(alice, desk, types):
    page = practise(alice)
    missing = {
        "ordering": "Choose an option for each place, and each option once.",
        "matching": "Choose an option for each line.",
        "numeric": "Type a number first, such as 0.25.",
        "short_text": "Type an answer first.",
        "single_choice": "Choose an answer first.",
        "multiple_response": "Choose 2 answers; you chose 0.",
    }
    met = set()
    while "/summary" not in page.request.path:
        kind = re.search(r'data-type="(\w+)"', page.text)[1]
        form = next(form for form in alice.forms if ("go", "check") in form.buttons)
        refused = alice.send(form, ("go", "check"))
        assert refused.status_code == 400
        assert missing[kind] in words(refused)
        met.add(kind)
        form = next(form for form in alice.forms if ("go", "check") in form.buttons)
        feedback = alice.follow(alice.send(form, ("go", "give-up")))
        assert "The key is" in words(feedback)
        next_url = re.search(r'<a class="button button--primary" href="([^"]+)" data-next', feedback.text)[1]
        page = alice.get(next_url)
    assert met == set(missing)


def test_practice_says_which_question_of_a_case_study_this_is(alice, types):
    first = practise(alice).request.path.rpartition("/")[0]
    pages = [words(alice.get(f"{first}/{number}")) for number in range(1, 9)]
    cases = [re.search(r"Case study.*?A ferry line", page)[0] for page in pages if "Case study" in page]
    assert cases == ["Case study, question 1 of 2 A ferry line", "Case study, question 2 of 2 A ferry line"]


def test_missed_questions_of_every_type_become_cards(alice, desk, types, slots_of):
    attempt_id = alice.begin("types")
    slots = slots_of(attempt_id)
    epoch = alice.hold(attempt_id)["epoch"]
    right = desk.right(slots["ordering"])
    wrong = {
        "ordering": [*right[1:], right[0]],
        "matching": [desk.right(slots["matching"])[0], -1, -1],
        "numeric": ["9"],
        "short-text": ["recall"],
    }
    for sequence, (name, response) in enumerate(wrong.items(), start=1):
        alice.save(attempt_id, slots[name].number, response, epoch=epoch, sequence=sequence)
    alice.submit(attempt_id)
    notes = [fields for _, _, fields, _ in cards(alice.get("/me/missed.apkg").data)]
    backs = {fields[3].rpartition("/")[2]: fields[2] for fields in notes}
    assert "Place 3" in backs["ordering"]
    assert "Why 0 belongs to 1 of matching" in backs["matching"]
    assert "0.75 points" in backs["numeric"]
    assert "precision" in backs["short-text"]
