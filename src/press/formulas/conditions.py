"""Where a condition holds, entry by entry, and what is in what."""

import numpy as np

from press.formulas.names import Names
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import Value, plain

EXACTLY = 1e-12
"""How nearly a condition is met, relative to the values on the way."""


def truth(at: Names, node: Node) -> np.ndarray:
    """Where a relation holds, entry by entry."""
    if node.kind != "relation":
        raise FormulaError(
            "this is no condition", "write a relation", node.start, node.end
        )
    total: np.ndarray = np.asarray(1) == 1
    steps = node.text.split()
    for left, how, right in zip(
        node.parts, steps, node.parts[1:], strict=False
    ):
        if how == "in":
            total = total & member(at, at.value(left), right)
            continue
        before, at.size = at.size, 0.0
        a, b = plain(at.value(left)), plain(at.value(right))
        near = EXACTLY * at.size  # w·y + b = 0 up to the rounding of w·y
        at.size = before
        total = total & _entries(np.asarray(a), how, np.asarray(b), near, node)
    return total


def _entries(
    a: np.ndarray, how: str, b: np.ndarray, near: float, node: Node
) -> np.ndarray:
    close = np.isclose(a, b, rtol=EXACTLY, atol=near) | (a == b)
    found = {
        "=": close, "ne": ~close, "<": (a < b) & ~close, "le": (a < b) | close,
        ">": (a > b) & ~close, "ge": (a > b) | close,
    }.get(how)  # fmt: skip
    if found is None:
        raise FormulaError(
            f"{how} is not read as a condition", "use = < > ≤ ≥ ≠",
            node.start, node.end,
        )  # fmt: skip
    return np.asarray(found)


def member(at: Names, value: Value, node: Node) -> np.ndarray:
    """Whether a value is in a set, an interval or a space."""
    if node.kind == "interval":
        before = at.size
        low, high = (at.value(p) for p in node.parts)
        near = EXACTLY * before
        array = np.asarray(plain(value))
        left = array >= low - near if node.text[0] == "[" else array > low
        right = array <= high + near if node.text[1] == "]" else array < high
        return np.asarray(left & right)
    if node.kind == "sym":
        return _in_named(at, value, node)
    if node.kind == "set":
        found = [_near(value, at.value(p)) for p in node.parts]
        return np.asarray(any(found))
    sizes = [int(at.value(p)) for p in node.parts]
    wanted = tuple(sizes) if node.parts else ()
    return np.asarray(np.shape(value) == wanted)


def _in_named(at: Names, value: Value, node: Node) -> np.ndarray:
    """Whether a value is in a set that the draw gives.

    The set is a function that says so, or its members.
    """
    members = at.raw(node)
    if callable(members):
        return np.asarray(bool(members(plain(value))))
    return np.asarray(any(_near(value, m) for m in members))


def _near(a: Value, b: Value) -> bool:
    return np.shape(plain(a)) == np.shape(plain(b)) and bool(
        np.allclose(plain(a), plain(b), rtol=1e-9, atol=0.0)
    )
