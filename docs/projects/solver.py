# ---
# title: A solver that says which digits to trust
# description: Build a solver for linear systems and least squares that reports how many digits are right, and check its word against exact fractions.
# builds: forward, loss
# minutes: 110
# ---

# %% [markdown]
# # A solver that says which digits to trust
#
# `np.linalg.solve` prints sixteen digits. Sometimes all of them are right,
# sometimes two. It does not say. In this project you build a solver that does:
# next to the answer it reports how many digits you can trust. And since
# anybody can report numbers, you compare its word with answers in exact
# fractions.
#
# ## What you will have at the end
#
# Here is what the library does, on the Hilbert matrices
# $H_{ij} = 1/(i + j - 1)$, which look harmless. The right side is made so that
# every entry of the answer should be $1$.

# %%
import math
from fractions import Fraction
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from scipy.linalg import hilbert

UNIT = 2.0**-53  # half a step of floats near 1: the error of one rounding


def ones_for(A):
    """A right side for which all unknowns are 1, up to its rounding."""
    return np.array([math.fsum(row) for row in A])


for n in (3, 7, 11):
    H = hilbert(n)
    answer = np.linalg.solve(H, ones_for(H))
    small = np.max(np.abs(ones_for(H) - H @ answer)) < 1e-14
    good = -math.log10(np.max(np.abs(answer - 1)) + UNIT)
    print(f"n = {n:2}: residual tiny: {small}, digits right: {good:4.1f}")

# %% [raw] tags=["output"] atol="2" because="an error of rounding alone is known up to its order of magnitude"
# n =  3: residual tiny: True, digits right: 14.0
# n =  7: residual tiny: True, digits right:  8.7
# n = 11: residual tiny: True, digits right:  2.1

# %% [markdown]
# All residuals are tiny, and nothing in the answers tells them apart. Your solver
# will say how many digits of each can be trusted; then it will mend what can be
# mended.

# %% tags=["picture"]
orders = np.arange(2, 12)
right = []
for n in orders:
    H = hilbert(n)
    answer = np.linalg.solve(H, ones_for(H))
    right.append(-math.log10(np.max(np.abs(answer - 1)) + UNIT))
fig, ax = plt.subplots(figsize=(5.6, 3.0))
ax.axhline(16, color="C7", lw=1)
ax.plot(orders, right, "o-")
ax.text(6.5, 14.6, "digits printed", color="C7")
ax.text(7.2, 9.0, "digits right", color="C0")
ax.set(xlabel="order of the Hilbert matrix", ylim=(0, 17))

# %% [markdown]
# /// figure | solver-end
#     alt: A level line at sixteen, the digits that are printed. Below it, dots that fall along a straight line towards zero as the order of the matrix grows: the digits that are right.
#
# All digits are printed; the larger the matrix, the fewer of them are right.
# ///
#
# You stand on [elimination](../linalg/matrices.md#gaussian-elimination),
# [lost digits](../linalg/matrices.md#how-many-digits-are-lost) and
# [residuals](../linalg/matrices.md#solve-do-not-invert), on
# [least squares](../linalg/least_squares.md#how-many-digits-are-right), and on
# [what a float is](../foundations/exponentials.md#what-a-float64-is).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. The truth, and how far from it
#
# A float is a fraction with a power of two below. So every matrix that a
# computer holds is one of fractions, and elimination with fractions rounds
# nothing. It is slow, and it is the judge of all that follows.


# %%
def exact(A, b):
    """The solution of the system as stored, in fractions."""
    rows = [[*map(Fraction, row)] for row in np.column_stack([A, b]).tolist()]
    for k in range(len(rows)):
        p = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[p] = rows[p], rows[k]
        top = rows[k] = [v / rows[k][k] for v in rows[k]]
        for i, row in enumerate(rows):
            if i != k and row[k]:
                rows[i] = [
                    u - row[k] * v for u, v in zip(row, top, strict=True)
                ]
    return [row[-1] for row in rows]


def off_by(x, true):
    """The largest error, in parts of the largest entry of the truth."""
    pairs = zip(x.tolist(), true, strict=True)
    worst = max(abs(Fraction(u) - v) for u, v in pairs)
    return float(worst / max(map(abs, true)))


def digits(error):
    """How many digits an error relative to the largest entry leaves.

    At most 15: that many a float holds whatever the number.
    """
    return min(15.0, max(0.0, -math.log10(error))) if error else 15.0


print(*exact([[0.0, 2.0], [3.0, 1.0]], [1.0, 0.0]))
H = hilbert(4)
true = exact(H, ones_for(H))
print("all within 1e-12 of 1:", all(abs(v - 1) < 1e-12 for v in true))
print("all of them 1:", all(v == 1 for v in true))

# %% [raw] tags=["output"]
# -1/6 1/2
# all within 1e-12 of 1: True
# all of them 1: False

# %% [markdown]
# The truth is not quite $1$: the entries of $H$ and $b$ were rounded when they
# were stored. Keep the two questions apart. *What is the solution of the
# stored system?* A solver can answer that to the last digit. *What is the
# solution of the system that was meant?* That depends on what the data are
# worth, and step 8 comes back to it.
#
# ## Step 2. Elimination
#
# [Elimination with pivoting](../linalg/matrices.md#gaussian-elimination)
# writes $P A = L U$: rows exchanged, $L$ with ones on its diagonal, $U$ upper
# triangular. Both fit into one array, as the ones need not be stored. The
# exchange brings the largest entry of the column to the top, so that no factor
# in $L$ exceeds $1$, and rounding errors are not blown up.
#
# //// exercise | Factor
#     name: solver-lu
#
# Write `lu(A)`: an array with $U$ on and above the diagonal and $L$ below it,
# and the array `order` with $PA$ = `A[order]`. Of several largest entries take
# the first. A column without an entry but $0$ raises `ValueError`. `A` stays
# as it is.


# %% tags=["starter"]
def lu(A):
    F = np.array(A, dtype=float)
    order = np.arange(len(F))
    for k in range(len(F)):
        F[k + 1 :, k] /= F[k, k]
        F[k + 1 :, k + 1 :] -= np.outer(F[k + 1 :, k], F[k, k + 1 :])
    return F, order


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

