"""What would have to be passed: a fresh form by the blueprint, and a cut that nobody publishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Final

import numpy as np

from simulator.exam.blueprint import Blueprint, scored_quotas
from simulator.exam.readiness.assumptions import CUT_SD, GUESS_SHARES, LEVEL_SHARES
from simulator.exam.readiness.items import ItemDifficulty, author_difficulty, chance_right
from simulator.exam.readiness.normal import Floats, normal_cdf
from simulator.exam.scoring import needed_share

# Abilities are computed on a lattice of tenths of a logit, five logits to either side of the prior's centre.
STEP: Final = 0.1
HALF_WIDTH: Final = 50
POINTS: Final = 2 * HALF_WIDTH + 1
OFFSETS: Final[Floats] = np.arange(-HALF_WIDTH, HALF_WIDTH + 1, dtype=np.float64) * STEP
# A domain of which the bank shows little is taken to be like the standard form to the worth of so many items.
_STANDARD_WORTH: Final = 5.0
# A cut less unsure than this is a known one.
_KNOWN_CUT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """The share right that passes, from 0 to 1, and the standard deviation of what is not known of it."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class BankItem:
    """What a fresh form may hold: an item of the bank, as far as the estimate needs to know it."""

    version: str
    domain: str
    difficulty: int
    guess: float


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A fresh form and its cut on the lattice of abilities.

    `abilities` (points,) is the lattice; `curves` (domain, points) the share right expected of a domain's items at
    each ability; `quotas` (domain,) counts scored questions. `threshold` and `threshold_variance` are the share
    right that passes on a form of so many questions.
    """

    domains: tuple[str, ...]
    quotas: Floats
    abilities: Floats
    curves: Floats
    cut: Cut
    threshold: float
    threshold_variance: float

    @property
    def scored(self) -> float:
        """The number of scored questions."""
        return float(self.quotas.sum())

    @property
    def shares(self) -> Floats:
        """The share of each domain in the score."""
        shares: Floats = self.quotas / self.quotas.sum()
        return shares

    @property
    def centre(self) -> float:
        """The prior mean of ability."""
        return float(self.abilities[HALF_WIDTH])


def default_cut(blueprint: Blueprint) -> Cut:
    """Return the cut that the blueprint's pass mark stands for on the simulated scale, and how unsure that is."""
    return Cut(needed_share(blueprint.pass_mark.score, blueprint), CUT_SD)


@lru_cache(maxsize=64)
def _threshold(cut: Cut, scored: int) -> tuple[float, float]:
    """Return mean and variance of the share that passes, in whole questions, half a question below the last.

    With an uncertain cut C the fewest right answers that pass are ceil(C * n); half a question less is the
    continuity correction of the normal approximation.
    """
    if cut.sd < _KNOWN_CUT:
        return ((ceil(cut.mean * scored - 1e-9) - 0.5) / scored, 0.0)
    counts = np.arange(-scored, 2 * scored + 1)
    below = normal_cdf((counts / scored - cut.mean) / cut.sd)
    mass = np.diff(below, prepend=0.0)
    shares = (counts - 0.5) / scored
    mean = float(mass @ shares)
    return mean, float(mass @ np.square(shares - mean))


# How much there is of each kind of item: (difficulty, its deviation, chance of a lucky answer).
Mix = dict[tuple[float, float, float], float]


def _curve(abilities: Floats, mix: Mix) -> Floats:
    """Return the expected share right of a mix of items at each ability."""
    mean, sd, guess = (np.array(each)[:, None] for each in zip(*mix, strict=True))
    weights = np.array(list(mix.values()))
    curve: Floats = weights @ chance_right(abilities[None, :], mean, sd, guess) / weights.sum()
    return curve


def _add(mix: Mix, difficulty: ItemDifficulty, guess: float, weight: float) -> None:
    """Add an item to a mix; like items, to a tenth of a logit, are put together, so that a large bank costs little."""
    kind = (round(difficulty.mean, 1), round(difficulty.sd, 1), round(guess, 3))
    mix[kind] = mix.get(kind, 0.0) + weight


@lru_cache(maxsize=1)
def _standard_mix() -> Mix:
    """Return the standard form's mix; whoever adds to it takes a copy."""
    mix: Mix = {}
    for level, level_share in enumerate(LEVEL_SHARES, start=1):
        for guess_share, guess in GUESS_SHARES:
            _add(mix, author_difficulty(level), guess, _STANDARD_WORTH * level_share * guess_share)
    return mix


def plan_form(
    blueprint: Blueprint,
    *,
    cut: Cut,
    bank: Iterable[BankItem] = (),
    items: Mapping[str, ItemDifficulty] | None = None,
) -> Plan:
    """Return the plan of a fresh form of scored questions.

    `bank` says which items it would be drawn from; without it, the standard mix of levels is assumed. `items`
    gives difficulties from data by question version.
    """
    quotas = scored_quotas(blueprint)
    known = items or {}
    mixes = {domain: dict(_standard_mix()) for domain in quotas}
    for item in bank:
        if item.domain in mixes:
            difficulty = known.get(item.version) or author_difficulty(item.difficulty)
            _add(mixes[item.domain], difficulty, item.guess, 1.0)
    wide: Floats = np.arange(-160, 161, dtype=np.float64) * (STEP / 2)
    counts = np.array(list(quotas.values()), dtype=np.float64)
    curves = np.array([_curve(wide, mix) for mix in mixes.values()])
    form = counts @ curves / counts.sum()
    needed = needed_share(blueprint.pass_mark.score, blueprint)
    centre = round(float(np.clip(np.interp(needed, form, wide), -3.0, 3.0)) / STEP) * STEP
    abilities = centre + OFFSETS
    threshold, variance = _threshold(cut, int(counts.sum()))
    return Plan(
        domains=tuple(quotas),
        quotas=counts,
        abilities=abilities,
        curves=np.array([np.interp(abilities, wide, curve) for curve in curves]),
        cut=cut,
        threshold=threshold,
        threshold_variance=variance,
    )
