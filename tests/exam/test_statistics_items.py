"""Classical statistics of items: against published figures, against a plain recomputation, and what is held back."""

import tracemalloc

import numpy as np
import pytest
from published import KR20_EXAMPLE, LSAT6, LSAT7

from simulator.exam.statistics import columns as columns_module
from simulator.exam.statistics.columns import (
    Columns,
    concatenate,
    option_bits,
    sitting_totals,
    without_abandoned,
)
from simulator.exam.statistics.items import (
    MINIMUM_GROUP,
    MINIMUM_RESPONSES,
    ItemStatistics,
    Minimums,
    describe_items,
    group_weights,
)

EVERYTHING = Minimums(responses=1, group=1, sitting=2)


def make_columns(sitting, item, credit, *, answered=None, chosen=None, spent_ms=None):
    size = len(item)
    return Columns(
        np.asarray(sitting, dtype=np.int32),
        np.asarray(item, dtype=np.int32),
        np.asarray(credit, dtype=np.float32),
        np.ones(size, dtype=np.bool_) if answered is None else np.asarray(answered),
        np.zeros(size, dtype=np.int32) if chosen is None else np.asarray(chosen, dtype=np.int32),
        np.zeros(size, dtype=np.int32) if spent_ms is None else np.asarray(spent_ms, dtype=np.int32),
    )


def of_matrix(matrix):
    rows, places = np.indices(matrix.shape)
    return make_columns(rows.ravel(), places.ravel(), matrix.ravel())


def describe_form(matrix, minimums=EVERYTHING):
    form = of_matrix(matrix)
    return describe_items(lambda: [form], items=matrix.shape[1], sittings=matrix.shape[0], options=0, minimums=minimums)


def rounded(described, name, digits=3):
    return [round(getattr(one, name), digits) for one in described]


def test_the_published_figures_of_lsat6():
    found = describe_form(LSAT6)
    assert rounded(found, "difficulty") == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert rounded(found, "point_biserial") == [0.362, 0.567, 0.618, 0.534, 0.435]
    assert rounded(found, "item_rest") == [0.113, 0.153, 0.173, 0.144, 0.122]
    assert {(one.responses, one.ranked) for one in found} == {(1000, 1000)}


def test_the_published_figures_of_lsat7():
    found = describe_form(LSAT7)
    assert rounded(found, "difficulty") == [0.828, 0.658, 0.772, 0.606, 0.843]
    assert rounded(found, "point_biserial") == [0.530, 0.600, 0.611, 0.592, 0.461]
    assert rounded(found, "item_rest") == [0.246, 0.247, 0.313, 0.223, 0.175]


def test_the_difficulties_of_the_kr20_example():
    assert rounded(describe_form(KR20_EXAMPLE), "difficulty") == [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]


@pytest.fixture(scope="module")
def drawn() -> Columns:
    """600 sittings of 20 drawn from 60 items of up to four options, some omitted, and 50 short practice sessions."""
    rng = np.random.default_rng(11)
    lengths = [20] * 600 + [4] * 50
    sitting = np.repeat(np.arange(650), lengths)
    item = np.concatenate([rng.choice(60, length, replace=False) for length in lengths])
    ability, difficulty = rng.normal(0, 1, 650), rng.normal(0, 1, 60)
    right = rng.random(len(item)) < 1 / (1 + np.exp(difficulty[item] - ability[sitting]))
    answered = rng.random(len(item)) > 0.05
    option = np.where(right, item % 4, (item + rng.integers(1, 4, len(item))) % 4)
    spent = np.exp(rng.normal(11, 0.6, len(item))).astype(int)
    order = rng.permutation(len(item))
    everything = make_columns(
        sitting,
        item,
        (right & answered).astype(float),
        answered=answered,
        chosen=np.where(answered, 1 << option, 0),
        spent_ms=np.where(rng.random(len(item)) < 0.9, spent, 0),
    )
    return everything.take(order)


def chunks(columns, size):
    return [columns.take(slice(start, start + size)) for start in range(0, len(columns), size)]


