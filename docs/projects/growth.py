# ---
# title: Growth, decay and their limits
# description: Fit exponential and logistic growth to real counts by your own Gauss–Newton, give each number its error, and see what forecasts are worth.
# builds: forward, loss, update
# minutes: 90
# ---

# %% [markdown]
# # Growth, decay and their limits
#
# A culture of yeast, the froth on a glass of beer, the people of a country:
# three short tables of real measurements. In this project you fit laws of
# growth to them with a method that you write yourself, and say how far each
# number can be trusted. Then you look at what the same laws foretold, and at
# what happened.
#
# ## What you will have at the end
#
# Carlson measured the amount of yeast in a culture every hour
# [@carlson1913]. The table became famous when Pearl laid a logistic curve
# through it [@pearl1927]. This is the curve, fitted by the book's own
# library. At the end, a function of yours finds it, and its errors.

# %%
import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import half_life, sigmoid
from derivable.optimization import LeastSquares, levenberg_marquardt

yeast = np.array(
    [
        *(9.6, 18.3, 29.0, 47.2, 71.1, 119.1, 174.6, 257.3, 350.7, 441.0),
        *(513.3, 559.7, 594.8, 629.4, 640.8, 651.1, 655.9, 659.6, 661.8),
    ]
)
hours = np.arange(19.0)


def missed(p):
    return p[0] * sigmoid(p[1] * (hours - p[2])) - yeast


book = levenberg_marquardt(LeastSquares(missed), [700.0, 0.5, 9.0]).x[-1]
print(f"capacity {book[0]:.1f}, rate {book[1]:.3f} an hour, ", end="")
print(f"half of it at {book[2]:.2f} hours")

# %% [raw] tags=["output"]
# capacity 663.0, rate 0.547 an hour, half of it at 7.81 hours

# %% tags=["picture"]
time = np.linspace(0, 22, 200)
early = np.linspace(0, 9.4, 100)
rise, level = np.polyfit(hours[:7], np.log(yeast[:7]), 1)

fig, ax = plt.subplots(figsize=(5.6, 3.3))
ax.plot(time, book[0] * sigmoid(book[1] * (time - book[2])), "C0")
ax.plot(early, np.exp(level + rise * early), "C1--")
ax.plot(hours, yeast, "C2o", ms=4)
ax.axhline(book[0], color="C7", lw=0.8)
ax.text(14, 560, "logistic", color="C0")
ax.text(4.5, 700, "exponential", color="C1", ha="center")
ax.set(xlabel="hours", ylabel="amount of yeast", ylim=(-20, 950))

# %% [markdown]
# /// figure | growth-yeast
#     alt: Nineteen dots rise slowly, then steeply, then level off below a horizontal line. A solid curve in the form of an S goes through all of them. A dashed curve follows the first dots and then leaves them upwards.
#
# Growth begins as an exponential, and ends at a capacity.
# ///
#
# You stand on [half-lives](../foundations/exponentials.md#half-lives),
# [least squares](../linalg/least_squares.md#the-nearest-combination),
# [Jacobians](../calculus/jacobians.md#the-jacobian),
# [Gauss–Newton](../optimization/second_order.md#sums-of-squares-gaussnewton-and-levenbergmarquardt)
# and [intervals](../probability/estimation.md#intervals).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. A line through logarithms
#
# While there is room and food, each part of the yeast grows as every other
# does. So the amount $N$ grows at a rate proportional to itself, $N' = r N$,
# and with $N_0$ at time zero that means
#
# $$
# N(t) = N_0 \, e^{r t}, \qquad \ln N(t) = \ln N_0 + r t .
# $$
#
# The logarithm of exponential growth is a straight line with slope $r$. You
# have $n$ measurements $y_i > 0$ at times $t_i$. Let $z_i = \ln y_i$, and
# $\bar t$, $\bar z$ be the means. The line of least squares minimises
# $\sum_i (z_i - a - r t_i)^2$. The derivative for the intercept $a$ is zero
# if $a = \bar z - r \bar t$: the line goes through the point of means. Put
# that in, and set the derivative for $r$ to zero:
#
# $$
# r = \frac{\sum_i (t_i - \bar t)(z_i - \bar z)}{\sum_i (t_i - \bar t)^2}
# $$
#
# //// exercise | Fit an exponential
#     name: growth-line
#
# Write `exponential_fit(t, y)`, which gives the array $(N_0, r)$. A count
# that is not positive has no logarithm: raise a `ValueError`.


# %% tags=["starter"]
def exponential_fit(t, y):
    z = np.log(y)
    r = (z[-1] - z[0]) / (t[-1] - t[0])  # only two of the points
    return np.array([y[0], r])


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

at = np.array([1.0, 2.0, 4.0, 7.0])
expect_close(
    exponential_fit(at, 3.0 * np.exp(0.5 * at)),
    [3.0, 0.5],
    what="the fit to exactly 3 exp(t / 2)",
    hint="natural logarithms; the intercept is ln N0, at time zero",
)
expect_close(
    exponential_fit(at, np.array([5.0, 4.0, 6.0, 1.0])),
    np.exp(np.polyfit(at, np.log([5.0, 4.0, 6.0, 1.0]), 1)[::-1]) * [1, 0]
    + np.polyfit(at, np.log([5.0, 4.0, 6.0, 1.0]), 1)[::-1] * [0, 1],
    what="the fit to 5, 4, 6, 1 at the times 1, 2, 4, 7",
    rtol=1e-5,
    hint="use all points, as in the formula",
)
expect_raises(
    ValueError,
    exponential_fit,
    at,
    np.array([2.0, 1.0, 0.0, 1.0]),
    what="the fit to a count of zero",
    hint="check the counts before you take logarithms",
)

