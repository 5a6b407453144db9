"""The value of a tree in a namespace of NumPy values and functions.

Names are those of `press.formulas.tree`: λ is ``lam``, W₁ is ``W1``, x⋆ is
``x_star``. An array is indexed from 1, as in print; a function with an
index as its parameter (``x = lambda k: path[k]``) is a sequence. A function
whose parameters all have values stands for its value, so that ∂L/∂W is
taken of ``L = lambda W, b: …`` at the W and b of the namespace.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from press.formulas import dots, means, values
from press.formulas.derivatives import Derivatives
from press.formulas.names import Expressed, Names, UnknownError
from press.formulas.ranges import Ranges
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import (
    SCALARS,
    Identity,
    Row,
    ShapeError,
    Value,
    plain,
)

__all__ = ["Evaluator", "Expression", "UnknownError"]
MAY_BE_INFINITE = {"num", "sym", "sum", "braces", "group", "big", "name"}


@dataclass(frozen=True)
class Expression(Expressed):
    """What a fragment of LaTeX stands for, in Python."""

    text: str

    def value(self, at: Names) -> Value:
        """Its value with the names as they are now."""
        names = {k: v for k, v in at.names.items() if v is not self}
        return eval(self.text, names)  # noqa: S307


class Evaluator(Derivatives):
    """Values of nodes; remembers how large they were."""

    def __init__(
        self, names: Mapping[str, Value], samples: tuple[str, ...] = ()
    ) -> None:
        super().__init__(names, samples)
        self.ranges = Ranges(self)
        self.seen: dict[int, tuple[Value, float]] = {}
        self.how: dict[str, Callable[[Node], Value]] = {}

    def value(self, node: Node) -> Value:
        """The value of a node, never a function.

        Raises:
            FormulaError: where it has none.
        """
        found = self.raw(node)
        if callable(found):
            found = self.called(found, node)
        return self.noted(found, node)

    def raw(self, node: Node) -> Value:
        """The value of a node, which may be a function."""
        try:
            how = self.how.get(node.kind) or self.found(node)
            return how(node)
        except FormulaError:
            raise
        except ShapeError as error:
            raise _at(node, str(error), "transpose one, or use ⊙") from None
        except Exception as error:  # noqa: BLE001  (the author's functions)
            said = f"{type(error).__name__}: {error}"
            raise _at(node, said, "look at the values of the draw") from None

    def found(self, node: Node) -> Callable[[Node], Value]:
        """The method that knows the value of this kind of node."""
        how: Any = getattr(self, "_" + node.kind, None)
        if how is None:
            raise _at(node, "this has no value here", "write a value")
        self.how[node.kind] = how
        return how  # type: ignore[no-any-return]

    def noted(self, found: Value, node: Node) -> Value:
        """A value, looked at: how large it is, and whether it is one."""
        if type(found) in SCALARS:
            if self.kinds is not None:
                self.kinds[node.start, node.end] = ("array",)
            self.sized(abs(found), node)
            return found
        if isinstance(found, Identity):
            return found
        known = self.seen.get(node.start)
        if known is not None and known[0] is found:
            self.sized(known[1], node)
            return found
        if self.kinds is not None:
            self.kinds[node.start, node.end] = values.kind(found)
        array = np.asarray(plain(found))
        if array.dtype.kind not in "biufc":
            raise _at(node, "this is no number", "give numbers")
        largest = float(np.abs(array).max()) if array.size else 0.0
        self.sized(largest, node)
        if node.kind == "sym":
            self.seen[node.start] = (found, largest)
        if isinstance(found, Row):
            return found
        return array[()] if array.ndim == 0 else array

    def sized(self, largest: float, node: Node) -> None:
        """Remember how large a value is; refuse one that is none."""
        if largest != largest:  # noqa: PLR0124  (nan, faster than isnan)
            raise _at(
                node, "this is not a number (nan)",
                "keep the draw where the formula has a value",
            )  # fmt: skip
        if largest == math.inf:
            if node.kind not in MAY_BE_INFINITE:
                raise _at(
                    node, "this is infinite",
                    "keep the draw where the formula has a value",
                )  # fmt: skip
        elif largest > self.size and node.kind != "num":
            self.size = largest

    # what runs over something

    def _big(self, node: Node) -> Value:
        return self.ranges.big(node)

    def _run(self, node: Node) -> Value:
        return dots.run(self, node)

    def _mean(self, node: Node) -> Value:
        return means.mean(self, node)

    def _integral(self, node: Node) -> Value:
        return means.integral(self, node)


def _at(node: Node, what: str, fix: str) -> FormulaError:
    return FormulaError(what, fix, node.start, node.end)