chance = np.random.default_rng(1)
for what, given in [
    ("[[2, 1], [6, 8]]", np.array([[2.0, 1.0], [6.0, 8.0]])),
    ("[[0, 1], [1, 0]]", np.array([[0.0, 1.0], [1.0, 0.0]])),
    ("a random matrix of order 7", chance.normal(size=(7, 7))),
    ("one with a tiny first entry", np.array([[1e-20, 1.0], [1.0, 1.0]])),
    ("1e-20 [[2, 1], [6, 8]]", 1e-20 * np.array([[2.0, 1.0], [6.0, 8.0]])),
]:
    kept = given.copy()
    try:
        with np.errstate(all="ignore"):
            packed, places = lu(given)
    except ValueError:  # a pivot taken for 0
        packed, places = np.zeros_like(given), np.arange(len(given))
    lower = np.tril(packed, -1)
    expect_close(given, kept, what=f"{what}, afterwards", hint="copy it")
    expect_close(
        (lower + np.eye(len(given))) @ np.triu(packed),
        given[places],
        what=f"L U of {what}, compared with its rows in the new order",
        rtol=1e-12,
        atol=1e-12 * np.max(np.abs(given)),
        hint="exchange whole rows, also what stands of L, and their places; "
        "no pivot but 0 itself is 0",
    )
    expect_equal(
        bool(np.max(np.abs(lower)) <= 1),
        True,
        what=f"that no factor in L of {what} exceeds 1",
        hint="the largest by absolute value comes to the top",
    )
expect_equal(
    list(lu([[1.0, 5.0], [-1.0, 3.0]])[1]),
    [0, 1],
    what="the order for [[1, 5], [-1, 3]]",
    hint="of several largest entries take the first",
)
for singular in [[[0.0, 1.0], [0.0, 2.0]], [[1.0, 2.0], [2.0, 4.0]]]:
    with np.errstate(all="ignore"):
        expect_raises(
            ValueError,
            lu,
            singular,
            what=f"lu({singular})",
            hint="look at the pivot before you divide by it",
        )

# %% [markdown]
# /// hint
#
# `p = k + np.argmax(np.abs(F[k:, k]))`, then `F[[k, p]] = F[[p, k]]`, and the
# same for `order`.
# ///
#
# /// solution


# %% tags=["solution"]
def lu(A):
    F = np.array(A, dtype=float)
    order = np.arange(len(F))
    for k in range(len(F)):
        p = k + np.argmax(np.abs(F[k:, k]))
        if F[p, k] == 0:
            message = f"A must be invertible, no pivot in column {k}"
            raise ValueError(message)
        F[[k, p]], order[[k, p]] = F[[p, k]], order[[p, k]]
        F[k + 1 :, k] /= F[k, k]
        F[k + 1 :, k + 1 :] -= np.outer(F[k + 1 :, k], F[k, k + 1 :])
    return F, order


# %% [markdown]
# ///
# ////
#
# With the factors, each further right side costs two substitutions. You will
# need many, also with the transposed matrix: from $PA = LU$ follows
# $A^\T = U^\T L^\T P$, and each of the three is undone in turn.


# %%
def solve_with(factors, b):
    """Solve A x = b."""
    F, order = factors
    x = np.asarray(b, dtype=float)[order]
    for i in range(len(x)):
        x[i] -= F[i, :i] @ x[:i]
    for i in reversed(range(len(x))):
        x[i] = (x[i] - F[i, i + 1 :] @ x[i + 1 :]) / F[i, i]
    return x


def solve_transposed(factors, c):
    """Solve Aᵀ x = c."""
    F, order = factors
    y = np.array(c, dtype=float)
    for i in range(len(y)):
        y[i] = (y[i] - F[:i, i] @ y[:i]) / F[i, i]
    for i in reversed(range(len(y))):
        y[i] -= F[i + 1 :, i] @ y[i + 1 :]
    x = np.empty_like(y)
    x[order] = y
    return x


H = hilbert(7)
x_hat = solve_with(lu(H), ones_for(H))
error = off_by(x_hat, exact(H, ones_for(H)))
print(f"digits right: {digits(error):.1f}")

# %% [raw] tags=["output"] atol="2" because="an error of rounding alone is known up to its order of magnitude"
# digits right: 8.0

# %% [markdown]
# ## Step 3. Backward error: is it the solver's fault?
#
# Put the answer $\hat x$ into the equations. The *residual* is
# $r = b - A \hat x$. When is it small? Ask: how little must $A$ and $b$ change,
# each entry in parts of itself, for $\hat x$ to be exact? Call that part
# $\omega$:
#
# $$
# (A + E)\hat x = b + f, \quad
# \abs{E_{ij}} \le \omega \abs{A_{ij}}, \quad
# \abs{f_i} \le \omega \abs{b_i}
# $$
#
# Row $i$ says that $r_i = \sum_j E_{ij} \hat x_j - f_i$, so
# $\abs{r_i} \le \omega \sum_j \abs{A_{ij}} \abs{\hat x_j} + \omega \abs{b_i}$. And
# if this holds for every row, such $E$ and $f$ exist: give each term of the
# row its share of $r_i$, with the fitting sign. So with the absolute values
# taken entry by entry, $\omega$ is
#
# $$
# \omega = \max_i \frac{\abs{r_i}}{(\abs{A}\abs{\hat x} + \abs{b})_i} ,
# $$
#
# the *componentwise backward error* of Oettli and Prager
# [@higham2002, section 7.2]. If $\omega$ is of the size of one rounding, the
# solver solved a system that you cannot tell from yours. More nobody can ask
# of elimination in floats. Rows and columns may have any units: $\omega$ stays.
#
# //// exercise | Whose fault?
#     name: solver-backward
#
# Write `backward_error(A, x, b)`. Where the denominator is $0$, so is $r_i$:
# such a row holds, and counts as $0$.


# %% tags=["starter"]
def backward_error(A, x, b):
    r = b - A @ x
    return np.linalg.norm(r) / np.linalg.norm(b)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

matrix = np.array([[2.0, -1.0], [1.0, 3.0]])
for what, place, side, wanted, hint in [
    ("the exact answer", [1.0, 2.0], [0.0, 7.0], 0.0, ""),
    ("[1, 2] for the right side [1, 7]", [1.0, 2.0], [1.0, 7.0], 0.2,
     "the first row: 1 over 2 + 2 + 1"),
    ("[1, 2] for the right side [0, 6]", [1.0, 2.0], [0.0, 6.0], 1 / 13,
     "the second row: 1 over 1 + 6 + 6"),
    ("[-1, 2] for the right side [1, 7]", [-1.0, 2.0], [1.0, 7.0], 1.0,
     "absolute values of each entry, also of x: 5 over 2 + 2 + 1"),
]:  # fmt: skip
    expect_close(
        backward_error(matrix, np.array(place), np.array(side)),
        wanted,
        what=f"the backward error of {what}",
        hint=hint,
    )
