"""Old addresses lead to where their text is now."""

import functools
import http.server
import threading

import pytest

from press import moved
from press.book import Book

from .conftest import ROOT

pytestmark = pytest.mark.browser

HEAD = "<!doctype html><html><head><title>{0}</title></head><body>"
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src '
    "'none'; script-src 'self'; connect-src 'self'\">"
)
LIVE = '<script type="module" src="../assets/js/live.js"></script>'
PAGES = {
    "index.html": HEAD.format("Home"),
    "new/index.html": HEAD.format("New") + '<h2 id="chain">Chain</h2>',
    "stays/index.html": POLICY
    + HEAD.format("Stays")
    + f'<div class="md-content"><h2 id="here">Here</h2></div>{LIVE}',
}
TABLE = """\
[tool.press.moved]
"old" = "new"
"old#rule" = "new#chain"
"part/old" = "stays#here"
"first" = "index"
"stays#far" = "new#chain"
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below /book/, and says nothing."""

    def log_message(self, *_):
        pass

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/book"))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A site of three pages, with the scripts of the book."""
    root = tmp_path_factory.mktemp("moved")
    (root / "pyproject.toml").write_text(TABLE, "utf8")
    (root / "mkdocs.yml").write_text("site_name: Small\n", "utf8")
    (root / "docs").mkdir()
    site = root / "site"
    for name, text in PAGES.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    (site / "assets").mkdir()
    (site / "assets" / "js").symlink_to(ROOT / "src/press/theme/assets/js")
    (site / "generated").mkdir()
    book = Book(root)
    (site / "generated" / "moved.json").write_text(moved.packed(book), "utf8")
    assert len(moved.write(book, site)) == 3
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/book/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def said(page):
    """What the console says, with what the policy refuses."""
    found = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old/", "new/"),
        ("old/#rule", "new/#chain"),
        ("old/#another", "new/#another"),
        ("old/index.html#rule", "new/#chain"),
        ("part/old/", "stays/#here"),
        ("part/old/#another", "stays/#here"),
        ("first/", ""),
        ("first/#another", "#another"),
        ("stays/#far", "new/#chain"),
    ],
)
def test_an_old_address_leads_on(old, new, page, home, said):
    page.goto(home + old)
    page.wait_for_url(home + new)
    assert [s for s in said if "Failed to load" not in s] == []
    page.go_back()  # the old address is not among the places one was at
    assert page.url == "about:blank"


@pytest.mark.parametrize("place", ["", "#here", "#nowhere", "#%E0%A4%A"])
def test_what_is_there_or_nowhere_stays(place, page, home, said):
    page.goto(f"{home}stays/{place}")
    page.locator("html[data-press=ready]").wait_for(state="attached")
    assert page.url == f"{home}stays/{place}"
    assert said == []


def test_a_place_that_is_asked_for_later_leads_on_too(page, home):
    page.goto(f"{home}stays/#here")
    page.locator("html[data-press=ready]").wait_for(state="attached")
    page.evaluate("location.hash = 'far'")
    page.wait_for_url(f"{home}new/#chain")


@pytest.mark.parametrize("failing", [False, True])
def test_a_page_leads_on_without_scripts_or_their_list(failing, browser, home):
    context = browser.new_context(java_script_enabled=failing)
    page = context.new_page()
    if failing:
        page.route("**/moved.json", lambda route: route.abort())
    page.goto(f"{home}old/#rule")
    page.wait_for_url(f"{home}new/**")
    assert page.locator("#chain").is_visible()
    context.close()
