# ---
# title: From a table to a report
# description: Fit a line to the diabetes data, say how far its weights and predictions can be trusted, check the intervals, and write down what holds.
# builds: forward, loss, update
# minutes: 120
# ---

# %% [markdown]
# # From a table to a report
#
# Ten measurements of a patient, and the question how far the diabetes will have
# gone in a year. Any library fits a line to such a table in one call. A report
# needs more: how wrong will a prediction be, which weights mean anything, and
# would your intervals keep their word? In this project you answer each by
# a computation, and end with a report in which every sentence stands on one.
#
# ## What you will have at the end
#
# The data ship with scikit-learn: `442`{ .claim of="len(target)" at="below" } patients [@efron2004]. A quarter of them is
# locked up at once. Nobody looks at it before the last step.

# %%
import matplotlib.pyplot as plt
import numpy as np
from scipy import stats
from sklearn.datasets import load_diabetes

import derivable.learning as book

data = load_diabetes(scaled=False)
target = data.target
order = np.random.default_rng(0).permutation(len(target))
locked, kept = order[:110], order[110:]
X, y = data.data[kept], target[kept]
n, d = X.shape
names = np.array(
    ["age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu"]
)

model = book.fit_linear(X[1:], y[1:])
spread = np.sqrt(np.sum((y[1:] - model.predict(X[1:])) ** 2) / (n - 1 - 11))
(guess,) = model.predict(X[:1])
print(f"{n} patients; for the first, the fit to the others")
print(f"says {guess:.0f}, give or take {2 * spread:.0f}: it was {y[0]:.0f}")

# %% [raw] tags=["output"]
# 332 patients; for the first, the fit to the others
# says 156, give or take 109: it was 91

# %% [markdown]
# The column `tc` is total cholesterol, `ldl` and `hdl` are two parts of it, `tch`
# is the ratio of `tc` to `hdl`, `ltg` is probably the logarithm of the
# triglycerides, `glu` the blood sugar, `bp` the blood pressure. The target is a
# score that a physician gave after a year. In the end you will know whether "give or
# take" is true, for whom it is not, and how to mend that.
#
# You stand on [linear regression](../learning/linear_regression.md),
# [least squares](../linalg/least_squares.md), and on
# [estimation](../probability/estimation.md#intervals) with
# [what sums tend to](../probability/distributions.md#what-sums-tend-to).
# Each step has a blank and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. Look, then scale
#
# Look before you fit: is something missing, constant, absurd, twice the same?

# %%
print("missing:", np.isnan(X).sum(), " score:", y.min(), "to", y.max())
print("name    mean  deviation   r with the score")
for j, name in enumerate(names):
    r = np.corrcoef(X[:, j], y)[0, 1]
    print(f"{name:4} {X[:, j].mean():7.1f} {X[:, j].std():7.1f} {r:12.2f}")
R = np.corrcoef(X.T)
print(f"tc with ldl: {R[4, 5]:.2f}; hdl with tch: {R[6, 7]:.2f}")

# %% [raw] tags=["output"]
# missing: 0  score: 25.0 to 346.0
# name    mean  deviation   r with the score
# age     48.8    13.3         0.19
# sex      1.5     0.5         0.02
# bmi     26.3     4.4         0.59
# bp      95.0    13.6         0.42
# tc     189.8    34.7         0.17
# ldl    116.2    31.0         0.15
# hdl     49.5    13.4        -0.40
# tch      4.1     1.3         0.42
# ltg      4.6     0.5         0.55
# glu     91.8    11.2         0.41
# tc with ldl: 0.89; hdl with tch: -0.74

# %% tags=["picture"]
fig, axes = plt.subplots(1, 3, figsize=(7.2, 2.8), sharey=True)
for ax, j in zip(axes, (2, 8, 4), strict=True):
    ax.plot(X[:, j], y, ".C0", ms=4)
    ax.set(xlabel=names[j])
    ends = np.array([X[:, j].min(), X[:, j].max()])
    ax.plot(ends, np.polyval(np.polyfit(X[:, j], y, 1), ends), "C1")
axes[0].set(ylabel="score after a year")

# %% [markdown]
# /// figure | regression-look
#     alt: Three scatter plots of the score against body mass index, ltg and total cholesterol, each with a fitted line. The first two rise clearly, the third a little. In all of them the points spread wide around the line; in the first two they lie close together only where the line is low.
#
# No column alone says much, and where the line is high, the scores spread wide.
# ///
#
# Nothing is missing. `tc` and `ldl` nearly say the same: remember that for step 3.
# And the units differ: to compare weights, and to penalise them, give each column
# its own unit, its standard deviation. Both mean and deviation are learned, so they may come only
# from the patients that you fit to.
#
# //// exercise | The design matrix
#     name: regression-design
#
# Write `design(X, known)`: a matrix of shape $(m, d + 1)$ from `X` of shape
# $(m, d)$. Column 0 holds ones, the others the columns of `X` less the means of
# `known`, over the standard deviations of `known` (with divisor $n$).


# %% tags=["starter"]
def design(X, known):
    return (X - X.mean(axis=0)) / X.std(axis=0)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

