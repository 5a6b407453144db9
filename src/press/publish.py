"""What stands beside the site once a generator has built it.

`llms.txt`, each page as Markdown with its includes resolved, and nothing
that depends on when or where it was built.
"""

import gzip
from pathlib import Path

from press.book import Book
from press.execute import code_of
from press.nav import reading_order
from press.page import Page


def publish(root: Path, site: Path) -> None:
    """Write the text versions into a built site."""
    book = Book(root)
    for page in book.pages:
        target = _folder(site, page) / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown_of(book, page), "utf8")
    (site / "llms.txt").write_text(llms(book), "utf8")
    _stable(site)


def _folder(site: Path, page: Page) -> Path:
    if page.path.name == "index.md":
        return site / page.path.parent
    return site / page.path.with_suffix("")


def markdown_of(book: Book, page: Page) -> str:
    """The text of a page, with every include replaced by its code."""
    lines = page.text.splitlines()
    for fence in reversed(page.fences):
        if fence.include:
            code = code_of(book.root, book.place(page), fence)
            lines[fence.line : fence.end - 1] = code.text.splitlines()
    return "\n".join(lines) + "\n"


def llms(book: Book) -> str:
    """The contents of the book, one line a page."""
    text = (
        "# Derivable\n\n> The mathematics of machine learning, executed: a "
        "textbook whose every listing, output, number and formula is run.\n"
    )
    groups: dict[str, list[str]] = {}
    for page in reading_order(book):
        name = page.path.parts[0] if len(page.path.parts) > 1 else "book"
        address = (_folder(Path(), page) / "index.md").as_posix()
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
