"""Fences and blocks: what may stand in their headers, and where.

Whatever looks like a program is run, and whatever is run is shown. So a
language, a class or an option that no table here names is a problem, and
so is code that only one of the readers takes for code.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from press import compare
from press.book import Book
from press.execute import tolerances
from press.page import Fence, Page, unread_of
from press.problems import Problem
from press.programs import code_of, role

Problems = Iterator[Problem]

LISTING_LINES = 60
COLUMNS = 79
CLASSES = {
    "python": {
        "continuation", "notest", "starter", "check", "solution", "formula",
        "picture",
    },
    "text": {"output"},
}  # fmt: skip
"""The languages of a fence, each with the classes that it may have."""
OPTIONS = {
    "python": {"reason", "seconds"},
    "text": {*compare.TOLERANCES, "because"},
}
BLOCK_OPTIONS: dict[str, set[str]] = {
    "check": {
        "of", "where", "over", "rtol", "atol", "because", "equal", "unread",
        "steps",
    },
    "figure": {"alt"},
    "explorable": {"alt"},
    "exercise": {"name"},
    "hint": set(),
    "solution": set(),
    "admonition": {"type", "attrs"},
    "details": {"open", "type", "attrs"},
    "html": {"attrs"},
    "tab": {"new", "select", "attrs"},
}  # fmt: skip
"""The options of a block; those not named here have `attrs` only."""
SECONDS = range(1, 3601)
REASON = 10  # characters that a reason has at least
LOOSE_MARKS = re.compile(r"`{3,}|~{3,}")
RAW_CODE = re.compile(r"<(pre|code|samp|textarea)\b", re.IGNORECASE)
LIST = re.compile(r"^\s*(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:|:)\s")


def fences(book: Book, page: Page) -> Problems:
    """What each fence says of itself, and where it stands."""
    place = book.place(page)
    lines = page.text.splitlines()
    for index, fence in enumerate(page.fences):
        yield from _form(place, page, fence, lines)
        yield from _header(place, fence)
        if fence.is_output:
            yield from _output(place, page, index, fence)
        elif fence.language == "text":
            yield from _shown_only(place, fence)
        if fence.is_python:
            yield from _python(book, page, fence)


def _form(place: Path, page: Page, fence: Fence, lines: list[str]) -> Problems:
    if not fence.end:
        yield Problem(
            place, fence.line, "a fence that is never closed",
            "close it with as many backticks",
        )  # fmt: skip
    if fence.indent:
        yield Problem(
            place, fence.line, "an indented fence, which nobody runs",
            "begin it in the first column, in a /// block if need be",
        )  # fmt: skip
    before = lines[fence.line - 2] if fence.line > 1 else ""
    cell = page.is_project  # one cell may begin right below another
    if before.strip() and not (cell and before.startswith("```")):
        yield Problem(
            place, fence.line, "a fence right under another line",
            "put an empty line before it",
        )  # fmt: skip
    after = lines[fence.end] if 0 < fence.end < len(lines) else ""
    beside = ("///", "```") if cell else "///"
    if after.strip() and not after.startswith(beside):
        yield Problem(
            place, fence.end, "a fence right above another line",
            "put an empty line after it",
        )  # fmt: skip


def _header(place: Path, fence: Fence) -> Problems:
    language = fence.language
    if not fence.braced:
        what = "a Python fence" if fence.is_python else "a fence"
        yield Problem(
            place, fence.line, f"{what} without braces",
            "write ``` {.python} or ``` {.python continuation}",
        )  # fmt: skip
    if language not in CLASSES or not fence.info.strip().startswith("."):
        known = ", ".join(f"{{.{name}}}" for name in CLASSES)
        yield Problem(
            place, fence.line, f'a fence in "{language}", which nobody runs',
            f"write one of {known}, the language first",
        )  # fmt: skip
        return
    unread = unread_of(fence.info)
    if unread:
        yield Problem(
            place, fence.line, f'"{unread}" is not read',
            'write options once, as in key="value"',
        )  # fmt: skip
    unknown = set(fence.classes) - CLASSES[language]
    if unknown:
        allowed = ", ".join(sorted(CLASSES[language]))
        yield Problem(
            place, fence.line, f"unknown option {', '.join(sorted(unknown))}",
            f"a {language} fence has {allowed}",
        )  # fmt: skip
    stranger = fence.options.keys() - OPTIONS[language]
    if stranger:
        allowed = ", ".join(sorted(OPTIONS[language]))
        yield Problem(
            place, fence.line, f"unknown option {', '.join(sorted(stranger))}",
            f"a {language} fence has {allowed}",
        )  # fmt: skip


def _shown_only(place: Path, fence: Fence) -> Problems:
    """Text that is a program: it would be printed and never run."""
    try:
        tree = ast.parse(fence.body)
    except SyntaxError:
        return
    if any(not isinstance(node, ast.Expr) for node in tree.body):
        yield Problem(
            place, fence.line, "a program that nobody runs",
            "write ``` {.python}, with notest and a reason if need be",
        )  # fmt: skip


def _output(place: Path, page: Page, index: int, fence: Fence) -> Problems:
    before = page.fences[index - 1] if index else None
    gap = page.text.splitlines()[before.end if before else 0 : fence.line - 1]
    if not before or not before.is_python or any(x.strip() for x in gap):
        yield Problem(
            place, fence.line, "an output that follows no example",
            "put it right after the block that prints it",
        )  # fmt: skip
    elif "notest" in before.classes:
        yield Problem(
            place, fence.line, "an output of a block that is not run",
            "run the block, or say in words what it prints",
        )  # fmt: skip
    elif role(page, before) not in {"example", "check"}:
        yield Problem(
            place, fence.line, f"an output of a {role(page, before)}",
            "an output belongs to an example: it is compared nowhere else",
        )  # fmt: skip
    yield from _tolerance(place, fence)
    digits = compare.too_many_digits(fence.body)
    if digits and not fence.options.keys() & {*compare.TOLERANCES}:
        yield Problem(
            place, fence.line, f"{digits} has more digits than are compared",
            'round it, or say how exact it is, as in rtol="0"',
        )  # fmt: skip


def _tolerance(place: Path, fence: Fence) -> Problems:
    given = fence.options.keys() & {*compare.TOLERANCES}
    reason = fence.options.get("because", "")
    if not given:
        if reason:
            yield Problem(
                place, fence.line, "a reason for no tolerance",
                "give rtol, atol or factor, or delete because",
            )  # fmt: skip
        return
    if len(reason) < REASON:
        yield Problem(
            place, fence.line, "a tolerance that does not say why",
            'add because="…", as in because="rounding differs by processor"',
        )  # fmt: skip
    try:
        allowed = compare.tolerance(**tolerances(fence))
    except ValueError as error:
        yield Problem(
            place, fence.line, str(error),
            'write a number, as in rtol="1e-3"; an order of magnitude is '
            'factor="10"',
        )  # fmt: skip
        return
    if compare.unguarded(fence.body, allowed):
        yield Problem(
            place, fence.line,
            f"every number is below atol={fence.options['atol']}, so none is "
            "compared",
            "state a factor, or print whether it is below a bound",
        )  # fmt: skip


def _python(book: Book, page: Page, fence: Fence) -> Problems:
    place = book.place(page)
    yield from _not_run(place, page, fence)
    seconds = fence.options.get("seconds", "60")
    if not seconds.isdecimal() or int(seconds) not in SECONDS:
        yield Problem(
            place, fence.line, f"seconds={seconds}",
            f"write whole seconds, {SECONDS[0]} to {SECONDS[-1]}",
        )  # fmt: skip
    code = code_of(book.root, place, fence)
    lines = code.text.splitlines()
    if not code.text.strip():
        yield Problem(place, fence.line, "an empty block", "fill or delete it")
    for number, line in enumerate(lines):
        if len(line) > COLUMNS:
            yield Problem(
                code.path, code.line + number, f"{len(line)} columns",
                f"break the line before column {COLUMNS + 1}",
            )  # fmt: skip
    if role(page, fence) == "listing" and len(lines) > LISTING_LINES:
        yield Problem(
            place, fence.line, f"a listing of {len(lines)} lines",
            f"split the function: {LISTING_LINES} at most",
        )  # fmt: skip
    try:
        ast.parse(code.text)
    except SyntaxError as error:
        yield Problem(
            code.path, code.line + (error.lineno or 1) - 1,
            f"SyntaxError: {error.msg}", "mend the code",
        )  # fmt: skip


def _not_run(place: Path, page: Page, fence: Fence) -> Problems:
    reason = fence.options.get("reason", "")
    if "notest" not in fence.classes:
        if reason:
            yield Problem(
                place, fence.line, "a reason not to run a block that is run",
                "add notest, or delete the reason",
            )  # fmt: skip
        return
    if len(reason) < REASON:
        yield Problem(
            place, fence.line, "a block that is not run and does not say why",
            'add reason="…", which the page prints',
        )  # fmt: skip
    if page.around(fence, "check") is not None:
        yield Problem(
            place, fence.line, "a check that is not run",
            "delete notest: what is not run checks nothing",
        )  # fmt: skip
    if {"starter", "check", "solution"} & {*fence.classes}:
        yield Problem(
            place, fence.line, "an exercise that is not run",
            "delete notest: its check has to refuse the starter",
        )  # fmt: skip


def hidden_code(book: Book, page: Page) -> Problems:
    """Code that a reader sees as such and that is no fence of the press."""
    place = book.place(page)
    in_list = blank = False
    for number, line in enumerate(page.masked, 1):
        if number <= page.front_lines or not line.strip():
            blank = True
            continue
        if LOOSE_MARKS.search(line):
            yield Problem(
                place, number, "the marks of a fence inside a line",
                "begin it in the first column, outside of quotes and lists",
            )  # fmt: skip
        if RAW_CODE.search(line):
            yield Problem(
                place, number, "code as HTML, which nobody runs",
                "write ``` {.python}, or `code` in a sentence",
            )  # fmt: skip
        if not line.startswith("    "):
            in_list = bool(LIST.match(line)) or (
                in_list and line.startswith(" ")
            )
        elif blank and not in_list:
            yield Problem(
                place, number, "an indented line, which is shown as code",
                "begin it in the first column",
            )  # fmt: skip
        blank = False


def block_options(book: Book, page: Page) -> Problems:
    """Options that no block has, each at its line."""
    place = book.place(page)
    for block in page.blocks:
        known = BLOCK_OPTIONS.get(block.kind, {"attrs"})
        for name in block.options:
            if name not in known:
                allowed = ", ".join(sorted(known)) or "no options"
                yield Problem(
                    place, block.option_lines[name],
                    f'/// {block.kind} has no option "{name}"',
                    f"it has {allowed}",
                )  # fmt: skip
            elif not block.options[name]:
                yield Problem(
                    place, block.option_lines[name],
                    f'option "{name}" is empty', "fill or delete it",
                )  # fmt: skip


RULES = (fences, hidden_code, block_options)
