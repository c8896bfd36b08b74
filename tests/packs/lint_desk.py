"""An author's desk: small packs of questions that say only what a test is about, and the linter's view of them."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from simulator.packs.lint import Linted, lint_packs
from simulator.packs.problems import Problem
from tests.packs.conftest import SKILLS

TODAY = date(2026, 11, 25)
PACK = {
    "id": "desk",
    "title": "A pack on a desk",
    "version": "1.0.0",
    "language": "en",
    "licence": "CC-BY-4.0",
    "authors": ["Alice"],
    "certification": "tiny-cert",
    "verified_on": "2026-11-23",
    "source": "Original work",
}
OPTIONS = ("Buffer the events", "Discard the events", "Double the cluster", "Shard the stream")

Write = Callable[..., Path]


def question(
    number: int = 1,
    *,
    options: Sequence[str] = OPTIONS,
    keys: Sequence[int] = (0,),
    asked: str = "Which change helps?",
    **changes: Any,
) -> dict[str, Any]:
    """Return a question; one key makes it a single choice."""
    entry: dict[str, Any] = {
        "id": f"q-{number}",
        "domain": "data",
        "task": "1.1",
        "skills": ["data-quality"],
        "difficulty": 3,
        "type": "single_choice" if len(keys) == 1 else "multiple_response",
        "scenario": "Ferries report late.",
        "question": asked,
        "options": [
            {"text": text, "rationale": "Because.", **({"correct": True} if place in keys else {})}
            for place, text in enumerate(options)
        ],
        "takeaway": "Wait.",
        "references": [{"title": "Queues", "url": "https://docs.python.org/3/library/queue.html"}],
    }
    return entry | changes


def put(
    write: Write, *questions: dict[str, Any], folder: str = "desk", files: dict[str, str] | None = None, **pack: Any
):
    """Write a pack of these questions."""
    facts = {name: value for name, value in {**PACK, "id": folder, **pack}.items() if value is not None}
    contents = {"pack.yaml": json.dumps(facts, indent=1), **(files or {})}
    if questions:
        contents["questions.yaml"] = json.dumps({"questions": questions}, indent=1)
    return write(contents, folder)


def look(*roots: Path, today: date = TODAY) -> Linted:
    return lint_packs(roots, skills=SKILLS, today=today)


def found(write: Write, *questions: dict[str, Any], **pack: Any) -> list[Problem]:
    """Return what the linter reports of these questions beyond information, without what is silenced."""
    problems = look(put(write, *questions, **pack)).problems
    return [problem for problem in problems if problem.severity != "info" and problem.silenced is None]


def codes(write: Write, *questions: dict[str, Any], **pack: Any) -> list[str]:
    return [problem.code for problem in found(write, *questions, **pack)]