def test_drawn_forms_against_a_plain_recomputation(drawn):
    described = describe_items(lambda: [drawn], items=60, sittings=650, options=4, minimums=Minimums(1, 1, 10))
    count = np.bincount(drawn.sitting)
    total = np.bincount(drawn.sitting, weights=drawn.credit)
    for item in (0, 7, 59):
        one = described[item]
        of_item = drawn.item == item
        ranked = of_item & (count[drawn.sitting] >= 10)
        credit, sitting = drawn.credit[ranked].astype(float), drawn.sitting[ranked]
        rest = (total[sitting] - credit) / (count[sitting] - 1)
        assert (one.responses, one.ranked) == (of_item.sum(), ranked.sum())
        assert one.responses > one.ranked
        assert one.difficulty == pytest.approx(drawn.credit[of_item].mean())
        assert one.omitted == pytest.approx(1 - drawn.answered[of_item].mean())
        assert one.item_rest == pytest.approx(np.corrcoef(credit, rest)[0, 1])
        assert one.point_biserial == pytest.approx(np.corrcoef(credit, total[sitting] / count[sitting])[0, 1])
        timed = of_item & drawn.answered & (drawn.spent_ms > 0)
        assert one.timed == timed.sum()
        assert one.median_seconds == pytest.approx(np.median(drawn.spent_ms[timed]) / 1000, rel=0.03)
        for option in one.options:
            chose = drawn.chosen == 1 << option.option
            assert option.chosen == (of_item & chose).sum()
            assert option.share == pytest.approx(option.chosen / one.responses)
            assert option.rest == pytest.approx(rest[chose[ranked]].mean())
        key = one.options[item % 4]
        assert key.share == pytest.approx(one.difficulty)
        assert key.rest > max(other.rest for other in one.options if other is not key)


def test_groups_against_a_plain_recomputation_where_nothing_is_tied():
    rng = np.random.default_rng(2)
    # Credits with fractions, so that no two sittings have the same score.
    matrix = rng.random((100, 12))
    described = describe_form(matrix)
    order = np.argsort(matrix.sum(axis=1))
    for item, one in enumerate(described):
        assert (one.lower, one.upper, one.fifths) == (27, 27, (20,) * 5)
        upper, lower = matrix[order[-27:], item].mean(), matrix[order[:27], item].mean()
        assert one.discrimination == pytest.approx(upper - lower, abs=1e-6)


def test_quintile_curves_follow_the_sittings_rank(drawn):
    described = describe_items(lambda: [drawn], items=60, sittings=650, options=4, minimums=Minimums(1, 1, 10))
    for item, one in enumerate(described):
        assert sum(one.fifths) == pytest.approx(one.ranked, abs=3)
        curves = np.array([option.curve for option in one.options])
        assert (curves >= 0).all()
        # Who chose nothing makes up the rest.
        assert (curves.sum(axis=0) <= 1 + 1e-6).all()
        assert curves[item % 4][-1] > curves[item % 4][0]
    overall = describe_items(lambda: [drawn], items=60, sittings=650, options=4, minimums=Minimums(1, 1, 10))
    assert np.mean([one.discrimination for one in overall]) > 0.3


def test_neither_the_order_nor_the_size_of_chunks_matters(drawn, monkeypatch):
    def describe(parts) -> list[ItemStatistics]:
        return describe_items(lambda: parts, items=60, sittings=650, options=4, minimums=EVERYTHING)

    whole = describe([drawn])
    monkeypatch.setattr(columns_module, "SLICE", 1_000)
    rng = np.random.default_rng(0)
    shuffled = describe(chunks(drawn.take(rng.permutation(len(drawn))), 777))
    for one, other in zip(whole, shuffled, strict=True):
        assert (one.responses, one.ranked, one.timed, one.lower) == (
            other.responses,
            other.ranked,
            other.timed,
            other.lower,
        )
        assert one.item_rest == pytest.approx(other.item_rest)
        assert one.discrimination == pytest.approx(other.discrimination)
        assert one.options[0].curve == pytest.approx(other.options[0].curve)


def test_ties_share_the_edge_of_a_group_evenly():
    weights = group_weights(np.array([0.1, 0.5, 0.5, 0.9]), [(0, 0.5), (0.5, 1)])
    assert weights.tolist() == [[1, 0], [0.5, 0.5], [0.5, 0.5], [0, 1]]
    assert group_weights(np.array([0.3]), [(0, 0.27), (0.73, 1)]) == pytest.approx(np.array([[0.27, 0.27]]))
    assert group_weights(np.array([]), [(0, 1)]).shape == (0, 1)


def test_figures_of_few_responses_are_held_back_but_their_number_is_not():
    few = MINIMUM_RESPONSES - 1
    matrix = np.random.default_rng(5).integers(0, 2, (few, 12)).astype(float)
    one = describe_form(matrix, Minimums())[0]
    assert (one.responses, one.ranked, one.timed) == (few, few, 0)
    assert (one.difficulty, one.omitted, one.item_rest, one.point_biserial) == (None,) * 4
    assert (one.discrimination, one.median_seconds) == (None, None)


