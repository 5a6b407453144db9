"""A page of the site without what only a screen has use for."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from press.problems import PressError, Problem

ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
DROPPED = {"script", "style", "noscript", "template", "input", "button"}
HIDDEN = {
    "headerlink", "md-content__button", "notebook-links", "progress-tools",
    "figure-dark", "explorable-controls", "explorable-states", "numbers",
    "tabbed-labels", "eq-code",
}  # fmt: skip
UNWRAPPED = {"abbr", "data"}
BLOCKS = {"div", "p", "ul", "ol", "table", "figure", "pre"}
PLAIN = {  # what becomes an element that every reader knows
    "details": "div",
    "summary": "p",
    "output": "p",
    "book-explorable": "div",
}
UNUSED = {"tabindex", "loading", "download", "rel", "aria-live"}
# The parser knows HTML only, where the case of a name does not matter.
SVG_TAGS = {
    "clippath": "clipPath",
    "lineargradient": "linearGradient",
    "radialgradient": "radialGradient",
    "textpath": "textPath",
}
SVG_NAMES = {
    "viewbox": "viewBox",
    "preserveaspectratio": "preserveAspectRatio",
    "gradientunits": "gradientUnits",
    "gradienttransform": "gradientTransform",
    "clippathunits": "clipPathUnits",
    "markerwidth": "markerWidth",
    "markerheight": "markerHeight",
    "refx": "refX",
    "refy": "refY",
}


def html_of(site: Path, page: Path) -> Path:
    """Where a page, by its path below `docs`, is published."""
    plain = page.with_suffix("")
    if plain.name == "index":
        return site / plain.with_suffix(".html")
    return site / plain / "index.html"


def read(site: Path, page: Path) -> Tag:
    """The article of a page, as it is printed.

    Raises:
        PressError: if the page has not been built, or has no article.
    """
    path = html_of(site, page)
    if not path.is_file():
        raise PressError(
            Problem(path, 1, "the page has not been built", "run make build")
        )
    text = path.read_text("utf8")
    match = ARTICLE.search(text)
    if match is None:
        raise PressError(
            Problem(path, 1, "no <article>", "build with the book's theme")
        )
    before = text.count("\n", 0, match.start())
    article = BeautifulSoup(match[0], "html.parser").article
    assert article is not None  # noqa: S101  (the pattern begins with it)
    for tag in article.find_all(name=True):
        tag.sourceline = before + (tag.sourceline or 1)
    return tidied(article)


def tidied(article: Tag) -> Tag:
    """Keep what is printed, open what is folded, and say which tab is which.

    The article itself is changed.
    """
    for tag in article.find_all(class_="tabbed-set"):
        _tabs(tag)
    left = [article]
    while left:
        tag = left.pop()
        inside = [child for child in tag.children if isinstance(child, Tag)]
        if tag.name in DROPPED or HIDDEN.intersection(classes(tag)):
            tag.decompose()
            continue
        left += inside
        if tag.name in UNWRAPPED or _is_empty(tag):
            tag.unwrap()
        else:
            _plain(tag)
    article.name = "section"
    article.attrs = {}
    return article


def classes(tag: Tag) -> list[str]:
    """The classes of an element."""
    found = tag.get("class") or ""
    return found.split() if isinstance(found, str) else list(found)


def headings(tag: Tag) -> Iterator[Tag]:
    """The headings inside, in order."""
    yield from tag.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])


def _tabs(tag: Tag) -> None:
    """Each tab below the other, with its label above it."""
    names = [label.get_text() for label in tag.select(".tabbed-labels label")]
    blocks = tag.select(".tabbed-block")
    for name, block in zip(names, blocks, strict=True):
        label = Tag(name="p", attrs={"class": "tab"})
        label.string = name
        block.insert(0, label)


def _is_empty(tag: Tag) -> bool:
    """The highlighter begins each program with an empty element."""
    return tag.name == "span" and not tag.attrs and not tag.contents


def _plain(tag: Tag) -> None:
    """Give a tag the name and the attributes that it is printed with.

    A paragraph ends where a block begins, so one with a block in it is none.
    """
    if tag.name in PLAIN:
        if tag.name in {"summary", "output"}:
            tag["class"] = " ".join([*classes(tag), tag.name])
        tag.name = PLAIN[tag.name]
    blocks = (c.name for c in tag.children if isinstance(c, Tag))
    if tag.name == "p" and not BLOCKS.isdisjoint(blocks):
        tag.name = "div"
    tag.name = SVG_TAGS.get(tag.name, tag.name)
    tag.attrs = {
        SVG_NAMES.get(name, name): value
        for name, value in tag.attrs.items()
        if name not in UNUSED and not name.startswith("data-")
    }
