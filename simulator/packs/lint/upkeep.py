"""What in a pack may be out of date, out of place, or without an origin."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from simulator.exam.blueprint import RETIRED
from simulator.exam.question_types import QUESTION_TYPES
from simulator.packs.documents import Path
from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.vocabulary import LICENCES
from simulator.packs.problems import quoted

STALE_AFTER_DAYS = 365

_EXPECTED_NAMES = ("readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors")
_EXPECTED_SUFFIXES = (".md",)

_OWN_LICENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_PLACEHOLDER = re.compile(
    r"\W*(?:n/?a|none|nobody|unknown|anonymous|anon|todo|tbd|fixme|xxx+|(?:the )?authors?|(?:your |my |the )?name|me|"
    r"test|various|\?+)\W*",
    re.IGNORECASE,
)


def retired_certification(linted: LintedPack) -> Iterator[Finding]:
    """Candidates cannot sit this certification any more."""
    blueprint = linted.pack.blueprint
    if blueprint is None or blueprint.status != RETIRED:
        return
    successor = f"; its successor is {blueprint.successor}" if blueprint.successor else ""
    yield Finding(f"{blueprint.code} was retired on {blueprint.retired_on}{successor}", ("status",), file="blueprint")


def stale_verified_on(linted: LintedPack) -> Iterator[Finding]:
    """Nobody has checked the facts of the pack, of its blueprint or of the question for a year."""
    days: list[tuple[str, date]] = [("pack", linted.pack.verified_on)]
    if linted.pack.blueprint is not None and linted.pack.blueprint.status != RETIRED:
        days.append(("blueprint", linted.pack.blueprint.verified_on))
    for file, day in days:
        if message := _why_stale(day, linted.today):
            yield Finding(message, ("verified_on",), file=file)
    for item in linted.items:
        if item.loaded.verified_on and (message := _why_stale(item.loaded.verified_on, linted.today)):
            yield Finding(message, ("verified_on",), item)


def _why_stale(day: date, today: date) -> str:
    """Return what is wrong with a day of checking; empty if nothing is."""
    age = (today - day).days
    if age > STALE_AFTER_DAYS:
        return f"last verified {age} days ago, on {day}; check the facts and set the day"
    return f"{day} is in the future; write the day on which it was checked" if age < 0 else ""


def type_outside_blueprint(linted: LintedPack) -> Iterator[Finding]:
    """The exam has no questions of this type."""
    blueprint = linted.pack.blueprint
    allowed = blueprint.item_types if blueprint is not None else tuple(QUESTION_TYPES)
    for item in linted.items:
        if item.question.type not in allowed:
            types = ", ".join(allowed)
            message = f"{item.id} is {item.question.type}, but the item types of the exam are {types}"
            yield Finding(message, ("type",), item)


def file_ignored(linted: LintedPack) -> Iterator[Finding]:
    """Nobody reads this file; perhaps its questions are under a wrong name."""
    for name in linted.pack.ignored_files:
        path = PurePosixPath(name)
        if path.stem.lower() not in _EXPECTED_NAMES and path.suffix.lower() not in _EXPECTED_SUFFIXES:
            yield Finding("this file is not read; only .yaml and .yml files are", file=name)


def missing_source(linted: LintedPack) -> Iterator[Finding]:
    """The pack does not say where it comes from."""
    if not linted.pack.source:
        message = 'add "source": the https address of the pack, or words such as "Original work"'
        yield Finding(message, ("source",))


def unknown_licence(linted: LintedPack) -> Iterator[Finding]:
    """The licence is not one that others can look up."""
    licence = linted.pack.licence
    if licence not in LICENCES and not _OWN_LICENCE.fullmatch(licence):
        message = f"{quoted(licence)} is not a licence by its SPDX identifier, such as CC-BY-4.0 or LicenseRef-Internal"
        yield Finding(message, ("licence",))


def placeholder_author(linted: LintedPack) -> Iterator[Finding]:
    """An author's name names nobody."""
    for index, author in enumerate(linted.pack.authors):
        if _PLACEHOLDER.fullmatch(author):
            yield Finding(f"{quoted(author)} names nobody; write who answers for the questions", _author(index))


def _author(index: int) -> Path:
    return ("authors", index)
