# ---
# title: A scientific calculator
# description: Build a calculator that reads formulas as you write them, evaluates, solves equations with a guarantee, and draws curves without false lines.
# builds: forward
# minutes: 100
# ---

# %% [markdown]
# # A scientific calculator
#
# You type `2 sin(x) = x/3`, and a calculator knows what you mean: that the
# sine is doubled, that the fraction is on the right, and where the two sides
# meet. Nothing in it is magic. Text becomes words, words become a tree, a tree
# becomes a number, and a number that changes its sign has a zero in between.
# In this project you build all four.
#
# ## What you will have at the end
#
# A program that takes one line of text, as a person writes it, and evaluates,
# solves or draws. With the libraries of Python the same takes some ceremony:

# %%
import re
from itertools import pairwise
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import brentq


def height(x):
    return np.exp(-x / 4) * np.cos(3 * x) - 1 / 3


xs = np.linspace(0, 4, 201)
starts = [0.0, 1.5, 2.1]
ends = [0.5, 2.1, 3.0]
meet = [brentq(height, a, b) for a, b in zip(starts, ends, strict=True)]
print(np.round(meet, 8))

# %% [raw] tags=["output"]
# [0.39790882 1.75171511 2.40038612]

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
ax.plot(xs, height(xs) + 1 / 3)
ax.axhline(1 / 3, color="C7", lw=1)
ax.plot(meet, np.full(3, 1 / 3), "o", color="C1")
ax.text(2.9, 0.62, "$e^{-x/4} \\cos(3x)$", color="C0")
ax.text(3.6, 0.37, "$1/3$", color="C7")
ax.set(xlabel="$x$")

# %% [markdown]
# /// figure | calculator-end
#     alt: A wave whose swings get smaller, and a horizontal line at one third. Three dots mark where they meet.
#
# An equation is solved where two curves meet, and it may have several
# solutions.
# ///
#
# Here a person had to write the formula in Python, to look where the curves
# meet, and to give an interval for each solution. Your calculator gets the
# line `exp(-x/4) cos(3x) = 1/3`, and does the rest.
#
# You stand on [functions](../foundations/functions.md) and
# [their composition](../foundations/functions.md#one-function-after-another),
# on [what a float is](../foundations/exponentials.md#what-a-float64-is), and on
# [continuity](../calculus/derivatives.md#the-slope-at-a-point). The project
# [A symbolic differentiator](symbolic.md) begins where this one ends, with a
# tree.
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. From characters to tokens
#
# A number of seven characters is one number, and no formula. So first cut the
# text into *tokens*: numbers, names, and signs. This is work for a regular
# expression. It also is the place to refuse what no formula has: a calculator
# that skips a character it does not know answers another question than yours.
#
# A token keeps its place in the text, so that a mistake can be shown there.


# %%
class Token(NamedTuple):
    kind: str  # "number", "name", "sign" or "end"
    text: str
    at: int  # where it begins in the line


class LineError(ValueError):
    """What is wrong with a line, and where."""

    def __init__(self, says, line, at):
        super().__init__(f"{says}\n  {line}\n  {' ' * at}^")


print(LineError("a bracket is not closed", "2 (x + 1", 2))

# %% [raw] tags=["output"]
# a bracket is not closed
#   2 (x + 1
#     ^

# %% [markdown]
# A number is digits, with or without a point, with or without an exponent.
# These are numbers:

# %%
numerals = ["7", "2.5", ".5", "3.", "1e-3", "2E6"]
print([float(text) for text in numerals])

# %% [raw] tags=["output"]
# [7.0, 2.5, 0.5, 3.0, 0.001, 2000000.0]

# %% [markdown]
# A sign before it is not part of it, or `3-1` would be two numbers in a row.
# And in `2exp(1)` the `e` belongs to the name, since no digit follows it.
#
# //// exercise | Cut a line into tokens
#     name: calculator-tokens
#
# Write `tokens(line)`: the list of the tokens, with a last one of kind "end"
# and empty text behind the last character. Names are letters and underscores,
# then also digits. The signs are `+ - * / ^ ( ) =`. Spaces only separate. Any
# other character raises `LineError` at its place.


# %% tags=["starter"]
PATTERN = re.compile(
    r"\s*(?:(?P<number>\d+)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/^()=]))"
)


def tokens(line):
    found = []
    for match in PATTERN.finditer(line):  # what does it do with "2 $ 3"?
        kind = match.lastgroup
        found.append(Token(kind, match[kind], match.start(kind)))
    return [*found, Token("end", "", len(line))]


# %% tags=["check"]
from derivable.grading import expect_equal, expect_raises

for line, wanted, hint in [
    ("", "", "an empty line has only the end"),
    ("2+x", "2 + x", "three tokens"),
    ("  2 +x ", "2 + x", "spaces only separate"),
    ("12.5", "12.5", "a number may have a point"),
    (".5+3.", ".5 + 3.", "digits before or behind the point may be missing"),
    ("1e-3", "1e-3", "an exponent may have a sign"),
    ("2E6-1", "2E6 - 1", "an exponent may be written with E"),
    ("2exp(1)", "2 exp ( 1 )", "without digits behind it, e begins a name"),
    ("3-1", "3 - 1", "a minus is a token of its own"),
    ("x_1*y2=3^4", "x_1 * y2 = 3 ^ 4", "names may hold digits"),
    ("1/(2)", "1 / ( 2 )", "brackets are signs"),
]:
    found = tokens(line)
    expect_equal(
        " ".join(token.text for token in found[:-1]),
        wanted,
        what=f"the tokens of {line!r}",
        hint=hint,
    )
    expect_equal(
        tuple(found[-1]),
        ("end", "", len(line)),
        what=f"the last token of {line!r}",
        hint="the end stands behind the last character",
    )
