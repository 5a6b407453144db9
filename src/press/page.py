"""A page as its author wrote it: what stands on which line.

One pass over the lines finds fences, blocks, displays and headings; a
second one, over the text with code and displays blanked out, finds what
stands inside a line. Nothing is executed or converted here.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import yaml

from press import projects, source
from press.include import INCLUDE
from press.settings import Settings, around, settings_of

FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
BRACED = re.compile(r"^\{(?P<inside>.*)\}$")
OPTION = re.compile(
    r'\.(?P<class>[\w-]+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"'
    r"|(?P<bare>[^\s\"]+))|(?P<flag>[\w:-]+)"
)
BLOCK_OPEN = re.compile(
    r"^(?P<marks>/{3,})\s*(?P<kind>[a-zA-Z][\w-]*)\s*(?:\|\s*(?P<title>.*))?$"
)
BLOCK_CLOSE = re.compile(r"^(?P<marks>/{3,})\s*$")
BLOCK_OPTION = re.compile(r"^ {4}(?P<key>[\w-]+):(?:\s+(?P<value>.*))?$")
BLOCK_MORE = re.compile(r"^ {4,}\S")
LOOSE_OPTION = re.compile(r"^\s+\S")
HEADING = re.compile(
    r"^(?P<marks>#{1,6})\s+(?P<text>.*?)"
    r"(?:\s*\{(?P<attributes>[^}]*)\})?\s*$"
)
INDENTED_FORM = re.compile(r"^\s*(?P<form>!!!|\?\?\?\+?|===)\s")
LABEL = re.compile(r"\\label\{(?P<label>[^}]*)\}")
CODE_SPAN = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
)
FORMS = frozenset({"claim", "given", "fact"})
"""The attributes that say where a number comes from: see `press.marks`."""
REFERENCE = re.compile(r"\\(?P<how>eqref|ref)\{(?P<label>[^}]*)\}")
CITATION = re.compile(r"\[@(?P<key>[\w-]+)(?:,\s*(?P<where>[^\]]+))?\]")
CITING = re.compile(r"(?P<text>\[@[^\]\n]*\]?)")
INLINE_MATH = re.compile(
    r"(?<![\\$])\$(?![\s$])(?P<latex>(?:\\.|[^\\$])+?)(?<!\s)\$(?![\d$])"
)
PICTURES = {"figure": "figures", "explorable": "explorables"}
"""The blocks that are numbered as figures, and where their scripts are."""
OURS = {*PICTURES, "check", "exercise", "hint", "solution"}
"""The blocks that only the press has."""
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)[^)]*\)")
WORDLESS = re.compile(r"(?<!!)\[\s*(?P<latex>\$[^$]+\$)\s*\]\(")


@dataclass(frozen=True)
class Block:
    """A ``///`` block: `kind | title`, its options, its lines.

    An option may go on in the lines below it, further in than its name;
    `option_lines` says where each begins, and `body` is the number of
    lines above the content: the header and its options.
    """

    kind: str
    title: str
    options: dict[str, str]
    line: int
    end: int
    parent: int | None
    option_lines: dict[str, int] = field(default_factory=dict)
    body: int = 0


@dataclass(frozen=True)
class Fence:
    """A fenced block.

    Attributes:
        line: line of the opening fence, from 1.
        end: line of the closing fence; 0 if it is never closed.
        language: the first class, as in ``{.python .starter}``.
        classes: the other classes and bare words.
        options: the ``key="value"`` pairs.
        body: the lines between, as written.
        block: index of the innermost block around it.
        info: what stands after the marks, without its braces.
    """

    line: int
    end: int
    language: str
    classes: tuple[str, ...]
    options: dict[str, str]
    body: str
    block: int | None
    braced: bool
    indent: int
    info: str = ""

    @property
    def include(self) -> str:
        """What the body includes, empty if it is typed."""
        found = INCLUDE.match(self.body.strip())
        return found["spec"] if found else ""

    @property
    def is_python(self) -> bool:
        """Whether it is a block that is run."""
        return self.language in {"python", "py", "python3"}

    @property
    def is_output(self) -> bool:
        """Whether it is what an example printed."""
        return "output" in self.classes


@dataclass(frozen=True)
class Display:
    """A displayed equation.

    Attributes:
        line: line of the opening dollars, from 1.
        end: line of the closing ones.
        latex: what stands between, without the line of dollars.
        label: its label, or ''.
        first: line on which `latex` begins.
    """

    line: int
    end: int
    latex: str
    label: str
    first: int


@dataclass(frozen=True)
class Heading:
    """A heading; `attributes` is what stands in its braces."""

    line: int
    level: int
    text: str
    attributes: str


@dataclass(frozen=True)
class Spot:
    """Something inside a line: a claim, reference, citation or link."""

    line: int
    text: str
    of: str = ""


@dataclass(frozen=True, eq=False)
class Page:
    """A parsed page. `path` is relative to `docs`, as in ``a/b.md``.

    `source` is the file that its author wrote, also relative to `docs`;
    line by line it is the page. `folder` is where that is, from the
    project whose `settings` these are.
    """

    path: Path
    text: str
    front: dict[str, object]
    front_lines: int
    front_error: tuple[int, str]
    fences: tuple[Fence, ...]
    blocks: tuple[Block, ...]
    displays: tuple[Display, ...]
    headings: tuple[Heading, ...]
    stray: tuple[Spot, ...]
    masked: tuple[str, ...] = field(repr=False)
    source: Path = field(default=Path(), repr=False)
    settings: Settings = field(default_factory=Settings, repr=False)
    folder: Path = field(default=Path(Settings.docs), repr=False)

    @property
    def place(self) -> Path:
        """The file that its author wrote, as messages give it."""
        return self.folder / self.source

    @property
    def is_project(self) -> bool:
        """Whether it is read from a source in the percent format."""
        return projects.is_project(self.source)

    @property
    def is_ordinary(self) -> bool:
        """Whether nothing in it is of the press: it is run as it stands."""
        return self.settings.ordinary and not (
            any(f.braced and (f.is_python or f.is_output) for f in self.fences)
            or any(b.kind in OURS for b in self.blocks)
        )

    @property
    def name(self) -> str:
        """How commands call it: its path without the ending."""
        return self.path.with_suffix("").as_posix()

    @property
    def address(self) -> str:
        """Its folder in the site; an index has that of what it opens."""
        opens = self.path.name == "index.md"
        folder = self.path.parent if opens else self.path.with_suffix("")
        return "" if folder == Path() else f"{folder.as_posix()}/"

    @property
    def references(self) -> list[Spot]:
        r"""``\eqref`` and ``\ref`` in prose."""
        return self._spots(REFERENCE, "label", "how")

    @property
    def citations(self) -> list[Spot]:
        """``[@key, where]`` in prose."""
        return self._spots(CITATION, "key")

    @property
    def citing(self) -> list[Spot]:
        """What begins as a citation, whether it is one or not."""
        return self._spots(CITING, "text")

    @property
    def links(self) -> list[Spot]:
        """Markdown links in prose."""
        return self._spots(LINK, "target")

    @property
    def wordless_links(self) -> list[Spot]:
        """Links that show nothing but mathematics."""
        return self._spots(WORDLESS, "latex")

    @property
    def formulas(self) -> list[Spot]:
        """Inline mathematics."""
        return self._spots(INLINE_MATH, "latex")

    @property
    def labels(self) -> Iterator[tuple[str, int, int]]:
        """Every label, its number on the page, its line."""
        labelled = [d for d in self.displays if d.label]
        for number, display in enumerate(labelled, 1):
            yield display.label, number, display.line
        pictures = [b for b in self.blocks if b.kind in PICTURES]
        for number, block in enumerate(pictures, 1):
            yield f"fig:{block.title}", number, block.line
        exercises = [b for b in self.blocks if b.kind == "exercise"]
        for number, block in enumerate(exercises, 1):
            yield f"ex:{block.options.get('name', '')}", number, block.line

    def around(self, fence: Fence, kind: str) -> int | None:
        """Index of the block of `kind` that holds `fence`, if one does."""
        at = fence.block
        while at is not None and self.blocks[at].kind != kind:
            at = self.blocks[at].parent
        return at

    def _spots(
        self, pattern: re.Pattern[str], group: str, of: str = ""
    ) -> list[Spot]:
        return [
            Spot(number, match[group], match[of] if of else "")
            for number, line in enumerate(self.masked, 1)
            for match in pattern.finditer(line)
        ]


def read(docs: Path, path: Path) -> Page:
    """Parse the page at `docs / path`, or the one that a project is.

    Raises:
        PressError: if its text cannot be read as it is shown.
    """
    root = around(docs.absolute())
    table = settings_of(root)
    folder = docs.absolute().relative_to(root)
    text = source.read(docs / path, folder / path)
    if not projects.is_project(path):
        return _known(text, path, path, table, folder)
    text = projects.as_page(text, folder / path)
    return _known(text, path.with_suffix(".md"), path, table, folder)


@lru_cache(maxsize=256)
def _known(
    text: str, path: Path, written: Path, settings: Settings, folder: Path
) -> Page:
    """A text is parsed once, whoever reads it; nobody writes into a page."""
    return parse(text, path, written, settings, folder)


def parse(
    text: str,
    path: Path,
    written: Path | None = None,
    settings: Settings | None = None,
    folder: Path | None = None,
) -> Page:
    """Parse the text of a page; `path` is relative to `docs`.

    Where it was `written` differs from `path` for a project; `folder` is
    that of the pages if it is not said.
    """
    table = settings or Settings()
    lines = text.splitlines()
    front, front_lines, error = _front_matter(lines)
    scan = _Scan(lines, front_lines)
    scan.run()
    return Page(
        path,
        text,
        front,
        front_lines,
        error,
        tuple(_adopted(scan.fences, lines) if table.ordinary else scan.fences),
        tuple(scan.blocks),
        tuple(scan.displays),
        tuple(scan.headings),
        tuple(scan.stray),
        tuple(_mask_spans(scan.masked)),
        written or path,
        table,
        Path(table.docs) if folder is None else folder,
    )


def _adopted(fences: list[Fence], lines: list[str]) -> Iterator[Fence]:
    """Plain fences of another tool as what they are here.

    A program goes on from the plain one above it; a ``text`` fence below a
    program, with nothing between, is what that printed.
    """
    before: Fence | None = None
    above: Fence | None = None
    for fence in fences:
        plain = not fence.braced
        found = replace(fence, body=_dedented(fence)) if plain else fence
        if plain and found.is_python:
            goes_on = ("continuation",) if before else ()
            classes = (*fence.classes, "ordinary", *goes_on)
            above = found = replace(found, classes=classes)
            before = before if "notest" in classes else found
        elif plain and fence.language == "text" and above is not None:
            between = lines[above.end : fence.line - 1]
            if not any(line.strip() for line in between):
                found = replace(found, classes=("output",))
            above = None
        else:
            above = None
        yield found


def _dedented(fence: Fence) -> str:
    return textwrap.dedent(fence.body) if fence.indent else fence.body


def options_of(info: str) -> tuple[list[str], dict[str, str]]:
    """Classes with bare words, and options, of a braced header."""
    names: list[str] = []
    options: dict[str, str] = {}
    for match in OPTION.finditer(info):
        if match["key"]:
            options[match["key"]] = match["quoted"] or match["bare"] or ""
        else:
            names.append(match["class"] or match["flag"])
    return names, options


def unread_of(info: str) -> str:
    """What of a braced header `options_of` does not read, or ''."""
    rest = OPTION.sub(" ", info).split()
    keys = [m["key"] for m in OPTION.finditer(info) if m["key"]]
    twice = [k for k in keys if keys.count(k) > 1]
    return " ".join([*rest, *dict.fromkeys(twice)])


def _front_matter(
    lines: list[str],
) -> tuple[dict[str, object], int, tuple[int, str]]:
    nothing: tuple[int, str] = (0, "")
    if not lines or lines[0].rstrip() != "---":
        return {}, 0, nothing
    end = next((i for i, x in enumerate(lines[1:], 1) if x == "---"), 0)
    if not end:
        return {}, 0, (1, "front matter that is never closed")
    for number, line in enumerate(lines[1:end], 2):
        if "\t" in line:
            return {}, end + 1, (number, "a tab in the front matter")
    try:
        front = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 2 if error.problem_mark else 2
        return {}, end + 1, (at, f"front matter: {error.problem}")
    if not isinstance(front, dict):
        return {}, end + 1, (2, "front matter that is not a mapping")
    return front, end + 1, nothing


class _Scan:
    """The pass over the lines."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines = lines
        self.at = start
        self.fences: list[Fence] = []
        self.blocks: list[Block] = []
        self.open: list[tuple[int, int]] = []  # (index, slashes)
        self.displays: list[Display] = []
        self.headings: list[Heading] = []
        self.stray: list[Spot] = []
        self.masked = [""] * start + lines[start:]

    def run(self) -> None:
        while self.at < len(self.lines):
            self._step(self.lines[self.at])
            self.at += 1
        for index, _ in self.open:
            block = self.blocks[index]
            self._say(block.line, f"/// {block.kind} is never closed")

    def _say(self, number: int, what: str) -> None:
        self.stray.append(Spot(number, what))

    def _step(self, line: str) -> None:
        number = self.at + 1
        if fence := FENCE.match(line):
            self._fence(fence)
        elif form := INDENTED_FORM.match(line):
            self._say(number, f"the indented form {form['form']}")
        elif found := BLOCK_OPEN.match(line):
            self._block(found)
        elif found := BLOCK_CLOSE.match(line):
            self._close(len(found["marks"]))
        elif line.lstrip().startswith("$$"):
            self._display()
        elif found := HEADING.match(line):
            self.headings.append(
                Heading(
                    number,
                    len(found["marks"]),
                    found["text"],
                    found["attributes"] or "",
                )
            )

    def _fence(self, found: re.Match[str]) -> None:
        first = self.at
        marks, info = found["marks"], found["info"].strip()
        end = first + 1
        while end < len(self.lines) and not _closes(self.lines[end], marks):
            end += 1
        closed = end < len(self.lines)
        braced = BRACED.match(info)
        inside = braced["inside"] if braced else info
        names, options = options_of(inside)
        self.fences.append(
            Fence(
                first + 1,
                end + 1 if closed else 0,
                names[0] if names else "",
                tuple(names[1:]),
                options,
                "\n".join(self.lines[first + 1 : end]),
                self.open[-1][0] if self.open else None,
                bool(braced),
                len(found["indent"]),
                inside,
            )
        )
        self._blank(first, end)

    def _display(self) -> None:
        first = end = self.at
        text = self.lines[first].strip()
        if text == "$$" or not text.endswith("$$"):
            end = first + 1
            while end < len(self.lines) and not self.lines[
                end
            ].rstrip().endswith("$$"):
                end += 1
        if end == len(self.lines):
            self._say(first + 1, "$$ is never closed")
        latex = "\n".join(self.lines[first : end + 1]).strip()
        latex = latex.removeprefix("$$").removesuffix("$$")
        begins = first + 1 + len(latex) - len(latex.lstrip("\n"))
        latex = latex.strip("\n")
        label = LABEL.search(latex)
        name = label["label"] if label else ""
        self.displays.append(Display(first + 1, end + 1, latex, name, begins))
        self._blank(first, end)

    def _blank(self, first: int, end: int) -> None:
        for i in range(first, min(end + 1, len(self.lines))):
            self.masked[i] = ""
        self.at = end

    def _block(self, found: re.Match[str]) -> None:
        line = self.at + 1
        self.masked[line - 1] = ""
        options, places = self._options()
        parent = self.open[-1][0] if self.open else None
        self.open.append((len(self.blocks), len(found["marks"])))
        self.blocks.append(
            Block(
                found["kind"],
                (found["title"] or "").strip(),
                options,
                line,
                0,
                parent,
                places,
                self.at + 2 - line,
            )
        )

    def _options(self) -> tuple[dict[str, str], dict[str, int]]:
        """The options under a header; the pass goes on below them."""
        options: dict[str, str] = {}
        places: dict[str, int] = {}
        key = ""
        for line in self.lines[self.at + 1 :]:
            if option := BLOCK_OPTION.match(line):
                key = option["key"]
                if key in options:
                    self._say(self.at + 2, f'option "{key}" stands twice')
                options[key] = (option["value"] or "").strip()
                places[key] = self.at + 2
            elif key and BLOCK_MORE.match(line):
                options[key] = f"{options[key]} {line.strip()}".strip()
            elif LOOSE_OPTION.match(line):
                self._say(
                    self.at + 2,
                    f'an option that is not read: "{line.strip()}"',
                )
                break
            else:
                break
            self.at += 1
            self.masked[self.at] = ""
        return options, places

    def _close(self, slashes: int) -> None:
        number = self.at + 1
        self.masked[self.at] = ""
        if not self.open or self.open[-1][1] != slashes:
            self._say(number, f"{'/' * slashes} closes no open block")
            return
        index, _ = self.open.pop()
        block = self.blocks[index]
        self.blocks[index] = replace(block, end=number)


def _closes(line: str, marks: str) -> bool:
    text = line.strip()
    return len(text) >= len(marks) and set(text) == {marks[0]}


def _mask_spans(lines: list[str]) -> list[str]:
    return [
        CODE_SPAN.sub(lambda m: "\u00b7" * len(m[0]), line) for line in lines
    ]
