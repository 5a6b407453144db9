"""Parameters in lists, tuples and dicts, laid out as one vector."""

from collections.abc import Callable, Iterator
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
    mapped(lambda x, at: leaves.append(check.real(x, at)), tree, name)
    if not leaves:
        raise ValueError(f"{name} must not be empty, got no arrays")
    ends = np.cumsum([x.size for x in leaves])

    def restore(values: Array) -> Any:
        parts = iter(zip(leaves, ends, strict=True))

        def view(_x: Any, _at: str) -> Array:
            x, end = next(parts)
            part = values[..., end - x.size : end]
            return part.reshape((*values.shape[:-1], *x.shape))

        return mapped(view, tree, name)

    return np.concatenate([x.ravel() for x in leaves]), restore


def mapped(f: Callable[[Any, str], Any], tree: Any, name: str = "x") -> Any:
    """The structure with f(leaf, its name) in place of every leaf.

    Dicts, tuples, named tuples and lists are structure; a list of plain
    numbers is a leaf, and so is all else.
    """
    if isinstance(tree, dict):
        return {k: mapped(f, v, f"{name}[{k!r}]") for k, v in tree.items()}
    if not _several(tree):
        return f(tree, name)
    parts = [mapped(f, v, f"{name}[{i}]") for i, v in enumerate(tree)]
    if isinstance(tree, list):
        return parts
    return tree._make(parts) if hasattr(tree, "_make") else tuple(parts)


def flat_like(tree: Any, like: Any, name: str) -> Array:
    """The leaves of a structure as one vector, in the order of `like`.

    Dicts are matched by key; lists and tuples by position, one for the
    other. NaN passes, because the caller may want to report where it
    arose.

    Args:
        tree: the structure.
        like: the structure that it must have.
        name: what errors call it.

    Returns:
        A vector, shape (p,).

    Raises:
        TypeError: if a leaf is not real.
        ValueError: if keys, lengths or shapes are not those of `like`.
    """
    found = []
    for x, wanted, at in _paired(tree, like, name):
        values, shape = check.reals(x, at), np.shape(wanted)
        if values.shape != shape:
            raise ValueError(
                f"{at} must have the shape of x, {shape}, got {values.shape}"
            )
        found.append(values.ravel())
    return found[0] if len(found) == 1 else np.concatenate(found)


def _paired(tree: Any, like: Any, at: str) -> Iterator[tuple[Any, Any, str]]:
    """Every leaf with its partner in `like`, and its name."""
    if isinstance(like, dict):
        if not isinstance(tree, dict) or tree.keys() != like.keys():
            raise ValueError(
                f"{at} must have the keys of x, {_shown(like)}, "
                f"got {_shown(tree)}"
            )
        for key, value in like.items():
            yield from _paired(tree[key], value, f"{at}[{key!r}]")
    elif _several(like):
        if not isinstance(tree, list | tuple) or len(tree) != len(like):
            raise ValueError(
                f"{at} must be a list of {len(like)}, as x is, "
                f"got {_shown(tree)}"
            )
        for i, value in enumerate(like):
            yield from _paired(tree[i], value, f"{at}[{i}]")
    elif isinstance(tree, dict | tuple):
        raise ValueError(
            f"{at} must be one array, as x is, got {_shown(tree)}"
        )
    else:
        yield tree, like, at


def _several(tree: Any) -> bool:
    """Whether this is a tuple, or a list with more than plain numbers."""
    return isinstance(tree, tuple) or (
        isinstance(tree, list)
        and any(
            isinstance(v, dict | tuple | list) or getattr(v, "ndim", 0) > 0
            for v in tree
        )
    )


def _shown(tree: Any) -> str:
    """A structure, as an error shows it."""
    if isinstance(tree, dict):
        return f"a dict of {', '.join(map(repr, tree)) or 'nothing'}"
    if isinstance(tree, list | tuple):
        return f"a {type(tree).__name__} of {len(tree)}"
    return type(tree).__name__
