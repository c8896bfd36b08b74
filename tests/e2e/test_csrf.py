"""The token that protects forms is refused in the middle of an exam."""

import re

from playwright.sync_api import Page, expect

from .conftest import Browse
from .room import begin
from .servers import LocalServer
from .watching import Watch, status


def _lose_the_token(page: Page, server: LocalServer) -> None:
    """Leave the cookie's candidate, and take away what the page's token is checked against."""
    interface = server.app.session_interface
    serializer = interface.get_signing_serializer(server.app)  # type: ignore[attr-defined]
    name = server.app.config["SESSION_COOKIE_NAME"]
    cookie = next(cookie for cookie in page.context.cookies(server.url) if cookie["name"] == name)
    session = serializer.loads(cookie["value"])
    assert session.pop("csrf_token")
    page.context.add_cookies([{"name": name, "value": serializer.dumps(session), "url": server.url, "httpOnly": True}])


def test_saving_and_submitting_recover_by_themselves(candidate: Page, local_server: LocalServer, watch: Watch) -> None:
    room = begin(candidate, local_server.url)
    room.answer({1: [0]})
    room.is_delivered()
    _lose_the_token(candidate, local_server)
    watch.announce(status(400))
    room.answer({2: [1], 3: [2]})
    room.is_delivered()
    assert local_server.responses(room.attempt_id) == {1: [0], 2: [1], 3: [2]}

    _lose_the_token(candidate, local_server)
    room.choose(3, [0])
    room.is_delivered()
    room.hand_in()
    expect(candidate.locator(".verdict__figure")).to_be_visible()


def test_a_plain_form_asks_to_continue_and_loses_nothing(
    browse: Browse, local_server: LocalServer, watch: Watch
) -> None:
    page = browse(java_script_enabled=False)
    page.goto(local_server.url)
    page.get_by_role("link", name=re.compile("^Start mock exam")).first.click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/questions/1$"))
    attempt_id = page.url.split("/")[-3]
    questions, keys = local_server.questions(attempt_id), local_server.keys(attempt_id)
    slot = next(slot for slot, question in questions.items() if question.type == "multiple_response")
    key = keys[slot]
    page.get_by_role("link", name=re.compile(rf"^Question {slot} ?, unseen")).click()
    for place in key:
        page.locator("label.option__choice").nth(place).click()
    page.get_by_label("Flag for review").check()
    page.get_by_label("Unsure").check()
    _lose_the_token(page, local_server)
    watch.announce(status(400))
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Please confirm")
    expect(page.get_by_role("main")).to_contain_text("Nothing you entered is lost")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile(rf"/questions/{slot}$"))
    answer = local_server.answers(attempt_id)[slot]
    assert (list(answer.response), answer.flagged, answer.confidence) == (key, True, "unsure")
