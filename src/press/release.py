"""The library as a distribution: its sdist, its wheel, and what a tag needs.

The wheel is built from the unpacked sdist, so what a reader of the sources
builds is what pip installs. The same tree gives the same bytes.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from press.nav import repo_url, settings
from press.problems import PressError, Problem

PROJECT = Path("pyproject.toml")
CHANGES = Path("CHANGELOG.md")
FOLDER = Path("dist")
BUILD = "import sys, hatchling.build as b; b.build_{kind}(sys.argv[1])"
HEADING = r"(?m)^## {version} \((\d{{4}}-\d\d-\d\d)\)$"


class Built(NamedTuple):
    """The two files of a release."""

    sdist: Path
    wheel: Path


def main(argv: Sequence[str]) -> int:
    """Build, say what was built, and refuse a tag that may not be released."""
    parser = argparse.ArgumentParser(prog="press release")
    parser.add_argument(
        "tag", nargs="?", default="",
        help="the tag to be released, as in v0.1.0; without it nothing is "
        "asked of version, changelog and addresses",
    )  # fmt: skip
    parser.add_argument(
        "--project", type=Path, default=Path(),
        help="the folder of the project, if it is not this one",
    )  # fmt: skip
    options = parser.parse_args(argv)
    tag = options.tag
    root = Path.cwd() / options.project
    if tag and (found := list(problems(root, tag))):
        raise PressError(found)
    folder = FOLDER / options.project.name
    shutil.rmtree(folder, ignore_errors=True)
    for path in build(root, Path.cwd() / folder):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{digest}  {folder / path.name}")  # noqa: T201
    return 0


def build(root: Path, folder: Path) -> Built:
    """The sdist of the tree at `root`, and the wheel of that sdist.

    Raises:
        PressError: if the settings of the project give none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    built("sdist", root, folder)
    (sdist,) = folder.glob("*.tar.gz")
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(sdist) as archive:
            # NB: the first releases of Python 3.11 have no filters.
            archive.extraction_filter = getattr(
                tarfile, "data_filter", lambda member, _path: member
            )
            archive.extractall(place)  # noqa: S202  (just written)
        (tree,) = Path(place).iterdir()
        built("wheel", tree, folder)
    (wheel,) = folder.glob("*.whl")
    return Built(sdist, wheel)


def built(kind: str, root: Path, folder: Path) -> None:
    """Have the back end build one of the two from the tree at `root`.

    Raises:
        PressError: if it refuses.
    """
    command = [sys.executable, "-P", "-c", BUILD.format(kind=kind)]
    environment = dict(os.environ)
    environment.pop("SOURCE_DATE_EPOCH", None)  # it would be every file's time
    done = subprocess.run(  # noqa: S603
        [*command, str(folder.absolute())],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["nothing is said"]
        what = f"no {kind} can be built: {said[0]}"
        raise PressError(Problem(PROJECT, 1, what, "mend the settings"))


def problems(root: Path, tag: str) -> Iterator[Problem]:
    """Why the tree at `root` may not be released under a tag."""
    text = (root / PROJECT).read_text("utf8")
    project = tomllib.loads(text)["project"]
    version = project["version"]
    if tag != f"v{version}":
        line = _line(text, "version =")
        what = f"the tag is {tag} and the version {version}"
        yield Problem(PROJECT, line, what, f"tag v{version}")
    changes = (root / CHANGES).read_text("utf8")
    if not re.search(HEADING.format(version=re.escape(version)), changes):
        line = _line(changes, f"## {version}")
        what = f"{version} has no day of release"
        fix = f'head its changes "## {version} (YYYY-MM-DD)"'
        yield Problem(CHANGES, line, what, fix)
    yield from _elsewhere(root, text, project.get("urls", {}))


def _elsewhere(root: Path, text: str, urls: Any) -> Iterator[Problem]:
    """Addresses that are not those of the site and of its sources."""
    site = str(settings(root).get("site_url") or "")
    for name, address in (("Documentation", site), ("Source", repo_url(root))):
        if urls.get(name, "") != address:
            what = f"{name} is {urls.get(name)!r}, and the site's settings "
            what += f"say {address!r}"
            fix = "a release states where its own book is"
            yield Problem(PROJECT, _line(text, f"{name} ="), what, fix)


def _line(text: str, start: str) -> int:
    """The first line that starts so, or the first of all."""
    lines = text.splitlines()
    return next((n for n, s in enumerate(lines, 1) if s.startswith(start)), 1)