expect_equal(
    [(token.kind, token.at) for token in tokens(" 2.5 *ab")],
    [("number", 1), ("sign", 5), ("name", 6), ("end", 8)],
    what="kinds and places of ' 2.5 *ab'",
    hint="match.start(kind) is where the token begins, without spaces",
)
for line in ["2 $ 3", "x, y", "2;", "§", "1 . 2"]:
    expect_raises(
        LineError,
        tokens,
        line,
        what=f"tokens({line!r})",
        hint="finditer skips what it cannot read; match one by one instead",
    )
try:
    tokens("2 + $")
except LineError as error:
    expect_equal(
        str(error).splitlines()[-1],
        "      ^",
        what="the mark under the mistake in '2 + $'",
        hint="it stands under the character that is not known",
    )

# %% [markdown]
# /// hint
#
# A number is `(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`. Begin at `at = 0`, and
# match with `PATTERN.match(line, at)`. If nothing matches, it is a mistake.
# Spaces at the end are easiest taken away first.
# ///
#
# /// solution


# %% tags=["solution"]
PATTERN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/^()=])|(?P<space>\s+)"
)


def tokens(line):
    found, at = [], 0
    while at < len(line):
        match = PATTERN.match(line, at)
        if match is None:
            raise LineError(f"{line[at]!r} is in no formula", line, at)
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup, match[0], at))
        at = match.end()
    return [*found, Token("end", "", len(line))]


# %% [markdown]
# ///
# ////

# %%
print([token.text for token in tokens("3.5e-2 sin(x) - 1")])

# %% [raw] tags=["output"]
# ['3.5e-2', 'sin', '(', 'x', ')', '-', '1', '']

# %% [markdown]
# ## Step 2. What binds tightest
#
# In $2 + 3 \cdot 4$ the product comes first, though it is written last. A row
# of tokens does not show that; a tree does. The rules that lead from one to
# the other are a *grammar*. Read "then" from left to right, and "any number
# of" as a loop:
#
# | part | is |
# |---|---|
# | sum | a product, then any number of `+` or `-` with a product |
# | product | a factor, then any number of `*` or `/` with a factor |
# | factor | `-` or `+` with a factor, or else a power |
# | power | an atom, then possibly `^` with a factor |
# | atom | a number, a name, a function with a sum in brackets, a sum in brackets |
#
# Each line is a function that reads its part and gives a tree. What is called
# later binds tighter. Trees are tuples here: the operation, then what it works
# on. A small reader walks over the tokens, and reads the atoms. Brackets hold
# a sum; you write its function later, so the reader is told which it is.


# %%
FUNCTIONS = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "tanh": np.tanh,
    "exp": np.exp,
    "ln": np.log,
    "log": np.log10,
    "sqrt": np.sqrt,
    "abs": np.abs,
}


class Reader:
    """Walks over the tokens of a line; `inside` reads what is in brackets."""

    def __init__(self, line, inside=None):
        self.line, self.tokens, self.index = line, tokens(line), 0
        self.inside = inside

    @property
    def next(self):
        return self.tokens[self.index]

    def take(self, *texts):
        """The text of the next token if it is one of these, else None."""
        if self.next.kind == "sign" and self.next.text in texts:
            self.index += 1
            return self.tokens[self.index - 1].text
        return None

    def wrong(self, says):
        return LineError(says, self.line, self.next.at)


def read_brackets(reader):
    """The sum behind a bracket that was taken, and its end."""
    tree = reader.inside(reader)
    if not reader.take(")"):
        raise reader.wrong("a closing bracket is missing")
    return tree


def read_atom(reader):
    token = reader.next
    if reader.take("("):
        return read_brackets(reader)
    if token.kind not in {"number", "name"}:
        raise reader.wrong("a number, a name or a bracket is missing")
    reader.index += 1
    if token.kind == "number":
        return ("number", float(token.text))
    if token.text not in FUNCTIONS:
        return ("name", token.text)
    if not reader.take("("):
        raise reader.wrong(f"write {token.text}(…), with brackets")
    return ("call", token.text, read_brackets(reader))


print(read_atom(Reader("2.50")), read_atom(Reader("width")))

# %% [raw] tags=["output"]
# ('number', 2.5) ('name', 'width')

# %% [markdown]
# Powers have two traps. What is $-2^2$? By the grammar the minus is outside,
# so it is $-4$; some spreadsheets say $4$. And $2^{3^2}$, typed `2^3^2`, is
# $2^{(3^2)} = 512$: powers are read from the right, all else from the left. In
# the grammar both follow from one word: behind `^` stands a *factor*, which
# may be a power again, or begin with a minus.
#
# //// exercise | Powers and signs
#     name: calculator-powers
#
# Write `read_factor` and `read_power`. The tree of $-a$ is `("neg", a)`, that
# of $+a$ is that of $a$, and that of $a^b$ is `("^", a, b)`.


# %% tags=["starter"]
def read_factor(reader):
    return read_power(reader)


def read_power(reader):
    base = read_atom(reader)
    while reader.take("^"):
        base = ("^", base, read_atom(reader))
    return base


# %% tags=["check"]
from derivable.grading import expect_equal, expect_raises

x, two, three = ("name", "x"), ("number", 2.0), ("number", 3.0)
for line, wanted, hint in [
    ("x", x, "a lone atom is a power too"),
    ("x^2", ("^", x, two), "an atom, then ^ with a factor"),
    ("2^3^x", ("^", two, ("^", three, x)), "powers are read from the right"),
    ("-x", ("neg", x), "a minus, then a factor"),
    ("--x", ("neg", ("neg", x)), "behind a minus stands a factor again"),
    ("+x", x, "a plus changes nothing"),
    ("-x^2", ("neg", ("^", x, two)), "the power binds tighter than the minus"),
    ("2^-x", ("^", two, ("neg", x)), "behind ^ stands a factor"),
    ("2^-3^x", ("^", two, ("neg", ("^", three, x))), "a factor again"),
    ("-+-x", ("neg", ("neg", x)), "signs in a row, one by one"),
]:
    reader = Reader(line)
    expect_equal(
        read_factor(reader), wanted, what=f"the tree of {line}", hint=hint
    )
    expect_equal(
        reader.next.kind,
        "end",
        what=f"what is left of {line}",
        hint="take the tokens that you have read",
    )
