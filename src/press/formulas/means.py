"""Limits, means over samples, integrals."""

import itertools
import math
from typing import Any

import numpy as np

from press.formulas.names import Names
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import Value, plain

NODES = 64


def limit(at: Names, body: Node, condition: Node, node: Node) -> Value:
    """The value as a symbol tends to a number, by extrapolation.

    A vector goes there from where it is drawn.
    """
    if condition.kind != "relation" or condition.text != "to":
        raise FormulaError(
            "a limit to what?", r"write \lim_{t \to 0}",
            node.start, node.end,
        )  # fmt: skip
    name = condition.parts[0].plainly
    goal = at.value(condition.parts[1])
    drawn: Any = at.names.get(name, 0)
    way = drawn - goal if np.ndim(drawn) else 1

    def near(h: float) -> Value:
        t = 1 / h if goal == math.inf else goal + h * way
        with at.given(**{name: t}):
            found = np.asarray(plain(at.value(body)), dtype=float)
        largest.append(float(np.max(np.abs(found), initial=0.0)))
        return found

    before = at.size
    largest = [before]
    at.differenced = max(at.differenced, 1)
    found = extrapolated(near)
    at.size = max(largest)  # not how far the symbol went
    return found


def mean(at: Names, node: Node) -> Value:
    """The mean over the samples, or the variance."""
    body, *over = node.parts
    names = _sampled(at, body, over, node)
    count = len(at.names[names[0]])
    found = []
    for i in range(count):
        one = {name: at.names[name][i] for name in names}
        with at.given(**one):
            found.append(np.asarray(plain(at.value(body))))
    mean = np.mean(found, axis=0)
    if node.text == "E":
        return mean[()]
    return np.mean(np.abs(np.asarray(found) - mean) ** 2, axis=0)[()]


def _sampled(at: Names, body: Node, over: list[Node], node: Node) -> list[str]:
    if over:
        symbols = [n for n in over[0].walk() if n.kind == "sym"]
        names = [at.name_of(s) for s in symbols]
        names = [n for n in names if n in at.samples]
    else:
        names = list(at.samples)
    if not names:
        raise FormulaError(
            rf"\{node.text} over what?",
            "name the samples of the check with over:",
            node.start,
            body.start,
        )
    return names


def integral(at: Names, node: Node) -> Value:
    """An integral, by Gauss–Legendre on pieces."""
    body, low, high, variable = node.parts
    a, b = float(at.value(low)), float(at.value(high))
    name = variable.plainly

    def f(t: float) -> float:
        with at.given(**{name: t}):
            return float(at.value(body))

    return integrated(f, a, b)


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


def _near(t: float) -> float:
    """The s of an end, t = s / √(1 − s²)."""
    return math.copysign(1, t) if math.isinf(t) else t / math.hypot(1, t)


def integrated(f: Any, a: float, b: float, pieces: int = 4) -> float:
    """The integral of f from a to b; an infinite end is brought near."""
    if a == b:
        return 0.0
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    if math.isinf(a) or math.isinf(b):
        low, high = (
            math.copysign(1, end)
            if math.isinf(end)
            else end / math.hypot(1, end)
            for end in (a, b)
        )

        def g(s: float) -> float:
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
