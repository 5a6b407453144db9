"""How much there is of the book: numbers that the build fills in.

A page writes ``{press:chapters}`` where the number of chapters belongs.
"""

import re
from collections.abc import Iterator

from press import numerals, report
from press.book import Book
from press.page import Page
from press.problems import Problem

PLACE = re.compile(r"\{press:(?P<name>[^}\n]*)\}")
NAMES = (
    "chapters", "programs", "outputs", "numbers", "formulas", "checks",
    "figures", "exercises", "graded", "sources",
)  # fmt: skip


def tally(book: Book) -> dict[str, int]:
    """How many of each kind there are; see `NAMES`."""
    total = dict.fromkeys(NAMES, 0)
    for page in book.pages:
        row = report.counts(page)
        held = numerals.counts(book, page)
        total["programs"] += row["blocks"]
        total["outputs"] += row["outputs"]
        total["checks"] += row["checks"]
        total["exercises"] += row["exercises"]
        total["graded"] += row["graded"]
        total["numbers"] += sum(held.values()) - held["unclaimed"]
        total["formulas"] += sum(bool(d.label) for d in page.displays)
        labels = [name for name, _, _ in page.labels]
        total["figures"] += sum(n.startswith("fig:") for n in labels)
    total["chapters"] = len(book.chapters)
    total["sources"] = len(book.sources)
    return total


def unknown(name: str) -> tuple[str, str]:
    """What to say of a number that the build does not know."""
    return (
        f'"{{press:{name}}}" is nothing that the build counts',
        f"use one of {', '.join(NAMES)}",
    )


def problems(book: Book, page: Page) -> Iterator[Problem]:
    """Numbers that the build is to fill in, and does not know."""
    for number, line in enumerate(page.masked, 1):
        for match in PLACE.finditer(line):
            if match["name"] not in NAMES:
                what = unknown(match["name"])
                yield Problem(book.place(page), number, *what)
