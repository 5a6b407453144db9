"""A listing shows its mathematics first, and gives all of it."""

import pytest

from press.book import Book
from press.programs import code_of, role

from .conftest import ROOT, go
from .test_access import AXE, RUN

pytestmark = pytest.mark.browser

CHAPTER = "linalg/least_squares"
LISTING = ".highlight.listing:has(.fold)"
SEEN = "code => code.innerText"


def first_folded():
    """The text of the first listing of the chapter with a long docstring."""
    book = Book(ROOT)
    page = book.page(CHAPTER)
    place = book.place(page)
    texts = [
        code_of(ROOT, place, f).text
        for f in page.fences
        if f.is_python and role(page, f) == "listing"
    ]
    return next(t for t in texts if '\n    """\n' in t)


@pytest.fixture
def opened(browser):
    """Opens a page of some width, with or without scripts."""
    contexts = []

    def opened(width=1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_a_docstring_opens_by_a_key_and_copies_whole(opened, address, width):
    page = opened(width, permissions=["clipboard-read", "clipboard-write"])
    go(page, f"{address}{CHAPTER}/")
    listing, whole = page.locator(LISTING).first, first_folded()
    code = listing.locator("pre > code")
    shown = code.evaluate(SEEN)
    assert shown.splitlines()[0] == whole.splitlines()[0]
    assert "Args:" in whole
    assert "Args:" not in shown

    button = listing.locator(".fold-button").first
    assert button.bounding_box()["height"] >= 24
    assert button.bounding_box()["width"] >= 24
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert code.evaluate(SEEN).strip("\n") == whole
    page.evaluate(AXE)
    assert page.evaluate(RUN) == []
    page.keyboard.press("Space")
    assert code.evaluate(SEEN) == shown
    wide = "document.scrollingElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0

    listing.hover()
    listing.locator("[data-clipboard-target]").click()
    page.locator(".md-dialog--active").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == whole


def test_nothing_is_folded_on_paper_or_without_scripts(opened, address):
    paper = opened()
    go(paper, f"{address}{CHAPTER}/")
    paper.emulate_media(media="print")
    plain = opened(java_script_enabled=False)
    plain.goto(f"{address}{CHAPTER}/")
    for page in (paper, plain):
        code = page.locator(f"{LISTING} > pre > code").first
        assert code.inner_text().strip("\n") == first_folded()
        assert page.locator(".fold-button:visible").count() == 0


def test_a_line_and_its_equation_light_each_other(opened, address):
    page = opened()
    go(page, f"{address}{CHAPTER}/")
    line = page.locator(".eq-line:has([id])").first
    name = line.get_attribute("data-eq")
    equation = page.locator(f"[id='{name}']")
    back = equation.locator(".eq-code")
    others = page.locator(f".eq-line[data-eq='{name}']").count()
    lit = page.locator(".lit")

    code = page.locator("pre > code", has=line).first
    high = code.bounding_box()["height"]
    assert high < 30 * len(code.evaluate(SEEN).splitlines())

    line.locator("a").hover()
    assert lit.count() == 1 + others
    assert "lit" in equation.get_attribute("class")
    page.mouse.move(0, 0)
    assert lit.count() == 0
    back.focus()
    assert "lit" in line.get_attribute("class")

    hash_ = "decodeURIComponent(location.hash.slice(1))"
    back.click()
    assert page.evaluate(hash_) == line.locator("[id]").get_attribute("id")
    line.locator("a").click()
    assert page.evaluate(hash_) == name
