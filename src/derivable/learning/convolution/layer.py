"""A layer of filters that automatic differentiation can go through.

Notation:
    X: images, shape (N, C, H, W).
    F, b: filters and biases, shapes (K, C, R, S) and (K,).
    Y: outputs, shape (N, K, H′, W′).
"""

from typing import Any

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff.dual import plain
from derivable.learning.convolution import _checks


def conv_layer(
    X: Any, F: Any, b: Any, *, stride: int = 1, padding: int = 0
) -> Any:
    """Slide filters over images, as a sum of shifted images.

    Args:
        X: images, shape (N, C, H, W); an array, Tensor or Dual.
        F: filters, shape (K, C, R, S); they are not turned around.
        b: one bias for each filter, shape (K,).
        stride: step between two places, along both axes.
        padding: zeros added at each border.

    Returns:
        One map for each image and filter, shape (N, K, H′, W′), of the
        kind of the arguments.

    Raises:
        TypeError: if an array is not real, or a number is not whole.
        ValueError: if X or F has not four axes, an array is empty or
            not finite, channels differ, b is not (K,), the filter does
            not fit, or a sum is not finite.

    Source:
        eq. `def:conv-layer` of this book.
    """
    X, F = _checks.images(X), _checks.four(F, "F", "(K, C, R, S)")
    if X.shape[1] != F.shape[1]:
        raise ValueError(
            f"X and F must have as many channels, got {X.shape[1]} "
            f"and {F.shape[1]}"
        )
    b, kernel = _checks.bias(b, len(F)), F.shape[2:]
    out = _checks.places(X.shape[2:], kernel, stride, padding)

    X = _padded(X, padding)
    Y = np.reshape(b, (1, -1, 1, 1))
    with np.errstate(over="ignore", invalid="ignore"):
        for r, s, key in _checks.under(kernel, out, stride):
            Y = Y + np.einsum("ncij,kc->nkij", X[key], F[:, :, r, s])
    check.real(plain(Y), "the output")
    return Y


def _padded(X: Any, p: int) -> Any:
    """Zeros around each image, joined: a Tensor cannot be written into."""
    if p == 0:
        return X
    N, C, H, W = X.shape
    side, top = np.zeros((N, C, H, p)), np.zeros((N, C, p, W + 2 * p))
    X = np.concatenate([side, X, side], axis=3)
    return np.concatenate([top, X, top], axis=2)
