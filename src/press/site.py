"""From the tree to the site: draw, generate, build, publish.

The site generator runs in a process of its own, MkDocs or Zensical, on
the same `mkdocs.yml`; what comes before and after is the same for both.
"""

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from press import (
    built,
    explorable,
    figures,
    generate,
    live,
    moved,
    notebooks,
    pictures,
    projects,
    publish,
    remnants,
    solved,
)
from press.book import GENERATED, Book
from press.problems import PressError
from press.settings import docs_of, settings_of

ENGINES = ("mkdocs", "zensical")
POLL = 1.0  # seconds between looks for a change


def prepare(root: Path) -> None:
    """Draw the figures, write the generated pages and what runs in them."""
    figures.draw(root, kept=pictures.scripts(root))
    pictures.draw(root)
    explorable.draw(root)
    live.write(root)
    projects.write(root)
    book = Book(root)
    notebooks.write(root, book)
    solved.write(root, book)
    generate.write(root)


def build(root: Path, argv: Sequence[str]) -> int:
    """Build the site strictly; the generator's exit code."""
    parser = argparse.ArgumentParser(prog="press build")
    parser.add_argument("--engine", choices=ENGINES, default="mkdocs")
    parser.add_argument("--site-dir", type=Path, default=root / "site")
    options = parser.parse_args(argv)
    prepare(root)
    inputs = built.inputs(root)
    code = generated(root, options.site_dir, options.engine)
    if code == 0:
        built.note(root, options.site_dir, options.engine, inputs)
    return code


def generated(root: Path, site: Path, engine: str) -> int:
    """Run one generator into `site`, then publish beside it.

    Raises:
        PressError: if the source of a page is seen in it.
    """
    code = _RUN[engine](root, site)
    if code == 0:
        if engine == "mkdocs":
            solved.clean(site)
        remnants.check(root, site)
        publish.publish(root, site)
        moved.write(Book(root), site)
        print(f"built {site} with {engine}")  # noqa: T201
    return code


def mkdocs(root: Path, site: Path) -> int:
    """MkDocs without what it says of its progress.

    NB: with its own option for that, strict counts no warning.
    """
    command = ["mkdocs", "build", "--strict", "--site-dir"]
    done = subprocess.run(  # noqa: S603  (the project's own generators)
        [sys.executable, "-m", *command, str(site.resolve())],
        cwd=root,
        env=_environment(root),
        check=False,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in done.stderr.splitlines():
        if not line.startswith("INFO"):
            print(line, file=sys.stderr)  # noqa: T201
    return done.returncode


def zensical(root: Path, site: Path) -> int:
    """Zensical builds where `site_dir` says; the result is moved."""
    built, kept = root / "site", root / ".press" / "site"
    elsewhere = site.resolve() != built.resolve()
    if elsewhere and built.exists():
        shutil.rmtree(kept, ignore_errors=True)
        shutil.move(built, kept)
    pages = solved.for_zensical(root)
    code = _call(root, ["zensical", "build", "--clean", "--strict"])
    for page in pages:
        page.unlink()
    if elsewhere and built.exists():
        shutil.rmtree(site, ignore_errors=True)
        shutil.move(built, site)
    if elsewhere and kept.exists():
        shutil.move(kept, built)
    return code


_RUN = {"mkdocs": mkdocs, "zensical": zensical}


def _call(root: Path, command: list[str]) -> int:
    module = [sys.executable, "-m", *command]
    return subprocess.run(  # noqa: S603  (the project's own generators)
        module, cwd=root, env=_environment(root), check=False
    ).returncode


def _environment(root: Path) -> dict[str, str]:
    notebooks = any(docs_of(root).rglob("*.ipynb"))
    return {
        "PRESS_NOTEBOOKS": str(notebooks).lower(),
        "NO_MKDOCS_2_WARNING": "1",
        "PRESS_THEME": str(Path(__file__).parent / "theme"),
        "SOURCE_DATE_EPOCH": "0",
        **os.environ,
    }


def serve(root: Path, argv: Sequence[str]) -> int:
    """Serve on loopback until interrupted."""
    parser = argparse.ArgumentParser(prog="press serve")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(argv)
    prepare(root)
    watcher = threading.Thread(target=_watch, args=(root,), daemon=True)
    watcher.start()
    address = f"127.0.0.1:{options.port}"
    print(f"the book is at http://{address}/ (Ctrl-C stops)")  # noqa: T201
    command = ["mkdocs", "serve", "--livereload", "--dev-addr", address]
    table = settings_of(root)
    for folder in (table.snippets, table.code):
        command += ["--watch", folder]
    os.environ["PRESS_LIVE_RELOAD"] = "true"
    try:
        return _call(root, command)
    except KeyboardInterrupt:
        return 0


def _watch(root: Path) -> None:
    seen = _stamps(root)
    while True:
        time.sleep(POLL)
        now = _stamps(root)
        if now == seen:
            continue
        seen = now
        try:
            prepare(root)
        except PressError as error:
            for problem in error.problems:
                print(problem, file=sys.stderr)  # noqa: T201


def _stamps(root: Path) -> dict[Path, int]:
    table = settings_of(root)
    ignored = docs_of(root) / GENERATED
    made = projects.written(docs_of(root))
    return {
        path: path.stat().st_mtime_ns
        for folder in (table.docs, table.snippets, table.code)
        for path in (root / folder).rglob("*")
        if path.suffix in {".md", ".py", ".yml"}
        and not path.is_relative_to(ignored)
        and path not in made
    }
