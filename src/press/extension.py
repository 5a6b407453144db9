"""The page format as one Python-Markdown extension.

A preprocessor turns what only the press understands into Markdown that
Material for MkDocs understands: includes, references, citations, claims.
The blocks `figure`, `check`, `exercise`, `hint` and `solution` are blocks
of `pymdownx.blocks`. Which page is being converted is learned from what
the generator registers, MkDocs or Zensical.
"""

import html
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from press import (
    api,
    equations,
    explorable,
    figures,
    formula_checks,
    listings,
    live,
    marks,
    notebooks,
    pictures,
    solved,
    steps,
    tally,
)
from press.book import GENERATED, Book, Label
from press.include import Included
from press.math import MathExtension
from press.page import (
    CITATION,
    FORMS,
    PICTURES,
    REFERENCE,
    Display,
    Fence,
    Page,
    options_of,
    parse,
)
from press.problems import PressError, Problem
from press.programs import Code, code_of, role
from press.settings import settings_of

REFRESH = 1.0  # seconds that what was read of the book is trusted for
KINDS = (*PICTURES, "check", "exercise", "hint", "solution")


@dataclass
class Read:
    """The book as it was read, and what was found in it when asked for."""

    book: Book

    @cached_property
    def tally(self) -> dict[str, int]:
        """How much there is of the book."""
        return tally.tally(self.book)

    @cached_property
    def equations(self) -> dict[str, tuple[Path, int]]:
        """Where the library has each equation."""
        return equations.in_library(self.book)

    @cached_property
    def library(self) -> Any:
        """The library, from its syntax tree."""
        return api.library(self.book.root)


@lru_cache(maxsize=8)
def _read(root: Path, _stamps: object) -> Read:
    return Read(Book(root))


@lru_cache(maxsize=8)
def _stamps(root: Path, _when: int) -> tuple[tuple[str, int, int], ...]:
    """When each file that a book is read from was written, and its size."""
    found = [str(root / "mkdocs.yml"), str(root / "pyproject.toml")]
    table = settings_of(root)
    for start in (table.docs, table.snippets, table.code):
        for folder, inside, names in os.walk(root / start):
            if start == table.docs and GENERATED in inside:
                inside.remove(GENERATED)
            found += (
                os.path.join(folder, name)  # noqa: PTH118  (a page is waiting)
                for name in names
                if name.endswith((".md", ".py", ".yml"))
            )
    stats = [(path, os.stat(path)) for path in found if os.path.exists(path)]  # noqa: PTH110, PTH116
    return tuple(sorted((p, s.st_mtime_ns, s.st_size) for p, s in stats))


def read_at(root: Path) -> Read:
    """The book at `root`, looked at once a second, read if it changed."""
    when = int(time.monotonic() / REFRESH)
    return _read(root, _stamps(root, when))


def page_path(md: Markdown) -> Path:
    """The path of the page being converted, relative to `docs`."""
    for processor in md.treeprocessors:  # MkDocs' resolver of links
        file = getattr(processor, "file", None)
        if file is not None and hasattr(file, "src_uri"):
            return Path(file.src_uri)
    for preprocessor in md.preprocessors:  # Zensical's context
        if isinstance(preprocessor, PagePreprocessor):
            continue
        page = getattr(preprocessor, "page", None)
        if page is not None and hasattr(page, "path"):
            return Path(page.path)
    return Path(getattr(md, "press_page", "page.md"))


