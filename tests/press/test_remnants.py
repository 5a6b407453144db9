from pathlib import Path

import pytest

from press.page import parse
from press.remnants import problems


def said(html, source="", tag="p"):
    page = parse(f"# A\n\nFirst.\n\n{source}\n", Path("a.md"))
    whole = f"<html><article><{tag}>{html}</{tag}></article></html>"
    return [str(p) for p in problems(whole, page, Path("docs/a.md"))]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 or so",
        r"the sum \(x\) of",
        r"\begin{aligned} x",
        r"see \cref{claim:a}",
        r"see \eqref {claim:a}",
        r"\label{claim:a}",
        "says [@newton1687]",
        "a note[^1]",
        ":::note",
        "/// note",
        "`3`{ .claim }",
        "{ #anchor }",
        "{: .c }",
        "[text](page.md",
        "[text][ref]",
        '--8<-- "x"',
        "``` {.python}",
        "~~~",
        "**bold",
        "!!! note",
        "&lt;div&gt; is shown",
        "&lt;/b&gt;",
        "&amp;nbsp;",
        "## Heading",
    ],
)
def test_a_remnant_is_named_at_its_line(text):
    source = text.replace("&lt;", "<").replace("&gt;", ">")
    found = said(text, source.replace("&amp;", "&"))
    assert found
    assert all(f.startswith("docs/a.md:5: ") for f in found)


@pytest.mark.parametrize(
    "html",
    [
        "<div>x",
        "<b>x<i>y</b></i>",
        "x</b>",
        "<details><summary>x</details>",
    ],
)
def test_elements_that_do_not_close_are_named(html):
    found = said(html, html, tag="div")
    assert found
    assert all("HTML that does not close in order" in f for f in found)
    assert any(f.startswith("docs/a.md:5: ") for f in found)


@pytest.mark.parametrize(
    "html",
    [
        "Plain words, 3 &lt; 4 &amp; 5 &gt; 2, a/b, a [sic] and {x}.",
        "<code>$x [^1] /// {.c}</code>",
        "<pre><code>``` {.python}</code></pre>",
        "<math><annotation>\\frac{a}{b} $</annotation></math>",
        '<img src="a.svg" alt="A line."><br>',
        "an interval [0, 1) (open)",
        "1 * 2 and 2 ** is not here".replace("**", "times"),
    ],
)
def test_what_a_reader_understands_is_no_remnant(html):
    assert said(html) == []


def test_alternative_text_is_read_as_well():
    assert said('<img alt="The line $y$.">', "The line $y$.")
