"""Whether two questions, of one pack or of several, tell the same story.

Stems are compared by their runs of four words (shingles; Broder 1997). Two that share any are found by sorting all
shingles: of those that have one in common, neighbours are compared, so that the work grows with the text and not with
the square of the number of questions, whatever the questions are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from simulator.packs.documents import Position
from simulator.packs.lint.item import Item

SIMILAR = 0.25
"""Share of the shingles of both stems that they have in common; independent questions have less than 0.1."""

FEWEST_WORDS = 10
"""A shorter stem is nearly all question, and "Which metric fits best?" may well stand twice."""

_RUN = 4
_FEWEST_SHARED = 3
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Shingles = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Stem:
    """The stem of a question of a pack, and where it stands; `shingles` rise and differ."""

    question: str
    file: str
    position: Position
    shingles: Shingles


def shingles_of(item: Item) -> Shingles:
    """Return the hashes of all runs of four words in a question's own stem, each once; nothing if it is short."""
    words = item.stem_words
    if len(words) < FEWEST_WORDS:
        return np.empty(0, dtype=np.uint64)
    codes = np.array([_code(word) for word in words], dtype=np.uint64)
    runs = np.zeros(len(codes) - _RUN + 1, dtype=np.uint64)
    for offset in range(_RUN):
        runs = runs * _MULTIPLIER + codes[offset : offset + len(runs)]
    return np.unique(runs)


# Not `hash`: it differs between the processes that share the work.
@lru_cache(maxsize=100_000)
def _code(word: str) -> int:
    return crc32(word.encode())


def near_duplicates(stems: Sequence[Stem]) -> Iterator[tuple[int, int, float]]:
    """Yield each stem that is much like an earlier one: both numbers, the most similar one's, and the similarity."""
    best: dict[int, tuple[float, int]] = {}
    for earlier, later in _candidates(stems):
        similarity = _jaccard(stems[earlier].shingles, stems[later].shingles)
        if similarity >= SIMILAR:
            best[later] = max(best.get(later, (0.0, 0)), (similarity, earlier))
    for later, (similarity, earlier) in sorted(best.items()):
        yield later, earlier, similarity


def _candidates(stems: Sequence[Stem]) -> list[tuple[int, int]]:
    """Return the pairs that are next to each other among the stems with a shingle, for some shingles."""
    if not stems:
        return []
    owners = np.repeat(np.arange(len(stems)), [len(stem.shingles) for stem in stems])
    hashes = np.concatenate([stem.shingles for stem in stems])
    order = np.lexsort((owners, hashes))
    owners, hashes = owners[order], hashes[order]
    together = hashes[1:] == hashes[:-1]
    pairs, counts = np.unique(
        np.stack([owners[:-1][together], owners[1:][together]], axis=1), axis=0, return_counts=True
    )
    return [(int(earlier), int(later)) for earlier, later in pairs[counts >= _FEWEST_SHARED]]


def _jaccard(one: Shingles, other: Shingles) -> float:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)
