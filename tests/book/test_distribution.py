"""The library as pip installs it: its files, its facts, and a fresh use."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.metadata import Metadata
from trove_classifiers import classifiers

from press import live, nav, release
from press.compare import difference

ROOT = Path(__file__).parents[2]
README = ROOT / "src" / "derivable" / "README.md"
TEXT = README.read_text("utf8")
PROGRAM = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
PROGRAMS = PROGRAM.findall(TEXT)
SOURCES = {
    path.relative_to(ROOT / "src").as_posix()
    for path in (ROOT / "src" / "derivable").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}
USER = """\
import numpy as np

from derivable.calculus import grad
from derivable.linalg import lstsq

A = np.eye(2)
x: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = lstsq(A, [1.0, 2.0]).x
step = grad(lambda w: w @ w)(x)
reveal_type(lstsq(A, x).rank)
lstsq(A, x).rnak
lstsq(A, x, rtol="small")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The two files of a release of this tree."""
    return release.build(ROOT, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def python(built, tmp_path_factory):
    """An interpreter whose library is the wheel and nothing of this tree.

    What the library requires is lent by the environment of the tests.
    """
    folder = tmp_path_factory.mktemp("fresh")
    command = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(command, check=True)
    python = folder / "bin" / "python"
    install = ["--no-index", "--no-deps", "--no-compile", "--quiet"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check",
         "--python", python, "install", *install, built.wheel],
        check=True, cwd=folder,
    )  # fmt: skip
    (packages,) = folder.glob("lib/python*/site-packages")
    path = sysconfig.get_path("purelib")
    (packages / "lent.pth").write_text(path + "\n", "utf8")
    return python


def run(python, *words):
    """What it prints, in a folder where no source lies."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [python, *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=python.parent,
        env=environment,
    )
    assert done.stderr == ""
    return done.stdout


def facts(text):
    """The metadata, refused if an index would refuse it."""
    return Metadata.from_email(text, validate=True)


def held(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def stated(wheel):
    files = held(wheel)
    (text,) = (files[n] for n in files if n.endswith(".dist-info/METADATA"))
    return facts(text)


def test_the_same_tree_in_another_folder_gives_the_same_bytes(built, tmp_path):
    copy = tmp_path / "elsewhere"
    names = ("pyproject.toml", "LICENSE", ".gitignore", "src/derivable")
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, copy / name, copy_function=shutil.copy
            )
        else:
            shutil.copy(ROOT / name, copy / name)
    for path in (p for p in copy.rglob("*") if p.is_file()):
        path.chmod(0o600)
        os.utime(path, (1e9, 1e9))
    again = release.build(copy, tmp_path / "dist")
    for one, other in zip(built, again, strict=True):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes()


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_tree(built, tmp_path):
    release.built("wheel", ROOT, tmp_path)
    (wheel,) = tmp_path.iterdir()
    assert wheel.name == built.wheel.name
    assert wheel.read_bytes() == built.wheel.read_bytes()


def test_the_wheel_holds_the_library_its_licence_and_nothing_else(built):
    info = f"{'-'.join(built.wheel.name.split('-')[:2])}.dist-info"
    files = held(built.wheel)
    assert "derivable/py.typed" in files
    assert set(files) == SOURCES - {"derivable/README.md"} | {
        f"{info}/{name}"
        for name in ("METADATA", "RECORD", "WHEEL", "licenses/LICENSE")
    }
    licence = (ROOT / "LICENSE").read_bytes()
    assert files[f"{info}/licenses/LICENSE"] == licence
    for name in SOURCES - {"derivable/README.md"}:
        assert files[name] == (ROOT / "src" / name).read_bytes(), name


def test_the_sdist_holds_what_the_wheel_is_built_from(built):
    top = built.sdist.name.removesuffix(".tar.gz")
    own = {"PKG-INFO", "pyproject.toml", "LICENSE", ".gitignore"}
    with tarfile.open(built.sdist) as archive:
        names = {member.name for member in archive if member.isfile()}
    assert names == {f"{top}/{name}" for name in own} | {
        f"{top}/src/{name}" for name in SOURCES
    }


def test_the_site_serves_the_same_modules(built, tmp_path):
    (tmp_path / "served.whl").write_bytes(live.library(ROOT).data)
    served = held(tmp_path / "served.whl")
    published = held(built.wheel)
    for files in (served, published):
        for name in [n for n in files if ".dist-info/" in n]:
            del files[name]
    assert served == published


def test_an_index_accepts_what_is_stated(built, tmp_path):
    said = stated(built.wheel)
    top = built.sdist.name.removesuffix(".tar.gz")
    with tarfile.open(built.sdist) as archive:
        text = archive.extractfile(f"{top}/PKG-INFO").read()
    assert facts(text).as_rfc822().as_bytes() == said.as_rfc822().as_bytes()
    assert said.description == TEXT
    assert said.description_content_type == "text/markdown"
    assert said.license_expression == "MIT"
    assert "Typing :: Typed" in said.classifiers
    assert set(said.classifiers) <= classifiers
    served = tmp_path / "served.whl"
    served.write_bytes(live.library(ROOT).data)
    served = stated(served)
    for name in ("version", "requires_dist", "requires_python"):
        assert getattr(served, name) == getattr(said, name)


