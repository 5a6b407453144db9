"""What an include line stands for: a file, a symbol of it, or a cell.

``path.py:Symbol`` is found in the syntax tree, so the library carries no
markers; ``path.py:cell`` is the part of a script headed ``# %% cell``.
"""

import ast
import functools
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from press.settings import settings_of
from press.source import read

INCLUDE = re.compile(r'^--8<--\s+"(?P<spec>[^"]+)"\s*$')
CELL = re.compile(r"^# %%\s*(?P<name>[\w-]+)\s*$")


class IncludeError(Exception):
    """An include that names nothing; carries what to do about it."""

    def __init__(self, what: str, fix: str) -> None:
        self.what = what
        self.fix = fix
        super().__init__(what)


@dataclass(frozen=True)
class Included:
    """The text an include stands for, and where it comes from.

    Attributes:
        path: the file, relative to the book's root.
        symbol: the symbol or cell, empty for the whole file.
        text: the source, dedented, without a final newline.
        line: the line of the file where it begins.
        module: the dotted name of the module of the library that it shows.
    """

    path: Path
    symbol: str
    text: str
    line: int
    module: str = ""

    @property
    def is_library(self) -> bool:
        """Whether it shows a symbol of the library."""
        return bool(self.module)


def resolve(root: Path, spec: str) -> Included:
    """Find what `spec` names below `root`.

    Raises:
        IncludeError: if there is no such file, symbol or cell.
        PressError: if the file cannot be read as it is shown.
    """
    name, _, symbol = spec.partition(":")
    path = root / name
    inside = path.resolve().is_relative_to(root.resolve())
    if not inside or not path.is_file():
        raise IncludeError(
            f'include of "{name}", which does not exist',
            "name a file by its path from the book's root",
        )
    found = _found(path, Path(name), path.stat().st_mtime_ns, symbol)
    if found is None:
        raise IncludeError(
            f'"{name}" defines no {symbol}',
            f"it defines {', '.join(symbols(path)) or 'nothing'}",
        )
    text, line = found
    module = settings_of(root).module(Path(name))
    return Included(Path(name), symbol, text, line, module)


@functools.lru_cache(maxsize=4096)
def _found(
    path: Path, place: Path, _mtime: int, symbol: str
) -> tuple[str, int] | None:
    source = read(path, place)
    if not symbol:
        return source.rstrip("\n"), 1
    lines = source.splitlines()
    if path.suffix == ".py":
        node = _node(_parsed(source), symbol.split("."))
        if node is not None:
            return _lines_of(node, lines)
    return _cell(lines, symbol)


def _parsed(source: str) -> ast.Module:
    """The tree of a file; of a broken one nothing, for its run to say."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


def _node(tree: ast.AST, names: list[str]) -> ast.stmt | None:
    found = [
        child
        for child in ast.iter_child_nodes(tree)
        if isinstance(child, ast.stmt) and names[0] in _defined(child)
    ]
    done = [child for child in found if not _is_overload(child)]
    for child in done or found:
        return child if len(names) == 1 else _node(child, names[1:])
    return None


def _is_overload(node: ast.stmt) -> bool:
    """Whether it is a signature only, for those who check types."""
    return any(
        ast.unparse(decorator).rpartition(".")[2] == "overload"
        for decorator in getattr(node, "decorator_list", [])
    )


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [t.id for t in node.targets if isinstance(t, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _lines_of(node: ast.stmt, lines: list[str]) -> tuple[str, int]:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    text = textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno]))
    return text, first


def _cell(lines: list[str], name: str) -> tuple[str, int] | None:
    heads = [
        (i, m["name"]) for i, x in enumerate(lines) if (m := CELL.match(x))
    ]
    for (start, cell), (end, _) in zip(
        heads, [*heads[1:], (len(lines), "")], strict=False
    ):
        if cell == name:
            body = lines[start + 1 : end]
            skip = next((i for i, x in enumerate(body) if x.strip()), 0)
            return "\n".join(body[skip:]).rstrip(), start + 2 + skip
    return None


def symbols(path: Path) -> list[str]:
    """The cells of a file and the symbols that it defines, in order."""
    source = path.read_text("utf8")
    names = [m["name"] for x in source.splitlines() if (m := CELL.match(x))]
    if path.suffix == ".py":
        names += [n for node in _parsed(source).body for n in _defined(node)]
    return names
