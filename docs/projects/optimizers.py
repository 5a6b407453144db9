# ---
# title: An optimizer laboratory
# description: Write four optimizers, tune each on the same budget, race them on four problems, and explain the winners by curvature and noise.
# builds: update
# minutes: 120
# ---

# %% [markdown]
# # An optimizer laboratory
#
# Which optimizer is best? Ask three people and you hear three names, each with
# a picture. A picture of one run proves little: whoever tuned longer wins. In
# this project you build a laboratory that answers the question fairly. You
# write the rules, predict how fast they are, give each the same number of
# tries, race them on problems that they were not tuned on, and then find out
# *why* the winner won.
#
# ## What you will have at the end
#
# Paths, predictions and tables. Here are three of the book's rules in a narrow
# bowl, each tuned by the book's `tune`, which tries a grid of rates.

# %%
import matplotlib.pyplot as plt
import numpy as np

import derivable.optimization as book

c, s = np.cos(0.5), np.sin(0.5)
turn = np.array([[c, -s], [s, c]])
narrow = book.quadratic(turn * [1.0, 30.0] @ turn.T)
begin = np.array([-1.9, -0.6])
paths = {}
for name, rule in {
    "descent": book.gradient_descent,
    "momentum": lambda rate: book.momentum(rate, beta=0.5),
    "Adam": lambda rate: book.adam(rate, beta2=0.9),
}.items():

    def run(rate, seed, rule=rule):
        return book.minimize(narrow, begin, rule(rate), num_steps=30)

    paths[name] = book.tune(run, np.geomspace(0.001, 1, 31)).paths[0]
    print(f"{name:9} after 30 steps {paths[name].f[-1]:.0e}")

# %% [raw] tags=["output"]
# descent   after 30 steps 4e-02
# momentum  after 30 steps 2e-06
# Adam      after 30 steps 4e-03

# %% tags=["picture"]
u, v = np.meshgrid(np.linspace(-2.2, 0.8, 121), np.linspace(-1.6, 0.6, 101))
grid = np.stack([u.ravel(), v.ravel()])
level = 0.5 * np.sum(grid * (narrow.hessian(begin) @ grid), axis=0)

fig, ax = plt.subplots(figsize=(6.0, 4.4))
levels = np.geomspace(0.01, 20, 9)
ax.contour(
    u, v, level.reshape(u.shape), levels=levels, colors="C7", linewidths=0.6
)
for color, mark, (name, path) in zip(
    ["C0", "C1", "C2"], "osv", paths.items(), strict=True
):
    ax.plot(
        *path.x.T, "-", marker=mark, color=color, ms=3.5, lw=1.2, label=name
    )
ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal", xlim=(-2.2, 0.8))
ax.set_ylim(-1.6, 0.6)
ax.legend(loc="lower right")

# %% [markdown]
# /// figure | optimizers-paths
#     alt: A long, narrow bowl, turned, by its level lines, with three paths from one start. Descent jumps from side to side across the bowl and creeps along it. Momentum jumps less and goes along the bowl. Adam takes a curved way into the bowl and along it.
#
# Three rules take three ways through the same bowl.
# ///
#
# You stand on [first-order](../optimization/first_order.md) and
# [adaptive methods](../optimization/adaptive.md), on
# [landscapes](../optimization/landscapes.md) and
# [second-order methods](../optimization/second_order.md) for curvature, and on
# [eigenvalues](../linalg/decompositions.md).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. A rule with a memory
#
# An optimizer is a rule that turns gradients into moves. Some remember. So let
# `rule(…)` make a *new* function `step(g)`, which gives the move for a gradient
# `g` and keeps its memory to itself. The two that need least:


# %%
def descent(rate):
    def step(g):
        return -rate * g

    return step


def nesterov(rate, beta):
    v = 0.0

    def step(g):
        nonlocal v
        v = beta * v + g
        return -rate * (g + beta * v)

    return step


# %% [markdown]
# Momentum, the heavy ball [@polyak1964], keeps a velocity $v$, from 0 on, and
# moves along it:
# $v \leftarrow \beta v + g$, then $x \leftarrow x - \alpha v$. Nesterov's rule,
# as above, looks one velocity ahead
# ([derived here](../optimization/first_order.md#nesterov-look-first-and-a-proof)).
#
# //// exercise | The heavy ball
#     name: optimizers-momentum
#
# Write `momentum(rate, beta)`. Gradients may be numbers or arrays of any shape;
# the array that comes in stays as it is. Each call of `momentum` makes a rule
# with a memory of its own.


# %% tags=["starter"]
def momentum(rate, beta):
    v = 0.0

    def step(g):
        return -rate * (beta * v + g)  # and the next time?

    return step


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

one, two = momentum(0.1, 0.5), momentum(0.1, 0.5)
slope = np.array([1.0, -2.0])
expect_close(one(slope), [-0.1, 0.2], what="the first move for g = (1, -2)")
expect_close(slope, [1.0, -2.0], what="the gradient, after the call: it")
expect_close(
    one(np.zeros(2)),
    [-0.05, 0.1],
    what="the second move, for g = 0, with beta = 0.5",
    hint="half of the velocity is left",
)
expect_close(
    one(slope),
    [-0.125, 0.25],
    what="the third move, for g = (1, -2) again",
    hint="v = beta v + g, a sum and no average",
)
expect_close(two(3.0), -0.3, what="the first move of another rule")

# %% [markdown]
# /// hint
#
# `nonlocal v` lets `step` change the `v` of the function around it. Write
# `v = beta * v + g`, which makes a new array.
# ///
#
# /// solution


# %% tags=["solution"]
def momentum(rate, beta):
    v = 0.0

    def step(g):
        nonlocal v
        v = beta * v + g
        return -rate * v

    return step


