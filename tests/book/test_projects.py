"""All projects: read by jupytext as by the press, and complete."""

from pathlib import Path

import jupytext
import pytest
from bs4 import BeautifulSoup

from press import pictures
from press.book import Book
from press.programs import role

ROOT = Path(__file__).parents[2]
PROJECTS = Book(ROOT).projects


def test_there_are_projects():
    assert PROJECTS


@pytest.mark.parametrize("page", PROJECTS, ids=lambda p: p.name)
def test_jupytext_reads_the_cells_that_the_press_reads(page):
    text = (ROOT / "docs" / page.source).read_text("utf8")
    cells = jupytext.reads(text, fmt="py:percent").cells[1:]  # the header
    places = [line for line in text.splitlines() if line.startswith("# %%")]
    assert len(cells) == len(places)
    typed = [f for f in page.fences if "formula" not in f.classes]
    code = [c.source for c in cells if c.cell_type == "code"]
    assert code == [f.body.rstrip() for f in typed if f.is_python]
    printed = [c.source for c in cells if c.cell_type == "raw"]
    assert printed == [f.body.rstrip() for f in typed if f.is_output]


@pytest.mark.parametrize("page", PROJECTS, ids=lambda p: p.name)
def test_every_cell_is_collected_by_the_tests(page, collected):
    run = [
        f.line
        for f in page.fences
        if f.is_python and role(page, f) != "notest"
    ]
    assert collected[page.name] == run


@pytest.mark.parametrize("page", PROJECTS, ids=lambda p: p.name)
def test_the_solved_notebook_is_read_on_the_site(page, built):
    path = built / "generated" / "solved" / page.path.stem / "index.html"
    html = BeautifulSoup(path.read_text("utf8"), "html.parser")
    article = html.select_one("article")
    code = "\n".join(c.get_text() for c in article.select(".highlight"))
    for fence in page.fences:
        if "solution" in fence.classes:
            assert fence.body in code
    for block in article.select(".highlight"):
        block.decompose()
    assert article.select("math")
    assert not article.select("script, style")
    assert "import " not in article.get_text()  # no second copy of the code


@pytest.mark.parametrize("page", PROJECTS, ids=lambda p: p.name)
def test_a_project_offers_its_notebooks(page, built):
    path = built / page.address / "index.html"
    html = BeautifulSoup(path.read_text("utf8"), "html.parser")
    saved = html.select(".notebook-links a[download]")
    assert len(saved) == 2
    for link in saved:
        assert (path.parent / link["href"]).resolve().is_file()


@pytest.mark.parametrize("page", PROJECTS, ids=lambda p: p.name)
def test_a_project_shows_its_end_and_its_pictures(page):
    sections = [h.text for h in page.headings if h.level == 2]
    assert sections[0] == "What you will have at the end"
    assert pictures.of(page)
