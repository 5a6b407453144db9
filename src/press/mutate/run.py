"""Trying edits: which, in how many processes, and what is said of them."""

import argparse
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from press.book import Book
from press.lint import check
from press.mutate import library, text
from press.mutate.edits import Edit
from press.mutate.reader import Reader
from press.mutate.record import GOALS, SORTS, Entry, Record
from press.mutate.sandbox import quiet
from press.mutate.suite import Suite, modules
from press.page import Page
from press.problems import PressError, Problem

SAVED = 5.0
"""Seconds of work that a run which is broken off may lose."""


class Judge(Protocol):
    """What tells whether an edit is refused."""

    def refusal(self, edit: Edit) -> str:
        """What refuses it, or nothing."""


_judging: tuple[Judge, list[Edit]]
"""Set before the processes are forked, which find it in their memory."""


def main(argv: Sequence[str]) -> int:
    """Make the edits that are asked for; 1 if a chapter is below a goal."""
    options = _options(argv)
    book = Book(Path.cwd())
    record = Record(book.root)
    below = []
    for page in _pages(book, options):
        for sort in options.sorts:
            entry = _measured(book, page, sort, options, record)
            if entry.below(GOALS[sort]) and not _later(book, page):
                below.append(f"{page.name}: {sort} is below its goal")
    for line in below:
        _say(line)
    return int(bool(below))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="press mutate",
        description="Make careless edits of a page and of its library, and "
        "report those that nothing refuses.",
    )
    parser.add_argument(
        "page", nargs="?", default="",
        help="a page by its path, as in calculus/gradients; else every "
        "chapter",
    )  # fmt: skip
    parser.add_argument(
        "--held", action="store_true", help="only chapters held to the goals"
    )
    parser.add_argument(
        "--chapters", type=int, help="so many of them, chosen by the seed"
    )
    parser.add_argument("--text", action="store_true", help="only the page")
    parser.add_argument(
        "--library", action="store_true", help="only the library"
    )
    parser.add_argument(
        "--sample", type=int, help="so many edits of each sort and page"
    )
    parser.add_argument("--seed", default="0", help="which: any word")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes"
    )
    parser.add_argument(
        "--resume", action="store_true", help="keep the verdicts there are"
    )
    options = parser.parse_args(argv)
    for name in ("sample", "chapters", "jobs"):
        value = getattr(options, name)
        if value is not None and value < 1:
            parser.error(f"--{name} must be positive, got {value}")
    asked = [s for s in SORTS if getattr(options, s)]
    options.sorts = asked or list(SORTS)
    return options


def _pages(book: Book, options: argparse.Namespace) -> list[Page]:
    if not options.page:
        held = options.held
        pages = [p for p in book.chapters if not (held and _later(book, p))]
        count = min(options.chapters or len(pages), len(pages))
        chance = random.Random(options.seed)  # noqa: S311  (no secret)
        chosen = chance.sample(pages, count)
        return [p for p in pages if p in chosen]
    page = book.page(options.page)
    if page is None:
        names = ", ".join(p.name for p in book.chapters)
        raise PressError(
            Problem(
                Path(book.settings.docs, f"{options.page}.md"),
                1, "no such page",
                f"there are {names}",
            )
        )  # fmt: skip
    return [page]


def _later(book: Book, page: Page) -> bool:
    return page.name in book.later


def edits_of(root: Path, page: Page, sort: str) -> list[Edit]:
    """Every edit of a page, or every mistake in its library."""
    if sort == "text":
        return text.edits(root, page)
    found: list[Edit] = []
    for path in modules(root, page):
        try:
            found += library.edits(path, (root / path).read_text("utf8"))
        except SyntaxError as error:
            what = f"SyntaxError: {error.msg}"
            raise PressError(
                Problem(path, error.lineno or 1, what, "mend the code")
            ) from None
    return found


