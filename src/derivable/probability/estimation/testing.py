"""Tests: how often chance alone would look like this.

Notation:
    p_a, p_b: shares of successes; p: the share in both together.
    z: their difference in standard errors.
    m: number of tests; k: rank of a p-value, from 1.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.estimation import _sample
from derivable.probability.estimation.records import ProportionTest


def two_proportion_test(
    successes_a: int, trials_a: int, successes_b: int, trials_b: int
) -> ProportionTest:
    """Two-sided test of equal probabilities, for large counts.

    The counts are those of successes and of failures, of a and of b.

    Args:
        successes_a: how many trials of a succeeded.
        trials_a: how many there were, at least 1.
        successes_b: how many trials of b succeeded.
        trials_b: how many there were, at least 1.

    Returns:
        Difference, z and p-value.

    Raises:
        TypeError: if a count is not whole.
        ValueError: if a count is negative, more succeeded than there
            were, or all trials of both ended alike.

    Source:
        eq. `def:z-test` of this book.
    """
    n_a = check.whole(trials_a, "trials_a", least=1)
    n_b = check.whole(trials_b, "trials_b", least=1)
    k_a = check.whole(successes_a, "successes_a", most=n_a)
    k_b = check.whole(successes_b, "successes_b", most=n_b)
    if k_a + k_b in (0, n_a + n_b):
        raise ValueError(
            "successes must not be none or all, "
            f"got {k_a + k_b} of {n_a + n_b}"
        )

    p = (k_a + k_b) / (n_a + n_b)
    difference = k_b / n_b - k_a / n_a
    noise = p * (1 - p) * (1 / n_a + 1 / n_b)
    z = difference / math.sqrt(noise)  # eq. def:z-test
    return ProportionTest(difference, z, math.erfc(abs(z) / math.sqrt(2)))


def holm(p_values: ArrayLike, level: float = 0.05) -> NDArray[np.bool]:
    """Discoveries with a chance of at most `level` of any false one.

    Args:
        p_values: one for each test, shape (m,).
        level: bound on the chance of one or more false discoveries.

    Returns:
        True for a discovery, shape (m,).

    Raises:
        TypeError: if p_values is not real.
        ValueError: if a p-value lies outside [0, 1], level outside (0, 1).

    Source:
        Holm (1979), section 3.
    """
    p, level = _p_values(p_values), _sample.inside(level)

    m = len(p)
    order = np.argsort(p, kind="stable")
    passed = (m - np.arange(m)) * p[order] <= level
    return _first(order, int(np.argmin([*passed, False])))


def benjamini_hochberg(
    p_values: ArrayLike, level: float = 0.05
) -> NDArray[np.bool]:
    """Discoveries, in the mean at most a share of `level` of them false.

    The share counts as 0 if nothing is found.

    Args:
        p_values: of independent tests, shape (m,).
        level: bound on the expected share of false discoveries.

    Returns:
        True for a discovery, shape (m,).

    Raises:
        TypeError: if p_values is not real.
        ValueError: if a p-value lies outside [0, 1], level outside (0, 1).

    Source:
        Benjamini and Hochberg (1995), section 3.1.
    """
    p, level = _p_values(p_values), _sample.inside(level)

    m = len(p)
    order = np.argsort(p, kind="stable")
    k = np.arange(1, m + 1)
    passed = m * p[order] <= level * k
    return _first(order, int(np.max(k[passed], initial=0)))


def _p_values(p_values: ArrayLike) -> Array:
    """Numbers from 0 to 1, shape (m,)."""
    p = check.vector(p_values, "p_values")
    if p.min() < 0 or p.max() > 1:
        wrong = p[(p < 0) | (p > 1)][0]
        raise ValueError(f"p_values must lie in [0, 1], got {wrong}")
    return p


def _first(order: NDArray[np.intp], k: int) -> NDArray[np.bool]:
    """True at the first k places of an order."""
    found = np.zeros(len(order), dtype=bool)
    found[order[:k]] = True
    return found
