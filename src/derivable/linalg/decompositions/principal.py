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
from derivable._precision import EPS
from derivable._validation import Array

LARGEST = 1e150  # beyond it a square overflows


@dataclass(frozen=True)
class PCA:
    """Directions of largest variance, and how to use them.

    Attributes:
        mean: the mean sample, shape (d,).
        components: orthonormal rows, shape (k, d); the largest entry of
            each, by size, is positive.
        variances: of the data along each component, with n − 1,
            largest first, shape (k,).
        ratios: their shares of the variance of all of X, shape (k,).
    """

    mean: Array
    components: Array
    variances: Array
    ratios: Array

    def transform(self, X: ArrayLike) -> Array:
        """Coordinates (X − mean) Vₖ of samples (m, d), shape (m, k)."""
        return np.asarray((self._samples(X) - self.mean) @ self.components.T)

    def inverse(self, Z: ArrayLike) -> Array:
        """The samples that coordinates (m, k) stand for, shape (m, d)."""
        Z = check.matrix(Z, "Z")
        if Z.shape[1] != len(self.components):
            raise ValueError(
                f"Z must have {len(self.components)} columns, got {Z.shape}"
            )
        return np.asarray(Z @ self.components + self.mean)

    def whiten(self, X: ArrayLike) -> Array:
        """Coordinates divided by their deviations, shape (m, k)."""
        last, first = self.variances[-1], self.variances[0]
        if last <= (EPS * max(self.components.shape)) ** 2 * first:
            raise ValueError(
                f"every component must vary to be whitened, got variance "
                f"{last:.2g}: keep fewer"
            )
        return np.asarray(self.transform(X) / np.sqrt(self.variances))

    def _samples(self, X: ArrayLike) -> Array:
        X = check.matrix(X, "X")
        if X.shape[1] != len(self.mean):
            raise ValueError(
                f"X must have {len(self.mean)} columns, got {X.shape}"
            )
        return X


def pca(X: ArrayLike, k: int) -> PCA:
    """The k directions along which the data vary most.

    Args:
        X: data, one sample a row, shape (n, d), n ≥ 2.
        k: how many directions, in 1 to min(n, d).

    Returns:
        Mean, components, variances and their shares.

    Raises:
        TypeError: if k is not an integer.
        ValueError: if X has one sample only or all samples are equal,
            or k is out of range.

    Source:
        Pearson (1901); eq. `claim:pca-svd` of this book.
    """
    X = check.matrix(X, "X")
    n, d = X.shape
    if n < 2:
        raise ValueError(f"X must have two samples or more, got {n}")
    k = check.whole(k, "k", least=1, most=min(n, d))

    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    if s[0] > LARGEST:
        raise ValueError(f"X must have a finite variance, got σ₁ = {s[0]:.2g}")
    variances = s**2 / (n - 1)
    if s[0] <= EPS * np.max(np.abs(X)):
        raise ValueError(f"X must vary, got {n} equal samples")
    return PCA(
        mean=mean,
        components=_signed(Vt[:k]),
        variances=variances[:k],
        ratios=variances[:k] / variances.sum(),
    )


def _signed(Vt: Array) -> Array:
    """Turn each row so that its largest entry, by size, is positive."""
    at = np.argmax(np.abs(Vt), axis=1)
    sign = np.sign(Vt[np.arange(len(Vt)), at])
    return np.asarray(Vt * sign[:, None])
