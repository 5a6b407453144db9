"""Running a page: every Python block, its output, its claims.

A page is run block by block; namespaces are kept, so a continuation
costs only itself. What is verified of a block follows from its role, see
`press.programs`.

In a project all of them go on from the programs above, solutions included,
as the cells of a notebook do. Starter and grader run in a copy of these
names, and may not change what the names hold.
"""

import ast
import contextlib
import functools
import importlib
import io
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from press import compare, formula_checks, steps, symbols
from press.asserts import NAME, Trace
from press.book import Book
from press.formulas import first_draw
from press.isolation import SECONDS, isolated, prepare
from press.page import Fence, Page
from press.problems import PressError, Problem
from press.programs import Code, Namespace, code_of, is_link, output_of, role
from press.state import fingerprint

if TYPE_CHECKING:
    from press.numbers import Numbers


@dataclass
class _State:
    """Where a chain of examples stands after its last block."""

    namespace: Namespace
    last: int
    printed: dict[int, str] = field(default_factory=dict)
    options: dict[str, object] = field(default_factory=dict)
    failed: dict[int, PressError] = field(default_factory=dict)


def held_by(value: object) -> int:
    """A checksum of a value; of a class what its attributes are."""
    if isinstance(value, type) and value.__module__ == "__main__":
        named = sorted((n, id(v)) for n, v in vars(value).items())
        return hash(tuple(named))
    return fingerprint(value)


