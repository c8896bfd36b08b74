"""What readiness assumes of an item, brought up to date: the scale stays, strong classes don't move it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.exam.readiness.assumptions import ABILITY_SD
from simulator.exam.readiness.items import ItemDifficulty, author_difficulty, chance_right
from simulator.exam.statistics.difficulty import update_difficulties
from simulator.exam.statistics.irt import SparseResponses

ITEMS = 80


def simulate(seed, *, candidates=1500, mean=0.0, length=30, items=ITEMS):
    """Return authors' ratings, true difficulties, floors and responses by readiness's own model."""
    rng = np.random.default_rng(seed)
    authors = [author_difficulty(level) for level in rng.integers(1, 6, items)]
    true = np.array([author.mean for author in authors]) + rng.normal(0, authors[0].sd, items)
    floors = np.where(rng.random(items) < 0.8, 0.25, 0.1)
    candidate = np.repeat(np.arange(candidates), length)
    item = np.concatenate([rng.choice(items, length, replace=False) for _ in range(candidates)])
    ability = rng.normal(mean, 0.7, candidates)
    chance = chance_right(ability[candidate], true[item], 0, floors[item])
    credit = (rng.random(len(item)) < chance).astype(float)
    return authors, true, floors, SparseResponses.of(candidate, item, credit, candidates=candidates, items=items)


def means(updated):
    return np.array([difficulty.mean for difficulty in updated.difficulties])


def deviations(updated):
    return np.array([difficulty.sd for difficulty in updated.difficulties])


@pytest.mark.parametrize("mean", [-0.5, 0.0, 1.2])
def test_difficulties_are_found_whatever_the_class_is_able_to(mean):
    authors, true, floors, responses = simulate(5, mean=mean)
    found = update_difficulties(responses, authors, floors)
    assert found.converged
    assert np.corrcoef(means(found), true)[0, 1] > 0.97
    # All items together are known as well as 80 authors' ratings hold them: a ninth of what one is.
    assert (means(found) - true).mean() == pytest.approx(0, abs=0.25)
    assert found.ability_mean == pytest.approx(mean, abs=0.25)
    assert found.ability_deviation == pytest.approx(0.7, abs=0.08)
    off = (means(found) - true) / deviations(found)
    assert np.mean(np.abs(off) < 1.28) == pytest.approx(0.8, abs=0.12)


def test_an_item_without_responses_keeps_its_authors_difficulty():
    authors, _, floors, responses = simulate(6, candidates=100)
    more, unseen = (
        [*authors, author_difficulty(5)],
        SparseResponses(100, ITEMS + 1, responses.candidate, responses.item, responses.credit),
    )
    found = update_difficulties(unseen, more, np.append(floors, 0.25))
    assert found.difficulties[-1].sd == pytest.approx(author_difficulty(5).sd)
    assert found.difficulties[-1].mean == pytest.approx(author_difficulty(5).mean, abs=0.1)


def test_without_any_response_nothing_changes():
    nobody = SparseResponses.of(np.zeros(0, int), np.zeros(0, int), np.zeros(0), candidates=0, items=2)
    authors = [author_difficulty(1), author_difficulty(4)]
    found = update_difficulties(nobody, authors, np.array([0.25, 0.25]))
    assert found.difficulties == tuple(authors)
    assert (found.ability_mean, found.ability_deviation, found.converged) == (0.0, ABILITY_SD, True)


def test_one_sitting_moves_little_and_more_of_them_more():
    authors, true, floors, responses = simulate(7, candidates=400)

    def after(candidates: int):
        end = np.searchsorted(responses.candidate, candidates)
        part = (responses.candidate[:end], responses.item[:end], responses.credit[:end])
        return update_difficulties(SparseResponses(candidates, ITEMS, *part), authors, floors)

    one, some, many = after(1), after(60), after(400)
    assert one.converged
    assert deviations(one).min() > 0.85 * authors[0].sd
    assert np.abs(means(one) - [author.mean for author in authors]).max() < 0.5
    assert deviations(one).mean() > deviations(some).mean() > deviations(many).mean()
    errors = [np.sqrt(np.mean((means(found) - true) ** 2)) for found in (one, some, many)]
    assert errors == sorted(errors, reverse=True)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 12), st.floats(0, 0.5))
def test_data_never_make_a_difficulty_less_known_than_its_author_left_it(seed, candidates, floor):
    rng = np.random.default_rng(seed)
    authors = [ItemDifficulty(mean, 0.75) for mean in rng.normal(0, 1, 6)]
    credit = rng.integers(0, 2, (candidates, 6)).astype(float)
    found = update_difficulties(SparseResponses.of_matrix(credit), authors, np.full(6, floor))
    assert found.converged
    assert (deviations(found) <= 0.75 + 1e-9).all()
    assert (deviations(found) > 0).all()
    assert np.isfinite(means(found)).all()
    # What everybody had right did not become harder than the author's word, relative to what everybody had wrong.
    shift = means(found) - [author.mean for author in authors]
    right, wrong = credit.all(axis=0), ~credit.any(axis=0)
    assert all(shift[i] <= shift[j] + 1e-6 for i in np.flatnonzero(right) for j in np.flatnonzero(wrong))
