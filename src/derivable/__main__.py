"""`python -m derivable` says which version this is, and where the book is."""

import argparse
import importlib.metadata
import sys
from collections.abc import Sequence

NAME = "derivable"
BOOK = "Documentation, "


def about() -> str:
    """The version and the book's address, as the distribution states them.

    Raises:
        PackageNotFoundError: if the library is imported but not installed.
    """
    facts = importlib.metadata.metadata(NAME)
    books = [
        url.removeprefix(BOOK)
        for url in facts.get_all("Project-URL") or []
        if url.startswith(BOOK)
    ]
    version = f"{NAME} {facts['Version']}"
    return "\n".join([version, *(f"The book: {book}" for book in books)])


def main(argv: Sequence[str] | None = None) -> int:
    """Print what `about` says; there are no arguments but `--help`."""
    program = f"python -m {NAME}"
    argparse.ArgumentParser(prog=program, description=__doc__).parse_args(argv)
    try:
        print(about())  # noqa: T201
    except importlib.metadata.PackageNotFoundError:
        print(  # noqa: T201
            f"{NAME} is imported from its sources and not installed, so it "
            "has no version; install it by pip",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
