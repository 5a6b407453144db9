"""Reductions that are not linear: maximum, minimum and product.

The differential of each is a weighted sum, dy = Σ w dx. The weights serve
both modes.

Notation:
    a: the operand, x as a rule sees it.
    w: the weights, shape of x.
    g: adjoint of the result.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import Dual, paired
from derivable.calculus.autodiff.shapes import axes_of, expanded
from derivable.calculus.autodiff.tensor import record

Weights = Callable[[Any, Any], Any]


def _largest(a: Any, axis: Any) -> Any:
    """The largest entry counts; ties share equally."""
    tied = a == np.max(a, axis=axis, keepdims=True)
    return tied / np.sum(tied, axis=axis, keepdims=True)


def _smallest(a: Any, axis: Any) -> Any:
    """The smallest entry counts; ties share equally."""
    tied = a == np.min(a, axis=axis, keepdims=True)
    return tied / np.sum(tied, axis=axis, keepdims=True)


def others(a: Any, axis: Any) -> Any:
    """For each entry the product of the others; no division by zeros.

    Args:
        a: array, Tensor or Dual.
        axis: the axes of the product.

    Returns:
        The products, shape of a.
    """
    axes = axes_of(axis, a.ndim)
    last = tuple(range(-len(axes), 0))
    moved = np.moveaxis(a, axes, last)
    flat = np.reshape(moved, (*moved.shape[: a.ndim - len(axes)], -1))
    before = _before(flat)
    after = np.flip(_before(np.flip(flat, -1)), -1)
    return np.moveaxis(np.reshape(before * after, moved.shape), last, axes)


def _before(x: Any) -> Any:
    """Products of all earlier entries along the last axis, by doubling."""
    n = x.shape[-1]
    y, step = _shifted(x, min(n, 1)), 1
    while step < n:
        y = y * _shifted(y, step)
        step *= 2
    return y


def _shifted(x: Any, step: int) -> Any:
    """Entries moved to the right along the last axis, ones before them."""
    ones = np.ones((*x.shape[:-1], step))
    return np.concatenate([ones, x[..., : x.shape[-1] - step]], axis=-1)


WEIGHTS: dict[Any, Weights] = {
    np.max: _largest,
    np.min: _smallest,
    np.prod: others,
}
"""The weights of each entry in the differential."""


def weighted(function: Any, weights: Weights) -> Callable[..., Any]:
    """The reduction for a Tensor or a Dual, from its weights."""

    def call(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        if isinstance(x, Dual):
            y = function(x.value, axis=axis, keepdims=keepdims)
            t = x.tangent * weights(x.value, axis)
            return paired(y, np.sum(t, axis=axis, keepdims=keepdims), x.level)
        y = function(x.data, axis=axis, keepdims=keepdims)

        def back(g: Any, a: Any) -> Any:
            return expanded(g, a.shape, axis) * weights(a, axis)

        return record(y, (x,), (x.data,), (back,))

    return call
