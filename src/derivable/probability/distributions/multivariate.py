"""The Gaussian in many dimensions.

Notation:
    d: number of dimensions.
    μ, Σ: mean and covariance, shapes (d,) and (d, d).
    s: standard deviations, the roots of the diagonal of Σ, shape (d,).
    C: correlations Σᵢⱼ / (sᵢ sⱼ), shape (d, d).
    L: lower triangle with Σ = L Lᵀ, shape (d, d).
    x: points, one a row, shape (..., d).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import _validation as check
from derivable._precision import evened
from derivable._validation import Array
from derivable.linalg import cholesky
from derivable.probability.distributions.normal import Normal
from derivable.probability.distributions.samplers import lengths


@dataclass(frozen=True, eq=False)
class MultivariateNormal:
    """A Gaussian cloud: centre, widths and correlations.

    Attributes:
        mean: centre μ, shape (d,).
        covariance: symmetric positive definite Σ, shape (d, d).
        std: standard deviation of each entry, shape (d,).

    Raises:
        TypeError: if mean or covariance is not real.
        ValueError: if shapes do not match, or the covariance is not
            symmetric or not positive definite by more than rounding.

    Source:
        eq. `def:multivariate-normal` of this book.
    """

    mean: Array
    covariance: Array
    std: Array = field(init=False, repr=False)
    _factor: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        mean = check.vector(self.mean, "mean")
        S = check.symmetric(self.covariance, "covariance")
        if S.shape != (len(mean), len(mean)):
            raise ValueError(
                f"covariance must have shape {(len(mean), len(mean))}, got "
                f"{S.shape}"
            )
        parts = {"mean": mean, "covariance": S, **_scaled_factor(S)}
        for name, values in parts.items():
            values.flags.writeable = False
            object.__setattr__(self, name, values)

    @property
    def variance(self) -> Array:
        """Variance of each entry, the diagonal of Σ, shape (d,)."""
        return np.diag(self.covariance)

    @property
    def factor(self) -> Array:
        """The Cholesky factor L, shape (d, d)."""
        return self.std[:, None] * self._factor

    def mahalanobis(self, x: ArrayLike) -> Array:
        """√((x − μ)ᵀ Σ⁻¹ (x − μ)) of each point, shape (...,)."""
        x = self._points(x)
        gaps, e = evened(x / 2 - self.mean / 2, -1)
        z, more = evened(gaps / self.std, -1)
        white = np.linalg.solve(self._factor, z[..., None])[..., 0]
        with np.errstate(over="ignore"):
            length = np.linalg.norm(white, axis=-1)
            found: Array = np.ldexp(length, (e + more)[..., 0] + 1)
        return found[()]

    def log_pdf(self, x: ArrayLike) -> Array:
        """Logarithm of the density at each point, shape (...,)."""
        half_det = np.sum(np.log(self.std) + np.log(np.diag(self._factor)))
        d = len(self.mean)
        with np.errstate(over="ignore"):
            half_square = self.mahalanobis(x) ** 2 / 2
        log_scale = half_det + d * np.log(2 * np.pi) / 2
        return np.asarray(-half_square - log_scale)[()]

    def pdf(self, x: ArrayLike) -> Array:
        """Density at each point, shape (...,)."""
        return np.exp(self.log_pdf(x))

    def sample(
        self, rng: np.random.Generator, size: int | tuple[int, ...] = ()
    ) -> Array:
        """Independent draws μ + L z, shape `size` + (d,)."""
        shape = (*lengths(size), len(self.mean))
        z = Normal().sample(rng, shape)
        return self.mean + z @ self.factor.T

    def marginal(self, keep: ArrayLike) -> "MultivariateNormal":
        """The distribution of some entries alone.

        Args:
            keep: indices of these entries, from 0, without repetition.

        Returns:
            Their distribution, in the order of `keep`.

        Raises:
            TypeError: if an index is no whole number.
            ValueError: if an index is out of range or appears twice.

        Source:
            eq. `claim:marginal` of this book.
        """
        a = self._indices(keep, "keep")

        return MultivariateNormal(self.mean[a], self.covariance[np.ix_(a, a)])

    def conditional(
        self, given: ArrayLike, values: ArrayLike
    ) -> "MultivariateNormal":
        """The distribution of the other entries, once some are known.

        Args:
            given: indices of the known entries, from 0, not all of them.
            values: what they are, shape of `given`.

        Returns:
            The distribution of the others, in ascending order.

        Raises:
            TypeError: if an index is no whole number, or values not real.
            ValueError: if an index is out of range or appears twice,
                nothing is left, or shapes differ.

        Source:
            eq. `claim:conditional` of this book.
        """
        b = self._indices(given, "given")
        a = np.setdiff1d(np.arange(len(self.mean)), b)
        if a.size == 0:
            raise ValueError(f"given must leave an entry open, got {b}")
        x_b = check.real(check.of_shape(values, b.shape, "values"), "values")

        S = self.covariance / self.std[:, None] / self.std
        gain = np.linalg.solve(S[np.ix_(b, b)], S[np.ix_(b, a)]).T
        C = S[np.ix_(a, a)] - gain @ S[np.ix_(b, a)]  # eq. claim:conditional
        with np.errstate(over="ignore", invalid="ignore"):
            z = (x_b - self.mean[b]) / self.std[b]
            mean = self.mean[a] + self.std[a] * (gain @ z)
        return MultivariateNormal(
            check.real(mean, "the conditional mean"),
            self.std[a, None] * ((C + C.T) / 2) * self.std[a],
        )

    def _points(self, x: ArrayLike) -> Array:
        x = check.real(x)
        if x.ndim == 0 or x.shape[-1] != len(self.mean):
            raise ValueError(
                f"x must have {len(self.mean)} entries along its last axis, "
                f"got shape {x.shape}"
            )
        return x

    def _indices(self, given: ArrayLike, name: str) -> NDArray[np.int64]:
        found = check.whole_numbers(given, name)
        d = len(self.mean)
        if found.ndim != 1 or np.any((found < 0) | (found >= d)):
            raise ValueError(
                f"{name} must be a list of indices from 0 to {d - 1}, got "
                f"{given!r}"
            )
        if len(np.unique(found)) < len(found):
            raise ValueError(f"{name} must not repeat an index, got {given!r}")
        return found


def _scaled_factor(S: Array) -> dict[str, Array]:
    """Standard deviations s and the Cholesky factor of the correlations.

    Whether Σ is positive definite does not depend on the units of its
    entries, and C does not either.
    """
    variances = np.diag(S)
    if np.any(variances <= 0):
        raise ValueError(
            "covariance must be positive definite, got the variance "
            f"{np.min(variances)}"
        )
    s = np.sqrt(variances)
    try:
        return {"std": s, "_factor": cholesky(S / s[:, None] / s)}
    except ValueError as error:
        said = str(error).removeprefix("A must be positive definite, got ")
        raise ValueError(
            f"covariance must be positive definite, got {said}"
        ) from None