# %% [markdown]
# ///
# ////
#
# ## Step 2. A rate for every coordinate
#
# Adam [@kingma2015] keeps two running means, from 0 on, entry by entry:
# $m \leftarrow \beta_1 m + (1 - \beta_1) g$ and
# $v \leftarrow \beta_2 v + (1 - \beta_2) g^2$. It moves by $m$ over the root of
# $v$, so the size of the gradient cancels. But both begin at zero, and so are
# too small at first. By how much? If every $g$ is the same, then after $t$
# steps $m = (1 - \beta_1) (1 + \beta_1 + \dots + \beta_1^{t-1}) \, g$, and with
# the sum of a geometric series
#
# $$
# (1 - \beta) \sum_{i=0}^{t-1} \beta^i = 1 - \beta^t
# \label{claim:optimizers-mean}
# $$
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     return {"beta": rng.uniform(0.1, 0.95), "t": int(rng.integers(1, 9))}
# ```
# ///
#
# So divide $m$ by $1 - \beta_1^t$, and $v$ by $1 - \beta_2^t$. The move is
#
# $$
# -\alpha \, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}
# $$
#
# where $t$ counts steps from 1 and a tiny $\varepsilon$ keeps the division
# finite.
#
# //// exercise | Adam
#     name: optimizers-adam
#
# Write `adam(rate, beta1, beta2, eps=1e-8)` in the same manner.


# %% tags=["starter"]
def adam(rate, beta1, beta2, eps=1e-8):
    m = v = 0.0

    def step(g):
        nonlocal m, v
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        return -rate * m / np.sqrt(v + eps)

    return step


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

one, two = adam(0.1, 0.9, 0.99), adam(0.1, 0.9, 0.99)
expect_close(
    one(np.array([3.0, -0.01])),
    [-0.1, 0.1],
    what="the first move for g = (3, -0.01), rate 0.1",
    rtol=1e-5,
    hint="both means are corrected, with t = 1; all sizes cancel",
)
dice = np.random.default_rng(1)
slopes = dice.normal(size=(6, 3))
for g in slopes:
    move = two(g)
recent = 0.9 ** np.arange(6)[::-1]
squares = 0.99 ** np.arange(6)[::-1]
mean = recent @ slopes / recent.sum()
power = squares @ slopes**2 / squares.sum()
expect_close(
    move,
    -0.1 * mean / (np.sqrt(power) + 1e-8),
    what="the sixth move, for six random gradients",
    hint="means with weights beta^0, beta^1, … backwards, over their sum",
)
expect_close(
    adam(0.1, 0.9, 0.99, eps=1.0)(np.array([1.0, 3.0])),
    [-0.05, -0.075],
    what="the first move for g = (1, 3) with eps = 1",
    hint="eps is added to the root, not under it",
)
still = adam(0.1, 0.9, 0.99)(np.zeros(2))
expect_close(still, [0.0, 0.0], what="the first move for g = 0")

# %% [markdown]
# /// hint
#
# Count: `t += 1` before anything else, with `t` among the `nonlocal` names.
# ///
#
# /// solution


# %% tags=["solution"]
def adam(rate, beta1, beta2, eps=1e-8):
    m = v = 0.0
    t = 0

    def step(g):
        nonlocal m, v, t
        t += 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        root = np.sqrt(v / (1 - beta2**t))
        return -rate * (m / (1 - beta1**t)) / (root + eps)

    return step


# %% [markdown]
# ///
# ////
#
# ## Step 3. Predict, then measure
#
# On a quadratic $f(x) = \frac12 (x - x^*)^\T A (x - x^*)$ everything can be
# known beforehand. Let $A$, of shape $(n, n)$, be symmetric with eigenvalues
# from $\mu > 0$ to $L$, and $\kappa = L / \mu$ its condition number. The
# gradient is $A e$ with the error $e = x - x^*$. Along an eigenvector with
# the eigenvalue $\lambda$ descent multiplies the error by $1 - \alpha \lambda$.
# The slowest direction counts. It is that of $\mu$ or of $L$, since
# $\abs{1 - \alpha \lambda}$ is convex in $\lambda$:
#
# $$
# \max(\abs{1 - \alpha \mu}, \abs{1 - \alpha L}) \ge \frac{\kappa - 1}{\kappa + 1}
# \label{claim:optimizers-descent}
# $$
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     mu = rng.uniform(0.1, 2.0)
#     L = mu * rng.uniform(1.5, 9.0)
#     alpha = 2 / (L + mu)
#     if rng.random() < 0.5:
#         alpha = alpha * rng.uniform(0.3, 2.0)
#     return {"mu": mu, "L": L, "kappa": L / mu, "alpha": alpha}
# ```
# ///
#
# with equality at $\alpha = 2 / (L + \mu)$, where both sides of the maximum
# are equal: a larger rate makes the second larger, a smaller one the first.
#
# Momentum needs two errors. From $x_{t+1} = x_t - \alpha v_t$ and
# $v_t = \beta v_{t-1} + \lambda e_t$ follows, since
# $\alpha v_{t-1} = e_{t-1} - e_t$,
#
# $$
# e_{t+1} = (1 + \beta - \alpha \lambda) \, e_t - \beta \, e_{t-1} .
# $$
#
# Its solutions are combinations of $r^t$ for the two roots $r$ of
# $r^2 - (1 + \beta - \alpha \lambda) r + \beta = 0$, that is, for the two
# eigenvalues of
#
# $$
# M = \begin{pmatrix} 1 + \beta - \alpha \lambda & -\beta \\ 1 & 0 \end{pmatrix} .
# $$
#
# The product of the roots is $\beta$. If they are no real numbers, they are
# conjugates of equal size, so with $\rho(M)$ for the largest size
#
# $$
# \rho(M) = \sqrt{\beta}
# \label{claim:optimizers-ball}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
# where = {r"\rho(M)": "radius"}
#
#
# def draw(rng):
#     beta, place = rng.uniform(0.05, 0.95, size=2)
#     low, high = (1 - np.sqrt(beta)) ** 2, (1 + np.sqrt(beta)) ** 2
#     b = 1 + beta - (low + place * (high - low))
#     M = np.array([[b, -beta], [1.0, 0.0]])
#     return {"beta": beta, "radius": np.abs(np.linalg.eigvals(M)).max()}
# ```
# ///
#
# They are not real where the square of $1 + \beta - \alpha \lambda$ is below
# $4 \beta$, that is for
# $(1 - \sqrt \beta)^2 < \alpha \lambda < (1 + \sqrt \beta)^2$.
# A small $\beta$ is fast, but the condition has to hold from $\mu$ to $L$. The
# smallest $\beta$ that can do that puts both at the ends:
# $\alpha \mu = (1 - \sqrt \beta)^2$ and $\alpha L = (1 + \sqrt \beta)^2$. Divide,
# and solve: $\sqrt \beta = (\sqrt \kappa - 1) / (\sqrt \kappa + 1)$, with
# $\alpha = 4 / (\sqrt L + \sqrt \mu)^2$. It is the factor of descent with
# $\sqrt \kappa$ in the place of $\kappa$.
#
# //// exercise | The factor
#     name: optimizers-factor
#
# Write `factor(lam, rate, beta)`: the factor by which the error of momentum
# shrinks or grows per step in the long run, that is, the largest $\rho(M)$ over
# all eigenvalues in `lam`, shape $(n)$. It is right for all rates, also where
# the roots are real, and for $\beta = 0$, which is descent.


