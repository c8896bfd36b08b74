"""Reads the files of a pack from a zip, in memory: nothing is ever written to disk under a name from the zip."""

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

from simulator.packs.names import (
    MAX_ARCHIVE_BYTES,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    is_hidden,
    is_pack_file,
    is_root_file,
    megabytes,
    shown_path,
)
from simulator.packs.problems import Report

MAX_RATIO = 200
"""Text compresses ten or twenty times; what compresses more than this was made to grow."""

_RATIO_MATTERS_FROM_BYTES = 64 * 1024
_ENCRYPTED = 0x1
_CENTRAL_ENTRY = b"PK\x01\x02"
_ZIP64_LOCATOR = b"PK\x06\x07"


def read_archive_bytes(path: Path, report: Report) -> bytes:
    """Return the bytes of a zip file; b"" with a problem if they cannot be had."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            report.add(shown_path(path), 1, 1, "not-a-pack", "this is neither a folder nor a zip file")
            return b""
        with path.open("rb") as file:
            data = file.read(MAX_ARCHIVE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have this name"
        report.add(shown_path(path), 1, 1, "unreadable", f"this cannot be read ({reason}); check the path")
        return b""
    if len(data) > MAX_ARCHIVE_BYTES:
        report.add(shown_path(path), 1, 1, "too-large", f"the zip has more than {megabytes(MAX_ARCHIVE_BYTES)}")
        return b""
    return data


def read_archive(path: Path, data: bytes, report: Report) -> tuple[dict[str, bytes], list[str]]:
    """Return the pack files in a zip, by name without the one folder they may stand in, and the other files' names."""
    if data.count(_CENTRAL_ENTRY) > MAX_FILES or _ZIP64_LOCATOR in data[-100_000:]:
        # Asked before the list of entries is read, since a list can be made to fill the memory.
        report.add(shown_path(path), 1, 1, "too-many-files", f"the zip has more than {MAX_FILES} entries")
        return {}, []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_entries(path, archive, report)
    except Exception:  # noqa: BLE001 - on hostile bytes zipfile leaks struct.error, zlib.error, EOFError and more
        report.add(shown_path(path), 1, 1, "bad-zip", "this is not a zip file, or it is damaged; make it again")
        return {}, []


def _read_entries(path: Path, archive: zipfile.ZipFile, report: Report) -> tuple[dict[str, bytes], list[str]]:
    entries = archive.infolist()
    _check_names(path, entries, report)
    files = [entry for entry in entries if not entry.is_dir() and not is_hidden(entry.filename)]
    folder = _pack_folder(path, files, report)
    if report.problems or folder is None:
        return {}, []
    contents: dict[str, bytes] = {}
    ignored: list[str] = []
    total = 0
    for entry in files:
        name = entry.filename.removeprefix(folder)
        if not is_pack_file(name) or not entry.filename.startswith(folder):
            ignored.append(name)
            continue
        data = _read_entry(path, archive, entry, report)
        contents[name] = data
        total += len(data)
        if total > MAX_TOTAL_BYTES:
            report.add(shown_path(path), 1, 1, "too-large", f"the pack has more than {megabytes(MAX_TOTAL_BYTES)}")
            break
    return contents, ignored


def _check_names(path: Path, entries: Sequence[zipfile.ZipInfo], report: Report) -> None:
    """Refuse entries that mean something else to other programs, or to other file systems, than to this one."""
    seen: set[str] = set()
    for entry in entries:
        code = _refusal(entry)
        folded = unicodedata.normalize("NFC", entry.filename).casefold().rstrip("/")
        if folded in seen:
            code = ("duplicate-file", "the zip has this file twice, or two names that differ only in capitals")
        seen.add(folded)
        if code:
            report.add(shown_path(path, entry.orig_filename), 1, 1, *code)


def _refusal(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    name = entry.orig_filename
    if "\\" in name or "\0" in name or name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/"):
        return "unsafe-name", "this name could lead out of the folder; zip the pack's folder itself"
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "not-a-file", "links and devices are not read; put the file itself into the zip"
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted", "the file is encrypted; make the zip without a password"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "bad-zip", "the file is compressed in an uncommon way; make the zip with the usual settings"
    return None


def _pack_folder(path: Path, files: Sequence[zipfile.ZipInfo], report: Report) -> str | None:
    """Return what stands before the pack's names: nothing, or the one folder that holds pack.yaml and a slash."""
    folders = set()
    for entry in files:
        folder, slash, name = entry.filename.rpartition("/")
        if is_root_file(name, "pack") and "/" not in folder:
            folders.add(folder + slash)
    if "" in folders:
        return ""
    if len(folders) == 1:
        return folders.pop()
    if folders:
        report.add(shown_path(path), 1, 1, "several-packs", "the zip holds several packs; make one zip of each")
    else:
        report.add(shown_path(path), 1, 1, "no-pack-file", "there is no pack.yaml at the top of the zip; add one")
    return None


def _read_entry(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, report: Report) -> bytes:
    # What the zip says about sizes is not believed: the bytes are counted as they come.
    limit = MAX_FILE_BYTES
    if entry.compress_size * MAX_RATIO < limit:
        limit = max(entry.compress_size * MAX_RATIO, _RATIO_MATTERS_FROM_BYTES)
    with archive.open(entry) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        message = f"the file has more than {megabytes(MAX_FILE_BYTES)}, or grows more than {MAX_RATIO} times"
        report.add(shown_path(path, entry.filename), 1, 1, "too-large", message)
    return data
