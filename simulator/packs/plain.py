"""The plain YAML that packs are nearly always written in, read line by line: some ten times as fast as all of YAML.

What is not plain, or not right, is left to the full parser, which says what is wrong: this reader returns a document
that is equal to the full parser's, or nothing. It knows block maps and lists, plain and quoted values on one line,
`|` and `>` blocks, and lists and maps in brackets on one line that hold single values.
"""

import re
from typing import Any, NoReturn

from simulator.packs.values import Document, Path, resolve

_UNUSUAL = re.compile("[\t\r\x85\u2028\u2029\ufeff]")
_MARKERS = ("---", "...", "%")
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,100}):(?: +|$)")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\["\\])*+)"')
_SINGLE = re.compile(r"'((?:[^']|'')*+)'")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BLOCK_HEADERS = frozenset(("|", "|-", ">", ">-"))
_ITEM = re.compile(r""" *(?P<value>"[^"\\]*"|'[^']*'|[A-Za-z0-9_(/$+.][^,\[\]{}#?]*?) *(?=[,\]}])""")
_PAIR = re.compile(r" *(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,100}): +")
_DEEPEST = 15


class _NotPlain(Exception):
    """Something that only the full parser can read, or refuse."""


def read_plain(file: str, text: str, max_values: int) -> Document | None:
    """Return the document in a text, or None if it takes the full parser to read it."""
    if not text.endswith("\n") or _UNUSUAL.search(text) or any(f"\n{marker}" in f"\n{text}" for marker in _MARKERS):
        return None
    try:
        document = _Reader(file, text).read()
    except _NotPlain:
        return None
    return document if len(document.keys) + len(document.positions) <= max_values else None


class _Reader:
    """Reads one document; `at` is the number of the line that comes next, from 0."""

    def __init__(self, file: str, text: str) -> None:
        self.document = Document(file)
        self.lines = text.split("\n")[:-1]
        self.at = 0

    def read(self) -> Document:
        if self._next_indent() != 0:
            _give_up()
        self.document.value = self._map((), 0)
        return self.document

    def _next_indent(self) -> int:
        """Go to the next line that is neither blank nor a comment, and return its indentation; -1 at the end."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            rest = line.lstrip(" ")
            if rest and rest[0] != "#":
                return len(line) - len(rest)
            self.at += 1
        return -1

    def _map(self, path: Path, indent: int) -> dict[str, Any]:
        if len(path) > _DEEPEST:
            _give_up()
        values: dict[str, Any] = {}
        self.document.positions[path] = (self.at + 1, indent + 1)
        following = indent
        while following == indent:
            key = _KEY.match(self.lines[self.at], indent)
            if key is None or key[1] in values:
                _give_up()
            child = (*path, key[1])
            self.document.keys[child] = (self.at + 1, indent + 1)
            values[key[1]] = self._value(child, key.end(), indent)
            following = self._next_indent()
        if following > indent:
            _give_up()
        return values

    def _list(self, path: Path, indent: int) -> list[Any]:
        values: list[Any] = []
        self.document.positions[path] = (self.at + 1, indent + 1)
        following = indent
        while following == indent and self.lines[self.at].startswith("- ", indent):
            line = self.lines[self.at]
            column = len(line) - len(line[indent + 1 :].lstrip(" "))
            child = (*path, len(values))
            values.append(self._map(child, column) if _KEY.match(line, column) else self._scalar(child, column, indent))
            following = self._next_indent()
        if following > indent:
            _give_up()
        return values

    def _value(self, path: Path, column: int, indent: int) -> Any:
        """Return what belongs to a field: the rest of its line, or the lines below it."""
        if self.lines[self.at][column:].strip(" "):
            return self._scalar(path, column, indent)
        self.at += 1
        following = self._next_indent()
        if following >= indent and self.lines[self.at].startswith("- ", following):
            return self._list(path, following)
        if following <= indent:
            _give_up()
        return self._map(path, following)

    def _scalar(self, path: Path, column: int, indent: int) -> Any:
        """Return the value that begins at a column of the next line."""
        text = self.lines[self.at][column:].rstrip(" ")
        self.document.positions[path] = (self.at + 1, column + 1)
        if text in _BLOCK_HEADERS:
            self.at += 1
            return self._block(text, indent)
        value = self._brackets(path, text, column) if text[:1] in ("[", "{") else self._single(path, text)
        self.at += 1
        return value

    def _single(self, path: Path, text: str) -> Any:
        if double := _DOUBLE.fullmatch(text):
            return re.sub(r"\\(.)", r"\1", double[1])
        if single := _SINGLE.fullmatch(text):
            return single[1].replace("''", "'")
        text = text.partition(" #")[0].rstrip(" ")
        if not text or text[0] in _INDICATORS or ": " in text or text[-1] == ":":
            _give_up()
        value = resolve(text)
        if not isinstance(value, str):
            self.document.sources[path] = text
        return value

    def _block(self, header: str, indent: int) -> str:
        """Return the text of the lines that are indented more than what they belong to."""
        first = self.lines[self.at] if self.at < len(self.lines) else ""
        depth = len(first) - len(first.lstrip(" "))
        if depth <= indent or depth == len(first):
            _give_up()
        texts: list[str] = []
        margin = " " * depth
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith(margin):
                texts.append(line[depth:])
            elif line.strip(" "):
                break
            else:
                texts.append("")
            self.at += 1
        while not texts[-1]:
            texts.pop()
        if any(text[:1] == " " and (header[0] == ">" or not text.strip(" ")) for text in texts):
            _give_up()
        text = _folded(texts) if header[0] == ">" else "\n".join(texts)
        return text if header[1:] else text + "\n"

    def _brackets(self, path: Path, text: str, column: int) -> Any:
        """Return a list or map of single values in brackets."""
        is_list = text[0] == "["
        if text[1:].strip(" ") == ("]" if is_list else "}"):
            return [] if is_list else {}
        values: dict[str | int, Any] = {}
        at = 1
        while at < len(text):
            step: str | int = len(values)
            if not is_list:
                pair = _PAIR.match(text, at)
                if pair is None or pair["key"] in values:
                    _give_up()
                step, at = pair["key"], pair.end()
                self.document.keys[(*path, step)] = (self.at + 1, column + pair.start("key") + 1)
            item = _ITEM.match(text, at)
            if item is None:
                _give_up()
            child = (*path, step)
            self.document.positions[child] = (self.at + 1, column + item.start("value") + 1)
            values[step] = self._single(child, item["value"])
            at = item.end() + 1
            if text[item.end()] != ",":
                break
        if at != len(text) or text[-1] != ("]" if is_list else "}"):
            _give_up()
        return list(values.values()) if is_list else values


def _folded(texts: list[str]) -> str:
    """Return lines as one, with a line break for each blank line between them."""
    parts: list[str] = []
    blanks = 0
    for text in texts:
        if text:
            parts += ["\n" * blanks or " ", text]
            blanks = 0
        else:
            blanks += 1
    return "".join(parts[1:])


def _give_up() -> NoReturn:
    raise _NotPlain
