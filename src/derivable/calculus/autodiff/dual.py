"""Forward mode: a number that carries its slope along.

Notation:
    value: the value, any shape.
    tangent: its derivative along the direction that was chosen, shape
        of value.
"""

import itertools
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.calculus.autodiff.rules import FLAT, PLANS
from derivable.calculus.autodiff.runs import (
    call,
    operand,
    plain_array,
    refuse_other_calls,
    warn_unless_finite,
)
from derivable.calculus.autodiff.tensor import Tensor


class Dual(ArrayMethods, NDArrayOperatorsMixin):
    """A value with its tangent: a + bε with ε² = 0.

    Args:
        value: the value, any shape.
        tangent: its derivative, shape of `value`.
        level: which run of `jvp` the tangent belongs to; a later run is
            the inner one, and its ε another.

    Raises:
        TypeError: if a part is not real.
        ValueError: if a part is empty or not finite, or their shapes
            differ.
    """

    __slots__ = ("level", "tangent", "value")

    def __init__(self, value: Any, tangent: Any, level: int = 0) -> None:
        self.value = _given(value, "value")
        self.tangent = _given(tangent, "tangent")
        self.level = level
        if np.shape(self.tangent) != np.shape(self.value):
            raise ValueError(
                f"tangent must have shape {np.shape(self.value)}, "
                f"got {np.shape(self.tangent)}"
            )

    def __repr__(self) -> str:
        return f"Dual({self.value!r}, {self.tangent!r})"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return np.shape(self.value)

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return np.ndim(self.value)

    @property
    def size(self) -> int:
        """The number of entries."""
        return np.size(self.value)

    def __getitem__(self, key: Any) -> "Dual":
        return paired(self.value[key], self.tangent[key], self.level)

    def __bool__(self) -> bool:
        return bool(self.value)

    def _in_place(self, *_: object) -> NoReturn:
        raise TypeError(
            "a Dual cannot be changed in place; write x = x + 1, or "
            "np.where for entries"
        )

    __iadd__ = __isub__ = __imul__ = __itruediv__ = _in_place
    __imatmul__ = __ipow__ = __imod__ = __ifloordiv__ = _in_place
    __setitem__ = _in_place

    def _cut(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(
            "a Dual is no plain number: float, int, math, np.array and "
            "a[i] = x would drop its tangent; use NumPy's functions, "
            "np.stack for a list of numbers"
        )

    __float__ = __int__ = __array__ = _cut

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any
    ) -> Any:
        """Each operand adds its share of the slope."""
        refuse_other_calls(ufunc, method, options, "Dual")
        if any(isinstance(x, Tensor) for x in inputs):
            return NotImplemented  # the graph holds Duals, not the reverse
        level = level_of(inputs)
        values, tangents = zip(*(parts(x, level) for x in inputs), strict=True)
        y = ufunc(*values)
        if ufunc in FLAT:
            return y
        if ufunc not in PLANS:
            raise TypeError(f"np.{ufunc.__name__} has no derivative rule here")
        total: Any = np.zeros(np.shape(y))
        for i, tangent in enumerate(tangents):
            if tangent is not None:
                total = total + _share(ufunc, i, tangent, y, values)
        return paired(y, total, level)

    def __array_function__(
        self, func: Any, types: Any, args: Any, kwargs: Any
    ) -> Any:
        """What NumPy calls for ``np.sum(x)`` and its like."""
        if Tensor in types:
            return NotImplemented
        from derivable.calculus.autodiff import functions  # noqa: PLC0415

        return functions.dispatch(func, args, kwargs)


_runs = itertools.count(1)


def paired(value: Any, tangent: Any, level: int) -> Dual:
    """A Dual of what a run has computed, whatever its entries."""
    x = Dual.__new__(Dual)
    x.value, x.tangent, x.level = value, tangent, level
    return x


def level_of(operands: Any) -> int:
    """The innermost run that an operand belongs to."""
    return max(x.level for x in operands if isinstance(x, Dual))


def plain(x: Any) -> Any:
    """The array inside a Tensor, a Dual, or a nest of them."""
    while isinstance(x, Tensor | Dual):
        x = x.data if isinstance(x, Tensor) else x.value
    return x


def _share(ufunc: np.ufunc, i: int, t: Any, y: Any, values: Any) -> Any:
    """What operand i with tangent t adds to the tangent of y."""
    if ufunc is np.matmul:
        return t @ values[1] if i == 0 else values[0] @ t
    rule, needed = PLANS[ufunc][i]
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        share = rule(t, *((y, *values)[k] for k in needed))
    if np.all(np.isfinite(share)):
        return share
    return np.where(t == 0, 0.0, share)  # what rests adds nothing


def parts(x: Any, level: int) -> tuple[Any, Any]:
    """Value and tangent; None where this run differentiates nothing."""
    if isinstance(x, Dual):
        return (x.value, x.tangent) if x.level == level else (x, None)
    return operand(x), None


def filled(x: Any, level: int) -> tuple[Any, Any]:
    """Value and tangent; 0 where this run differentiates nothing."""
    value, tangent = parts(x, level)
    return value, np.zeros(np.shape(x)) if tangent is None else tangent


def jvp(
    f: Callable[[Any], Any], x: ArrayLike, v: ArrayLike
) -> tuple[Any, Any]:
    """The value of f and its derivative J v along v, by one run.

    Args:
        f: function written with NumPy, of an array.
        x: where, any shape.
        v: direction, shape of x.

    Returns:
        f(x) and J v, each of the shape of f(x).

    Raises:
        TypeError: if f is not a function, x or v is not real, or the
            run is inside a `grad`; take the jvp of a gradient instead.
        ValueError: if v has not the shape of x, or either is empty or
            not finite.
    """
    check.function(f)
    x, v = _given(x, "x"), _given(v, "v")
    if v.shape != x.shape:
        raise ValueError(f"v must have shape {x.shape}, got {v.shape}")
    level = next(_runs)
    y = call(f, Dual(x, v, level))
    if isinstance(y, Dual) and y.level == level:
        warn_unless_finite(plain(y.tangent), "derivative")
        return y.value, y.tangent
    y = _given(y, "f(x)")  # f does not use its argument
    return y, np.zeros(np.shape(y))


def _given(x: Any, name: str) -> Any:
    """A real array, or a Dual of an outer run."""
    if isinstance(x, Tensor):
        raise TypeError(
            "a jvp inside a grad is not recorded: take the jvp of a "
            "gradient instead, jvp(grad(f), x, v)"
        )
    if isinstance(x, Dual):
        return x
    values = check.real(plain_array(x), name)
    kept = isinstance(x, np.ndarray) and type(x) is not np.ndarray
    return x if kept else values
