"""What a rule is: it reads a file as the schema saw it, and yields findings."""

from collections.abc import Callable, Iterator, Sequence

from simulator.packs.documents import Path
from simulator.packs.schema import BlueprintEntry, QuestionsEntry
from simulator.packs.shapes import Shaped

Finding = tuple[Path, str, str]
"""The path of the value to point at, a code, and what to do."""

QuestionRule = Callable[[Shaped[QuestionsEntry], Path], Iterator[Finding]]
BlueprintRule = Callable[[Shaped[BlueprintEntry]], Iterator[Finding]]


def repeats(values: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Yield the index of each value that stood before, with the index where it first stood; None is no value."""
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value is not None and first.setdefault(value, index) != index:
            yield index, first[value]
