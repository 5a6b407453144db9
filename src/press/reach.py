"""What the outcome of a file of tests can depend on, read from the sources.

A test module reaches what it imports, a page what its blocks and its
snippets import, and both what those modules import. A package that only
re-exports leads to the module that defines the name; its other modules are
imported on the way, so of each of these counts what happens at import: all
but the bodies of its functions. Where such a module runs code of the
library at import, it counts whole.

What starts other programs, imports by a name that it computes, or uses the
press reaches the whole tree.
"""

import ast
import functools
import hashlib
import importlib.machinery
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from press.figures import NO_DATA
from press.page import read
from press.problems import PressError
from press.programs import code_of
from press.settings import FILE, SITE, settings_of
from press.symbols import NOTATION

PRESS = Path(__file__).parent.name
ANYTHING = {
    *("press", "subprocess", "multiprocessing", "concurrent", "runpy"),
    *("pkgutil", "importlib", "asyncio", "ctypes", "socket"),
}
"""Modules whose users reach what no reader of the source can tell."""
TAME = ("importlib.resources", "importlib.metadata")
ASKS = {
    *("exists", "is_file", "is_dir", "stat", "iterdir", "walk", "access"),
    *("fork", "system", "popen", "execv", "spawnv"),
}
"""What is asked of files, or done with programs, and is not seen."""
FILES = {"os", "pathlib", "glob", "shutil", "posix"}
COMPUTED = {"__import__", "exec_module", "import_module"}
CONFTEST = "conftest.py"
"""What its fixtures read is seen, whenever they do so."""
READS = {"open", "read_text", "read_bytes", "load", "fromfile", "loadtxt"}
WHOLE = {"__init_subclass__", "__class_getitem__", "__set_name__", "metaclass"}
MATTERS = ASKS | READS | COMPUTED
DOTTED = re.compile(r"[A-Za-z_]\w*(\.\w+)+")
SUFFIXES = tuple(importlib.machinery.all_suffixes())


class Text(NamedTuple):
    """What is read from the source of one file.

    Attributes:
        imports: module and name of each `from module import name`, wherever
            it stands; of `import module` the name is empty.
        modules: strings that may name a module, as for a patch.
        named: which of the names that matter here it uses.
        exports: where the names that it imports come from.
        surface: a hash of what happens when it is imported.
        passive: whether that runs nothing but definitions.
    """

    imports: Sequence[Sequence[str]]
    modules: Sequence[str]
    named: Sequence[str]
    exports: Mapping[str, Sequence[str]]
    surface: str
    passive: bool


@dataclass
class Reach:
    """What one file of tests reaches, as paths below the root.

    Attributes:
        files: those that count with all they hold.
        imported: those of which counts what happens at import.
        folders: where a new module would be found before another.
        whole: whether it reaches the whole tree.
    """

    files: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    whole: bool = False