scales = np.array([1e-9, 1e6])
expect_close(
    backward_error(
        scales[:, None] * matrix, np.array([1.0, 2.0]), scales * [1.0, 7.0]
    ),
    0.2,
    what="the same, with rows in other units",
    hint="divide row by row, before you take the largest",
)
with np.errstate(all="ignore"):
    expect_close(
        backward_error(np.eye(2), np.array([0.0, 1.0]), np.array([0.0, 2.0])),
        1 / 3,
        what="the backward error where one row is 0 over 0",
        hint="such a row counts as 0",
    )
    expect_close(
        backward_error(
            np.array([[1e-300, 0.0], [0.0, 1.0]]),
            np.array([0.0, 1.0]),
            np.array([1e-300, 1.0]),
        ),
        1.0,
        what="the backward error of 0 for a tiny row",
        hint="no constant that makes a tiny row count as 0",
    )

# %% [markdown]
# /// hint
#
# `np.abs(A) @ np.abs(x) + np.abs(b)` is all denominators. `np.divide` has an
# argument `where`, with `out` for the rows that are left out.
# ///
#
# /// solution


# %% tags=["solution"]
def backward_error(A, x, b):
    r = np.abs(b - A @ x)
    size = np.abs(A) @ np.abs(x) + np.abs(b)
    shares = np.divide(r, size, out=np.zeros(len(r)), where=size > 0)
    return np.max(shares)


# %% [markdown]
# ///
# ////

# %%
for n in (4, 7, 11):
    H = hilbert(n)
    b = ones_for(H)
    omega = backward_error(H, solve_with(lu(H), b), b)
    print(f"n = {n:2}: backward error below ten roundings:", omega < 10 * UNIT)

# %% [raw] tags=["output"]
# n =  4: backward error below ten roundings: True
# n =  7: backward error below ten roundings: True
# n = 11: backward error below ten roundings: True

# %% [markdown]
# The solver is innocent: also the useless answer to the last system solves one
# that agrees with it in fifteen digits. The system is to blame.
#
# ## Step 4. How far does an error reach?
#
# The error is $x - \hat x = A^{-1} r$, so entry by entry
# $\abs{x - \hat x} \le \abs{A^{-1}} \abs{r}$. All that you will need is of this
# kind: for a vector $g \ge 0$ of disturbances, and a weight $w \ge 0$ for each
# unknown, the *reach*
#
# $$
# \max_i \; w_i \, (\abs{A^{-1}} g)_i .
# $$
#
# The inverse would do, at three times the cost of the factors. There is a
# cheaper way. Let $G$ and $W$ be diagonal with $g$ and $w$. The reach is the
# largest row sum of $\abs{W A^{-1} G}$, that is the largest *column* sum of
# $\abs{B}$ for
#
# $$
# B = G A^{-\T} W .
# $$
#
# The largest column sum is the largest of $\norm{B v}_1$, the sum of absolute
# values, over all $v$ with $\norm{v}_1 \le 1$. You can multiply by $B$ and by
# $B^\T$: each is one solution with the factors. Hager had the idea to climb
# [@higham2002, section 15.3]. At some $v$, let $s$ be the signs of $B v$, ones and
# minus ones, and $z = B^\T s$. For every vector $u$,
#
# $$
# \norm{B u}_1 \ge z^\T u
# \label{claim:solver-tangent}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     B = rng.normal(size=(4, 4))
#     v = rng.normal(size=4)
#     u = v * rng.uniform(0.5, 2) if rng.random() < 0.5 else rng.normal(size=4)
#     return {"B": B, "u": u, "z": B.T @ np.sign(B @ v)}
# ```
# ///
#
# because $z^\T u = s^\T (B u)$ adds up entries of $B u$ with signs that may not be
# their own; for $u = v$ they are, and both sides are equal. So with
# $u = \pm e_j$, column $j$ has a sum of at least $\abs{z_j}$. If the largest
# $\abs{z_j}$ is more than $\norm{B v}_1$, go to $v = e_j$: that is higher for
# certain. Else stop. It is a hill climber: it never says too much, and now and
# then it stops below the top.
#
# //// exercise | Climb
#     name: solver-reach
#
# Write `reach(factors, g, w)`. Begin at $v$ with all entries $1/n$, and take
# $1$ for the sign of $0$. The result is the largest $\norm{B v}_1$ seen.


# %% tags=["starter"]
def reach(factors, g, w):
    n = len(g)
    v = np.full(n, 1 / n)
    y = g * solve_transposed(factors, w * v)
    return np.sum(np.abs(y))  # and the climb?


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

chance = np.random.default_rng(4)
exactly, calls = 0, []
for trial in range(40):
    size = int(chance.integers(1, 8))
    matrix = chance.normal(size=(size, size))
    noise, weight = chance.uniform(0.1, 1, (2, size))
    top = np.max(weight * (np.abs(np.linalg.inv(matrix)) @ noise))
    found = reach(lu(matrix), noise, weight)
    expect_equal(
        bool(found <= top * (1 + 1e-9)),
        True,
        what=f"that reach does not exceed the largest, for matrix {trial}",
        hint="g stands left of the solution, w right of it; z is Bᵀ s",
    )
    expect_equal(
        bool(found > top / 3),
        True,
        what=f"that reach is a third of the largest, for matrix {trial}",
        hint="go to the unit vector of the largest |z_j|, and look again",
    )
    exactly += bool(found > top * (1 - 1e-9))
expect_equal(
    exactly >= 30,
    True,
    what="that 30 of 40 climbs arrive at the top",
    hint="go on while the largest |z_j| is more than the sum you have",
)
expect_close(
    reach(lu(np.diag([1.0, 2.0, 4.0])), np.array([1.0, 4.0, 2.0]), np.ones(3)),
    2.0,
    what="reach for diag(1, 2, 4), g = [1, 4, 2], w = 1",
    hint="the second entry: 4 over 2",
)
for what, rows, top, hint in [
    (
        "a matrix whose largest z_j is negative",
        [[-2, 1, 2, -1], [0, 4, 3, 4], [-1, 2, 4, 1], [3, 2, 2, -1]],
        5 / 3,
        "the largest |z_j|, whatever its sign",
    ),
    (
        "a matrix that takes three looks",
        [[3, 2, -3, -3], [-1, 4, -4, 2], [-2, 0, -4, 3], [3, 0, 3, 0]],
        89 / 129,
        "go on while the largest |z_j| is more than the sum you have",
    ),
]:
    expect_close(
        reach(lu(rows), np.ones(4), np.ones(4)),
        top,
        what=f"reach for {what}, g = w = 1",
        hint=hint,
    )
