"""What marked numbers are once the page has run, and whether they are so.

A claim is an expression, evaluated where its program stands; in a caption
and an alternative text with the numbers of the figure, `numbers()` of its
script. A given is a literal of a program. A relation is an inline formula
that states a number and needs no mark, since its names are the program's.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from press import arithmetic, compare, figures, literals, wording
from press.arithmetic import UnreadError
from press.book import Book
from press.isolation import isolated
from press.marks import Mark, marks, picture_of, program_of, scope_end
from press.page import PICTURES, Page
from press.problems import PressError, Problem
from press.programs import Namespace, code_of, role
from press.settings import snippets_of
from press.shown import Relation, relations
from press.state import fingerprint

if TYPE_CHECKING:
    from press.execute import PageRun

Item = Mark | Relation


def items_of(page: Page, index: int) -> list[Item]:
    """The marks and relations that are verified with one program."""
    first = next(
        (
            i
            for i, f in enumerate(page.fences)
            if f.is_python and role(page, f) == "example"
        ),
        None,
    )
    items: list[Item] = [*marks(page), *relations(page)]
    return [
        item
        for item in items
        if index == _or(program_of(page, _mark_of(item)), first)
    ]


def _or(at: int | None, first: int | None) -> int | None:
    return first if at is None else at


def _mark_of(item: Item) -> Mark:
    return item.mark if isinstance(item, Relation) else item


class Numbers:
    """The marked numbers of one page that is being run."""

    def __init__(self, run: "PageRun") -> None:
        self.run = run
        self.page = run.page
        self.marks = marks(run.page)
        self.bless = f"run make bless PAGE={self.page.name}, review the diff"
        book = Book(run.root)
        self.later = self.page.name in book.later

    def problems(self, index: int) -> Iterator[Problem]:
        """What is wrong of the numbers of the program at `index`."""
        for item in items_of(self.page, index):
            try:
                said = self.wrong(index, item)
            except PressError as error:
                yield from error.problems
                continue
            if said:
                yield Problem(self.run.place, item.line, *said)

    def wrong(self, index: int, item: Item) -> tuple[str, str] | None:
        """What is wrong with one number and what to do, or None."""
        if isinstance(item, Relation):
            return None if self.later else self.relation(index, item)
        if item.kind == "given":
            return self._given(index, item)
        if item.kind != "claim" or not item.of:
            return None
        value = self.value(index, item)
        if self.agrees(item, value):
            return None
        shown = f'the page says "{item.shown}"'
        if "says" in item.options:
            shown += f', "{item.options["says"]}"'
        fix = self.bless
        if in_words(item) or (item.math and not literals.only(item.shown)):
            fix = "mend the sentence or the program"
        return f"{item.of} is {_brief(value)}, {shown}", fix

    def value(self, index: int, mark: Mark) -> object:
        """What the expression of a claim is."""
        run, space = self.run, self.space(index, mark)
        what = f'the claim of "{mark.of}"'
        before = fingerprint(space)
        with (
            run.blamed(mark.line, what),
            isolated(run.root, run.place, mark.line, mark.of),
        ):
            value = eval(mark.of, dict(space))  # noqa: S307
        if fingerprint(space) != before:
            raise run.problem(
                mark.line,
                f"{what} changes what it is of",
                "compute or draw it in the example above",
            )
        return value

    def agrees(self, mark: Mark, value: Any) -> bool:
        """Whether what is shown is the value, to the digits shown."""
        if "says" in mark.options:
            return wording.holds(mark.options["says"], value)
        if in_words(mark):
            return wording.holds(mark.shown, value)
        if mark.math:
            return math_agrees(mark.shown, value)
        return compare.agrees(literals.ascii_of(mark.shown), value)

    def space(self, index: int, mark: Mark) -> Namespace:
        """The names that a mark can use."""
        space = {**self.run.namespace(index)}
        picture = picture_of(self.page, mark)
        if picture is not None:
            space.update(self.exported(picture))
        return {**space, **self._given_names(mark)}

    def exported(self, picture: int) -> dict[str, object]:
        """What the script of a figure says of its numbers."""
        script = self._script(picture)
        return figures.numbers(self.run.root, script) if script else {}

    def _script(self, picture: int) -> Path | None:
        block = self.page.blocks[picture]
        folder = snippets_of(self.run.root) / self.page.name
        script = folder / PICTURES[block.kind] / f"{block.title}.py"
        return script if script.exists() else None

    def _given_names(self, mark: Mark) -> dict[str, object]:
        """What the givens above set, in this exercise or section."""
        found: dict[str, object] = {}
        for other in self.marks:
            if (
                other.names
                and (other.line, other.start) < (mark.line, mark.start)
                and mark.line < scope_end(self.page, other)
                and other.exercise in {None, mark.exercise}
            ):
                values = literals.values(other.shown, math=other.math)
                found.update(zip(other.names, values, strict=False))
        return found

    def relation(self, index: int, item: Relation) -> tuple[str, str] | None:
        """What is wrong with a formula that states a number, or None."""
        space = self.space(index, item.mark)
        fix = 'name its values, as in ${ .claim of="…" } after the formula'
        try:
            said = arithmetic.holds(item.latex, lookup_in(space))
        except UnreadError as error:
            return f"${item.latex}$ is not compared: {error}", fix
        except Exception as error:  # noqa: BLE001  (any, at its line)
            said = f"{type(error).__name__}: {error}"
            return f"${item.latex}$ is not compared: {said}", fix
        return (f"${item.latex}$: {said}", "mend it") if said else None

    def _given(self, index: int, mark: Mark) -> tuple[str, str] | None:
        values = literals.values(mark.shown, math=mark.math)
        if mark.names:
            return self._sets(mark, len(values))
        bound = [
            literals.bound(tree, mark.of) for tree in self._trees(index, mark)
        ]
        if not any(b is not None for b in bound):
            fix = "name what the program sets to it, or set it there"
            return f'no program here sets "{mark.of}"', fix
        there = [n for b in bound for n in b or ()]
        for value in values:
            if not any(
                np.isclose(value, n, rtol=1e-12, atol=0) or value == n
                for n in there
            ):
                said = ", ".join(f"{n:.6g}" for n in there[:5]) or "no number"
                what = f"the program sets {mark.of} to {said}"
                fix = "mend the page or the program"
                return f'the page gives "{mark.shown}", {what}', fix
        return None

    def _sets(self, mark: Mark, count: int) -> tuple[str, str] | None:
        if count != len(mark.names):
            said = f'{count} numbers in "{mark.shown}"'
            return f"{said} for {', '.join(mark.names)}", "name each"
        for name in mark.names:
            if not any(name in _used(m) for m in self._below(mark)):
                return (
                    f'no claim below uses the given "{name}"',
                    "compute with it what the sentence or solution says",
                )
        return None

    def _below(self, mark: Mark) -> list[Mark]:
        end = scope_end(self.page, mark)
        stated = [r.mark for r in relations(self.page)]
        return [
            m
            for m in (*self.marks, *stated)
            if (mark.line, mark.start) < (m.line, m.start) and m.line < end
        ]

    def _trees(self, index: int, mark: Mark) -> Iterator[ast.Module]:
        """The programs that a given may be a literal of."""
        page, run = self.page, self.run
        fences = [page.fences[i] for i in run.chain(index)]
        if mark.exercise is not None:
            fences += [
                f
                for f in page.fences
                if f.is_python and page.around(f, "exercise") == mark.exercise
            ]
        for fence in fences:
            yield ast.parse(code_of(run.root, run.place, fence).text)
        picture = picture_of(page, mark)
        script = None if picture is None else self._script(picture)
        if script:
            yield ast.parse(script.read_text("utf8"))


def lookup_in(space: dict[str, Any]) -> arithmetic.Lookup:
    """Finds what a symbol of a formula is called in a program."""

    def lookup(names: list[str]) -> Any:
        for name in names:
            if name in space:
                return space[name]
        if "eps" in names:  # as on the notation page
            return float(np.finfo(float).eps)
        raise UnreadError(f"no {' or '.join(names)} in the program above")

    return lookup


def in_words(mark: Mark) -> bool:
    """Whether a claim shows words, not a number."""
    text = mark.shown
    plain = compare.NUMBER.search(literals.ascii_of(text))
    worded = wording.understood(text) and re.search(r"[A-Za-z]{2}", text)
    return (
        not mark.math
        and bool(worded or "says" in mark.options)
        and not (plain and not re.search(r"[A-Za-z]{2}", text))
    )


def math_agrees(latex: str, value: Any) -> bool:
    """Whether a formula shows a value, or holds with it for its one name."""
    text = arithmetic.literal(latex)
    if text:
        return compare.agrees(text, value)
    exact = arithmetic.closed(latex)
    if exact is not None:
        return bool(arithmetic.related("=", [exact, value], [latex, "x"]))
    found = arithmetic.clauses(latex)
    whole = np.ndim(value) == 0  # else it has a number for each one shown
    if (
        len(found) == 1
        and found[0][1]
        and (whole or set(found[0][1]) <= {"="})
    ):
        parts, signs = found[0]
        values = [arithmetic.closed(p) for p in parts]
        if sum(v is None for v in values) == 1:
            values = [value if v is None else v for v in values]
            return all(
                arithmetic.related(s, values[i : i + 2], parts[i : i + 2])
                for i, s in enumerate(signs)
            )
    shown = ", ".join(literals.texts(latex, math=True))
    return bool(shown) and compare.agrees(f"[{shown}]", value)


def _bounds(clause: tuple[list[str], list[str]]) -> bool:
    """Whether it is more than an equation: the value may be any between."""
    return any(sign != "=" for sign in clause[1])


def _used(mark: Mark) -> set[str]:
    """The names that a claim or a relation computes with."""
    words = re.findall(r"[A-Za-z_]\w*", mark.of)
    if mark.math and not mark.of:
        words += re.findall(r"[A-Za-z]+", mark.shown)
    return set(words)


def _brief(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) < 80 else f"{text[:77]}…"
