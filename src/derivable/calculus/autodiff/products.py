"""Products of arrays besides ``@``: dot, outer, tensordot and einsum.

Notation:
    a, b: the operands.
    s, t, o: the letters of a, b and the result.
"""

import string
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import Dual, level_of, paired, parts
from derivable.calculus.autodiff.shapes import axes_of
from derivable.calculus.autodiff.tensor import Tensor, record, value_of


def dot(a: Any, b: Any) -> Any:
    """NumPy's dot: a sum over the last axis of a, the last but one of b."""
    if 0 in (np.ndim(a), np.ndim(b)):
        return np.multiply(a, b)
    if np.ndim(a) == 1 or np.ndim(b) <= 2:
        return np.matmul(a, b)
    return tensordot(a, b, ((-1,), (-2,)))


def inner(a: Any, b: Any) -> Any:
    """A sum over the last axes of both."""
    if 0 in (np.ndim(a), np.ndim(b)):
        return np.multiply(a, b)
    return tensordot(a, b, ((-1,), (-1,)))


def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """A sum over pairs of axes: of a the first of `axes`, of b the second."""
    if np.ndim(axes) == 0:
        axes = (tuple(range(-axes, 0)), tuple(range(axes)))
    one = axes_of(axes[0], np.ndim(a))
    two = axes_of(axes[1], np.ndim(b))
    k = len(one)
    a = np.moveaxis(a, one, range(-k, 0)) if k else a
    b = np.moveaxis(b, two, range(k)) if k else b
    rows, summed = np.shape(a)[: np.ndim(a) - k], np.shape(b)[:k]
    if np.shape(a)[len(rows) :] != summed:
        raise ValueError(
            f"the summed axes must have equal lengths, got "
            f"{np.shape(a)[len(rows) :]} and {summed}"
        )
    n = int(np.prod(summed))
    y = np.reshape(a, (-1, n)) @ np.reshape(b, (n, -1))
    return np.reshape(y, (*rows, *np.shape(b)[k:]))


def outer(a: Any, b: Any) -> Any:
    """All products of an entry of a and an entry of b."""
    return np.reshape(a, (-1, 1)) * np.reshape(b, (1, -1))


def einsum(subscripts: str, *operands: Any, optimize: Any = False) -> Any:
    """NumPy's einsum; more than two operands from left to right.

    Raises:
        TypeError: if the subscripts are no text.
        ValueError: if they do not fit the operands.
    """
    del optimize
    if not isinstance(subscripts, str):
        raise TypeError("einsum needs its subscripts as text, 'ij,jk->ik'")
    np.einsum(
        subscripts, *(np.broadcast_to(0.0, np.shape(x)) for x in operands)
    )
    letters, o = _letters(subscripts, operands)
    sizes: dict[str, int] = {}
    for s, x in zip(letters, operands, strict=True):
        for c, n in zip(s, np.shape(x), strict=True):
            sizes[c] = max(n, sizes.get(c, 1))
    terms = [
        _distinct(s, x, sizes) for s, x in zip(letters, operands, strict=True)
    ]
    s, a = terms[0]
    for i, (right, operand) in enumerate(terms[1:], 2):
        later = o + "".join(text for text, _ in terms[i:])
        s, a = _alone(s, a, right + later)
        t, b = _alone(right, operand, s + later)
        both = "".join(dict.fromkeys(c for c in s + t if c in later))
        s, a = both, _pair(a, b, s, t, both)
    s, a = _alone(s, a, o)
    return np.transpose(a, [s.index(c) for c in o])


def _letters(
    subscripts: str, operands: Sequence[Any]
) -> tuple[list[str], str]:
    """The letters of each operand and the result, dots spelled out."""
    text = subscripts.replace(" ", "")
    left, arrow, o = text.partition("->")
    free = [c for c in string.ascii_letters if c not in text]
    named = [len(s.replace("...", "")) for s in left.split(",")]
    dots = [np.ndim(x) - k for x, k in zip(operands, named, strict=True)]
    most = max(dots)
    wild = "".join(free[:most])
    inputs = [
        s.replace("...", wild[most - k :])
        for s, k in zip(left.split(","), dots, strict=True)
    ]
    if not arrow:
        once = sorted(c for c in set(left) - {",", "."} if left.count(c) == 1)
        o = "..." + "".join(once)
    return inputs, o.replace("...", wild)


def _distinct(s: str, x: Any, sizes: dict[str, int]) -> tuple[str, Any]:
    """Diagonals for repeated letters; axes of length 1 that repeat go."""
    for c in sorted(set(s)):
        while s.count(c) > 1:
            i, j = s.index(c), s.rindex(c)
            x = np.diagonal(x, 0, i, j)
            s = s[:i] + s[i + 1 : j] + s[j + 1 :] + c
    shape = np.shape(x)
    kept = [i for i, c in enumerate(s) if shape[i] == sizes[c]]
    x = np.reshape(x, tuple(shape[i] for i in kept))
    return "".join(s[i] for i in kept), x


def _alone(s: str, x: Any, elsewhere: str) -> tuple[str, Any]:
    """The sum over letters that stand nowhere else."""
    axes = tuple(i for i, c in enumerate(s) if c not in elsewhere)
    if not axes:
        return s, x
    return "".join(c for c in s if c in elsewhere), np.sum(x, axis=axes)


def _pair(a: Any, b: Any, s: str, t: str, o: str) -> Any:
    """One product; each letter of an operand stands in the others too."""
    forward, to_a, to_b = f"{s},{t}->{o}", f"{o},{t}->{s}", f"{o},{s}->{t}"
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        values = [value_of(a), value_of(b)]
        rules = (
            lambda g, b: np.einsum(to_a, g, b),
            lambda g, a: np.einsum(to_b, g, a),
        )
        return record(np.einsum(forward, *values), (a, b), values, rules)
    if not isinstance(a, Dual) and not isinstance(b, Dual):
        return np.einsum(forward, a, b)
    level = level_of((a, b))
    (a, da), (b, db) = parts(a, level), parts(b, level)
    left = 0.0 if da is None else np.einsum(forward, da, b)
    right = 0.0 if db is None else np.einsum(forward, a, db)
    return paired(np.einsum(forward, a, b), left + right, level)


PRODUCTS: dict[Any, Callable[..., Any]] = {
    np.dot: dot,
    np.inner: inner,
    np.outer: outer,
    np.tensordot: tensordot,
    np.einsum: einsum,
}
"""Products made of sums, shapes and ``@``; einsum has its own rule."""
