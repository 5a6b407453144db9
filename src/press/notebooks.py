"""Every chapter and project as a notebook that Jupyter renders and runs.

One notebook of a chapter: prose with formulas whose macros are expanded,
programs as cells with what they print, figures as cells that draw them,
exercises as blanks with their checks, solutions folded away. Of a project
there is one more, *solved*, where solutions stand in place of blanks. The
first cell installs the library from the site itself.

A notebook remembers what it was written as, so that one that was edited by
hand is noticed, and not overwritten.
"""

import hashlib
import html
import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from press import atomic, equations, figures, live, marks, pictures
from press.book import GENERATED, Book
from press.math import MACROS
from press.nav import settings
from press.page import HEADING, Block, Fence, Page
from press.problems import PressError, Problem
from press.programs import code_of, output_of, role
from press.publish import _address, _Text
from press.settings import docs_of

FOLDER = Path(GENERATED) / "notebooks"  # of the folder of the pages
MACRO = re.compile(r"\\(" + "|".join(MACROS) + r")(?![a-zA-Z])")
CODE = re.compile(
    r"^```.*?^```$|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
HAND = "a notebook that was edited by hand"
NAMED = {
    "note": "Note", "tip": "Tip", "warning": "Warning", "proof": "Proof",
    "theorem": "Theorem", "definition": "Definition",
}  # fmt: skip
FOLDED = {"hint": "Hint", "check": "Check", "details": "", "solution": ""}
ALWAYS = {"numpy", "scipy"}  # which the library itself requires
Cell = dict[str, Any]


def write(root: Path, book: Book) -> list[Path]:
    """Write every notebook that changed.

    Returns:
        Those that were written.

    Raises:
        PressError: for each that was edited by hand.
    """
    wanted: dict[Path, tuple[Page, str]] = {}
    for page in offered(book):
        wanted[path_of(root, page)] = page, text_of(book, page)
        if page.is_project:
            made = text_of(book, page, solved=True)
            wanted[path_of(root, page, solved=True)] = page, made
    problems, changed = [], []
    for path, (page, text) in wanted.items():
        old = path.read_text("utf8") if path.exists() else ""
        if old and (line := edited(old, text)):
            place = book.place(page).as_posix()
            problems.append(
                Problem(
                    path.relative_to(root), line, HAND,
                    f"write the change into {place}, delete the notebook",
                )
            )  # fmt: skip
        elif old != text:
            atomic.write(path, text)
            changed.append(path)
    for path in (docs_of(root) / FOLDER).rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()
    if problems:
        raise PressError(problems)
    return changed


def offered(book: Book) -> list[Page]:
    """The pages that a reader can have as a notebook."""
    chapters = {p.path for p in book.chapters}
    return [p for p in book.pages if p.is_project or p.path in chapters]


def path_of(root: Path, page: Page, *, solved: bool = False) -> Path:
    """Where a notebook of a page is written."""
    ending = ".solved.ipynb" if solved else ".ipynb"
    return docs_of(root) / FOLDER / page.path.with_suffix(ending)


def text_of(book: Book, page: Page, *, solved: bool = False) -> str:
    """A notebook as it is written, the same bytes for the same page."""
    cells = Notebook(book, page, solved=solved).cells()
    made = {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
            "press": {"of": page.name, "sha256": digest(cells)},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def links(book: Book, page: Page) -> str:
    """The line of a page that offers it as a notebook."""
    if page not in offered(book):
        return ""
    up = "../" * page.address.count("/")
    site = str(settings(book.root).get("site_url") or "/")
    path = path_of(book.root, page).relative_to(book.docs).as_posix()
    shown = [("Notebook", up + path)]
    if page.is_project:
        name = page.path.stem
        ready = path_of(book.root, page, solved=True)
        other = ready.relative_to(book.docs).as_posix()
        shown = [
            ("Notebook with blanks", up + path),
            ("Solved notebook", up + other),
            ("Read the solved one", f"{up}{GENERATED}/solved/{name}/"),
        ]
    extra = settings(book.root).get("extra") or {}
    for name, address in (extra.get("notebooks") or {}).items():
        if address:
            where = address.replace("{url}", site + path)
            shown.append((f"Open in {name}", where.replace("{path}", path)))
    made = " · ".join(_link(said, where, up) for said, where in shown)
    return f'<p class="notebook-links" data-search-exclude>{made}</p>'


def _link(said: str, where: str, up: str) -> str:
    own = where.startswith(up + GENERATED) and where.endswith(".ipynb")
    saved = " download" if own else ""
    return f'<a href="{html.escape(where)}"{saved}>{said}</a>'


def digest(cells: list[Cell]) -> str:
    """A hash of the cells of a notebook."""
    text = json.dumps(cells, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def edited(old: str, new: str) -> int:
    """The first line of a notebook that a hand has written, or 0."""
    try:
        found = json.loads(old)
        if found["metadata"]["press"]["sha256"] == digest(found["cells"]):
            return 0
    except (ValueError, KeyError, TypeError):
        pass
    pairs = zip(old.split("\n"), new.split("\n"), strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)


def expanded(latex: str) -> str:
    r"""A formula without the macros of the book."""
    while found := MACRO.search(latex):
        body, end = MACROS[found[1]], found.end()
        for number in range(1, body.count("#") + 1):
            inside, end = _argument(latex, end)
            body = body.replace(f"#{number}", inside)
        if latex[: found.start()].endswith(("^", "_")):
            body = f"{{{body}}}"
        elif latex[end : end + 1].isalpha():
            body += " "
        latex = latex[: found.start()] + body + latex[end:]
    return latex


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Markdown with what is no code changed; a formula may go over lines."""
    done, at = "", 0
    for code in CODE.finditer(text):
        done += change(text[at : code.start()]) + code[0]
        at = code.end()
    return done + change(text[at:])


def _argument(latex: str, start: int) -> tuple[str, int]:
    """What stands in the braces that begin at `start`, and where they end."""
    while latex[start : start + 1].isspace():
        start += 1
    depth = 0
    for at in range(start, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[at], 0)
        if depth == 0:
            inside = latex[start : at + 1]
            return inside.removeprefix("{").removesuffix("}"), at + 1
    return latex[start:], len(latex)


@dataclass
class _Cells:
    """Cells as they come; what is written in a row is one of Markdown."""

    made: list[Cell] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def text(self, *lines: str) -> None:
        self.lines += lines

    def flush(self) -> None:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")
        self.lines = []
        if text.strip():
            self._add("markdown", outside_code(text, expanded), {})

    def code(
        self, text: str, outputs: list[Cell] | None = None, **metadata: Any
    ) -> None:
        self.flush()
        cell = self._add("code", text, metadata)
        cell |= {"execution_count": None, "outputs": outputs or []}

    def _add(self, kind: str, text: str, metadata: Cell) -> Cell:
        cell: Cell = {
            "cell_type": kind,
            "id": f"cell-{len(self.made) + 1}",
            "metadata": metadata,
            "source": text.splitlines(keepends=True),
        }
        self.made.append(cell)
        return cell


class Notebook(_Text):
    """One page on its way to cells.

    Attributes:
        solved: whether solutions stand in place of blanks.
    """

    def __init__(
        self, book: Book, page: Page, *, solved: bool = False
    ) -> None:
        super().__init__(book, page)
        self.solved = solved
        self.site = str(settings(book.root).get("site_url") or "/")
        self.numbers = {line: n for _, n, line in page.labels}

    def cells(self) -> list[Cell]:
        """The notebook, cell by cell."""
        for index, masked in enumerate(self.page.masked):
            self._prose(index, masked)
        self._equations()
        out = _Cells()
        out.code(self.install(), tags=["install"])
        out.text(f"*[{self.page.front.get('title')}]({self.address}) of "
                 f"[{settings(self.book.root).get('site_name')}]({self.site})"
                 "*", "")  # fmt: skip
        fences = {f.line: i for i, f in enumerate(self.page.fences)}
        opens = {b.line: b for b in self.page.blocks}
        closes = {b.end: b for b in self.page.blocks}
        at = self.page.front_lines + 1
        while at <= len(self.lines):
            if at in fences:
                fence = self.page.fences[fences[at]]
                self._fence(out, fences[at], fence)
                at = (fence.end or at) + 1
            elif at in opens:
                self._open(out, opens[at])
                at += opens[at].body
            else:
                block = closes.get(at)
                out.text(self._closed(block) if block else self._line(at))
                at += 1
        out.flush()
        return out.made

    @property
    def address(self) -> str:
        """Where the page is read."""
        return f"{self.site}{self.page.address}"

    def install(self) -> str:
        """The line that installs what the programs of the page import."""
        wheel = live.wheel_address(self.book.root, self.site)
        return f"%pip install --quiet {' '.join([wheel, *self._packages])}"

    @cached_property
    def _packages(self) -> list[str]:
        place = self.book.place(self.page)
        texts = [
            code_of(self.book.root, place, f).text
            for f in self.page.fences
            if f.is_python and "notest" not in f.classes
        ]
        texts += [s.read_text("utf8") for s in self._scripts()]
        named = {name for text in texts for name in live.imports(text)}
        found = named - sys.stdlib_module_names - live.own(self.book.root)
        owners = live.distributions()
        return sorted({owners.get(n, [n])[0] for n in found} - ALWAYS)

    def _scripts(self) -> Iterator[Path]:
        for block in self.page.blocks:
            path = pictures.script(self.book.root, self.page, block.title)
            if block.kind == "figure" and path.exists():
                yield path

    def _to(self, path: Path) -> str:
        """The way to what a file below `docs` becomes: on the site."""
        if path.suffix != ".md":
            return self.site + path.as_posix()
        folder = _address(path).parent.as_posix()
        return self.site + ("" if folder == "." else f"{folder}/")

    def _prose(self, index: int, masked: str) -> None:
        super()._prose(index, masked)
        line = self.lines[index]
        if not masked.strip():
            return
        for match, _ in reversed(list(marks.found(line))):
            math = match["math"]
            shown = f"${math}$" if math else match["code"]
            line = line[: match.start()] + shown + line[match.end() :]
        if heading := HEADING.match(line):
            line = f"{heading['marks']} {heading['text']}"
        self.lines[index] = line

    def _line(self, at: int) -> str:
        return self.lines[at - 1]

    def _open(self, out: _Cells, block: Block) -> None:
        title = marks.plain(block.title)
        if block.kind == "exercise":
            number = self.numbers[block.line]
            name = f"ex:{block.options.get('name', '')}"
            out.text(f'<a id="{name}"></a>', "")
            out.text(f"**Exercise {number}. {title}**", "")
        elif block.kind in {"figure", "explorable"}:
            self._figure_cell(out, block)
        elif block.kind in NAMED:
            named = f"{NAMED[block.kind]}{f': {title}' if title else ''}"
            out.text("", f"**{named}.**", "")
        elif block.kind == "tab":
            out.text("", f"**{title}**", "")
        elif block.kind == "solution" and self._replaces(block):
            pass
        elif block.kind in FOLDED:
            said = title or FOLDED[block.kind] or block.kind.capitalize()
            out.text("", f"<details><summary>{said}</summary>", "")

    def _closed(self, block: Block) -> str:
        folded = block.kind in FOLDED and not self._replaces(block)
        return "\n</details>\n" if folded else ""

    def _replaces(self, block: Block) -> bool:
        """Whether it is a solution that stands in place of its blank."""
        if not (self.solved and block.kind == "solution"):
            return False
        index = self.page.blocks.index(block)
        return any(f.block == index and f.is_python for f in self.page.fences)

    def _figure_cell(self, out: _Cells, block: Block) -> None:
        """A cell that draws, unless the one above did, and the caption."""
        number = self.numbers[block.line]
        script = pictures.script(self.book.root, self.page, block.title)
        if block.kind == "explorable":
            where = f"{self.address}#fig:{block.title}"
            said = marks.plain(block.options.get("alt", ""))
            out.text(f"{said} [Move it on the page]({where}).", "")
        elif script.exists():
            hidden = {"source_hidden": True}
            drawn = self._drawn(block.title)
            out.code(_drawing(script), drawn, jupyter=hidden, tags=["figure"])
        out.text(f'<a id="fig:{block.title}"></a>', "")
        out.text(f"**Figure {number}.**")

    def _drawn(self, name: str) -> list[Cell]:
        """What a figure was drawn as."""
        script = pictures.script(self.book.root, self.page, name)
        light, _ = figures.outputs(self.book.root, script)
        if not light.exists():
            place = self.book.place(self.page)
            raise PressError(
                Problem(place, 1, f'figure "{name}" is not drawn',
                        "run make figures")
            )  # fmt: skip
        svg = light.read_text("utf8").splitlines(keepends=True)
        data = {"image/svg+xml": svg, "text/plain": ["<Figure>"]}
        return [{"output_type": "display_data", "data": data, "metadata": {}}]

    def _fence(self, out: _Cells, index: int, fence: Fence) -> None:
        what = role(self.page, fence) if fence.is_python else ""
        code = code_of(self.book.root, self.book.place(self.page), fence)
        if what == "example":
            shown = output_of(self.page, index)
            outputs = _stream(shown.body) if shown else []
            for name, drawer in pictures.of(self.page).items():
                if drawer.line == fence.line:
                    outputs += self._drawn(name)
            out.code(code.text, outputs)
        elif what in {"starter", "grader"}:
            self._graded(out, fence, what, code.text)
        elif fence.is_output:
            pass
        elif not (what == "solution" and self.solved):
            language = "python" if fence.is_python else ""
            text = equations.numbered(self.book, self.page, code)
            out.text("", f"```{language}", *text.split("\n"), "```")
            if what == "notest":
                out.text("", f"*Not run here: {fence.options['reason']}.*")

    def _graded(self, out: _Cells, fence: Fence, what: str, code: str) -> None:
        """A blank and its check; or the solution, and its check."""
        place = self.book.place(self.page)
        if what == "starter" and self.solved:
            exercise = self.page.around(fence, "exercise")
            answer = next(
                f
                for f in self.page.fences
                if "solution" in f.classes
                and self.page.around(f, "exercise") == exercise
            )
            code = code_of(self.book.root, place, answer).text
            out.code(code, tags=["solution"])
        elif what == "starter":
            out.code(code, tags=["starter"])
        else:
            # Who runs all cells gets to the end although blanks are left.
            open_ = [] if self.solved else ["raises-exception"]
            out.code(code, tags=["check", *open_])


def _stream(printed: str) -> list[Cell]:
    text = f"{printed}\n".splitlines(keepends=True)
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def _drawing(script: Path) -> str:
    """A cell that runs the script of a figure, and leaves no name but one."""
    name = f"draw_{re.sub(r'[^a-z0-9]', '_', script.stem.lower())}"
    body = textwrap.indent(script.read_text("utf8").strip(), "    ")
    return f"def {name}():\n{body}\n\n    return figure()\n\n\n{name}();"


def main(root: Path, book: Book, page: Page) -> list[Path]:
    """Write the notebooks of one page into the folder of the reader."""
    scripts = [*Notebook(book, page)._scripts()]  # noqa: SLF001
    figures.draw(root, scripts, jobs=1)
    pictures.draw(root)
    kinds = (False, True) if page.is_project else (False,)
    written = []
    for solved in kinds:
        path = Path(path_of(root, page, solved=solved).name)
        atomic.write(path, text_of(book, page, solved=solved))
        written.append(path)
    return written
