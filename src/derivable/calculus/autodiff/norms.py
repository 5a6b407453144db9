"""The norms of `np.linalg.norm`, made of functions that have a rule.

Notation:
    x: vector or matrix, or a stack of them.
    s: sum of powers.
"""

from typing import Any

import numpy as np

from derivable.calculus.autodiff.shapes import axes_of, expanded, root


def norm(
    x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False
) -> Any:
    """NumPy's norm of vectors (one axis) or matrices (two).

    At 0 the 2-norm and p-norms have slope 0, as `absolute` has.

    Raises:
        TypeError: if the order of a vector's norm is no number.
        ValueError: if the order is none of NumPy's.
    """
    if axis is None and ord is not None and x.ndim not in (1, 2):
        raise ValueError(f"x must be 1-d or 2-d, got shape {x.shape}")
    axes = axes_of(axis, x.ndim)
    if ord is None or (ord == "fro" and len(axes) == 2):
        y = root(np.sum(x * x, axis=axes))
    elif len(axes) == 1:
        y = _of_vector(x, ord, axes)
    elif len(axes) == 2:
        y = _of_matrix(np.moveaxis(x, axes, (-2, -1)), ord)
    else:
        raise ValueError(f"axis must be one or two axes, got {axis}")
    return expanded(y, x.shape, axes) if keepdims else y


def _of_vector(x: Any, p: Any, axes: tuple[int, ...]) -> Any:
    if p == 0:
        return np.sum((x != 0).astype(float), axis=axes)
    if p == np.inf:
        return np.max(np.abs(x), axis=axes)
    if p == -np.inf:
        return np.min(np.abs(x), axis=axes)
    if not isinstance(p, int | float | np.number):
        raise TypeError(f"ord must be a number for vectors, got {p!r}")
    if p == 1:
        return np.sum(np.abs(x), axis=axes)
    powers = x * x if p == 2 else np.abs(x) ** float(p)
    return root(np.sum(powers, axis=axes), float(p))


def _of_matrix(x: Any, p: Any) -> Any:
    if p in (1, -1, np.inf, -np.inf):
        sums = np.sum(np.abs(x), axis=-2 if abs(p) == 1 else -1)
        return np.max(sums, axis=-1) if p > 0 else np.min(sums, axis=-1)
    if p == "nuc":
        return np.sum(np.linalg.svdvals(x), axis=-1)
    if p in (2, -2):
        return np.linalg.svdvals(x)[..., 0 if p > 0 else -1]
    raise ValueError(
        f"ord must be 'fro', 'nuc', ±1, ±2 or ±inf for matrices, got {p!r}"
    )
