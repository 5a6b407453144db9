import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from press import new
from press.book import Book
from press.lint import check
from press.problems import PressError

ROOT = Path(__file__).parents[2]
TREES = ("docs", "snippets", "src", "tests")


@pytest.fixture
def copy(tmp_path):
    """The book as it is, to add a chapter to."""
    ignored = shutil.ignore_patterns("generated", "__pycache__", "browser")
    for tree in TREES:
        shutil.copytree(ROOT / tree, tmp_path / tree, ignore=ignored)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(copy, *command):
    return subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_chapter_passes_every_guard_except_that_it_is_unwritten(copy):
    """One in a part that there is, and one that opens a part."""
    chapters = ["calculus/heat_flow", "sets/unions"]
    before = {str(p) for p in check(Book(copy))}
    written = [p for chapter in chapters for p in new.write(copy, chapter)]
    said = {str(p) for p in check(Book(copy))} - before
    assert said == {
        f"docs/{chapter}.md:2: unwritten; write it, then delete the status"
        for chapter in chapters
    }
    code = [str(p) for p in written if p.suffix == ".py"]
    for verb in (["check"], ["format", "--check"]):
        done = run(copy, "-m", "ruff", *verb, *code)
        assert done.returncode == 0, done.stdout
    for chapter in chapters:
        part, slug = chapter.split("/")
        pages = [f"docs/{chapter}.md", f"tests/{part}/test_{slug}.py"]
        done = run(
            copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *pages
        )
        assert done.returncode == 0, done.stdout
    draw = (
        "import pathlib, sys; from press import figures; "
        "scripts = [pathlib.Path(name).resolve() for name in sys.argv[1:]]; "
        "figures.draw(pathlib.Path.cwd(), scripts, jobs=1)"
    )
    scripts = [
        f"snippets/{chapter}/figures/{chapter.partition('/')[2]}.py"
        for chapter in chapters
    ]
    done = run(copy, "-c", draw, *scripts)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "chapter",
    ["", "gradients", "calculus/Heat", "calculus/heat-flow", "a/b/c", "a/if"],
)
def test_a_name_that_cannot_be_a_module_is_refused(tmp_path, chapter):
    with pytest.raises(PressError, match="is not a chapter; write part/slug"):
        new.write(tmp_path, chapter)
    assert not list(tmp_path.iterdir())


def test_a_name_that_the_site_uses_is_refused(tmp_path):
    with pytest.raises(PressError, match='"generated" is no part'):
        new.write(tmp_path, "generated/heat")


def test_a_chapter_that_exists_is_left_alone(copy):
    page = copy / "docs/calculus/gradients.md"
    before = page.read_text("utf8")
    with pytest.raises(PressError, match=r"gradients\.md:1: exists already"):
        new.write(copy, "calculus/gradients")
    assert page.read_text("utf8") == before


def test_a_chapter_of_several_modules_exists_too(copy):
    (copy / "docs/calculus/autodiff.md").unlink()
    with pytest.raises(PressError, match="calculus/autodiff:1: exists"):
        new.write(copy, "calculus/autodiff")


def test_public_names_stay_sorted():
    init = (
        '"""Part."""\n\nfrom derivable.a.b import Big, small\n'
        'from derivable.a.d import other\n\n__all__ = ["Big", "other", '
        '"small"]\n'
    )
    text = new.exported(
        init, Path("src/derivable/a/__init__.py"), "derivable.a.c", "c_example"
    )
    assert text.index("a.b") < text.index("a.c") < text.index("a.d")
    names = [x.strip(' ",') for x in text.splitlines() if x.startswith("    ")]
    assert names == ["Big", "c_example", "other", "small"]
