"""What formulas are about: numbers, columns, rows, matrices, functions.

A vector is a column, an array of shape (n,). Its transpose is a `Row`, so
that xᵀy is a number and xyᵀ a matrix. Arrays with more axes are added,
scaled and indexed, not multiplied.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

Value = Any
SCALARS = frozenset({float, int, np.float64})
"""Types of one number that are known without a look at the value."""


class ShapeError(ValueError):
    """Two values that do not go together."""


@dataclass(frozen=True)
class Row:
    """The transpose of a vector.

    Attributes:
        values: its entries, shape (n,).
    """

    values: np.ndarray


@dataclass(frozen=True)
class Identity:
    """The identity matrix of whatever size is needed, times a number."""

    scale: float


def shape(value: Value) -> str:
    """How a message calls the kind of a value."""
    if isinstance(value, Row):
        return f"a row of {len(value.values)}"
    if callable(value):
        return "a function"
    if isinstance(value, Identity):
        return "the identity"
    array = np.asarray(value)
    if array.ndim == 0:
        return "a number"
    if array.ndim == 1:
        return f"a vector of {len(array)}"
    return "shape (" + ", ".join(map(str, array.shape)) + ")"


def kind(value: Value) -> tuple[object, ...]:
    """What two values share if one can stand for the other."""
    if callable(value):
        return ("function",)
    if isinstance(value, Row):
        return ("row", len(value.values))
    return ("array", *np.shape(value))


def plain(value: Value) -> Value:
    """A value as NumPy has it; a row is an array of shape (1, n)."""
    if isinstance(value, Row):
        return value.values[None, :]
    return value


def is_number(value: Value) -> bool:
    """Whether it is one number."""
    if type(value) in SCALARS:
        return True
    return not isinstance(value, Row | Identity) and np.ndim(value) == 0


def product(a: Value, b: Value) -> Value:
    """The product of two factors side by side."""
    if type(a) in SCALARS and type(b) in SCALARS:
        return a * b
    if isinstance(a, Identity):
        return _by_identity(b, a.scale)
    if isinstance(b, Identity):
        return _by_identity(a, b.scale)
    if is_number(a) or is_number(b):
        return _scaled(a, b)
    return _row_by(a, b) if isinstance(a, Row) else _column_by(a, b)


def _column_by(a: Value, b: Value) -> Value:
    if isinstance(b, Row) and np.ndim(a) == 1:
        return np.outer(a, b.values)
    fits = not isinstance(b, Row) and np.ndim(b) in {1, 2}
    if fits and np.ndim(a) == 2 and a.shape[1] == len(b):
        return a @ b
    raise _unfit("side by side", a, b)


def _by_identity(a: Value, scale: float) -> Value:
    if is_number(a):
        return Identity(a * scale)
    if isinstance(a, Identity):
        return Identity(a.scale * scale)
    return _scaled(a, scale)


def _scaled(a: Value, b: Value) -> Value:
    if isinstance(a, Row):
        return Row(a.values * b)
    if isinstance(b, Row):
        return Row(a * b.values)
    return a * b


def _row_by(a: Row, b: Value) -> Value:
    if isinstance(b, Row) or len(a.values) != len(b):
        raise _unfit("side by side", a, b)
    found = a.values @ b
    return Row(found) if np.ndim(found) else found


def dot(a: Value, b: Value) -> Value:
    """A dot between numbers multiplies, between vectors is u·v."""
    if is_number(a) or is_number(b):
        return _scaled(a, b)
    if np.ndim(plain(a)) == np.ndim(plain(b)) == 1 and len(a) == len(b):
        return a @ b
    raise _unfit("with a dot between", a, b)


def cross(a: Value, b: Value) -> Value:
    """A cross between numbers multiplies, between vectors is u × v."""
    if is_number(a) and is_number(b):
        return a * b
    if np.shape(plain(a)) == np.shape(plain(b)) == (3,):
        return np.cross(a, b)
    raise _unfit("with a cross between", a, b)


def entrywise(a: Value, b: Value) -> Value:
    """The product entry by entry, of equal shapes."""
    if np.shape(plain(a)) != np.shape(plain(b)):
        raise _unfit("entry by entry", a, b)
    if isinstance(a, Row) and isinstance(b, Row):
        return Row(a.values * b.values)
    return a * b


def kronecker(a: Value, b: Value) -> Value:
    """The product of every entry with every entry."""
    if np.ndim(plain(a)) == np.ndim(plain(b)) == 1:
        return np.outer(a, b)
    return np.kron(plain(a), plain(b))


def quotient(a: Value, b: Value) -> Value:
    """A over b: b is a number, or both have one shape."""
    if isinstance(a, Row) and is_number(b):
        return Row(a.values / b)
    if is_number(b) or np.shape(plain(a)) == np.shape(plain(b)):
        return plain(a) / plain(b)
    if is_number(a) and not isinstance(b, Row):
        return a / b
    raise _unfit("one over the other", a, b)


def add(a: Value, b: Value) -> Value:
    """The sum of equal shapes, of a number and each entry, of XW + b."""
    if type(a) in SCALARS and type(b) in SCALARS:
        return a + b
    if isinstance(a, Identity) and isinstance(b, Identity):
        return Identity(a.scale + b.scale)
    if isinstance(a, Identity):
        a, b = b, a
    if isinstance(b, Identity):
        return _plus_identity(a, b.scale)
    if isinstance(a, Row) and isinstance(b, Row):
        if len(a.values) == len(b.values):
            return Row(a.values + b.values)
        raise _unfit("added", a, b)
    if isinstance(a, Row) or isinstance(b, Row):
        raise _unfit("added", a, b)
    same = np.shape(a) == np.shape(b)
    to_rows = np.ndim(a) == 2 and np.shape(b) == np.shape(a)[1:]
    if same or is_number(a) or is_number(b) or to_rows:
        return a + b
    raise _unfit("added", a, b)


def _plus_identity(a: Value, scale: float) -> Value:
    if (
        np.ndim(plain(a)) != 2
        or isinstance(a, Row)
        or (a.shape[0] != a.shape[1])
    ):
        raise _unfit("added", a, Identity(scale))
    return a + scale * np.eye(len(a))


def negative(a: Value) -> Value:
    """Minus a."""
    if isinstance(a, Identity):
        return Identity(-a.scale)
    return Row(-a.values) if isinstance(a, Row) else -a


def transpose(a: Value) -> Value:
    """A column lies down, a row stands up, a matrix is mirrored."""
    if isinstance(a, Row):
        return a.values
    if isinstance(a, Identity) or np.ndim(a) == 0:
        return a
    if np.ndim(a) == 1:
        return Row(np.asarray(a))
    if np.ndim(a) == 2:
        return a.T
    raise ShapeError(f"a transpose of {shape(a)}")


def power(a: Value, b: Value) -> Value:
    """Numbers and entries of a vector to a power, powers of a matrix."""
    if type(a) in SCALARS and type(b) in SCALARS:
        return float(np.power(float(a), b))
    if np.ndim(plain(a)) == 2 and is_number(b):
        if isinstance(a, Row) or a.shape[0] != a.shape[1]:
            raise ShapeError(f"a power of {shape(a)}")
        if float(b) == int(b):
            return np.linalg.matrix_power(a, int(b))
        return _root_of(a, float(b))
    if is_number(a) and np.ndim(b) == 2:
        raise ShapeError("a number to the power of a matrix")
    return np.power(np.asarray(a, dtype=_wide(a)), b)


def _root_of(a: np.ndarray, b: float) -> np.ndarray:
    if not np.allclose(a, a.T):
        raise ShapeError("a broken power of a matrix that is not symmetric")
    lam, Q = np.linalg.eigh(a)
    return np.asarray((Q * lam**b) @ Q.T)


def _wide(a: Value) -> type:
    return complex if np.iscomplexobj(a) else float


def _unfit(how: str, a: Value, b: Value) -> ShapeError:
    return ShapeError(f"{shape(a)} and {shape(b)} {how}")
