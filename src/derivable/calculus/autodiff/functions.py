"""What is no element-by-element operation: sums, shapes, selections.

Each function computes on plain values and, for a Tensor, records how the
adjoint of its result becomes the adjoint of its operand. The functions at
the end are ordinary programs made of these.

Notation:
    g: adjoint of the result.
    x: the operand.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import Dual
from derivable.calculus.autodiff.tensor import Tensor, constant


def _recorded(value: Any, x: Tensor, back: Callable[[Any], Any]) -> Tensor:
    """A result whose adjoint goes to the one operand x through `back`."""
    return Tensor(value, (x,), (lambda g, _y, _x: back(g),), (x.data,))


def _expanded(g: Any, x: Any, axis: Any, *, keepdims: bool) -> Any:
    """G with the axes that a reduction removed, as axes of length 1."""
    if keepdims or axis is None:  # then g has them, or is one number
        return g
    shape = list(x.shape)
    for i in (axis,) if isinstance(axis, int) else axis:
        shape[i] = 1
    return g.reshape(shape)


def _spread(g: Any, shape: tuple[int, ...]) -> Any:
    """Repeat g to a shape, a plain array by the shortest way."""
    if isinstance(g, np.ndarray):
        repeated = np.empty(shape)
        repeated[...] = g
        return repeated
    return np.broadcast_to(g, shape)


def _sum(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    """Each entry counts once: its adjoint is that of the sum."""

    def back(g: Any) -> Any:
        g = _expanded(g, x, axis, keepdims=keepdims)
        return _spread(g, x.shape)

    return _recorded(x.data.sum(axis=axis, keepdims=keepdims), x, back)


def _mean(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    """Each entry counts once in n: its adjoint is 1/n of the mean's."""
    y = np.mean(x.data, axis=axis, keepdims=keepdims)
    share = y.size / x.data.size

    def back(g: Any) -> Any:
        g = _expanded(g * share, x, axis, keepdims=keepdims)
        return _spread(g, x.shape)

    return _recorded(y, x, back)


def _max(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    """The adjoint goes to the largest entry; ties share it equally."""
    y = np.max(x.data, axis=axis, keepdims=True)
    share = (x.data == y) / np.sum(x.data == y, axis=axis, keepdims=True)

    def back(g: Any) -> Any:
        return _expanded(g, x, axis, keepdims=keepdims) * share

    return _recorded(np.max(x.data, axis=axis, keepdims=keepdims), x, back)


def _reshape(x: Any, shape: Any) -> Any:
    shape_before = x.shape
    return _recorded(
        np.reshape(x.data, shape), x, lambda g: np.reshape(g, shape_before)
    )


def _ravel(x: Any) -> Any:
    return _reshape(x, (-1,))


def _transpose(x: Any, axes: Any = None) -> Any:
    back = None if axes is None else np.argsort(axes)
    return _recorded(
        np.transpose(x.data, axes), x, lambda g: np.transpose(g, back)
    )


def _swapaxes(x: Any, one: int, two: int) -> Any:
    return _recorded(
        np.swapaxes(x.data, one, two), x, lambda g: np.swapaxes(g, one, two)
    )


def _expand_dims(x: Any, axis: Any) -> Any:
    shape = x.shape
    return _recorded(
        np.expand_dims(x.data, axis), x, lambda g: np.reshape(g, shape)
    )


def _broadcast_to(x: Any, shape: tuple[int, ...]) -> Any:
    before = x.shape
    value = np.broadcast_to(x.data, shape)
    return _recorded(value, x, lambda g: unbroadcast(g, before))


def unbroadcast(g: Any, shape: tuple[int, ...]) -> Any:
    """Sum an adjoint over the axes along which a value was repeated.

    Args:
        g: adjoint of the broadcast value.
        shape: shape of the value before broadcasting.

    Returns:
        The adjoint of the value, of `shape`.
    """
    extra = g.ndim - len(shape)
    if extra:
        g = g.sum(axis=tuple(range(extra)))
    if g.shape == shape:
        return g
    repeated = tuple(i for i, n in enumerate(shape) if g.shape[i] != n)
    return g.sum(axis=repeated, keepdims=True)


def _where(condition: Any, a: Any, b: Any) -> Any:
    """The adjoint goes to the branch that was taken."""
    chosen = getattr(condition, "data", condition)
    chosen = np.array(chosen, dtype=bool)
    kept = tuple(x if isinstance(x, Tensor) else constant(x) for x in (a, b))
    values = [x.data if isinstance(x, Tensor) else x for x in kept]
    return Tensor(
        np.where(chosen, *values),
        kept,
        (
            lambda g, _y, _a, _b: g * chosen,
            lambda g, _y, _a, _b: g * ~chosen,
        ),
        tuple(values),
    )


def _concatenate(arrays: Any, axis: int = 0) -> Any:
    """Each operand takes its part of the adjoint back."""
    kept = tuple(x if isinstance(x, Tensor) else constant(x) for x in arrays)
    values = [x.data if isinstance(x, Tensor) else x for x in kept]
    ends = np.cumsum([np.shape(v)[axis] for v in values])
    rules = []
    for end, value in zip(ends, values, strict=True):
        part: list[Any] = [slice(None)] * np.ndim(value)
        part[axis] = slice(int(end) - np.shape(value)[axis], int(end))
        rules.append(lambda g, *_, part=tuple(part): g[part])
    joined = np.concatenate(values, axis=axis)
    return Tensor(joined, kept, tuple(rules), tuple(values))


def take(x: Any, key: Any) -> Any:
    """``x[key]``: the adjoint goes back to the entries that were taken."""
    shape = x.shape
    key = _copied(key)
    value = x.data[key]
    if type(value) is np.ndarray:
        value = value.copy()  # NB: a view would freeze its base
    return _recorded(value, x, lambda g: scatter(g, key, shape))


def _copied(key: Any) -> Any:
    """An index that the caller cannot change afterwards."""
    if isinstance(key, tuple):
        return tuple(_copied(part) for part in key)
    return deepcopy(key) if isinstance(key, np.ndarray | list) else key


def scatter(g: Any, key: Any, shape: tuple[int, ...]) -> Any:
    """Zeros of `shape`, to which g is added at `key`."""
    if isinstance(g, Tensor):
        return _recorded(scatter(g.data, key, shape), g, lambda h: h[key])
    if isinstance(g, Dual):
        return Dual(
            scatter(g.value, key, shape),
            scatter(g.tangent, key, shape),
            g.level,
        )
    x = np.zeros(shape)
    np.add.at(x, key, g)
    return x


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.sum: _sum,
    np.mean: _mean,
    np.max: _max,
    np.reshape: _reshape,
    np.ravel: _ravel,
    np.transpose: _transpose,
    np.swapaxes: _swapaxes,
    np.expand_dims: _expand_dims,
    np.broadcast_to: _broadcast_to,
    np.where: _where,
    np.concatenate: _concatenate,
    np.dot: np.matmul,
    np.shape: lambda x: x.shape,
    np.ndim: lambda x: x.ndim,
    np.size: lambda x: x.size,
    np.zeros_like: lambda x: np.zeros(x.shape),
    np.ones_like: lambda x: np.ones(x.shape),
}


