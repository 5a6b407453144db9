"""What the live pages promise about time, measured in Chromium.

A site is built with Pyodide in a folder of its own and served on loopback.
All figures are ratios in one run: against a bare worker that loads the same
packages, against a fresh start, against the whole.
"""

import functools
import http.server
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from press import chromium

ROUNDS = 3
BARE = """
import { loadPyodide } from "./pyodide/pyodide.mjs";
self.onmessage = async ({ data }) => {
  const python = await loadPyodide({
    indexURL: new URL("./pyodide/", self.location).href,
    lockFileURL: new URL("./generated/live/pyodide-lock.json",
      self.location).href,
  });
  await python.loadPackage(["numpy"]);
  const wheel = await (await fetch(data.wheel)).arrayBuffer();
  python.unpackArchive(wheel, "whl");
  python.runPython(data.code);
  const began = performance.now();
  python.runPython(data.code);
  self.postMessage(performance.now() - began);
};
"""
START = """([base, wheel, code]) => new Promise((done) => {
  const began = performance.now();
  const worker = new Worker(base + "bare.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    worker.terminate();
    done([performance.now() - began, data]);
  };
  worker.postMessage({ wheel, code });
})"""
RUN = """(number) => new Promise((done) => {
  const block = document
    .querySelectorAll(".md-content .highlight.live")[number];
  const status = block.querySelector(":scope > .live-bar > .live-status");
  status.textContent = "";
  const began = performance.now();
  const look = () => {
    if (/^(Ran|An error|Not run|Stopped)/.test(status.textContent))
      done(performance.now() - began);
    else setTimeout(look, 1);
  };
  block.querySelector('[data-live="run"]').click();
  look();
})"""
READY = """async ([base, programs, stop]) => {
  const { session } = await import(base + "assets/js/live/session.js");
  const ready = () => document.documentElement.dataset.python === "ready";
  const wait = () => new Promise((r) => setTimeout(r, 2));
  const job = { say() {}, progress() {} };
  let began = performance.now();
  session.perform({ type: "run", programs }, job).catch(() => {});
  if (stop) {
    while (!ready()) await wait();
    await new Promise((r) => setTimeout(r, 500));
    began = performance.now();
    session.stop();
  }
  while (!ready()) await wait();
  return performance.now() - began;
}"""
VISIT = """url => {
  const link = Object.assign(document.createElement("a"), { href: url });
  const content = document.querySelector(".md-content");
  content.dataset.before = "";
  delete document.documentElement.dataset.press;
  content.append(link);
  link.click();
}"""
ARRIVED = ".md-content:not([data-before]) .live-bar"


class _Server(http.server.ThreadingHTTPServer):
    bytes_sent = 0


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, and counts the bytes of what it had to send."""

    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        server: Any = self.server
        server.bytes_sent += len(data)
        outputfile.write(data)


@contextmanager
def _served(folder: Path) -> Iterator[_Server]:
    handler = functools.partial(_Handler, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def measure(
    build: Callable[[Path, str], object],
    chapters: Sequence[str],
    library: str,
) -> dict[str, float]:
    """Measure a site that `build(folder, address)` builds.

    Returns:
        first: first result against a bare worker that loads the same.
        overhead: ms from press to result of a second run, beyond the
            time of the program itself.
        restart: from Stop to ready, against a fresh start.
        bytes: what was sent for the restart.
        total, share, blocks: all examples of the chapters in one session,
            in seconds; of it the first, which starts Python.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as profile,
        _served(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        base = f"http://127.0.0.1:{server.server_port}/"
        site = Path(folder)
        build(site, base)
        (site / "bare.js").write_text(BARE, "utf8")
        browser = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium.path(),
            args=chromium.FLAGS,
        )
        wheel = next((site / "generated" / "live").glob(f"{library}-*"))
        found = _starts(browser, base, chapters[0], wheel.name, server)
        found |= _chapters(browser, base, chapters)
        browser.close()
    return found


def _starts(
    browser: Any, base: str, place: str, wheel: str, server: _Server
) -> dict[str, float]:
    chapter = f"{base}{place}/"
    wheel = f"{base}generated/live/{wheel}"
    bare, ours, own, again, restart, fresh = [], [], [], [], [], []
    extra = 0
    for _ in range(ROUNDS):
        page = browser.new_page()
        page.goto(chapter, wait_until="networkidle")
        code = page.locator(".highlight.live code").first.text_content()
        whole, alone = page.evaluate(START, [base, wheel, code])
        bare.append(whole)
        own.append(alone)
        ours.append(page.evaluate(RUN, 0))
        again.append(page.evaluate(RUN, 0))
        sent = server.bytes_sent
        restart.append(
            page.evaluate(READY, [base, ["while True: pass"], True])
        )
        extra += server.bytes_sent - sent
        page.reload(wait_until="networkidle")
        fresh.append(page.evaluate(READY, [base, ["pass"], False]))
        page.close()
    return {
        "first": min(ours) / min(bare),
        "overhead": min(again) - min(own),
        "restart": min(restart) / min(fresh),
        "bytes": extra,
    }


def _chapters(
    browser: Any, base: str, chapters: Sequence[str]
) -> dict[str, float]:
    """Every example of every chapter, in one session."""
    total = start = 0.0
    blocks = 0
    page = browser.new_page()
    page.goto(base, wait_until="networkidle")
    for name in chapters:
        page.evaluate(VISIT, f"{base}{name}/")
        page.locator(ARRIVED).first.wait_for()
        runs = page.locator('.live-bar [data-live="run"]').count()
        numbers = page.evaluate(
            """() => [...document.querySelectorAll(
              ".md-content .highlight.live")].flatMap((b, n) =>
              b.classList.contains("starter") ? [] : [n])"""
        )
        if runs != len(numbers):
            raise RuntimeError(f"{name}: {runs} bars, {len(numbers)} blocks")
        for number in numbers:
            took = page.evaluate(RUN, number)
            start += 0 if blocks else took
            total += took
            blocks += 1
    page.close()
    return {"total": total / 1000, "share": start / total, "blocks": blocks}
