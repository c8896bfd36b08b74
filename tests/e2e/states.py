"""Every page in every state that a candidate can see, and how to get there."""

import re
from collections.abc import Callable
from datetime import timedelta

from browser import Browser
from factories import make_every_type_pack
from playwright.sync_api import Page, expect
from sqlmodel import Session

from simulator.operations.accounts import admit_candidate
from simulator.operations.real_results import Prediction, RealResult, record_result
from simulator.store.engine import WRITES, open_engine

from .practice import practise
from .quick_checks import start_check
from .room import AWS, GOOGLE, START, Room, begin
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


def _sat_before(page: Page, server: LocalServer, kind: str, certification: str, answered: Callable[[int], bool]) -> str:
    """Sit an exam without opening its room, which is much faster; return the attempt's id."""
    earlier = Browser(server.app)
    name = server.app.config["SESSION_COOKIE_NAME"]
    for cookie in page.context.cookies(server.url):
        if cookie["name"] == name:
            earlier.client.set_cookie(name, cookie["value"])
    attempt_id = earlier.begin(certification, kind=kind)
    epoch = earlier.hold(attempt_id)["epoch"]
    for slot, key in server.keys(attempt_id).items():
        if answered(slot):
            response = key if slot % 3 else [0]
            saved = earlier.save(
                attempt_id, slot, response, epoch=epoch, sequence=1, confidence="guess" if slot == 4 else None
            )
            assert saved.status_code == 200, saved.text
    assert earlier.submit(attempt_id).status_code == 303
    page.context.add_cookies([{"name": name, "value": earlier.cookie[1], "url": server.url, "httpOnly": True}])
    return attempt_id


def _to_report(page: Page, server: LocalServer) -> None:
    """Sit an exam: some answers right, some wrong, one guessed, the rest not answered."""
    attempt_id = _sat_before(page, server, "full", "aws-mls-c01", lambda slot: slot < 9)
    page.goto(f"{server.url}/attempts/{attempt_id}/report")


def _to_plain_pages(page: Page, server: LocalServer) -> str:
    room = _sat(page, server)
    return f"{server.url}/attempts/{room.attempt_id}"


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")


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
    _open_details(page)


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


def _every_type(page: Page, server: LocalServer) -> tuple[Room, dict[str, int]]:
    """Begin an exam of every question type; return the room and the slot of each type."""
    server.add_pack(make_every_type_pack())
    page.goto(f"{server.url}/certifications/types")
    page.get_by_role("button", name="Begin").click()
    room = Room(page)
    room.is_open()
    questions = server.questions(room.attempt_id)
    return room, {question.type: slot for slot, question in questions.items() if not question.stimulus_id}


@_state
def the_room_with_an_ordering(page: Page, server: LocalServer, watch: Watch) -> None:
    room, slots = _every_type(page, server)
    room.go_to(slots["ordering"])
    for option in (1, 3):
        room.question(slots["ordering"]).locator(f"[data-lettered] [data-option='{option}']").click()
    room.is_delivered()


@_state
def the_room_with_a_matching(page: Page, server: LocalServer, watch: Watch) -> None:
    room, slots = _every_type(page, server)
    room.go_to(slots["matching"])
    room.question(slots["matching"]).locator("select").first.select_option("1")
    room.is_delivered()


@_state
def the_room_with_a_number_to_type(page: Page, server: LocalServer, watch: Watch) -> None:
    room, slots = _every_type(page, server)
    room.go_to(slots["numeric"])
    room.question(slots["numeric"]).locator("[data-typed]").fill("0.75")
    room.is_delivered()


@_state
def the_room_with_a_case_study(page: Page, server: LocalServer, watch: Watch) -> None:
    room, slots = _every_type(page, server)
    room.go_to(next(slot for slot in range(1, 9) if slot not in slots.values()))


@_state
def the_report_of_every_question_type(page: Page, server: LocalServer, watch: Watch) -> None:
    room, slots = _every_type(page, server)
    room.go_to(slots["matching"])
    room.question(slots["matching"]).locator("select").first.select_option("1")
    room.go_to(slots["short_text"])
    room.question(slots["short_text"]).locator("[data-typed]").fill("recall")
    room.hand_in()


@_state
def a_plain_ordering(page: Page, server: LocalServer, watch: Watch) -> None:
    room, slots = _every_type(page, server)
    page.goto(f"{server.url}/attempts/{room.attempt_id}/questions/{slots['ordering']}")


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
    _open_details(page)


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
    page.get_by_role("link", name="Receipt", exact=True).click()


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


def _answered(page: Page, server: LocalServer) -> None:
    _sat_short(page, server)
    server.clock.move(timedelta(days=1))


