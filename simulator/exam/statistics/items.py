"""Classical statistics of items, from a stream of graded responses in two passes and in bounded memory.

Forms are drawn, so no two candidates need to have seen the same items. The score that an item is compared with is
therefore a share: of the sitting it stood in, with the item (point-biserial, groups) or without it (item-rest).
On a form that everybody sat, these are the textbook figures.
"""

from dataclasses import dataclass

import numpy as np

from simulator.exam.statistics.columns import Columns, Floats, Read, SittingTotals, sitting_totals, slices, total_by

GROUPS = 5
# Kelley (1939), The selection of upper and lower groups for the validation of test items.
EXTREME = 0.27

# With 30 responses the standard error of a proportion is at most 0.09 and that of a correlation about 0.18.
# Fewer say more about who happened to be asked than about the question.
MINIMUM_RESPONSES = 30
# The same for a share within a group: with 20 responses its standard error is at most 0.11.
MINIMUM_GROUP = 20
# A share of fewer than ten questions ranks nobody; shorter sittings (a few practice questions) count for difficulty,
# omissions and times only.
SMALLEST_SITTING = 10

# Times are counted in bins of equal ratio, so that no response need be kept; a bin is 4.5% wide.
SHORTEST_MS, LONGEST_MS, TIME_BINS = 100, 7_200_000, 256
_BINS_PER_LOG = TIME_BINS / np.log(LONGEST_MS / SHORTEST_MS)


@dataclass(frozen=True, slots=True)
class Minimums:
    """Below these numbers of responses a figure is None; its n is given all the same."""

    responses: int = MINIMUM_RESPONSES
    group: int = MINIMUM_GROUP
    sitting: int = SMALLEST_SITTING


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """How one option drew candidates; shares are of the item's responses, omitted ones included.

    `rest` is the mean rest share of those who chose it, `curve` the share choosing it in each fifth of the
    sittings, the weakest first.
    """

    option: int
    chosen: int
    share: float | None
    rest: float | None
    curve: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """The figures of one item; each is None where too few responses stand behind it, or where it is undefined.

    `responses` stand behind difficulty, omitted and the options' shares; `ranked` (those in sittings long enough)
    behind both correlations and the options' rest; `timed` behind median_seconds; `lower` and `upper` are the
    responses of the weakest and the strongest 27%, behind discrimination; `fifths` those of each fifth, behind the
    curves. Sittings tied at the edge of a group belong to it in part, so its size is rounded.
    """

    responses: int
    difficulty: float | None
    omitted: float | None
    ranked: int
    point_biserial: float | None
    item_rest: float | None
    lower: int
    upper: int
    discrimination: float | None
    timed: int
    median_seconds: float | None
    fifths: tuple[int, ...]
    options: tuple[OptionStatistics, ...]


def describe_items(
    read: Read, *, items: int, sittings: int, options: int, minimums: Minimums | None = None
) -> list[ItemStatistics]:
    """Return the statistics of items 0 to items - 1.

    `options` is the largest number of options that any of them has. Memory grows with items x options, items x 256
    and sittings, not with responses.
    """
    minimums = minimums or Minimums()
    totals = sitting_totals(read, sittings)
    sums = _Sums(totals, items, options, minimums.sitting)
    for part in slices(read):
        sums.add(part)
    return [_item(sums, item, minimums) for item in range(items)]


def group_weights(scores: Floats, edges: list[tuple[float, float]]) -> Floats:
    """Return how far each score belongs to each group, shape (scores, groups), from 0 to 1.

    A group is a part of the ranking, as (from, to) between 0 and 1. Equal scores share its edge evenly, so that
    the order in which they come does not matter.
    """
    values, level, count = np.unique(np.round(scores, 9), return_inverse=True, return_counts=True)
    above = np.cumsum(count) / max(len(scores), 1)
    below = above - count / max(len(scores), 1)
    weights = np.zeros((len(values), len(edges)))
    for group, (start, end) in enumerate(edges):
        overlap = np.minimum(above, end) - np.maximum(below, start)
        weights[:, group] = np.clip(overlap / (above - below), 0, 1)
    # What rounding leaves of an edge that falls between two scores is no membership.
    weights[weights < 1e-9] = 0
    shared: Floats = weights[level]
    return shared


