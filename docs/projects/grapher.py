# ---
# title: A grapher that proves what it draws
# description: Build a grapher on intervals that encloses the domain, finds every root with an error bound, and draws inverse and composition.
# builds: forward, backward
# minutes: 110
# ---

# %% [markdown]
# # A grapher that proves what it draws
#
# A plot is made of samples. Between two samples the function may have a hole,
# a pole or two roots, and the plot does not know. In this project you build a
# grapher that does know: it computes with whole intervals in place of points,
# which is called *interval arithmetic*.
# What it says of the domain is proved, also for the points that nobody tried,
# and each root comes with two numbers between which it lies.
#
# ## What you will have at the end
#
# You give a function and a window. You get the domain, all roots, the branches
# that have an inverse, and their pictures. Here is the same, made by a person
# with the usual libraries:

# %%
import math
from dataclasses import dataclass
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import brentq

from derivable.errors import ConvergenceError
from derivable.foundations import compose


def hero(x):
    return np.log(9 - x**2) * np.cos(3 * x) + 1 / (x - 1)


grid = [-2.95, -2.45, -1.95, -1.45, -0.95, -0.45, 0.05, 0.55]
by_hand = [
    brentq(hero, a, b) for a, b in pairwise(grid) if hero(a) * hero(b) < 0
]
print(len(by_hand), "roots:", np.round(by_hand, 6))

# %% [raw] tags=["output"]
# 3 roots: [-1.639829 -0.413312  0.29033 ]

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.8, 3.2))
for low, high in [(-2.9999, 0.9), (1.1, 2.9999)]:
    sample = np.linspace(low, high, 500)
    ax.plot(sample, hero(sample), color="C0")
ax.axhline(0, color="C7", lw=1)
for edge in (-3, 1, 3):
    ax.axvline(edge, color="C7", lw=1, ls=":")
ax.plot(by_hand, np.zeros(len(by_hand)), "o", color="C1", ms=5)
ax.set(xlabel="$x$", ylim=(-8, 8))

# %% [markdown]
# /// figure | grapher-end
#     alt: A wavy curve between minus three and three, interrupted at one, where it goes to minus infinity on the left and to infinity on the right. Dotted lines mark the three edges, dots the roots.
#
# A grid with steps of one half sees three roots; the curve crosses zero more
# often.
# ///
#
# The person wrote down a grid, looked at the formula for the edges, and lost
# two roots. How many of the digits are right? Nothing above answers that. Your
# grapher will.
#
# You stand on [functions](../foundations/functions.md#domain-codomain-range),
# [their composition](../foundations/functions.md#one-function-after-another)
# and [inverse](../foundations/functions.md#when-can-a-function-be-undone), and
# on [the rules of derivatives](../calculus/derivatives.md#the-rules-each-from-the-limit).
# [The calculator](calculator.md) finds zeros on a grid, and says what a grid
# cannot see; here is the way on.
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. Numbers with two ends
#
# An *interval* $[a, b]$ stands for all numbers from $a$ to $b$. An operation
# on intervals gives one that holds every result: from
# $x \in [1, 2]$ and $y \in [5, 7]$ follows $x + y \in [6, 9]$.
# This is the *inclusion property*, and the whole project rests on it
# [@moore2009, chapter 5].
#
# Floats round, so a computed end may lie a little too far inside. A sum is
# rounded to the nearest float, and the functions of your machine are off by
# less than one float; what is proved below rests on that assumption. So moving
# each end *two floats outwards* makes the inclusion true in spite of rounding.
#
# Some operations have no value for some numbers. There are two cases, and the
# difference will find the domain for you: `NowhereError`, no number of the
# interval has a value, and `UnsureError`, perhaps some have none.


# %%
class NowhereError(ArithmeticError):
    """No number of the interval has a value."""


class UnsureError(ArithmeticError):
    """Perhaps some numbers of the interval have no value."""


@dataclass(frozen=True)
class Interval:
    """All numbers from lo to hi."""

    lo: float
    hi: float

    def __contains__(self, x):
        return self.lo <= x <= self.hi

    @property
    def width(self):
        return self.hi - self.lo

    @property
    def middle(self):
        return self.lo + (self.hi - self.lo) / 2


def spread(values):
    """The interval of these values, its ends moved two floats outwards."""
    lo, hi = min(values), max(values)
    for _ in range(2):
        lo, hi = math.nextafter(lo, -math.inf), math.nextafter(hi, math.inf)
    if not (math.isfinite(lo) and math.isfinite(hi)):
        raise UnsureError("a bound is too large for a float")
    return Interval(lo, hi)


def interval(x):
    return x if isinstance(x, Interval) else Interval(float(x), float(x))


def plus(a, b):
    a, b = interval(a), interval(b)
    return spread([a.lo + b.lo, a.hi + b.hi])


def negative(a):
    return Interval(-a.hi, -a.lo)


third = plus(0.1, 0.2)
print(third.lo < 0.3 < third.hi, f"{third.width:.0e}")

# %% [raw] tags=["output"]
# True 2e-16

# %% [markdown]
# Products are trickier, because of signs: $[-1, 2] \cdot [-3, 4]$ holds $-6$
# and $8$. A product $xy$ is a straight line in $x$ for fixed $y$, so it is
# largest and smallest at an end of $x$, and likewise for $y$: at a *corner*.
#
# //// exercise | Multiply and divide
#     name: grapher-times
#
# Write `times(a, b)` and `over(a, b)`, for intervals and plain numbers, with
# ends moved outwards. If $b$ is exactly $[0, 0]$, the quotient raises
# `NowhereError`; if it holds $0$ and more, `UnsureError`.


# %% tags=["starter"]
def times(a, b):
    a, b = interval(a), interval(b)
    return spread([a.lo * b.lo, a.hi * b.hi])


def over(a, b):
    a, b = interval(a), interval(b)
    return spread([a.lo / b.hi, a.hi / b.lo])


# %% tags=["check"]
from fractions import Fraction

from derivable.grading import expect_close, expect_equal, expect_raises


def expect_ends(found, lo, hi, what, hint):
    expect_close([found.lo, found.hi], [lo, hi], what=what, hint=hint)


for a, b, lo, hi in [
    ((1, 2), (10, 20), 10, 40),
    ((-1, 2), (-3, 5), -6, 10),
    ((-2, -1), (3, 4), -8, -3),
    ((-2, -1), (-5, 3), -6, 10),
    ((1, 2), (-5, 3), -10, 6),
]:
    for one, other in [(a, b), (b, a)]:
        expect_ends(
            times(Interval(*one), Interval(*other)),
            lo,
            hi,
            what=f"{one} times {other}",
            hint="look at all four corners",
        )
for a, b, lo, hi in [
    ((1, 2), (4, 8), 0.125, 0.5),
    ((-1, 2), (4, 8), -0.25, 0.5),
    ((1, 2), (-8, -4), -0.5, -0.125),
    ((-2, -1), (-8, -4), 0.125, 0.5),
]:
    expect_ends(
        over(Interval(*a), Interval(*b)),
        lo,
        hi,
        what=f"{a} over {b}",
        hint="look at all four corners",
    )
expect_ends(times(3, Interval(1, 2)), 3, 6, "3 times [1, 2]", "use interval")
expect_ends(over(1, 4), 0.25, 0.25, "1 over 4", "use interval")
small = Fraction(0.1) * Fraction(0.1), Fraction(0.1) / Fraction(0.3)
for exact, found in zip(small, (times(0.1, 0.1), over(0.1, 0.3)), strict=True):
    expect_equal(
        Fraction(found.lo) < exact < Fraction(found.hi),
        True,
        what="that the exact result lies between the ends",
        hint="spread moves the ends outwards",
    )
