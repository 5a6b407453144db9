"""Principal component analysis, by the SVD of the centred data.

Notation:
    X: data, one sample a row, shape (n, d).
    mean: the mean sample, shape (d,).
    components: directions of largest variance, one a row, shape (k, d).
    Z: coordinates along them, shape (n, k).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import numerical_rank, scaled
from derivable._validation import Array

TIE = 1e-7  # entries closer than this, relative to the largest, are tied


@dataclass(frozen=True)
class PCA:
    """Directions of largest variance, and how to use them.

    Attributes:
        mean: the mean sample, shape (d,).
        components: orthonormal rows, shape (k, d); of the largest
            entries of each, by size, the first is positive.
        variances: of the data along each component, with n − 1,
            largest first, shape (k,); 0 for what rounding would give.
        ratios: their shares of the variance of all of X, shape (k,).
        deviations: roots of the variances, shape (k,).
    """

    mean: Array
    components: Array
    variances: Array
    ratios: Array
    deviations: Array

    def transform(self, X: ArrayLike) -> Array:
        """Coordinates (X − mean) Vₖ of samples (m, d), shape (m, k)."""
        X = _fitting(X, len(self.mean), "X")
        with np.errstate(over="ignore", invalid="ignore"):
            Z = (X - self.mean) @ self.components.T
        return check.real(Z, "the coordinates")

    def inverse(self, Z: ArrayLike) -> Array:
        """The samples that coordinates (m, k) stand for, shape (m, d)."""
        Z = _fitting(Z, len(self.components), "Z")
        with np.errstate(over="ignore", invalid="ignore"):
            X = Z @ self.components + self.mean
        return check.real(X, "the samples")

    def whiten(self, X: ArrayLike) -> Array:
        """Coordinates divided by their deviations, shape (m, k)."""
        if self.deviations[-1] == 0:
            raise ValueError(
                "every component must vary to be whitened, got variance 0 "
                f"in the last of {len(self.deviations)}: keep fewer"
            )
        Z = self.transform(X)
        with np.errstate(over="ignore"):
            Z /= self.deviations
        return check.real(Z, "the coordinates")


def pca(X: ArrayLike, k: int) -> PCA:
    """The k directions along which the data vary most.

    Args:
        X: data, one sample a row, shape (n, d), n ≥ 2.
        k: how many directions, in 1 to min(n, d).

    Returns:
        Mean, components, variances and their shares. Components of
        equal variance are one of many bases of their span.

    Raises:
        TypeError: if k is not an integer.
        ValueError: if X has one sample only or all samples are equal,
            its variance is too large, or k is out of range.

    Source:
        Pearson (1901); eq. `claim:pca-svd` of this book.
    """
    X = check.matrix(X, "X")
    n, d = X.shape
    if n < 2:
        raise ValueError(f"X must have two samples or more, got {n}")
    k = check.whole(k, "k", least=1, most=min(n, d))

    mean, Xc, e = _centred(X)
    _, s, Vt = np.linalg.svd(Xc, full_matrices=False)
    s[numerical_rank(s, X.shape) :] = 0  # rounding is no variance
    return PCA(
        mean=mean,
        components=_signed(Vt[:k]),
        variances=_variances(s[:k], n, e),
        ratios=s[:k] ** 2 / np.sum(s**2),
        deviations=np.ldexp(s[:k] / np.sqrt(n - 1), e),
    )


def _fitting(X: ArrayLike, d: int, name: str) -> Array:
    """A matrix of d columns."""
    values = check.matrix(X, name)
    if values.shape[1] != d:
        raise ValueError(f"{name} must have {d} columns, got {values.shape}")
    return values


def _centred(X: Array) -> tuple[Array, Array, int]:
    """The mean, X − mean in units of 2ᵉ, and e."""
    with np.errstate(over="ignore"):
        gaps = X - X[0]  # exact for close samples, and 0 for equal ones
    if not np.all(np.isfinite(gaps)):
        largest = np.max(np.abs(X))
        raise ValueError(
            f"X must have a finite variance, got entries up to {largest:.2g}"
        )
    if not gaps.any():
        raise ValueError(f"X must vary, got {len(X)} equal samples")
    gaps, e = scaled(gaps)
    shift = gaps.mean(axis=0)
    return X[0] + np.ldexp(shift, e), gaps - shift, e


def _variances(s: Array, n: int, e: int) -> Array:
    """The squares of the singular values s 2ᵉ, over n − 1."""
    with np.errstate(over="ignore"):
        variances = np.ldexp(s**2 / (n - 1), 2 * e)
    if variances[0] == np.inf:
        raise ValueError(
            f"X must have a finite variance, got σ₁ = {np.ldexp(s[0], e):.2g}"
        )
    return np.asarray(variances)


def _signed(Vt: Array) -> Array:
    """Turn each row so that the first of its largest entries is positive."""
    size = np.abs(Vt)
    largest = size.max(axis=1, keepdims=True)
    at = np.argmax(size >= (1 - TIE) * largest, axis=1)
    sign = np.sign(Vt[np.arange(len(Vt)), at])
    return np.asarray(Vt * sign[:, None])
