"""The Gaussian of one number.

Notation:
    μ, σ: mean and standard deviation.
    x: values, any shape.
    u: numbers in [0, 1], any shape.
    z: how many standard deviations x lies above the mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import probabilities
from derivable.probability.distributions._base import Continuous
from derivable.probability.distributions.samplers import (
    box_muller,
    lengths,
    uniforms,
)


@dataclass(frozen=True)
class Normal(Continuous):
    """The Gaussian: what many small independent causes add up to.

    Attributes:
        mean: centre μ.
        std: standard deviation σ, positive; not the variance σ².

    Raises:
        TypeError: if mean or std is not real.
        ValueError: if std is not positive.

    Source:
        eq. `def:normal` of this book.
    """

    mean: float = 0.0
    std: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "mean", check.number(self.mean, "mean"))
        object.__setattr__(self, "std", check.positive(self.std, "std"))

    @property
    def variance(self) -> float:
        """σ²."""
        return self.std * self.std

    def log_pdf(self, x: ArrayLike) -> Array:
        """−z²/2 − ln σ − ln(2π)/2, shape of x."""
        z = self._standard(x)
        with np.errstate(over="ignore"):
            half_square = z * z / 2
        log_scale = np.log(self.std) + np.log(2 * np.pi) / 2
        return np.asarray(-half_square - log_scale)[()]

    def cdf(self, x: ArrayLike) -> Array:
        """Probability of at most x, shape of x, exact also in the tail."""
        from scipy.special import ndtr

        return np.asarray(ndtr(self._standard(x)))[()]

    def quantile(self, u: ArrayLike) -> Array:
        """μ + σ z with the standard quantile z; ∓∞ for u = 0 and 1."""
        from scipy.special import ndtri

        u = probabilities(u, "u")
        return np.asarray(self.mean + self.std * ndtri(u))[()]

    def sample(
        self, rng: np.random.Generator, size: int | tuple[int, ...] = ()
    ) -> Array:
        """Independent draws μ + σ z, with z by `box_muller`."""
        shape = lengths(size)
        count = int(np.prod(shape, dtype=np.int64))
        if count == 0:
            return uniforms(rng, shape)
        z = box_muller(*uniforms(rng, (2, (count + 1) // 2)))
        draws = self.mean + self.std * np.concatenate(z)[:count]
        return check.real(draws, "the sample").reshape(shape)[()]

    def _standard(self, x: ArrayLike) -> Array:
        with np.errstate(over="ignore"):
            return np.asarray((check.real(x) - self.mean) / self.std)[()]