expect_equal(
    times(0.1, 0.1).width < 1e-16,
    True,
    what="that the ends of 0.1 times 0.1 are floats apart, not more",
    hint="spread does all the moving",
)
expect_raises(NowhereError, over, 1, 0, what="1 over 0")
for b in [(-1, 1), (0, 1), (-1, 0)]:
    expect_raises(
        UnsureError,
        over,
        Interval(1, 2),
        Interval(*b),
        what=f"[1, 2] over {b}",
        hint="somewhere in it you would divide by 0",
    )

# %% [markdown]
# /// hint
#
# `spread` takes any number of values: give it all four products. For the
# quotient look at `0 in b` first, and at `b.lo == b.hi`.
# ///
#
# /// solution


# %% tags=["solution"]
def times(a, b):
    a, b = interval(a), interval(b)
    return spread([x * y for x in (a.lo, a.hi) for y in (b.lo, b.hi)])


def over(a, b):
    a, b = interval(a), interval(b)
    if b.lo == b.hi == 0:
        raise NowhereError("division by 0")
    if 0 in b:
        raise UnsureError("division by what may be 0")
    return spread([x / y for x in (a.lo, a.hi) for y in (b.lo, b.hi)])


# %% [markdown]
# ///
# ////
#
# The other functions are easier. Where one rises, its ends are the values of
# the ends. Sine and cosine may have a peak inside, and an even power a valley.
# (A peak that rounding misses by some floats costs nothing: the curve is level
# there, and the ends have its height.)
# NumPy asks an object that it does not know for a method: `np.sqrt(x)` calls
# `x.sqrt()`. So the functions that you write for arrays work for intervals as
# they are.


# %%
def power(a, n):
    """For whole n from 1 on."""
    ends = [a.lo**n, a.hi**n]
    return spread([*ends, 0.0] if n % 2 == 0 and 0 in a else ends)


def sqrt(a):
    if a.hi < 0:
        raise NowhereError("root of negative numbers")
    if a.lo < 0:
        raise UnsureError("root of what may be negative")
    return spread([math.sqrt(a.lo), math.sqrt(a.hi)])


def log(a):
    if a.hi <= 0:
        raise NowhereError("logarithm of numbers that are not positive")
    if a.lo <= 0:
        raise UnsureError("logarithm of what may not be positive")
    return spread([math.log(a.lo), math.log(a.hi)])


def exp(a):
    if a.hi > 700:
        raise UnsureError("a bound is too large for a float")
    return spread([math.exp(a.lo), math.exp(a.hi)])


def wave(function, peak):
    """Sine or cosine; `peak` is where it is 1, half a turn on it is -1."""

    def operation(a):
        ends = [function(a.lo), function(a.hi)]
        for place, height in [(peak, 1.0), (peak + math.pi, -1.0)]:
            turns = math.ceil((a.lo - place) / (2 * math.pi))
            if place + turns * 2 * math.pi <= a.hi:
                ends.append(height)
        return spread(ends)

    return operation


Interval.__add__ = Interval.__radd__ = plus
Interval.__neg__ = negative
Interval.__sub__ = lambda a, b: plus(a, negative(interval(b)))
Interval.__rsub__ = lambda a, b: plus(b, negative(a))
Interval.__mul__ = Interval.__rmul__ = times
Interval.__truediv__ = over
Interval.__rtruediv__ = lambda a, b: over(b, a)
Interval.__pow__ = power
Interval.sqrt, Interval.log, Interval.exp = sqrt, log, exp
Interval.sin, Interval.cos = wave(math.sin, math.pi / 2), wave(math.cos, 0.0)


def told(a, digits=4):
    return f"[{a.lo:z.{digits}f}, {a.hi:z.{digits}f}]"


print(told(hero(Interval(1.5, 1.6))), f"{hero(1.55):.4f}")
unit = Interval(-1.0, 1.0)
print(f"x² is {(unit**2).width:.1f} wide, x x {(unit * unit).width:.1f}")

# %% [raw] tags=["output"]
# [1.2641, 2.1671] 1.7005
# x² is 1.0 wide, x x 2.0

# %% [markdown]
# The first line holds every value on that interval, and more. The last line
# shows why more: a product does not know that its two factors are the same
# number. This is the *dependency problem*. The result is true and
# too wide; on shorter intervals it is less so. A picture of that:

# %% tags=["picture"]
fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.0), sharey=True)
for ax, pieces in zip(axes, (12, 60), strict=True):
    cuts = np.linspace(1.3, 2.9, pieces + 1)
    for a, b in pairwise(cuts.tolist()):
        box = hero(Interval(a, b))
        ax.fill_between([a, b], box.lo, box.hi, color="C0", alpha=0.3, lw=0)
    fine = np.linspace(1.3, 2.9, 400)
    ax.plot(fine, hero(fine), color="C1")
    ax.set(xlabel="$x$")

# %% [markdown]
# /// figure | grapher-boxes
#     alt: Twice the same curve, covered by a row of boxes. Left, twelve boxes that reach far above and below the curve. Right, sixty boxes that follow it closely.
#
# The boxes hold the curve, also between all samples; shorter intervals give
# tighter boxes.
# ///
#
# ## Step 2. The domain
#
# Evaluate the function on an interval. If that succeeds, the whole interval
# belongs to the domain. If it raises `NowhereError`, none of it does: in a chain
# of operations, each has to have a value. If it raises `UnsureError`, cut the
# interval in two and ask again, until the pieces are too short to care.


# %%
def defined(f):
    """A question about an interval: is f defined on it?"""

    def question(X):
        try:
            f(X)
        except NowhereError:
            return False
        except UnsureError:
            return None
        return True

    return question


def cut(X):
    """Two parts; not quite halves, so that no round number is the cut."""
    at = X.lo + 0.4871 * X.width
    return Interval(X.lo, at), Interval(at, X.hi)


print([defined(hero)(Interval(a, a + 1.5)) for a in (-5.0, -4.0, -1.0, 1.2)])

# %% [raw] tags=["output"]
# [False, None, True, True]

# %% [markdown]
# Later you will ask other questions of the same kind, such as "does it rise?".
# So the routine that cuts and asks is told which question.
#
# //// exercise | Cut, ask, and sort
#     name: grapher-sort
#
# Write `sort_pieces(question, X, width)`: a list of pairs (interval, answer)
# from left to right, which together are $X$. A piece with the answer `None`
# that is wider than `width` is `cut`. Neighbours with the same answer become
# one piece. A piece that is decided is not asked about again.


# %% tags=["starter"]
def sort_pieces(question, X, width):
    answer = question(X)
    if answer is None and X.width > width:
        left, right = cut(X)
        return [(left, question(left)), (right, question(right))]
    return [(X, answer)]


# %% tags=["check"]
from derivable.grading import expect_close, expect_equal

asked = []


def beyond_third(X):
    asked.append(X)
    if X.hi < 1 / 3:
        return False
    return True if X.lo > 1 / 3 else None


sorted_out = sort_pieces(beyond_third, Interval(0.0, 1.0), 1e-6)
expect_equal(
    [answer for _, answer in sorted_out],
    [False, None, True],
    what="the answers to 'is x above 1/3', on [0, 1]",
    hint="cut again while undecided, from left to right, and join equals",
)
expect_close(
    [(X.lo, X.hi) for X, _ in sorted_out],
    [(0, 1 / 3), (1 / 3, 1 / 3), (1 / 3, 1)],
    atol=1e-6,
    rtol=0,
    what="the pieces",
    hint="the undecided piece is at most as wide as width",
)
expect_equal(
    len(asked) < 60,
    True,
    what="that fewer than 60 questions were asked",
    hint="do not cut what is decided",
)
expect_equal(
    [a.hi == b.lo for (a, _), (b, _) in pairwise(sorted_out)],
    [True, True],
    what="that each piece begins where the one before it ends",
)
expect_equal(
    sort_pieces(lambda X: True, Interval(0.0, 1.0), 1e-3),
    [(Interval(0.0, 1.0), True)],
    what="the pieces when the answer is True at once",
)
expect_equal(
    sort_pieces(lambda X: None, Interval(0.0, 1.0), 0.3),
    [(Interval(0.0, 1.0), None)],
    what="the pieces when nothing is ever decided",
    hint="undecided neighbours are joined too",
)
sorted_out = sort_pieces(defined(lambda x: 1 / x), Interval(-1.0, 2.0), 1e-3)
expect_equal(
    [answer for _, answer in sorted_out],
    [True, None, True],
    what="whether 1/x is defined, on [-1, 2]",
    hint="equal answers are joined only if they are neighbours",
)