def test_groups_need_more_than_the_rest_does():
    def describe(candidates: int) -> ItemStatistics:
        form = of_matrix(np.random.default_rng(5).integers(0, 2, (candidates, 12)).astype(float))
        return describe_items(lambda: [form], items=12, sittings=candidates, options=1)[0]

    few, enough = describe(MINIMUM_RESPONSES), describe(5 * MINIMUM_GROUP + 10)
    assert few.difficulty is not None
    assert few.lower == round(0.27 * MINIMUM_RESPONSES)
    assert (few.discrimination, few.options[0].curve) == (None, None)
    assert enough.discrimination is not None
    assert enough.options[0].curve == (0.0,) * 5


def test_what_does_not_vary_has_no_correlation_and_what_nobody_saw_no_figure():
    matrix = np.column_stack([np.ones(40), np.tile([0.0, 1.0], 20), np.tile([1.0, 0.0, 1.0, 1.0], 10)])
    form = of_matrix(matrix)
    always, sometimes, _, unseen = describe_items(
        lambda: [form], items=4, sittings=40, options=2, minimums=Minimums(0, 0, 0)
    )
    assert (always.difficulty, always.item_rest, always.point_biserial) == (1.0, None, None)
    assert sometimes.item_rest is not None
    assert (unseen.responses, unseen.difficulty, unseen.item_rest, unseen.discrimination) == (0, None, None, None)
    assert (unseen.median_seconds, unseen.omitted) == (None, None)
    assert [(option.chosen, option.share, option.rest, option.curve) for option in unseen.options] == [
        (0, None, None, None)
    ] * 2


def test_short_sittings_count_for_difficulty_only():
    columns = make_columns([0, 0, 1, 1], [0, 1, 0, 1], [1, 0, 1, 1])
    one = describe_items(lambda: [columns], items=2, sittings=2, options=0, minimums=Minimums(1, 1, 10))[0]
    assert (one.responses, one.difficulty) == (2, 1.0)
    assert (one.ranked, one.item_rest, one.discrimination, one.fifths) == (0, None, None, (0,) * 5)


def test_times_beyond_reason_are_taken_as_the_longest_and_the_shortest_there_are():
    columns = make_columns([0, 1, 2], [0, 0, 0], [1, 1, 1], spent_ms=[1, 1, 90_000_000])
    one = describe_items(lambda: [columns], items=1, sittings=3, options=0, minimums=EVERYTHING)[0]
    assert one.median_seconds == pytest.approx(0.1, rel=0.05)
    longest = make_columns([0], [0], [1], spent_ms=[90_000_000])
    one = describe_items(lambda: [longest], items=1, sittings=1, options=0, minimums=EVERYTHING)[0]
    assert one.median_seconds == pytest.approx(7200, rel=0.05)


def test_memory_does_not_grow_with_the_responses():
    def peak(repetitions: int) -> int:
        rng = np.random.default_rng(1)
        part = make_columns(
            np.repeat(np.arange(1000), 40),
            rng.integers(0, 50, 40_000),
            rng.integers(0, 2, 40_000),
            spent_ms=[5] * 40_000,
        )
        tracemalloc.start()
        describe_items(lambda: (part for _ in range(repetitions)), items=50, sittings=1000, options=4)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8) < 1.05 * peak(2)


def test_parts_become_one(drawn):
    whole = concatenate(chunks(drawn, 1000))
    assert len(whole) == len(drawn)
    assert (whole.chosen == drawn.chosen).all()
    assert whole.credit.dtype == np.float32


def test_options_as_bits():
    assert [option_bits(response) for response in [(), (0,), (1, 3), (3, 1)]] == [0, 1, 10, 10]


def test_the_totals_of_sittings():
    totals = sitting_totals(lambda: [make_columns([0, 2, 2], [0, 0, 1], [1, 0.5, 0])], 3)
    assert totals.count.tolist() == [1, 0, 2]
    assert totals.share.tolist() == [1, 0, 0.25]


def test_of_an_abandoned_sitting_only_what_was_answered_counts():
    answered = [True, True, False, True, False, False, False]
    columns = make_columns([0, 0, 0, 1, 1, 1, 2], [0, 1, 2, 0, 1, 2, 0], [1] * 7, answered=answered)
    kept = without_abandoned(columns, sittings=3, below=0.5)
    assert kept.sitting.tolist() == [0, 0, 0, 1]
    assert kept.item.tolist() == [0, 1, 2, 0]
    assert len(without_abandoned(concatenate([]), sittings=0, below=0.5)) == 0