expect_close(
    reach(lu(np.eye(2)), np.array([3.0, 5.0]), np.array([1.0, 0.0])),
    3.0,
    what="reach for the identity, with weight 0 for the second unknown",
    hint="an unknown of weight 0 does not count",
)

# %% [markdown]
# /// hint
#
# In a loop: `y = g * solve_transposed(factors, w * v)`, then
# `z = w * solve_with(factors, g * s)`. Stop when the largest `abs(z)` is at most
# the sum of `abs(y)`; rounding could make you go round, so also after $n$
# turns.
# ///
#
# /// solution


# %% tags=["solution"]
def reach(factors, g, w):
    n = len(g)
    v, best = np.full(n, 1 / n), 0.0
    for _ in range(n + 1):
        y = g * solve_transposed(factors, w * v)
        best = max(best, np.sum(np.abs(y)))
        z = w * solve_with(factors, g * np.where(y >= 0, 1.0, -1.0))
        j = np.argmax(np.abs(z))
        if np.abs(z[j]) <= np.sum(np.abs(y)):
            break
        v = np.eye(n)[j]
    return best


# %% [markdown]
# ///
# ////
#
# With $g = \abs{A}\abs{\hat x}$ and $w = 1/\max_i \abs{\hat x_i}$ the reach is
# [Skeel's condition number](../linalg/matrices.md#how-many-digits-are-lost) at
# $\hat x$: how many times a relative change of each entry of $A$ comes back in
# the answer. Compare it with $\kappa$ when rows change their units:


# %%
def skeel(A, factors, x):
    w = np.full(len(x), 1 / np.max(np.abs(x)))
    return reach(factors, np.abs(A) @ np.abs(x), w)


A = np.random.default_rng(0).normal(size=(6, 6))
units = 10.0 ** np.array([0, -4, 3, -9, 6, -2])
for M in (A, units[:, None] * A):
    b = ones_for(M)
    factors = lu(M)
    x_hat = solve_with(factors, b)
    error = off_by(x_hat, exact(M, b))
    print(f"Skeel {skeel(M, factors, x_hat):.2f}", end=", ")
    print("κ above a million:", np.linalg.cond(M) > 1e6, end=", ")
    print("thirteen digits right:", error < 1e-13)

# %% [raw] tags=["output"]
# Skeel 12.80, κ above a million: False, thirteen digits right: True
# Skeel 12.80, κ above a million: True, thirteen digits right: True

# %% [markdown]
# Units of rows change $\kappa$ by orders of magnitude, and the answer not at
# all. Skeel's number knows.
#
# ## Step 5. Digits to trust
#
# Now the promise. There is one more thing to count: the residual was computed
# in floats too. A sum of $n + 1$ terms, each rounded at most $n + 1$ times, is
# off by at most $\gamma = (n + 1) u / (1 - (n + 1) u)$ times the sum of their
# absolute values, with $u$ for the error of one rounding
# [@higham2002, section 3.1]. So with $\hat r$ for the computed residual
#
# $$
# \abs{x - \hat x} \le \abs{A^{-1}} g, \qquad
# g = \abs{\hat r} + \gamma (\abs{A} \abs{\hat x} + \abs{b}) .
# $$
#
# Two conditions. The reach is found with computed factors, so it is itself off
# by about $u$ times Skeel's number. Where that is not small, promise nothing.
# And it may stop below the top.
#
# //// exercise | Promise
#     name: solver-trust
#
# Write `error_bound(A, b, factors, x)`: the bound of the largest error, in
# parts of the largest entry of $\hat x$. If $n u$ times Skeel's number is above
# a tenth, it is infinite.


# %% tags=["starter"]
def error_bound(A, b, factors, x):
    r = b - A @ x
    return np.max(np.abs(r)) / np.max(np.abs(b))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

chance = np.random.default_rng(8)
for n_rows in (3, 6, 10):
    matrix = chance.normal(size=(n_rows, n_rows))
    side = chance.normal(size=n_rows)
    parts = lu(matrix)
    place = solve_with(parts, side)
    inverse = np.abs(np.linalg.inv(matrix))
    step = (n_rows + 1) * UNIT
    least = step * (np.abs(matrix) @ np.abs(place) + np.abs(side))
    for what, shift in [("as computed", 0.0), ("with an error", 1e-6)]:
        moved = place + shift
        wanted = np.max(inverse @ (np.abs(side - matrix @ moved) + least))
        found = error_bound(matrix, side, parts, moved)
        expect_equal(
            bool(found * np.max(np.abs(moved)) > 0.3 * wanted),
            True,
            what=f"that the bound of order {n_rows}, {what}, is large enough",
            hint="g has two parts, the residual and its rounding",
        )
        expect_equal(
            bool(found * np.max(np.abs(moved)) < 1.5 * wanted),
            True,
            what=f"that the bound of order {n_rows}, {what}, is not too large",
            hint="divide by the largest entry of x, through the weights",
        )
parts = lu(1e-8 * np.eye(3))
expect_close(
    error_bound(1e-8 * np.eye(3), np.full(3, 2e-8), parts, np.full(3, 2.02)),
    0.01 / 1.01,
    what="the bound for 1e-8 x = 2e-8 at 2.02",
    hint="a small residual is no small error",
    rtol=1e-6,
)
bad = hilbert(13)
parts = lu(bad)
expect_equal(
    bool(np.isinf(error_bound(bad, ones_for(bad), parts, np.ones(13)))),
    True,
    what="that nothing is promised for the Hilbert matrix of order 13",
    hint="look at Skeel's number first",
)

# %% [markdown]
# /// hint
#
# One call of `skeel`, one of `reach` with the same weights.
# ///
#
# /// solution


# %% tags=["solution"]
def error_bound(A, b, factors, x):
    n = len(x)
    if n * UNIT * skeel(A, factors, x) > 0.1:
        return np.inf
    gamma = (n + 1) * UNIT / (1 - (n + 1) * UNIT)
    g = np.abs(b - A @ x) + gamma * (np.abs(A) @ np.abs(x) + np.abs(b))
    return reach(factors, g, np.full(n, 1 / np.max(np.abs(x))))


# %% [markdown]
# ///
# ////
#
# Is the promise kept? Make systems of all conditions, solve them, ask for the
# promise, and look up the truth.


