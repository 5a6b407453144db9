"""What all distributions of one number share."""

from abc import abstractmethod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable._validation import Array
from derivable.probability.distributions.samplers import inverse_transform

LARGEST_COUNT = 2**53  # up to here a float64 holds every whole number


class Discrete:
    """A distribution whose values are counted: 0, 1, 2 and so on."""

    @abstractmethod
    def log_pmf(self, x: ArrayLike) -> Array:
        """Logarithm of the probability of x; −∞ where that is 0."""

    @abstractmethod
    def quantile(self, u: ArrayLike) -> Array:
        """The smallest value whose cdf is at least u, for u in [0, 1].

        For u = 0 it is the smallest count, also one of probability 0; for
        u = 1 the end of the range, ∞ where there is none.
        """

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
        """The value below which the share u lies, for u in [0, 1].

        For u = 0 and 1 the ends of the range, which may be infinite.
        """

    def pdf(self, x: ArrayLike) -> Array:
        """Density at x, shape of x."""
        return np.exp(self.log_pdf(x))

    def sample(
        self, rng: np.random.Generator, size: int | tuple[int, ...] = ()
    ) -> Array:
        """Independent draws by inverse transform."""
        return inverse_transform(self.quantile, rng, size)
