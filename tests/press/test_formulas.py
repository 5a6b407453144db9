r"""What LaTeX is read as: values at given names, computed in NumPy beside.

Every row is a construct. The value of the printed formula must be what
NumPy says it is, and nothing else: a wrong value must be refused.
"""

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg

from press.formulas import FormulaError, check, read
from press.formulas.check import CheckError
from press.formulas.display import Formula
from press.formulas.evaluate import Evaluator
from press.formulas.settings import Settings

rng = np.random.default_rng(7)
A = rng.normal(size=(3, 3))
B = rng.normal(size=(3, 3))
M = rng.normal(size=(4, 3))
S = M.T @ M
x = rng.normal(size=3)
y = rng.normal(size=3)
u = rng.normal(size=4)
T3 = rng.normal(size=(2, 3, 4))
W1 = rng.normal(size=(2, 3))
samples = rng.normal(size=(5, 3))


def f(x):
    return np.sum(np.sin(x)) + x[0] * x[1]


def g(t):
    return math.exp(2 * t) * math.sin(t)


def loss(W1, x):
    return float(np.sum((W1 @ x) ** 3))


NAMES = {
    "A": A, "B": B, "M": M, "S": S, "x": x, "y": y, "u": u, "T": T3,
    "W1": W1, "a": 1.3, "b": -0.7, "c": 2.1, "t": 0.4, "n": 3, "m": 4,
    "k": 2, "p": 3, "lam": 0.9, "eps": 0.01, "sigma": 1.7, "theta": 0.8,
    "x_hat": y, "x_star": y, "w_bar": 0.25, "f": f, "g": g,
    "L": loss, "x0": 5.0, "lam_max": 3.5, "off": lambda A: np.sum(A**2),
    "path": None, "z": lambda k: 2.0**k, "v": [x, y, x - y],
    "all_w": np.array([-1.0, 0.5, 2.0]), "dX": B, "X": A, "s": samples,
    "h": lambda x, y: float(x @ y), "ones": np.ones(3), "cut_weight": 6.0,
    "q": np.array([2, 3, 5]), "R": 5.0, "unit": 1j, "f_pp": 8.0,
}  # fmt: skip
I3 = np.eye(3)
GRADIENT = np.cos(x) + np.array([x[1], x[0], 0])
HESSIAN = np.diag(-np.sin(x)) + np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
J = 3 * (W1 @ x) ** 2

