"""Rasch, 1PL and 2PL models by marginal maximum likelihood (Bock & Aitkin 1981, Psychometrika 46:443-459).

The chance of credit is floor + (1 - floor) / (1 + exp(-(slope x ability + intercept))), in the logistic metric
(no factor of 1.7). Abilities are normal; difficulty is -intercept / slope. Fractional credit counts as that fraction of
a right response. Expectation-maximisation over Gauss-Hermite nodes, sped up by SQUAREM.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.exam.statistics.columns import Floats, Integers
from simulator.exam.statistics.quadrature import normal_nodes

RASCH = "rasch"
ONE_SLOPE = "1pl"
TWO_PARAMETERS = "2pl"

# Candidates are worked on in blocks of so many (candidate, item) cells: a few arrays of 4 MB.
BLOCK_CELLS = 500_000
NODES = 41
TOLERANCE = 1e-4
MOST_ROUNDS = 500
SCORING_STEPS = 3
# A step of Newton's method is cut to this, so that an item everybody has right walks off slowly instead of leaping.
LARGEST_STEP = 1.0
SMALLEST_SLOPE, LARGEST_SLOPE = 0.05, 20.0


@dataclass(frozen=True, slots=True)
class SparseResponses:
    """Who answered what with which credit, as parallel arrays sorted by candidate; unseen items are simply absent."""

    candidates: int
    items: int
    candidate: Integers
    item: Integers
    credit: Floats

    @classmethod
    def of(
        cls,
        candidate: Integers,
        item: Integers,
        credit: Floats,
        *,
        candidates: int,
        items: int,
    ) -> "SparseResponses":
        """Return them sorted; a candidate has at most one response to an item."""
        order = np.argsort(candidate, kind="stable")
        return cls(candidates, items, candidate[order], item[order], credit[order].astype(np.float64))

    @classmethod
    def of_matrix(cls, matrix: Floats) -> "SparseResponses":
        """Return the responses of a form that everybody sat, from a matrix of (candidates, items)."""
        candidates, items = matrix.shape
        rows, columns = np.indices(matrix.shape)
        return cls.of(rows.ravel(), columns.ravel(), matrix.ravel(), candidates=candidates, items=items)

    def blocks(self) -> Iterator[tuple[slice, Floats, Floats]]:
        """Yield (candidates, seen, credit) in blocks; both arrays are (candidates of the block, items)."""
        rows = max(1, BLOCK_CELLS // max(self.items, 1))
        for start in range(0, self.candidates, rows):
            end = min(start + rows, self.candidates)
            first, last = np.searchsorted(self.candidate, (start, end))
            cells = (self.candidate[first:last] - start, self.item[first:last])
            seen, credit = np.zeros((2, end - start, self.items))
            seen[cells] = 1
            credit[cells] = self.credit[first:last]
            yield slice(start, end), seen, credit


@dataclass(frozen=True, slots=True)
class IrtModel:
    """The items' slopes, intercepts and guessing floors, and the normal distribution of abilities."""

    slopes: Floats
    intercepts: Floats
    floors: Floats
    mean: float = 0.0
    deviation: float = 1.0

    @property
    def difficulties(self) -> Floats:
        """The ability at which half of what lies above the floor is reached."""
        return -self.intercepts / self.slopes

    def abilities(self, nodes: int) -> tuple[Floats, Floats]:
        """Return the nodes of the abilities' distribution and their weights."""
        points, weights = normal_nodes(nodes)
        return self.mean + self.deviation * points, weights

    def chances(self, abilities: Floats) -> tuple[Floats, Floats]:
        """Return the chance of credit and its logistic part, both (items, abilities)."""
        logits = self.slopes[:, None] * abilities + self.intercepts[:, None]
        logistic = 0.5 * (1 + np.tanh(logits / 2))
        floors = self.floors[:, None]
        return np.clip(floors + (1 - floors) * logistic, 1e-12, 1 - 1e-12), logistic


