"""Notebooks give what the pages show, with the wheel that the site serves.

Run are all projects, solved and with blanks, and the chapter that opens each
part; all other notebooks are read.
"""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest

from press import live, notebooks
from press.book import Book
from press.execute import tolerances
from press.nav import reading_order
from press.programs import output_of, role
from press.run_notebook import problems

ROOT = Path(__file__).parents[2]
BOOK = Book(ROOT)
OFFERED = notebooks.offered(BOOK)
OPENING = list(
    {
        p.path.parts[0]: p
        for p in reversed(reading_order(BOOK))
        if p in OFFERED and not p.is_project
    }.values()
)
SOURCE = re.compile(
    r"///|\.claim|--8<--|\[@|\\eqref|\\label|\\(?:T|R|norm|E)(?![a-zA-Z])"
)
KERNEL = """\
{"argv": ["%s", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
 "display_name": "fresh", "language": "python"}
"""


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """A kernel whose library is the wheel, and nothing else of this tree.

    What the library requires is lent by the environment of the tests.
    """
    folder = tmp_path_factory.mktemp("fresh")
    wheel = live.library(ROOT)
    (folder / wheel.file).write_bytes(wheel.data)
    bare = ["venv", "--without-pip", str(folder / "venv")]
    subprocess.run([sys.executable, "-m", *bare], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = ["pip", "--python", str(python), "install", "--quiet"]
    lone = ["--no-index", "--no-deps", str(folder / wheel.file)]
    subprocess.run([sys.executable, "-m", *pip, *lone], check=True)
    (lent,) = (folder / "venv").glob("lib/python*/site-packages")
    path = sysconfig.get_path("purelib")
    (lent / "lent.pth").write_text(path + "\n", "utf8")
    ask = "import derivable; print(derivable.__file__)"
    said = subprocess.run(
        [python, "-c", ask], check=True, capture_output=True, text=True,
        cwd=folder,
    )  # fmt: skip
    assert Path(said.stdout.strip()).is_relative_to(folder)
    spec = folder / "kernels" / "fresh"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(KERNEL % python, "utf8")
    return folder


def allowed(page):
    """The tolerance of each output of a page, in order."""
    return [
        tolerances(shown)
        for i, f in enumerate(page.fences)
        if f.is_python
        and role(page, f) == "example"
        and (shown := output_of(page, i))
    ]


def executed(folder, page, monkeypatch, *, solved=False):
    path = folder / f"{page.path.stem}.ipynb"
    path.write_text(notebooks.text_of(BOOK, page, solved=solved), "utf8")
    monkeypatch.setenv("JUPYTER_PATH", str(folder))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(folder)
    return problems(path, allowed(page), kernel="fresh")


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("page", OPENING, ids=lambda p: p.name)
def test_a_chapter_runs_from_the_wheel(page, fresh, monkeypatch):
    assert executed(fresh, page, monkeypatch) == []


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("page", BOOK.projects, ids=lambda p: p.name)
def test_a_solved_project_runs_from_the_wheel(page, fresh, monkeypatch):
    assert executed(fresh, page, monkeypatch, solved=True) == []


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("page", BOOK.projects, ids=lambda p: p.name)
def test_the_checks_of_blanks_refuse_them(page, fresh, monkeypatch):
    found = executed(fresh, page, monkeypatch)
    assert not [said for said in found if "a check passes" in said]


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("page", OFFERED, ids=lambda p: p.name)
def test_a_notebook_is_one_and_holds_what_the_page_holds(page):
    text = notebooks.text_of(BOOK, page)
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    code = [c for c in book.cells if c.cell_type == "code"]
    tags = [t for c in code for t in c.metadata.get("tags", [])]
    roles = [role(page, f) for f in page.fences if f.is_python]
    assert tags.count("check") == roles.count("grader")
    assert tags.count("starter") == roles.count("starter")
    assert len(code) - len([t for t in tags if t != "raises-exception"]) == (
        roles.count("example")
    )
    prose = "\n".join(
        c.source for c in book.cells if c.cell_type == "markdown"
    )
    assert SOURCE.findall(notebooks.CODE.sub("", prose)) == []


def test_the_readme_installs_what_the_notebooks_install():
    first = notebooks.Notebook(BOOK, OPENING[0]).install()
    wheel = first.split()[3]
    assert f"pip install {wheel}\n" in (ROOT / "README.md").read_text("utf8")


def test_the_kernel_of_these_tests_is_not_the_book_itself(fresh):
    assert not (ROOT / "src").is_relative_to(fresh)
    assert os.fspath(ROOT) not in (
        fresh / "kernels" / "fresh" / "kernel.json"
    ).read_text("utf8")
