"""Sums, changes of shape and selections, in both modes.

A function that is *linear* in its operand acts on a tangent as on a value.
On the way back it needs its transpose, which is one line of `LINEAR`; what
is *composed* of other functions needs nothing.

Notation:
    g: adjoint of the result.
    shape: shape of the operand.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from derivable.calculus.autodiff.adjoints import unbroadcast
from derivable.calculus.autodiff.dual import (
    Dual,
    filled,
    level_of,
    paired,
    plain,
)
from derivable.calculus.autodiff.tensor import Tensor, record, value_of

Function = Callable[..., Any]


def axes_of(axis: Any, ndim: int) -> tuple[int, ...]:
    """The axes that an argument `axis` means, as numbers from 0.

    Args:
        axis: None for all, a whole number, or several; from the end if
            negative.
        ndim: the number of axes there are.
    """
    if axis is None:
        return tuple(range(ndim))
    axes: tuple[int, ...] = normalize_axis_tuple(axis, ndim)
    return axes


def expanded(g: Any, shape: tuple[int, ...], axis: Any) -> Any:
    """G with the axes that a reduction removed, as axes of length 1."""
    reduced = axes_of(axis, len(shape))
    kept = tuple(1 if i in reduced else n for i, n in enumerate(shape))
    return g if g.shape == kept else np.reshape(g, kept)


def _spread(g: Any, shape: tuple[int, ...]) -> Any:
    """Repeat g to a shape, a plain array by the shortest way."""
    if isinstance(g, Tensor | Dual):
        return np.broadcast_to(g, shape)
    repeated = np.empty(shape)
    repeated[...] = g
    return repeated


def _sum(
    g: Any, shape: tuple[int, ...], axis: Any = None, *, keepdims: bool = False
) -> Any:
    """Each entry counts once: its adjoint is that of the sum."""
    return _spread(g if keepdims else expanded(g, shape, axis), shape)


def _transpose(g: Any, _shape: Any, axes: Any = None) -> Any:
    """The inverse permutation of the axes."""
    if axes is None:
        return np.transpose(g)
    return np.transpose(g, np.argsort(axes_of(axes, g.ndim)))


def _cumsum(g: Any, shape: tuple[int, ...], axis: Any = None) -> Any:
    """An entry counts in all sums from its own on: sum from the end."""
    i = 0 if axis is None else axis
    return np.reshape(np.flip(np.cumsum(np.flip(g, i), axis=i), i), shape)


LINEAR: dict[Any, Function] = {
    np.sum: _sum,
    np.reshape: lambda g, before, shape: np.reshape(g, before),
    np.transpose: _transpose,
    np.broadcast_to: lambda g, before, shape: unbroadcast(g, before),
    np.cumsum: _cumsum,
}
"""The transpose of each linear function: adjoint to adjoint."""


def linear(function: Function, transposed: Function) -> Function:
    """The function for a Tensor or a Dual, from its transpose."""

    def call(x: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(x, Dual):
            return paired(
                function(x.value, *args, **kwargs),
                function(x.tangent, *args, **kwargs),
                x.level,
            )
        y, shape = function(x.data, *args, **kwargs), x.shape
        back = lambda g: transposed(g, shape, *args, **kwargs)  # noqa: E731
        return record(y, (x,), (x.data,), (back,))

    return call


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """The adjoint goes to the branch that was taken, and no further.

    It is selected as the value was: a product with a mask would make
    nan of an infinite slope in the other branch.
    """
    chosen = np.array(plain(condition), dtype=bool)
    if x is None and y is None:
        return np.where(chosen)
    if any(isinstance(v, Tensor) for v in (x, y)):
        values = [value_of(x), value_of(y)]
        rules = (
            lambda g: np.where(chosen, g, 0.0),
            lambda g: np.where(chosen, 0.0, g),
        )
        return record(np.where(chosen, *values), (x, y), values, rules)
    if not isinstance(x, Dual) and not isinstance(y, Dual):
        return np.where(chosen, x, y)
    level = level_of((x, y))
    (a, da), (b, db) = filled(x, level), filled(y, level)
    return paired(np.where(chosen, a, b), np.where(chosen, da, db), level)


def concatenate(arrays: Any, axis: Any = 0) -> Any:
    """Each operand takes its part of the adjoint back."""
    arrays = tuple(arrays)
    if axis is None:
        arrays, axis = tuple(np.ravel(x) for x in arrays), 0
    if not any(isinstance(x, Tensor) for x in arrays):
        level = level_of(arrays)
        pairs = [filled(x, level) for x in arrays]
        values, tangents = zip(*pairs, strict=True)
        y, dy = (np.concatenate(v, axis) for v in (values, tangents))
        return paired(y, dy, level)
    values = tuple(value_of(x) for x in arrays)
    y = np.concatenate(values, axis)
    (axis,) = axes_of(axis, y.ndim)
    ends = np.cumsum([np.shape(v)[axis] for v in values])
    rules = [
        _part(axis, int(end) - np.shape(v)[axis], int(end))
        for v, end in zip(values, ends, strict=True)
    ]
    return record(y, arrays, values, rules)


def _part(axis: int, start: int, stop: int) -> Function:
    key = (slice(None),) * axis + (slice(start, stop),)
    return lambda g: g[key]


def _mean(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    y = np.sum(x, axis=axis, keepdims=keepdims)
    return y / (x.size / max(y.size, 1))


def _var(
    x: Any, axis: Any = None, *, ddof: float = 0, keepdims: bool = False
) -> Any:
    r = x - np.mean(x, axis=axis, keepdims=True)
    y = np.sum(r * r, axis=axis, keepdims=keepdims)
    return y / (x.size / max(y.size, 1) - ddof)


def _std(
    x: Any, axis: Any = None, *, ddof: float = 0, keepdims: bool = False
) -> Any:
    return root(np.var(x, axis=axis, ddof=ddof, keepdims=keepdims))


def root(s: Any, p: float = 2) -> Any:
    """The p-th root of a sum of powers, with slope 0 at 0."""
    positive = np.where(s == 0, 1.0, s)
    y = np.sqrt(positive) if p == 2 else positive ** (1 / p)
    return np.where(s == 0, 0.0, y)


def _expand_dims(x: Any, axis: Any) -> Any:
    return np.reshape(x, np.expand_dims(_like(x), axis).shape)


def _squeeze(x: Any, axis: Any = None) -> Any:
    return np.reshape(x, np.squeeze(_like(x), axis).shape)


def _like(x: Any) -> Any:
    """An array of the shape of x that takes no memory."""
    return np.broadcast_to(0.0, x.shape)


def _swapaxes(x: Any, axis1: int, axis2: int) -> Any:
    (i,), (j,) = axes_of(axis1, x.ndim), axes_of(axis2, x.ndim)
    order = list(range(x.ndim))
    order[i], order[j] = j, i
    return np.transpose(x, order)


def _moveaxis(x: Any, source: Any, destination: Any) -> Any:
    start, end = axes_of(source, x.ndim), axes_of(destination, x.ndim)
    order = [i for i in range(x.ndim) if i not in start]
    for i, k in sorted(zip(end, start, strict=True)):
        order.insert(i, k)
    return np.transpose(x, order)


def _flip(x: Any, axis: Any = None) -> Any:
    flipped = axes_of(axis, x.ndim)
    key = [slice(None, None, -1 if i in flipped else 1) for i in range(x.ndim)]
    return x[tuple(key)]


def _diagonal(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    x = np.moveaxis(x, (axis1, axis2), (0, 1))
    rows = np.arange(max(-offset, 0), x.shape[0])
    columns = np.arange(max(offset, 0), x.shape[1])
    n = min(rows.size, columns.size)
    return np.moveaxis(x[rows[:n], columns[:n]], 0, -1)


def _trace(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return np.sum(np.diagonal(x, offset, axis1, axis2), axis=-1)


def _diag(v: Any, k: int = 0) -> Any:
    if v.ndim == 2:
        return np.diagonal(v, k)
    n = v.size + abs(k)
    rows = np.eye(n, v.size, min(k, 0))
    return (rows * v) @ np.eye(v.size, n, max(k, 0))


def _stack(arrays: Any, axis: Any = 0) -> Any:
    arrays = list(arrays)
    if len({np.shape(x) for x in arrays}) > 1:
        raise ValueError("all input arrays must have the same shape")
    return np.concatenate([np.expand_dims(x, axis) for x in arrays], axis)


def _hstack(arrays: Any) -> Any:
    rows = [x if np.ndim(x) else np.reshape(x, (1,)) for x in arrays]
    return np.concatenate(rows, 0 if np.ndim(rows[0]) == 1 else 1)


def _vstack(arrays: Any) -> Any:
    rows = [np.reshape(x, (1, -1)) if np.ndim(x) < 2 else x for x in arrays]
    return np.concatenate(rows, 0)


def _column_stack(arrays: Any) -> Any:
    rows = [np.reshape(x, (-1, 1)) if np.ndim(x) < 2 else x for x in arrays]
    return np.concatenate(rows, 1)


def _clip(
    a: Any,
    a_min: Any = None,
    a_max: Any = None,
    *,
    min: Any = None,
    max: Any = None,
) -> Any:
    """NB: at a bound the slope is 0."""
    a_min = min if a_min is None else a_min
    a_max = max if a_max is None else a_max
    a = a if a_min is None else np.maximum(a, a_min)
    return a if a_max is None else np.minimum(a, a_max)


def _diff(x: Any, n: int = 1, axis: int = -1) -> Any:
    key = (slice(None),) * axes_of(axis, x.ndim)[0]
    for _ in range(n):
        x = x[(*key, slice(1, None))] - x[(*key, slice(None, -1))]
    return x


def _roll(a: Any, shift: Any, axis: Any = None) -> Any:
    if axis is None:
        return np.reshape(np.roll(np.ravel(a), shift, axis=0), a.shape)
    for s, at in np.broadcast(shift, axis):
        (i,) = axes_of(at, a.ndim)
        order = np.roll(np.arange(a.shape[i]), s)
        a = a[(*(slice(None),) * i, order)]
    return a


COMPOSED: dict[Any, Function] = {
    np.mean: _mean,
    np.var: _var,
    np.std: _std,
    np.ravel: lambda x: np.reshape(x, (-1,)),
    np.copy: lambda x: x,
    np.expand_dims: _expand_dims,
    np.squeeze: _squeeze,
    np.swapaxes: _swapaxes,
    np.moveaxis: _moveaxis,
    np.flip: _flip,
    np.diagonal: _diagonal,
    np.trace: _trace,
    np.diag: _diag,
    np.tril: lambda m, k=0: m * np.tril(np.ones(m.shape), k),
    np.triu: lambda m, k=0: m * np.triu(np.ones(m.shape), k),
    np.diff: _diff,
    np.clip: _clip,
    np.roll: _roll,
    np.amax: lambda a, axis=None, *, keepdims=False: np.max(
        a, axis=axis, keepdims=keepdims
    ),
    np.amin: lambda a, axis=None, *, keepdims=False: np.min(
        a, axis=axis, keepdims=keepdims
    ),
    np.where: where,
    np.concatenate: concatenate,
    np.stack: _stack,
    np.hstack: _hstack,
    np.vstack: _vstack,
    np.column_stack: _column_stack,
}
"""Programs made of functions that have a rule."""