class PagePreprocessor(Preprocessor):
    """Rewrites the lines of a page; see the module."""

    def __init__(self, md: Markdown, root: Path, repo_url: str) -> None:
        super().__init__(md)
        self.root = root
        self.repo_url = repo_url.rstrip("/")
        self.page: Page = parse("", Path("page.md"))
        self.read = Read(Book(root))
        self.kept = formula_checks.Kept(root, self.page)
        self.offset = 0
        self.listings: list[str] = []

    @property
    def book(self) -> Book:
        """The book that the page is of."""
        return self.read.book

    def run(self, lines: list[str]) -> list[str]:
        """Resolve everything that the page says of other files."""
        path = page_path(self.md)
        self.read = read_at(self.root)
        found = self.book.page(path)
        written = found.source if found else path
        self.page = parse("\n".join(lines), path, written, self.book.settings)
        self.kept = formula_checks.Kept(self.root, self.page)
        self.listings = []
        original = self.book.docs / path
        if original.exists():
            total = len(original.read_text("utf8").splitlines())
            self.offset = max(total - len(lines), 0)
        out = [self._prose(n, line) for n, line in enumerate(lines, 1)]
        for index, block in enumerate(self.page.blocks):
            if block.kind in KINDS:
                slashes = lines[block.line - 1].split()[0]
                out[block.line - 1] = f"{slashes} {block.kind} | {index}"
                for n in range(block.line, block.line - 1 + block.body):
                    out[n] = ""
        for fence in reversed(self.page.fences):
            if fence.end:
                out[fence.line - 1 : fence.end] = self._fence(fence, lines)
        if found and (links := notebooks.links(self.book, found)):
            title = next(h for h in self.page.headings if h.level == 1)
            out[title.line - 1] += f"\n\n{links}\n"
        text = "\n".join(out).split("\n")
        if path.parts[0] != GENERATED:
            text += ["", *(f"*[{t}]: {m}" for t, m in self.book.terms.items())]
        return text

    def fail(self, line: int, what: str, fix: str) -> PressError:
        """A problem of this page, at its line in the file."""
        place = self.book.place(self.page)
        return PressError(Problem(place, line + self.offset, what, fix))

    def _fence(self, fence: Fence, lines: list[str]) -> list[str]:
        """The fence in as many strings as it had lines."""
        head = lines[fence.line - 1]
        marks = re.match(r" *[`~]+", head)
        assert marks is not None  # noqa: S101
        if not (fence.is_python or fence.is_output or fence.include):
            return lines[fence.line - 1 : fence.end]
        code = self._code(fence)
        text = code.text
        if formula_checks.reads(fence):
            text = formula_checks.program(self.page, fence, text)
        classes = [fence.language, *fence.classes]
        if fence.is_python and role(self.page, fence) in live.RUNNABLE:
            size = live.megabytes(self.root, text)
            classes += ["live", f"mb-{size}"]
        if code.included and code.included.is_library:
            classes.append(f"{listings.CLASS}-{len(self.listings)}")
            self.listings.append(text)
            equations.resolved(self.book, code)
        names = " ".join(f".{n}" for n in classes)
        after = "\n" + lines[fence.end - 1]
        if code.included and code.included.is_library:
            after += "\n\n" + self._origin(code.included) + "\n"
        elif "notest" in fence.classes:
            reason = html.escape(fence.options.get("reason", ""))
            after += f"\n\nNot run here: {reason}\n{{ .not-run }}\n"
        block = f"{marks[0]} {{{names}}}\n{text}{after}"
        return [block]

    def equation(self, label: str) -> listings.Link:
        """How a listing of this page calls an equation of the book."""
        text = html.escape(equations.called(self.book, self.page, label))
        page = self.book.page(self.book.labels[label][0].page)
        assert page is not None  # noqa: S101  (it is where the label stands)
        up = "../" * self.page.address.count("/")
        other = "" if page.path == self.page.path else up + page.address
        return listings.Link(f"{other}#{label}", text)

    def _code(self, fence: Fence) -> Code:
        try:
            return code_of(self.root, self.book.place(self.page), fence)
        except PressError as error:
            found = error.problems[0]
            raise self.fail(found.line, found.what, found.fix) from None

    def _origin(self, found: Included) -> str:
        end = found.line + found.text.count("\n")
        source = (
            f"{self.repo_url}/blob/{self.book.settings.branch}/"
            f"{found.path.as_posix()}"
            f"#L{found.line}-L{end}"
        )
        api = self._api(found)
        links = f"[{found.module}]({source})"
        if api:
            links += f" · [API]({api})"
        return f"{links}\n{{ .listing-source }}"

    def _api(self, found: Included) -> str:
        target = api.anchor(
            self.root, self.read.library, found.path, found.symbol
        )
        return self.relative(Path(target)) if target else ""

    def _prose(self, number: int, line: str) -> str:
        masked = "".join(self.page.masked[number - 1 : number])
        if not masked.strip():
            return line
        edits = [
            *((m, self._reference) for m in REFERENCE.finditer(masked)),
            *((m, self._citation) for m in CITATION.finditer(masked)),
            *((m, self._mark) for m, _ in marks.found(line)),
            *((m, self._tally) for m in tally.PLACE.finditer(masked)),
        ]
        for match, edit in sorted(edits, key=lambda e: -e[0].start()):
            text = edit(match, number)
            line = line[: match.start()] + text + line[match.end() :]
        return line

    def _reference(self, match: re.Match[str], number: int) -> str:
        name = match["label"]
        found = self.book.labels.get(name) or [
            Label(name, self.page.path, n, line)
            for label, n, line in self.page.labels
            if label == name
        ]
        if not found:
            raise self.fail(
                number,
                f'reference to "{name}", which labels nothing',
                "label it or mend the name",
            )
        label = found[0]
        anchor = f"#{name}"
        text = _called(label)
        if label.page == self.page.path:
            return f"[{text}]({anchor})"
        title = self.book.titles[label.page]
        return f"[{text}]({self.relative(label.page)}{anchor}) of *{title}*"

    def _citation(self, match: re.Match[str], number: int) -> str:
        source = self.book.sources.get(match["key"])
        if source is None:
            raise self.fail(
                number,
                f'citation of "{match["key"]}", which is no reference',
                f"add it to {self.book.settings.reference_list.as_posix()}",
            )
        target = self.relative(Path(GENERATED) / "bibliography.md")
        where = f", {match['where']}" if match["where"] else ""
        return f"[{source.short}{where}]({target}#{source.key})"

    def _mark(self, match: re.Match[str], _: int) -> str:
        names, options = options_of(match["attributes"])
        kind = next(n for n in names if n in FORMS)
        shown = match["code"] or match["math"]
        inside = html.escape(shown) if match["code"] else f"${shown}$"
        source = self.book.sources.get(options.get("source", ""))
        title = source.short if source else options.get("of", "")
        said = f' title="{_entities(title)}"' if title else ""
        return (
            f'<data class="{kind}" value="{_entities(shown)}"{said}>'
            f"{inside}</data>"
        )

    def _tally(self, match: re.Match[str], number: int) -> str:
        if match["name"] in tally.WORDS:
            return tally.words(self.book, match["name"], self.relative)
        found = self.read.tally.get(match["name"])
        if found is None:
            raise self.fail(number, *tally.unknown(match["name"]))
        return f"{found:,}"

    def relative(self, target: Path) -> str:
        """A path below `docs` as a link from this page."""
        start = self.page.path.parent.as_posix()
        return os.path.relpath(target.as_posix(), start).replace("\\", "/")


