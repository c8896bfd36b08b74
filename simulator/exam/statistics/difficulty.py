"""Bringing the difficulties that readiness assumes up to date with the responses.

Readiness has a Rasch model with a guessing floor, on a scale that the authors' ratings hold in place. So the same
model is fitted here: slopes of 1, each item's floor fixed, the author's difficulty as the prior of the item's. The
candidates' mean and spread are estimated beside them; that keeps a strong class from making every item look easy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.exam.readiness.assumptions import ABILITY_SD
from simulator.exam.readiness.items import ItemDifficulty
from simulator.exam.statistics.columns import Floats
from simulator.exam.statistics.information import intercept_information
from simulator.exam.statistics.irt import RASCH, PopulationPrior, Priors, SparseResponses, fit_irt

# The spread of abilities is readiness's own until about so many candidates have shown another.
PRIOR_CANDIDATES = 20.0
# Where candidates stand on the authors' scale is left open, but for what would be absurd: without this, a handful who
# do no better than chance would be taken to know infinitely little.
MEAN_DEVIATION = 1.5
NODES = 31


@dataclass(frozen=True, slots=True)
class UpdatedDifficulties:
    """Each item's difficulty by author and data, and the candidates' abilities on the same scale."""

    difficulties: tuple[ItemDifficulty, ...]
    ability_mean: float
    ability_deviation: float
    converged: bool


def update_difficulties(
    responses: SparseResponses, authors: Sequence[ItemDifficulty], floors: Floats
) -> UpdatedDifficulties:
    """Return the posterior difficulties; an item without responses keeps exactly its author's.

    `authors` and `floors` (the chance of credit for somebody who knows nothing) go by item. One "candidate" of
    `responses` should be one sitting, because people learn between sittings.
    """
    if not responses.candidates or not len(responses.item):
        return UpdatedDifficulties(tuple(authors), 0.0, ABILITY_SD, True)
    means, deviations = np.array([[author.mean, author.sd] for author in authors]).T
    fit = fit_irt(
        responses,
        RASCH,
        floors=floors,
        priors=Priors(-means, deviations),
        population=PopulationPrior(MEAN_DEVIATION, ABILITY_SD, PRIOR_CANDIDATES),
        nodes=NODES,
    )
    information = intercept_information(responses, fit.model, nodes=NODES)
    spread = _posterior_deviations(information, deviations)
    return UpdatedDifficulties(
        tuple(ItemDifficulty(float(b), float(sd)) for b, sd in zip(fit.model.difficulties, spread, strict=True)),
        fit.model.mean,
        fit.model.deviation,
        fit.converged,
    )


def _posterior_deviations(information: Floats, prior_deviations: Floats) -> Floats:
    """Return the posterior standard deviations of the difficulties.

    Information about an item is relative to the candidates' mean, which itself is known only as well as the priors of
    all items with data hold it: the inverse of an arrow-shaped matrix, with that mean eliminated.
    """
    prior = prior_deviations**-2.0
    both = information + prior
    mean_precision = float((information * prior / both).sum()) + MEAN_DEVIATION**-2.0
    found: Floats = np.sqrt(1 / both + (information / both) ** 2 / mean_precision)
    return found
