"""Somebody who is not known yet compares certifications."""

from dataclasses import replace
from datetime import date

import pytest
from browser import Browser, close_app, make_app
from factories import make_blueprint, make_pack, make_question, make_questions
from test_readiness_pages import sit

from simulator.exam.blueprint import Fact

SKY = "vendor-of-the-sky"


@pytest.fixture
def load(desk):
    """Load another certification; its questions are those of the tiny one unless said otherwise."""

    def load(name, questions=None, **changes):
        blueprint = make_blueprint(id=name, code=name.upper(), title=f"{name.capitalize()} Certification", **changes)
        own = [replace(question, id=f"{name}-{question.id}") for question in questions or make_questions()]
        desk.load(replace(make_pack(own, blueprint=blueprint), id=f"{name}-pack", certification=name))

    return load


@pytest.fixture
def _sky(load):
    load("sky", vendor="Vendor of the Sky", facts=(Fact("Fee", "90 euros", "https://example.com/fee"),))


@pytest.fixture
def _old(load):
    retired = {"status": "retired", "retired_on": date(2026, 3, 31)}
    load("old", vendor="Vendor of the Sky", successor="NEW", **retired)


def test_a_stranger_compares_without_an_account_or_a_cookie(stranger, load):
    serving = [make_question(f"s{n}", skills=("online-serving",)) for n in range(3)]
    load("sky", [*make_questions(), *serving], vendor="Vendor of the Sky", facts=(Fact("Fee", "90 euros"),))
    answer = stranger.get("/compare")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    for words in (
        "Tiny Certification",
        "Sky Certification",
        "6, of which 5 count",
        "60 (600 seconds a question)",
        "Not published; 730 is assumed here",
        "Single choice, multiple response",
        "90 euros",
        "not known here",
        "Guide 1.0",
        "12 questions",
        "15 questions",
        "1 shared skills",
        "Ingesting data",
        "1 skill only in SKY",
        "Online serving",
        "Nothing to go by yet",
        "60%",
    ):
        assert words in answer.text, words
    assert "Suggested" not in answer.text


@pytest.mark.usefixtures("_sky")
def test_answers_lead_to_a_suggestion_with_its_reasons(stranger):
    page = stranger.get(f"/compare?role=data-engineer&clouds={SKY}&leaning=both").text
    assert "Suggested: Sky Certification" in page
    assert "gets the most points from your answers" in page
    assert "100% of the questions are about data" in page
    assert "no points" in page
    assert "Together" in page
    assert f'value="{SKY}" checked' in page


@pytest.mark.usefixtures("_sky")
def test_a_tie_is_called_one(stranger):
    page = stranger.get("/compare?role=data-engineer").text
    assert "A tie" in page
    assert "Tiny Certification and Sky Certification are less than one point apart" in page


@pytest.mark.usefixtures("_sky")
def test_answers_that_fit_all_alike_decide_nothing(stranger):
    page = stranger.get("/compare?role=student&leaning=both").text
    assert "Nothing to choose by yet" in page
    assert "A tie" not in page


@pytest.mark.usefixtures("_old")
def test_a_retired_certification_is_never_the_suggestion_and_its_successor_is_named(stranger):
    page = stranger.get(f"/compare?clouds={SKY}").text
    assert "Your answers point to Vendor of the Sky" in page
    assert "retired since 31 March 2026" in page
    assert "Its successor is <strong>NEW</strong>, which has no question pack here yet" in page
    assert "<strong>Tiny Certification</strong> is the only one here that can still be sat" in page
    assert "Suggested" not in page
    assert "No, retired on 31 March 2026" in page


@pytest.mark.usefixtures("_old")
def test_a_successor_that_is_here_is_linked_and_suggested(stranger, load):
    load("new", vendor="Vendor of the Sky", pass_mark=replace(make_blueprint().pass_mark, nature="published"))
    page = stranger.get(f"/compare?clouds={SKY}&goals=score").text
    assert "Suggested: New Certification" in page
    load("new", [make_question("n", skills=("audit",))], vendor="Other")
    page = stranger.get(f"/compare?clouds={SKY}").text
    assert 'Its successor is <a href="/certifications/new">New Certification</a>' in page
    # The successor has points of its own; those of what cannot be sat decide nothing any more.
    assert "Your answers point to" not in page


def test_where_nothing_can_be_sat_nothing_is_suggested(stranger, desk):
    retired = make_blueprint(status="retired", retired_on=date(2026, 3, 31))
    desk.load(make_pack(blueprint=retired, fingerprint="retired"))
    page = stranger.get("/compare?role=student").text
    assert "None of these can be sat any more" in page
    page = stranger.get("/compare?clouds=tiny-vendor").text
    assert "Your answers point to Tiny Vendor" in page


@pytest.mark.parametrize(
    "query",
    [
        "role=astronaut",
        "role=analyst&role=student",
        "clouds=unknown-cloud",
        "tools=sql&tools=%00",
        "leaning=%F0%9F%98%80",
        f"goals={'x' * 5000}",
    ],
)
def test_an_answer_that_is_not_offered_is_refused_with_what_to_do(stranger, query):
    answer = stranger.get(f"/compare?{query}")
    assert answer.status_code == 400
    assert "Open the comparison and answer again" in answer.text


def test_empty_and_foreign_fields_are_no_answers(stranger):
    answer = stranger.get("/compare?role=&utm_source=mail&clouds=")
    assert answer.status_code == 200
    assert "Together" not in answer.text


@pytest.mark.usefixtures("_sky")
def test_what_carries_over_is_shown_as_such(alice, bob, desk):
    sit(alice, desk)
    page = alice.get("/compare").text
    assert "From 6 first answers of its own." in page
    assert "From no first answers of its own,\n        but <strong>" in page
    assert "worth from TC-1" in page
    assert "worth from" not in bob.get("/compare").text


def test_three_certifications_stand_side_by_side(stranger, load):
    for name in ("sky", "sea"):
        load(name, scored=6, unscored=0)
    page = stranger.get("/compare?role=data-engineer").text
    assert "<td>6</td>" in page
    assert "Sea Certification, Sky Certification and Tiny Certification are less than one point apart" in page


def test_one_certification_has_nothing_to_share(stranger):
    page = stranger.get("/compare").text
    assert "What they share" not in page
    assert "Tiny Certification" in page


def test_an_installation_without_packs_says_how_to_get_one(database_url, tmp_path, clock):
    app = make_app(database_url, tmp_path / "empty", clock)
    assert "simulator packs add" in Browser(app).get("/compare").text
    close_app(app)
