"""Rows with mean 0 and variance 1, scaled and shifted: layer norm.

Notation:
    X: rows, shape (…, w).
    g, b: scale and shift of each column, shape (w,).
    N: the normalised rows, shape (…, w).
    r: one over the standard deviation of each row, shape (…, 1).
"""

from typing import Any

import numpy as np

from derivable._validation import Array

EPSILON = 1e-5  # added to the variance, so that equal entries pass


def normalise(X: Any, g: Any, b: Any) -> tuple[Any, tuple[Any, Any]]:
    """N g + b, and what the way back needs."""
    C = X - np.mean(X, axis=-1, keepdims=True)
    r = 1 / np.sqrt(np.mean(C * C, axis=-1, keepdims=True) + EPSILON)
    N = C * r  # eq. def:row-norm
    return N * g + b, (N, r)  # eq. def:row-norm


def normalise_back(
    dY: Array, g: Array, kept: tuple[Array, Array]
) -> tuple[Array, Array, Array]:
    """The adjoints of X, g and b from that of the result."""
    N, r = kept
    dN = dY * g
    mean = np.mean(dN, axis=-1, keepdims=True)
    along = np.mean(dN * N, axis=-1, keepdims=True)
    dX = r * (dN - mean - along * N)  # eq. claim:row-norm-adjoint
    rows = tuple(range(dY.ndim - 1))
    return dX, np.sum(dY * N, axis=rows), np.sum(dY, axis=rows)
