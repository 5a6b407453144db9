"""The adjoint of ``x[key]``, which is 0 but at a few entries of x.

Notation:
    g: adjoint of the entries that were taken.
    key: which entries.
"""

from copy import deepcopy
from typing import Any

import numpy as np


class Entries:
    """An adjoint of `shape` that is g at `key` and 0 elsewhere."""

    __slots__ = ("g", "key", "shape")

    def __init__(self, g: Any, key: Any, shape: tuple[int, ...]) -> None:
        self.g = g
        self.key = key
        self.shape = shape


class Taken:
    """The rule of ``x[key]``, one small object: a loop makes many."""

    __slots__ = ("key", "shape")

    def __init__(self, key: Any, shape: tuple[int, ...]) -> None:
        self.key = key
        self.shape = shape

    def __call__(self, g: Any) -> Entries:
        """The entries that g is the adjoint of."""
        return Entries(g, self.key, self.shape)


def copied(key: Any) -> Any:
    """An index that the caller cannot change afterwards."""
    if isinstance(key, tuple):
        return tuple(copied(part) for part in key)
    return deepcopy(key) if isinstance(key, np.ndarray | list) else key
