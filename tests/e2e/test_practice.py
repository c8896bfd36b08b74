"""Practice in a real browser: by keyboard, over a reload, without a network for a while, without JavaScript."""

import re

from playwright.sync_api import Page, expect

from .conftest import Browse
from .practice import Practice, practise
from .room import Room
from .servers import LocalServer, RealServer
from .watching import NO_NETWORK, Watch, status


def test_a_session_by_keyboard_alone(candidate: Page, local_server: LocalServer) -> None:
    page = candidate
    session = practise(page, local_server, count=3)
    keys = session.keys()

    for slot in (1, 2, 3):
        session.is_at(slot)
        chosen = keys[slot] if slot != 2 else session.wrong(slot)
        for place in chosen:
            page.keyboard.press("abcdef"[place] if slot == 1 else str(place + 1))
        session.shows(chosen)
        if slot == 2:
            page.keyboard.press("m")
        page.keyboard.press("Enter")
        expect(session.feedback).to_be_focused()
        expect(session.feedback).to_have_text("Not correct" if slot == 2 else "Correct")
        expect(page.locator("article.reviewed .reviewed-option__rationale").first).to_be_visible()
        page.keyboard.press("n" if slot != 3 else "Enter")

    page.wait_for_url(re.compile(r"/summary$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 3 right")
    expect(page.get_by_text("Flagged")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^Question 2")).click()
    expect(session.feedback).to_have_text("Not correct")


def test_enter_without_an_answer_says_what_is_missing(candidate: Page, local_server: LocalServer) -> None:
    session = practise(candidate, local_server, count=1, kind="Multiple response")
    candidate.keyboard.press("a")
    candidate.keyboard.press("Enter")
    expect(session.state).to_have_text("Choose two: one more.")
    for letter in "bc":
        candidate.keyboard.press(letter)
    expect(session.state).to_have_text("Choose two. Clear one first.")
    session.shows([0, 1])
    assert session.stored() == {}


def test_shortcuts_can_be_switched_off(candidate: Page, local_server: LocalServer) -> None:
    session = practise(candidate, local_server, count=1)
    candidate.get_by_text("Keyboard", exact=True).click()
    candidate.get_by_label("Single-key shortcuts are on").uncheck()
    candidate.locator("h1").click()
    candidate.keyboard.press("a")
    session.shows([])


def test_what_was_chosen_but_not_checked_survives_a_reload(candidate: Page, local_server: LocalServer) -> None:
    session = practise(candidate, local_server, count=2)
    chosen = session.wrong(1)
    session.choose(chosen)
    candidate.get_by_label("Guess").check()
    candidate.get_by_label("Flag", exact=True).check()
    candidate.reload()
    session.shows(chosen)
    expect(candidate.get_by_label("Guess")).to_be_checked()
    expect(candidate.get_by_label("Flag", exact=True)).to_be_checked()

    # Leaving and coming back from the practice page leads to the same question, as it was left.
    candidate.get_by_role("link", name="Practice", exact=True).first.click()
    candidate.get_by_role("link", name=re.compile("^Go on")).click()
    session.is_at(1)
    session.shows(chosen)
    candidate.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Not correct")
    (stored,) = session.stored().values()
    assert (stored.confidence, stored.flagged) == ("guess", True)
    # Nothing of it is left on the device.
    assert candidate.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('practice/'))") == []


def test_an_answer_given_without_a_network_gets_through_when_it_is_back(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    session = practise(candidate, local_server, count=2)
    session.choose(session.keys()[1])
    watch.announce(NO_NETWORK)
    with local_server.cut_off(candidate.context):
        candidate.get_by_role("button", name="Check answer").click()
        expect(session.state).to_contain_text("Not sent yet")
        assert session.stored() == {}
    expect(session.feedback).to_have_text("Correct")
    assert session.stored()[1].credit == 1.0


def test_an_answer_on_its_way_survives_that_the_page_is_closed(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    session = practise(candidate, local_server, count=2)
    session.choose(session.keys()[1])
    watch.announce(NO_NETWORK)
    url, context = candidate.url, candidate.context
    with local_server.cut_off(context):
        candidate.get_by_role("button", name="Check answer").click()
        expect(session.state).to_contain_text("Not sent yet")
        candidate.close()
    again = Practice(context.new_page(), local_server)
    again.page.goto(url)
    expect(again.feedback).to_have_text("Correct")


def test_two_tabs_show_the_first_answer(candidate: Page, local_server: LocalServer) -> None:
    session = practise(candidate, local_server, count=1)
    other = Practice(candidate.context.new_page(), local_server)
    other.page.goto(candidate.url)
    other.is_at(1)
    session.choose(session.keys()[1])
    candidate.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Correct")
    other.page.get_by_role("button", name="I don't know").click()
    expect(other.feedback).to_have_text("Correct")
    expect(other.page.get_by_text("Your first answer stands")).to_be_visible()


def test_the_pace_is_a_countdown_that_closes_nothing(candidate: Page, local_server: LocalServer) -> None:
    candidate.clock.install()
    session = practise(candidate, local_server, count=1, pace="30")
    pace = candidate.locator("[data-pace-text]")
    expect(pace).to_contain_text("left at your pace")
    candidate.clock.fast_forward(40_000)
    expect(pace).to_contain_text("over your pace")
    expect(candidate.locator("[data-pace-said]")).to_have_text("You are over your pace. Take the time you need.")
    session.choose(session.keys()[1])
    candidate.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Correct")
    assert 38_000 <= session.stored()[1].spent_ms <= 60_000


def test_the_number_of_matching_questions_follows_the_choices(candidate: Page, server: RealServer) -> None:
    candidate.goto(f"{server.url}/practice?certification=aws-mls-c01")
    figure = candidate.locator("[data-matching]")
    everything = int(figure.inner_text())
    expect(candidate.get_by_role("button", name="Show how many match")).to_be_hidden()
    candidate.get_by_label("Data Engineering", exact=True).check()
    expect(figure).not_to_have_text(str(everything))
    part = int(figure.inner_text())
    assert 0 < part < everything
    candidate.get_by_role("radio", name=re.compile("^Missed last time")).check()
    expect(figure).to_have_text("0")
    expect(candidate.get_by_text("Nothing is like that.")).to_be_visible()


def test_practice_without_javascript(browse: Browse, local_server: LocalServer, watch: Watch) -> None:
    watch.announce(status(400))
    page = browse(java_script_enabled=False)
    session = practise(page, local_server, count=2)
    keys = session.keys()
    session.choose(session.wrong(1))
    page.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Not correct")
    page.get_by_role("link", name="Next question").first.click()
    session.is_at(2)
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    session.choose(keys[2])
    page.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Correct")
    page.get_by_role("link", name="Summary").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 right")


def test_no_key_is_in_the_page_before_the_answer_is_stored(candidate: Page, local_server: LocalServer) -> None:
    session = practise(candidate, local_server, count=5)
    question = session.questions()[1]
    secrets = [question.takeaway, *(option.rationale for option in question.options)]
    before = b"".join(body for _, body in local_server.recorder.sent).decode()
    assert [secret for secret in secrets if secret[:40] in before] == []
    session.choose(session.keys()[1])
    candidate.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Correct")


def test_a_short_mock_is_sat_like_a_full_one_and_its_report_says_that_it_is_short(
    candidate: Page, local_server: LocalServer
) -> None:
    candidate.goto(local_server.url)
    candidate.get_by_role("link", name=re.compile("^Short mock ?: AWS Certified Machine Learning - Specialty")).click()
    candidate.get_by_role("button", name="Begin").click()
    room = Room(candidate)
    room.is_open()
    assert room.size == 20
    room.hand_in()
    expect(candidate.get_by_text("Short mock, 20 questions")).to_be_visible()