def _called(label: Label) -> str:
    kind = label.name.partition(":")[0]
    word = {"fig": "Figure {}", "ex": "Exercise {}"}.get(kind, "({})")
    return word.format(label.number)


def _entities(text: str) -> str:
    """`text` as an attribute that no other inline rule can touch."""
    return "".join(
        c if c.isalnum() or c in " .,+-()=:" else f"&#{ord(c)};" for c in text
    )


class PressBlock(Block):
    """A block that knows what its author wrote in its header."""

    ARGUMENT = True

    def written(self) -> tuple[Any, int, PagePreprocessor]:
        """The parsed block, its number among its kind, and the page."""
        preprocessor = self.md.preprocessors["press"]
        assert isinstance(preprocessor, PagePreprocessor)  # noqa: S101
        index = int(self.argument)
        block = preprocessor.page.blocks[index]
        counted = PICTURES if block.kind in PICTURES else (block.kind,)
        number = 1 + sum(
            b.kind in counted for b in preprocessor.page.blocks[:index]
        )
        return block, number, preprocessor


class PictureBlock(PressBlock):
    """A block that shows what a script draws, with a caption."""

    def script(self) -> Path:
        """The script that the block names."""
        block, _, press = self.written()
        table = press.book.settings
        folder = Path(table.snippets) / press.page.path.with_suffix("")
        script = folder / PICTURES[block.kind] / f"{block.title}.py"
        drawn = block.title in pictures.of(press.page)
        if not drawn and not (press.root / script).exists():
            raise press.fail(
                block.line,
                f'{block.kind} "{block.title}" has no script '
                f"{script.as_posix()}",
                "write the script or mend the name",
            )
        return press.root / script

    def alt(self) -> str:
        """What is seen, for those who do not see it, in plain text."""
        block, _, _ = self.written()
        return marks.plain(block.options.get("alt", ""))

    def element(self, parent: ET.Element) -> ET.Element:
        """The figure that the block becomes."""
        block, _, _ = self.written()
        element = ET.SubElement(parent, "figure")
        element.set("id", f"fig:{block.title}")
        element.set("class", "book-figure")
        return element

    def on_add(self, block: ET.Element) -> ET.Element:
        """The content of the block is the caption."""
        return list(block)[-1]


