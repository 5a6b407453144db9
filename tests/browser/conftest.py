"""The built site on loopback, in Debian's Chromium. Required, not skipped."""

import functools
import http.server
import io
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from press import site
from press.live import local

ROOT = Path(__file__).parents[2]
SITES = {"book": {}, "live": {"DERIVABLE_PYODIDE": "pyodide/"}}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, remembers which, and says nothing."""

    def log_message(self, *_):
        pass

    def send_head(self):
        """The list of pages names the port, as that of a published site.

        The theme goes without a reload to pages that are listed only.
        """
        if not self.path.endswith("/sitemap.xml"):
            return super().send_head()
        written = Path(self.translate_path(self.path)).read_bytes()
        own = f"{self.server.address}/".encode()
        listed = written.replace(b"http://127.0.0.1/", own)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(listed)))
        self.end_headers()
        return io.BytesIO(listed)

    def log_request(self, code="-", size="-"):
        del size
        self.server.served.append((self.path, int(code)))


@pytest.fixture(scope="session")
def server(sites):
    """The two sites, served; what is asked for is in `served`."""
    handler = functools.partial(Quiet, directory=str(sites))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.served = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def sites(once):
    """The site as it is published, and with Pyodide in a folder of its own.

    Both are built in one turn, because both write the generated folder; the
    theme knows a site by its path, whatever host and port serve it.
    """

    def make(folder):
        for name, variables in SITES.items():
            with pytest.MonkeyPatch.context() as patch:
                address = f"http://127.0.0.1/{name}/"
                patch.setenv("DERIVABLE_SITE_URL", address)
                for variable, value in variables.items():
                    patch.setenv(variable, value)
                target = folder / name
                assert site.build(ROOT, ["--site-dir", str(target)]) == 0
        local.collect(ROOT / local.DEFAULT)
        shutil.copytree(ROOT / local.DEFAULT, folder / "live" / "pyodide")

    return once("browser", make)


@pytest.fixture(scope="session")
def address(server):
    """The site as it is published."""
    return f"{server.address}/book/"


@pytest.fixture(scope="session")
def live(server):
    """The site with Pyodide in a folder of its own."""
    return f"{server.address}/live/"


@pytest.fixture(scope="session")
def browser():
    """Chromium, whose absence is a failure."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("Chromium is needed: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
