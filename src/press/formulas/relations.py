"""Whether a relation holds, and how nearly.

Both sides are compared relative to the largest value that was met on the
way, so that rounding does not decide and no absolute constant does. A
derivative by differences allows more.
"""

from dataclasses import dataclass

import numpy as np

from press.formulas.evaluate import Evaluator
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import Identity, Row, Value, kind, plain, shape

RTOL = {0: 1e-9, 1: 1e-7, 2: 1e-5}
"""By the order of the derivative that was taken by differences."""
EXACTLY = 1e-12
"""How nearly a condition is met, relative to the values on the way."""
ABOUT = 0.1
ORDER = 0.25
OPPOSITE = {
    "=": "ne", "ne": "=", "le": ">", "<": "ge", "ge": "<", ">": "le",
}  # fmt: skip
SIDES = {"le": 1, "<": 1, "ll": 1, "ge": -1, ">": -1, "gg": -1}


@dataclass(frozen=True)
class Outcome:
    """How a relation went at one draw.

    Attributes:
        holds: whether it is true.
        said: both sides, for a message.
        node: the part that decided.
        slacks: of each inequality in it, how far from equality it is,
            relative to its sides; 0 where it is attained.
    """

    holds: bool
    said: str
    node: Node
    slacks: tuple[float, ...] = ()


def outcome(
    at: Evaluator, node: Node, rtol: float | None = None, atol: float = 0.0
) -> Outcome:
    """Evaluate a statement."""
    if node.kind == "implies":
        return _implied(at, node, rtol, atol)
    if node.kind != "relation":
        raise FormulaError(
            "this says nothing that could be wrong",
            "write a relation",
            node.start,
            node.end,
        )
    slacks: tuple[float, ...] = ()
    steps = node.text.split()
    for left, how, right in zip(
        node.parts, steps, node.parts[1:], strict=False
    ):
        at.size, at.differenced = 0.0, 0
        one = _one(at, (left, how, right), rtol, atol)
        if not one.holds:
            return one
        slacks += one.slacks
    return Outcome(holds=True, said="", node=node, slacks=slacks)


def truth(at: Evaluator, node: Node) -> np.ndarray:
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
            total = total & _member(at, at.value(left), right)
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


def _implied(
    at: Evaluator, node: Node, rtol: float | None, atol: float
) -> Outcome:
    left, right = (outcome(at, p, rtol, atol) for p in node.parts)
    if node.text == "Rightarrow":
        holds = right.holds or not left.holds
    else:
        holds = left.holds == right.holds
    said = f"left is {left.holds}, right is {right.holds}"
    return Outcome(holds, said, node)


def _one(
    at: Evaluator, step: tuple[Node, str, Node], rtol: float | None,
    atol: float,
) -> Outcome:  # fmt: skip
    left, how, right = step
    span = Node("relation", left.start, right.end, (left, right), how)
    if how == "to":
        raise FormulaError(
            "a limit as a relation is not read", r"write \lim",
            span.start, span.end,
        )  # fmt: skip
    if how == "in":
        found = bool(np.all(_member(at, at.value(left), right)))
        return Outcome(found, "not a member", span)
    if right.kind == "sum" and right.parts[-1].kind == "order":
        if how != "=":
            raise FormulaError(
                "an order belongs to an equation", "write =",
                span.start, span.end,
            )  # fmt: skip
        return _order(at, left, right, span)
    a, b = at.value(left), at.value(right)
    if how in {"succeq", "succ", "preceq", "prec"}:
        return _definite(a, b, how, span)
    a, b = _matched(a, b, how, span)
    tol = (RTOL[min(at.differenced, 2)] if rtol is None else rtol) * (
        at.size if rtol is None else max(_size(a), _size(b))
    ) + atol
    return _compared(a, b, how, tol, span)


def _size(a: np.ndarray) -> float:
    return float(np.max(np.abs(a), initial=0.0))


def _matched(
    a: Value, b: Value, how: str, node: Node
) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(b, Identity) and np.ndim(plain(a)) == 2:
        b = b.scale * np.eye(len(a))
    if isinstance(a, Identity) and np.ndim(plain(b)) == 2:
        a = a.scale * np.eye(len(b))
    numbers = [not isinstance(v, Row) and np.ndim(v) == 0 for v in (a, b)]
    if (
        kind(a) != kind(b)
        and not (numbers[1] and (how != "=" or not np.any(b)))
        and not (numbers[0] and how != "=")
    ):
        raise FormulaError(
            f"{shape(a)} on the left, {shape(b)} on the right",
            "transpose one side, or look at the shapes of the draw",
            node.start,
            node.end,
        )
    return np.asarray(plain(a)), np.asarray(plain(b))