@dataclass(frozen=True, slots=True)
class Priors:
    """Weak normal priors: of each intercept, and of the logarithm of every slope, around 0."""

    intercept_means: Floats
    intercept_deviations: Floats
    log_slope_deviation: float = 0.5


@dataclass(frozen=True, slots=True)
class PopulationPrior:
    """What is assumed of the abilities' mean and spread where they are estimated.

    The mean is normal around 0 with `mean_deviation`; the spread is as if so many further `candidates` had shown
    `deviation`.
    """

    mean_deviation: float
    deviation: float
    candidates: float


@dataclass(frozen=True, slots=True)
class IrtFit:
    """A fitted model; `log_likelihood` is marginal and without priors, `parameters` counts what was estimated."""

    model: IrtModel
    log_likelihood: float
    parameters: int
    candidates: int
    rounds: int
    converged: bool

    @property
    def aic(self) -> float:
        """Akaike's information criterion."""
        return 2 * self.parameters - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's information criterion, over candidates."""
        return float(self.parameters * np.log(self.candidates) - 2 * self.log_likelihood)


@dataclass(frozen=True, slots=True)
class Posterior:
    """Of a block of candidates: weights over the nodes, shape (candidates, nodes), and log marginal likelihoods."""

    block: slice
    seen: Floats
    credit: Floats
    weights: Floats
    log_marginal: Floats


def posteriors(responses: SparseResponses, model: IrtModel, nodes: int) -> Iterator[Posterior]:
    """Yield what each block's responses tell about its candidates' abilities."""
    points, weights = model.abilities(nodes)
    chance, _ = model.chances(points)
    wrong = np.log1p(-chance)
    right_over_wrong, log_weights = np.log(chance) - wrong, np.log(weights)
    for block, seen, credit in responses.blocks():
        logs = credit @ right_over_wrong + seen @ wrong + log_weights
        top = logs.max(axis=1, keepdims=True)
        shares = np.exp(logs - top)
        sums = shares.sum(axis=1, keepdims=True)
        yield Posterior(block, seen, credit, shares / sums, (top + np.log(sums))[:, 0])


def fit_irt(
    responses: SparseResponses,
    kind: str = TWO_PARAMETERS,
    *,
    floors: Floats | None = None,
    priors: Priors | None = None,
    population: PopulationPrior | None = None,
    nodes: int = NODES,
    tolerance: float = TOLERANCE,
) -> IrtFit:
    """Fit a model: `rasch` (slopes of 1), `1pl` (one slope for all) or `2pl`.

    `floors` are fixed, 0 by default. Abilities are standard normal, unless `population` has their mean and deviation
    estimated; then the priors of the intercepts, which that needs, hold the scale in place, and `kind` must be `rasch`.
    It has converged when no parameter moves by more than `tolerance` in a round.
    """
    if population is not None and (priors is None or kind != RASCH):
        raise ValueError("estimating the population needs priors on the intercepts, and slopes of 1")
    fitting = _Fitting(responses, kind, priors, population, nodes)
    model = _start(responses, floors, priors)
    rounds, converged = 0, False
    while not converged and rounds < MOST_ROUNDS:
        model, converged = fitting.accelerated(model, tolerance)
        rounds += 1
    log_likelihood = sum(float(part.log_marginal.sum()) for part in posteriors(responses, model, nodes))
    parameters = responses.items + {RASCH: 0, ONE_SLOPE: 1, TWO_PARAMETERS: responses.items}[kind]
    parameters += 0 if population is None else 2
    return IrtFit(model, log_likelihood, parameters, responses.candidates, rounds, converged)


def _start(responses: SparseResponses, floors: Floats | None, priors: Priors | None) -> IrtModel:
    """Return a model with slopes of 1 and intercepts from the priors, or from the items' shares right."""
    if priors is not None:
        intercepts = np.array(priors.intercept_means, dtype=np.float64)
    else:
        seen = np.bincount(responses.item, minlength=responses.items)
        right = np.bincount(responses.item, weights=responses.credit, minlength=responses.items)
        share = (right + 0.5) / (seen + 1)
        intercepts = np.log(share / (1 - share))
    return IrtModel(np.ones(responses.items), intercepts, np.zeros(responses.items) if floors is None else floors)


