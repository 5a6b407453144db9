"""Dot products of features, for a support vector machine.

Notation:
    A, B: samples, one a row, shapes (m, d) and (n, d).
    K: K[i, j] = k(A[i], B[j]), shape (m, n).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import scaled
from derivable._validation import Array

Kernel = Callable[[Array, Array], Array]


def linear_kernel(A: ArrayLike, B: ArrayLike) -> Array:
    """The dot products A Bᵀ.

    Args:
        A: samples, shape (m, d).
        B: samples, shape (n, d).

    Returns:
        K, shape (m, n).

    Raises:
        ValueError: if A and B have other numbers of columns, or a dot
            product exceeds float64.
    """
    A, B = _both(A, B)
    with np.errstate(over="ignore", invalid="ignore"):
        K = np.asarray(A @ B.T)
    if not np.isfinite(K).all():
        raise ValueError(
            "dot products must stay below 1.8e308, got entries of A and B "
            f"up to {np.max(np.abs(A)):.3g} and {np.max(np.abs(B)):.3g}"
        )
    return K


def rbf_kernel(gamma: float) -> Kernel:
    """The Gaussian kernel exp(−γ ‖a − b‖²), as a function of A and B.

    Args:
        gamma: γ, positive; one over twice the squared width.

    Returns:
        A function of samples (m, d) and (n, d) with values (m, n).

    Raises:
        ValueError: if gamma is not positive.

    Source:
        eq. `def:rbf` of this book.
    """
    gamma = check.positive(gamma, "gamma")

    def kernel(A: ArrayLike, B: ArrayLike) -> Array:
        A, B = _both(A, B)
        root, squares = np.sqrt(gamma), np.zeros((len(A), len(B)))
        with np.errstate(over="ignore"):  # exp(−∞) is right
            for a, b in zip(A.T, B.T, strict=True):
                squares += (root * (a[:, None] - b)) ** 2
        return np.asarray(np.exp(-squares))

    return kernel


def center(X: Array) -> Array:
    """Where to put the origin, shape (d,): 0, or near samples far from it.

    NB: each entry is a multiple of a power of two no smaller than the
    spread of its column, so that X − c is as exact as X.
    """
    A, e = scaled(X)
    grid = 2.0 ** np.frexp(np.ptp(A, axis=0))[1]
    c = grid * np.round(np.mean(A, axis=0) / grid)
    return np.asarray(np.ldexp(np.clip(c, A.min(0), A.max(0)), e))


def gram(kernel: Kernel, X: Array) -> tuple[Array, int]:
    """The pair (K / 2ᵉ, e) for samples X, with a largest entry near 1.

    For the linear kernel it is that of centred samples: Kβ changes by a
    constant, since Σβ = 0, and the intercept takes it up.
    """
    if kernel is linear_kernel:
        A, e = scaled(X - center(X))
        return A @ A.T, 2 * e
    K = check.matrix(kernel(X, X), "kernel(X, X)")
    if K.shape != (len(X), len(X)):
        raise ValueError(f"kernel(X, X) must be symmetric, got {K.shape}")
    return scaled(check.symmetric(K, "kernel(X, X)", tol=1e-9))


def _both(A: ArrayLike, B: ArrayLike) -> tuple[Array, Array]:
    A, B = check.matrix(A, "A"), check.matrix(B, "B")
    if A.shape[1] != B.shape[1]:
        raise ValueError(
            f"A and B must have as many columns, got {A.shape} and {B.shape}"
        )
    return A, B
