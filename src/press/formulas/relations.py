"""Whether a relation holds, and how nearly.

Both sides are compared relative to the largest value that was met on the
way, so that rounding does not decide and no absolute constant does. A
derivative by differences allows more. What fails by less than `CLEAR`
tolerances is not clear: on another processor it could hold.
"""

from dataclasses import dataclass, replace

import numpy as np

from press.formulas.conditions import member
from press.formulas.evaluate import Evaluator
from press.formulas.tokens import FormulaError
from press.formulas.tree import Node
from press.formulas.values import Identity, Row, Value, kind, plain, shape

RTOL = {0: 1e-9, 1: 1e-7, 2: 1e-5}
"""By the order of the derivative that was taken by differences."""
CLEAR = 10
ABOUT = 0.1
ORDER = 0.25
SIDES = {"le": 1, "<": 1, "ll": 1, "ge": -1, ">": -1, "gg": -1}
DEFINITE = {"succeq", "succ", "preceq", "prec"}


@dataclass(frozen=True)
class Outcome:
    """How a relation went at one draw.

    Attributes:
        holds: whether it is true.
        said: both sides, for a message.
        node: the part that decided.
        slacks: of each inequality in it, how far from equality it is,
            relative to its sides; 0 where it is attained.
        clear: whether it fails by more than rounding could do.
        size: the largest value met on the way.
        premise: whether the left of ⇒ holds, if there is one.
        kind: whether a claim or a condition failed.
    """

    holds: bool
    said: str
    node: Node
    slacks: tuple[float, ...] = ()
    clear: bool = True
    size: float = 0.0
    premise: bool | None = None
    kind: str = "claim"

    def of(self, kind: str) -> "Outcome":
        """The outcome of a claim or of a condition."""
        return replace(self, kind=kind)


@dataclass(frozen=True)
class _Tolerance:
    """How much two sides may differ, and how much surely is an error."""

    may: float
    surely: float


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
    if not at.lower and any(
        "±" in n.text or "∓" in n.text for n in node.walk() if n.kind == "sum"
    ):
        return _with_either_sign(at, node, rtol, atol)
    return _chain(at, node, rtol, atol)


def _with_either_sign(
    at: Evaluator, node: Node, rtol: float | None, atol: float
) -> Outcome:
    """A relation with ± holds if it does with all upper or lower signs."""
    upper = _chain(at, node, rtol, atol)
    if upper.holds:
        return upper
    at.lower = True
    lower = _chain(at, node, rtol, atol)
    at.lower = False
    clear = upper.clear and lower.clear
    return lower if lower.holds else replace(upper, clear=clear)


def _chain(
    at: Evaluator, node: Node, rtol: float | None, atol: float
) -> Outcome:
    slacks: tuple[float, ...] = ()
    size = 0.0
    steps = node.text.split()
    for left, how, right in zip(
        node.parts, steps, node.parts[1:], strict=False
    ):
        at.size, at.differenced = 0.0, 0
        one = _one(at, (left, how, right), rtol, atol)
        if not one.holds:
            return one
        slacks += one.slacks
        size = max(size, at.size)
    return Outcome(holds=True, said="", node=node, slacks=slacks, size=size)


def _implied(
    at: Evaluator, node: Node, rtol: float | None, atol: float
) -> Outcome:
    left = outcome(at, node.parts[0], rtol, atol)
    right = outcome(at, node.parts[1], rtol, atol)
    if node.text == "Rightarrow":
        holds = right.holds or not left.holds
        clear = right.clear
    else:
        holds = left.holds == right.holds
        clear = (right if left.holds else left).clear
    said = f"left is {left.holds}, right is {right.holds}"
    size = max(left.size, right.size)
    return Outcome(
        holds, said, node, clear=clear, size=size, premise=left.holds
    )


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
        found = bool(np.all(member(at, at.value(left), right)))
        return Outcome(found, "not a member", span)
    if right.kind == "sum" and right.parts[-1].kind == "order":
        if how != "=":
            raise FormulaError(
                "an order belongs to an equation", "write =",
                span.start, span.end,
            )  # fmt: skip
        return _order(at, left, right, span)
    a, b = at.value(left), at.value(right)
    if how in DEFINITE:
        return _definite(at, (a, b), how, span)
    sides = _matched(a, b, how, span)
    tol = _tolerance(at, max(map(_size, sides)), rtol, atol)
    return _compared(sides, how, tol, span)