def dispatch(func: Any, args: Any, kwargs: Any) -> Any:
    """Call what stands for a function of NumPy.

    Raises:
        TypeError: if the function has no rule.
    """
    if func not in FUNCTIONS:
        raise TypeError(f"np.{func.__name__} has no derivative rule here")
    return FUNCTIONS[func](*args, **kwargs)


def plain(x: Any) -> Any:
    """The array inside a Tensor, a Dual, or a nest of them."""
    while isinstance(x, Tensor | Dual):
        x = x.data if isinstance(x, Tensor) else x.value
    return x


def relu(x: Any) -> Any:
    """The rectifier max(x, 0), with slope 0 at 0.

    Args:
        x: array, Tensor or Dual, any shape.

    Returns:
        The same kind and shape.
    """
    return np.maximum(x, 0.0)


def sigmoid(x: Any) -> Any:
    """The logistic function, as a hyperbolic tangent that cannot overflow.

    Args:
        x: array, Tensor or Dual, any shape.

    Returns:
        The same kind and shape, values in [0, 1].
    """
    return 0.5 * np.tanh(0.5 * x) + 0.5


def softplus(x: Any) -> Any:
    """The smooth rectifier ln(1 + eˣ), without overflow.

    Args:
        x: array, Tensor or Dual, any shape.

    Returns:
        The same kind and shape.
    """
    return np.logaddexp(x, 0.0)


def logsumexp(x: Any, axis: int = -1) -> Any:
    """Ln Σ eˣ along an axis, shifted by the maximum.

    Args:
        x: array, Tensor or Dual.
        axis: the axis that is summed, and removed.

    Returns:
        The same kind, one axis less.
    """
    m = np.max(plain(x), axis=axis, keepdims=True)
    total = np.sum(np.exp(x - m), axis=axis)
    return np.log(total) + np.squeeze(m, axis)


def softmax_cross_entropy(Z: Any, Y: Any) -> Any:
    """Mean over the batch of −Σ y ln softmax(z), from logits.

    Args:
        Z: logits, shape (n, k).
        Y: targets, shape (n, k), each row a distribution.

    Returns:
        The loss, one number; in nats.

    Source:
        eq. `claim:softmax-cross-entropy` of this book.
    """
    return np.mean(logsumexp(Z) - np.sum(Z * Y, axis=-1))
