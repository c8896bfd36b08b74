"""YAML text to plain values that know where they stand.

The values are built from the parser's events, without recursion and without a constructor: nothing in a file can
make objects, refer to other parts of the file or grow when read. Only what JSON knows is accepted: maps with text
keys, lists, text, numbers, true, false and null, by the rules of YAML 1.2 (so `no` and `2026-11-23` are text).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from simulator.packs.problems import Report, quoted
from simulator.packs.values import Document, Path, Position, resolve

__all__ = ["Document", "Path", "Position", "read_document"]

MAX_DEPTH = 20
MAX_VALUES = 200_000
MAX_KEY_CHARACTERS = 200

# What YAML allows in a file, less the byte order mark, which has a meaning only at the start.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

# libyaml takes time by the square of the number of %TAG directives.
_DIRECTIVE = re.compile("^%", re.MULTILINE)

# The parser takes time by the square of a tag's length; four million "!" would keep it busy for minutes.
_TAG_LIKE = re.compile(r"!\S*")
_MAX_TAG_CHARACTERS = 1000

# libyaml is forty times as fast; where it gives up, the parser in Python says why in words that `_ADVICE` knows.
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The parser's words, and what they mean for somebody who writes questions.
_ADVICE = (
    ("mapping values are not allowed", 'a ": " inside plain text; put the whole value in quotes, or use a "|" block'),
    ("found character '\\t'", "a tab where spaces are needed; indent with spaces"),
    ("that cannot start any token", "a plain value must not begin with this character; put the value in quotes"),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed"),
    ("could not find expected ':'", 'this line is not "field: value"; check its indentation and its colon'),
    ("or ']'", 'a "[" list is not closed, or a comma is missing in it'),
    ("or '}'", 'a "{" map is not closed, or a comma is missing in it'),
    ("but found '<scalar>'", "text after a closing quotation mark, or text indented less than its block"),
    ("expected <block end>", "this line is not indented like the lines it belongs to"),
    ("found unknown escape", 'a backslash inside double quotes; use single quotes or a "|" block'),
)


class _Unreadable(Exception):
    """Reading on makes no sense; carries the place, the code and the message."""

    def __init__(self, position: Position, code: str, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.code = code
        self.message = message


def read_document(file: str, data: bytes, report: Report) -> Document | None:
    """Return the document in a file's bytes, or None if it cannot be read; problems go to the report."""
    try:
        text = _decode(data)
        return _read_quickly(file, text, report) or _Builder(file, report).build(_events(text))
    except _Unreadable as error:
        report.add(file, *error.position, error.code, error.message)
    return None


def _read_quickly(file: str, text: str, report: Report) -> Document | None:
    """Return the document if libyaml can read it; what it cannot read leaves nothing in the report."""
    noted = Report()
    try:
        document = _Builder(file, noted).build(yaml.parse(text, Loader=_QUICK))
    except _Unreadable:
        report.problems.extend(noted.problems)
        raise
    except Exception:  # noqa: BLE001 - what is wrong is for the other parser to say
        return None
    report.problems.extend(noted.problems)
    return document


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise _Unreadable(_position_in(before, len(before)), "not-utf-8", message) from None
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        message = f"remove the invisible character U+{ord(unprintable[0]):04X}"
        raise _Unreadable(_position_in(text, unprintable.start()), "bad-character", message)
    directive = _DIRECTIVE.search(text)
    if directive:
        message = 'a line that begins with "%" is a YAML directive, which no pack needs; indent it if it is text'
        raise _Unreadable(_position_in(text, directive.start()), "yaml-syntax", message)
    for word in _TAG_LIKE.finditer(text):
        if len(word[0]) > _MAX_TAG_CHARACTERS:
            message = f'a word that begins with "!" must not be longer than {_MAX_TAG_CHARACTERS} characters'
            raise _Unreadable(_position_in(text, word.start()), "too-long", message)
    return text


def _position_in(text: str, index: int) -> Position:
    before = text[:index]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


@dataclass(slots=True)
class _Frame:
    """A map or list that is being filled."""

    path: Path
    container: Any
    key: str | None = None
    duplicate: bool = False


