"""Parameters in lists, tuples and dicts, laid out as one vector."""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._validation import Array

Restore = Callable[[Array], Any]


def flatten(tree: Any, name: str = "x0") -> tuple[Array, Restore]:
    """Lay every array of a structure into one vector.

    Args:
        tree: an array, or lists, tuples and dicts of arrays; a list of
            plain numbers is an array.
        name: what errors call it.

    Returns:
        A new vector, shape (p,), and the way back: a function that
        takes an array (…, p) to the structure, each leaf a view of
        shape (…, *its shape).

    Raises:
        TypeError: if a leaf is not real.
        ValueError: if there is no leaf, or one is empty or not finite.
    """
    leaves: list[Array] = []
    _each(tree, lambda x, at: leaves.append(check.real(x, at)), name)
    if not leaves:
        raise ValueError(f"{name} must not be empty, got no arrays")
    ends = np.cumsum([x.size for x in leaves])

    def restore(values: Array) -> Any:
        parts = iter(zip(leaves, ends, strict=True))

        def view(_x: Any, _at: str) -> Array:
            x, end = next(parts)
            part = values[..., end - x.size : end]
            return part.reshape((*values.shape[:-1], *x.shape))

        return _each(tree, view, name)

    return np.concatenate([x.ravel() for x in leaves]), restore


def flat_like(tree: Any, like: Any, name: str) -> Array:
    """The leaves of a structure as one vector, shapes as `like` has them.

    NaN passes, because the caller may want to report where it arose.
    """
    found: list[Array] = []
    _each(tree, lambda x, at: found.append(_reals(x, at)), name)
    wanted: list[Any] = []
    _each(like, lambda x, _: wanted.append(x), name)
    shapes = [x.shape for x in found], [np.shape(x) for x in wanted]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"{name} must have the shapes of x, {_shown(shapes[1])}, "
            f"got {_shown(shapes[0])}"
        )
    if len(found) == 1:
        return found[0].ravel()
    return np.concatenate([x.ravel() for x in found])


def _reals(x: Any, name: str) -> Array:
    given = np.asarray(x)
    if given.dtype.kind not in "biuf":
        raise TypeError(f"{name} must be real numbers, got {given.dtype}")
    return given.astype(np.float64, copy=False)


def _each(tree: Any, f: Callable[[Any, str], Any], at: str) -> Any:
    """The structure with f(leaf, its name) in place of every leaf."""
    if isinstance(tree, dict):
        return {k: _each(v, f, f"{at}[{k!r}]") for k, v in tree.items()}
    several = isinstance(tree, list) and any(
        isinstance(v, dict | tuple) or np.ndim(v) for v in tree
    )
    if several or isinstance(tree, tuple):
        parts = [_each(v, f, f"{at}[{i}]") for i, v in enumerate(tree)]
        return tuple(parts) if isinstance(tree, tuple) else parts
    return f(tree, at)


def _shown(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join(map(str, shapes))
