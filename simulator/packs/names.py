"""Which files of a pack are read, how they are called in messages, and how much of them is accepted."""

from pathlib import Path, PurePosixPath

MAX_FILES = 2_000
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_TOTAL_BYTES = 32 * 1024 * 1024
MAX_ARCHIVE_BYTES = 16 * 1024 * 1024

YAML_SUFFIXES = (".yaml", ".yml")


def is_pack_file(name: str) -> bool:
    """Return whether the file of this name is read: it is YAML, and no part of its path is hidden."""
    return name.lower().endswith(YAML_SUFFIXES) and not is_hidden(name)


def is_hidden(name: str) -> bool:
    """Return whether a file is there for tools only, such as `.github/ci.yml` or what macOS puts into zips."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def is_root_file(name: str, stem: str) -> bool:
    """Return whether this is `<stem>.yaml` or `<stem>.yml` at the top of a pack."""
    return name.lower() in {stem + suffix for suffix in YAML_SUFFIXES}


def shown_path(path: Path, name: str = "") -> str:
    """Return a path for messages: printable on one line, whatever bytes its name has."""
    text = f"{path}/{name}" if name else str(path)
    return "".join(character if character.isprintable() else "?" for character in text)


def megabytes(count: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{count // (1024 * 1024)} MiB"