four = np.array([[1.0, 10.0], [3.0, 30.0], [1.0, 30.0], [3.0, 10.0]])
expect_close(
    design(np.array([[4.0, 0.0]]), four),
    [[1.0, 2.0, -2.0]],
    what="design([[4, 0]], known), known of means 2, 20, deviations 1, 10",
    hint="ones in front; means and deviations of known, not of X",
)
many = 5 + 3 * np.random.default_rng(0).normal(size=(20, 2))
expect_close(
    np.mean(design(many, many) ** 2, axis=0),
    [1.0, 1.0, 1.0],
    what="mean squares of the columns of design(X, X)",
    hint="the deviation has the divisor n",
)
expect_close(
    design(many[:3], many),
    design(many, many)[:3],
    what="that rows do not depend on the other rows of X",
)

# %% [markdown]
# /// hint
#
# `np.column_stack([np.ones(len(X)), Z])` puts a column of ones in front.
# ///
#
# /// solution


# %% tags=["solution"]
def design(X, known):
    Z = (X - known.mean(axis=0)) / known.std(axis=0)
    return np.column_stack([np.ones(len(X)), Z])


# %% [markdown]
# ///
# ////
#
# ## Step 2. Fit, and say how well you know the fit
#
# Let $A$, of shape $(n, p)$, have independent columns. The weights with the least
# sum of squares are $\hat w = (A^\T A)^{-1} A^\T y$, by \eqref{claim:ls-normal}. Now
# suppose that the world is $y = A w + \varepsilon$, with independent noise of mean
# zero and variance $\sigma^2$ in each entry. Insert it: the error of the weights is
# $\hat w - w = (A^\T A)^{-1} A^\T \varepsilon$. Its mean is zero, and since
# $\E[\varepsilon \varepsilon^\T] = \sigma^2 I$, what stands between the two inverses
# cancels one of them:
#
# $$
# \E[(\hat w - w)(\hat w - w)^\T] = \sigma^2 (A^\T A)^{-1}
# \label{claim:regression-covariance}
# $$
#
# And $\sigma^2$? The residual is the projection of the noise on the $n - p$
# dimensions that the columns leave free, so
#
# $$
# \E[\norm{y - A \hat w}^2] = \sigma^2 (n - p) .
# \label{claim:regression-residual}
# $$
#
# Divide by $n - p$, not by $n$: the fit has used $p$ dimensions of the noise up.
#
# /// check
#     of: claim:regression-covariance claim:regression-residual
#
# ``` {.python .formula}
# from itertools import product
#
# import numpy as np
#
# over = "y w_hat"  # all signs of the noise, equally likely
# draws = 20
# why = "the mean of one error is zero, so a fixed vector beside it adds nothing"
# equal = {
#     **{"- → +": why, "- → + #2": why},
#     **{"without - w": why, "without - w #2": why},
# }
#
#
# def draw(rng):
#     n = int(rng.integers(3, 6))
#     p = int(rng.integers(1, n))
#     A, w = rng.normal(size=(n, p)), rng.normal(size=p)
#     sigma = rng.uniform(0.5, 2)
#     noise = sigma * np.array(list(product([-1, 1], repeat=n)))
#     y = A @ w + noise
#     w_hat = np.linalg.lstsq(A, y.T)[0].T
#     names = {"n": n, "p": p, "A": A, "w": w, "sigma": sigma}
#     return {**names, "y": y, "w_hat": w_hat}
# ```
# ///
#
# //// exercise | Weights and their covariance
#     name: regression-fit
#
# Write `fit(A, y)`: $\hat w$, shape $(p,)$; $s$, the root of
# $\norm{y - A \hat w}^2 / (n - p)$; and $C = s^2 (A^\T A)^{-1}$, shape $(p, p)$.


# %% tags=["starter"]
def fit(A, y):
    w = np.linalg.lstsq(A, y)[0]
    s = np.std(y - A @ w)
    return w, s, s**2 * np.eye(len(w))


# %% tags=["check"]
import numpy as np
from scipy.stats import linregress

from derivable.grading import expect_close

chance = np.random.default_rng(1)
t = chance.normal(size=9)
u = 2 - t + chance.normal(size=9)
line = linregress(t, u)
found = fit(np.column_stack([np.ones(9), t]), u)
expect_close(found[0], [line.intercept, line.slope], what="the weights")
expect_close(
    np.sqrt(np.diag(found[2])),
    [line.intercept_stderr, line.stderr],
    what="the roots of the diagonal of C, of a line through 9 points",
    hint="C is s² times the inverse of AᵀA, and s² has the divisor n - p",
)
expect_close(
    found[1] ** 2 * 7,
    np.sum((u - line.intercept - line.slope * t) ** 2),
    what="7 s² for 9 points and 2 weights",
)
wide = np.column_stack([np.ones(9), t, t**2])
expect_close(fit(wide, u)[2].shape, [3, 3], what="the shape of C")
expect_close(
    fit(wide, u)[2] @ wide.T @ wide,
    fit(wide, u)[1] ** 2 * np.eye(3),
    what="C AᵀA",
)

# %% [markdown]
# /// hint
#
# `np.linalg.inv(A.T @ A)` is fine here, for columns that are standardised.
# ///
#
# /// solution


# %% tags=["solution"]
def fit(A, y):
    w = np.linalg.lstsq(A, y)[0]
    r = y - A @ w
    s = np.sqrt(r @ r / (len(y) - len(w)))
    return w, s, s**2 * np.linalg.inv(A.T @ A)


# %% [markdown]
# ///
# ////

# %%
A = design(X, X)
w, s, C = fit(A, y)
errors = np.sqrt(np.diag(C))
print(f"s = {s:.1f}, deviation of the score {y.std(ddof=1):.1f}")
print("name  weight  error")
for j, name in enumerate(names, start=1):
    print(f"{name:4} {w[j]:7.1f} {errors[j]:6.1f}")

