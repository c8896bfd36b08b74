"""The checks of several packs together: questions that tell the same story, and what their bank has for its exam."""

from collections.abc import Iterator, Sequence

from simulator.packs.lint.coverage import FEWEST_FOR_TASK, Coverage, cover
from simulator.packs.lint.duplicates import near_duplicates
from simulator.packs.lint.examining import Examined
from simulator.packs.lint.registry import JOINT
from simulator.packs.problems import Problem

Found = Iterator[tuple[int, Problem]]
"""Problems, each with the number of the pack that it is about."""


def duplicate_problems(packs: Sequence[Examined]) -> Found:
    """Find stems that are much like an earlier one of any pack."""
    stems = [(number, stem) for number, examined in enumerate(packs) for stem in examined.stems]
    for later, earlier, similarity in near_duplicates([stem for _, stem in stems]):
        number, stem = stems[later]
        other = stems[earlier][1]
        message = (
            f"{similarity:.0%} of this stem is that of {other.question} at {other.file}:{other.position[0]}; "
            "tell another story, or make one question of them"
        )
        yield number, _problem("near-duplicate-stem", (stem.file, stem.position), message, stem.question)


def coverages(packs: Sequence[Examined]) -> Iterator[tuple[int, Coverage]]:
    """Measure the bank that these packs make for each certification whose blueprint is among them.

    Each comes with the number of the pack that brings the blueprint.
    """
    done: set[str] = set()
    for number, examined in enumerate(packs):
        if examined.blueprint is None or examined.certification in done:
            continue
        done.add(examined.certification)
        bank = [other for other in packs if other.certification == examined.certification]
        names = [other.pack for other in bank if other.pack is not None]
        yield number, cover(examined.blueprint, names, [entry for other in bank for entry in other.entries])


def coverage_problems(packs: Sequence[Examined], measured: Sequence[tuple[int, Coverage]]) -> Found:
    """Find domains and tasks without enough ready questions; packs that are not among these may bring the rest."""
    for number, coverage in measured:
        for code, place, message in _shortcomings(coverage):
            yield number, _problem(code, (packs[number].places or {})[place], message)


def _shortcomings(coverage: Coverage) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for domain in coverage.domains:
        if domain.standing < domain.quota:
            yield (
                "bank-too-small",
                (domain.domain,),
                f"domain {domain.domain} needs {domain.quota} ready questions for one exam of {coverage.size}, "
                f"and there are {domain.standing} that can stand together",
            )
        for task in domain.tasks:
            if task.questions < FEWEST_FOR_TASK:
                message = f"task {task.task} has {task.questions} ready questions; {FEWEST_FOR_TASK} are the least"
                yield "few-questions-for-task", (domain.domain, task.task), message
    if coverage.forms == 1:
        message = (
            f"the {coverage.questions} ready questions make one exam of {coverage.size}; a second one repeats questions"
        )
        yield "few-disjoint-forms", (coverage.domains[0].domain,), message


def _problem(code: str, place: tuple[str, tuple[int, int]], message: str, question: str | None = None) -> Problem:
    file, position = place
    return Problem(file, *position, code, message, JOINT[code][0], question)
