"""Old addresses lead on, and what leads nowhere is a problem."""

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from press import moved, site
from press.book import Book
from press.lint import check
from press.problems import PressError

ROOT = Path(__file__).parents[2]
HEAD = "---\ntitle: {0}\ndescription: {1}\n---\n\n# {0}\n\n"
ABOUT = "A page of a small book whose pages and places have moved about."
FILES = {
    "mkdocs.yml": "site_name: Small\nsite_url: https://small.example/book/\n"
    "theme:\n  name: material\n  language: en\n"
    "plugins: [search]\n"
    "markdown_extensions: [press.extension, press.math, attr_list]\n"
    "nav:\n  - index.md\n  - part/new.md\n  - part/stays.md\n",
    "docs/index.md": HEAD.format("Small", ABOUT) + "Hello.\n",
    "docs/part/new.md": HEAD.format("New", ABOUT)
    + "## Chain\n\n$$\nx = x \\label{def:one}\n$$\n\nSee \\eqref{def:one}.\n",
    "docs/part/stays.md": HEAD.format("Stays", ABOUT) + "## Here\n\nText.\n",
    "pyproject.toml": """\
[tool.press.moved]
"part/old" = "part/new"
"part/old#rule" = "part/new#chain"
"part/stays#far" = "part/new#def:one"
"old/index" = "part/stays#here"
"first" = "index"
""",
}


@pytest.fixture
def small(tmp_path):
    """A book of three pages of which some places moved."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    scripts = tmp_path / "docs" / "assets" / "js"
    shutil.copytree(ROOT / "src/press/theme/assets/js", scripts)
    return tmp_path


def said(root):
    return [
        str(p) for p in check(Book(root)) if p.path.name == "pyproject.toml"
    ]


def test_what_moved_rightly_is_no_problem(small):
    assert said(small) == []


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ('"part/new"', '"part/now"', "no such page; name a page", 2),
        ("#chain", "#link", 'leads to "part/new#link", and there is no', 3),
        ("#def:one", "#def:two", "no such place; name a heading", 4),
        ('"part/old" =', '"part/stays" =', "is there again; delete its", 2),
        ("stays#far", "stays#here", '"part/stays#here" moved, and is t', 4),
        ('"part/new"', '"first"', 'which moved; lead to "index" at once', 2),
        ("new#chain", "stays#far", 'lead to "part/new#def:one" at', 3),
        ("new#chain", "old#rule", 'lead to "part/old#rule" at once', 3),
        ('"part/old" = "part/new"', "", 'say where "part/old" is', 3),
        ('"part/new"', "3", '"part/old" of moved is 3; write a text', 2),
        ('"part/new"', '"../part/new"', "in moved; write", 2),
        ('"part/new"', '"part/new.md"', "in moved; write", 2),
        ('"part/new"', '"part/new#"', "in moved; write", 2),
        ('"part/new"', '"part/new', "no TOML: ", 2),
        ('"part/old#rule"', '"part/old"', "no TOML: ", 3),
    ],
)
def test_what_leads_nowhere_is_named_at_its_line(small, old, new, says, line):
    path = small / "pyproject.toml"
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf8")
    found = said(small)
    assert found, "nothing is said"
    fitting = [f for f in found if says in f]
    assert fitting, found
    assert fitting[0].startswith(f"pyproject.toml:{line}: "), fitting


def test_a_table_that_is_none_is_a_problem(small):
    path = small / "pyproject.toml"
    path.write_text("[tool.press]\nmoved = 3\n", "utf8")
    assert any("moved is 3; write a table of texts" in s for s in said(small))


def test_a_book_without_the_table_has_an_empty_list(small):
    (small / "pyproject.toml").unlink()
    assert said(small) == []
    assert json.loads(moved.packed(Book(small))) == {}


def test_the_script_gets_addresses_of_the_site(small):
    assert json.loads(moved.packed(Book(small))) == {
        "first/": {"": ""},
        "old/": {"": "part/stays/#here"},
        "part/old/": {"": "part/new/", "rule": "part/new/#chain"},
        "part/stays/": {"far": "part/new/#def:one"},
    }


@pytest.mark.parametrize("engine", site.ENGINES)
def test_a_page_that_is_gone_leads_on(small, engine):
    built = small / "built"
    list_ = small / "docs/generated" / moved.PACKED
    list_.parent.mkdir()
    list_.write_text(moved.packed(Book(small)), "utf8")
    assert site.generated(small, built, engine) == 0
    home = "https://small.example/book/"
    for old, way, new in (
        ("part/old", "../new/", "part/new/"),
        ("old", "../part/stays/#here", "part/stays/#here"),
        ("first", "../", ""),
    ):
        text = (built / old / "index.html").read_text("utf8")
        page = BeautifulSoup(text, "html.parser")
        refresh = page.find("meta", {"http-equiv": "refresh"})
        assert refresh["content"] == f"0; url={way}"
        assert refresh.parent.name == "noscript"
        assert page.find("link", rel="canonical")["href"] == home + new
        robots = page.find("meta", {"name": "robots"})
        assert robots["content"] == "noindex"
        assert page.find("a")["href"] == way
        up = "../" * (old.count("/") + 1)
        assert page.find("script")["src"] == f"{up}assets/js/moved.js"
        assert page.find("script").string is None
        policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})
        assert "script-src 'self';" in policy["content"]
        place = (built / old / way.partition("#")[0]).resolve()
        assert (place / "index.html").is_file()
    assert (built / "assets" / "js" / "moved.js").is_file()
    assert json.loads((built / "generated/moved.json").read_text("utf8"))
    sitemap = (built / "sitemap.xml").read_text("utf8")
    assert "/part/new/" in sitemap
    assert not re.search(r"/(?:part/old|book/old|first)/", sitemap)
    (search,) = (built / name for name in SEARCH if (built / name).exists())
    index = search.read_text("utf8")
    assert "part/new/" in index
    assert not re.search(r'"(?:part/old|old|first)/', index)
    written = {p: p.read_bytes() for p in built.rglob("index.html")}
    moved.write(Book(small), built)
    assert written == {p: p.read_bytes() for p in built.rglob("index.html")}


SEARCH = ("search/search_index.json", "search.json")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("part/new#chain", "generated/words#one", "which the site lacks"),
        ("part/new#chain", "generated/terms#two", "which the site lacks"),
        ("part/new#chain", "generated/terms#one", ""),
        ('"first"', '"generated/terms"', "moved, and the site has it"),
    ],
)
def test_the_build_looks_where_lint_cannot(small, old, new, says):
    path = small / "pyproject.toml"
    path.write_text(path.read_text("utf8").replace(old, new, 1), "utf8")
    assert said(small) == []
    built = small / "built"
    for name, html in (
        ("index.html", ""),
        ("part/new/index.html", '<h2 id="chain"></h2><p id="def:one"></p>'),
        ("part/stays/index.html", '<h2 id="here"></h2>'),
        ("generated/terms/index.html", '<span id="one"></span>'),
    ):
        page = built / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<html><body>{html}", "utf8")
    if not says:
        assert len(moved.write(Book(small), built)) == 3
        return
    with pytest.raises(PressError, match=says):
        moved.write(Book(small), built)
    assert not (built / "part" / "old").exists()
