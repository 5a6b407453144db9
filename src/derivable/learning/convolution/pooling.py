"""Pooling: one number for each window, and who gets the gradient.

Notation:
    X: images, shape (N, C, H, W).
    Y: one number for each window, shape (N, C, H′, W′).
    dY: its adjoint.
    m, t: side of a window, and stride.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.convolution import _checks


def max_pool2d(X: Any, window: int, *, stride: int | None = None) -> Any:
    """The largest entry of each square window, channel by channel.

    Args:
        X: images, shape (N, C, H, W); an array, Tensor or Dual.
        window: side of a window, m.
        stride: step between two windows; without it m, so that they
            touch and do not overlap.

    Returns:
        Maxima, shape (N, C, H′, W′), of the kind of X.

    Raises:
        TypeError: if X is not real, or a number is not whole.
        ValueError: if X has not four axes, is empty or not finite, a
            number is below 1, or the window does not fit.

    Source:
        eq. `def:max-pool` of this book.
    """
    X, keys = _windows(X, window, stride)

    return np.max(np.stack([X[key] for key in keys]), axis=0)


def average_pool2d(X: Any, window: int, *, stride: int | None = None) -> Any:
    """The mean of each square window, channel by channel.

    Args:
        X: images, shape (N, C, H, W); an array, Tensor or Dual.
        window: side of a window, m.
        stride: step between two windows; without it m.

    Returns:
        Means, shape (N, C, H′, W′), of the kind of X.

    Raises:
        TypeError: if X is not real, or a number is not whole.
        ValueError: if X has not four axes, is empty or not finite, a
            number is below 1, or the window does not fit.

    Source:
        eq. `def:average-pool` of this book.
    """
    X, keys = _windows(X, window, stride)

    return sum(X[key] / len(keys) for key in keys)


def max_pool2d_gradient(
    X: ArrayLike, dY: ArrayLike, window: int, *, stride: int | None = None
) -> Array:
    """The adjoint of what was pooled: the largest entry takes it all.

    NB: several largest entries of a window share alike, which is one
    subgradient of many. PyTorch and JAX give all to the first.

    Args:
        X: images, shape (N, C, H, W).
        dY: adjoint of the maxima, shape (N, C, H′, W′).
        window: side of a window, m.
        stride: step between two windows; without it m.

    Returns:
        The adjoint of X, shape (N, C, H, W).

    Raises:
        TypeError: as `max_pool2d`, or if dY is not real.
        ValueError: as `max_pool2d`, or if dY has another shape than the
            maxima, is not finite, or a sum is not.

    Source:
        eq. `claim:max-pool-gradient` of this book.
    """
    X, keys = _windows(check.real(X, "X"), window, stride)
    Y = np.max([X[key] for key in keys], axis=0)
    dY = _checks.shape_of(check.real(dY, "dY"), Y.shape, "dY")

    share = dY / sum(X[key] == Y for key in keys)
    dX = np.zeros(X.shape)
    with np.errstate(over="ignore"):
        for key in keys:
            dX[key] += np.where(X[key] == Y, share, 0.0)
    return check.real(dX, "the gradient")


def average_pool2d_gradient(
    dY: ArrayLike,
    size: tuple[int, int],
    window: int,
    *,
    stride: int | None = None,
) -> Array:
    """The adjoint of what was averaged: each entry gets an equal part.

    Args:
        dY: adjoint of the means, shape (N, C, H′, W′).
        size: height H and width W of the images.
        window: side of a window, m.
        stride: step between two windows; without it m.

    Returns:
        The adjoint of the images, shape (N, C, H, W).

    Raises:
        TypeError: if dY is not real, or a number is not whole.
        ValueError: if dY has not four axes, is not finite, a number is
            below 1, the window does not fit, dY has not the shape that
            images of this size lead to, or a sum is not finite.

    Source:
        eq. `claim:average-pool-gradient` of this book.
    """
    dY = _checks.four(check.real(dY, "dY"), "dY", "(N, C, H′, W′)")
    H, W = _checks.lengths(size, "size", 2)
    dX = np.zeros((*dY.shape[:2], H, W))
    _, keys = _windows(dX, window, stride)
    _checks.shape_of(dY, dX[keys[0]].shape, "dY")

    with np.errstate(over="ignore"):
        for key in keys:
            dX[key] += dY / len(keys)
    return check.real(dX, "the gradient")


def _windows(X: Any, window: int, stride: int | None) -> tuple[Any, list[Any]]:
    """Images, and for each entry of a window where it finds its pixels."""
    X, m = _checks.images(X), check.whole(window, "window", least=1)
    t = m if stride is None else check.whole(stride, "stride", least=1)
    out = _checks.places(X.shape[2:], (m, m), t)
    return X, [key for _, _, key in _checks.under((m, m), out, t)]