# %% tags=["starter"]
def factor(lam, rate, beta):
    return np.sqrt(beta)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

several = np.array([1.0, 3.0, 10.0])
expect_close(
    factor(several, 0.05, 0.0),
    0.95,
    what="the factor of descent, rate 0.05, eigenvalues 1, 3, 10",
    hint="the slowest direction counts, |1 - 0.05 * 1|",
)
expect_close(
    factor(several, 0.25, 0.0),
    1.5,
    what="that with rate 0.25, which diverges",
    hint="sizes: 1 - 0.25 * 10 is negative",
)
expect_close(
    factor(np.array([1.0]), 0.5, 0.64),
    0.8,
    what="the factor for eigenvalue 1, rate 0.5, beta 0.64",
    hint="complex roots: their size is the root of beta",
)
for rate, beta in [(0.01, 0.5), (0.1, 0.9), (0.38, 0.9), (0.36, 0.7)]:
    errors = [np.ones(3), np.ones(3)]
    for _ in range(400):
        next_one = (1 + beta - rate * several) * errors[-1] - beta * errors[-2]
        errors.append(next_one)
    size = np.linalg.norm(errors[201:], axis=1)
    slope = (np.log(size[-20:].max()) - np.log(size[:20].max())) / 180
    expect_close(
        np.log(factor(several, rate, beta)),
        slope,
        what=f"the logarithm of the factor, rate {rate}, beta {beta}",
        rtol=0.05,
        atol=2e-3,
        hint="the larger root of each eigenvalue, the largest of all",
    )

# %% [markdown]
# /// hint
#
# With `b = 1 + beta - rate * lam`, the roots are `b / 2` plus and minus the
# root of `b**2 / 4 - beta`. Add `0j` below the root, and take `np.abs`.
# ///
#
# /// solution


# %% tags=["solution"]
def factor(lam, rate, beta):
    half = (1 + beta - rate * lam) / 2
    root = np.sqrt(half**2 - beta + 0j)
    return np.max(np.abs([half + root, half - root]))


# %% [markdown]
# ///
# ////
#
# Now measure. A run goes from many starts at once, one a row of `x`; the rules
# work entry by entry, so they do not notice. `gap` says how far each row is
# above the minimum.

# %%
from collections.abc import Callable
from typing import NamedTuple


class Problem(NamedTuple):
    gap: Callable
    gradient: Callable
    start: Callable
    steps: int


def bowl(A, steps=150, noise=0.0):
    """Half of e' A e around (1, …, 1), from starts that are normal."""

    def gap(x):
        return 0.5 * np.sum((x - 1) @ A * (x - 1), axis=1)

    def gradient(x, rng):
        g = (x - 1) @ A
        return g + noise * rng.normal(size=x.shape) if noise else g

    def start(rng, m):
        return 1 + rng.normal(size=(m, len(A)))

    return Problem(gap, gradient, start, steps)


def race(problem, step, seed, m=5):
    """Gaps before and after each step, shape (steps + 1, m)."""
    rng = np.random.default_rng(seed)
    x = problem.start(rng, m)
    gaps = [problem.gap(x)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(problem.steps):
            x = x + step(problem.gradient(x, rng))
            gaps.append(problem.gap(x))
    return np.array(gaps)


def best_knobs(lam):
    """The best rate of descent, and rate and memory of momentum."""
    low, high = np.sqrt(lam.min()), np.sqrt(lam.max())
    beta = ((high - low) / (high + low)) ** 2
    return 2 / (low**2 + high**2), (4 / (low + high) ** 2, beta)


kappas = np.array([10.0, 30.0, 100.0, 300.0, 1000.0])
told, seen = {"descent": [], "momentum": []}, {"descent": [], "momentum": []}
for kappa in kappas:
    lam = np.geomspace(1, kappa, 10)
    slow, (rate, beta) = best_knobs(lam)
    for name, step, q in [
        ("descent", descent(slow), factor(lam, slow, 0.0)),
        ("momentum", momentum(rate, beta), factor(lam, rate, beta)),
    ]:
        steps = np.log(1e-9) / (2 * np.log(q))
        gaps = race(bowl(np.diag(lam), int(2 * steps)), step, seed=0)
        within = gaps.max(axis=1) < 1e-9 * gaps[0].max()
        told[name].append(round(steps))
        seen[name].append(int(np.argmax(within)))
for name, steps in seen.items():
    power = np.polyfit(np.log(kappas), np.log(steps), 1)[0]
    print(f"{name:8} told {told[name]}")
    print(f"         seen {steps}, like kappa to the power {power:.1f}")

# %% [raw] tags=["output"]
# descent  told [52, 155, 518, 1554, 5181]
#          seen [49, 148, 495, 1496, 5017], like kappa to the power 1.0
# momentum told [16, 28, 52, 90, 164]
#          seen [21, 38, 74, 135, 257], like kappa to the power 0.5

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.4))
for color, name in [("C0", "descent"), ("C1", "momentum")]:
    ax.loglog(kappas, told[name], "--", color=color, lw=1)
    ax.loglog(kappas, seen[name], "o", color=color, ms=5, label=name)