def _compared(
    a: np.ndarray, b: np.ndarray, how: str, tol: float, node: Node
) -> Outcome:
    said = f"{_short(a)} on the left, {_short(b)} on the right"
    if np.any(np.isinf(a) & np.isinf(b)):
        same = np.where(a == b, 0.0, a - b)
    else:
        same = a - b
    if how in {"=", "equiv"}:
        return Outcome(bool(np.all(np.abs(same) <= tol)), said, node)
    if how == "ne":
        return Outcome(bool(np.any(np.abs(same) > tol)), said, node)
    if how == "approx":
        scale = max(_size(a), _size(b))
        near = bool(np.all(np.abs(same) <= max(ABOUT * scale, tol)))
        return Outcome(near, said, node)
    if how not in SIDES:
        raise FormulaError(
            f"a relation that is not read: {how}", "use = < > ≤ ≥ ≠ ≈",
            node.start, node.end,
        )  # fmt: skip
    gap = (b - a) * SIDES[how]
    holds = bool(np.all(gap >= -tol))
    scale = max(_size(a), _size(b))
    slack = float(np.min(gap)) / scale if scale else 0.0
    return Outcome(holds, said, node, (max(slack, 0.0),))


def _definite(a: Value, b: Value, how: str, node: Node) -> Outcome:
    left = np.asarray(a)
    right = b * np.ones(()) if np.ndim(b) == 0 else np.asarray(b)
    gap = left - right if right.ndim else left - right * np.eye(len(left))
    if how.startswith("prec"):
        gap = -gap
    lam = np.linalg.eigvalsh((gap + gap.T) / 2)
    tol = 1e-10 * max(float(np.max(np.abs(lam))), _size(left))
    lowest = float(lam[0])
    holds = lowest > tol if how in {"succ", "prec"} else lowest >= -tol
    return Outcome(holds, f"the lowest eigenvalue is {lowest:.3g}", node)


def _member(at: Evaluator, value: Value, node: Node) -> np.ndarray:
    if node.kind == "interval":
        low, high = (at.value(p) for p in node.parts)
        array = np.asarray(plain(value))
        left = array >= low if node.text[0] == "[" else array > low
        right = array <= high if node.text[1] == "]" else array < high
        return np.asarray(left & right)
    if node.kind == "set":
        found = [_near(value, at.value(p)) for p in node.parts]
        return np.asarray(any(found))
    sizes = [int(at.value(p)) for p in node.parts]
    wanted = tuple(sizes) if node.parts else ()
    return np.asarray(np.shape(value) == wanted)


def _near(a: Value, b: Value) -> bool:
    return np.shape(plain(a)) == np.shape(plain(b)) and bool(
        np.allclose(plain(a), plain(b), rtol=1e-9, atol=0.0)
    )


def _order(at: Evaluator, left: Node, right: Node, node: Node) -> Outcome:
    """Measure how fast the difference falls with the step."""
    order = right.parts[-1].parts[0]
    symbols = [n for n in order.walk() if n.kind == "sym"]
    names = [at.name_of(s) for s in symbols]
    if len(names) != 1 or not names[0]:
        raise FormulaError(
            "an order in what?", "give the step h in the check",
            order.start, order.end,
        )  # fmt: skip
    rest = Node(
        "sum", right.start, right.end, right.parts[:-1], right.text[:-1]
    )
    start = float(at.value_of(names[0], order))
    steps, errors, powers = [], [], []
    for halvings in range(4):
        h = start / 2**halvings
        with at.given(**{names[0]: h}):
            gap = np.asarray(plain(at.value(left))) - np.asarray(
                plain(at.value(rest))
            )
            powers.append(abs(float(at.value(order))))
        steps.append(h)
        errors.append(float(np.max(np.abs(gap))))
    if not all(errors):
        raise FormulaError(
            "no error is left to measure", "take a larger step",
            node.start, node.end,
        )  # fmt: skip
    measured = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    claimed = np.polyfit(np.log(steps), np.log(powers), 1)[0]
    said = f"the error falls as h^{measured:.2f}, not as h^{claimed:.2f}"
    return Outcome(abs(measured - claimed) <= ORDER, said, node)


def _short(a: np.ndarray) -> str:
    with np.printoptions(precision=4, threshold=6, edgeitems=2):
        return " ".join(str(a).split())