for line in ["", "-", "2^", "^2", "2^)"]:
    expect_raises(
        LineError,
        lambda line: read_factor(Reader(line)),
        line,
        what=f"reading {line!r}",
        hint="read_atom refuses what is no atom; let it",
    )

# %% [markdown]
# /// hint
#
# Two lines of the grammar, two functions. `reader.take("-")` says whether a
# minus was there. A loop would read powers from the left; call `read_factor`.
# ///
#
# /// solution


# %% tags=["solution"]
def read_factor(reader):
    if reader.take("-"):
        return ("neg", read_factor(reader))
    if reader.take("+"):
        return read_factor(reader)
    return read_power(reader)


def read_power(reader):
    base = read_atom(reader)
    if reader.take("^"):
        return ("^", base, read_factor(reader))
    return base


# %% [markdown]
# ///
# ////
#
# ## Step 3. From the left, and the sign that nobody writes
#
# Differences and quotients are read from the left: $8 - 4 - 2$ is
# $(8 - 4) - 2 = 2$. The tree so far becomes the left arm of the next one.
#
# A calculator also has to know that `2x`, `3 sin(x)` and `2(x + 1)` are
# products. So in a product, a name or an opening bracket where a sign could
# stand is a factor too. A number there is not: `2 3` is more likely a mistake
# than a product. How tight does the unwritten sign bind? People disagree about
# `1/2x`. Here it is like any other product, from the left: $\tfrac12 x$.
#
# //// exercise | Sums and products
#     name: calculator-sums
#
# Write `read_sum` and `read_product`. A tree is `(sign, left, right)`, with
# `"*"` for the sign that nobody wrote. A minus is never unwritten: `2 -x` is a
# difference.


# %% tags=["starter"]
def read_sum(reader):
    left = read_product(reader)
    sign = reader.take("+", "-")
    return (sign, left, read_sum(reader)) if sign else left


def read_product(reader):
    left = read_factor(reader)
    sign = reader.take("*", "/")
    return (sign, left, read_product(reader)) if sign else left


# %% tags=["check"]
from derivable.grading import expect_equal, expect_raises

x, y = ("name", "x"), ("name", "y")
two, three = ("number", 2.0), ("number", 3.0)
double, six = ("*", two, x), ("*", two, three)
sine = ("call", "sin", x)
for line, wanted, hint in [
    ("x+y", ("+", x, y), "a product, then + with a product"),
    ("x-y-2", ("-", ("-", x, y), two), "differences are read from the left"),
    ("x/y/2", ("/", ("/", x, y), two), "quotients are read from the left"),
    ("x/y*2", ("*", ("/", x, y), two), "/ and * in one loop"),
    ("x-y+2", ("+", ("-", x, y), two), "+ and - in one loop"),
    ("x+2*3", ("+", x, six), "a product binds tighter"),
    ("2*3+x", ("+", six, x), "a product binds tighter"),
    ("(x+y)*2", ("*", ("+", x, y), two), "brackets are an atom"),
    ("2x", double, "a name where a sign could stand is a factor"),
    ("2(x)", double, "a bracket where a sign could stand is a factor"),
    ("2 sin(x)", ("*", two, sine), "a function is a name too"),
    ("2x y", ("*", double, y), "any number of factors"),
    ("2x^3", ("*", two, ("^", x, three)), "behind it stands a power"),
    ("y/2x", ("*", ("/", y, two), x), "from the left, like any product"),
    ("2 -x", ("-", two, x), "with a minus it is a difference"),
    ("x*-y", ("*", x, ("neg", y)), "behind * stands a factor"),
    ("2x-y", ("-", double, y), "then the sum goes on"),
]:
    reader = Reader(line, read_sum)
    expect_equal(
        read_sum(reader), wanted, what=f"the tree of {line}", hint=hint
    )
    expect_equal(
        reader.next.kind,
        "end",
        what=f"what is left of {line}",
        hint="a loop ends when no sign and no factor follows",
    )
reader = Reader("2 3", read_sum)
expect_equal(
    (read_sum(reader), reader.next.text),
    (two, "3"),
    what="what is read of '2 3', and what is left",
    hint="a number behind a number is no factor",
)
for line in ["x+", "2*/3", "(x", "2*(x+)"]:
    expect_raises(
        LineError,
        lambda line: read_sum(Reader(line, read_sum)),
        line,
        what=f"reading {line!r}",
        hint="read_atom and read_brackets refuse it; let them",
    )

# %% [markdown]
# /// hint
#
# A sum: `while sign := reader.take("+", "-")`, and the new `left` is
# `(sign, left, read_product(reader))`. A product has a second reason to go on:
# `reader.next.kind == "name"`, or the text of the next token is `"("`.
# ///
#
# /// solution


# %% tags=["solution"]
def read_sum(reader):
    left = read_product(reader)
    while sign := reader.take("+", "-"):
        left = (sign, left, read_product(reader))
    return left


def read_product(reader):
    left = read_factor(reader)
    while True:
        if sign := reader.take("*", "/"):
            left = (sign, left, read_factor(reader))
        elif reader.next.kind == "name" or reader.next.text == "(":
            left = ("*", left, read_power(reader))
        else:
            return left


