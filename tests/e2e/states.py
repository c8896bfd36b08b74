"""Every page in every state that a candidate can see, and how to get there."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from .room import AWS, START, Room, begin
from .servers import LocalServer
from .watching import NO_NETWORK, Watch, status

Open = Callable[[Page, LocalServer, Watch], None]

STATES: dict[str, Open] = {}


def _state(opens: Open) -> Open:
    STATES[opens.__name__.replace("_", " ")] = opens
    return opens


def _sat(page: Page, server: LocalServer) -> Room:
    """Sit an exam: some answers right, some wrong, one guessed, the rest not answered."""
    room = begin(page, server.url)
    keys = server.keys(room.attempt_id)
    room.answer({1: keys[1], 2: [0], 3: keys[3], 4: [1]})
    room.question(4).get_by_label("Guess").click()
    room.flag.click()
    room.is_delivered()
    return room


def _to_report(page: Page, server: LocalServer) -> None:
    _sat(page, server).hand_in()


def _to_plain_pages(page: Page, server: LocalServer) -> str:
    room = _sat(page, server)
    return f"{server.url}/attempts/{room.attempt_id}"


def _multiple(room: Room, server: LocalServer) -> int:
    return next(slot for slot, key in server.keys(room.attempt_id).items() if len(key) > 1)


@_state
def home_of_a_newcomer(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(server.url)


@_state
def home_with_an_open_attempt_and_results(page: Page, server: LocalServer, watch: Watch) -> None:
    _to_report(page, server)
    begin(page, server.url)
    page.goto(server.url)
    expect(page.get_by_role("link", name="Resume")).to_be_visible()


@_state
def home_with_an_attempt_whose_time_is_up(page: Page, server: LocalServer, watch: Watch) -> None:
    _sat(page, server)
    page.goto(f"{server.url}/about")
    server.clock.move(timedelta(hours=4))
    page.goto(server.url)
    expect(page.get_by_role("link", name="Show score report")).to_be_visible()


@_state
def instructions_with_a_published_pass_mark(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(server.url)
    page.get_by_role("link", name=START[AWS]).click()
    for summary in page.locator("summary").all():
        summary.click()


@_state
def instructions_with_an_assumed_pass_mark(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/certifications/google-pmle")
    expect(page.get_by_label("Assumed pass mark")).to_be_visible()


@_state
def instructions_while_the_exam_is_open(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url)
    page.goto(f"{server.url}/certifications/aws-mls-c01")
    expect(page.get_by_role("heading", name="One at a time")).to_be_visible()


@_state
def the_room_with_an_answer(page: Page, server: LocalServer, watch: Watch) -> None:
    room = _sat(page, server)
    room.question(4).get_by_role("button", name="Strike out option A").click()


@_state
def the_room_with_several_to_choose(page: Page, server: LocalServer, watch: Watch) -> None:
    room = begin(page, server.url)
    slot = _multiple(room, server)
    room.go_to(slot)
    for place in range(3):
        room.click(slot, place)
    room.is_delivered()


@_state
def the_room_with_the_list_of_questions(page: Page, server: LocalServer, watch: Watch) -> None:
    _sat(page, server)
    if not page.locator("#navigator").is_visible():
        page.get_by_role("button", name="Questions", exact=True).click()
    expect(page.locator("#navigator")).to_be_visible()


@_state
def the_list_of_questions_filtered_to_nothing(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url)
    if not page.locator("#navigator").is_visible():
        page.get_by_role("button", name="Questions", exact=True).click()
    page.get_by_role("group", name="Show in the list").get_by_role("button", name="Flagged").click()


@_state
def the_room_without_the_list_of_questions(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url)
    if page.locator("#navigator").is_visible():
        page.get_by_role("button", name="Questions", exact=True).click()
    expect(page.locator("#navigator")).to_be_hidden()
    page.get_by_role("button", name="Hide time and counter").click()


@_state
def the_room_without_a_network(page: Page, server: LocalServer, watch: Watch) -> None:
    room = begin(page, server.url)
    watch.announce(NO_NETWORK)
    page.context.set_offline(True)
    room.choose(1, [0])
    expect(room.saving).to_contain_text("Offline")


@_state
def the_room_with_a_warning_of_time(page: Page, server: LocalServer, watch: Watch) -> None:
    room = begin(page, server.url)
    server.clock.move(timedelta(seconds=room.remaining_seconds() - 299))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(room.time_warning).to_be_visible()


@_state
def the_room_taken_over_by_another_tab(page: Page, server: LocalServer, watch: Watch) -> None:
    room = begin(page, server.url)
    other = page.context.new_page()
    other.goto(page.url)
    Room(other).is_open()
    page.bring_to_front()
    expect(room.stale_banner).to_be_visible()


@_state
def the_review_screen(page: Page, server: LocalServer, watch: Watch) -> None:
    _sat(page, server).review.click()
    expect(page.get_by_role("heading", name="Review your answers")).to_be_visible()


@_state
def the_confirmation(page: Page, server: LocalServer, watch: Watch) -> None:
    room = _sat(page, server)
    room.review.click()
    room.submit.click()
    expect(room.confirmation).to_be_visible()


@_state
def the_keyboard_help(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url)
    page.get_by_role("button", name="Keyboard", exact=True).click()
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


@_state
def the_room_when_time_is_up(page: Page, server: LocalServer, watch: Watch) -> None:
    room = _sat(page, server)
    server.clock.move(timedelta(hours=4))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(room.time_up.get_by_role("link")).to_be_visible()


@_state
def the_page_after_time_is_up(page: Page, server: LocalServer, watch: Watch) -> None:
    the_room_when_time_is_up(page, server, watch)
    page.get_by_role("link", name="Go to the score report").click()
    expect(page.get_by_role("button", name="Show score report")).to_be_visible()


@_state
def the_report(page: Page, server: LocalServer, watch: Watch) -> None:
    _to_report(page, server)
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()


@_state
def the_report_of_unscored_questions(page: Page, server: LocalServer, watch: Watch) -> None:
    _to_report(page, server)
    page.get_by_role("link", name=re.compile("^Unscored")).click()
    expect(page.locator("article.reviewed").first).to_be_visible()


@_state
def the_report_filtered_to_nothing(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url).hand_in()
    page.get_by_role("link", name=re.compile("^Guessed")).click()
    expect(page.get_by_text("No question is like that")).to_be_visible()


@_state
def the_receipt(page: Page, server: LocalServer, watch: Watch) -> None:
    _to_report(page, server)
    page.get_by_role("link", name="Receipt").click()


@_state
def the_history(page: Page, server: LocalServer, watch: Watch) -> None:
    for _ in range(2):
        _to_report(page, server)
    begin(page, server.url)
    page.goto(f"{server.url}/history")
    expect(page.locator("table.attempts tbody").get_by_role("row")).to_have_count(3)


@_state
def the_history_of_a_newcomer(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/history")


@_state
def how_it_works(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/about")


@_state
def moving_with_nothing_to_take_along(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/move")


@_state
def moving_to_another_device(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url)
    page.goto(f"{server.url}/move")
    expect(page.get_by_label("Your link")).to_be_visible()


@_state
def joining_on_another_device(page: Page, server: LocalServer, watch: Watch) -> None:
    moving_to_another_device(page, server, watch)
    page.goto(page.get_by_label("Your link").input_value())
    expect(page.get_by_role("button", name="Go on here")).to_be_visible()


@_state
def nothing_there(page: Page, server: LocalServer, watch: Watch) -> None:
    watch.announce(status(404))
    page.goto(f"{server.url}/attempts/no-such-attempt")
    expect(page.get_by_text("Error 404")).to_be_visible()


@_state
def a_form_sent_again(page: Page, server: LocalServer, watch: Watch) -> None:
    watch.announce(status(400))
    page.goto(f"{server.url}/certifications/aws-mls-c01")
    page.locator("input[name='csrf_token']").evaluate("(input) => { input.value = 'expired'; }")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()


@_state
def a_plain_question(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{_to_plain_pages(page, server)}/questions/4")
    expect(page.get_by_role("button", name="Save")).to_be_visible()


@_state
def a_plain_question_with_several_to_choose(page: Page, server: LocalServer, watch: Watch) -> None:
    room = begin(page, server.url)
    page.goto(f"{page.url}/questions/{_multiple(room, server)}")
    expect(page.get_by_role("checkbox").first).to_be_visible()


@_state
def a_plain_review(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{_to_plain_pages(page, server)}/review")
    expect(page.get_by_role("button", name="Submit exam")).to_be_visible()
