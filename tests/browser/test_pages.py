"""Every page, seen in the ways that it is read: it fits, and can be read.

It fits in the width, its explorable figures fit and are drawn in the colours
of the palette, and axe-core finds nothing. A page is opened once; then the
window is made wider, narrower, darker.
"""

import re
from urllib.parse import urlparse

import pytest

from press.book import Book

from .conftest import (
    FIGURES,
    LOOKS,
    PALETTES,
    ROOT,
    added,
    go,
    measured,
    turn_to,
)
from .test_access import AXE, OPEN, RUN

pytestmark = pytest.mark.browser

# Colours cost the time, one by one. Of what looks the same, on the same
# ground, three are left to be seen, and the first token of each listing; a
# sign alone, which the rule does not judge, stands for no word. The other
# tokens are hidden: blanks and spaces keep their places. Other text is only
# passed over by the rule about colours. All is given back by `restore`.
AGAIN = """() => {
  window.restore?.();
  const blanked = [], veiled = new Set(), emptied = [], alike = [];
  window.restore = () => {
    blanked.forEach(([blank, token]) => blank.replaceWith(token));
    emptied.forEach(([math, held]) => math.replaceChildren(...held));
    veiled.forEach(token => token.removeAttribute("data-veiled"));
    alike.forEach(element => element.removeAttribute("data-alike"));
    delete window.restore;
  };
  if (!window.veil) {
    window.veil = new CSSStyleSheet();
    veil.insertRule("[data-veiled] { visibility: hidden !important }");
    document.adoptedStyleSheets.push(veil);
    axe.configure({rules: [
      {id: "color-contrast", selector: "*:not([data-alike])"}]});
  }
  const grounds = new Map();
  const ground = element => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const own = getComputedStyle(element);
      grounds.set(element, [own.backgroundColor, own.backgroundImage,
        own.opacity, own.position, ground(element.parentElement)].join());
    }
    return grounds.get(element);
  };
  const times = new Map();
  const often = (element, ...more) => {
    const own = getComputedStyle(element);
    const text = [...element.childNodes].map(node =>
      node.nodeType === Node.TEXT_NODE ? node.data : "").join("");
    const look = [own.color, own.fontSize, own.fontWeight, own.textShadow,
      element.checkVisibility({visibilityProperty: true}), ground(element),
      /[\\p{L}\\p{N}].*[\\p{L}\\p{N}]/su.test(text), ...more].join();
    times.set(look, (times.get(look) ?? 0) + 1);
    return times.get(look) > 3;
  };
  const begun = new Set([null]);
  const plain = token => token.matches("pre span")
    && token.getAttributeNames().join() === "class"
    && /^[\\n -~]*$/.test(token.textContent);
  const named = "a, button, label, summary";
  for (const token of document.querySelectorAll("pre span, math *")) {
    if (token.childElementCount || token.closest(named)) continue;
    const first = !begun.has(token.closest("pre"));
    begun.add(token.closest("pre"));
    if (!often(token) || first) continue;
    if (plain(token)) {
      const blank = token.textContent.replace(/[^\\n]/g, " ");
      blanked.push([document.createTextNode(blank), token]);
    } else {
      veiled.add(token);
    }
  }
  for (const element of document.querySelectorAll("body :not(svg *)")) {
    const text = [...element.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text || element.matches("pre span, math *")) continue;
    if (often(element, element.localName, element.className))
      alike.push(element);
  }
  const spaces = [...document.querySelectorAll("math")]
    .filter(math => math.childElementCount
      && [...math.querySelectorAll("*")].every(
        part => part.childElementCount || veiled.has(part)))
    .map(math => {
      const boxes = [...math.children].map(e => e.getBoundingClientRect());
      const space = document.createElementNS(math.namespaceURI, "mspace");
      return {math, space, left: Math.min(...boxes.map(b => b.left)),
        right: Math.max(...boxes.map(b => b.right)),
        top: Math.min(...boxes.map(b => b.top)),
        bottom: Math.max(...boxes.map(b => b.bottom))};
    });
  spaces.forEach(({math, space}) => math.append(space));
  spaces.forEach(one => { one.base = one.space.getBoundingClientRect().top; });
  for (const {math, space, left, right, top, bottom, base} of spaces) {
    space.remove();
    emptied.push([math, [...math.childNodes]]);
    space.setAttribute("width", `${right - left}px`);
    space.setAttribute("height", `${base - top}px`);
    space.setAttribute("depth", `${bottom - base}px`);
    math.replaceChildren(space);
  }
  blanked.forEach(([blank, token]) => token.replaceWith(blank));
  veiled.forEach(token => token.setAttribute("data-veiled", ""));
  alike.forEach(element => element.setAttribute("data-alike", ""));
  return {blanked: blanked.length, emptied: emptied.length,
    alike: alike.length};
}"""
# The script that lets the keys reach what scrolls follows the layout.
SETTLED = """() => [...document.querySelectorAll("pre > code")].every(
  c => c.scrollWidth <= c.clientWidth || c.hasAttribute("tabindex"))"""
