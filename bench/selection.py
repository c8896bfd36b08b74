"""Drawing a form from banks of growing size: `python -m bench.selection`. The cost must not grow with the bank."""

import json
import sys
import time
from datetime import UTC, datetime
from random import Random
from statistics import median

from simulator.exam.blueprint import Blueprint, Domain, PassMark, Task
from simulator.exam.selection import Bank, BankEntry, draw_form

SIZES = (1_000, 10_000, 100_000)
WEIGHTS = {"one": 20, "two": 24, "three": 36, "four": 20}


def blueprint() -> Blueprint:
    return Blueprint(
        id="bench",
        vendor="",
        code="",
        title="",
        guide_version="",
        verified_on=datetime.now(UTC).date(),
        status="current",
        minutes=180,
        scored=50,
        unscored=15,
        scale_minimum=100,
        scale_maximum=1000,
        pass_mark=PassMark(750, "published", ""),
        item_types=("single_choice",),
        domains=tuple(
            Domain(name, name, weight, tuple(Task(f"{name}.{n}", "") for n in range(4)))
            for name, weight in WEIGHTS.items()
        ),
        sources=(),
    )


def bank(size: int) -> Bank:
    rng = Random(7)
    entries = []
    for number in range(size):
        domain = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        entries.append(
            BankEntry(
                question_id=f"q{number:06}",
                version="",
                domain=domain,
                task=f"{domain}.{rng.randrange(4)}",
                difficulty=rng.randint(1, 5),
                option_count=4,
                enemies=frozenset({f"q{number ^ 1:06}"}) if number % 20 < 2 else frozenset(),
                stimulus_id=f"s{number // 3}" if number % 50 < 3 else None,
            )
        )
    return Bank.of(entries)


def main() -> None:
    plan, moment = blueprint(), datetime(2026, 11, 23, tzinfo=UTC)
    figures = []
    for size in SIZES:
        questions = bank(size)
        # A candidate who has sat ten exams already.
        exposures = {}
        for seed in range(10):
            drawn = draw_form(questions, plan, seed=seed, exposures=exposures)
            exposures.update({slot.question_id: moment for slot in drawn.slots})
        timings = []
        for seed in range(200):
            started = time.perf_counter()
            draw_form(questions, plan, seed=seed, exposures=exposures)
            timings.append(1000 * (time.perf_counter() - started))
        timings.sort()
        figures.append({"bank": size, "median_ms": median(timings), "p99_ms": timings[197]})
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for line in figures:
            print(f"{line['bank']:>8,} questions   median {line['median_ms']:.2f} ms   p99 {line['p99_ms']:.2f} ms")


if __name__ == "__main__":
    main()
