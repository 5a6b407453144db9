"""What a function of NumPy means for a Tensor or a Dual: one table.

Element-by-element operations are in `rules`; all else is here. A function
that is not in the table is refused, by name.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import plain
from derivable.calculus.autodiff.linear_algebra import LINALG
from derivable.calculus.autodiff.norms import norm
from derivable.calculus.autodiff.products import PRODUCTS
from derivable.calculus.autodiff.reductions import WEIGHTS, weighted
from derivable.calculus.autodiff.shapes import COMPOSED, LINEAR, linear

STEPS: frozenset[Any] = frozenset(
    {  # no slope: shapes, decisions, positions
        np.all,
        np.allclose,
        np.any,
        np.argmax,
        np.argmin,
        np.argsort,
        np.array_equal,
        np.count_nonzero,
        np.full_like,
        np.isclose,
        np.ndim,
        np.nonzero,
        np.ones_like,
        np.round,
        np.shape,
        np.size,
        np.zeros_like,
    }
)
"""Functions of the value alone; what they return is a constant."""

FUNCTIONS: dict[Any, Callable[..., Any]] = {
    **{f: linear(f, transposed) for f, transposed in LINEAR.items()},
    **{f: weighted(f, weights) for f, weights in WEIGHTS.items()},
    **COMPOSED,
    **PRODUCTS,
    **LINALG,
    np.linalg.norm: norm,
}
"""Functions with a derivative."""


def name_of(func: Any) -> str:
    """How a program calls a function of NumPy."""
    return f"{func.__module__}.{func.__name__}".replace("numpy", "np", 1)


def dispatch(func: Any, args: Any, kwargs: Any) -> Any:
    """Call what stands for a function of NumPy.

    Raises:
        TypeError: if the function has no rule, or an argument of it has
            no meaning here.
    """
    if func in STEPS:
        given = {key: plain(value) for key, value in kwargs.items()}
        return func(*(plain(x) for x in args), **given)
    if func not in FUNCTIONS:
        raise TypeError(f"{name_of(func)} has no derivative rule here")
    _refuse_unknown(func, args, kwargs)
    return FUNCTIONS[func](*args, **kwargs)


def _refuse_unknown(func: Any, args: Any, kwargs: Any) -> None:
    """Name an argument that the function does not take here."""
    call = LINEAR.get(func, FUNCTIONS[func])
    code, extra = call.__code__, 1 if func in LINEAR else 0
    many = bool(code.co_flags & 0x04)  # *operands
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    unknown = [key for key in kwargs if key not in names]
    if unknown or (len(args) > code.co_argcount - extra and not many):
        asked = ", ".join(unknown) or f"{len(args)} arguments"
        raise TypeError(
            f"{name_of(func)} of a Tensor or Dual takes no {asked} here"
        )