# %% [markdown]
# /// hint
#
# `s = t - t.mean()` and `s @ (z - z.mean()) / (s @ s)` is the slope. The
# intercept is $\ln N_0$, so take its exponential at the end.
# ///
#
# /// solution


# %% tags=["solution"]
def exponential_fit(t, y):
    if np.any(y <= 0):
        raise ValueError(f"counts must be positive, got {np.min(y)}")
    z, s = np.log(y), t - t.mean()
    r = s @ (z - z.mean()) / (s @ s)
    return np.array([np.exp(z.mean() - r * t.mean()), r])


# %% [markdown]
# ///
# ////

# %%
first = 7
N0, r = exponential_fit(hours[:first], yeast[:first])
print(f"the first {first} hours: {N0:.1f} exp({r:.3f} t)")
print(f"that would be {N0 * np.exp(18 * r):.0f} in the end,", end=" ")
print(f"and it was {yeast[-1]:.0f}")

# %% [raw] tags=["output"]
# the first 7 hours: 10.7 exp(0.477 t)
# that would be 56882 in the end, and it was 662

# %% [markdown]
# ## Step 2. A doubling time, with its error
#
# Nobody thinks in rates. The amount doubles when $e^{r T} = 2$, so the
# *doubling time* is $T = \ln 2 / r$. For decay, $r$ is negative, and
# $\ln 2 / \abs{r}$ is the half-life. How sure is it?
#
# Suppose that each $z_i$ lies on a line but for an error; that the errors are
# independent, with mean zero and one standard deviation $\sigma$. As the
# $t_i - \bar t$ add up to zero, $\bar z$ drops out of the formula for $r$,
# which is $\sum_i s_i z_i$ with
# $s_i = (t_i - \bar t) / \sum_k (t_k - \bar t)^2$. Variances of independent
# summands add, so the standard deviation of $r$, its *standard error*, is
#
# $$
# e_r = \sigma \sqrt{\textstyle\sum_i s_i^2}
# = \frac{\sigma}{\sqrt{\sum_i (t_i - \bar t)^2}}
# $$
#
# You do not know $\sigma$. Estimate $\sigma^2$ by the sum of the squares of
# the residuals over $n - 2$: two degrees of freedom went into the line. From
# the rate to the time, go along the tangent: a small error of $r$ is
# multiplied by
#
# $$
# \frac{\dd}{\dd r} \left( \frac{\ln 2}{r} \right) = -\frac{\ln 2}{r^2}
# \label{claim:growth-delta}
# $$
#
# /// check
#     of: claim:growth-delta
#
# ``` {.python .formula}
# def draw(rng):
#     return {"r": rng.choice([-1, 1]) * rng.uniform(0.2, 2)}
# ```
# ///
#
# This is the *delta method*. It needs an error that is small beside $r$.
#
# //// exercise | How sure is a doubling time?
#     name: growth-doubling
#
# Write `doubling(t, y)`: the pair of $\ln 2 / \abs{r}$ and its standard error,
# from the line of step 1. So it gives a doubling time for growth, and a
# half-life for decay.


# %% tags=["starter"]
def doubling(t, y):
    N0, r = exponential_fit(t, y)
    return np.log(2) / r, 0.0  # and the error?


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

at = np.arange(5.0)
# orthogonal to every line; its squares add up to 0.1
wave = 0.1 * np.array([1.0, -2.0, 0.0, 2.0, -1.0])
for rate in (0.4, -0.4):
    case = f"exp({rate} t), with errors"
    time_2, sure_0 = doubling(at, 6.0 * np.exp(rate * at + wave))
    expect_close(
        time_2,
        np.log(2) / 0.4,
        what=f"the time of {case}",
        hint="ln 2 over the absolute value of the rate",
    )
    expect_close(
        sure_0,
        np.log(2) / 0.4**2 * np.sqrt(0.1 / 3 / 10),
        what=f"the error of {case}",
        hint="divide by n - 2; the error of the rate, times ln 2 / r²",
    )

# %% [markdown]
# /// hint
#
# The residuals are those of the logarithms: `np.log(y / (N0 * np.exp(r * t)))`.
# ///
#
# /// solution


# %% tags=["solution"]
def doubling(t, y):
    N0, r = exponential_fit(t, y)
    residual = np.log(y) - np.log(N0) - r * t
    s = t - t.mean()
    error = np.sqrt(residual @ residual / (len(t) - 2) / (s @ s))
    return np.log(2) / abs(r), np.log(2) / r**2 * error


# %% [markdown]
# ///
# ////

# %%
for count in (4, 5, 6, 7, 8):
    T, error = doubling(hours[:count], yeast[:count])
    print(f"{count} points: {T:.2f} ± {error:.2f} hours")

# %% [raw] tags=["output"]
# 4 points: 1.32 ± 0.07 hours
# 5 points: 1.40 ± 0.07 hours
# 6 points: 1.41 ± 0.05 hours
# 7 points: 1.45 ± 0.04 hours
# 8 points: 1.50 ± 0.04 hours

