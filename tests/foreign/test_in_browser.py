"""A reader of another project runs its examples in Chromium."""

import functools
import http.server
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from press import chromium
from press.live import local

ROOT = Path(__file__).parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing; Python is in a folder of the site."""

    def log_message(self, *_):
        pass

    def translate_path(self, path):
        inside = path.partition("?")[0].removeprefix("/pyodide/")
        if path.startswith("/pyodide/"):
            return str(ROOT / local.DEFAULT / inside)
        return super().translate_path(path)


@pytest.mark.browser
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_reader_runs_an_example(built, engine):
    local.collect(ROOT / local.DEFAULT)
    handler = functools.partial(Quiet, directory=str(built / engine))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    # NB: not beside the browser of other tests, which has this thread.
    with ThreadPoolExecutor(1) as pool:
        errors = pool.submit(seen, base).result()
    server.shutdown()
    server.server_close()
    assert errors == []


def seen(base):
    """The errors of a page whose first example is run."""
    errors = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path(), args=chromium.FLAGS
        )
        page = browser.new_page()
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.goto(base)
        page.locator('[data-live="run"]').first.click()
        shown = page.locator(".live-out").first
        expect(shown).to_contain_text("low water: -2.0 m", timeout=120_000)
        browser.close()
    return errors
