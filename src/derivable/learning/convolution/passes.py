"""A convolutional network there and back: what a step computes.

The patches of an image are columns here, so that a product of filters and
patches is an image again. NB: one small product for each image, not a large
one for all: a large one would wait for threads that are busy elsewhere.

Notation:
    A: what goes into a block, shape (N, C, H, W).
    B: its patches, one a column, shape (N, C·R·R, H·W).
    Z: what the filters sum up, shape (N, K, H, W).
    Y: the largest of each window, shape (N, K, H′, W′).
    V: what goes into the dense layer, one image a row, shape (N, d).
    dA, dZ: adjoints ∂L/∂A and ∂L/∂Z.
"""

from typing import Any, NamedTuple

import numpy as np

from derivable._validation import Array

Layers = list[dict[str, Array]]


class Block(NamedTuple):
    """What the way back needs of a block."""

    shape: tuple[int, ...]
    B: Array
    Z: Array
    Y: Array


def forward(layers: Any, X: Array) -> tuple[list[Block], Array, Array]:
    """What each block computes, what the dense layer gets, the scores."""
    *blocks, dense = layers
    A, kept = X, []
    for layer in blocks:
        F, b = layer["F"], layer["b"]
        B = patches(A, F.shape[2])
        Z = F.reshape(len(F), -1) @ B + b[:, None]
        Z = Z.reshape(len(A), len(F), *A.shape[2:])
        Y = np.maximum.reduce(quarters(Z))
        kept.append(Block(A.shape, B, Z, Y))
        A = np.maximum(Y, 0.0)
    V = as_rows(A, dense["W"])
    return kept, V, V @ dense["W"] + dense["b"]


def backward(layers: Any, kept: list[Block], V: Array, dZ: Array) -> Layers:
    """The gradient of each layer, from that of the scores."""
    *blocks, dense = layers
    gradients = [{"W": V.T @ dZ, "b": dZ.sum(axis=0)}]
    dA = as_images(dZ @ dense["W"].T, kept[-1].Y.shape)
    for i in reversed(range(len(blocks))):
        shape, B, Z, Y = kept[i]
        F = blocks[i]["F"]
        dZ = unpooled(dA * (Y > 0), Z, Y).reshape(len(B), len(F), -1)
        dF = (dZ @ B.transpose(0, 2, 1)).sum(axis=0).reshape(F.shape)
        gradients.append({"F": dF, "b": dZ.sum(axis=(0, 2))})
        if i > 0:  # nobody asks for the gradient of the images
            dB = F.reshape(len(F), -1).T @ dZ
            dA = added(dB, shape, F.shape[2])
    return gradients[::-1]


def patches(A: Array, R: int) -> Array:
    """The patch of each pixel, a column of R rows of each channel."""
    N, C, H, W = A.shape
    p = R // 2
    wide = np.pad(A, [(0, 0), (0, 0), (p, p), (p, p)])
    B = np.empty((N, C, R, R, H, W))
    for r, s in np.ndindex(R, R):
        B[:, :, r, s] = wide[:, :, r : r + H, s : s + W]
    return B.reshape(N, C * R * R, H * W)


def added(dB: Array, shape: tuple[int, ...], R: int) -> Array:
    """The transpose of `patches`: each pixel adds up where it went."""
    N, C, H, W = shape
    p, dB = R // 2, dB.reshape(N, C, R, R, H, W)
    wide = np.zeros((N, C, H + 2 * p, W + 2 * p))
    for r, s in np.ndindex(R, R):
        wide[:, :, r : r + H, s : s + W] += dB[:, :, r, s]
    return wide[:, :, p : p + H, p : p + W]


def quarters(Z: Array) -> list[Array]:
    """The four entries of all windows, as views of every second pixel."""
    h, w = Z.shape[2] // 2, Z.shape[3] // 2
    corners = ((0, 0), (0, 1), (1, 0), (1, 1))
    return [Z[:, :, r : 2 * h : 2, s : 2 * w : 2] for r, s in corners]


def unpooled(dY: Array, Z: Array, Y: Array) -> Array:
    """The adjoint of Z: the largest of each window shares that of Y."""
    largest = [z == Y for z in quarters(Z)]
    share = dY / np.sum(largest, axis=0, dtype=float)
    dZ = np.zeros(Z.shape)
    for part, mine in zip(quarters(dZ), largest, strict=True):
        np.multiply(share, mine, out=part)
    return dZ


def as_rows(A: Array, W: Array) -> Array:
    """Images as rows: all their numbers, or the mean of each channel."""
    rows: Array = A.reshape(len(A), -1)
    if len(W) == A.shape[1]:
        rows = A.mean(axis=(2, 3))
    return rows


def as_images(dV: Array, shape: tuple[int, ...]) -> Array:
    """The transpose of `as_rows`."""
    if dV.shape[1] == shape[1]:
        part = dV / (shape[2] * shape[3])
        return np.broadcast_to(part[:, :, None, None], shape)
    return dV.reshape(shape)
