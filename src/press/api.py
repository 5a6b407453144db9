"""The reference of the library, from its docstrings.

Written as Markdown from the syntax tree by griffe, so that both site
generators print the same page. Each object leads to its source and to the
chapter that shows it; listings in the chapters lead back here.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import griffe

from press.book import GENERATED, Book
from press.nav import reading_order, repo_url
from press.page import Page
from press.problems import PressError, Problem
from press.settings import settings_of

WORD = re.compile(r"\w+")
EQUATION = re.compile(
    r"eq\. `([\w:-]+)`(?: of this book)?(?=[.;,]|$)", re.MULTILINE
)


def render(book: Book) -> dict[str, str]:
    """Every page of the reference, by its path below ``api``."""
    package = library(book.root)
    if package is None:
        return {}
    pages = {}
    for module in _chapters(package):
        pages[_page_of(module.path)] = _module(book, module)
    return {"index.md": _index(book, package), **pages}


def api_anchor(root: Path, file: Path, symbol: str) -> str | None:
    """The entry of a symbol of the library of the book at `root`."""
    return anchor(root, library(root), file, symbol)


def anchor(root: Path, package: Any, file: Path, symbol: str) -> str | None:
    """The entry of a symbol, as a path below the pages with its anchor.

    Args:
        root: the project.
        package: the library; see `library`.
        file: the file that defines it, relative to `root`.
        symbol: its name in that file.
    """
    dotted = settings_of(root).module(file)
    if package is None:
        return None
    try:
        found = package.modules_collection[dotted]
        target = found[symbol]
    except KeyError:
        return None
    names = (*dotted.split("."), *symbol.split("."))
    private = any(name.startswith("_") for name in names)
    if private or not _documented(target):
        return None
    page = _page_of(_home(found).path)
    return f"{GENERATED}/api/{page}#{dotted}.{symbol}"


@lru_cache(maxsize=4)
def _load_at(source: Path, package: str, _stamp: int) -> Any:
    loader = griffe.GriffeLoader(search_paths=[str(source)])
    return loader.load(package)


def library(root: Path) -> Any:
    """The library of the book at `root`, read again if a file changed.

    Nothing, if the project has no package.
    """
    table = settings_of(root)
    if not table.package:
        return None
    files = (root / table.library).rglob("*.py")
    stamp = max((f.stat().st_mtime_ns for f in files), default=0)
    return _load_at(root / table.source, table.package, stamp)


def _modules(package: Any) -> list[Any]:
    found = []
    for module in package.modules.values():
        if not module.is_alias and not module.name.startswith("_"):
            found += [module, *_modules(module)]
    return sorted(found, key=lambda m: m.path)


def _chapters(package: Any) -> list[Any]:
    """The modules that have a page: each chapter's, not its parts."""
    return [
        m
        for m in _modules(package)
        if m.path.count(".") == 2 or (m.path.count(".") == 1 and _members(m))
    ]


def _home(module: Any) -> Any:
    """The module whose page documents a module: its chapter."""
    parts = module.path.split(".")
    chapter = ".".join(parts[:3])
    return module.modules_collection[chapter]


def _page_of(path: str) -> str:
    return "/".join(path.split(".")[1:]) + ".md"


def _documented(item: Any) -> bool:
    return not item.is_alias and item.has_docstring


def _members(module: Any) -> list[Any]:
    """What a module defines itself, in order of its lines."""
    return sorted(
        (
            m
            for m in module.members.values()
            if not m.is_alias
            and not m.is_module
            and not m.name.startswith("_")
            and m.has_docstring
        ),
        key=lambda m: m.lineno,
    )


def _module(book: Book, module: Any) -> str:
    title = module.path
    text = (
        f"---\ntitle: {title}\ndescription: The public functions and classes "
        f"of {title}, with shapes, errors, sources and chapters.\n---\n\n"
        f"# {title} {{ #{module.path} }}\n\n"
    )
    if module.docstring:
        text += _summary(module.docstring.value) + "\n\n"
    for part in [module, *_modules(module)]:
        for item in _members(part):
            text += _item(book, item, level=2)
    return text


def _summary(value: str) -> str:
    return value.strip().split("\n\n", maxsplit=1)[0]


def _item(book: Book, item: Any, level: int) -> str:
    signature = _signature(item)
    text = f"{'#' * level} {_plain(item.name)} {{ #{item.path} }}\n\n"
    text += f"``` {{.text .signature}}\n{signature}\n```\n\n"
    text += _equations(book, item, _docstring(item))
    shown = [
        f"[{book.titles[p.path]}]({_up(item)}{p.path.as_posix()})"
        for p in _pages_showing(book, item.name)
    ]
    links = [f"Shown in {', '.join(shown)}."] if shown else []
    host = repo_url(book.root)
    if host:
        file = item.filepath.relative_to(book.root).as_posix()
        lines = f"L{item.lineno}-L{item.endlineno}"
        links.append(
            f"[Source]({host}/blob/{book.settings.branch}/{file}#{lines})"
        )
    if links:
        text += f"{' '.join(links)}\n{{ .shown-in }}\n\n"
    if item.is_class:
        for member in _members(item):
            if member.is_function:
                text += _item(book, member, level + 1)
    return text


