"""Reverse mode: record a run, then walk it backwards.

Notation:
    y: the output of the run.
    g: adjoints, ∂y/∂node.
    leaves: the variables.
"""

import math
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._trees import mapped
from derivable.calculus.autodiff import runs, tensor
from derivable.calculus.autodiff.adjoints import added, settled, unbroadcast
from derivable.calculus.autodiff.dual import Dual, plain
from derivable.calculus.autodiff.tensor import Node, Result, Tensor


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

    Raises:
        TypeError: if y is no Tensor.
    """
    check.instance(y, Tensor, "y")
    ends = {leaf.node for leaf in leaves}
    first = min(node.index for node in ends)
    adjoints, waiting = {y.node: g}, [(-y.node.index, y.node)]
    recorded = isinstance(g, Tensor)
    while waiting:
        _, node = heappop(waiting)
        if node in ends or not node.edges:
            continue
        g = settled(adjoints.pop(node))
        for x, rule, kept in node.edges:
            if x.index < first:
                continue
            dx = rule(g, *_operands(node, kept, recorded=recorded))
            if dx.shape != x.shape:
                dx = unbroadcast(dx, x.shape)
            if x in adjoints:
                adjoints[x] = added(adjoints[x], dx)
            else:
                adjoints[x] = dx
                heappush(waiting, (-x.index, x))
    found = [settled(adjoints.get(x.node)) for x in leaves]
    return [
        np.zeros(x.shape) if g is None else g
        for x, g in zip(leaves, found, strict=True)
    ]


def _operands(node: Node, kept: tuple[Any, ...], *, recorded: bool) -> Any:
    """What a rule asked for: Tensors if the way back is recorded."""
    if not node.differentiable:
        return kept
    if recorded:
        return [Tensor(x.data, node) if type(x) is Result else x for x in kept]
    return [x.data if type(x) in (Tensor, Result) else x for x in kept]


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
    argnum = check.whole(argnum, "argnum")

    def evaluate(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        if argnum >= len(args):
            raise TypeError(f"argnum {argnum}, but {len(args)} arguments")
        y, pullback = _run(f, args, kwargs, argnum)
        shape = np.shape(plain(y))
        if math.prod(shape) != 1:
            raise ValueError(f"f must return one number, got shape {shape}")
        if np.isnan(plain(y)).any():
            raise ValueError("f must return a number, got nan")
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
    runs.run.copies += 1  # the pullback may be called much later
    try:
        y, back = _run(f, (x,), {}, 0)
    finally:
        runs.run.copies -= 1

    def pullback(v: Any) -> Any:
        return back(v if isinstance(v, Tensor | Dual) else check.real(v, "v"))

    return y, pullback


def _run(
    f: Callable[..., Any], args: tuple[Any, ...], kwargs: Any, argnum: int
) -> tuple[Any, Callable[[Any], Any]]:
    """Run f on fresh variables; its value and its pullback."""
    leaves: list[Tensor] = []
    point = args[argnum]
    nested = runs.run.depth > 0
    start = len(runs.run.frozen)
    runs.run.depth += 1
    try:
        variables = mapped(lambda x, at: _leaf(x, leaves, at), point)
        if not leaves:
            raise ValueError("x must not be empty, got no arrays")
        given = (*args[:argnum], variables, *args[argnum + 1 :])
        y = runs.call(f, *given, **kwargs)
    finally:
        runs.run.depth -= 1
        if not nested:  # else the outer run still needs them
            runs.release(start)
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
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            found = _separate(backward(y, seed, leaves), v)
        for g in found:
            runs.warn_unless_finite(plain(g), "gradient")
        adjoints = iter(found)
        return mapped(lambda _x, _at: next(adjoints), point)

    inside = y if nested or not isinstance(y, Tensor) else y.data
    return inside, pullback


def _refuse_other_than_array(y: Any) -> None:
    """Refuse None, text, a list: what a run cannot be walked back from."""
    if isinstance(y, list | tuple | dict):
        raise TypeError(f"f must return one array, got {type(y).__name__}")
    if runs.plain_array(plain(y)).dtype.kind not in "biuf":
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
        leaf = tensor.record(x.data, (x,), (x.data,), (lambda g: g,))
    else:
        leaf = Tensor(_variable(x, name), Node(np.shape(x)))
    leaves.append(leaf)
    return leaf


def _variable(x: Any, name: str) -> Any:
    """A finite real array; that of the caller is locked, not copied."""
    if isinstance(x, Dual):
        return x
    given = runs.plain_array(x)
    if given.dtype == float and given.size and np.isfinite(given).all():
        return np.array(given) if given is not x else runs.constant(x)
    return check.real(given, name)