SEEN = """figure => {
  const box = e => {
    const {left, right, height} = e.getBoundingClientRect();
    return [left, right, height];
  };
  const all = selector => [...figure.querySelectorAll(selector)];
  const shown = [...Array(8).keys()].map(i => `.c${i}`).concat(".tick")
    .map(selector => [selector, figure.querySelector(`svg ${selector}`)])
    .filter(([, e]) => e);
  return {
    whole: box(figure),
    parts: all("svg, input, output, details").map(box),
    tick: box(figure.querySelector("svg .tick"))[2],
    colours: shown.map(([selector, e]) => [selector,
      getComputedStyle(e)[selector === ".tick" ? "fill" : "color"]]),
  };
}"""
CHAPTERS = [f"{p.name}/" for p in Book(ROOT).chapters]
WRITTEN = {
    "",
    "foundations/",
    *CHAPTERS,
    "reference/errata/",
    "reference/notation/",
    "generated/quick_reference/",
    "generated/verified/",
}
PAGES = (
    "",
    "foundations/",
    *CHAPTERS,
    "generated/api/",
    "generated/api/calculus/autodiff/",
    "reference/notation/",
    "reference/errata/",
    "reference/supported/",
    "generated/quick_reference/",
    "generated/glossary/",
    "generated/bibliography/",
    "generated/verified/",
    "generated/progress/",
    "404.html",
)
# Axe sees one page of each kind in all four looks. The others differ from it
# by their text: what that can do wrong depends on the palette (its colours)
# or on the width (what scrolls), not on both, so two ways show it.
KINDS = {
    "",
    "calculus/gradients/",
    "generated/api/calculus/autodiff/",
    "reference/errata/",
    "generated/quick_reference/",
    "generated/verified/",
    "generated/progress/",
    "404.html",
}
WAYS = [  # one thing changes from each to the next
    ("light", 320),
    ("light", 400),
    ("light", 1280),
    ("light", 1440),
    ("dark", 1440),
    ("dark", 1280),
    ("dark", 400),
]
FIT = {way for way in WAYS if way[1] != 1280}


def checks(name):
    """What is looked for on a page, and in which ways."""
    return {
        "width": FIT if name in WRITTEN else set(),
        "figures": set(LOOKS) if figures(name) else set(),
        "axe": set(LOOKS if name in KINDS else LOOKS[:2]),
    }


def figures(name):
    """The explorable figures of a page."""
    return [f for f, page in FIGURES.items() if f"{page}/" == name]


def faults(page, name, ways):
    """What is wrong with an open page, in the ways that it is seen."""
    page.evaluate(OPEN)
    page.evaluate(AXE)  # the policy stops an added script, not this
    wanted = checks(name)
    found = {}
    for way in ways:
        asked = {what for what, where in wanted.items() if way in where}
        if not asked:
            continue
        turn_to(page, way)
        wide = measured(page, way)
        if "width" in asked and wide > 0:
            found[way, "width"] = wide
        if "figures" in asked and (wrong := drawn(page, name, way)):
            found[way, "figures"] = wrong
        if "axe" in asked and (wrong := complaints(page)):
            found[way, "axe"] = wrong
    return found


