"""Running and editing in the page, and what may go wrong with it.

nothing is loaded before Run: test_nothing_of_python_is_asked_for_before_run
a loop without end, printing or not: test_stop_ends_a_program_that_never_ends
huge output: test_a_flood_of_output_is_capped
memory hog: test_a_memory_hog_is_an_error_and_no_more
``input()``, a missing package, a syntax error: test_bad_programs_get_words
a figure: test_a_figure_appears_with_words
a paste that is no text: test_a_character_that_is_no_text_is_refused
a draft: test_an_edit_is_kept
a draft of another version: test_the_book_has_changed
storage refused: test_a_browser_that_stores_nothing_still_edits
Python's address is blocked: test_python_that_cannot_be_loaded_says_so
a file of Python was changed: test_another_file_in_its_place_is_refused
a program tries the network: test_a_program_has_no_network
SciPy inside the library alone: test_what_the_library_imports_late_is_loaded
a package is blocked: test_a_package_that_cannot_be_loaded_says_so
the keyboard alone, a narrow screen: test_the_keyboard_is_enough
"""

import gzip
import json
import re

import pytest

from .conftest import SAID, go, ready, visit

pytestmark = pytest.mark.browser

DONE = re.compile(r"^(Ran|An error|Not run|Stopped)")
CHAPTER = "calculus/derivatives/"
LATE = """\
from derivable.probability import Normal

print("before")
print(Normal(0, 1).cdf(0.0))
"""
AGE = """() => {
  const name = "derivable:drafts";
  const all = JSON.parse(localStorage.getItem(name));
  for (const draft of Object.values(all)) draft.of = "another";
  localStorage.setItem(name, JSON.stringify(all));
}"""

KEYS = """async () => {
  const { keyOf } = await import(
    document.querySelector("script[src$='live.js']").src);
  const all = selector =>
    [...document.querySelectorAll(`.md-content ${selector}`)];
  const headings = all(":is(h1, h2, h3, h4)[id]");
  const owner = block => block.closest(".exercise")?.id
    ?? headings.filter(h => h.compareDocumentPosition(block)
      & Node.DOCUMENT_POSITION_FOLLOWING).at(-1).id;
  const blocks = all(".highlight.live");
  const names = blocks.map(owner);
  return [blocks.map(keyOf), names.map((name, n) =>
    `${location.pathname}#${name}/`
    + names.slice(0, n).filter(other => other === name).length)];
}"""
LISTEN = """status => {
  status.said = [];
  new MutationObserver(() => status.said.push(status.textContent))
    .observe(status, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture
def page(live, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    go(page, f"{live}{CHAPTER}")
    yield page
    context.close()


@pytest.fixture(scope="module")
def warm(live, browser):
    """One page whose Python has started, for what leaves no trace."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    go(page, f"{live}{CHAPTER}")
    run(page)
    yield page
    page.close()


@pytest.fixture
def started(warm, live):
    """The same Python, on a page that nobody has touched."""
    warm.evaluate("localStorage.clear()")
    warm.problems.clear()
    visit(warm, live, "reference/notation/")
    visit(warm, live, CHAPTER)
    yield warm
    warm.set_viewport_size({"width": 1280, "height": 900})


def block(page, number=0):
    return page.locator(".md-content .highlight.live").nth(number)


def press(page, action, number=0):
    block(page, number).locator(f'[data-live="{action}"]').click()


def status(page, number=0):
    return block(page, number).locator(".live-status").inner_text()


def waited(status, pattern=DONE.pattern, seconds=600):
    """What a status says once it says such a thing; the page waits."""
    said = status.evaluate(SAID, [pattern, seconds * 1000])
    assert re.search(pattern, said), f"{status}, {seconds} s: {said!r}"
    return said


def heard(page, number=0):
    """Press Run; all that the status says until it ends."""
    status = block(page, number).locator(".live-status")
    status.evaluate(LISTEN)
    press(page, "run", number)
    waited(status)
    return status.evaluate("status => status.said")


def ended(page, number=0):
    return waited(
        block(page, number).locator(".live-status"), DONE.pattern, 90
    )


def run(page, number=0):
    block(page, number).locator(".live-status").evaluate(
        "status => status.textContent = ''"
    )
    press(page, "run", number)
    return ended(page, number)


