"""What arrives at a node on the way back, summed where it arrives.

Notation:
    g: an adjoint.
    dx: what one use of a value x adds to the adjoint of x.
"""

from collections.abc import Sequence
from types import EllipsisType
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import Dual, filled, level_of, paired
from derivable.calculus.autodiff.entries import Entries
from derivable.calculus.autodiff.tensor import Tensor, record

_BASIC = (int, np.integer, slice, EllipsisType, type(None))
_NUMBERS = (np.ndarray, np.float64)


class Sum:
    """The sum of adjoints that have arrived at one node.

    An array of its own is changed in place: then n arrivals of one entry
    each cost n, and not n times the whole array.
    """

    __slots__ = ("dense", "owned", "parts")

    def __init__(self) -> None:
        self.dense: Any = None
        self.owned = False
        self.parts: list[Entries] = []

    def add(self, dx: Any) -> None:
        """Add an adjoint, or the entries of one."""
        if type(dx) is Entries:
            if type(dx.g) in _NUMBERS and self._own(dx.shape):
                put(self.dense, dx)
            else:
                self.parts.append(dx)
        elif self.dense is None:
            self.dense = dx
        elif self.owned and type(dx) is np.ndarray:
            self.dense += dx
        else:
            self.dense = self.dense + dx
            self.owned = type(self.dense) is np.ndarray

    def _own(self, shape: tuple[int, ...]) -> bool:
        """Make the sum an array of its own, unless it is recorded."""
        if not self.owned:
            if self.dense is None:
                self.dense = np.zeros(shape)
            elif type(self.dense) is np.ndarray:
                self.dense = self.dense.copy()
            else:
                return False
            self.owned = True
        return True

    def total(self) -> Any:
        """The whole sum, of the shape of the value."""
        if not self.parts:
            return self.dense
        entries = scattered(self.parts, self.parts[0].shape)
        return entries if self.dense is None else self.dense + entries


def added(total: Any, dx: Any) -> Sum:
    """The sum of what has arrived and one more adjoint.

    Args:
        total: what has arrived: an adjoint, or a sum of some.
        dx: the adjoint that arrives.
    """
    if type(total) is not Sum:
        first, total = total, Sum()
        total.add(first)
    total.add(dx)
    return total


def settled(total: Any) -> Any:
    """What has arrived, as one array (or Tensor, or Dual)."""
    if type(total) is Sum:
        return total.total()
    if type(total) is Entries:
        return scattered([total], total.shape)
    return total


def put(x: Any, entries: Entries) -> None:
    """Add entries to an array in place; repeated ones count each time."""
    key = entries.key
    parts = key if type(key) is tuple else (key,)
    if all(type(part) in _BASIC for part in parts):
        x[key] += entries.g
    else:
        np.add.at(x, key, entries.g)


def scattered(parts: Sequence[Entries], shape: tuple[int, ...]) -> Any:
    """The sum of entries as an array; for Tensors, a recorded one.

    Args:
        parts: the entries; adjoints are arrays, Tensors or Duals.
        shape: shape of the sum.
    """
    gs = [part.g for part in parts]
    if any(type(g) is Tensor for g in gs):
        values = [g.data if type(g) is Tensor else g for g in gs]
        x = scattered(_with(parts, values), shape)
        return record(x, gs, values, [_taker(part.key) for part in parts])
    if any(type(g) is Dual for g in gs):
        level = level_of(gs)
        pairs = [filled(g, level) for g in gs]
        value, tangent = (
            scattered(_with(parts, found), shape)
            for found in zip(*pairs, strict=True)
        )
        return paired(value, tangent, level)
    x = np.zeros(shape)
    for part in parts:
        put(x, part)
    return x


def _with(parts: Sequence[Entries], gs: Sequence[Any]) -> list[Entries]:
    pairs = zip(parts, gs, strict=True)
    return [Entries(g, part.key, part.shape) for part, g in pairs]


def _taker(key: Any) -> Any:
    return lambda h: h[key]


def unbroadcast(g: Any, shape: tuple[int, ...]) -> Any:
    """Sum an adjoint over the axes along which a value was repeated.

    Args:
        g: adjoint of the broadcast value.
        shape: shape of the value before broadcasting.

    Returns:
        The adjoint of the value, of `shape`.
    """
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for i, n in enumerate(shape):
        if g.shape[i] != n:
            g = g.sum(axis=i, keepdims=True)
    return g
