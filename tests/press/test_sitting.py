"""How long a chapter is, and that it is one sitting."""

from pathlib import Path

import pytest

from press import sitting
from press.book import Book
from press.lint import check
from press.page import parse

ROOT = Path(__file__).parents[2]
BELOW = "//// exercise | Double it"
ABOVE = f"## Exercises\n\n{BELOW}"


def count(text):
    return len(sitting.words(parse(text, Path("a.md"))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two words.", 2),
        ("---\ntitle: Not read here\n---\n\nOne.", 1),
        ('# A heading { #with-an-id data-toc-label="other words" }', 2),
        ("A $x + y$ is one, and `a + b` too.", 7),
        ('`twice as fast`{ .claim of="a / b" }', 3),
        ('It is `0.5`{ .claim of="f(x) - g(x)" }.', 3),
        ('$x = 1${ .given as="x, y" } is set', 3),
        ("$$\nx = 1 \\label{def:x}\n+ 2\n$$", 1),
        ("See [two words](../other/page.md#some-place) there.", 4),
        ("By \\eqref{def:x} and [@newton1687, book I] it is.", 6),
        ("| a | b |\n|---|--:|\n| c | d e |", 5),
        ("- one\n- two\n1. three", 4),
        ("**bold** — *and* not", 3),
        ('A <span id="x y z">word</span>.', 2),
        ("*[term]: Its meaning is a tooltip.", 0),
        ("``` {.python}\nprint(1)\n```\n\n``` {.text .output}\n1\n```", 0),
        ("/// figure | name\n    alt: Not seen.\n\nA caption.\n///", 3),
        ("/// note | A title\n\nText.\n///", 3),
    ],
)
def test_what_a_reader_reads_is_counted(text, words):
    assert count(text) == words


def test_a_word_knows_its_line():
    page = parse("One two.\n\n$$\nx\n$$\n\nThree.\n", Path("a.md"))
    assert sitting.words(page) == [1, 1, 3, 7]


def test_what_goes_on_belongs_to_the_program_above():
    fence = "``` {{.python{}}}\n{}\n```\n\n"
    text = (
        fence.format("", "a = 1")
        + fence.format(" continuation", "b = a")
        + fence.format("", '--8<-- "src/derivable/tiny.py:double"')
        + fence.format("", '--8<-- "snippets/slopes/one.py"')
        + "/// check\n\n"
        + fence.format(" .formula", "def draw(rng):\n    return {}")
        + fence.format("", "assert a")
        + "///\n"
        + fence.format(' .notest reason="no"', "import jax")
    )
    assert sitting.programs(parse(text, Path("a.md"))) == [1, 13]


def said(root):
    return [
        str(p)
        for p in check(Book(root))
        if "sitting" in p.what or "too_long" in p.what
    ]


def write(tiny, text):
    (tiny / "pyproject.toml").write_text(f"[tool.press]\n{text}", "utf8")


def length(tiny, edit):
    """The page with exercises, its words before them, in all, programs."""
    edit(BELOW, ABOVE)
    page = Book(tiny).pages[0]
    start = sitting.exercises(page)
    read = sitting.words(page)
    before = sum(n < start for n in read)
    assert page.text.splitlines()[start - 1] == "## Exercises"
    assert 0 < before < len(read)
    return before, len(read), len(sitting.programs(page))


def limits(before, words, programs):
    return (
        f"[tool.press.sitting]\nbefore = {before}\nwords = {words}\n"
        f"programs = {programs}\n"
    )


def test_a_limit_is_what_is_allowed(tiny, edit):
    before, words, programs = length(tiny, edit)
    write(tiny, limits(before, words, programs))
    assert said(tiny) == []
    for less in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        write(
            tiny,
            limits(before - less[0], words - less[1], programs - less[2]),
        )
        assert len(said(tiny)) == 1, less


def test_each_limit_is_named_where_it_is_passed(tiny, edit):
    before, words, _ = length(tiny, edit)
    page = Book(tiny).pages[0]
    read = sitting.words(page)
    write(tiny, limits(3, before + 2, 0))
    program = page.fences[0].line
    places = {
        read[3]: f"{before} words before Exercises, 3 is",
        program: "1 programs before Exercises, 0 is",
        read[before + 2]: f"{words} words in all, {before + 2} is",
    }
    assert said(tiny) == [
        f"docs/slopes.md:{line}: {what} one sitting; {sitting.FIX}"
        for line, what in sorted(places.items())
    ]


def test_what_stands_below_the_exercises_counts_in_all_only(tiny, edit):
    before, words, programs = length(tiny, edit)
    edit("Multiply.", "Multiply. " + "word " * 7)
    write(tiny, limits(before, words + 6, programs))
    assert [s.partition(": ")[2] for s in said(tiny)] == [
        f"{words + 7} words in all, {words + 6} is one sitting; {sitting.FIX}"
    ]


def test_a_page_without_exercises_is_as_long_as_it_is(tiny):
    write(tiny, limits(0, 0, 0))
    assert said(tiny) == []


def test_a_chapter_of_the_list_may_be_too_long(tiny, edit):
    length(tiny, edit)
    write(tiny, 'too_long = ["slopes"]\n' + limits(0, 0, 0))
    assert said(tiny) == []


def test_the_list_can_only_shrink(tiny, edit):
    length(tiny, edit)
    delete = "delete it from the list"
    write(tiny, 'later = [\n  "slopes",\n]\ntoo_long = [\n  "slopes",\n]\n')
    what = 'too_long names "slopes", which is one sitting now'
    assert said(tiny) == [f"pyproject.toml:6: {what}; {delete}"]
    write(tiny, 'too_long = [\n  "hills",\n]\n')
    what = 'too_long names "hills", which is no page'
    assert said(tiny) == [f"pyproject.toml:3: {what}; {delete}"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("too_long = 3\n", "too_long is 3; write a list of texts"),
        ("too_long = [3]\n", "too_long is [3]; write a list of texts"),
        ("sitting = 3\n", "sitting is 3; write a table of whole numbers"),
        (
            "sitting.words = 1.5\n",
            '"words" of sitting is 1.5; write a whole number',
        ),
        (
            "sitting.words = true\n",
            '"words" of sitting is True; write a whole number',
        ),
    ],
)
def test_a_setting_of_a_wrong_kind_is_named(text, what, tiny):
    write(tiny, text)
    (found,) = map(str, check(Book(tiny)))
    assert found.startswith("pyproject.toml:2: ")
    assert what in found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[tool.press.sitting]\nafter = 3\n", "after = 3 in sitting; say how"),
        ("[tool.press.sitting]\nwords = -1\n", "words = -1 in sitting; say"),
    ],
)
def test_a_limit_that_is_none_is_named(text, what, tiny, edit):
    edit(BELOW, ABOVE)
    write(tiny, text)
    found = [str(p) for p in check(Book(tiny))]
    assert any(
        s.startswith("pyproject.toml:3: ") and what in s for s in found
    ), found


def test_the_limits_of_the_book_are_those_of_one_sitting():
    assert sitting.limits(Book(ROOT)) == {
        "before": 4500,
        "words": 7500,
        "programs": 25,
    }
