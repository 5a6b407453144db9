"""Checks: they stand under their claim, and a wrong formula fails them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from press import steps
from press.asserts import CLOSE, RAISES, called, is_typed
from press.book import Book
from press.page import Page
from press.problems import PressError, Problem
from press.programs import Code, code_of, role

Problems = Iterator[Problem]

CATCHES = {"", "Exception", "BaseException", "AssertionError"}


def checks_are_below(book: Book, page: Page) -> Problems:
    """A reader meets the claim first, then the program that tests it."""
    claims = {d.label: d.line for d in page.displays if d.label}
    for block in page.blocks:
        if block.kind != "check":
            continue
        named = block.options.get("of", "").split()
        for name in named:
            if claims.get(name, 0) > block.line:
                yield Problem(
                    book.place(page), block.option_lines["of"],
                    f'a check above its claim "{name}"',
                    "put the check under the formula",
                )  # fmt: skip
        above = [x for x in claims.values() if x < block.line]
        if not named and not above:
            yield Problem(
                book.place(page), block.line, "a check with no claim above it",
                "put it under its formula",
            )  # fmt: skip


def asserts_can_fail(book: Book, page: Page) -> Problems:
    """Asserts that hold whatever the formula says, as far as can be read."""
    place = book.place(page)
    for fence in page.fences:
        if not fence.is_python or role(page, fence) != "check":
            continue
        try:
            code = code_of(book.root, place, fence)
            tree = ast.parse(code.text)
        except (PressError, SyntaxError):
            continue  # said by another rule
        for node in ast.walk(tree):
            what = _vacuous(node)
            if what:
                yield _at(code, node, what, "assert what the formula says")
            yield from _caught(code, node)


def can_fail(tree: ast.AST) -> bool:
    """Whether a program asserts, expects or raises anything at all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, ast.Assert) and not _vacuous(node):
            return True
        if isinstance(node, ast.Call) and called(node).startswith(RAISES):
            return True
    return False


def _vacuous(node: ast.AST) -> str:
    if isinstance(node, ast.Assert):
        return _always(node.test)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _same_sides(node.value)
    return ""


def _always(test: ast.expr) -> str:
    """Why a test holds always, or ''."""
    full = ast.Tuple | ast.List | ast.Dict | ast.Set
    full |= ast.GeneratorExp | ast.Lambda | ast.JoinedStr
    if isinstance(test, full):
        return "an assert of something that is never empty"
    if isinstance(test, ast.Constant) and not test.value:
        return ""  # an assert that must not be reached
    if is_typed(test):
        return "an assert of what is typed"
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return next(filter(None, map(_always, test.values)), "")
    return _same_sides(test)


def _same_sides(test: ast.expr) -> str:
    sides: list[ast.expr] = []
    if isinstance(test, ast.Call):
        if called(test) == "all" and len(test.args) == 1:
            inner = test.args[0]
            return _always(inner) if isinstance(inner, ast.Compare) else ""
        sides = test.args[:2] if called(test) in CLOSE else []
    elif isinstance(test, ast.Compare):
        reflexive = ast.Eq | ast.LtE | ast.GtE | ast.Is
        if len(test.ops) == 1 and isinstance(test.ops[0], reflexive):
            sides = [test.left, *test.comparators]
    if len(sides) == 2 and ast.dump(sides[0]) == ast.dump(sides[1]):
        return "an assert of a thing against itself"
    return ""


def _caught(code: Code, node: ast.AST) -> Problems:
    """Asserts whose failure the check itself swallows."""
    kinds: list[str] = []
    if isinstance(node, ast.Try):
        kinds = [k for h in node.handlers for k in _kinds(h.type)]
    elif isinstance(node, ast.With):
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and called(call) == "suppress":
                kinds += [k for a in call.args for k in _kinds(a)]
    if isinstance(node, ast.Try | ast.With) and CATCHES & {*kinds}:
        for inner in (n for part in node.body for n in ast.walk(part)):
            if isinstance(inner, ast.Assert) and not _must_not(inner):
                yield _at(
                    code, inner, "an assert whose failure is caught",
                    "assert outside of try",
                )  # fmt: skip


def _kinds(node: ast.expr | None) -> list[str]:
    if node is None:
        return [""]
    if isinstance(node, ast.Tuple):
        return [k for e in node.elts for k in _kinds(e)]
    return [ast.unparse(node).rpartition(".")[2]]


def _must_not(node: ast.Assert) -> bool:
    return isinstance(node.test, ast.Constant) and not node.test.value


def _at(code: Code, node: ast.AST, what: str, fix: str) -> Problem:
    line = code.line + getattr(node, "lineno", 1) - 1
    return Problem(Path(code.path), line, what, fix)


RULES = (checks_are_below, asserts_can_fail, steps.misused)
