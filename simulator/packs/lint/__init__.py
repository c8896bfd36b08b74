"""Checks what a pack's author may have overlooked in a pack that loads: warnings, with numbers.

A check is a function from a loaded pack to findings: the place, and what to know. To add one: a function in a
module here, and a line in `CHECKS` with the code that stands in its warnings.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from simulator.packs.lint.bank import bank_too_small, type_outside_blueprint
from simulator.packs.lint.finding import Finding
from simulator.packs.lint.keys import key_often_longest, key_positions_uneven
from simulator.packs.lint.upkeep import file_ignored, retired_certification
from simulator.packs.loading import LoadedPack, load_pack
from simulator.packs.names import shown_path
from simulator.packs.problems import PackInvalid, Problem

Check = Callable[[LoadedPack], Iterable[Finding]]

CHECKS: dict[str, Check] = {
    "bank-too-small": bank_too_small,
    "type-outside-blueprint": type_outside_blueprint,
    "key-positions-uneven": key_positions_uneven,
    "key-often-longest": key_often_longest,
    "retired-certification": retired_certification,
    "file-ignored": file_ignored,
}


def lint_pack(path: Path, *, skills: frozenset[str]) -> list[Problem]:
    """Return the errors that keep a pack from loading, or else the warnings about it; an empty list is a clean pack."""
    try:
        pack = load_pack(path, skills=skills)
    except PackInvalid as invalid:
        return list(invalid.problems)
    warnings = [
        Problem(shown_path(path, finding.file), finding.line, 1, code, finding.message, "warning")
        for code, check in CHECKS.items()
        for finding in check(pack)
    ]
    return sorted(warnings, key=lambda problem: (problem.file, problem.line))
