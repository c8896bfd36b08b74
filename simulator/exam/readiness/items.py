"""How hard an item is, how sure that is, and how likely an ability answers it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from simulator.exam.readiness.assumptions import DIFFICULTY_SD, DIFFICULTY_STEP
from simulator.exam.readiness.normal import Floats

# A normally distributed difficulty flattens the logistic curve by 1 / sqrt(1 + this * variance), to within 0.01:
# (16 sqrt(3) / (15 pi))^2, see Zeger, Liang & Albert (1988), Biometrics 44:1049-1060.
_FLATTENING: Final = 0.345843


@dataclass(frozen=True, slots=True)
class ItemDifficulty:
    """The difficulty of an item in logits, and its standard deviation: what is not known of it."""

    mean: float
    sd: float


@lru_cache(maxsize=16)
def author_difficulty(level: int) -> ItemDifficulty:
    """Return what an author's rating from 1 to 5 says, before there are any data."""
    return ItemDifficulty((level - 3) * DIFFICULTY_STEP, DIFFICULTY_SD)


def chance_right(ability: ArrayLike, mean: ArrayLike, sd: ArrayLike, guess: ArrayLike) -> Floats:
    """Return the probability of a right answer; arguments broadcast.

    Rasch model with a guessing floor, the difficulty's uncertainty integrated out.
    """
    flatter = np.sqrt(1.0 + _FLATTENING * np.square(np.asarray(sd, dtype=np.float64)))
    logit = (np.asarray(ability, dtype=np.float64) - np.asarray(mean, dtype=np.float64)) / flatter
    floor = np.asarray(guess, dtype=np.float64)
    chance: Floats = floor + (1.0 - floor) * 0.5 * (1.0 + np.tanh(0.5 * logit))
    return chance
