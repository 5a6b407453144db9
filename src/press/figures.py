"""Drawing the figures: one run, two palettes, the same bytes again.

A script has a docstring, the claim that its figure makes, and a function
``figure() -> Figure``; it may have ``numbers() -> dict``, what its caption
claims from. It is run once, in the light palette; the dark drawing
is the same with the colours of the dark one; only what holds an image, whose
colours are mixed, is run for both. A drawing is made again only if
something that it is made of has changed: the script, a module of the library
that it uses, the style, or the version of a package that draws.
"""

import argparse
import ast
import gzip
import hashlib
import importlib.util
import io
import json
import platform
import re
import traceback
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from press import atomic, exports
from press.problems import PressError, Problem
from press.settings import docs_of, snippets_of, source_of

PALETTES = ("light", "dark")
GENERATED = Path("generated") / "figures"  # of the folder of the pages
CACHE = "cache.json"
STYLE = Path(__file__).parent / "style"
NO_DATA = {".py", ".pyc", ".md", ".typed"}  # of what lies beside a module
SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)pt"[^>]*?>', re.DOTALL)
COLOUR = re.compile(r'(?<=[ "])#[0-9a-f]{6}(?=[;"])')
HEIGHT = re.compile(r'<svg[^>]*?\bheight="([\d.]+)pt"', re.DOTALL)
PX_PER_PT = 4 / 3
JOBS = 2
HEAVY = 40  # KB, gzipped, from where on a drawing is worth a word


@dataclass(frozen=True)
class Drawn:
    """A script, and whether it was run for this call."""

    script: Path
    fresh: bool


def scripts_of(root: Path) -> list[Path]:
    """Every figure script below `root`."""
    return sorted(snippets_of(root).glob("**/figures/*.py"))


def outputs(root: Path, script: Path) -> tuple[Path, Path]:
    """Where the two drawings of a script are written."""
    inside = script.relative_to(snippets_of(root))
    folder = docs_of(root) / GENERATED / inside.parent.parent
    light, dark = (folder / f"{script.stem}.{p}.svg" for p in PALETTES)
    return light, dark


def size(svg: Path) -> tuple[float, float]:
    """Width and height of a drawing, in px, to reserve its place."""
    head = svg.read_text("utf8")[:2000]
    width, height = SIZE.search(head), HEIGHT.search(head)
    if width is None or height is None:
        raise ValueError(f"{svg.name} has no size")
    return (
        round(float(width[1]) * PX_PER_PT),
        round(float(height[1]) * PX_PER_PT),
    )


def draw(
    root: Path,
    scripts: Iterable[Path] | None = None,
    *,
    jobs: int = JOBS,
    progress: Callable[[str], object] = print,
    kept: Sequence[Path] = (),
) -> list[Drawn]:
    """Draw what changed since it was last drawn.

    Args:
        root: the book.
        scripts: which scripts; all of them by default.
        jobs: how many processes draw.
        progress: is told of each script that was run.
        kept: what else has drawings, which are not swept away.

    Returns:
        Every script, and whether it was run.

    Raises:
        PressError: with a problem for each script that failed.
    """
    everything = scripts is None
    wanted = scripts_of(root) if everything else sorted(scripts or ())
    cache = _load(root)
    keys = {s: key_of(root, s) for s in wanted}
    stale = [
        s
        for s in wanted
        if cache.get(_name(root, s)) != keys[s]
        or not all(p.exists() for p in outputs(root, s))
    ]
    problems: list[Problem] = []
    if len(stale) > 1 and jobs > 1:
        # NB: not forked, because the caller may hold threads of a library.
        clean = get_context("forkserver")
        with ProcessPoolExecutor(jobs, mp_context=clean) as pool:
            results = pool.map(_draw_one, [root] * len(stale), stale)
            problems = _collect(root, stale, results, cache, keys, progress)
    else:
        results = (_draw_one(root, s) for s in stale)
        problems = _collect(root, stale, results, cache, keys, progress)
    if everything:
        _sweep(root, wanted, cache, kept)
    _save(root, cache)
    if problems:
        raise PressError(problems)
    return [Drawn(s, s in stale) for s in wanted]


