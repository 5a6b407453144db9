"""The convolution of deep learning, three ways.

NB: it slides the kernel as it is. Mathematics turns the kernel around
first and calls this one cross-correlation.

Notation:
    X: images, shape (N, C, H, W).
    F: filters, shape (K, C, R, S).
    Y: outputs, shape (N, K, H′, W′), with H_out for H′ in the code.
    B: patches, one a row, shape (N·H′·W′, C·R·S).
    T: the linear map of one image, shape (K·H′·W′, C·H·W).
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.tensors.shapes import checked


def conv_output_size(
    size: int, kernel: int, *, stride: int = 1, padding: int = 0
) -> int:
    """How many places a kernel has along one axis.

    Args:
        size: length of the axis.
        kernel: length of the kernel along it.
        stride: step between two places.
        padding: zeros added at each end.

    Returns:
        ⌊(size + 2 padding − kernel) / stride⌋ + 1.

    Raises:
        TypeError: if an argument is not a whole number.
        ValueError: if size, kernel or stride is below 1, padding is
            negative, or the kernel is longer than the padded axis.

    Source:
        eq. `claim:output-size` of this book.
    """
    size = check.whole(size, "size", least=1)
    kernel = check.whole(kernel, "kernel", least=1)
    stride = check.whole(stride, "stride", least=1)
    padding = check.whole(padding, "padding")
    if kernel > size + 2 * padding:
        raise ValueError(
            f"kernel must fit into the padded axis, {size + 2 * padding}, "
            f"got {kernel}"
        )
    return (size + 2 * padding - kernel) // stride + 1


def conv2d(
    X: ArrayLike, F: ArrayLike, *, stride: int = 1, padding: int = 0
) -> Array:
    """Slide filters over images: a dot product at every place.

    Args:
        X: images, shape (N, C, H, W).
        F: filters, shape (K, C, R, S); they are not turned around.
        stride: step between two places, along both axes.
        padding: zeros added at each border.

    Returns:
        One map for each image and filter, shape (N, K, H′, W′).

    Raises:
        TypeError: if X or F is not real, or stride or padding is not a
            whole number.
        ValueError: if X or F has not four axes, is empty or not finite,
            channels differ, the filter does not fit, or sums could
            overflow.

    Source:
        eq. `def:conv2d` of this book.
    """
    X, F = _images_and_filters(X, F)
    N, (K, _, R, S) = len(X), F.shape
    H_out, W_out = _places(X.shape, (R, S), stride, padding)

    X = _padded(X, padding)
    Y = np.empty((N, K, H_out, W_out))
    for n in range(N):
        for k in range(K):
            for i in range(H_out):
                for j in range(W_out):
                    top, left = stride * i, stride * j
                    patch = X[n, :, top : top + R, left : left + S]
                    Y[n, k, i, j] = np.sum(patch * F[k])
    return Y


def im2col(
    X: ArrayLike,
    kernel: Sequence[int],
    *,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """Copy the patch under the kernel at every place into a row.

    Args:
        X: images, shape (N, C, H, W).
        kernel: height R and width S of the patch.
        stride: step between two places, along both axes.
        padding: zeros added at each border.

    Returns:
        Patches by image, row and column, each with its channels one
        after the other, shape (N·H′·W′, C·R·S).

    Raises:
        TypeError: if X is not real, or kernel, stride or padding is not
            made of whole numbers.
        ValueError: if X has not four axes, is empty or not finite,
            kernel is no pair, or it does not fit.

    Source:
        eq. `claim:im2col` of this book.
    """
    X = _four(X, "X", "(N, C, H, W)")
    R, S = _pair(kernel)
    N, C = X.shape[:2]
    H_out, W_out = _places(X.shape, (R, S), stride, padding)

    X = _padded(X, padding)
    B = sliding_window_view(X, (R, S), axis=(2, 3), writeable=True)
    B = B[:, :, ::stride, ::stride]  # (N, C, H′, W′, R, S), still a view
    B = B.transpose(0, 2, 3, 1, 4, 5)  # (N, H′, W′, C, R, S)
    return B.reshape(N * H_out * W_out, C * R * S)  # the copy


def conv2d_im2col(
    X: ArrayLike, F: ArrayLike, *, stride: int = 1, padding: int = 0
) -> Array:
    """`conv2d` as one product of matrices: patches times filters.

    Args:
        X: images, shape (N, C, H, W).
        F: filters, shape (K, C, R, S); they are not turned around.
        stride: step between two places, along both axes.
        padding: zeros added at each border.

    Returns:
        One map for each image and filter, shape (N, K, H′, W′).

    Raises:
        TypeError: as `conv2d`.
        ValueError: as `conv2d`.

    Source:
        eq. `claim:im2col` of this book.
    """
    X, F = _images_and_filters(X, F)
    N, K = len(X), len(F)
    H_out, W_out = _places(X.shape, F.shape[2:], stride, padding)

    B = im2col(X, F.shape[2:], stride=stride, padding=padding)
    Y = B @ F.reshape(K, -1).T  # (N·H′·W′, K)
    return np.ascontiguousarray(
        Y.reshape(N, H_out, W_out, K).transpose(0, 3, 1, 2)
    )


def conv2d_matrix(
    F: ArrayLike,
    shape: Sequence[int],
    *,
    stride: int = 1,
    padding: int = 0,
) -> Array:
    """The matrix that a convolution is, for images of one shape.

    NB: almost all of it is zero, and it is stored all the same: for
    small images only.

    Args:
        F: filters, shape (K, C, R, S); they are not turned around.
        shape: channels C, height H and width W of an image.
        stride: step between two places, along both axes.
        padding: zeros added at each border.

    Returns:
        T with T @ X[n].ravel() = Y[n].ravel(), shape (K·H′·W′, C·H·W).

    Raises:
        TypeError: if F is not real, or shape, stride or padding is not
            made of whole numbers.
        ValueError: if F has not four axes, is empty or not finite,
            shape is not (C, H, W) with the channels of F, or the filter
            does not fit.

    Source:
        eq. `claim:toeplitz` of this book.
    """
    F = _four(F, "F", "(K, C, R, S)")
    lengths = checked(shape)
    if len(lengths) != 3 or lengths[0] != F.shape[1]:
        raise ValueError(
            f"shape must be (C, H, W) with C = {F.shape[1]}, got {lengths}"
        )
    pixels = int(np.prod(lengths))
    names = np.arange(1.0, pixels + 1).reshape(1, *lengths)
    B = im2col(names, F.shape[2:], stride=stride, padding=padding)

    K, places = len(F), len(B)
    T = np.zeros((K, places, 1 + pixels))  # column 0 takes the padding
    rows = np.arange(places)[:, None]
    T[:, rows, B.astype(int)] = F.reshape(K, 1, -1)
    return T[:, :, 1:].reshape(K * places, pixels)


def _images_and_filters(X: ArrayLike, F: ArrayLike) -> tuple[Array, Array]:
    X, F = _four(X, "X", "(N, C, H, W)"), _four(F, "F", "(K, C, R, S)")
    if X.shape[1] != F.shape[1]:
        raise ValueError(
            f"X and F must have as many channels, got {X.shape[1]} "
            f"and {F.shape[1]}"
        )
    x, f = float(np.abs(X).max()), float(np.abs(F).max())
    if not math.isfinite(x * f * F[0].size):
        raise ValueError(
            f"sums of products must stay finite, got entries up to {x:.3g} "
            f"and {f:.3g}"
        )
    return X, F


def _places(
    images: Sequence[int], kernel: Sequence[int], stride: int, padding: int
) -> tuple[int, int]:
    """Height H′ and width W′ of the output."""
    H_out, W_out = (
        conv_output_size(n, k, stride=stride, padding=padding)
        for n, k in zip(images[2:], kernel, strict=True)
    )
    return H_out, W_out


def _padded(X: Array, padding: int) -> Array:
    return np.pad(X, [(0, 0), (0, 0), (padding, padding), (padding, padding)])


def _four(A: ArrayLike, name: str, axes: str) -> Array:
    values = check.real(A, name)
    if values.ndim != 4:
        raise ValueError(f"{name} must have shape {axes}, got {values.shape}")
    return values


def _pair(kernel: Sequence[int]) -> tuple[int, int]:
    lengths = checked(kernel, "kernel")
    if len(lengths) != 2:
        raise ValueError(f"kernel must be a pair (R, S), got {lengths}")
    return lengths[0], lengths[1]