def test_the_pythons_that_are_stated_are_those_that_are_tested(built):
    text = (ROOT / ".github/workflows/book.yml").read_text("utf8")
    job = yaml.safe_load(text)["jobs"]["test"]
    tested = job["strategy"]["matrix"]["python"]
    start = "Programming Language :: Python :: 3."
    said = [c for c in stated(built.wheel).classifiers if c.startswith(start)]
    assert said == [f"{start[:-2]}{version}" for version in tested]
    assert f"Python {tested[0]} to Python {tested[-1]}." in TEXT


def test_who_publishes_runs_nothing_of_this_tree_and_waits_for_approval():
    text = (ROOT / ".github/workflows/release.yml").read_text("utf8")
    jobs = yaml.safe_load(text)["jobs"]
    may = {name: set(job["permissions"]) for name, job in jobs.items()}
    assert may == {"build": {"contents"}, "publish": {"id-token"}}
    build, publish = jobs["build"], jobs["publish"]
    assert publish["needs"] == ["build"]
    assert publish["environment"]["name"] == "pypi"
    used = [step["uses"].split("@")[0] for step in publish["steps"]]
    assert used == ["actions/download-artifact", "pypa/gh-action-pypi-publish"]
    assert publish["steps"][1]["with"]["attestations"] is True
    commands = [step["run"] for step in build["steps"] if "run" in step]
    assert commands[0] == 'make dist TAG="$GITHUB_REF_NAME"'
    assert commands[-1] == "make test-wheel"
    kept, got = build["steps"][-1], publish["steps"][0]
    assert kept["with"]["name"] == got["with"]["name"]


def test_addresses_are_those_of_the_site(built, monkeypatch, tmp_path):
    for name in ("DERIVABLE_SITE_URL", "DERIVABLE_REPO_URL"):
        monkeypatch.delenv(name, raising=False)
    urls = stated(built.wheel).project_urls
    assert urls["Documentation"] == nav.settings(ROOT)["site_url"]
    assert urls["Source"] == nav.repo_url(ROOT)
    for name in ("Changelog", "Issues"):
        assert urls[name].startswith(urls["Source"])
    assert urls["Documentation"] in TEXT
    assert live.wheel_address(ROOT, urls["Documentation"]) in TEXT
    monkeypatch.setenv("DERIVABLE_SITE_URL", "https://example.org/fork/")
    (tmp_path / "served.whl").write_bytes(live.library(ROOT).data)
    assert stated(tmp_path / "served.whl").project_urls == {
        "Documentation": "https://example.org/fork/"
    }


def test_who_cites_it_cites_the_version_and_addresses_of_the_package(built):
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf8"))
    said = stated(built.wheel)
    assert cited["version"] == str(said.version)
    assert cited["url"] == said.project_urls["Documentation"]
    assert cited["repository-code"] == said.project_urls["Source"]


def test_links_of_the_readme_lead_somewhere_on_an_index_too():
    links = re.findall(r"\]\((.*?)\)", TEXT)
    assert len(links) >= 3
    assert [link for link in links if not link.startswith("https://")] == []


def test_the_readme_names_every_part():
    named = set(re.findall(r"^\| `derivable\.(\w+)`", TEXT, re.MULTILINE))
    found = {
        name.split("/")[1].removesuffix(".py")
        for name in SOURCES
        if name.count("/") == 1 or name.endswith("/__init__.py")
    }
    public = {n for n in found if not n.startswith("_")}
    assert named == public - {"errors", "py.typed", "README.md"}


def test_it_is_imported_from_where_it_was_installed(python):
    said = run(python, "-c", "import derivable; print(derivable.__file__)")
    assert Path(said.strip()).is_relative_to(python.parents[1])


def test_it_says_its_version_and_the_address_of_its_book(python, built):
    said = stated(built.wheel)
    assert run(python, "-m", "derivable") == (
        f"derivable {said.version}\n"
        f"The book: {said.project_urls['Documentation']}\n"
    )


@pytest.mark.parametrize("number", range(TEXT.count("```python")))
def test_the_programs_of_the_readme_print_what_it_shows(python, number):
    program, shown = PROGRAMS[number]
    printed = run(python, "-W", "error", "-c", program)
    assert difference(printed, shown) is None


def test_the_program_of_a_user_is_checked_by_its_types(python, tmp_path):
    (tmp_path / "user.py").write_text(USER, "utf8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=",
         "--python-executable", python, "--no-pretty", "--no-color-output",
         "--cache-dir", tmp_path / "cache", "user.py"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    lines = USER.splitlines()
    found = {
        lines[int(line) - 1]: said
        for line, said in re.findall(r"user\.py:(\d+): (.*)", done.stdout)
    }
    assert list(found) == lines[-3:]
    right, misspelt, wrong = found.values()
    assert "note: " in right
    assert '"int"' in right
    assert "[attr-defined]" in misspelt
    assert "[arg-type]" in wrong
