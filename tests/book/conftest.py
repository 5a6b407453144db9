"""The site, built once for all tests of this folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from press import atomic, explorable, exports, figures, site

ROOT = Path(__file__).parents[2]
PARTS = ("docs", "snippets", "src", "mkdocs.yml", "pyproject.toml")
ZONES = {"here": "UTC", "over there": "Asia/Tokyo"}
DRAWN = (
    "docs" / figures.GENERATED,
    "docs" / explorable.PUBLISHED,
    exports.KEPT,
    explorable.PARTS,
)


@pytest.fixture(scope="session")
def cold(once):
    """Two copies of the tree, each built from nothing, side by side."""

    def make(folder):
        builds = [build(folder / name, zone) for name, zone in ZONES.items()]
        said = [run.communicate()[0] for run in builds]
        assert [run.returncode for run in builds] == [0, 0], said
        hand_over(folder / "here")

    return once("cold", make)


@pytest.fixture(scope="session")
def built(request, once):
    """The book built by MkDocs, strictly: a cold build, if there is one."""
    if any(i.path.name == "test_same_bytes.py" for i in request.session.items):
        return request.getfixturevalue("cold") / "here" / "site"

    def make(folder):
        assert site.build(ROOT, ["--site-dir", str(folder)]) == 0

    return once("site", make)


def build(folder, zone):
    """Begin to build a copy of the tree."""
    folder.mkdir(parents=True)
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("generated", "__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return subprocess.Popen(
        [sys.executable, "-m", "press", "build"],
        cwd=folder,
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(folder / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def hand_over(copy):
    """Give a tree that has no drawings yet those of its copy.

    A list of what was drawn comes last: it speaks of files that are there.
    """
    if (ROOT / DRAWN[0] / figures.CACHE).exists():
        return
    for folder in DRAWN:
        made = [p for p in (copy / folder).rglob("*") if p.is_file()]
        for path in sorted(made, key=lambda p: p.name == figures.CACHE):
            target = ROOT / path.relative_to(copy)
            atomic.write(target, path.read_text("utf8"))


@pytest.fixture(scope="session")
def collected():
    """Lines of the fences that pytest collects, by page."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "docs"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {}
    for page, line in re.findall(
        r"docs/(\S+)\.(?:md|py)::.*\[line:(\d+)\]", run.stdout
    ):
        found.setdefault(page, []).append(int(line))
    return found
