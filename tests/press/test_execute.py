import sys
import types

import numpy as np
import pytest

from press.book import Book
from press.execute import PageRun
from press.include import resolve
from press.problems import PressError
from press.programs import role


def lines_of(page, wanted):
    return [
        f.line for f in page.fences if f.is_python and role(page, f) == wanted
    ]


def run_of(root):
    return PageRun(root, Book(root).pages[0])


def test_a_fence_has_the_role_that_its_place_gives_it(tiny):
    page = Book(tiny).pages[0]
    roles = [role(page, f) for f in page.fences if f.is_python]
    assert roles == [
        "example",
        "example",
        "check",
        "check",
        "listing",
        "starter",
        "grader",
        "solution",
    ]


def test_blocks_may_be_run_in_any_order_and_again(tiny):
    run = run_of(tiny)
    lines = lines_of(run.page, "example")
    for line in [lines[1], lines[0], lines[1], lines[1]]:
        run.verify(line)


def test_a_continuation_does_not_run_its_predecessors_again(
    tiny, edit, monkeypatch
):
    edit(
        "print(2 * t)",
        "import tally\n\ntally.runs += 1\nprint(2 * t)",
    )
    tally = types.ModuleType("tally")
    tally.runs = 0
    monkeypatch.setitem(sys.modules, "tally", tally)
    run = run_of(tiny)
    for line in lines_of(run.page, "example"):
        run.verify(line)
    assert tally.runs == 1


def test_an_example_starts_in_a_fresh_namespace(tiny, edit):
    edit("``` {.python continuation}", "``` {.python}")
    run = run_of(tiny)
    with pytest.raises(PressError, match="name 't' is not defined"):
        run.verify(lines_of(run.page, "example")[1])


def test_a_continuation_without_example_says_so(tiny, edit):
    edit(
        "``` {.python}\nimport numpy",
        "``` {.python continuation}\nimport numpy",
    )
    run = run_of(tiny)
    with pytest.raises(PressError, match="no example above it"):
        run.verify(lines_of(run.page, "example")[0])


def test_print_options_and_error_state_do_not_leak(tiny, edit):
    edit(
        "t = np.array",
        "np.set_printoptions(precision=1)\n"
        "np.seterr(all='ignore')\nt = np.array",
    )
    before = np.geterr()
    run = run_of(tiny)
    run.verify(lines_of(run.page, "example")[0])
    assert np.get_printoptions()["precision"] == 8
    assert np.geterr() == before


def test_print_options_reach_the_continuation(tiny, edit):
    edit("t = np.array", "np.set_printoptions(precision=1)\nt = np.array")
    edit("print(t.sum())", "print(t / 3)")
    edit("\n3.0\n", "\n[0.3 0.7]\n")
    run = run_of(tiny)
    for line in lines_of(run.page, "example"):
        run.verify(line)


def test_an_error_in_an_included_file_names_that_file(tiny, edit):
    line = edit(
        "return 2 * x", "return 2 * y", "snippets/slopes/exercises/double.py"
    )
    run = run_of(tiny)
    with pytest.raises(PressError) as caught:
        run.verify(lines_of(run.page, "grader")[0])
    problem = caught.value.problems[0]
    assert problem.path.as_posix().endswith("exercises/double.py")
    assert abs(problem.line - line) <= 4
    assert "NameError" in problem.what


def test_a_check_with_a_mistake_of_its_own_is_no_refusal(tiny, edit):
    edit(
        "assert double(3) == 6",
        "assert dubble(3) == 6",
        "snippets/slopes/exercises/double.py",
    )
    run = run_of(tiny)
    with pytest.raises(PressError, match="the check itself fails"):
        run.verify(lines_of(run.page, "starter")[0])


def test_a_listing_runs_in_the_namespace_of_its_module(tiny, edit):
    edit("return 2 * x", "return FACTOR * x", "src/derivable/tiny.py")
    edit("def double(", "FACTOR = 2\n\n\ndef double(", "src/derivable/tiny.py")
    run = run_of(tiny)
    run.verify(lines_of(run.page, "listing")[0])
    assert "derivable.tiny" in sys.modules


def test_every_claim_after_an_example_is_evaluated(tiny, edit):
    edit(
        '`3.0`{ .claim of="t.sum()" }',
        '`2`{ .claim of="t.size" } and `9.9`{ .claim of="t[0]" } and '
        '`8.8`{ .claim of="t[1]" }',
    )
    run = run_of(tiny)
    with pytest.raises(PressError) as caught:
        run.verify(lines_of(run.page, "example")[1])
    assert [p.what for p in caught.value.problems] == [
        't[0] is 1.0, the page says "9.9"',
        't[1] is 2.0, the page says "8.8"',
    ]


def test_a_listing_with_overloads_is_its_implementation(tiny, edit):
    edit(
        "def double(",
        "from typing import overload\n\n\n@overload\ndef double(x: int) -> "
        "int: ...\n@overload\ndef double(x: str) -> str: ...\ndef double(",
        "src/derivable/tiny.py",
    )
    found = resolve(tiny, "src/derivable/tiny.py:double")
    assert "return 2 * x" in found.text
    assert "overload" not in found.text


def test_a_block_may_ask_for_more_time(tiny, edit):
    edit(
        "``` {.python continuation}", '``` {.python continuation seconds="1"}'
    )
    edit("print(t.sum())", "import time\n\ntime.sleep(9)\nprint(t.sum())")
    run = run_of(tiny)
    with pytest.raises(PressError, match="runs for more than 1 s"):
        run.verify(lines_of(run.page, "example")[1])
