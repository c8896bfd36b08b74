"""What a candidate's graded responses tell: the one record that readiness, practice and reviews are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

FROM_EXAM = "exam"
FROM_PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One slot that a candidate was given and that has been graded, from an exam or from practice.

    `credit` runs from 0 to 1; `guess` is the chance of full credit for somebody who chooses blindly;
    `given_at` is aware UTC. From `given_at` on the candidate has seen the key, so that a later response to the
    same question shows memory as much as ability.
    """

    question_id: str
    version: str
    certification_id: str
    domain: str
    task: str
    skills: tuple[str, ...]
    type: str
    difficulty: int
    guess: float
    answered: bool
    credit: float
    confidence: str | None
    flagged: bool
    spent_ms: int
    given_at: datetime
    source: str
    sitting_id: str


def split_by_exposure(evidence: Iterable[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Return (first exposures, repetitions), each in order of time; the first sight of a question is its first one."""
    first: list[Evidence] = []
    repeated: list[Evidence] = []
    seen: set[str] = set()
    for response in sorted(evidence, key=lambda response: response.given_at):
        (repeated if response.question_id in seen else first).append(response)
        seen.add(response.question_id)
    return first, repeated