def complaints(page):
    """What the rules of axe find on a page as it stands."""
    page.wait_for_function(SETTLED)
    page.evaluate(AGAIN)
    found = page.evaluate(RUN)
    page.evaluate("restore()")
    return found


def drawn(page, name, way):
    """What does not fit or is not seen of the figures of a page."""
    wrong = []
    for figure in figures(name):
        seen = page.locator(f"[id='fig:{figure}']").evaluate(SEEN)
        left, right, _ = seen["whole"]
        wrong += [
            f"{figure}: from {a:.0f} to {b:.0f}, not {left:.0f} to {right:.0f}"
            for a, b, _ in seen["parts"]
            if a < left - 1 or b > right + 1
        ]
        if seen["tick"] <= 10:
            wrong.append(f"{figure}: words {seen['tick']} high")
        if len(seen["colours"]) < 2:
            wrong.append(f"{figure}: nothing is drawn")
        for selector, colour in seen["colours"]:
            light = sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3
            if (light > 120) != (way[0] == "dark"):
                wrong.append(f"{figure}: {selector} is {colour}")
    return wrong


@pytest.fixture(scope="module")
def still(browser):
    """A page on which nothing moves, and what went wrong on it."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    page.on(
        "console",
        lambda m: page.problems.append(m.text) if m.type == "error" else None,
    )
    page.on(
        "request",
        lambda r: (
            None
            if urlparse(r.url).hostname == "127.0.0.1"
            else page.problems.append(r.url)
        ),
    )
    yield page
    context.close()


def test_each_kind_and_each_figure_is_on_a_page():
    assert set(PAGES) > KINDS
    assert set(PAGES) > WRITTEN
    assert {f for name in PAGES for f in figures(name)} == set(FIGURES)
    assert len(FIGURES) >= 30
    assert set(WAYS) == FIT | set(LOOKS)


@pytest.mark.apart
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_can_be_read_in_every_way(name, still, address):
    turn_to(still, WAYS[0])
    still.problems.clear()
    go(still, f"{address}{name}")
    assert faults(still, name, WAYS) == {}
    assert still.problems == []


RULES = {  # of axe: what it is to find, and how that looks
    "color-contrast": ("<p>pale</p>", "color: #888; background: #aaa"),
    "button-name": ("<button></button>", "width: 60px"),
    "scrollable-region-focusable": (
        "<div><pre><span class='n'>a long line</span></pre></div>",
        "width: 30px; overflow: auto",
    ),
}
DRAWN = {  # of a figure: what is wrong, and how it is said
    ("light", 400): ("output { margin-left: 3px; width: 120% }", "not"),
    ("light", 1280): (".c0 { color: white !important }", ".c0 is"),
    ("dark", 1280): (".tick { fill: black !important }", ".tick is"),
    ("dark", 400): (".tick { font-size: 5px !important }", "words"),
}
PLACE = "calculus/gradients/"


def planted(way):
    """Faults that are seen one way only: elements, and the rules for them."""
    scheme, width = way
    elements, rules = "", ""
    if way in LOOKS:
        rules += f"book-explorable {DRAWN[way][0]} "
        for fault, (element, rule) in RULES.items():
            name = f"{fault}-{scheme}-{width}"
            elements += f"<div id='{name}' class='fault'>{element}</div>"
            rules += f"#{name} {{ display: block; > * {{ {rule} }} }}"
    if way in FIT:
        rules += f"article > h1 {{ min-width: {width + 9}px }}"
    return elements, (
        f"@media (width: {width}px) {{"
        f"[data-md-color-scheme={PALETTES[scheme]}] {{ {rules} }} }}"
    )


@pytest.fixture
def spoilt(still, address):
    """Open a page with faults, each of them in one way only."""
    elements, rules = map("".join, zip(*map(planted, WAYS), strict=True))
    still.route(
        "**/css/book.css",
        lambda route: added(route, ".fault { display: none }", rules),
    )

    def begin(way):
        turn_to(still, way)
        go(still, f"{address}{PLACE}")
        still.locator("article").evaluate(
            "(e, html) => e.insertAdjacentHTML('beforeend', html)", elements
        )
        return still

    yield begin
    still.unroute("**/css/book.css")


def test_what_is_wrong_one_way_only_is_found_by_it(spoilt):
    found = faults(spoilt(WAYS[0]), PLACE, WAYS)
    width, drawing, axe = (
        {way: wrong for (way, of), wrong in found.items() if of == what}
        for what in ("width", "figures", "axe")
    )
    assert width.keys() == FIT
    assert drawing.keys() == set(LOOKS)
    for way, (_, words) in DRAWN.items():
        assert all(words in wrong for wrong in drawing[way]), drawing
    assert {
        way: {rule: count for rule, count, *_ in wrong}
        for way, wrong in axe.items()
    } == {way: dict.fromkeys(RULES, 1) for way in LOOKS}


@pytest.mark.parametrize("way", WAYS)
def test_a_window_that_is_changed_shows_what_a_new_one_would(way, spoilt):
    page = spoilt(way)
    page.evaluate(OPEN)
    assert (measured(page, way) > 0) == (way in FIT)
    assert bool(drawn(page, PLACE, way)) == (way in LOOKS)


def test_what_is_hidden_leaves_its_place_and_comes_back(still, address):
    turn_to(still, LOOKS[0])
    go(still, f"{address}{PLACE}")
    still.evaluate(OPEN)
    still.evaluate(AXE)
    before = still.locator(PLACED).evaluate_all(BOXES)
    html = still.locator("body").inner_html()
    counts = still.evaluate(AGAIN)
    assert counts["blanked"] > 1000
    assert counts["emptied"] > 200
    assert counts["alike"] > 200
    assert still.locator(PLACED).evaluate_all(BOXES) == before
    still.evaluate("restore()")
    assert still.locator("body").inner_html() == html


PLACED = "article :is(pre, math, p, li, td, .equation, .equation-body)"
BOXES = """all => all.map(e => {
  const {left, top, width, height} = e.getBoundingClientRect();
  return [left, top, width, height, e.scrollWidth,
    e.querySelector("code")?.scrollWidth];
})"""
PALE = """tokens => {
  for (const e of document.querySelectorAll(tokens)) e.style.color = "#ccc";
}"""
LAST = """([place, style]) => {
  const seen = [...document.querySelectorAll(place)].filter(e =>
    e.checkVisibility() && [...e.childNodes].some(node =>
      node.nodeType === Node.TEXT_NODE && /\\w.*\\w/s.test(node.data)));
  Object.assign(seen.at(-1).style, style);
  return seen.length;
}"""
FORMULA = "math :is(mi, mn, mo)"
PLACES = (
    "pre .nf",
    "article > p",
    "article td",
    "article p > a",
    "article .live-button",
    ".md-nav--primary .md-nav__link .md-ellipsis",
)


@pytest.mark.parametrize("tokens", [".nf", "math *"])
def test_axe_would_find_pale_tokens(tokens, still, address):
    turn_to(still, LOOKS[0])
    go(still, f"{address}{PLACE}")
    still.evaluate(PALE, tokens)
    still.evaluate(OPEN)
    still.evaluate(AXE)
    assert {v[0] for v in complaints(still)} == {"color-contrast"}


@pytest.mark.parametrize(
    ("style", "places"),
    [
        ({"color": "#ccc"}, (FORMULA, *PLACES)),
        # Of a sign in a formula, axe says that it cannot tell the ground.
        ({"color": "#777", "backgroundColor": "#999"}, PLACES),
    ],
    ids=["colour", "ground"],
)
def test_axe_would_find_the_last_of_many_that_look_alike(
    style, places, still, address
):
    """What looks otherwise than those like it is seen, wherever it is."""
    turn_to(still, LOOKS[0])
    go(still, f"{address}{PLACE}")
    still.evaluate(OPEN)
    for place in places:
        assert still.evaluate(LAST, [place, style]) > 3, place
    still.evaluate(AXE)
    found = [v[:2] for v in complaints(still)]
    assert found == [["color-contrast", len(places)]]
