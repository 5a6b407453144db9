"""One trial, and many: Bernoulli and binomial.

Notation:
    p: probability of a 1.
    n: number of trials.
    x: values, any shape.
    u: numbers in [0, 1], any shape.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import probabilities, probability
from derivable.probability.distributions._base import LARGEST_COUNT, Discrete
from derivable.probability.distributions._counts import (
    ROUNDING,
    log_binomial,
    smallest_count,
)


@dataclass(frozen=True)
class Bernoulli(Discrete):
    """One trial: 1 with probability p, else 0.

    Attributes:
        p: probability of a 1, in [0, 1].

    Raises:
        TypeError: if p is not real.
        ValueError: if p does not lie in [0, 1].

    Source:
        eq. `def:bernoulli` of this book.
    """

    p: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "p", probability(self.p, "p"))

    @property
    def mean(self) -> float:
        """The probability p."""
        return self.p

    @property
    def variance(self) -> float:
        """The product p (1 − p), at most 1/4."""
        return self.p * (1 - self.p)

    def log_pmf(self, x: ArrayLike) -> Array:
        """Logarithm: ln p at 1, ln(1 − p) at 0, else −∞; shape of x."""
        x = check.real(x)
        with np.errstate(divide="ignore"):
            one, zero = np.log(self.p), np.log1p(-self.p)
        found: Array = np.select([x == 1, x == 0], [one, zero], -np.inf)
        return found[()]

    def cdf(self, x: ArrayLike) -> Array:
        """Probability of at most x, shape of x."""
        x = check.real(x)
        return np.select([x >= 1, x >= 0], [1.0, 1 - self.p], 0.0)[()]

    def quantile(self, u: ArrayLike) -> Array:
        """0 up to 1 − p, above it 1; shape of u."""
        u = probabilities(u, "u")
        return np.where(u * (1 - ROUNDING) <= 1 - self.p, 0.0, 1.0)[()]


@dataclass(frozen=True)
class Binomial(Discrete):
    """How many of n independent trials give 1.

    Attributes:
        n: number of trials, 0 to 2⁵³.
        p: probability of a 1 in each, in [0, 1].

    Raises:
        TypeError: if n is no whole number or p is not real.
        ValueError: if n is negative or too large, or p not in [0, 1].

    Source:
        eq. `def:binomial` of this book.
    """

    n: int
    p: float

    def __post_init__(self) -> None:
        n = check.whole(self.n, "n")
        object.__setattr__(self, "n", check.whole(n, "n", most=LARGEST_COUNT))
        object.__setattr__(self, "p", probability(self.p, "p"))

    @property
    def mean(self) -> float:
        """The product n p."""
        return self.n * self.p  # eq. claim:binomial-moments

    @property
    def variance(self) -> float:
        """The product n p (1 − p)."""
        return self.n * self.p * (1 - self.p)  # eq. claim:binomial-moments

    def log_pmf(self, x: ArrayLike) -> Array:
        """Logarithm of the probability of x ones; −∞ for no count."""
        x = check.real(x)
        inside = (x >= 0) & (x <= self.n) & (x == np.floor(x))
        k = np.where(inside, x, 0.0)
        return np.where(inside, log_binomial(k, self.n, self.p), -np.inf)[()]

    def cdf(self, x: ArrayLike) -> Array:
        """Probability of at most x ones, shape of x.

        It is a regularised incomplete beta function.
        """
        from scipy.special import betaincc

        k = np.floor(check.real(x))
        inside = (k >= 0) & (k < self.n)
        j = np.where(inside, k, 0.0)
        found = betaincc(j + 1, np.maximum(self.n - j, 1), self.p)
        return np.where(inside, found, np.where(k < 0, 0.0, 1.0))[()]

    def quantile(self, u: ArrayLike) -> Array:
        """The smallest count whose cdf is at least u, shape of u."""
        u = probabilities(u, "u")
        return smallest_count(self.cdf, u, np.full(u.shape, float(self.n)))
