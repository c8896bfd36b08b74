"""Abilities that follow from a fitted model: expected a posteriori (EAP), and how reliable they are."""

from dataclasses import dataclass

import numpy as np

from simulator.exam.statistics.columns import Floats
from simulator.exam.statistics.irt import NODES, IrtModel, SparseResponses, posteriors


@dataclass(frozen=True, slots=True)
class Abilities:
    """Posterior means and standard deviations, one each a candidate (or a sum score)."""

    means: Floats
    deviations: Floats


def estimate_abilities(responses: SparseResponses, model: IrtModel, *, nodes: int = NODES) -> Abilities:
    """Return each candidate's ability from the pattern of responses."""
    points, _ = model.abilities(nodes)
    means, deviations = np.zeros((2, responses.candidates))
    for part in posteriors(responses, model, nodes):
        means[part.block], deviations[part.block] = _moments(part.weights, points)
    return Abilities(means, deviations)


def abilities_by_score(model: IrtModel, *, nodes: int = NODES) -> tuple[Abilities, Floats]:
    """Return the ability behind each number right, 0 to all, on a form of all items; and how often each is expected.

    The scores' distribution at each node is Lord & Wingersky's (1984).
    """
    points, weights = model.abilities(nodes)
    chance, _ = model.chances(points)
    scores = np.zeros((len(chance) + 1, len(points)))
    scores[0] = weights
    for right in chance:
        scores[1:] = scores[1:] * (1 - right) + scores[:-1] * right
        scores[0] *= 1 - right
    expected = scores.sum(axis=1)
    return Abilities(*_moments(scores / expected[:, None], points)), expected


def marginal_reliability(abilities: Abilities, frequencies: Floats | None = None) -> float:
    """Return the share of the abilities' variance, over candidates, that the estimates hold.

    `frequencies` says how many candidates each ability stands for, by default one; the variance is the sample's.
    """
    counts = np.ones(len(abilities.means)) if frequencies is None else frequencies
    number = float(counts.sum())
    mean = float(counts @ abilities.means) / number
    true = float(counts @ (abilities.means - mean) ** 2) / (number - 1)
    error = float(counts @ abilities.deviations**2) / number
    return true / (true + error)


def _moments(weights: Floats, points: Floats) -> tuple[Floats, Floats]:
    means = weights @ points
    return means, np.sqrt(np.maximum(weights @ points**2 - means**2, 0))
