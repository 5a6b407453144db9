"""What every public function asks of its input before it computes.

A rule that is broken is a `ValueError` that names the rule and the value
received; an object of the wrong kind is a `TypeError`.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from derivable import errors

Array = NDArray[np.float64]
Kind = TypeVar("Kind")
ConvergenceError = errors.ConvergenceError
ASYMMETRY = 1e-10  # largest |A - Aᵀ| that passes, relative to max |A|


def instance(value: object, kind: type[Kind], name: str) -> Kind:
    """The value, if it is one of its kind."""
    if not isinstance(value, kind):
        found = type(value).__name__
        raise TypeError(f"{name} must be a {kind.__name__}, got {found}")
    return value


def generator(rng: object, name: str = "rng") -> np.random.Generator:
    """The source of randomness, if it is NumPy's `Generator`."""
    return instance(rng, np.random.Generator, name)


def function(f: object, name: str = "f") -> None:
    """Refuse what cannot be called."""
    if not callable(f):
        raise TypeError(f"{name} must be a function, got {type(f).__name__}")


def flag(value: object, name: str) -> bool:
    """True or False; a number or a word is neither."""
    if not isinstance(value, bool | np.bool):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return bool(value)


def choice(value: object, options: Sequence[object], name: str) -> None:
    """Refuse what is not one of a few words (or None, if it is listed)."""
    if isinstance(value, np.ndarray) or value not in options:
        raise ValueError(f"{name} must be one of {options}, got {value!r}")


def sequence(values: object, name: str) -> list[Any]:
    """The items of a list, a tuple or another iterable; a text is none."""
    if isinstance(values, str | bytes | dict | set | frozenset) or (
        not isinstance(values, Iterable)
        or (isinstance(values, np.ndarray) and values.ndim == 0)
    ):
        raise TypeError(f"{name} must be a sequence, got {values!r}")
    return list(values)


def counts(values: object, name: str, *, least: int = 0) -> list[int]:
    """Whole numbers of at least `least`, in a sequence."""
    return [
        whole(n, f"{name}[{i}]", least=least)
        for i, n in enumerate(sequence(values, name))
    ]


def strings(values: object, name: str) -> list[str]:
    """Several strings, as a list; one string is not several."""
    if isinstance(values, str):
        raise TypeError(f"{name} must be several strings, got one")
    return [
        instance(value, str, f"{name}[{i}]")
        for i, value in enumerate(sequence(values, name))
    ]


def reals(x: ArrayLike, name: str = "x") -> Array:
    """A float64 copy of `x`, any shape, in which NaN and infinity pass.

    Raises:
        TypeError: if `x` is complex, masked or not numeric.
        ValueError: if `x` is ragged or empty.
    """
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(
            f"{name} must not be masked, got a masked array; "
            "fill or leave out what is masked"
        )
    try:
        given = np.asarray(x)
    except ValueError:
        raise ValueError(
            f"{name} must be rectangular, got rows of different lengths"
        ) from None
    if given.dtype.kind not in "biuf":
        raise TypeError(f"{name} must be real numbers, got {given.dtype}")
    if given.size == 0:
        raise ValueError(f"{name} must not be empty, got {given.shape}")
    return np.array(given, dtype=np.float64)


def real(x: ArrayLike, name: str = "x") -> Array:
    """A float64 copy of `x`, any shape; integers are promoted.

    Raises:
        TypeError: if `x` is complex, masked or not numeric.
        ValueError: if `x` is ragged, empty, or holds NaN or infinity.
    """
    values = reals(x, name)
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


def not_negative(x: ArrayLike, name: str) -> float:
    """A finite real scalar of at least zero, as a float."""
    value = number(x, name)
    if value < 0:
        raise ValueError(f"{name} must not be negative, got {value}")
    return value


def fraction(x: ArrayLike, name: str) -> float:
    """A number from 0 up to, not including, 1."""
    value = number(x, name)
    if not 0 <= value < 1:
        raise ValueError(f"{name} must lie in [0, 1), got {value}")
    return value


