"""Glossary, bibliography, reference, verification, text versions."""

import gzip
import json
import re
from pathlib import Path

import pytest

from press import api, figures, generate, publish, report
from press.book import Book, Source
from press.engines import compare
from press.problems import PressError


@pytest.fixture
def book(tiny):
    (tiny / "src/derivable/__init__.py").write_text('"""A library."""\n')
    (tiny / "src/derivable/tiny.py").write_text(
        '''\
"""One function.

More.
"""


def double(x: float, *, times: int = 2) -> float:
    """Twice x, or `times` as much.

    Args:
        x: any number, |x| < 9.
        times: how often.

    Returns:
        The product.

    Raises:
        ValueError: never.
    """
    return times * x


def _hidden():
    """Not shown."""
'''
    )
    return Book(tiny)


def test_the_glossary_is_in_order(tiny):
    (tiny / "snippets/glossary.md").write_text(
        "*[slope]: Rise.\n*[Area]: Size.\n*[point]: Place.\n"
    )
    text = generate.glossary(Book(tiny))
    places = [text.index(f"**{t}**") for t in ("Area", "point", "slope")]
    assert places == sorted(places)


def test_the_bibliography_says_who_cites(tiny):
    text = generate.bibliography(Book(tiny))
    assert '<span id="newton1687"></span>' in text
    assert "Cited in [Slopes](../slopes.md)" in text


@pytest.mark.parametrize(
    ("authors", "short"),
    [
        (["Isaac Newton"], "Newton (1687)"),
        (["A. One", "B. Two"], "One and Two (1687)"),
        (["A. One", "B. Two", "C. Three"], "One et al. (1687)"),
        (["van Dyk, David"], "van Dyk (1687)"),
    ],
)
def test_a_source_is_cited_by_family_name(authors, short):
    assert Source("k", authors, 1687, "T").short == short


def test_a_malformed_reference_is_named(tiny, edit):
    edit("  year: 1687\n", "", "snippets/references.yml")
    with pytest.raises(PressError, match=r"references\.yml:\d+: "):
        _ = Book(tiny).sources


def test_verified_counts_and_knows_what_it_has_not_seen(tiny):
    text = generate.verified(Book(tiny))
    row = "| [Slopes](../slopes.md) | not\N{NO-BREAK SPACE}run | 8 | 2 | 1 |"
    assert row in text


def test_a_report_counts_while_the_page_is_the_one_that_ran(tiny, edit):
    page = Book(tiny).pages[0]
    lines = {f.line for f in page.fences if f.is_python}
    report.record(tiny, page.path, lines, set(), {"numpy": "9"})
    assert "| passed |" in generate.verified(Book(tiny))
    assert "numpy 9" in generate.verified(Book(tiny))
    edit("A car moves", "A train moves")
    assert "| not\N{NO-BREAK SPACE}run |" in generate.verified(Book(tiny))


def test_a_failure_is_reported(tiny):
    page = Book(tiny).pages[0]
    lines = sorted(f.line for f in page.fences if f.is_python)
    report.record(tiny, page.path, set(lines[1:]), {lines[0]}, {})
    assert "| failed |" in generate.verified(Book(tiny))


def test_a_part_of_a_page_says_nothing_of_the_page(tiny):
    page = Book(tiny).pages[0]
    report.record(tiny, page.path, {page.fences[0].line}, set(), {})
    assert report.current(tiny, page) is None


def test_a_report_of_other_code_does_not_count(tiny, edit):
    page = Book(tiny).pages[0]
    lines = {f.line for f in page.fences if f.is_python}
    report.record(tiny, page.path, lines, set(), {})
    assert report.current(tiny, page) is not None
    edit("2 * x", "3 * x", "src/derivable/tiny.py")
    assert report.current(tiny, page) is None


def test_the_reference_shows_signature_tables_and_chapters(book):
    text = api.render(book)["tiny.md"]
    assert "double(x: float, *, times: int = 2) -> float" in text
    assert r"| `x` | any number, \|x\| \< 9. |" in text
    assert "| Errors | |" in text
    assert "Shown in" not in text or "Slopes" in text
    assert "hidden" not in text
    assert (
        "[double](tiny.md#derivable.tiny.double)"
        in api.render(book)["index.md"]
    )


