"""The links that the project on ranking ships are links of this book.

The table is frozen, the pages are not: a few links may come and go.
"""

import ast
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
LINK = re.compile(r"\]\(([^)\s#]+\.md)")


def shipped():
    """The pairs (page, page that it links to) of the table, by name."""
    tree = ast.parse((DOCS / "projects" / "ranking.py").read_text("utf8"))
    (text,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "LINKS"
    )
    entries = [entry.split(":") for entry in text.split(";")]
    return {
        (name.strip(), other)
        for name, others in entries
        for other in others.split()
    }


@pytest.fixture(scope="module")
def standing():
    """The pairs that the sources of the pages hold now."""
    return {
        (path.stem, Path(target).stem)
        for path in DOCS.glob("[!g]*/*.md")
        for target in LINK.findall(path.read_text("utf8"))
    }


def test_every_name_of_the_table_is_a_page():
    pages = {path.stem for path in DOCS.glob("[!g]*/*.md")}
    assert {name for pair in shipped() for name in pair} <= pages


def test_nine_of_ten_links_of_the_table_still_stand(standing):
    links = shipped()
    assert len(links & standing) >= 0.9 * len(links)
