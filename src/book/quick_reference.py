"""The quick reference of gradients, from the table of identities."""

from pathlib import Path

from press.book import Book

CHAPTER = Path("calculus") / "matrix_calculus.md"
HEAD = """\
---
title: Quick reference
description: Gradients with respect to vectors and matrices, each checked \
against differences, with its conditions and its derivation.
hide:
  - toc
---

# Quick reference

Every row is an entry of `derivable.calculus.identities`; the tests compare
its gradient with central differences over several shapes. A gradient has
the shape of its argument.

| Argument | Function | Gradient | Holds if | Derived in |
|---|---|---|---|---|
"""


def render(root: Path) -> str:
    """The page, in Markdown.

    Args:
        root: the book; rows link to the equations that its chapter
            labels ``claim:<name>``.
    """
    from derivable.calculus import identities  # noqa: PLC0415

    book = Book(root)
    taught = any(page.path == CHAPTER for page in book.pages)
    chapter = f"[chapter](../{CHAPTER.as_posix()})" if taught else ""
    text = HEAD
    for identity in identities:
        shape = ", ".join(identity.shapes[identity.argument])
        name = f"claim:{identity.name}"
        found = book.labels.get(name)
        link = (
            f"[({found[0].number})](../{found[0].page.as_posix()}#{name})"
            if found
            else chapter
        )
        cells = (
            f"${identity.argument}$ ({shape})",
            f"${identity.function}$",
            f"${identity.gradient}$",
            identity.condition or "always",
            link,
        )
        text += "| " + " | ".join(_escaped(c) for c in cells) + " |\n"
    return text


def _escaped(cell: str) -> str:
    return cell.replace(r"\|", r"\Vert ").replace("|", r"\|")