class Tree:
    """The sources below a root, as they are now.

    Args:
        root: the book's root.
        files: the files that count, below it.
        known: sources that were read before, by their hash.
    """

    def __init__(
        self,
        root: Path,
        files: Iterable[str],
        known: Mapping[str, Any] | None = None,
    ) -> None:
        self.root = root
        self.table = settings_of(root)
        self.press = own_folder(root)
        self.files = frozenset(files)
        self.known = dict(known or {})
        self.used: dict[str, Any] = {}
        self._texts: dict[str, Text] = {}
        self._executed: dict[str, tuple[str, ...]] = {}
        self._on_the_way: dict[str, frozenset[str]] = {}
        self._names: dict[str, list[str]] = {}

    def of(self, path: str, opened: Iterable[str] = ()) -> Reach:
        """What a test module or a page reaches, and what it was seen to open.

        Args:
            path: the file.
            opened: files that it opened while it ran.
        """
        page = path.startswith(f"{self.table.docs}/")
        walk = _Walk(self)
        walk.reach.files |= {path, *self._always(), *opened}
        if page:
            self._page(path, walk)
        else:
            for above in Path(path).parents:
                conftest = (above / CONFTEST).as_posix()
                if conftest in self.files:
                    walk.file(conftest)
            walk.test(path)
        for other in opened:
            if other.endswith(".py") and other in self.files:
                walk.code(self.text(other), other)
        walk.finish()
        return walk.reach

    def _always(self) -> set[str]:
        return {FILE.as_posix(), f"{self.press}/pytest_plugin.py"}

    def _page(self, path: str, walk: "_Walk") -> None:
        """A page, what it includes, and what the press is made of."""
        docs = self.root / self.table.docs
        snippets = self.table.snippets
        reach = walk.reach
        try:
            page = read(docs, (self.root / path).relative_to(docs))
        except (PressError, OSError):
            reach.whole = True
            return
        own = f"{snippets}/{page.name}/"
        reach.files |= {
            f
            for f in self.files
            if f.startswith((own, f"{self.press}/"))
            or Path(f).parent == Path(snippets)
        }
        reach.files |= {SITE.as_posix(), f"{self.table.docs}/{NOTATION}.md"}
        for fence in page.fences:
            if not fence.is_python:
                continue
            try:
                code = code_of(self.root, Path(path), fence)
            except PressError:
                reach.whole = True
                return
            if code.included is None:
                walk.code(self.read(code.text, ""), "")
            else:
                name = code.path.as_posix()
                reach.files.add(name)
                walk.file(name)
        for name in sorted(reach.files):
            if name.startswith(f"{snippets}/") and name.endswith(".py"):
                walk.code(self.text(name), name)

    def text(self, path: str) -> Text:
        """What is read from a file."""
        if path not in self._texts:
            try:
                source = (self.root / path).read_text("utf8")
            except (OSError, UnicodeDecodeError):
                source = "("  # its run says so
            self._texts[path] = self.read(source, self._module(path))
        return self._texts[path]

    def read(self, source: str, package: str) -> Text:
        """What is read from a source, which is read once for all runs."""
        key = hashlib.sha256(f"{package}\n{source}".encode()).hexdigest()
        if key not in self.used:
            kept = self.known.get(key)
            self.used[key] = kept or list(read_text(source, package))
        return Text(*self.used[key])

    def names(self, folder: str) -> list[str]:
        """What could be imported from a folder."""
        if folder not in self._names:
            place = self.root / folder
            self._names[folder] = (
                sorted(e.name for e in os.scandir(place) if _importable(e))
                if place.is_dir()
                else []
            )
        return self._names[folder]

    def _module(self, path: str) -> str:
        """The package that relative imports of a file start from."""
        parts = Path(path).with_suffix("").parts
        if parts and parts[0] == self.table.source:
            parts = parts[1:]
        return ".".join(parts[:-1])

    def executed(self, module: str) -> tuple[str, ...]:
        """The files that run when a module is imported, itself last."""
        if module not in self._executed:
            self._executed[module] = tuple(self._run_for(module))
        return self._executed[module]

    def _run_for(self, module: str) -> list[str]:
        found: list[str] = []
        parts = module.split(".")
        for base in ("", f"{self.table.source}/"):
            for stop in range(1, len(parts) + 1):
                stem = base + "/".join(parts[:stop])
                for name in (f"{stem}/__init__.py", f"{stem}.py"):
                    if name in self.files:
                        found.append(name)
                        break
            if found:
                break
        return found

    def defined(self, module: str) -> str:
        """The file that a module is, or nothing."""
        found = self.executed(module)
        ends = tuple(
            module.replace(".", "/") + e for e in (".py", "/__init__.py")
        )
        return found[-1] if found and found[-1].endswith(ends) else ""

    def on_the_way(self, path: str) -> frozenset[str]:
        """The files that run when those run that a file imports."""
        if path not in self._on_the_way:
            self._on_the_way[path] = frozenset(
                file
                for origin, name in self.text(path).imports
                for module in (origin, f"{origin}.{name}")
                for file in self.executed(module)
            )
        return self._on_the_way[path]

    @functools.cached_property
    def _data(self) -> dict[str, set[str]]:
        """Files without code, by the folder of the module they lie beside."""
        found: dict[str, set[str]] = {}
        for name in self.files:
            folder, _, last = name.rpartition("/")
            if Path(last).suffix in NO_DATA:
                continue
            found.setdefault(folder, set()).add(name)
            while folder and f"{folder}/__init__.py" not in self.files:
                folder = folder.rpartition("/")[0]
                found.setdefault(folder, set()).add(name)
        return found

    def data(self, path: str) -> set[str]:
        """Files without code that lie beside a module of the library."""
        if not path.startswith(f"{self.table.source}/"):
            return set()
        return self._data.get(path.rpartition("/")[0], set())


