"""The volume as one HTML document, to be printed."""

import html
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from bs4 import Tag

from press.book import GENERATED
from press.volume.article import headings
from press.volume.plan import Chapter, Part, Volume, slug_of

FONT = Path("assets") / "fonts" / "press-math.woff2"
CITED = slug_of(Path(GENERATED) / "bibliography.md")  # found by name, not page
DEEPEST = 6


def document(volume: Volume, site: Path) -> str:
    """The document; the page numbers in it are filled in when it is laid out.

    The chapters are changed on the way. Each `<span data-of="anchor">` takes
    the number of the page on which that anchor lands. Each
    `<div class="blank" data-before="anchor">` is an empty page, hidden as long
    as what follows is on a right-hand page without it.
    """
    body = [_cover(volume), _contents(volume)]
    number = 0
    for count, part in enumerate(volume.parts, 1):
        if part.title:
            body.append(_part(part, count))
        for chapter in part.chapters:
            number += 1
            body.append(_chapter(chapter, f"chapter-{number}", site))
    folder = resources.files("press.volume")
    names = ("shared.css", "pdf.css")
    style = "\n".join((folder / name).read_text("utf8") for name in names)
    style = style.replace("MATH_FONT", (site / FONT).resolve().as_uri())
    return (
        f'<!doctype html>\n<html lang="{_text(volume.language)}"><head>'
        f'<meta charset="utf-8"><title>{_text(volume.title)}</title>'
        f"<style>{style}\n{''.join(running(volume))}</style></head>"
        f"<body>{''.join(body)}</body></html>\n"
    )


def running(volume: Volume) -> Iterator[str]:
    """The running heads: part on the left page, chapter on the right."""
    look = 'font: 8.5pt "TeX Gyre Pagella", Palatino, "DejaVu Serif", serif; '
    look += "color: #444; vertical-align: bottom; "
    look += "padding-bottom: 4mm; white-space: nowrap;"
    folio = f"content: counter(page); {look} width: 12mm;"
    number = 0
    yield _heads("front", "Contents", "Contents", folio, look)
    for part in volume.parts:
        for chapter in part.chapters:
            number += 1
            over = part.title or volume.title
            yield _heads(f"chapter-{number}", over, chapter.title, folio, look)


def _heads(name: str, left: str, right: str, folio: str, look: str) -> str:
    return (
        f".{name} {{ page: {name}; }}\n"
        f"@page {name}:left {{ @top-left {{ {folio} text-align: left; }} "
        f"@top-right {{ content: {_string(left)}; {look} }} }}\n"
        f"@page {name}:right {{ @top-left {{ content: {_string(right)}; "
        f"{look} }} @top-right {{ {folio} text-align: right; }} }}\n"
    )


def _cover(volume: Volume) -> str:
    rights = [volume.rights, volume.address]
    said = "".join(f"<p>{_text(line)}</p>" for line in rights if line)
    return (
        f'<div class="cover"><p class="title">{_text(volume.title)}</p>'
        f'<p class="about">{_text(volume.about)}</p></div>'
        f'<div class="imprint">{said}</div>'
    )


def _contents(volume: Volume) -> str:
    rows = []
    for count, part in enumerate(volume.parts, 1):
        inside = "".join(_row(c.slug, c.title) for c in part.chapters)
        if part.title:
            row = _row(f"part-{count}", part.title, f"<ol>{inside}</ol>")
            rows.append(row)
        else:
            rows.append(inside)
    return (
        '<nav class="front contents" id="contents"><h1>Contents</h1>'
        f"<ol>{''.join(rows)}</ol></nav>"
    )


def _row(anchor: str, title: str, inside: str = "") -> str:
    return (
        f'<li><a href="#{anchor}"><span>{_text(title)}</span>'
        f'<span class="page" data-of="{anchor}">000</span></a>{inside}</li>'
    )


def _part(part: Part, count: int) -> str:
    anchor = f"part-{count}"
    return (
        f"{_blank(anchor)}<section class=part id={anchor}>"
        f"<h1>{_text(part.title)}</h1></section>"
    )


def _chapter(chapter: Chapter, name: str, site: Path) -> str:
    body = chapter.body
    for image in body.find_all("img", src=True):
        image["src"] = (site / str(image["src"])).resolve().as_uri()
    for heading in list(headings(body)):
        heading.name = f"h{min(int(heading.name[1]) + 1, DEEPEST)}"
    body["class"] = f"chapter {name}"
    for link in body.find_all("a", href=True):
        _numbered(link, chapter)
    return _blank(chapter.slug) + str(body)


def _numbered(link: Tag, chapter: Chapter) -> None:
    """A link out of the chapter says on which page it ends.

    One to a source does not: sources are in the order of their names.
    """
    href = str(link["href"])
    target = href.removeprefix("#")
    inside = chapter.body["id"]
    if target == href or target.startswith(f"{CITED}--"):
        return
    moved = target.endswith((".solution", ".moved"))
    if target.partition("--")[0] == inside and not moved:
        return
    page = Tag(name="span", attrs={"data-of": target})
    page.string = "000"
    said = Tag(name="span", attrs={"class": "at"})
    said.extend([" (p. ", page, ")"])
    link.insert_after(said)


def _blank(anchor: str) -> str:
    return f'<div class="blank" data-before="{anchor}" hidden></div>'


def _text(words: str) -> str:
    return html.escape(words)


def _string(words: str) -> str:
    r"""A string of CSS: `"` and `\` are written by their number."""
    return '"' + "".join(
        f"\\{ord(c):x} " if c in '"\\<\n' else c for c in words
    ) + '"'  # fmt: skip
