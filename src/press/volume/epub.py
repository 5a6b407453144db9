"""The volume as an EPUB 3: a zip of XHTML with MathML, pictures and a nav."""

import html
import mimetypes
import os
import re
import time
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

from bs4 import Tag

from press.problems import PressError, Problem
from press.volume.article import headings
from press.volume.pages import FONT
from press.volume.plan import Chapter, Volume

MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
STYLES = ("displaystyle", "scriptlevel")
DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")
NO_LINE = re.compile(r"<path\b(?![^>]*\sd=)")  # an empty one
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0"
  xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf"
  media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
ACCESS = (  # what readers' software looks for
    ("schema:accessMode", "textual"),
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "MathML"),
    ("schema:accessibilityFeature", "alternativeText"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityHazard", "none"),
)


def write(volume: Volume, site: Path, target: Path) -> dict[str, int]:
    """Pack the volume into a file.

    Args:
        volume: what is packed; its chapters are changed.
        site: the built site, for pictures and the font of mathematics.
        target: the EPUB.

    Returns:
        How many `documents` and `pictures` there are.

    Raises:
        PressError: if a page cannot be written as XML.
    """
    pictures = sorted(
        {
            str(image["src"])
            for chapter in volume.chapters
            for image in chapter.body.find_all("img", src=True)
        }
    )
    pages = dict(_pages(volume))
    files: dict[str, bytes] = {
        "META-INF/container.xml": CONTAINER.encode(),
        "EPUB/package.opf": _package(volume, pages, pictures).encode(),
        "EPUB/style.css": _style().encode(),
        f"EPUB/{FONT.name}": (site / FONT).read_bytes(),
        **{f"EPUB/{name}": text.encode() for name, text in pages.items()},
        **{f"EPUB/{_packed(p)}": _picture(site / p) for p in pictures},
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        _add(pack, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            _add(pack, name, content, zipfile.ZIP_DEFLATED)
    return {"documents": len(pages), "pictures": len(pictures)}


def _add(pack: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    """Add a file without the hour and the rights of the one on disk."""
    entry = zipfile.ZipInfo(name, ZIP_EPOCH)
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    pack.writestr(entry, content)


def _pages(volume: Volume) -> Iterator[tuple[str, str]]:
    """The documents in the order of reading, each under its name."""
    places = _places(volume)
    cover = (
        f'<section class="cover"><h1>{_text(volume.title)}</h1>'
        f"<p>{_text(volume.about)}</p><p>{_text(volume.rights)}</p>"
        f"<p>{_text(volume.address)}</p></section>"
    )
    yield "cover.xhtml", _document(volume, volume.title, cover)
    yield "nav.xhtml", _document(volume, "Contents", _nav(volume))
    for count, part in enumerate(volume.parts, 1):
        if part.title:
            said = f'<section class="part"><h1>{_text(part.title)}</h1>'
            text = _document(volume, part.title, f"{said}</section>")
            yield f"part-{count}.xhtml", text
        for chapter in part.chapters:
            yield f"{chapter.slug}.xhtml", _chapter(volume, chapter, places)


def _places(volume: Volume) -> dict[str, str]:
    """In which document each anchor is."""
    return {
        str(tag["id"]): f"{chapter.slug}.xhtml"
        for chapter in volume.chapters
        for tag in [chapter.body, *chapter.body.find_all(id=True)]
    }


def _chapter(volume: Volume, chapter: Chapter, places: dict[str, str]) -> str:
    """A chapter as a document of its own.

    Raises:
        PressError: if it is no XML.
    """
    body = chapter.body
    own = f"{chapter.slug}.xhtml"
    for link in body.find_all("a", href=True):
        name = str(link["href"])
        if name.startswith("#"):
            place = places[name[1:]]
            link["href"] = name if place == own else f"{place}{name}"
    for image in body.find_all("img", src=True):
        image["src"] = _packed(str(image["src"]))
    for math in body.find_all("math"):
        _styled(math)
    for tag, space in (("math", MATHML), ("svg", SVG)):
        for element in body.find_all(tag):
            element["xmlns"] = space
    text = _document(volume, chapter.title, str(body))
    try:
        ET.fromstring(text)  # noqa: S314  (made here)
    except ET.ParseError as error:
        raise PressError(
            Problem(
                chapter.path or Path(own), 1, f"the page is no XML: {error}",
                "mend its mark-up",
            )
        ) from error  # fmt: skip
    return text


def _styled(math: Tag) -> None:
    """MathML Core has two attributes everywhere that MathML 3 has on one."""
    for tag in math.find_all(name=True):
        if tag.name in {"mstyle", "mtr", "mtd"}:
            continue
        said = {n: str(tag[n]) for n in STYLES if n in tag.attrs}
        if said:
            for name in said:
                del tag[name]
            tag.wrap(Tag(name="mstyle", attrs=said))


def _picture(path: Path) -> bytes:
    """A picture as it is, an SVG without what it would fetch."""
    if path.suffix != ".svg":
        return path.read_bytes()
    text = DOCTYPE.sub("", path.read_text("utf8"), count=1)
    return NO_LINE.sub('<path d=""', text).encode()


def _document(volume: Volume, title: str, body: str) -> str:
    language = _text(volume.language)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}">\n'
        f"<head><title>{_text(title)}</title>"
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )


def _nav(volume: Volume) -> str:
    rows = []
    for count, part in enumerate(volume.parts, 1):
        inside = "".join(map(_entry, part.chapters))
        if part.title:
            name = f"part-{count}.xhtml"
            title = _text(part.title)
            inside = f'<li><a href="{name}">{title}</a><ol>{inside}</ol></li>'
        rows.append(inside)
    return (
        '<nav epub:type="toc" id="toc"><h1>Contents</h1>'
        f"<ol>{''.join(rows)}</ol></nav>"
    )


def _entry(chapter: Chapter) -> str:
    """A chapter and its sections, as the nav names them."""
    name = f"{chapter.slug}.xhtml"
    found = [
        f'<li><a href="{name}#{heading["id"]}">'
        f"{_text(' '.join(heading.get_text().split()))}</a></li>"
        for heading in headings(chapter.body)
        if heading.name == "h2" and "id" in heading.attrs
    ]
    inside = f"<ol>{''.join(found)}</ol>" if found else ""
    return f'<li><a href="{name}">{_text(chapter.title)}</a>{inside}</li>'


def _package(
    volume: Volume, pages: dict[str, str], pictures: list[str]
) -> str:
    """What is in the file, and in which order it is read."""
    items = [
        _item(name, "application/xhtml+xml", _properties(name, text))
        for name, text in pages.items()
    ]
    items += [
        _item(_packed(p), mimetypes.guess_type(p)[0] or "image/png")
        for p in pictures
    ]
    items += [_item("style.css", "text/css"), _item(FONT.name, "font/woff2")]
    spine = "".join(f'<itemref idref="{_id(name)}"/>\n' for name in pages)
    meta = "".join(f'<meta property="{p}">{v}</meta>\n' for p, v in ACCESS)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="book" xml:lang="{_text(volume.language)}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="book">{_text(_name(volume))}</dc:identifier>\n'
        f"<dc:title>{_text(volume.title)}</dc:title>\n"
        f"<dc:language>{_text(volume.language)}</dc:language>\n"
        f"<dc:description>{_text(volume.about)}</dc:description>\n"
        f"<dc:rights>{_text(volume.rights)}</dc:rights>\n"
        f'<meta property="dcterms:modified">{_when()}</meta>\n{meta}'
        f"</metadata>\n<manifest>\n{''.join(items)}</manifest>\n"
        f"<spine>\n{spine}</spine>\n</package>\n"
    )


def _item(name: str, kind: str, properties: str = "") -> str:
    said = f' properties="{properties}"' if properties else ""
    return (
        f'<item id="{_id(name)}" href="{_text(name)}" '
        f'media-type="{kind}"{said}/>\n'
    )


def _properties(name: str, text: str) -> str:
    """What a reader has to be able to do for a document."""
    found = {
        "nav": name == "nav.xhtml",
        "mathml": "<math" in text,
        "svg": "<svg" in text,
    }
    return " ".join(name for name, said in found.items() if said)


def _packed(picture: str) -> str:
    """How a picture of the site is called in the file."""
    return "images/" + picture.replace("/", "-")


def _id(name: str) -> str:
    return "f-" + name.replace("/", "-")


def _name(volume: Volume) -> str:
    """What tells this book from others: its address, or its title."""
    return volume.address or f"urn:title:{volume.title}"


def _when() -> str:
    """The hour, or the one that a build that is to be repeated names."""
    moment = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def _style() -> str:
    folder = resources.files("press.volume")
    names = ("shared.css", "epub.css")
    text = "\n".join((folder / name).read_text("utf8") for name in names)
    return text.replace("MATH_FONT", FONT.name)


def _text(words: str) -> str:
    return html.escape(words)
