"""The plain values of a document, and where each of them stands."""

import re
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands in a document: field names and list indexes from the top."""

Position = tuple[int, int]
"""Line and column, from 1."""

MAX_NUMBER_CHARACTERS = 40

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(slots=True)
class Document:
    """The value of one file, and where each part of it stands.

    `positions` holds the place of every value, `keys` of every field name; `sources` the text of the plain values
    that are not text; `broken` the values that already have a problem and cannot be used.
    """

    file: str
    value: Any = None
    positions: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    sources: dict[Path, str] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)

    def position(self, path: Path) -> Position:
        """Return where a value stands; of one that is not there, where the value that lacks it stands."""
        while path not in self.positions and path:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


def resolve(text: str) -> Any:
    """Return what a plain scalar means by the core schema of YAML 1.2."""
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if len(text) <= MAX_NUMBER_CHARACTERS and text[0] in "-+.0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text
