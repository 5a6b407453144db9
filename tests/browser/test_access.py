"""axe-core finds nothing on any kind of page, and keys reach everything."""

import re
from pathlib import Path

import axe_playwright_python
import pytest

from .conftest import LOOKS, go

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(
    "utf8"
)
RUN = """async () => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: [
      "wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
    ]},
    resultTypes: ["violations"],
  });
  return found.violations.map(v => [v.id, v.nodes.length].concat(
    v.nodes.slice(0, 5).map(n => `${n.html.slice(0, 200)} ${n.failureSummary}`)
  ));
}"""
OPEN = """() => {
  document.querySelectorAll("details").forEach(d => { d.open = true; });
  return new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.fixture
def tab(request, browser):
    """A page of one palette and width, on which nothing moves."""
    scheme, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize("tab", LOOKS, indirect=True)
def test_axe_finds_nothing_in_a_search(tab, address):
    tab.goto(address, wait_until="networkidle")
    tab.keyboard.press("/")
    tab.keyboard.type("gradient", delay=10)
    tab.locator(".md-search-result__item").first.wait_for(timeout=10_000)
    tab.evaluate(OPEN)
    tab.evaluate(AXE)
    assert tab.evaluate(RUN) == []


def test_axe_would_find_something(browser, address):
    page = browser.new_page()
    go(page, address)
    page.evaluate(
        """document.querySelector("article").insertAdjacentHTML("beforeend",
      "<a href='x'></a><p style='color: #ccc; background: #fff'>pale</p>")"""
    )
    page.evaluate(AXE)
    assert {v[0] for v in page.evaluate(RUN)} == {
        "link-name",
        "color-contrast",
    }
    page.close()


def tabbed(page, count):
    """What the focus is on, Tab after Tab."""
    for _ in range(count):
        page.keyboard.press("Tab")
        yield page.evaluate(
            """() => {
          const e = document.activeElement;
          return `${e.tagName} ${e.className} ${e.getAttribute("name") ?? ""}`;
        }"""
        )


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_tab_reaches_skip_link_palette_and_search(page, address):
    go(page, f"{address}calculus/gradients/")
    seen = list(tabbed(page, 6))
    assert "md-skip" in seen[0]
    for wanted in ("__palette", "query"):
        assert any(wanted in place for place in seen), seen


def arrive(page, address, way):
    """A chapter, opened or come to by a link of another one."""
    if way == "opened":
        go(page, f"{address}calculus/gradients/")
    else:
        go(page, f"{address}calculus/chain_rule/")
        page.locator("a.md-footer__link--prev").click()
        page.wait_for_url("**/calculus/gradients/**")
        page.locator("h1#gradients").wait_for()
    page.evaluate("document.querySelector('article').dataset.mark = 'same'")


def settle(page):
    """Let what a link of the page sets off come to its end."""
    page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")
    assert page.locator("article[data-mark=same]").count() == 1


WAYS = pytest.mark.parametrize("way", ["opened", "linked"])


@WAYS
def test_the_skip_link_leads_past_the_navigation(page, address, way):
    arrive(page, address, way)
    page.evaluate("scrollTo(0, 0)")
    page.locator(".md-skip").focus()
    assert page.evaluate(
        "document.activeElement.getBoundingClientRect().top >= 0"
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    settle(page)
    assert page.evaluate("!!document.activeElement.closest('article')")


@WAYS
def test_a_link_within_the_page_and_the_way_back_keep_the_page(
    page, address, way
):
    arrive(page, address, way)
    contents = page.locator(".md-nav--secondary a:visible")
    shown = """n => Math.abs(document.querySelector(new URL(n).hash)
      .getBoundingClientRect().top) < 200"""
    names = []
    for place in (2, 4):
        contents.nth(place).click()
        settle(page)
        names.append(contents.nth(place).evaluate("link => link.href"))
        page.wait_for_function(shown, arg=names[-1])
    page.go_back()
    settle(page)
    page.wait_for_function(shown, arg=names[0])


def test_a_focused_control_is_seen(page, address):
    go(page, f"{address}calculus/gradients/")
    for place in tabbed(page, 12):
        shown = page.evaluate(
            """() => {
          const e = document.activeElement;
          const label = e.labels?.length ? document.querySelector(
            `form label:not([hidden])`) : null;
          return [e, label].some(x => x && x.getClientRects().length > 0);
        }"""
        )
        assert shown, place


def test_the_palette_is_switched_by_keys(page, address):
    page.emulate_media(color_scheme="light")
    go(page, f"{address}calculus/gradients/")
    for place in tabbed(page, 6):
        if "__palette" in place:
            break
    for _ in range(2):
        page.keyboard.press("Enter")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


@pytest.mark.usefixtures("search")
def test_a_search_by_keys_leads_to_a_page(page, address):
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("numerical_gradient", delay=10)
    page.locator(".md-search-result__item").first.wait_for(timeout=10_000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/generated/api/.+\?h="))


@pytest.mark.parametrize("place", ["pre > code", ".md-typeset__scrollwrap"])
@pytest.mark.parametrize("touch", [False, True])
def test_what_scrolls_sideways_takes_the_focus(place, touch, address, browser):
    context = browser.new_context(
        viewport={"width": 400, "height": 900},
        has_touch=touch,
        is_mobile=touch,
    )
    page = context.new_page()
    for name in ("calculus/gradients/", "calculus/derivatives/"):
        go(page, f"{address}{name}")
        page.evaluate(OPEN)
        page.wait_for_function(
            """place => {
          const wide = [...document.querySelectorAll(place)]
            .filter(e => e.scrollWidth > e.clientWidth);
          return wide.length && wide.every(e => e.tabIndex === 0);
        }""",
            arg=place,
        )
    page.locator(f"{place}[tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    context.close()
