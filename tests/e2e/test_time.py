"""Time runs out. The test moves the clocks; nobody waits for three hours."""

import re
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from .conftest import Browse
from .room import AWS, START, Room, begin
from .servers import LocalServer
from .watching import NO_NETWORK, Watch

COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"


def _minutes_left(room: Room, server: LocalServer, minutes: float) -> None:
    """Move the server's clock until so much is left; the page learns of it as when its tab comes to the front."""
    server.clock.move(timedelta(seconds=room.remaining_seconds() - 60 * minutes))
    room.page.evaluate(COME_BACK)


def _let_pass(page: Page, server: LocalServer, time: timedelta) -> None:
    """Let time pass for the browser as well, as it does for somebody without a network."""
    server.clock.move(time)
    page.clock.fast_forward(round(time.total_seconds() * 1000))


def test_warnings_come_at_30_and_5_minutes_and_bring_a_hidden_clock_back(
    candidate: Page, local_server: LocalServer
) -> None:
    room = begin(candidate, local_server.url)
    spoken = candidate.locator("#announcer")
    candidate.get_by_role("button", name="Hide time and counter").click()
    expect(room.clock).to_be_hidden()
    expect(room.counter).to_be_hidden()
    candidate.get_by_role("button", name="Hide time and counter").click()
    expect(room.clock).to_be_visible()

    _minutes_left(room, local_server, 31)
    expect(room.clock).to_contain_text("0:30:5")
    expect(room.time_warning).to_be_hidden()
    _minutes_left(room, local_server, 29.9)
    expect(room.time_warning).to_contain_text("30 minutes left")
    expect(spoken).to_contain_text("30 minutes left")
    room.time_warning.get_by_role("button", name="OK").click()
    expect(room.time_warning).to_be_hidden()

    _minutes_left(room, local_server, 6)
    expect(room.clock).to_contain_text("0:05:5")
    candidate.get_by_role("button", name="Hide time and counter").click()
    expect(room.clock).to_be_hidden()
    local_server.clock.move(timedelta(seconds=70))
    candidate.evaluate(COME_BACK)
    expect(room.clock).to_be_visible()
    expect(room.clock).to_contain_text("0:04:")
    expect(room.time_warning).to_contain_text("5 minutes left")
    expect(spoken).to_contain_text("5 minutes left")


def test_at_zero_inputs_lock_and_the_score_report_opens(candidate: Page, local_server: LocalServer) -> None:
    room = begin(candidate, local_server.url)
    keys = local_server.keys(room.attempt_id)
    room.answer({slot: keys[slot] for slot in (1, 2, 3)})
    room.is_delivered()
    local_server.clock.move(timedelta(minutes=181))
    candidate.evaluate(COME_BACK)

    expect(room.time_up).to_be_visible()
    expect(room.time_up.get_by_role("heading", name="Time is up")).to_be_focused()
    expect(room.question(3).locator("input:enabled, button:enabled")).to_have_count(0)
    expect(candidate.locator(".room__column")).to_have_attribute("inert", "")
    expect(room.time_up.get_by_role("status")).to_have_text("All answers are saved.")
    candidate.keyboard.press("n")
    expect(room.question(3)).to_be_visible()
    room.time_up.get_by_role("link", name="Go to the score report").click()

    # Keys are shown only after the candidate has said so once more: until then late answers can arrive.
    expect(candidate.get_by_role("heading", name="Time is up")).to_be_visible()
    expect(candidate.get_by_role("main")).to_contain_text("You answered 3 of 65 questions")
    candidate.get_by_role("button", name="Show score report").click()
    expect(candidate.get_by_role("heading", level=1)).to_have_text(AWS)
    expect(candidate.get_by_text("The exam closed when the time was up.")).to_be_visible()
    expect(candidate.locator(".verdict .facts").get_by_text("62")).to_be_visible()


