"""What a reader downloads and sees before any click."""

import gzip
from urllib.parse import urlparse

import pytest

from press.book import Book

from .conftest import ROOT, go

pytestmark = pytest.mark.browser

CHAPTERS = [p.name for p in Book(ROOT).chapters]
LIMITS = {"js": 60_000, "css": 40_000, "woff2": 35_000, "html": 90_000}
FIGURES = 150_000
FONT = "/assets/fonts/press-math.woff2"
SHIFT = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => {
    for (const e of list.getEntries()) total += e.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 500);
})"""

DRAWINGS = """async chapter => {
  const html = await (await fetch(chapter)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll(".figure-light")].map(image =>
    new URL(image.getAttribute("src"), chapter).href.split("#")[0]);
}"""


def kind_of(response):
    path = urlparse(response.url).path
    if path.endswith("/"):
        return "html"
    return path.rpartition(".")[2]


def open_styled_when_the_font_is_there(page, url):
    """However busy the machine, the font comes before the first paint.

    Styles hold up the first paint, and are held here until the font has
    come. A page that asks for its font only when its styles are there, and
    so moves its letters when it comes, waits in vain.
    """
    held, come = [], []
    page.route(
        "**/*.css",
        lambda route: route.continue_() if come else held.append(route),
    )
    with page.expect_request_finished(lambda r: r.url.endswith(FONT)) as font:
        page.goto(url, wait_until="commit")
    come.append(font.value)
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")


@pytest.mark.apart
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_first_view_of_a_chapter_is_light(chapter, address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    responses, errors = [], []
    page.on("response", lambda r: responses.append(r))  # noqa: PLW0108
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on(
        "console",
        lambda m: errors.append(m.text) if m.type == "error" else None,
    )
    open_styled_when_the_font_is_there(page, f"{address}{chapter}/")
    shift = page.evaluate(SHIFT)
    sizes = dict.fromkeys([*LIMITS, "svg"], 0)
    for response in responses:
        assert response.status < 400, response.url
        body = response.body() if response.status == 200 else b""
        kind = kind_of(response)
        packed = len(body) if kind == "woff2" else len(gzip.compress(body))
        sizes[kind] = sizes.get(kind, 0) + packed
    hosts = {urlparse(r.url).hostname for r in responses}
    page.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []
    assert shift == 0
    for kind, limit in LIMITS.items():
        assert sizes[kind] <= limit, (kind, sizes)
    assert sizes["svg"] <= FIGURES


def test_all_figures_of_a_chapter_together_are_light(address, browser):
    page = browser.new_page()
    page.goto(f"{address}404.html")
    for chapter in CHAPTERS:
        sources = page.evaluate(DRAWINGS, f"{address}{chapter}/")
        assert len(sources) >= 4
        drawings = [page.request.get(source) for source in sources]
        assert all(drawing.ok for drawing in drawings), chapter
        total = sum(len(gzip.compress(d.body())) for d in drawings)
        assert total <= FIGURES, (chapter, total)
    page.close()


@pytest.mark.parametrize(
    ("scheme", "shown", "hidden"),
    [("light", "light", "dark"), ("dark", "dark", "light")],
)
def test_one_palette_of_a_figure_is_seen(
    scheme, shown, hidden, address, browser
):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}calculus/autodiff/")
    assert page.locator(f".figure-{shown}").first.is_visible()
    assert not page.locator(f".figure-{hidden}").first.is_visible()
    context.close()


def test_mathematics_is_set_in_the_font_of_the_site(address, browser):
    page = browser.new_page()
    go(page, f"{address}calculus/derivatives/")
    assert page.evaluate("document.fonts.check('16px \"Press Math\"')")
    family = page.evaluate(
        "getComputedStyle(document.querySelector('math')).fontFamily"
    )
    assert family.startswith('"Press Math"')
    page.close()


@pytest.mark.usefixtures("search")
def test_a_search_finds_a_dotted_name(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("numerical_gradient", delay=10)
    result = page.locator(".md-search-result__item").first
    result.wait_for(timeout=10_000)
    assert "numerical" in result.inner_text().lower()
    page.close()


def test_the_next_chapter_opens_without_a_new_page_load(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    go(page, f"{address}calculus/derivatives/")
    page.evaluate("window.stayed = true")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/calculus/gradients/**")
    page.locator("h1", has_text="Gradients").wait_for()
    assert page.evaluate("window.stayed") is True
    page.close()