# %% [markdown]
# ///
# ////


# %%
def parse(line):
    """The tree of a line that is one formula."""
    reader = Reader(line, read_sum)
    tree = read_sum(reader)
    if reader.next.kind != "end":
        raise reader.wrong(f"{reader.next.text!r} is not expected here")
    return tree


print(parse("-x^2 / 2a"))
for line in ["2 3", "2 (x + 1", "sin x"]:
    try:
        parse(line)
    except LineError as error:
        print(error)

# %% [raw] tags=["output"]
# ('*', ('/', ('neg', ('^', ('name', 'x'), ('number', 2.0))), ('number', 2.0)), ('name', 'a'))
# '3' is not expected here
#   2 3
#     ^
# a closing bracket is missing
#   2 (x + 1
#           ^
# write sin(…), with brackets
#   sin x
#       ^

# %% [markdown]
# This way to parse, one function for each line of the grammar, is called
# *recursive descent*. Many compilers are written like this.
#
# ## Step 4. From the tree to a number
#
# The value of a node is its operation, applied to the values below it: the
# leaves first, the root last. That is a forward pass, the same as through a
# network. With NumPy's functions it works for a number and for a whole array
# of points, which you need for curves.
#
# Where a formula has no real value, as $\sqrt{-1}$ or $\ln(0)$, NumPy gives
# NaN or infinity. Inside of a curve that is right: the curve has a gap there.
#
# //// exercise | Evaluate
#     name: calculator-evaluate
#
# Write `evaluate(tree, names)`, where `names` has a value, number or array,
# for each name. Use `np.float_power` and `np.divide`, which know NaN and
# infinity. A name without a value raises `NameError` with that name.


# %% tags=["starter"]
def evaluate(tree, names):
    kind, *parts = tree
    if kind == "number":
        return np.float64(parts[0])
    if kind == "name":
        return names.get(parts[0], 0.0)
    a, b = (evaluate(part, names) for part in parts)
    return a + b


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

for typed, wanted, hint in [
    ("1 + 2 * 3 - 4", 3.0, "look at the tree, and at its signs"),
    ("7 - 2 - 1", 4.0, "left minus right"),
    ("8 / 4 / 2", 1.0, "left over right"),
    ("-2^2", -4.0, "neg is the negative of its part"),
    ("2^-1", 0.5, "left to the power of right"),
    ("2^3^2", 512.0, "left to the power of right"),
    ("sqrt(16) + abs(-3)", 7.0, "the functions stand in FUNCTIONS"),
    ("log(1000) + ln(exp(2))", 5.0, "the functions stand in FUNCTIONS"),
    ("2 p q", 30.0, "the values of names stand in names"),
]:
    expect_close(
        evaluate(parse(typed), {"p": 3.0, "q": 5.0}),
        wanted,
        what=typed,
        hint=hint,
    )
grid = np.array([-1.0, 0.0, 4.0])
with np.errstate(all="ignore"):
    for typed, wanted in [
        ("x^2 - x / 2", [1.5, 0.0, 14.0]),
        ("sqrt(x)", [np.nan, 0.0, 2.0]),
        ("x^0.5", [np.nan, 0.0, 2.0]),
        ("-sin(x)", -np.sin(grid)),
    ]:
        expect_close(
            evaluate(parse(typed), {"x": grid}),
            wanted,
            what=f"{typed} at x = [-1, 0, 4]",
            hint="let NumPy compute all points at once",
        )
    expect_equal(
        float(evaluate(parse("1 / 0"), {})),
        np.inf,
        what="1 / 0",
        hint="np.divide gives infinity where / may raise",
    )
expect_raises(
    NameError,
    evaluate,
    parse("2 speed"),
    {"x": 1.0},
    what="2 speed, where speed has no value",
    hint="an unknown name is not zero",
)

# %% [markdown]
# /// hint
#
# A table saves you most of the cases:
# `{"+": np.add, "-": np.subtract, …}[kind](*values)`, where `values` is the
# list of what the parts are. A call has a name in front that is no tree.
# ///
#
# /// solution


# %% tags=["solution"]
OPERATIONS = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.float_power,
    "neg": np.negative,
}


def evaluate(tree, names):
    kind, *parts = tree
    if kind == "number":
        return np.float64(parts[0])
    if kind == "name":
        if parts[0] not in names:
            message = f"{parts[0]} has no value"
            raise NameError(message)
        return names[parts[0]]
    if kind == "call":
        return FUNCTIONS[parts[0]](evaluate(parts[1], names))
    return OPERATIONS[kind](*(evaluate(part, names) for part in parts))


# %% [markdown]
# ///
# ////
#
# How many digits should be shown? A float has almost sixteen, and the last
# ones are rounding. A pocket calculator computes with a few digits more than
# it shows, and so can you.

# %%
CONSTANTS = {"pi": np.pi, "e": np.e}


def shown(value):
    return f"{value:.10g}"


dime = evaluate(parse("0.1 + 0.2"), CONSTANTS)
turn = evaluate(parse("sin(pi / 6)^2 + e^0"), CONSTANTS)
print(f"{dime - 0.3:.0e}", shown(dime), shown(turn))
small = {"x": 1e-9}
print(shown(evaluate(parse("(1 - cos(x)) / x^2"), small)))
print(shown(evaluate(parse("2 sin(x/2)^2 / x^2"), small)))

# %% [raw] tags=["output"]
# 6e-17 0.3 1.25
# 0
# 0.5

