"""How a change of a chapter would be noticed, as a table for readers.

A column is a heading and a function that says what stands in it for a
chapter; whoever measures something new adds one.
"""

from collections.abc import Callable

from press.book import Book
from press.mutate.record import GOALS, Record
from press.nav import reading_order
from press.page import Page

Cell = Callable[[Page], str]
UNKNOWN = "not\N{NO-BREAK SPACE}measured"
INTRODUCTION = """\
## How a change would be noticed

`make mutate` edits each chapter as a careless author would: a digit, a sign
or a symbol of the page, a sign, a comparison, an index or an argument of its
library. The table says how many of these edits the tests refuse, of those
that were tried; the goal is {text:.0f}\N{NO-BREAK SPACE}% of the text and
{library:.0f}\N{NO-BREAK SPACE}% of the library. A chapter that was edited
since, or whose library was, is *not measured* in this build.

"""


def columns(book: Book) -> dict[str, Cell]:
    """What is said of each chapter, by the heading of its column."""
    record = Record(book.root)
    return {
        "Edits of the text refused": lambda p: _drift(record, p, "text"),
        "Mistakes in the library refused": lambda p: _drift(
            record, p, "library"
        ),
    }


def table(book: Book) -> str:
    """The section of the page that says it, in reading order."""
    said = columns(book)
    text = INTRODUCTION.format(
        **{sort: 100 * goal for sort, goal in GOALS.items()}
    )
    text += f"| Chapter | {' | '.join(said)} |\n"
    text += f"|---|{'--:|' * len(said)}\n"
    for page in reading_order(book):
        if page in book.chapters:
            link = f"[{book.titles[page.path]}](../{page.path.as_posix()})"
            cells = " | ".join(cell(page) for cell in said.values())
            text += f"| {link} | {cells} |\n"
    return text + "\n"


def _drift(record: Record, page: Page, sort: str) -> str:
    entry = record.current(page, sort)
    if entry is None:
        return UNKNOWN
    below = ", below the goal" if entry.score < GOALS[sort] else ""
    return entry.shown().replace(" %", "\N{NO-BREAK SPACE}%") + below
