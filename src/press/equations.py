"""A line of the library names the equation that it is.

It ends with a comment, ``# eq. def:adam``. The label is resolved, and a
listing prints the number of the equation as a link; see `press.listings`.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from press.book import Book
from press.page import Page
from press.problems import PressError, Problem
from press.programs import Code
from press.settings import library_of
from press.source import read

BEGINS = "# eq"
COMMENT = re.compile(r"# eq\. (?P<label>(?:def|claim):[\w-]+)")


@lru_cache(maxsize=4096)
def comments(text: str) -> tuple[tuple[int, str], ...]:
    """Line, from 1, and comment of each line that would name an equation."""
    if BEGINS not in text:
        return ()
    try:
        tokens = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    except (tokenize.TokenError, SyntaxError):  # its run says so
        return ()
    return tuple(
        (token.start[0], token.string)
        for token in tokens
        if token.type == tokenize.COMMENT and token.string.startswith(BEGINS)
    )


def named(text: str) -> dict[int, str]:
    """The label that each line names, by number from 1."""
    found = ((n, COMMENT.fullmatch(said)) for n, said in comments(text))
    return {n: match["label"] for n, match in found if match}


def called(book: Book, page: Page, label: str) -> str:
    """What a listing of a page calls an equation: its number."""
    found = book.labels[label][0]
    title = f" of {book.titles[found.page]}" if found.page != page.path else ""
    return f"({found.number}){title}"


def resolved(book: Book, code: Code) -> dict[int, str]:
    """The label that each line of a listing names, by number from 1.

    Raises:
        PressError: if no page has the label.
    """
    found = named(code.text)
    for number, label in found.items():
        if label not in book.labels:
            line = code.line + number - 1
            raise PressError(unknown(code.path, line, label))
    return found


def numbered(book: Book, page: Page, code: Code) -> str:
    """A listing with the numbers of its equations in place of labels."""
    lines = code.text.split("\n")
    for number, label in resolved(book, code).items():
        said = f"# {called(book, page, label)}"
        lines[number - 1] = COMMENT.sub(said, lines[number - 1])
    return "\n".join(lines)


def in_library(book: Book) -> dict[str, tuple[Path, int]]:
    """Where the library has each equation: file and line of the first."""
    found: dict[str, tuple[Path, int]] = {}
    for place, text in _files(book):
        for line, label in named(text).items():
            found.setdefault(label, (place, line))
    return found


def problems(book: Book) -> Iterator[Problem]:
    """Comments of the library that name no equation of the book."""
    for place, text in _files(book):
        lines = text.splitlines()
        for line, said in comments(text):
            match = COMMENT.fullmatch(said)
            if match is None:
                yield Problem(
                    place, line, f'"{said}" names no equation',
                    "end the line with `# eq. def:name` or `# eq. claim:name`",
                )  # fmt: skip
            elif match["label"] not in book.labels:
                yield unknown(place, line, match["label"])
            elif lines[line - 1].strip() == said:
                yield Problem(
                    place, line, f'"{said}" on a line without code',
                    "put it behind the code that is this equation",
                )  # fmt: skip


def unknown(place: Path, line: int, label: str) -> Problem:
    """A line that names what labels nothing."""
    return Problem(
        place, line, f'equation "{label}", which no page labels',
        "name the label of an equation of the book",
    )  # fmt: skip


def _files(book: Book) -> Iterator[tuple[Path, str]]:
    for path in sorted(library_of(book.root).rglob("*.py")):
        place = path.relative_to(book.root)
        yield place, read(path, place)
