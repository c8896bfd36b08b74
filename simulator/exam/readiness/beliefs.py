"""What is believed of candidates before they answer: as shipped, or learnt from an installation's candidates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulator.exam.readiness.assumptions import (
    ABILITY_SD,
    BELIEFS_WORTH,
    DOMAIN_SPREADS,
    GROWTH_RATES,
)
from simulator.exam.readiness.normal import Floats

# Common abilities on which the domains are pooled, relative to the prior's centre, in logits.
COMMON: Final[Floats] = np.linspace(-4.5, 4.5, 51)
# Rates of growth in logits a day.
GROWTH: Final[Floats] = np.array([rate for rate, _ in GROWTH_RATES]) / 30.0


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The weights of DOMAIN_SPREADS and of GROWTH_RATES; each adds up to 1."""

    spreads: tuple[float, ...]
    growth: tuple[float, ...]

    def log_prior(self, reach: Floats) -> Floats:
        """Return the unnormalised log prior of candidates, (candidate, growth rate, spread * common).

        `reach` (candidate,) is how many days' growth lies between a candidate's first answer and the last: the
        prior's centre is where candidates begin, and growth has moved them since.
        """
        since = COMMON - (reach[:, None] * GROWTH)[..., None]
        by_common = -0.5 * np.square(since / ABILITY_SD)
        by_spread = np.log(self.spreads)[:, None] + by_common[..., None, :]
        return by_spread.reshape(*by_common.shape[:2], -1) + np.log(self.growth)[:, None]

    def weigh(self, log_evidence: Floats, reach: Floats) -> Floats:
        """Return the posterior weights, which add up to 1 for each candidate; shapes as in `log_prior`."""
        log_weight = log_evidence + self.log_prior(reach)
        weight: Floats = np.exp(log_weight - log_weight.max(axis=(1, 2), keepdims=True))
        weight /= weight.sum(axis=(1, 2), keepdims=True)
        return weight


SHIPPED: Final = Beliefs(
    spreads=tuple(belief for _, belief in DOMAIN_SPREADS),
    growth=tuple(belief for _, belief in GROWTH_RATES),
)


def to_document(beliefs: Beliefs) -> dict[str, Any]:
    """Return plain JSON values: pairs of what is believed possible, and how much it is believed."""
    return {
        "spreads": [[spread, belief] for (spread, _), belief in zip(DOMAIN_SPREADS, beliefs.spreads, strict=True)],
        "growth": [[rate, belief] for (rate, _), belief in zip(GROWTH_RATES, beliefs.growth, strict=True)],
    }


def from_document(document: Mapping[str, Sequence[Sequence[float]]]) -> Beliefs | None:
    """Return the beliefs of a document, None where they are about other spreads or rates than those assumed now."""
    for name, assumed in (("spreads", DOMAIN_SPREADS), ("growth", GROWTH_RATES)):
        if [value for value, _ in document[name]] != [value for value, _ in assumed]:
            return None
    spreads, growth = (tuple(belief for _, belief in document[name]) for name in ("spreads", "growth"))
    return Beliefs(spreads, growth)


def fit_beliefs(log_evidence: Floats, reach: Floats, rounds: int = 40) -> Beliefs:
    """Return what the answers of many candidates make of the shipped beliefs; no results of exams are needed.

    `log_evidence` (candidate, growth rate, spread * common) is `Pooled.log_evidence`, `reach` as for `log_prior`.
    Empirical Bayes by the EM algorithm (Dempster, Laird & Rubin 1977); the shipped beliefs count like BELIEFS_WORTH
    candidates.
    """
    beliefs = SHIPPED
    candidates = len(log_evidence) + BELIEFS_WORTH
    size = (len(SHIPPED.growth), len(SHIPPED.spreads), len(COMMON))
    for _ in range(rounds):
        total = beliefs.weigh(log_evidence, reach).sum(axis=0).reshape(size)
        spreads = total.sum(axis=(0, 2)) + BELIEFS_WORTH * np.array(SHIPPED.spreads)
        growth = total.sum(axis=(1, 2)) + BELIEFS_WORTH * np.array(SHIPPED.growth)
        beliefs = Beliefs(
            spreads=tuple(float(each) / candidates for each in spreads),
            growth=tuple(float(each) / candidates for each in growth),
        )
    return beliefs
