"""What every public function asks of its input before it computes.

A rule that is broken is a `ValueError` that names the rule and the value
received; an object of the wrong kind is a `TypeError`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class ConvergenceError(RuntimeError):
    """An iteration that did not reach its tolerance.

    The message gives the number of iterations and the residual.
    """


def function(f: object, name: str = "f") -> None:
    """Refuse what cannot be called."""
    if not callable(f):
        raise TypeError(f"{name} must be a function, got {type(f).__name__}")


def real(x: ArrayLike, name: str = "x") -> Array:
    """A float64 copy of `x`, any shape; integers are promoted.

    Raises:
        TypeError: if `x` is complex or not numeric.
        ValueError: if `x` is empty or holds NaN or infinity.
    """
    given = np.asarray(x)
    if given.dtype.kind not in "biuf":
        raise TypeError(f"{name} must be real numbers, got {given.dtype}")
    if given.size == 0:
        raise ValueError(f"{name} must not be empty, got {given.shape}")
    values = np.array(given, dtype=np.float64)
    finite = np.isfinite(values)
    if not finite.all():
        at = tuple(int(i) for i in np.argwhere(~finite)[0])
        where = f" at index {at}" if at else ""
        raise ValueError(f"{name} must be finite, got {values[at]}{where}")
    return values


def number(x: ArrayLike, name: str = "x") -> float:
    """A finite real scalar, as a float."""
    values = real(x, name)
    if values.ndim != 0:
        raise ValueError(f"{name} must be a scalar, got shape {values.shape}")
    return float(values)


def positive(x: ArrayLike, name: str) -> float:
    """A finite real scalar above zero, as a float."""
    value = number(x, name)
    if value <= 0:
        raise ValueError(f"{name} must be positive, got {value}")
    return value


def vector(x: ArrayLike, name: str = "x") -> Array:
    """A finite real array of shape (n,), n ≥ 1."""
    values = real(x, name)
    if values.ndim != 1:
        raise ValueError(
            f"{name} must be a vector of shape (n,), got {values.shape}"
        )
    return values


def matrix(A: ArrayLike, name: str = "A") -> Array:
    """A finite real array of shape (m, n)."""
    values = real(A, name)
    if values.ndim != 2:
        raise ValueError(
            f"{name} must be a matrix of shape (m, n), got {values.shape}"
        )
    return values


def square(A: ArrayLike, name: str = "A") -> Array:
    """A finite real array of shape (n, n)."""
    values = matrix(A, name)
    if values.shape[0] != values.shape[1]:
        raise ValueError(f"{name} must be square, got {values.shape}")
    return values


def scalar_output(value: ArrayLike, name: str = "f(x)") -> float:
    """The value of a function that must return one real number.

    A size-1 array counts: ``x @ A @ x`` of a (1, n) row is one number.
    NaN passes, because a caller may want to report where it arose.
    """
    values = np.asarray(value)
    if values.dtype.kind not in "biuf":
        raise TypeError(f"{name} must be real, got {values.dtype}")
    if values.size != 1:
        raise ValueError(f"{name} must be a scalar, got {values.shape}")
    return float(values.reshape(()))


def evaluated(
    f: Callable[..., ArrayLike], x: ArrayLike, name: str = "f"
) -> float:
    """The scalar f(x), with an error that names `f` if it is not one."""
    return scalar_output(f(x), f"{name}(x)")
