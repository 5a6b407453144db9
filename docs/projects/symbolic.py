# ---
# title: A symbolic differentiator
# description: Build formulas as trees, differentiate them by rules, simplify the result without changing a value, and agree with SymPy.
# builds: backward
# minutes: 100
# ---

# %% [markdown]
# # A symbolic differentiator
#
# You differentiate a formula by rules, and write down another formula. Can a
# program do that? The rules are a short table. The work begins afterwards: what
# they give is right and unreadable. In this project you write both parts, the
# rules and the simplifier that makes their result short, and you learn which
# "obvious" simplifications are wrong.
#
# ## What you will have at the end
#
# A small computer algebra system. SymPy [@meurer2017] is a large one; here is
# what it does. When you are done, yours gives the same two derivatives.

# %%
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

import matplotlib.pyplot as plt
import numpy as np
import sympy

t = sympy.Symbol("t")
wave = t * sympy.sin(t**2)
print(sympy.diff(wave, t))
print(sympy.diff(sympy.exp(-(t**2) / 2), t, 2))

# %% [raw] tags=["output"]
# 2*t**2*cos(t**2) + sin(t**2)
# (t**2 - 1)*exp(-t**2/2)

# %% [markdown]
# A formula is a tree: the operation on top, what it works on below. To
# differentiate is to make a new tree out of an old one.


# %% tags=["picture"]
def place(tree, depth, left, spots):
    """Give each node of a tree a place; the first free column is given."""
    below, right = [], left
    for arg in tree.args:
        spot, right = place(arg, depth + 1, right, spots)
        below.append(spot)
    column = sum(x for x, _ in below) / len(below) if below else left
    name = {"Add": "+", "Mul": "×", "Pow": "^"}.get(tree.func.__name__)
    text = name or (tree.func.__name__ if tree.args else str(tree))
    spots.append(((column, -depth), below, text))
    return (column, -depth), max(right, left + 1)


fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.2), width_ratios=[1, 2])
for ax, tree in zip(axes, [wave, sympy.diff(wave, t)], strict=True):
    spots = []
    place(tree, 0, 0, spots)
    for spot, below, text in spots:
        for end in below:
            ax.plot(*zip(spot, end, strict=True), "C7-", lw=1, zorder=1)
        ax.plot(*spot, "o", color="C0", ms=21, zorder=2)
        ax.text(*spot, text, ha="center", va="center", color="white", size=9)
    ax.margins(0.15)
    ax.axis("off")

# %% [markdown]
# /// figure | symbolic-trees
#     alt: Two trees of operations. The small one, a product of t and the sine of t squared, becomes a larger one, a sum of two products that hold a sine and a cosine of the same t squared.
#
# The derivative of a tree is a larger tree, in which parts of the first come
# back.
# ///
#
# You stand on [the rules](../calculus/derivatives.md#the-rules-each-from-the-limit)
# and on [composition](../foundations/functions.md#one-function-after-another).
# [Taylor polynomials](../calculus/derivatives.md#polynomials-in-place-of-functions)
# are what you use it for in the end, and
# [automatic differentiation](../calculus/autodiff.md#three-ways-to-a-derivative)
# is the other way to a derivative.
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. A formula is a tree
#
# A node has a `head` and a tuple `args`. The leaves are numbers and symbols;
# all other nodes are sums, products, powers, or functions of one argument.
# Three decisions make life easier later:
#
# - *Numbers are exact.* A `Fraction` of Python is never rounded, so that
#   $\tfrac13 + \tfrac13 + \tfrac13$ is $1$. A float is refused.
# - *Sums and products take any number of arguments.* Then $x + y + z$ is one
#   node, and has no brackets to argue about.
# - *There is no minus and no division.* $a - b$ is $a + (-1) \, b$, and $a / b$
#   is $a \, b^{-1}$. Two operations less are two rules less in each step.
#
# Trees never change once made ("frozen"), so that they can be compared with
# `==` and be keys of a dictionary. Python's operators build them.


# %%
@dataclass(frozen=True)
class Expr:
    """A formula: a head, and what it is applied to.

    head: "number", "symbol", "+", "*", "^", or the name of a function.
    args: a `Fraction`, a name, or the formulas below, as a tuple.
    """

    head: str
    args: tuple

    @cached_property
    def _hash(self):
        return hash((self.head, self.args))

    def __hash__(self):
        return self._hash  # computed once: trees are large, and often keys

    def __add__(self, other):
        return Expr("+", (self, expr(other)))

    def __mul__(self, other):
        return Expr("*", (self, expr(other)))

    def __pow__(self, other):
        return Expr("^", (self, expr(other)))

    def __neg__(self):
        return Expr("*", (number(-1), self))

    def __sub__(self, other):
        return self + -expr(other)

    def __truediv__(self, other):
        return self * expr(other) ** -1

    def __radd__(self, other):
        return expr(other) + self

    def __rmul__(self, other):
        return expr(other) * self

    def __rsub__(self, other):
        return expr(other) - self

    def __rtruediv__(self, other):
        return expr(other) / self

    def __rpow__(self, other):
        return expr(other) ** self


def number(q):
    return Expr("number", (Fraction(q),))


def symbol(name):
    return Expr("symbol", (name,))


def expr(value):
    """A formula stays; a whole number or a fraction becomes one."""
    if isinstance(value, float):
        said = f"numbers must be exact, got the float {value}"
        raise TypeError(said)
    return value if isinstance(value, Expr) else number(value)


def function(name):
    return lambda u: Expr(name, (expr(u),))


exp, ln, sin, cos, tan = map(function, ["exp", "ln", "sin", "cos", "tan"])
ZERO, ONE = number(0), number(1)
x, y = symbol("x"), symbol("y")

little = 2 * x - 1
print(little.head, [arg.head for arg in little.args])
print(x + y == symbol("x") + symbol("y"), x + y == y + x)

# %% [raw] tags=["output"]
# + ['*', '*']
# True False