def test_an_anchor_is_that_of_the_entry(book):
    file = book.root / "src/derivable/tiny.py"
    place = file.relative_to(book.root)
    assert (
        api.api_anchor(book.root, place, "double")
        == "generated/api/tiny.md#derivable.tiny.double"
    )
    assert api.api_anchor(book.root, place, "_hidden") is None
    assert api.api_anchor(book.root, place, "absent") is None


def test_a_private_module_has_no_entry_and_an_imported_one_no_page(book):
    source = book.root / "src/derivable"
    (source / "_inner.py").write_text(
        '"""Inside."""\n\n\ndef halve(x):\n    """Half of x."""\n'
        "    return x / 2\n"
    )
    tiny = source / "tiny.py"
    text = tiny.read_text("utf8")
    tiny.write_text(
        text.replace(
            '"""\n', '"""\n\nfrom derivable import _inner as inner\n', 1
        )
    )
    place = Path("src/derivable/_inner.py")
    assert api.api_anchor(book.root, place, "halve") is None
    assert set(api.render(book)) == {"index.md", "tiny.md"}


def test_text_versions_hold_the_code_and_llms_lists_them(tiny, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitemap.xml").write_text(
        "<url>\n<loc>a</loc>\n<lastmod>2026-01-01</lastmod>\n</url>\n"
    )
    publish.publish(tiny, site)
    text = (site / "slopes/index.md").read_text("utf8")
    assert "--8<--" not in text
    assert "return 2 * x" in text
    listed = (site / "llms.txt").read_text("utf8")
    assert "[Slopes](slopes/index.md): How steep a curve is" in listed
    assert "lastmod" not in (site / "sitemap.xml").read_text("utf8")
    packed = gzip.decompress((site / "sitemap.xml.gz").read_bytes())
    assert packed == (site / "sitemap.xml").read_bytes()


def test_a_text_version_says_numbers_where_the_page_has_labels(tiny):
    book = Book(tiny)
    text = publish.markdown_of(book, book.pages[0])
    source = "generated/bibliography/index.html#newton1687"
    assert (
        "See [(1)](#claim:square), [Figure 1](#fig:line), "
        "[Exercise 1](#ex:double) and\n"
        f"[Newton (1687), book I](../{source})."
    ) in text
    assert '<a id="claim:square"></a>\n\n$$\n' in text
    assert r"t^2 = 2 t \tag{1}" in text
    assert "\\label" not in text
    assert (
        "//// exercise | Exercise 1. Double it\n\n"
        '<a id="ex:double"></a>\n\nWrite `double`.'
    ) in text


def test_a_text_version_shows_a_figure_with_its_number(tiny):
    book = Book(tiny)
    text = publish.markdown_of(book, book.pages[0])
    alt = "A straight line through the origin, rising by two for each step."
    assert (
        f'<a id="fig:line"></a>\n\n![{alt}]'
        "(../generated/figures/slopes/line.light.svg)\n\n"
        "**Figure 1.** The slope of a straight line is the same everywhere.\n"
        "\n//// exercise"
    ) in text


