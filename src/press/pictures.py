"""The pictures of a project: drawn by its own cells, in one run of it.

A cell tagged *picture* draws one figure; the ``/// figure`` block under it
gives its name, what is seen, and its claim. The build runs the cells up to
the last picture, in order, and keeps what each picture draws, in both
palettes. It does so again only if a cell, a module of the library that the
project uses, the style, or the version of a package that draws has changed.
"""

import contextlib
import hashlib
import io
import json
import traceback
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from types import CodeType

from press import atomic, figures
from press.page import PICTURES, Fence, Page, read
from press.problems import PressError, Problem
from press.programs import Namespace, code_of, is_link
from press.projects import sources
from press.settings import docs_of, snippets_of

CACHE = "pictures.json"
TAG = "picture"
FIX = "draw one figure with pyplot, and do not show it"


@lru_cache(maxsize=256)
def of(page: Page) -> dict[str, Fence]:
    """The cells that draw, by the name of the figure that is below them."""
    found = {}
    for block in page.blocks:
        above = [f for f in page.fences if f.is_python and f.line < block.line]
        if block.kind == "figure" and above and TAG in above[-1].classes:
            found[block.title] = above[-1]
    return found


def script(root: Path, page: Page, name: str) -> Path:
    """Where the script of a figure would be, which says where it is drawn."""
    folder = snippets_of(root) / page.path.with_suffix("")
    return folder / PICTURES["figure"] / f"{name}.py"


def scripts(root: Path) -> list[Path]:
    """Those of all pictures of all projects."""
    docs = docs_of(root)
    return [
        script(root, page, name)
        for path in sources(docs)
        for page in [read(docs, path)]
        for name in of(page)
    ]


def draw(root: Path, *, progress: Callable[[str], object] = print) -> None:
    """Draw the pictures of each project that changed.

    Raises:
        PressError: with a problem for each project that fails.
    """
    docs = docs_of(root)
    pages = [p for p in (read(docs, s) for s in sources(docs)) if of(p)]
    keys = {page.name: key_of(root, page) for page in pages}
    cache = _load(root)
    stale = [
        page
        for page in pages
        if cache.get(page.name) != keys[page.name]
        or not all(o.exists() for o in outputs(root, page))
    ]
    kept = {n: k for n, k in cache.items() if n in keys}
    problems = []
    for page, found in zip(stale, _drawn(root, stale), strict=True):
        if found is None:
            kept[page.name] = keys[page.name]
            progress(f"drew the pictures of {page.place.as_posix()}")
        else:
            problems.append(found)
    text = json.dumps(kept, indent=1, sort_keys=True)
    if kept != cache:
        atomic.write(docs_of(root) / figures.GENERATED / CACHE, text)
    if problems:
        raise PressError(problems)


def outputs(root: Path, page: Page) -> Iterator[Path]:
    """The files that the pictures of a project become."""
    for name in of(page):
        yield from figures.outputs(root, script(root, page, name))


def key_of(root: Path, page: Page) -> str:
    """A hash of all that the pictures of a project are made of."""
    styles = sorted(figures.STYLE.glob("*.mplstyle"))
    drawers = [Path(__file__), Path(figures.__file__), *styles]
    key = figures.key_of(root, root / page.place, drawers, whole=False)
    digest = hashlib.sha256(key.encode())
    for fence in _cells(page):
        digest.update(f"{fence.info}\n{fence.body}\n".encode())
    for name, fence in of(page).items():
        digest.update(f"{name} {fence.body}\n".encode())
    return digest.hexdigest()


def _cells(page: Page) -> list[Fence]:
    """The cells up to the last picture that are run one after the other."""
    last = max(fence.line for fence in of(page).values())
    return [f for f in page.fences if is_link(page, f) and f.line <= last]


def _drawn(root: Path, pages: list[Page]) -> Iterator[Problem | None]:
    if not pages:
        return
    # NB: not forked, because the caller may hold threads of a library.
    clean = get_context("forkserver")
    with ProcessPoolExecutor(figures.JOBS, mp_context=clean) as pool:
        names = [page.source for page in pages]
        yield from pool.map(_draw, [root] * len(pages), names)


def _draw(root: Path, source: Path) -> Problem | None:
    """Run one project, write its pictures; a problem instead of an error."""
    import matplotlib as mpl  # noqa: PLC0415  (slow, and often not needed)

    mpl.use("Agg")
    page = read(docs_of(root), source)
    place = page.place
    named = {fence.line: name for name, fence in of(page).items()}
    namespace: Namespace = {"__name__": "__main__"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for fence in _cells(page):
                code = code_of(root, place, fence).compiled(root)
                if fence.line in named:
                    out = figures.outputs(
                        root, script(root, page, named[fence.line])
                    )
                    _picture(code, namespace, out, place, fence)
                else:
                    _run(code, namespace)
    except PressError as error:
        return error.problems[0]
    except Exception as error:  # noqa: BLE001  (any, at its line)
        return _at_line(error, root, place)
    return None


def _run(code: CodeType, namespace: Namespace) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, namespace)  # noqa: S102


def _picture(
    code: CodeType, namespace: Namespace, out: tuple[Path, Path],
    place: Path, fence: Fence,
) -> None:  # fmt: skip
    """Run a cell that draws; where colours are mixed, for each palette."""
    light, dark = out
    light.parent.mkdir(parents=True, exist_ok=True)
    before = dict(namespace)
    with _styled("light"):
        drawing = _figure(code, namespace, place, fence)
    light.write_text(drawing, "utf8")
    other = figures.recoloured(drawing)
    if "<image" in drawing:
        with _styled("dark"):
            other = _figure(code, before, place, fence)
    dark.write_text(other, "utf8")


def _styled(palette: str) -> AbstractContextManager[None]:
    import matplotlib.pyplot as plt  # noqa: PLC0415

    return plt.style.context(["default", *figures.styles(palette)])


def _figure(
    code: CodeType, namespace: Namespace, place: Path, fence: Fence
) -> str:
    import matplotlib.pyplot as plt  # noqa: PLC0415

    plt.close("all")
    _run(code, namespace)
    drawn = plt.get_fignums()
    if len(drawn) != 1:
        what = f"a picture that draws {len(drawn)} figures"
        raise PressError(Problem(place, fence.line, what, FIX))
    drawing = figures.as_svg(plt.figure(drawn[0]))
    plt.close("all")
    return drawing


def _at_line(error: Exception, root: Path, place: Path) -> Problem:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(root / place)
    ]
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    line = (lines[-1] if lines else None) or 1
    return Problem(place, line, said, "mend the cell")


def _load(root: Path) -> dict[str, str]:
    path = docs_of(root) / figures.GENERATED / CACHE
    try:
        loaded: dict[str, str] = json.loads(path.read_text("utf8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return loaded
