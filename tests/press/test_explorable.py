"""Figures with a parameter: what the page gets, and what the states are."""

import json
import re
from xml.etree import ElementTree as ET

import markdown
import pytest

from press import explorable
from press.book import Book
from press.drawing import Panel
from press.explorable import PARTS
from press.figures import STYLE
from press.lint import check
from press.problems import PressError
from press.publish import markdown_of

SCRIPT = '''\
"""Twice is twice."""

PARAMETERS = {
    "x": {"label": "An x", "values": [1, 2, 3], "start": 2, "shown": "{:.1f}"},
    "y": {"label": "A y", "values": [0, 5], "start": 0, "shown": "{:.0f}"},
}
NUMBERS = {
    "twice": ("Twice & more", "{:.1e}"),
    "both": ("Both", "{:.2f}"),
}
SAYS = "Twice {x:.0f} is {twice:.0f}, below {y:.0f}."


def state(x, y):
    return {"twice": -2e-5 * x, "both": [x, y]}


def draw(svg, at):
    plane = svg.panel(x=(0, 10), y=(0, 10), xlabel="x", ylabel="y")
    plane.line([0, 10], [0, 10], "c0")
    plane.dot(at.x, 1, "c1", drags="x")
    plane.text(at.x, at.y, f"at {at.x:g}", "c2")
'''
PAGE = """\
/// explorable | twice
    alt: A dot on a line that moves to the right as the slider does.

Twice is twice.
///

/// note | Where next"""
PLACE = "snippets/slopes/explorables/twice.py"


@pytest.fixture
def book(tiny, edit):
    path = tiny / PLACE
    path.parent.mkdir()
    path.write_text(SCRIPT)
    edit("/// note | Where next", PAGE)
    return tiny


def convert(root):
    md = markdown.Markdown(
        extensions=["press.extension", "press.math", "pymdownx.superfences"],
        extension_configs={"press.extension": {"root": str(root)}},
    )
    md.press_page = "slopes.md"
    text = (root / "docs" / "slopes.md").read_text("utf8")
    return md.convert(text.split("---\n", 2)[2])


def drawn(book):
    said = []
    found = explorable.draw(book, progress=said.append)
    assert len(said) == sum(d.fresh for d in found)
    return [d.fresh for d in found]


def states(book):
    path = explorable.published(book, book / PLACE)
    return json.loads(path.read_text("utf8"))


def problem(book):
    with pytest.raises(PressError) as caught:
        drawn(book)
    return str(caught.value.problems[0])


def moved(book, attribute):
    """The moves of the dot, whose radius no state changes."""
    moves = states(book)["moves"]
    return next(m for m in moves if m[1] == attribute)


def test_the_page_holds_the_first_state_and_stands_without_script(book):
    drawn(book)
    out = convert(book)
    assert 'id="fig:twice"' in out
    assert "Figure 2." in out
    assert 'aria-label="A dot on a line that moves' in out
    assert "Twice 2 is 0, below 0." in out
    assert re.search(r'<label for="twice-x">An x</label>', out)
    assert 'aria-valuetext="2.0"' in out
    assert "Twice &amp; more" in out
    assert "−4.0 · 10⁻⁵" in out
    assert 'href="generated/explorables/slopes/twice.json"' in out
    svg = re.search(r"<svg.*?</svg>", out, re.DOTALL)[0]
    assert ET.fromstring(svg).tag == "svg"
    assert "at 2" in svg
    assert "style=" not in svg


def test_only_what_moves_is_in_the_states(book):
    drawn(book)
    found = states(book)
    assert {m[1] for m in found["moves"]} == {"cx", "x", "y", ""}
    assert found["parameters"] == [
        {"values": [1.0, 2.0, 3.0], "shown": ["1.0", "2.0", "3.0"]},
        {"values": [0.0, 5.0], "shown": ["0", "5"]},
    ]


def test_a_move_depends_on_the_parameters_that_matter(book):
    drawn(book)
    panel = Panel(x=(0, 10), y=(0, 10))
    _, _, axes, values = moved(book, "cx")
    assert axes == [0]
    expected = [panel.at(x, 1)[0] for x in (1, 2, 3)]
    assert [float(v) for v in values] == pytest.approx(expected, abs=0.06)
    _, _, axes, values = moved(book, "y")
    assert axes == [1]
    assert len(values) == 2
    says = next(m for m in states(book)["moves"] if m[0] == "says")
    assert says[2] == [0, 1]
    assert says[3][:2] == [
        "Twice 1 is 0, below 0.",
        "Twice 1 is 0, below 5.",
    ]


def test_a_second_run_computes_nothing_and_a_change_all(book, edit):
    assert drawn(book) == [True]
    before = explorable.published(book, book / PLACE).read_bytes()
    assert drawn(book) == [False]
    edit("-2e-5 * x", "2e-5 * x", PLACE)
    assert drawn(book) == [True]
    edit("2e-5 * x", "-2e-5 * x", PLACE)
    drawn(book)
    assert explorable.published(book, book / PLACE).read_bytes() == before


