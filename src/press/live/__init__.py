"""What the pages load when a reader presses Run.

Pyodide comes from where `extra: pyodide` of `mkdocs.yml` says: its own
address, or a folder of the site. The rest is written into
``generated/live`` by the build: the library of this very build as a
wheel, the pure Python packages that the pages import, the kernel, and a
list that says what each of them weighs and hashes to.
"""

import base64
import functools
import hashlib
import importlib.metadata
import io
import json
import math
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press import formulas
from press.book import Book
from press.live import kernel
from press.nav import settings
from press.page import Fence, Page
from press.problems import PressError, Problem
from press.programs import code_of, role
from press.settings import docs_of, project_of, settings_of, source_of

FOLDER = Path("generated") / "live"  # of the folder of the pages
HERE = Path(__file__).parent
LOCK = HERE / "pyodide-lock.json"
OWN = "press"
RUNNABLE = {"example", "check", "starter"}
NAME = re.compile(r"^[\w.-]+")
CDN = "https://cdn.jsdelivr.net/pyodide/v{}/full/"
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Wheel:
    """A pure Python package that the site serves itself."""

    name: str
    file: str
    data: bytes
    needs: tuple[str, ...]


@functools.cache
def release() -> dict[str, Any]:
    """The pinned release of Pyodide: its files and its packages."""
    facts: dict[str, Any] = json.loads(LOCK.read_text("utf8"))
    return facts


def address(root: Path) -> str:
    """Where Pyodide is loaded from: an address, or a folder of the site."""
    extra = settings(root).get("extra") or {}
    there = CDN.format(release()["info"]["version"])
    return str(extra.get("pyodide") or settings_of(root).pyodide or there)


def write(root: Path) -> None:
    """Write everything that the pages load, if it changed."""
    book = Book(root)
    ours = [library(root)] if book.settings.package else []
    wheels = [*ours, reader(), *others(book)]
    facts = release()
    index = {
        "pyodide": address(root),
        "library": book.settings.package,
        "core": facts["core"],
        "wheels": {
            w.name: {
                "file": w.file,
                "size": len(w.data),
                "sha256": hashlib.sha256(w.data).hexdigest(),
                "needs": list(w.needs),
            }
            for w in wheels
        },
        "packages": {
            name: {"imports": p["imports"], "size": size_of([name])}
            for name, p in facts["packages"].items()
        },
    }
    lock = {"info": facts["info"], "packages": facts["packages"]}
    files = {
        "live.json": packed_index(index),
        "pyodide-lock.json": packed_index(lock),
        "kernel.py": (HERE / "kernel.py").read_bytes(),
        **{w.file: w.data for w in wheels},
    }
    folder = docs_of(root) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def packed_index(value: object) -> bytes:
    """A list as it is written, the same bytes for the same list."""
    return (json.dumps(value, sort_keys=True) + "\n").encode()