VALUES = {
    # numbers and arithmetic
    "2 + 3 a - b": 2 + 3 * 1.3 + 0.7,
    "-a": -1.3,
    "- 2 a b": -2 * 1.3 * -0.7,
    "10{,}000 + a": 10001.3,
    "3.25 a": 3.25 * 1.3,
    r"\frac12 a": 0.65,
    r"\tfrac{1}{n} a": 1.3 / 3,
    r"\dfrac{a + b}{c}": 0.6 / 2.1,
    "a / c": 1.3 / 2.1,
    "a b / c": 1.3 * -0.7 / 2.1,
    r"a \cdot b": -0.91,
    r"a \times b": -0.91,
    "a * b": -0.91,
    r"a \cdot -b": 0.91,
    "a^2": 1.69,
    "a^{10}": 1.3**10,
    "2^{-n}": 0.125,
    "a^{b + c}": 1.3**1.4,
    r"\sqrt{a + 1}": math.sqrt(2.3),
    "4!": 24,
    "(n + 1)!": 24,
    r"\binom{5}{k}": 10,
    r"\pi + e^a": math.pi + math.exp(1.3),
    r"\left( a + b \right) c": 0.6 * 2.1,
    r"\left[ a + b \right] c": 0.6 * 2.1,
    r"\{ a + b \} c": 0.6 * 2.1,
    r"\lfloor c \rfloor + \lceil c \rceil": 5,
    "|b|": 0.7,
    r"\left| b \right|": 0.7,
    r"\abs{b} + |a|": 2.0,
    r"2 |a - |b|| + 1": 2 * 0.6 + 1,
    r"\infty^{-1}": 0.0,
    # names
    r"\lambda + \varepsilon + \sigma": 0.9 + 0.01 + 1.7,
    r"\hat x": y,
    "x^*": y,
    r"x^\star": y,
    r"x_\star": y,
    r"x_*": y,
    r"\bar w": 0.25,
    "x_0": 5.0,
    r"\lambda_{\max}": 3.5,
    "W_1": W1,
    "f_{++}": 8.0,
    r"\mathbf{1}": np.ones(3),
    r"a \cdot \text{cut weight}": 6.0 * 1.3,
    r"\operatorname{off}(A)": np.sum(A**2),
    r"\text{off}(A)^2": np.sum(A**2) ** 2,
    r"\mathbf{A} x": A @ x,
    # functions
    r"\sin \theta": math.sin(0.8),
    r"\cos^2 \theta + \sin(\theta)": math.cos(0.8) ** 2 + math.sin(0.8),
    r"\sin 2 \theta": math.sin(1.6),
    r"\tanh(a) + \arctan a": math.tanh(1.3) + math.atan(1.3),
    r"\log a + \ln c": math.log(1.3) + math.log(2.1),
    r"\exp(-a^2)": math.exp(-1.69),
    r"\log(\exp(a))": 1.3,
    r"\operatorname{off}(x)": np.sum(x**2),
    r"\max(a, b, c)": 2.1,
    r"\min(x, y)": np.minimum(x, y),
    r"\max(x)": x.max(),
    # vectors and matrices
    "A x": A @ x,
    "x^\\T y": x @ y,
    "x y^\\T": np.outer(x, y),
    "x^\\T A y": x @ A @ y,
    r"A^\T B": A.T @ B,
    "A^{-1} x": np.linalg.solve(A, x),
    r"A^{-\T}": np.linalg.inv(A).T,
    "A^2": A @ A,
    "M^+": np.linalg.pinv(M),
    "2 I A": 2 * A,
    r"(A + \lambda I)^{-1}": np.linalg.inv(A + 0.9 * I3),
    "A - I": A - I3,
    "S^{1/2}": scipy.linalg.sqrtm(S),
    r"x \odot y": x * y,
    r"x \otimes y": np.outer(x, y),
    r"A \otimes B": np.kron(A, B),
    r"x \cdot y": x @ y,
    r"x \times y": np.cross(x, y),
    r"\inner{A}{B}": np.trace(A.T @ B),
    r"\norm{x}": np.linalg.norm(x),
    r"\norm{x}^2": x @ x,
    r"\norm{x}_1": np.abs(x).sum(),
    r"\norm{x}_\infty": np.abs(x).max(),
    r"\norm{x}_p": (np.abs(x) ** 3).sum() ** (1 / 3),
    r"\norm{A}_F": np.sqrt((A**2).sum()),
    r"\norm{A}_2": np.linalg.svd(A)[1][0],
    r"\norm{A}_1": np.abs(A).sum(axis=0).max(),
    r"\lVert x - y \rVert": np.linalg.norm(x - y),
    r"\| x \|_1": np.abs(x).sum(),
    r"\tr A B": np.trace(A @ B),
    r"\tr(A) + \det(B)": np.trace(A) + np.linalg.det(B),
    r"\rank(x y^\T)": 1,
    r"\rank(A - A)": 0,
    r"\diag(x)": np.diag(x),
    "M A + x": M @ A + x,
    # indices, counted from 1
    "x_1": x[0],
    "x_n": x[2],
    "A_{12}": A[0, 1],
    "A_{n,1}": A[2, 0],
    "A_{kk}": A[1, 1],
    "A_{k}": A[1],
    "A_{k:}": A[1],
    "A_{:k}": A[:, 1],
    r"A_{:,k}": A[:, 1],
    "x_{1:k}": x[:2],
    "A_{1:k, 2:n}": A[:2, 1:],
    "x_{k+1}": x[2],
    "T_{1,n,m}": T3[0, 2, 3],
    "(A B)_{12}": (A @ B)[0, 1],
    "v_2": y,
    "v_{3,1}": (x - y)[0],
    "z_0 + z_n": 9.0,
    "q_1 + q_k": 5,
    # what runs
    r"\sum_{i=1}^n x_i": x.sum(),
    r"\sum_i x_i y_i": x @ y,
    r"\sum_{i} A_{ii}": np.trace(A),
    r"\sum_{i,j} A_{ij}^2": (A**2).sum(),
    r"\sum_{i<j} A_{ij}": sum(
        A[i, j] for i in range(3) for j in range(i + 1, 3)
    ),
    r"\sum_{i \ne k} x_i": x[0] + x[2],
    r"\sum_{1 \le i < j \le n} x_i x_j": x[0] * x[1]
    + x[0] * x[2]
    + x[1] * x[2],
    r"\sum_{i=0}^{4} a^i": sum(1.3**i for i in range(5)),
    r"\sum_{i=1}^n \sum_{j=1}^i x_i y_j": sum(
        x[i] * y[j] for i in range(3) for j in range(i + 1)
    ),
    r"\prod_{i=1}^n x_i": x.prod(),
    r"\prod_i (1 + x_i^2)": (1 + x**2).prod(),
    r"\sum_{i \in \{1, n\}} x_i": x[0] + x[2],
    r"\sum_{0 \le i < m} u_{i+1}": u.sum(),
    r"\max_i x_i": x.max(),
    r"\min_{1 \le i \le k} x_i": x[:2].min(),
    r"\argmax_i x_i": int(x.argmax()) + 1,
    r"\min_w (w - 1)^2": 0.25,
    r"\argmin_w (w - 1)^2": 0.5,
    r"\max_{w \le 1} w^2": 1.0,
    r"\min_{w > 0} w": 0.5,
    r"\max_w \min_i (w x_i)": max(
        min(w * xi for xi in x) for w in (-1, 0.5, 2)
    ),
    r"x_1 + x_2 + \dots + x_n": x.sum(),
    r"x_1 y_1 + \dots + x_n y_n": x @ y,
    r"x_1 \cdots x_n": x.prod(),
    r"u_1 \cdot \ldots \cdot u_m": u.prod(),
    r"\int_0^1 \exp(-t^2) \dd t": scipy.integrate.quad(
        lambda t: math.exp(-t * t), 0, 1
    )[0],
    r"\int_{-\infty}^{\infty} \exp(-t^2 / 2) \dd t": math.sqrt(2 * math.pi),
    r"\int_0^\infty \exp(-a t) \dd t": 1 / 1.3,
    r"\int_{\infty}^{-\infty} \exp(-t^2 / 2) \dd t": -math.sqrt(2 * math.pi),
    r"\int_{\infty}^{\infty} \exp(-t^2 / 2) \dd t": 0.0,
    r"\lim_{t \to 0} \frac{\sin(t)}{t}": 1.0,
    r"\lim_{t \to \infty} \frac{t + 1}{2 t}": 0.5,
    r"[a < c] + [a > c]": 1.0,
    r"\sum_i [x_i > 0]": float((x > 0).sum()),
    # means
    r"\E[s]": samples.mean(axis=0),
    r"\E[s s^\T]": np.mean([np.outer(r, r) for r in samples], axis=0),
    r"\Var(s_1)": samples[:, 0].var(),
    r"\E_s[\norm{s}^2]": (samples**2).sum(axis=1).mean(),
    # derivatives
    r"\nabla f(x)": GRADIENT,
    r"\nabla f": GRADIENT,
    r"\nabla_x f(x)": GRADIENT,
    r"\nabla f(x)^\T y": GRADIENT @ y,
    r"\nabla^2 f(x)": HESSIAN,
    r"y^\T \nabla^2 f(x) y": y @ HESSIAN @ y,
    r"\nabla f(2 x)": np.cos(2 * x) + 2 * np.array([x[1], x[0], 0]),
    r"\nabla_y h(x, y)": x,
    r"\nabla_x \left( x^\T A x \right)": (A + A.T) @ x,
    r"\nabla_x \left( \norm{x}^2 \right)": 2 * x,
    r"\frac{\partial f}{\partial x_1}": GRADIENT[0],
    r"\frac{\partial f(x)}{\partial x_2}": GRADIENT[1],
    r"\frac{\partial L}{\partial W_1}": np.outer(J, x),
    r"\nabla_{W_1} L": np.outer(J, x),
    r"\frac{\partial^2 f}{\partial x_1 \partial x_2}": 1.0,
    r"\frac{\partial^2 f}{\partial x_1^2}": -math.sin(x[0]),
    r"\frac{\dd}{\dd t} t^3": 3 * 0.4**2,
    r"\frac{\dd^2}{\dd t^2} t^3": 6 * 0.4,
    r"\frac{\dd g}{\dd t}": 2 * g(0.4) + math.exp(0.8) * math.cos(0.4),
    "g'(t)": 2 * g(0.4) + math.exp(0.8) * math.cos(0.4),
    "g''(0)": 4.0,
    r"\dd X": B,
    r"\dd(X X)": B @ A + A @ B,
    # tables
    r"\begin{pmatrix} a & b \\ c & 1 \end{pmatrix}": np.array(
        [[1.3, -0.7], [2.1, 1]]
    ),
    r"\begin{pmatrix} a \\ b \end{pmatrix}": np.array([1.3, -0.7]),
    r"\begin{pmatrix} a & b \end{pmatrix} W_1": np.array([1.3, -0.7]) @ W1,
    r"\begin{pmatrix} x \\ y \end{pmatrix}": np.concatenate([x, y]),
    r"\begin{bmatrix} A & x \\ y^\T & a \end{bmatrix}": np.block(
        [[A, x[:, None]], [y[None], np.array([[1.3]])]]
    ),
    r"\begin{cases} 1 & \text{if } a < b \\ 2 & a > b \end{cases}": 2,
    r"\begin{cases} 1 & a < b \\ 3 & \text{otherwise} \end{cases}": 3,
    # upright and underbraced
    r"\underbrace{a + b}_{\text{sum}} c": 0.6 * 2.1,
}
ROWS = {r"\begin{pmatrix} a & b \end{pmatrix} W_1"}
"""Values that are rows, which a vector is not equal to."""


