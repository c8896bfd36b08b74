"""What in a pack may be out of date or out of place."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from simulator.exam.blueprint import RETIRED
from simulator.packs.lint.finding import Finding
from simulator.packs.loading import LoadedPack

_EXPECTED_NAMES = ("readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors")
_EXPECTED_SUFFIXES = (".md",)


def retired_certification(pack: LoadedPack) -> Iterator[Finding]:
    """Find a certification that candidates cannot sit any more."""
    blueprint = pack.blueprint
    if blueprint is None or blueprint.status != RETIRED:
        return
    successor = f"; its successor is {blueprint.successor}" if blueprint.successor else ""
    yield Finding(f"{blueprint.code} was retired on {blueprint.retired_on}{successor}")


def file_ignored(pack: LoadedPack) -> Iterator[Finding]:
    """Find files that nobody reads, such as questions under a wrong name ending."""
    for name in pack.ignored_files:
        path = PurePosixPath(name)
        if path.stem.lower() not in _EXPECTED_NAMES and path.suffix.lower() not in _EXPECTED_SUFFIXES:
            yield Finding("this file is not read; only .yaml and .yml files are", name)
