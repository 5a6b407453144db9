from pathlib import Path

import pytest

from press.include import IncludeError, resolve
from press.page import options_of, parse


def page(text):
    return parse(text, Path("a/b.md"))


def test_lines_are_those_of_the_file_front_matter_included():
    text = "---\ntitle: A\n---\n\n# A\n\n``` {.python}\nx = 1\n```\n"
    parsed = page(text)
    assert parsed.front == {"title": "A"}
    assert parsed.headings[0].line == 5
    assert (parsed.fences[0].line, parsed.fences[0].end) == (7, 9)


def test_a_fence_header_gives_classes_words_and_options():
    assert options_of('.text .output rtol="1e-3" atol=0') == (
        ["text", "output"],
        {"rtol": "1e-3", "atol": "0"},
    )
    assert options_of(".python continuation") == (
        ["python", "continuation"],
        {},
    )


def test_a_longer_fence_holds_a_shorter_one():
    parsed = page("```` {.text}\n``` {.python}\nx\n```\n````\n")
    assert len(parsed.fences) == 1
    assert parsed.fences[0].body == "``` {.python}\nx\n```"


def test_nothing_is_found_in_code():
    parsed = page(
        "``` {.python}\n# [@key] \\eqref{a} $x$\n```\n\n"
        "`[@key]` and `\\eqref{a}` and ``$x$ ` `` here\n"
    )
    assert parsed.citations == []
    assert parsed.references == []
    assert parsed.formulas == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$ and $y$", ["x", "y"]),
        ("it costs $5 and $6", []),
        ("it costs \\$5 and $x$", ["x"]),
        ("$ x $", []),
        ("$x_{1}$, $a \\$ b$", ["x_{1}", "a \\$ b"]),
    ],
)
def test_inline_mathematics_is_told_from_prices(text, found):
    assert [s.text for s in page(text).formulas] == found


def test_displays_carry_their_label_and_lines():
    parsed = page("a\n\n$$\nx = 1 \\label{claim:one}\n$$\n\n$$ y $$\n")
    assert [(d.line, d.end, d.label) for d in parsed.displays] == [
        (3, 5, "claim:one"),
        (7, 7, ""),
    ]


def test_blocks_nest_and_keep_options():
    parsed = page(
        "//// exercise | Do it\n    name: do\n\n/// hint\n\nLook.\n///\n////\n"
    )
    outer, inner = parsed.blocks
    assert (outer.options, outer.end) == ({"name": "do"}, 8)
    assert (inner.parent, inner.line, inner.end) == (0, 4, 7)
    assert parsed.stray == ()


def test_labels_are_numbered_by_kind():
    parsed = page(
        "$$\na \\label{def:a}\n$$\n\n$$\nb\n$$\n\n"
        "$$\nc \\label{claim:c}\n$$\n\n"
        "/// figure | one\n    alt: x\n\nText\n///\n"
    )
    assert [(n, i) for n, i, _ in parsed.labels] == [
        ("def:a", 1),
        ("claim:c", 2),
        ("fig:one", 1),
    ]


SOURCE = '''\
"""Head."""

LIMIT: int = 3


@property
def one(x):
    return x


class Two:
    def three(self):
        return 3
'''


@pytest.mark.parametrize(
    ("symbol", "text", "line"),
    [
        ("one", "@property\ndef one(x):\n    return x", 6),
        ("Two.three", "def three(self):\n    return 3", 12),
        ("LIMIT", "LIMIT: int = 3", 3),
    ],
)
def test_a_symbol_is_found_with_its_decorators(tmp_path, symbol, text, line):
    (tmp_path / "a.py").write_text(SOURCE, "utf8")
    found = resolve(tmp_path, f"a.py:{symbol}")
    assert (found.text, found.line) == (text, line)


def test_a_cell_ends_where_the_next_begins(tmp_path):
    (tmp_path / "a.py").write_text("# %% one\n\nx = 1\n\n# %% two\ny = 2\n")
    assert resolve(tmp_path, "a.py:one").text == "x = 1"
    assert resolve(tmp_path, "a.py:one").line == 3
    assert resolve(tmp_path, "a.py:two").text == "y = 2"


@pytest.mark.parametrize(
    "spec", ["b.py", "../a.py", "a.py:four", "a.py:Two.x"]
)
def test_what_is_not_there_is_an_error_that_helps(tmp_path, spec):
    (tmp_path / "root").mkdir()
    (tmp_path / "a.py").write_text(SOURCE, "utf8")
    (tmp_path / "root" / "a.py").write_text(SOURCE, "utf8")
    with pytest.raises(IncludeError) as caught:
        resolve(tmp_path / "root", spec)
    assert caught.value.fix


def test_an_option_may_wrap():
    text = (
        "/// figure | line\n    alt: A line that\n        rises, and\n"
        "    falls: not.\n\nCaption.\n///\n"
    )
    block = parse(
        text.replace("    falls: not", "      falls not"), Path("a.md")
    )
    found = block.blocks[0]
    assert found.options == {"alt": "A line that rises, and falls not."}
    assert (found.body, found.end) == (4, 7)
