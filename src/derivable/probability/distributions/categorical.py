"""One of several categories.

Notation:
    p: probability of each category, shape (k,).
    x: numbers of categories, any shape.
    u: numbers in [0, 1], any shape.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS
from derivable._validation import Array
from derivable.probability._checks import distribution, probabilities
from derivable.probability.distributions._base import Discrete
from derivable.probability.distributions._counts import ROUNDING


@dataclass(frozen=True, eq=False)
class Categorical(Discrete):
    """One of k categories, numbered from 0.

    Attributes:
        p: probability of each category, shape (k,). They must sum to 1
            up to 10⁻⁶, and are then divided by their sum.

    Raises:
        TypeError: if p is not real.
        ValueError: if p is no vector, or holds a negative number, or does
            not sum to 1.

    Source:
        eq. `def:categorical` of this book.
    """

    p: Array

    def __post_init__(self) -> None:
        p = distribution(check.vector(self.p, "p"))
        p.flags.writeable = False
        object.__setattr__(self, "p", p)

    @property
    def mean(self) -> float:
        """Mean of the number of the category."""
        return float(np.arange(len(self.p)) @ self.p)  # eq. def:mean-variance

    @property
    def variance(self) -> float:
        """Variance of the number of the category."""
        gaps = np.arange(len(self.p)) - self.mean
        return float(gaps**2 @ self.p)  # eq. def:mean-variance

    def log_pmf(self, x: ArrayLike) -> Array:
        """Logarithm of the probability of category x; −∞ for no number."""
        x = check.real(x)
        inside = (x >= 0) & (x < len(self.p)) & (x == np.floor(x))
        at = np.where(inside, x, 0.0).astype(np.int64)
        with np.errstate(divide="ignore"):
            return np.where(inside, np.log(self.p[at]), -np.inf)[()]

    def cdf(self, x: ArrayLike) -> Array:
        """Probability of a number of at most x, shape of x."""
        last = np.clip(np.floor(check.real(x)), -1, len(self.p) - 1)
        steps = np.concatenate([[0.0], self._cumulative()])
        return steps[last.astype(np.int64) + 1][()]

    def quantile(self, u: ArrayLike) -> Array:
        """The first category whose cdf is at least u, shape of u."""
        u = probabilities(u, "u") * (1 - max(ROUNDING, len(self.p) * EPS))
        found = np.searchsorted(self._cumulative(), u)
        return np.asarray(found, dtype=np.float64)[()]

    def _cumulative(self) -> Array:
        steps = np.cumsum(self.p)
        return np.asarray(steps / steps[-1])