@_state
def nothing_to_review(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/reviews")
    expect(page.get_by_role("heading", name="Nothing to review yet")).to_be_visible()


@_state
def due_today(page: Page, server: LocalServer, watch: Watch) -> None:
    _answered(page, server)
    page.goto(f"{server.url}/reviews")
    page.get_by_text("Reviews per day as a table").click()
    expect(page.get_by_role("button", name=re.compile("^Review"))).to_be_visible()


@_state
def a_problem_reported(page: Page, server: LocalServer, watch: Watch) -> None:
    _to_report(page, server)
    page.get_by_role("link", name=re.compile("^Report a problem")).first.click()
    page.get_by_label("The key is wrong").check()
    page.get_by_label("What should the author know?").fill("B is right, too.")
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Your report is stored")).to_be_visible()


@_state
def a_problem_without_a_reason(page: Page, server: LocalServer, watch: Watch) -> None:
    watch.announce(status(400))
    _to_report(page, server)
    page.get_by_role("link", name=re.compile("^Report a problem")).first.click()
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Choose one.")).to_be_visible()


@_state
def real_results(page: Page, server: LocalServer, watch: Watch) -> None:
    watch.announce(status(400))
    _answered(page, server)
    for day, outcome in (("2020-01-02", "Not passed"), (f"{server.clock():%Y-%m-%d}", "Passed")):
        page.goto(f"{server.url}/certifications/aws-mls-c01/result")
        page.get_by_label("Day of the exam").fill(day)
        page.get_by_label(outcome, exact=True).check()
        page.get_by_role("button", name="Save result").click()
    expect(page.get_by_role("button", name=re.compile("^Delete"))).to_have_count(2)
    page.get_by_label("Day of the exam").fill("2020-01-02")
    page.get_by_role("button", name="Save result").click()
    expect(page.get_by_text("Choose one.")).to_be_visible()


@_state
def too_few_real_results(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/readiness/record")
    expect(page.get_by_role("heading", name="Not enough results yet")).to_be_visible()


def _tell_results(server: LocalServer, outcomes: list[tuple[float, bool]]) -> None:
    """Store real results of other candidates with what was predicted for them."""
    engine = open_engine(f"sqlite:///{server.database}", connections=1)
    with Session(engine.execution_options(**{WRITES: True})) as session:
        for number, (predicted, passed) in enumerate(outcomes):
            actor, now = f"candidate-{number}", server.clock()
            admit_candidate(session, actor, now=now)
            prediction = Prediction(predicted, predicted, predicted, responses=50)
            result = RealResult(now.date(), passed=passed)
            record_result(session, "aws-mls-c01", result, prediction=prediction, actor=actor, now=now)
        session.commit()
    engine.dispose()


@_state
def enough_real_results(page: Page, server: LocalServer, watch: Watch) -> None:
    _tell_results(server, [(0.05 + 0.06 * number, number % 3 > 0) for number in range(16)])
    page.goto(f"{server.url}/readiness/record")
    expect(page.get_by_role("heading", name="By predicted chance")).to_be_visible()


@_state
def your_data(page: Page, server: LocalServer, watch: Watch) -> None:
    _sat_short(page, server)
    page.goto(f"{server.url}/me")
    expect(page.get_by_role("link", name="Download Anki deck")).to_be_visible()


@_state
def no_data_of_yours(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/me")


@_state
def deleting_everything(page: Page, server: LocalServer, watch: Watch) -> None:
    watch.announce(status(400))
    _to_report(page, server)
    page.goto(f"{server.url}/me/delete")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Nothing has been deleted")).to_be_visible()


@_state
def everything_deleted(page: Page, server: LocalServer, watch: Watch) -> None:
    begin(page, server.url)
    page.goto(f"{server.url}/me/delete")
    page.get_by_label("Type DELETE to confirm").fill("DELETE")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("copies of your exams are gone too")).to_be_visible()


@_state
def readiness_of_a_newcomer(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/readiness")
    expect(page.get_by_role("heading", name="Nothing to go by yet")).to_be_visible()


@_state
def readiness_after_an_exam(page: Page, server: LocalServer, watch: Watch) -> None:
    _sat_short(page, server)
    page.goto(f"{server.url}/readiness")
    expect(page.get_by_role("img", name=re.compile("^Probability of passing [0-9]"))).to_be_visible()


@_state
def readiness_for_two_certifications(page: Page, server: LocalServer, watch: Watch) -> None:
    for certification in ("aws-mls-c01", "google-pmle"):
        _sat_short(page, server, certification)
    page.goto(f"{server.url}/readiness")
    expect(page.get_by_role("img", name=re.compile("^Probability of passing [0-9]"))).to_have_count(2)


@_state
def readiness_for_one_certification(page: Page, server: LocalServer, watch: Watch) -> None:
    for _ in range(2):
        _sat_short(page, server)
    page.goto(f"{server.url}/readiness/aws-mls-c01")
    page.get_by_text("The trend as a table").click()
    page.get_by_label("Share right that passes").fill("80")
    page.get_by_role("button", name="Assume this").click()
    expect(page.get_by_role("button", name="Back to the default")).to_be_visible()


@_state
def readiness_without_evidence_and_with_a_cut_that_makes_no_sense(
    page: Page, server: LocalServer, watch: Watch
) -> None:
    watch.announce(status(400))
    page.goto(f"{server.url}/readiness/google-pmle")
    page.get_by_label("Give or take").fill("50")
    # The browser would say so itself, and first.
    page.locator("form.cut-form").evaluate("(form) => { form.noValidate = true; }")
    page.get_by_role("button", name="Assume this").click()
    expect(page.get_by_text("Enter a whole number from 1 to 15.")).to_be_visible()


@_state
def the_comparison(page: Page, server: LocalServer, watch: Watch) -> None:
    _sat_short(page, server)
    page.goto(f"{server.url}/compare")
    _open_details(page)


@_state
def the_comparison_with_a_suggestion(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/compare?role=ml-engineer&clouds=amazon-web-services&leaning=both&goals=soon")
    expect(page.get_by_text("Points for each answer")).to_be_visible()


def _sat_short(page: Page, server: LocalServer, certification: str = "aws-mls-c01") -> None:
    """Sit a short mock, every question answered, some of them right."""
    _sat_before(page, server, "short", certification, lambda _: True)


@_state
def practice_of_a_newcomer(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/practice?certification=aws-mls-c01")
    _open_details(page)
    page.get_by_role("radio", name=re.compile("^Missed in my latest exams")).check()
    expect(page.get_by_text("Nothing is like that.")).to_be_visible()


@_state
def a_practice_question(page: Page, server: LocalServer, watch: Watch) -> None:
    session = practise(page, server, count=3, pace="60")
    page.get_by_text("Keyboard", exact=True).click()
    page.get_by_role("button", name="Check answer").click()
    expect(session.state).not_to_be_empty()


@_state
def a_practice_question_over_the_pace(page: Page, server: LocalServer, watch: Watch) -> None:
    page.clock.install()
    practise(page, server, count=1, kind="Multiple response", pace="30")
    page.clock.fast_forward(40_000)
    expect(page.locator("[data-pace-text]")).to_contain_text("over your pace")
    page.clock.resume()


@_state
def feedback_on_a_wrong_answer(page: Page, server: LocalServer, watch: Watch) -> None:
    session = practise(page, server, count=3)
    session.choose(session.wrong(1))
    page.get_by_label("Flag", exact=True).check()
    page.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Not correct")


@_state
def feedback_on_a_right_answer(page: Page, server: LocalServer, watch: Watch) -> None:
    session = practise(page, server, count=1)
    session.choose(session.keys()[1])
    page.get_by_role("button", name="Check answer").click()
    expect(session.feedback).to_have_text("Correct")


@_state
def practice_to_go_on_with(page: Page, server: LocalServer, watch: Watch) -> None:
    feedback_on_a_wrong_answer(page, server, watch)
    page.goto(f"{server.url}/practice")
    expect(page.get_by_role("link", name=re.compile("^Go on"))).to_be_visible()


@_state
def a_practice_question_held_back_by_an_exam(page: Page, server: LocalServer, watch: Watch) -> None:
    session = practise(page, server, count=100)
    url = page.url.rpartition("/")[0]
    slots = {slot.question_id: slot.number for slot in session.form().slots}
    room = begin(page, server.url, GOOGLE)
    exam = server.form(room.attempt_id).slots
    held = next(slots[slot.question_id] for slot in exam if slot.question_id in slots)
    page.goto(f"{url}/{held}")
    expect(page.get_by_role("heading", name="This question is on an exam you have open")).to_be_visible()


@_state
def a_practice_summary(page: Page, server: LocalServer, watch: Watch) -> None:
    session = practise(page, server, count=4, pace="60")
    for slot, places in {1: session.keys()[1], 2: session.wrong(2), 3: []}.items():
        session.is_at(slot)
        session.choose(places)
        page.get_by_role("button", name="Check answer" if places else "I don't know").click()
        page.get_by_role("link", name="Next question").first.click()
    page.get_by_role("button", name="End the session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 3 right")


@_state
def instructions_of_a_short_mock(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/certifications/google-pmle?kind=short")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


@_state
def a_quick_check_to_start(page: Page, server: LocalServer, watch: Watch) -> None:
    page.goto(f"{server.url}/certifications/aws-mls-c01/quick-check")
    expect(page.get_by_role("button", name="Start the quick check")).to_be_visible()


@_state
def a_quick_check_question(page: Page, server: LocalServer, watch: Watch) -> None:
    start_check(page, server)
    page.get_by_text("Keyboard", exact=True).click()
    page.get_by_role("button", name="Answer and go on").click()
    expect(page.locator("[data-send-state]")).not_to_be_empty()


@_state
def a_quick_check_question_met_elsewhere(page: Page, server: LocalServer, watch: Watch) -> None:
    check = start_check(page, server)
    check.meet_elsewhere()
    page.reload()
    expect(page.get_by_role("button", name="Ask another question")).to_be_visible()


@_state
def a_quick_check_result(page: Page, server: LocalServer, watch: Watch) -> None:
    check = start_check(page, server)
    for slot in (1, 2):
        check.answer(slot)
    page.get_by_role("button", name="Stop and show the result").click()
    expect(page.get_by_role("heading", name="What was asked")).to_be_visible()


@_state
def a_quick_check_without_an_answer(page: Page, server: LocalServer, watch: Watch) -> None:
    start_check(page, server)
    page.get_by_role("button", name="Stop and show the result").click()
    expect(page.get_by_role("heading", name="Nothing was answered")).to_be_visible()