# %% [markdown]
# More points, and the time gets longer. The error tells you how much the
# number would vary if the law were right. It cannot tell you that the law is
# wrong, and here it is: growth has begun to slow down.
#
# ## Step 3. A law that slows down
#
# Let there be a *capacity* $K$, and let growth lose speed with the share of
# $K$ that is taken [@pearl1920]:
#
# $$
# \frac{\dd}{\dd t} N(t) = r \, N(t) \left( 1 - \frac{N(t)}{K} \right)
# \label{claim:growth-law}
# $$
#
# /// check
#     of: claim:growth-law
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     K, r, m = rng.uniform(0.5, 3, size=3)
#     return {
#         "K": K,
#         "r": r,
#         "t": rng.normal(),
#         "N": lambda t: K / (1 + np.exp(-r * (t - m))),
#     }
# ```
# ///
#
# Look at the ratio of what is there to what is missing, $u = N / (K - N)$. By
# the quotient rule $u' = K N' / (K - N)^2$, and with
# $N' = r N (K - N) / K$ that is $r N / (K - N) = r u$. So $u$ grows
# exponentially, without end: $u = e^{r (t - m)}$, where $m$ is the time at
# which half of $K$ is reached, $u = 1$. Solve for $N = K u / (1 + u)$. That
# is the *logistic curve*,
#
# $$
# N(t) = K \, \sigma(r (t - m)), \qquad \sigma(x) = \frac{1}{1 + e^{-x}}
# $$
#
# Far on the left it is $K e^{r (t - m)}$, with doubling time $\ln 2 / r$. Far
# on the right the gap $K - N = K \sigma(-r (t - m))$ decays, and its
# half-life is the same number.
#
# To fit it you need the derivatives for its parameters. With
# $\sigma' = \sigma (1 - \sigma)$ and the chain rule,
#
# $$
# \frac{\partial}{\partial r} K \sigma(r (t - m))
# = K (t - m) \, \sigma(r (t - m)) (1 - \sigma(r (t - m)))
# \label{claim:growth-slope-r}
# $$
#
# $$
# \frac{\partial}{\partial m} K \sigma(r (t - m))
# = -K r \, \sigma(r (t - m)) (1 - \sigma(r (t - m)))
# \label{claim:growth-slope-m}
# $$
#
# /// check
#     of: claim:growth-slope-r claim:growth-slope-m
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.foundations import sigmoid
#
#
# def draw(rng):
#     return {
#         "K": rng.uniform(0.5, 4),
#         "r": rng.uniform(0.3, 2),
#         "t": rng.normal(),
#         "m": rng.normal(),
#         "sigma": lambda x: float(sigmoid(x)),
#     }
#
#
# steps = "no, they hold for a function N and its derivative in time"
# ```
# ///
#
# //// exercise | The curve and its slopes
#     name: growth-logistic
#
# Write `logistic(p, t)` for $p = (K, r, m)$ and an array of $n$ times, and
# `logistic_slopes(p, t)`, its Jacobian of shape $(n, 3)$: one row a time, one
# column a parameter. The book's `sigmoid` does not overflow.


# %% tags=["starter"]
def logistic(p, t):
    K, r, m = p
    return K * sigmoid(r * (t - m))


def logistic_slopes(p, t):
    K, r, m = p
    share = sigmoid(r * (t - m))
    return np.column_stack([share, share, share])  # and two more slopes


# %% tags=["check"]
import numpy as np

from derivable.calculus import jacobian
from derivable.grading import expect_close

at, knobs = np.array([-2.0, 0.0, 1.0, 5.0]), np.array([3.0, 0.7, 1.0])
expect_close(
    logistic(knobs, at),
    3.0 / (1 + np.exp(-0.7 * (at - 1.0))),
    what="the curve of capacity 3, rate 0.7, middle 1",
)
expect_close(
    logistic_slopes(knobs, at),
    jacobian(lambda p: p[0] / (1 + np.exp(-p[1] * (at - p[2]))), knobs),
    what="the slopes of that curve",
    rtol=1e-6,
    hint="columns for K, r, m; the last one has a minus",
)
with np.errstate(all="raise"):
    far = logistic_slopes(np.array([3.0, 1.0, 0.0]), np.array([-600.0, 600.0]))
expect_close(
    far[:, 0],
    [0.0, 1.0],
    what="the slope for K, far to the left and to the right",
    hint="take sigmoid, which does not overflow",
)

# %% [markdown]
# /// hint
#
# With `share = sigmoid(r * (t - m))` all three columns are products of
# `share`, `1 - share` and what the claims say.
# ///
#
# /// solution


# %% tags=["solution"]
def logistic(p, t):
    K, r, m = p
    return K * sigmoid(r * (t - m))


def logistic_slopes(p, t):
    K, r, m = p
    share = sigmoid(r * (t - m))
    steep = K * share * (1 - share)
    return np.column_stack([share, (t - m) * steep, -r * steep])


