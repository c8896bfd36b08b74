"""Checks what a pack's author may have overlooked in a pack that loads, and counts what its bank has for the exam.

`registry.CHECKS` has all checks by code; docs/lint/ has a page for each. A check of one pack is a function from a
`LintedPack` to findings; the checks of several packs together stand in `joint.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from simulator.packs.lint.coverage import Coverage
from simulator.packs.lint.examining import Examined, bounded, examine
from simulator.packs.lint.joint import coverage_problems, coverages, duplicate_problems
from simulator.packs.lint.registry import CHECKS, summaries
from simulator.packs.lint.silencing import silence
from simulator.packs.problems import Problem

__all__ = ["CHECKS", "Linted", "lint_packs", "summaries"]

Map = Callable[[Callable[[Path], Examined], Sequence[Path]], Iterable[Examined]]


@dataclass(frozen=True, slots=True)
class Linted:
    """What there is to know about packs: problems in the order of packs and places, and the numbers of their banks."""

    problems: tuple[Problem, ...]
    coverages: tuple[Coverage, ...]
    packs: tuple[Examined, ...]

    def count(self, severity: str) -> int:
        """Return how many problems of a severity nobody has silenced."""
        return sum(problem.severity == severity and problem.silenced is None for problem in self.problems)


def lint_packs(paths: Sequence[Path], *, skills: frozenset[str], today: date, run: Map = map) -> Linted:
    """Return what is wrong with packs, each by itself and all together; a pack that does not load has only errors.

    `run` is `map` or that of an executor: packs are examined independently.
    """
    packs = list(run(partial(examine, skills=skills, today=today), paths))
    problems = [list(examined.problems) for examined in packs]
    measured = list(coverages(packs))
    for number, problem in (*duplicate_problems(packs), *coverage_problems(packs, measured)):
        problems[number].append(problem)
    told = [
        problem
        for examined, own in zip(packs, problems, strict=True)
        for problem in bounded(list(silence(examined, own)), examined.path)
    ]
    return Linted(tuple(told), tuple(coverage for _, coverage in measured), tuple(packs))
