"""The site, built once for all tests of this folder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from press import site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built(once):
    """The book built by MkDocs, strictly."""

    def make(folder):
        assert site.build(ROOT, ["--site-dir", str(folder)]) == 0

    return once("site", make)


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
        r"docs/(\S+)\.md::.*\[line:(\d+)\]", run.stdout
    ):
        found.setdefault(page, []).append(int(line))
    return found
