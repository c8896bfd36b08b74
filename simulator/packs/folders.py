"""Reads the files of a pack from a folder."""

import os
import stat
from pathlib import Path

from simulator.packs.names import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    is_hidden,
    is_pack_file,
    megabytes,
    shown_path,
)
from simulator.packs.problems import Report

MAX_FOLDER_DEPTH = 8


def read_folder(root: Path, report: Report) -> tuple[dict[str, bytes], list[str]]:
    """Return the pack files in a folder and below, by name, and the names of its other files."""
    contents: dict[str, bytes] = {}
    ignored: list[str] = []
    total = 0
    names = _list_files(root, report)
    for name in names:
        if not is_pack_file(name):
            ignored.append(name)
            continue
        data = read_file(root / name, shown_path(root, name), report)
        if data is not None:
            contents[name] = data
            total += len(data)
        if total > MAX_TOTAL_BYTES:
            report.add(shown_path(root), 1, 1, "too-large", f"the pack has more than {megabytes(MAX_TOTAL_BYTES)}")
            break
    return contents, ignored


def _list_files(root: Path, report: Report) -> list[str]:
    """Return the names of all files that are not hidden, relative to the root, in order."""
    names: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    name = f"{folder}/{entry.name}" if folder else entry.name
                    if is_hidden(name):
                        continue
                    (waiting if entry.is_dir(follow_symlinks=False) else names).append(name)
                    if len(names) + len(waiting) > MAX_FILES:
                        message = f"the folder has more than {MAX_FILES} files; a pack should stand in one of its own"
                        report.add(shown_path(root), 1, 1, "too-many-files", message)
                        return []
        except OSError as error:
            message = f"this folder cannot be read ({error.strerror}); check its permissions"
            report.add(shown_path(root, folder), 1, 1, "unreadable", message)
        if folder.count("/") >= MAX_FOLDER_DEPTH:
            message = f"folders are nested more than {MAX_FOLDER_DEPTH} deep; move the files up"
            report.add(shown_path(root, folder), 1, 1, "too-deep", message)
            return []
    return sorted(names)


def read_file(path: Path, shown: str, report: Report) -> bytes | None:
    """Return the bytes of a regular file of reasonable size; None with a problem otherwise."""
    try:
        # Not followed and not opened unless regular: a link may lead out of the pack, and reading a pipe never ends.
        if not stat.S_ISREG(path.lstat().st_mode):
            report.add(shown, 1, 1, "not-a-file", "links and devices are not read; put the file itself here")
            return None
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have this name"
        message = f"this file cannot be read ({reason}); check its path and permissions"
        report.add(shown, 1, 1, "unreadable", message)
        return None
    if len(data) > MAX_FILE_BYTES:
        message = f"the file has more than {megabytes(MAX_FILE_BYTES)}; split it into several files"
        report.add(shown, 1, 1, "too-large", message)
        return None
    return data