# %% [markdown]
# The last two formulas are equal, and near $0$ their value is near
# $\tfrac12$. The first subtracts two numbers that agree in all their digits,
# and nothing is left ([cancellation](../foundations/exponentials.md#cancellation)).
# Fewer digits hide rounding; they do not undo it.
#
# ## Step 5. Solve: a change of sign
#
# An equation $g(x) = h(x)$ is $f(x) = 0$ for $f = g - h$. Suppose that $f$ is
# *continuous* on an interval from $a$ to $b$, and that $f(a)$ and $f(b)$ have
# different signs. Then it has a zero in between: that is the intermediate
# value theorem. Where? Look at the middle. One of the two halves has the
# change of sign again. Keep that one, and go on. This is *bisection*.
#
# After $k$ halvings, what is left has width $(b - a) / 2^k$. Its middle $m_k$
# is off from the zero $r$ in it by at most half of that:
#
# $$
# \abs{m_k - r} \le \frac{b - a}{2^{k + 1}}
# \label{claim:calculator-bisection}
# $$
#
# /// check
#
# ``` {.python .formula}
# def middle_after(k, a, b, r):
#     for _ in range(k):
#         m = (a + b) / 2
#         a, b = (a, m) if r <= m else (m, b)
#     return (a + b) / 2
#
#
# def draw(rng):
#     a = rng.uniform(-3, 3)
#     b = a + rng.uniform(0.5, 4)
#     r = a if rng.random() < 0.3 else rng.uniform(a, b)
#     return {
#         "a": a,
#         "b": b,
#         "r": r,
#         "k": int(rng.integers(1, 12)),
#         "m": lambda k: middle_after(k, a, b, r),
#     }
# ```
# ///
#
# So each halving gives one bit, whatever $f$ is, and you know the error
# without knowing $r$. Few methods promise as much.
#
# //// exercise | Bisect
#     name: calculator-bisect
#
# Write `bisect(f, a, b)` for $a < b$: the list of the middles, until a middle
# is one of the ends, as then no float lies between. If an end is a zero, it is
# the only entry. If the signs at the ends are equal, raise `ValueError`: then
# nothing is promised.


# %% tags=["starter"]
def bisect(f, a, b):
    middles = []
    for _ in range(20):
        m = (a + b) / 2
        middles.append(m)
        if f(m) > 0:
            b = m
        else:
            a = m
    return middles


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

for what, f, a, b, root in [
    ("x^2 - 2 from 0 to 2", lambda x: x * x - 2, 0.0, 2.0, np.sqrt(2)),
    ("2 - x^2 from 0 to 2", lambda x: 2 - x * x, 0.0, 2.0, np.sqrt(2)),
    ("cos(x) from 1 to 2", np.cos, 1.0, 2.0, np.pi / 2),
    ("x^3 + 8 from -9 to 7", lambda x: x**3 + 8, -9.0, 7.0, -2.0),
]:
    found = bisect(f, a, b)
    expect_close(
        found[:2],
        [(a + b) / 2, (a + b) / 2 + (b - a) / 4 * np.sign(root - (a + b) / 2)],
        what=f"the first two middles of {what}",
        hint="keep the half whose ends have different signs",
    )
    expect_close(
        found[-1],
        root,
        what=f"the last middle of {what}",
        rtol=1e-14,
        hint="go on until the middle is one of the ends",
    )
    expect_equal(
        len(found) < 1100,
        True,
        what=f"that the list for {what} ends",
    )
expect_equal(bisect(lambda x: x, 0.0, 3.0), [0.0], what="x from 0 to 3")
expect_equal(
    bisect(lambda x: x - 3, 0.0, 3.0), [3.0], what="x - 3 from 0 to 3"
)
expect_equal(
    bisect(lambda x: x - 1, 0.0, 2.0)[-1],
    1.0,
    what="the last middle of x - 1 from 0 to 2",
    hint="what if the middle is the zero?",
)
for what, f in [("x^2 + 1", lambda x: x * x + 1), ("-1", lambda x: -1.0)]:
    expect_raises(
        ValueError,
        bisect,
        f,
        -1.0,
        2.0,
        what=f"{what} from -1 to 2",
        hint="its signs at the ends are equal",
    )

# %% [markdown]
# /// hint
#
# Compare signs, `np.sign(f(m)) == np.sign(f(a))`, and never multiply the two
# values: the product of two small numbers may be rounded to zero. The loop
# ends when `m in (a, b)`, or when `f(m)` is zero.
# ///
#
# /// solution


# %% tags=["solution"]
def bisect(f, a, b):
    at_a, at_b = np.sign(f(a)), np.sign(f(b))
    if at_a == 0 or at_b == 0:
        return [a if at_a == 0 else b]
    if at_a == at_b:
        message = f"f must change its sign from {a} to {b}"
        raise ValueError(message)
    middles = [(a + b) / 2]
    while middles[-1] not in (a, b) and f(middles[-1]) != 0:
        m = middles[-1]
        a, b = (m, b) if np.sign(f(m)) == at_a else (a, m)
        middles.append((a + b) / 2)
    return middles


# %% [markdown]
# ///
# ////

# %%
cubic = parse("x^3 - 2x - 5")
middles = np.array(bisect(lambda x: evaluate(cubic, {"x": x}), 2.0, 3.0))
bound = 2.0 ** -np.arange(1, len(middles) + 1)
errors = np.abs(middles - middles[-1])
print(shown(middles[-1]), np.all(errors[:41] <= bound[:41]))

# %% [raw] tags=["output"]
# 2.094551482 True

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
steps = np.arange(41)
ax.semilogy(steps, bound[:41], color="C7")
ax.semilogy(steps, errors[:41], "o", ms=3.5)
ax.text(21, 3e-6, "the promise", color="C7")
ax.text(12, 1e-10, "the error", color="C0")
ax.set(xlabel="halvings $k$", ylabel="distance from the zero")