@dataclass(frozen=True, slots=True)
class _Fitting:
    """One fit: how a model becomes a better one."""

    responses: SparseResponses
    kind: str
    priors: Priors | None
    population: PopulationPrior | None
    nodes: int

    def accelerated(self, model: IrtModel, tolerance: float) -> tuple[IrtModel, bool]:
        """Return the model after two steps and a leap in their direction (SQUAREM; Varadhan & Roland 2008).

        The leap is taken back where it makes the model less probable.
        """
        first, before = self.step(model)
        second, _ = self.step(first)
        at, once, twice = _vector(model), _vector(first), _vector(second)
        change, bend = once - at, (twice - once) - (once - at)
        if np.abs(twice - once).max() < tolerance * 0.1:
            return second, True
        length = min(-1.0, -float(np.linalg.norm(change)) / max(float(np.linalg.norm(bend)), 1e-12))
        leapt = _model(at - 2 * length * change + length * length * bend, model)
        third, after = self.step(leapt)
        if not after >= before:
            return second, False
        return third, bool(np.abs(_vector(third) - _vector(leapt)).max() < tolerance * 0.1)

    def step(self, model: IrtModel) -> tuple[IrtModel, float]:
        """Return the model after one round of expectation and maximisation, and the log posterior it started from."""
        items, nodes = self.responses.items, self.nodes
        seen, right, mass = np.zeros((items, nodes)), np.zeros((items, nodes)), np.zeros(nodes)
        log_posterior = self._log_prior(model)
        for part in posteriors(self.responses, model, nodes):
            seen += part.seen.T @ part.weights
            right += part.credit.T @ part.weights
            mass += part.weights.sum(axis=0)
            log_posterior += float(part.log_marginal.sum())
        points, _ = model.abilities(nodes)
        better = self._maximise(model, points, seen, right)
        if self.priors is not None and self.population is not None:
            better = _settle(better, self.priors, self.population, points, mass)
        return better, log_posterior

    def _maximise(self, model: IrtModel, points: Floats, seen: Floats, right: Floats) -> IrtModel:
        """Return the model after a few of Fisher's scoring steps on what is expected at each node."""
        expected = _Expected(points, seen, right, self.kind, self.priors)
        for _ in range(SCORING_STEPS):
            steps = expected.steps(model)
            before, share = expected.objective(model), np.ones(len(model.slopes))
            better = _moved(model, steps * share)
            # An item for which a step leads too far takes a smaller one, or none.
            for smaller in (0.25, 0.0625, 0.0):
                worse = expected.objective(better) < before
                if not worse.any():
                    break
                share[worse] = smaller
                better = _moved(model, steps * share)
            model = better
        return model

    def _log_prior(self, model: IrtModel) -> float:
        found = 0.0 if self.priors is None else float(_log_priors(model, self.priors).sum())
        if self.population is not None:
            ratio = (self.population.deviation / model.deviation) ** 2
            found -= 0.5 * (model.mean / self.population.mean_deviation) ** 2
            found += 0.5 * self.population.candidates * (float(np.log(ratio)) - ratio)
        return found