# %%
def of_condition(n, kappa, rng):
    """A random matrix whose singular values fall from 1 to 1 / kappa."""
    U, V = (np.linalg.qr(rng.normal(size=(n, n)))[0] for _ in range(2))
    return U * kappa ** -np.linspace(0, 1, n) @ V


rng = np.random.default_rng(6)
systems = [
    (of_condition(8, kappa, rng), rng.normal(size=8))
    for kappa in 10.0 ** np.linspace(0.5, 15, 60)
]
truths = [exact(M, c) for M, c in systems]
promised, right = [], []
for (M, c), truth in zip(systems, truths, strict=True):
    factors = lu(M)
    answer = solve_with(factors, c)
    promised.append(digits(error_bound(M, c, factors, answer)))
    right.append(digits(off_by(answer, truth)))
promised, right = np.array(promised), np.array(right)
print("promises kept:", np.sum(right >= promised), "of", len(systems))
gap = (right - promised)[promised > 0]
print("modest by five digits at most:", np.max(gap) < 5)
print("by three at most, for nine of ten:", np.mean(gap < 3) > 0.9)

# %% [raw] tags=["output"]
# promises kept: 60 of 60
# modest by five digits at most: True
# by three at most, for nine of ten: True

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(4.6, 3.6))
ax.plot([0, 16], [0, 16], color="C7", lw=1)
ax.plot(promised, right, "o", ms=4)
ax.text(8.2, 6.6, "promise broken", color="C7")
ax.text(2.0, 12.5, "promise kept", color="C0")
ax.set(xlabel="digits promised", ylabel="digits right", aspect="equal")

# %% [markdown]
# /// figure | solver-promise
#     alt: Digits that are right against digits that were promised. All dots lie above the diagonal, most by one digit to three, from few digits up to fifteen.
#
# Every promise is kept, at all conditions, and most are modest by less than
# three digits.
# ///
#
# ## Step 6. A residual without rounding
#
# The digits are lost, but the information is not: $A$ and $b$ are still there,
# to the last bit. If you knew $r$ exactly, then $d = A^{-1} r$ would be the
# error, and even a poor solution of $A d = r$ would improve $\hat x$. But
# $b - A \hat x$ subtracts numbers that agree in nearly all digits, and what is
# left of their products is rounding. The products need twice the digits.
#
# Dekker showed how to get them with floats alone. Split each factor into an
# upper and a lower half of its bits; products of halves are exact. With
# $p = \operatorname{fl}(a b)$, the float nearest to the product, the rest
# $a b - p$ is a float too, if nothing over- or underflows [@dekker1971].
# And `math.fsum` adds floats as if there were no rounding, until the end.


# %%
def halves(a):
    """a as a sum of two floats, each of 26 bits at most."""
    wide = (2.0**27 + 1) * a
    upper = wide - (wide - a)
    return upper, a - upper


print([h.hex() for h in halves(0.1)])
print(sum(Fraction(h) for h in halves(0.1)) == Fraction(0.1))

# %% [raw] tags=["output"]
# ['0x1.9999998000000p-4', '0x1.99999a0000000p-32']
# True

# %% [markdown]
# //// exercise | The exact residual
#     name: solver-residual
#
# Write `exact_residual(A, x, b)`: each entry the float nearest to the exact
# $b_i - \sum_j A_{ij} x_j$. Compute `p = A * x` and the rests of these products,
# for the whole matrix at once:
# $((a_1 x_1 - p) + a_1 x_2 + a_2 x_1) + a_2 x_2$ with halves $a_1 + a_2$ and
# $x_1 + x_2$, in this order. Then `math.fsum` each row.


# %% tags=["starter"]
def exact_residual(A, x, b):
    p = A * x
    return np.array(
        [math.fsum([u, *-row]) for u, row in zip(b, p, strict=True)]
    )


# %% tags=["check"]
from fractions import Fraction

import numpy as np

from derivable.grading import expect_equal

chance = np.random.default_rng(2)
for what, matrix, place, side in [
    ("[[0.1]] 10 = 1", [[0.1]], [10.0], [1.0]),
    ("[[0.1, 0.2]] and more", [[0.1, 0.2], [0.3, -0.7]], [0.3, 0.7],
     [0.17, -0.4]),
    ("[[3]] (1/3) = 1", [[3.0]], [1 / 3], [1.0]),
    ("random numbers", chance.normal(size=(5, 5)), chance.normal(size=5),
     chance.normal(size=5)),
    ("a right side by rounding", (m := chance.normal(size=(5, 5))),
     (v := chance.normal(size=5)), m @ v),
]:  # fmt: skip
    matrix, place, side = map(np.asarray, (matrix, place, side))
    wanted = [
        float(
            Fraction(u)
            - sum(
                Fraction(p) * Fraction(q)
                for p, q in zip(row, place.tolist(), strict=True)
            )
        )
        for u, row in zip(side.tolist(), matrix.tolist(), strict=True)
    ]
    expect_equal(
        exact_residual(matrix, place, side).tolist(),
        wanted,
        what=f"the exact residual of {what}",
        hint="the rest of each product belongs to the sum, with a minus",
    )

# %% [markdown]
# /// hint
#
# `halves` works for arrays. The list for row $i$ is `b[i]`, then all `-p[i]`, then
# all minus rests of row $i$.
# ///
#
# /// solution


# %% tags=["solution"]
def exact_residual(A, x, b):
    p = A * x
    (a1, a2), (x1, x2) = halves(A), halves(x)
    rest = ((a1 * x1 - p) + a1 * x2 + a2 * x1) + a2 * x2
    return np.array(
        [
            math.fsum([u, *-products, *-rests])
            for u, products, rests in zip(b, p, rest, strict=True)
        ]
    )


