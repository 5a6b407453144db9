"""What a page may run and load: its own files, and nothing inline."""

import re
from html.parser import HTMLParser
from urllib.parse import urlparse

import pytest

from .conftest import go

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "calculus/derivatives/",
    "calculus/gradients/",
    "generated/api/",
    "generated/api/calculus/autodiff/",
    "generated/quick_reference/",
    "generated/verified/",
    "generated/progress/",
    "reference/errata/",
    "404.html",
)
DATA = {"application/json", "application/ld+json"}
REPORT = """addEventListener("securitypolicyviolation", e =>
  reported(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`))"""


@pytest.fixture
def refused():
    """What the policy refused, and what else went wrong."""
    return []


@pytest.fixture
def page(browser, refused):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.expose_binding("reported", lambda _, line: refused.append(line))
    context.add_init_script(REPORT)
    page = context.new_page()
    page.on("pageerror", lambda e: refused.append(str(e)))
    page.on(
        "console",
        lambda m: refused.append(m.text) if m.type == "error" else None,
    )
    yield page
    context.close()


class Found(HTMLParser):
    """What of a page matters here, read in one pass."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.wrong = []
        self.first = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        named = {name: value or "" for name, value in attrs}
        if self.tags[-1:] == ["head"]:
            self.first = named
        self.tags.append(tag)
        source, kind = named.get("src", ""), named.get("type")
        inline = tag == "script" and not source and kind not in DATA
        remote = tag == "script" and urlparse(source).netloc
        href = named.get("href", "").strip().lower()
        if (
            inline
            or remote
            or any(name.startswith("on") for name in named)
            or href.startswith("javascript:")
            or tag in {"style", "iframe", "object", "base"}
        ):
            self.wrong.append(self.get_starttag_text())


@pytest.fixture(scope="module")
def every_page(browser, address):
    """All pages of the site, from its own list, read once."""
    page = browser.new_page()
    listed = page.request.get(f"{address}sitemap.xml").text()
    places = re.findall(r"<loc>(.+?)</loc>", listed)
    assert len(places) >= 19
    places.append(f"{address}404.html")
    found = {p: Found(page.request.get(p).text()) for p in places}
    page.close()
    return found


def test_no_page_holds_an_inline_script(every_page):
    for found in every_page.values():
        assert found.tags.count("script") >= 2
        assert len(found.tags) > 100
    assert {p: f.wrong for p, f in every_page.items() if f.wrong} == {}


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>",
        "<script type='module'>",
        "<script src='//host/a.js'>",
        "<script src='https://host/a.js' type='application/json'>",
        "<p onclick='f()'>",
        "<img ONERROR=f src=x>",
        "<a href=' JavaScript:f()'>",
        "<style>",
        "<iframe src='a'>",
        "<object>",
        "<base href='/'>",
    ],
)
def test_what_no_page_may_hold_is_seen(wrong):
    fine = "<script src='a.js'></script><a href='#on'>on</a>"
    data = "<script type='application/json'>{}</script>"
    assert Found(fine + data).wrong == []
    assert Found(f"{fine}<div>{wrong}</div>").wrong == [wrong]


def test_every_page_carries_the_policy_before_all_else(every_page):
    found = set()
    for place, facts in every_page.items():
        first = facts.first
        assert first["http-equiv"] == "Content-Security-Policy", place
        found.add(first["content"])
    assert len(found) == 1
    rules = {r.split()[0]: r.split()[1:] for r in found.pop().split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["connect-src"] == ["'self'"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize("name", PAGES)
def test_the_policy_refuses_nothing_that_a_page_does(
    name, page, address, refused
):
    page.goto(f"{address}{name}", wait_until="networkidle")
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => d.open=1)"
    )
    page.keyboard.press("/")
    page.keyboard.type("gradient", delay=10)
    page.locator(".md-search-result__item").first.wait_for(timeout=10_000)
    page.keyboard.press("Escape")
    for _ in range(3):
        page.locator("form[data-md-component=palette] label:visible").click()
    buttons = page.locator(".md-code__button:visible")
    if buttons.count():
        buttons.first.click()
        page.locator(".md-dialog--active").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        # A program, or in the reference a signature.
        assert re.search(r"import|def |class |\) -> ", copied)
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    assert refused == []


def test_the_policy_lets_instant_navigation_pass(page, address, refused):
    go(page, f"{address}calculus/derivatives/")
    page.evaluate("window.stayed = window.__md_scope")
    page.locator(".md-footer__link--next").click()
    page.locator("h1", has_text="Gradients").wait_for()
    page.locator(".md-tabs__link", has_text="Reference").click()
    page.locator("h1", has_text="Notation").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.stayed === window.__md_scope")
    assert refused == []


@pytest.mark.parametrize(
    ("attempt", "rule"),
    [
        (
            """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
        }""",
            "script-src-elem inline",
        ),
        (
            """() => document.body.insertAdjacentHTML("beforeend",
          "<img src='data:,' onerror='window.ran = true'>")""",
            "script-src-attr inline",
        ),
        (
            """() => {
          const link = document.createElement("a");
          link.href = "javascript:window.ran = true";
          document.body.append(link);
          link.click();
        }""",
            "script-src-elem inline",
        ),
        ("() => void setTimeout('window.ran = true')", "script-src eval"),
        (
            """() => {
          const script = document.createElement("script");
          script.src = "http://localhost:9/script.js";
          document.body.append(script);
        }""",
            "script-src-elem http://localhost:9/script.js",
        ),
        (
            """() => fetch("http://localhost:9/typed", {method: "POST"})
          .then(() => { window.ran = true; }, () => {})""",
            "connect-src http://localhost:9/typed",
        ),
        (
            """() => {
          const image = new Image();
          image.onload = () => { window.ran = true; };
          image.src = "http://localhost:9/typed.png";
          document.body.append(image);
        }""",
            "img-src http://localhost:9/typed.png",
        ),
        (
            """() => {
          const form = document.createElement("form");
          form.action = "http://localhost:9/typed";
          document.body.append(form);
          form.submit();
        }""",
            "form-action http://localhost:9/typed",
        ),
    ],
)
def test_what_is_injected_does_not_run(attempt, rule, page, address, refused):
    go(page, f"{address}calculus/gradients/")
    assert refused == []
    page.evaluate(attempt)
    for _ in range(100):
        page.wait_for_timeout(100)
        if any(line.startswith(rule) for line in refused):
            break
    else:
        pytest.fail(f"{rule!r} is not among {refused}")
    assert page.evaluate("window.ran") is None
    assert page.url == f"{address}calculus/gradients/"


# The palette, before anything else of the theme has run.


def bare(page):
    """Without the bundle of the theme: theme.js alone."""
    page.route("**/bundle.*.js", lambda route: route.abort())


def scheme(page):
    return page.evaluate("document.body.dataset.mdColorScheme")


@pytest.mark.parametrize(
    ("name", "status"),
    [("", 200), ("calculus/gradients/", 200), ("no/such/page", 404)],
)
def test_a_palette_is_kept_and_painted_at_once(name, status, page, address):
    missing = page.request.get(f"{address}404.html").body()
    page.route(
        "**/no/such/page",
        lambda route: route.fulfill(
            status=404, body=missing, content_type="text/html"
        ),
    )
    page.emulate_media(color_scheme="light")
    assert page.goto(f"{address}{name}").status == status
    page.wait_for_load_state("networkidle")
    assert scheme(page) == "default"
    toggle = page.locator("form[data-md-component=palette] label:visible")
    toggle.click()  # from the system's to light
    toggle.click()  # to dark
    assert scheme(page) == "slate"
    keys = page.evaluate("Object.keys(localStorage)")
    assert keys == [f"{urlparse(address).path}.__palette"]
    bare(page)
    page.goto(f"{address}{name}")
    assert scheme(page) == "slate"
    assert page.evaluate("__md_get('__palette').index") == 2


@pytest.mark.parametrize(
    ("system", "shown"), [("light", "default"), ("dark", "slate")]
)
def test_a_first_visit_is_painted_as_the_system_is(
    system, shown, page, address
):
    page.emulate_media(color_scheme=system)
    bare(page)
    page.goto(f"{address}calculus/gradients/")
    assert scheme(page) == shown
    head = page.locator("head script[src$='theme.js']")
    assert head.count() == 1
    assert page.evaluate(
        "s => !s.async && !s.defer && s.type === ''", head.element_handle()
    )


@pytest.mark.parametrize("kept", ["not JSON", "{}", "null", '{"color": 1}'])
def test_a_broken_preference_breaks_nothing(kept, page, address, refused):
    page.goto(address)
    page.evaluate(
        "text => localStorage[__md_scope.pathname + '.__palette'] = text",
        kept,
    )
    bare(page)
    page.goto(f"{address}calculus/gradients/")
    assert [r for r in refused if "ERR_FAILED" not in r] == []


def test_what_the_theme_stores_with(page, address):
    page.goto(f"{address}calculus/gradients/")
    path = urlparse(address).path
    assert page.evaluate("__md_scope.pathname") == path
    assert page.evaluate("__md_hash('gradient')") == page.evaluate(
        "[...'gradient'].reduce((h, c) => (h << 5) - h + c.charCodeAt(0), 0)"
    )
    page.evaluate("__md_set('probe', [1, 'a'])")
    assert page.evaluate("__md_get('probe')") == [1, "a"]
    assert page.evaluate("__md_get('absent')") is None
    page.evaluate(
        "__md_set('probe', 2, sessionStorage, new URL('x/', origin))"
    )
    assert page.evaluate("sessionStorage['/x/.probe']") == "2"
    assert page.evaluate(f"localStorage['{path}.probe']") == '[1,"a"]'