# %% [markdown]
# /// figure | calculator-bisection
#     alt: On a logarithmic axis, a straight line that falls by half with each step, and dots that jump about below it and never above.
#
# The error of bisection jumps about, and stays below its promise.
# ///
#
# The promise holds for the $f$ that is computed. Where $f$ is so small that
# rounding decides its sign, the halvings go on, and the digits mean nothing.
#
# ## Step 6. All solutions in sight, and no false ones
#
# Nobody gives your calculator an interval with a change of sign. So look for
# them: evaluate $f$ on a grid, and bisect where two neighbours differ in sign.
#
# But a change of sign is only a zero if $f$ is continuous. $1/x$ changes its
# sign at $0$ and has no zero, and neither has $\abs{x} / x$. Bisection runs
# into the pole or the jump, and reports it, to sixteen digits. How can you
# tell? By the value at the point that it found. At a zero of a continuous
# function it is tiny beside the values at the ends where you began. At a pole
# it is huge, and at a jump it is as large as before. (A rule of thumb: a
# continuous function that is steep enough to rise between two floats looks
# like a jump. No calculator that only sees values can tell the two apart.)
#
# //// exercise | Zeros and breaks
#     name: calculator-crossings
#
# Write `crossings(f, grid)`: two lists, the zeros and the breaks. A grid point
# where $f$ is zero is a zero. Between neighbours of different sign, bisect to
# a point $m$. It is a zero if $\abs{f(m)}$ is at most a millionth of the larger
# of the two values $\abs{f}$ at the neighbours, else a break. What if a
# neighbour is the pole itself, and that value is infinite? Then it is a break.
# Where $f$ is NaN there is neither.


# %% tags=["starter"]
def crossings(f, grid):
    zeros, breaks = [], []
    for a, b in pairwise(grid):
        if f(a) * f(b) <= 0:
            zeros.append(bisect(f, a, b)[-1])
    return zeros, breaks


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

half_pi = np.pi / 2
with np.errstate(all="ignore"):
    for what, f, grid, zeros, breaks, hint in [
        ("x^2 - 2", lambda x: x * x - 2, np.linspace(-3, 3, 8),
         [-np.sqrt(2), np.sqrt(2)], [], "each change of sign is bisected"),
        ("x", lambda x: x, np.linspace(-1, 1, 3), [0.0], [],
         "a zero on the grid is counted once"),
        ("x - 1", lambda x: x - 1, np.linspace(0, 1, 4), [1.0], [],
         "the last point of the grid may be a zero"),
        ("1 / x", lambda x: np.divide(1, x), np.linspace(-1, 1, 4), [],
         [0.0], "at a pole the value is huge"),
        ("1 / x", lambda x: np.divide(1, x), np.linspace(-1, 1, 3), [],
         [0.0], "a millionth of infinity is infinite"),
        ("a jump from -1 to 1", lambda x: np.copysign(1.0, x - 0.3),
         np.linspace(-1, 1, 6), [], [0.3], "at a jump the value stays"),
        ("tan(x)", np.tan, np.linspace(-2, 4, 32),
         [0.0, np.pi], [-half_pi, half_pi], "zeros and poles in turn"),
        ("sqrt(x) - 1", lambda x: np.sqrt(x) - 1, np.linspace(-2, 2, 10),
         [1.0], [], "NaN has no sign"),
        ("(x^2 - 2) 1e-200", lambda x: (x * x - 2) * 1e-200,
         np.linspace(0, 3, 5), [np.sqrt(2)], [],
         "compare with the neighbours, not with a constant"),
        ("1e15 (x^3 - 2)", lambda x: 1e15 * (x**3 - 2), np.linspace(0, 3, 5),
         [np.cbrt(2)], [], "compare with the neighbours"),
        ("a jump of 1e-9", lambda x: np.copysign(1e-9, x - 0.3),
         np.linspace(-1, 1, 6), [], [0.3],
         "compare with the neighbours, not with a constant"),
        ("sin(x)", np.sin, np.array([1.0, np.pi, 5.0]), [np.pi], [],
         "compare with the larger of the two neighbours"),
        ("x^2 + 1", lambda x: x * x + 1, np.linspace(-1, 1, 5), [], [],
         "no change of sign, no zero"),
    ]:  # fmt: skip
        found = crossings(f, grid)
        for name, got, wanted in zip(
            ("zeros", "breaks"), found, (zeros, breaks), strict=True
        ):
            expect_close(
                got,
                wanted,
                what=f"the {name} of {what} from {grid[0]:g} to {grid[-1]:g}",
                rtol=1e-9,
                hint=hint,
            )

# %% [markdown]
# /// hint
#
# `y = [f(a) for a in grid]`. For each pair of neighbours: if
# `y[i] == 0`, a zero; if the product of the *signs* is below 0, bisect. What
# about the last point?
# ///
#
# /// solution


# %% tags=["solution"]
def crossings(f, grid):
    values = [f(a) for a in grid]
    zeros, breaks = [], []
    for i, (a, value) in enumerate(zip(grid, values, strict=True)):
        if value == 0:
            zeros.append(a)
        if i + 1 < len(grid) and np.sign(value) * np.sign(values[i + 1]) < 0:
            m = bisect(f, a, grid[i + 1])[-1]
            size = max(abs(value), abs(values[i + 1]))
            small = abs(f(m)) <= 1e-6 * size < np.inf
            (zeros if small else breaks).append(m)
    return zeros, breaks


# %% [markdown]
# ///
# ////
#
# Now a line with an equals sign is solved. The two sides make one tree.


# %%
def parse_equation(line):
    """The tree of left minus right."""
    left, equals, right = line.partition("=")
    if not equals or "=" in right:
        raise LineError("an equation has one =", line, len(line.rstrip()))
    return ("-", parse(left), parse(right))


def of_x(tree, names):
    """A tree as a function of x."""

    def f(x):
        with np.errstate(all="ignore"):
            return evaluate(tree, {**names, "x": x})

    return f


