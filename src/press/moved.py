"""Old addresses: where what stood there is found now.

A table of `pyproject.toml` says it, page by page or place by place::

    [tool.press.moved]
    "calculus/slopes" = "calculus/derivatives"
    "calculus/slopes#chain" = "calculus/chain_rule#one-variable"
    "calculus/gradients#chain" = "calculus/chain_rule#chain"

Of a page that is gone, the build writes a static one that leads on; places
are led on by ``assets/js/moved.js``, which reads all of it from `PACKED`.
"""

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from press.book import GENERATED, Book
from press.marks import anchors
from press.nav import settings
from press.problems import PressError, Problem
from press.settings import FILE

PACKED = "moved.json"  # of the generated files
NAME = re.compile(r"(?P<page>[\w-]+(?:/[\w-]+)*)(?:#(?P<anchor>[^#\s]+))?")
SCRIPT = "assets/js/moved.js"
PAGE = """\
<!doctype html>
<html lang="{language}" data-moved>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Moved</title>
<link rel="canonical" href="{canonical}">
<script type="module" src="{script}"></script>
<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>
</head>
<body>
<p>This page is now <a href="{address}">{address}</a>.</p>
</body>
</html>
"""


def table(book: Book) -> dict[str, str]:
    """Old names and new ones, as they are written.

    Raises:
        PressError: if one of them is none.
    """
    found = dict(book.settings.moved)
    fix = 'write "part/page#place" = "part/page#place"'
    wrong = [
        Problem(FILE, _line(book, old), f'"{old}" = {new!r} in moved', fix)
        for old, new in found.items()
        if not (NAME.fullmatch(old) and NAME.fullmatch(new))
    ]
    if wrong:
        raise PressError(wrong)
    return found


def problems(book: Book) -> Iterator[Problem]:
    """What leads nowhere, or from where something stands."""
    names = table(book)
    for old, new in names.items():
        line = _line(book, old)
        for what, fix in (
            *_source(book, names, old),
            *_target(book, names, old, new),
        ):
            yield Problem(FILE, line, what, fix)


def _source(
    book: Book, names: dict[str, str], old: str
) -> Iterator[tuple[str, str]]:
    path, _, anchor = old.partition("#")
    page = book.page(path)
    if page is None and anchor and path not in names:
        yield (
            f'"{old}" moved, and its page is gone',
            f'say where "{path}" is as well',
        )
    elif page is not None and (not anchor or anchor in anchors(page)):
        yield f'"{old}" moved, and is there again', "delete its line"


def _target(
    book: Book, names: dict[str, str], old: str, new: str
) -> Iterator[tuple[str, str]]:
    path, _, anchor = new.partition("#")
    page = book.page(path)
    said = f'"{old}" leads to "{new}", '
    if new in names or path in names:
        last = names.get(new) or names[path]
        yield f"{said}which moved", f'lead to "{last}" at once'
    elif path.startswith(f"{GENERATED}/"):
        return  # for the build to say
    elif page is None:
        yield f"{said}and there is no such page", "name a page of the book"
    elif anchor and anchor not in anchors(page):
        yield (
            f"{said}and there is no such place",
            "name a heading or a label that is there",
        )


def addresses(book: Book) -> dict[str, dict[str, str]]:
    """The new addresses in the site, by old page and old place."""
    found: dict[str, dict[str, str]] = {}
    for old, new in sorted(table(book).items()):
        path, _, anchor = old.partition("#")
        target, _, place = new.partition("#")
        to = _address(target) + (f"#{place}" if place else "")
        found.setdefault(_address(path), {})[anchor] = to
    return found


def packed(book: Book) -> str:
    """What the script reads."""
    return json.dumps(addresses(book), indent=1, ensure_ascii=False) + "\n"


def write(book: Book, site: Path) -> list[Path]:
    """Write the pages that lead on into a built site.

    Raises:
        PressError: if the site has a page there, or lacks one or a place
            that is led to.
    """
    found = addresses(book)
    wrong = list(_unbuilt(book, site))
    if wrong:
        raise PressError(wrong)
    written = []
    for old, places in found.items():
        if "" in places:
            path = site / old / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_page(book, old, places[""]), "utf8")
            written.append(path)
    return written


def _unbuilt(book: Book, site: Path) -> Iterator[Problem]:
    for old, new in table(book).items():
        line = _line(book, old)
        path, _, anchor = old.partition("#")
        page = site / _address(path) / "index.html"
        if not anchor and page.exists() and not _leads(page):
            what = f'"{old}" moved, and the site has it'
            yield Problem(FILE, line, what, "delete its line")
        path, _, anchor = new.partition("#")
        page = site / _address(path) / "index.html"
        text = page.read_text("utf8") if page.exists() else None
        if text is None or (
            anchor and f'id="{html.escape(anchor)}"' not in text
        ):
            what = f'"{old}" leads to "{new}", which the site lacks'
            yield Problem(FILE, line, what, "mend its name")


def _leads(page: Path) -> bool:
    """Whether it is a page that an earlier build wrote here."""
    return " data-moved>" in page.read_text("utf8")


def _page(book: Book, old: str, new: str) -> str:
    made = settings(book.root)
    address = _from(old, new)
    home = str(made.get("site_url") or "")
    canonical = f"{home.rstrip('/')}/{new}" if home else address
    language = made.get("theme") or {}
    language = language.get("language") if isinstance(language, dict) else ""
    return PAGE.format(
        language=html.escape(str(language or "en")),
        canonical=html.escape(canonical),
        script=html.escape(_from(old, SCRIPT)),
        address=html.escape(address),
    )


def _from(old: str, new: str) -> str:
    """The way from the page at an address to another."""
    path, sign, anchor = new.partition("#")
    way = os.path.relpath(f"/{path}", f"/{old}").replace(os.sep, "/")
    slash = "/" if path.endswith("/") or not path else ""
    return f"{way}{slash}{sign}{anchor}"


def _address(name: str) -> str:
    """The folder of a page in the site; an index has what it opens."""
    path = PurePosixPath(name)
    folder = path.parent if path.name == "index" else path
    return "" if folder == PurePosixPath() else f"{folder}/"


def _line(book: Book, name: str) -> int:
    """The line of `pyproject.toml` that says where a name moved."""
    path = book.root / FILE
    inside = False
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        if line.lstrip().startswith("["):
            inside = re.match(r"\s*\[tool\.press\.moved\]", line) is not None
        elif inside and re.match(rf"\s*[\"']{re.escape(name)}[\"']", line):
            return number
    return 1
