"""The graph: a `Tensor` is a value with a node that knows its origin.

Notation:
    data: the value, float64.
    node: where the value came from.
    edges: for each operand that is differentiated, its node, the rule of
        its derivative, and what the rule needs.
    index: how many nodes were made before; operands come first, so the
        order of indices is an order of evaluation.
"""

import itertools
import operator
from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff.entries import Taken, copied
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.calculus.autodiff.rules import FLAT, PLANS, Rule, needs
from derivable.calculus.autodiff.runs import (
    constant,
    plain_array,
    refuse_other_calls,
    run,
)

_count = itertools.count()
FAST: dict[Any, Any] = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.divide: operator.truediv,
}


class Node:
    """A place on the graph; it holds no value but what its rules need.

    Args:
        shape: shape of the value.
        edges: what it was made of; none for a variable.
        differentiable: whether the edges keep Tensors, so that the way
            back is itself recorded.
    """

    __slots__ = ("differentiable", "edges", "index", "shape")

    def __init__(
        self,
        shape: tuple[int, ...],
        edges: Sequence[tuple["Node", Rule, tuple[Any, ...]]] = (),
        *,
        differentiable: bool = False,
    ) -> None:
        self.shape = shape
        self.edges = edges
        self.differentiable = differentiable
        self.index = next(_count)


class Result:
    """The place of a result among what its own rule needs.

    A Tensor there would refer to the node that refers to it, and neither
    would be freed when the last user is gone.
    """

    __slots__ = ("data",)

    def __init__(self, data: Any) -> None:
        self.data = data


