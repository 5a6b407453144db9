"""What stands beside the site once a generator has built it.

`llms.txt`, each page as Markdown that needs no press to be read, and
nothing that depends on when or where it was built.
"""

import gzip
import os
import re
from pathlib import Path

from press import explorable, figures, nav, tally
from press.book import GENERATED, Book
from press.nav import reading_order
from press.page import CITATION, LABEL, PICTURES, REFERENCE, Block, Page
from press.programs import code_of
from press.settings import snippets_of

WORDS = re.compile(rf"\{{press:(?P<name>{'|'.join(tally.WORDS)})\}}")
TARGET = re.compile(r"\]\((?P<target>[^)\s#]+)")  # of a link or an image


def publish(root: Path, site: Path) -> None:
    """Write the text versions into a built site."""
    book = Book(root)
    for page in book.pages:
        target = site / _address(page.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown_of(book, page), "utf8")
    (site / "llms.txt").write_text(llms(book), "utf8")
    _stable(site)


def markdown_of(book: Book, page: Page) -> str:
    """The text of a page, with all that it says of other files resolved."""
    return _Text(book, page).written()


class _Text:
    """A page on its way to plain Markdown, in lines that keep their number.

    Attributes:
        lines: what is written in place of each line.
        dropped: indices of the lines that are left out.
    """

    def __init__(self, book: Book, page: Page) -> None:
        self.book = book
        self.page = page
        self.lines = page.text.splitlines()
        self.dropped: set[int] = set()

    def written(self) -> str:
        for index, masked in enumerate(self.page.masked):
            self._prose(index, masked)
        self._equations()
        self._blocks()
        self._includes()
        kept = (x for n, x in enumerate(self.lines) if n not in self.dropped)
        return "\n".join(kept) + "\n"

    def _prose(self, index: int, masked: str) -> None:
        edits = [
            *((m, self._reference(m)) for m in REFERENCE.finditer(masked)),
            *((m, self._citation(m)) for m in CITATION.finditer(masked)),
            *((m, self._link(m)) for m in TARGET.finditer(masked)),
            *((m, self._words(m)) for m in WORDS.finditer(masked)),
        ]
        for match, text in sorted(edits, key=lambda e: -e[0].start()):
            line = self.lines[index]
            self.lines[index] = (
                line[: match.start()] + text + line[match.end() :]
            )

    def _reference(self, match: re.Match[str]) -> str:
        labels = self.book.labels.get(match["label"])
        if not labels:
            return match[0]
        label = labels[0]
        kind = label.name.partition(":")[0]
        word = {"fig": "Figure {}", "ex": "Exercise {}"}.get(kind, "({})")
        text, anchor = word.format(label.number), f"#{label.name}"
        if label.page == self.page.path:
            return f"[{text}]({anchor})"
        title = self.book.titles[label.page]
        return f"[{text}]({self._to(label.page)}{anchor}) of *{title}*"

    def _words(self, match: re.Match[str]) -> str:
        return tally.words(self.book, match["name"], self._to)

    def _citation(self, match: re.Match[str]) -> str:
        source = self.book.sources.get(match["key"])
        if source is None:
            return match[0]
        where = f", {match['where']}" if match["where"] else ""
        target = self._to(Path(GENERATED) / "bibliography.md")
        return f"[{source.short}{where}]({target}#{source.key})"

    def _link(self, match: re.Match[str]) -> str:
        path = Path(os.path.normpath(self.page.path.parent / match["target"]))
        if ":" in match["target"] or not (self.book.docs / path).exists():
            return match[0]
        return f"]({self._to(path)}"

    def _to(self, path: Path) -> str:
        """The way from this text to what a file below `docs` becomes."""
        start = _address(self.page.path).parent
        if path in self.book.titles:
            path = _address(path)
        elif path.suffix == ".md":  # of the build: it has no text version
            path = _address(path).with_suffix(".html")
        return Path(os.path.relpath(path, start)).as_posix()

    def _equations(self) -> None:
        numbers = {name: n for name, n, _ in self.page.labels}
        for display in self.page.displays:
            if display.label:
                tag = rf"\\tag{{{numbers[display.label]}}}"
                for n in range(display.line - 1, display.end):
                    self.lines[n] = LABEL.sub(tag, self.lines[n])
                first = self.lines[display.line - 1]
                anchor = f"{_anchor(display.label)}\n\n{first}"
                self.lines[display.line - 1] = anchor

    def _blocks(self) -> None:
        numbers = {line: n for _, n, line in self.page.labels}
        for block in self.page.blocks:
            if block.kind in PICTURES:
                self._figure(block, numbers[block.line])
            elif block.kind == "exercise":
                self._exercise(block, numbers[block.line])

    def _figure(self, block: Block, number: int) -> None:
        shown = f"{_anchor(f'fig:{block.title}')}\n\n{self._picture(block)}"
        self.lines[block.line - 1] = shown
        after = block.line - 1 + block.body
        caption = next(n for n in range(after, block.end) if self.lines[n])
        self.dropped |= {*range(block.line, after), block.end - 1}
        self.lines[caption] = f"**Figure {number}.** {self.lines[caption]}"

    def _picture(self, block: Block) -> str:
        """An image; of a figure with a parameter, words and its states."""
        folder = self.page.path.with_suffix("") / PICTURES[block.kind]
        name = folder / f"{block.title}.py"
        script = snippets_of(self.book.root) / name
        alt = block.options.get("alt", "")
        if block.kind == "explorable":
            states = explorable.published(self.book.root, script)
            target = self._to(states.relative_to(self.book.docs))
            return f"{alt} [All states, as JSON]({target})."
        light, _ = figures.outputs(self.book.root, script)
        return f"![{alt}]({self._to(light.relative_to(self.book.docs))})"

    def _exercise(self, block: Block, number: int) -> None:
        marks = self.lines[block.line - 1].split()[0]
        self.lines[block.line - 1] = (
            f"{marks} exercise | Exercise {number}. {block.title}\n\n"
            f"{_anchor('ex:' + block.options.get('name', ''))}"
        )
        after = block.line - 1 + block.body
        self.dropped |= set(range(block.line, after))

    def _includes(self) -> None:
        place = self.book.place(self.page)
        for fence in self.page.fences:
            if fence.include:
                code = code_of(self.book.root, place, fence)
                self.lines[fence.line] = code.text
                self.dropped |= set(range(fence.line + 1, fence.end - 1))