class FigureBlock(PictureBlock):
    """``/// figure | name``: a drawing of the build with its caption."""

    NAME = "figure"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """Two images, one for each palette, and the caption."""
        _, number, press = self.written()
        alt, script = self.alt(), self.script()
        element = self.element(parent)
        images = ET.SubElement(element, "div", {"class": "book-images"})
        for palette, path in zip(
            ("light", "dark"),
            figures.outputs(press.root, script),
            strict=True,
        ):
            source = press.relative(path.relative_to(press.book.docs))
            image = ET.SubElement(images, "img")
            image.set("src", f"{source}#only-{palette}")
            image.set("alt", alt)
            image.set("class", f"figure-{palette}")
            image.set("loading", "lazy")
            if path.exists():
                width, height = figures.size(path)
                image.set("width", f"{width:g}")
                image.set("height", f"{height:g}")
        return _captioned(element, number)


class ExplorableBlock(PictureBlock):
    """``/// explorable | name``: a drawing that the reader can move."""

    NAME = "explorable"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """The first state, what moves it, its numbers, and the caption."""
        block, number, press = self.written()
        script = self.script()
        drawn = explorable.parts(press.root, script)
        if drawn is None:
            raise press.fail(
                block.line,
                f'explorable "{block.title}" was not computed',
                "run make figures",
            )
        element = self.element(parent)
        custom = ET.SubElement(element, "book-explorable")
        custom.set("class", "explorable")
        custom.set("data-search-exclude", "")
        alt = self.alt()
        image = {"class": "explorable-panels", "role": "img"}
        self._add(custom, "div", drawn.panels, {**image, "aria-label": alt})
        controls = {"class": "explorable-controls"}
        self._add(custom, "div", drawn.controls, controls)
        says = {"data-n": "says", "aria-live": "polite"}
        self._add(custom, "output", drawn.says, says)
        details = _details(custom, "numbers", "The numbers of this state")
        scrolls = {"role": "group", "tabindex": "0", "aria-label": "Numbers"}
        table = {"class": "explorable-table", **scrolls}
        self._add(details, "div", drawn.table, table)
        path = explorable.published(press.root, script)
        address = press.relative(path.relative_to(press.book.docs))
        states = ET.SubElement(details, "a", {"class": "explorable-states"})
        states.set("href", address)
        states.text = "All states, as JSON"
        return _captioned(element, number)

    def _add(
        self, parent: ET.Element, tag: str, inside: str, given: dict[str, str]
    ) -> None:
        """An element whose content no other rule of Markdown touches."""
        element = ET.SubElement(parent, tag, given)
        element.text = self.md.htmlStash.store(inside)