# %% [markdown]
# The last word is a warning: trees are compared as trees, not as what they
# mean. Steps 4 to 7 are about that gap.
#
# To know what a tree means, give its symbols values. Whatever you do to a
# formula from now on, evaluation is the judge.
#
# //// exercise | Evaluate a tree
#     name: symbolic-evaluate
#
# Write `evaluate(e, values)`, where `values` has a number or a NumPy array
# for each name. Sums and products have any number of arguments; the functions
# stand in the table `NUMPY`. Take powers with `np.float_power`, and numbers
# as floats: an array of fractions is slow, and no function knows it.


# %% tags=["starter"]
NUMPY = {
    "exp": np.exp,
    "ln": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
}


def evaluate(e, values):
    if e.head == "number":
        return float(e.args[0])
    if e.head == "symbol":
        return values[e.args[0]]
    parts = [evaluate(arg, values) for arg in e.args]
    return sum(parts)  # and if it is no sum?


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

grid = np.array([0.5, 1.0, 2.0])
three = Expr("+", (x, number(1), y))
expect_close(
    evaluate(number(Fraction(2, 3)), {}),
    2 / 3,
    what="the number 2/3",
    hint="give numbers as floats",
)
for what, formula, wanted in [
    ("the sum of x, 1 and y", three, grid + 5.0),
    ("the product of x, y and x", Expr("*", (x, y, x)), 4.0 * grid**2),
    ("x^y", x**y, grid**4),
    ("y^x", y**x, 4.0**grid),
    ("x^(1/2)", x ** Fraction(1, 2), np.sqrt(grid)),
    ("1 / x - y", 1 / x - y, 1 / grid - 4.0),
    ("exp(x) + ln(x)", exp(x) + ln(x), np.exp(grid) + np.log(grid)),
    ("cos(x) tan(x)", cos(x) * tan(x), np.sin(grid)),
]:
    expect_close(
        evaluate(formula, {"x": grid, "y": 4.0}),
        wanted,
        what=f"{what} at x = [0.5, 1, 2], y = 4",
        hint="parts holds the values of all arguments, in their order",
    )

# %% [markdown]
# /// hint
#
# `math.prod` multiplies any number of parts. For a function, look up
# `NUMPY[e.head]` and give it the one part.
# ///
#
# /// solution


# %% tags=["solution"]
NUMPY = {
    "exp": np.exp,
    "ln": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
}


def evaluate(e, values):
    if e.head == "number":
        return float(e.args[0])
    if e.head == "symbol":
        return values[e.args[0]]
    parts = [evaluate(arg, values) for arg in e.args]
    if e.head == "+":
        return sum(parts)
    if e.head == "*":
        return math.prod(parts)
    if e.head == "^":
        return np.float_power(*parts)
    return NUMPY[e.head](*parts)


# %% [markdown]
# ///
# ////
#
# Hand-picked examples test what you thought of. So you also want formulas
# that nobody thought of: the next cell makes them by chance.


