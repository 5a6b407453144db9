import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from press import figures
from press.problems import PressError

SCRIPT = '''\
"""Twice is twice."""

import matplotlib.pyplot as plt

from derivable.part import double


def figure():
    fig, ax = plt.subplots()
    ax.plot([0, 1], [0, double(1)], color="C1")
    ax.annotate("$y = 2x$", (0.5, 1))
    return fig
'''


@pytest.fixture
def book(tmp_path):
    files = {
        "src/derivable/__init__.py": '"""Lib."""\n',
        "src/derivable/part/__init__.py": (
            '"""Part."""\n'
            "from derivable.part.one import double\n"
            "from derivable.part.two import halve\n"
        ),
        "src/derivable/part/one.py": (
            "from derivable.part.base import TWO\n\n\n"
            "def double(x):\n    return TWO * x\n"
        ),
        "src/derivable/part/base.py": "TWO = 2\n",
        "src/derivable/part/two.py": "def halve(x):\n    return x / 2\n",
        "snippets/part/one/figures/line.py": SCRIPT.replace(
            "from derivable.part import double\n\n", ""
        ).replace("double(1)", "2"),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    return tmp_path


def script(book):
    return book / "snippets/part/one/figures/line.py"


def drawn(book):
    said = []
    found = figures.draw(book, jobs=1, progress=said.append)
    assert len(said) == sum(d.fresh for d in found)
    return [d.fresh for d in found]


def test_a_figure_is_drawn_for_both_palettes_with_a_size(book):
    drawn(book)
    light, dark = figures.outputs(book, script(book))
    assert light.read_text("utf8") != dark.read_text("utf8")
    assert figures.size(light) == figures.size(dark)
    assert figures.size(light)[0] == pytest.approx(6.4 * 96, abs=1)


EVERYTHING = '''\
"""Everything that takes a colour."""

import matplotlib.pyplot as plt
import numpy as np


def figure():
    print("run")
    fig, (ax, other) = plt.subplots(1, 2)
    for i in range(8):
        ax.plot([0, 1], [i, i + 1], "o-", color=f"C{i}", label=f"n{i}")
    ax.scatter([0, 1], [1, 0], c="C3", edgecolor="C5", alpha=0.4)
    ax.fill_between([0, 1], [0, 1], color="C2", alpha=0.2, hatch="/")
    ax.bar([0, 1], [1, 2], color="C4")
    ax.annotate("a", (0, 1), (1, 0), arrowprops={"color": "C1"})
    ax.text(0, 0, "b", color="C7", bbox={"fc": "none"})
    ax.legend(labelcolor="linecolor", frameon=True)
    ax.contour(np.arange(9.0).reshape(3, 3), colors="C6")
    ax.quiver([0], [0], [1], [1], color="C0")
    IMAGE
    return fig
'''


@pytest.mark.parametrize(
    ("image", "runs"), [("", 1), ("other.imshow([[0, 1]])", 2)]
)
def test_a_dark_drawing_is_what_the_dark_style_draws(
    book, capsys, image, runs
):
    text = EVERYTHING.replace("IMAGE", image)
    script(book).write_text(text, "utf8")
    drawn(book)
    assert capsys.readouterr().out.count("run") == runs
    dark = figures.outputs(book, script(book))[1].read_text("utf8")
    code = compile(text, "line.py", "exec")
    direct, _ = figures._render(code, "dark")  # noqa: SLF001
    marks = re.compile(r"\b(?:m|p|h|C\d+_\d+_|image)[0-9a-f]{10}\b")
    assert marks.sub("", dark) == marks.sub("", direct)


def test_a_colour_of_the_script_is_the_same_in_both_palettes(book):
    text = SCRIPT.replace('"C1"', '"#123456"').replace("double(1)", "2")
    text = text.replace("from derivable.part import double", "")
    script(book).write_text(text, "utf8")
    drawn(book)
    for path in figures.outputs(book, script(book)):
        assert path.read_text("utf8").count("#123456") == 1


def test_a_second_run_executes_no_script(book):
    assert drawn(book) == [True]
    assert drawn(book) == [False]


@pytest.mark.parametrize("name", ["one", "base"])
def test_a_change_of_what_it_uses_draws_again(book, name):
    script(book).write_text(SCRIPT, "utf8")
    used = figures.modules_of(book, script(book))
    assert book / f"src/derivable/part/{name}.py" in used
    before = figures.key_of(book, script(book))
    path = book / f"src/derivable/part/{name}.py"
    path.write_text(path.read_text("utf8") + "# changed\n", "utf8")
    assert figures.key_of(book, script(book)) != before


@pytest.mark.parametrize("name", ["two", "__init__"])
def test_a_change_of_what_it_does_not_use_draws_nothing(book, name):
    script(book).write_text(SCRIPT, "utf8")
    before = figures.key_of(book, script(book))
    path = book / f"src/derivable/part/{name}.py"
    path.write_text(path.read_text("utf8") + "HALF = 0.5\n", "utf8")
    assert figures.key_of(book, script(book)) == before


@pytest.mark.parametrize(
    ("path", "reads"),
    [
        ("src/derivable/part/table.csv", ""),
        ("snippets/part/page/tide.csv", 'READS = ["snippets/**/*.csv"]\n'),
    ],
)
def test_data_that_it_reads_draw_again(book, path, reads):
    script(book).write_text(SCRIPT + reads, "utf8")
    data = book / path
    data.parent.mkdir(parents=True, exist_ok=True)
    keys = {figures.key_of(book, script(book))}
    for text in ("1,2\n", "1,3\n"):
        data.write_text(text, "utf8")
        keys.add(figures.key_of(book, script(book)))
    assert len(keys) == 3
    (book / "note.csv").write_text("1\n", "utf8")
    assert figures.key_of(book, script(book)) in keys


@pytest.mark.parametrize("reads", ['"src/*" + kind', "7"])
def test_patterns_that_nobody_can_read_are_a_problem_at_their_line(
    book, reads
):
    script(book).write_text(SCRIPT + f"READS = {reads}\n", "utf8")
    line = len(SCRIPT.splitlines()) + 1
    with pytest.raises(PressError, match=f":{line}: READS is no list"):
        figures.key_of(book, script(book))


def test_a_name_that_moves_to_another_module_draws_again(book):
    script(book).write_text(SCRIPT, "utf8")
    before = figures.key_of(book, script(book))
    init = book / "src/derivable/part/__init__.py"
    text = init.read_text("utf8")
    init.write_text(
        text.replace("part.one import double", "part.two import double"),
        "utf8",
    )
    assert figures.key_of(book, script(book)) != before


def test_the_bytes_do_not_depend_on_process_folder_or_time_zone(
    book, tmp_path_factory
):
    texts = []
    for zone, seed in [("UTC", "0"), ("Asia/Tokyo", "7")]:
        other = tmp_path_factory.mktemp("elsewhere") / "book"
        (other / "snippets/part/one/figures").mkdir(parents=True)
        script(other).write_text(script(book).read_text("utf8"), "utf8")
        code = (
            "import sys, pathlib; from press import figures;"
            "figures.draw(pathlib.Path(sys.argv[1]), progress=len)"
        )
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", code, str(other)],
            env=environment,
            check=True,
        )
        paths = figures.outputs(other, script(other))
        texts.append([p.read_bytes() for p in paths])
    assert texts[0] == texts[1]


