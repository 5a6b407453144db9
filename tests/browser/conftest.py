"""The built site on loopback, in Debian's Chromium. Required, not skipped."""

import fcntl
import functools
import http.server
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from press import site
from press.live import local

ROOT = Path(__file__).parents[2]
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

    def log_request(self, code="-", size="-"):
        del size
        self.server.served.append((self.path, int(code)))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """An empty folder that is served; what is asked for is in `served`."""
    folder = tmp_path_factory.mktemp("served")
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.served = []
    server.folder = folder
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@contextmanager
def alone():
    """One build at a time: all write the same generated folder."""
    (ROOT / ".press").mkdir(exist_ok=True)
    with (ROOT / ".press" / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(server, name, **variables):
    """The site of this tree, under a sub-path of the server."""
    address = f"{server.address}/{name}/"
    with pytest.MonkeyPatch.context() as patch, alone():
        patch.setenv("DERIVABLE_SITE_URL", address)
        for variable, value in variables.items():
            patch.setenv(variable, value)
        target = server.folder / name
        assert site.build(ROOT, ["--site-dir", str(target)]) == 0
    return address


@pytest.fixture(scope="session")
def address(server):
    """The site as it is published."""
    return build(server, "book")


@pytest.fixture(scope="session")
def live(server):
    """The site with Pyodide in a folder of its own."""
    address = build(server, "live", DERIVABLE_PYODIDE="pyodide/")
    folder = ROOT / local.DEFAULT
    with alone():
        local.collect(folder)
    shutil.copytree(folder, server.folder / "live" / "pyodide")
    return address


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