def _equations(book: Book, item: Any, text: str) -> str:
    """Link the equations that a docstring names as its source."""

    def link(match: re.Match[str]) -> str:
        found = book.labels.get(match[1])
        if not found:
            raise PressError(
                Problem(
                    item.filepath.relative_to(book.root),
                    item.docstring.lineno,
                    f"no page has an equation `{match[1]}`",
                    "name the label of an equation of the book",
                )
            )
        page = book.titles[found[0].page]
        target = f"{_up(item)}{found[0].page.as_posix()}#{match[1]}"
        return f"eq. [({found[0].number})]({target}) of *{page}*"

    return EQUATION.sub(link, text)


def _up(item: Any) -> str:
    page = _page_of(_home(item.module).path)
    return "../" * (2 + page.count("/"))


def _plain(name: str) -> str:
    return name.replace("_", r"\_")


def _signature(item: Any) -> str:
    if item.is_class:
        return f"class {item.name}{_arguments(item)}"
    if item.is_function:
        result = f" -> {item.returns}" if item.returns else ""
        return f"{item.name}{_arguments(item)}{result}"
    annotation = f": {item.annotation}" if item.annotation else ""
    return f"{item.name}{annotation}"


def _arguments(item: Any) -> str:
    shown: list[str] = []
    starred = False
    for parameter in getattr(item, "parameters", []):
        if parameter.name == "self":
            continue
        kind = parameter.kind.value if parameter.kind else ""
        if kind == "keyword-only" and not starred:
            shown.append("*")
            starred = True
        prefix = {"variadic positional": "*", "variadic keyword": "**"}
        starred |= kind == "variadic positional"
        text = prefix.get(kind, "") + parameter.name
        if parameter.annotation:
            text += f": {parameter.annotation}"
        if parameter.default is not None and not prefix.get(kind):
            text += f" = {parameter.default}"
        shown.append(text)
    line = f"({', '.join(shown)})"
    if len(line) < 60:
        return line
    return "(\n    " + ",\n    ".join(shown) + ",\n)"


def _docstring(item: Any) -> str:
    text = ""
    for section in item.docstring.parse("google", warnings=False):
        kind = section.kind.value
        if kind == "text":
            text += _mathless(section.value.strip()) + "\n\n"
        elif kind in {"parameters", "attributes", "raises", "returns"}:
            text += _table(kind, section.value)
        elif kind == "admonition":
            body = section.value.contents.strip()
            text += f"**{section.title or 'Note'}.** {_mathless(body)}\n\n"
        else:
            text += _mathless(str(getattr(section.value, "contents", "")))
    return text


def _table(kind: str, entries: Any) -> str:
    title = {"parameters": "Arguments", "raises": "Errors"}.get(
        kind, kind.capitalize()
    )
    rows = []
    for entry in entries:
        name = getattr(entry, "name", "") or str(entry.annotation or "")
        label = f"`{name}`" if name else ""
        meaning = _mathless(entry.description or "").replace("|", r"\|")
        rows.append(f"| {label} | {' '.join(meaning.split())} |")
    return f"| {title} | |\n|---|---|\n" + "\n".join(rows) + "\n\n"


def _mathless(text: str) -> str:
    """Docstrings are plain text: nothing in them is Markdown by chance."""
    text = re.sub(r"``([^`]+)``", r"`\1`", text)
    parts = re.split(r"(`[^`]*`)", text)
    plain = [
        p if p.startswith("`") else re.sub(r"([*_$\[\]<])", r"\\\1", p)
        for p in parts
    ]
    return "".join(plain)


def _pages_showing(book: Book, name: str) -> list[Page]:
    return [page for page in book.chapters if name in _words(page)]


@lru_cache(maxsize=128)
def _words(page: Page) -> frozenset[str]:
    """The words of the programs of a page, and of what they include."""
    return frozenset(
        word
        for f in page.fences
        if f.is_python
        for word in WORD.findall(f.include or f.body)
    )


def _index(book: Book, package: Any) -> str:
    text = (
        "---\ntitle: The library\ndescription: Every public name of the "
        "reference implementation, with what it computes and where it is "
        "taught.\n---\n\n# The library\n\n"
        f"{_summary(package.docstring.value)}\n\n"
    )
    order = [f"{package.name}/{p.name}" for p in reading_order(book)]
    modules = sorted(
        _chapters(package),
        key=lambda m: (
            order.index(name)
            if (name := m.path.replace(".", "/")) in order
            else len(order)
        ),
    )
    for module in modules:
        page = _page_of(module.path)
        text += f"## [{_plain(module.path)}]({page})\n\n"
        rows = [
            f"| [{_plain(i.name)}]({page}#{i.path}) | {_cell(i)} |"
            for part in [module, *_modules(module)]
            for i in _members(part)
        ]
        text += "| Name | What it is |\n|---|---|\n"
        text += "\n".join(rows) + "\n\n"
    return text


def _cell(item: Any) -> str:
    text = _mathless(_summary(item.docstring.value))
    return " ".join(text.split()).replace("|", r"\|")
