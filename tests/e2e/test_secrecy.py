"""Keys and rationales stay on the server until the exam is over."""

import html
import json
import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from simulator.exam.question import Question

from .conftest import Browse
from .room import Room, begin
from .servers import LocalServer
from .watching import Watch, status

SHORTEST = 20
HELD = {"epoch", "sequence", "current_slot", "remaining_ms", "server_time", "csrf_token", "answers"}
ANSWER = {"response", "flagged", "confidence", "struck", "spent_ms", "saved_at", "age_ms"}
SAVED = {"saved_at", "sequence", "remaining_ms", "late"}
STATE = {"state", "remaining_ms", "epoch", "csrf_token", "report_url"}


def _words(text: str) -> str:
    """Return what a reader sees of HTML or Markdown, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>|[*`_]", "", text)).split())


def _pieces(text: str) -> Iterator[str]:
    """Give the stretches of a text that read the same in Markdown and in HTML."""
    return (piece for part in re.split(r"[\[\]()<>&\"\\]", text) if len(piece := _words(part)) >= SHORTEST)


def _secrets(questions: dict[int, Question]) -> set[str]:
    """Return what of these questions must not be seen: all that is not said in what may be seen."""
    hidden = {
        piece
        for question in questions.values()
        for text in (question.takeaway, *(option.rationale for option in question.options))
        for piece in _pieces(text)
    }
    links = {reference.url for question in questions.values() for reference in question.references}
    open_texts = _words(
        "\n".join(
            text
            for question in questions.values()
            for text in (question.stimulus, question.scenario, question.prompt, *(o.text for o in question.options))
        )
    )
    return {secret for secret in hidden | links if secret not in open_texts}


def _readable(body: str) -> str:
    """Return the text of a body and, for what stands in attributes and scripts, the body itself."""
    return f"{_words(body)}\n{html.unescape(body)}"


def _found(secrets: set[str], server: LocalServer, start: int = 0) -> list[tuple[str, str]]:
    """Return where in what was sent a secret stands."""
    sent = [(name, _readable(body.decode("utf-8", "replace"))) for name, body in server.recorder.sent[start:]]
    return [(name, secret) for name, text in sent for secret in secrets if secret in text]


def test_nothing_that_the_browser_gets_during_an_exam_tells_a_key_or_a_rationale(
    candidate: Page, browse: Browse, local_server: LocalServer, watch: Watch
) -> None:
    watch.announce(*(status(code) for code in (404, 405)))
    room = begin(candidate, local_server.url)
    questions = local_server.questions(room.attempt_id)
    secrets = _secrets(questions)
    assert len(secrets) > 4 * len(questions)

    for slot in range(1, room.size + 1):
        room.is_at(slot)
        room.choose(slot, [slot % 4])
        if slot < room.size:
            room.go_on()
    room.is_delivered()
    candidate.reload()
    room.is_open()
    address = candidate.url
    _visit_everything_else(candidate, browse, local_server, address)
    candidate.goto(address)
    room.is_open()
    assert _found(secrets, local_server) == []
    _json_has_no_more_than_it_should(local_server)

    # The same search finds them all once the exam is over, so it would have found them before.
    exam = len(local_server.recorder.sent)
    room.hand_in()
    expect(candidate.locator("article.reviewed")).to_have_count(len(questions))
    after = {secret for name, secret in _found(secrets, local_server, exam) if name.endswith("/report")}
    assert after == secrets


def _visit_everything_else(page: Page, browse: Browse, server: LocalServer, room: str) -> None:
    """Ask for every other page, and for what is refused."""
    for path in (
        "/report",
        "/review",
        "/questions/1",
        "/questions/65",
        "/questions/66",
        "/answers/1",
        "/receipt",
        "/state",
    ):
        page.goto(f"{room}{path}")
    for path in ("", "/history", "/about", "/move", "/certifications/aws-mls-c01"):
        page.goto(f"{server.url}{path}")
    stranger = browse()
    for path in ("", "/report", "/receipt", "/questions/1", "/state"):
        answer = stranger.goto(f"{room}{path}")
        assert answer is not None
        assert answer.status == 404
    other = Room(page.context.new_page())
    other.page.goto(room)
    other.is_open()
    other.page.close()


def _json_has_no_more_than_it_should(server: LocalServer) -> None:
    shapes = {"hold": HELD, "state": STATE}
    seen = set()
    for name, sent in server.recorder.sent:
        head, _, body = sent.partition(b"\n\n")
        if b"application/json" not in head or not head.startswith(b"200"):
            continue
        last = name.rsplit("/", 1)[1]
        document = json.loads(body)
        assert set(document) == shapes.get(last, SAVED), name
        for answer in document.get("answers", {}).values():
            assert set(answer) == ANSWER
        seen.add(last if last in shapes else "save")
    assert seen >= {"hold", "save"}
