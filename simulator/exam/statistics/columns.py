"""Graded responses of many candidates as parallel arrays: a million take some 30 MB, and no objects."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.integer]
Floats = NDArray[np.float64]

# Work arrays are made for so many responses at a time, however large the chunks are that come in.
SLICE = 65_536
# Options that fit into the bits of a 32-bit number with a sign.
MOST_OPTIONS = 31


@dataclass(frozen=True, slots=True)
class Columns:
    """Some graded responses, one entry of each array a response.

    `sitting` and `item` are indexes from 0, in any order; an item stands once in a sitting. `credit` runs from 0
    to 1 and is 0 where `answered` is false. `chosen` holds the options chosen as bits (see `option_bits`), 0 where
    none was or the question has no options. `spent_ms` is in milliseconds, 0 where unknown.
    """

    sitting: Integers
    item: Integers
    credit: NDArray[np.floating]
    answered: NDArray[np.bool_]
    chosen: Integers
    spent_ms: Integers

    def __len__(self) -> int:
        return len(self.item)

    def take(self, which: "slice | Integers | NDArray[np.bool_]") -> "Columns":
        """Return some of them: a slice, indexes, or a mask."""
        return Columns(
            self.sitting[which],
            self.item[which],
            self.credit[which],
            self.answered[which],
            self.chosen[which],
            self.spent_ms[which],
        )


# Gives all chunks from the start, each time it is called: some figures need more than one pass.
Read = Callable[[], Iterable[Columns]]


def option_bits(response: Sequence[int]) -> int:
    """Return the options chosen as one number: bit k stands for the author's option k."""
    return sum(1 << option for option in response)


def slices(read: Read) -> Iterator[Columns]:
    """Yield everything once, in pieces of at most SLICE responses."""
    for chunk in read():
        for start in range(0, len(chunk), SLICE):
            yield chunk.take(slice(start, start + SLICE))


def total_by(index: Integers, size: int, weights: NDArray[np.generic] | None = None) -> Floats:
    """Return the sum of the weights (by default the count) of each index from 0 to size - 1."""
    return np.bincount(index, weights=weights, minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class SittingTotals:
    """Of each sitting: number of responses, and their credit in all."""

    count: Floats
    credit: Floats

    @property
    def share(self) -> Floats:
        """Share of the credit that was earned, 0 for a sitting without responses."""
        return self.credit / np.maximum(self.count, 1)


def sitting_totals(read: Read, sittings: int) -> SittingTotals:
    """Return the totals of all sittings, in one pass."""
    count, credit = np.zeros(sittings), np.zeros(sittings)
    for part in slices(read):
        count += total_by(part.sitting, sittings)
        credit += total_by(part.sitting, sittings, part.credit)
    return SittingTotals(count, credit)


def without_abandoned(columns: Columns, *, sittings: int, below: float) -> Columns:
    """Return them without the unanswered slots of sittings of which less than the share `below` was answered."""
    answered = total_by(columns.sitting, sittings, columns.answered)
    abandoned = answered < below * total_by(columns.sitting, sittings)
    return columns.take(columns.answered | ~abandoned[columns.sitting])


def concatenate(parts: Sequence[Columns]) -> Columns:
    """Return all parts as one; without any, columns without a response."""
    kinds = (np.int32, np.int32, np.float32, np.bool_, np.int32, np.int32)
    names = ("sitting", "item", "credit", "answered", "chosen", "spent_ms")
    return Columns(
        *(
            np.concatenate([np.zeros(0, dtype=kind), *(getattr(part, name) for part in parts)], dtype=kind)
            for kind, name in zip(kinds, names, strict=True)
        )
    )