# %% [markdown]
# /// hint
#
# Let the function call itself for `left` and for `right`, and add the lists.
# Then go through the pairs, and widen the last piece as long as the answer
# stays. Compare with `is`.
# ///
#
# /// solution


# %% tags=["solution"]
def sort_pieces(question, X, width):
    answer = question(X)
    if answer is not None or X.width <= width:
        return [(X, answer)]
    pieces = []
    for part in cut(X):
        for Y, verdict in sort_pieces(question, part, width):
            if pieces and pieces[-1][1] is verdict:
                Y = Interval(pieces.pop()[0].lo, Y.hi)
            pieces.append((Y, verdict))
    return pieces


# %% [markdown]
# ///
# ////


# %%
def domain(f, X, width=1e-7):
    """The pieces of X on which f is defined, and those that are open."""
    pieces = sort_pieces(defined(f), X, width)
    return [[Y for Y, says in pieces if says is k] for k in (True, None)]


inside, edges = domain(hero, Interval(-4.0, 4.0))
print("defined on  ", *(told(Y) for Y in inside))
print("edges within", *(told(Y, 8) for Y in edges))

# %% [raw] tags=["output"]
# defined on   [-3.0000, 1.0000] [1.0000, 3.0000]
# edges within [-3.00000002, -2.99999997] [0.99999999, 1.00000008] [2.99999996, 3.00000001]

# %% [markdown]
# The edges are $-3$, $1$ and $3$, each enclosed by an open piece, as narrow as
# you asked for. That is the error bound of a domain: its pieces are certain,
# and what is uncertain has a width.
#
# A [composition](../foundations/functions.md#one-function-after-another)
# $g \circ f$ is defined at $x$ if $f$ is at $x$ *and* $g$ is at $f(x)$. You
# have nothing to do for that: the interval that $f$ gives is handed to $g$.

# %%
window = Interval(-2.0, 5.0)
for name, chain in [
    ("√ after ln", compose(np.sqrt, np.log)),
    ("ln after √", compose(np.log, np.sqrt)),
    ("ln after ln", compose(np.log, np.log)),
]:
    inside, edges = domain(chain, window)
    print(f"{name:12}", *(told(Y) for Y in inside))

# %% [raw] tags=["output"]
# √ after ln   [1.0000, 5.0000]
# ln after √   [0.0000, 5.0000]
# ln after ln  [1.0000, 5.0000]

# %% [markdown]
# The same two functions, in another order, have another domain: a logarithm
# is negative below $1$, where the root refuses it.
#
# ## Step 3. Bisection that knows when to stop
#
# If a continuous function has different signs at two ends, it has a root in
# between, and halving encloses it
# ([the calculator](calculator.md#step-5-solve-a-change-of-sign) derives the
# rate: one bit a step). But what is the sign of a value that is all rounding?
# The calculator took what the float said. Evaluate on the interval
# $[m, m]$ instead: if the result holds $0$, the sign is *not known*.


# %%
def sign(f, x):
    """1 or -1 if the sign of f(x) is certain, else 0."""
    y = f(Interval(x, x))
    return 1 if y.lo > 0 else -1 if y.hi < 0 else 0


def flat(x):
    return x**3 - 3 * x**2 + 3 * x - 1  # (x - 1)³, multiplied out


near = [1 - 1e-3, 1 - 1e-7, 1 + 1e-7, 1 + 1e-3]
print([sign(flat, x) for x in near], "of", [f"{x - 1:.0e}" for x in near])

# %% [raw] tags=["output"]
# [-1, 0, 0, 1] of ['-1e-03', '-1e-07', '1e-07', '1e-03']

# %% [markdown]
# //// exercise | Bisect with certain signs
#     name: grapher-bisect
#
# Write `bisect(f, X)`: the list of the nested intervals, $X$ first, each with
# certain and different signs at its ends. The next end is at one half of the
# width. But the middle may be the root itself, and then its sign is not known:
# take two fifths or three fifths, the first where the sign is known. Stop if
# none of the three lies strictly between the ends and has a known sign. If the
# signs at the ends of $X$ are not both certain and different, raise
# `ValueError`.


# %% tags=["starter"]
def bisect(f, X):
    found = [X]
    for _ in range(60):
        m = X.middle
        X = Interval(X.lo, m) if sign(f, m) > 0 else Interval(m, X.hi)
        found.append(X)
    return found


# %% tags=["check"]
from fractions import Fraction

import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

for what, rule, first_end, last_end, root in [
    ("x² - 2 on [0, 2]", lambda x: x**2 - 2, 0.0, 2.0, math.sqrt(2)),
    ("2 - x² on [0, 2]", lambda x: 2 - x**2, 0.0, 2.0, math.sqrt(2)),
    ("cos on [1, 3]", np.cos, 1.0, 3.0, math.pi / 2),
    ("x² - 1 on [0, 2]", lambda x: x**2 - 1, 0.0, 2.0, 1.0),
]:
    nested = bisect(rule, Interval(first_end, last_end))
    expect_equal(
        nested[0], Interval(first_end, last_end), what=f"the first for {what}"
    )
    expect_equal(
        all(
            Y.lo >= X.lo and Y.hi <= X.hi and Y.width < 0.61 * X.width
            for X, Y in pairwise(nested[:30])
        ),
        True,
        what=f"that each for {what} is a part of the one before",
        hint="keep the half whose ends have different signs",
    )
    expect_close(
        [nested[-1].lo, nested[-1].hi],
        [root, root],
        what=f"the last interval for {what}",
        rtol=1e-13,
        hint="go on while one of the three signs is known",
    )
square = bisect(lambda x: x**2 - 2, Interval(0.0, 2.0))[-1]
expect_equal(
    Fraction(square.lo) ** 2 < 2 < Fraction(square.hi) ** 2,
    True,
    what="that the root of 2 lies in the last interval",
    hint="a middle whose sign is not known is no end",
)
last = bisect(flat, Interval(0.3, 2.1))[-1]
expect_equal(
    (sign(flat, last.lo), sign(flat, last.hi)),
    (-1, 1),
    what="the signs at the last ends for x³ - 3x² + 3x - 1",
    hint="a place whose sign is not known is no end",
)
expect_equal(
    1e-6 < last.width < 1e-3,
    True,
    what="that its width is that of what is not known",
    hint="stop there, and not before",
)
for what, rule in [
    ("x² + 1", lambda x: x**2 + 1),
    ("-1 - x²", lambda x: -1 - x**2),
    ("x + 1", lambda x: x + 1),
    ("x - 2", lambda x: x - 2),
]:
    expect_raises(
        ValueError,
        bisect,
        rule,
        Interval(-1.0, 2.0),
        what=f"{what} on [-1, 2]",
        hint="two signs that are certain and different",
    )

# %% [markdown]
# /// hint
#
# Keep the sign at the left end. Where the new place has it too, that is the new
# left end. Before the loop: the product of the signs is $-1$, or else. Make a
# list of the places that can be used; if it is empty, return.
# ///
#
# /// solution