# %% [raw] tags=["output"]
# s = 54.4, deviation of the score 77.6
# name  weight  error
# age     -0.0    3.3
# sex    -13.2    3.3
# bmi     26.2    3.6
# bp      14.3    3.6
# tc     -41.2   22.1
# ldl     26.6   18.2
# hdl      5.0   11.7
# tch      8.8    8.7
# ltg     35.4    9.1
# glu      3.9    3.7

# %% [markdown]
# ## Step 3. Intervals for what you may ask
#
# The weight of `tc` is large, negative, and hardly known. Does cholesterol protect?
# Nothing here says so. `tc` and `ldl` rise together, so only the *sum* of their two
# weights shows in the data, and the difference may be nearly anything. Every
# question of this kind is one number $a^\T w$ for a vector $a$ of shape $(p,)$:
# a weight, a sum of two, the mean score of patients with features $a$. By
# \eqref{claim:regression-covariance} its estimate $a^\T \hat w$ has variance
# $\sigma^2 a^\T (A^\T A)^{-1} a$. A *new* patient of this kind differs from that mean
# by a noise of his own, which is independent of the fit:
#
# $$
# \Var(z - a^\T \hat w) = \sigma^2 \left( 1 + a^\T (A^\T A)^{-1} a \right)
# \label{claim:regression-new}
# $$
#
# with $z = a^\T w + \tilde\varepsilon$, a number, the score of the new patient.
#
# /// check
#
# ``` {.python .formula}
# from itertools import product
#
# import numpy as np
#
# over = "z w_hat"  # all signs of all noises, equally likely
# draws = 20
# equal = {"- → +": "of independent terms, sum and difference vary alike"}
#
#
# def draw(rng):
#     n = int(rng.integers(2, 6))
#     p = int(rng.integers(1, n))
#     A, w, a = rng.normal(size=(n, p)), rng.normal(size=p), rng.normal(size=p)
#     sigma = rng.uniform(0.5, 2)
#     noise = sigma * np.array(list(product([-1, 1], repeat=n + 1)))
#     w_hat = np.linalg.lstsq(A, (A @ w + noise[:, :n]).T)[0].T
#     names = {"A": A, "a": a, "sigma": sigma, "w_hat": w_hat}
#     return {**names, "z": a @ w + noise[:, n]}
# ```
# ///
#
# If the noise is Gaussian too, the error over its estimated deviation has
# Student's distribution with $n - p$ degrees of freedom, as in
# \eqref{def:t-interval}. So $a^\T \hat w \pm q \sqrt{a^\T C a}$ is a *confidence interval*
# for the mean, and $a^\T \hat w \pm q \sqrt{s^2 + a^\T C a}$ a *prediction interval*
# for one patient. The first shrinks with more data. The second does not shrink
# below the noise.
#
# //// exercise | Two half-widths
#     name: regression-intervals
#
# Write `half_widths(rows, s, C, dof, level)`: for `rows` of shape $(m, p)$, one
# $a$ each, the half-widths of confidence and of prediction intervals, two arrays of
# shape $(m,)$. `dof` are the degrees of freedom.


# %% tags=["starter"]
def half_widths(rows, s, C, dof, level):
    error = np.sqrt(np.diag(rows @ C @ rows.T))
    q = stats.norm.ppf(level)
    return q * error, q * (s + error)


# %% tags=["check"]
import numpy as np
from scipy.stats import t as student

from derivable.grading import expect_close
from derivable.probability import confidence_interval

sample = np.array([1.0, 4.0, 2.0, 7.0])
for level in (0.5, 0.95):
    low, high = confidence_interval(sample, level)
    dev = sample.std(ddof=1)
    mean_half, new_half = half_widths(
        np.array([[1.0], [2.0]]), dev, np.array([[dev**2 / 4]]), 3, level
    )
    expect_close(
        mean_half,
        [(high - low) / 2, high - low],
        what=f"confidence half-widths of a mean of 4, and twice it, {level}",
        hint="Student's quantile at (1 + level) / 2, times the root of aᵀC a",
    )
    expect_close(
        new_half,
        student(3).ppf((1 + level) / 2) * dev * np.sqrt([1.25, 2.0]),
        what=f"prediction half-widths of the same, {level}",
        hint="variances are added, and then the root is taken",
    )
K = np.array([[2.0, -1.5], [-1.5, 2.0]])
expect_close(
    half_widths(np.array([[1.0, 1.0]]), 0.0, K, 8, 0.9)[0],
    [student(8).ppf(0.95)],
    what="the half-width of a sum of two weights, covariance -1.5",
    hint="aᵀC a holds the covariance of the two as well",
)

# %% [markdown]
# /// hint
#
# `np.sum(rows @ C * rows, axis=1)` are all $a^\T C a$. `stats.t(dof).ppf` gives
# the quantile.
# ///
#
# /// solution


# %% tags=["solution"]
def half_widths(rows, s, C, dof, level):
    variance = np.sum(rows @ C * rows, axis=1)
    q = stats.t(dof).ppf((1 + level) / 2)
    return q * np.sqrt(variance), q * np.sqrt(s**2 + variance)


# %% [markdown]
# ///
# ////