def value(latex):
    """The value of an expression, and the order of its derivatives."""
    at = Evaluator(NAMES, ("s",))
    tree = read(latex)
    found = at.value(tree.parts[0].parts[0])
    return getattr(found, "values", found), at.differenced


@pytest.mark.parametrize("latex", VALUES)
def test_a_formula_has_the_value_that_numpy_gives(latex):
    found, order = value(latex)
    wanted = np.asarray(VALUES[latex])
    assert np.shape(found) == wanted.shape
    close = {0: 1e-12, 1: 1e-8, 2: 1e-6}[min(order, 2)]  # by differences
    assert np.allclose(found, wanted, rtol=close, atol=close)


@pytest.mark.parametrize("latex", VALUES)
def test_the_value_is_what_a_claim_is_held_to(latex):
    names = {**NAMES, "over": "s", "draws": 1, "Q": np.asarray(VALUES[latex])}
    left = latex if latex not in ROWS else f"\\left( {latex} \\right)^\\T"
    if "Q" in latex:
        pytest.fail("the row uses the name of its value")
    assert check(f"{left} = Q", names).draws == 1
    wrong = {**names, "Q": names["Q"] + 1e-3 * (1 + abs(names["Q"]).max())}
    with pytest.raises(CheckError, match="does not hold"):
        check(f"{left} = Q", wrong)


