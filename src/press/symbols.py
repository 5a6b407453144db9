r"""Symbols that a page uses and what it says of them.

A symbol of a labelled display is in the table of the notation page, or an
inline formula of the prose introduces it, before the display or in the
same section. What only counts (``i`` in ``x_i``, the index of a sum) and
names in words need no description. Where the prose gives a shape, ``$X$
of shape $(n, d)$``, the draws of a check have as many axes.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from press.book import Book
from press.formulas import FormulaError, read
from press.formulas.tokens import Token, tokens
from press.formulas.tree import ACCENTS, GREEK, Node, spelled
from press.formulas.words import FUNCTIONS
from press.page import Display, Page
from press.problems import Problem

NOTATION = "reference/notation"
KNOWN = {
    *("pi", "e", "d", "I", "ones", "zeros", "softmax", "relu", "inf"),
    *FUNCTIONS,
}
WORDS = (r"\text", r"\mathrm", r"\operatorname")
SHAPE = re.compile(
    r"\$(?P<symbol>[^$]{1,20})\$(?P<between>[^$.;:]{0,24}?)"
    r"\bof\s+shape\s+\$\((?P<axes>[^$()]*)\)\$"
)

ROW = re.compile(
    r"^\|(?P<symbols>[^|]+)\|[^|]*\|[^|]*\|(?P<shape>[^|]*)\|$",
    re.MULTILINE,
)
DOLLARS = re.compile(r"\$([^$]+)\$")
SEVERAL = re.compile(r",\s+(?=\$|number)")


def undescribed(book: Book, page: Page) -> Iterator[Problem]:
    """Symbols of labelled displays that nothing says the meaning of."""
    if page.name in book.later:
        return
    notation = book.page(f"{NOTATION}.md")
    listed = introduced(s.text for s in notation.formulas) if notation else (
        set()
    )  # fmt: skip
    accents = {n.rpartition("_")[2] for n in listed if _accented(n)}
    told: set[str] = set()
    for display in page.displays:
        if not display.label:
            continue
        known = {*KNOWN, *listed, *before(page, display), *told}
        for name, start in sorted(used(display).items(), key=lambda u: u[1]):
            base, _, accent = name.rpartition("_")
            if name not in known and not (accent in accents and base in known):
                told.add(name)
                yield Problem(
                    book.place(page),
                    display.first + display.latex.count("\n", 0, start),
                    f"{display.label}: nothing says what {name} is",
                    "introduce it in the text, as in $x$ of shape $(n,)$, "
                    "or list it on the notation page",
                )


def before(page: Page, display: Display) -> set[str]:
    """What is introduced up to the end of the section of a display."""
    ends = [h.line for h in page.headings if h.line > display.line]
    end = min(ends, default=10**9)
    inline = introduced(s.text for s in page.formulas if s.line < end)
    for other in page.displays:
        if other.line <= display.line:
            inline |= defined(other)
    return inline


def introduced(formulas: Iterable[str]) -> set[str]:
    """The symbols that formulas of running text show."""
    found: set[str] = set()
    for latex in formulas:
        row = tokens(latex)
        for i, token in enumerate(row):
            name = _name(row, i)
            if name:
                found |= {name, f"{name}_star"} if _starred(row, i) else {name}
            if token.kind in {"name", "text"}:
                found.add("_".join(re.findall(r"\w+", token.text)))
    return found


def _name(row: list[Token], at: int) -> str:
    token = row[at]
    if token.kind == "letter":
        return token.text
    if token.is_(*GREEK):
        return GREEK[token.text]
    inner = at + 1 + row[min(at + 1, len(row) - 1)].is_("{")
    if token.is_(*ACCENTS) and inner < len(row):
        name = _name(row, inner)
        return f"{name}_{ACCENTS[token.text]}" if name else ""
    return ""


def _starred(row: list[Token], at: int) -> bool:
    """Whether a star stands above or below a symbol, maybe behind more."""
    return any(
        t.is_("^", "_") and row[i + 1].is_("*", "star", "{")
        for i, t in enumerate(row[at : at + 8], at)
        if i + 1 < len(row)
    )


def used(display: Display) -> dict[str, int]:
    """The symbols of a display that stand for values, each with its place.

    A display that is not read has none: that is told elsewhere.
    """
    try:
        tree = read(display.latex)
    except FormulaError:
        return {}
    found: dict[str, int] = {}
    for node in _values(tree, frozenset()):
        name = node.text.removesuffix("_prime")
        if display.latex.startswith(WORDS, node.start):
            continue  # it says what it is
        found.setdefault(name, node.start)
    own = defined(display) if display.label.startswith("def:") else set()
    return {name: at for name, at in found.items() if name not in own}


def _accented(name: str) -> bool:
    tail = name.removesuffix("_star").rpartition("_")[2]
    return tail in ACCENTS.values()


def _values(node: Node, bound: frozenset[str]) -> Iterator[Node]:
    """Symbols that are no index and that nothing above them lets run."""
    if node.kind == "sym":
        if node.text not in bound and not node.text.startswith("where__"):
            yield node
        return
    parts = node.parts
    if node.kind in {"index", "norm", "mean"}:
        parts = parts[:1]
    if node.kind == "big":
        runs = {n.text for o in parts[1:] for n in o.walk() if n.kind == "sym"}
        parts, bound = parts[:1], bound | runs
    if node.kind == "integral":
        bound |= {parts[3].text}
        parts = parts[:3]
    for part in parts:
        yield from _values(part, bound)


def defined(display: Display) -> set[str]:
    """The symbols that a display gives a value to, left of =."""
    try:
        tree = read(display.latex)
    except FormulaError:
        return set()
    found = set()
    for piece in tree.parts:
        statement = piece.parts[0]
        left = statement.parts[0] if statement.parts else statement
        while left.kind in {"apply", "index", "prime", "nabla"}:
            left = left.parts[0]
        if statement.kind == "relation" and left.kind == "sym":
            found.add(left.text)
    return found


# shapes


def shapes(page: Page, display: Display) -> dict[str, tuple[int, int]]:
    """The axes that the section of a display says its symbols have.

    The line of the description comes with it. The latest one counts.
    """
    begins = [h.line for h in page.headings if h.line <= display.line]
    first = max(begins, default=1)
    return {
        name: (axes, line)
        for name, axes, line in described(page)
        if first <= line <= display.line
    }


def described(page: Page) -> Iterator[tuple[str, int, int]]:
    """Symbols that the text gives a shape: name, number of axes, line."""
    for match in SHAPE.finditer(page.text):
        name = _plain(match["symbol"])
        if name:
            axes = len([a for a in match["axes"].split(",") if a.strip()])
            yield name, axes, page.text.count("\n", 0, match.start()) + 1


def changed(book: Book, page: Page) -> Iterator[Problem]:
    """Symbols that one page describes with two numbers of axes."""
    if page.name in book.later:
        return
    first: dict[str, tuple[int, int]] = {}
    for name, axes, line in described(page):
        before, at = first.setdefault(name, (axes, line))
        if axes != before:
            yield Problem(
                book.place(page), line,
                f"{name} has {axes} axes here and {before} in line {at}",
                "a symbol keeps its meaning within a page; take another",
            )  # fmt: skip


def _plain(latex: str) -> str:
    """The name in code of a symbol that stands alone, '' of anything else."""
    try:
        tree = read(latex)
    except FormulaError:
        return ""
    if len(tree.parts) != 1 or tree.parts[0].parts[0].kind != "sym":
        return ""
    node = tree.parts[0].parts[0]
    if not node.parts:
        return node.text
    return spelled(node.text, node.index)[0] if node.index else ""


def misshapen(
    place: Path, page: Page, display: Display, names: Mapping[str, Any]
) -> Iterator[Problem]:
    """Values of a draw with other axes than the text says."""
    for name, (axes, line) in shapes(page, display).items():
        drawn = _drawn(names.get(name))
        if drawn not in {axes, None}:
            yield Problem(
                place, line,
                f"{name} is described with {axes} axes, the check of "
                f"{display.label} draws it with {drawn}",
                "describe what is drawn, or draw what is described",
            )  # fmt: skip


# the notation page


def unlike_listed(
    book: Book, page: Page, display: Display, names: Mapping[str, Any]
) -> Iterator[Problem]:
    """Values of a draw with other axes than the notation page says.

    What the section says of a symbol itself goes before the list.
    """
    if page.name in book.later:
        return
    listed = listed_axes(book.docs / f"{NOTATION}.md")
    told = shapes(page, display)
    for name in sorted(used(display)):
        axes, drawn = listed.get(name), _drawn(names.get(name))
        if axes is None or drawn is None or name in told:
            continue
        if drawn not in axes:
            said = " or ".join(str(a) for a in sorted(axes))
            yield Problem(
                book.place(page), display.first,
                f"{display.label}: {name} is drawn with {drawn} axes, "
                f"the notation page says {said}",
                "say in the section what it is, as in $x$ of shape $(n, d)$, "
                "or list the meaning on the notation page",
            )  # fmt: skip


def _drawn(value: Any) -> int | None:
    """The axes of a number or an array; other values have none to count."""
    if isinstance(value, np.ndarray | np.generic | complex | float | int):
        return np.ndim(value)
    return None


def listed_axes(notation: Path) -> dict[str, set[int]]:
    """The numbers of axes that the notation page gives each symbol.

    A symbol of several meanings has several. One whose shape is told in
    words, as in "as x", may have any and is left out.
    """
    if not notation.exists():
        return {}
    return _table(notation, notation.stat().st_mtime_ns)


@functools.lru_cache(maxsize=1)
def _table(notation: Path, _changed: int) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    anything: set[str] = set()
    for row in ROW.finditer(notation.read_text("utf8")):
        names = [_plain(s) for s in DOLLARS.findall(row["symbols"])]
        shapes = _axes(row["shape"])
        if len(shapes) == 1:
            shapes *= len(names)
        if len(shapes) != len(names):
            shapes = [set()] * len(names)
        for name, axes in zip(names, shapes, strict=True):
            found.setdefault(name, set()).update(axes)
            if not axes:
                anything.add(name)
    return {n: a for n, a in found.items() if n and n not in anything}


def _axes(shape: str) -> list[set[int]]:
    """The numbers of axes of each shape in a cell; none for other words."""
    found = []
    for alternatives in SEVERAL.split(shape.strip()):
        axes: set[int] = set()
        for one in alternatives.split(" or "):
            inner = re.fullmatch(r"\$\(([^$]*)\)\$", one.strip())
            if inner:
                axes.add(len(inner[1].split(",")))
            elif one.strip() in {"number", "numbers", "whole number"}:
                axes.add(0)
        found.append(axes)
    return found