def solve(line, low, high, pieces=400):
    """The solutions for x of an equation in an interval."""
    f = of_x(parse_equation(line), CONSTANTS)
    return crossings(f, np.linspace(low, high, pieces + 1))[0]


for line in [
    "exp(-x/4) cos(3x) = 1/3",
    "2 sin(x) = x/3",
    "tan(x) = 1",
    "1 / (x - 1) = 0",
    "(x - 0.995)^2 = 0.0000001",
    "(x - 0.995)^2 = 0",
]:
    print(f"{line:25}", *(f"{r:.6f}" for r in solve(line, 0, 4)))

# %% [raw] tags=["output"]
# exp(-x/4) cos(3x) = 1/3   0.397909 1.751715 2.400386
# 2 sin(x) = x/3            0.000000 2.678783
# tan(x) = 1                0.785398 3.926991
# 1 / (x - 1) = 0
# (x - 0.995)^2 = 0.0000001
# (x - 0.995)^2 = 0

# %% [markdown]
# The first line is the one from the beginning. The poles of the tangent and of
# $1 / (x - 1)$ were not taken for zeros. The last two show the limits: the
# equations have two solutions and one, and none was found. The two lie between
# two neighbours of the grid, so that the signs there are equal, and the one
# touches the axis without crossing it. A grid sees only what its step lets it
# see, and a change of sign is sufficient, not necessary. A calculator that
# reports "all solutions" reports those it saw.
#
# ## Step 7. Draw, without false lines
#
# A plot joins neighbours by lines, also across a pole, where the curve is not.
# You know the breaks now. At each of them put a point without a value into
# the data, and the line has a gap.
#
# //// exercise | Gaps
#     name: calculator-gaps
#
# Write `with_gaps(x, y, breaks)`: two arrays, in which each break is inserted
# into the increasing array `x`, at its place, with NaN in `y`. The arrays that
# are given stay as they are.


# %% tags=["starter"]
def with_gaps(x, y, breaks):
    return np.append(x, breaks), np.append(y, np.full(len(breaks), np.nan))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

grid, values = np.array([0.0, 1.0, 2.0, 3.0]), np.array([5.0, 6.0, 7.0, 8.0])
nan = np.nan
for breaks, wanted_x, wanted_y in [
    ([], grid, values),
    ([1.5], [0, 1, 1.5, 2, 3], [5, 6, nan, 7, 8]),
    ([0.5, 2.25], [0, 0.5, 1, 2, 2.25, 3], [5, nan, 6, 7, nan, 8]),
    ([2.25, 0.5], [0, 0.5, 1, 2, 2.25, 3], [5, nan, 6, 7, nan, 8]),
    ([0.2, 0.7], [0, 0.2, 0.7, 1, 2, 3], [5, nan, nan, 6, 7, 8]),
]:
    new_x, new_y = with_gaps(grid, values, breaks)
    hint = "sort by x, and take the y along"
    expect_close(new_x, wanted_x, what=f"x with breaks {breaks}", hint=hint)
    expect_close(new_y, wanted_y, what=f"y with breaks {breaks}", hint=hint)
expect_close(grid, [0, 1, 2, 3], what="the array x that was given, afterwards")

# %% [markdown]
# /// hint
#
# Append all, then sort: `np.argsort` of the new `x` is the order for both.
# ///
#
# /// solution


# %% tags=["solution"]
def with_gaps(x, y, breaks):
    x = np.append(x, breaks)
    y = np.append(y, np.full(len(breaks), np.nan))
    order = np.argsort(x)
    return x[order], y[order]


# %% [markdown]
# ///
# ////


# %%
def draw(ax, line, low, high, **look):
    """Draw a formula in x, with gaps where it breaks."""
    f = of_x(parse(line), CONSTANTS)
    grid = np.linspace(low, high, 401)
    zeros, breaks = crossings(f, grid)
    ax.plot(*with_gaps(grid, f(grid), breaks), **look)
    ax.plot(zeros, np.zeros(len(zeros)), "o", color="C1", ms=4)
    return zeros, breaks


# %% tags=["picture"]
fig, (naive, mended) = plt.subplots(1, 2, figsize=(6.8, 3.0), sharey=True)
sample = np.linspace(-5, 5, 401)
naive.plot(sample, of_x(parse("tan(x) + x/4"), CONSTANTS)(sample))
seen, poles = draw(mended, "tan(x) + x/4", -5, 5)
for ax in (naive, mended):
    ax.set(xlabel="$x$", ylim=(-6, 6))

# %% [markdown]
# /// figure | calculator-gaps
#     alt: Twice the curve of tan x plus x over 4. Left, steep lines join its branches at the poles. Right, the branches are apart, and dots mark the zeros.
#
# Joined neighbours draw lines that are not part of the curve; gaps at the
# breaks remove them.
# ///
#
# The right side has `4`{ .claim of="len(poles)" } breaks and
# `3`{ .claim of="len(seen)" } zeros.
#
# ## Step 8. The whole of it
#
# What remains is to decide what a line wants. One with an equals sign and a
# new name alone on its left stores a value; any other equation is solved for
# $x$; the rest is evaluated, and `last` is its value for the next line. A
# mistake is reported, and the session goes on.


# %%
class Calculator:
    """Takes one line at a time, and remembers."""

    def __init__(self, low=-10.0, high=10.0):
        self.names, self.grid = dict(CONSTANTS), np.linspace(low, high, 1001)

    def answer(self, line):
        try:
            return self._answer(line)
        except (LineError, NameError) as error:
            return str(error)

    def _answer(self, line):
        name = line.partition("=")[0].strip()
        free = name.isidentifier() and name not in FUNCTIONS | CONSTANTS
        if "=" in line and not (free and name != "x"):
            f = of_x(parse_equation(line), self.names)
            zeros, _ = crossings(f, self.grid)
            return "x = " + (", ".join(map(shown, zeros)) or "not found")
        tree = parse(line.partition("=")[2] if "=" in line else line)
        with np.errstate(all="ignore"):
            value = evaluate(tree, self.names)
        if not np.isfinite(value):
            return "no finite real value"
        self.names[name if "=" in line else "last"] = value
        return shown(value)