# %%
def chance_formula(rng, depth):
    """A random formula in x and y, with operations at most so deep."""

    def below():
        return chance_formula(rng, depth - 1)

    if depth == 0 or rng.random() < 0.1:
        leaves = [x, x, y, number(2), number(-1), number(Fraction(1, 2))]
        return leaves[rng.integers(len(leaves))]
    kind = rng.integers(7)
    if kind < 4:
        size = 2 + kind % 2
        return Expr("+*"[kind // 2], tuple(below() for _ in range(size)))
    if kind == 4:
        return below() - below()
    if kind == 5:
        return below() ** [2, 3, -1, Fraction(1, 2)][rng.integers(4)]
    return [exp, ln, sin, cos][rng.integers(4)](below())


rng = np.random.default_rng(3)
crowd = [chance_formula(rng, 4) for _ in range(300)]
print(len(set(crowd)), "different formulas")

# %% [raw] tags=["output"]
# 268 different formulas

# %% [markdown]
# ## Step 2. Write it down
#
# A tree has no brackets; the text of a formula needs some. Which? A part
# needs brackets where it binds less tightly than what stands around it. Give
# each kind of node a *level*: sums 1, products 2, powers 3, and 4 for what
# nothing can tear apart. A negative number looks like a difference and a
# fraction like a quotient, so they have the levels of those.


# %%
def level(e):
    """How tightly the text of a formula holds together, from 1 to 4."""
    if e.head == "number":
        (q,) = e.args
        return 1 if q < 0 else 2 if q.denominator > 1 else 4
    return {"+": 1, "*": 2, "^": 3}.get(e.head, 4)


print(level(x + y), level(x * y), level(x**y), level(sin(x + y)))

# %% [raw] tags=["output"]
# 1 2 3 4

# %% [markdown]
# //// exercise | Brackets where they are needed
#     name: symbolic-show
#
# Finish `show(e)`. Terms never need brackets. Base and exponent need them
# below level 4. So do factors below level 3, but the first factor never if it
# is a number; and a first factor $-1$ is written as a mere minus.


# %% tags=["starter"]
def show(e):
    if e.head in {"number", "symbol"}:
        return str(e.args[0])
    if e.head == "+":
        return " + ".join(map(show, e.args)).replace("+ -", "- ")
    if e.head == "*":
        return "*".join(map(show, e.args))  # which need brackets?
    if e.head == "^":
        return "^".join(map(show, e.args))  # and here?
    return f"{e.head}({show(e.args[0])})"


# %% tags=["check"]
import re

import numpy as np

from derivable.grading import expect_close, expect_equal

for formula, wanted in [
    (x + y * x, "x + y*x"),
    ((x + y) * x, "(x + y)*x"),
    (x - y, "x - y"),
    (-(x + y), "-(x + y)"),
    (-(x**2), "-x^2"),
    ((-x) ** 2, "(-x)^2"),
    (-2 * x * y, "(-2*x)*y"),
    (Expr("*", (number(-2), x, y)), "-2*x*y"),
    (x * number(-2), "x*(-2)"),
    (x * (y * x), "x*(y*x)"),
    (x * number(Fraction(1, 2)), "x*(1/2)"),
    ((x**2) ** y, "(x^2)^y"),
    (x ** (y**2), "x^(y^2)"),
    (x ** Fraction(1, 2), "x^(1/2)"),
    (number(-1) ** 2, "(-1)^2"),
    (sin(x + 1) ** 2, "sin(x + 1)^2"),
    (x + Expr("*", (number(-3), y)), "x - 3*y"),
]:
    expect_equal(
        show(formula),
        wanted,
        what="the text of a formula",
        hint="compare the level of each part with what its place asks for",
    )

names = NUMPY | {"x": np.float64(1.3), "y": np.float64(0.7)}
with np.errstate(all="ignore"):
    for formula in crowd[:150]:
        text = re.sub(r"\d+", r"F(\g<0>)", show(formula).replace("^", "**"))
        by_tree = evaluate(formula, names)
        if np.isfinite(by_tree):
            expect_close(
                eval(text, {**names, "F": np.float64}),
                by_tree,
                what=f"what Python reads in {show(formula)}",
                rtol=1e-6,
                hint="a pair of brackets is missing",
            )

# %% [markdown]
# /// hint
#
# Write a helper `inside(part, least)` that puts brackets around the text of
# `part` if its level lies below `least`. In a product, treat the first factor
# apart if it is a number.
# ///
#
# /// solution


# %% tags=["solution"]
def inside(part, least):
    return show(part) if level(part) >= least else f"({show(part)})"


@cache
def show(e):
    if e.head in {"number", "symbol"}:
        return str(e.args[0])
    if e.head == "+":
        return " + ".join(map(show, e.args)).replace("+ -", "- ")
    if e.head == "*":
        first, *others = e.args
        rest = "*".join(inside(factor, 3) for factor in others)
        if first == number(-1) and others:
            return "-" + rest
        least = 1 if first.head == "number" else 3
        return "*".join([inside(first, least), *([rest] if rest else [])])
    if e.head == "^":
        return "^".join(inside(part, 4) for part in e.args)
    return f"{e.head}({show(e.args[0])})"


# %% [markdown]
# ///
# ////
#
# The check let Python read what you wrote, and compared values: a bracket too
# few would have been found. From now on, trees print as formulas.

# %%
Expr.__repr__ = show
by_length = sorted(set(crowd), key=lambda e: (len(show(e)), show(e)))
print(*by_length[60:64], sep="\n")

# %% [raw] tags=["output"]
# sin(sin(y*(-1)) + y - (x*(-1)*(-1)))
# (y*2*x + x - (x + 1/2 + x + x - x))^3
# exp((cos(x)*(x*(-1)))*exp(1/2)*ln(2))
# (-1 - (-1) + x - 1 - (-1 + 1/2 - 1))*x

# %% [markdown]
# ## Step 3. The rules
#
# Differentiation is a function from trees to trees, one case for each head.
# Numbers, and symbols other than $x$, have the derivative zero, and $x$ has
# one. A sum is differentiated term by term. The product rule for any number
# of factors leaves all of them as they are but one, each in turn:
#
# $$
# (f g h)' = f' g h + f g' h + f g h'
# $$
#
# For powers you know two rules, $(x^n)' = n x^{n-1}$ and
# $(e^x)' = e^x$. A power $u^v$ in which both parts depend on $x$ has neither
# form. Where $u > 0$ you may write it as $e^{v \ln u}$, and the chain rule
# gives
#
# $$
# \frac{\dd}{\dd x} u(x)^{v(x)}
# = u(x)^{v(x)} \left( v'(x) \ln(u(x)) + v(x) \frac{u'(x)}{u(x)} \right) .
# \label{claim:symbolic-power}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     a, b = rng.uniform(0.5, 2, 2)
#     return {
#         "u": lambda x: a + np.exp(b * x),
#         "u_prime": lambda x: b * np.exp(b * x),
#         "v": lambda x: np.sin(a * x) + b * x**2,
#         "v_prime": lambda x: a * np.cos(a * x) + 2 * b * x,
#         "x": rng.uniform(-1, 1),
#     }
# ```
# ///
#
# If the exponent is constant, then $v' = 0$ and $v u^{v-1} u'$ is left. That
# is true for negative $u$ as well, where the logarithm has no value. So keep
# it as a case of its own.
#
# Functions have a table of slopes, as trees, and the chain rule is the same
# for all of them.


# %%
SLOPES = {
    "exp": exp,
    "ln": lambda u: u**-1,
    "sin": cos,
    "cos": lambda u: -sin(u),
    "tan": lambda u: 1 + tan(u) ** 2,
}


@cache
def symbols_of(e):
    """The set of the symbols in a formula."""
    if e.head in {"number", "symbol"}:
        return frozenset([e] if e.head == "symbol" else [])
    return frozenset().union(*map(symbols_of, e.args))


print(sorted(map(show, symbols_of(x * sin(y) + 1))))

# %% [raw] tags=["output"]
# ['x', 'y']

# %% [markdown]
# //// exercise | Differentiate
#     name: symbolic-diff
#
# Write `diff(e, x)`, the derivative of a tree for a symbol. Do not tidy up:
# $1 \cdot \sin(x) + x \cdot (\cos(x) \cdot 1)$ is fine. The exponent is
# constant if `x` is not in `symbols_of` it.


# %% tags=["starter"]
def diff(e, x):
    if e == x or x not in symbols_of(e):
        return ONE if e == x else ZERO
    if e.head == "+":
        return Expr("+", tuple(diff(term, x) for term in e.args))
    if e.head == "*":
        return Expr("*", tuple(diff(factor, x) for factor in e.args))
    if e.head == "^":
        u, v = e.args
        return v * u ** (v - 1)
    return SLOPES[e.head](e.args[0])


# %% tags=["check"]
import numpy as np

from derivable.calculus import derivative
from derivable.grading import expect_close, expect_equal

grid = np.array([0.4, 1.0, 1.7])
w = symbol("w")


def expect_slope(formula, points, hint):
    expect_close(
        evaluate(diff(formula, w), {"w": points, "y": 3.0})
        + np.zeros_like(points),
        derivative(lambda p: evaluate(formula, {"w": p, "y": 3.0}), points),
        what=f"the derivative of {show(formula)} for w at {points}",
        rtol=1e-6,
        atol=1e-7,
        hint=hint,
    )


expect_equal(diff(y, w), ZERO, what="the derivative of y for w")
for formula, hint in [
    (w + w + y, "add the derivatives of all terms"),
    (w * sin(w), "in each term one factor is differentiated"),
    (Expr("*", (w, y, w, cos(w))), "a product of four factors: four terms"),
    (sin(w) ** 3, "times the derivative of the base"),
    (1 / (w + y), "times the derivative of the base"),
    (exp(-(w**2)), "times the derivative of the inner function"),
    (ln(cos(w) + 2), "the slope is taken at the inner function"),
    (y**w, "the base is constant: only the logarithm stays"),
    (w**w, "base and exponent both depend on w"),
    ((1 + w) ** sin(w), "base and exponent both depend on w"),
]:
    expect_slope(formula, grid, hint)
expect_slope(w**y, -grid, "a constant exponent needs no logarithm")
for formula in [w**3, tan(w) * w ** Fraction(1, 2)]:
    expect_slope(formula, grid, "compare with the rules above")
hidden = symbol("u")
expect_close(
    evaluate(diff(hidden**2 * w, hidden), {"u": 3.0, "w": 5.0}),
    30.0,
    what="the derivative of u^2*w for u, at u = 3, w = 5",
    hint="differentiate for the symbol that is given",
)

# %% [markdown]
# /// hint
#
# For a product: `(*e.args[:i], diff(factor, x), *e.args[i + 1 :])` are
# the factors of term `i`. For a function: `SLOPES[e.head](u) * diff(u, x)`.
# ///
#
# /// solution


# %% tags=["solution"]
def diff(e, x):
    if e == x or x not in symbols_of(e):
        return ONE if e == x else ZERO
    if e.head == "+":
        return Expr("+", tuple(diff(term, x) for term in e.args))
    if e.head == "*":
        terms = []
        for i, factor in enumerate(e.args):
            factors = (*e.args[:i], diff(factor, x), *e.args[i + 1 :])
            terms.append(Expr("*", factors))
        return Expr("+", tuple(terms))
    u, *others = e.args
    if e.head == "^":
        (v,) = others
        if x not in symbols_of(v):
            return v * u ** (v - 1) * diff(u, x)
        return e * (diff(v, x) * ln(u) + v * diff(u, x) / u)
    return SLOPES[e.head](u) * diff(u, x)


# %% [markdown]
# ///
# ////

# %%
raw = diff(x * sin(x**2), x)
print(raw)
print(len(show(diff(raw, x))), "characters for the second derivative")

# %% [raw] tags=["output"]
# 1*sin(x^2) + x*(cos(x^2)*((2*x^(2 - 1))*1))
# 211 characters for the second derivative

# %% [markdown]
# Right, and of no use to a reader. A person would have cancelled ones and
# zeros on the way, without a thought. What exactly did that person do?
#
# ## Step 4. Collect terms
#
# One rule governs all that follows:
#
# > Wherever the given formula has a value, the simplified one has the same.
#
# It may have values at more points: $x / x$ has none at $0$, and $1$ has. It
# must never have another value.
#
# A sum is simplified as you do it on paper. Take the sums in it apart, so
# that there is one list of terms. Write each term as a number times a *rest*.
# Equal rests meet, and their numbers add up. What has the number zero goes.
# To find equal rests you need no search: trees are keys of a dictionary.
#
# Then bring the terms into an order, the same for all: after that, $x + y$
# and $y + x$ are one tree. Any order will do; here short texts come before
# long ones, and among texts of one length the alphabet decides.


# %%
def flat(head, parts):
    """The parts of a sum or product, with those inside of them."""
    found = []
    for part in parts:
        found += part.args if part.head == head else [part]
    return found


def split(term):
    """A simple term as a fraction and a rest, a formula."""
    if term.head == "number":
        return term.args[0], ONE
    if term.head == "*" and term.args[0].head == "number":
        first, *rest = term.args
        return first.args[0], rest[0] if len(rest) == 1 else joined("*", rest)
    return Fraction(1), term


def joined(head, parts):
    """A node of these parts; a single one is itself, of none 0 or 1."""
    if not parts:
        return ZERO if head == "+" else ONE
    return parts[0] if len(parts) == 1 else Expr(head, tuple(parts))


def scaled(q, rest):
    """The simple term q times rest, which has no number in front."""
    if q == 1 or rest == ONE:
        return number(q) if rest == ONE else rest
    return Expr("*", (number(q), *flat("*", [rest])))


def order(e):
    """What formulas are ordered by: short texts first, then by letters."""
    return len(show(e)), show(e)


print(split(scaled(Fraction(3), x * y)), scaled(Fraction(-1), x))

# %% [raw] tags=["output"]
# (Fraction(3, 1), x*y) -x

# %% [markdown]
# //// exercise | Simplify a sum
#     name: symbolic-sum
#
# Write `simple_sum(terms)`: a formula for the sum of a list of terms, each of
# them simplified. Order the terms by the `order` of their rests (a number,
# whose rest is 1, comes first). A sum of nothing is `ZERO`.


# %% tags=["starter"]
def simple_sum(terms):
    collected = {}  # each rest, and the number before it
    for term in flat("+", terms):
        q, rest = split(term)
        collected[rest] = q  # and if the rest was seen before?
    return joined("+", [scaled(q, rest) for rest, q in collected.items()])


# %% tags=["check"]
from derivable.grading import expect_equal

two_x, half = scaled(2, x), Fraction(1, 2)
for terms, wanted, hint in [
    ([x, x], "2*x", "equal rests: their numbers add up"),
    ([x, two_x, x], "4*x", "equal rests: their numbers add up"),
    ([y, x], "x + y", "sort the rests, with key=order"),
    ([number(2), x, number(3)], "5 + x", "numbers have the rest 1"),
    ([two_x, scaled(-2, x)], "0", "drop what has the number zero"),
    ([x, y, scaled(-1, x)], "y", "drop what has the number zero"),
    ([ONE, number(-1), x], "x", "the number zero is dropped too"),
    ([], "0", "nothing sums to zero"),
    ([ZERO], "0", "zero sums to zero"),
    ([Expr("+", (x, y)), y], "x + 2*y", "take sums in the sum apart"),
    ([scaled(half, x), scaled(half, x)], "x", "one times x is x"),
    ([scaled(3, x * y), x * y, x], "x + 4*x*y", "x and x*y differ"),
    ([x**2, x, scaled(-3, x**2)], "x - 2*x^2", "x and x^2 differ"),
]:
    expect_equal(
        show(simple_sum(terms)),
        wanted,
        what=f"the sum of {terms}",
        hint=hint,
    )
expect_equal(
    simple_sum([y, two_x]) == simple_sum([two_x, y]),
    True,
    what="that 2*x + y and y + 2*x become one tree",
)

# %% [markdown]
# /// hint
#
# `collected.get(rest, 0) + q`. Then keep the pairs whose number is not zero,
# in the order of `sorted(collected, key=order)`.
# ///
#
# /// solution


# %% tags=["solution"]
def simple_sum(terms):
    collected = {}
    for term in flat("+", terms):
        q, rest = split(term)
        collected[rest] = collected.get(rest, 0) + q
    ordered = sorted(collected, key=order)
    kept = [rest for rest in ordered if collected[rest] != 0]
    return joined("+", [scaled(collected[rest], rest) for rest in kept])


# %% [markdown]
# ///
# ////
#
# ## Step 5. Powers, where school rules fail
#
# Which rules for powers keep the promise of step 4? $u^0 = 1$ and $u^1 = u$
# do, also $1^v = 1$. Two numbers can be computed, if the exponent is whole:
# $2^{1/2}$ is no fraction, and has to stay.
#
# The dangerous rule is $(u^a)^b = u^{a b}$. Try $u = -3$, $a = 2$,
# $b = \tfrac12$: on the left, the root of $9$, which is $3$; on the right,
# $-3$. What is true is $\sqrt{u^2} = \abs{u}$.

# %%
root, power = (x**2) ** Fraction(1, 2), x**1
print(evaluate(root, {"x": -3.0}), evaluate(power, {"x": -3.0}))

# %% [raw] tags=["output"]
# 3.0 -3.0

# %% [markdown]
# For a whole $b$ the rule holds: $(u^a)^b$ is a product of factors $u^a$, or
# one over it, and the exponents of equal bases add up wherever $u^a$ has a
# value. For instance $(\sqrt u)^2 = u$ wherever the left side
# exists. For the same reason $(u v)^n = u^n v^n$ is safe for whole $n$, and
# $\sqrt{u v} = \sqrt u \sqrt v$ is not: let both be $-1$.
#
# //// exercise | Simplify a power
#     name: symbolic-power
#
# Write `simple_power(u, v)`, the power of two simplified formulas, by these
# rules and no others. A power of zero that has no value, $0^{-1}$, raises
# `ZeroDivisionError`, and $0^0 = 1$, as in Python.


# %% tags=["starter"]
def whole(e):
    return e.head == "number" and e.args[0].denominator == 1


def simple_power(u, v):
    if v == ZERO:
        return ONE
    if u.head == "^":
        inner, a = u.args
        return simple_power(inner, number(a.args[0] * v.args[0]))
    return u**v


# %% tags=["check"]
from derivable.grading import expect_equal, expect_raises

half = number(Fraction(1, 2))
for u, v, wanted, hint in [
    (x, ZERO, "1", "what is any power with exponent zero?"),
    (ZERO, ZERO, "1", "0^0 is 1 here"),
    (x, ONE, "x", "what is a power with exponent one?"),
    (ONE, y, "1", "powers of one are one"),
    (number(Fraction(2, 3)), number(-2), "9/4", "compute with fractions"),
    (number(2), half, "2^(1/2)", "no fraction is the root of two"),
    (ZERO, half, "0^(1/2)", "by these rules it stays"),
    (x**2, number(3), "x^6", "(u^a)^b = u^(a b) for whole b"),
    (x**half, number(2), "x", "and then a power with exponent one"),
    (x ** number(-1), number(-1), "x", "and then an exponent of one"),
    (x**2, half, "(x^2)^(1/2)", "the root of x^2 is |x|"),
    (x**y, number(2), "(x^y)^2", "the exponent y is no number: it stays"),
    (x**2, y, "(x^2)^y", "the exponent y is not known to be whole"),
    (x, y, "x^y", "nothing is to be done"),
]:
    expect_equal(
        show(simple_power(u, v)), wanted, what=f"({u})^({v})", hint=hint
    )
expect_raises(
    ZeroDivisionError,
    simple_power,
    ZERO,
    number(-1),
    what="0^(-1)",
    hint="Python's fractions raise it by themselves",
)

# %% [markdown]
# /// hint
#
# Python's `Fraction` to a whole power is a `Fraction`, to any other a float:
# so ask `whole(v)` first. The rule of two exponents needs a whole `v` and a
# number as the inner exponent.
# ///
#
# /// solution


# %% tags=["solution"]
def whole(e):
    return e.head == "number" and e.args[0].denominator == 1


def simple_power(u, v):
    if v == ZERO or u == ONE:
        return ONE
    if v == ONE:
        return u
    if whole(v) and u.head == "number":
        return number(u.args[0] ** v.args[0])
    if whole(v) and u.head == "^" and u.args[1].head == "number":
        inner, a = u.args
        return simple_power(inner, number(a.args[0] * v.args[0]))
    return u**v


# %% [markdown]
# ///
# ////
#
# ## Step 6. Collect factors
#
# A product is a sum, one floor up: where terms had a number in front, factors
# have an exponent. Equal bases meet, and their exponents add up, with the
# `simple_sum` that you have: $x \cdot x^y = x^{1 + y}$. Plain numbers are
# multiplied into one, which stands first. If it is zero, all is zero.
#
# //// exercise | Simplify a product
#     name: symbolic-product
#
# Write `simple_product(factors)` for a list of simplified factors. Order them
# by the `order` of their bases. Note what may come out when bases meet:
# $\sqrt 2 \sqrt 2$ is a number, and $\sqrt{x y} \sqrt{x y}$ is a product. Then
# begin again with what you have.


# %% tags=["starter"]
def simple_product(factors):
    number_in_front, exponents = Fraction(1), {}
    for factor in flat("*", factors):
        if factor.head == "number":
            number_in_front *= factor.args[0]
        else:
            base, v = factor.args if factor.head == "^" else (factor, ONE)
            exponents[base] = v  # and if the base was seen before?
    powers = [simple_power(base, v) for base, v in exponents.items()]
    return scaled(number_in_front, joined("*", powers))


# %% tags=["check"]
from derivable.grading import expect_equal

half = number(Fraction(1, 2))
both = (x * y) ** half
for factors, wanted, hint in [
    ([x, x], "x^2", "equal bases: their exponents add up"),
    ([x, x**2, y], "x^3*y", "equal bases: their exponents add up"),
    ([y, x], "x*y", "sort the bases, with key=order"),
    ([x**2, sin(x), x], "x^3*sin(x)", "sort the bases, with key=order"),
    ([number(2), x, number(3)], "6*x", "numbers are multiplied into one"),
    ([x, ZERO, ln(x)], "0", "if the number is zero, all is zero"),
    ([x, x ** number(-1)], "1", "exponent zero: the base is gone"),
    ([x, x ** number(-1), number(4)], "4", "the number stays"),
    ([], "1", "a product of nothing is one"),
    ([x * y, scaled(2, x)], "2*x^2*y", "take products in it apart"),
    ([x, x**y], "x^(1 + y)", "exponents may be formulas"),
    ([number(2) ** half, number(2) ** half, x], "2*x", "begin again"),
    ([both, both, x], "x^2*y", "begin again: a product came out"),
    ([number(Fraction(1, 2)), x, number(2)], "x", "one times x is x"),
]:
    expect_equal(
        show(simple_product(factors)),
        wanted,
        what=f"the product of {factors}",
        hint=hint,
    )

# %% [markdown]
# /// hint
#
# `exponents[base] = simple_sum([exponents.get(base, ZERO), v])`. Bases have
# met if there are fewer powers than factors that are no numbers. Then call
# `simple_product` on the number and the powers.
# ///
#
# /// solution


# %% tags=["solution"]
def simple_product(factors):
    q, exponents = Fraction(1), {}
    others = [f for f in flat("*", factors) if f.head != "number"]
    for factor in flat("*", factors):
        if factor.head == "number":
            q *= factor.args[0]
            continue
        base, v = factor.args if factor.head == "^" else (factor, ONE)
        exponents[base] = simple_sum([exponents.get(base, ZERO), v])
    if q == 0:
        return ZERO
    ordered = sorted(exponents, key=order)
    powers = [simple_power(base, exponents[base]) for base in ordered]
    if len(powers) < len(others):
        return simple_product([number(q), *powers])
    return scaled(q, joined("*", powers))


# %% [markdown]
# ///
# ////
#
# ## Step 7. From the leaves to the root, until nothing changes
#
# The three rules want simplified arguments, so the tree is simplified from
# below. Functions get a short table of values. One pass can make room for
# another, so you repeat until nothing changes.


# %%
VALUES = {exp(0): ONE, ln(1): ZERO, sin(0): ZERO, cos(0): ONE, tan(0): ZERO}
INVERSES = {"exp": "ln", "ln": "exp"}


def simple_call(name, u):
    """A function of one argument, simplified."""
    if u.head == INVERSES.get(name):
        return u.args[0]
    return VALUES.get(Expr(name, (u,)), Expr(name, (u,)))


def once(e):
    """One pass of simplification, from the leaves to the root."""
    if e.head in {"number", "symbol"}:
        return e
    args = [once(arg) for arg in e.args]
    if e.head == "+":
        return simple_sum(args)
    if e.head == "*":
        return simple_product(args)
    if e.head != "^":
        return simple_call(e.head, *args)
    u, v = args
    if whole(v) and u.head == "*":
        return simple_product([simple_power(factor, v) for factor in u.args])
    return simple_power(u, v)


def simplify(e):
    """A formula with the same value wherever `e` has one."""
    after = once(e)
    while after != e:
        e, after = after, once(after)
    return e


print(simplify(raw))
print(simplify(diff(diff(exp(-(x**2) / 2), x), x)))

# %% [raw] tags=["output"]
# sin(x^2) + 2*x^2*cos(x^2)
# -exp(-1/2*x^2) + x^2*exp(-1/2*x^2)

# %% [markdown]
# These are the derivatives of the beginning; only SymPy took the exponential
# out of the second. Was the promise kept? The random formulas are the judge:
# wherever one of them has a value, its simplified form must have the same.

# %%
rng = np.random.default_rng(4)
points = {"x": rng.uniform(-2, 2, 40), "y": rng.uniform(-2, 2, 40)}


def differs(before, after, points):
    """Whether two formulas differ where the first has a value."""
    with np.errstate(all="ignore"):
        one, two = evaluate(before, points), evaluate(after, points)
    one, two = np.broadcast_arrays(one, two, points["x"])[:2]
    known = np.isfinite(one) & (np.abs(one) < 1e6)
    return not np.allclose(two[known], one[known], rtol=1e-6, atol=1e-6)


broken, kept = [], []
for formula in crowd:
    try:
        kept.append((formula, simplify(formula)))
    except ZeroDivisionError:  # 1/0 is part of it: it has no value at all
        broken.append(formula)
print(len(kept), "simplified,", len(broken), "without any value")
print(sum(differs(*pair, points) for pair in kept), "with another value")

# %% [raw] tags=["output"]
# 299 simplified, 1 without any value
# 0 with another value

# %% [markdown]
# A judge that never says no is no judge. Let the school rule of step 5 in,
# which makes $\sqrt{x^2}$ into $x$, and it is caught at once:

# %%
print(differs(root, x, points), differs(root**2, x**2, points))

# %% [raw] tags=["output"]
# True False

# %% [markdown]
# Now count. How large does a derivative become, and what does the simplifier
# save? On the left, derivatives of $e^{-x^2/2}$ one after the other. On the
# right, only one derivative, but of a function of a function: $f_{k+1} = 2
# f_k (1 - f_k)$ begins with $f_0 = x$, and is built up $k$ times.


# %%
def nodes(e):
    """All nodes of a tree, with repetitions."""
    if e.head in {"number", "symbol"}:
        return [e]
    return [e, *(node for arg in e.args for node in nodes(arg))]


bell = exp(-(x**2) / 2)
untouched, tidy = [bell], [simplify(bell)]
for _ in range(4):
    untouched.append(diff(untouched[-1], x))
    tidy.append(simplify(diff(tidy[-1], x)))

logistic = [x]
for _ in range(7):
    logistic.append(2 * logistic[-1] * (1 - logistic[-1]))
slopes = [simplify(diff(f, x)) for f in logistic]
whole_trees = [len(nodes(e)) for e in slopes]
distinct = [len(set(nodes(e))) for e in slopes]
print([len(nodes(e)) for e in untouched])
print([len(nodes(e)) for e in tidy])
print(whole_trees)
print(distinct)

# %% [raw] tags=["output"]
# [10, 42, 223, 1360, 9316]
# [6, 9, 19, 21, 30]
# [1, 11, 43, 127, 335, 831, 1983, 4607]
# [1, 10, 16, 22, 28, 34, 40, 46]

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(6.8, 3.0), sharey=True)
left.semilogy([len(nodes(e)) for e in untouched], "o-", color="C1")
left.semilogy([len(nodes(e)) for e in tidy], "s-", color="C0")
left.text(2.3, 1500, "by the rules", color="C1", ha="right")
left.text(2.5, 10, "simplified", color="C0")
left.set(xlabel="derivative number", ylabel="nodes", xticks=range(5))
right.semilogy(whole_trees, "s-", color="C0")
right.semilogy(distinct, "^-", color="C2")
right.text(4.4, 900, "simplified", color="C0", ha="right")
right.text(3.4, 11, "different nodes", color="C2")
right.set(xlabel="$k$, how often $f$ is composed")

# %% [markdown]
# /// figure | symbolic-swell
#     alt: Two plots with a logarithmic axis. Left, the nodes of the first four derivatives: by the rules alone the curve rises steeply, simplified it rises slowly. Right, the nodes of the derivative of a composition: simplified trees grow on a straight, steep line, and the different nodes among them on a curve that flattens.
#
# Simplifying tames the growth from derivative to derivative. Against the
# growth by composition it is helpless, but few of the nodes are different.
# ///
#
# On the right the trees grow by a factor of
# `more than two`{ .claim of="whole_trees[-1] / whole_trees[-2]" says="more than 2" }
# with each $k$: that is *expression swell*. Most of a tree is the same parts
# again: of different nodes, each $k$ adds only
# `6`{ .claim of="distinct[-1] - distinct[-2]" }. Whoever computes each of them
# once pays for the lower curve alone, and that is what
# [automatic differentiation](../calculus/autodiff.md#the-graph) does: it never
# writes the formula down.
#
# ## Step 8. Use it: exact Taylor polynomials
#
# Numbers are exact, so derivatives at a point are, and with them the
# coefficients of the Taylor polynomial at zero,
#
# $$
# c_k = \frac{f^{(k)}(0)}{k!} , \qquad k = 0, 1, \dots, n .
# $$
#
# [Differences of floats](../calculus/derivatives.md#measuring-a-slope) lose
# digits with every order. Rules lose none.


# %%
def substitute(e, x, value):
    """The formula with a formula in the place of the symbol x."""
    if e == x:
        return expr(value)
    if e.head in {"number", "symbol"}:
        return e
    return Expr(e.head, tuple(substitute(arg, x, value) for arg in e.args))


print(simplify(substitute(cos(x) + x * y, x, 0)), substitute(x**2, x, 1 + y))

# %% [raw] tags=["output"]
# 1 (1 + y)^2

# %% [markdown]
# //// exercise | Taylor coefficients
#     name: symbolic-taylor
#
# Write `taylor(f, x, n)`: the list of the $n + 1$ coefficients at zero, each
# a simplified formula (which may hold other symbols). Simplify on the way, or
# the trees swell. Divide by a whole number, and stay exact.


# %% tags=["starter"]
def taylor(f, x, n):
    coefficients = []
    for _ in range(n + 1):
        coefficients.append(simplify(substitute(f, x, 0)))
        f = simplify(diff(f, x))
    return coefficients


# %% tags=["check"]
from derivable.grading import expect_equal, expect_raises

for f, n, wanted, hint in [
    (exp(x), 0, "1", "n = 0 asks for one coefficient"),
    (exp(x), 4, "1 1 1/2 1/6 1/24", "divide by the factorial of k"),
    (tan(x), 7, "0 1 0 1/3 0 2/15 0 17/315", "divide by the factorial of k"),
    (ln(1 + x), 3, "0 1 -1/2 1/3", "divide by the factorial of k"),
    (1 / (1 - x), 4, "1 1 1 1 1", "the geometric series"),
    ((1 + x) ** Fraction(1, 2), 3, "1 1/2 -1/8 1/16", "the root of 1 + x"),
    ((1 + 2 * x) ** 3, 4, "1 6 12 8 0", "after the degree come zeros"),
    (exp(x * y), 2, "1 y 1/2*y^2", "a coefficient may hold other symbols"),
]:
    expect_equal(
        " ".join(map(show, taylor(f, x, n))),
        wanted,
        what=f"the coefficients of {show(f)} up to {n}",
        hint=hint,
    )
expect_equal(
    show(taylor(y**3, y, 3)[3]),
    "1",
    what="coefficient 3 of y^3, for y",
    hint="differentiate for the symbol that is given",
)
expect_raises(
    ZeroDivisionError, taylor, 1 / x, x, 1, what="taylor(1 / x, x, 1)"
)

# %% [markdown]
# /// hint
#
# Two lines: a tree divided by `math.factorial(k)` is a tree again, and
# `simplify` makes it short.
# ///
#
# /// solution


# %% tags=["solution"]
def taylor(f, x, n):
    coefficients = []
    for k in range(n + 1):
        value = substitute(f, x, 0) / math.factorial(k)
        coefficients.append(simplify(value))
        f = simplify(diff(f, x))
    return coefficients


# %% [markdown]
# ///
# ////

# %%
target = exp(sin(x))
c = taylor(target, x, 8)
print(*c, sep=", ")

line = np.linspace(-3.2, 3.2, 161)
curve = evaluate(target, {"x": line})
approximations = {}
for degree in (2, 5, 8):
    polynomial = sum(c[k] * x**k for k in range(degree + 1))
    value = evaluate(simplify(polynomial), {"x": line})
    approximations[degree] = value
    far = np.min(np.abs(line[np.abs(value - curve) > 0.1]))
    print(f"degree {degree} is off by 0.1 at a distance of {far:.2f}")

# %% [raw] tags=["output"]
# 1, 1, 1/2, 0, -1/8, -1/15, -1/240, 1/90, 31/5760
# degree 2 is off by 0.1 at a distance of 0.88
# degree 5 is off by 0.1 at a distance of 1.36
# degree 8 is off by 0.1 at a distance of 1.60

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.4))
ax.plot(line, curve, color="C7", lw=4, alpha=0.5)
for (degree, value), color in zip(
    approximations.items(), ["C0", "C1", "C2"], strict=True
):
    ax.plot(line, value, color=color, label=f"degree {degree}")