# %% [markdown]
# ///
# ////
#
# ## Step 4. Gauss–Newton
#
# No formula gives the best $p$: the model bends in $r$ and $m$. But near a
# guess it is almost linear. With residuals $b = y - N(p)$, of shape $(n)$,
# and the Jacobian $J$ of the model, of shape $(n, k)$, a step $d$ leaves
# about $b - J d$. To make that short is linear least squares, which you can
# solve; its solution obeys $J^\T J d = J^\T b$. Take the step, and begin again.
#
# Far from the best $p$, "almost linear" may be false, and the step too long.
# But it points down: the slope of $\norm{b}^2$ along $d$ is
# $-2 b^\T J d = -2 \norm{J d}^2$. So some fraction of it helps. Halve it
# until the sum of squares falls.
#
# Stop when a step changes the curve by next to nothing,
# $\norm{J d} \le \varepsilon \norm{y}$. That does not depend on units, and
# not on which parameter is large.
#
# //// exercise | Fit any curve
#     name: growth-gauss-newton
#
# Write `gauss_newton(model, slopes, t, y, start)`, which gives the array of
# the best parameters. Halve a step that does not lower the sum of squares.
# Stop, after one more step, by the rule above with `eps` for $\varepsilon$.
# Raise a `RuntimeError` if that takes more than a hundred steps, or if no
# fraction of a step lowers the sum, and let no loop run for ever.


# %% tags=["starter"]
def gauss_newton(model, slopes, t, y, start, eps=1e-8):
    p = np.array(start, dtype=float)
    for _ in range(100):
        b, J = y - model(p, t), slopes(p, t)
        d = np.linalg.lstsq(J, b)[0]
        p = p + d  # always the whole step?
    return p


# %% tags=["check"]
import numpy as np

from derivable.foundations import sigmoid
from derivable.grading import expect_close, expect_raises


def curve(p, t):
    return p[0] * sigmoid(p[1] * (t - p[2]))


def curve_slopes(p, t):
    share = sigmoid(p[1] * (t - p[2]))
    steep = p[0] * share * (1 - share)
    return np.column_stack([share, (t - p[2]) * steep, -p[1] * steep])


at, true = np.arange(12.0), np.array([20.0, 0.8, 6.0])
exact = curve(true, at)
given = np.array([21.0, 0.7, 5.5])
expect_close(
    gauss_newton(curve, curve_slopes, at, exact, given),
    true,
    what="the fit to an exact logistic curve, from nearby",
    rtol=1e-6,
)
expect_close(given, [21.0, 0.7, 5.5], what="the start, afterwards")
expect_close(
    gauss_newton(curve, curve_slopes, at, exact, [20.0, 0.8, 0.0]),
    true,
    what="the same fit, from a start that is far off",
    rtol=1e-6,
    hint="halve the step until the sum of squares is less than before",
)
rough = exact + np.array([1, -1, 2, 0, -1, 1, 0, 1, -2, 1, 0, 1.0]) / 2
best = gauss_newton(curve, curve_slopes, at, rough, given)
expect_close(
    curve_slopes(best, at).T @ (rough - curve(best, at)),
    np.zeros(3),
    what="the gradient at the fit to a rough curve",
    atol=1e-5,
    hint="the residual must be orthogonal to all columns of J",
)
expect_raises(
    RuntimeError,
    gauss_newton,
    lambda p, t: np.exp(-p[0]) * np.ones(2),
    lambda p, t: -np.exp(-p[0]) * np.ones((2, 1)),
    np.zeros(2),
    np.zeros(2),
    [0.0],
    what="a fit of exp(-p) to zeros, for which no p is the best",
    hint="raise RuntimeError after a hundred steps",
)

# %% [markdown]
# /// hint
#
# After `d`, set `size = 1.0` and halve it while the sum of squares at
# `p + size * d` is not below `b @ b`. Test for the end before that loop: near
# the best $p$ rounding decides what is lower. `not … < …` also halves a step
# that leads to no number.
# ///
#
# /// solution


# %% tags=["solution"]
def gauss_newton(model, slopes, t, y, start, eps=1e-8):
    p = np.array(start, dtype=float)
    for _ in range(100):
        b, J = y - model(p, t), slopes(p, t)
        d = np.linalg.lstsq(J, b)[0]
        if np.linalg.norm(J @ d) <= eps * np.linalg.norm(y):
            return p + d
        size = 1.0
        while not np.sum((y - model(p + size * d, t)) ** 2) < b @ b:
            size = size / 2
            if size < 1e-12:
                raise RuntimeError("no step lowers the sum of squares")
        p = p + size * d
    raise RuntimeError("no best parameters after 100 steps")


# %% [markdown]
# ///
# ////
#
# Where to begin? Guess a capacity a little above the largest count. With it,
# $\ln u = \ln (y / (K - y))$ is a line with slope $r$ that crosses zero at
# $m$: the fit of step 1, once more.


# %%
def logistic_fit(t, y):
    K = 1.05 * np.max(y)
    odds, r = exponential_fit(t, y / (K - y))
    start = [K, r, -np.log(odds) / r]
    return gauss_newton(logistic, logistic_slopes, t, y, start)


p = logistic_fit(hours, yeast)
T7, e7 = doubling(hours[:first], yeast[:first])
print(f"K = {p[0]:.2f}, r = {p[1]:.4f}, m = {p[2]:.3f}")

# %% [raw] tags=["output"]
# K = 663.02, r = 0.5470, m = 7.808