calculator = Calculator()
for line in [
    "r = 2.5",
    "pi r^2",
    "sqrt(last / pi)",
    "x^3 = 2x + 5",
    "2 sin(x) = x/r",
    "ln(-1)",
    "2 (r + 1",
    "radius / 2",
]:
    print(">", line)
    print(calculator.answer(line))

# %% [raw] tags=["output"]
# > r = 2.5
# 2.5
# > pi r^2
# 19.63495408
# > sqrt(last / pi)
# 2.5
# > x^3 = 2x + 5
# x = 2.094551482
# > 2 sin(x) = x/r
# x = -2.59573908, 0, 2.59573908
# > ln(-1)
# no finite real value
# > 2 (r + 1
# a closing bracket is missing
#   2 (r + 1
#           ^
# > radius / 2
# radius has no value

# %% [markdown]
# ## Against the library
#
# Is your parser right? Python has one of its own, made by other people. For
# formulas with all signs written, `^` is its `**`, and the grammars agree. So
# let chance write formulas, and compare the *trees*, with no tolerance.


# %%
import ast

SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
SIGNS |= {ast.Pow: "^", ast.USub: "neg"}


def from_python(node):
    """A tree of Python as one of ours."""
    match node:
        case ast.Constant():
            return ("number", float(node.value))
        case ast.Name():
            return ("name", node.id)
        case ast.UnaryOp(op=ast.UAdd()):
            return from_python(node.operand)
        case ast.UnaryOp():
            return (SIGNS[type(node.op)], from_python(node.operand))
        case ast.Call():
            return ("call", node.func.id, from_python(node.args[0]))
    left, right = from_python(node.left), from_python(node.right)
    return (SIGNS[type(node.op)], left, right)


def chance_line(rng, depth):
    """A random formula as text, with few brackets."""
    kind = rng.integers(8) if depth else 0
    if kind == 0:
        return str(rng.choice(["x", "y", "2", "0.5", "3e-1"]))
    if kind == 1:
        return f"({chance_line(rng, depth - 1)})"
    if kind == 2:
        return f"sin({chance_line(rng, depth - 1)})"
    if kind == 3:
        return str(rng.choice(["-", "+"])) + chance_line(rng, depth - 1)
    left, right = (chance_line(rng, depth - 1) for _ in range(2))
    return left + str(rng.choice([*"+-*/^", " - "])) + right


rng = np.random.default_rng(5)
lines = [chance_line(rng, 5) for _ in range(500)]
same = 0
for line in lines:
    python = ast.parse(line.replace("^", "**").strip(), mode="eval").body
    same += parse(line) == from_python(python)
print(same, "of", len(lines), "trees are Python's, for example", lines[3])

# %% [raw] tags=["output"]
# 500 of 500 trees are Python's, for example sin(0.5)^x-y - 2-sin(y)+x+y+-y-x/(0.5) - sin(3e-1^y) - y

# %% [markdown]
# Your solver meets two others: SciPy's `brentq`, which replaces most halvings
# by interpolation, and `numpy.roots`, which finds all zeros of a polynomial
# at once, as the eigenvalues of a matrix.

# %%
calls = []


def counted(x):
    calls.append(x)
    return of_x(cubic, {})(x)


by_brent = brentq(counted, 2.0, 3.0, xtol=1e-13)
by_eigenvalues = np.roots([1, 0, -2, -5])
real = by_eigenvalues[np.abs(by_eigenvalues.imag) < 1e-6].real
assert np.allclose([by_brent, *real], middles[-1], rtol=1e-11)
few = 3 * len(calls) < len(middles)
print("brentq needs less than a third of the evaluations:", few)

ours = solve("exp(-x/4) cos(3x) = 1/3", 0, 4)
assert np.allclose(ours, meet, rtol=1e-10)
print("and all agree to ten digits")

# %% [raw] tags=["output"]
# brentq needs less than a third of the evaluations: True
# and all agree to ten digits

# %% [markdown]
# Brent's method [@brent1973] keeps the promise of bisection and is faster
# where $f$ is smooth: that is why libraries have it. They leave to you what
# steps 6 and 7 did, though: `brentq` needs a change of sign to begin with, and
# takes a pole for a zero.

# %%
print(f"{brentq(lambda x: 1 / (x - 0.3), -1.0, 1.4):.6f}")

# %% [raw] tags=["output"]
# 0.300000

# %% [markdown]
# ## Go further
#
# 1. **Functions of your own.** Let `f(x) = x^2 + 1` store a tree, and `f(3)`
#    use it, with the argument in place of the name. What does `f(x) = f(x) + 1`
#    do, and what do you do about it?
# 2. **Zeros that only touch.** Look also where $\abs{f}$ is smaller at a grid
#    point than at both its neighbours, minimise it there by halving a bracket
#    of three points, and report a zero if the minimum is tiny. How will you
#    decide what tiny is, when rounding is all that is left?
# 3. **Known digits.** Evaluate with intervals in place of numbers: each
#    operation gives the smallest interval that holds all results. Then show
#    only digits that are certain, and find a formula for which none is.
# 4. **Slopes.** Give `evaluate` a number that carries its derivative
#    ([forward mode](../calculus/autodiff.md#forward-mode-numbers-that-carry-their-slope)),
#    and polish each zero by two steps of Newton's method. Count evaluations
#    against bisection and `brentq`.