# %% tags=["solution"]
def bisect(f, X):
    left = sign(f, X.lo)
    if left * sign(f, X.hi) != -1:
        message = f"f must change its sign for certain, on {X}"
        raise ValueError(message)
    found = [X]
    while True:
        places = [X.lo + share * X.width for share in (0.5, 0.4, 0.6)]
        known = [m for m in places if X.lo < m < X.hi and sign(f, m)]
        if not known:
            return found
        m = known[0]
        X = Interval(m, X.hi) if sign(f, m) == left else Interval(X.lo, m)
        found.append(X)


# %% [markdown]
# ///
# ////


# %%
def cubic(x):
    return x**3 - 2 * x - 5


for name, f in [("cubic", cubic), ("flat", flat)]:
    X = bisect(f, Interval(0.3, 3.1))[-1]
    print(f"{name:5} {X.middle:.4f}, known to 1e-12:", X.width < 1e-12)

# %% [raw] tags=["output"]
# cubic 2.0946, known to 1e-12: True
# flat  1.0000, known to 1e-12: False

# %% [markdown]
# The root of `flat` is triple: near $1$ its values are cubes, so small that
# rounding hides their sign long before the float ends. Any method that looks
# at values alone prints digits there that mean nothing. Yours says so.
#
# ## Step 4. Slopes, and what a small value means
#
# At a computed $x$ the value $f(x)$ is small. How near is the root $r$? By
# the mean value theorem there is a $\xi$ between $x$ and $r$ with
# $f(x) - f(r) = f'(\xi)(x - r)$. Since $f(r) = 0$, division by $f'(\xi)$
# gives a bound. Let $m > 0$ be such that $\abs{f'} \ge m$ between $x$ and
# $r$. Then
#
# $$
# \abs{x - r} \le \frac{\abs{f(x)}}{m}
# \label{claim:grapher-residual}
# $$
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     r, x = rng.uniform(-2, 2, 2)
#     m = rng.uniform(0.5, 3)
#     c = rng.choice([0.0, rng.uniform(0, 2)])
#     sense = rng.choice([-1, 1])
#     return {
#         "f": lambda x: sense * (m * (x - r) + c * (x - r) ** 3),
#         **{"x": x, "r": r, "m": m},
#     }
# ```
# ///
#
# So you need a bound of the slope on a whole interval. Let each number carry
# two intervals, its value and its slope, and let each operation follow
# [its rule](../calculus/derivatives.md#product-and-quotient). By the
# inclusion property the second interval then holds every slope.


# %%
@dataclass(frozen=True)
class Slope:
    """A value and its derivative for x, both intervals."""

    value: Interval
    slope: Interval


def sloped(x):
    return x if isinstance(x, Slope) else Slope(interval(x), interval(0))


def slope_plus(a, b):
    a, b = sloped(a), sloped(b)
    return Slope(a.value + b.value, a.slope + b.slope)


def chained(name, rate):
    """The chain rule: `rate(x, y)` is the derivative, y the value."""

    def operation(a):
        y = getattr(a.value, name)()
        return Slope(y, rate(a.value, y) * a.slope)

    return operation


# %% [markdown]
# //// exercise | Slopes of products and quotients
#     name: grapher-slopes
#
# Write `slope_times(a, b)`, `slope_over(a, b)` and `slope_power(a, n)`, for
# whole $n \ge 1$. The slope of $x^1$ is that of $x$.


# %% tags=["starter"]
def slope_times(a, b):
    a, b = sloped(a), sloped(b)
    return Slope(a.value * b.value, a.slope * b.slope)


def slope_over(a, b):
    a, b = sloped(a), sloped(b)
    return Slope(a.value / b.value, a.slope / b.slope)


def slope_power(a, n):
    return Slope(a.value**n, n * a.value ** (n - 1))


# %% tags=["check"]
from derivable.grading import expect_close

one = Interval(1.0, 1.0)


def expect_slope(found, value, slope, what, hint):
    ends = [found.value.lo, found.value.hi, found.slope.lo, found.slope.hi]
    wanted = [*value, *slope]
    expect_close(ends, wanted, what=f"value and slope of {what}", hint=hint)


at = Slope(Interval(3.0, 3.0), one)
fast = Slope(Interval(5.0, 5.0), Interval(7.0, 7.0))
for what, found, value, slope, hint in [
    ("a b", slope_times(at, fast), 15, 26, "each factor changes in turn"),
    ("2 b", slope_times(2, fast), 10, 14, "a constant has slope 0"),
    ("a / b", slope_over(at, fast), 0.6, -16 / 25, "the quotient rule"),
    ("b / a", slope_over(fast, at), 5 / 3, 16 / 9, "which sign comes first?"),
    ("1 / b", slope_over(1, fast), 0.2, -7 / 25, "a constant has slope 0"),
    ("b³", slope_power(fast, 3), 125, 525, "the chain rule: times b'"),
    ("b¹", slope_power(fast, 1), 5, 7, "the slope of x¹ is that of x"),
]:
    expect_slope(found, [value] * 2, [slope] * 2, f"{what} at a point", hint)
wide = Slope(Interval(-1.0, 2.0), one)
expect_slope(
    slope_power(wide, 3),
    [-1, 8],
    [0, 12],
    "x³ on [-1, 2]",
    "3 x² is a square, and never negative",
)
expect_slope(
    slope_power(Slope(Interval(-1.0, 2.0), one), 2),
    [0, 4],
    [-2, 4],
    "x² on [-1, 2]",
    "2 x",
)
expect_slope(
    slope_power(wide, 1),
    [-1, 2],
    [1, 1],
    "x¹ on [-1, 2]",
    "the slope of x¹ is that of x; x⁰ would be an even power in step 1",
)

# %% [markdown]
# /// hint
#
# Write the rules with `a.value`, `a.slope` and so on; the intervals do the
# rest. In a quotient, divide twice by `b.value`: its square is wider where it
# holds 0, but then you have raised `UnsureError` before.
# ///
#
# /// solution


# %% tags=["solution"]
def slope_times(a, b):
    a, b = sloped(a), sloped(b)
    return Slope(a.value * b.value, a.slope * b.value + a.value * b.slope)


def slope_over(a, b):
    a, b = sloped(a), sloped(b)
    y = a.value / b.value
    return Slope(y, (a.slope - y * b.slope) / b.value)


def slope_power(a, n):
    rate = n * a.value ** (n - 1) if n > 1 else interval(1)
    return Slope(a.value**n, rate * a.slope)


# %% [markdown]
# ///
# ////

# %%
Slope.__add__ = Slope.__radd__ = slope_plus
Slope.__neg__ = lambda a: Slope(-a.value, -a.slope)
Slope.__sub__ = lambda a, b: a + -sloped(b)
Slope.__rsub__ = lambda a, b: b + -a
Slope.__mul__ = Slope.__rmul__ = slope_times
Slope.__truediv__ = slope_over
Slope.__rtruediv__ = lambda a, b: slope_over(b, a)
Slope.__pow__ = slope_power
Slope.sqrt = chained("sqrt", lambda x, y: 1 / (2 * y))
Slope.log = chained("log", lambda x, y: 1 / x)
Slope.exp = chained("exp", lambda x, y: y)
Slope.sin = chained("sin", lambda x, y: x.cos())
Slope.cos = chained("cos", lambda x, y: -x.sin())


def slope(f, X):
    """An interval that holds f'(x) for all x in X."""
    return f(Slope(X, interval(1))).slope


def off_by(f, x, X):
    """How far x can be from the root of f in X, where both lie."""
    low, high = sorted(map(abs, (slope(f, X).lo, slope(f, X).hi)))
    if 0 in slope(f, X):
        raise UnsureError("the slope may be 0")
    y = f(interval(x))
    return max(abs(y.lo), abs(y.hi)) / low


X = Interval(2.0, 2.2)
print(told(slope(cubic, X), 2))
true = bisect(cubic, X)[-1].middle
for x in (2.09, 2.0946):
    print(
        f"{x} is off by {abs(x - true):.6f}, at most {off_by(cubic, x, X):.6f}"
    )