# %% [markdown]
# The doubling time at the beginning is
# `1.27`{ .claim of="np.log(2) / p[1]" } hours. The line
# through seven points misses it by
# `more than four`{ .claim of="(T7 - np.log(2) / p[1]) / e7" says="more than 4" }
# of its errors.
#
# ## Step 5. Every parameter with an error
#
# Let the measurements be the curve at the true parameters plus independent
# errors with mean zero and standard deviation $\sigma$. Near the fit the
# model is almost linear, so the errors $e$ move the estimate by the solution
# of a linear fit, $(J^\T J)^{-1} J^\T e$. The covariance of $e$ is
# $\sigma^2 I$; multiplied from both sides by that matrix and its transpose,
#
# $$
# C = \sigma^2 (J^\T J)^{-1} J^\T J (J^\T J)^{-1} = \sigma^2 (J^\T J)^{-1}
# $$
#
# The roots of its diagonal are the standard errors. Again $\sigma^2$ is the
# sum of squared residuals over $n - k$, with $k$ parameters. To form
# $J^\T J$ would [square the condition](../linalg/least_squares.md#what-the-square-costs).
# With $J = Q R$ it is $R^\T Q^\T Q R = R^\T R$, so that
#
# $$
# (J^\T J)^{-1} = R^{-1} R^{-\T}
# \label{claim:growth-covariance}
# $$
#
# /// check
#     of: claim:growth-covariance
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     k = int(rng.integers(1, 4))
#     J = rng.normal(size=(k + 3, k))
#     return {"J": J, "R": np.linalg.qr(J)[1]}
# ```
# ///
#
# //// exercise | The covariance
#     name: growth-covariance
#
# Write `covariance(J, b)`: the matrix $C$, of shape $(k, k)$, from the
# Jacobian and the residuals at the fit. Without $n > k$ no degree of freedom
# is left: raise a `ValueError`.


# %% tags=["starter"]
def covariance(J, b):
    R = np.linalg.qr(J)[1]
    inverse = np.linalg.inv(R)
    return np.mean(b**2) * inverse @ inverse.T  # is the mean right?


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

one, left = np.ones((4, 1)), np.array([1.0, -1.0, 3.0, -3.0])
expect_close(
    covariance(one, left),
    [[20 / 3 / 4]],
    what="the covariance of a mean of four, residuals 1, -1, 3, -3",
    hint="σ² is the sum of squares over n - k, here 20 / 3",
)
at = np.arange(6.0)
line, left = np.column_stack([np.ones(6), at]), np.cos(at)
expect_close(
    covariance(line, left),
    left @ left / 4 * np.array([[55.0, -15.0], [-15.0, 6.0]]) / 105,
    what="the covariance of a line at 0, 1, …, 5",
    hint="R has the inverse on the left of its transpose",
)
expect_raises(
    ValueError,
    covariance,
    np.eye(3),
    np.zeros(3),
    what="the covariance of three parameters from three points",
    hint="n - k must be positive",
)

# %% [markdown]
# /// hint
#
# `n, k = J.shape`, and `b @ b / (n - k)` in place of the mean.
# ///
#
# /// solution


# %% tags=["solution"]
def covariance(J, b):
    n, k = J.shape
    if n <= k:
        raise ValueError(f"needs more points than {k} parameters, got {n}")
    inverse = np.linalg.inv(np.linalg.qr(J)[1])
    return b @ b / (n - k) * inverse @ inverse.T


# %% [markdown]
# ///
# ////

# %%
b = yeast - logistic(p, hours)
C = covariance(logistic_slopes(p, hours), b)
errors = np.sqrt(np.diag(C))
for name, value, error in zip("Krm", p, errors, strict=True):
    print(f"{name} = {value:.3g} ± {error:.1g}")

# %% [raw] tags=["output"]
# K = 663 ± 2
# r = 0.547 ± 0.006
# m = 7.81 ± 0.02

# %% [markdown]
# Is that right? Ask another way. Take the fit for the truth, make new tables
# with errors of the size of the residuals, fit each, and look how far the
# parameters scatter.

# %%
rng = np.random.default_rng(3)
spread = np.sqrt(b @ b / (len(b) - 3))
again = [
    gauss_newton(
        logistic,
        logistic_slopes,
        hours,
        logistic(p, hours) + spread * rng.normal(size=len(hours)),
        p,
    )
    for _ in range(400)
]
ratio = np.std(again, axis=0) / errors
print("scatter over error, within a tenth of one:", np.abs(ratio - 1) < 0.1)

# %% [raw] tags=["output"]
# scatter over error, within a tenth of one: [ True  True  True]

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(6.8, 2.9))
left.axhline(0, color="C7", lw=0.8)
left.plot(hours, b, "C0o-", ms=4, lw=0.8)
left.set(xlabel="hours", ylabel="residual")
for count in range(8, 20):
    q = logistic_fit(hours[:count], yeast[:count])
    bq = yeast[:count] - logistic(q, hours[:count])
    eq = np.sqrt(covariance(logistic_slopes(q, hours[:count]), bq)[0, 0])
    right.errorbar(count - 1, q[0], 2 * eq, fmt="C1o", ms=4, capsize=2)
right.axhline(p[0], color="C0", lw=0.8)
right.set(xlabel="last hour that is used", ylabel="capacity $K$")

