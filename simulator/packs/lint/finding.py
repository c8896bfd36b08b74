"""What a check has found, and what a check is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from simulator.exam.question import RETIRED
from simulator.packs.documents import Path
from simulator.packs.lint.item import Item
from simulator.packs.loading import LoadedPack
from simulator.packs.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about the value at a path: of a question, or of a file if no question is named.

    `file` is "pack", "blueprint" or the name of a file; see `LoadedPack.documents`.
    """

    message: str
    path: Path = ()
    item: Item | None = None
    file: str = "pack"


class LintedPack:
    """A pack as the checks see it: `items` are the questions that candidates may still meet."""

    def __init__(self, pack: LoadedPack, today: date) -> None:
        self.pack = pack
        self.today = today
        self.items = [Item(loaded) for loaded in pack.questions if loaded.status != RETIRED]
        self.choices = [item for item in self.items if item.is_choice]
        self.single = [item for item in self.choices if len(item.keys) == 1]

    @property
    def is_english(self) -> bool:
        """Whether the checks of English wording mean anything."""
        return self.pack.language.lower().split("-")[0] == "en"


@dataclass(frozen=True, slots=True)
class Check:
    """A check of one pack; its code is its name in the registry."""

    severity: Severity
    find: Callable[[LintedPack], Iterator[Finding]]
    english: bool = False
