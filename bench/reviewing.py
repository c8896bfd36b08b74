"""How long replaying a candidate's responses into the schedule of reviews takes: `python -m bench.reviewing`."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

from simulator.exam.evidence import FROM_PRACTICE, Evidence
from simulator.exam.reviewing import schedule

RESPONSES = 2_000
QUESTIONS = 400
ROUNDS = 15
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def make_evidence(seed: int = 1) -> list[Evidence]:
    """Return a year of practice: one response in three wrong, one right one in five a guess."""
    rng = Random(seed)
    return [
        Evidence(
            question_id=f"pack/q{rng.randrange(QUESTIONS)}",
            version="v",
            certification_id="c",
            domain="d",
            task="t",
            skills=(),
            type="single_choice",
            difficulty=3,
            guess=0.25,
            answered=True,
            credit=float(rng.random() < 2 / 3),
            confidence="guess" if rng.random() < 1 / 5 else None,
            flagged=False,
            spent_ms=60_000,
            given_at=NOW - timedelta(minutes=rng.randrange(365 * 24 * 60)),
            source=FROM_PRACTICE,
            sitting_id="s",
        )
        for _ in range(RESPONSES)
    ]


def main() -> None:
    """Print one JSON document: milliseconds for all responses, the best and the median of several rounds."""
    evidence = make_evidence()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        reviews = schedule(evidence, today=NOW.date())
        times.append(1000 * (perf_counter() - start))
    print(
        json.dumps(
            {
                "responses": RESPONSES,
                "on_the_schedule": len(reviews),
                "best_ms": round(min(times), 1),
                "median_ms": round(median(times), 1),
            }
        )
    )


if __name__ == "__main__":
    main()