RELATIONS = [
    "a < c",
    "c > a",
    r"b \le a \le c",
    r"a \ge b",
    r"a \ne b",
    r"3.14 \approx \pi",
    "n < m = 4",
    r"S \succeq 0",
    r"S \succ 0",
    r"-S \prec 0",
    r"0 \preceq S",
    r"S + I \succeq I",
    r"a \in [1, 2]",
    r"k \in \{1, 2\}",
    r"x \in \R^n",
    r"A \in \R^{n \times n}",
    r"a \in \R",
    r"a < b \Rightarrow a > b",
    r"a < c \Rightarrow c > a",
    r"a < b \Leftrightarrow b > a",
    r"\det(A B) = \det(A) \det(B)",
    r"a \ll 100 c",
    r"\abs{b} = \pm b",
    r"\abs{a} = \pm a \qquad \mp a = - \abs{a}",
    r"e^{\pm a} = \cosh(a) \pm \sinh(a)",
    r"(A B)^\T = B^\T A^\T, \qquad (A B)^{-1} = B^{-1} A^{-1}",
    r"""\begin{aligned} \norm{x + y}^2
      &= \norm{x}^2 + 2 x^\T y + \norm{y}^2 \\
      &= (x + y)^\T (x + y) \end{aligned}""",
    r"""\begin{aligned}
      \tr(A B) &= \tr(B A) && \text{the trace is cyclic} \\
      \det(A B) &= \det(B A) && \text{so is the determinant}
    \end{aligned}""",
    r"\norm{x + y} \le \norm{x} + \norm{y} \text{ for all } x, y \in \R^n",
    r"\frac{a}{c} = a c^{-1} \quad \text{if } c \ne 0",
    r"r = \frac{x}{\norm{x}}, \qquad \norm{r} = 1",
    r"a + 0 = a \quad (t \to 0)",
    r"a + 0 = a \quad (\text{as always})",
    r"(1 + d)^2 = 1 + 2 d + \bigO{d^2}",
    r"\sin(d) = d - \tfrac16 d^3 + \bigO{d^5}",
    r"a \in P",
    r"k \in N",
]


