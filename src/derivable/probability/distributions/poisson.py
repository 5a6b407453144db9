"""How many rare events happen.

Notation:
    λ: the rate, the expected number of events.
    x: counts, any shape.
    u: numbers in [0, 1], any shape.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import probabilities
from derivable.probability.distributions._base import LARGEST_COUNT, Discrete
from derivable.probability.distributions._counts import (
    log_poisson,
    smallest_count,
)


@dataclass(frozen=True)
class Poisson(Discrete):
    """How many rare events happen, if λ are expected.

    Attributes:
        rate: expected number λ, above 0 and at most 2⁵³.

    Raises:
        TypeError: if rate is not real.
        ValueError: if rate is not positive or too large.

    Source:
        eq. `def:poisson` of this book.
    """

    rate: float

    def __post_init__(self) -> None:
        rate = check.positive(self.rate, "rate")
        if rate > LARGEST_COUNT:
            raise ValueError(f"rate must be at most 2**53, got {rate}")
        object.__setattr__(self, "rate", rate)

    @property
    def mean(self) -> float:
        """The rate λ."""
        return self.rate

    @property
    def variance(self) -> float:
        """The rate λ again."""
        return self.rate

    def log_pmf(self, x: ArrayLike) -> Array:
        """Logarithm of the probability of x events; −∞ for no count."""
        x = check.real(x)
        inside = (x >= 0) & (x == np.floor(x))
        k = np.where(inside, x, 0.0)
        return np.where(inside, log_poisson(k, self.rate), -np.inf)[()]

    def cdf(self, x: ArrayLike) -> Array:
        """Probability of at most x events, shape of x.

        It is a regularised incomplete gamma function.
        """
        from scipy.special import gammaincc

        k = np.floor(check.real(x))
        found = gammaincc(np.maximum(k, 0) + 1, self.rate)
        return np.where(k < 0, 0.0, found)[()]

    def quantile(self, u: ArrayLike) -> Array:
        """The smallest count whose cdf is at least u; ∞ for u = 1."""
        u = probabilities(u, "u")
        high = np.full(u.shape, np.ceil(self.rate) + 1)
        while np.any(short := self.cdf(high) < u):
            high = np.where(short, 2 * high, high)
        return np.where(u < 1, smallest_count(self.cdf, u, high), np.inf)[()]
