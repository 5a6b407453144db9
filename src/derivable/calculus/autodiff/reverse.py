"""Reverse mode: record a run, then walk it backwards.

Notation:
    y: the output of the run.
    g: adjoints, ∂y/∂node.
    leaves: the variables.
"""

import math
import threading
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._trees import mapped
from derivable.calculus.autodiff import tensor
from derivable.calculus.autodiff.dual import Dual
from derivable.calculus.autodiff.functions import plain, unbroadcast
from derivable.calculus.autodiff.tensor import Tensor


class _Nesting(threading.local):
    depth = 0


_nesting = _Nesting()


def backward(y: Tensor, g: Any, leaves: list[Tensor]) -> list[Any]:
    """Carry the adjoint of y back to the leaves.

    Nodes are visited by falling index, each after all that use it. The
    adjoints are Tensors, and so differentiable, if g is one.

    Args:
        y: the output.
        g: its adjoint, shape of y.
        leaves: the variables.

    Returns:
        The adjoint of each leaf, of its shape; 0 if y does not use it.
    """
    ends = {leaf.index for leaf in leaves}
    first = min(ends)
    adjoints = {y.index: g}
    differentiable = isinstance(g, Tensor)
    for node in _order(y, first):
        if node.index in ends or not node.inputs:
            continue
        g = adjoints.pop(node.index)
        if differentiable:
            out, values = node, node.inputs
        else:
            out, values = node.data, node.values
        for x, rule in zip(node.inputs, node.rules, strict=True):
            if type(x) is not Tensor or x.index < first:
                continue
            dx, shape, at = rule(g, out, *values), x.data.shape, x.index
            if dx.shape != shape:
                dx = unbroadcast(dx, shape)
            adjoints[at] = adjoints[at] + dx if at in adjoints else dx
    return [
        adjoints[x.index] if x.index in adjoints else np.zeros(x.shape)
        for x in leaves
    ]


def _order(y: Tensor, first: int) -> list[Tensor]:
    """The nodes that y is made of, the latest first; no recursion."""
    seen, todo = {y.index}, [y]
    found = []
    while todo:
        node = todo.pop()
        found.append(node)
        for x in node.inputs:
            if type(x) is Tensor and x.index >= first and x.index not in seen:
                seen.add(x.index)
                todo.append(x)
    found.sort(key=attrgetter("index"), reverse=True)
    return found


