"""The volume as a PDF, printed by Chromium.

Chromium counts pages and writes running heads, and cannot yet say on which
page a link ends. So it prints more than once: the numbers are read from one
print, by its named destinations, and written into the next, until each is
the number of the page on which its anchor lands.
"""

import io
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Browser, Error, Page, sync_playwright

from press import chromium
from press.problems import PressError, Problem
from press.volume.pages import document
from press.volume.plan import Volume

LEAST = 0.6  # of its size that a formula or a table may shrink to
TRIES = 6  # prints until the numbers have to be right
WAIT = 600_000  # milliseconds
LIMIT = 900.0  # seconds that the whole book may take, on a slow machine
STARTS = 2  # Chromium was seen to stop in the middle of a print, once
FIT = (Path(__file__).parent / "fit.js").read_text("utf8")
WRITE = """([numbers, blanks]) => {
  for (const e of document.querySelectorAll("[data-of]"))
    e.textContent = numbers[e.dataset.of] ?? e.textContent;
  for (const e of document.querySelectorAll("[data-before]"))
    e.hidden = !blanks.includes(e.dataset.before);
}"""
READ = """() => ({
  numbers: [...document.querySelectorAll("[data-of]")]
    .map(e => [e.dataset.of, e.textContent]),
  starts: [...document.querySelectorAll("[data-before]")]
    .map(e => e.dataset.before),
})"""


def write(volume: Volume, site: Path, target: Path) -> dict[str, int]:
    """Print the volume into a file.

    Args:
        volume: what is printed; its chapters are changed.
        site: the built site, for the font of mathematics.
        target: the PDF.

    Returns:
        How many `pages` there are, how many `prints` it took, and how many
        elements were `shrunk`.

    Raises:
        PressError: if there is no Chromium, or something is too wide.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "volume.html"
        path.write_text(document(volume, site), "utf8")
        data, prints, shrunk = printed(path, site)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(finish(data, volume))
    with pikepdf.open(target) as pdf:
        pages = len(pdf.pages)
    return {"pages": pages, "prints": prints, "shrunk": shrunk}


def printed(path: Path, site: Path) -> tuple[bytes, int, int]:
    """Print a document; a Chromium that stops is started once more.

    Returns:
        The PDF, how often it was printed, and how many elements were shrunk.

    Raises:
        PressError: if Chromium stops every time, or something is too wide.
    """
    for _ in range(STARTS):
        ended = threading.Event()
        try:
            with opened(ended) as page:
                page.goto(path.as_uri(), timeout=WAIT)
                shrunk = fitted(page, site)
                return *settled(page), shrunk
        except Error:
            if not ended.is_set():
                raise
    raise PressError(
        Problem(
            Path("press pdf"), 1,
            f"Chromium did not print the book within {LIMIT:.0f} s, "
            f"{STARTS} times",
            "try again with less at work beside it, or name some pages",
        )
    )  # fmt: skip


@contextmanager
def limited(browser: Browser, ended: threading.Event) -> Iterator[None]:
    """End a browser that takes too long, and say so in `ended`."""
    session = browser.new_browser_cdp_session()
    running = session.send("SystemInfo.getProcessInfo")["processInfo"]
    (main,) = (p["id"] for p in running if p["type"] == "browser")

    def end() -> None:
        ended.set()
        os.kill(main, signal.SIGKILL)

    timer = threading.Timer(LIMIT, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def opened(ended: threading.Event | None = None) -> Iterator[Page]:
    """An empty page of Chromium, as paper sees it."""
    path = chromium.path()
    if path is None:
        raise PressError(
            Problem(
                Path("press pdf"), 1, "there is no Chromium",
                "install it, as in apt-get install chromium",
            )
        )  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=chromium.FLAGS, timeout=WAIT
        )
        with limited(browser, ended or threading.Event()):
            page = browser.new_page(java_script_enabled=True)
            page.set_default_timeout(WAIT)
            page.emulate_media(media="print", color_scheme="light")
            yield page
        browser.close()


def fitted(page: Page, site: Path) -> int:
    """Make what is too wide smaller, and refuse what still is."""
    page.evaluate("() => document.fonts.ready.then(() => null)")
    found = page.evaluate(FIT, LEAST)
    if found["over"]:
        raise PressError(
            Problem(
                site, 1,
                f'<{tag}> at #{place} is {by} pixels wider than the page: "'
                f'{" ".join(text.split())}"',
                "break it where it is written",
            )
            for place, tag, by, text in found["over"]
        )  # fmt: skip
    return int(found["shrunk"])


def settled(page: Page) -> tuple[bytes, int]:
    """Print until every number is right and chapters begin on the right.

    Returns:
        The PDF, and how often it was printed.

    Raises:
        PressError: if the numbers do not come to rest.
    """
    blanks: list[str] = []
    for prints in range(1, TRIES + 1):
        data = _print(page)
        landed = anchors(data)
        shown = page.evaluate(READ)
        wanted = empty_pages(shown["starts"], blanks, landed)
        numbers = shifted(landed, shown["starts"], blanks, wanted)
        right = all(str(landed[at]) == text for at, text in shown["numbers"])
        if right and wanted == blanks:
            return data, prints
        page.evaluate(WRITE, [numbers, wanted])
        blanks = wanted
    raise PressError(
        Problem(
            Path("press pdf"), 1,
            f"after {TRIES} prints, page numbers still change",
            "say so to those who maintain the press",
        )
    )  # fmt: skip


def anchors(data: bytes) -> dict[str, int]:
    """On which page, from 1, each anchor that a link leads to lands."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages: dict[object, int] = {
            page.objgen: n for n, page in enumerate(pdf.pages, 1)
        }
        return {
            name.removeprefix("/"): pages[entry[0].objgen]
            for name, entry in pdf.Root.Dests.items()
        }