# %% [markdown]
# /// figure | growth-capacity
#     alt: Left, the residuals of the yeast in the order of time scatter on both sides of zero, widely at first, closely at the end. Right, the capacity with a bar of two standard errors, against the last hour used. The first bars are long and their middles lie far above the final value; they shrink to it once the middle of the curve is passed.
#
# Before growth visibly slows down, the data hardly contain the capacity.
# ///
#
# Two assumptions are in the errors, and the left panel can refute them. *One
# standard deviation for all*: it is not so, the last residuals are much
# smaller. *Independence*: then, if the law fits, the signs of the residuals come
# in nearly random order. With $n_+$ positive and $n_-$ negative ones, all orders equally likely,
# two neighbours differ with probability $2 n_+ n_- / (n (n - 1))$. There are
# $n - 1$ pairs of neighbours, and one *run* of equal signs more than changes
# of sign. So you expect about $1 + 2 n_+ n_- / n$ runs.


# %%
def runs(b):
    """The number of runs of equal sign, and the number to expect."""
    up = b > 0
    changes = np.count_nonzero(up[1:] != up[:-1])
    return 1 + changes, 1 + 2 * up.sum() * (~up).sum() / len(b)


print("runs: {}, expected {:.1f}".format(*runs(b)))
print(f"largest residual: {np.max(np.abs(b[:14])):.1f},", end=" ")
print(f"in the last five hours {np.max(np.abs(b[14:])):.1f}")

# %% [raw] tags=["output"]
# runs: 9, expected 9.2
# largest residual: 7.4, in the last five hours 1.3

# %% [markdown]
# The order of the signs speaks neither against the law nor against
# independence. But $K$ is decided at the quiet end, and its error was computed from the noise of all hours: it
# is larger than it need be.
#
# ## Step 6. A half-life
#
# Leike measured the height of the froth on three beers, in centimetres, over
# six minutes, as a lesson on decay [@leike2002]. Here is one of them,
# Augustiner. If each bubble bursts
# with the same chance in each second, the height is $N_0 e^{r t}$ with
# negative $r$. Fit it twice: by the line through the logarithms, and by
# Gauss–Newton to the heights themselves.
#
# They are different questions. For a small error $e$ of the height $y$, the
# logarithm errs by about $e / y$. So the line treats all *relative* errors
# alike, and a millimetre at the end counts as much as two centimetres at the
# beginning. Gauss–Newton treats all centimetres alike.
#
# //// exercise | The half-life of froth
#     name: growth-half-life
#
# Write `half_life_fit(t, y)`: the half-life $\ln 2 / \abs{r}$ and its standard
# error, from Gauss–Newton on $N_0 e^{r t}$ that begins at the fit of step 1.
# You need the two slopes of the model, and the delta method.


# %% tags=["starter"]
def half_life_fit(t, y):
    return doubling(t, y)  # still the line through the logarithms


# %% tags=["check"]
import numpy as np
from scipy.optimize import least_squares

from derivable.grading import expect_close

at = np.array([0.0, 1.0, 2.0, 4.0, 8.0])
tall = np.array([10.0, 8.5, 6.0, 4.5, 0.4])


def off_by(q):
    return q[0] * np.exp(-np.log(2) / q[1] * at) - tall


# the half-life is itself a parameter here, so its error needs no rule
other = least_squares(off_by, [10.0, 3.0], xtol=1e-13, gtol=1e-13, ftol=1e-13)
square = 2 * other.cost / 3 * np.linalg.inv(other.jac.T @ other.jac)
found, sure_1 = half_life_fit(at, tall)
expect_close(
    found,
    other.x[1],
    what="the half-life of 10, 8.5, 6, 4.5, 0.4",
    rtol=1e-5,
    hint="fit the heights themselves; the slopes are exp(rt) and N0 t exp(rt)",
)
expect_close(
    sure_1,
    np.sqrt(square[1, 1]),
    what="its standard error",
    rtol=1e-4,
    hint="the root of C for r, times ln 2 / r²",
)

# %% [markdown]
# /// hint
#
# `covariance` gives a matrix for $(N_0, r)$. The entry for $r$ is the last
# one of its diagonal.
# ///
#
# /// solution


# %% tags=["solution"]
def exponential(p, t):
    return p[0] * np.exp(p[1] * t)


def exponential_slopes(p, t):
    grown = np.exp(p[1] * t)
    return np.column_stack([grown, p[0] * t * grown])


def half_life_fit(t, y):
    start = exponential_fit(t, y)
    q = gauss_newton(exponential, exponential_slopes, t, y, start)
    Q = covariance(exponential_slopes(q, t), y - exponential(q, t))
    return np.log(2) / abs(q[1]), np.log(2) / q[1] ** 2 * np.sqrt(Q[1, 1])


# %% [markdown]
# ///
# ////

# %%
seconds = np.array(
    [0, 15, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 360.0]
)
froth = np.array(
    [14, 11.8, 10.5, 9.3, 8.5, 7.7, 7.1, 6.5, 6, 5.3, 4.4, 3.5, 2.9, 1.3, 0.7]
)
for name, method in [("logarithms", doubling), ("heights", half_life_fit)]:
    T, error = method(seconds, froth)
    print(f"{name:10}: {T:.0f} ± {error:.0f} seconds")
T_early, early_error = half_life_fit(seconds[:9], froth[:9])
print(f"first two minutes: {T_early:.0f} ± {early_error:.0f} seconds")

# %% [raw] tags=["output"]
# logarithms: 91 ± 4 seconds
# heights   : 103 ± 4 seconds
# first two minutes: 96 ± 5 seconds

