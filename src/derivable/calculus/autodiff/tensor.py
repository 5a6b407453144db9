"""The graph: a `Tensor` is a value that remembers what it was made of.

Notation:
    data: the value, float64.
    inputs: what the operation was applied to.
    rules: the derivative of each input, see `rules`.
    index: how many tensors were made before; operands come first, so
        the order of indices is an order of evaluation.
"""

import itertools
import threading
from typing import Any, NoReturn

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.calculus.autodiff.rules import FLAT, RULES, Rule

_count = itertools.count()
_FLOAT64 = np.dtype(np.float64)


class Tensor(ArrayMethods):
    """A value on the graph, made by NumPy's functions and operators.

    Args:
        data: the value, any shape, float64.
        inputs: the operands; none for a variable.
        rules: one rule for each operand.
        values: the operands as plain values.
    """

    __slots__ = ("data", "index", "inputs", "rules", "values")

    def __init__(
        self,
        data: Any,
        inputs: tuple[Any, ...] = (),
        rules: tuple[Rule, ...] = (),
        values: tuple[Any, ...] = (),
    ) -> None:
        kind = type(data)
        if not inputs and (kind is np.ndarray or kind is list):
            data = check.real(data)
            data.flags.writeable = False
        elif kind is np.ndarray:
            data.flags.writeable = False
        elif kind is float or kind is int:
            data = np.float64(data)
        self.data: Any = data
        self.inputs = inputs
        self.rules = rules
        self.values = values
        self.index = next(_count)

    def __repr__(self) -> str:
        return f"Tensor({self.data!r})"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        shape: tuple[int, ...] = self.data.shape
        return shape

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return np.ndim(self.data)

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

    def __matmul__(self, other: Any) -> Any:
        return apply(np.matmul, self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return apply(np.matmul, other, self)

    def __neg__(self) -> Any:
        return apply(np.negative, self)

    def __abs__(self) -> Any:
        return apply(np.absolute, self)

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
        if method != "__call__" or options:
            asked = ", ".join(options) or method
            raise TypeError(
                f"np.{ufunc.__name__} of a Tensor takes no {asked}: "
                "a value on the graph cannot be changed in place"
            )
        return apply(ufunc, *inputs)

    def __array_function__(
        self, func: Any, types: Any, args: Any, kwargs: Any
    ) -> Any:
        """What NumPy calls for ``np.sum(x)`` and its like."""
        del types
        from derivable.calculus.autodiff import functions  # noqa: PLC0415

        return functions.dispatch(func, args, kwargs)

    def __getitem__(self, key: Any) -> Any:
        from derivable.calculus.autodiff import functions  # noqa: PLC0415

        return functions.take(self, key)

    def _in_place(self, *_: object) -> NoReturn:
        raise TypeError(
            "a Tensor cannot be changed in place: its old value is needed "
            "on the way back; write x = x + 1, or np.where for entries"
        )

    __iadd__ = __isub__ = __imul__ = __itruediv__ = _in_place
    __imatmul__ = __ipow__ = __setitem__ = _in_place

    def _cut(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(
            "a Tensor is no plain number: float, int, math and np.asarray "
            "would cut the graph; use NumPy's functions, or x.data to cut"
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
    rules = RULES.get(ufunc)
    if rules is None:
        if ufunc in FLAT:
            return ufunc(*(value_of(x) for x in inputs))
        raise TypeError(f"np.{ufunc.__name__} has no derivative rule here")
    if len(inputs) == 1:
        u = inputs[0].data
        return Tensor(ufunc(u), inputs, rules, (u,))
    a, b = inputs
    if type(a) is Tensor:
        u = a.data
    else:
        a = u = constant(a)
    if type(b) is Tensor:
        v = b.data
    else:
        b = v = constant(b)
    return Tensor(ufunc(u, v), (a, b), rules, (u, v))


def value_of(x: Any) -> Any:
    """The value of a Tensor; anything else is its own value."""
    return x.data if type(x) is Tensor else x


class _Frozen(threading.local):
    """The arrays of the caller that are read-only during a run."""

    copies = 0  # runs that outlive their return, and so take copies

    def __init__(self) -> None:
        self.arrays: list[check.Array] = []


frozen = _Frozen()


def constant(x: Any) -> Any:
    """An operand that is not differentiated, as float64.

    What an operation has seen must not change before its derivative is
    taken. An array of the caller is made read-only until then; a view,
    which its base could change, is copied.
    """
    kind = type(x)
    if kind is float or kind is int:
        return x
    if hasattr(x, "tangent"):
        return x
    values = np.asarray(x)
    if values.dtype is not _FLOAT64:
        if values.dtype.kind not in "biuf":
            raise TypeError(f"an operand must be real, got {values.dtype}")
        return values.astype(np.float64)
    if values is x and values.flags.writeable:
        if values.base is not None or frozen.copies:
            return values.copy()
        values.flags.writeable = False
        frozen.arrays.append(values)
    return values


def release(start: int) -> None:
    """Make writeable again what was frozen since `start`."""
    while len(frozen.arrays) > start:
        frozen.arrays.pop().flags.writeable = True