# %%
p = d + 1
ask = {name: np.eye(p)[j] for j, name in enumerate(names, start=1)}
ask = {name: ask[name] for name in ("bmi", "tc", "ldl")}
ask["tc + ldl"] = ask["tc"] + ask["ldl"]
rows = np.array(list(ask.values()))
half, _ = half_widths(rows, s, C, n - p, 0.95)
for name, center, wide in zip(ask, rows @ w, half, strict=True):
    print(f"{name:8} {center:6.1f} ± {wide:4.1f}")
mean_half, new_half = half_widths(A[:1], s, C, n - p, 0.95)
print(f"patient 0: mean ± {mean_half[0]:.0f}, the patient ± {new_half[0]:.0f}")

# %% [raw] tags=["output"]
# bmi        26.2 ±  7.1
# tc        -41.2 ± 43.4
# ldl        26.6 ± 35.8
# tc + ldl  -14.6 ± 13.3
# patient 0: mean ± 24, the patient ± 110

# %% [markdown]
# The sum is known more than `three times`{ .claim of="half[1] / half[3]" says="at least 3" } better
# than `tc`. So the report may speak of
# both together, and of neither alone. And of what *does* something, it may not speak
# at all: nobody was given more cholesterol here, one only watched.
#
# ## Step 4. Do the intervals keep their word?
#
# A level is a promise about repetitions. You cannot repeat the study. But you
# can repeat a world that you make: keep $A$, take your $\hat w$ for the truth,
# draw noise, fit, and count how often the interval holds the truth. If the promise
# fails there, it fails.
#
# //// exercise | Count the coverage
#     name: regression-coverage
#
# Write `coverage(A, w, spread, runs, rng)`: for each weight, the share of runs in
# which its confidence interval of level
# $0.95${ .given of="coverage" at="ex:regression-coverage" } holds the true one, shape $(p,)$. A run
# draws $y = A w + \varepsilon$, with Gaussian $\varepsilon_i$ of standard deviation
# `spread[i]`, independent.


# %% tags=["starter"]
def coverage(A, w, spread, runs, rng):
    n, p = A.shape
    y = A @ w + spread * rng.normal(size=n)
    w_hat, s, C = fit(A, y)
    half, _ = half_widths(np.eye(p), s, C, n - p, 0.95)
    return np.mean([np.abs(w_hat - w) <= half for _ in range(runs)], axis=0)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

truth = np.array([100.0, -3.0])
B = np.column_stack([np.ones(4), [-1.0, 0.0, 0.5, 1.0]])
share = coverage(B, truth, np.full(4, 2.0), 1500, np.random.default_rng(2))
expect_close(
    share,
    [0.95, 0.95],
    what="the coverage for equal spreads, 4 samples, 1500 runs",
    atol=0.03,
    rtol=0,
    hint="new noise in each run, n - p degrees of freedom, the true w inside",
)
B = np.column_stack([np.ones(6), [-1.0, 0.0, 0.0, 0.0, 0.0, 1.0]])
share = coverage(
    B,
    truth,
    np.array([9.0, 0.1, 0.1, 0.1, 0.1, 9.0]),
    1500,
    np.random.default_rng(3),
)
expect_equal(
    bool(share[1] < 0.85),
    True,
    what="that the slope is covered less than 85 % if the ends are noisy",
    hint="spread[i] belongs to sample i",
)
a_run = coverage(B, truth, np.full(6, 2.0), 1, np.random.default_rng(4))
expect_equal(
    bool(np.all(np.isin(a_run, [0.0, 1.0]))), True, what="shares of one run"
)

# %% [markdown]
# /// hint
#
# Put the draw and the fit into the loop. `np.eye(p)` asks for all weights at
# once.
# ///
#
# /// solution


# %% tags=["solution"]
def coverage(A, w, spread, runs, rng):
    n, p = A.shape
    hits = np.zeros(p)
    for _ in range(runs):
        y = A @ w + spread * rng.normal(size=n)
        w_hat, s, C = fit(A, y)
        half, _ = half_widths(np.eye(p), s, C, n - p, 0.95)
        hits += np.abs(w_hat - w) <= half
    return hits / runs


# %% [markdown]
# ///
# ////

# %%
rng = np.random.default_rng(1)
even = coverage(A, w, np.full(n, s), 500, rng)
print(f"constant spread: {even.min():.2f} to {even.max():.2f}")
rising = s * np.clip(A @ w / y.mean(), 0.2, None)
uneven = coverage(A, w, rising, 500, rng)
print("spread that rises with the prediction:")
print("  bmi", f"{uneven[3]:.2f}", " ltg", f"{uneven[9]:.2f}", end="  ")
print("age", f"{uneven[1]:.2f}")

# %% [raw] tags=["output"]
# constant spread: 0.94 to 0.96
# spread that rises with the prediction:
#   bmi 0.91  ltg 0.96  age 0.98

