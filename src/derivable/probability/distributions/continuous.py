"""Two distributions with a density: uniform and exponential.

Notation:
    x: values, any shape.
    u: numbers in [0, 1], any shape.
    F: cdf, F(x) = P(X ≤ x).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.probability._checks import probabilities
from derivable.probability.distributions._base import Continuous


@dataclass(frozen=True)
class Uniform(Continuous):
    """Every part of an interval as likely as any other of its length.

    Attributes:
        low: left end a.
        high: right end b, above a.

    Raises:
        TypeError: if an end is not real.
        ValueError: if high is not above low, or their gap overflows.

    Source:
        eq. `def:uniform` of this book.
    """

    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        low, high = (
            check.number(self.low, "low"),
            check.number(self.high, "high"),
        )
        if not low < high:
            raise ValueError(
                f"high must be above low, got low {low} and high {high}"
            )
        check.number(high - low, "high - low")
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def mean(self) -> float:
        """The middle (a + b)/2."""
        return self.low / 2 + self.high / 2

    @property
    def variance(self) -> float:
        """(b − a)²/12."""
        width = self.high - self.low
        return width * width / 12  # eq. claim:uniform-variance

    def log_pdf(self, x: ArrayLike) -> Array:
        """−ln(b − a) from a to b, else −∞; shape of x."""
        x = check.real(x)
        inside = (self.low <= x) & (x <= self.high)
        return np.where(inside, -np.log(self.high - self.low), -np.inf)[()]

    def cdf(self, x: ArrayLike) -> Array:
        """The share of the interval that lies below x."""
        x = np.clip(check.real(x), self.low, self.high)
        return np.asarray((x - self.low) / (self.high - self.low))[()]

    def quantile(self, u: ArrayLike) -> Array:
        """The point a + (b − a) u, shape of u."""
        u = probabilities(u, "u")
        return np.asarray(self.low + (self.high - self.low) * u)[()]


@dataclass(frozen=True)
class Exponential(Continuous):
    """How long until the next event, if λ are expected a unit of time.

    Attributes:
        rate: events per unit λ, positive. The mean is 1/λ.

    Raises:
        TypeError: if rate is not real.
        ValueError: if rate is not positive.

    Source:
        eq. `def:exponential` of this book.
    """

    rate: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", check.positive(self.rate, "rate"))

    @property
    def mean(self) -> float:
        """1/λ."""
        return 1 / self.rate  # eq. claim:exponential-moments

    @property
    def variance(self) -> float:
        """1/λ²."""
        return 1 / self.rate / self.rate  # eq. claim:exponential-moments

    def log_pdf(self, x: ArrayLike) -> Array:
        """Logarithm ln λ − λx for x ≥ 0, else −∞; shape of x."""
        x = check.real(x)
        with np.errstate(over="ignore"):
            at = np.log(self.rate) - self.rate * np.maximum(x, 0)
        return np.where(x >= 0, at, -np.inf)[()]

    def cdf(self, x: ArrayLike) -> Array:
        """1 − exp(−λx) for x ≥ 0, exact also where it is small."""
        with np.errstate(over="ignore"):
            waited = self.rate * np.maximum(check.real(x), 0)
        return np.asarray(-np.expm1(-waited))[()]  # eq. def:exponential

    def quantile(self, u: ArrayLike) -> Array:
        """−ln(1 − u)/λ, shape of u; ∞ for u = 1."""
        u = probabilities(u, "u")
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(-np.log1p(-u) / self.rate)[()]
