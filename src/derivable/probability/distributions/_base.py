"""What all distributions of one number share, and what they ask of input."""

from abc import abstractmethod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability.distributions.samplers import inverse_transform

LARGEST_COUNT = 2**53  # up to here a float64 holds every whole number


def probability(x: ArrayLike, name: str) -> float:
    """A number from 0 to 1, both included."""
    value = check.number(x, name)
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must lie in [0, 1], got {value}")
    return value


def probabilities(x: ArrayLike, name: str) -> Array:
    """Numbers from 0 to 1, both included, any shape."""
    values = check.real(x, name)
    wrong = values[(values < 0) | (values > 1)]
    if wrong.size:
        raise ValueError(f"{name} must lie in [0, 1], got {wrong[0]}")
    return values


class Discrete:
    """A distribution whose values are counted: 0, 1, 2 and so on."""

    @abstractmethod
    def log_pmf(self, x: ArrayLike) -> Array:
        """Logarithm of the probability of x; −∞ where that is 0."""

    @abstractmethod
    def quantile(self, u: ArrayLike) -> Array:
        """The smallest value whose cdf is at least u, for u in [0, 1]."""

    def pmf(self, x: ArrayLike) -> Array:
        """Probability of x, shape of x; 0 for what is no value."""
        return np.exp(self.log_pmf(x))

    def sample(
        self, rng: np.random.Generator, size: int | tuple[int, ...] = ()
    ) -> NDArray[np.int64]:
        """Independent draws by inverse transform, whole numbers."""
        draws = np.asarray(inverse_transform(self.quantile, rng, size))
        whole: NDArray[np.int64] = draws.astype(np.int64)[()]
        return whole


class Continuous:
    """A distribution with a density."""

    @abstractmethod
    def log_pdf(self, x: ArrayLike) -> Array:
        """Logarithm of the density at x; −∞ where that is 0."""

    @abstractmethod
    def quantile(self, u: ArrayLike) -> Array:
        """The value below which the share u lies, for u in [0, 1]."""

    def pdf(self, x: ArrayLike) -> Array:
        """Density at x, shape of x."""
        return np.exp(self.log_pdf(x))

    def sample(
        self, rng: np.random.Generator, size: int | tuple[int, ...] = ()
    ) -> Array:
        """Independent draws by inverse transform."""
        return inverse_transform(self.quantile, rng, size)