class _Builder:
    """Builds one document from the parser's events."""

    def __init__(self, file: str, report: Report) -> None:
        self.document = Document(file)
        self.report = report
        self.stack: list[_Frame] = []
        self.values = 0
        self.documents = 0

    def build(self, events: Iterable[Any]) -> Document:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._start_document(event)
            elif isinstance(event, NodeEvent):
                self._check_node(event)
                if self.stack and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None:
                    self._take_key(event)
                else:
                    self._take_value(event)
            elif isinstance(event, CollectionEndEvent):
                self.stack.pop()
                self._finish_value()
        return self.document

    def _start_document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            message = 'a file holds one document; remove the "---" line or move what follows it to a file of its own'
            raise _Unreadable(_position(event), "several-documents", message)

    def _check_node(self, event: NodeEvent) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            message = f"more than {MAX_VALUES} values in one file; split it into several files"
            raise _Unreadable(_position(event), "too-large", message)
        if isinstance(event, AliasEvent):
            self._note(event, "yaml-alias", "aliases (*name) are not allowed; write the value out here")
            return
        if event.anchor is not None:
            self._note(event, "yaml-anchor", "anchors (&name) are not allowed; remove it")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            self._note(event, "yaml-tag", "tags (!name) are not allowed; remove it, and put text in quotes if need be")

    def _take_key(self, event: NodeEvent) -> None:
        frame = self.stack[-1]
        if isinstance(event, CollectionStartEvent):
            raise _Unreadable(_position(event), "bad-field-name", 'a field name must be plain text before a ":"')
        key = event.value if isinstance(event, ScalarEvent) else f"*{event.anchor}"
        if len(key) > MAX_KEY_CHARACTERS or _UNPRINTABLE.search(key):
            raise _Unreadable(_position(event), "bad-field-name", f"{quoted(key)} cannot be a field name")
        frame.key = key
        path = (*frame.path, key)
        frame.duplicate = key in frame.container
        if frame.duplicate:
            line = self.document.keys[path][0]
            self._note(
                event, "duplicate-field", f"{quoted(key)} is given twice, first in line {line}; keep one of them"
            )
        else:
            self.document.keys[path] = _position(event)

    def _take_value(self, event: NodeEvent) -> None:
        path = self._next_path()
        position = _position(event)
        if isinstance(event, ScalarEvent) and event.value == "" and not event.style:
            # The parser puts a missing value where the next one begins; the author looks at the field's name.
            position = self.document.keys.get(path, position)
        self.document.positions.setdefault(path, position)
        if isinstance(event, CollectionStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                message = f"nested more than {MAX_DEPTH} levels deep; no field of a pack needs that"
                raise _Unreadable(_position(event), "too-deep", message)
            container: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
            self._attach(container)
            self.stack.append(_Frame(path, container))
            return
        if isinstance(event, AliasEvent):
            self.document.broken.add(path)
            self._attach(None)
        else:
            self._attach(self._scalar(event, path))
        self._finish_value()

    def _scalar(self, event: Any, path: Path) -> Any:
        # Only escapes in double quotes can still bring in what `_decode` refuses.
        unprintable = _UNPRINTABLE.search(event.value) if event.style == '"' else None
        if unprintable:
            message = f"remove the escape for the invisible character U+{ord(unprintable[0]):04X}"
            self._note(event, "bad-character", message)
            self.document.broken.add(path)
            return None
        value = event.value if event.style or event.tag is not None else resolve(event.value)
        if not isinstance(value, str):
            self.document.sources.setdefault(path, event.value)
        return value

    def _next_path(self) -> Path:
        if not self.stack:
            return ()
        frame = self.stack[-1]
        return (*frame.path, len(frame.container) if frame.key is None else frame.key)

    def _attach(self, value: Any) -> None:
        if not self.stack:
            self.document.value = value
            return
        frame = self.stack[-1]
        if frame.key is None:
            frame.container.append(value)
        elif not frame.duplicate:
            frame.container[frame.key] = value

    def _finish_value(self) -> None:
        if self.stack:
            self.stack[-1].key = None

    def _note(self, event: NodeEvent, code: str, message: str) -> None:
        self.report.add(self.document.file, *_position(event), code, message)


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "end of stream" in str(error.problem) and error.context_mark is not None:
            mark = error.context_mark
        position = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        raise _Unreadable(position, "yaml-syntax", _advice(str(error.problem))) from None
    except Exception:  # noqa: BLE001 - on hostile text the parser leaks OverflowError, IndexError, AssertionError and more
        raise _Unreadable((1, 1), "yaml-syntax", "this file is not valid YAML") from None


def _advice(problem: str) -> str:
    for words, advice in _ADVICE:
        if words in problem:
            return advice
    return f"this is not valid YAML: {problem}"


def _position(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1
