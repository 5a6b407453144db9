"""Writing what the examples print, and what claims are, into the page.

The diff is the author's to review: blessing a wrong number makes the
page agree with the program, not with the mathematics.
"""

import warnings

from press import literals, source
from press.book import Book
from press.execute import PageRun, compared
from press.marks import PROGRAMS, Mark
from press.numbers import in_words, items_of
from press.page import Fence, Page
from press.problems import PressError, Problem
from press.programs import output_of, role
from press.projects import OUTPUT, commented


def bless(book: Book, page: Page) -> tuple[str, list[Problem]]:
    """The text of `page` with outputs and claims as they are computed.

    An output that agrees already is left as it is, to the letter.

    Returns:
        The new text, and the problems of blocks that could not be run.
    """
    run = PageRun(book.root, page)
    lines = source.read(
        book.root / run.place, run.place
    ).splitlines()  # the page's, each with its comment sign in a project
    edits: list[tuple[int, int, list[str]]] = []
    problems: list[Problem] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for index, fence in enumerate(page.fences):
            if not fence.is_python or role(page, fence) not in PROGRAMS:
                continue
            try:
                if role(page, fence) == "example":
                    edits += _output(run, page, index, fence)
                _claims(run, index, lines)
            except PressError as error:
                problems += error.problems
    for first, last, text in sorted(edits, reverse=True):
        lines[first - 1 : last] = text  # below them, no line is moved yet
    return "\n".join(lines) + "\n", problems


def _output(
    run: PageRun, page: Page, index: int, fence: Fence
) -> list[tuple[int, int, list[str]]]:
    printed, shown = run.printed(index), output_of(page, index)
    body = [line.rstrip() for line in printed.rstrip().splitlines()]
    cell = [OUTPUT, *map(commented, body), ""]
    if shown is None:
        new = ["", "``` {.text .output}", *body, "```"]
        new = cell if page.is_project else new
        return [(fence.end + 1, fence.end, new)] if body else []
    if body and not compared(run.place, printed, shown):
        return []
    body = cell[1:-1] if page.is_project else body
    return [(shown.line + 1, shown.end - 1, body)]


def _claims(run: PageRun, index: int, lines: list[str]) -> None:
    """Write the numbers of one program; the last of a line comes first.

    Words, and formulas that show more than one number, are the author's.
    """
    for item in sorted(items_of(run.page, index), key=_place, reverse=True):
        if not isinstance(item, Mark) or item.kind != "claim" or not item.of:
            continue
        value = run.numbers.value(index, item)
        if run.numbers.agrees(item, value) or in_words(item):
            continue
        new = literals.like(item.shown, value, math=item.math)
        line = lines[item.line - 1]
        sign = len("# ") if run.page.is_project else 0
        start, end = item.start + sign, item.end + sign
        lines[item.line - 1] = line[:start] + new + line[end:]


def _place(item: object) -> tuple[int, int]:
    mark = item if isinstance(item, Mark) else item.mark  # type: ignore[attr-defined]
    return mark.line, mark.start
