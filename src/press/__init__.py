"""What prints the book: includes, runs, checks, figures, mathematics."""

from typing import TYPE_CHECKING, Any

from press.problems import PressError, Problem

if TYPE_CHECKING:
    from press.book import Book
    from press.execute import PageRun
    from press.lint import check
    from press.page import Page

__all__ = ["Book", "Page", "PageRun", "PressError", "Problem", "check"]
_HOMES = {
    "Book": "press.book", "Page": "press.page", "PageRun": "press.execute",
    "check": "press.lint",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """A public name, imported when it is asked for."""
    from importlib import import_module  # noqa: PLC0415

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
