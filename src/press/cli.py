"""The commands of the press; `make` calls them by their verbs."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from press.book import Book
from press.page import Page
from press.plugins import find_library
from press.problems import PressError, Problem


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; problems are printed one a line, code 1."""
    parser = argparse.ArgumentParser(prog="press", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, command in COMMANDS.items():
        verb = verbs.add_parser(
            name, help=(command.__doc__ or "").partition("\n")[0]
        )
        if name in PAGE_VERBS:
            verb.add_argument(
                "page", nargs="?", default="",
                help="a page by its path, as in calculus/gradients",
            )  # fmt: skip
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in REST_VERBS:  # these read their own options
        options = argparse.Namespace(verb=words[0], rest=words[1:])
    else:
        options = parser.parse_args(words)
    try:
        find_library(Path.cwd())
        return COMMANDS[options.verb](options)
    except PressError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)  # noqa: T201
        return 1


def _lint(options: argparse.Namespace) -> int:
    """Check every page, or one, without running anything."""
    from press.lint import check  # noqa: PLC0415

    book = Book(Path.cwd())
    _known(book, options.page)
    problems = check(book, options.page)
    _say(problems)
    pages = len([options.page] if options.page else book.pages)
    print(f"{pages} pages, {len(problems)} problems")  # noqa: T201
    return bool(problems)


def _bless(options: argparse.Namespace) -> int:
    """Write outputs and claimed numbers into a page; review the diff."""
    from press.bless import bless  # noqa: PLC0415

    book = Book(Path.cwd())
    failed = False
    for page in _known(book, options.page):
        text, problems = bless(book, page)
        _say(problems)
        failed |= bool(problems)
        path = book.docs / page.source
        if text.rstrip("\n") != path.read_text("utf8").rstrip("\n"):
            path.write_text(text, "utf8")
            print(f"blessed {page.place}: see git diff")  # noqa: T201
    return failed


def _numbers(options: argparse.Namespace) -> int:
    """List numbers that are typed by hand, with what they may be."""
    from press import numerals, suggest  # noqa: PLC0415

    book = Book(Path.cwd())
    for page in _known(book, options.page):
        _say(list(suggest.suggestions(book, page)))
        held = numerals.counts(book, page)
        said = ", ".join(f"{n} {kind}" for kind, n in held.items())
        print(f"{page.name}: {said}")  # noqa: T201
    return 0


def _notebook(options: argparse.Namespace) -> int:
    """Write a page as a notebook into this folder; a project also solved."""
    from press import notebooks  # noqa: PLC0415

    root = Path.cwd()
    book = Book(root)
    if not options.page:
        names = ", ".join(p.name for p in notebooks.offered(book))
        raise PressError(
            Problem(
                Path("press notebook"), 1, "no page", f"name one of {names}"
            )
        )
    (page,) = _known(book, options.page)
    for path in notebooks.main(root, book, page):
        print(f"wrote {path}")  # noqa: T201
    return 0


def _figures(options: argparse.Namespace) -> int:
    """Draw the figures that changed."""
    from press import explorable, figures, pictures  # noqa: PLC0415

    root = Path.cwd()
    explorable.draw(root)
    pictures.draw(root)
    return figures.main(options.rest, pictures.scripts(root))


def _build(options: argparse.Namespace) -> int:
    """Draw, generate, build the site strictly, publish beside it."""
    from press import site  # noqa: PLC0415

    return site.build(Path.cwd(), options.rest)


def _serve(options: argparse.Namespace) -> int:
    """Build, serve on loopback, and build again what changes."""
    from press import site  # noqa: PLC0415

    return site.serve(Path.cwd(), options.rest)


def _pdf(options: argparse.Namespace) -> int:
    """Print the book from the built site: one PDF."""
    from press.volume import commands  # noqa: PLC0415

    return commands.pdf(Path.cwd(), options.rest)


def _epub(options: argparse.Namespace) -> int:
    """Pack the book from the built site: one EPUB."""
    from press.volume import commands  # noqa: PLC0415

    return commands.epub(Path.cwd(), options.rest)


def _engines(options: argparse.Namespace) -> int:
    """Build with MkDocs and with Zensical and compare the pages."""
    from press import engines  # noqa: PLC0415

    return engines.main(options.rest)


def _pyodide(options: argparse.Namespace) -> int:
    """Put the files of Pyodide into a folder, verified."""
    from press.live import local  # noqa: PLC0415

    return local.main(options.rest)


def _new(options: argparse.Namespace) -> int:
    """Write the skeleton of a chapter: part/slug."""
    from press import new  # noqa: PLC0415

    return new.main(options.rest)


def _bench(options: argparse.Namespace) -> int:
    """Measure what the book promises, as ratios in one run."""
    from press import bench  # noqa: PLC0415

    return bench.main(options.rest)


def _portable(options: argparse.Namespace) -> int:
    """Run tests as other processors would, on another clock."""
    from press import portable  # noqa: PLC0415

    return portable.main(options.rest)


def _mutate(options: argparse.Namespace) -> int:
    """Make careless edits and report those that nothing refuses."""
    # NB: a fork has one thread; BLAS reads this when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from press.mutate import run  # noqa: PLC0415

    return run.main(options.rest)


def _release(options: argparse.Namespace) -> int:
    """Build sdist and wheel into dist/; with a tag, say if it may be one."""
    from press import release  # noqa: PLC0415

    return release.main(options.rest)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "lint": _lint,
    "bless": _bless,
    "numbers": _numbers,
    "notebook": _notebook,
    "figures": _figures,
    "build": _build,
    "pdf": _pdf,
    "epub": _epub,
    "serve": _serve,
    "engines": _engines,
    "pyodide": _pyodide,
    "new": _new,
    "bench": _bench,
    "portable": _portable,
    "mutate": _mutate,
    "release": _release,
}
PAGE_VERBS = {"lint", "bless", "numbers", "notebook"}
REST_VERBS = {
    "figures",
    "build",
    "pdf",
    "epub",
    "serve",
    "engines",
    "pyodide",
    "new",
    "bench",
    "portable",
    "mutate",
    "release",
}


def _known(book: Book, name: str) -> list[Page]:
    """The page called `name`, or all of them."""
    if not name:
        return book.pages
    page = book.page(name)
    if page is None:
        names = ", ".join(p.name for p in book.pages)
        raise PressError(
            Problem(
                Path(book.settings.docs) / f"{name}.md",
                1,
                "no such page",
                f"there are {names}",
            )
        )
    return [page]


def _say(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)  # noqa: T201
