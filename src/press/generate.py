"""The pages that the build writes, in ``generated``.

A file is written only if its text changed, so a server that watches the
folder builds again only for a reason.
"""

import shutil
from pathlib import Path

from press import api, moved, noticed, report, tally
from press.book import GENERATED, Book
from press.nav import reading_order
from press.plugins import named
from press.references import Source

HEAD = (
    "---\ntitle: {title}\ndescription: {description}\n"
    "hide:\n  - toc\n---\n\n# {title}\n\n"
)
NOT_DRAWN_HERE = "figures"


def write(root: Path) -> list[Path]:
    """Write every generated page; those that changed are returned."""
    book = Book(root)
    pages = {
        "glossary.md": glossary(book),
        "bibliography.md": bibliography(book),
        "verified.md": verified(book),
        "progress.md": progress(book),
        **{name: page(root) for name, page in named(root, "pages").items()},
        **{f"api/{name}": text for name, text in api.render(book).items()},
        moved.PACKED: moved.packed(book),
    }
    folder = book.docs / GENERATED
    changed = []
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text("utf8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf8")
            changed.append(path)
    for path in folder.rglob("*.md"):
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for path in folder.iterdir():
        if path.is_dir() and not any(path.rglob("*.*")):
            shutil.rmtree(path)
    return changed


def head(title: str, description: str) -> str:
    """The front matter and heading of a page without sections."""
    return HEAD.format(title=title, description=description)


def glossary(book: Book) -> str:
    """Every term of the tooltips, in order."""
    text = head(
        "Glossary",
        "The terms of this book in one sentence each, as its tooltips say "
        "them.",
    )
    terms = sorted(book.terms.items(), key=lambda t: t[0].lower())
    for term, meaning in terms:
        text += f"**{term}**\n:   {meaning}\n\n"
    return text


def bibliography(book: Book) -> str:
    """Every source, with the pages that cite it."""
    text = head(
        "Bibliography",
        "The papers and books that the chapters cite, with the chapters "
        "that cite them.",
    )
    citing: dict[str, dict[str, None]] = {}
    for page in reading_order(book):
        link = f"[{book.titles[page.path]}](../{page.path.as_posix()})"
        for citation in page.citations:
            citing.setdefault(citation.text, {})[link] = None
    for source in sorted(book.sources.values(), key=lambda s: s.short):
        cited = ", ".join(citing.get(source.key, ()))
        text += (
            f'<span id="{source.key}"></span>\n{_entry(source)}\n'
            f"Cited in {cited or 'no chapter'}.\n\n"
        )
    return text


def _entry(source: Source) -> str:
    authors = ", ".join(source.authors)
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    title = f"[{source.title}]({link})" if link else source.title
    venue = f" {source.venue}." if source.venue else ""
    return f"{authors} ({source.year}). *{title}*.{venue}"


def verified(book: Book) -> str:
    """What the last test run executed, page by page."""
    text = head(
        "How this book is verified",
        "Which blocks, outputs, claims, checks and exercises of each "
        "chapter were executed by the tests.",
    )
    text += VERIFIED
    text += (
        "| Page | State | Blocks | Outputs | Numbers | Checks | Exercises "
        "| Graded |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|\n"
    )
    total = [0] * 6
    for page in reading_order(book):
        row = report.counts(page)
        numbers = [row[c] for c in (*report.COUNTS, "graded")]
        if not any(numbers):
            continue
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        cells = " | ".join(map(str, numbers))
        link = f"[{book.titles[page.path]}](../{page.path.as_posix()})"
        text += f"| {link} | {_state(book, page)} | {cells} |\n"
    cells = " | ".join(f"**{n}**" for n in total)
    text += f"| **All** | | {cells} |\n\n"
    text += tally.table(book)
    versions = report.load(book.root)["versions"]
    if versions:
        named = ", ".join(f"{k} {v}" for k, v in sorted(versions.items()))
        text += f"The run used {named}.\n\n"
    return text + noticed.table(book)


def progress(book: Book) -> str:
    """Every exercise with a check; the page of a reader's own progress."""
    text = head(
        "Your progress",
        "The exercises that your browser has checked, as solved or tried, and "
        "those still to do. Kept in your browser only.",
    )
    text += PROGRESS
    for page in reading_order(book):
        rows = [
            (number, block)
            for number, block in enumerate(
                (b for b in page.blocks if b.kind == "exercise"), 1
            )
            if any(
                "starter" in f.classes and block.line < f.line < block.end
                for f in page.fences
            )
        ]
        if not rows:
            continue
        text += (
            f"## {book.titles[page.path]} {{ #{page.path.stem} }}\n\n"
            f'<p data-chapter="{page.address}"></p>\n\n'
            "| Exercise | State |\n|---|---|\n"
        )
        for number, block in rows:
            anchor = f"ex:{block.options.get('name', '')}"
            text += (
                f"| {number}. [{block.title}](../{page.path.as_posix()}"
                f'#{anchor}) | <span data-exercise="{page.address}#{anchor}">'
                "</span> |\n"
            )
        text += "\n"
    return text + "</div>\n"


PROGRESS = """\
<div data-progress markdown="1">

When you press *Check* under an exercise, the verdict is remembered in this
browser, on this machine, and nowhere else. Take it along in a file.

<div class="progress-tools"></div>

<noscript>This page needs scripts to know what you have solved.</noscript>

"""

VERIFIED = """\
Nothing on these pages is typed twice. A listing is read from the library,
an output is compared with what the example prints, a number in a sentence
is compared with the expression it stands for, and a formula that claims
something is read and run, or carries a program that would fail if it were
wrong. The starter of an exercise must fail its check and the solution must
pass it.

`make test` does all of it. The table counts what each page holds: blocks of
Python, outputs compared, numbers in prose, claims with a check, exercises,
and those among them that a program grades. The state is what the latest run
before this build saw. A page that was edited since, or whose library was, is
*not run* in this build.

"""


def _state(book: Book, page: object) -> str:
    entry = report.current(book.root, page)  # type: ignore[arg-type]
    if entry is None:
        return "not\N{NO-BREAK SPACE}run"
    return "failed" if entry["failed"] else "passed"
