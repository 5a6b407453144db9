"""The mistakes of a program, by its syntax tree, each at its place.

================ =====================================================
kind             what is changed
================ =====================================================
sign             ``+`` and ``-``, ``*`` and ``/`` exchanged, ``**`` made
                 ``*``, ``@`` made ``*``, a minus or a ``not`` lost
comparison       ``<`` made ``<=`` and ``>``, and so on; ``==``, ``is``
                 and ``in`` negated; ``and`` and ``or`` exchanged
constant         a whole number is one more, a float another size, True
                 and False exchanged
default          the same in the default of a parameter
index            the same in an index, and a variable index one less
off by one       ``range(n)`` and the bounds of a slice one more
argument         each keyword and the last positional argument dropped
line             a statement lost (in solutions)
================ =====================================================

Not made, because nothing that runs depends on it: docstrings, annotations
and ``__all__``. Not made in a ``raise``: the words of a message; its
condition is. Texts are names of methods and parts of messages, and a
mistyped name is an error at once.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from press.mutate.edits import Edit, Lines, distinct

SIGNS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.MatMult: ("@", "*"),
}
COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">=")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<=")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
SIMPLE = ast.Assign | ast.AugAssign | ast.Expr
DIFFERENT_SIZE = 1000.0
AROUND = 24  # characters shown on either side of a change
Change = tuple[int, int, str, str]
"""Where it begins and ends, what is put there, its kind."""


def edits(path: Path, text: str, *, lines: bool = False) -> list[Edit]:
    """Every mistake in a program.

    Args:
        path: where it is written, relative to the book's root.
        text: the program.
        lines: whether statements are lost as well.
    """
    source = _Source(text, lines=lines)
    made = (
        Edit(
            path,
            source.lines.line_of(start),
            kind,
            *_said(source.lines, start, end, put),
            start,
            end,
            put,
        )
        for start, end, put, kind in source.changes(ast.parse(text))
    )
    return [e for e in distinct(made) if _compiles(e.applied(text))]


def _said(lines: Lines, start: int, end: int, put: str) -> tuple[str, str]:
    """Old and new with what stands around: an operator alone says little."""
    text = lines.text
    first = max(lines.starts[lines.line_of(start) - 1], start - AROUND)
    stop = text.find("\n", end)
    stop = min(len(text) if stop < 0 else stop, end + AROUND)
    return text[first:stop], text[first:start] + put + text[end:stop]


def _compiles(text: str) -> bool:
    try:
        compile(text, "", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


class _Source:
    """A program whose tree is walked for places to change."""

    def __init__(self, text: str, *, lines: bool) -> None:
        self.lines = Lines(text)
        self.lost = lines

    def changes(self, node: ast.AST, kind: str = "") -> Iterator[Change]:
        """The changes of a node and of all below it."""
        yield from self._own(node, kind)
        for child, inner in self._children(node, kind):
            yield from self.changes(child, inner)

    def _children(
        self, node: ast.AST, kind: str
    ) -> Iterator[tuple[ast.AST, str]]:
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns"} or _says(node):
                continue
            inner = kind
            if name in {"defaults", "kw_defaults"}:
                inner = "default"
            elif name == "slice":
                inner = "index"
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield child, inner

    def _own(self, node: ast.AST, kind: str) -> Iterator[Change]:
        match node:
            case ast.BinOp() | ast.AugAssign() | ast.UnaryOp():
                yield from self._arithmetic(node)
            case ast.Compare():
                yield from self._comparisons(node)
            case ast.BoolOp():
                yield from self._connectives(node)
            case ast.Constant():
                yield from self._constant(node, kind or "constant")
            case ast.Subscript(slice=ast.Name() as index):
                yield self._end(index), self._end(index), " - 1", "index"
            case ast.Slice():
                yield from self._bounds(node.lower, node.upper)
            case ast.Call():
                yield from self._call(node)
        if self.lost and isinstance(node, SIMPLE) and not _says(node):
            yield self._start(node), self._end(node), "pass", "line"

    def _arithmetic(
        self, node: ast.BinOp | ast.AugAssign | ast.UnaryOp
    ) -> Iterator[Change]:
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.USub | ast.Not):
                inner = self._start(node.operand)
                yield self._start(node), inner, "", "sign"
            return
        if type(node.op) not in SIGNS:
            return
        old, new = SIGNS[type(node.op)]
        if isinstance(node, ast.BinOp):
            gap = self._end(node.left), self._start(node.right)
        else:
            gap = self._end(node.target), self._start(node.value)
        if (at := self._between(*gap, old)) is not None:
            yield at, at + len(old), new, "sign"

    def _comparisons(self, node: ast.Compare) -> Iterator[Change]:
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            old, news = COMPARISONS[type(op)]
            at = self._between(self._end(left), self._start(right), old)
            if at is not None:
                for new in news:
                    yield at, at + len(old), new, "comparison"
            left = right

    def _connectives(self, node: ast.BoolOp) -> Iterator[Change]:
        old, new = ("and", "or")
        if isinstance(node.op, ast.Or):
            old, new = new, old
        for left, right in zip(node.values, node.values[1:], strict=False):
            at = self._between(self._end(left), self._start(right), old)
            if at is not None:
                yield at, at + len(old), new, "comparison"

    def _constant(self, node: ast.Constant, kind: str) -> Iterator[Change]:
        value = node.value
        if isinstance(value, bool):
            new = str(not value)
        elif isinstance(value, int):
            new = str(value + 1)
        elif isinstance(value, float):
            new = repr(_resized(value))
        else:
            return
        yield self._start(node), self._end(node), new, kind

    def _call(self, node: ast.Call) -> Iterator[Change]:
        name = ast.unparse(node.func)
        if name == "range" and node.args:
            yield from self._bounds(node.args[min(1, len(node.args) - 1)])
        inside: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        inside.sort(key=lambda a: (a.lineno, a.col_offset))
        for number, argument in enumerate(inside):
            last = len(node.args) > 1 and argument is node.args[-1]
            named = isinstance(argument, ast.keyword) and argument.arg
            if not (last or named):
                continue
            if number:
                start = self._end(inside[number - 1])
                end = self._end(argument)
            else:
                start = self._start(argument)
                after = inside[1:2]
                end = self._start(after[0]) if after else self._end(argument)
            yield start, end, "", "argument"

    def _bounds(self, *bounds: ast.expr | None) -> Iterator[Change]:
        for node in bounds:
            # NB: of a constant, one more is made already.
            if node is not None and not isinstance(node, ast.Constant):
                start, end = self._start(node), self._end(node)
                put = f"({self.lines.text[start:end]}) + 1"
                yield start, end, put, "off by one"

    def _between(self, start: int, end: int, what: str) -> int | None:
        """Where an operator stands between its operands."""
        gap = re.sub(
            r"#[^\n]*", lambda m: " " * len(m[0]), self.lines.text[start:end]
        )
        at = gap.find(what)
        return None if at < 0 else start + at

    def _start(self, node: ast.AST) -> int:
        return self.lines.of_bytes(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def _end(self, node: ast.AST) -> int:
        return self.lines.of_bytes(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]


def _says(node: ast.AST) -> bool:
    """Whether it only says something: a docstring, a raise, a type."""
    match node:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def _resized(value: float) -> float:
    """Another size, which no rounding hides."""
    if value == 0:
        return 1.0
    small = abs(value) < 1 / DIFFERENT_SIZE
    if small or abs(value) > DIFFERENT_SIZE:
        return float(f"{value * DIFFERENT_SIZE:.12g}")
    return 2 * value
