"""Pages under pytest: pytest-markdown-docs collects, the press runs.

Its items keep their names and their place in the file; this plugin
replaces the runner, which would start every continuation from the top
and let whatever is printed pass.
"""

import platform
from collections.abc import Generator, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from pytest_markdown_docs._runners import _Runner, register_runner
from pytest_markdown_docs.definitions import FenceTestDefinition
from pytest_markdown_docs.plugin import (
    FenceSyntax,
    MarkdownDocstringCodeModule,
    MarkdownInlinePythonItem,
    MarkdownTextFile,
    extract_fence_tests,
)

from press import report
from press.book import GENERATED
from press.execute import PageRun
from press.page import Page, read
from press.plugins import find_library
from press.problems import PressError, Problem
from press.projects import is_project
from press.settings import SITE, docs_of, settings_of


@lru_cache(maxsize=64)
def _run(root: Path, path: Path, _mtime: int) -> PageRun:
    return PageRun(root, _page(root, path), record=BookRunner.record)


def _page(root: Path, path: Path) -> Page:
    """The page at a path: of the book, or any other file of its tree."""
    docs = docs_of(root)
    if path.is_relative_to(docs):
        return read(docs, path.relative_to(docs))
    return read(root, path.relative_to(root))


@register_runner(default=True)
class BookRunner(_Runner):
    """Runs a fence in the state that the page has reached."""

    record = True

    def runtest(
        self,
        test: FenceTestDefinition,
        args: dict[str, Any],  # noqa: ARG002
        **_: Any,
    ) -> None:
        """Run one fence and verify it."""
        path = test.source_path
        root = next(p for p in path.parents if (p / "mkdocs.yml").exists())
        _run(root, path, path.stat().st_mtime_ns).verify(test.start_line)

    def repr_failure(
        self,
        test: FenceTestDefinition,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> str:
        """The problems, one a line, without a traceback."""
        if isinstance(excinfo.value, PressError):
            return str(excinfo.value)
        place = f"{test.source_path}:{test.start_line}"
        return f"{place}: {excinfo.exconly()} {style or ''}".rstrip()


class Recorder:
    """Writes which blocks of which page passed, for the build to print."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = settings_of(root).docs
        self.passed: dict[str, set[int]] = {}
        self.failed: dict[str, set[int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the outcome of one fence."""
        page, _, rest = report.nodeid.partition("::")
        if not (page.startswith(f"{self.docs}/") and "[line:" in rest):
            return
        line = int(rest.rpartition("[line:")[2].rstrip("]"))
        if report.failed:
            self.failed.setdefault(page, set()).add(line)
        elif report.when == "call" and report.passed:
            self.passed.setdefault(page, set()).add(line)

    def pytest_sessionfinish(self) -> None:
        """Merge what was seen into the report."""
        versions = {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "scipy")},
        }
        for page in sorted({*self.passed, *self.failed}):
            report.record(
                self.root,
                Path(page).relative_to(self.docs),
                self.passed.get(page, set()),
                self.failed.get(page, set()),
                versions,
            )


def pytest_ignore_collect(
    collection_path: Path, config: pytest.Config
) -> bool | None:
    """Leave out the pages that the build writes."""
    if not _is_book(config):
        return None
    docs = docs_of(config.rootpath)
    if not collection_path.is_relative_to(docs):
        return None
    made = collection_path.relative_to(docs)
    if made.suffix == ".md" and is_project(source := made.with_suffix(".py")):
        return True if (docs / source).exists() else None
    return True if made == Path(GENERATED) else None


class PageFile(MarkdownTextFile):
    """A page whose fences two readers see alike: pytest's and the press."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its blocks.

        Raises:
            CollectError: with what cannot be read, or would not be run.
        """
        root = self.config.rootpath
        place = self.path.relative_to(root)
        try:
            page = _page(root, self.path)
        except PressError as error:
            raise self.CollectError(str(error)) from None
        items = list(self._fences(page))
        seen = {item.start_line for item in items}
        meant = {
            fence.line
            for fence in page.fences
            if fence.is_python and "notest" not in fence.classes
        }
        problems = [
            Problem(
                place,
                line,
                "a block that not all readers take for one",
                "put empty lines around it, in no quote, list or HTML",
            )
            for line in sorted(seen ^ meant)
            if not page.is_ordinary
        ]
        if problems:
            raise self.CollectError(str(PressError(problems)))
        yield from items

    def _fences(self, page: Page) -> Iterator[MarkdownInlinePythonItem]:
        """The blocks that pytest's own reader finds in the page."""
        parser = self.config.hook.pytest_markdown_docs_markdown_it()
        found = extract_fence_tests(
            parser, page.text, 0, self.path,
            fence_syntax=FenceSyntax.superfences,
        )  # fmt: skip
        for number, test in enumerate(found, 1):
            yield MarkdownInlinePythonItem.from_parent(
                self,
                name=f"[CodeFence#{number}][line:{test.start_line}]",
                test_definition=test,
            )


def _is_book(config: pytest.Config) -> bool:
    """Whether there are pages: the press may be installed beside others."""
    return (config.rootpath / SITE).exists()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Collect fences of pages, not of the docstrings of every module."""
    found = yield
    if not _is_book(parent.config):
        return found
    docs = docs_of(parent.config.rootpath)
    if file_path.is_relative_to(docs) and is_project(
        file_path.relative_to(docs)
    ):
        return [PageFile.from_parent(parent, path=file_path)]
    return [
        PageFile.from_parent(c.parent, path=c.path)
        if isinstance(c, MarkdownTextFile)
        else c
        for c in found
        if not isinstance(c, MarkdownDocstringCodeModule)
    ]


def pytest_addoption(parser: pytest.Parser) -> None:
    """A run that is not about the book as it is printed says so."""
    parser.addoption(
        "--unrecorded",
        action="store_true",
        help="leave the report alone that the build prints from",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Record on the controller only, not in each worker."""
    worker = hasattr(config, "workerinput")
    if not _is_book(config):
        return
    try:
        find_library(config.rootpath)
    except PressError as error:
        raise pytest.UsageError(str(error)) from None
    BookRunner.record = not config.getoption("--unrecorded")
    if not worker and BookRunner.record:
        config.pluginmanager.register(Recorder(config.rootpath))