ax.set(xlabel="$x$", ylim=(-1.2, 4.2))
ax.legend(loc="lower left")

# %% [markdown]
# /// figure | symbolic-taylor
#     alt: A wave-like curve, and three polynomials that run along it around zero and leave it further out; the one of the highest degree leaves it last.
#
# The polynomials have exact coefficients; the more of them, the longer they
# follow the curve.
# ///
#
# ## Against the library
#
# SymPy reads what you write, so the two can be compared as formulas. First
# ten textbook functions: is the difference of the two derivatives zero, by
# SymPy's own `simplify`?


# %%
def to_sympy(e):
    """One of our formulas as one of SymPy's."""
    return sympy.sympify(show(e).replace("^", "**"))


X, Y = sympy.symbols("x y")
textbook = [
    *(x**5 - 3 * x, x**-2, x ** Fraction(1, 3), x * ln(x), exp(x) / x),
    *(sin(x) * cos(x), tan(x) ** 2, ln(ln(x)), x**x, 1 / (1 + exp(-x))),
]
zeros = 0
for f in textbook:
    ours = to_sympy(simplify(diff(f, x)))
    theirs = sympy.diff(to_sympy(f), X)
    zeros += sympy.simplify(ours - theirs) == 0
print(zeros, "of", len(textbook), "derivatives are SymPy's")