@pytest.mark.parametrize("latex", RELATIONS)
def test_a_true_relation_holds(latex):
    names = {**NAMES, "d": 0.1, "P": lambda a: a > 0, "N": [1, 2, 3]}
    assert Formula(latex, Settings()).outcome(names).holds


@pytest.mark.parametrize(
    "latex",
    [
        "a > c",
        "c < a",
        r"a \le b \le c",
        r"b \ge a",
        r"a + b \ne b + a",
        r"4 \approx \pi",
        "n < m = 5",
        r"-S \succeq 0",
        r"S - S \succ 0",
        r"S \prec 0",
        r"a \in [2, 3]",
        r"k \in \{1, 3\}",
        r"x \in \R^m",
        r"A \in \R^{m \times n}",
        r"a < c \Rightarrow c < a",
        r"a < c \Leftrightarrow a > c",
        r"\abs{b} = \pm a",
        r"e^{\pm a} = \cosh(a) \mp \sinh(a)",
        r"A B = B A, \qquad a = a",
        r"a = a, \qquad A B = B A",
        r"\begin{aligned} a &= a \\ &= b \end{aligned}",
        r"(1 + d)^2 = 1 + 2 d + \bigO{d^3}",
        r"(1 + d)^2 = 1 + 3 d + \bigO{d^2}",
        r"b \in P",
        r"m \in N",
    ],
)
def test_a_false_relation_does_not(latex):
    names = {**NAMES, "d": 0.1, "P": lambda a: a > 0, "N": [1, 2, 3]}
    found = Formula(latex, Settings()).outcome(names)
    assert (found.holds, found.clear) == (False, True)
    with pytest.raises(CheckError, match="does not hold"):
        check(latex, names)


def test_every_place_of_a_tree_lies_in_the_formula():
    for latex in VALUES:
        for node in read(latex).walk():
            assert 0 <= node.start <= node.end <= len(latex), latex


def test_positions_name_the_part_that_is_wrong():
    latex = r"a = b + \frac{A x}{M} x"
    with pytest.raises(CheckError) as found:
        check(latex, NAMES)
    error = found.value
    assert latex[error.start : error.end] == r"\frac{A x}{M}"


def test_an_error_of_the_reader_is_told_with_its_place():
    latex = r"a = \frac{b}{c + }"
    with pytest.raises(FormulaError) as found:
        read(latex)
    assert found.value.start == latex.index("}", 14)
