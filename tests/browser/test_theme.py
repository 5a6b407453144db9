"""Where the theme leaves gaps: names, paper, pages without a source."""

import re

import pytest

from .conftest import go

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_the_search_dialog_has_a_name(page, address):
    page.goto(address)
    assert page.locator('[role="dialog"][aria-label="Search"]').count() == 1


def test_a_page_is_described(page, address):
    described = set()
    for name in ("", "calculus/gradients/", "generated/verified/"):
        page.goto(f"{address}{name}")
        text = page.locator('meta[name="description"]').get_attribute(
            "content"
        )
        assert 50 <= len(text) <= 160, name
        described.add(text)
    assert len(described) == 3


def test_only_a_written_page_can_be_edited(page, address):
    page.goto(f"{address}calculus/gradients/")
    assert (
        page.locator('a[rel="edit"]')
        .get_attribute("href")
        .endswith("/edit/main/docs/calculus/gradients.md")
    )
    page.goto(f"{address}generated/verified/")
    assert page.locator('a[rel="edit"]').count() == 0


def test_paper_is_light_and_shows_what_is_folded(page, address):
    go(page, f"{address}calculus/gradients/")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".md-header").is_visible()
    assert not page.locator(".md-sidebar").first.is_visible()
    for kind in ("check", "hint", "solution"):
        folded = page.locator(f"details.{kind}").first
        height = folded.evaluate("d => d.getBoundingClientRect().height")
        title = folded.locator("summary").evaluate(
            "s => s.getBoundingClientRect().height"
        )
        assert height > title + 10, kind
    assert page.locator(".figure-light").first.is_visible()
    assert not page.locator(".figure-dark").first.is_visible()
    assert page.evaluate(TEXT_CONTRAST, ["article p", "white"]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_print_can_be_read(scheme, address, browser):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    go(page, f"{address}calculus/gradients/")
    for place in (
        ".eqno",
        ".listing-source",
        ".md-footer__direction",
        ".md-copyright",
        ".highlight .c1",
        "article p a",
        ".claim",
    ):
        assert page.evaluate(TEXT_CONTRAST, [place, None]) >= 4.5, place
    for place in ("article > .md-content__button", ".md-code__button"):
        assert page.evaluate(TEXT_CONTRAST, [place, None]) >= 3, place
    context.close()


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("steepest", "steepest"),
        ("chain", "chain"),
        ("np.linalg.norm", "norm"),
        ("gradient_check", "gradient_check"),
    ],
)
def test_search_finds_names_and_words_of_titles(words, title, page, address):
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type(words, delay=10)
    results = page.locator(".md-search-result__item")
    results.first.wait_for(timeout=10_000)
    found = " ".join(results.all_inner_texts()[:3])
    assert re.search(re.escape(title), found, re.IGNORECASE)


TEXT_CONTRAST = """([place, paper]) => {
  const canvas = document.createElement("canvas").getContext("2d",
    {willReadFrequently: true});
  const element = document.querySelector(place);
  const chain = [];
  for (let e = element; e; e = e.parentElement) {
    chain.unshift(getComputedStyle(e).backgroundColor);
  }
  const shade = colours => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
      .map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = ["white", ...(paper ? [paper] : chain)];
  const back = shade(ground);
  const text = shade([...ground, getComputedStyle(element).color]);
  return (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05);
}"""