def _collect(  # noqa: PLR0913, PLR0917
    root: Path,
    stale: list[Path],
    results: Iterable[Problem | None],
    cache: dict[str, str],
    keys: dict[Path, str],
    progress: Callable[[str], object],
) -> list[Problem]:
    problems = []
    for script, problem in zip(stale, results, strict=True):
        name = _name(root, script)
        if problem is None:
            cache[name] = keys[script]
            light = outputs(root, script)[0].read_bytes()
            said = heavy(light, HEAVY, "draw fewer points")
            progress(f"drew {name}{said}")
        else:
            problems.append(problem)
    return problems


def heavy(made: bytes, most: int, fix: str) -> str:
    """What to say of a file that a reader would wait for."""
    packed = len(gzip.compress(made, mtime=0)) / 1000
    if packed <= most:
        return ""
    return f": {packed:.0f} KB gzipped, above {most}; {fix}"


def _draw_one(root: Path, script: Path) -> Problem | None:
    """Run one script, write both drawings; a problem instead of an error."""
    import matplotlib as mpl  # noqa: PLC0415  (slow, and often not needed)

    mpl.use("Agg")
    place = script.relative_to(root)
    light, dark = outputs(root, script)
    try:
        source = script.read_text("utf8")
        code = compile(source, str(script), "exec", dont_inherit=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            drawing, namespace = _render(code, PALETTES[0])
            other = (
                _render(code, PALETTES[1])[0]
                if "<image" in drawing
                else recoloured(drawing)
            )
            exports.write(root, script, namespace, key_of(root, script))
    except Exception as error:  # noqa: BLE001  (any, at its line)
        return at_line(error, script, place)
    light.parent.mkdir(parents=True, exist_ok=True)
    light.write_text(drawing, "utf8")
    dark.write_text(other, "utf8")
    return None


def numbers(root: Path, script: Path) -> dict[str, object]:
    """What `numbers()` of a script gives, kept from its drawing.

    Raises:
        PressError: at the line of the script that fails.
    """
    key = key_of(root, script)
    kept = exports.read(root, script, key)
    if kept is not None:
        return kept
    code = compile(script.read_text("utf8"), str(script), "exec")
    namespace: dict[str, object] = {"__name__": "figure"}
    try:
        exec(code, namespace)  # noqa: S102
        exports.write(root, script, namespace, key)
    except Exception as error:  # noqa: BLE001  (any, at its line)
        place = script.relative_to(root)
        raise PressError(at_line(error, script, place)) from None
    return exports.read(root, script, key) or {}


def recoloured(drawing: str) -> str:
    """A drawing of the light palette in the colours of the dark one."""
    pairs = _pairs()
    return COLOUR.sub(lambda m: pairs.get(m[0], m[0]), drawing)


@lru_cache(maxsize=1)
def _pairs() -> dict[str, str]:
    """The dark colour for each light one."""
    from matplotlib import rc_params_from_file  # noqa: PLC0415
    from matplotlib.colors import to_hex  # noqa: PLC0415

    def colours(palette: str) -> list[str]:
        path = STYLE / f"{palette}.mplstyle"
        style = dict(rc_params_from_file(path, use_default_template=False))
        cycle = style.pop("axes.prop_cycle").by_key()["color"]
        return [to_hex(c) for c in (*cycle, *map(style.get, sorted(style)))]

    light, dark = (colours(p) for p in PALETTES)
    pairs = dict(zip(light, dark, strict=True))
    for one, other in zip(light, dark, strict=True):
        if pairs[one] != other:
            raise ValueError(
                f"a light colour must have one dark one, got {other} and "
                f"{pairs[one]} for {one}"
            )
    return pairs


def at_line(error: Exception, script: Path, place: Path) -> Problem:
    """What a script raised, as a problem at its own line."""
    if isinstance(error, PressError):
        found = error.problems[0]
        return Problem(place, found.line, found.what, found.fix)
    if isinstance(error, SyntaxError):
        said = f"SyntaxError: {error.msg}"
        return Problem(place, error.lineno or 1, said, "mend it")
    lines = [
        f.lineno
        for f in traceback.extract_tb(error.__traceback__)
        if f.filename == str(script)
    ]
    said = f"{type(error).__name__}: {error}"
    at = (lines[-1] if lines else None) or 1
    return Problem(place, at, said, "mend the script")


def _render(code: object, palette: str) -> tuple[str, dict[str, object]]:
    """The drawing in a palette, as SVG, and the names of the script."""
    import matplotlib.pyplot as plt  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    here = Path("figure.py")
    with plt.style.context(["default", *styles(palette)]):
        namespace: dict[str, object] = {"__name__": "figure"}
        exec(code, namespace)  # type: ignore[arg-type]  # noqa: S102
        if not namespace.get("__doc__"):
            raise PressError(
                Problem(here, 1, "no docstring", "state the claim it makes")
            )
        make = namespace.get("figure")
        if not callable(make):
            raise PressError(
                Problem(here, 1, "no function figure", "define figure()")
            )
        figure = make()
        if not isinstance(figure, Figure):
            raise PressError(
                Problem(
                    here,
                    1,
                    f"figure() gives {type(figure).__name__}",
                    "return a Figure",
                )
            )
        drawing = as_svg(figure)
        plt.close("all")
    return drawing, namespace


def styles(palette: str) -> list[Path]:
    """The style files of a palette."""
    return [STYLE / "book.mplstyle", STYLE / f"{palette}.mplstyle"]


def as_svg(figure: Any) -> str:
    """A drawing, without what depends on when it is made."""
    drawing = io.StringIO()
    figure.savefig(
        drawing, format="svg", metadata={"Date": None, "Creator": None}
    )
    return drawing.getvalue()


def key_of(
    root: Path,
    script: Path,
    drawers: Sequence[Path] | None = None,
    *,
    whole: bool = True,
) -> str:
    """A hash of all that a drawing is made of.

    What draws is this file with its styles, unless `drawers` says other.
    If not `whole`, the text of the script is left out.
    """
    digest = hashlib.sha256(_versions().encode())
    if drawers is None:
        drawers = [Path(__file__), *sorted(STYLE.glob("*.mplstyle"))]
    for path in [
        *drawers,
        *([script] if whole else []),
        *sorted(modules_of(root, script)),
        *sorted(_data(root, script)),
    ]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _versions() -> str:
    packages = ("matplotlib", "numpy", "scipy")
    return " ".join(
        [platform.python_version(), *(version(p) for p in packages)]
    )


def modules_of(root: Path, script: Path) -> set[Path]:
    """The files of the library that a script uses, directly or not.

    A name that a package only re-exports leads to the module that
    defines it, so that a chapter's figures do not depend on all others.
    """
    found: set[Path] = set()
    todo = [script]
    while todo:
        path = todo.pop()
        for used in _imports(root, path):
            if used not in found:
                found.add(used)
                todo.append(used)
    return found


def _data(root: Path, script: Path) -> set[Path]:
    """The files without code that a script may read.

    They lie beside a module that it uses, or match a pattern of its own:
    ``READS = ["data/*.csv"]``, from the root of the book.
    """
    found = {
        path
        for folder in {m.parent for m in modules_of(root, script)}
        for path in folder.iterdir()
        if path.is_file() and path.suffix not in NO_DATA
    }
    for pattern in _patterns(root, script):
        found |= {path for path in root.glob(pattern) if path.is_file()}
    return found


def _patterns(root: Path, script: Path) -> list[str]:
    try:
        tree = ast.parse(script.read_text("utf8"))
    except SyntaxError:
        return []  # its run says so
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        if [ast.unparse(target) for target in node.targets] == ["READS"]:
            try:
                return [
                    str(pattern) for pattern in ast.literal_eval(node.value)
                ]
            except (TypeError, ValueError):
                place = script.relative_to(root)
                fix = 'write patterns, as in READS = ["data/*.csv"]'
                said = "READS is no list of patterns"
                raise PressError(
                    Problem(place, node.lineno, said, fix)
                ) from None
    return []


def _statements(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2048)
def _parsed(
    path: Path, _mtime: int
) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """What a file imports; a broken one nothing, for its run to say."""
    try:
        tree = ast.parse(path.read_text("utf8"))
    except SyntaxError:
        return ()
    return tuple(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def _imports(root: Path, path: Path) -> set[Path]:
    source = source_of(root)
    inside = path.is_relative_to(source)
    package = ""
    if inside:
        dotted = path.relative_to(source).with_suffix("").parts
        package = ".".join(dotted[:-1])
    found: set[Path] = set()
    for node in _statements(path):
        if isinstance(node, ast.ImportFrom):
            name = "." * node.level + (node.module or "")
            if node.level:
                name = importlib.util.resolve_name(name, package)
            if path.name == "__init__.py" and node.level == 0:
                continue  # a package re-exports: its names lead further
            for alias in node.names:
                found |= _defining(source, name, alias.name)
        else:
            for alias in node.names:
                found |= _defining(source, alias.name, "")
    return found


def _defining(source: Path, module: str, name: str) -> set[Path]:
    """The files that `from module import name` needs."""
    base = source.joinpath(*module.split("."))
    if base.with_suffix(".py").is_file():
        return {base.with_suffix(".py")}
    if name and base.joinpath(f"{name}.py").is_file():
        return {base / f"{name}.py"}
    init = base / "__init__.py"
    if name and base.joinpath(name, "__init__.py").is_file():
        return _defining(source, f"{module}.{name}", "")
    if not init.is_file():
        return set()
    found: set[Path] = set()
    for node in _statements(init):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {a.asname or a.name: a.name for a in node.names}
            if not name or name in names:
                for original in [names[name]] if name else names.values():
                    found |= _defining(source, node.module, original)
    return found or {init}


def _name(root: Path, script: Path) -> str:
    return script.relative_to(root).as_posix()


def _load(root: Path) -> dict[str, str]:
    path = docs_of(root) / GENERATED / CACHE
    if not path.exists():
        return {}
    try:
        loaded: dict[str, str] = json.loads(path.read_text("utf8"))
    except json.JSONDecodeError:
        return {}
    return loaded


def _save(root: Path, cache: dict[str, str]) -> None:
    path = docs_of(root) / GENERATED / CACHE
    text = json.dumps(cache, indent=1, sort_keys=True)
    if not path.exists() or path.read_text("utf8") != text:
        atomic.write(path, text)


def _sweep(
    root: Path, scripts: list[Path], cache: dict[str, str],
    kept: Sequence[Path],
) -> None:  # fmt: skip
    """Remove the drawings of scripts that are gone."""
    known = {p for s in (*scripts, *kept) for p in outputs(root, s)}
    for path in (docs_of(root) / GENERATED).glob("**/*.svg"):
        if path not in known:
            path.unlink()
    names = {_name(root, s) for s in scripts}
    for name in set(cache) - names:
        del cache[name]


def main(argv: Sequence[str], kept: Sequence[Path] = ()) -> int:
    """Draw from the command line; `kept` as for `draw`."""
    parser = argparse.ArgumentParser(prog="press figures", description=__doc__)
    parser.add_argument("--jobs", type=int, default=JOBS)
    options = parser.parse_args(argv)
    drawn = draw(Path.cwd(), jobs=options.jobs, kept=kept)
    fresh = sum(d.fresh for d in drawn)
    print(f"{fresh} of {len(drawn)} figures drawn")  # noqa: T201
    return 0
