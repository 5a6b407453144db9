"""Programs that no browser can run, and that their page says are tested.

They stand in the tabs of a library, each with its own imports. What a comment
beside a line says of its value is compared: ``x.sum()  # 2.5``.
"""

import ast
import io
import re
import sys
import tokenize
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from press import projects
from press.page import Fence, Page, read
from press.problems import PressError, Problem
from press.settings import docs_of

USUAL = "does not run in a browser; the tests of this book run this block"
FRAMEWORKS = (
    "does not run in a browser; the framework tests of this book run this "
    "block"
)
# What each promise is for: `make test` has these, `make test-frameworks` all.
KINDS = {
    USUAL: {"jax", "jaxlib", "optax", "distributed"},
    FRAMEWORKS: {"torch", "keras", "tensorflow", "flax", "jaxopt"},
}
TITLES = {"jax", "optax", "flax", "pytorch", "keras", "tensorflow"}
NUMERAL = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)")
CLOSE = 1e-5  # what float32 leaves of a whole number
CHECK = "_compare_with_the_comment"


@dataclass(frozen=True)
class Tab:
    """A program of a page that is tested by itself.

    Attributes:
        path: the page.
        line: the line of its fence.
        code: the program.
        reason: why the page does not run it.
    """

    path: Path
    line: int
    code: str
    reason: str

    def __str__(self) -> str:
        """What a test that runs it is called."""
        return f"{self.path.as_posix()}:{self.line}"

    def promises(self, what: str) -> bool:
        """Whether the page says that these tests run it."""
        return self.reason.endswith(f" {what}")

    @property
    def starts_processes(self) -> bool:
        """Whether it needs a process of its own: `make test` gives it one."""
        return "__main__" in self.code


def tabs(docs: Path) -> list[Tab]:
    """Every program of the book that its page does not run."""
    made = {docs / path for path in projects.sources(docs)}
    return [
        tab
        for path in sorted([*docs.rglob("*.md"), *made])
        if "generated" not in path.relative_to(docs).parts
        and path.with_suffix(".py") not in made - {path}
        for tab in of(read(docs, path.relative_to(docs)))
    ]


def of(page: Page) -> Iterator[Tab]:
    """Those of one page."""
    for fence in page.fences:
        if fence.is_python and "notest" in fence.classes:
            reason = fence.options.get("reason", "")
            yield Tab(page.place, fence.line, fence.body, reason)


def unpromised(page: Page) -> Iterator[Problem]:
    """Blocks of a library that nothing runs, or not the tests they name."""
    for fence, tab in zip(_fences(page), of(page), strict=True):
        block = page.blocks[fence.block] if fence.block is not None else None
        title = block.title.lower() if block and block.kind == "tab" else ""
        used = _imports(tab.code)
        meant = next((k for k in KINDS if tab.promises(k)), "")
        wanted = next(
            (k for k, of in reversed(KINDS.items()) if used & of), ""
        )
        if meant != wanted or (title in TITLES and not wanted):
            yield Problem(
                tab.path,
                tab.line,
                "a block of a library that nothing runs"
                if not meant
                else "a block that other tests run than its page says",
                "give it its imports, and the reason: … "
                f"{wanted or meant or USUAL}",
            )


def run(tab: Tab) -> None:
    """Run a program and compare what its comments say.

    Raises:
        PressError: if it fails, or a comment says another number.
    """
    spoken = dict(_spoken(tab.code))
    tree = ast.parse(tab.code)
    checked = _Checked(spoken)
    tree = ast.fix_missing_locations(checked.visit(tree))
    for line in sorted({*spoken} - checked.seen):
        raise _problem(tab, line, "a comment with numbers beside no value")
    ast.increment_lineno(tree, tab.line)

    def compare(value: Any, line: int) -> None:
        if wrong := _differs(value, spoken[line]):
            raise _problem(tab, line, wrong)

    try:
        exec(compile(tree, str(tab.path), "exec"), {CHECK: compare})  # noqa: S102
    except PressError:
        raise
    except Exception as error:
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == str(tab.path) and frame.lineno
        ]
        at = (lines or [tab.line + 1])[-1] - tab.line
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        raise _problem(tab, at, what) from error


