"""The server is killed in the middle of an exam and started again."""

import re
from typing import Any

from playwright.sync_api import Page, Response, expect

from .room import Room, begin
from .servers import RealServer
from .watching import NO_NETWORK, Watch

# A candidate faster than any, so that many saves are under way when the server dies.
ANSWER_AT_ONCE = """([first, last]) => {
  for (let slot = first; slot <= last; slot += 1) {
    document.querySelector(`#question-${slot} [data-options] input[value="1"]`).click();
    if (slot < last) document.getElementById("next").click();
  }
}"""

SAVE = re.compile(r"/answers/(\d+)$")


class Acknowledgements:
    """The saves that the browser was told are safe: by slot, the highest sequence and what was in it."""

    def __init__(self, page: Page) -> None:
        self.saves: dict[int, tuple[int, list[int]]] = {}
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        found = SAVE.search(response.url)
        if found is None or response.status != 200:
            return
        body: Any = response.request.post_data_json
        slot, sequence = int(found[1]), int(body["sequence"])
        if sequence > self.saves.get(slot, (0, []))[0]:
            self.saves[slot] = (sequence, body["response"])


def test_a_server_killed_while_saves_are_under_way_loses_nothing_that_was_acknowledged(
    candidate: Page, mortal_server: RealServer, watch: Watch
) -> None:
    room = begin(candidate, mortal_server.url)
    acknowledged = Acknowledgements(candidate)
    room.answer({slot: [0] for slot in range(1, 6)})
    room.is_delivered()
    room.is_kept_for_offline()
    safe = dict(acknowledged.saves)
    assert set(safe) == {1, 2, 3, 4, 5}

    watch.announce(NO_NETWORK)
    room.go_to(6)
    candidate.evaluate(ANSWER_AT_ONCE, [6, 40])
    mortal_server.kill()
    expect(room.saving).to_have_attribute("data-tone", "warn")
    under_way = room.waiting()
    assert under_way, "the server died too late"
    _nothing_acknowledged_is_lost(mortal_server, room, acknowledged)

    # The candidate goes on, and even reloads, while there is no server.
    answered = {slot: [0] for slot in range(1, 6)} | {slot: [1] for slot in range(6, 41)}
    room.go_on()
    room.choose(41, [2])
    candidate.reload()
    room.shows(41, [2])
    room.lists(answered | {41: [2]})
    room.go_on()
    room.choose(42, [3])

    mortal_server.start()
    room.is_delivered()
    assert mortal_server.responses(room.attempt_id) == answered | {41: [2], 42: [3]}
    _nothing_acknowledged_is_lost(mortal_server, room, acknowledged)
    room.go_on()
    room.choose(43, [0])
    room.is_delivered()
    room.hand_in()
    expect(candidate.get_by_role("heading", name=re.compile("Too close|PASS"))).to_be_visible()


def _nothing_acknowledged_is_lost(server: RealServer, room: Room, acknowledged: Acknowledgements) -> None:
    stored = server.answers(room.attempt_id)
    for slot, (sequence, response) in acknowledged.saves.items():
        assert stored[slot].sequence >= sequence
        if stored[slot].sequence == sequence:
            assert list(stored[slot].response) == response
