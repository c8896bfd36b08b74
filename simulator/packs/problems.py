"""What is wrong with a pack, said so that its author can click on the place and mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from simulator.exam.errors import SimulatorError

Severity = Literal["error", "warning", "info"]

MAX_PROBLEMS = 1000
"""A pack with more problems than this is not a pack; nobody reads on, and a hostile one must not fill the memory."""

_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `line` and `column` count from 1, as editors do.

    `question` is the id of the question it is about, if it is about one; `silenced` the reason for which the pack's
    authors keep it.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = "error"
    question: str | None = None
    silenced: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}"


class PackInvalid(SimulatorError):
    """The pack cannot be loaded; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class Report:
    """Collects the errors of one pack while it is read."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that reading on helps nobody."""
        return len(self.problems) >= MAX_PROBLEMS

    def add(self, file: str, line: int, column: int, code: str, message: str) -> None:
        """Note an error; from the thousandth on only that there are more."""
        if self.is_full:
            return
        if len(self.problems) == MAX_PROBLEMS - 1:
            code, message = "more-problems", f"there are more than {MAX_PROBLEMS - 1} problems; mend these first"
        self.problems.append(Problem(file, line, column, code, printable(message)))

    def raise_if_any(self) -> None:
        """Raise PackInvalid with all errors in the order of the files and lines, if there are any."""
        if self.problems:
            raise PackInvalid(sorted(self.problems, key=lambda p: (p.file, p.line, p.column, p.code)))


def quoted(value: object) -> str:
    """Return a value from a pack for use in a message: one printable line, not too long."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > _SHOWN_CHARACTERS:
        text = f"{text[:_SHOWN_CHARACTERS]}..."
    return f'"{printable(text)}"'


def printable(text: str) -> str:
    """Return a text that stays on one line and does nothing to a terminal, whatever a pack says."""
    return "".join(character if character.isprintable() else " " for character in text)


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: `a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