class Tensor(ArrayMethods):
    """A value on the graph, made by NumPy's functions and operators.

    Args:
        data: the value, any shape, float64.
        node: its place on the graph; none for a new variable.

    Raises:
        TypeError: if the data of a new variable are not real.
        ValueError: if they are empty or not finite.
    """

    __slots__ = ("data", "node")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, data: Any, node: Node | None = None) -> None:
        if node is None:
            values = check.real(plain_array(data), "data")
            kept = (
                isinstance(data, np.ndarray) and type(data) is not np.ndarray
            )
            data = data if kept else values
        if type(data) is np.ndarray:
            data.flags.writeable = False
        self.data: Any = data
        self.node = Node(np.shape(data)) if node is None else node

    def __repr__(self) -> str:
        return f"Tensor({self.data!r})"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return self.node.shape

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return len(self.node.shape)

    @property
    def size(self) -> int:
        """The number of entries."""
        return np.size(self.data)

    def __bool__(self) -> bool:
        return bool(self.data)

    def __add__(self, other: Any) -> Any:
        return apply(np.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return apply(np.add, other, self)

    def __sub__(self, other: Any) -> Any:
        return apply(np.subtract, self, other)

    def __rsub__(self, other: Any) -> Any:
        return apply(np.subtract, other, self)

    def __mul__(self, other: Any) -> Any:
        return apply(np.multiply, self, other)

    def __rmul__(self, other: Any) -> Any:
        return apply(np.multiply, other, self)

    def __truediv__(self, other: Any) -> Any:
        return apply(np.divide, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return apply(np.divide, other, self)

    def __pow__(self, other: Any) -> Any:
        return apply(np.power, self, other)

    def __rpow__(self, other: Any) -> Any:
        return apply(np.power, other, self)

    def __mod__(self, other: Any) -> Any:
        return apply(np.remainder, self, other)

    def __rmod__(self, other: Any) -> Any:
        return apply(np.remainder, other, self)

    def __floordiv__(self, other: Any) -> Any:
        return apply(np.floor_divide, self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return apply(np.floor_divide, other, self)

    def __matmul__(self, other: Any) -> Any:
        return apply(np.matmul, self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return apply(np.matmul, other, self)

    def __neg__(self) -> Any:
        return apply(np.negative, self)

    def __pos__(self) -> Any:
        return apply(np.positive, self)

    def __abs__(self) -> Any:
        return apply(np.absolute, self)

    def __eq__(self, other: object) -> Any:
        return apply(np.equal, self, other)

    def __ne__(self, other: object) -> Any:
        return apply(np.not_equal, self, other)

    def __lt__(self, other: Any) -> Any:
        return apply(np.less, self, other)

    def __le__(self, other: Any) -> Any:
        return apply(np.less_equal, self, other)

    def __gt__(self, other: Any) -> Any:
        return apply(np.greater, self, other)

    def __ge__(self, other: Any) -> Any:
        return apply(np.greater_equal, self, other)

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any
    ) -> Any:
        """What NumPy calls for ``np.exp(x)`` and ``array * x``."""
        refuse_other_calls(ufunc, method, options, "Tensor")
        return apply(ufunc, *inputs)

    def __array_function__(
        self, func: Any, types: Any, args: Any, kwargs: Any
    ) -> Any:
        """What NumPy calls for ``np.sum(x)`` and its like."""
        del types
        from derivable.calculus.autodiff import functions  # noqa: PLC0415

        return functions.dispatch(func, args, kwargs)

    def __getitem__(self, key: Any) -> Any:
        """The entries; their adjoint goes back to where they stood."""
        if type(key) is not int:
            key = copied(key)
        y, x = self.data[key], self.node
        edge = (x, Taken(key, x.shape), ())  # needs no value
        recorded = run.depth > 1
        return Tensor(y, Node(y.shape, (edge,), differentiable=recorded))

    def _in_place(self, *_: object) -> NoReturn:
        raise TypeError(
            "a Tensor cannot be changed in place: its old value is needed "
            "on the way back; write x = x + 1, or np.where for entries"
        )

    __iadd__ = __isub__ = __imul__ = __itruediv__ = _in_place
    __imatmul__ = __ipow__ = __setitem__ = _in_place

    def _cut(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(
            "a Tensor is no plain number: float, int, math, np.array and "
            "a[i] = x would cut the graph; use NumPy's functions, np.stack "
            "for a list of numbers, or x.data to cut"
        )

    __float__ = __int__ = __index__ = __complex__ = __array__ = _cut


def apply(ufunc: np.ufunc, *inputs: Any) -> Any:
    """Compute, and record the operation with its rules.

    Args:
        ufunc: the operation.
        *inputs: its operands, of which one at least is a Tensor.

    Returns:
        A Tensor; a plain array for steps such as a comparison.

    Raises:
        TypeError: if the operation has no rule, or an operand is not
            real.
    """
    values = [x.data if type(x) is Tensor else constant(x) for x in inputs]
    if ufunc in FLAT:
        return ufunc(*values)
    if ufunc not in PLANS:
        raise TypeError(f"np.{ufunc.__name__} has no derivative rule here")
    compute = FAST.get(ufunc, ufunc)  # the same for two plain numbers
    return linked(compute(*values), inputs, values, PLANS[ufunc])


def linked(
    y: Any, inputs: Sequence[Any], values: Sequence[Any], plan: Sequence[Any]
) -> Tensor:
    """Y on the graph, with an edge to each operand that is on it."""
    known = (y, *values)
    differentiable = run.depth > 1  # some outer run may walk back again
    if differentiable:
        pairs = zip(inputs, values, strict=True)
        known = (Result(y), *(x if type(x) is Tensor else v for x, v in pairs))
    edges = []
    for x, (rule, needed) in zip(inputs, plan, strict=True):
        if type(x) is Tensor:
            kept = tuple(map(known.__getitem__, needed)) if needed else ()
            edges.append((x.node, rule, kept))
    return Tensor(y, Node(y.shape, edges, differentiable=differentiable))


def record(
    y: Any, inputs: Sequence[Any], values: Sequence[Any], rules: Sequence[Rule]
) -> Tensor:
    """A value that knows how its adjoint reaches what it was made of.

    Args:
        y: the value.
        inputs: the operands; those that are no Tensor are constants.
        values: the operands as plain values.
        rules: one rule for each operand; it takes the adjoint, and what
            else it names of y, a and b.

    Returns:
        The value on the graph.
    """
    plan = [(rule, needs(rule)) for rule in rules]
    return linked(y, inputs, values, plan)


def value_of(x: Any) -> Any:
    """The value of a Tensor; anything else as a constant."""
    return x.data if type(x) is Tensor else constant(x)