ax.set(xlabel=r"condition number $\kappa$", ylabel="steps to a billionth")
ax.legend()

# %% [markdown]
# /// figure | optimizers-condition
#     alt: Steps over the condition number, both logarithmic. The points of descent lie on a dashed line that rises as steeply as the condition number itself; those of momentum lie near a line that rises half as steeply, and are far below.
#
# Predicted (dashed) and measured: descent needs steps like the condition
# number, momentum like its root.
# ///
#
# The prediction is about the long run. Momentum takes a little longer than it
# says: at both ends of the spectrum the two roots are equal, and then the
# error goes like $t \beta^{t/2}$.
#
# ## Step 4. Tune, and be fair about it
#
# Nobody knows $\mu$ and $L$ in practice, so knobs are found by trying. A fair
# trial has rules. Each optimizer gets the *same number of tries*, however many
# knobs it has. Each try has the same number of gradients, from the same
# starts. The score is the *median* over the starts: the best start is luck, and a
# single divergent one makes the mean infinite. And what was tuned on some starts
# is judged on others.
#
# A trap lies in wait. A run that diverges ends as infinity or as NaN, and
# `np.argmin` of a list with a NaN gives *the NaN*.
#
# //// exercise | A fair tuner
#     name: optimizers-tune
#
# Write `tune(score, candidates)`. `score(knobs)` gives the final gaps, one for
# each start; infinite or NaN where a run diverged. Both count as infinite.
# Give the candidate with the lowest median; of equal ones the first. If all
# medians are infinite, raise a `ValueError`. Call `score` once for each
# candidate, since every call costs.


# %% tags=["starter"]
def tune(score, candidates):
    return min(candidates, key=lambda knobs: np.min(score(knobs)))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_equal, expect_raises

table = {
    "lucky": [0.0, 9.0, 9.0],
    "steady": [2.0, 2.0, 2.5],
    "mixed": [1.0, 1.0, np.inf],
    "wild": [0.1, np.nan, np.nan],
    "even": [1.0, 1.0, 1.0],
}
calls = []


def score_of(knobs):
    calls.append(knobs)
    return np.array(table[knobs])


expect_equal(
    tune(score_of, ["lucky", "steady"]),
    "steady",
    what="the better of (0, 9, 9) and (2, 2, 2.5)",
    hint="the median: one lucky start decides nothing",
)
expect_equal(
    tune(score_of, ["steady", "mixed"]),
    "mixed",
    what="the better of (2, 2, 2.5) and (1, 1, inf)",
    hint="the median: one divergent start decides nothing",
)
expect_equal(
    tune(score_of, ["wild", "steady"]),
    "steady",
    what="the better of (0.1, nan, nan) and (2, 2, 2.5)",
    hint="make NaN infinite first; no median may leave it out",
)
expect_equal(
    tune(score_of, ["mixed", "even"]), "mixed", what="the first of two equals"
)
calls.clear()
tune(score_of, ["steady", "even", "lucky"])
expect_equal(
    sorted(calls),
    ["even", "lucky", "steady"],
    what="the calls of score for three candidates",
)
expect_raises(
    ValueError, tune, score_of, ["wild"], what="tune, if all runs diverge"
)

# %% [markdown]
# /// hint
#
# `np.where(np.isnan(ends), np.inf, ends)`, then `np.median`, in a list; then
# `np.argmin` of the list.
# ///
#
# /// solution


# %% tags=["solution"]
def tune(score, candidates):
    medians = []
    for knobs in candidates:
        ends = np.asarray(score(knobs))
        medians.append(np.median(np.where(np.isnan(ends), np.inf, ends)))
    if np.min(medians) == np.inf:
        raise ValueError("all candidates diverged")
    return candidates[int(np.argmin(medians))]


# %% [markdown]
# ///
# ////
#
# Every rule now gets twenty-four tries on a coarse grid and six more around the
# best of them. Descent has one knob, and can afford a finer grid; that is what
# a second knob costs. Gaps below a trillionth count as a trillionth, since
# there rounding decides.


# %%
def ends_of(problem, make, knobs, seed, m=5):
    ends = race(problem, make(*knobs), seed, m)[-1]
    return np.maximum(ends, 1e-12)


