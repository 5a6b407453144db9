r"""Sums, products, extremes, means and integrals: what runs over what.

The range of an index is written (``i = 1`` to n, ``0 ≤ k < T``), or it is
that of the array which the index counts. Extremes over what is no index
(``\max_{‖u‖ = 1}``) look at the candidates that the check gives as
``all_u``, those that meet the condition.
"""

import functools
import itertools
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from press.formulas import values
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node, word
from press.formulas.values import Value, plain

if TYPE_CHECKING:
    from press.formulas.evaluate import Evaluator

LOWER = {"le": 0, "<": 1}
NODES = 64


class Ranges:
    """The part of an evaluator that lets a symbol run."""

    def __init__(self, at: "Evaluator") -> None:
        self.at = at

    # big operators

    def big(self, node: Node) -> Value:
        """A sum, a product or an extreme."""
        body, *over = node.parts
        if node.text == "lim":
            return self.limit(body, over[0].parts[0], node)
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
        from press.formulas.relations import truth  # noqa: PLC0415

        return bool(np.all(truth(self.at, condition)))

    def bound(
        self, condition: Node, names: dict[str, Value], node: Node
    ) -> str:
        """The symbol that a condition lets run, '' if all have values."""
        if condition.kind == "sym":
            return self.spelled(condition)
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
            return self.spelled(condition.parts[0])
        free = [
            s for s in symbols
            if not self.at.name_of(s) or f"all_{s.text}" in self.at.names
        ]  # fmt: skip
        inner = [s for s in free if self.spelled(s) not in names]
        return self.spelled(inner[0]) if inner else ""

    @staticmethod
    def spelled(symbol: Node) -> str:
        return symbol.text + "".join(word(p) for p in symbol.parts)

    @staticmethod
    def is_range(condition: Node, name: str) -> bool:
        return condition.text == "=" and condition.parts[0].text == name

    def domain(
        self, condition: Node, name: str, upto: Node | None, body: Node,
        node: Node,
    ) -> Iterable[Value]:  # fmt: skip
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
            length = self.length(body, name, low is None, node)
            low = 1 if low is None else low
            high = length if high is None else high
        return range(low, high + 1)

    def members(self, node: Node) -> Iterable[Value]:
        if node.kind == "set":
            return [self.at.value(p) for p in node.parts]
        raise FormulaError(
            "this set has no list of members", "give a finite set",
            node.start, node.end,
        )  # fmt: skip

    def bounds(
        self, condition: Node, name: str
    ) -> tuple[int | None, int | None]:
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
        self,
        body: Node,
        name: str,
        from_one: bool,
        node: Node,  # noqa: FBT001
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
        if len(parts) == 1 and parts[0].kind in {"product", "list"}:
            return parts[0].parts
        return parts

    def axis(self, symbol: Node, axis: int) -> int:
        if symbol.kind == "index":
            with_index = symbol.parts[0]
            try:
                base = self.at.value(with_index)
            except FormulaError:
                return 0
        else:
            base = self.at.names.get(symbol.text)
            if callable(base):
                from press.formulas.evaluate import is_sequence  # noqa: PLC0415

                if is_sequence(base):
                    return 0
                base = self.at.called(base, symbol)
        if isinstance(base, list | tuple):
            return len(base)
        shape = np.shape(plain(base)) if base is not None else ()
        return int(shape[axis]) if axis < len(shape) else 0

    # a limit

    def limit(self, body: Node, condition: Node, node: Node) -> Value:
        """The value as a symbol tends to a number, by extrapolation.

        A vector goes there from where it is drawn.
        """
        if condition.kind != "relation" or condition.text != "to":
            raise FormulaError(
                "a limit to what?", r"write \lim_{t \to 0}",
                node.start, node.end,
            )  # fmt: skip
        name = self.spelled(condition.parts[0])
        goal = self.at.value(condition.parts[1])
        drawn: Any = self.at.names.get(name, 0)
        way = drawn - goal if np.ndim(drawn) else 1

        def near(h: float) -> Value:
            t = 1 / h if goal == math.inf else goal + h * way
            with self.at.given(**{name: t}):
                return np.asarray(plain(self.at.value(body)), dtype=float)

        self.at.differenced = max(self.at.differenced, 1)
        return extrapolated(near)

    # rows of terms and factors with dots

    def dotted(self, node: Node) -> Value:
        """``w_1 a_1 + w_2 a_2 + … + w_n a_n``."""
        at = next(i for i, p in enumerate(node.parts) if p.kind == "dots")
        before, last = node.parts[:at], node.parts[at + 1 :]
        if not before or len(last) != 1 or len(set(node.text)) != 1:
            raise FormulaError(
                "a row of terms that is not read",
                "write first terms, dots and one last term, or a sum",
                node.start,
                node.end,
            )
        terms = self.generic(before, last[0], node)
        total: Value = None
        for names, body in terms:
            with self.at.given(**names):
                found = self.at.value(body)
            total = found if total is None else values.add(total, found)
        return values.negative(total) if node.text[0] == "-" else total

    def table(self, node: Node) -> list[list[Value]]:
        """The rows of a matrix; dots stand in one column or one row."""
        column = [r.parts[0] for r in node.parts]
        if len(column) > 1 and any(
            c.kind == "dots" for r in node.parts for c in r.parts
        ):
            if any(len(r.parts) > 1 for r in node.parts):
                raise FormulaError(
                    "dots in a table of rows and columns are not read",
                    "write an entry, as in A_{ij} = …",
                    node.start,
                    node.end,
                )
            return [[v] for v in self.listed(tuple(column), node)]
        return [self.listed(r.parts, r) for r in node.parts]

    def listed(self, parts: tuple[Node, ...], node: Node) -> list[Value]:
        r"""The entries of ``x_1 & \cdots & x_n``, or as they stand."""
        if not any(p.kind == "dots" for p in parts):
            return [self.at.value(p) for p in parts]
        *before, dots, last = parts if len(parts) > 2 else (node,) * 3
        if not before or dots.kind != "dots":
            raise FormulaError(
                "a row of entries that is not read",
                "write first entries, dots and one last entry",
                node.start,
                node.end,
            )
        found = []
        for names, body in self.generic(tuple(before), last, node):
            with self.at.given(**names):
                found.append(self.at.value(body))
        return found

    def run(self, node: Node) -> Value:
        r"""``w_1 \cdots w_n``."""
        first, last = node.parts
        total: Value = 1
        for names, body in self.generic((first,), last, node):
            with self.at.given(**names):
                total = values.product(total, self.at.value(body))
        return total

    def generic(
        self, before: tuple[Node, ...], last: Node, node: Node
    ) -> list[tuple[dict[str, Value], Node]]:
        pairs = differing(before[0], last)
        if not pairs or any(
            not (a.same(pairs[0][0]) and b.same(pairs[0][1])) for a, b in pairs
        ):
            raise FormulaError(
                "first and last differ in more than one index",
                "write a sum or a product",
                node.start,
                node.end,
            )
        start = int(self.at.value(pairs[0][0]))
        stop = int(self.at.value(pairs[0][1]))
        index = Node("sym", last.start, last.end, text="index__")
        body = last.replaced(pairs[0][1], index)
        for step, term in enumerate(before):
            wanted = body.replaced(
                index, Node("num", 0, 0, text=str(start + step))
            )
            if not wanted.same(term):
                raise FormulaError(
                    "this term does not go on to the last",
                    "compare its indices with those of the last",
                    term.start,
                    term.end,
                )
        return [({"index__": i}, body) for i in range(start, stop + 1)]

    # means and integrals

    def mean(self, node: Node) -> Value:
        """The mean over the samples, or the variance."""
        body, *over = node.parts
        names = self.sampled(body, over, node)
        count = len(self.at.names[names[0]])
        found = []
        for i in range(count):
            one = {name: self.at.names[name][i] for name in names}
            with self.at.given(**one):
                found.append(np.asarray(plain(self.at.value(body))))
        mean = np.mean(found, axis=0)
        if node.text == "E":
            return mean[()]
        return np.mean(np.abs(np.asarray(found) - mean) ** 2, axis=0)[()]

    def sampled(self, body: Node, over: list[Node], node: Node) -> list[str]:
        if over:
            symbols = [n for n in over[0].walk() if n.kind == "sym"]
            names = [self.at.name_of(s) for s in symbols]
            names = [n for n in names if n in self.at.samples]
        else:
            names = list(self.at.samples)
        if not names:
            raise FormulaError(
                rf"\{node.text} over what?",
                "name the samples of the check with over:",
                node.start,
                body.start,
            )
        return names

    def integral(self, node: Node) -> Value:
        """An integral, by Gauss–Legendre on pieces."""
        body, low, high, variable = node.parts
        a, b = float(self.at.value(low)), float(self.at.value(high))
        name = self.spelled(variable)

        def f(t: float) -> float:
            with self.at.given(**{name: t}):
                return float(self.at.value(body))

        return integrated(f, a, b)


