"""Log-probabilities of counts without cancellation; quantiles of counts.

ln n! is of the size n ln n, and ln of a probability often below 1: the
plain difference of log-gammas loses every digit for large n. Stirling's
formula takes out the large part by algebra.

Source:
    Loader (2000), Fast and accurate computation of binomial probabilities.
"""

from collections.abc import Callable

import numpy as np

from derivable._precision import EPS
from derivable._validation import Array

ROUNDING = 64 * EPS  # what rounding may add to a cdf, relative to it
TERMS = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188)


def stirling_error(n: Array | np.float64) -> Array:
    """What ln n! has beyond the logarithm of √(2πn) (n/e)ⁿ, for n ≥ 1."""
    from scipy.special import gammaln

    small = np.minimum(n, 16.0)
    near = gammaln(small + 1) - (small + 0.5) * np.log(small) + small
    far = sum(c * (1 / n) ** (2 * i + 1) for i, c in enumerate(TERMS))
    return np.where(n < 16, near - 0.5 * np.log(2 * np.pi), far)


def deviance(x: Array, m: float) -> Array:
    """The cost x ln(x/m) + m − x for x > 0 and m > 0: 0 at m, else above."""
    with np.errstate(over="ignore"):
        near = np.log1p((np.minimum(x, 2 * m) - m) / m)
        ratio = np.where(x < 2 * m, near, np.log(x) - np.log(m))
        return np.asarray(x * ratio + (m - x))


def log_poisson(x: Array, rate: float) -> Array:
    """−λ + x ln λ − ln x! for counts x ≥ 0."""
    k = np.maximum(x, 1.0)
    at = (
        -deviance(k, rate)
        - stirling_error(k)
        - (np.log(k) + np.log(2 * np.pi)) / 2
    )
    return np.where(x == 0, -rate, at)


def log_binomial(x: Array, n: int, p: float) -> Array:
    """Logarithm of the binomial probability for counts 0 ≤ x ≤ n."""
    with np.errstate(divide="ignore"):
        ones, zeros = np.log(p), np.log1p(-p)
    ends = np.where(x == 0, _times(n, zeros), _times(n, ones))
    if n < 2 or p in (0.0, 1.0):
        inner = (x > 0) & (x < n)
        return np.where(inner, -np.inf, ends)
    k = np.clip(x, 1.0, n - 1.0)
    rest = n - k
    errors = stirling_error(np.float64(n)) - stirling_error(k)
    gaps = deviance(k, n * p) + deviance(rest, n * (1 - p))
    width = np.log(2 * np.pi * k * (rest / n)) / 2
    at = errors - stirling_error(rest) - gaps - width
    return np.where((x == 0) | (x == n), ends, at)


def _times(n: int, logarithm: float) -> float:
    return n * float(logarithm) if n else 0.0


def smallest_count(
    cdf: Callable[[Array], Array], u: Array, high: Array
) -> Array:
    """The smallest k from 0 to high with F(k) ≥ u.

    Many are looked up in a table of F, few are found by halving.
    NB: F(k) counts as u if it is smaller by rounding alone.
    """
    least = u * (1 - ROUNDING)
    top = np.max(high)
    if top < u.size:
        below = cdf(np.arange(top)) if top else np.array([])
        return np.searchsorted(below, least).astype(np.float64)[()]

    low = np.full(u.shape, -1.0)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        enough = cdf(middle) >= least
        open_ = high - low > 1
        high = np.where(open_ & enough, middle, high)
        low = np.where(open_ & ~enough, middle, low)
    return high[()]