def test_the_report_is_not_offered_before_the_page_knows_what_waits_on_this_device(
    browse: Browse, local_server: LocalServer, watch: Watch
) -> None:
    # Requests that go through a service worker cannot be held up.
    candidate = browse(service_workers="block")
    watch.announce("Service Worker registration blocked")
    room = begin(candidate, local_server.url)
    report = f"{local_server.url}/attempts/{room.attempt_id}/report"
    local_server.clock.move(timedelta(minutes=181))
    candidate.goto(local_server.url)
    held: list[Route] = []
    candidate.route("**/room/flush.js", lambda route: held.append(route))
    candidate.goto(report, wait_until="commit")
    show = candidate.get_by_role("button", name="Show score report", include_hidden=True)
    expect(show).to_be_attached()
    expect(show).to_be_hidden()
    # A script that never comes holds nobody up: after a while the button is there without it.
    candidate.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
    expect(show).to_be_visible()

    held.pop().continue_()
    expect(candidate.locator("form[data-looked]")).to_be_visible()
    show.click()
    expect(candidate.get_by_role("heading", level=1)).to_have_text(AWS)


def test_answers_made_in_time_without_a_network_count_when_they_come_after_the_deadline(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    candidate.clock.install()
    room = begin(candidate, local_server.url)
    keys = local_server.keys(room.attempt_id)
    room.answer({1: keys[1], 2: keys[2]})
    room.is_delivered()
    watch.announce(NO_NETWORK)
    with local_server.cut_off(candidate.context):
        _let_pass(candidate, local_server, timedelta(minutes=170))
        room.answer({3: keys[3], 4: keys[4]})
        expect(room.saving).to_contain_text("Offline")
        _let_pass(candidate, local_server, timedelta(minutes=20))
        expect(room.time_up).to_contain_text("waiting on this device")
        expect(room.question(4).locator("input:enabled")).to_have_count(0)
    candidate.clock.fast_forward(30_000)
    expect(room.time_up.get_by_role("status")).to_have_text("All answers are saved.")
    assert local_server.responses(room.attempt_id) == {slot: keys[slot] for slot in (1, 2, 3, 4)}

    room.time_up.get_by_role("link", name="Go to the score report").click()
    candidate.get_by_role("button", name="Show score report").click()
    expect(
        candidate.get_by_text(re.compile(r"\d answers? (was|were) given in time and delivered late"))
    ).to_be_visible()
    candidate.get_by_role("link", name="Receipt", exact=True).click()
    rows = candidate.locator("table.receipt tbody tr")
    for slot, late in {1: False, 3: True, 4: True}.items():
        expect(rows.nth(slot - 1).get_by_text("late", exact=True)).to_have_count(int(late))


def test_a_candidate_who_comes_back_after_the_deadline_still_delivers_what_waited(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    candidate.context.clock.install()
    room = begin(candidate, local_server.url)
    keys = local_server.keys(room.attempt_id)
    room.answer({1: keys[1]})
    room.is_delivered()
    watch.announce(NO_NETWORK)
    context, attempt_id = candidate.context, room.attempt_id
    with local_server.cut_off(context):
        room.answer({2: keys[2], 3: keys[3]})
        expect(room.saving).to_contain_text("Offline")
        assert set(room.waiting()) >= {2, 3}
        candidate.close()
        local_server.clock.move(timedelta(minutes=200))
        context.clock.fast_forward(200 * 60_000)

    page = context.new_page()
    page.goto(local_server.url)
    page.get_by_role("link", name="Show score report").click()
    expect(page.locator("#flush-state")).to_have_text("All answers are saved.")
    assert local_server.responses(attempt_id) == {slot: keys[slot] for slot in (1, 2, 3)}
    page.get_by_role("button", name="Show score report").click()
    expect(page.locator(".verdict .facts").get_by_text("62")).to_be_visible()
    answers = local_server.answers(attempt_id)
    assert {slot: answer.late for slot, answer in answers.items()} == {1: False, 2: True, 3: True}


def test_extra_time_is_part_of_the_exam(candidate: Page, local_server: LocalServer) -> None:
    candidate.goto(local_server.url)
    candidate.get_by_role("link", name=START[AWS]).click()
    candidate.get_by_label(re.compile("30 minutes more")).check()
    candidate.get_by_role("button", name="Begin").click()
    room = Room(candidate)
    room.is_open()
    assert 209 * 60 < room.remaining_seconds() <= 210 * 60