class _Walk:
    """One walk along the imports."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.reach = Reach()
        self.broad: set[str] = set()
        self.precise: set[str] = set()

    def test(self, path: str) -> None:
        """A test module, which may read: what it reads is seen."""
        self.reach.files.add(path)
        text = self.tree.text(path)
        self.precise.add(path)
        self.code(text, path)

    def code(self, text: Text, path: str) -> None:
        """Follow what a piece of code imports."""
        tops = {module.partition(".")[0] for module, _ in text.imports}
        tame = all(
            f"{module}.{name}".startswith(TAME)
            for module, name in text.imports
            if module.partition(".")[0] == "importlib"
        )
        asks = tops & FILES and ASKS.intersection(text.named)
        if (
            tops & (ANYTHING - {"importlib"} if tame else ANYTHING)
            or COMPUTED.intersection(text.named)
            or (asks and not path.endswith(CONFTEST))
        ):
            self.reach.whole = True
        for module, name in text.imports:
            self._follow(module, name)
        for name in text.modules:
            stem = name
            while "." in stem:
                if self.tree.defined(stem):
                    self._follow(stem, "")
                    break
                stem = stem.rpartition(".")[0]

    def file(self, path: str) -> None:
        """A file counts with all it holds, and so does what it uses."""
        if path in self.precise:
            return
        self.precise.add(path)
        self._beside(path)
        self._broad(path)
        text = self.tree.text(path)
        helps = path.startswith(
            f"{self.tree.table.tests}/"
        ) and not path.endswith(CONFTEST)
        if helps and READS.intersection(text.named):
            self.reach.whole = True  # once for all who import it
        self.code(text, path)

    def finish(self) -> None:
        """Sort what was found, once nothing is added any more."""
        while active := [
            p
            for p in self.broad - self.precise
            if not self.tree.text(p).passive
        ]:
            for path in active:
                self.file(path)
        self.reach.files |= self.precise
        self.reach.imported = self.broad - self.precise
        for path in self.precise:
            self.reach.files.update(self.tree.data(path))
        self.reach.folders |= {"", self.tree.table.source}

    def _follow(self, module: str, name: str) -> None:
        for file in self.tree.executed(module):
            self._broad(file)
        inner = f"{module}.{name}"
        if name in {"", "*"}:
            self._all(module)
        elif self.tree.defined(inner):
            self._all(inner)
        else:
            self._name(module, name, set())

    def _name(self, module: str, name: str, seen: set[str]) -> None:
        """Go to where a name is defined."""
        file = self.tree.defined(module)
        if not file or file in seen:
            return
        seen.add(file)
        source = self.tree.text(file).exports.get(name)
        if not file.endswith("/__init__.py"):
            self.file(file)
        elif source is None:
            self._all(module)
        elif self.tree.defined(".".join(source)):
            self._all(".".join(source))
        else:
            self._name(source[0], source[1], seen)

    def _all(self, module: str) -> None:
        """A module that is at hand whole: all that it imports is reached."""
        file = self.tree.defined(module)
        if not file or file in self.precise:
            return
        self.file(file)
        if file.endswith("/__init__.py"):
            for origin, name in self.tree.text(file).imports:
                self._all(origin)
                self._all(f"{origin}.{name}")

    def _broad(self, path: str) -> None:
        """A file that is imported on the way, with all that it imports."""
        if path in self.broad:
            return
        self.broad.add(path)
        self._beside(path)
        for file in self.tree.on_the_way(path):
            self._broad(file)

    def _beside(self, path: str) -> None:
        """Of a conftest no import goes through its folder."""
        if path.endswith(CONFTEST):
            return
        self.reach.folders.add(Path(path).parent.as_posix())


def own_folder(root: Path) -> str:
    """Where the press stands below a root, if it stands there."""
    return f"{settings_of(root).source}/{PRESS}"


def _importable(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith(".") or entry.name == "__pycache__":
        return False
    if entry.is_dir():
        inits = (f"__init__{suffix}" for suffix in SUFFIXES)
        return any(os.path.exists(f"{entry.path}/{i}") for i in inits)  # noqa: PTH110
    return entry.name.endswith(SUFFIXES)


def read_text(source: str, package: str) -> Text:
    """Read a source that relative imports start from `package` in.

    A broken one is its own surface, and runs whatever it likes.
    """
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            compile(source, "", "exec", dont_inherit=True)
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return Text((), (), (), {}, _hash(source), passive=False)
    nodes = list(ast.walk(tree))
    imports = list(_imports(nodes, package))
    named = {n.id for n in nodes if isinstance(n, ast.Name)}
    named |= {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    named |= {name for _, name in imports}
    strings = {
        n.value
        for n in nodes
        if isinstance(n, ast.Constant)
        and isinstance(n.value, str)
        and DOTTED.fullmatch(n.value)
    }
    exports = dict(_exports(tree, package))
    inside, passive = _surface(tree)
    compiled = " ".join(str(w.message) for w in said)
    return Text(
        imports, sorted(strings), sorted(named & MATTERS), exports,
        _hash(f"{inside} {compiled}"), passive and not WHOLE & _words(nodes),
    )  # fmt: skip


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _words(nodes: list[ast.AST]) -> set[str]:
    functions = {n.name for n in nodes if isinstance(n, ast.FunctionDef)}
    return functions | {
        k.arg or "" for n in nodes if isinstance(n, ast.ClassDef)
        for k in n.keywords
    }  # fmt: skip


def _imports(
    nodes: Iterable[ast.AST], package: str
) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((a.name, "") for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(node, package)
            yield from ((module, a.name) for a in node.names)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    above = package.split(".") if package else []
    above = above[: len(above) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def _exports(
    tree: ast.Module, package: str
) -> Iterator[tuple[str, tuple[str, str]]]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            module = _absolute(node, package)
            for alias in node.names:
                name = alias.asname or alias.name
                yield name, (module, alias.name)


def _surface(tree: ast.Module) -> tuple[str, bool]:
    """What happens at import, and whether it runs code of the tree.

    NB: the tree loses the bodies of its functions.
    """
    own = {
        node.name
        for node in ast.walk(tree)
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        )
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            module = getattr(node, "module", "") or ""
            level = getattr(node, "level", 0)
            for alias in node.names:
                top = (module or alias.name).partition(".")[0]
                if level or top not in OUTSIDE:
                    name = alias.asname or alias.name
                    own.add(name.partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = []
    used = {
        n.id for n in _run_at_import(tree) if isinstance(n, ast.Name)
    }  # fmt: skip
    return ast.dump(tree), not used & own


OUTSIDE = {
    *("numpy", "scipy", "math", "typing", "collections", "dataclasses"),
    *("functools", "itertools", "abc", "enum", "types", "warnings", "re"),
    *("__future__", "operator", "contextlib", "numbers", "inspect"),
}
"""What is imported from elsewhere for certain, and may be called."""


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions that run, without annotations and base classes."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "bases"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(
                child, ast.Lambda
            ):
                yield child
                yield from _run_at_import(child)
