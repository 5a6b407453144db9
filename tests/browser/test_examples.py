"""Every program of the book runs in the page and prints what is printed.

A worker visits its chapters in one session, by instant navigation, so Python
starts once. The longest come first, so that no worker waits for one of them.
"""

import re

import pytest
from playwright.sync_api import expect

from press import compare, formula_checks
from press.book import Book
from press.execute import tolerances
from press.live import runnable
from press.programs import code_of, output_of, role

from .conftest import ROOT, SAID, SKIM, visit

pytestmark = pytest.mark.browser

BOOK = Book(ROOT)
PAGES = sorted(
    (p for p in BOOK.pages if runnable(p)),
    key=lambda p: -len(runnable(p)),
)
HOLDS = re.compile(
    r"read from the formula, holds at \d+ draws?; \d+ of \d+ one-symbol "
    r"mistakes refused(, \d+ equal by mathematics)?$"
)
LIMIT = 600_000  # ms for one program, on whatever machine
PRESS = """async ([number, limit]) => {
  const ended = %s;
  const block = document
    .querySelectorAll(".md-content .highlight.live")[number];
  const bar = block.querySelector(":scope > .live-bar");
  block.closest("details")?.setAttribute("open", "");
  bar.querySelector('[data-live="run"]').click();
  const status = bar.querySelector(".live-status");
  const done = "^(Ran|An error|Not run|Stopped)";
  const said = await ended(status, [done, limit]);
  if (!new RegExp(done).test(said))
    return {status: "", out: "", error: `no end: ${said}`};
  const recorded = block.nextElementSibling?.matches(".output");
  const before = recorded ? block.nextElementSibling : block;
  const panel = before.nextElementSibling;
  const text = (kind) => [...(panel?.querySelectorAll(".live-" + kind) ?? [])]
    .map((e) => e.textContent).join("");
  return {
    status: said,
    out: text("out"),
    error: text("error") + text("note"),
  };
}""".replace("%s", SAID)
SOURCES = """blocks => blocks.map(
  block => block.querySelector(":scope > pre").textContent)"""


@pytest.fixture(scope="module")
def reader(browser, server):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(SKIM)
    page.before = len(server.served)
    yield page
    page.close()


@pytest.mark.apart
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_example_prints_in_the_browser_what_the_page_prints(
    page, live, reader, server
):
    visit(reader, live, page.address)
    fences = runnable(page)
    blocks = reader.locator(".md-content .highlight.live")
    expect(blocks).to_have_count(len(fences), timeout=30_000)  # one by one
    sources = blocks.evaluate_all(SOURCES)
    problems = []
    for number, fence in enumerate(fences):
        if role(page, fence) == "starter":
            continue
        at = f"docs/{page.path}:{fence.line}: "
        source = code_of(ROOT, BOOK.place(page), fence).text
        formula = formula_checks.reads(fence)
        if formula:
            source = formula_checks.program(page, fence, source)
        assert sources[number].strip() == source.strip(), at
        done = reader.evaluate(PRESS, [number, LIMIT])
        if not done["status"].startswith("Ran"):
            problems.append(at + done["error"].replace("\n", " | "))
            continue
        if formula:
            problems += [
                at + f"says {line!r}"
                for line in done["out"].splitlines()
                if not HOLDS.match(line)
            ]
            continue
        shown = output_of(page, page.fences.index(fence))
        if shown is None:
            if done["out"].strip():
                problems.append(at + f"prints {done['out'][:60]!r}")
            continue
        found = compare.difference(
            done["out"], shown.body, **tolerances(shown)
        )
        if found:
            problems.append(
                at + f'prints "{found.printed}", shows "{found.shown}"'
            )
    assert problems == []
    since = server.served[reader.before :]
    assert sum(p.endswith("pyodide.asm.wasm") for p, _ in since) == 1
