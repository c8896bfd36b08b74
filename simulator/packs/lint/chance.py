"""What chance alone makes of counts, so that a finding is more than an accident."""

from collections.abc import Iterable, Sequence
from math import erfc, exp, lgamma, log, sqrt

RARE = 0.01
"""What chance alone does in one pack of a hundred is reported; nothing that is more common."""

FEWEST = 20
"""With fewer questions chance explains everything."""


def chi_square_of(counts: Sequence[int]) -> float:
    """Return Pearson's statistic of counts against equal ones."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def chi_square_p(statistic: float, degrees: int) -> float:
    """Return the probability of a statistic at least as large: Q(degrees/2, statistic/2), the incomplete gamma ratio.

    Exact for whole degrees: from Q(1/2, x) = erfc(sqrt(x)) or Q(1, x) = exp(-x) by the recurrence
    Q(a + 1, x) = Q(a, x) + x^a exp(-x) / Gamma(a + 1) (DLMF 7.11.2, 8.8.6).
    """
    x = statistic / 2
    if x <= 0:
        return 1.0
    a, probability = (0.5, erfc(sqrt(x))) if degrees % 2 else (1.0, exp(-x))
    while a < degrees / 2:
        probability += exp(a * log(x) - x - lgamma(a + 1))
        a += 1
    return min(probability, 1.0)


def two_sided_p(observed: int, chances: Iterable[float]) -> float:
    """Return how likely a count this far from its mean is when each of its trials succeeds by its own chance.

    The normal approximation to the Poisson binomial distribution, with the correction for continuity.
    """
    mean = variance = 0.0
    for chance in chances:
        mean += chance
        variance += chance * (1 - chance)
    distance = max(abs(observed - mean) - 0.5, 0.0)
    return erfc(distance / sqrt(2 * variance)) if variance else 1.0