def _captioned(element: ET.Element, number: int) -> ET.Element:
    caption = ET.SubElement(element, "figcaption")
    strong = ET.SubElement(caption, "span")
    strong.set("class", "figure-number")
    strong.text = f"Figure {number}."
    return element


class CheckBlock(PressBlock):
    """``/// check``: the program that would refuse a wrong formula."""

    NAME = "check"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """A collapsed block, named after what it checks."""
        block, _, press = self.written()
        title = _checks(press, block)
        details = _details(parent, "check", title, search=False)
        for text in _verdicts(press, block):
            said = ET.SubElement(details, "p", {"class": "verdict"})
            said.text = text
        return details


def _checks(press: PagePreprocessor, block: Any) -> str:
    named = formula_checks.named(press.page, block)
    numbers = {name: n for name, n, _ in press.page.labels}
    which = ", ".join(f"({numbers.get(n, '?')})" for n in named)
    return f"Check of {which}" if which else "Check"


def _verdicts(press: PagePreprocessor, block: Any) -> Iterator[str]:
    """What the latest run saw of the formulas of a check."""
    reason = block.options.get("unread", "")
    if reason:
        yield f"Not read from the formula: {reason}"
    if steps.OPTION in block.options:
        reason = block.options[steps.OPTION].partition(",")[2].strip()
        yield f"The steps around it are not tried at these draws: {reason}"
    numbers = {name: n for name, n, _ in press.page.labels}
    index = press.page.blocks.index(block)
    for fence in press.page.fences:
        if fence.block != index or not formula_checks.reads(fence):
            continue
        code = code_of(press.root, press.book.place(press.page), fence)
        for display in formula_checks.displays(press.page, fence):
            yield from _verdict(press, display, code.text, numbers)


def _verdict(
    press: PagePreprocessor, display: Display, code: str,
    numbers: dict[str, int],
) -> Iterator[str]:  # fmt: skip
    found = press.kept.current(display, code)
    which = f"({numbers.get(display.label, '?')})"
    if found is None:
        yield f"{which} is read from the formula; not run in this build."
        return
    yield f"{which} {found['said']}."
    reasons: dict[str, list[str]] = {}
    for what, why in found["equal"]:
        reasons.setdefault(why, []).append(what)
    for why, same in reasons.items():
        yield f"Equal by mathematics: {len(same)}, because {why}."


class ExerciseBlock(PressBlock):
    """``//// exercise | Title``: a statement with hints and solution."""

    NAME = "exercise"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """A numbered section with an anchor."""
        block, number, _ = self.written()
        name = block.options.get("name", "")
        element = ET.SubElement(parent, "section")
        element.set("class", "exercise")
        element.set("id", f"ex:{name}")
        title = ET.SubElement(element, "p", {"class": "exercise-title"})
        title.text = f"**Exercise {number}.** {block.title}"
        return element


class HintBlock(PressBlock):
    """``/// hint``: collapsed, and not in the search index."""

    NAME = "hint"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """A collapsed block."""
        block, _, _ = self.written()
        return _details(parent, "hint", block.title or "Hint", search=False)


class SolutionBlock(PressBlock):
    """``/// solution``: collapsed, and not in the search index."""

    NAME = "solution"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """A collapsed block."""
        block, _, _ = self.written()
        title = block.title or "Solution"
        return _details(parent, "solution", title, search=False)


def _details(
    parent: ET.Element, kind: str, title: str, *, search: bool = True
) -> ET.Element:
    element = ET.SubElement(parent, "details", {"class": kind})
    if not search:
        element.set("data-search-exclude", "")
    summary = ET.SubElement(element, "summary")
    summary.text = title
    return element


class Tooltips(Treeprocessor):
    """Keeps one tooltip of a term in each section, in prose only."""

    NOT_IN = frozenset({"a", "summary", "h1", "h2", "h3", "h4", "h5", "h6"})

    def run(self, root: ET.Element) -> None:
        """Unwrap every other one."""
        self.seen: set[str] = set()
        self._walk(root, inside=False)

    def _walk(self, element: ET.Element, *, inside: bool) -> None:
        for child in list(element):
            if child.tag in {"h1", "h2"}:
                self.seen = set()
            within = inside or child.tag in self.NOT_IN
            if child.tag == "abbr":
                term = child.get("title", "")
                if within or term in self.seen:
                    _unwrap(element, child)
                else:
                    self.seen.add(term)
            else:
                self._walk(child, inside=within)


