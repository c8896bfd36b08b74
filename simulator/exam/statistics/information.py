"""How sure a fitted model's parameters are, from the observed information of the marginal likelihood."""

from dataclasses import replace

import numpy as np

from simulator.exam.statistics.columns import Floats
from simulator.exam.statistics.irt import NODES, ONE_SLOPE, RASCH, IrtModel, SparseResponses, posteriors

_STEP = 1e-4


def standard_errors(
    responses: SparseResponses, model: IrtModel, kind: str, *, nodes: int = NODES
) -> tuple[Floats, Floats]:
    """Return the standard errors of slopes and intercepts, for forms of few items: it costs a pass a parameter.

    The information is the slope of the score (by central differences); the score is that of the complete data,
    expected over the abilities (Fisher's identity). Under `1pl` all slopes have the one error, under `rasch` 0.
    """
    items = responses.items
    to_parameters = _parameters(kind, items)
    free = to_parameters.shape[1]
    centre, information = np.concatenate([model.slopes, model.intercepts]), np.zeros((free, free))
    for parameter in range(free):
        move = _STEP * to_parameters[:, parameter]
        up, down = (_score(responses, _moved(model, vector), nodes) for vector in (centre + move, centre - move))
        information[:, parameter] = to_parameters.T @ (down - up) / (2 * _STEP)
    covariance = to_parameters @ np.linalg.inv((information + information.T) / 2) @ to_parameters.T
    errors = np.sqrt(np.diag(covariance))
    return errors[:items], errors[items:]


def intercept_information(responses: SparseResponses, model: IrtModel, *, nodes: int = NODES) -> Floats:
    """Return each item's own observed information about its intercept (and, with a slope of 1, its difficulty).

    It is the information of the complete data less what is missing because abilities are not known (Louis 1982),
    in one pass. Never below 0: lucky answers can make it so where there are few.
    """
    points, _ = model.abilities(nodes)
    chance, logistic = model.chances(points)
    rise = (1 - model.floors)[:, None] * logistic * (1 - logistic)
    right_score, wrong_score = rise / chance, -logistic
    right_bend = rise * (1 - 2 * logistic) / chance - right_score**2
    wrong_bend = -logistic * (1 - logistic)
    information = np.zeros(responses.items)
    for part in posteriors(responses, model, nodes):
        right, wrong = part.credit, part.seen - part.credit

        def expected(values: Floats, weights: Floats = part.weights) -> Floats:
            return weights @ values.T

        information -= (right * expected(right_bend) + wrong * expected(wrong_bend)).sum(axis=0)
        mean = right * expected(right_score) + wrong * expected(wrong_score)
        square = (
            right**2 * expected(right_score**2)
            + 2 * right * wrong * expected(right_score * wrong_score)
            + wrong**2 * expected(wrong_score**2)
        )
        information -= (square - mean**2).sum(axis=0)
    return np.maximum(information, 0)


def _parameters(kind: str, items: int) -> Floats:
    """Return the matrix that makes (slopes, intercepts) of what is free under this kind of model."""
    everything = np.eye(2 * items)
    if kind == RASCH:
        return everything[:, items:]
    if kind == ONE_SLOPE:
        return np.column_stack([everything[:, :items].sum(axis=1), everything[:, items:]])
    return everything


def _moved(model: IrtModel, vector: Floats) -> IrtModel:
    return replace(model, slopes=vector[: len(model.slopes)], intercepts=vector[len(model.slopes) :])


def _score(responses: SparseResponses, model: IrtModel, nodes: int) -> Floats:
    """Return the gradient of the log marginal likelihood by slopes and intercepts."""
    points, _ = model.abilities(nodes)
    chance, logistic = model.chances(points)
    rise = (1 - model.floors)[:, None] * logistic * (1 - logistic)
    pull = np.zeros_like(chance)
    for part in posteriors(responses, model, nodes):
        pull += (part.credit.T @ part.weights) - (part.seen.T @ part.weights) * chance
    pull *= rise / (chance * (1 - chance))
    return np.concatenate([pull @ points, pull.sum(axis=1)])