def test_what_a_script_left_goes_with_it(book):
    drawn(book)
    (book / PLACE).unlink()
    assert drawn(book) == []
    assert not explorable.published(book, book / PLACE).exists()
    assert explorable.parts(book, book / PLACE) is None
    assert json.loads((book / PARTS / "cache.json").read_text()) == {}


def test_figures_of_both_kinds_are_numbered_together(book, edit):
    edit("How fast is it?", "See \\ref{fig:twice}.\n\n" + PAGE[:-22])
    edit("/// explorable | twice", "/// explorable | thrice", "docs/slopes.md")
    path = book / "snippets/slopes/explorables/thrice.py"
    path.write_text(SCRIPT)
    drawn(book)
    out = convert(book)
    places = [out.index(f'id="fig:{n}"') for n in ("thrice", "line", "twice")]
    assert places == sorted(places)
    assert '<a href="#fig:twice">Figure 3</a>' in out
    assert '<a href="#fig:line">Figure 2</a>' in out


def test_the_text_version_says_what_is_seen_and_leads_to_the_states(book):
    whole = Book(book)
    text = markdown_of(whole, whole.pages[0])
    assert "moves to the right as the slider does. [All states" in text
    assert "generated/explorables/slopes/twice.json)" in text
    assert "**Figure 2.** Twice is twice." in text


def test_a_script_that_no_page_shows_is_refused(book, edit):
    edit("/// explorable | twice", "/// explorable | thrice")
    said = [str(p) for p in check(Book(book))]
    assert any(s.startswith(f"{PLACE}:1: a snippet that no") for s in said)


def test_a_page_does_not_show_what_was_not_computed(book):
    with pytest.raises(PressError, match="was not computed; run make figures"):
        convert(book)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"""Twice is twice."""', "", 1, "no docstring"),
        ("SAYS =", "SAID =", 1, "no SAYS"),
        ("def state", "def stats", 1, "no function state"),
        ('"label": "A y", ', "", 1, 'parameter "y" has shown, start, values'),
        ('"start": 0', '"start": 1', 1, 'parameter "y" starts at 1;'),
        ("-2e-5 * x,", 'float("nan"),', 1, "twice is nan at .*'x': 1"),
        ('"twice": -2e-5 * x, ', "", 1, "KeyError|gives no"),
        ("-2e-5 * x,", "1 / (x - 2),", 15, "ZeroDivisionError"),
        ("return {", "return {{", 15, "SyntaxError"),
        ("    plane.line", "    if at.x > 1: plane.line", 1, "other nodes"),
        ("[1, 2, 3]", "range(3000)", 1, "6000 states; take 2500 at most"),
        ("x=(0, 10)", "x=(0, at.x)", 1, "other nodes, axes or rows"),
    ],
)
def test_a_mistake_of_a_script_is_named_at_its_line(  # noqa: PLR0917
    old, new, line, says, book, edit
):
    edit(old, new, PLACE)
    said = problem(book)
    assert said.startswith(f"{PLACE}:{line}: ")
    assert re.search(says, said)


def test_a_panel_keeps_what_is_far_out_finite():
    panel = Panel(x=(0.1, 10), y=(0, 1), xlog=True)
    panel.line([0, 1, 1e30], [-1e30, 0.5, 1e30], "c0")
    numbers = re.findall(r"-?[\d.]+", panel.nodes[0].attributes["d"])
    assert all(abs(float(n)) <= 9999 for n in numbers)
    panel.line([0.2, 1e9], [0.5, 1], "c0")
    numbers = re.findall(r"-?[\d.]+", panel.nodes[1].attributes["d"])
    assert all(abs(float(n)) <= 9999 for n in numbers)
    assert panel.at(1, 0.5)[0] == pytest.approx((44 + 328) / 2)


def test_a_line_to_far_out_keeps_its_direction():
    panel = Panel(x=(-1, 1), y=(-1, 1))
    far, rise = 1e12, 1e-12
    panel.line([-far, far], [-far * rise / 2, far * rise / 2], "c0")
    path = panel.nodes[0].attributes["d"]
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", path)]
    middle = panel.at(0, 0)[1]
    assert numbers[0] == -9999
    assert numbers[2] == 9999
    assert [numbers[1], numbers[3]] == pytest.approx([middle] * 2, abs=0.1)


def test_the_colours_are_those_of_the_figures():
    css = STYLE.parent / "theme/assets/css/explorable.css"
    found = re.findall(r"--c\d: #([0-9a-f]{6});", css.read_text("utf8"))
    cycle = [
        re.findall(r"'([0-9a-f]{6})'", path.read_text("utf8"))
        for path in (STYLE / "light.mplstyle", STYLE / "dark.mplstyle")
    ]
    assert found == [*cycle[0], *cycle[1]]
