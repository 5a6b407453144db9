"""The built site on loopback, in Debian's Chromium. Required, not skipped."""

import functools
import http.server
import io
import json
import re
import shutil
import threading
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import sync_playwright

from press import built, chromium, site
from press import live as living
from press.bench_live import VISIT
from press.book import Book
from press.live import local
from press.nav import settings

ROOT = Path(__file__).parents[2]
PUBLISHED = str(settings(ROOT)["site_url"])
BOOK = urlparse(PUBLISHED).path
LIVE = "/live/"
INDEX = (living.FOLDER / "live.json").as_posix()
SEARCH = "search/search_index.json"
PALETTES = {"light": "default", "dark": "slate"}
LOOKS = [("light", 1280), ("dark", 400), ("light", 400), ("dark", 1280)]
EXPLORABLE = re.compile(r"^/// explorable \| (\w+)$", re.MULTILINE)
FIGURES = {  # name: its page
    name: page.name
    for page in Book(ROOT).chapters
    for name in EXPLORABLE.findall(page.text)
}
# For who runs programs: of a long page only what is in sight is laid out.
SKIM = """{
  const style = new CSSStyleSheet();
  style.replaceSync("article > * { content-visibility: auto }");
  document.adoptedStyleSheets.push(style);
}"""
# Of a status: what it says once it says such a thing, or at the limit.
SAID = """(status, [pattern, limit]) => new Promise(done => {
  const wanted = new RegExp(pattern);
  const look = () => {
    if (wanted.test(status.textContent)) end();
  };
  const end = () => {
    seen.disconnect();
    clearTimeout(late);
    done(status.textContent);
  };
  const seen = new MutationObserver(look);
  const late = setTimeout(end, limit);
  seen.observe(status,
    {childList: true, characterData: true, subtree: true});
  look();
})"""
# How much too wide it is, once the page has the width and the palette.
SIDEWAYS = """async ([width, palette]) => {
  const turned = () => innerWidth === width
    && document.body.dataset.mdColorScheme === palette;
  for (let i = 0; !turned(); i++) {
    if (i === 2000) throw new Error(`never ${width} wide and ${palette}`);
    await new Promise(done => setTimeout(done, 5));
  }
  await new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(done)));
  return document.scrollingElement.scrollWidth - innerWidth;
}"""


def listed(sitemap, home):
    """The list of pages names the host and the port that serve it.

    The theme goes without a reload to pages that are listed only.
    """
    return sitemap.replace(PUBLISHED.encode(), home.encode())


def with_own_python(index):
    """What a build says whose Pyodide is in a folder of the site."""
    return living.packed_index({**json.loads(index), "pyodide": "pyodide/"})


@functools.cache
def unsearched(path):
    """The index of a search that finds nothing."""
    index = json.loads(path.read_text("utf8"))
    return json.dumps({**index, "docs": []}).encode()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves one site at two places, remembers what, and says nothing.

    At the second, Pyodide is in a folder of the site. The index of the search,
    which the theme reads at every page, is whole for tests that search.
    """

    def log_message(self, *_):
        pass

    def translate_path(self, path):
        place = LIVE if path.startswith(LIVE) else BOOK
        if not path.startswith(place):
            return str(ROOT / "nothing")
        inside = path.removeprefix(place)
        if place == LIVE and inside.startswith("pyodide/"):
            return str(ROOT / local.DEFAULT / Path(inside).name)
        return super().translate_path(f"/{inside}")

    def send_head(self):
        place = LIVE if self.path.startswith(LIVE) else BOOK
        inside = self.path.removeprefix(place)
        written = Path(self.translate_path(self.path))
        if inside == "sitemap.xml":
            home = f"{self.server.address}{place}"
            return self.send(listed(written.read_bytes(), home), "text/xml")
        if inside == SEARCH and not self.server.searched:
            return self.send(unsearched(written), "application/json")
        if place == LIVE and inside == INDEX:
            index = with_own_python(written.read_bytes())
            return self.send(index, "application/json")
        return super().send_head()

    def send(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def log_request(self, code="-", size="-"):
        del size
        self.server.served.append((self.path, int(code)))


@pytest.fixture(scope="session")
def server(published):
    """The site, served at two places; what is asked for is in `served`."""
    handler = functools.partial(Quiet, directory=str(published))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.served = []
    server.searched = False
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def search(server):
    """Lets the search find what it finds for readers."""
    server.searched = True
    yield
    server.searched = False


@pytest.fixture(scope="session")
def published(once):
    """The site as it is published: what stands built of this tree, or new.

    The theme knows a site by its path, whatever host and port serve it.
    """

    def make(folder):
        local.collect(ROOT / local.DEFAULT)
        found = built.find(ROOT, "mkdocs")
        if found:
            shutil.copytree(found, folder)
        else:
            assert site.build(ROOT, ["--site-dir", str(folder)]) == 0

    return once("browser", make)


@pytest.fixture(scope="session")
def address(server):
    """The site as it is published."""
    return f"{server.address}{BOOK}"


@pytest.fixture(scope="session")
def live(server):
    """The site with Pyodide in a folder of its own."""
    return f"{server.address}{LIVE}"


@pytest.fixture(scope="session")
def browser():
    """Chromium, whose absence is a failure."""
    path = chromium.path()
    if path is None:
        pytest.fail("Chromium is needed: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path, args=chromium.FLAGS
        )
        yield started
        started.close()


def go(page, url):
    """Open a page, and wait for what its scripts do before any click."""
    answer = page.goto(url)
    ready(page)
    return answer


def ready(page):
    """Wait until a page has its bars, its progress and its fonts."""
    page.locator("html[data-press=ready]").wait_for(state="attached")


def visit(page, address, folder):
    """Open a page of the book as a reader does who stays on the site."""
    target = address + folder
    if page.url == "about:blank":
        go(page, target)
        return
    page.evaluate(VISIT, target)
    page.wait_for_url(target)
    page.locator(".md-content:not([data-before])").wait_for()
    ready(page)


def turn_to(page, way):
    """Give the window a palette and a width."""
    scheme, width = way
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})


def measured(page, way):
    """How much too wide a page is."""
    scheme, width = way
    return page.evaluate(SIDEWAYS, [width, PALETTES[scheme]])


def added(route, *rules):
    """A style with some rules more."""
    style = "\n".join([route.fetch().text(), *rules])
    route.fulfill(body=style, content_type="text/css")
