"""What a run does to the arrays of its caller, and what it says of errors.

An operand that is not differentiated is a constant of the run. It is locked
while the run may still need it.
"""

import threading
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

_FLOAT64 = np.dtype(np.float64)


class _Run(threading.local):
    """The runs of `grad` and `vjp` that the program is inside of."""

    depth = 0
    copies = 0  # runs that outlive their return, and so take copies

    def __init__(self) -> None:
        self.frozen: list[Any] = []


run = _Run()


def plain_array(x: Any) -> Any:
    """X as an array; its subclasses with other rules are refused.

    Raises:
        TypeError: if x is a masked array or a matrix.
    """
    if isinstance(x, np.ma.MaskedArray | np.matrix):
        raise TypeError(
            f"an operand must be a plain array, got a {type(x).__name__}, "
            "whose rules differ; use x.filled(…) with np.where, or np.asarray"
        )
    try:
        return np.asarray(x)
    except ValueError:
        raise ValueError(
            "an operand must be rectangular, got rows of different lengths"
        ) from None


def operand(x: Any) -> Any:
    """An operand that is not differentiated, as float64.

    Raises:
        TypeError: if it is not real.
    """
    kind = type(x)
    if kind is float or kind is int or kind is np.float64:
        return x
    if hasattr(x, "tangent"):
        return x
    values = plain_array(x)
    if values.dtype is _FLOAT64:
        return values
    if values.dtype.kind not in "biuf":
        raise TypeError(f"an operand must be real, got {values.dtype}")
    return values.astype(np.float64)


def constant(x: Any) -> Any:
    """An operand of a recorded operation that is not differentiated.

    What an operation has seen must not change before its derivative is
    taken. An array of the caller is made read-only until then; a view,
    which its base could change, is copied.
    """
    values = operand(x)
    if values is x and type(x) is np.ndarray and x.flags.writeable:
        if x.base is not None or run.copies:
            return x.copy()
        x.flags.writeable = False
        run.frozen.append(x)
    return values


def release(start: int) -> None:
    """Make writeable again what was frozen since `start`."""
    while len(run.frozen) > start:
        run.frozen.pop().flags.writeable = True


def call(f: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run f, and say what to do about what NumPy alone cannot explain.

    Raises:
        TypeError: if f changes what its gradient needs, or puts an entry
            of the graph into a plain array.
    """
    try:
        return f(*args, **kwargs)
    except ValueError as error:
        if "read-only" in str(error):
            raise TypeError(
                "f changes an array in place that its gradient needs; "
                "write x = x + 1 instead of x += 1, or change a copy"
            ) from error
        if isinstance(error.__cause__, TypeError) and "array" in str(error):
            raise TypeError(
                "an array of numbers cannot hold an entry of the graph: "
                "collect the entries in a list, and call np.stack"
            ) from error
        raise


def refuse_other_calls(
    ufunc: np.ufunc, method: str, options: Any, kind: str
) -> None:
    """Refuse what is no plain call, such as ``np.add(x, y, out=z)``.

    Raises:
        TypeError: if it asks for a method or an option.
    """
    if method != "__call__":
        raise TypeError(
            f"np.{ufunc.__name__}.{method} has no derivative rule here"
        )
    if "out" in options:
        raise TypeError(
            f"np.{ufunc.__name__} of a {kind} takes no out, and no array "
            "can be changed in place by one: write a = a + x"
        )
    if options:
        raise TypeError(
            f"np.{ufunc.__name__} of a {kind} takes no {', '.join(options)}"
        )


def warn_unless_finite(x: Any, name: str) -> None:
    """Warn once about a derivative that is nan or infinite.

    On the way a slope may be infinite that a selection throws away; only
    the result tells. `np.errstate(invalid="ignore")` silences it.
    """
    finite = np.isfinite(x)
    if finite.all() or np.geterr()["invalid"] == "ignore":
        return
    at = tuple(int(i) for i in np.argwhere(~finite)[0])
    where = f" at index {at}" if at else ""
    warnings.warn(
        f"the {name} is {np.asarray(x)[at]}{where}",
        RuntimeWarning,
        stacklevel=3,
    )
