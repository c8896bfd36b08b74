"""Item statistics over a million graded responses, and a 2PL of 1,000 items by 10,000 candidates.

    python bench/item_statistics.py [--json] [--quick]

Each of them runs in a process of its own, so that the peak of its memory is its own, and on one core. Data are made
from a fixed seed.
(The module is not called `statistics`: it would hide Python's own from whatever is run in this folder.)
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulator.exam.readiness.items import author_difficulty
from simulator.exam.statistics.columns import Columns
from simulator.exam.statistics.difficulty import update_difficulties
from simulator.exam.statistics.irt import TWO_PARAMETERS, Priors, SparseResponses, fit_irt
from simulator.exam.statistics.items import describe_items
from simulator.exam.statistics.reliability import drawn_reliability

FORM = 65
CHUNK = 130_000


def memory_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def drawn(candidates: int, items: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Return who saw what: each candidate FORM items, no two alike."""
    item = np.concatenate([rng.choice(items, FORM, replace=False, shuffle=False) for _ in range(candidates)])
    return np.repeat(np.arange(candidates, dtype=np.int32), FORM), item.astype(np.int32)


def classical(responses: int) -> dict[str, Any]:
    rng = np.random.default_rng(3)
    items, sittings = 1_000, responses // FORM
    sitting, item = drawn(sittings, items, rng)
    ability, difficulty = rng.normal(0.8, 0.9, sittings), rng.normal(0, 0.9, items)
    right = rng.random(len(item)) < 1 / (1 + np.exp(difficulty[item] - ability[sitting]))
    wrong = rng.integers(1, 4, len(item))
    columns = Columns(
        sitting,
        item,
        right.astype(np.float32),
        np.ones(len(item), dtype=np.bool_),
        np.where(right, 1, 1 << wrong).astype(np.int32),
        np.exp(rng.normal(11, 0.5, len(item))).astype(np.int32),
    )
    data_mib = memory_mib()

    def read() -> Iterator[Columns]:
        for start in range(0, len(columns), CHUNK):
            yield columns.take(slice(start, start + CHUNK))

    started, processor = time.perf_counter(), time.process_time()
    described = describe_items(read, items=items, sittings=sittings, options=5)
    reliability = drawn_reliability(read, items=items, sittings=sittings)
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    return {
        "name": "classical",
        "responses": len(columns),
        "items": items,
        "sittings": sittings,
        "seconds": seconds,
        "processor_seconds": processor,
        "peak_mib": memory_mib(),
        "before_mib": data_mib,
        "mean_item_rest": float(np.mean([one.item_rest for one in described])),
        "alpha": reliability.alpha,
    }


def calibration(candidates: int, items: int, kind: str) -> dict[str, Any]:
    rng = np.random.default_rng(4)
    candidate, item = drawn(candidates, items, rng)
    floor = 0.25 if kind == "difficulty" else 0.0
    slope = np.ones(items) if kind == "difficulty" else np.exp(rng.normal(0, 0.3, items))
    rating = rng.integers(1, 6, items)
    difficulty = np.array([author_difficulty(level).mean for level in rating]) + rng.normal(
        0, author_difficulty(1).sd, items
    )
    ability = rng.normal(0.5 if floor else 0, 0.9 if floor else 1, candidates)
    logit = slope[item] * (ability[candidate] - difficulty[item])
    right = rng.random(len(item)) < floor + (1 - floor) / (1 + np.exp(-logit))
    responses = SparseResponses.of(candidate, item, right.astype(np.float64), candidates=candidates, items=items)
    before = memory_mib()
    started, processor = time.perf_counter(), time.process_time()
    if kind == "difficulty":
        authors = [author_difficulty(level) for level in rating]
        updated = update_difficulties(responses, authors, np.full(items, floor))
        found = np.array([one.mean for one in updated.difficulties])
        extra: dict[str, Any] = {"converged": updated.converged}
    else:
        priors = Priors(np.zeros(items), np.full(items, 2.0))
        fit = fit_irt(responses, TWO_PARAMETERS, priors=priors)
        found = fit.model.difficulties
        extra = {
            "converged": fit.converged,
            "rounds": fit.rounds,
            "slope_correlation": float(np.corrcoef(fit.model.slopes, slope)[0, 1]),
        }
    return {
        "name": kind,
        "candidates": candidates,
        "items": items,
        "responses": len(item),
        "seconds": time.perf_counter() - started,
        "processor_seconds": time.process_time() - processor,
        "peak_mib": memory_mib(),
        "before_mib": before,
        "difficulty_correlation": float(np.corrcoef(found, difficulty)[0, 1]),
        "difficulty_rmse": float(np.sqrt(np.mean((found - difficulty) ** 2))),
        **extra,
    }


def run(name: str, quick: bool) -> dict[str, Any]:
    if name == "classical":
        return classical(100_000 if quick else 1_000_000)
    return calibration(*((1_000, 200) if quick else (10_000, 1_000)), name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data")
    parser.add_argument("--one", choices=["classical", "2pl", "difficulty"], help="only this, as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(run(options.one, options.quick)))
        return
    figures = []
    for name in ("classical", "2pl", "difficulty"):
        command = [sys.executable, __file__, "--one", name, *["--quick"] * options.quick]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        figures.append(json.loads(done.stdout))
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for line in figures:
        print(f"{line['name']:>10}  {line['responses']:>9,} responses  {line['seconds']:6.2f} s ", end="")
        print(f"({line['processor_seconds']:.2f} s of processor)  ", end="")
        print(f"peak {line['peak_mib']:.0f} MiB (data and libraries {line['before_mib']:.0f})")


if __name__ == "__main__":
    main()
