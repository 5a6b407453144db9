"""What pages say about other libraries, beside those libraries."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from book.libraries import census, misspelt
from press import tabs
from press.page import read

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    path.relative_to(DOCS)
    for path in sorted(DOCS.rglob("*.md"))
    if "generated" not in path.parts
]


def promised(path):
    """Of a page's programs with a promise, those that run here."""
    return [
        tab
        for tab in tabs.of(read(DOCS, path))
        if not tab.starts_processes
        and (tab.promises(tabs.USUAL) or tab.promises(tabs.FRAMEWORKS))
    ]


def new():
    """Of a chapter: names by library, how many programs by library."""
    return {}, Counter()


WITH_TABS = [path for path in PAGES if promised(path)]
ABSENT = {
    # tf-keras, which it needs, needs the build of TensorFlow for graphics
    # cards, where this environment has the one without.
    "tensorflow_probability",
    # It compiles with Numba: as large as all the rest, for one word.
    "pymc",
}


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_the_names_on_a_page_are_names_of_the_libraries(path, seen):
    found = census(read(DOCS, path), Path("docs", path))
    assert not [str(problem) for problem in found.problems]
    assert {*found.absent} <= ABSENT
    names, _ = seen.setdefault(path.with_suffix("").as_posix(), new())
    names.update(found.names)


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_letter_too_many_in_a_table_is_noticed(path):
    edits = misspelt(read(DOCS, path), Path("docs", path))
    assert not [f"{place}: {new}" for place, new, seen in edits if not seen]


@pytest.mark.parametrize("path", WITH_TABS, ids=str)
def test_the_programs_of_a_page_run_and_give_what_they_say(path, seen):
    run = subprocess.run(
        [sys.executable, "-m", "press.tabs", path],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != "KERAS_BACKEND"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    programs = promised(path)
    assert run.stdout.splitlines() == [str(program) for program in programs]
    _, runs = seen.setdefault(path.with_suffix("").as_posix(), new())
    runs.update(name for p in programs for name in tabs.libraries(p))