class PageRun:
    """One page being run, from any block, in any order."""

    def __init__(
        self, root: Path, page: Page, *, record: bool = False
    ) -> None:
        self.root = root
        self.page = page
        self.record = record
        self.place = page.place
        self.state: _State | None = None
        self.solved: dict[int, Namespace] = {}

    @functools.cached_property
    def numbers(self) -> "Numbers":
        """The marked numbers of the page."""
        from press.numbers import Numbers  # noqa: PLC0415  (it runs pages)

        return Numbers(self)

    def verify(self, line: int) -> None:
        """Run the Python fence that opens at `line` and check it.

        Raises:
            PressError: with every problem found.
        """
        index = next(
            (i for i, f in enumerate(self.page.fences) if f.line == line), -1
        )
        if index < 0:
            raise self.problem(
                line, "a block that the press does not see", "run make check"
            )
        fence = self.page.fences[index]
        getattr(self, "_verify_" + role(self.page, fence))(index, fence)

    def printed(self, index: int) -> str:
        """What the example at `index` prints."""
        state = self._reach(index)
        if index in state.failed:
            raise state.failed[index]
        return state.printed[index]

    def namespace(self, index: int) -> Namespace:
        """The names that the example or solution at `index` leaves."""
        fence = self.page.fences[index]
        if is_link(self.page, fence):
            return self._reach(index).namespace
        if index not in self.solved:
            self.solved[index] = _fresh()
            self._execute(fence, self.solved[index])
        return self.solved[index]

    def chain(self, index: int) -> list[int]:
        """The blocks whose names the one at `index` has, itself last."""
        if "continuation" not in self.page.fences[index].classes:
            return [index]
        return [*self.chain(self._before(index)), index]

    def _verify_example(self, index: int, _: Fence) -> None:
        problems = [
            *self._output_problems(index, self.printed(index)),
            *self.numbers.problems(index),
        ]
        if problems:
            raise PressError(problems)

    def _verify_check(self, index: int, fence: Fence) -> None:
        if "continuation" in fence.classes:
            before = self._before(index)
            namespace = dict(self._reach(before).namespace)
        else:
            namespace = _fresh()
        trace = Trace(code_of(self.root, self.place, fence).path)
        printed = self._execute(fence, namespace, trace)
        if formula_checks.reads(fence):  # a draw may hold asserts as well
            self._verify_formulas(fence, namespace)
        if problems := [
            *trace.problems(),
            *self._output_problems(index, printed),
        ]:
            raise PressError(problems)

    def _verify_formulas(self, fence: Fence, namespace: Namespace) -> None:
        try:
            verdicts = formula_checks.verify(
                self.place, self.page, fence, namespace
            )
            tried = steps.verify(self.root, self.page, fence, namespace)
            self._verify_shapes(fence, namespace)
        except PressError:
            raise
        except Exception as error:  # noqa: BLE001  (any, at its line)
            code = code_of(self.root, self.place, fence)
            raise self._failure(error, code) from None
        if self.record:
            code = code_of(self.root, self.place, fence)
            formula_checks.record(self.root, self.page, code.text, verdicts)
            steps.record(self.root, self.page, code.text, tried)

    def _verify_shapes(self, fence: Fence, namespace: Namespace) -> None:
        book, drawn = Book(self.root), first_draw(namespace)
        if problems := [
            problem
            for display in formula_checks.displays(self.page, fence)
            for problem in symbols.unlike_listed(
                book, self.page, display, drawn
            )
        ]:
            raise PressError(problems)

    def _verify_listing(self, _: int, fence: Fence) -> None:
        code = code_of(self.root, self.place, fence)
        assert code.included is not None  # noqa: S101
        module = importlib.import_module(code.included.module)
        self._execute(fence, dict(vars(module)))

    def _verify_solution(self, index: int, _: Fence) -> None:
        self.namespace(index)
        if problems := list(self.numbers.problems(index)):
            raise PressError(problems)

    def _verify_starter(self, index: int, fence: Fence) -> None:
        with self._borrowed(index, fence) as namespace:
            self._refused(fence, namespace)

    def _refused(self, fence: Fence, namespace: Namespace) -> None:
        """Run a starter, and its check, which must refuse it."""
        self._execute(fence, namespace)
        grader = self._partner(fence, "check")
        code = code_of(self.root, self.place, grader)
        try:
            with self._isolated(code, grader):
                exec(code.compiled(self.root), namespace)  # noqa: S102
        except PressError:
            raise
        except (NameError, SyntaxError, ImportError) as error:
            raise self.problem(
                grader.line, f"the check itself fails: {error!r}", "mend it"
            ) from None
        except Exception:  # noqa: BLE001  (a refusal is what is wanted)
            return
        raise self.problem(
            fence.line,
            "the starter passes the check",
            "make the check ask for what the exercise asks for",
        )

    def _verify_grader(self, index: int, fence: Fence) -> None:
        solution = self._partner(fence, "solution")
        if "continuation" not in fence.classes:
            namespace = _fresh()
            self._execute(solution, namespace)
            self._execute(fence, namespace)
            return
        index = self.page.fences.index(solution)
        before = dict(self._reach(index).namespace)
        with self._borrowed(index, fence) as namespace:
            self._execute(fence, namespace)
        used = self._read_below(index)
        rebound = [
            name
            for name, value in before.items()
            if name in used and namespace[name] is not value
        ]
        if rebound:
            raise self.problem(
                fence.line,
                f"the check gives `{rebound[0]}` another value",
                "cells below use that name: take another one",
            )

    def _read_below(self, index: int) -> set[str]:
        """The names that the programs below a block read."""
        return {
            node.id
            for fence in self.page.fences[index + 1 :]
            if is_link(self.page, fence)
            for node in ast.walk(ast.parse(fence.body))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }

    @contextlib.contextmanager
    def _borrowed(self, index: int, fence: Fence) -> Iterator[Namespace]:
        """Names for a block that no other block may notice.

        In a project those at `index`, the block itself or the program that
        it goes on from; else none.
        """
        if "continuation" not in fence.classes:
            yield _fresh()
            return
        if not is_link(self.page, self.page.fences[index]):
            index = self._before(index)
        held = self._reach(index).namespace
        kept = {name: held_by(value) for name, value in held.items()}
        yield dict(held)
        changed = [n for n in kept if held_by(held[n]) != kept[n]]
        if changed:
            raise self.problem(
                fence.line,
                f"a {role(self.page, fence)} that changes `{changed[0]}`, "
                "which other cells use",
                "let it make its own",
            )

    def _verify_notest(self, _: int, __: Fence) -> None:
        raise AssertionError("a block that is not run was collected")

    def _partner(self, fence: Fence, name: str) -> Fence:
        exercise = self.page.around(fence, "exercise")
        for other in self.page.fences:
            if (
                name in other.classes
                and self.page.around(other, "exercise") == exercise
            ):
                return other
        raise self.problem(
            fence.line,
            f"an exercise with code and no .{name} block",
            "give it starter, check and solution",
        )

    def _before(self, index: int) -> int:
        for i in range(index - 1, -1, -1):
            if is_link(self.page, self.page.fences[i]):
                return i
        raise self.problem(
            self.page.fences[index].line,
            "a continuation with no example above it",
            "make it an example with its own imports",
        )

    def _reach(self, index: int) -> _State:
        """The state of a chain just after the example at `index`."""
        if self.state is not None and self.state.last == index:
            return self.state
        fence = self.page.fences[index]
        if "continuation" in fence.classes:
            state = self._reach(self._before(index))
            options = state.options
        else:
            state = _State(_fresh(), index)
            options = {}
        self.state = None
        with np.printoptions(**options):  # type: ignore[arg-type]
            self._advance(index, state)
            state.options = dict(np.get_printoptions())
            state.options.pop("override_repr", None)
        state.last = index
        self.state = state
        return state

    def _advance(self, index: int, state: _State) -> None:
        """Run one example; a page of another tool goes on if it fails."""
        fence = self.page.fences[index]
        try:
            state.printed[index] = self._execute(fence, state.namespace)
        except PressError as error:
            if "ordinary" not in fence.classes:
                raise
            state.failed[index] = error

    def _execute(
        self, fence: Fence, namespace: Namespace, trace: Trace | None = None
    ) -> str:
        code = code_of(self.root, self.place, fence)
        errors = np.geterr()
        try:
            compiled = (
                trace.compiled(code.padded(), str(self.root / code.path))
                if trace
                else code.compiled(self.root)
            )
            namespace |= {NAME: trace} if trace else {}
            with self._isolated(code, fence) as printed:
                exec(compiled, namespace)  # noqa: S102
        except Exception as error:  # noqa: BLE001  (any, at its line)
            raise self._failure(error, code) from None
        finally:
            np.seterr(**errors)
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")
        return printed.getvalue()

    def _isolated(
        self, code: Code, fence: Fence
    ) -> contextlib.AbstractContextManager[io.StringIO]:
        """What keeps a block from its neighbours, for as long as it may."""
        prepare(code.text, self.page.settings.package)
        seconds = float(fence.options.get("seconds", SECONDS))
        return isolated(self.root, code.path, code.line, code.text, seconds)

    def _failure(self, error: Exception, code: Code) -> PressError:
        if isinstance(error, PressError):
            return error
        inside = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == str(self.root / code.path)
        ]
        line = (
            error.lineno
            if isinstance(error, SyntaxError)
            else (inside[-1] if inside else code.line)
        )
        said = f"{type(error).__name__}: {error}".removesuffix(": ")
        return PressError(
            Problem(
                code.path,
                line or code.line,
                said,
                f"run of {self.place}",
            )
        )

    @contextlib.contextmanager
    def blamed(self, line: int, what: str) -> Iterator[None]:
        """Any error inside becomes a problem of a line of the page."""
        try:
            yield
        except PressError:
            raise
        except Exception as error:  # noqa: BLE001  (any, at its line)
            said = f"{what} raises {type(error).__name__}: {error}"
            raise self.problem(
                line, said, "name what the example above defines"
            ) from None

    def _output_problems(self, index: int, printed: str) -> Iterator[Problem]:
        fence, shown = self.page.fences[index], output_of(self.page, index)
        bless = f"run make bless PAGE={self.page.name} and review the diff"
        if shown is None:
            if printed.strip() and "ordinary" not in fence.classes:
                first = printed.strip().splitlines()[0]
                yield Problem(
                    self.place,
                    fence.line,
                    f'prints "{first}" and shows no output',
                    bless,
                )
            return
        if not printed.strip():
            yield Problem(
                self.place,
                shown.line,
                "an output of a block that prints nothing",
                "print something or delete the output",
            )
            return
        found = compared(self.place, printed, shown)
        if found:
            yield Problem(
                self.place,
                shown.line + 1 + found.line,
                f'prints "{found.printed}", the page shows "{found.shown}"',
                bless,
            )

    def problem(self, line: int, what: str, fix: str) -> PressError:
        """A problem at a line of the page."""
        return PressError(Problem(self.place, line, what, fix))


def compared(
    place: Path, printed: str, shown: Fence
) -> compare.Difference | None:
    """Where an output parts from what is printed, or None.

    Raises:
        PressError: if its tolerance is none.
    """
    try:
        return compare.difference(printed, shown.body, **tolerances(shown))
    except ValueError as error:
        fix = 'write a number, as in rtol="1e-3" or factor="10"'
        problem = Problem(place, shown.line, str(error), fix)
        raise PressError(problem) from None


def tolerances(shown: Fence) -> dict[str, float]:
    """What an output fence says of its tolerance."""
    return {
        name: float(shown.options[name])
        for name in compare.TOLERANCES
        if name in shown.options
    }


def _fresh() -> Namespace:
    return {"__name__": "__main__"}