def finish(data: bytes, volume: Volume) -> bytes:
    """Say what the book is about, fold the bookmarks, and pack.

    Pages face each other as in a book, bookmarks are open one level deep,
    and nothing says when it was printed.
    """
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Subject"] = volume.about
        for date in ("/CreationDate", "/ModDate"):
            if date in pdf.docinfo:
                del pdf.docinfo[date]
        pdf.Root.PageLayout = pikepdf.Name.TwoPageRight
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        top = list(_children(pdf.Root.Outlines))
        pdf.Root.Outlines.Count = len(top)
        for item in top:
            _fold(item)
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return packed.getvalue()


def _fold(item: pikepdf.Object) -> None:
    """A negative count says how many children are shown once it is open."""
    inside = list(_children(item))
    if inside:
        item.Count = -len(inside)
    for child in inside:
        _fold(child)


def _children(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    child = item.get("/First")
    while child is not None:
        yield child
        child = child.get("/Next")


def _print(page: Page) -> bytes:
    return page.pdf(
        prefer_css_page_size=True,
        print_background=True,
        tagged=True,
        outline=True,
    )


def empty_pages(
    starts: list[str], before: list[str], landed: dict[str, int]
) -> list[str]:
    """Which starts need an empty page before them to be on a right page."""
    wanted: list[str] = []
    for start in starts:
        there = sum(starts.index(b) <= starts.index(start) for b in before)
        number = landed[start] - there + len(wanted)
        if number % 2 == 0:
            wanted.append(start)
    return wanted


def shifted(
    landed: dict[str, int],
    starts: list[str],
    before: list[str],
    wanted: list[str],
) -> dict[str, Any]:
    """Where anchors land once the empty pages are as wanted."""
    moves = [
        (landed[s], (s in wanted) - (s in before)) for s in starts
    ]  # fmt: skip
    return {
        name: page + sum(by for at, by in moves if at <= page)
        for name, page in landed.items()
    }
