"""A whole mock exam with the mouse, from the home page to the score report."""

import re
from collections import Counter

from playwright.sync_api import Page, expect

from simulator.exam.form import Form

from .room import AWS, begin, letters, wrong
from .servers import RealServer

UNANSWERED = (5, 20)
GUESSED, STRUCK = 3, 4
FLAGGED = (2, 7)


def _right_by_domain(form: Form, keys: dict[int, list[int]], given: dict[int, list[int]]) -> dict[str, tuple[int, int]]:
    """Work out what the report must say, by the rules as a candidate knows them."""
    right: Counter[str] = Counter()
    scored: Counter[str] = Counter()
    for slot in form.slots:
        if slot.scored:
            scored[slot.domain] += 1
            right[slot.domain] += given.get(slot.number) == keys[slot.number]
    return {domain: (right[domain], scored[domain]) for domain in scored}


def test_a_candidate_sits_a_full_exam_and_reads_the_score_of_every_domain(candidate: Page, server: RealServer) -> None:
    room = begin(candidate, server.url, AWS)
    keys, form = server.keys(room.attempt_id), server.form(room.attempt_id)
    multiple = [slot for slot, key in keys.items() if len(key) > 1]
    partial = next(slot for slot in reversed(multiple) if slot not in UNANSWERED)
    size = room.size
    assert size == len(keys) == 65

    given: dict[int, list[int]] = {}
    for slot in range(1, size + 1):
        room.is_at(slot)
        if slot in UNANSWERED:
            pass
        elif slot == partial:
            given[slot] = keys[slot][:1]
        elif slot % 4 == 0:
            given[slot] = wrong(keys[slot], room.options(slot).count())
        else:
            given[slot] = keys[slot]
        room.choose(slot, given.get(slot, []))
        if slot in FLAGGED:
            room.flag.click()
            expect(room.flag).to_have_attribute("aria-pressed", "true")
        if slot == GUESSED:
            room.question(slot).get_by_label("Guess").click()
        if slot == STRUCK:
            place = next(place for place in range(4) if place not in given[slot])
            room.question(slot).get_by_role("button", name=f"Strike out option {letters([place])}").click()
        if slot < size:
            room.go_on()
    expect(room.next).to_be_disabled()

    # A question that asks for two takes no third.
    full = next(slot for slot in multiple if slot != partial and slot in given)
    room.go_to(full)
    spare = next(place for place in range(room.options(full).count()) if place not in given[full])
    room.click(full, spare)
    expect(room.question(full).locator("[data-choose-count]")).to_contain_text("Clear one first")
    room.shows(full, given[full])

    room.review.click()
    expect(candidate.get_by_role("heading", name="Review your answers")).to_be_focused()
    expect(candidate.locator("#review-summary")).to_have_text(
        "2 questions unanswered, 1 question answered only in part, 2 questions flagged for review."
    )
    review = candidate.locator("#review-slots")
    review_filters = candidate.get_by_role("group", name="Show in the review")
    review_filters.get_by_role("button", name="Incomplete").click()
    expect(review.get_by_role("button")).to_have_count(3)
    review_filters.get_by_role("button", name="Flagged").click()
    expect(review.get_by_role("button")).to_have_count(2)
    review.get_by_role("button").first.click()
    room.is_at(FLAGGED[0])

    room.review.click()
    room.submit.click()
    expect(room.confirmation.get_by_role("listitem")).to_have_text(
        ["2 questions unanswered", "1 question answered only in part", "2 questions flagged for review"]
    )
    room.confirmation.get_by_role("button", name="Keep working").click()
    expect(room.confirmation).to_be_hidden()
    room.hand_in()

    _reads_the_report(candidate, _right_by_domain(form, keys, given))
    _reads_the_receipt(candidate, size, given)
    score = candidate.locator(".verdict__figure").inner_text()
    candidate.get_by_role("link", name="History", exact=True).click()
    row = candidate.get_by_role("row").filter(has_text="MLS-C01")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(score)
    candidate.get_by_role("link", name="Exams", exact=True).click()
    expect(candidate.get_by_role("region", name="Latest results").get_by_role("listitem")).to_contain_text([score])


def _reads_the_report(page: Page, right: dict[str, tuple[int, int]]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(AWS)
    correct, scored = (sum(pair[number] for pair in right.values()) for number in (0, 1))
    expect(page.locator(".verdict .facts").get_by_text(f"{correct} of {scored}")).to_be_visible()
    expect(page.locator(".verdict__figure")).to_have_text(str(round(100 + 900 * correct / scored)))
    lines = page.locator("table.domains tbody .domains__correct").all_inner_texts()
    assert sorted(lines) == sorted(f"{a} of {b}" for a, b in right.values())
    assert len(lines) == 4

    filters = page.get_by_role("navigation", name="Show questions")
    expect(filters.get_by_role("link", name=re.compile(r"^All \d"))).to_have_text(re.compile(r"65$"))
    filters.get_by_role("link", name=re.compile("^Flagged")).click()
    expect(page.locator("article.reviewed")).to_have_count(len(FLAGGED))
    filters.get_by_role("link", name=re.compile("^Guessed")).click()
    expect(page.locator("article.reviewed")).to_have_count(1)
    filters.get_by_role("link", name=re.compile("^Unscored")).click()
    expect(page.locator("article.reviewed")).to_have_count(65 - scored)
    filters.get_by_role("link", name=re.compile("^All \\d")).click()


def _reads_the_receipt(page: Page, size: int, given: dict[int, list[int]]) -> None:
    page.get_by_role("link", name="Receipt", exact=True).click()
    rows = page.locator("table.receipt tbody tr")
    expect(rows).to_have_count(size)
    shown = [row.split("\t") for row in page.locator("table.receipt tbody").inner_text().splitlines()]
    assert [cells[1] for cells in shown] == [letters(given[s]) if s in given else "none" for s in range(1, size + 1)]
    assert [int(cells[0]) for cells in shown if cells[2] == "flagged"] == list(FLAGGED)
    assert [int(cells[0]) for cells in shown if cells[3] == "guess"] == [GUESSED]
    assert all(re.search(r"\d\d:\d\d:\d\d", cells[5]) for cells in shown)
    page.go_back()
