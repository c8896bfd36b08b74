"""Fixed quadrature over abilities: Gauss-Hermite, so that the same data always give the same figures."""

from functools import cache
from math import pi, sqrt

import numpy as np

from simulator.exam.statistics.columns import Floats


@cache
def normal_nodes(count: int) -> tuple[Floats, Floats]:
    """Return points and weights for the standard normal distribution; the weights sum to 1."""
    points, weights = np.polynomial.hermite_e.hermegauss(count)
    return points, weights / sqrt(2 * pi)