@dataclass(frozen=True, slots=True)
class _Expected:
    """How many candidates are expected to have seen each item at each node, and their credit: (items, nodes)."""

    points: Floats
    seen: Floats
    right: Floats
    kind: str
    priors: Priors | None

    def objective(self, model: IrtModel) -> Floats:
        """Return the expected log likelihood and prior of each item; of all together where they share a slope."""
        chance, _ = model.chances(self.points)
        found: Floats = (self.right * np.log(chance) + (self.seen - self.right) * np.log1p(-chance)).sum(axis=1)
        if self.priors is not None:
            found = found + _log_priors(model, self.priors)
        return np.full_like(found, found.sum()) if self.kind == ONE_SLOPE else found

    def steps(self, model: IrtModel) -> Floats:
        """Return the steps of the slopes' logarithms (so that slopes stay positive) and of the intercepts."""
        chance, logistic = model.chances(self.points)
        rise = (1 - model.floors)[:, None] * logistic * (1 - logistic)
        pull = (self.right - self.seen * chance) * rise / (chance * (1 - chance))
        force = self.seen * rise * rise / (chance * (1 - chance))
        slopes, points = model.slopes, self.points
        gradient = np.stack([slopes * (pull @ points), pull.sum(axis=1)])
        # Of each item: slope x slope, slope x intercept, intercept x intercept.
        information = np.stack([slopes**2 * (force @ points**2), slopes * (force @ points), force.sum(axis=1)])
        if self.priors is not None:
            precision = self.priors.intercept_deviations**-2.0
            gradient[0] -= np.log(slopes) / self.priors.log_slope_deviation**2
            information[0] += self.priors.log_slope_deviation**-2.0
            gradient[1] -= precision * (model.intercepts - self.priors.intercept_means)
            information[2] += precision
        return np.clip(_newton(self.kind, gradient, information), -LARGEST_STEP, LARGEST_STEP)


def _moved(model: IrtModel, steps: Floats) -> IrtModel:
    slopes = np.clip(model.slopes * np.exp(steps[0]), SMALLEST_SLOPE, LARGEST_SLOPE)
    return replace(model, slopes=slopes, intercepts=model.intercepts + steps[1])


def _log_priors(model: IrtModel, priors: Priors) -> Floats:
    away = (model.intercepts - priors.intercept_means) / priors.intercept_deviations
    logs = np.log(model.slopes) / priors.log_slope_deviation
    return -0.5 * (away**2 + logs**2)


def _settle(model: IrtModel, priors: Priors, population: PopulationPrior, points: Floats, mass: Floats) -> IrtModel:
    """Return the model with the abilities' mean and deviation as expected, moved to where the priors want it.

    Moving all difficulties and the mean together changes no chance, so the priors alone say how far. (Without
    this, expectation-maximisation creeps along that line.)
    """
    number, held = float(mass.sum()), population.mean_deviation**-2.0
    weight = number / model.deviation**2
    mean = weight / (weight + held) * float(points @ mass) / number
    squares = float((points - mean) ** 2 @ mass) + population.candidates * population.deviation**2
    precision = priors.intercept_deviations**-2.0
    pull = float(precision @ (model.intercepts - priors.intercept_means)) - held * mean
    shift = pull / (float(precision.sum()) + held)
    deviation = float(np.sqrt(squares / (number + population.candidates)))
    return replace(model, intercepts=model.intercepts - shift, mean=mean + shift, deviation=deviation)


def _newton(kind: str, gradient: Floats, information: Floats) -> Floats:
    """Return the steps of slopes and intercepts; an item that nobody has seen stays where it is."""
    slope, both, intercept = information
    safe = np.where(intercept > 1e-12, intercept, np.inf)
    if kind == RASCH:
        return np.stack([np.zeros_like(slope), gradient[1] / safe])
    # The intercepts are eliminated first: what is left is the slope's, or the sum over all items of the one slope's.
    left, pull = slope - both * both / safe, gradient[0] - both * gradient[1] / safe
    if kind == ONE_SLOPE:
        slope_step = np.full_like(slope, pull.sum() / max(left.sum(), 1e-12))
    else:
        slope_step = pull / np.where(left > 1e-12, left, np.inf)
    return np.stack([slope_step, (gradient[1] - both * slope_step) / safe])


def _vector(model: IrtModel) -> Floats:
    """Return what is estimated as one vector, on scales that a leap cannot leave."""
    return np.concatenate([np.log(model.slopes), model.intercepts, [model.mean, np.log(model.deviation)]])


def _model(vector: Floats, like: IrtModel) -> IrtModel:
    items = len(like.slopes)
    return replace(
        like,
        slopes=np.clip(np.exp(np.minimum(vector[:items], 5)), SMALLEST_SLOPE, LARGEST_SLOPE),
        intercepts=vector[items : 2 * items],
        mean=float(vector[-2]),
        deviation=float(np.exp(np.clip(vector[-1], -4, 4))),
    )