# %% [markdown]
# If its assumptions hold, the interval keeps its word. If the noise is larger where
# the prediction is high, it falls short for some weights, as that of `bmi`. So look
# whether the assumptions hold.
#
# ## Step 5. Residuals, each from outside
#
# A residual of the fit is too small: the fit has seen that patient, and bent
# towards the score. How would it err without? Let $a_i$ be row $i$ of $A$, $r_i$
# the residual and $h_i = a_i^\T (A^\T A)^{-1} a_i$ the *leverage*. By
# \eqref{claim:leave-one-out} the residual from outside is $r_i / (1 - h_i)$, if
# $h_i < 1$. It tells the weights $u$ of the fit without sample $i$ as well:
#
# $$
# u = \hat w - \frac{r_i}{1 - h_i} (A^\T A)^{-1} a_i .
# \label{claim:regression-without}
# $$
#
# Why? $u$ solves $(A^\T A - a_i a_i^\T) u = A^\T y - y_i a_i$. The right side is
# $A^\T A \hat w - y_i a_i$. Bring what is missing to the right:
# $A^\T A u = A^\T A \hat w - (y_i - a_i^\T u) a_i$, and the bracket is the residual
# from outside.
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n = int(rng.integers(3, 8))
#     p = int(rng.integers(1, n - 1))
#     A, y, i = rng.normal(size=(n, p)), rng.normal(size=n), rng.integers(n)
#     w_hat = np.linalg.lstsq(A, y)[0]
#     others = np.delete(np.arange(n), i)
#     return {
#         **{"A": A, "a": A, "r": y - A @ w_hat, "w_hat": w_hat},
#         **{"h": np.diag(A @ np.linalg.inv(A.T @ A) @ A.T), "i": int(i) + 1},
#         "u": np.linalg.lstsq(A[others], y[others])[0],
#     }
# ```
# ///
#
# Now the covariance without a belief in equal noise. With variances
# $\sigma_i^2$, the sum of what each noise does to the weights has the covariance
# $\sum_i \sigma_i^2 (A^\T A)^{-1} a_i a_i^\T (A^\T A)^{-1}$. Take the square of the
# residual from outside for each unknown $\sigma_i^2$: one square says little about one
# variance, but the sum over many patients is right, nearly. This is the *sandwich*
# [@white1980] [@mackinnon1985]. By \eqref{claim:regression-without} it adds up the
# squares of what leaving out each patient does to the weights.
#
# //// exercise | The sandwich
#     name: regression-sandwich
#
# Write `outside(A, y)`, the residuals from outside, shape $(n,)$, and
# `sandwich(A, y)`, the covariance $\sum_i (\hat w - u_i)(\hat w - u_i)^\T$, shape
# $(p, p)$, with $u_i$ the weights without sample $i$. Both from one fit.


# %% tags=["starter"]
def outside(A, y):
    return y - A @ fit(A, y)[0]


def sandwich(A, y):
    return fit(A, y)[2]


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

chance = np.random.default_rng(5)
B = np.column_stack([np.ones(8), chance.normal(size=(8, 2))])
v = B @ [1.0, 2.0, 3.0] + chance.normal(size=8) * np.arange(8)
best = np.linalg.lstsq(B, v)[0]
apart, moved = np.zeros(8), np.zeros((8, 3))
for i in range(8):
    others = np.delete(np.arange(8), i)
    without = np.linalg.lstsq(B[others], v[others])[0]
    apart[i] = v[i] - B[i] @ without
    moved[i] = best - without
expect_close(
    outside(B, v),
    apart,
    what="residuals from outside, against eight fits",
    hint="divide each residual by one less its leverage",
)
expect_close(
    sandwich(B, v),
    moved.T @ moved,
    what="the sandwich, against what leaving out each of eight does",
    hint="both slices are the inverse, and between them squares from outside",
)

# %% [markdown]
# /// hint
#
# With `V = A @ np.linalg.inv(A.T @ A)`, row $i$ of `V` is
# $(A^\T A)^{-1} a_i$, and the leverages are the sums of the rows of `V * A`.
# ///
#
# /// solution


# %% tags=["solution"]
def outside(A, y):
    h = np.sum(A @ np.linalg.inv(A.T @ A) * A, axis=1)
    return (y - A @ fit(A, y)[0]) / (1 - h)


def sandwich(A, y):
    V = A @ np.linalg.inv(A.T @ A) * outside(A, y)[:, None]
    return V.T @ V


# %% [markdown]
# ///
# ////
#
# A third witness needs no formula: draw patients with replacement, whole rows,
# and fit again.

# %%
e = outside(A, y)
robust = np.sqrt(np.diag(sandwich(A, y)))
rng = np.random.default_rng(2)
drawn = rng.integers(n, size=(500, n))
again = [np.linalg.lstsq(A[i], y[i])[0] for i in drawn]
resampled = np.std(again, axis=0)
print("error of  equal noise  sandwich  bootstrap")
for j in (3, 4, 5, 9):
    print(f"{names[j - 1]:8} {errors[j]:9.1f} {robust[j]:10.1f}", end="")
    print(f" {resampled[j]:9.1f}")
hat = A @ w
third = np.digitize(hat, np.quantile(hat, [1 / 3, 2 / 3]))
print("spread by prediction, low to high:", end=" ")
print(*(f"{np.sqrt(np.mean(e[third == k] ** 2)):.0f}" for k in range(3)))

# %% [raw] tags=["output"]
# error of  equal noise  sandwich  bootstrap
# bmi            3.6        3.8       3.9
# bp             3.6        3.6       3.6
# tc            22.1       22.0      22.3
# ltg            9.1        8.6       8.6
# spread by prediction, low to high: 42 58 63

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(7.0, 3.0))
left.plot(hat, e, ".C0", ms=4)
left.axhline(0, color="C7", lw=1)
for k, ends in enumerate(np.split(np.sort(hat), [111, 222])):
    size = np.sqrt(np.mean(e[third == k] ** 2))
    left.plot(ends[[0, -1]], [size, size], "C1", lw=2.5)
    left.plot(ends[[0, -1]], [-size, -size], "C1", lw=2.5)
