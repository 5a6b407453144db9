"""Which files of tests stand proved: `.press/proved.json`.

A file stands proved while the key is the one that it passed with, whole:
a hash of all that it reaches, see `press.reach`, and of the machine, the
packages and the variables that it ran with.
"""

import hashlib
import importlib
import json
import os
import platform
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from press import atomic, formula_checks, report, steps
from press import reach as reaching
from press.book import Book
from press.page import Page, read
from press.problems import PressError
from press.programs import code_of
from press.reach import Tree, own_folder
from press.settings import docs_of

PROVED = Path(".press") / "proved.json"
READ = Path(".press") / "sources.json"
FORMAT = "proved 1"
ABSENT = "absent"
UNHEARD = {
    *("_", "PWD", "OLDPWD", "SHLVL", "TERM", "COLUMNS", "LINES", "COLORTERM"),
    *("PYTEST_VERSION", "PYTEST_CURRENT_TEST"),
    *("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKE_TERMOUT", "MAKE_TERMERR"),
    *("SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "TMUX"),
    *("TMUX_PANE", "WINDOWID", "STY", "WINDOW", "XDG_SESSION_ID"),
    *("TERM_SESSION_ID", "MAKEOVERRIDES", "ALL", "DBUS_SESSION_BUS_ADDRESS"),
}
"""Variables of a terminal, of make, of pytest; every other one counts."""
Entry = dict[str, Any]


def tracked(root: Path) -> list[str]:
    """The files that git knows or would add; none where there is no git."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z", "-co", "--exclude-standard"],  # noqa: S607
            cwd=root,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    return sorted({os.fsdecode(n) for n in done.stdout.split(b"\0") if n})


def hashes(root: Path, files: Iterable[str]) -> dict[str, str]:
    """A hash of each file that is there."""
    found = {}
    for name in files:
        try:
            data = (root / name).read_bytes()
        except OSError:
            continue
        found[name] = hashlib.sha256(data).hexdigest()
    return found


def variables() -> dict[str, str]:
    """The variables of the environment that count."""
    return {k: v for k, v in os.environ.items() if k not in UNHEARD}


def environment(root: Path, files: Mapping[str, str], said: object) -> str:
    """A hash of all that every test may depend on.

    Args:
        root: the book's root.
        files: the hash of each file below it.
        said: what the run was asked for, and its variables.
    """
    press = own_folder(root)
    configured = {
        name: said
        for name, said in files.items()
        if name.endswith("conftest.py")
        or name in {"pyproject.toml", "pytest.toml", "pytest.ini"}
        or (name.startswith(f"{press}/") and name.endswith(PLUGINS))
    }
    return _hash([FORMAT, str(root), said, configured, machine()])


@lru_cache(maxsize=1)
def machine() -> list[object]:
    """Python, the system, the processor and the packages of this run."""
    return [
        *(sys.version, platform.platform(), str(os.cpu_count())),
        *(processor(), packages()),
    ]


PLUGINS = ("/changed.py", "/proofs.py", "/reach.py", "/pytest_plugin.py")


def processor() -> list[object]:
    """The kernels and threads of BLAS, and what NumPy sees of the machine."""
    importlib.import_module("scipy.linalg")  # it brings its own
    core: Any = importlib.import_module("numpy._core._multiarray_umath")
    pools: Any = importlib.import_module("threadpoolctl")
    told = [
        [
            str(p.get(k))
            for k in ("internal_api", "architecture", "num_threads")
        ]
        for p in pools.threadpool_info()
    ]
    return [platform.machine(), sorted(told), dict(core.__cpu_features__)]


def packages() -> list[str]:
    """What is installed, by name and version."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    found: list[str] = []
    for folder in sorted(folders):
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            said = entry.name
            if said.endswith(".pth"):
                said += Path(entry.path).read_text("utf8", "replace")
            found.append(said)
    return found


def _hash(told: object) -> str:
    text = json.dumps(told, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class State:
    """The tree and the machine at one moment.

    Args:
        root: the book's root.
        words: what the run was asked for besides files.
        before: the same at an earlier moment of this run.
    """

    def __init__(
        self,
        root: Path,
        words: Sequence[str],
        before: "State | None" = None,
    ) -> None:
        self.root = root
        self.files = hashes(root, tracked(root))
        machine()  # what it imports may set a variable
        self.variables: dict[str, str] = (
            before.variables if before else variables()
        )
        said = [list(words), self.variables]
        self.environment = environment(root, self.files, said)
        reader = Path(reaching.__file__).read_text("utf8")
        self._version = _hash([sys.version, reader])
        kept = _load(root / READ)
        same = kept.get("version") == self._version
        known = kept.get("sources") if same else {}
        self.tree: Tree = Tree(
            root, self.files, before.tree.used if before else known
        )

    def key(self, path: str, entry: Entry) -> str:
        """The hash of all that a file reaches; of what is gone nothing.

        Args:
            path: the file.
            entry: what was seen of it as it ran: `opened`, and `whole` if
                it asked for what no hash tells.
        """
        if path not in self.files:
            return ""
        try:
            found = self.tree.of(path, entry["opened"])
        except RecursionError:
            return ""
        told: list[object] = [self.environment]
        if found.whole or entry["whole"]:
            told.append(sorted(self.files.items()))
            told.append(
                [self.tree.names(""), self.tree.names(self.tree.table.source)]
            )
        else:
            told.append(
                [(f, self.files.get(f, ABSENT)) for f in sorted(found.files)]
            )
            told.append(
                [
                    (f, self.tree.text(f).surface)
                    for f in sorted(found.imported)
                ]
            )
            told.append(
                [(f, self.tree.names(f)) for f in sorted(found.folders)]
            )
        return _hash(told)

    def keep(self) -> None:
        """Keep what was read of the sources for the next run."""
        kept = {"version": self._version, "sources": self.tree.used}
        atomic.write(self.root / READ, json.dumps(kept))


def load(root: Path) -> dict[str, Entry]:
    """What was proved, by file."""
    found = _load(root / PROVED).get(FORMAT, {})
    return found if isinstance(found, dict) else {}


def save(root: Path, proved: Mapping[str, Entry]) -> None:
    """Write what is proved."""
    text = json.dumps({FORMAT: proved}, indent=1, sort_keys=True)
    atomic.write(root / PROVED, text)


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def standing(state: State, proved: Mapping[str, Entry]) -> set[str]:
    """The files that need not run again."""
    found = set()
    for path, entry in proved.items():
        try:
            same = entry["key"] == state.key(path, entry)
            if same and entry["said"] == said(state.root, path):
                found.add(path)
        except (KeyError, TypeError):
            continue
    return found


# what a page's run keeps for the build to print


def page_at(root: Path, path: str) -> Page | None:
    """The page that a file is, if it is one."""
    docs = docs_of(root)
    if not (root / path).is_relative_to(docs):
        return None
    try:
        return read(docs, (root / path).relative_to(docs))
    except (PressError, OSError):
        return None


def said(root: Path, path: str) -> str:
    """A hash of what the latest run of a page left for the build."""
    page = page_at(root, path)
    if page is None:
        return ""
    return _hash(
        [report.load(root)["pages"].get(page.name),
         formula_checks.load(root, page)]
    )  # fmt: skip


def renew(root: Path, path: str) -> bool:
    """Say again of a page that stands proved what its latest run said.

    The build prints it while the library is the one that was tested; an edit
    that the page does not reach changes nothing of it.
    """
    page = page_at(root, path)
    if page is None:
        return False
    found = report.load(root)
    entry = found["pages"].get(page.name)
    now = report.fingerprint(root, page)
    if not isinstance(entry, dict) or entry.get("fingerprint") == now:
        return False
    entry["fingerprint"] = now
    text = json.dumps(found, indent=1, sort_keys=True)
    atomic.write(root / report.REPORT, text)
    _renew_verdicts(root, page)
    return True


def _renew_verdicts(root: Path, page: Page) -> None:
    place, now = Book(root).place(page), formula_checks.state(root)
    kept = formula_checks.load(root, page)
    for fence in page.fences:
        if not (fence.is_python and formula_checks.reads(fence)):
            continue
        code = code_of(root, place, fence).text
        records = [
            *((d.label, d) for d in formula_checks.displays(page, fence)),
            *((steps.key(d), d) for d in steps.of(page, fence)),
        ]
        for name, display in records:
            if name in kept:
                kept[name]["fingerprint"] = formula_checks.fingerprint(
                    now, display, code
                )
    formula_checks.keep(root, page, kept)