def laboratory(problem, make, memories, tries=24):
    """Knobs after these tries on seed 0, and six more around the best."""

    def score(knobs):
        return ends_of(problem, make, knobs, seed=0)

    rates = np.geomspace(1e-5, 30, tries // len(memories))
    coarse = [(rate, *memory) for memory in memories for rate in rates]
    rate, *memory = tune(score, coarse)
    ratio = rates[1] / rates[0]
    powers = np.array([0.0, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75])
    fine = [(rate * ratio**power, *memory) for power in powers]
    return tune(score, fine)


memories = {
    "descent": (descent, [()]),
    "momentum": (momentum, [(0.7,), (0.95,)]),
    "Nesterov": (nesterov, [(0.7,), (0.95,)]),
    "Adam": (adam, [(0.9, 0.99), (0.9, 0.999)]),
}
lam = np.geomspace(1, 1000, 10)
found = laboratory(bowl(np.diag(lam)), *memories["descent"])[0]
print(f"descent: tuned {found:.3f}, by theory {best_knobs(lam)[0]:.3f}")

# %% [raw] tags=["output"]
# descent: tuned 0.002, by theory 0.002

# %% [markdown]
# ## Step 5. The race
#
# Four problems, each of another kind. A bowl whose axes are the coordinate axes,
# with $\kappa = 1000${ .claim of="lam.max() / lam.min()" }. The same bowl, turned at random.
# Rosenbrock's valley, narrow, curved, and not convex. And a logistic regression
# on real tumours [@street1993], with a ridge
# ([the loss](../learning/classification.md)). Some tumours are kept away from
# it, for a last question.

# %%
from sklearn.datasets import load_breast_cancer

from derivable.optimization import newton_minimize

dice = np.random.default_rng(1)
Q = np.linalg.qr(dice.normal(size=(10, 10)))[0]
aligned, turned = np.diag(lam), Q * lam @ Q.T
turned = (turned + turned.T) / 2


def valley_gap(x):
    a, b = x.T
    return 100 * (b - a**2) ** 2 + (1 - a) ** 2


def valley_gradient(x, rng):
    a, b = x.T
    r = b - a**2
    return np.stack([-400 * a * r - 2 * (1 - a), 200 * r], axis=1)


def valley_start(rng, m):
    return [-1.2, 1.0] + 0.1 * rng.normal(size=(m, 2))


data = load_breast_cancer()
order = dice.permutation(len(data.target))
kept, held = order[:200], order[200:]
z = (data.data - data.data[kept].mean(axis=0)) / data.data[kept].std(axis=0)
features, labels = np.c_[np.ones(len(z)), z], 1.0 - data.target
X, y, ridge = features[kept], labels[kept], 0.01


def tumour_loss(w):
    scores = w @ X.T
    loss = np.logaddexp(0.0, scores) - y * scores
    return loss.mean(axis=-1) + ridge / 2 * np.sum(w**2, axis=-1)


def tumour_gradient(w, rng=None):
    p = (1 + np.tanh(w @ X.T / 2)) / 2
    return (p - y) @ X / len(y) + ridge * w


def tumour_hessian(w):
    p = (1 + np.tanh(X @ w / 2)) / 2
    return X.T * (p * (1 - p)) @ X / len(y) + ridge * np.eye(31)


tumours = book.Problem(tumour_loss, tumour_gradient, tumour_hessian)
w_star = newton_minimize(tumours, np.zeros(31), tol=1e-10).x[-1]
lowest = tumour_loss(w_star)
problems = {
    "aligned": bowl(aligned),
    "turned": bowl(turned),
    "valley": Problem(valley_gap, valley_gradient, valley_start, 150),
    "tumours": Problem(
        lambda w: tumour_loss(w) - lowest,
        tumour_gradient,
        lambda rng, m: 0.3 * rng.normal(size=(m, 31)),
        40,
    ),
}


def contest(name, entrants, tries=24):
    """Tune on seed 0, judge on nine starts of seed 1; logarithms of gaps."""
    knobs, results = {}, {}
    for rule, (make, choices) in entrants.items():
        knobs[rule] = laboratory(problems[name], make, choices, tries)
        ends = ends_of(problems[name], make, knobs[rule], seed=1, m=9)
        ends = np.log10(np.where(np.isnan(ends), np.inf, ends))
        results[rule] = np.median(ends), np.max(ends)
    return knobs, results


print(" " * 8, *(f"{rule:>14}" for rule in memories))
knobs, results = {}, {}
for name in problems:
    knobs[name], results[name] = contest(name, memories)
    cells = (f"{a:6.1f} {b:6.1f}" for a, b in results[name].values())
    print(f"{name:8}", *(f"{cell:>14}" for cell in cells))

# %% [raw] tags=["output"] atol="0.11" because="the last digit shown may round either way"
#                 descent       momentum       Nesterov           Adam
# aligned     -0.4    0.3    -2.5   -1.0    -2.9   -2.3    -4.9   -3.8
# turned      -0.4    0.3    -1.9   -1.3    -3.3   -2.4    -2.5   -1.6
# valley      -0.2    inf    -1.6   -1.0    -3.9   -2.0    -2.1   -1.8
# tumours     -5.1   -4.9    -5.3   -5.0    -7.2   -6.9    -2.1   -1.6

# %% [markdown]
# Each pair is the median and the worst of nine *new* starts, as powers of ten.
# Adam wins the aligned bowl, and loses it as soon as it is turned. Descent in
# the valley shows what tuning does: its best rate stands at the brink, and from
# a new start it diverges.

# %% tags=["picture"]
fig, axes = plt.subplots(2, 2, figsize=(7.0, 5.2))
for ax, name in zip(axes.flat, problems, strict=True):
    for color, (rule, (make, _)) in enumerate(memories.items()):
        gaps = race(problems[name], make(*knobs[name][rule]), seed=1, m=9)
        middle = np.maximum(np.median(gaps, axis=1), 1e-12)
        ax.semilogy(middle, f"C{color}", label=rule, lw=1.4)
    ax.set(ylabel=name, ylim=(1e-8, 1e4))
axes[0, 0].legend(loc="lower left")
axes[1, 0].set_xlabel("gradients")
axes[1, 1].set_xlabel("gradients")

# %% [markdown]
# /// figure | optimizers-race
#     alt: Four panels of gaps over gradients on a logarithmic scale, one line for each rule. In the aligned bowl Adam ends lowest by far. In the turned bowl Nesterov ends below Adam. In the valley and on the tumours Nesterov ends lowest too; on the tumours Adam is last.
#
# Each rule with its own knobs, medians of nine new starts: turning the bowl is
# enough to change the winner.
# ///
#
# ## Step 6. Why: the axes
#
# The first two bowls have the same eigenvalues, and yet the winner changes. To
# see why, ask what a rule can notice. Let $Q$, of shape $(n, n)$, be
# orthogonal, and $h(x) = f(Q^\T x)$ the same landscape, turned. The chain rule
# gives
#
# $$
# \nabla h(x) = Q \, \nabla f(Q^\T x) .
# $$
#
# Start at $Q x_0$ in place of $x_0$. The first gradient is $Q$ times the old
# one. Descent, momentum and Nesterov only add and scale gradients, so all
# their iterates are $Q$ times the old ones: **they cannot see a turn**. Adam
# squares each entry, and $(Q g)^2$ is not $Q g^2$.
#
# //// exercise | Turn a problem
#     name: optimizers-turn
#
# Write `turn_problem(problem, Q)`: the `Problem` of $h$, for `x` with one point
# in each *row*. `start` gives the turned starts of the old one, so that a turned
# run is the old run, turned. The number of steps stays.


# %% tags=["starter"]
def turn_problem(problem, Q):
    return Problem(
        lambda x: problem.gap(x @ Q),
        lambda x, rng: problem.gradient(x @ Q, rng),
        problem.start,
        problem.steps,
    )


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close, expect_equal

dice = np.random.default_rng(2)
R = np.linalg.qr(dice.normal(size=(3, 3)))[0]
cubic = Problem(
    lambda x: np.sum(x**3 * [1, 2, 3], axis=1),
    lambda x, rng: 3 * x**2 * [1, 2, 3] + 0.0 * rng.random(),
    lambda rng, m: rng.normal(size=(m, 3)),
    4,
)
other = turn_problem(cubic, R)
points = dice.normal(size=(2, 3))
expect_close(
    other.gap(points),
    [cubic.gap((R.T @ p)[None])[0] for p in points],
    what="h at two points",
    hint="Q' x for each row x: x @ Q",
)
expect_close(
    other.gradient(points, dice),
    numerical_gradient(lambda x: other.gap(x).sum(), points),
    what="the gradient of h",
    rtol=1e-6,
    atol=1e-8,
    hint="Q times the old gradient, for each row: g @ Q.T",
)
expect_close(
    other.start(np.random.default_rng(3), 2),
    [R @ p for p in cubic.start(np.random.default_rng(3), 2)],
    what="the turned starts",
)
expect_equal(other.steps, 4, what="the number of steps")

# %% [markdown]
# /// hint
#
# $Q g$ for a row is `g @ Q.T`.
# ///
#
# /// solution


# %% tags=["solution"]
def turn_problem(problem, Q):
    return Problem(
        lambda x: problem.gap(x @ Q),
        lambda x, rng: problem.gradient(x @ Q, rng) @ Q.T,
        lambda rng, m: problem.start(rng, m) @ Q.T,
        problem.steps,
    )


# %% [markdown]
# ///
# ////
#
# With the knobs of the aligned bowl, a turned run is the old one for the first
# three rules, up to rounding, and another for Adam:

# %%
spun = turn_problem(problems["aligned"], Q)
for rule, (make, _) in memories.items():
    settings = knobs["aligned"][rule]
    old = race(problems["aligned"], make(*settings), seed=1)
    new = race(spun, make(*settings), seed=1)
    print(
        f"{rule:9} sees the turn:",
        not np.allclose(old[:30], new[:30], rtol=1e-6),
    )

# %% [raw] tags=["output"]
# descent   sees the turn: False
# momentum  sees the turn: False
# Nesterov  sees the turn: False
# Adam      sees the turn: True

# %% [markdown]
# What does Adam gain on the axes? It divides each coordinate by the typical
# size of its gradient. Suppose that this were a fixed matrix $D$, diagonal:
# a step $-\alpha D^{-1} g$ is descent in the coordinates $D^{1/2} x$, where the
# Hessian is $D^{-1/2} A D^{-1/2}$. If $A$ is diagonal and $D = A$, that is the
# identity, with $\kappa = 1$. If $A$ is turned, its diagonal entries are
# averages of all eigenvalues, much alike, and dividing by them changes little:


# %%
def scaled(A):
    root = np.sqrt(np.diag(A))
    return A / np.outer(root, root)


for name, A in {"aligned": aligned, "turned": turned}.items():
    before, after = np.linalg.cond(A), np.linalg.cond(scaled(A))
    print(f"{name:7} {before:5.0f} to {after:3.0f}")

# %% [raw] tags=["output"]
# aligned  1000 to   1
# turned   1000 to 664

# %% [markdown]
# That is a model, no theorem: Adam's sizes are not fixed, and with a memory of
# gradients that fall, the divisor lags behind. But it tells where to expect a
# gain: where coordinates have scales of their own, as the weights of different
# layers have.
#
# And the other two? Curvature explains them as well. Step 3 says which memory
# momentum wants, if the condition number at the minimum is all that counts:

# %%
hessians = {
    "valley": book.rosenbrock().hessian(np.ones(2)),
    "tumours": tumour_hessian(w_star),
}
for name, H in hessians.items():
    wants = best_knobs(np.linalg.eigvalsh(H))[1][1]
    had = knobs[name]["momentum"][1]
    print(f"{name:8} kappa {np.linalg.cond(H):5.0f},", end=" ")
    print(f"wants beta {wants:.2f}, found {had}")

# %% [raw] tags=["output"]
# valley   kappa  2508, wants beta 0.92, found 0.95
# tumours  kappa    24, wants beta 0.44, found 0.7

# %% [markdown]
# The valley is as bad as the bowls, and the long memory won. The tumours are
# mild, and want a shorter memory than the grid had. So test the explanation:
# the same number of tries, with other memories.

# %%
shorter = {
    "momentum": (momentum, [(0.4,), (0.5,)]),
    "Nesterov": (nesterov, [(0.4,), (0.5,)]),
}
retried = contest("tumours", shorter)[1]
for rule, (middle, _) in retried.items():
    print(f"{rule}: {results['tumours'][rule][0]:.1f} to {middle:.1f}")

# %% [raw] tags=["output"] atol="0.11" because="the last digit shown may round either way"
# momentum: -5.3 to -9.2
# Nesterov: -7.2 to -6.4

# %% [markdown]
# It predicted well, for momentum, which now wins. A race measures
# the grid as much as the rule: say which knobs you tried, or the table means
# nothing.
#
# Does the winner of the race also judge tumours best? The last question is for
# those held back, and beside it stands a baseline that knows no features.

# %%
gains = []
for rule, (make, _) in memories.items():
    rng, step = np.random.default_rng(1), make(*knobs["tumours"][rule])
    w = problems["tumours"].start(rng, 9)
    for _ in range(40):
        w = w + step(tumour_gradient(w))
    right = (w @ features[held].T > 0) == (labels[held] == 1)
    gains.append(np.median(right.mean(axis=1)))
base = max(labels[held].mean(), 1 - labels[held].mean())
print(f"{len(held)} held back; commonest answer right: {base:.0%}")
print("all rules above 94 %:", min(gains) > 0.94, end="; ")
print("best and worst within 2 %:", max(gains) - min(gains) < 0.02)

# %% [raw] tags=["output"]
# 369 held back; commonest answer right: 60%
# all rules above 94 %: True; best and worst within 2 %: True

# %% [markdown]
# Many powers of ten in the gap, and hardly a difference in what it was for. The
# minimum of the training loss is a means.
#
# ## Step 7. Why: the noise
#
# Gradients from batches are noisy. How close can a rule come? Take one
# direction with the eigenvalue $\lambda$, and noise $\xi$ in each gradient,
# independent, with mean 0 and variance $\sigma^2$. With
# $a = 1 + \beta - \alpha \lambda$, momentum follows
# $e_{t+1} = a \, e_t - \beta \, e_{t-1} - \alpha \xi_t$. In the long run
# $s = \E[e_t^2]$ and $q = \E[e_t e_{t-1}]$ no longer change. Multiply the recursion
# by $e_t$, and take means: $q = a s - \beta q$, so $q = a s / (1 + \beta)$. Square
# it: $s = a^2 s + \beta^2 s - 2 a \beta q + \alpha^2 \sigma^2$. Put in $q$,
# and solve:
#
# $$
# s = \frac{(1 + \beta) \, \alpha \sigma^2}{(1 - \beta) \, \lambda \,
# (2 (1 + \beta) - \alpha \lambda)}
# \label{claim:optimizers-floor}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
# from scipy.linalg import solve_discrete_lyapunov
#
#
# def draw(rng):
#     lam, sigma = rng.uniform(0.5, 3.0, size=2)
#     beta = rng.uniform(0.1, 0.9)
#     alpha = rng.uniform(0.1, 0.9) * 2 * (1 + beta) / lam
#     M = np.array([[1 + beta - alpha * lam, -beta], [1.0, 0.0]])
#     noise = np.diag([(alpha * sigma) ** 2, 0.0])
#     s = solve_discrete_lyapunov(M, noise)[0, 0]
#     return {"s": s, "alpha": alpha, "beta": beta, "lam": lam, "sigma": sigma}
# ```
# ///
#
# The gap of this direction is $\frac12 \lambda s$, and the gaps of all add up: that is
# the *noise floor*. For a small rate it is $\alpha \sigma^2 / (4 (1 - \beta))$ for
# each direction, the same as that of descent with the rate
# $\alpha / (1 - \beta)$, whatever the curvature. Where noise rules, momentum buys nothing.
#
# //// exercise | The floor
#     name: optimizers-floor
#
# Write `floor(lam, rate, beta, sigma)`: the mean gap in the long run, for
# eigenvalues `lam`, shape $(n)$. If a direction does not settle, because
# $\alpha \lambda \ge 2 (1 + \beta)$, it is infinite.


# %% tags=["starter"]
def floor(lam, rate, beta, sigma):
    return np.sum(rate * sigma**2 / (4 * (1 - beta)) * np.ones(len(lam)))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(
    floor(np.array([4.0]), 0.25, 0.0, 2.0),
    0.5,
    what="the floor of descent with rate 1 / lambda = 1/4, sigma = 2",
    hint="each step lands at -alpha xi: half of 4 times (0.25 * 2)^2",
)
expect_close(
    floor(np.array([1.0, 10.0]), 0.1, 0.0, 3.0),
    0.1 * 9 / 2 * (1 / 1.9 + 1 / 1.0),
    what="the floor for eigenvalues 1 and 10, rate 0.1, sigma = 3",
    hint="half lambda times s for each, and their sum",
)
expect_close(
    floor(np.array([2.0]), 0.3, 0.5, 1.0),
    0.3 * 1.5 / (2 * 0.5 * (3 - 0.6)),
    what="the floor for eigenvalue 2, rate 0.3, beta 0.5",
)
expect_close(
    floor(np.array([10.0]), 0.25, 0.5, 1.0),
    0.75,
    what="the floor for eigenvalue 10, rate 0.25, beta 0.5, which settles",
    hint="momentum settles up to 2 (1 + beta), further than descent",
)
expect_close(
    floor(np.array([1.0, 8.0]), 0.25, 0.0, 1.0),
    np.inf,
    what="the floor of descent where 0.25 * 8 is exactly 2",
)
expect_close(
    floor(np.array([1.0, 50.0]), 0.1, 0.5, 1.0),
    np.inf,
    what="the floor where 0.1 * 50 is too much for beta = 0.5",
    hint="no direction may fail to settle",
)

# %% [markdown]
# /// hint
#
# $\lambda$ cancels in $\frac12 \lambda s$ except beside $2 (1 + \beta)$. Test
# `rate * lam.max()` first.
# ///
#
# /// solution


# %% tags=["solution"]
def floor(lam, rate, beta, sigma):
    if rate * lam.max() >= 2 * (1 + beta):
        return np.inf
    room = 2 * (1 + beta) - rate * lam
    gaps = (1 + beta) * rate * sigma**2 / (2 * (1 - beta) * room)
    return np.sum(gaps)


# %% [markdown]
# ///
# ////
#
# The simulation knows nothing of that derivation. Two hundred runs, the mean
# over all of them and the second half of the steps:

# %%
mild = np.geomspace(1, 100, 10)
rough = bowl(Q * mild @ Q.T, steps=1200, noise=3.0)
settled = {}
for name, step, wanted in [
    ("descent, rate 0.01", descent(0.01), floor(mild, 0.01, 0.0, 3.0)),
    ("descent, rate 0.005", descent(0.005), floor(mild, 0.005, 0.0, 3.0)),
    (
        "momentum, rate 0.001",
        momentum(0.001, 0.9),
        floor(mild, 0.001, 0.9, 3.0),
    ),
]:
    gaps = race(rough, step, seed=4, m=200)
    settled[name] = gaps[600:].mean()
    near = abs(settled[name] / wanted - 1) < 0.05
    print(f"{name:20} told {wanted:.3f}, within 5 %: {near}")

# %% [raw] tags=["output"]
# descent, rate 0.01   told 0.268, within 5 %: True
# descent, rate 0.005  told 0.121, within 5 %: True
# momentum, rate 0.001 told 0.226, within 5 %: True

# %% [markdown]
# Half the rate, about half the floor, and twice the way: with noise a rate is a
# compromise, which a rate that falls escapes
# ([schedules](../optimization/first_order.md#steps-that-shrink)). Momentum with a tenth of the
# rate and ten steps of memory has nearly the floor of descent.
#
# ## Step 8. Take Adam apart
#
# Adam won where the axes were right. Which part of it won? Remove one at a time
# and tune what is left, with the same number of tries: the correction, the mean of
# gradients ($\beta_1 = 0$), both memories ($\beta_1 = \beta_2 = 0$, so that each move is
# the rate times the sign of the gradient).


# %%
def uncorrected(rate, beta1, beta2, eps=1e-8):
    m = v = 0.0

    def step(g):
        nonlocal m, v
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        return -rate * m / (np.sqrt(v) + eps)

    return step


parts = {
    "whole": (adam, [(0.9, 0.99)]),
    "uncorrected": (uncorrected, [(0.9, 0.99)]),
    "no mean": (adam, [(0.0, 0.99)]),
    "no memory": (adam, [(0.0, 0.0)]),
}
print(" " * 8, *(f"{part:>12}" for part in parts))
ablation = {}
for name in problems:
    ablation[name] = contest(name, parts, tries=12)[1]
    cells = (f"{middle:.1f}" for middle, _ in ablation[name].values())
    print(f"{name:8}", *(f"{cell:>12}" for cell in cells))

# %% [raw] tags=["output"] atol="0.11" because="the last digit shown may round either way"
#                 whole  uncorrected      no mean    no memory
# aligned          -4.9         -4.9         -1.4         -0.9
# turned           -2.5         -3.4          0.5          0.1
# valley           -2.1         -1.1         -0.2          0.6
# tumours          -2.1         -2.0         -2.7         -2.7

# %% [markdown]
# The mean of gradients is what fights the condition number; on the mild tumours
# it does more harm than good. Without any memory each coordinate moves by
# the rate, never less, and cannot settle; the tuner can only choose between too
# slow and too coarse. The correction decides little once the rate is tuned:
# with it Adam is better on one problem, without it on another. Its worth is in
# the first steps of a run that nobody tuned.
#
# ## Against the library
#
# First your rules against the book's, on the whole path in Rosenbrock's valley:

# %%
start = np.array([-1.2, 1.0])
for name, step, theirs in [
    ("descent", descent(0.001), book.gradient_descent(0.001)),
    ("momentum", momentum(0.001, 0.9), book.momentum(0.001, beta=0.9)),
    ("Nesterov", nesterov(0.001, 0.9), book.nesterov(0.001, beta=0.9)),
    ("Adam", adam(0.05, 0.9, 0.99), book.adam(0.05, beta2=0.99)),
]:
    path = [start]
    for _ in range(100):
        g = valley_gradient(path[-1][None], None)[0]
        path.append(path[-1] + step(g))
    known = book.minimize(book.rosenbrock(), start, theirs, num_steps=100).x
    print(f"{name:9} the same path:", np.allclose(path, known, rtol=1e-6))

# %% [raw] tags=["output"]
# descent   the same path: True
# momentum  the same path: True
# Nesterov  the same path: True
# Adam      the same path: True

# %% [markdown]
# Then optax, the library of optimizers for JAX, for three steps of Adam:

# %% tags=["notest"] reason="JAX does not run in a browser; the tests of this book run this block"
import jax
import numpy as np
import optax

with jax.enable_x64(True):
    rule = optax.adam(0.05, b1=0.9, b2=0.99)
    x = np.array([-1.2, 1.0])
    memory = rule.init(x)
    for _ in range(3):
        a, b = x
        r = b - a**2
        g = np.array([-400 * a * r - 2 * (1 - a), 200 * r])
        move, memory = rule.update(g, memory)
        x = x + np.asarray(move)
third = x[0]
third  # -1.058896

# %%
x, step = start, adam(0.05, 0.9, 0.99)
for _ in range(3):
    x = x + step(valley_gradient(x[None], None)[0])
print(f"{x[0]:.6f}")

# %% [raw] tags=["output"]
# -1.058896

# %% [markdown]
# Last, SciPy. Its BFGS tunes no knobs: it learns the curvature from the gradients
# that it meets ([how](../optimization/second_order.md)), and no turn of the
# axes disturbs that. How many gradients does it need for a gap of a billionth,
# on the problems of the race?

# %%
from scipy.optimize import minimize

for name in ("turned", "valley", "tumours"):
    problem = problems[name]
    needed = []
    for x in problem.start(np.random.default_rng(1), 9):
        trail = []

        def value(x, problem=problem, trail=trail):
            trail.append(problem.gap(x[None])[0])
            return trail[-1]

        minimize(
            value,
            x,
            jac=lambda x, problem=problem: problem.gradient(
                x[None], np.random.default_rng(0)
            )[0],
            method="BFGS",
            options={"gtol": 1e-6},
        )
        needed.append(np.argmax(np.array(trail) < 1e-9) + 1)
    enough = np.median(needed) <= problem.steps
    print(f"{name:8} within the {problem.steps} of the race: {enough}")

# %% [raw] tags=["output"]
# turned   within the 150 of the race: True
# valley   within the 150 of the race: True
# tumours  within the 40 of the race: False

# %% [markdown]
# In the bowl and in the valley no tuned rule came near that. On the mild tumours
# it is different: there momentum with the short memory is faster than BFGS,
# which has to learn thirty-one curvatures, if you do not count its thirty
# tries. So why do networks not use BFGS? It keeps a matrix of $n \times n$ numbers, its line
# search compares values of the loss, and with noise neither differences of
# gradients nor values can be trusted.
#
# ## Go further
#
# 1. **Rates that fall.** Let a rule take a schedule $t \mapsto \alpha_t$, and
#    tune $\alpha_0 / (1 + t / \tau)$ on the noisy bowl with the same number of tries
#    as a constant rate. By how much does it get below the floor?
# 2. **A network.** Put the loss of [your networks](network.py) into a
#    `Problem`, with batches. Tune on three seeds, judge on others, by the
#    *held-out* loss. Does the order of the four rules survive?
# 3. **Saddles.** Add a landscape with a
#    [saddle](../optimization/landscapes.md#momentum-and-adam), start near its
#    ridge, and compare escape times with what the negative eigenvalue
#    predicts.
