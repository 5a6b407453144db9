"""Features in units of their own, so that a fit depends on no other.

Notation:
    A: a column of ones and the standardised features, shape (n, d + 1).
    mean, std, e: of each feature; X = (mean + std Z) 2ᵉ, shape (d,).
"""

from dataclasses import dataclass

import numpy as np

from derivable._precision import EPS, column_rank, unscaled
from derivable._validation import Array

SAME = 8 * EPS  # of the largest entry: a spread that is rounding
EXTREME = 400  # exponents of two, beyond which features are moved to 1
MOST = 1e200  # a penalty above it holds its weight at zero


@dataclass(frozen=True)
class Scaled:
    """Standardised features, and the way back.

    Attributes:
        A: ones and standardised features, shape (n, d + 1).
        mean: of each feature over 2ᵉ, shape (d,).
        std: standard deviation over 2ᵉ, 1 if it is constant, shape (d,).
        e: exponents of two, shape (d,).
        constant: which features are, shape (d,).
    """

    A: Array
    mean: Array
    std: Array
    e: Array
    constant: Array

    def penalty(self, ridge: float) -> Array:
        """Curvature that ridge/2 ‖w‖² has in each scaled weight, (d + 1,)."""
        if ridge == 0:
            return np.zeros(self.A.shape[1])
        with np.errstate(over="ignore"):
            scaled = np.ldexp(ridge / self.std**2, -2 * self.e)
        scaled = np.where(self.constant, 1.0, np.minimum(scaled, MOST))
        return np.concatenate([[0.0], scaled])

    def weights(self, x: Array) -> tuple[Array, Array]:
        """Weights (…, d, k) and intercepts (…, k) for the given units."""
        w = x[..., 1:, :] / self.std[:, None]
        b = x[..., 0, :] - np.sum(self.mean[:, None] * w, axis=-2)
        return unscaled(w, -self.e[:, None], "the weights"), b


def standardised(X: Array) -> Scaled:
    """Every feature with mean 0 and standard deviation 1."""
    T = np.ones((1 + X.shape[1], len(X)))  # a feature a row, for speed
    T[1:] = X.T
    largest = np.abs(T[1:]).max(axis=1)
    e = np.frexp(largest)[1]
    e = e * (np.abs(e) > EXTREME)  # only where a square may leave
    if e.any():
        T[1:] = np.ldexp(T[1:], -e[:, None])
    mean = T[1:].mean(axis=1)
    T[1:] -= mean[:, None]
    std = np.linalg.norm(T[1:], axis=1) / np.sqrt(len(X))
    constant = std <= SAME * np.ldexp(largest, -e)
    std = np.where(constant, 1.0, std)
    T[1:] *= (~constant / std)[:, None]
    return Scaled(T.T, mean, std, e, constant)


def full_rank(A: Array) -> None:
    """Refuse features that are combinations of others and the ones."""
    r = column_rank(np.linalg.qr(A, mode="r"))
    if r < A.shape[1]:
        raise ValueError(
            "without ridge, features and intercept must be independent, "
            f"got rank {r} of {A.shape[1]}: leave out what repeats, or give "
            "a ridge"
        )
