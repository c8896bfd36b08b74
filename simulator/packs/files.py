"""The files of a pack as bytes, whether they stand in a folder or in a zip."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from simulator.packs.archives import read_archive, read_archive_bytes
from simulator.packs.folders import read_folder
from simulator.packs.names import is_hidden, is_root_file, shown_path
from simulator.packs.problems import Report

LOADER_VERSION = 1
"""Part of every fingerprint: raise it when the same files would load differently than before."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The YAML files of a pack by name, in order of name; `ignored` are the names of its other files."""

    path: Path
    contents: dict[str, bytes]
    ignored: tuple[str, ...]
    fingerprint: str

    def shown(self, name: str) -> str:
        """Return the name of one of the files as messages show it."""
        return shown_path(self.path, name)


def read_pack_files(path: Path) -> PackFiles:
    """Return the files of the pack in a folder or zip; raises PackInvalid if they cannot be read safely."""
    report = Report()
    contents: dict[str, bytes] = {}
    ignored: list[str] = []
    digest = ""
    if _is_folder(path):
        contents, ignored = read_folder(path, report)
        digest = _digest(contents.items())
    else:
        data = read_archive_bytes(path, report)
        if not report.problems:
            contents, ignored = read_archive(path, data, report)
            digest = _digest([("", data)])
    report.raise_if_any()
    return PackFiles(path, dict(sorted(contents.items())), tuple(sorted(ignored)), digest)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of the names and bytes of a pack's files, without parsing them.

    A pack with the same fingerprint as before loads as before (by the same list of skills). Of a zip it is the
    SHA-256 of the zip. Raises PackInvalid if the files cannot be read.
    """
    report = Report()
    if _is_folder(path):
        digest = _digest(read_folder(path, report)[0].items())
    else:
        digest = _digest([("", read_archive_bytes(path, report))])
    report.raise_if_any()
    return digest


def find_packs(root: Path) -> list[Path]:
    """Return the folders with a pack.yaml and the zips that stand directly in a folder, by name.

    Raises PackInvalid if the folder cannot be read.
    """
    report = Report()
    found = []
    try:
        found = [entry for entry in sorted(root.iterdir()) if not is_hidden(entry.name) and _looks_like_pack(entry)]
    except (OSError, ValueError):
        report.add(shown_path(root), 1, 1, "unreadable", "this is not a folder that can be read; check the path")
    report.raise_if_any()
    return found


def _looks_like_pack(path: Path) -> bool:
    if path.is_dir():
        return any(is_root_file(file.name, "pack") for file in path.iterdir())
    return path.suffix.lower() == ".zip"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256(f"pack files {LOADER_VERSION}\n".encode())
    for name, data in sorted(contents):
        # The lengths keep a name and its bytes from being read as another name and other bytes.
        encoded = name.encode("utf-8", "surrogateescape")
        digest.update(f"{len(encoded)} {len(data)}\n".encode() + encoded + data)
    return digest.hexdigest()
