"""The normal distribution for arrays: numpy has no error function."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_COEFFICIENTS: Final = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def normal_cdf(z: ArrayLike) -> Floats:
    """Return the standard normal distribution function of each element.

    Abramowitz & Stegun (1964), 7.1.26; the absolute error is below 1e-7.
    """
    values = np.asarray(z, dtype=np.float64)
    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    series = np.zeros_like(t)
    for coefficient in reversed(_COEFFICIENTS):
        series = t * (coefficient + series)
    tail: Floats = 0.5 * series * np.exp(-x * x)
    return np.where(values >= 0.0, 1.0 - tail, tail)