# %% [markdown]
# ///
# ////
#
# ## Step 7. Refine, and promise again
#
# *Iterative refinement*: solve $A d = r$ with the factors that you have, add
# $d$ to $\hat x$, and repeat. Each $\hat d$ is a computed solution: it is exact
# for some $A + E$. By how much can it be wrong? $(A + E) \hat d = r$ and
# $A d = r$ give $A (\hat d - d) = -E \hat d$, so
#
# $$
# \hat d - d = -A^{-1} E \hat d
# \label{claim:solver-correction}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
# where = {r"A^{-1}": "A_inv"}
#
#
# def draw(rng):
#     A, r = rng.normal(size=(3, 3)), rng.normal(size=3)
#     E = 0.1 * rng.normal(size=(3, 3))
#     return {
#         **{"A": A, "E": E, "A_inv": np.linalg.inv(A)},
#         **{"d": np.linalg.solve(A, r), "d_hat": np.linalg.solve(A + E, r)},
#     }
# ```
# ///
#
# For elimination, $\abs{E} \le \gamma_{3n} \abs{L} \abs{U}$, where
# $\gamma_{3n} = 3nu / (1 - 3nu)$ and rows are in the order of the pivots
# [@higham2002, section 9.3]. As long as $u$ times the condition is below $1$,
# $\hat d$ has some digits right, and each turn adds as many to $\hat x$.
#
# Here is the point for your promise. The error of $\hat x$ *is* $d$. You
# computed $\hat d$, and you know by how much it can be off: by the reach of
# $g = \gamma_{3n} \abs{L} \abs{U} \abs{\hat d}$. So the new promise is
# $\abs{\hat d}$ plus that reach, and it shrinks together with $\hat d$.
#
# //// exercise | Refine
#     name: solver-refine
#
# Write `refine(A, b, factors, x, w)`: the mended $\hat x$, and the last
# $\hat d$, which is for that $\hat x$ and is *not* added any more. Go on as long
# as the largest $w_i \abs{\hat d_i}$ is at most half of the one before; the
# first is compared with infinity. Thus of two answers the better is kept.


# %% tags=["starter"]
def refine(A, b, factors, x, w):
    d = solve_with(factors, b - A @ x)
    return x + d, d


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

uses = []


class Patient(tuple):
    """Factors that count how often they are used."""

    __slots__ = ()

    def __iter__(self):
        uses.append(1)
        expect_equal(
            len(uses) < 300,
            True,
            what="that refine ends",
            hint="stop when a correction is more than half of the last",
        )
        return super().__iter__()


for order in (3, 6, 9):
    matrix = hilbert(order)
    side = ones_for(matrix)
    parts = Patient(lu(matrix))
    first = solve_with(parts, side)
    kept = first.copy()
    place, change = refine(matrix, side, parts, first, np.ones(order))
    goal = exact(matrix, side)
    expect_equal(
        off_by(place, goal) < 3 * UNIT,
        True,
        what=f"that all digits are right, for the Hilbert matrix of {order}",
        hint="use exact_residual, and repeat while it helps",
    )
    expect_close(first, kept, what="the x that was given, afterwards")
    expect_equal(
        bool(np.max(np.abs(change)) < 3 * UNIT),
        True,
        what="that the last correction is of the size of one rounding",
        hint="return the correction for the x that you return",
    )
    wanted = solve_with(parts, exact_residual(matrix, place, side))
    expect_equal(
        change.tolist(),
        wanted.tolist(),
        what="the last correction, compared with that of the x returned",
        hint="do not add the last correction",
    )
wrong = Patient(lu([[2.0, 0.0], [0.0, -1.0]]))
place, change = refine(np.eye(2), np.ones(2), wrong, np.zeros(2), np.ones(2))
expect_close(
    [*place, *change],
    [0.5, -1.0, 0.25, -2.0],
    what="x and the last correction, with useless factors",
    hint="a correction that is more than half of the last is not added, "
    "and returned",
)
place, change = refine(
    np.eye(2), np.ones(2), wrong, np.zeros(2), np.array([1.0, 0.0])
)
expect_equal(
    bool(np.abs(place[0] - 1) < 1e-12),
    True,
    what="that an unknown of weight 0 does not stop the others",
    hint="compare w |d|",
)

# %% [markdown]
# /// hint
#
# `before = np.inf`, then a loop: compute `d`; if its size is above
# `before / 2`, or is 0, return `x, d`; else add it to a *new* `x`. Where is the
# best place for the comparison, if the last `d` must not be added?
# ///
#
# /// solution


# %% tags=["solution"]
def refine(A, b, factors, x, w):
    before = np.inf
    while True:
        d = solve_with(factors, exact_residual(A, x, b))
        size = np.max(w * np.abs(d))
        if size == 0 or size > before / 2:
            return x, d
        x, before = x + d, size


# %% [markdown]
# ///
# ////


# %%
class Answer(NamedTuple):
    x: np.ndarray
    backward: float  # of the first answer: is it the solver's fault?
    condition: float  # Skeel's, at x
    bound: float  # of the error, in parts of the largest entry

    @property
    def trust(self):
        return math.floor(digits(self.bound))


def solve(A, b, keep=None):
    """Solve, refine, and promise; `keep` says which unknowns count."""
    A, b = np.asarray(A, dtype=float), np.asarray(b, dtype=float)
    factors = F, order = lu(A)
    x = solve_with(factors, b)
    keep = np.ones(len(b)) if keep is None else keep
    w = keep / np.max(keep * np.abs(x))
    backward = backward_error(A, x, b)
    x, d = refine(A, b, factors, x, w)
    L, U = np.abs(np.tril(F, -1)) + np.eye(len(b)), np.abs(np.triu(F))
    gamma = 3 * len(b) * UNIT / (1 - 3 * len(b) * UNIT)
    doubt = np.empty(len(b))
    doubt[order] = gamma * (L @ (U @ np.abs(d)))
    condition = reach(factors, np.abs(A) @ np.abs(x), w)
    bound = np.max(w * np.abs(d)) + reach(factors, doubt, w)
    sure = len(b) * UNIT * condition <= 0.1
    return Answer(x, backward, condition, bound if sure else np.inf)


after, mended = [], []
for (M, c), truth in zip(systems, truths, strict=True):
    result = solve(M, c)
    after.append(digits(result.bound))
    mended.append(digits(off_by(result.x, truth)))
after, mended = np.array(after), np.array(mended)
print("promises kept:", np.sum(mended >= after), "of", len(systems))
hard = (promised > 0) & (promised < 8)
print("those below eight digits come to fourteen:", np.all(after[hard] > 14))

# %% [raw] tags=["output"]
# promises kept: 60 of 60
# those below eight digits come to fourteen: True

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
conditions = [np.linalg.cond(M) for M, _ in systems]
ax.semilogx(conditions, right, "o", ms=4)
ax.semilogx(conditions, after, "^", ms=4, color="C1")
ax.text(3, 9.5, "right, by elimination", color="C0")
ax.text(1e6, 13.2, "promised, after refinement", color="C1")
ax.set(
    xlabel="condition number of the matrix", ylabel="digits", ylim=(-0.5, 17)
)