# %% [raw] tags=["output"]
# [10.00, 12.52]
# 2.09 is off by 0.004551, at most 0.005067
# 2.0946 is off by 0.000049, at most 0.000054

# %% [markdown]
# ## Step 5. The secant, fast and without a promise
#
# Bisection uses signs and throws the values away. Use them: draw the straight
# line through the last two points, $(w, f(w))$ and $(x, f(x))$, and go to
# where it is zero. With its slope $s = (f(x) - f(w))/(x - w)$,
#
# $$
# x^+ = x - \frac{f(x)}{s} .
# \label{def:grapher-secant}
# $$
#
# Why is it fast? Compare $s$ with the slope of another line, from $x$ to the
# root $r$: $t = f(x) / (x - r)$, as $f(r) = 0$. Put $f(x) = t (x - r)$ into
# \eqref{def:grapher-secant}, and subtract $r$:
#
# $$
# x^+ - r = (x - r) \left(1 - \frac{t}{s}\right)
# \label{claim:grapher-secant}
# $$
#
# /// check
#     of: def:grapher-secant claim:grapher-secant
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     a, c, r = rng.uniform(0.5, 2, 3)
#     w, x = rng.uniform(2.2, 4, 2)
#     f = lambda x: a * np.expm1(x - r) + c * (x - r)
#     s = (f(x) - f(w)) / (x - w)
#     return {
#         **{"f": f, "x": x, "r": r, "s": s, "t": f(x) / (x - r)},
#         "x_plus": x - (x - w) * f(x) / (f(x) - f(w)),
#     }
# ```
# ///
#
# Both lines go through $(x, f(x))$, one to $w$ and one to $r$. If $f''$ is
# continuous, their slopes differ by at most a constant times $\abs{w - r}$.
# So each error is about a constant times the *product of the last two*, if
# $f'(r) \neq 0$ and you begin near enough. Digits add up: 1, 1, 2, 3, 5, …,
# the numbers of Fibonacci, which grow by $1.618${ .claim of="golden" at="below" } a step.
#
# Begin far away, and nothing is promised: a nearly level line leads anywhere.
#
# //// exercise | Follow secants
#     name: grapher-secant
#
# Write `secant(f, w, x, tol)`: the list of points, `w` and `x` first, until a
# step is at most `tol` long. A level line, of slope $0$, raises `ValueError`.
# More than fifty steps raise `ConvergenceError`.


# %% tags=["starter"]
def secant(f, w, x, tol):
    found = [w, x]
    for _ in range(5):
        s = (f(x) - f(w)) / (x - w)
        x = x - f(x) / s
        found.append(x)
    return found


# %% tags=["check"]
import numpy as np

from derivable.errors import ConvergenceError
from derivable.grading import expect_close, expect_equal, expect_raises


def path_of(*args):
    try:
        return secant(*args)
    except ConvergenceError:
        return []


for what, bend, tol in [("x² - 2", 1, 1e-12), ("2 - x²", -1, 0.01)]:
    path = path_of(lambda x, k=bend: k * (x * x - 2), 1.0, 2.0, tol)
    expect_close(
        path[:5],
        [1, 2, 4 / 3, 7 / 5, 58 / 41],
        what=f"the first five points for {what}, from 1 and 2",
        hint="the line goes through the last two points: w moves on too",
    )
    expect_close(
        path[-1],
        math.sqrt(2),
        what=f"the last point for {what}",
        rtol=tol,
        hint="go on until a step is at most tol",
    )
    steps = np.abs(np.diff(path))
    expect_equal(
        (bool(steps[-1] <= tol), bool(np.all(steps[:-1] > tol))),
        (True, True),
        what=f"that only the last step for {what} is at most {tol}",
        hint="stop at the first step that is short",
    )
expect_close(
    path_of(lambda x: 3 - x, 0.0, 1.0, 1e-9),
    [0, 1, 3, 3],
    what="the points for 3 - x, from 0 and 1",
    hint="at the root the step is 0, and that is short",
)
expect_raises(
    ValueError,
    secant,
    lambda x: x * x + 1,
    -1.0,
    1.0,
    1e-9,
    what="x² + 1, from -1 and 1",
    hint="its secant is level",
)
expect_raises(
    ConvergenceError,
    secant,
    math.exp,
    1.0,
    0.0,
    1e-9,
    what="exp, which has no root",
    hint="after fifty steps, give up",
)

# %% [markdown]
# /// hint
#
# `w, x = x, x - f(x) / s`, and look at `abs(x - w)` after it. A loop over
# `range(50)` that ends without `return` comes to the line below it.
# ///
#
# /// solution


# %% tags=["solution"]
def secant(f, w, x, tol):
    found = [w, x]
    for _ in range(50):
        rise = f(x) - f(w)
        if rise == 0:
            message = f"the secant from {w} to {x} is level"
            raise ValueError(message)
        w, x = x, x - f(x) * (x - w) / rise
        found.append(x)
        if abs(x - w) <= tol:
            return found
    message = "no short step within 50 steps"
    raise ConvergenceError(message)


# %% [markdown]
# ///
# ////
#
# Speed from the secant, certainty from step 4: the two fit together.

# %%
golden = (1 + math.sqrt(5)) / 2
for x in secant(cubic, 2.0, 2.2, 1e-5):
    print(f"{x:.9f}, off by at most {off_by(cubic, x, X):.0e}")

# %% [raw] tags=["output"]
# 2.000000000, off by at most 1e-01
# 2.200000000, off by at most 1e-01
# 2.088967972, off by at most 6e-03
# 2.094232956, off by at most 4e-04
# 2.094552485, off by at most 1e-06
# 2.094551481, off by at most 2e-10

# %% [markdown]
# ## Step 6. Newton, who proves
#
# Let the second point move onto the first, and the secant becomes the tangent:
# $x^+ = x - f(x)/f'(x)$. That is Newton's method. By Taylor's theorem,
# $0 = f(r) = f(x) + f'(x)(r - x) + \tfrac12 f''(\xi)(r - x)^2$ with a $\xi$
# between $x$ and $r$. Divide by $f'(x)$: with $\abs{f'(x)} \ge m > 0$ and
# $\abs{f''} \le M$,
#
# $$
# \abs{x^+ - r} \le \frac{M}{2 m} \abs{x - r}^2
# \label{claim:grapher-newton}
# $$
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     r, k = rng.uniform(0.5, 2, 2)
#     x = r + rng.uniform(-0.4, 1)
#     slope = 2 * x - r + k  # of (x - r) (x + k); it rises
#     return {
#         **{"x": x, "r": r, "M": 2.0, "m": min(slope, r + k)},
#         "x_plus": x - (x - r) * (x + k) / slope,
#     }
# ```
# ///
#
# Digits double. And with intervals Newton's method does something that no
# other in this project does: it *proves* [@moore2009, chapter 8]. Let $m$ be the middle of $X$, and
# $f'(X)$ an interval without $0$ that holds all slopes on $X$. Put
#
# $$
# N = m - \frac{f(m)}{f'(X)} .
# $$
#
# /// theorem | What an interval step of Newton says
#
# Let $f$ have a continuous derivative on $X$. Then every root in $X$ lies in
# $N$, and there is at most one. If $N$ lies inside of $X$ without touching its
# ends, there is exactly one.
# ///
#
# /// proof
#
# *Every root:* for a root $r$ in $X$, $-f(m) = f'(\xi)(r - m)$, so
# $r = m - f(m)/f'(\xi)$, which is in $N$. *At most one:* between two roots
# there would be a slope of $0$. *Exactly one:* let the slopes be positive; else
# look at $-f$. Let $l$ be the left end of $X$. For some slope $s$ of $f'(X)$
# is $f(l) = f(m) + s(l - m)$. As $m - f(m)/s$ is in $N$, it is larger than
# $l$. Multiply $l - m < -f(m)/s$ by $s > 0$: $f(l) < 0$. In the same way $f$
# is positive at the right end, and in between there is a root.
# ///
#
# (To touch would do for this proof. But then a root at the common end of two
# intervals could be counted twice.)
#
# Rounding is no objection: all of it is inside of the intervals. If $N$ and
# $X$ do not meet, there is no root, which is a proof too.
#
# //// exercise | Narrow it down
#     name: grapher-newton
#
# Write `newton(f, X)`. Replace $X$ by what it has in common with $N$, again
# and again, until that is more than nine tenths as wide as before. The result
# is the pair of the last interval and whether ever $N$ lay inside of the $X$
# of that step without touching its ends. If nothing is in common, the result
# is `None`. Let the operations raise `UnsureError` where the slope may be $0$.


