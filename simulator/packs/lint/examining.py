"""One pack by itself: its findings, and what the checks of several packs together need to know of it.

This is the part of the work that can be shared between processes: paths go in, and what comes out is small.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath

from simulator.exam.blueprint import Blueprint
from simulator.exam.question import READY
from simulator.exam.selection import BankEntry
from simulator.packs.documents import Path, Position
from simulator.packs.lint.absolutes import KeyedRate, keyed_rates
from simulator.packs.lint.coverage import entry_of
from simulator.packs.lint.duplicates import Stem, shingles_of
from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.item import Item
from simulator.packs.lint.keys import KeyPositions, key_positions, longest_keys
from simulator.packs.lint.options import convergent_keys
from simulator.packs.lint.registry import CHECKS, SILENCEABLE, SILENCING
from simulator.packs.loading import LoadedPack, Silence, load_pack
from simulator.packs.names import shown_path
from simulator.packs.problems import MAX_PROBLEMS, PackInvalid, Problem, Severity, printable, quoted

MAX_FINDINGS = 5 * MAX_PROBLEMS
"""More findings in one pack than this are not shown; the worst ones come first."""


@dataclass(frozen=True, slots=True)
class KeyStatistics:
    """What the bank as a whole tells a guesser: the numbers behind the findings about keys."""

    positions: tuple[KeyPositions, ...]
    longest: int
    of_four_options: int
    converging: int
    single_choice: int
    absolutes: tuple[KeyedRate, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """A pack after its own checks; `pack` is None if it does not load, and `problems` say why.

    `places` holds, by domain id and by domain and task id, where the blueprint names them.
    """

    path: str
    problems: tuple[Problem, ...]
    pack: str | None = None
    certification: str = ""
    blueprint: Blueprint | None = None
    places: Mapping[tuple[str, ...], tuple[str, Position]] | None = None
    entries: tuple[BankEntry, ...] = ()
    stems: tuple[Stem, ...] = ()
    keys: KeyStatistics | None = None
    silences: tuple[Silence, ...] = ()
    silenced_at: tuple[tuple[str, Position], ...] = ()


def examine(path: FilePath, *, skills: frozenset[str], today: date) -> Examined:
    """Run the checks of one pack."""
    try:
        pack = load_pack(path, skills=skills)
    except PackInvalid as invalid:
        return Examined(shown_path(path), invalid.problems)
    linted = LintedPack(pack, today)
    problems = [*_run_checks(linted, path), *_check_silences(pack)]
    return Examined(
        path=shown_path(path),
        problems=tuple(bounded(problems, shown_path(path))),
        pack=pack.id,
        certification=pack.certification,
        blueprint=pack.blueprint,
        places=_blueprint_places(pack),
        entries=tuple(entry_of(pack.id, loaded) for loaded in pack.questions if loaded.status == READY),
        stems=tuple(_stem(pack, item) for item in linted.items),
        keys=_key_statistics(linted),
        silences=pack.silences,
        silenced_at=tuple(
            _place(pack, "pack", ("lint", "silence", index, "code")) for index in range(len(pack.silences))
        ),
    )


def bounded(problems: list[Problem], file: str) -> list[Problem]:
    """Return the problems in order of place; of too many only the worst, and a note that there are more."""
    if len(problems) > MAX_FINDINGS:
        order = ("error", "warning", "info")
        problems = sorted(problems, key=lambda problem: order.index(problem.severity))[: MAX_FINDINGS - 1]
        message = f"there are more than {MAX_FINDINGS - 1} findings; mend or silence these first"
        problems.append(Problem(file, 1, 1, "more-problems", message, "warning"))
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column, problem.code))


def _run_checks(linted: LintedPack, path: FilePath) -> Iterator[Problem]:
    for code, check in CHECKS.items():
        if linted.is_english or not check.english:
            for finding in check.find(linted):
                yield _problem(linted.pack, path, code, check.severity, finding)


def _problem(pack: LoadedPack, path: FilePath, code: str, severity: Severity, finding: Finding) -> Problem:
    question = finding.item.id if finding.item is not None else None
    if finding.item is not None:
        file, position = _place_of(pack, finding.item, finding.path)
    elif finding.file in pack.documents:
        file, position = _place(pack, finding.file, finding.path)
    else:
        file, position = shown_path(path, finding.file), (1, 1)
    return Problem(file, *position, code, printable(finding.message), severity, question)


def _place(pack: LoadedPack, name: str, path: Path) -> tuple[str, Position]:
    document = pack.documents[name]
    return document.file, document.position(path)


def _place_of(pack: LoadedPack, item: Item, path: Path) -> tuple[str, Position]:
    return _place(pack, item.loaded.file, ("questions", item.loaded.index, *path))


def _blueprint_places(pack: LoadedPack) -> dict[tuple[str, ...], tuple[str, Position]]:
    places: dict[tuple[str, ...], tuple[str, Position]] = {}
    for number, domain in enumerate(pack.blueprint.domains if pack.blueprint is not None else ()):
        places[(domain.id,)] = _place(pack, "blueprint", ("domains", number, "id"))
        for index, task in enumerate(domain.tasks):
            places[domain.id, task.id] = _place(pack, "blueprint", ("domains", number, "tasks", index, "id"))
    return places


def _stem(pack: LoadedPack, item: Item) -> Stem:
    path = ("scenario",) if item.question.scenario else ("question",)
    return Stem(item.id, *_place_of(pack, item, path), shingles_of(item))


def _key_statistics(linted: LintedPack) -> KeyStatistics:
    longest, of_four = longest_keys(linted)
    converging, chances = convergent_keys(linted)
    rates = keyed_rates(linted) if linted.is_english else []
    return KeyStatistics(tuple(key_positions(linted)), longest, of_four, converging, len(chances), tuple(rates))


def _check_silences(pack: LoadedPack) -> Iterator[Problem]:
    known = {loaded.question.id for loaded in pack.questions}
    for number, silence in enumerate(pack.silences):
        if silence.code not in SILENCEABLE:
            message = f"the linter has no finding {quoted(silence.code)} that can be silenced; see docs/lint"
            yield _silence_problem(pack, "silence-unknown-code", ("lint", "silence", number, "code"), message)
        for index, question in enumerate(silence.questions):
            if question not in known:
                message = f"the pack has no question {quoted(question)}; check the id"
                path: Path = ("lint", "silence", number, "questions", index)
                yield _silence_problem(pack, "silence-unknown-question", path, message)


def _silence_problem(pack: LoadedPack, code: str, path: Path, message: str) -> Problem:
    file, position = _place(pack, "pack", path)
    return Problem(file, *position, code, message, SILENCING[code][0])