def sample(edits: Sequence[Edit], size: int | None, seed: str) -> list[Edit]:
    """As many of those that count as asked for, chosen by the seed alone."""
    if size is None:
        return list(edits)
    counting = [e for e in edits if e.scored]
    chance = random.Random(seed)  # noqa: S311  (a choice, not a secret)
    chosen = chance.sample(counting, min(size, len(counting)))
    return sorted(chosen, key=counting.index)


def _measured(
    book: Book,
    page: Page,
    sort: str,
    options: argparse.Namespace,
    record: Record,
) -> Entry:
    if sort == "text" and (problems := check(book, page.name)):
        raise PressError(problems)
    every = edits_of(book.root, page, sort)
    chosen = sample(every, options.sample, f"{options.seed}:{page.name}")
    entry = record.opened(page, sort, resume=options.resume)
    entry.of = sum(e.scored for e in every)
    left = [e for e in chosen if e.key not in entry.known]
    saved = time.monotonic()
    progress = _Progress(f"{page.name} {sort}", len(left))
    try:
        for edit, refusal in _verdicts(book, page, sort, left, options.jobs):
            entry.note(edit, refusal)
            progress.step(survived=not refusal)
            if time.monotonic() - saved > SAVED:
                record.write()
                saved = time.monotonic()
    finally:
        record.write()
        progress.end()
    _report(page, sort, entry, every)
    return entry


def _verdicts(
    book: Book, page: Page, sort: str, edits: list[Edit], jobs: int
) -> Iterator[tuple[Edit, str]]:
    global _judging  # noqa: PLW0603  (what forked processes inherit)
    if not edits:
        return
    judge: Judge = (
        Reader(book, page) if sort == "text" else Suite(book.root, page)
    )
    if jobs == 1:
        for edit in edits:
            yield edit, judge.refusal(edit)
        return
    _judging = judge, edits
    with quiet(), multiprocessing.get_context("fork").Pool(jobs) as pool:
        for at, refusal in pool.imap_unordered(_verdict, range(len(edits))):
            yield edits[at], refusal


def _verdict(at: int) -> tuple[int, str]:
    judge, edits = _judging
    return at, judge.refusal(edits[at])


def _report(page: Page, sort: str, entry: Entry, every: list[Edit]) -> None:
    """The survivors in the order of the files, the score, the kinds."""
    for edit in every:
        if edit.key in entry.survived:
            _say(f"{edit} survives")
    _say(
        f"{page.name} {sort}: {entry.shown()} refused, "
        f"{len(entry.survived)} survive (goal {100 * GOALS[sort]:.0f} %)"
    )
    tried = Counter(e.kind for e in every if e.key in entry.known)
    beside = {k for k, refused in entry.beside.items() if not refused}
    passed = entry.survived.keys() | beside
    survived = Counter(e.kind for e in every if e.key in passed)
    for kind, count in sorted(survived.items()):
        _say(f"  {kind}: {count} of {tried[kind]} survive")
    if entry.beside:
        refused = sum(entry.beside.values())
        _say(f"  beside the score: {refused} of {len(entry.beside)} refused")


class _Progress:
    """A line that says how far a run is."""

    def __init__(self, name: str, total: int) -> None:
        self.name, self.total = name, total
        self.done = self.survived = 0
        self.start = self.said = time.monotonic()
        self.live = sys.stderr.isatty()

    def step(self, *, survived: bool) -> None:
        """One more is judged."""
        self.done += 1
        self.survived += survived
        now = time.monotonic()
        if now - self.said > (0.2 if self.live else 10):
            self.said = now
            self._show(now)

    def _show(self, now: float) -> None:
        line = (
            f"{self.name}: {self.done} of {self.total}, "
            f"{self.survived} survive, {now - self.start:.0f} s"
        )
        end = "\r" if self.live else "\n"
        print(line, end=end, file=sys.stderr, flush=True)  # noqa: T201

    def end(self) -> None:
        """Leave the line."""
        if self.live and self.done:
            print(" " * 78, end="\r", file=sys.stderr)  # noqa: T201


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
