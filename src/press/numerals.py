"""The rule that no number is typed, and how far a page is from it.

What a number is, and what holds it, is in `press.shown`; what lint can say
without a run is here, the rest in `press.numbers`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from press import arithmetic
from press.book import Book
from press.marks import Mark, marks, picture_of, program_of
from press.page import Page, parse
from press.problems import Problem
from press.shown import Numeral, bare, formulas, years_of

INDENTED = re.compile(r"(?m)^ {4}.*$")  # code, of a text without lists


def problems(book: Book, page: Page) -> Iterator[Problem]:
    """What lint says: each mark that is wrong, each numeral not held."""
    place = book.place(page)
    for mark in marks(page):
        for what, fix in _malformed(book, page, mark):
            yield Problem(place, mark.line, what, fix)
    for formula in formulas(page):
        if formula.is_identity and (
            said := arithmetic.holds(formula.latex, _no_names)
        ):
            what = f"${formula.latex}$: {said}"
            yield Problem(place, formula.line, what, "mend it")
    if page.name in book.later:
        return
    for n in bare(page, book):
        yield Problem(
            place,
            n.line,
            f'"{n.text}" in column {n.column} is typed by hand, in {n.where}',
            _fix(n, page),
        )


def _fix(numeral: Numeral, page: Page) -> str:
    if numeral.where in {"a title", "the front matter"}:
        return "say it in words that no number decides"
    quote = "$" if numeral.math else "`"
    return (
        f'claim it, as in {quote}{numeral.text}{quote}{{ .claim of="…" }}, or '
        f"see Numbers in CONTRIBUTING; make numbers PAGE={page.name} has ideas"
    )


def counts(book: Book, page: Page) -> dict[str, int]:
    """How many numbers of a page are claimed, given, … and not held.

    On a page of `Book.later` a relation is not compared yet and counts as
    one that is not held.
    """
    kinds = [m.kind for m in marks(page)]
    stated = [f for f in formulas(page) if f.is_relation]
    open_ones = sum(not f.is_identity for f in stated)
    later = page.name in book.later
    facts = len(years_of(page, book))
    return {
        "claimed": kinds.count("claim"),
        "given": kinds.count("given"),
        "relations": len(stated) - (open_ones if later else 0),
        "facts": kinds.count("fact") + facts,
        "unclaimed": len(bare(page, book)) + (open_ones if later else 0),
    }


def _malformed(
    book: Book, page: Page, mark: Mark
) -> Iterator[tuple[str, str]]:
    called = f'a {mark.kind} "{mark.shown}"'
    if mark.extra:
        yield (
            f"{called} with {', '.join(mark.extra)}, which means nothing",
            "use of, says, at, as or source",
        )
    if mark.kind == "fact":
        sources = book.settings.reference_list.as_posix()
        key = mark.options.get("source", "")
        if key not in book.sources:
            yield (
                f'{called} of the source "{key}", which is no reference',
                f'name a key of {sources}, as in source="key"',
            )
        return
    if not mark.of and not (mark.kind == "given" and mark.names):
        what = "path[-1]" if mark.kind == "claim" else "lam"
        yield (
            f"{called} of nothing",
            f'say of what, as in {{ .{mark.kind} of="{what}" }}',
        )
    elif not _is_expression(mark.of or "x"):
        yield (
            f'"{mark.of}" is not an expression',
            "write one that the example above can evaluate",
        )
    at = mark.options.get("at", "")
    if at.startswith("fig:") and picture_of(page, mark) is None:
        yield f'no figure "{at}" on this page', "name one of its figures"
    elif program_of(page, mark) is None:
        if at:
            yield (
                f'a {mark.kind} at "{at}", where no program is',
                "write below, #section, ex:name or fig:name of this page",
            )
        else:
            fix = "put the run that computes it before the sentence, or say"
            yield (
                f"a {mark.kind} with no example above it",
                f'{fix} at="below"',
            )


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return False
    return True


def _no_names(names: list[str]) -> object:
    raise arithmetic.UnreadError(names[0])


def outside(book: Book) -> Iterator[Problem]:
    """Numerals of what is read elsewhere: the READMEs and the tooltips.

    No mark is understood there, so no numeral can stand there.
    """
    table = book.settings
    for name in (*table.outside, table.glossary.as_posix()):
        path = book.root / name
        if not path.exists():
            continue
        text = INDENTED.sub("", path.read_text("utf8"))
        page = parse(text, Path(name))
        for mark in marks(page):
            what = f'"{mark.shown}" is marked where no mark is understood'
            yield Problem(Path(name), mark.line, what, "say it in words")
        for n in bare(page):
            what = f'"{n.text}" in column {n.column} is typed by hand'
            yield Problem(Path(name), n.line, what, "say it in words")