# %% [markdown]
# /// figure | solver-refined
#     alt: Digits against the condition number. Dots, the digits that are right by elimination, fall from fifteen to a few. Triangles, the digits promised after refinement, stay near fifteen until the condition nears one over the unit of rounding, and drop to zero there.
#
# Elimination loses digits in step with the condition; refinement brings all
# back, and can promise them, until the condition exhausts the floats.
# ///
#
# ## Step 8. Least squares, by the same solver
#
# More equations than unknowns: $A$ of shape $(m, n)$ with $m > n$. The
# [least squares](../linalg/least_squares.md#the-nearest-combination) solution
# has a residual $r = b - Ax$ at right angles to all columns, $A^\T r = 0$. The
# normal equations $A^\T A x = A^\T b$ follow, and they square the condition
# before you begin, and round on the way. But the two conditions are also one
# square system in $r$ *and* $x$, of order $m + n$, in which nothing is computed:
#
# $$
# \begin{pmatrix} I & A \\ A^\T & 0 \end{pmatrix}
# \begin{pmatrix} r \\ x \end{pmatrix}
# = \begin{pmatrix} b \\ 0 \end{pmatrix}
# $$
#
# Your solver can do it, its refinement with it (this is Björck's idea
# [@higham2002, section 20.5]), and weights $w$ that are $0$ for $r$ let its
# promise speak of $x$ alone.
#
# //// exercise | Augment
#     name: solver-augmented
#
# Write `least_squares(A, b)`: an `Answer` whose `x` has shape $(n)$, by `solve`
# with the augmented system.


# %% tags=["starter"]
def least_squares(A, b):
    return solve(A.T @ A, A.T @ b)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

chance = np.random.default_rng(9)
table, heights = chance.normal(size=(7, 3)), 1e3 * chance.normal(size=7)
fitted = least_squares(table, heights)
expect_close(
    fitted.x,
    np.linalg.lstsq(table, heights)[0],
    what="the solution for a random table of shape (7, 3)",
    hint="the unknowns are r, then x: return the last n",
)
expect_equal(
    fitted.trust >= 14,
    True,
    what="that it is trusted to 14 digits",
    hint="keep has m zeros, then n ones",
)
large = 1e6 * table
both = np.block([[np.eye(7), large], [large.T, np.zeros((3, 3))]])
all_ten = np.abs(np.linalg.solve(both, np.append(heights, np.zeros(3))))
moves = (np.abs(np.linalg.inv(both)) @ np.abs(both) @ all_ten)[7:]
wanted = np.max(moves) / np.max(all_ten[7:])
expect_equal(
    bool(wanted / 3 < least_squares(large, heights).condition < 1.01 * wanted),
    True,
    what="that the condition is that of x, and not of r and x together",
    hint="keep has m zeros, then n ones",
)
steep = np.vander(np.linspace(1, 2, 10), 8)
heights = steep @ np.ones(8) + np.where(np.arange(10) % 2, 1e3, -1e3)
fractions = [[Fraction(v) for v in row] for row in steep.tolist()]
gram = [
    [sum(u[i] * u[j] for u in fractions) for j in range(8)] for i in range(8)
]
sides = [
    sum(u[i] * Fraction(h) for u, h in zip(fractions, heights, strict=True))
    for i in range(8)
]
goal = exact(np.array(gram, dtype=object), np.array(sides, dtype=object))
fitted = least_squares(steep, heights)
expect_equal(
    off_by(fitted.x, goal) < 1e-12,
    True,
    what="that for powers up to 7 twelve digits are right",
    hint="the system of order m + n, not the normal equations",
)
expect_equal(
    fitted.trust >= 12,
    True,
    what="that the answer for powers up to 7 is trusted to 12 digits",
    hint="the system of order m + n, not the normal equations",
)

# %% [markdown]
# /// hint
#
# `np.block([[np.eye(m), A], [A.T, np.zeros((n, n))]])`, and the right side has
# $n$ zeros below $b$. `Answer` has the method `_replace(x=…)`.
# ///
#
# /// solution


# %% tags=["solution"]
def least_squares(A, b):
    m, n = A.shape
    whole = np.block([[np.eye(m), A], [A.T, np.zeros((n, n))]])
    keep = np.repeat([0.0, 1.0], [m, n])
    result = solve(whole, np.append(b, np.zeros(n)), keep)
    return result._replace(x=result.x[m:])


# %% [markdown]
# ///
# ////
#
# A trap of everyday work: a parabola through two decades, with the years
# themselves as numbers. The columns $1$, $t$ and $t^2$ are then nearly parallel.
# The judge solves the normal equations, in fractions, where they lose nothing.

# %%
X = np.vander(np.arange(1990.0, 2011.0), 3, increasing=True)
y = X.sum(axis=1) + np.where(np.arange(21) % 2, 1.0, -1.0)


def exact_least_squares(X, y):
    rows = [[*map(Fraction, row)] for row in X.tolist()]
    n = len(rows[0])
    G = [[sum(u[i] * u[j] for u in rows) for j in range(n)] for i in range(n)]
    pairs = list(zip(rows, map(Fraction, y.tolist()), strict=True))
    c = [sum(u[i] * v for u, v in pairs) for i in range(n)]
    return exact(np.array(G, dtype=object), np.array(c, dtype=object))


truth = exact_least_squares(X, y)
result = least_squares(X, y)
normal = np.linalg.solve(X.T @ X, X.T @ y)
by_qr = np.linalg.lstsq(X, y)[0]
for name, found in [
    ("normal equations", normal),
    ("NumPy's lstsq", by_qr),
    ("yours", result.x),
]:
    print(f"{name:16} {digits(off_by(found, truth)):4.1f} digits right")
print("promise of 13 digits or more:", result.trust >= 13)

# %% [raw] tags=["output"] atol="2" because="an error of rounding alone is known up to its order of magnitude"
# normal equations  3.1 digits right
# NumPy's lstsq     8.8 digits right
# yours            15.0 digits right
# promise of 13 digits or more: True

# %% [markdown]
# Now the second question of step 1: what are the data worth? Suppose that each
# stored number is off by a part $\delta$ of itself. In the same way as for
# $\omega$ in step 3, the answer then moves, to first order, by at most
# $\delta \abs{A^{-1}} (\abs{A} \abs{x} + \abs{b})$, and as
# $\abs{b} \le \abs{A} \abs{x}$, by at most $2 \delta$ times Skeel's number. In
# the Hilbert matrix $\delta$ is one rounding, $u$, and in its right side two, as
# that is a rounded sum of rounded numbers: together $3u$. And the answer that
# was meant is known.

