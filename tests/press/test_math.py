from xml.etree import ElementTree as ET

import markdown
import pytest

from press.math import MACROS, MathError, equation, to_mathml

ARGUMENTS = {"norm": "{x}", "abs": "{x}", "inner": "{u}{v}", "bigO": "{n}"}

FORMULAS = [
    r"f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}",
    r"\nabla f(x)^\T d = \norm{\nabla f(x)} \norm{d} \cos\theta",
    r"\frac{\partial L}{\partial W} = X^\T \delta_Z",
    r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}",
    r"\relu(x) = \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}",
    r"\sum_{i=1}^n x_i^2 + \prod_{j} \sqrt{y_j} + \sqrt[3]{2}",
    r"\int_0^1 x^2 \dd x = \tfrac{1}{3}",
    r"A \odot B \oplus C \otimes D",
    r"\hat y = \bar x + \tilde z + \dot u",
    r"x \in \R^{n \times d}, \quad \forall \varepsilon > 0",
    r"\left( \frac{a}{b} \right)^2 + (x)",
    r"\underbrace{a + b}_{c}",
    r"\dd f = \tr(G^\T \dd X)",
    r"f''(x) + f'''(x)",
    r"\mathcal{O}(h^2) \mathbf{1} \mathbb{E}",
]


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_a_formula_becomes_well_formed_mathml(latex, display):
    root = ET.fromstring(to_mathml(latex, display=display))
    assert root.tag == "math"
    assert (root.get("display") == "block") == display
    assert "\\" not in "".join(root.itertext())


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_converts(name):
    latex = "\\" + name + ARGUMENTS.get(name, "")
    assert "".join(ET.fromstring(to_mathml(latex, display=False)).itertext())


def fences(latex):
    root = ET.fromstring(to_mathml(latex, display=True))
    return [
        e.get("stretchy") for e in root.iter("mo") if e.text in set("()‖[]")
    ]


def test_fences_around_short_content_do_not_stretch():
    assert fences("f(x)") == ["false", "false"]
    assert fences(r"\norm{x}") == ["false", "false"]
    assert fences(r"\left(x_i^2\right)") == ["false", "false"]


def test_fences_around_tall_content_stretch():
    assert "false" not in fences(r"\left(\frac{a}{b}\right)")
    assert "false" not in fences(r"\begin{pmatrix} a \\ b \end{pmatrix}")


def test_circled_operators_keep_the_size_of_text():
    assert 'largeop="false"' in to_mathml(r"a \odot b", display=True)


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        (r"\farc{a}{b}", "farc"),
        (r"\frac{a}{b", "LaTeX"),
        (r"x_{i", "LaTeX"),
        (r"\begin{aligned} a", "LaTeX"),
        (r"\sum_{\substack{a \\ b}}", "substack"),
        (r"\begin{split} a \end{split}", "split"),
        (r"\mathbbm{1}", "mathbbm"),
        (r"\text{if $x$}", "text"),
        (r"\Bigl( x \Bigr)", "Bigl"),
        (r"\operatorname*{\mathbb{E}}_x", "operatorname"),
        (r"\vec{v}", "vec"),
    ],
)
def test_what_is_not_understood_is_an_error_with_a_fix(latex, says):
    with pytest.raises(MathError) as caught:
        to_mathml(latex, display=False)
    assert says in caught.value.what
    assert caught.value.fix
    assert caught.value.latex == latex


def test_an_error_knows_where_it_stands():
    with pytest.raises(MathError) as caught:
        to_mathml("a + b +\n\\farc{c}{d}", display=True)
    assert caught.value.offset >= len("a + b +\n") - 1


def convert(text):
    return markdown.markdown(
        text, extensions=["press.math", "tables", "attr_list", "toc"]
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("so $x$ and $y$.", 2),
        ("it costs $5 and $6", 0),
        (r"it costs \$5 and $x$", 1),
        ("`$x$` is code", 0),
        ("**$x_1$ and $y_1$**", 2),
        ("# About $x$ { data-toc-label='About x' }", 1),
        ("| a | b |\n|---|---|\n| $x$ | $y$ |", 2),
        ("- $x$\n- $y$", 2),
        ("[$x$](a.md)", 1),
        ("$a_1 * b_2 * c_3$", 1),
    ],
)
def test_inline_formulas_are_found_wherever_text_stands(text, count):
    assert convert(text).count("<math>") == count


def test_an_escaped_dollar_is_printed():
    assert convert(r"it costs \$5") == "<p>it costs $5</p>"


def test_a_display_stands_between_paragraphs():
    out = convert("a\n\n$$\nx = 1\n\\label{def:x}\n$$\n\nb\n\n$$ y $$")
    assert out.count('class="equation') >= 2
    assert 'id="def:x"' in out
    assert "(1)" in out
    assert "(2)" not in out


def test_only_labelled_displays_are_numbered_page_by_page():
    md = markdown.Markdown(extensions=["press.math"])
    for _ in range(2):
        out = md.reset().convert(
            "$$\na\n$$\n\n$$\nb \\label{claim:b}\n$$\n\n"
            "$$\nc \\label{claim:c}\n$$"
        )
        assert out.count('class="eqno"') == 2
        assert "(1)" in out
        assert "(2)" in out


def test_a_display_with_an_empty_line_inside_is_one_display():
    assert convert("$$\na\n\n+ b\n$$").count("<math") == 1


def test_formulas_are_left_out_of_the_search_index():
    assert "data-search-exclude" in equation("x", 0)
    assert "data-search-exclude" in equation(r"x \label{def:x}", 3)


@pytest.mark.parametrize(
    ("latex", "count"),
    [("f'(x)", 1), (r"\abs{f}", 1), ("f(x)", 0), ("g'(x)", 0), ("f^{(n)}", 1)],
)
def test_an_f_makes_room_for_what_it_leans_over(latex, count):
    assert to_mathml(latex, display=False).count("overhang") == count
