r"""Sums, products, extremes, means and integrals: what runs over what.

The range of an index is written (``i = 1`` to n, ``0 ≤ k < T``), or it is
that of the array which the index counts. Extremes over what is no index
(``\max_{‖u‖ = 1}``) look at the candidates that the check gives as
``all_u``, those that meet the condition.
"""

import functools
import math
from collections.abc import Iterable

import numpy as np

from press.formulas import means, values
from press.formulas.conditions import truth
from press.formulas.names import Names, is_sequence
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node, word
from press.formulas.values import Value, plain

LOWER = {"le": 0, "<": 1}


class Ranges:
    """The part of an evaluator that lets a symbol run."""

    def __init__(self, at: Names) -> None:
        self.at = at

    # big operators

    def big(self, node: Node) -> Value:
        """A sum, a product or an extreme."""
        body, *over = node.parts
        if node.text == "lim":
            return means.limit(self.at, body, over[0].parts[0], node)
        found = []
        where = []
        for names in self.assignments(body, over, node):
            with self.at.given(**names):
                found.append(self.at.value(body))
            where.append(names)
        return self.joined(node, found, where)

    def joined(
        self, node: Node, found: list[Value], where: list[dict[str, Value]]
    ) -> Value:
        """The values of the body as one."""
        how = node.text
        if how == "sum":
            return functools.reduce(values.add, found) if found else 0
        if how == "prod":
            return functools.reduce(values.product, found, 1)
        if not found:
            raise FormulaError(
                rf"\{how} over nothing", "give candidates that meet the "
                "condition", node.start, node.end,
            )  # fmt: skip
        numbers = np.array([float(v) for v in found])
        if how in {"max", "sup"}:
            return numbers.max()
        if how in {"min", "inf"}:
            return numbers.min()
        best = numbers.argmax() if how == "argmax" else numbers.argmin()
        return next(iter(where[int(best)].values()))

    def assignments(
        self, body: Node, over: list[Node], node: Node
    ) -> Iterable[dict[str, Value]]:
        """What the indices below an operator run over."""
        below = next((o.parts[0] for o in over if o.kind == "below"), None)
        upto = next((o.parts[0] for o in over if o.kind == "upto"), None)
        if below is None:
            raise FormulaError(
                rf"\{node.text} without an index", "write it below",
                node.start, node.end,
            )  # fmt: skip
        conditions = below.parts if below.kind == "list" else (below,)
        return self.runs(list(conditions), upto, body, node, {})

    def runs(
        self, conditions: list[Node], upto: Node | None, body: Node,
        node: Node, names: dict[str, Value],
    ) -> Iterable[dict[str, Value]]:  # fmt: skip
        """All values of the indices, the first condition outermost."""
        if not conditions:
            yield names
            return
        first, *rest = conditions
        with self.at.given(**names):
            name = self.bound(first, names, node)
            if not name:  # a further condition on what runs already
                goes_on = self.holds(first)
                inner: Iterable[Value] = ()
            else:
                inner = self.domain(first, name, upto, body, node)
        if not name:
            if goes_on:
                yield from self.runs(rest, upto, body, node, names)
            return
        for value in inner:
            now = {**names, name: value}
            with self.at.given(**now):
                keep = first.kind != "relation" or self.is_range(
                    first, name
                ) or self.holds(first)  # fmt: skip
            if keep:
                yield from self.runs(rest, upto, body, node, now)

    def holds(self, condition: Node) -> bool:
        """Whether a condition holds."""
        return bool(np.all(truth(self.at, condition)))

    def bound(
        self, condition: Node, names: dict[str, Value], node: Node
    ) -> str:
        """The symbol that a condition lets run, '' if all have values."""
        if condition.kind == "sym":
            return condition.plainly
        if condition.kind == "product" and word(condition):
            raise FormulaError(
                "two indices side by side", "write i, j",
                condition.start, condition.end,
            )  # fmt: skip
        if condition.kind != "relation":
            raise FormulaError(
                "this is no range", "write i = 1, or 0 ≤ k < T",
                node.start, node.end,
            )  # fmt: skip
        symbols = [n for n in condition.walk() if n.kind == "sym"]
        if condition.text == "=" and condition.parts[0].kind == "sym":
            return condition.parts[0].plainly
        free = [
            s for s in symbols
            if not self.at.name_of(s) or f"all_{s.text}" in self.at.names
        ]  # fmt: skip
        inner = [s for s in free if s.plainly not in names]
        return inner[0].plainly if inner else ""

    @staticmethod
    def is_range(condition: Node, name: str) -> bool:
        """Whether it says where an index begins."""
        return condition.text == "=" and condition.parts[0].text == name

    def domain(
        self, condition: Node, name: str, upto: Node | None, body: Node,
        node: Node,
    ) -> Iterable[Value]:  # fmt: skip
        """The values that one symbol takes."""
        candidates = self.at.names.get(f"all_{name}")
        if candidates is not None:
            return list(candidates)
        if upto is not None and condition.kind == "relation":
            first = int(self.at.value(condition.parts[-1]))
            return range(first, int(self.at.value(upto)) + 1)
        if condition.kind == "relation" and condition.text == "in":
            return self.members(condition.parts[1])
        low, high = self.bounds(condition, name)
        if low is None or high is None:
            length = self.length(body, name, node, from_one=low is None)
            low = 1 if low is None else low
            high = length if high is None else high
        return range(low, high + 1)

    def members(self, node: Node) -> Iterable[Value]:
        """The members of a finite set."""
        if node.kind == "set":
            return [self.at.value(p) for p in node.parts]
        raise FormulaError(
            "this set has no list of members", "give a finite set",
            node.start, node.end,
        )  # fmt: skip

    def bounds(
        self, condition: Node, name: str
    ) -> tuple[int | None, int | None]:
        """What inequalities say of an index."""
        low: int | None = None
        high: int | None = None
        if condition.kind != "relation":
            return low, high
        steps = condition.text.split()
        for left, how, right in zip(
            condition.parts, steps, condition.parts[1:], strict=False
        ):
            if right.text == name and how in LOWER:
                low = math.ceil(self.at.value(left)) + LOWER[how]
            if left.text == name and how in LOWER:
                high = math.floor(self.at.value(right)) - LOWER[how]
            if left.text == name and how in {"ge", ">"}:
                low = math.ceil(self.at.value(right)) + (how == ">")
        return low, high

    def length(
        self, body: Node, name: str, node: Node, *, from_one: bool
    ) -> int:
        """How far an index goes by the array that it counts."""
        for symbol in body.walk():
            if symbol.kind not in {"sym", "index"} or not symbol.parts:
                continue
            parts = symbol.parts[1:] if symbol.kind == "index" else (
                symbol.parts
            )  # fmt: skip
            for axis, part in enumerate(self.flat(parts)):
                if part.kind == "sym" and part.text == name:
                    found = self.axis(symbol, axis)
                    if found:
                        return found
        said = "starts and ends" if from_one else "ends"
        raise FormulaError(
            f"where {name} {said} is not said",
            rf"write the bounds, as in \{node.text}_{{1 \le {name} \le n}}",
            node.start,
            node.end,
        )

    @staticmethod
    def flat(parts: tuple[Node, ...]) -> tuple[Node, ...]:
        """Indices side by side, as a list."""
        if len(parts) == 1 and parts[0].kind in {"product", "list"}:
            return parts[0].parts
        return parts

    def axis(self, symbol: Node, axis: int) -> int:
        """The length of an axis of what a symbol stands for, 0 if unknown."""
        if symbol.kind == "index":
            with_index = symbol.parts[0]
            try:
                base = self.at.value(with_index)
            except FormulaError:
                return 0
        else:
            base = self.at.names.get(symbol.text)
            if callable(base):
                if is_sequence(base):
                    return 0
                base = self.at.called(base, symbol)
        if isinstance(base, list | tuple):
            return len(base)
        shape = np.shape(plain(base)) if base is not None else ()
        return int(shape[axis]) if axis < len(shape) else 0
