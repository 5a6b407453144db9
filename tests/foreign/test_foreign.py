"""The press in another project: its wheel, another layout, both engines."""

import os
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "press"
SITE = ("index.html", "waves/index.html")


def test_the_wheel_holds_what_a_site_loads(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {*archive.namelist()}
    wanted = {
        f"press/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.name not in {"pyproject.toml", "README.md", "LICENSE"}
    }
    assert wanted == {name for name in names if name.startswith("press/")}
    assert any(name.endswith(".woff2") for name in wanted)
    others = {name.partition("/")[0] for name in names} - {"press"}
    assert {name.rpartition(".")[2] for name in others} == {"dist-info"}


def test_the_licence_is_that_of_the_tree():
    assert (SOURCE / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_what_it_requires_is_what_the_tree_installs():
    """No library of a wheel is another one than that of the lock."""
    own = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf8"))
    tree = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    extras = own["project"]["optional-dependencies"]
    groups = tree["dependency-groups"]
    known = {
        *(x for x in (*groups["book"], *groups["test"]) if isinstance(x, str)),
        *(x for x in groups["library"] if isinstance(x, str)),
        *tree["project"]["dependencies"],
    }
    asked = {
        *own["project"]["dependencies"],
        *(x for more in extras.values() for x in more),
    }
    assert asked <= known


def test_the_press_is_that_of_the_wheel(environment, project):
    code = (
        "import press, press.settings; print(press.settings.__file__);"
        "from press import Book, Page, PageRun, PressError, Problem, check;"
        "print(len(check(Book(__import__('pathlib').Path.cwd()))))"
    )
    done = subprocess.run(
        [environment / "bin" / "python", "-P", "-c", code],
        cwd=project, capture_output=True, text=True, check=True,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
    )  # fmt: skip
    place, count = done.stdout.split()
    assert place.startswith(str(environment))
    assert count == "0"
    script = environment / "bin" / "press"
    assert (
        subprocess.run([script, "lint"], cwd=project, check=False).returncode
        == 0
    )


def test_every_block_is_run_and_compared(run):
    said = run("pytest", "-q")
    assert re.search(r"\b6 passed", said), said


@pytest.mark.parametrize(
    ("edit", "page"),
    [
        (("handbook/index.md", "water: -2.0", "water: -3.0"), "index"),
        (("handbook/index.md", "`-2.0`{", "`-2.5`{"), "index"),
        (("handbook/waves.md", "2 a b", "3 a b"), "waves"),
        (("lib/tideline/__init__.py", "np.cos", "np.sin"), "index"),
    ],
)
def test_a_mistake_fails_at_its_line(run, project, edit, page):
    name, old, new = edit
    path = project / name
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf8")
    said = run("pytest", "-q", code=1)
    assert re.search(rf"handbook/{page}\.md:\d+: ", said), said


def test_lint_names_a_setting_that_is_none(run, project):
    path = project / "pyproject.toml"
    path.write_text(path.read_text("utf8").replace("docs =", "doks ="))
    said = run("press", "lint", code=1)
    assert said.startswith("pyproject.toml:8: [tool.press] has an unknown key")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_site_has_what_its_pages_load(built, engine):
    site = built / engine
    for name in SITE:
        page = site / name
        text = page.read_text("utf8")
        loaded = re.findall(r'(?:src|href)="([^"#?]+\.(?:js|css|woff2))', text)
        own = [x for x in loaded if "assets/js" in x or "assets/css" in x]
        assert len(own) >= 7
        assert [x for x in loaded if not (page.parent / x).exists()] == []
    waves = (site / SITE[1]).read_text("utf8")
    assert "<math" in waves
    assert "wave.light.svg" in waves
    index = (site / SITE[0]).read_text("utf8")
    assert "tideline" in index
    assert "derivable" not in (index + waves).lower()


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_browser_gets_the_package_of_the_project(built, engine):
    (found,) = (built / engine / "generated" / "live").glob("tideline-*.whl")
    with zipfile.ZipFile(found) as archive:
        assert "tideline/__init__.py" in archive.namelist()
