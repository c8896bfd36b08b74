"""Whether the keys give themselves away to somebody who knows nothing (Haladyna, Downing & Rodriguez 2002)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.packs.lint.chance import FEWEST, RARE, chi_square_of, chi_square_p
from simulator.packs.lint.finding import Finding, LintedPack
from simulator.packs.lint.item import Item

LONGER = 1.25
"""A key longer than this times the mean wrong option is told by its length."""

LEAST_EXCESS = 12
"""Characters by which it must be longer, too: with short options a ratio says nothing."""

LARGEST_SHARE = 0.40
"""A bank of four-option questions may have the longest option as key in this share of them; chance gives 0.25."""


@dataclass(frozen=True, slots=True)
class KeyPositions:
    """How often the key stands in each position, over the single-choice questions with so many options."""

    options: int
    counts: tuple[int, ...]
    chi_square: float
    degrees: int
    p: float

    @property
    def total(self) -> int:
        """Number of questions."""
        return sum(self.counts)


def key_positions(linted: LintedPack) -> list[KeyPositions]:
    """Return the key's positions as they stand in the files, by number of options."""
    by_size: dict[int, Counter[int]] = defaultdict(Counter)
    for item in linted.single:
        by_size[len(item.options)][item.keys[0]] += 1
    found = []
    for size, counter in sorted(by_size.items()):
        counts = tuple(counter[position] for position in range(size))
        statistic = chi_square_of(counts)
        found.append(KeyPositions(size, counts, statistic, size - 1, chi_square_p(statistic, size - 1)))
    return found


def key_positions_uneven(linted: LintedPack) -> Iterator[Finding]:
    """The key stands in one position too often or too seldom."""
    for positions in key_positions(linted):
        if positions.total >= FEWEST and positions.p < RARE:
            spread = ", ".join(f"{number}: {count}" for number, count in enumerate(positions.counts, 1))
            yield Finding(
                f"the key's position is uneven in {positions.total} questions with {positions.options} options "
                f"({spread}; even would be about {positions.total / positions.options:.0f} each; chi-square "
                f"{positions.chi_square:.1f}, df {positions.degrees}, p {positions.p:.2g}); move some keys"
            )


def longest_keys(linted: LintedPack) -> tuple[int, int]:
    """Return in how many of the single-choice questions with four options the key is the longest, and how many are."""
    four = [item for item in linted.single if len(item.options) == 4]
    return sum(_is_key_longest(item) for item in four), len(four)


def key_often_longest(linted: LintedPack) -> Iterator[Finding]:
    """Choosing the longest option beats guessing."""
    longest, total = longest_keys(linted)
    if total >= FEWEST and longest / total > LARGEST_SHARE:
        yield Finding(
            f"the key is the longest option in {longest} of {total} single-choice questions with four options "
            f"({longest / total:.0%}; chance gives about 25%, {LARGEST_SHARE:.0%} is the limit); "
            "shorten keys or lengthen wrong options"
        )


def _is_key_longest(item: Item) -> bool:
    (key,) = item.keys
    return len(item.options[key]) > max(len(item.options[other]) for other in item.others)


def key_longest(linted: LintedPack) -> Iterator[Finding]:
    """The key of a question is much longer than its wrong options."""
    for item in linted.choices:
        lengths = [len(option) for option in item.options]
        mean = sum(lengths[other] for other in item.others) / len(item.others)
        for key in item.keys:
            if " " not in item.options[key]:
                continue  # A name is as long as it is.
            ahead = lengths[key] - max(lengths[other] for other in item.others)
            if ahead > 0 and lengths[key] > LONGER * mean and lengths[key] - mean >= LEAST_EXCESS:
                message = (
                    f"the key has {lengths[key]} characters, {lengths[key] / mean:.2f} times as many as the wrong "
                    f"options on average ({mean:.0f}; the limit is {LONGER}); shorten it or lengthen them"
                )
                yield Finding(message, ("options", key, "text"), item)
