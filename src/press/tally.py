"""How much there is of the book: numbers that the build fills in.

A page writes ``{press:chapters}`` where the number of chapters belongs.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from press import formula_checks, live, numerals, report
from press.book import Book
from press.nav import reading_order, settings
from press.page import Page
from press.problems import Problem

WORDS = ("projects", "install")
"""What the build fills in that is no number: see `words`."""
PLACE = re.compile(r"\{press:(?P<name>[^}\n]*)\}")
STEPS = ("forward", "loss", "backward", "update")
NAMES = (
    "chapters", "programs", "outputs", "numbers", "formulas", "checks", "read",
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
        total["read"] += formula_checks.counts(book, page)["read"]
        labels = [name for name, _, _ in page.labels]
        total["figures"] += sum(n.startswith("fig:") for n in labels)
    total["chapters"] = len(book.chapters)
    total["sources"] = len(book.sources)
    return total


def unknown(name: str) -> tuple[str, str]:
    """What to say of a number that the build does not know."""
    return (
        f'"{{press:{name}}}" is nothing that the build counts',
        f"use one of {', '.join((*NAMES, *WORDS))}",
    )


def problems(book: Book, page: Page) -> Iterator[Problem]:
    """Numbers that the build is to fill in, and does not know."""
    for number, line in enumerate(page.masked, 1):
        for match in PLACE.finditer(line):
            if match["name"] not in {*NAMES, *WORDS}:
                what = unknown(match["name"])
                yield Problem(book.place(page), number, *what)


def words(book: Book, name: str, link: Callable[[Path], str]) -> str:
    """The map of the projects, or the line that installs the library."""
    if name == "install":
        site = str(settings(book.root).get("site_url") or "/")
        return f"`pip install {live.wheel_address(book.root, site)}`"
    return project_map(book, link)


def project_map(book: Book, link: Callable[[Path], str]) -> str:
    """The projects in the order of the navigation, with what they build.

    Args:
        book: the book.
        link: how the page that shows it links to the page at a path.
    """
    text = "| Project | What it is | It builds | Minutes |\n"
    text += "|---|---|---|--:|\n"
    for page in reading_order(book):
        if not page.is_project:
            continue
        built = builds(page)
        text += (
            f"| [{page.front.get('title')}]({link(page.path)}) "
            f"| {page.front.get('description')} "
            f"| {', '.join(step for step in STEPS if step in built)} "
            f"| {page.front.get('minutes')} |\n"
        )
    return text


def builds(page: Page) -> list[str]:
    """The steps of training that a project builds, as its head says."""
    said = str(page.front.get("builds", ""))
    return [word.strip() for word in said.split(",")]


def table(book: Book) -> str:
    """Where the numbers of each page come from, for the verified page."""
    text = NUMBERS
    total = dict.fromkeys(("claimed", "given", "relations", "facts"), 0)
    total["unclaimed"] = 0
    for page in reading_order(book):
        held = numerals.counts(book, page)
        if not any(held.values()):
            continue
        total = {kind: n + held[kind] for kind, n in total.items()}
        link = f"[{book.titles[page.path]}](../{page.path.as_posix()})"
        goal = "later" if page.name in book.later else "reached"
        cells = " | ".join(str(held[kind]) for kind in total)
        text += f"| {link} | {cells} | {goal} |\n"
    cells = " | ".join(f"**{n}**" for n in total.values())
    return text + f"| **All** | {cells} | |\n\n"


NUMBERS = """\
## Where the numbers come from

A number of two digits or more, a decimal, a percentage or a power of ten,
wherever it is read: *claimed* from a program, *given* to it, *stated* by an
inline formula that is compared, or a *fact* with its source. One *by hand* is
none of these; on a page that reached the goal there is none.

| Page | Claimed | Given | Stated | Facts | By hand | Goal |
|---|--:|--:|--:|--:|--:|---|
"""
