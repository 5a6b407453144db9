"""The forms that say where a shown number comes from.

An attribute list right after a code span or an inline formula::

    `0.0258`{ .claim of="path[-1, 1]" }     an expression is this
    `25`{ .given of="lam" }                 a program says this literally
    $x = 12${ .given as="x" }               a problem sets this; see below
    `1.4`{ .fact source="key" }             a reference says this

A claim in words, ``twice``, or with words of its own, ``says="about 2"``,
is in `press.wording`. `at` names another program or a figure: ``below``,
``#section``, ``ex:name``, ``fig:name``. What is shown is all that a reader
sees; `press.numbers` compares it.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown.extensions.toc import slugify

from press.page import FORMS, PICTURES, Block, Page, options_of
from press.programs import role

MARK = re.compile(
    r"(?:(?<!`)`(?P<code>[^`\n]+)`|(?<![\\$])\$(?P<math>(?:\\.|[^\\$`\n])+?)\$)"
    r'\{(?P<attributes>(?:"[^"\n]*"|[^"{}\n])*)\}'
)
KEYS = frozenset({"of", "says", "at", "as", "source"})
PROGRAMS = frozenset({"example", "solution"})


@dataclass(frozen=True)
class Mark:
    """One number, or words of one, with where it comes from.

    Attributes:
        kind: claim, given or fact.
        shown: what the reader sees, without its quotes or dollars.
        line: its line, from 1.
        start: the column where `shown` begins, from 0; `end` is after it.
        options: of, says, at, as, source, and what is none of these.
        math: whether `shown` is LaTeX.
        picture: index of the figure whose caption or alt text it is in.
        exercise: index of the exercise that it is in.
    """

    kind: str
    shown: str
    line: int
    start: int
    end: int
    options: dict[str, str]
    extra: tuple[str, ...] = ()
    math: bool = False
    picture: int | None = None
    exercise: int | None = None

    @property
    def of(self) -> str:
        """The expression, or the name, that it is of."""
        return self.options.get("of", "")

    @property
    def names(self) -> list[str]:
        """The names that a given sets for what follows."""
        return [n.strip() for n in self.options.get("as", "").split(",") if n]


def found(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The marks of one line, with their kinds."""
    for match in MARK.finditer(text):
        names, _ = options_of(match["attributes"])
        kinds = [n for n in names if n in FORMS]
        if kinds and f".{kinds[0]}" in match["attributes"]:
            yield match, kinds[0]


def plain(text: str) -> str:
    """The line without attribute lists and the quotes of what they mark."""
    for match, _ in reversed(list(found(text))):
        shown = match["code"] or match["math"]
        text = text[: match.start()] + shown + text[match.end() :]
    return text


def anchor(text: str, attributes: str) -> str:
    """What a link to a heading is written with."""
    named = re.search(r"(?<![\w\"])#([\w:-]+)", attributes)
    if named:
        return named[1]
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", plain(text))
    return slugify(re.sub(r"[`*]|\$[^$]*\$", "", shown), "-")


def anchors(page: Page) -> set[str]:
    """All that a link to a place on the page can name."""
    names = {anchor(h.text, h.attributes) for h in page.headings}
    return (
        names
        | {name for name, _, _ in page.labels}
        | set(re.findall(r'\bid="([^"]+)"', page.text))
        | set(re.findall(r'\{[^}]*(?<!")#([\w:-]+)', page.text))
    )


@lru_cache(maxsize=128)
def marks(page: Page) -> tuple[Mark, ...]:
    """Every mark of a page, in order."""
    lines = page.text.splitlines()
    return tuple(
        _mark(page, number, match, kind)
        for number, line in enumerate(lines, 1)
        if "{" in line
        if page.masked[number - 1].strip() or alt_of(page, number) is not None
        for match, kind in found(line)
        if _is_one(page.masked[number - 1], match)
    )


def _is_one(masked: str, match: re.Match[str]) -> bool:
    """Whether it is not an example of a mark, quoted in code."""
    brace = match.start("attributes") - 1
    return not masked or masked[brace] == "{"


