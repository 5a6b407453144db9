"""The latest build of each engine: of what it was made, and what came out.

`press build` notes both. Who needs a site of the tree as it is, the
comparison of the engines or the tests in the browser, takes the one that
stands there if nothing that it was made of has changed since, and nobody
has touched it; else it builds its own.
"""

import hashlib
import json
import os
import platform
import re
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from press import atomic, projects
from press.book import GENERATED
from press.nav import SETTINGS
from press.settings import docs_of, settings_of

NOTED = Path(".press") / "built.json"
VERDICTS = ".press/verdicts"
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
FILES = (
    "mkdocs.yml",
    "pyproject.toml",
    ".press/report.json",
    ".press/mutate.json",
)


def note(root: Path, site: Path, engine: str, of: str) -> None:
    """Write down that `site` was built; `of` are its `inputs` before."""
    entry = {
        "site": str(site.resolve()),
        "inputs": of,
        "outputs": outputs(site),
    }
    noted = {**_load(root), engine: entry}
    text = json.dumps(noted, indent=1, sort_keys=True)
    atomic.write(root / NOTED, text)


def find(root: Path, engine: str) -> Path | None:
    """The site that `engine` built of the tree as it is, if it stands."""
    entry = _load(root).get(engine)
    if entry is None or entry["inputs"] != inputs(root):
        return None
    site = Path(entry["site"])
    same = site.is_dir() and entry["outputs"] == outputs(site)
    return site if same else None


def inputs(root: Path) -> str:
    """A hash of all that a build reads: files, settings and packages."""
    table = settings_of(root)
    ignored = docs_of(root) / GENERATED
    made = projects.written(docs_of(root))
    found = [root / name for name in FILES if (root / name).is_file()]
    for folder in (table.docs, table.snippets, table.code, VERDICTS):
        found += (
            path
            for path in (root / folder).rglob("*")
            if path.is_file()
            and "__pycache__" not in path.parts
            and not path.is_relative_to(ignored)
            and path not in made
        )
    text = _text(root / SETTINGS)
    named = {*VARIABLE.findall(text)}
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    said = [
        platform.python_version(),
        *sorted(path.name for path in packages),
        *sorted(
            f"{name}={value}"
            for name, value in os.environ.items()
            if name in named
        ),
    ]
    return _hash(root, found, said)


def _text(path: Path) -> str:
    return path.read_text("utf8") if path.exists() else ""


def outputs(site: Path) -> str:
    """A hash of every file of a site."""
    return _hash(site, (p for p in site.rglob("*") if p.is_file()), [])


def _hash(root: Path, files: Iterable[Path], said: list[str]) -> str:
    digest = hashlib.sha256("\n".join(said).encode())
    for path in sorted(files):
        content = path.read_bytes()
        place = path.relative_to(root).as_posix()
        digest.update(f"\n{place} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _load(root: Path) -> dict[str, dict[str, str]]:
    path = root / NOTED
    try:
        noted: dict[str, dict[str, str]] = json.loads(path.read_text("utf8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return noted
