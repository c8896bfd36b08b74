"""Data that others have published figures of."""

import numpy as np


def _matrix(frequencies: str):
    patterns = np.array([[int(digit) for digit in f"{number:05b}"] for number in range(32)], dtype=np.float64)
    return np.repeat(patterns, [int(frequency) for frequency in frequencies.split()], axis=0)


# Bock & Lieberman (1970): how many of 1,000 gave each of the 32 patterns on five items, 00000 to 11111.
LSAT6 = _matrix("3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298")
LSAT7 = _matrix("12 19 1 7 3 19 3 17 10 5 3 7 7 23 8 28 7 39 11 34 14 51 15 90 6 25 7 35 18 136 32 308")

# The worked example of KR-20 with ten people and ten items.
_KR20 = """1111110110 1011011101 1111011001 0010001000 0000010010
1110111111 1101110111 1111111101 0101111101 1101101110"""
KR20_EXAMPLE = np.array([[float(digit) for digit in row] for row in _KR20.split()])