def _address(path: Path) -> Path:
    """Where the text version of a page is, below the site."""
    if path.name == "index.md":
        return path
    return path.with_suffix("") / "index.md"


def _anchor(label: str) -> str:
    return f'<a id="{label}"></a>'


def llms(book: Book) -> str:
    """The contents of the book, one line a page."""
    site = nav.settings(book.root)
    about = book.settings.about or site.get("site_description") or ""
    text = f"# {site.get('site_name', '')}\n"
    text += f"\n> {about}\n" if about else ""
    groups: dict[str, list[str]] = {}
    for page in reading_order(book):
        name = page.path.parts[0] if len(page.path.parts) > 1 else "book"
        address = _address(page.path).as_posix()
        title = page.front.get("title", page.name)
        about = page.front.get("description", "")
        groups.setdefault(name.capitalize(), []).append(
            f"- [{title}]({address}): {about}"
        )
    for group, rows in groups.items():
        text += f"\n## {group}\n\n" + "\n".join(rows) + "\n"
    return text


def _stable(site: Path) -> None:
    """A sitemap without the hour of the build, plain and compressed."""
    sitemap = site / "sitemap.xml"
    if sitemap.exists():
        lines = sitemap.read_text("utf8").splitlines()
        kept = [line for line in lines if "<lastmod>" not in line]
        sitemap.write_text("\n".join(kept) + "\n", "utf8")
        packed = gzip.compress(sitemap.read_bytes(), mtime=0)
        (site / "sitemap.xml.gz").write_bytes(packed)