# %% [raw] tags=["output"]
# 10 of 10 derivatives are SymPy's

# %% [markdown]
# Then the formulas made by chance, for which nobody waited. A simplifier
# that had to show that a difference is zero could fail, so the two are
# computed with thirty digits at one point. SymPy goes on to complex numbers
# where a real value is missing; your promise is about real ones.

# %%
import mpmath


def thirty_digits(formula):
    """The value of a formula of SymPy at x = 1.3 and y = 0.7."""
    with mpmath.workdps(30):
        at = mpmath.mpf(13) / 10, mpmath.mpf(7) / 10
        return mpmath.mpmathify(sympy.lambdify((X, Y), formula, "mpmath")(*at))


compared, equal = 0, 0
for formula, short in kept[:100]:
    theirs = thirty_digits(sympy.diff(to_sympy(formula), X))
    if isinstance(theirs, mpmath.mpf):
        ours = thirty_digits(to_sympy(simplify(diff(short, x))))
        compared += 1
        equal += abs(ours - theirs) < 1e-20 * (1 + abs(theirs))
print("more than half have a real value:", compared > 50)
print("all of these agree:", equal == compared)

# %% [raw] tags=["output"]
# more than half have a real value: True
# all of these agree: True

# %% [markdown]
# The same for the Taylor coefficients, now by equality of exact fractions,
# and for a function that networks use, against the book's own formula.