class _Sums:
    """What is summed over the responses; all arrays lead with the item."""

    def __init__(self, totals: SittingTotals, items: int, options: int, smallest: int) -> None:
        self.items, self.options = items, options
        self.totals = totals
        self.ranks = totals.count >= max(smallest, 2)
        self.share = totals.share
        edges = [(group / GROUPS, (group + 1) / GROUPS) for group in range(GROUPS)]
        self.weights = np.zeros((len(self.share), GROUPS + 2), dtype=np.float32)
        self.weights[self.ranks] = group_weights(self.share[self.ranks], [*edges, (0, EXTREME), (1 - EXTREME, 1)])
        self.responses, self.credit, self.omitted = np.zeros((3, items))
        self.times = np.zeros(items * TIME_BINS)
        # n, x, x^2, rest, rest^2, x rest, share, share^2, x share of the responses in ranked sittings.
        self.moments = np.zeros((9, items))
        self.group_size, self.group_credit = np.zeros((2, GROUPS + 2, items))
        self.chosen, self.chosen_ranked, self.chosen_rest = np.zeros((3, options, items))
        self.group_chosen = np.zeros((GROUPS, options, items))

    def add(self, part: Columns) -> None:
        self.responses += total_by(part.item, self.items)
        self.credit += total_by(part.item, self.items, part.credit)
        self.omitted += total_by(part.item, self.items, ~part.answered)
        self._add_times(part)
        for option in range(self.options):
            self.chosen[option] += total_by(part.item[_chose(part, option)], self.items)
        self._add_ranked(part.take(self.ranks[part.sitting]))

    def _add_times(self, part: Columns) -> None:
        timed = part.answered & (part.spent_ms > 0)
        spent = np.clip(part.spent_ms[timed], SHORTEST_MS, LONGEST_MS)
        bins = np.minimum((np.log(spent / SHORTEST_MS) * _BINS_PER_LOG).astype(np.int64), TIME_BINS - 1)
        self.times += total_by(part.item[timed].astype(np.int64) * TIME_BINS + bins, len(self.times))

    def _add_ranked(self, part: Columns) -> None:
        x, share = part.credit.astype(np.float64), self.share[part.sitting]
        rest = (self.totals.credit[part.sitting] - x) / (self.totals.count[part.sitting] - 1)
        values = (None, x, x * x, rest, rest * rest, x * rest, share, share * share, x * share)
        for row, weights in zip(self.moments, values, strict=True):
            row += total_by(part.item, self.items, weights)
        chose = [_chose(part, option) for option in range(self.options)]
        for option, those in enumerate(chose):
            self.chosen_ranked[option] += total_by(part.item[those], self.items)
            self.chosen_rest[option] += total_by(part.item[those], self.items, rest[those])
        for group in range(GROUPS + 2):
            weights = self.weights[part.sitting, group]
            members = np.flatnonzero(weights)
            self.group_size[group] += total_by(part.item[members], self.items, weights[members])
            self.group_credit[group] += total_by(part.item[members], self.items, (weights * x)[members])
            if group < GROUPS:
                for option, those in enumerate(chose):
                    self.group_chosen[group, option] += total_by(part.item[those], self.items, weights[those])


def _chose(part: Columns, option: int) -> Floats:
    return np.flatnonzero((part.chosen >> option) & 1)  # type: ignore[return-value]


def _item(sums: _Sums, item: int, minimums: Minimums) -> ItemStatistics:
    responses, ranked = int(sums.responses[item]), int(sums.moments[0, item])
    enough, enough_ranked = responses >= max(minimums.responses, 1), ranked >= max(minimums.responses, 1)
    _, x, xx, rest, rest_rest, x_rest, share, share_share, x_share = sums.moments[:, item]
    sizes = sums.group_size[:, item]
    low, high = sizes[GROUPS], sizes[GROUPS + 1]
    extremes = sums.group_credit[GROUPS:, item]
    times = sums.times.reshape(sums.items, TIME_BINS)[item]
    timed = int(times.sum())
    return ItemStatistics(
        responses=responses,
        difficulty=float(sums.credit[item] / responses) if enough else None,
        omitted=float(sums.omitted[item] / responses) if enough else None,
        ranked=ranked,
        point_biserial=_correlation(ranked, x, xx, share, share_share, x_share) if enough_ranked else None,
        item_rest=_correlation(ranked, x, xx, rest, rest_rest, x_rest) if enough_ranked else None,
        lower=round(low),
        upper=round(high),
        discrimination=(
            float(extremes[1] / high - extremes[0] / low) if min(low, high) >= max(minimums.group, 1) else None
        ),
        timed=timed,
        median_seconds=_median_seconds(times) if timed >= max(minimums.responses, 1) else None,
        fifths=tuple(round(size) for size in sizes[:GROUPS]),
        options=tuple(_option(sums, item, option, minimums) for option in range(sums.options)),
    )


def _option(sums: _Sums, item: int, option: int, minimums: Minimums) -> OptionStatistics:
    responses, chosen = sums.responses[item], sums.chosen[option, item]
    sizes = sums.group_size[:GROUPS, item]
    chosen_ranked = sums.chosen_ranked[option, item]
    enough_ranked = sums.moments[0, item] >= minimums.responses and chosen_ranked > 0
    return OptionStatistics(
        option=option,
        chosen=int(chosen),
        share=float(chosen / responses) if responses >= max(minimums.responses, 1) else None,
        rest=float(sums.chosen_rest[option, item] / chosen_ranked) if enough_ranked else None,
        curve=(
            tuple(float(share) for share in sums.group_chosen[:, option, item] / sizes)
            if min(sizes) >= max(minimums.group, 1)
            else None
        ),
    )


def _correlation(n: float, x: float, xx: float, y: float, yy: float, xy: float) -> float | None:
    """Return the product-moment correlation from sums, or None where either does not vary."""
    spread = (xx - x * x / n) * (yy - y * y / n)
    return float((xy - x * y / n) / np.sqrt(spread)) if spread > 1e-12 * n * n else None


def _median_seconds(times: Floats) -> float:
    """Return the median of binned times in seconds, spread evenly (in ratio) over the bin it falls into."""
    reached = np.cumsum(times)
    half = reached[-1] / 2
    place = int(np.searchsorted(reached, half))
    within = (half - (reached[place] - times[place])) / times[place]
    return float(SHORTEST_MS * np.exp((place + within) / _BINS_PER_LOG) / 1000)