def write(page, text, number=0):
    """Put a program into the editor of a block."""
    if not block(page, number).locator("textarea").count():
        press(page, "edit", number)
    field = block(page, number).locator("textarea")
    field.fill(text)


def tried(page, text, number=0):
    """Edit, run, and what the panel shows."""
    write(page, text, number)
    said = run(page, number)
    return said, panel(page).inner_text()


def panel(page):
    return page.locator(".live-panel").first


def test_nothing_of_python_is_asked_for_before_run(page, server):
    asked = [p for p, _ in server.served if p.startswith("/live/")]
    before = len(asked)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    later = [p for p, _ in server.served if p.startswith("/live/")][before:]
    assert not [p for p in later if "pyodide" in p or "/live/live" in p]
    label = block(page).locator('[data-live="run"]').inner_text()
    assert re.fullmatch(r"Run \(\d+ MB\)", label)
    assert page.problems == []


def test_a_run_replaces_what_is_printed_and_can_be_taken_back(started):
    recorded = started.locator(".highlight.output").first
    assert recorded.is_visible()
    assert run(started).endswith("as printed.")
    assert not recorded.is_visible()
    assert panel(started).locator(".live-out").inner_text().strip()
    press(started, "reset")
    recorded.wait_for(state="visible")
    assert started.locator(".live-panel").count() == 0
    assert started.problems == []


def test_progress_is_told_until_python_runs(page):
    seen = heard(page)
    assert any("of 13.7 MB" in s for s in seen), seen
    assert any(s.startswith("Loading numpy") for s in seen), seen
    size = block(page, 1).locator(".live-size")
    assert not size.is_visible()


@pytest.mark.parametrize("endless", ["pass", "print()"])
def test_stop_ends_a_program_that_never_ends(started, endless):
    write(started, f"print('begun')\nwhile True:\n    {endless}")
    press(started, "run")
    panel(started).get_by_text("begun").wait_for(timeout=60_000)
    press(started, "stop")
    assert ended(started) == "Stopped."
    assert "Python starts again" in panel(started).inner_text()
    said, shown = tried(started, "print(6 * 7)")
    assert said.startswith("Ran")
    assert "42" in shown
    assert started.problems == []


def test_a_flood_of_output_is_capped(warm):
    said, shown = tried(warm, "for i in range(10**5):\n    print(i)")
    assert said.startswith("Ran")
    assert "Only the first 1,000 lines" in shown
    assert "\n1500\n" not in shown


def test_a_memory_hog_is_an_error_and_no_more(page):
    said, shown = tried(page, "import numpy as np\nnp.ones(5 * 10**8)")
    assert said == "An error in line 2."
    assert re.search("too big|Unable to allocate", shown)
    said, shown = tried(page, "x = []\nwhile True:\n    x.append('a' * 10**8)")
    assert "MemoryError" in shown or "starts again" in shown
    said, shown = tried(page, "print('alive')")
    assert "alive" in shown
    assert page.problems == []


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("name = input()", "write the value into the program"),
        ("import torch", "there is no module 'torch' in the browser"),
        ("x = (1,\n", "was never closed"),
        ("def f():\n    return 1 / 0\n\n\nf()", "line 2, in f"),
        ("raise SystemExit", "printed nothing"),
    ],
)
def test_bad_programs_get_words(warm, program, words):
    _, shown = tried(warm, program)
    assert words in shown
    assert "pyodide" not in shown
    assert "kernel" not in shown


def test_the_line_of_an_error_is_marked(warm):
    said, _ = tried(warm, "x = 1\ny = x / 0\nprint(y)")
    assert said == "An error in line 2."
    marked = block(warm).locator("[class*=mark]")
    assert marked.count() == 1
    said, _ = tried(warm, "x = 1")
    assert block(warm).locator("[class*=mark]:visible").count() == 0


def test_a_character_that_is_no_text_is_refused(warm):
    said, shown = tried(warm, "x = 1 + \x00 1")
    assert said.startswith(("An error", "Ran"))
    assert "Traceback" not in shown


