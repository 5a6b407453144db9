"""Another project, with the press as its wheel, in a fresh environment.

Nothing of this tree is there but the wheel; what it requires is lent by the
environment of the tests. The pages of the project are run there, not here.
"""

import functools
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from press import release

collect_ignore = ["project"]
ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "press"
PROJECT = Path(__file__).parent / "project"


@pytest.fixture(scope="session")
def wheel(once):
    """The press as it is installed."""
    return next(once("press", _built).glob("*.whl"))


def _built(folder):
    release.build(SOURCE, folder)


@pytest.fixture(scope="session")
def environment(once, wheel):
    """A fresh environment with the wheel in it."""

    def make(folder):
        command = [sys.executable, "-m", "venv", "--without-pip", folder]
        subprocess.run(command, check=True)
        options = ["--no-index", "--no-deps", "--no-compile", "--quiet"]
        subprocess.run(
            [sys.executable, "-m", "pip", "--disable-pip-version-check",
             "--python", folder / "bin" / "python", "install", *options,
             wheel],
            check=True,
        )  # fmt: skip
        (packages,) = folder.glob("lib/python*/site-packages")
        lent = sysconfig.get_path("purelib")
        (packages / "lent.pth").write_text(f"{lent}\n", "utf8")

    return once("foreign-environment", make)


def _run(environment, project, *words, code=0):
    """What a command of the environment says in the project."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST", "PRESS", "DERIVABLE"))
    }
    done = subprocess.run(
        [environment / "bin" / "python", "-P", "-m", *words],
        cwd=project,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


@pytest.fixture
def project(tmp_path):
    """A copy of the project, to be changed."""
    return shutil.copytree(PROJECT, tmp_path / "project")


@pytest.fixture(scope="session")
def built(once, environment):
    """The project, built by both engines."""

    def make(folder):
        shutil.copytree(PROJECT, folder)
        for engine in ("mkdocs", "zensical"):
            _run(
                environment, folder, "press", "build", "--engine", engine,
                "--site-dir", engine,
            )  # fmt: skip

    return once("foreign-project", make)


@pytest.fixture
def run(environment, project):
    """Run a command in the copy of the project; what it says."""
    return functools.partial(_run, environment, project)
