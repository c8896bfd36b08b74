"""The kinds of practice that share the pages "question, feedback, next"; a new kind is a line here."""

from dataclasses import dataclass

from simulator.exam.practice import DUE, PRACTICE, QUICK
from simulator.exam.quick_check import MOST_QUESTIONS
from simulator.operations import practising, quick_checking
from simulator.operations.practising import Finish, GoOn


@dataclass(frozen=True, slots=True)
class PracticeKind:
    """How the shared pages treat a kind.

    `go_on` runs with each stored response, in its transaction, and may append a question or finish the session.
    `finish` ends a session early. `most` is how many questions a session may grow to, None where all are drawn at the
    start. `summary`, `home` and `page` are endpoints: the page after the last question (it takes `practice_id`), the
    page that leads to sessions, and, for a kind with pages of its own, the one that goes on with a session
    (`practice_id`). `page` also means that nothing is told about answers before the end.
    """

    name: str
    go_on: GoOn | None = None
    finish: Finish = practising.finish_practice
    most: int | None = None
    summary: str = "practice.summary"
    home: str = "practice.index"
    page: str | None = None


KINDS: dict[str, PracticeKind] = {
    PRACTICE: PracticeKind("Practice"),
    DUE: PracticeKind("Due today", home="reviews.home"),
    QUICK: PracticeKind(
        "Quick check",
        go_on=quick_checking.go_on,
        finish=quick_checking.stop_check,
        most=MOST_QUESTIONS,
        summary="quick_check.result",
        page="quick_check.resume",
    ),
}


def kind_of(kind: str) -> PracticeKind:
    """Return how to treat a kind; one that nobody registered is treated as plain practice."""
    return KINDS.get(kind, KINDS[PRACTICE])