def value_and_grad(
    f: Callable[..., Any], argnum: int = 0
) -> Callable[..., tuple[Any, Any]]:
    """A function that gives f and its gradient from one run.

    Args:
        f: function written with NumPy that returns one number.
        argnum: which argument; it may be an array, or a list, tuple or
            dict of arrays, nested.

    Returns:
        A function of the same arguments that gives (value, gradient);
        the gradient has the structure and shapes of the argument.

    Raises:
        TypeError: if f is not a function; when called, if the argument
            is not real, or f changes a value in place.
        ValueError: when called, if the argument is empty or not finite,
            or f does not return one number.
    """
    check.function(f)

    def evaluate(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        if not 0 <= argnum < len(args):
            raise TypeError(f"argnum {argnum}, but {len(args)} arguments")
        y, pullback = _run(f, args, kwargs, argnum)
        shape = np.shape(plain(y))
        if math.prod(shape) != 1:
            raise ValueError(f"f must return one number, got shape {shape}")
        return y, pullback(np.ones(shape))

    return evaluate


def grad(f: Callable[..., Any], argnum: int = 0) -> Callable[..., Any]:
    """The gradient of f as a function, by one run there and back.

    Args:
        f: function written with NumPy that returns one number.
        argnum: which argument is differentiated.

    Returns:
        A function of the same arguments; its value has the structure
        and shapes of the argument, and can be differentiated again.

    Raises:
        TypeError: as `value_and_grad`.
        ValueError: as `value_and_grad`.
    """
    evaluate = value_and_grad(f, argnum)

    def gradient(*args: Any, **kwargs: Any) -> Any:
        return evaluate(*args, **kwargs)[1]

    return gradient


def vjp(
    f: Callable[[Any], Any], x: ArrayLike
) -> tuple[Any, Callable[[Any], Any]]:
    """The value of f and its pullback v ↦ vᵀJ.

    Args:
        f: function of one argument that returns an array.
        x: where: an array, or a structure of arrays.

    Returns:
        f(x), and a function that takes v, of the shape of f(x), to the
        product vᵀJ, of the shape of x.

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is empty or not finite, or v has another shape.
    """
    check.function(f)
    tensor.frozen.copies += 1  # the pullback may be called much later
    try:
        y, back = _run(f, (x,), {}, 0)
    finally:
        tensor.frozen.copies -= 1

    def pullback(v: Any) -> Any:
        return back(v if isinstance(v, Tensor | Dual) else check.real(v, "v"))

    return y, pullback


def _run(
    f: Callable[..., Any], args: tuple[Any, ...], kwargs: Any, argnum: int
) -> tuple[Any, Callable[[Any], Any]]:
    """Run f on fresh variables; its value and its pullback."""
    leaves: list[Tensor] = []
    point = args[argnum]
    variables = mapped(lambda x, at: _leaf(x, leaves, at), point)
    if not leaves:
        raise ValueError("x must not be empty, got no arrays")
    given = (*args[:argnum], variables, *args[argnum + 1 :])
    nested = _nesting.depth > 0
    start = len(tensor.frozen.arrays)
    _nesting.depth += 1
    try:
        y = f(*given, **kwargs)
    except ValueError as error:
        if "read-only" in str(error):
            raise TypeError(
                "f changes an array in place that its gradient needs; "
                "write x = x + 1 instead of x += 1, or change a copy"
            ) from error
        raise
    finally:
        _nesting.depth -= 1
        if not nested:  # else the outer run still needs them
            tensor.release(start)
    _refuse_other_than_array(y)
    shape = np.shape(plain(y))

    def pullback(v: Any) -> Any:
        if np.shape(plain(v)) != shape:
            raise ValueError(
                f"v must have shape {shape}, got {np.shape(plain(v))}"
            )
        if not isinstance(y, Tensor):  # f does not use its argument
            return mapped(lambda x, _: np.zeros(np.shape(plain(x))), point)
        seed = v if isinstance(v, Tensor) or not nested else Tensor(v)
        adjoints = iter(_separate(backward(y, seed, leaves), v))
        return mapped(lambda _x, _at: next(adjoints), point)

    inside = y if nested or not isinstance(y, Tensor) else y.data
    return inside, pullback


def _refuse_other_than_array(y: Any) -> None:
    """Refuse None, text, a list: what a run cannot be walked back from."""
    if isinstance(y, list | tuple | dict):
        raise TypeError(f"f must return one array, got {type(y).__name__}")
    if np.asarray(plain(y)).dtype.kind not in "biuf":
        raise TypeError(f"f must return real numbers, got {y!r}")


def _separate(adjoints: list[Any], v: Any) -> list[Any]:
    """Copy what shares memory: the caller may change one gradient."""
    seen = {id(v)}
    for i, g in enumerate(adjoints):
        if isinstance(g, np.ndarray):
            if g.base is not None or id(g) in seen:
                adjoints[i] = g.copy()
            seen.add(id(adjoints[i]))
    return adjoints


def _leaf(x: Any, leaves: list[Tensor], name: str) -> Tensor:
    """A variable of the graph; a value of an outer run is linked to it."""
    if isinstance(x, Tensor):
        leaf = Tensor(x.data, (x,), (lambda g, _y, _x: g,), (x.data,))
    elif isinstance(x, Dual):
        leaf = Tensor(x)
    else:
        leaf = Tensor(x if type(x) is np.ndarray else check.real(x, name))
    leaves.append(leaf)
    return leaf