# %%
H = hilbert(8)
result = solve(H, ones_for(H))
ones = [Fraction(1)] * 8
worth = 3 * UNIT * result.condition
print("trusted digits of the stored system:", result.trust)
print(f"digits that the data are worth: {digits(worth):.1f}")
print(
    "the answer that was meant is within that:", off_by(result.x, ones) < worth
)

# %% [raw] tags=["output"]
# trusted digits of the stored system: 15
# digits that the data are worth: 5.4
# the answer that was meant is within that: True

# %% [markdown]
# Fifteen digits of the answer to the stored question, and far fewer of the one
# that was meant. No solver can mend that: those digits were lost when the
# fractions were stored. An honest report gives both.
#
# ## The whole of it


# %%
def report(name, A, b, delta=UNIT):
    """Solve, and say what the answer is worth."""
    try:
        result = solve(A, b)
    except ValueError as error:
        print(f"{name:10}", error)
        return
    meant = math.floor(digits(2 * delta * result.condition))
    if result.trust == 0:
        print(f"{name:10} do not trust any digit")
    else:
        print(f"{name:10} trust {result.trust} digits", end="")
        print(f", {meant} if data are good to {delta:.0e}")


rng = np.random.default_rng(10)
A = rng.normal(size=(20, 20))
b = rng.normal(size=20)
report("random", A, b, 1e-6)
report("rows", 10.0 ** rng.uniform(-9, 9, (20, 1)) * A, ones_for(A), 1e-6)
report("hilbert 5", hilbert(5), ones_for(hilbert(5)), 1e-10)
report("hilbert 14", hilbert(14), ones_for(hilbert(14)))
report("singular", np.ones((3, 3)), np.ones(3))

# %% [raw] tags=["output"]
# random     trust 15 digits, 4 if data are good to 1e-06
# rows       trust 15 digits, 3 if data are good to 1e-06
# hilbert 5  trust 15 digits, 4 if data are good to 1e-10
# hilbert 14 do not trust any digit
# singular   A must be invertible, no pivot in column 1

# %% [markdown]
# ## Against the library
#
# LAPACK, the library below NumPy and SciPy, has had such reports for decades;
# only, the convenient functions do not show them. `dgesvx` gives a forward and
# a backward error, with refinement by an ordinary residual: its promise is the
# one of your step 5.

# %%
from scipy.linalg.lapack import dgecon, dgesvx, dgetrf

theirs, kept, ratios = [], 0, []
for (M, c), truth in zip(systems, truths, strict=True):
    *_, x_theirs, _, ferr, berr, _ = dgesvx(M, c)
    error = off_by(np.ravel(x_theirs), truth)
    kept += error <= ferr[0] or ferr[0] >= 1
    assert backward_error(M, np.ravel(x_theirs), c) < 20 * UNIT
    assert berr[0] < 20 * UNIT
    theirs.append(digits(ferr[0]))
    factors = lu(M)
    bound = error_bound(M, c, factors, solve_with(factors, c))
    if np.isfinite(bound):
        ratios.append(bound / ferr[0])
print("LAPACK keeps", kept, "of", len(systems))
print("our step 5 is within ten times of it:", end=" ")
print(0.1 < np.median(ratios) < 10)
print(
    "step 7 promises more, on the average:", after.mean() > 3 + np.mean(theirs)
)

# %% [raw] tags=["output"]
# LAPACK keeps 60 of 60
# our step 5 is within ten times of it: True
# step 7 promises more, on the average: True

# %% [markdown]
# Its `dgecon` climbs as your `reach` does, for the ordinary condition in
# column sums: with $g = w = 1$ for $A^\T$ in place of $A$ you get the same number,
# up to the places where one climber stops below the other. The exact one is
# the witness.

# %%
rng = np.random.default_rng(12)
close = 0
for _ in range(100):
    M = rng.normal(size=(10, 10))
    size = np.linalg.norm(M, 1)
    mine = size * reach(lu(M.T), np.ones(10), np.ones(10))
    lapack = 1 / dgecon(dgetrf(M)[0], size)[0]
    top = size * np.linalg.norm(np.linalg.inv(M), 1)
    assert max(mine, lapack) <= top * (1 + 1e-9)
    close += mine > top * (1 - 1e-9)
print("at the top, more than 80 of 100:", close > 80)

# %% [raw] tags=["output"]
# at the top, more than 80 of 100: True

# %% [markdown]
# And *mpmath* solves with as many digits as you like: your answers, rounded
# once, agree with its fifty digits, and your judge with both.

# %%
import mpmath

with mpmath.workdps(50):
    for n in (5, 8):
        H = hilbert(n)
        wide = mpmath.lu_solve(
            mpmath.matrix(H.tolist()), mpmath.matrix(ones_for(H).tolist())
        )
        truth = exact(H, ones_for(H))
        for mine, theirs_x, judge in zip(
            solve(H, ones_for(H)).x, wide, truth, strict=True
        ):
            fraction = mpmath.mpf(judge.numerator) / judge.denominator
            assert abs(theirs_x - fraction) < mpmath.mpf(10) ** -35
            assert abs(mine - fraction) < 4 * UNIT * max(map(abs, wide))
print("agrees with fifty digits")

# %% [raw] tags=["output"]
# agrees with fifty digits

# %% [markdown]
# What do the libraries have that yours has not? Blocks that fit a cache, which
# makes them faster by orders of magnitude; scaling of rows and columns before the
# pivots are chosen; and, in LAPACK's `dgesvxx`, refinement with a doubled
# residual, as in your step 7.
#
# ## Go further
#
# 1. **Each entry for itself.** The largest entry sets the scale of your
#    promise. Give `reach` a weight $1/\abs{\hat x_i}$ for one unknown at a time, and
#    report digits for each. How many solutions does it cost, and where do
#    small entries have fewer digits than large ones?
# 2. **Scale first.** Take a system with the rows $(1, g)$ and $(1, 1)$, for a huge
#    $g$. Which pivot is chosen? Bring rows to one size by powers of two
#    before `lu`, and look at the promise before and after.
# 3. **A proof.** `reach` may stop below the top. Bound the reach from above
#    instead: with a computed inverse $C$ and $\norm{I - CA}_\infty < 1$, prove a
#    bound of $\abs{A^{-1}} g$, with intervals as in
#    [the grapher](grapher.md), and count how often your cheap promise was
#    right.
# 4. **Cheap factors.** Factor in `float32`, refine in `float64`. Up to which
#    condition do you still get fifteen digits, and what did you save?
