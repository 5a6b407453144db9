"""Writing what the examples print, and what claims are, into the page.

The diff is the author's to review: blessing a wrong number makes the
page agree with the program, not with the mathematics.
"""

import re
import warnings

from press import compare
from press.book import Book
from press.execute import PageRun, claims_of, compared, output_of, role
from press.page import CLAIM, CLAIM_OF, Fence, Page
from press.problems import PressError, Problem


def bless(book: Book, page: Page) -> tuple[str, list[Problem]]:
    """The text of `page` with outputs and claims as they are computed.

    An output that agrees already is left as it is, to the letter.

    Returns:
        The new text, and the problems of blocks that could not be run.
    """
    run = PageRun(book.root, page)
    lines = page.text.splitlines()
    edits: list[tuple[int, int, list[str]]] = []
    problems: list[Problem] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for index, fence in enumerate(page.fences):
            if not fence.is_python or role(page, fence) != "example":
                continue
            try:
                edits += _output(run, page, index, fence)
                edits += _claims(run, page, index, lines)
            except PressError as error:
                problems += error.problems
    for first, last, text in sorted(edits, reverse=True):
        lines[first - 1 : last] = text
    return "\n".join(lines) + "\n", problems


def _output(
    run: PageRun, page: Page, index: int, fence: Fence
) -> list[tuple[int, int, list[str]]]:
    printed, shown = run.printed(index), output_of(page, index)
    body = [line.rstrip() for line in printed.rstrip().splitlines()]
    if shown is None:
        new = ["", "``` {.text .output}", *body, "```"]
        return [(fence.end + 1, fence.end, new)] if body else []
    if body and not compared(run.place, printed, shown):
        return []
    return [(shown.line + 1, shown.end - 1, body)]


def _claims(
    run: PageRun, page: Page, index: int, lines: list[str]
) -> list[tuple[int, int, list[str]]]:
    changed: dict[int, str] = {}
    for claim in claims_of(page, index):
        value = run.value(index, claim)
        if compare.agrees(claim.text, value):
            continue
        text = changed.get(claim.line, lines[claim.line - 1])

        def new(match: re.Match[str], value: object = value) -> str:
            of = CLAIM_OF.search(match["attributes"])
            if of is None or (match["shown"], of["of"]) != (
                claim.text,  # noqa: B023  (used at once)
                claim.of,  # noqa: B023
            ):
                return match[0]
            shown = compare.show(match["shown"], value)
            return f"`{shown}`{{{match['attributes']}}}"

        changed[claim.line] = CLAIM.sub(new, text)
    return [(line, line, [text]) for line, text in changed.items()]
