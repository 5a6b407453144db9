"""What a number that is typed by hand may be: a value of the page.

The programs of the page are run; of their names, entries and sizes those
are offered that agree with the digits shown, else the nearest one.
"""

import ast
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

from press import compare, literals
from press.book import Book
from press.execute import PageRun
from press.marks import Mark, inside, program_of
from press.page import PICTURES, Page
from press.problems import PressError, Problem
from press.programs import code_of
from press.shown import Numeral, bare, relations

MOST_ENTRIES = 400
MOST_OFFERS = 3


@dataclass(frozen=True)
class Candidate:
    """A value that a number may be, and how to write that."""

    form: str
    of: str
    value: float
    at: str = ""

    def __str__(self) -> str:
        at = f' at="{self.at}"' if self.at else ""
        return f'{{ .{self.form} of="{self.of}"{at} }}'


def suggestions(book: Book, page: Page) -> Iterator[Problem]:
    """Each number of a page that nothing holds, with what it may be."""
    run = PageRun(book.root, page)
    pools: dict[object, list[Candidate]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for found in sorted(bare(page, book), key=_place):
            mark = _as_mark(page, found)
            beneath = replace(mark, options={"at": "below"})
            programs = (program_of(page, mark), program_of(page, beneath))
            key = (*programs, mark.picture)
            if key not in pools:
                pools[key] = _pool(run, mark)
            yield Problem(
                book.place(page),
                found.line,
                f'"{found.text}" in column {found.column}',
                _offer(found, pools[key]),
            )
        for relation in relations(page):
            index = program_of(page, relation.mark)
            said = index is not None and run.numbers.relation(index, relation)
            if said:
                yield Problem(book.place(page), relation.line, *said)


def _place(found: Numeral) -> tuple[int, int]:
    return found.line, found.column


def _as_mark(page: Page, found: Numeral) -> Mark:
    return Mark(
        "claim",
        found.text,
        found.line,
        found.column - 1,
        found.column - 1 + len(found.text),
        {},
        math=found.math,
        picture=inside(page, found.line, PICTURES),
        exercise=inside(page, found.line, {"exercise"}),
    )


def _pool(run: PageRun, mark: Mark) -> list[Candidate]:
    """The values of the program above, then of the one below."""
    beneath = replace(mark, options={"at": "below"})
    below = [replace(c, at="below") for c in _known(run, beneath)]
    return [*_known(run, mark), *below]


def _known(run: PageRun, mark: Mark) -> Iterator[Candidate]:
    """The literals and values of the program that a mark is about."""
    index = program_of(run.page, mark)
    if index is None:
        return
    try:
        space = run.numbers.space(index, mark)
    except PressError:
        return
    for at in run.chain(index):
        fence = run.page.fences[at]
        yield from _literals(code_of(run.root, run.place, fence).text)
    for name, value in space.items():
        if not name.startswith("_") and not isinstance(value, ModuleType):
            yield from _values(name, value, deep=True)


def _literals(code: str) -> Iterator[Candidate]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assign | ast.FunctionDef):
            targets = getattr(node, "targets", [node])
            for target in targets:
                name = getattr(target, "id", getattr(target, "name", ""))
                if name:
                    for n in literals.bound(node, name) or ():
                        yield Candidate("given", name, n)


def _values(name: str, value: Any, *, deep: bool) -> Iterator[Candidate]:
    if isinstance(value, bool | np.bool_ | str):
        return
    if isinstance(value, int | float | np.number):
        if not isinstance(value, np.complexfloating):
            yield Candidate("claim", name, float(value))
    elif isinstance(value, np.ndarray | list | tuple):
        yield from _entries(name, value)
    elif deep and hasattr(value, "__dict__") and not callable(value):
        for part, inner in vars(value).items():
            if not part.startswith("_"):
                yield from _values(f"{name}.{part}", inner, deep=False)


def _entries(name: str, value: Any) -> Iterator[Candidate]:
    yield Candidate("claim", f"len({name})", _length(value))
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return
    for axis, size in enumerate(array.shape[1:], 1):
        yield Candidate("claim", f"{name}.shape[{axis}]", size)
    if array.ndim > 1:
        yield Candidate("claim", f"{name}.size", array.size)
    if 0 < array.size <= MOST_ENTRIES:
        for at in np.ndindex(array.shape):
            index = ", ".join(map(str, at))
            entry = f"{name}[{index}]" if at else name
            yield Candidate("claim", entry, float(array[at]))
    if array.size > 1:
        yield Candidate("claim", f"{name}.max()", float(array.max()))
        yield Candidate("claim", f"{name}.min()", float(array.min()))


def _length(value: Any) -> float:
    if isinstance(value, list | tuple):  # of arrays of any shapes
        return len(value)
    return len(value) if np.ndim(value) else 0


def _offer(found: Numeral, pool: list[Candidate]) -> str:
    shown = literals.texts(found.text, math=found.math)
    number = literals.values(found.text, math=found.math)
    if not pool or len(number) != 1:
        return "no value here is near: compute it, or name its source"
    fitting = [c for c in pool if _agrees(shown[0], c.value)]
    offers = list(dict.fromkeys(str(c) for c in fitting))
    if offers:
        return " or ".join(offers[:MOST_OFFERS])
    near = min(pool, key=lambda c: _distance(c.value, number[0]))
    return f"nearest is {near.of} = {near.value:.6g}"


def _agrees(shown: str, value: float) -> bool:
    return math.isfinite(value) and compare.agrees(shown, value)


def _distance(a: float, b: float) -> float:
    """How far apart two numbers are, as a share of the larger."""
    size = max(abs(a), abs(b))
    return abs(a - b) / size if math.isfinite(a) and size else math.inf