# %% tags=["starter"]
def newton(f, X):
    for _ in range(5):
        m = X.middle
        N = m - f(interval(m)) / slope(f, interval(m))
        X = Interval(max(X.lo, N.lo), min(X.hi, N.hi))
    return X, True


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

for what, rule, low, high, root in [
    ("x² - 2 on [1, 2]", lambda x: x**2 - 2, 1.0, 2.0, math.sqrt(2)),
    ("cos on [1, 2]", np.cos, 1.0, 2.0, math.pi / 2),
    ("2 - exp on [0.5, 1]", lambda x: 2 - np.exp(x), 0.5, 1.0, math.log(2)),
    ("x² - 2 on [1.41421, 1.41422]", lambda x: x**2 - 2, 1.41421, 1.41422,
     math.sqrt(2)),
]:  # fmt: skip
    result = newton(rule, Interval(low, high))
    expect_equal(
        result is not None and result[1],
        True,
        what=f"that the root of {what} is proved",
        hint="N lay inside of X in some step, not in all",
    )
    expect_close(
        [result[0].lo, result[0].hi],
        [root, root],
        what=f"the interval for {what}",
        rtol=1e-13,
        hint="begin each step with the interval of the step before",
    )
    expect_equal(
        result[0].lo <= root <= result[0].hi,
        True,
        what=f"that the root of {what} lies in it",
        hint="the slope of all of X, not of its middle",
    )
    expect_equal(
        result[0].width < 2e-15,
        True,
        what=f"that it is some floats wide, for {what}",
        hint="go on until it gets no narrower",
    )
for what, rule, low, high in [
    ("x² - 2 on [1.5, 2]", lambda x: x**2 - 2, 1.5, 2.0),
    ("2 - x² on [1, 1.4]", lambda x: 2 - x**2, 1.0, 1.4),
]:
    expect_equal(
        newton(rule, Interval(low, high)),
        None,
        what=what,
        hint="N and X have nothing in common",
    )
edge = newton(lambda x: x**2 - 1, Interval(1.0, 2.0))
expect_equal(
    edge is not None and not edge[1] and 1 in edge[0],
    True,
    what="that for x² - 1 on [1, 2] the root is kept, and not proved",
    hint="N touches or leaves X, so its root might be outside",
)
for what, low, high in [("[-1, 2]", -1.0, 2.0), ("[-1, 1]", -1.0, 1.0)]:
    expect_raises(
        UnsureError,
        newton,
        lambda x: x**2 - 2,
        Interval(low, high),
        what=f"x² - 2 on {what}",
        hint="its slope may be 0 there: use slope(f, X)",
    )

# %% [markdown]
# /// hint
#
# `N = m - f(interval(m)) / slope(f, X)`. Both have something in common if
# `max(X.lo, N.lo) <= min(X.hi, N.hi)`. Ask whether `X.lo < N.lo` and
# `N.hi < X.hi` before you replace `X`, and remember a yes.
# ///
#
# /// solution


# %% tags=["solution"]
def newton(f, X):
    proved = False
    while True:
        m = X.middle
        N = m - f(interval(m)) / slope(f, X)
        lo, hi = max(X.lo, N.lo), min(X.hi, N.hi)
        if lo > hi:
            return None
        proved = proved or (X.lo < N.lo and N.hi < X.hi)
        before, X = X, Interval(lo, hi)
        if X.width > 0.9 * before.width:
            return X, proved


# %% [markdown]
# ///
# ////

# %%
root, proved = newton(cubic, Interval(2.0, 2.2))
print(f"{root.middle:.8f}", proved, "width below 1e-14:", root.width < 1e-14)
print(newton(cubic, Interval(2.1, 2.2)))

# %% [raw] tags=["output"]
# 2.09455148 True width below 1e-14: True
# None

# %% [markdown]
# Now let the three race, from the same interval, each by its guaranteed bound:
# the width of bisection and of Newton, and \eqref{claim:grapher-residual} for
# the secant.

# %%
start = Interval(2.0, 2.2)
halves = [Y.width for Y in bisect(cubic, start)]
chords = [off_by(cubic, x, start) for x in secant(cubic, 2.0, 2.2, 1e-12)]
tangents, Y = [start.width], start
while tangents[-1] > 1e-14:
    m = Y.middle
    N = m - cubic(interval(m)) / slope(cubic, Y)
    Y = Interval(max(Y.lo, N.lo), min(Y.hi, N.hi))
    tangents.append(Y.width)
steps = [
    next(k for k, size in enumerate(sizes) if size < 1e-10)
    for sizes in (halves, chords, tangents)
]
print(dict(zip(["bisection", "secant", "Newton"], steps, strict=True)))

# %% [raw] tags=["output"]
# {'bisection': 31, 'secant': 6, 'Newton': 3}

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
for i, (sizes, mark) in enumerate(
    [(halves, "."), (chords, "s"), (tangents, "o")]
):
    ax.semilogy(sizes[:30], marker=mark, ms=4, color=f"C{i}")
ax.text(14, 3e-5, "bisection", color="C0")
ax.text(6.2, 3e-10, "secant", color="C1")
ax.text(1.8, 1e-11, "Newton", color="C2", ha="right")
ax.set(xlabel="step", ylabel="bound of the error", xlim=(-4, 30))

# %% [markdown]
# /// figure | grapher-race
#     alt: Bounds of the error on a logarithmic axis. Bisection falls along a straight line over thirty steps. Secant and Newton bend downwards and are at rounding after a few steps, Newton first.
#
# Bisection gains one bit a step; the bounds of secant and Newton fall faster
# and faster.
# ///
#
# ## Step 7. All roots, and a list of what is open
#
# Now you can do what no grid can. Take a list of intervals. If $f(X)$ does not
# hold $0$, or $f$ is nowhere defined, cross $X$ off: no root is lost. Else let
# Newton narrow it. What he proves is a root, exactly one. What is neither is
# cut, unless it is too short. Those short ones are *open*: edges of the domain
# for example, or a root that only touches, where the slope is $0$.
#
# //// exercise | Branch and prune
#     name: grapher-roots
#
# Write `roots(f, X, width)`: two lists of intervals from left to right, those
# with exactly one root, and those that are open, each at most `width` wide.
# Every root of $f$ in $X$ lies in one of them.


# %% tags=["starter"]
def roots(f, X, width=1e-6):
    found, todo = [], [X]
    while todo:
        X = todo.pop()
        result = newton(f, X)
        if result is not None:
            found.append(result[0])
    return found, []


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

