"""What is published is what was executed."""

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from press import explorable
from press.book import Book
from press.marks import alt_of, marks
from press.remnants import problems

ROOT = Path(__file__).parents[2]
PAGES = Book(ROOT).pages


@pytest.fixture(scope="module", params=PAGES, ids=lambda p: p.name)
def page(request):
    """Each page in turn: all that is asked of one comes in a row."""
    return request.param


@pytest.fixture(scope="module")
def html(page, built):
    """The page as it was built, read once for all that is asked of it."""
    return html_of(built, page)


def html_of(site, page):
    if page.path.name == "index.md":
        path = site / page.path.parent / "index.html"
    else:
        path = site / page.path.with_suffix("") / "index.html"
    return BeautifulSoup(path.read_text("utf8"), "html.parser")


def test_every_python_block_that_is_printed_was_executed(
    page, html, collected
):
    blocks = html.select("article .language-python.highlight")
    silent = [b for b in blocks if "notest" in b["class"]]
    executed = collected.get(page.name, [])
    assert len(blocks) - len(silent) == len(executed)
    for block in silent:
        reason = block.find_next_sibling("p", class_="not-run")
        assert reason is not None
        assert len(reason.get_text()) > len("Not run here: ")


def test_the_glossary_is_a_list_of_terms_and_meanings(built):
    path = built / "generated" / "glossary" / "index.html"
    html = BeautifulSoup(path.read_text("utf8"), "html.parser")
    terms = [term.get_text() for term in html.select("article dl > dt")]
    meanings = [m.get_text().strip() for m in html.select("article dl > dd")]
    assert dict(zip(terms, meanings, strict=True)) == Book(ROOT).terms


def test_a_page_is_complete(page, html):
    article = html.select_one("article")
    assert html.find("meta", {"name": "description"})["content"]
    assert len(html.select("h1")) == 1
    claims = [c.get_text() for c in article.select("data.claim")]
    shown = [
        m
        for m in marks(page)
        if m.kind == "claim" and alt_of(page, m.line) is None
    ]
    assert len(claims) == len(shown)
    equations = article.select("div.equation")
    assert len(equations) == len(page.displays)
    assert len(article.select("details.check")) == sum(
        b.kind == "check" for b in page.blocks
    )
    assert len(article.select("section.exercise")) == sum(
        b.kind == "exercise" for b in page.blocks
    )
    found = problems(str(html), page, Path("docs") / page.path)
    assert [str(p) for p in found] == []


def test_pictures_have_words_and_a_reserved_place(html):
    for image in html.select("article img"):
        assert len(image["alt"]) > 20
        assert int(image["width"]) > 100
        assert int(image["height"]) > 100
        assert image["loading"] == "lazy"


def test_a_page_is_light_and_asks_no_stranger(html):
    assert len(gzip.compress(str(html).encode())) <= 90_000
    for tag, name in [("script", "src"), ("link", "href"), ("img", "src")]:
        for element in html.find_all(tag):
            address = element.get(name) or ""
            rel = element.get("rel") or []
            if "canonical" not in rel:
                assert not address.startswith(("http:", "https:", "//"))
    inline = [s.get_text() for s in html.select("style")]
    assert not any("http" in text for text in inline)


def test_the_states_of_a_figure_are_light(built):
    files = [*(built / "generated" / "explorables").rglob("*.json")]
    assert len(files) > 10
    packed = {f.stem: len(gzip.compress(f.read_bytes())) for f in files}
    most = explorable.HEAVY * 1000
    assert {name: n for name, n in packed.items() if n > most} == {}


def test_links_of_listings_lead_to_their_entry(built):
    page = next(p for p in PAGES if p.name == "calculus/gradients")
    links = html_of(built, page).select("p.listing-source a")
    entries = [a["href"] for a in links if a.get_text() == "API"]
    assert entries
    folder = built / "calculus" / "gradients"
    anchors = {}
    for entry in entries:
        path, _, anchor = entry.partition("#")
        target = (folder / path / "index.html").resolve()
        if target not in anchors:
            html = BeautifulSoup(target.read_text("utf8"), "html.parser")
            anchors[target] = {tag["id"] for tag in html.find_all(id=True)}
        assert anchor in anchors[target], entry


def test_the_book_is_published_as_text_too(built):
    listed = (built / "llms.txt").read_text("utf8")
    for page in PAGES:
        if "generated" not in page.path.parts and page.name != "index":
            assert f"({page.address}index.md)" in listed
            text = (built / page.address / "index.md").read_text("utf8")
            assert "--8<--" not in text


def test_a_search_finds_dotted_names_but_no_solutions(built):
    index = (built / "search" / "search_index.json").read_text("utf8")
    assert "numerical_gradient" in index
    assert "<math" not in index
    page = next(p for p in PAGES if p.name == "calculus/jacobians")
    hidden = html_of(built, page).select("details.hint p, details.solution p")
    texts = [p.get_text().strip() for p in hidden if not p.find("math")]
    long = [t for t in texts if len(t) > 40]
    assert long
    for text in long:
        assert text[:40] not in index