def test_every_link_of_a_text_version_leads_to_a_file(tiny, tmp_path):
    (tiny / "docs/assets").mkdir()
    (tiny / "docs/assets/a.svg").write_text("<svg/>")
    (tiny / "docs/index.md").write_text(
        "---\ntitle: Home\n---\n[first](slopes.md) ![drawn](assets/a.svg)\n"
    )
    (tiny / "docs/part").mkdir()
    (tiny / "docs/part/next.md").write_text(
        "---\ntitle: Next\n---\n"
        "[The\nsquare](../slopes.md#the-slope-of-a-square), "
        "[home](../index.md) and [itself](next.md), [here](#a), [there](https://a.org/b.md);\n"
        "by \\eqref{claim:square} and [@newton1687] $f[x](y)$ `[a](next.md)`,"
        "\n[the list](../generated/bibliography.md), ![](../assets/a.svg)\n"
    )
    site = tmp_path / "site"
    figures.draw(tiny)
    (tiny / "docs/generated/bibliography.md").write_text("# Sources\n")
    for file in (tiny / "docs").rglob("*.*"):  # what a generator builds
        built = site / file.relative_to(tiny / "docs")
        if file.suffix == ".md":
            built = built.with_suffix("") / "index.html"
        built.parent.mkdir(parents=True, exist_ok=True)
        built.write_bytes(file.read_bytes())
    publish.publish(tiny, site)

    text = (site / "part/next/index.md").read_text("utf8")
    assert "square](../../slopes/index.md#the-slope-of-a-square)" in text
    assert "[home](../../index.md) and [itself](index.md)" in text
    assert "[(1)](../../slopes/index.md#claim:square) of *Slopes*" in text
    assert "$f[x](y)$ `[a](next.md)`" in text
    assert "[here](#a), [there](https://a.org/b.md)" in text
    for page in site.rglob("index.md"):
        found = re.findall(
            r"(?<!`)\[[^\]]*\]\(([^)#:]+?)(?:#.*?)?\)", page.read_text("utf8")
        )
        links = set(found) - {"y"}
        assert len(links) > 1
        assert not [x for x in links if not (page.parent / x).exists()]


def site_with(folder, body):
    (folder / "a").mkdir(parents=True)
    (folder / "a/index.html").write_text(
        f'<nav>x</nav><article class="md-content__inner">{body}</article>'
    )
    return folder


def test_engines_differ_if_words_or_mathematics_do(tmp_path):
    base = "<p>one <math><mi>x</mi></math></p>"
    one = site_with(tmp_path / "one", base)
    same = site_with(tmp_path / "two", base.replace("<p>", "<p>\n  "))
    assert compare(one, same) == []
    for i, other in enumerate(
        [base.replace("one", "two"), base.replace("mi>", "mn>")]
    ):
        found = compare(one, site_with(tmp_path / f"other{i}", other))
        assert len(found) == 1
        assert "a/index.html" in found[0]


def test_engines_differ_if_one_lacks_a_page(tmp_path):
    one = site_with(tmp_path / "one", "x")
    (tmp_path / "two").mkdir()
    assert compare(one, tmp_path / "two") == [
        "a/index.html: only one engine built it"
    ]


def test_the_report_is_plain_json(tiny):
    page = Book(tiny).pages[0]
    lines = {f.line for f in page.fences if f.is_python}
    report.record(tiny, page.path, lines, set(), {})
    loaded = json.loads((tiny / ".press/report.json").read_text("utf8"))
    assert loaded["pages"]["slopes"]["blocks"] == 8


QUESTION = """\
---
title: A part
description: Who may skip what in this part, and a question to find out with.
---

# A part

//// exercise | Add
    name: add

``` {.python .starter}
x = ...
```

``` {.python .check}
assert x == 2
```

/// hint

One and one.
///

/// solution

``` {.python .solution}
x = 2
```
///
////
"""


def test_the_index_of_a_part_opens_it_and_is_no_chapter(tiny):
    part = tiny / "docs" / "waves"
    part.mkdir()
    for name in ("index", "sines"):
        (part / f"{name}.md").write_text(QUESTION, "utf8")
    package = tiny / "src" / "derivable" / "waves"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Waves."""\n')
    assert [p.name for p in Book(tiny).chapters] == ["waves/sines"]


def test_progress_names_an_exercise_by_the_address_of_its_page(tiny):
    part = tiny / "docs" / "waves"
    part.mkdir()
    for name in ("index", "sines"):
        (part / f"{name}.md").write_text(QUESTION, "utf8")
    text = generate.progress(Book(tiny))
    for address in ("waves/", "waves/sines/"):
        assert f'<p data-chapter="{address}"></p>' in text
        assert f'<span data-exercise="{address}#ex:add">' in text
    (tiny / "docs" / "index.md").write_text(QUESTION, "utf8")
    assert Book(tiny).page(Path("index.md")).address == ""