def test_the_drawings_of_a_deleted_script_are_removed(book):
    drawn(book)
    light, dark = figures.outputs(book, script(book))
    script(book).unlink()
    assert drawn(book) == []
    assert not light.exists()
    assert not dark.exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("def figure", "def draw", 1, "no function figure"),
        ('"""Twice is twice."""', "", 1, "no docstring"),
        ("    return fig", "    return ax", 1, "figure() gives Axes"),
        ("[0, 1]", "[0, one]", 8, "NameError"),
        ("fig, ax =", "fig ax =", 7, "SyntaxError"),
        ('"C1"', '"C1", alpha=0 * 1 / 0', 8, "ZeroDivisionError"),
    ],
)
def test_a_script_that_is_wrong_is_named_at_its_line(
    book, old, new, line, says
):
    path = script(book)
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new), "utf8")
    with pytest.raises(PressError) as caught:
        drawn(book)
    problem = caught.value.problems[0]
    assert problem.path == Path("snippets/part/one/figures/line.py")
    assert problem.line == line
    assert says in problem.what


def test_a_failed_figure_is_tried_again(book):
    text = script(book).read_text("utf8")
    script(book).write_text(text.replace("[0, 1]", "[0, one]"), "utf8")
    for _ in range(2):
        with pytest.raises(PressError):
            drawn(book)


def test_a_heavy_figure_is_said_to_be_heavy(book):
    text = script(book).read_text("utf8")
    many = "*np.random.default_rng(0).normal(size=(2, 9000)), '.'"
    text = text.replace("[0, 1], [0, 2]", many)
    text = text.replace("import mat", "import numpy as np\nimport mat", 1)
    script(book).write_text(text, "utf8")
    said = []
    figures.draw(book, jobs=1, progress=said.append)
    assert "KB gzipped, above 40" in said[0]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in parts
    ]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


@pytest.mark.parametrize(
    ("palette", "page"), [("light", "ffffff"), ("dark", "1e2129")]
)
def test_every_colour_stands_out_from_the_page(palette, page):
    style = (figures.STYLE / f"{palette}.mplstyle").read_text("utf8")
    cycle = re.findall("'([0-9a-f]{6})'", style)
    assert len(cycle) == 8
    words = re.search(r"text\.color: (\w{6})", style)[1]
    for colour, least in [*((c, 3) for c in cycle), (words, 7)]:
        dark, light = sorted([luminance(colour), luminance(page)])
        assert (light + 0.05) / (dark + 0.05) >= least, colour
