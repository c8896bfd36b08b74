"""Checks a document against its schema, and says what is wrong in plain words at the right place."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.packs.documents import Document, Path
from simulator.packs.problems import Report, listed, quoted
from simulator.packs.schema import PATTERN_WORDS

Model = TypeVar("Model", bound=BaseModel)

_LONGEST_GUESSED = 60


@dataclass(frozen=True, slots=True)
class Shaped(Generic[Model]):
    """A document after the schema has seen it: `entry` is None if anything is wrong, but what is sound can be read."""

    document: Document
    entry: Model | None
    unsound: frozenset[Path]

    @classmethod
    def unreadable(cls, file: str) -> "Shaped[Model]":
        """Return what stands for a file of which nothing can be used."""
        return cls(Document(file), None, frozenset([()]))

    def whole(self) -> Model:
        """Return the entry of a document without problems."""
        if self.entry is None:
            raise ValueError(f"{self.document.file} has problems")
        return self.entry

    def is_sound(self, *path: str | int) -> bool:
        """Return whether neither this value nor one that contains it has a problem (what it contains may)."""
        return not self.unsound or not any(path[:length] in self.unsound for length in range(len(path) + 1))

    def get(self, *path: str | int, default: Any = None) -> Any:
        """Return the plain value at a path, or the default if it is absent or not sound."""
        if not self.is_sound(*path):
            return default
        value = self.document.value
        for step in path:
            if isinstance(value, dict) and step not in value:
                return default
            value = value[step]
        return default if value is None else value.strip() if isinstance(value, str) else value

    def count(self, *path: str | int) -> int:
        """Return the length of the list at a path; 0 if it is absent or not sound."""
        return len(self.get(*path, default=()))


def check_shape(document: Document, model: type[Model], report: Report) -> Shaped[Model]:
    """Return the document as its schema sees it; everything that does not fit goes to the report."""
    try:
        entry = model.model_validate(document.value)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    else:
        return Shaped(document, None if document.broken else entry, frozenset(document.broken))
    unsound = set(document.broken)
    for fault in faults:
        path = fault["loc"]
        known = any(path[:length] in document.broken for length in range(len(path) + 1))
        if not known and not report.is_full:
            _add_fault(report, document, model, fault)
        unsound.add(path)
    return Shaped(document, None, frozenset(unsound))


def nearest(word: str, allowed: list[str]) -> str | None:
    """Return the allowed word that the author most likely meant, if one is near."""
    if len(word) > _LONGEST_GUESSED:
        return None
    near = get_close_matches(word, [a for a in allowed if abs(len(a) - len(word)) <= 4], n=1, cutoff=0.7)
    return near[0] if near else None


def suggestion(word: str, allowed: list[str]) -> str:
    """Return what to do about an unknown word: the near one, or all that there are if they are few."""
    near = nearest(word, allowed)
    if near is not None:
        return f'did you mean "{near}"?'
    return f"allowed are {listed(sorted(allowed))}" if len(allowed) <= 20 else "check its spelling"


def _add_fault(report: Report, document: Document, model: type[BaseModel], fault: ErrorDetails) -> None:
    path = fault["loc"]
    kind = fault["type"]
    if kind == "extra_forbidden":
        advice = suggestion(str(path[-1]), _field_names(model, path[:-1]))
        message = f"there is no field {quoted(path[-1])} here; {advice}"
        report.add(document.file, *document.keys[path], "unknown-field", message)
    elif path[-1:] == ("[key]",):
        path = path[:-1]
        words = f"{quoted(path[-1])} must be at most 100 characters: {next(iter(PATTERN_WORDS.values()))}"
        report.add(document.file, *document.keys[path], "bad-text", words)
    else:
        name = _name(path)
        code, words = _describe(fault, document.sources.get(path))
        report.add(document.file, *document.position(path), code, f"{name} {words}")


def _name(path: Path) -> str:
    """Return what to call a value: `"task"`, `entry 2 of "skills"`, `the file`."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f'entry {path[-1] + 1} of "{path[-2]}"'
    return quoted(path[-1])


def _field_names(model: type[BaseModel], path: Path) -> list[str]:
    """Return the fields that the schema knows at a path."""
    for step in path:
        if isinstance(step, str):
            annotation = model.model_fields[step].annotation
            # Lists and optional entries name what they hold; maps of entries do not occur.
            model = (get_args(annotation) or (annotation,))[0]
    return list(model.model_fields)


def _describe(fault: ErrorDetails, source: str | None) -> tuple[str, str]:
    """Return the code and the words for a fault; `source` is the plain value as written."""
    value = fault["input"]
    kind = fault["type"]
    if kind == "missing":
        return "missing-field", "is missing; add it"
    if kind == "string_too_short" or (value is None and (kind.endswith("_type") or kind == "bad_date")):
        return "empty", "is empty; write something here"
    if kind == "string_type" and source is not None:
        return "wrong-type", f'must be text; put it in quotes: "{source}"'
    code, words = _WORDS.get(kind, _OTHER)
    return code, words(fault.get("ctx", {}), _shown(value, source))


def _shown(value: object, source: str | None) -> str:
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    return quoted(value if source is None else source)


def _wrong_type(expected: str) -> tuple[str, Callable[[dict[str, Any], str], str]]:
    return "wrong-type", lambda _, shown: f"must be {expected}, not {shown}"


_WORDS: dict[str, tuple[str, Callable[[dict[str, Any], str], str]]] = {
    "string_type": _wrong_type("text"),
    "bool_type": _wrong_type("true or false, without quotes"),
    "int_type": _wrong_type("a whole number, without quotes"),
    "float_type": _wrong_type("a number, without quotes"),
    "finite_number": _wrong_type("a finite number"),
    "list_type": _wrong_type('a list, with "- " before each entry'),
    "dict_type": _wrong_type('a map, with "name: value" in each line'),
    "model_type": _wrong_type('a map, with "field: value" in each line'),
    "bad_date": ("bad-date", lambda _, shown: f"must be a day written as YYYY-MM-DD, not {shown}"),
    "unknown_value": (
        "unknown-value",
        lambda ctx, shown: f"must be {listed(ctx['allowed'])}, not {shown}",
    ),
    "string_pattern_mismatch": ("bad-text", lambda ctx, shown: f"must be {PATTERN_WORDS[ctx['pattern']]}, not {shown}"),
    "string_too_long": ("too-long", lambda ctx, _: f"is longer than {ctx['max_length']} characters; shorten it"),
    "too_short": ("too-few", lambda ctx, _: f"needs at least {ctx['min_length']}; it has {ctx['actual_length']}"),
    "too_long": ("too-many", lambda ctx, _: f"has more than {ctx['max_length']} entries; remove some"),
    "greater_than": ("out-of-range", lambda ctx, shown: f"must be more than {ctx['gt']:g}, not {shown}"),
    "greater_than_equal": ("out-of-range", lambda ctx, shown: f"must be at least {ctx['ge']:g}, not {shown}"),
    "less_than_equal": ("out-of-range", lambda ctx, shown: f"must be at most {ctx['le']:g}, not {shown}"),
}

_OTHER = _wrong_type("something else")
