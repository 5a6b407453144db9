"""How a change of a chapter would be noticed, as a table for readers.

A column is a heading and a function that says what stands in it for a
chapter; whoever measures something new adds one.
"""

import functools
from collections.abc import Callable

from press import formula_checks
from press.book import Book
from press.mutate.record import GOALS, Record
from press.nav import reading_order
from press.page import Page

Cell = Callable[[Page], str]
UNKNOWN = "not\N{NO-BREAK SPACE}measured"
INTRODUCTION = """\
## How a change would be noticed

The LaTeX of a claim is read, evaluated at drawn values, and tried with every
one-symbol misprint that has no reason to be true as well: how many claims of
a chapter are read, and how many misprints its draws refuse, comes first. The
steps of derivations, each = or ≤ of the displays between, are tried at a few
draws of the check beside them; a step whose symbols have no value there
counts as not tried.

`make mutate` edits each chapter as a careless author would: a digit, a sign
or a symbol of the page, a sign, a comparison, an index or an argument of its
library. Next is how many of these edits the tests refuse, of those that were
tried; the goal is {text:.0f}\N{NO-BREAK SPACE}% of the text and
{library:.0f}\N{NO-BREAK SPACE}% of the library. A chapter that was edited
since, or whose library was, is *not measured* in this build.

"""


def columns(book: Book) -> dict[str, Cell]:
    """What is said of each chapter, by the heading of its column."""
    record = Record(book.root)
    counts = functools.cache(lambda p: formula_checks.counts(book, p))
    return {
        "Formulas read": lambda p: _read(counts(p)),
        "Misprints refused": lambda p: _misprints(counts(p)),
        "Steps tried": lambda p: _steps(counts(p)),
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
    return text + "\n" + _unread(book)


def _read(found: dict[str, int]) -> str:
    of = f"{found['read']} of {found['claims']}"
    return f"{of}, and {found['definitions']} definitions" if (
        found["definitions"]
    ) else of  # fmt: skip


def _misprints(found: dict[str, int]) -> str:
    if not found["run"]:
        return UNKNOWN
    return f"{found['refused']:,} of {found['mistakes']:,}"


def _steps(found: dict[str, int]) -> str:
    if not found["steps"]:
        return "none"
    if not found["steps_run"]:
        return UNKNOWN
    return f"{found['steps_held']} of {found['steps']}"


def _unread(book: Book) -> str:
    """The claims that keep a program, each with the reason."""
    text = ""
    for page in reading_order(book):
        if page.name not in book.later:
            for label, why in formula_checks.unread(page).items():
                text += f"- \\eqref{{{label}}}: {why}\n"
    return f"Claims that are not read:\n\n{text}\n" if text else ""


def _drift(record: Record, page: Page, sort: str) -> str:
    entry = record.current(page, sort)
    if entry is None:
        return UNKNOWN
    below = ", below the goal" if entry.score < GOALS[sort] else ""
    return entry.shown().replace(" %", "\N{NO-BREAK SPACE}%") + below
