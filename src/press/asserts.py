"""Whether a check can fail: which of its asserts were met, and what by.

Each comparison of an assert is also made with one side changed: another
sign, twice as much, a thousand times as much. An assert that holds for
all of these holds whatever its formula says. What is no comparison of
numbers is not judged.
"""

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

import numpy as np

from press.problems import Problem

NAME = "__press__"
ORDERS: dict[type[ast.cmpop], str] = {
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Eq: "eq",
    ast.NotEq: "ne",
}
CLOSE = {
    "isclose", "allclose", "array_equal", "assert_allclose",
    "assert_array_equal", "assert_array_almost_equal", "expect_close",
}  # fmt: skip
RAISES = ("assert_", "expect_")


@dataclass
class Trace:
    """What the asserts of one check met.

    Attributes:
        place: the file they are written in.
        lines: the lines of those that have to be met.
        judged: the lines of those whose comparisons are all understood.
    """

    place: Path
    lines: set[int] = field(default_factory=set)
    judged: set[int] = field(default_factory=set)
    met: set[int] = field(default_factory=set)
    alive: set[int] = field(default_factory=set)

    def compiled(self, text: str, file: str) -> CodeType:
        """The program, with this trace called where an assert stands."""
        tree = _Instrument(self).visit(ast.parse(text))
        fixed = ast.fix_missing_locations(tree)
        return compile(fixed, file, "exec", dont_inherit=True)

    def meet(self, line: int) -> None:
        """An assert is reached."""
        self.met.add(line)

    def compare(
        self, line: int, names: str, typed: str, *values: object
    ) -> object:
        """A chain of comparisons, as Python makes it."""
        result: object = True
        pairs = zip(names.split(), values, values[1:], strict=False)
        for number, (name, a, b) in enumerate(pairs):
            test = getattr(operator, name)
            result = test(a, b)
            if line not in self.alive:
                sides = (typed[number] == "1", typed[number + 1] == "1")
                if name in {"eq", "ne"} or _flips(test, a, b, sides, result):
                    self._live(line, result)
            if number + 2 < len(values) and not result:
                break
        return result

    def close(
        self,
        line: int,
        test: Callable[..., object],
        *args: object,
        **options: object,
    ) -> object:
        """A call that says whether its first two arguments agree."""
        result = test(*args, **options)
        if line not in self.alive:

            def again(a: object, b: object) -> object:
                return test(a, b, *args[2:], **options)

            if _parts_ways(again, args[0], args[1], result):
                self._live(line, result)
        return result

    def problems(self) -> Iterator[Problem]:
        """The asserts that no value could have refused."""
        for line in sorted(self.lines):
            if line not in self.met:
                yield Problem(
                    self.place,
                    line,
                    "an assert that is never reached",
                    "let the check reach it, or delete it",
                )
            elif line in self.judged and line not in self.alive:
                yield Problem(
                    self.place,
                    line,
                    "an assert that holds for wrong values too",
                    "compare more closely, and more than nothing",
                )

    def _live(self, line: int, result: object) -> None:
        if np.size(result):  # type: ignore[arg-type]
            self.alive.add(line)


def _flips(
    test: Callable[[object, object], object],
    a: object,
    b: object,
    typed: tuple[bool, bool],
    result: object,
) -> bool:
    """Whether an inequality refuses a side that is changed much."""

    def much(v: np.ndarray) -> list[np.ndarray]:
        far = 1e3 * (np.abs(v) + 1)
        return [-v, far, -far]

    left, right = _numbers(a), _numbers(b)
    if left is None or right is None:
        return True  # not judged
    tried = [] if typed[0] else [(p, right) for p in much(left)]
    tried += [] if typed[1] else [(left, p) for p in much(right)]
    return any(_differs(lambda: test(*pair), result) for pair in tried)  # noqa: B023