def differing(a: Node, b: Node) -> list[tuple[Node, Node]]:
    """The places where two trees of one form differ."""
    if a.same(b):
        return []
    if (
        a.kind == b.kind
        and a.text == b.text
        and (len(a.parts) == len(b.parts) and a.parts)
    ):
        return [
            pair
            for x, y in zip(a.parts, b.parts, strict=True)
            for pair in differing(x, y)
        ]
    return [(a, b)]


def extrapolated(near: Any, start: float = 1e-2, levels: int = 5) -> Any:
    """The value at h = 0 from h, h/4, … on both sides, by Richardson."""
    rows: list[Any] = []
    for level in range(levels):
        h = start / 4**level
        row = [near(h)]
        for k, above in enumerate(rows, 1):
            row.append(row[-1] + (row[-1] - above) / (4**k - 1))
        rows = row
    return rows[-1][()]


def integrated(f: Any, a: float, b: float, pieces: int = 4) -> float:
    """The integral of f from a to b; an infinite end is brought near."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    if math.isinf(a) or math.isinf(b):
        low = -1.0 if math.isinf(a) else a / math.hypot(1, a)
        high = 1.0 if math.isinf(b) else b / math.hypot(1, b)

        def g(s: float) -> float:  # t = s / √(1 − s²)
            return float(f(s / math.sqrt(1 - s * s)) / (1 - s * s) ** 1.5)

        return integrated(g, low, high, pieces)
    edges = np.linspace(a, b, pieces + 1)
    total = 0.0
    for low, high in itertools.pairwise(edges):
        middle, half = (low + high) / 2, (high - low) / 2
        total += half * sum(
            w * f(middle + half * s)
            for s, w in zip(nodes, weights, strict=True)
        )
    return total