left.set(xlabel="prediction", ylabel="residual from outside")
middle = (np.arange(n) + 0.5) / n
right.plot(stats.norm.ppf(middle), np.sort(e / np.std(e)), ".C0", ms=4)
right.plot([-3, 3], [-3, 3], "C7:")
right.set(xlabel="Gaussian quantile", ylabel="residual, sorted")

# %% [markdown]
# /// figure | regression-residuals
#     alt: Left, residuals against predictions. Horizontal bars mark their root mean square in three groups; the band is narrow for low predictions and much wider for middle and high ones. Right, sorted residuals against Gaussian quantiles lie close to the diagonal.
#
# Together the residuals look Gaussian; but those of low predictions spread less.
# ///
#
# So one assumption is broken and one is not. The errors of the weights hardly
# care: the three columns nearly agree, because what is too small here is too large
# there. Prediction intervals will care.
#
# ## Step 6. Would a penalty, or more columns, do better?
#
# A [ridge](../learning/linear_regression.md#a-price-on-the-weights) makes long weights cost.
# And squares and products of the features,
# `65`{ .claim of="book.polynomial_features(X, 2).shape[1]" } columns
# in all, could bend the plane. The residuals of a fit cannot judge either; folds can.
# With $Z$ the standardised columns without the ones, and $\bar y$ the mean score,
# ridge weights solve
# $(Z^\T Z + n \lambda I) v = Z^\T (y - \bar y)$, and the prediction is
# $\bar y + Z v$: the gradient of half the mean square plus $\lambda \norm{v}^2 / 2$,
# set to zero.
#
# //// exercise | Folds without a leak
#     name: regression-folds
#
# Write `folds(X, y, fold, lam)`: the prediction of each patient by the ridge fit to the
# *other* folds, shape $(n,)$. `fold` holds a number for each patient. With `lam` 0 it
# is least squares.


# %% tags=["starter"]
def folds(X, y, fold, lam):
    Z = design(X, X)[:, 1:]
    G = Z.T @ Z + len(y) * lam * np.eye(Z.shape[1])
    v = np.linalg.solve(G, Z.T @ (y - y.mean()))
    return y.mean() + Z @ v


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.learning import fit_linear, fit_ridge

chance = np.random.default_rng(6)
F = chance.normal(size=(24, 3)) * [1.0, 10.0, 0.1] + 5
v = F @ [1.0, 0.2, 3.0] + chance.normal(size=24)
part = np.repeat([3, 1, 8], 8)
v[part == 8] += 4.0  # one fold lies higher, and wider
F[part == 8] *= 2
for price in (0.0, 0.3):
    wanted = np.zeros(24)
    for number in (1, 3, 8):
        rest = part != number
        if price:
            line = fit_ridge(F[rest], v[rest], price)
        else:
            line = fit_linear(F[rest], v[rest])
        wanted[~rest] = line.predict(F[~rest])
    expect_close(
        folds(F, v, part, price),
        wanted,
        what=f"predictions from outside, three folds, penalty {price}",
        rtol=1e-6,
        hint="means, deviations and the mean score come from the other folds, "
        "and n is their number",
    )

# %% [markdown]
# /// hint
#
# In the loop over `np.unique(fold)`: `known = X[fold != k]`, then
# `design(known, known)` to fit and `design(X[fold == k], known)` to predict.
# ///
#
# /// solution


# %% tags=["solution"]
def folds(X, y, fold, lam):
    made = np.zeros(len(y))
    for k in np.unique(fold):
        known, mean = X[fold != k], y[fold != k].mean()
        Z = design(known, known)[:, 1:]
        G = Z.T @ Z + len(Z) * lam * np.eye(Z.shape[1])
        v = np.linalg.solve(G, Z.T @ (y[fold != k] - mean))
        made[fold == k] = mean + design(X[fold == k], known)[:, 1:] @ v
    return made


# %% [markdown]
# ///
# ////