def _parts_ways(
    again: Callable[[object, object], object],
    a: object,
    b: object,
    result: object,
) -> bool:
    """Whether numbers that are twice as large, or negative, disagree."""
    left = _numbers(a)
    if left is None or _numbers(b) is None:
        return True
    one = np.maximum(np.abs(left), 1)
    tried = [2 * left, -left, left + one, left - one]
    return any(_differs(lambda: again(p, b), result) for p in tried)  # noqa: B023


def _differs(test: Callable[[], object], result: object) -> bool:
    try:
        with np.errstate(all="ignore"):
            now = test()
        return not np.array_equal(np.asarray(now), np.asarray(result))
    except Exception:  # noqa: BLE001  (a refusal, of whatever kind)
        return True


def _numbers(value: object) -> np.ndarray | None:
    """`value` as floats, if it is made of numbers."""
    try:
        found = np.asarray(value)
    except (TypeError, ValueError):
        return None
    if found.dtype.kind == "c":
        return found
    return found.astype(float) if found.dtype.kind in "iuf" else None


class _Instrument(ast.NodeTransformer):
    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        line = node.lineno
        if not _is_false(node.test):
            self.trace.lines.add(line)
        sites = _Sites(line)
        if understood(node.test):
            self.trace.judged.add(line)
            node.test = sites.visit(node.test)
        return [_call_at(node, "meet", line), node]

    def visit_Expr(self, node: ast.Expr) -> list[ast.stmt]:
        call = node.value
        if not isinstance(call, ast.Call):
            return [node]
        name = called(call)
        if not name.startswith(RAISES):
            return [node]
        line = node.lineno
        self.trace.lines.add(line)
        if understood(call):
            self.trace.judged.add(line)
            node.value = _Sites(line).visit(call)
        return [_call_at(node, "meet", line), node]


class _Sites(ast.NodeTransformer):
    """Puts the comparisons of an understood test through the trace."""

    def __init__(self, line: int) -> None:
        self.line = line

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        sides = [node.left, *node.comparators]
        names = " ".join(ORDERS[type(op)] for op in node.ops)
        typed = "".join("01"[is_typed(side)] for side in sides)
        head = [ast.Constant(v) for v in (self.line, names, typed)]
        call = ast.Call(_method("compare"), [*head, *sides], [])
        return ast.copy_location(call, node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if called(node) not in CLOSE:
            return self.generic_visit(node)  # type: ignore[return-value]
        args = [ast.Constant(self.line), node.func, *node.args]
        call = ast.Call(_method("close"), args, node.keywords)
        return ast.copy_location(call, node)


def understood(test: ast.expr) -> bool:
    """Whether a test is made of comparisons that the trace can judge."""
    if isinstance(test, ast.Compare):
        return all(type(op) in ORDERS for op in test.ops)
    if isinstance(test, ast.BoolOp):
        both = isinstance(test.op, ast.And)
        return both and all(map(understood, test.values))
    if isinstance(test, ast.GeneratorExp | ast.ListComp):
        return understood(test.elt)
    return isinstance(test, ast.Call) and _understood_call(test)


def _understood_call(test: ast.Call) -> bool:
    plain = not any(isinstance(a, ast.Starred) for a in test.args)
    if called(test) in CLOSE:
        return plain and len(test.args) >= 2
    if called(test) != "all" or not plain:
        return False
    if test.args:
        return len(test.args) == 1 and understood(test.args[0])
    method = isinstance(test.func, ast.Attribute)
    return method and understood(test.func.value)  # type: ignore[attr-defined]


def is_typed(node: ast.expr) -> bool:
    """Whether an expression is a number that the author typed."""
    return not any(
        isinstance(n, ast.Name | ast.Call | ast.Attribute)
        for n in ast.walk(node)
    )


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    return ast.unparse(node.func).rpartition(".")[2]


def _is_false(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and not test.value


def _method(name: str) -> ast.expr:
    return ast.Attribute(ast.Name(NAME, ast.Load()), name, ast.Load())


def _call_at(node: ast.stmt, name: str, line: int) -> ast.stmt:
    call = ast.Call(_method(name), [ast.Constant(line)], [])
    return ast.copy_location(ast.Expr(call), node)
