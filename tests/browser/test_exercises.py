"""Every coding exercise is graded in the page as it is in the tests."""

import json
import re

import pytest
from playwright.sync_api import expect

from press.book import Book
from press.live import runnable
from press.programs import code_of

from .conftest import ROOT, SKIM, go, visit
from .test_live import block, panel, press, waited, write

pytestmark = pytest.mark.browser

BOOK = Book(ROOT)
PAGES = [
    p
    for p in BOOK.pages
    if any("starter" in f.classes for f in p.fences if f.is_python)
]

# Which program of the page an exercise starts with.
NUMBER = """exercise => [...document.querySelectorAll(
  ".md-content .highlight.live")].indexOf(
  exercise.querySelector(".starter.live"))"""
KEEP = """states => localStorage.setItem(
  "derivable:progress", JSON.stringify(states))"""


@pytest.fixture(scope="module")
def reader(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SKIM)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    yield page
    assert page.problems == []
    context.close()


def graded(page):
    """The exercises of a page that have a check, by their names there."""
    return [
        block.options["name"]
        for block in page.blocks
        if block.kind == "exercise" and code(page, block, "starter")
    ]


def remembered(page, states):
    """What is kept of the exercises of a page."""
    start = f"{page.address}#ex:"
    return {
        name.removeprefix(start): state
        for name, state in states.items()
        if name.startswith(start)
    }


def kept(reader):
    """What the browser keeps of all exercises."""
    return json.loads(
        reader.evaluate("localStorage.getItem('derivable:progress')")
    )


def code(page, exercise, kind):
    for fence in page.fences:
        if kind in fence.classes and exercise.line < fence.line < exercise.end:
            return code_of(ROOT, BOOK.place(page), fence).text
    return None


def checked(reader, number):
    """Press Check; the verdict and what is said of it."""
    status = block(reader, number).locator(".live-status")
    status.evaluate("status => status.textContent = ''")
    press(reader, "check", number)
    said = waited(status, "^(Not|This|It|Right|Stopped)")
    shown = block(reader, number).locator("xpath=following-sibling::*[1]")
    return shown.get_attribute("data-verdict"), f"{said} {shown.inner_text()}"


@pytest.mark.apart
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_starters_fail_and_solutions_pass_in_the_page(page, live, reader):
    visit(reader, live, page.address)
    names = graded(page)
    assert len(names) >= 2
    for exercise in page.blocks:
        name = exercise.options.get("name")
        if exercise.kind != "exercise" or name not in names:
            continue
        starter = code(page, exercise, "starter")
        element = reader.locator(f'[id="ex:{name}"]')
        number = element.evaluate(NUMBER)
        verdict, said = checked(reader, number)
        assert verdict == "blank", (name, said)
        write(reader, starter + "\nchanged = True\n", number)
        verdict, said = checked(reader, number)
        assert verdict in {"wrong", "error"}, (name, said)
        assert element.get_attribute("data-state") == "tried"
        assert element.get_by_text("Show the solution").is_visible()
        write(reader, code(page, exercise, "solution"), number)
        verdict, said = checked(reader, number)
        assert verdict == "right", (name, said)
        assert element.get_attribute("data-state") == "solved"
    assert remembered(page, kept(reader)) == dict.fromkeys(names, "solved")


def test_a_check_loads_what_the_library_imports_late(live, browser):
    page = next(p for p in PAGES if p.name == "calculus/derivatives")
    solution = next(
        code(page, block, "solution")
        for block in page.blocks
        if block.kind == "exercise" and code(page, block, "starter")
    )
    reader = browser.new_page()
    go(reader, f"{live}{page.address}")
    blocks = reader.locator(".md-content .highlight.live")
    expect(blocks).to_have_count(len(runnable(page)), timeout=30_000)
    number = reader.evaluate(
        "[...document.querySelectorAll('.md-content .highlight.live')]"
        ".findIndex((e) => e.matches('.starter'))"
    )
    late = "from derivable.probability import Normal\n\nprint('once')\n"
    late += "assert Normal(0, 1).cdf(0.0) == 0.5\n"
    write(reader, f"{solution}\n{late}", number)
    verdict, said = checked(reader, number)
    assert verdict == "right", said
    assert said.count("once") == 1
    reader.close()


