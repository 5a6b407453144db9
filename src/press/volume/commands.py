"""`press pdf` and `press epub`."""

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from press import built
from press.problems import PressError, Problem
from press.volume.bound import volume
from press.volume.plan import Volume

WORD = re.compile(r"[a-z0-9]+")


def pdf(root: Path, argv: Sequence[str]) -> int:
    """Print the book, or some of its pages, from the built site."""
    from press.volume import pdf as printed  # noqa: PLC0415

    return _made(root, argv, "pdf", printed.write)


def epub(root: Path, argv: Sequence[str]) -> int:
    """Pack the book, or some of its pages, from the built site."""
    from press.volume import epub as packed  # noqa: PLC0415

    return _made(root, argv, "epub", packed.write)


def _made(
    root: Path,
    argv: Sequence[str],
    kind: str,
    write: Callable[[Volume, Path, Path], dict[str, int]],
) -> int:
    parser = argparse.ArgumentParser(prog=f"press {kind}")
    parser.add_argument("pages", nargs="*", help="as in calculus/gradients")
    parser.add_argument(
        "--site-dir", type=Path, help="a built site, whatever tree it is of"
    )
    parser.add_argument("--out", type=Path, help=f"as in dist/book.{kind}")
    options = parser.parse_args(argv)
    site = options.site_dir or _current(root)
    bound = volume(root, site, options.pages)
    name = "-".join(WORD.findall(bound.title.lower())) or "book"
    target = options.out or root / "dist" / f"{name}.{kind}"
    counts = write(bound, site, target)
    said = ", ".join(f"{number} {what}" for what, number in counts.items())
    size = target.stat().st_size / 1e6
    print(f"wrote {target}: {said}, {size:.1f} MB")  # noqa: T201
    return 0


def _current(root: Path) -> Path:
    """The site that was built of the tree as it is.

    Raises:
        PressError: if there is none.
    """
    found = built.find(root, "mkdocs")
    if found is None:
        what = "has not been built, or is of another state of the tree"
        raise PressError(Problem(root / "site", 1, what, "run make build"))
    return found
