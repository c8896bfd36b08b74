"""The network goes away in the middle of an exam."""

import re

from playwright.sync_api import Page, expect

from .room import Room, begin, letters
from .servers import LocalServer
from .watching import NO_NETWORK, Watch


def test_half_of_an_exam_without_a_network_and_with_a_reload_is_delivered_in_full(
    candidate: Page, local_server: LocalServer, watch: Watch
) -> None:
    room = begin(candidate, local_server.url)
    keys = local_server.keys(room.attempt_id)
    online, offline = _split(keys)
    room.answer(online)
    room.is_delivered()
    room.is_kept_for_offline()
    assert local_server.responses(room.attempt_id) == online

    watch.announce(NO_NETWORK)
    first, second = _split(offline)
    with local_server.cut_off(candidate.context):
        requests = len(local_server.recorder.sent)
        room.answer(first)
        _says_how_many_wait(room)
        assert set(room.waiting()) >= set(first)

        candidate.reload()
        room.shows(max(first), first[max(first)])
        room.lists({**online, **first})
        room.answer(second)
        _says_how_many_wait(room)
        assert len(local_server.recorder.sent) == requests, "the network was not cut"
        assert local_server.responses(room.attempt_id) == online

        # Submitting waits for the network too, and then goes on by itself.
        room.review.click()
        room.submit.click()
        facts = room.confirmation.get_by_role("listitem")
        expect(facts).to_have_text([f"All {len(keys)} questions are answered"])
        room.confirmation.get_by_role("button", name="Submit now").click()
        expect(room.confirmation.get_by_role("status")).to_contain_text("Submitting needs the network")
        attempt_id = room.attempt_id
    candidate.wait_for_url(re.compile(r"/report$"))
    expect(candidate.locator(".verdict__figure")).to_have_text("1000")
    assert local_server.responses(attempt_id) == keys

    candidate.get_by_role("link", name="Receipt", exact=True).click()
    answers = candidate.locator("table.receipt tbody tr td:nth-child(2)")
    expect(answers).to_have_text([letters(keys[slot]) for slot in sorted(keys)])


def _split(answers: dict[int, list[int]]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    slots = sorted(answers)
    half = len(slots) // 2
    return {slot: answers[slot] for slot in slots[:half]}, {slot: answers[slot] for slot in slots[half:]}


def _says_how_many_wait(room: Room) -> None:
    expect(room.saving).to_have_text(re.compile(r"^Offline: answers are kept on this device \(\d+ waiting\)$"))
    expect(room.saving).to_contain_text(f"({len(room.waiting())} waiting)")


def test_a_short_cut_shows_and_heals_by_itself(candidate: Page, local_server: LocalServer, watch: Watch) -> None:
    room = begin(candidate, local_server.url)
    watch.announce(NO_NETWORK)
    with local_server.cut_off(candidate.context):
        room.choose(1, [2])
        expect(room.saving).to_contain_text("Offline")
    room.is_delivered()
    assert local_server.responses(room.attempt_id) == {1: [2]}