def _unwrap(parent: ET.Element, child: ET.Element) -> None:
    index = list(parent).index(child)
    text = (child.text or "") + (child.tail or "")
    if index:
        before = parent[index - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(child)


class Outputs(Postprocessor):
    """Leaves printed output and the code of exercises out of the search."""

    OUTPUT = re.compile(
        r'<div class="(?=[^"]*\b(?:output|starter|check)\b)[^"]*"'
    )

    def run(self, text: str) -> str:
        """Mark their blocks; a solved notebook is put in its place."""
        text = self.OUTPUT.sub(r"\g<0> data-search-exclude", text)
        return solved.placed(self.root, text)

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self.root = root


class Listings(Postprocessor):
    """Prints the mathematics of a listing first: its docstrings fold."""

    def run(self, text: str) -> str:
        """Fold them, and link lines to the equations that they are."""
        press = self.md.preprocessors["press"]
        assert isinstance(press, PagePreprocessor)  # noqa: S101
        return listings.printed(text, press.listings, press.equation)


class InCode(Treeprocessor):
    """Links each equation to the line of the library that it is."""

    def run(self, root: ET.Element) -> None:
        """Add a link under the numbers of those that are one."""
        press = self.md.preprocessors["press"]
        assert isinstance(press, PagePreprocessor)  # noqa: S101
        here = {
            label
            for text in press.listings
            for label in equations.named(text).values()
        }
        for element in root.iter("div"):
            name = element.get("id", "")
            if "equation" not in element.get("class", "").split():
                continue
            number = element.find("span[@class='eqno']")
            if number is None or name not in press.read.equations:
                continue
            path, line = press.read.equations[name]
            looks = {"class": "eq-code", "data-search-exclude": ""}
            link = ET.SubElement(number, "a", looks)
            source = f"{press.repo_url}/blob/main/{path.as_posix()}#L{line}"
            target = f"#{listings.anchor(name)}"
            link.set("href", target if name in here else source)
            link.set("aria-label", f"Equation {number.text} in code")
            link.text = "in code"


class PressExtension(BlocksExtension):
    """The press, for `markdown_extensions` of `mkdocs.yml`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": [".", "folder that holds docs, snippets and src"],
            "repo_url": ["", "where the sources are read"],
        }
        Extension.__init__(self, **options)

    def extendMarkdownBlocks(
        self, md: Markdown, block_mgr: BlocksProcessor
    ) -> None:
        """Register the preprocessor and the blocks."""
        root = Path(self.getConfig("root")).resolve()
        repo_url = str(self.getConfig("repo_url"))
        preprocessor = PagePreprocessor(md, root, repo_url)
        md.preprocessors.register(preprocessor, "press", 40)
        md.treeprocessors.register(Tooltips(md), "press-tooltips", 6)
        md.postprocessors.register(Outputs(md, root), "press-outputs", 5)
        md.postprocessors.register(Listings(md), "press-listings", 4)
        # After the generator has looked at the links: code is no element yet.
        md.treeprocessors.register(InCode(md), "press-in-code", -1)
        for block in (
            FigureBlock,
            ExplorableBlock,
            CheckBlock,
            ExerciseBlock,
            HintBlock,
            SolutionBlock,
        ):
            block_mgr.register(block, {})


class WholeExtension(Extension):
    """The page format with its mathematics: ``press`` in `mkdocs.yml`."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.options = options

    def extendMarkdown(self, md: Markdown) -> None:
        """Register both."""
        md.registerExtensions(
            [PressExtension(**self.options), MathExtension()], {}
        )


def makeExtension(**options: Any) -> PressExtension:
    """What Python-Markdown calls."""
    return PressExtension(**options)
