from xml.etree import ElementTree as ET

import markdown
import pytest

from press.math import MACROS, MathError, to_mathml

ARGUMENTS = {"norm": "{x}", "abs": "{x}", "inner": "{u}{v}", "bigO": "{n}"}

FORMULAS = [
    r"\nabla f(x)_i = \frac{\partial f}{\partial x_i}(x)",
    r"\frac{f(x + h) - f(x - h)}{2h} = f'(x) + \frac{h^2}{6} f'''(\xi)",
    r"f(x) = \sum_{k=0}^{n} \frac{f^{(k)}(a)}{k!} (x - a)^k + R_n(x)",
    r"\left|\frac{\dd y}{\dd x}\right| \le L \quad \text{for all } x",
    r"J_{g \circ f}(x) = J_g(f(x)) \, J_f(x)",
    r"H_{ij} = \frac{\partial^2 f}{\partial x_i \, \partial x_j} = H_{ji}",
    r"v_{t+1} = \beta v_t + (1 - \beta) g_t",
    r"\min_{\norm{d} = 1} \inner{\nabla f}{d} = -\norm{\nabla f}",
    r"\argmin_{x \in \R^n} f(x), \quad \argmax_i z_i",
    r"\bar v = \sum_{w} \bar w \, \frac{\partial w}{\partial v}",
    r"\operatorname{vec}(A X B) = (B^\T \otimes A) \operatorname{vec}(X)",
    r"\dd \log\det X = \tr(X^{-1} \dd X)",
    r"\frac{\partial}{\partial A} \norm{A x - b}_2^2 = 2 (A x - b) x^\T",
    r"\E[X] = \int_{-\infty}^{\infty} x \, p(x) \dd x, \quad \Var(X)",
    r"\softmax(z)_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}",
    r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)",
    r"\sigma(z) = \frac{1}{1 + e^{-z}}, \quad \tanh z, \ln z, \exp z",
    r"\left.\frac{\dd f}{\dd x}\right|_{x = a}",
    r"(a + b \epsilon)(c + d \epsilon) = ac + (ad + bc) \epsilon",
    r"\binom{n}{k} = \frac{n!}{k! \, (n - k)!}",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} = ad - bc",
    r"\begin{bmatrix} \ddots & \vdots \\ \cdots & 0 \end{bmatrix}",
    r"\kappa = \left| \frac{x f'(x)}{f(x)} \right|",
    r"\lfloor x \rfloor \le x \le \lceil x \rceil",
    r"\{ x \in \R \mid x > 0 \} \subset \R, \quad x \notin \Omega",
    r"f \colon \R^n \to \R^m, \quad x \mapsto A x",
    r"a \ll b, \quad a \approx b, \quad a \ne b, \quad a \propto b",
    r"\lim_{h \downarrow 0} \frac{o(h)}{h} = 0 \implies \ldots",
    r"\sqrt{1 + \sqrt{x}} \cdot \sqrt[n]{y} \times z \pm w",
    r"\max(0, x) = x \, \mathbf{1}[x > 0]",
    r"\diag(v) \, \rank A \, \sign x \, \adj A",
    r"\bigO{n \log n} + \bigO{\tfrac{1}{n}}",
    r"\dot x = f(x), \quad \ddot x = \nabla f(x)^\T f(x)",
    r"u \cdot v = \norm{u} \norm{v} \cos\theta",
    r"A^{-1} A = I, \quad A^{\T} A \succeq 0, \quad A \equiv B",
    r"\ell(w) = -\frac{1}{m} \sum_{i=1}^m \log p_{y_i}",
    r"g \leftarrow g \cdot \min\left(1, \frac{c}{\norm{g}}\right)",
    r"\alpha, \beta, \gamma, \lambda, \mu, \phi, \varphi, \Gamma, \Delta",
    r"\prod_{l=1}^{L} J_l = J_L J_{L-1} \cdots J_1",
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
    assert fences(r"\norm{\hat y - y}") == ["false", "false"]


def test_fences_around_tall_content_stretch():
    assert "false" not in fences(r"\left(\frac{a}{b}\right)")
    assert "false" not in fences(r"\begin{pmatrix} a \\ b \end{pmatrix}")
    assert "false" not in fences(r"\norm{\hat X}")


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
        (r"\overline{xy}", "overline"),
        (r"\widehat{xy}", "widehat"),
        (r"\overbrace{xy}^n", "overbrace"),
        (r"\begin{align} a &= b \end{align}", "align"),
        (r"a \tag{1}", "tag"),
        ("5 for ··· and 6", "code"),
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


@pytest.mark.parametrize(
    "text", ["above\n$$\nx\n$$\nbelow", "above\n\n$$ x $$\nbelow"]
)
def test_a_display_needs_no_empty_lines_around_it(text):
    out = convert(text)
    assert out.startswith("<p>above</p>")
    assert out.endswith("<p>below</p>")
    assert out.count('<math display="block">') == 1


def parsed(out):
    return ET.fromstring(f"<body>{out}</body>")


def test_a_display_in_a_list_stays_in_its_item():
    out = convert("1. a\n\n    $$\n    x\n    $$\n\n2. b")
    first, second = parsed(out).findall("ol/li")
    assert first.find(".//math") is not None
    assert second.find(".//math") is None


def test_a_quoted_display_stays_in_its_quotation():
    out = convert("> $$\n> x\n> $$")
    assert parsed(out).find("blockquote//math") is not None


@pytest.mark.parametrize("text", ["$a = b", "$$x", "x\n$$\ny", "$ x $"])
def test_dollars_that_close_nothing_are_printed(text):
    assert "<math" not in convert(text)


def test_fenced_dollars_are_code():
    out = markdown.markdown(
        "```sh\necho $x and $y\n\n$$\n```",
        extensions=["press.math", "pymdownx.superfences"],
    )
    assert "<math" not in out
    assert out.count("$") == 4


def test_a_block_holds_formulas_and_displays():
    out = markdown.markdown(
        "/// note | Title\nWith $x$.\n\n$$\ny\n$$\n///",
        extensions=["press.math", "pymdownx.blocks.admonition"],
    )
    block = parsed(out).find("div")
    assert len(block.findall(".//math")) == 2


def test_a_dollar_may_stand_in_a_formula():
    assert "<mi>$</mi>" in convert(r"so $a = \$ 5$ here")


def test_code_in_a_formula_is_an_error():
    with pytest.raises(MathError, match="code"):
        convert("costs $5 for `x` and 6$ y")


def test_a_display_has_a_name_for_those_who_do_not_see_it():
    assert 'aria-label="Equation"' in convert("$$\nx\n$$")
    assert 'aria-label="Equation 1"' in convert("$$\nx \\label{def:x}\n$$")


def test_a_display_with_an_empty_line_inside_is_one_display():
    assert convert("$$\na\n\n+ b\n$$").count("<math") == 1


def test_formulas_are_left_out_of_the_search_index():
    assert "data-search-exclude" in convert("$$\nx\n$$")
    assert "data-search-exclude" in convert("$$\nx \\label{def:x}\n$$")


@pytest.mark.parametrize(
    ("latex", "count"),
    [("f'(x)", 1), (r"\abs{f}", 1), ("f(x)", 0), ("g'(x)", 0), ("f^{(n)}", 1)],
)
def test_an_f_makes_room_for_what_it_leans_over(latex, count):
    assert to_mathml(latex, display=False).count("overhang") == count