def test_progress_is_shown_exported_imported_and_erased(
    live, reader, tmp_path
):
    """All is solved but one, which is solved here."""
    last = next(p for p in PAGES if p.name == "calculus/derivatives")
    exercise = next(b for b in last.blocks if code(last, b, "starter"))
    every = [f"{p.address}#ex:{name}" for p in PAGES for name in graded(p)]
    one = f"{last.address}#ex:{exercise.options['name']}"
    visit(reader, live, last.address)
    states = {**dict.fromkeys(every, "solved"), one: "tried"}
    reader.evaluate(KEEP, states)
    number = reader.locator(f"[id='{one.partition('#')[2]}']").evaluate(NUMBER)
    write(reader, code(last, exercise, "solution"), number)
    assert checked(reader, number)[0] == "right"
    visit(reader, live, "generated/progress/")
    rows = reader.locator("[data-exercise]")
    named = rows.evaluate_all("rows => rows.map(r => r.dataset.exercise)")
    assert sorted(named) == sorted(every)
    assert len(every) >= 20
    expect(rows).to_have_text(["solved"] * len(every))
    assert re.fullmatch(
        r"(\d+) of \1 solved",
        reader.locator("[data-chapter]").first.inner_text(),
    )
    with reader.expect_download() as download:
        reader.get_by_role("button", name="Export").click()
    path = tmp_path / "progress.json"
    download.value.save_as(path)
    states = json.loads(path.read_text("utf8"))
    assert states == dict.fromkeys(every, "solved")
    reader.get_by_role("button", name="Erase").click()
    reader.get_by_role("button", name="Erase").click()
    assert rows.first.inner_text() == ""
    assert reader.locator("[data-chapter]").first.inner_text()[:4] == "0 of"
    states["unknown#ex:x"] = "solved"
    path.write_text(json.dumps(states), "utf8")
    reader.set_input_files("input[type=file]", path)
    reader.get_by_text(f"Imported {len(every)} exercises").wait_for()
    assert rows.first.inner_text().endswith("solved")
    path.write_text("no progress", "utf8")
    reader.set_input_files("input[type=file]", path)
    reader.get_by_text("holds no progress").wait_for()


def test_hints_come_one_at_a_time(live, browser):
    page = browser.new_page()
    for chapter in PAGES:
        go(page, live + chapter.address)
        several = page.locator(".exercise:has(.hint ~ .hint)")
        if several.count():
            hints = several.first.locator("details.hint")
            assert hints.nth(0).is_visible()
            assert not hints.nth(1).is_visible()
            hints.nth(0).locator("summary").click()
            assert hints.nth(1).is_visible()
            break
    else:
        pytest.fail("no exercise has two hints")
    page.close()


def test_a_failing_input_and_a_shape_are_named(live, browser):
    page = browser.new_page()
    go(page, f"{live}calculus/derivatives/")
    number = page.locator(".exercise:has(.starter.live)").first.evaluate(
        NUMBER
    )
    write(page, "def slope(f, x, h=1e-5):\n    return [1.0, 2.0]\n", number)
    verdict, said = checked(page, number)
    assert verdict == "wrong"
    assert "the check misses a definition: name 'np'" in said
    write(
        page,
        "import numpy as np\n\n\ndef slope(f, x, h=1e-5):\n"
        "    return np.array([1.0, 2.0])\n",
        number,
    )
    verdict, said = checked(page, number)
    assert verdict == "wrong"
    assert "slope(exp, 0) has shape (2,), expected ()" in said
    write(page, "def slope(f, x, h=1e-5)\n    return 1\n", number)
    verdict, said = checked(page, number)
    assert verdict == "syntax"
    assert "See line 1" in said
    assert panel(page).is_visible()
    page.close()
