"""Whether a mistake in the library is refused, by what can reach it.

The tests of the chapter and the fences of its page run once, watched:
which of them call which function is kept. A mistake in a function is then
shown to those alone, the quickest first, until one refuses it.
"""

import ast
import importlib
import os
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from press.execute import PageRun
from press.mutate.edits import Edit
from press.mutate.sandbox import EndedError, isolated, take_place
from press.page import Page
from press.problems import PressError, Problem
from press.programs import role
from press.settings import library_of, settings_of

FIRST = 600.0
"""What the first run may take; it has no earlier one to be compared with."""
SLOWER = 10.0
LEAST = 10.0
SHARED = ("test_bad_input.py",)
"""Tests of every chapter, beside its own."""
Place = tuple[str, int]
"""A function: its file below the root, the first line of it."""


@dataclass
class Reach:
    """What the first run saw.

    Attributes:
        tests: by function the tests that call it, the quickest first.
        fences: by function the fences of the page that call it.
        every_test: all tests, the quickest first.
        every_fence: the lines of all fences that run.
        seconds: what all of it took.
    """

    tests: dict[Place, list[str]] = field(default_factory=dict)
    fences: dict[Place, list[int]] = field(default_factory=dict)
    every_test: list[str] = field(default_factory=list)
    every_fence: list[int] = field(default_factory=list)
    seconds: float = 0.0


def modules(root: Path, page: Page) -> list[Path]:
    """The files of a chapter's library, relative to the root."""
    base = library_of(root) / page.name
    found = sorted(base.rglob("*.py")) if base.is_dir() else []
    file = base.with_suffix(".py")
    found += [file] if file.exists() else []
    return [f.relative_to(root) for f in found]


def tests(root: Path, page: Page) -> list[Path]:
    """The test files of a chapter, its own first."""
    folder = root / settings_of(root).tests
    part = folder / page.path.parent
    found = sorted(part.glob(f"test_{page.path.stem}*.py"))
    found += [f for n in SHARED if (f := folder / n).exists()]
    return found


class Suite:
    """A chapter's tests and page, ready to judge mistakes in its library.

    Raises:
        PressError: if the page or a test is not right before any mistake.
    """

    def __init__(self, root: Path, page: Page) -> None:
        self.root = root
        self.page = page
        self.modules = modules(root, page)
        self.files = tests(root, page)
        self._warm()
        try:
            self.reach = isolated(self._first, FIRST)
        except EndedError as error:
            place = page.place
            fix = "mend it before you make mistakes"
            raise PressError(Problem(place, 1, str(error), fix)) from None

    @cached_property
    def _limit(self) -> float:
        return max(LEAST, SLOWER * self.reach.seconds)

    def refusal(self, edit: Edit) -> str:
        """What refuses this mistake; nothing if all of it passes."""
        text = edit.applied((self.root / edit.path).read_text("utf8"))
        place = owner(self.root, edit.path, edit.line)
        try:
            return isolated(
                lambda: self._try(edit.path, text, place), self._limit
            )
        except EndedError as error:
            return str(error)

    def _try(self, path: Path, text: str, place: Place | None) -> str:
        """First what calls the function, then all the rest.

        NB: a test that reads what another one had computed was not seen
        to call anything.
        """
        take_place(self.root, path, text)
        os.chdir(self.root)
        reach, first, fences = self.reach, [], self.reach.every_fence
        if place is not None:
            first = reach.tests.get(place, [])
            fences = reach.fences.get(place, [])
        rest = [n for n in reach.every_test if n not in set(first)]
        return (
            self._failing(first) or self._wrong(fences) or self._failing(rest)
        )

    def _failing(self, names: list[str]) -> str:
        """The first of these tests that fails."""
        if not names:
            return ""
        seen = _Chosen(names)
        code = _pytest(self._holding(names), seen)
        return "" if code == 0 else seen.failed or f"pytest ends with {code}"

    def _wrong(self, lines: list[int]) -> str:
        """The first problem of these fences."""
        run = PageRun(self.root, self.page)
        for line in lines:
            try:
                run.verify(line)
            except PressError as error:
                return str(error.problems[0])
        return ""

    def _holding(self, chosen: list[str]) -> list[Path]:
        """The files that the chosen tests stand in."""
        names = {c.partition("::")[0] for c in chosen}
        return [
            f
            for f in self.files
            if f.relative_to(self.root).as_posix() in names
        ]

    def _first(self) -> Reach:
        table = settings_of(self.root)
        take_place(self.root, table.library / "__init__.py", None)
        os.chdir(self.root)
        watch = _Watch(self.root, self.modules)
        reach = Reach()
        seen = _Recorder(watch, self.page.path.stem)
        if self.files and _pytest(self.files, seen) not in {0, 5}:
            what = seen.failed or "the collection of its tests"
            raise RuntimeError(f"{what} fails before any mistake")
        for name in sorted(seen.took, key=lambda n: seen.took[n]):
            for place in seen.called[name]:
                reach.tests.setdefault(place, []).append(name)
            reach.every_test.append(name)
        run = PageRun(self.root, self.page)
        for line in self._fences():
            watch.begin()
            try:
                run.verify(line)
            finally:
                called = watch.end()
            reach.every_fence.append(line)
            for place in called:
                reach.fences.setdefault(place, []).append(line)
        reach.seconds = time.process_time()
        return reach

    def _fences(self) -> list[int]:
        return [
            f.line
            for f in self.page.fences
            if f.is_python and role(self.page, f) not in {"notest", "listing"}
        ]

    def _warm(self) -> None:
        """Import here what the tests import, so that no fork has to."""
        names = {n for f in self.files for n in _imported(f)}
        table = settings_of(self.root)
        own = {table.package, table.tests}
        for name in sorted(names):
            if name.partition(".")[0] not in own:
                try:
                    importlib.import_module(name)
                except ImportError:
                    continue