def whole(
    value: object, name: str, *, least: int = 0, most: int | None = None
) -> int:
    """A whole number from `least` to `most`; a float is none, nor a bool."""
    if isinstance(value, bool | np.bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    try:
        n = operator.index(value)
    except TypeError:  # an array that holds no single whole number
        raise TypeError(
            f"{name} must be a whole number, got {value!r}"
        ) from None
    if n.bit_length() > 63:
        raise ValueError(
            f"{name} must fit into 64 bits, got {n.bit_length()} bits"
        )
    if most is not None and not least <= n <= most:
        raise ValueError(f"{name} must lie in {least} to {most}, got {n}")
    if n < least:
        rule = "not be negative" if least == 0 else f"be at least {least}"
        raise ValueError(f"{name} must {rule}, got {n}")
    return n


def whole_numbers(values: ArrayLike, name: str) -> NDArray[np.int64]:
    """A copy of whole numbers, any shape; floats are none, nor bools."""
    reals(values, name)  # or an error that says why
    given = np.array(values)
    if given.dtype.kind not in "iu":
        raise TypeError(f"{name} must be integers, got {given.dtype}")
    return given.astype(np.int64)


def of_shape(x: ArrayLike, shape: tuple[int, ...], name: str) -> Array:
    """Real numbers of one shape, in which NaN and infinity pass.

    A Tensor or a Dual of a differentiated run stays what it is.
    """
    plain = isinstance(x, np.ndarray | np.generic)
    recorded = hasattr(x, "__array_ufunc__") and not plain
    values = cast("Array", x) if recorded else reals(x, name)
    if values.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {values.shape}")
    return values


def vector(x: ArrayLike, name: str = "x") -> Array:
    """A finite real array of shape (n,), n ≥ 1."""
    values = real(x, name)
    if values.ndim != 1:
        raise ValueError(
            f"{name} must be a vector of shape (n,), got {values.shape}"
        )
    return values


def complex_vector(x: ArrayLike, name: str = "x") -> NDArray[np.complex128]:
    """A finite complex array of shape (n,), n ≥ 1; reals are promoted."""
    try:
        given = np.asarray(x)
    except ValueError:  # ragged
        return vector(x, name).astype(np.complex128)
    if given.dtype.kind != "c" or isinstance(x, np.ma.MaskedArray):
        return vector(x, name).astype(np.complex128)
    values = vector(given.real, name).astype(np.complex128)
    values.imag = vector(given.imag, name)
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


def symmetric(
    A: ArrayLike, name: str = "A", *, tol: float = ASYMMETRY
) -> Array:
    """A finite real symmetric array of shape (n, n), made exactly so."""
    values = square(A, name)
    gap = np.abs(values / 2 - values.T / 2)
    if np.max(gap) > tol * np.max(np.abs(values / 2)):
        i, j = (int(a) for a in np.unravel_index(np.argmax(gap), gap.shape))
        raise ValueError(
            f"{name} must be symmetric, got {values[i, j]} at index "
            f"{(i, j)} and {values[j, i]} at {(j, i)}"
        )
    return values / 2 + values.T / 2


def scalar_output(value: ArrayLike, name: str = "f(x)") -> float:
    """The value of a function that must return one real number.

    A size-1 array counts: ``x @ A @ x`` of a (1, n) row is one number.
    NaN passes, because a caller may want to report where it arose.
    """
    values = reals(value, name)
    if values.size != 1:
        raise ValueError(f"{name} must be a scalar, got {values.shape}")
    return float(values.reshape(()))


def evaluated(
    f: Callable[..., ArrayLike], x: ArrayLike, name: str = "f"
) -> float:
    """The scalar f(x), with an error that names `f` if it is not one.

    An array is given as a copy, which the function may change.
    """
    given = x.copy() if isinstance(x, np.ndarray) else x
    return scalar_output(f(given), f"{name}(x)")