# %%
from derivable.calculus import sigmoid_derivative

series = sympy.series(sympy.exp(sympy.sin(X)), X, 0, 9).removeO()
assert [series.coeff(X, k) for k in range(9)] == [to_sympy(q) for q in c]

squash = 1 / (1 + exp(-x))
steep = simplify(diff(squash, x))
print(steep)
z = np.linspace(-5, 5, 11)
assert np.allclose(
    evaluate(steep, {"x": z}), sigmoid_derivative(z), rtol=1e-12
)

# %% [raw] tags=["output"]
# exp(-x)*(1 + exp(-x))^(-2)

# %% [markdown]
# And where SymPy goes on, and you do not:

# %%
pythagoras = sin(x) ** 2 + cos(x) ** 2 - 1
binomial = (x + 1) ** 2 - x**2 - 2 * x - 1
for zero in (pythagoras, binomial):
    print(simplify(zero), "is", sympy.simplify(to_sympy(zero)))

# %% [raw] tags=["output"]
# -1 + cos(x)^2 + sin(x)^2 is 0
# -1 - 2*x - x^2 + (1 + x)^2 is 0

# %% [markdown]
# Both are zero. Your rules never look at two different functions together,
# and they never multiply out. More rules help, but none ever help enough:
# for formulas made of rational numbers, $\pi$, $\ln 2$, $x$, the exponential,
# the sine and the absolute value, no program can decide whether a given one
# is zero everywhere [@richardson1968]. So "simplify" is no function with a
# specification, in any library; it is a collection of rules that keep a
# promise.
#
# ## Go further
#
# 1. **Multiply out.** Write `expand(e)`, which takes whole powers of sums and
#    products of sums apart. For polynomials that settles the question: two
#    are equal exactly if their expanded, simplified trees are. Test it on the
#    binomial formula above, and on random polynomials against
#    `sympy.expand`.
# 2. **Each part once.** Give `evaluate` a dictionary of the nodes that it has
#    seen, then print a program with one line for each different node
#    (SymPy calls that `cse`). Compare its time with that of plain evaluation
#    for $k = 7$ on the right of figure \ref{fig:symbolic-swell}.
# 3. **More functions.** Add $\arctan$, $\tanh$ and the absolute value. What is
#    the slope of the last at zero, and does your promise survive
#    $\sqrt{x^2} = \abs{x}$? Then teach it that $e^u e^v = e^{u + v}$.
# 4. **Backwards.** Find antiderivatives by the rules read from right to left:
#    sums, powers, and $\int f(g(x)) g'(x) \, \dd x$. Check each one by `diff`.
