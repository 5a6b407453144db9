import re

import markdown
import pytest

from press.problems import PressError

EXTENSIONS = [
    "press.extension",
    "press.math",
    "abbr",
    "attr_list",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
]


def convert(root, path="slopes.md"):
    md = markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={
            "press.extension": {
                "root": str(root),
                "repo_url": "https://a.b/c",
            },
            "pymdownx.highlight": {"pygments_lang_class": True},
            "pymdownx.blocks.admonition": {"types": ["note"]},
        },
    )
    md.press_page = path
    text = (root / "docs" / path).read_text("utf8")
    return md.convert(text.split("---\n", 2)[2])


def test_a_listing_leads_to_its_source(tiny):
    out = convert(tiny)
    assert 'href="https://a.b/c/blob/main/src/derivable/tiny.py#L6-L8"' in out
    assert "derivable.tiny" in out


def test_a_claim_shows_the_number_and_what_it_is_of(tiny):
    assert (
        '<data class="claim" value="3.0" title="t.sum()">3.0</data>'
        in convert(tiny)
    )


def test_references_are_numbered_links(tiny):
    out = convert(tiny)
    assert '<a href="#claim:square">(1)</a>' in out
    assert '<a href="#fig:line">Figure 1</a>' in out
    assert '<a href="#ex:double">Exercise 1</a>' in out
    assert 'href="generated/bibliography.md#newton1687">Newton (1687)' in out


def test_a_reference_to_another_page_names_it(tiny):
    (tiny / "docs/part").mkdir()
    (tiny / "docs/part/other.md").write_text(
        "---\ntitle: Other\n---\n\n# Other\n\nSee \\eqref{claim:square}.\n"
    )
    out = convert(tiny, "part/other.md")
    assert (
        '<a href="../slopes.md#claim:square">(1)</a> of <em>Slopes</em>' in out
    )


def test_a_figure_has_two_palettes_words_and_caption(tiny):
    out = convert(tiny)
    assert 'id="fig:line"' in out
    assert out.count('alt="A straight line through the origin') == 2
    assert "line.light.svg#only-light" in out
    assert "line.dark.svg#only-dark" in out
    assert "Figure 1." in out


def test_a_check_is_named_after_what_it_checks(tiny):
    assert re.search(
        r'<details class="check"[^>]*>\s*<summary>Check of \(1\)',
        convert(tiny),
    )


def test_a_check_that_keeps_its_draws_says_why(tiny, edit):
    assert "not tried" not in convert(tiny)
    edit("/// check\n", "/// check\n    steps: no, t is a temperature\n")
    said = "not tried at these draws: t is a temperature</p>"
    assert said in convert(tiny)


def test_only_prose_and_examples_are_searched(tiny):
    out = convert(tiny)
    for kind in ("check", "hint", "solution"):
        assert f'<details class="{kind}" data-search-exclude' in out
    for kind, number in {"output": 2, "starter": 1, "check": 1}.items():
        blocks = re.findall(rf'<div class="[^"]*\b{kind}\b[^"]*"([^>]*)>', out)
        assert len(blocks) == number
        assert all("data-search-exclude" in b for b in blocks)


def test_the_parts_of_an_exercise_can_be_told_apart(tiny):
    out = convert(tiny)
    for part in ("starter", "check", "solution"):
        assert re.search(
            rf'class="language-python {part}( live mb-\d+)? highlight"', out
        )
    assert len(re.findall(r"starter live mb-\d+", out)) == 1
    assert not re.search(r"(check|solution) live", out)


def test_a_term_has_one_tooltip_in_a_section(tiny, edit):
    edit(
        "How fast is it?",
        "The slope is a slope of slope.\n\n## slope\n\nslope",
    )
    out = convert(tiny)
    section = out[: out.index("<h2")]
    assert section.count("<abbr") == 1
    assert "<h2" in out
    assert "<abbr" not in re.search(r"<h2.*?</h2>", out)[0]


def test_a_block_that_is_not_run_says_why(tiny, edit):
    edit(
        "``` {.python continuation}\nprint(t.sum())\n```\n\n"
        "``` {.text .output}\n3.0\n```\n",
        '``` {.python notest reason="needs a <satellite>"}\nlaunch()\n```\n',
    )
    out = convert(tiny)
    assert "Not run here: needs a &lt;satellite&gt;" in out
    assert 'class="not-run"' in out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\\eqref{claim:square}", "\\eqref{claim:cube}", "claim:cube"),
        ("[@newton1687, book I]", "[@hooke]", "hooke"),
        ("tiny.py:double", "tiny.py:treble", "treble"),
    ],
)
def test_what_is_missing_fails_with_file_and_line(tiny, edit, old, new, says):
    line = edit(old, new)
    with pytest.raises(PressError) as caught:
        convert(tiny)
    problem = caught.value.problems[0]
    assert problem.path.as_posix() == "docs/slopes.md"
    assert abs(problem.line - line) <= 1
    assert says in problem.what


def test_every_form_of_a_number_is_shown_with_its_origin(tiny, edit):
    edit(
        "The slopes add",
        '`twice`{ .claim of="t[1] / t[0]" says="2" }, '
        '$x = 10^{-3}${ .given of="x" }, `42`{ .fact source="newton1687" }, '
        '`12`{ .given as="q" }. The slopes add',
    )
    out = convert(tiny)
    assert 'class="claim" value="twice" title="t&#91;1&#93; &#47; t' in out
    assert re.search(
        r'<data class="given" value="[^"<>$]*" title="x"><math.*?</data>',
        out,
        re.DOTALL,
    )
    assert 'class="fact" value="42" title="Newton (1687)">42</data>' in out
    assert '<data class="given" value="12">12</data>' in out
    assert "{ ." not in out


def test_numbers_are_shown_in_headings_tables_and_captions(tiny, edit):
    edit(
        "## The slope of a square",
        '## A slope of `0.5`{ .claim of="t[0] / 2" } at a | b\n\n'
        '| a | b |\n|---|---|\n| `1.5`{ .claim of="(t | t)[0]" } | $2^{10}$'
        '{ .claim of="k" } |\n\n## The slope of a square',
    )
    edit("The slope of a straight line", '`7`{ .claim of="k" } lines')
    out = convert(tiny)
    assert re.search(r'<h2 id="a-slope-of-05-at-a-b">A slope of <data', out)
    assert out.count("<td><data") == 2
    assert re.search(r"<figcaption>.*?>7</data> lines", out, re.DOTALL)


def test_an_alternative_text_is_plain(tiny, edit):
    edit("rising by two", 'rising by `2.5`{ .claim of="step" }')
    assert 'alt="A straight line through the origin, rising by 2.5 for' in (
        convert(tiny)
    )


def test_what_the_book_holds_is_filled_in(tiny, edit):
    edit("How fast", "It has {press:exercises} exercise. How fast")
    assert "It has 1 exercise. How" in convert(tiny)
    edit("{press:exercises}", "{press:pages}")
    with pytest.raises(PressError, match="nothing that the build counts"):
        convert(tiny)


def test_alternative_text_that_wraps_is_no_part_of_the_caption(tiny, edit):
    edit(
        "    alt: A straight line through the origin, rising by two for each "
        "step.\n",
        "    alt: A straight line through\n        the origin.\n",
    )
    out = convert(tiny)
    assert out.count('alt="A straight line through the origin."') == 2
    assert "<code>the origin" not in out
    assert "the origin.</p>" not in out