# %% tags=["picture"]
line = exponential_fit(seconds, froth)
bent = gauss_newton(exponential, exponential_slopes, seconds, froth, line)
fig, (left, right) = plt.subplots(1, 2, figsize=(6.8, 2.9))
left.semilogy(seconds, froth, "C2o", ms=4)
right.axhline(0, color="C7", lw=0.8)
pairs = [(line, "C1", "logarithms"), (bent, "C0", "heights")]
for fitted, look, name in pairs:
    left.semilogy(seconds, exponential(fitted, seconds), look)
    gap = froth - exponential(fitted, seconds)
    right.plot(seconds, gap, look + "o-", ms=3, lw=0.8, label=name)
left.set(xlabel="seconds", ylabel="froth in cm")
right.set(xlabel="seconds", ylabel="residual in cm")
right.legend()

# %% [markdown]
# /// figure | growth-froth
#     alt: Left, the heights on a logarithmic axis with two lines of different slope; the dots bend, and fall below both at the end. Right, the residuals of both fits run in long waves: mostly negative for about a hundred seconds, then positive, and negative at the end.
#
# Two fits disagree by more than their errors, and the residuals say why: the
# decay is not exponential.
# ///
#
# In the first seconds the froth falls faster than either fit, then slower, and
# at the end faster again. Count the runs:

# %%
wave_runs, usual = runs(froth - exponential(bent, seconds))
print(f"runs: {wave_runs}, expected {usual:.1f}")

# %% [raw] tags=["output"]
# runs: 4, expected 8.2

# %% [markdown]
# `Less than half`{ .claim of="wave_runs / usual" says="less than 0.5" } as many as chance would make. A
# half-life exists only where the law holds, and an error computed from a wrong
# law says little: the waves are no noise that more data would average out.
#
# ## Step 7. What extrapolation does
#
# A forecast is the curve at a time beyond the data. Its error comes from the
# parameters: a change $d$ of them moves the curve at one time by $j^\T d$,
# where $j$ is the column of slopes there, so its variance is $j^\T C j$. (This
# is the error of the curve. A new count strays from it by $\sigma$ as well, but
# far from the data that is the smaller part.)
#
# //// exercise | A forecast with its error
#     name: growth-forecast
#
# Write `forecast(model, slopes, p, C, t)`: the pair of the values at the
# times `t` and their standard errors, both of shape $(n)$.


# %% tags=["starter"]
def forecast(model, slopes, p, C, t):
    J = slopes(p, t)
    return model(p, t), J @ np.sqrt(np.diag(C))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

at = np.array([0.0, 1.0, 3.0])
square = np.array([[4.0, -1.0], [-1.0, 1.0]])
line_2, sure_2 = forecast(
    lambda p, t: p[0] + p[1] * t,
    lambda p, t: np.column_stack([np.ones(3), t]),
    np.array([1.0, 2.0]),
    square,
    at,
)
expect_close(line_2, [1.0, 3.0, 7.0], what="the values of 1 + 2 t")
expect_close(
    sure_2,
    np.sqrt([4.0, 4.0 - 2.0 + 1.0, 4.0 - 6.0 + 9.0]),
    what="their errors at 0, 1, 3, for C = [[4, -1], [-1, 1]]",
    hint="the root of the diagonal of J C Jᵀ, all of C",
)

# %% [markdown]
# /// hint
#
# The diagonal of $J C J^\T$ is the sum over the columns of `(J @ C) * J`.
# ///
#
# /// solution


# %% tags=["solution"]
def forecast(model, slopes, p, C, t):
    J = slopes(p, t)
    return model(p, t), np.sqrt(np.sum((J @ C) * J, axis=1))


# %% [markdown]
# ///
# ////
#
# In 1920 Pearl and Reed laid the logistic curve through the censuses of the
# United States, and read off the population at which it would end,
# `197.27`{ .fact source="pearl1920" } million [@pearl1920]. Do it again with
# the same thirteen counts, in millions to one decimal [@census1993]. You know what they could
# not: eleven counts more [@census2021].

# %%
counts = np.array(
    [
        *(3.9, 5.3, 7.2, 9.6, 12.9, 17.1, 23.2, 31.4, 38.6, 50.2, 63.0),
        *(76.2, 92.2, 106.0, 123.2, 132.2, 151.3, 179.3, 203.2, 226.5),
        *(248.7, 281.4, 308.7, 331.4),
    ]
)
years = np.arange(1790.0, 2021.0, 10.0)
since = years - 1790
known = 13

P = logistic_fit(since[:known], counts[:known])
gap = counts[:known] - logistic(P, since[:known])
D = covariance(logistic_slopes(P, since[:known]), gap)
print(f"K = {P[0]:.0f} ± {np.sqrt(D[0, 0]):.0f} million")

values, sure = forecast(logistic, logistic_slopes, P, D, since)
for i in (13, 15, 16, 17, 20, 23):
    said = f"{values[i]:5.0f} ± {sure[i]:.0f}"
    print(f"{years[i]:.0f}: said {said}, counted {counts[i]:.0f}")

