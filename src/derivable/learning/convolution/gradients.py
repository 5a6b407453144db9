"""The way back through a convolution, by its formulas.

Notation:
    X: images, shape (N, C, H, W).
    F: filters, shape (K, C, R, S).
    dY: adjoint of the outputs, shape (N, K, H′, W′).
    B: patches, one a row, shape (N·H′·W′, C·R·S).
    t, p: stride and padding.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.convolution import _checks
from derivable.linalg import conv2d_im2col, im2col


def dilate(Y: ArrayLike, step: int) -> Array:
    """Put zeros between the rows and the columns of images.

    Args:
        Y: images, shape (N, C, H, W).
        step: distance of two neighbours afterwards, t.

    Returns:
        Images of shape (N, C, t (H − 1) + 1, t (W − 1) + 1).

    Raises:
        TypeError: if Y is not real, or step no whole number.
        ValueError: if Y has not four axes, is empty or not finite, or
            step is below 1.

    Source:
        eq. `claim:input-gradient` of this book.
    """
    Y = _checks.four(check.real(Y, "Y"), "Y", "(N, C, H, W)")
    t = check.whole(step, "step", least=1)
    N, C, H, W = Y.shape

    wide = np.zeros((N, C, t * (H - 1) + 1, t * (W - 1) + 1))
    wide[:, :, ::t, ::t] = Y
    return wide


def conv2d_transpose(
    dY: ArrayLike,
    F: ArrayLike,
    size: Sequence[int],
    *,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """The transpose of a convolution: the adjoint of its images.

    Args:
        dY: adjoint of the outputs, shape (N, K, H′, W′).
        F: filters of the convolution, shape (K, C, R, S).
        size: height H and width W of its images.
        stride: of the convolution.
        padding: of the convolution.

    Returns:
        The adjoint of the images, shape (N, C, H, W).

    Raises:
        TypeError: if dY or F is not real, or a number is not whole.
        ValueError: if an array has not four axes, is empty or not
            finite, size is no pair, dY has not the shape that images
            of this size lead to, or sums could overflow.

    Source:
        eq. `claim:input-gradient` of this book.
    """
    F = _checks.four(check.real(F, "F"), "F", "(K, C, R, S)")
    H, W = _checks.lengths(size, "size", 2)
    out = _checks.places((H, W), F.shape[2:], stride, padding)
    dY = _checks.four(check.real(dY, "dY"), "dY", "(N, K, H′, W′)")
    _checks.shape_of(dY, (len(dY), len(F), *out), "dY")

    R, S = F.shape[2:]
    wide = dilate(dY, stride)
    down, across = (  # zeros at the end, for pixels that no place covers
        n + 2 * padding - k + 1 - m
        for n, k, m in zip((H, W), (R, S), wide.shape[2:], strict=True)
    )
    around = [(0, 0), (0, 0), (R - 1, R - 1 + down), (S - 1, S - 1 + across)]
    turned = F[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)  # (C, K, R, S)
    dX = conv2d_im2col(np.pad(wide, around), turned)
    return dX[:, :, padding : padding + H, padding : padding + W]


def conv2d_filter_gradient(
    X: ArrayLike,
    dY: ArrayLike,
    kernel: Sequence[int],
    *,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """The adjoint of the filters: what went in meets what came back.

    Args:
        X: images, shape (N, C, H, W).
        dY: adjoint of the outputs, shape (N, K, H′, W′).
        kernel: height R and width S of a filter.
        stride: of the convolution.
        padding: of the convolution.

    Returns:
        The adjoint of the filters, shape (K, C, R, S).

    Raises:
        TypeError: if X or dY is not real, or a number is not whole.
        ValueError: if an array has not four axes, is empty or not
            finite, kernel is no pair, dY has not the shape that these
            images lead to, or a sum is not finite.

    Source:
        eq. `claim:filter-gradient` of this book.
    """
    X = _checks.images(check.real(X, "X"))
    R, S = _checks.lengths(kernel, "kernel", 2)
    dY = _checks.four(check.real(dY, "dY"), "dY", "(N, K, H′, W′)")
    out = _checks.places(X.shape[2:], (R, S), stride, padding)
    N, K, C = len(X), dY.shape[1], X.shape[1]
    _checks.shape_of(dY, (N, K, *out), "dY")

    B = im2col(X, (R, S), stride=stride, padding=padding)
    rows = dY.transpose(0, 2, 3, 1).reshape(len(B), K)  # one place a row
    with np.errstate(over="ignore", invalid="ignore"):
        dF = (rows.T @ B).reshape(K, C, R, S)
    return check.real(dF, "the gradient")


def col2im(
    dB: ArrayLike,
    shape: Sequence[int],
    kernel: Sequence[int],
    *,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """Add what belongs to each pixel: the transpose of `im2col`.

    Args:
        dB: one patch a row, shape (N·H′·W′, C·R·S).
        shape: of the images, N, C, H, W.
        kernel: height R and width S of a patch.
        stride: as for `im2col`.
        padding: as for `im2col`.

    Returns:
        Images of that shape, each pixel the sum over all patches that
        hold it.

    Raises:
        TypeError: if dB is not real, or a number is not whole.
        ValueError: if shape is not four numbers, kernel no pair, dB has
            another shape than the patches of such images, is not
            finite, or a sum is not.

    Source:
        eq. `claim:col2im` of this book.
    """
    dB = check.matrix(dB, "dB")
    N, C, H, W = _checks.lengths(shape, "shape", 4)
    R, S = _checks.lengths(kernel, "kernel", 2)
    out = _checks.places((H, W), (R, S), stride, padding)
    _checks.shape_of(dB, (N * out[0] * out[1], C * R * S), "dB")

    patches = dB.reshape(N, *out, C, R, S).transpose(0, 3, 1, 2, 4, 5)
    dX = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    with np.errstate(over="ignore"):
        for r, s, key in _checks.under((R, S), out, stride):
            dX[key] += patches[..., r, s]
    dX = dX[:, :, padding : padding + H, padding : padding + W]
    return check.real(dX, "the sum")
