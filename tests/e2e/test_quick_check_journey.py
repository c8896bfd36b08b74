"""The quick check: from the exam's page to the result, with the mouse, the keyboard alone, and through reloads."""

import re

from playwright.sync_api import Page, expect

from .quick_checks import start_check
from .servers import LocalServer
from .watching import NO_NETWORK, Watch


def test_a_candidate_who_knows_it_all_is_told_so_before_the_most_are_asked(
    candidate: Page, local_server: LocalServer
) -> None:
    page = candidate
    page.goto(f"{local_server.url}/certifications/aws-mls-c01")
    page.get_by_role("link", name="quick check").click()
    check = start_check(page, local_server)
    slot = 0
    while "/questions/" in page.url:
        slot += 1
        assert "Rationale" not in page.content()
        check.answer(slot)
    assert 5 <= slot < 25
    page.wait_for_url(re.compile("/result$"))
    expect(page.locator("#verdict")).to_have_text(re.compile("On the passing side|Ready|Nearly ready"))
    expect(page.get_by_text(f"{slot} questions. It is settled")).to_be_visible()
    expect(page.locator("article.reviewed")).to_have_count(slot)
    # The way back leads to the result, not to a question.
    check_id = check.id
    page.go_back()
    page.goto(f"{local_server.url}/quick-check/{check_id}/questions/1")
    page.wait_for_url(re.compile("/result$"))


def test_a_check_is_taken_with_the_keyboard_alone(candidate: Page, local_server: LocalServer) -> None:
    page = candidate
    check = start_check(page, local_server)
    for slot in (1, 2, 3):
        check.is_at(slot)
        page.keyboard.press("Enter")
        expect(page.locator("[data-send-state]")).not_to_be_empty()
        for place in check.key(slot):
            page.keyboard.press("abcdef"[place])
        page.keyboard.press("Enter")
    check.is_at(4)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Stop and show the result":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/result$"))
    expect(page.get_by_text("3 questions. You stopped it")).to_be_visible()


def test_what_is_chosen_survives_a_reload_and_an_answer_waits_for_the_network(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    page = candidate
    check = start_check(page, local_server)
    key = check.key(1)
    for place in key:
        page.locator("label.option__choice").nth(place).click()
    page.reload()
    for place in key:
        expect(page.locator("[data-options] input").nth(place)).to_be_checked()
    watch.announce(NO_NETWORK)
    page.context.set_offline(True)
    page.get_by_role("button", name="Answer and go on").click()
    expect(page.locator("[data-send-state]")).to_contain_text("Not sent yet")
    page.context.set_offline(False)
    check.is_at(2)


def test_two_tabs_go_on_with_one_and_the_same_check(candidate: Page, local_server: LocalServer) -> None:
    check = start_check(candidate, local_server)
    other = candidate.context.new_page()
    other.goto(candidate.url)
    check.answer(1)
    check.is_at(2)
    for place in range(int(other.locator("form[data-choose]").get_attribute("data-choose") or 0)):
        other.locator("label.option__choice").nth(place).click()
    other.get_by_role("button", name="Answer and go on").click()
    other.wait_for_url(re.compile("/questions/2$"))
    assert len(check.form().slots) == 2
