"""A project: one source in the percent format, read as a page of the book.

A source ``docs/projects/name.py`` is what jupytext calls *percent*: cells
that begin with ``# %%``, Markdown in comments. It is read as the page
``projects/name.md``, line by line, so that a line of the page is that line
of the source, and all that the press does with pages it does with projects.

================================== ======================================
cell                               on the page
================================== ======================================
``# %% [markdown]``                what pages are written in
``# %%``                           an example, after all cells above it
``# %% tags=["picture"]``          one that draws the figure below it
``# %% tags=["starter"]``          of an exercise, what a reader begins with
``# %% tags=["check"]``            of an exercise, what grades it
``# %% tags=["solution"]``         of an exercise; the cells below use it
``# %% tags=["notest"] reason=…``  not run here
``# %% [raw] tags=["output"]``     what the cell above it prints
================================== ======================================
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from press import atomic, source
from press.problems import PressError, Problem
from press.settings import docs_of

FOLDER = "projects"
MARKER = re.compile(r"^# ?%%(?P<rest>.*)$")
KIND = re.compile(r"^\[(?P<kind>\w+)\]\s*")
TAGS = re.compile(r'^tags=\["(?P<tag>[\w-]+)"\]\s*')
OPTION = re.compile(r'^(?P<key>\w+)="(?P<value>[^"]*)"\s*')
FENCE = "```"
CODE_TAGS = ("picture", "starter", "check", "solution", "notest")
RAW_TAGS = ("output",)
HEADER = "# ---"
OUTPUT = '# %% [raw] tags=["output"]'
COMMENT = re.compile(r"#(?: |$)")
TO_WRITE = 'write # %%, # %% [markdown], or # %% tags=["starter"]'
CLOSE = ("a cell right above another", "put an empty line between them")
COMMENTED = (
    "a line of text that is no comment",
    "begin it with # and a space, or begin a cell with # %%",
)


@dataclass(frozen=True)
class Cell:
    """One cell of a source.

    Attributes:
        kind: markdown, raw or code.
        tag: its one tag, or ''.
        options: what else its marker says, as written.
        line: the line of its marker, from 1.
        lines: the lines below the marker, as written.
    """

    kind: str
    tag: str
    options: str
    line: int
    lines: tuple[str, ...]


def is_project(path: Path) -> bool:
    """Whether a path below `docs` is the source of a project."""
    return path.suffix == ".py" and path.parts[:1] == (FOLDER,)


def sources(docs: Path) -> list[Path]:
    """The sources of all projects, relative to `docs`, in order."""
    folder = docs / FOLDER
    return sorted(p.relative_to(docs) for p in folder.glob("*.py"))


def as_page(text: str, place: Path) -> str:
    """The source of a project as the text of a page, line by line.

    Raises:
        PressError: with each line that is in no cell or cannot be read.
    """
    lines = [*text.rstrip("\n").split("\n"), ""]
    page = [""] * len(lines)
    problems: list[Problem] = []
    start = _front(lines, page)
    cells = _cells(lines, start, place, problems)
    chained = False
    for cell in cells:
        if cell.kind == "code":
            closed = _code(cell, page, chained=chained)
            chained |= cell.tag in {"", "picture", "solution"}
        else:
            closed = _text(cell, page)
        if not closed:
            last = cell.line + len(cell.lines)
            problems.append(Problem(place, last, *CLOSE))
        if line := _uncommented(cell):
            problems.append(Problem(place, line, *COMMENTED))
    if problems:
        raise PressError(problems)
    return "\n".join(page).rstrip("\n") + "\n"


def written(docs: Path) -> set[Path]:
    """The pages that the build writes for the generators of the site."""
    return {docs / path.with_suffix(".md") for path in sources(docs)}


def commented(line: str) -> str:
    """A line of Markdown as it stands in a source."""
    return f"# {line}".rstrip()


def write(root: Path) -> None:
    """Write the pages that the site generators read, if they changed."""
    docs = docs_of(root)
    for path in sources(docs):
        place = (docs / path).relative_to(root)
        text = as_page(source.read(docs / path, place), place)
        page = docs / path.with_suffix(".md")
        if not page.exists() or page.read_text("utf8") != text:
            atomic.write(page, text)


def _front(lines: list[str], page: list[str]) -> int:
    """The commented front matter; the index of the line below it."""
    if not lines or lines[0].rstrip() != HEADER:
        return 0
    end = next((i for i, x in enumerate(lines[1:], 1) if x == HEADER), 0)
    for i in range(end + 1):
        page[i] = lines[i].removeprefix("#").removeprefix(" ")
    return end + 1 if end else 0


def _cells(
    lines: list[str], start: int, place: Path, problems: list[Problem]
) -> list[Cell]:
    heads = [i for i in range(start, len(lines)) if MARKER.match(lines[i])]
    above = lines[start : heads[0] if heads else len(lines)]
    for i, line in enumerate(above, start + 1):
        if line.strip():
            problems.append(Problem(place, i, "a line in no cell", TO_WRITE))
            break
    found = []
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        cell = _cell(lines, at, end, place, problems)
        if cell:
            found.append(cell)
    return found


def _cell(
    lines: list[str], at: int, end: int, place: Path, problems: list[Problem]
) -> Cell | None:
    marker = MARKER.match(lines[at])
    assert marker is not None  # noqa: S101
    rest = marker["rest"].strip()
    kind = KIND.match(rest)
    rest = rest[kind.end() :] if kind else rest
    named = TAGS.match(rest)
    rest = rest[named.end() :] if named else rest
    tag = named["tag"] if named else ""
    options = rest
    while option := OPTION.match(rest):
        rest = rest[option.end() :]
    known = {"markdown": ("",), "raw": RAW_TAGS, "": ("", *CODE_TAGS)}
    of = known.get(kind["kind"] if kind else "")
    if of is None or tag not in of or rest:
        said = lines[at].strip()
        problems.append(
            Problem(place, at + 1, f'a cell that is not read: "{said}"',
                    TO_WRITE)
        )  # fmt: skip
        return None
    name = kind["kind"] if kind else "code"
    return Cell(name, tag, options, at + 1, tuple(lines[at + 1 : end]))


def _code(cell: Cell, page: list[str], *, chained: bool) -> bool:
    """A fence: the marker opens it, the empty line below closes it."""
    classes = [".python", f".{cell.tag}" if cell.tag else ""]
    if cell.tag == "notest":
        classes[1] = "notest"
    elif chained:
        classes.append("continuation")
    return _fenced(cell, classes, cell.lines, page)


def _text(cell: Cell, page: list[str]) -> bool:
    """Markdown, or what was printed, without the signs of comments."""
    plain = [line.removeprefix("#").removeprefix(" ") for line in cell.lines]
    if cell.kind == "raw":
        return _fenced(cell, [".text", ".output"], plain, page)
    page[cell.line : cell.line + len(plain)] = plain
    return True


def _fenced(
    cell: Cell, classes: Sequence[str], body: Sequence[str], page: list[str]
) -> bool:
    """Write a fence; whether there is a line left to close it."""
    used = [n for n, line in enumerate(cell.lines, 1) if line.strip()]
    last = used[-1] if used else 0
    said = " ".join(c for c in (*classes, cell.options) if c)
    page[cell.line - 1] = f"{FENCE} {{{said}}}"
    page[cell.line : cell.line + last] = body[:last]
    if last == len(cell.lines):
        return False
    page[cell.line + last] = FENCE
    return True


def _uncommented(cell: Cell) -> int:
    """The first line of a cell of text that is no comment, or 0."""
    if cell.kind == "code":
        return 0
    lines = enumerate(cell.lines, cell.line + 1)
    return next((n for n, x in lines if x.strip() and not COMMENT.match(x)), 0)