for what, rule, low, high, wanted, unclear, hint in [
    ("x² - 2", lambda x: x**2 - 2, -4, 4, [-math.sqrt(2), math.sqrt(2)], [],
     "where the slope may be 0, cut"),
    ("x² + 1", lambda x: x**2 + 1, -4, 4, [], [], "without 0, cross it off"),
    ("1/x", lambda x: 1 / x, -1, 2, [], [0], "UnsureError means cut"),
    ("sin", np.sin, 2, 11, [math.pi * k for k in (1, 2, 3)], [],
     "go through the whole list"),
    ("(x - 1)²", lambda x: (x - 1) ** 2, -1, 4, [], [1],
     "it touches, and nothing is proved: open"),
    ("ln x", np.log, -2, 3, [1], [0], "NowhereError means cross it off"),
    ("(x - 0.3)² - 1e-8", lambda x: (x - 0.3) ** 2 - 1e-8, -1, 1,
     [0.2999, 0.3001], [], "two roots, closer than any grid"),
    ("exp(x) - 1 - x + 0.1 sin(9x)",
     lambda x: np.exp(x) - 1 - x + 0.1 * np.sin(9 * x), -1, 0.5, None, [],
     "do not stop at the first"),
]:  # fmt: skip
    try:
        proved, vague = roots(rule, Interval(float(low), float(high)), 1e-6)
    except ArithmeticError:  # one that was not caught
        proved, vague = [], []
    where = f"{what} on [{low}, {high}]"
    if wanted is None:
        fine = np.linspace(low, high, 20000)
        at = np.flatnonzero(np.diff(np.sign(rule(fine))))
        wanted = fine[at]
    expect_close(
        [Y.middle for Y in proved],
        wanted,
        what=f"the roots of {where}",
        rtol=1e-5,
        atol=1e-4,
        hint=hint,
    )
    expect_equal(
        all(Y.width < 1e-7 for Y in proved),
        True,
        what=f"that the roots of {where} are enclosed closely",
        hint="keep the interval that Newton narrowed",
    )
    expect_equal(
        bool(vague) == bool(unclear)
        and all(abs(Y.middle - unclear[0]) < 1e-3 for Y in vague),
        True,
        what=f"that what is open for {where} is near {unclear}",
        hint=hint,
    )
    expect_equal(
        all(Y.width <= 1e-6 for Y in vague),
        True,
        what=f"that what is open for {where} is short",
        hint="cut what is wider than width",
    )

# %% [markdown]
# /// hint
#
# In a `try`: if `0 not in f(X)`, `continue`; then `result = newton(f, X)`.
# `NowhereError` continues too; `UnsureError` means that `X` stays as it is, not proved.
# At the end sort by `lo`.
# ///
#
# /// solution


# %% tags=["solution"]
def roots(f, X, width=1e-6):
    found, vague, todo = [], [], [X]
    while todo:
        X = todo.pop()
        try:
            if 0 not in f(X):
                continue
            result = newton(f, X)
        except NowhereError:
            continue
        except UnsureError:
            result = X, False
        if result is None:
            continue
        X, proved = result
        if proved:
            found.append(X)
        elif X.width <= width:
            vague.append(X)
        else:
            todo.extend(cut(X))
    return [sorted(Ys, key=lambda Y: Y.lo) for Ys in (found, vague)]


# %% [markdown]
# ///
# ////

# %%
found, vague = roots(hero, Interval(-4.0, 4.0))
print(len(found), "roots:", *(f"{Y.middle:.8f}" for Y in found))
print("all within 1e-13:", all(Y.width < 1e-13 for Y in found))
print("open near", sorted({round(Y.middle, 3) for Y in vague}))

# %% [raw] tags=["output"]
# 5 roots: -2.88165518 -2.51946759 -1.63982894 -0.41331204 0.29032989
# all within 1e-13: True
# open near [-3.0, 1.0, 3.0]

# %% [markdown]
# This is a theorem about `hero`, found by a program: in the window there are
# exactly so many roots, except perhaps in some pieces of a millionth at the
# edges. The person at the beginning saw
# `3`{ .claim of="len(by_hand)" }.
#
# ## Step 8. The inverse, branch by branch
#
# A function has an inverse on an interval where it rises, or falls, without
# exception. Does it rise? You know how to ask such a question: the slopes on
# $X$ are all positive, or all negative, or it is open.


# %%
def rising(f):
    """A question about an interval: does f rise on it? False if it falls."""

    def question(X):
        try:
            slopes = slope(f, X)
        except (NowhereError, UnsureError):
            return None
        return None if 0 in slopes else slopes.lo > 0

    return question


def valley(x):
    return x + 1 / x


branches = sort_pieces(rising(valley), Interval(0.2, 4.0), 1e-6)
for Y, says in branches:
    print(told(Y, 6), {True: "rises", False: "falls", None: "open"}[says])

# %% [raw] tags=["output"]
# [0.200000, 0.999999] falls
# [0.999999, 1.000000] open
# [1.000000, 4.000000] rises

# %% [markdown]
# The [inverse](../foundations/functions.md#when-can-a-function-be-undone) takes
# $y$ to the $x$ of the branch with $f(x) = y$. That is the root of $f - y$,
# and bisection encloses it: the signs at the ends of the branch say whether
# $y$ occurs.
#
# //// exercise | Undo a function
#     name: grapher-inverse
#
# Write `inverse(f, X)`: a function that takes a float $y$ to a narrow interval
# that holds the $x$ in $X$ with $f(x) = y$. If `sort_pieces`, down to a
# thousandth of the width of $X$, does not say that $f$ rises, or falls, on all
# of $X$, raise `ValueError` at once. A $y$ that $f$ does not take for certain
# inside of $X$ raises `ValueError` too, when it is asked for.


# %% tags=["starter"]
def inverse(f, X):
    def undo(y):
        found, _ = roots(lambda x: f(x) - y, X)
        return found[0]

    return undo


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

for what, rule, branch, y, back, hint in [
    ("exp on [-2, 3]", np.exp, Interval(-2.0, 3.0), 5.0, math.log(5), ""),
    ("x³ + x on [-9, 9]", lambda x: x**3 + x, Interval(-9.0, 9.0), 10.0, 2.0,
     "no root is missed by bisection"),
    ("cos on [0.1, 3]", np.cos, Interval(0.1, 3.0), 0.5, math.pi / 3,
     "a falling function has an inverse too"),
    ("1/x on [0.1, 7]", lambda x: 1 / x, Interval(0.1, 7.0), 0.25, 4.0, ""),
    ("x³ - x² + 2x on [-1, 3]", lambda x: x**3 - x**2 + 2 * x,
     Interval(-1.0, 3.0), 8.0, 2.0,
     "cut before you say that it does not rise: bounds are too wide"),
]:  # fmt: skip
    try:
        undone = inverse(rule, branch)(y)
    except ValueError:
        undone = Interval(math.nan, math.nan)
    expect_close(
        [undone.lo, undone.hi],
        [back, back],
        what=f"the inverse of {what} at {y}",
        rtol=1e-12,
        hint=hint,
    )
for what, rule, branch in [
    ("x² on [-1, 2]", lambda x: x**2, Interval(-1.0, 2.0)),
    ("sin on [0, 4]", np.sin, Interval(0.0, 4.0)),
    ("1/x on [-1, 2]", lambda x: 1 / x, Interval(-1.0, 2.0)),
]:
    expect_raises(
        ValueError,
        inverse,
        rule,
        branch,
        what=f"the inverse of {what}",
        hint="it neither rises nor falls on all of it",
    )
undo = inverse(np.exp, Interval(-2.0, 3.0))
for y in (-1.0, 0.1, 30.0):
    expect_raises(
        ValueError,
        undo,
        y,
        what=f"the inverse of exp on [-2, 3], at {y}",
        hint="bisect refuses it; let it",
    )

# %% [markdown]
# /// hint
#
# The answers of all pieces have to be `[True]` or `[False]`. Then return a
# function that takes the last interval of `bisect`.
# ///
#
# /// solution


# %% tags=["solution"]
def inverse(f, X):
    pieces = sort_pieces(rising(f), X, 1e-3 * X.width)
    if [says for _, says in pieces] not in ([True], [False]):
        message = f"f must rise, or fall, on all of {X}"
        raise ValueError(message)

    def undo(y):
        return bisect(lambda x: f(x) - y, X)[-1]

    return undo