def _tolerance(
    at: Evaluator, sides: float, rtol: float | None, atol: float
) -> _Tolerance:
    """The tolerance, from the settings or from the values on the way."""
    rounding = RTOL[min(at.differenced, 2)] * min(at.size, at.most)
    may = (rounding if rtol is None else rtol * sides) + atol
    return _Tolerance(may, may + (CLEAR - 1) * min(may, rounding))


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
    sides: tuple[np.ndarray, np.ndarray], how: str, tol: _Tolerance,
    node: Node,
) -> Outcome:  # fmt: skip
    a, b = sides
    said = f"{_short(a)} on the left, {_short(b)} on the right"
    same = np.where(a == b, 0.0, a - b)  # also where both are infinite
    far = _size(same)
    if how in {"=", "equiv"}:
        return Outcome(far <= tol.may, said, node, clear=far > tol.surely)
    if how == "ne":
        clear = far <= tol.may / CLEAR
        return Outcome(far > tol.may, said, node, clear=clear)
    scale = max(_size(a), _size(b))
    if how == "approx":
        return Outcome(far <= max(ABOUT * scale, tol.may), said, node)
    if how not in SIDES:
        raise FormulaError(
            f"a relation that is not read: {how}", "use = < > ≤ ≥ ≠ ≈",
            node.start, node.end,
        )  # fmt: skip
    if np.iscomplexobj(same):
        raise FormulaError(
            "complex numbers are not in order", "compare absolute values",
            node.start, node.end,
        )  # fmt: skip
    gap = float(np.min(-same * SIDES[how]))
    slack = max(gap / scale, 0.0) if 0 < scale < np.inf else max(gap, 0.0)
    clear = gap < -tol.surely
    holds = gap > tol.may if how in {"<", ">"} else gap >= -tol.may
    return Outcome(holds, said, node, (slack,), clear)


def _definite(
    at: Evaluator, sides: tuple[Value, Value], how: str, node: Node
) -> Outcome:
    """Whether a difference has no negative eigenvalue."""
    left, right = (_square(v, sides, node) for v in sides)
    gap = right - left if how.startswith("prec") else left - right
    skew = _size(gap - gap.T)
    tol = _tolerance(at, 0.0, None, 0.0)
    if skew > tol.may:
        raise FormulaError(
            "a matrix that is not symmetric, in an order",
            "draw symmetric matrices", node.start, node.end,
        )  # fmt: skip
    lowest = float(np.linalg.eigvalsh((gap + gap.T) / 2)[0])
    said = f"the lowest eigenvalue is {lowest:.3g}"
    if how in {"succ", "prec"}:
        clear = lowest < tol.may / CLEAR
        return Outcome(lowest > tol.may, said, node, clear=clear)
    clear = lowest < -tol.surely
    return Outcome(lowest >= -tol.may, said, node, clear=clear)


def _square(
    value: Value, sides: tuple[Value, Value], node: Node
) -> np.ndarray:
    """A side of an order between matrices; 0 and I take its size."""
    sizes = [len(v) for v in sides if np.ndim(plain(v)) == 2]
    if isinstance(value, Identity):
        value = value.scale * np.eye(sizes[0] if sizes else 1)
    elif np.ndim(plain(value)) == 0 and not np.any(value) and sizes:
        value = np.zeros((sizes[0], sizes[0]))
    found = np.asarray(plain(value))
    if found.ndim != 2 or found.shape != (sizes[0], sizes[0]):
        raise FormulaError(
            f"{shape(value)} in an order between matrices",
            "compare square matrices of one size, or one with 0",
            node.start, node.end,
        )  # fmt: skip
    return found


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
    off = abs(measured - claimed)
    return Outcome(off <= ORDER, said, node, clear=off > 1.2 * ORDER)


def _short(a: np.ndarray) -> str:
    with np.printoptions(precision=4, threshold=6, edgeitems=2):
        return " ".join(str(a).split())