def _mark(page: Page, number: int, match: re.Match[str], kind: str) -> Mark:
    group = "code" if match["code"] else "math"
    names, options = options_of(match["attributes"])
    alt = alt_of(page, number)
    picture = inside(page, number, PICTURES) if alt is None else alt
    return Mark(
        kind,
        match[group],
        number,
        *match.span(group),
        options,
        (*(n for n in names if n != kind), *(options.keys() - KEYS)),
        group == "math",
        picture,
        inside(page, number, {"exercise"}),
    )


def alt_of(page: Page, number: int) -> int | None:
    """Index of the picture whose alternative text is on a line."""
    return _alts(page).get(number)


@lru_cache(maxsize=128)
def _alts(page: Page) -> dict[int, int]:
    """The lines of alternative texts, with the index of their picture."""
    lines = page.text.splitlines()
    seen = {}
    for index, block in enumerate(page.blocks):
        if block.kind not in PICTURES:
            continue
        option = ""
        for number in range(block.line + 1, block.end):
            if not lines[number - 1].strip() or page.masked[number - 1]:
                break
            named = re.match(r"\s+(\w+):", lines[number - 1])
            option = named[1] if named else option
            if option == "alt":
                seen[number] = index
    return seen


def inside(page: Page, number: int, kinds: Container[str]) -> int | None:
    """Index of the innermost block of these kinds around a line."""
    around = [
        index
        for index, block in enumerate(page.blocks)
        if block.kind in kinds and block.line < number <= (block.end or number)
    ]
    return around[-1] if around else None


def program_of(page: Page, mark: Mark) -> int | None:
    """Index of the program that a mark is about, None if there is none.

    The nearest example above; within an exercise also its solution. A
    program of an exercise serves that exercise alone.
    """
    seen = [
        (i, f)
        for i, f in enumerate(page.fences)
        if f.is_python
        and role(page, f) in PROGRAMS
        and page.around(f, "exercise") in {None, mark.exercise}
    ]
    at = mark.options.get("at", "")
    if at.startswith(("#", "ex:")):
        return _named(page, at)
    above = [i for i, f in seen if f.end < mark.line]
    below = [i for i, f in seen if f.line > mark.line]
    if at == "below":
        return below[0] if below else None
    if at and not at.startswith("fig:"):
        return None
    if above:
        return above[-1]
    pictured = mark.picture is not None or at.startswith("fig:")
    return below[0] if below and (pictured or mark.kind == "fact") else None


def _named(page: Page, at: str) -> int | None:
    """The last program of a section, or the solution of an exercise."""
    if at.startswith("#"):
        starts = [
            h.line
            for h in page.headings
            if anchor(h.text, h.attributes) == at[1:]
        ]
        if not starts:
            return None
        ends = [h.line for h in page.headings if h.line > starts[0]]
        first, last = starts[0], min(ends, default=len(page.masked) + 1)
        wanted = None
    else:
        blocks = [b for b in page.blocks if _called(b) == at]
        if not blocks:
            return None
        first, last = blocks[0].line, blocks[0].end
        wanted = page.blocks.index(blocks[0])
    inside = [
        i
        for i, f in enumerate(page.fences)
        if f.is_python
        and role(page, f) in PROGRAMS
        and first < f.line < last
        and page.around(f, "exercise") == wanted
    ]
    return inside[-1] if inside else None


def _called(block: Block) -> str:
    return f"ex:{block.options.get('name', '')}"


def picture_of(page: Page, mark: Mark) -> int | None:
    """Index of the figure whose numbers a mark can use."""
    at = mark.options.get("at", "")
    if at.startswith("fig:"):
        return next(
            (
                i
                for i, b in enumerate(page.blocks)
                if b.kind in PICTURES and f"fig:{b.title}" == at
            ),
            None,
        )
    return mark.picture


def scope_end(page: Page, mark: Mark) -> int:
    """The line where the names end that a given sets."""
    if mark.exercise is not None:
        return page.blocks[mark.exercise].end
    below = [h.line for h in page.headings if h.line > mark.line]
    return min(below, default=len(page.masked) + 1)