def _imported(file: Path) -> Iterator[str]:
    """The modules that a test file imports; of a broken one none."""
    try:
        tree = ast.parse(file.read_text("utf8"))
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def owner(root: Path, path: Path, line: int) -> Place | None:
    """The outermost function or method that holds a line, if one does."""
    tree = ast.parse((root / path).read_text("utf8"))
    for node in _outermost(tree):
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        if first <= line <= (node.end_lineno or first):
            return path.as_posix(), first
    return None


def _outermost(
    tree: ast.AST,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef | ast.If | ast.Try):
            yield from _outermost(node)


class _Watch:
    """Which functions of some files are called meanwhile."""

    def __init__(self, root: Path, files: list[Path]) -> None:
        self.names = {str(root / f): f.as_posix() for f in files}
        self.spans = {
            f.as_posix(): sorted(
                (
                    min([n.lineno, *(d.lineno for d in n.decorator_list)]),
                    n.end_lineno or n.lineno,
                )
                for n in _outermost(ast.parse((root / f).read_text("utf8")))
            )
            for f in files
        }

    def begin(self) -> None:
        """Watch from here on."""
        self.codes: set[object] = set()
        self.called: set[Place] = set()
        sys.settrace(self._see)

    def end(self) -> set[Place]:
        """The functions that were called since."""
        sys.settrace(None)
        return self.called

    def _see(self, frame: FrameType, _event: str, _arg: Any) -> None:
        code = frame.f_code
        if code.co_filename not in self.names or code in self.codes:
            return
        self.codes.add(code)
        file = self.names[code.co_filename]
        for first, last in self.spans[file]:
            if first <= code.co_firstlineno <= last:
                self.called.add((file, first))


class _Recorder:
    """Notes what each test calls, and how long it takes."""

    def __init__(self, watch: _Watch, chapter: str) -> None:
        self.watch = watch
        self.chapter = chapter
        self.called: dict[str, set[Place]] = {}
        self.took: dict[str, float] = {}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Of the shared tests, those of the chapter."""
        items[:] = [
            i
            for i in items
            if i.path.name not in SHARED or self.chapter in i.nodeid
        ]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item
    ) -> Generator[None, object, object]:
        """Watch one test, with what is set up for it."""
        start = time.process_time()
        self.watch.begin()
        try:
            return (yield)
        finally:
            self.called[item.nodeid] = self.watch.end()
            self.took[item.nodeid] = time.process_time() - start

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the first failure."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


class _Chosen:
    """Runs some tests, in their order."""

    def __init__(self, names: list[str]) -> None:
        self.rank = {name: i for i, name in enumerate(names)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen, the quickest first."""
        kept = [i for i in items if i.nodeid in self.rank]
        items[:] = sorted(kept, key=lambda i: self.rank[i.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what refused."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


def _pytest(files: list[Path], plugin: object) -> int:
    """Run the tests of some files in this process, to the first failure."""
    words = [
        *("-x", "-q", "--no-header", "--assert=plain", "--tb=no"),
        *("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"),
        *map(str, files),
    ]
    return int(pytest.main(words, plugins=[plugin]))
