"""A chapter is read in one sitting: how long it is, and how long it may be.

What a reader reads is counted: the words of prose, headings, tables and
captions. A formula, a number and a span of code are a word each; programs
and what they print are none. Limits and exceptions are settings::

    [tool.press]
    too_long = ["calculus/slopes"]  # to be split; it can only get shorter

    [tool.press.sitting]
    before = 4500  # words before the exercises
    words = 7500  # in all
    programs = 25  # before the exercises
"""

import re
from collections.abc import Iterator

from press.book import Book
from press.marks import MARK
from press.page import CITATION, CODE_SPAN, INLINE_MATH, REFERENCE, Page
from press.problems import PressError, Problem
from press.programs import role
from press.settings import FILE

EXERCISES = "Exercises"
LIMITS = {"before": 4500, "words": 7500, "programs": 25}
ONE = "X"  # what is read as one word
BLANKED = (
    (re.compile(r"(?<=\])\([^)]*\)"), ""),  # where a link leads
    (re.compile(r"\{[^{}]*\}"), " "),  # attributes
    (re.compile(r"<[^<>]*>|^\s*\*\[[^\]]*\]:.*"), " "),
)
WORD = re.compile(r"\S*\w\S*")
FIX = "split the chapter, or say once what it says twice"


def words(page: Page) -> list[int]:
    """The line of each word that a reader reads, in order."""
    blocks = {b.line: b.title for b in page.blocks}
    options = {n for b in page.blocks for n in range(b.line, b.line + b.body)}
    formulas = {d.line for d in page.displays}
    found = []
    for number, line in enumerate(page.text.splitlines(), 1):
        text = line if page.masked[number - 1].strip() else ""
        if number in options:
            text = blocks.get(number, "")
        elif number in formulas:
            text = ONE
        if number > page.front_lines:
            found += [number] * len(WORD.findall(_read(text)))
    return found


def _read(text: str) -> str:
    text = MARK.sub(lambda m: m["code"] or ONE, text)
    for pattern in (CODE_SPAN, INLINE_MATH, REFERENCE, CITATION):
        text = pattern.sub(f" {ONE} ", text)
    for pattern, instead in BLANKED:
        text = pattern.sub(instead, text)
    return text


def programs(page: Page) -> list[int]:
    """The line of each program that a reader can run, in order.

    What goes on from one above belongs to that one; listings and checks are
    none.
    """
    return [
        f.line
        for f in page.fences
        if f.is_python
        and "continuation" not in f.classes
        and role(page, f) == "example"
    ]


def exceeded(book: Book, page: Page) -> Iterator[tuple[int, str]]:
    """Where a page is longer than one sitting, and by what."""
    start = exercises(page)
    if not start:
        return
    allowed = limits(book)
    read, run = words(page), programs(page)
    where = f"before {EXERCISES}"
    for name, lines, said in (
        ("before", [n for n in read if n < start], f"words {where}"),
        ("words", read, "words in all"),
        ("programs", [n for n in run if n < start], f"programs {where}"),
    ):
        most = allowed[name]
        if len(lines) > most:
            yield lines[most], f"{len(lines)} {said}, {most} is one sitting"


def exercises(page: Page) -> int:
    """The line of the heading of its exercises; 0 if it is no chapter."""
    if page.is_project:
        return 0
    found = (h.line for h in page.headings if h.level == 2)
    titles = {h.line: h.text for h in page.headings}
    return next((line for line in found if titles[line] == EXERCISES), 0)


def problems(book: Book, page: Page) -> Iterator[Problem]:
    """What of a chapter is more than one sitting."""
    if page.name not in book.settings.too_long:
        for line, what in exceeded(book, page):
            yield Problem(book.place(page), line, what, FIX)


def kept(book: Book) -> Iterator[Problem]:
    """What the list of exceptions names and need not."""
    limits(book)  # are read where no page has exercises, too
    for name in book.settings.too_long:
        page = book.page(name)
        what = ""
        if page is None:
            what = f'too_long names "{name}", which is no page'
        elif not any(exceeded(book, page)):
            what = f'too_long names "{name}", which is one sitting now'
        if what:
            line = _line(book, "too_long", name)
            yield Problem(FILE, line, what, "delete it from the list")


def limits(book: Book) -> dict[str, int]:
    """What one sitting is at most.

    Raises:
        PressError: if a limit has another name or is negative.
    """
    found = book.settings.sitting
    for name, most in found.items():
        if name not in LIMITS or most < 0:
            line = _line(book, "sitting", name)
            what = f"{name} = {most!r} in sitting"
            fix = f"say how many, as {', '.join(LIMITS)}"
            raise PressError(Problem(FILE, line, what, fix))
    return {**LIMITS, **found}


def _line(book: Book, setting: str, name: str = "") -> int:
    """The line of `pyproject.toml` with a name, at or below its setting."""
    lines = (book.root / FILE).read_text("utf8").splitlines()
    numbers = range(len(lines))
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    first = next((n for n in numbers if setting in lines[n]), 0)
    return (
        next((n for n in numbers[first:] if whole.search(lines[n])), first) + 1
    )
