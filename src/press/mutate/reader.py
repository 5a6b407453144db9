"""Whether an edit of a page is refused, running only what it can reach.

The page is run once. An edit of what it shows is then compared with what
was seen; only a fence whose code changed, and the check of a formula that
changed, run again.
"""

import contextlib
import copy
import functools
import time
from collections.abc import Iterator
from pathlib import Path

from press import lint, steps
from press.book import Book, Label
from press.execute import PageRun, _State
from press.mutate.edits import Edit
from press.mutate.sandbox import EndedError, isolated
from press.page import Page, parse
from press.problems import PressError
from press.programs import Namespace, role

LEAST = 5.0
SLOWER = 10.0
"""A fence that takes so many times as long as before counts as endless."""


class Remembered(PageRun):
    """A page whose examples ran before, on the same code."""

    def __init__(
        self, root: Path, page: Page, states: dict[int, _State]
    ) -> None:
        super().__init__(root, page)
        self.states = states

    def _reach(self, index: int) -> _State:
        if index not in self.states:
            return super()._reach(index)
        return self.states[index]

    @classmethod
    def of(cls, root: Path, page: Page) -> dict[int, _State]:
        """The state after each example; what cannot be kept is left out.

        Raises:
            PressError: if an example is not right.
        """
        run, states = cls(root, page, {}), {}
        for index in _examples(page):
            run.verify(page.fences[index].line)
            state = run._reach(index)
            kept = _kept(state.namespace)
            states[index] = _State(kept, index, dict(state.printed))
        again = cls(root, page, states)
        for index in list(states):
            try:
                again.verify(page.fences[index].line)
            except PressError:
                del states[index]
        return states


class Reader:
    """A page as it is, ready to judge edits of it.

    Args:
        book: the book, right as it is.
        page: the page whose edits are judged.

    Raises:
        PressError: if the page is not right before any edit.
    """

    def __init__(self, book: Book, page: Page) -> None:
        self.book = book
        self.page = page
        if problems := lint.check(book, page.name):
            raise PressError(problems)
        self.states = Remembered.of(book.root, page)
        self.limits = self._timed()
        self.shown = self._shown(book)

    def refusal(self, edit: Edit) -> str:
        """What is said of the page with this edit; nothing if it passes."""
        try:
            page = parse(
                edit.applied(self.page.text), self.page.path,
                settings=self.page.settings,
            )  # fmt: skip
            self._judge(page)
        except PressError as error:
            return str(error.problems[0])
        except EndedError as error:
            return f"{edit.path}:{edit.line}: {error}"
        except Exception as error:  # noqa: BLE001  (the press failed: no pass)
            return f"{edit.path}:{edit.line}: {type(error).__name__}: {error}"
        return ""

    def _judge(self, page: Page) -> None:
        same = _codes(page) == _codes(self.page)
        if same:
            self._compare(page)
        book = self._with(page)
        if problems := lint.check(book, page.name):
            raise PressError(problems)
        for line in self._reached(page):
            work = functools.partial(_run, self.book.root, page, line)
            isolated(work, self._limit(page, line))
        shown = self._shown(book)
        if shown != self.shown:
            for rule in lint.BOOK_RULES:
                if problems := list(rule(book)):
                    raise PressError(problems)

    def _compare(self, page: Page) -> None:
        run = Remembered(self.book.root, page, self.states)
        for index in _examples(page):
            run.verify(page.fences[index].line)

    def _reached(self, page: Page) -> Iterator[int]:
        """Lines of the fences to run again: their code or formula is new."""
        old, new = _codes(self.page), _codes(page)
        exercises = set()
        for index, fence in enumerate(page.fences):
            before = old[index] if len(old) == len(new) else None
            if fence.is_python and new[index] != before:
                exercises.add(page.around(fence, "exercise"))
                if role(page, fence) != "notest":
                    yield fence.line
        for fence in page.fences:
            if role(page, fence) in {"grader", "starter"} and (
                page.around(fence, "exercise") in exercises
            ):
                yield fence.line
        yield from self._checks(page)

    def _checks(self, page: Page) -> Iterator[int]:
        before = {d.label: d.latex for d in self.page.displays if d.label}
        changed = {
            d.label
            for d in page.displays
            if d.label and before.get(d.label) != d.latex
        }
        known = {d.latex for d in self.page.displays}
        tried = [d for d in steps.displays(page) if d.latex not in known]
        for fence in page.fences:
            at = page.around(fence, "check")
            if at is None or not fence.is_python:
                continue
            block = page.blocks[at]
            above = [
                d.label
                for d in page.displays
                if d.label.startswith("claim:") and d.line < block.line
            ]
            named = block.options.get("of", "").split() or above[-1:]
            if changed & set(named) or (
                any(steps.nearest(page, d) is fence for d in tried)
            ):
                yield fence.line

    def _timed(self) -> list[float]:
        """How long each fence may take, which is right as it is."""
        run = Remembered(self.book.root, self.page, self.states)
        limits = []
        for fence in self.page.fences:
            start = time.process_time()
            if fence.is_python and role(self.page, fence) != "notest":
                run.verify(fence.line)
            took = time.process_time() - start
            limits.append(max(LEAST, SLOWER * took))
        return limits

    def _limit(self, page: Page, line: int) -> float:
        """For a fence, found by its place among the others."""
        index = next(i for i, f in enumerate(page.fences) if f.line == line)
        return self.limits[min(index, len(self.limits) - 1)]

    def _with(self, page: Page) -> Book:
        """The book with this page in place of the one it was."""
        book = Book(self.book.root)
        pages = [page if p.path == page.path else p for p in self.book.pages]
        labels = {k: list(v) for k, v in self._labels.items()}
        for name, number, line in page.labels:
            labels.setdefault(name, []).append(
                Label(name, page.path, number, line)
            )
        kept = {
            "pages": pages,
            "labels": labels,
            "sources": self.book.sources,
            "term_lines": self.book.term_lines,
            "later": self.book.later,
        }
        vars(book).update(kept)
        return book

    @functools.cached_property
    def _labels(self) -> dict[str, list[Label]]:
        return {
            name: others
            for name, places in self.book.labels.items()
            if (others := [p for p in places if p.page != self.page.path])
        }

    def _shown(self, book: Book) -> object:
        """What the rules of the whole book look at on the page."""
        page = book.page(self.page.path)
        if page is None:
            return None
        return (
            [f.include for f in page.fences],
            [(b.kind, b.title) for b in page.blocks],
            [c.text for c in page.citations],
        )


def _examples(page: Page) -> list[int]:
    return [
        i
        for i, f in enumerate(page.fences)
        if f.is_python and role(page, f) == "example"
    ]


def _kept(namespace: Namespace) -> Namespace:
    """A copy that later examples of the chain do not change."""
    kept = {}
    for name, value in namespace.items():
        kept[name] = value
        with contextlib.suppress(Exception):  # modules, generators, frames
            kept[name] = copy.deepcopy(value)
    return kept


def _codes(page: Page) -> list[tuple[str, tuple[str, ...], int | None]]:
    return [
        (f.body if f.is_python else "", f.classes, f.block)
        for f in page.fences
    ]


def _run(root: Path, page: Page, line: int) -> None:
    """Verify one fence; of a listing that it is code that is there."""
    try:
        PageRun(root, page).verify(line)
    except PressError as error:
        raise _RefusedError(str(error.problems[0])) from None


class _RefusedError(Exception):
    """A refusal that travels between processes."""