def test_a_figure_appears_with_words(warm):
    said, _ = tried(
        warm,
        "import matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\n"
        "plt.title('Squares')\nplt.show()",
    )
    assert said.startswith("Ran")
    image = panel(warm).locator("img")
    assert "Squares, 1 line" in image.get_attribute("alt")
    assert image.evaluate("i => i.naturalWidth") > 300


@pytest.mark.parametrize(
    "program",
    [
        "js.fetch('/secret')",
        "js.WorkerGlobalScope.prototype.fetch.call(js.self, '/secret')",
        "js.XMLHttpRequest.new().open('GET', '/secret')",
        "js.WebSocket.new('ws://127.0.0.1/secret')",
        "js.importScripts('/secret')",
        "js.Worker.new('/secret')",
    ],
)
def test_a_program_has_no_network(warm, server, program):
    tried(warm, f"import js\n\n{program}")
    said, shown = tried(warm, "print('and goes on')")
    assert said.startswith("Ran")
    assert "and goes on" in shown
    assert not [p for p, _ in server.served if "secret" in p]


def test_an_edit_is_kept(page, live):
    write(page, "print('mine')")
    page.goto(f"{live}calculus/gradients/")
    go(page, f"{live}{CHAPTER}")
    edit = block(page).locator('[data-live="edit"]')
    assert edit.inner_text() == "Your edit"
    edit.click()
    assert block(page).locator("textarea").input_value() == "print('mine')"
    press(page, "reset")
    press(page, "close")
    assert block(page).locator('[data-live="edit"]').inner_text() == "Edit"
    assert page.problems == []


@pytest.mark.parametrize("name", ["reference/errata/", CHAPTER])
def test_the_key_of_an_edit_is_its_exercise_or_section_and_place(
    name, page, live
):
    go(page, f"{live}{name}")
    keys, expected = page.evaluate(KEYS)
    assert keys == expected
    assert len(keys) == len(set(keys)) > 10


def test_the_book_has_changed(page):
    write(page, "print('mine')")
    page.evaluate(AGE)
    for choice, kept in (("mine", True), ("theirs", False)):
        page.reload()
        ready(page)
        press(page, "edit")
        block(page).locator(f'[data-live="{choice}"]').wait_for()
        assert "has changed since" in status(page)
        press(page, choice)
        block(page).locator('[data-live="close"]').wait_for()
        value = block(page).locator("textarea").input_value()
        assert (value == "print('mine')") is kept
        if kept:
            drafts = json.loads(
                page.evaluate("localStorage.getItem('derivable:drafts')")
            )
            assert [d["of"] for d in drafts.values()] != ["another"]
            page.evaluate(AGE)
    assert page.evaluate("localStorage.getItem('derivable:drafts')") == "{}"


def test_a_draft_that_is_broken_is_ignored(page):
    page.evaluate("localStorage.setItem('derivable:drafts', '[broken')")
    page.reload()
    ready(page)
    press(page, "edit")
    assert "import" in block(page).locator("textarea").input_value()
    assert page.problems == []


def test_a_browser_that_stores_nothing_still_edits(live, browser):
    context = browser.new_context()
    context.add_init_script(
        """Object.defineProperty(Storage.prototype, "setItem", {value() {
          throw new DOMException("refused", "QuotaExceededError"); }});"""
    )
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    go(page, f"{live}{CHAPTER}")
    write(page, "print('kept for now')")
    assert "keeps no edits" in status(page)
    press(page, "close")
    press(page, "edit")
    value = block(page).locator("textarea").input_value()
    assert value == "print('kept for now')"
    assert run(page).startswith("Ran")
    assert errors == []
    context.close()


def test_python_that_cannot_be_loaded_says_so(live, browser):
    context = browser.new_context()
    context.route("**/pyodide/**", lambda route: route.abort())
    page = context.new_page()
    go(page, f"{live}{CHAPTER}")
    assert run(page) == "Not run."
    assert "could not be reached" in panel(page).inner_text()
    assert page.locator(".highlight.output").nth(1).is_visible()
    context.unroute("**/pyodide/**")
    assert run(page).startswith("Ran")
    context.close()