def library(root: Path) -> Wheel:
    """The reference implementation as it stands, as a wheel."""
    table = settings_of(root)
    files = {
        path.relative_to(source_of(root)).as_posix(): path.read_bytes()
        for path in sorted((root / table.library).rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.suffix != ".md"
    }
    version, said, needs = _facts(root, table.package)
    if site := settings(root).get("site_url"):
        said.append(f"Project-URL: Documentation, {site}")
    # NB: what else it needs is loaded when it asks for it: see the kernel.
    first = ("numpy",) if "numpy" in needs else ()
    return _wheel(table.package, version, files, first, said)


def _facts(root: Path, package: str) -> tuple[str, list[str], list[str]]:
    """Version, metadata and requirements of an installed package.

    Of one that only stands in its folder: what `[project]` says.
    """
    top, project = package.partition(".")[0], project_of(root)
    # NB: an editable installation says of no module that it is its own.
    names = distributions().get(top) or [str(project.get("name", top))]
    try:
        facts = importlib.metadata.metadata(names[0])
    except importlib.metadata.PackageNotFoundError:
        needs = _required(project.get("dependencies", ()))
        return str(project.get("version", "0")), [], needs
    said = [
        f"{key}: {value}"
        for key in ("Requires-Python", "Requires-Dist", "License-Expression")
        for value in facts.get_all(key) or []
    ]
    needs = _required(facts.get_all("Requires-Dist") or [])
    return str(facts["Version"]), said, needs


def _required(requirements: Iterable[str]) -> list[str]:
    """The names of what is required without an extra."""
    return [
        NAME.findall(requirement)[0]
        for requirement in requirements
        if "extra ==" not in requirement
    ]


def own(root: Path) -> set[str]:
    """What no reader has to install: the library, and this press."""
    return {settings_of(root).package, OWN}


def wheel_address(root: Path, site: str) -> str:
    """Where the library can be installed from; `site` ends with a slash."""
    package = settings_of(root).package
    version = _facts(root, package)[0]
    return f"{site}{FOLDER.as_posix()}/{_file(package, version)}"


def reader() -> Wheel:
    """The reader of formulas, which checks import on the page."""
    source = Path(formulas.__file__).parent
    files = {
        f"press/formulas/{path.name}": path.read_bytes()
        for path in sorted(source.glob("*.py"))
    }
    files["press/__init__.py"] = b""
    return _wheel("press", "1", files, ("numpy",))


def others(book: Book) -> list[Wheel]:
    """The packages that pages import and Pyodide's release does not hold.

    Raises:
        PressError: if one of them is not pure Python, or not installed.
    """
    provided = {
        name for p in release()["packages"].values() for name in p["imports"]
    }
    known = provided | own(book.root) | sys.stdlib_module_names
    found: dict[str, Wheel] = {}
    for page in book.pages:
        for fence in runnable(page):
            code = code_of(book.root, book.place(page), fence).text
            for name in imports(code):
                if name in known:
                    continue
                try:
                    _collect(name, found)
                except ValueError as error:
                    raise PressError(
                        Problem(
                            book.place(page),
                            fence.line,
                            f"the browser cannot import `{name}`: {error}",
                            "use another package, or mark the block notest "
                            "with a reason",
                        )
                    ) from None
    return [found[name] for name in sorted(found)]


def _collect(name: str, found: dict[str, Wheel]) -> None:
    """Add the distribution of a module, and what it requires."""
    if name in found:
        return
    try:
        names = distributions()[name]
    except KeyError:
        raise ValueError("it is not installed") from None
    wheel = packed(names[0], name)
    found[name] = wheel
    provided = release()["packages"]
    for needed in wheel.needs:
        if needed not in provided:
            _collect(needed, found)


@functools.cache
def distributions() -> dict[str, list[str]]:
    """Which installed packages a module is of: all of them are read once."""
    found = importlib.metadata.packages_distributions()
    return {module: list(names) for module, names in found.items()}


@functools.cache
def packed(distribution: str, module: str) -> Wheel:
    """An installed pure Python package as a wheel, without its tests.

    Raises:
        ValueError: if it holds compiled code.
    """
    installed = importlib.metadata.distribution(distribution)
    files = {}
    for file in sorted(installed.files or [], key=str):
        parts = file.parts
        if file.suffix in {".so", ".pyd"}:
            raise ValueError("it is not pure Python")
        if parts[0] != module or {"tests", "__pycache__"} & set(parts):
            continue
        files[file.as_posix()] = Path(str(file.locate())).read_bytes()
    needs = tuple(sorted(_required(installed.requires or [])))
    return _wheel(module, installed.version, files, needs)


def _wheel(
    name: str,
    version: str,
    files: dict[str, bytes],
    needs: tuple[str, ...],
    said: Sequence[str] = (),
) -> Wheel:
    """The same files give the same bytes."""
    data = io.BytesIO()
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"{line}\n" for line in said)
    files = {
        **files,
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: press\n"
        b"Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return Wheel(name, _file(name, version), data.getvalue(), needs)


def _file(name: str, version: str) -> str:
    return f"{name}-{version}-py3-none-any.whl"


def _record(files: dict[str, bytes], own: str) -> bytes:
    """What pip compares the files of a wheel with."""
    rows = []
    for path, content in files.items():
        digest = hashlib.sha256(content).digest()
        said = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        rows.append(f"{path},sha256={said},{len(content)}\n")
    return "".join([*rows, f"{own},,\n"]).encode()


def runnable(page: Page) -> list[Fence]:
    """The fences of a page that a reader can run or check."""
    return [
        f for f in page.fences if f.is_python and role(page, f) in RUNNABLE
    ]


@functools.lru_cache(maxsize=8192)
def imports(code: str) -> tuple[str, ...]:
    """The top-level modules that a program names."""
    return tuple(kernel.imports([code]))


def size_of(packages: Iterable[str]) -> int:
    """Bytes of some packages of the release with what they depend on."""
    facts = release()["packages"]
    wanted: set[str] = set()
    todo = list(packages)
    while todo:
        name = todo.pop()
        if name in facts and name not in wanted:
            wanted.add(name)
            todo += facts[name]["depends"]
    return sum(int(facts[name]["size"]) for name in wanted)


def megabytes(root: Path, code: str) -> int:
    """What the first Run of a visit downloads for a program, in MB."""
    facts = release()
    index = docs_of(root) / FOLDER / "live.json"
    wheels = (
        json.loads(index.read_text("utf8"))["wheels"] if index.exists() else {}
    )
    owner = {m: n for n, p in facts["packages"].items() for m in p["imports"]}
    names: set[str] = set()
    todo = [*imports(code)]
    while todo:
        name = todo.pop()
        if name not in names:
            names.add(name)
            todo += wheels.get(name, {}).get("needs", [])
    total = sum(int(f["size"]) for f in facts["core"].values())
    total += sum(int(wheels[n]["size"]) for n in names if n in wheels)
    total += size_of(owner.get(n, n) for n in names)
    return math.ceil(total / 1e6)
