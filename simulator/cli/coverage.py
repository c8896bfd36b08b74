"""What `simulator packs coverage` says in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.packs.lint import Linted
    from simulator.packs.lint.coverage import Coverage
    from simulator.packs.lint.examining import KeyStatistics


def coverage_lines(linted: "Linted") -> Iterator[str]:
    """Yield the numbers of each certification, then those of each pack's keys."""
    for covered in linted.coverages:
        yield from _certification(covered)
    for examined in linted.packs:
        if examined.keys is not None:
            yield f"{examined.pack}: the keys of {examined.keys.single_choice} single-choice questions"
            yield from _keys(examined.keys)


def _certification(covered: "Coverage") -> Iterator[str]:
    forms = f"{covered.forms} disjoint forms were drawn; the counts allow at most {covered.forms_at_most}"
    yield f"{covered.certification}: {covered.questions} ready questions for exams of {covered.size}; {forms}"
    for domain in covered.domains:
        standing = f", {domain.standing} of them together" if domain.standing < domain.questions else ""
        yield f"  {domain.domain}: {domain.questions} ready{standing}; {domain.quota} on a form"
        for task in domain.tasks:
            yield f"    {task.task}  {task.questions:4}  {task.title}"


def _keys(keys: "KeyStatistics") -> Iterator[str]:
    for row in keys.positions:
        spread = ", ".join(f"{number}: {count}" for number, count in enumerate(row.counts, 1))
        yield (
            f"  positions in {row.total} questions with {row.options} options: {spread}; "
            f"chi-square {row.chi_square:.2f}, df {row.degrees}, p {row.p:.3f}"
        )
    if keys.of_four_options:
        share = keys.longest / keys.of_four_options
        yield f"  longest option: {keys.longest} of {keys.of_four_options} with four options ({share:.0%})"
    if keys.single_choice:
        share = keys.converging / keys.single_choice
        yield f"  shares most words with the others: {keys.converging} of {keys.single_choice} ({share:.0%})"
    for rate in keys.absolutes:
        yield (
            f'  options with "{rate.word}": {rate.keyed} of {rate.options} are keys (chance {rate.expected:.1f}, '
            f"p {rate.p:.3f})"
        )