# %% [markdown]
# ///
# ////
#
# How steep is the inverse? Differentiate $f(f^{-1}(y)) = y$ by
# [the chain rule](../calculus/derivatives.md#the-chain-rule), where
# $f'(f^{-1}(y)) \neq 0$:
#
# $$
# (f^{-1})'(y) = \frac{1}{f'(f^{-1}(y))}
# \label{claim:grapher-inverse}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
# where = {r"f^{-1}": "f_inv"}
# rtol, because = 1e-5, "the slopes are differences"
#
#
# def draw(rng):
#     a, b = rng.uniform(0.5, 2, 2)
#     return {
#         "f": lambda x: a * np.sinh(x) + b,
#         "f_inv": lambda y: np.arcsinh((y - b) / a),
#         "y": rng.uniform(-2, 3),
#     }
# ```
# ///
#
# Where $f$ is level the inverse is vertical: at the end of a branch.
#
# ## The whole of it
#
# One function asks all the questions, and one draws the answers.


# %%
def report(f, X):
    """What is certain about f on X."""
    inside, edges = domain(f, X)
    found, vague = roots(f, X)
    print("defined on", *(told(Y, 3) for Y in inside))
    if found:
        print("roots     ", *(f"{Y.middle:.8f}" for Y in found))
        bound = max(Y.width / 2 for Y in found)
        print("           each off by at most 1e-12:", bound < 1e-12)
    near = [Interval(Y.lo - 1e-3, Y.hi + 1e-3) for Y in edges]
    away = [Y for Y in vague if not any(Y.middle in E for E in near)]
    if away:
        print("open near ", *{f"{Y.middle:.3f}" for Y in away})


def draw(ax, f, X, **look):
    """Draw f on each piece of its domain."""
    for Y in domain(f, X)[0]:
        sample = np.linspace(Y.lo, Y.hi, 600)
        ax.plot(sample, f(sample), **look)


for f in (hero, compose(np.log, valley), lambda x: (x - 2) ** 2):
    report(f, Interval(-4.0, 4.1))

# %% [raw] tags=["output"]
# defined on [-3.000, 1.000] [1.000, 3.000]
# roots      -2.88165518 -2.51946759 -1.63982894 -0.41331204 0.29032989
#            each off by at most 1e-12: True
# defined on [0.000, 4.100]
# defined on [-4.000, 4.100]
# open near  2.000

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(6.8, 3.3))
left.plot([0, 4], [0, 4], color="C7", lw=1, ls=":")
ends = [Y for Y, says in branches if says is not None]
for Y, colour in zip(ends, ("C1", "C2"), strict=True):
    sample = np.linspace(Y.lo, Y.hi, 300)
    left.plot(sample, valley(sample), color=colour)
    undo = inverse(valley, Interval(Y.lo, Y.hi))
    heights = np.linspace(2.001, 4.0, 60)
    backs = [undo(y).middle for y in heights]
    left.plot(heights, backs, color=colour, ls="--")
left.set(xlim=(0, 4), ylim=(0, 4), xlabel="$x$", aspect="equal")
draw(right, compose(np.log, valley), Interval(-1.0, 6.0), color="C0")
draw(right, compose(valley, np.log), Interval(-1.0, 6.0), color="C3")
right.text(2.6, 0.2, "ln after f", color="C0")
right.text(2.6, 2.5, "f after ln", color="C3")
right.set(xlim=(-1, 6), ylim=(-4.2, 4.2), xlabel="$x$")

# %% [markdown]
# /// figure | grapher-inverse
#     alt: Left, the curve of x plus 1 over x with its falling and its rising branch, and both mirrored at the diagonal, dashed. Right, two compositions of it with the logarithm: one is defined for all positive numbers, the other is interrupted at one.
#
# Each branch has an inverse, its mirror image; and the order of a composition
# decides its domain.
# ///
#
# ## Against the library
#
# Four witnesses. *mpmath* has intervals too, with its own rounding: for the
# same formulas, its ends and yours have to agree, yours a few floats wider.

# %%
import mpmath

rng = np.random.default_rng(3)
formulas = {
    "log(9 - x²) cos(3x) + 1/(x - 1)": (
        hero,
        lambda x: mpmath.iv.log(9 - x**2) * mpmath.iv.cos(3 * x) + 1 / (x - 1),
    ),
    "sqrt(2 + sin(x)) exp(-x)": (
        lambda x: np.sqrt(2 + np.sin(x)) * np.exp(-x),
        lambda x: mpmath.iv.sqrt(2 + mpmath.iv.sin(x)) * mpmath.iv.exp(-x),
    ),
}
for ours, theirs in formulas.values():
    for _ in range(100):
        a = rng.uniform(-2.9, 0.5)
        b = a + rng.uniform(0, 0.4)
        box, other = ours(Interval(a, b)), theirs(mpmath.iv.mpf([a, b]))
        size = 1e-12 * max(1, abs(box.lo), abs(box.hi))
        assert abs(box.lo - float(other.a)) < size
        assert abs(box.hi - float(other.b)) < size
print(200, "boxes agree to twelve digits")

# %% [raw] tags=["output"]
# 200 boxes agree to twelve digits

# %% [markdown]
# The roots, by mpmath with forty digits: each must lie between your two
# numbers. SymPy knows domains exactly, by rules for formulas. SciPy has the
# classical methods.

# %%
import sympy
from scipy.optimize import newton as scipy_newton
from sympy.calculus.util import continuous_domain


def hero_again(x):
    return mpmath.log(9 - x**2) * mpmath.cos(3 * x) + 1 / (x - 1)


with mpmath.workdps(40):
    for Y in found:
        exact = mpmath.findroot(hero_again, Y.middle)
        assert mpmath.mpf(Y.lo) <= exact <= mpmath.mpf(Y.hi)
print(len(found), "of", len(found), "roots of forty digits are enclosed")

x = sympy.Symbol("x", real=True)
symbol = sympy.log(9 - x**2) * sympy.cos(3 * x) + 1 / (x - 1)
print(continuous_domain(symbol, x, sympy.Interval(-4, 4)))

# %% [raw] tags=["output"]
# 5 of 5 roots of forty digits are enclosed
# Union(Interval.open(-3, 1), Interval.open(1, 3))

# %%
by_brent = brentq(cubic, 2.0, 2.2, xtol=1e-14)
assert abs(by_brent - root.middle) < 1e-13
assert abs(scipy_newton(cubic, 2.0, tol=1e-13) - root.middle) < 1e-13
print("brentq and newton agree to thirteen digits")

one = brentq(hero, -2.95, 0.55)
agree = [abs(one - Y.middle) < 1e-9 for Y in found]
print("brentq finds", sum(agree), "of", len(found))

# %% [raw] tags=["output"]
# brentq and newton agree to thirteen digits
# brentq finds 1 of 5

# %% [markdown]
# What do the libraries have that yours has not? mpmath has intervals of any
# precision and rounds each end by half a float at most; SymPy decides edges exactly,
# where it knows the rules; SciPy is faster by orders of magnitude, and trusts
# you to bring an interval. None of them alone gives all roots with a proof.
#
# ## Go further
#
# 1. **Tighter boxes.** By the mean value theorem $f(X)$ lies in
#    $f(m) + f'(X)(X - m)$. Use the intersection of that and the plain box in
#    `roots`, and count how many intervals are looked at, with and without.
# 2. **Roots that touch.** An open piece may hold a double root. Find the roots
#    of $f'$ in it, which needs a number that carries two derivatives, and say
#    what can be proved then, and what never can.
# 3. **Two dimensions.** Draw the curve $g(x, y) = 0$ without sampling: cut
#    boxes of the plane, cross off those where $g$ does not hold $0$, and paint
#    the rest. Compare with Matplotlib's `contour` for two circles that almost
#    touch.
# 4. **An area with an error bound.** Add up width times box over the pieces of
#    an interval. By which factor does the bound fall if pieces are halved?