# %% [raw] tags=["output"]
# K = 198 ± 10 million
# 1920: said   107 ± 1, counted 106
# 1940: said   136 ± 2, counted 132
# 1950: said   149 ± 3, counted 151
# 1960: said   159 ± 4, counted 179
# 1990: said   181 ± 7, counted 249
# 2020: said   191 ± 9, counted 331

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.8, 3.4))
ax.fill_between(
    years, values - 2 * sure, values + 2 * sure, color="C0", alpha=0.25, lw=0
)
ax.plot(years, values, "C0")
grown = exponential(exponential_fit(since[:known], counts[:known]), since)
ax.plot(years[:17], grown[:17], "C1--")
ax.plot(years[:known], counts[:known], "C2o", ms=4)
ax.plot(years[known:], counts[known:], "C3^", ms=4)
ax.text(2000, 142, "logistic", color="C0", ha="center")
ax.text(1915, 280, "exponential", color="C1", ha="center")
ax.text(2004, 335, "later counts", color="C3", ha="right")
ax.set(xlabel="year", ylabel="population in millions", ylim=(0, 400))

# %% [markdown]
# /// figure | growth-census
#     alt: Census counts, as dots where they were known and as triangles where not. The logistic curve goes through the dots and the first four triangles, then levels off with a narrow band around it, while the triangles go on rising far above. A dashed exponential leaves the counts upwards at once.
#
# The forecast was good for four decades, and then wrong by many times its
# error.
# ///
#
# The last count lies `16`{ .claim of="(counts[-1] - values[-1]) / sure[-1]" }
# standard errors above the forecast. The band is right about what it claims:
# *if* the law holds, and keeps its parameters. It did not: a capacity is no
# constant of nature. Compare with what costs no thought: that each decade adds
# what the last known one added.

# %%
added = counts[known - 1] - counts[known - 2]
plain = counts[known - 1] + added * (np.arange(24) - known + 1)
guesses = {"logistic": values, "exponential": grown, "straight on": plain}
for name, guess in guesses.items():
    off = np.abs(guess - counts)
    print(f"{name:12}: off by {off[13:17].mean():4.0f} million", end="")
    print(f" in the first four counts, {off[17:].mean():4.0f} in the rest")

# %% [raw] tags=["output"]
# logistic    : off by    2 million in the first four counts,   76 in the rest
# exponential : off by   90 million in the first four counts,  791 in the rest
# straight on : off by    4 million in the first four counts,   34 in the rest

# %% [markdown]
# The logistic curve wins where it is near its data, and loses to a straight
# line later. A good fit is no evidence for the far end of a curve.
#
# ## Against the library
#
# SciPy's `curve_fit` does all of steps 4 and 5 in one call. Give it the yeast,
# the froth and the censuses, with a start that is not yours.

# %%
from scipy.optimize import curve_fit


def by_scipy(model, slopes, t, y, start):
    return curve_fit(
        lambda t, *p: model(p, t),
        t,
        y,
        p0=start,
        jac=lambda t, *p: slopes(p, t),
        xtol=1e-12,
        ftol=1e-12,
    )


for name, ours, (model, slopes), t, y, start in [
    ("yeast", p, (logistic, logistic_slopes), hours, yeast, [600, 0.4, 9]),
    (
        *("census", P, (logistic, logistic_slopes)),
        *(since[:known], counts[:known], [150, 0.04, 110]),
    ),
    (
        *("froth", bent, (exponential, exponential_slopes)),
        *(seconds, froth, [10, -0.01]),
    ),
]:
    theirs, Ctheirs = by_scipy(model, slopes, t, y, start)
    Cours = covariance(slopes(ours, t), y - model(ours, t))
    assert np.allclose(ours, theirs, rtol=1e-5)
    assert np.allclose(Cours, Ctheirs, rtol=1e-3)
    print(f"{name:6}: parameters and covariance agree")

# %% [raw] tags=["output"]
# yeast : parameters and covariance agree
# census: parameters and covariance agree
# froth : parameters and covariance agree

# %% [markdown]
# And the line through logarithms is a polynomial of degree one, whose
# covariance NumPy knows. The book's `half_life` takes the factor that is kept
# in a second.

# %%
line_np, C_np = np.polyfit(seconds, np.log(froth), 1, cov=True)
T, error = doubling(seconds, froth)
assert np.isclose(error, np.log(2) / line_np[0] ** 2 * np.sqrt(C_np[0, 0]))
assert np.isclose(T, half_life(np.exp(line_np[0])))
assert np.allclose(p, book, rtol=1e-5)
print("the half-life, its error and the first fit of this page agree")

# %% [raw] tags=["output"]
# the half-life, its error and the first fit of this page agree

# %% [markdown]
# What does the library have that yours has not? Bounds on parameters, weights
# for measurements of known error (`sigma`), steps that are damped by
# Levenberg–Marquardt where $J$ loses its rank, and losses that outliers
# cannot bend.
#
# ## Go further
#
# 1. **Weights.** Suppose that the error of a count grows as its root, as for
#    counts that follow Poisson's law. Divide residuals and rows of $J$ by the
#    root of the fitted curve, fit again, and repeat. How do $K$ and its
#    error move?
# 2. **Intervals that need no tangent.** Fix $K$, fit $r$ and $m$, and draw the
#    least sum of squares against $K$, with the yeast of the first eight hours.
#    Where does it exceed the minimum by a factor of
#    $1 + F / (n - k)$, for a quantile $F$ of the $F$-distribution? The interval
#    is far from symmetric.
# 3. **Another law.** Gompertz' curve $K e^{-e^{-r (t - m)}}$ also levels off.
#    Fit it to both tables by the same function, and compare the residuals and
#    the forecasts. Which of the two would you have believed, before you saw
#    the later counts?
