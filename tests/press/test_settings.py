"""The table `[tool.press]`; nothing of a project is said elsewhere."""

import re
from pathlib import Path

import pytest

from press.book import Book
from press.page import read
from press.problems import PressError
from press.settings import Settings, docs_of, settings_of

ROOT = Path(__file__).parents[2]
PRESS = ROOT / "src" / "press"
OWN = {"pyproject.toml", "README.md", "LICENSE"}  # of its distribution


def said(root, table):
    """What is said of a table, one a line."""
    (root / "pyproject.toml").write_text(table, "utf8")
    with pytest.raises(PressError) as error:
        settings_of(root)
    return str(error.value).splitlines()


def test_without_a_table_everything_has_its_usual_place(tmp_path):
    found = settings_of(tmp_path)
    assert vars(found) == vars(Settings())
    assert found.glossary == Path("snippets/glossary.md")
    assert found.reference_list == Path("snippets/references.yml")


@pytest.mark.parametrize("name", ["tide-line", "tide.line"])
def test_the_package_is_that_of_the_project(tmp_path, name):
    for package in ("tide_line", "other"):
        folder = tmp_path / "src" / package
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    assert settings_of(tmp_path).package == ""
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "{name}"\n')
    assert settings_of(tmp_path).package == "tide_line"


def test_the_only_package_needs_no_name(tmp_path):
    assert settings_of(tmp_path).package == ""
    folder = tmp_path / "src" / "tideline"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    assert settings_of(tmp_path).package == "tideline"


def test_a_table_is_read_again_when_it_changes(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.press]\ndocs = "handbook"\n')
    assert docs_of(tmp_path) == tmp_path / "handbook"
    path.write_text('[tool.press]\ndocs = "the handbook"\n')
    assert docs_of(tmp_path) == tmp_path / "the handbook"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("docs = 3", "docs is 3; write a text"),
        ('ordinary = "yes"', "ordinary is 'yes'; write true or false"),
        ('later = "a/b"', "later is 'a/b'; write a list of texts"),
        ("later = [1]", "later is [1]; write a list of texts"),
        (
            "least = {claims = true}",
            '"claims" of least is True; write a whole',
        ),
        ("pages = {a = 1}", '"a" of pages is 1; write a text'),
        ("pages = 1", "pages is 1; write a table of texts"),
        ('folder = "x"', 'has an unknown key "folder"; known are package'),
    ],
)
def test_a_wrong_value_is_named_at_its_line(tmp_path, line, message):
    table = f'[project]\nname = "x"\ndocs = 1\n[tool.press]\n# here\n{line}\n'
    (found,) = said(tmp_path, table)
    assert found.startswith("pyproject.toml:6: [tool.press] ")
    assert message in found


def test_a_wrong_table_is_named_at_its_line(tmp_path):
    (found,) = said(tmp_path, "[tool.press]\n[tool.press.least]\nx = 'a'\n")
    assert found.startswith("pyproject.toml:3: ")
    assert said(tmp_path, "[tool]\n\npress = 1\n") == [
        "pyproject.toml:1: tool.press is none; write a table [tool.press]"
    ]
    (found,) = said(tmp_path, "[tool.press\n")
    assert found.startswith("pyproject.toml:1: no TOML")


def test_a_page_is_called_by_the_folder_of_its_project(tmp_path):
    folder = tmp_path / "the" / "handbook"
    folder.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.press]\ndocs = "the/handbook"\n'
    )
    (folder / "a.md").write_text("# A\n")
    (tmp_path / "README.md").write_text("# B\n")
    (page,) = Book(tmp_path).pages
    assert page.place == Path("the/handbook/a.md")
    assert read(tmp_path, Path("README.md")).place == Path("README.md")


def lines_of_the_press():
    """Place and text of each line that a project gets to see the work of."""
    for path in sorted(PRESS.rglob("*")):
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        if path.suffix == ".woff2" or path.name in OWN:
            continue
        place = path.relative_to(PRESS).as_posix()
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            yield f"{place}:{number}", line


def test_the_press_knows_no_book_by_name():
    """Its own distribution is called after the book; nothing else is."""
    found = [
        place
        for place, line in lines_of_the_press()
        if "derivable" in line.lower()
    ]
    assert not found


FOLDER = re.compile(r"""["'/](?:docs|snippets|src)["'/]""")
OTHERWISE = re.compile(
    r"""\[["']src["']\]|set\(["']src["']"""  # of an image
    r"""|^ +"snippets": table\.snippets,$"""
)


def test_the_press_knows_no_folder_by_name():
    found = [
        place
        for place, line in lines_of_the_press()
        if place.partition(":")[0].endswith((".py", ".tmpl"))
        and not place.startswith("settings.py")
        and FOLDER.search(OTHERWISE.sub("", line))
    ]
    assert not found
