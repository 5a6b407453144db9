"""The values of sums, products, powers, norms, matrices and cases."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from press.formulas import dots, values
from press.formulas.conditions import truth
from press.formulas.names import Names, UnknownError
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node, word
from press.formulas.values import (
    Identity,
    Row,
    ShapeError,
    Value,
    plain,
)

ROUNDING = 1e-13
"""What rounding may do, relative to the largest value on the way."""
RANK = 1e-9
"""The largest singular value, relative to the largest entry, that is 0."""
ELEMENTARY: dict[str, Callable[[Any], Any]] = {
    name: getattr(np, name)
    for name in (
        *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh"),
        *("cosh", "tanh", "exp", "log", "sign", "floor", "ceil"),
    )
}
MATRIX: dict[str, Callable[[Any], Any]] = {
    "tr": np.trace,
    "det": np.linalg.det,
    "diag": np.diag,
    "adj": lambda a: np.linalg.det(a) * np.linalg.inv(a),
}
TIMES = {
    "cdot": values.dot,
    "times": values.cross,
    "odot": values.entrywise,
    "otimes": values.kronecker,
    "/": values.quotient,
    "*": values.product,
}


class Arithmetic(Names):
    """The values of what needs no derivative."""

    def _num(self, node: Node) -> Value:
        if node.text == "inf":
            return math.inf
        return float(node.text) if "." in node.text else int(node.text)

    def _braces(self, node: Node) -> Value:
        return self.inner(node.parts[0])

    def inner(self, node: Node) -> Value:
        """What stands in a bracket; it may be a function."""
        found = self.raw(node)
        if callable(found) or node.text.startswith("where__"):
            return found  # a fragment in brackets is exchanged as a whole
        return self.noted(found, node)

    def _group(self, node: Node) -> Value:
        if len(node.parts) > 1:
            raise FormulaError(
                "several values in one bracket",
                "only a function takes several arguments",
                node.start,
                node.end,
            )
        return self.inner(node.parts[0])

    def _hole(self, _: Node) -> Value:
        return self.holes[-1]

    def _sum(self, node: Node) -> Value:
        if any(p.kind == "dots" for p in node.parts):
            return dots.dotted(self, node)
        total: Value = None
        for sign, part in zip(node.text, node.parts, strict=True):
            found = self.value(part)
            lower = {"-": True, "±": self.lower, "∓": not self.lower}
            found = values.negative(found) if lower.get(sign) else found
            total = found if total is None else self.added(total, found)
        return total

    def added(self, a: Value, b: Value) -> Value:
        """The sum of two terms, in any order."""
        if values.is_number(a) and values.is_number(b):
            return a + b
        if isinstance(a, Identity) or np.ndim(plain(a)) < np.ndim(plain(b)):
            a, b = b, a
        return values.add(a, b)

    def _product(self, node: Node) -> Value:
        items: list[Value] = []
        for part in reversed(node.parts):
            found = self.raw(part)
            if callable(found):
                if items and not self.is_called(found):
                    found = self.call(found, _multiplied(items))
                    items = [self.noted(found, part)]
                    continue
                found = self.called(found, part)
            items.insert(0, self.noted(found, part))
        return _multiplied(items)

    def _times(self, node: Node) -> Value:
        left, right = (self.value(p) for p in node.parts)
        return TIMES[node.text](left, right)

    def measured(self, node: Node) -> tuple[Value, float]:
        """A value, and how far rounding may have moved it."""
        before, self.size = self.size, 0.0
        found = self.value(node)
        noise = ROUNDING * self.size
        self.size = max(self.size, before)
        return found, noise

    def _frac(self, node: Node) -> Value:
        top = self.value(node.parts[0])
        bottom, noise = self.measured(node.parts[1])
        if isinstance(bottom, Identity):
            raise ShapeError("a fraction over a matrix")
        if np.size(plain(bottom)) and np.min(np.abs(plain(bottom))) <= noise:
            raise FormulaError(
                "a zero below the line",
                "keep the draw away from it",
                node.parts[1].start,
                node.parts[1].end,
            )
        return values.quotient(top, bottom)

    def _power(self, node: Node) -> Value:
        base, exponent = (self.value(p) for p in node.parts)
        return values.power(base, exponent)

    def _root(self, node: Node) -> Value:
        found, noise = self.measured(node.parts[0])
        if np.any(np.asarray(plain(found)) < -noise):
            raise FormulaError(
                "the root of a negative number",
                "keep the draw where it is positive",
                node.start,
                node.end,
            )
        if isinstance(found, Row):
            return Row(np.sqrt(np.maximum(found.values, 0)))
        return np.sqrt(np.maximum(found, 0))

    def _binomial(self, node: Node) -> Value:
        n, k = (int(self.value(p)) for p in node.parts)
        return math.comb(n, k)

    def _transpose(self, node: Node) -> Value:
        found = self.value(node.parts[0])
        if node.text == "-T":
            return np.linalg.inv(found).T
        return values.transpose(found)

    def _plus(self, node: Node) -> Value:
        base = node.parts[0]
        if base.kind == "sym" and f"{base.text}_plus" in self.names:
            return self.names[f"{base.text}_plus"]
        return np.linalg.pinv(plain(self.value(base)))

    def _star(self, node: Node) -> Value:
        raise UnknownError("what the star is on", node)

    def _index(self, node: Node) -> Value:
        base, *parts = node.parts
        return self.indexed(self.value(base), node, tuple(parts))

    def _norm(self, node: Node) -> Value:
        found = plain(self.value(node.parts[0]))
        index = node.parts[1] if len(node.parts) > 1 else None
        if np.ndim(found) < 2:
            order = 2.0 if index is None else float(self.value(index))
            return _p_norm(np.atleast_1d(found), order)
        if index is not None and word(index) == "F":
            return np.linalg.norm(found)
        if index is not None and np.ndim(found) == 2:
            return np.linalg.norm(found, float(self.value(index)))
        raise FormulaError(
            f"which norm of {values.shape(found)}?",
            r"write \norm{A}_F or \norm{A}_2",
            node.start,
            node.end,
        )

    def _abs(self, node: Node) -> Value:
        found = self.value(node.parts[0])
        return Row(np.abs(found.values)) if isinstance(found, Row) else (
            np.abs(found)
        )  # fmt: skip

    def _inner(self, node: Node) -> Value:
        left, right = (plain(self.value(p)) for p in node.parts)
        return np.sum(values.entrywise(left, right))

    def _truth(self, node: Node) -> Value:
        return truth(self, node.parts[0]) * 1.0

    def _function(self, node: Node) -> Value:
        argument, noise = self.measured(node.parts[0])
        name = node.text
        if name == "!":
            found: Value = _factorial(argument, node)
        elif name in self.names:
            found = self.call(self.names[name], argument)
        elif name == "rank":
            at_most = max(noise, RANK * float(np.max(np.abs(argument))))
            found = np.linalg.matrix_rank(argument, tol=at_most)
        elif name in MATRIX:
            found = MATRIX[name](plain(argument))
        else:
            found = _elementary(name, argument, node)
        if len(node.parts) > 1:
            found = values.power(found, self.value(node.parts[1]))
        return found

    def _extreme(self, node: Node) -> Value:
        found = [np.asarray(self.value(p)) for p in node.parts]
        pick = np.maximum if node.text == "max" else np.minimum
        if len(found) == 1:
            return pick.reduce(found[0], axis=None)
        total = found[0]
        for other in found[1:]:
            total = pick(total, other)
        return total

    def _matrix(self, node: Node) -> Value:
        rows = dots.table(self, node)
        numbers = all(values.is_number(v) for row in rows for v in row)
        if numbers and all(len(row) == 1 for row in rows):
            return np.array([row[0] for row in rows])
        if numbers and len(rows) == 1:
            return Row(np.array(rows[0]))
        if all(len(r) == 1 and np.ndim(plain(r[0])) < 2 for r in rows) and (
            not any(isinstance(r[0], Row) for r in rows)
        ):
            return np.concatenate([np.atleast_1d(r[0]) for r in rows])
        return np.block([[_tile(v) for v in row] for row in rows])

    def _cases(self, node: Node) -> Value:
        for row in node.parts:
            condition = row.parts[-1] if len(row.parts) > 1 else None
            if condition is None or condition.kind == "otherwise":
                return self.value(row.parts[0])
            if bool(np.all(truth(self, condition))):
                return self.value(row.parts[0])
        raise FormulaError(
            "no case applies", "cover all cases", node.start, node.end
        )


def _multiplied(items: list[Value]) -> Value:
    """Factors multiplied from the left, numbers anywhere."""
    scale: Value = 1
    arrays: list[Value] = []
    for item in items:
        if values.is_number(item):
            scale = scale * item
        else:
            arrays.append(item)
    if not arrays:
        return scale
    total = arrays[0]
    for item in arrays[1:]:
        total = values.product(total, item)
    return values.product(scale, total)


def _factorial(argument: Value, node: Node) -> int:
    if argument < 0 or argument != int(argument):
        raise FormulaError(
            f"the factorial of {argument}", "give a whole number",
            node.start, node.end,
        )  # fmt: skip
    return math.factorial(int(argument))


def _p_norm(x: np.ndarray, order: float) -> float:
    return float(np.linalg.norm(x, order))


def _tile(value: Value) -> np.ndarray:
    if isinstance(value, Row):
        return value.values[None, :]
    array = np.asarray(value)
    return array[:, None] if array.ndim == 1 else np.atleast_2d(array)


def _elementary(name: str, argument: Value, node: Node) -> Value:
    array = argument.values if isinstance(argument, Row) else argument
    if name == "log" and np.any(np.asarray(array) <= 0):
        raise FormulaError(
            "the logarithm of a number that is not positive",
            "keep the draw where it is positive",
            node.start,
            node.end,
        )
    if name in {"arcsin", "arccos"}:
        array = np.where(np.abs(array) < 1 + ROUNDING, array, np.nan)
        array = np.clip(array, -1, 1)
    found = ELEMENTARY[name](array)
    return Row(found) if isinstance(argument, Row) else found