def libraries(tab: Tab) -> set[str]:
    """The libraries that a program is about."""
    return _imports(tab.code) & set().union(*KINDS.values())


def _problem(tab: Tab, line: int, what: str) -> PressError:
    return PressError(
        Problem(tab.path, tab.line + line, what, "mend the program")
    )


def _fences(page: Page) -> list[Fence]:
    return [f for f in page.fences if f.is_python and "notest" in f.classes]


def _imports(code: str) -> set[str]:
    """What a program imports, or uses as if it had."""
    tree = ast.parse(code)
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Name):
            names.add({"tf": "tensorflow", "jnp": "jax"}.get(node.id, node.id))
    return names


def _spoken(code: str) -> Iterator[tuple[int, list[str]]]:
    """The numbers of the comments, by line."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        numbers = NUMERAL.findall(token.string)
        if token.type == tokenize.COMMENT and numbers:
            yield token.start[0], numbers


class _Checked(ast.NodeTransformer):
    """A program that compares the values of lines with their comments."""

    def __init__(self, spoken: dict[int, list[str]]) -> None:
        self.spoken = spoken
        self.seen: set[int] = set()

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """The value of a line, as it goes by."""
        if node.end_lineno not in self.spoken:
            return node
        return ast.copy_location(self._call(node.value, node), node)

    def visit_Assign(self, node: ast.Assign) -> Any:
        """The value that a line gives a name."""
        target = node.targets[0]
        if node.end_lineno not in self.spoken or not isinstance(
            target, ast.Name
        ):
            return node
        value = ast.Name(target.id, ast.Load())
        return [node, ast.copy_location(self._call(value, node), node)]

    def _call(self, value: ast.expr, node: ast.stmt) -> ast.Expr:
        line = node.end_lineno or 0
        self.seen.add(line)
        check = ast.Name(CHECK, ast.Load())
        return ast.Expr(ast.Call(check, [value, ast.Constant(line)], []))


def _differs(value: Any, spoken: Sequence[str]) -> str:
    """What a comment says of a value that is not so, or ''."""
    numbers = _numbers(value)
    said = ", ".join(spoken)
    if len(numbers) != len(spoken):
        return f"a comment says {said} of {len(numbers)} numbers: {value!r}"
    for number, text in zip(numbers, spoken, strict=True):
        stated = float(text.replace("−", "-"))
        places, _, power = text.lower().partition("e")
        digits = len(places.partition(".")[2])
        unit = 10.0 ** (int(power or 0) - digits)
        whole = not digits and not power
        most = CLOSE * max(1.0, abs(stated)) if whole else 0.501 * unit
        if not abs(number - stated) <= most:
            return f"a comment says {said}, and the value is {value!r}"
    return ""


def _numbers(value: Any) -> list[float]:
    if isinstance(value, tuple | list):
        return [number for item in value for number in _numbers(item)]
    if hasattr(value, "detach"):
        value = value.detach()
    try:
        return [float(x) for x in np.ravel(np.asarray(value, dtype=float))]
    except (TypeError, ValueError):
        return []


def main(argv: Sequence[str]) -> int:
    """Run the programs of a page that tests promise to run; name them."""
    failed = 0
    for name in argv:
        for tab in of(read(docs_of(Path.cwd()), Path(name))):
            if not tab.starts_processes and (
                tab.promises(USUAL) or tab.promises(FRAMEWORKS)
            ):
                failed += _reported(tab)
    return min(failed, 1)


def _reported(tab: Tab) -> int:
    try:
        run(tab)
    except PressError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        if "jax" in sys.modules:  # the next one starts in float32
            sys.modules["jax"].config.update("jax_enable_x64", val=False)
    sys.stdout.write(f"{tab}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