def test_what_the_library_imports_late_is_loaded(page):
    write(page, LATE)
    seen = heard(page)
    assert seen[-1].startswith("Ran"), panel(page).inner_text()
    assert any(s.startswith("Loading scipy") for s in seen), seen
    assert panel(page).inner_text() == "before\n0.5\n"
    said, shown = tried(page, "import scipy\nprint('there')")
    assert said.startswith("Ran")
    assert shown == "there\n"
    assert page.problems == []


@pytest.mark.parametrize("program", [f"import scipy\n{LATE}", LATE])
def test_a_package_that_cannot_be_loaded_says_so(page, program):
    page.context.route("**/scipy-*", lambda route: route.abort())
    said, shown = tried(page, program)
    assert said == "Not run."
    assert shown == "This could not be loaded: scipy."
    page.context.unroute("**/scipy-*")
    said, shown = tried(page, program)
    assert said.startswith("Ran")
    assert shown == "before\n0.5\n"


def altered(route):
    """One byte of a file, flipped on its way."""
    answer = route.fetch()
    body = bytearray(answer.body())
    body[len(body) // 2] ^= 1
    route.fulfill(response=answer, body=bytes(body))


@pytest.mark.parametrize(
    "name", ["pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"]
)
def test_another_file_in_its_place_is_refused(name, live, browser):
    context = browser.new_context()
    context.route(f"**/{name}", altered)
    page = context.new_page()
    go(page, f"{live}{CHAPTER}")
    assert run(page) == "Not run."
    assert f"{name} is not the file that this book was tested with" in (
        panel(page).inner_text()
    )
    context.close()


def test_a_server_that_does_not_know_webassembly_will_do(live, browser):
    context = browser.new_context()
    context.route(
        "**/pyodide.asm.wasm",
        lambda route: route.fulfill(
            response=route.fetch(), content_type="application/octet-stream"
        ),
    )
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    go(page, f"{live}{CHAPTER}")
    assert run(page).startswith("Ran")
    assert not [text for text in said if "wasm" in text], said
    context.close()


def test_a_continuation_runs_what_it_continues(started, live):
    visit(started, live, "reference/errata/")
    joined = started.evaluate(
        """async () => {
          const { chain, source } = await import(
            document.querySelector('script[src$="live.js"]').src);
          const first = document.querySelector(".highlight.live");
          const copy = first.cloneNode(true);
          copy.classList.add("continuation");
          copy.querySelector("code").textContent = "print('and', 'more')";
          first.after(copy);
          copy.querySelector(".live-bar [data-live]").click();
          return chain(copy).map(source);
        }"""
    )
    assert len(joined) == 2
    assert joined[1] == "print('and', 'more')"
    assert ended(started, 1).startswith("Ran")
    assert panel(started).locator(".live-out").inner_text() == "and more\n"
    assert started.problems == []


@pytest.mark.parametrize("width", [400, 1280])
def test_the_keyboard_is_enough(width, started):
    page = started
    page.set_viewport_size({"width": width, "height": 800})
    block(page).locator('[data-live="run"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    block(page).locator("textarea").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("for i in range(2):\nprint(i)")
    page.keyboard.press("Control+Enter")
    assert ended(page).startswith("Ran")
    assert panel(page).locator(".live-out").inner_text() == "0\n1\n"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('.live-bar') !== null"
    )
    wide = page.evaluate(
        "document.scrollingElement.scrollWidth - window.innerWidth"
    )
    assert wide <= 0
    assert page.problems == []


def test_shift_enter_runs_and_moves_on(warm):
    write(warm, "print(1)")
    block(warm).locator("textarea").press("Shift+Enter")
    assert ended(warm).startswith("Ran")
    assert warm.evaluate(
        """document.activeElement.closest(".highlight.live") ===
          document.querySelectorAll(".md-content .highlight.live")[1]"""
    )


def test_what_is_added_to_a_first_view_is_small(live, browser):
    page = browser.new_page()
    found = []
    page.on("response", lambda r: found.append(r))  # noqa: PLW0108
    page.goto(f"{live}{CHAPTER}", wait_until="networkidle")
    own = re.compile(r"/(live|explorable)\.(js|css)$|/js/live/")
    sizes = {
        r.url: len(gzip.compress(r.body())) for r in found if own.search(r.url)
    }
    page.close()
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= 8_000, sizes