# %%
fold = np.random.default_rng(3).permutation(n) % 10
bent = book.polynomial_features(X, 2)
prices = (0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
plain = [(y - folds(X, y, fold, lam)) ** 2 for lam in prices]
curved = [(y - folds(bent, y, fold, lam)) ** 2 for lam in prices[1:]]
print("penalty      ", *(f"{lam:6}" for lam in prices))
print("10 columns   ", *(f"{np.sqrt(q.mean()):6.1f}" for q in plain))
print("65 columns        –", *(f"{np.sqrt(q.mean()):6.1f}" for q in curved))
print("the mean only", f"{np.sqrt(np.mean((y - y.mean()) ** 2)):6.1f}")
for name, group in (("10", plain), ("65", curved)):
    best = min(group, key=np.mean)
    less = plain[0] - best
    print(f"best of {name}: mean square less than plain by", end=" ")
    print(f"{less.mean():.0f} ± {less.std() / np.sqrt(n):.0f}")

# %% [raw] tags=["output"]
# penalty          0.0  0.003   0.01   0.03    0.1    0.3    1.0
# 10 columns      55.1   55.1   55.1   55.1   55.1   55.5   58.0
# 65 columns        –   55.8   55.2   54.9   55.0   55.0   55.2
# the mean only   77.5
# best of 10: mean square less than plain by 1 ± 8
# best of 65: mean square less than plain by 17 ± 55

# %% [markdown]
# With ten columns the penalty hardly does anything: there are thirty patients
# to each. With all products it is needed: `sex` has two values, so its square
# is a line in it, and without a penalty no weights are best alone. And then
# the gain is smaller than its own uncertainty, although you took the *best* of
# seven. Take the simpler one: least squares with ten columns. A different
# choice would be defensible. Hiding the table would not.
#
# ## Step 7. An interval that fits
#
# Step 5 said that the noise grows with the prediction. So let the width grow too.
# Fit the size of the residuals from outside by a line in the prediction, $g$, never
# below a floor, and divide: the scores $\abs{e_i} / g_i$ should look alike for all
# patients. For a new patient promise $\pm Q g$, with $Q$ large enough that few scores
# exceed it. How large? Suppose the new score and the $n$ old ones were drawn alike and
# independently. Then its rank among all $n + 1$ is equally likely to be any.
# So the $k$-th smallest of the old ones is not exceeded with probability at least
# $k / (n + 1)$, whatever the distribution is. Take the least $k$ with
# $k \ge (n + 1) \, \text{level}$. This is *conformal* prediction [@lei2018].
#
# //// exercise | The conformal quantile
#     name: regression-conformal
#
# Write `conformal(scores, level)`: the $k$-th smallest score, with the least whole
# $k \ge (n + 1)\,\text{level}$, and infinity if $k > n$. An order of the scores means
# nothing.


# %% tags=["starter"]
def conformal(scores, level):
    return np.quantile(scores, level)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

nine = np.array([5.0, 1.0, 9.0, 3.0, 7.0, 2.0, 8.0, 4.0, 6.0])
before = nine.copy()
for level, wanted in ((0.75, 8.0), (0.85, 9.0), (0.05, 1.0), (0.93, np.inf)):
    expect_close(
        conformal(nine, level),
        wanted,
        what=f"conformal of the scores 1 to 9 at level {level}",
        hint="round (n + 1) level up, count from 1; too few scores: infinity",
    )
expect_close(nine, before, what="the scores, which stay as they are")
chance = np.random.default_rng(7)
drawn_new = chance.exponential(size=4000)
inside = [
    conformal(chance.exponential(size=5), 0.8) >= new for new in drawn_new
]
expect_close(
    np.mean(inside),
    5 / 6,
    what="the coverage with 5 scores, level 0.8, in 4000 runs",
    atol=0.03,
    rtol=0,
)

# %% [markdown]
# /// hint
#
# `math.ceil` rounds up. A sorted copy is `np.sort(scores)`.
# ///
#
# /// solution


# %% tags=["solution"]
import math


def conformal(scores, level):
    k = math.ceil(round((len(scores) + 1) * level, 9))  # 100 * 0.07 > 7
    return np.sort(scores)[k - 1] if k <= len(scores) else np.inf


# %% [markdown]
# ///
# ////

# %%
size_fit = np.polyfit(hat, np.abs(e), 1)


def size_at(prediction):
    """The size of residual to expect, at least 15."""
    return np.maximum(np.polyval(size_fit, prediction), 15.0)


Q = conformal(np.abs(e) / size_at(hat), 0.95)
flat = conformal(np.abs(e), 0.95)
print(f"flat: ± {flat:.0f}; fitted:", end=" ")
print(*(f"± {Q * size_at(f):.0f} at {f}" for f in (80, 150, 220)), sep=", ")

# %% [raw] tags=["output"]
# flat: ± 109; fitted: ± 84 at 80, ± 105 at 150, ± 127 at 220

# %% [markdown]
# A caveat belongs into the report: the proof wants scores of patients that had no part in
# the fit. Yours come from fits without that patient, but $g$ has seen all of them,
# and the fits share patients. So the level is approximate, and the locked patients
# are there to check it.
#
# ## Step 8. Unlock, and report
#
# All is decided: columns, no penalty, both kinds of intervals. Unlock, once.

# %%
X_new, y_new = data.data[locked], target[locked]
A_new = design(X_new, X)
made = A_new @ w
miss = y_new - made
_, equal = half_widths(A_new, s, C, n - p, 0.95)
fitted = Q * size_at(made)
rng = np.random.default_rng(4)
i = rng.integers(len(miss), size=(2000, len(miss)))
base = y_new - y.mean()
low, high = np.quantile(np.sqrt(np.mean(miss[i] ** 2, axis=1)), [0.025, 0.975])
part = 1 - np.mean(miss[i] ** 2, axis=1) / np.mean(base[i] ** 2, axis=1)
error = np.sqrt(np.mean(miss**2))
print(f"error {error:.0f} ({low:.0f} to {high:.0f}),", end=" ")
print(f"of the mean alone {np.sqrt(np.mean(base**2)):.0f}")
print(f"explained {1 - np.mean(miss**2) / np.mean(base**2):.2f}", end=" ")
print("({:.2f} to {:.2f})".format(*np.quantile(part, [0.025, 0.975])))

groups = np.digitize(made, np.quantile(hat, [1 / 3, 2 / 3]))
print("prediction  patients   equal width     fitted width")
for k, name in enumerate(("low", "middle", "high")):
    g = groups == k
    print(f"{name:10} {g.sum():9}", end="")
    for wide in (equal, fitted):
        hit = np.sum(np.abs(miss[g]) <= wide[g])
        print(f"   {hit:3} in ± {wide[g].mean():3.0f}", end="")
    print()
held = [int(np.sum(np.abs(miss) <= wide)) for wide in (equal, fitted)]
likely = stats.binom(len(miss), 0.95).ppf([0.025, 0.975])
print("held:", *held, "of", len(miss), end="; ")
print("likely at level 0.95: {:.0f} to {:.0f}".format(*likely))

# %% [raw] tags=["output"]
# error 54 (48 to 60), of the mean alone 76
# explained 0.49 (0.34 to 0.61)
# prediction  patients   equal width     fitted width
# low               39    39 in ± 108    38 in ±  87
# middle            35    34 in ± 108    34 in ± 105
# high              36    34 in ± 109    35 in ± 127
# held: 107 107 of 110; likely at level 0.95: 100 to 108

# %% tags=["picture"]
fig, axes = plt.subplots(1, 2, figsize=(7.0, 3.2), sharex=True, sharey=True)
rank = np.argsort(made)
for ax, wide, name in zip(
    axes, (equal, fitted), ("equal width", "fitted width"), strict=True
):
    hit = np.abs(miss) <= wide
    ax.fill_between(
        made[rank],
        (made - wide)[rank],
        (made + wide)[rank],
        color="C0",
        alpha=0.2,
        lw=0,
    )
    ax.plot(made[hit], y_new[hit], ".C0", ms=5)
    ax.plot(made[~hit], y_new[~hit], "XC1", ms=7)
    ax.set(xlabel=f"prediction, {name}")
axes[0].set(ylabel="score after a year")

# %% [markdown]
# /// figure | regression-report
#     alt: Two panels of score against prediction for the locked patients, with a band of prediction intervals and crosses where it is missed. Left, the band has one width and leaves much room around the low predictions. Right, the band is narrow on the left and wide on the right, and follows the points.
#
# Both bands hold about as many of the locked patients as promised; only the second
# is narrow for those who can be predicted well.
# ///
#
# **Report.** What holds:
#
# - For patients like these, the ten measurements predict the score with an error of
#   `54`{ .claim of="error" }, where the mean alone is off by
#   `76`{ .claim of="np.sqrt(np.mean(base**2))" }. `About half`{ .claim of="1 - np.mean(miss**2) / np.mean(base**2)" }
#   of the variance is explained, and the intervals above say how sure that is.
# - Body mass index, blood pressure and `ltg` go with higher scores, given the other
#   columns, and three kinds of errors agree on that.
# - Intervals of both kinds held for as many of the locked patients as a level of
#   $0.95${ .given of="likely" } makes likely. On `110`{ .claim of="len(y_new)" } patients, levels a
#   little lower or higher would have passed too.
#
# What does not hold, or cannot be said:
#
# - The spread is not the same for all (step 5). Intervals of equal width are too wide
#   for low predictions, and made up for by those of high ones. Use the fitted width.
# - The weights of `tc` and `ldl` mean nothing one by one.
# - No weight is an effect. What would happen if somebody's value were changed is not in
#   this table.
# - Products of columns may help a little; these data do not settle it.
# - For patients unlike these, from another clinic, say, nothing was tested.
#
# ## Against the library
#
# Scikit-learn fits the same, with scaling in a pipeline so that folds cannot leak.

# %%
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

theirs = LinearRegression().fit(X, y)
print("same predictions:", np.allclose(theirs.predict(X_new), made, rtol=1e-9))
tenths = n - np.bincount(fold)  # how many each fit sees: not always as many
parts = PredefinedSplit(fold)
for k in (0, 9):
    pipe = make_pipeline(StandardScaler(), Ridge(alpha=0.1 * tenths[k]))
    theirs = cross_val_predict(pipe, X, y, cv=parts)
    ours = folds(X, y, fold, 0.1)
    g = fold == k
    print(f"same fold {k}:", np.allclose(theirs[g], ours[g], rtol=1e-9))

# %% [raw] tags=["output"]
# same predictions: True
# same fold 0: True
# same fold 9: True

# %% [markdown]
# Its `alpha` is $n \lambda$, so it means more in a larger fold. It gives no errors of weights; for
# these you ask SciPy, whose `curve_fit` knows nothing of linear models and finds the
# same by iteration:

# %%
from scipy.optimize import curve_fit


def plane(_, *weights):
    return A @ np.array(weights)


found, covariance = curve_fit(plane, np.arange(n), y, p0=np.zeros(p))
print("same weights:", np.allclose(found, w, rtol=1e-4, atol=1e-3))
print("same errors:", np.allclose(np.sqrt(np.diag(covariance)), errors, 1e-4))
whole = book.fit_ridge(X, y, 0.1).predict(X_new)
Z, mean = A[:, 1:], y.mean()
v = np.linalg.solve(Z.T @ Z + n * 0.1 * np.eye(d), Z.T @ (y - mean))
print("same ridge:", np.allclose(mean + A_new[:, 1:] @ v, whole, rtol=1e-9))

# %% [raw] tags=["output"]
# same weights: True
# same errors: True
# same ridge: True

# %% [markdown]
# ## Go further
#
# 1. **Weighted least squares.** With the sizes $g$ of step 7, weigh each patient by
#    $1 / g^2$ ([why](../linalg/least_squares.md#weights-and-ridge)). Do errors of the weights
#    fall? Simulate the coverage for `rising` noise, with the sandwich in place
#    of $C$.
# 2. **A guarantee.** Split the patients once more: fit the plane and $g$ to one half, take
#    scores from the other. Now the proof of step 7 holds as it stands. What does it cost
#    in width?
# 3. **Choosing inside.** Let each of ten outer folds choose penalty and columns by folds
#    of its own, and compare this *nested* error with the best entry of the table in
#    step 6. How large is the optimism of the best of fourteen?
# 4. **Fewer columns.** Run the lasso along its path, and bootstrap which columns it keeps.
#    Does it prefer `tc` or `ldl`, and how often does it change its mind?
