"""Findings that a pack's authors keep on purpose, as pack.yaml tells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulator.packs.lint.examining import Examined
from simulator.packs.lint.registry import SILENCEABLE, SILENCING
from simulator.packs.loading import Silence
from simulator.packs.problems import Problem, printable, quoted


def silence(examined: Examined, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems of a pack, those that it silences with the reason, and the silences that silence nothing."""
    used: set[int] = set()
    for problem in problems:
        number = next((n for n, entry in enumerate(examined.silences) if _covers(entry, problem)), None)
        if number is None:
            yield problem
        else:
            used.add(number)
            yield replace(problem, silenced=printable(examined.silences[number].reason))
    for number, entry in enumerate(examined.silences):
        if number not in used and entry.code in SILENCEABLE:
            file, position = examined.silenced_at[number]
            message = f"there is no finding {quoted(entry.code)} to silence any more; remove this"
            yield Problem(file, *position, "silence-unused", message, SILENCING["silence-unused"][0])


def _covers(entry: Silence, problem: Problem) -> bool:
    if entry.code != problem.code or entry.code not in SILENCEABLE:
        return False
    return not entry.questions or problem.question in entry.questions
