"""Where the templates, the shipped packs and the data directory are; nobody else computes paths."""

from pathlib import Path

from platformdirs import user_data_path

PACKAGE = Path(__file__).resolve().parent


class PathMissing(Exception):
    """A folder that the simulator ships with is not where it belongs."""


def _shipped(name: str) -> Path:
    """Return a folder that is inside the package when installed from a wheel, and beside it in a checkout."""
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise PathMissing(f"the folder {name!r} is neither inside {PACKAGE} nor beside it: install the simulator again")


def templates() -> Path:
    """Return the folder of the Jinja templates."""
    return _shipped("templates")


def questions() -> Path:
    """Return the folder of the packs that ship."""
    return _shipped("questions")


def static() -> Path:
    """Return the folder of style sheets and scripts."""
    return PACKAGE / "web" / "static"


def migrations() -> Path:
    """Return the folder of the database migrations."""
    return PACKAGE / "store" / "migrations"


def default_data_directory() -> Path:
    """Return where the database and the secret key live unless told otherwise."""
    return user_data_path("exam-simulator", appauthor=False)
