"""A page as a notebook: cells, formulas, outputs, and hands off."""

import json

import nbformat
import pytest

from press import figures, notebooks, solved
from press.book import Book
from press.problems import PressError

FIGURES = {"progress": lambda _: None}


@pytest.fixture
def cells(tiny):
    """The cells of the tiny book's page, by kind and tag."""
    figures.draw(tiny, **FIGURES)

    def read(**how):
        book = Book(tiny)
        text = notebooks.text_of(book, book.page("slopes"), **how)
        found = nbformat.reads(text, as_version=4)
        nbformat.validate(found)
        return found.cells

    return read


def tagged(cells, tag):
    return [c for c in cells if tag in c.metadata.get("tags", [])]


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\R^n", r"\mathbb{R}^n"),
        (r"A^\T x", r"A^{\top} x"),
        (r"\T x", r"\top x"),
        (r"\norm{A x}_2", r"\left\lVert A x \right\rVert_2"),
        (
            r"\inner{u}{\norm{v} w}",
            r"\left\langle u, \left\lVert v \right\rVert w \right\rangle",
        ),
        (r"\bigO{\abs{h}^2}",
         r"\mathcal{O}\!\left(\left\lvert h \right\rvert^2\right)"),
        (r"\Theta \tan \Rightarrow \text{E}",
         r"\Theta \tan \Rightarrow \text{E}"),
    ],
)  # fmt: skip
def test_macros_are_expanded(latex, plain):
    assert notebooks.expanded(latex) == plain


def test_the_first_cell_installs_the_wheel_and_what_programs_import(cells):
    first = cells()[0].source
    assert first.startswith("%pip install --quiet ")
    assert "generated/live/derivable-" in first
    assert first.endswith(".whl matplotlib")


def test_programs_have_their_outputs_and_figures_draw(cells):
    made = cells()
    code = [c for c in made if c.cell_type == "code"]
    outputs = [c.outputs[0] for c in code if c.outputs]
    printed = [o.text for o in outputs if o.output_type == "stream"]
    assert printed == ["[2. 4.]\n", "3.0\n"]
    (figure,) = tagged(made, "figure")
    assert figure.source.rstrip().endswith("draw_line();")
    assert figure.outputs[0].data["image/svg+xml"].startswith("<?xml")


def test_prose_has_numbers_links_and_formulas_as_jupyter_reads_them(cells):
    prose = "\n".join(c.source for c in cells() if c.cell_type == "markdown")
    assert "The slopes add to 3.0." in prose
    assert "[(1)](#claim:square)" in prose
    assert r"\tag{1}" in prose
    assert r"\label" not in prose
    assert "Isaac Newton" not in prose
    assert "Newton" in prose
    for sign in ("///", "{ .claim", "--8<--", "[@"):
        assert sign not in prose


def test_a_blank_has_a_check_that_may_fail_and_a_folded_solution(cells):
    made = cells()
    (blank,) = tagged(made, "starter")
    (check,) = tagged(made, "check")
    assert made.index(check) == made.index(blank) + 1
    assert "raises-exception" in check.metadata.tags
    prose = "\n".join(c.source for c in made if c.cell_type == "markdown")
    assert "<details><summary>Solution</summary>" in prose
    assert "return 2 * x" in prose.split("<summary>Solution")[1]


def test_a_solved_notebook_has_solutions_in_place_of_blanks(cells):
    made = cells(solved=True)
    assert not tagged(made, "starter")
    (answer,) = tagged(made, "solution")
    assert "return 2 * x" in answer.source
    (check,) = tagged(made, "check")
    assert made.index(check) == made.index(answer) + 1
    assert "raises-exception" not in check.metadata.tags
    prose = "\n".join(c.source for c in made if c.cell_type == "markdown")
    assert "<summary>Solution" not in prose


def test_a_figure_that_is_not_drawn_is_named(tiny):
    book = Book(tiny)
    with pytest.raises(PressError, match=r'slopes\.md:1: figure "line" is no'):
        notebooks.text_of(book, book.page("slopes"))


@pytest.fixture
def written(cells, tiny, monkeypatch):
    """The one notebook of the tiny book, and how to write it again."""
    assert cells()
    book = Book(tiny)
    monkeypatch.setattr(notebooks, "offered", lambda b: b.pages)
    notebooks.write(tiny, book)
    path = notebooks.path_of(tiny, book.page("slopes"))
    return path, lambda: notebooks.write(tiny, Book(tiny))


def test_the_same_page_is_not_written_again(written):
    _, again = written
    assert again() == []


def test_a_page_that_changed_is_written_again(written, edit):
    path, again = written
    edit("How fast is it?", "How fast is that?")
    assert again() == [path]


def test_a_notebook_that_was_edited_by_hand_is_kept_and_named(written):
    path, again = written
    text = path.read_text("utf8")
    mine = text.replace("How fast is it?", "How fast was it?")
    path.write_text(mine, "utf8")
    with pytest.raises(
        PressError, match=r"edited by hand; .*slopes\.md"
    ) as at:
        again()
    (problem,) = at.value.problems
    assert "How fast was it?" in mine.split("\n")[problem.line - 1]
    assert path.read_text("utf8") == mine


def test_a_notebook_of_no_page_is_removed(written):
    path, again = written
    other = path.with_name("old.ipynb")
    other.write_text(json.dumps({}), "utf8")
    again()
    assert not other.exists()


def test_formulas_of_a_solved_page_are_mathml_that_markdown_leaves_alone():
    text = solved.rendered("Let $a * b_1$ be `$x$`.\n\n$$\nc \\tag{2}\n$$\n")
    assert text.count("<math") == 2
    assert "`$x$`" in text
    assert "&#42;" in text or "\u2217" in text
    assert "<span>(2)</span>" in text


def test_what_the_policy_forbids_is_taken_out():
    text = solved.cleaned(
        '<style>a</style><div class="highlight-ipynb hl-python "><pre>1</pre>'
        '</div><div class="clipboard-copy-txt" id="cell-1">1</div>'
        "<script>b</script>"
    )
    assert text == '<div class="highlight"><pre>1</pre></div>'
