# ---
# title: A classifier that decides
# description: Fit a logistic regression to tumours by weighted least squares, choose its ridge, test its probabilities, and let costs decide.
# builds: forward, loss, backward, update
# minutes: 115
# ---

# %% [markdown]
# # A classifier that decides
#
# A needle takes cells from a tumour, and thirty numbers describe their nuclei.
# Somebody has to decide: operate or wait. A classifier that is "nearly always right"
# is no help with that. In this project you build one that is: a probability
# that means what it says, and a threshold that follows from what mistakes
# cost. Every part of it is your own, and you judge it by tumours it never saw.
#
# ## What you will have at the end
#
# The book's library has all parts. The data ship with scikit-learn:
# `569`{ .claim of="len(labels)" at="below" } tumours, and the label is 1 if one is malignant, else 0 [@street1993]. A part of them is
# locked up at once: nobody looks at it before the last step.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_breast_cancer

import derivable.learning as book

data = load_breast_cancer()
rng = np.random.default_rng(0)
labels = 1 - data.target
kept, locked = book.stratified_split(labels, share=0.3, rng=rng)
X, y = data.data[kept], labels[kept]
n, d = X.shape

seen, new = book.stratified_split(y, share=0.3, rng=rng)
center, width = X[seen].mean(axis=0), X[seen].std(axis=0)
# the ridge is about what step 4 will choose
example = book.fit_logistic((X[seen] - center) / width, y[seen], ridge=0.003)
says = example.probability((X[new] - center) / width)
alarm, miss = 1, 10  # what a mistake costs
for t in (0.5, book.cost_threshold(alarm, miss)):
    table = book.confusion_matrix(y[new], (says >= t).astype(int))
    print(f"operate if p >= {t:.2f}:", end=" ")
    print(f"{table[1, 0]} of {table[1].sum()} malignant missed,", end=" ")
    print(f"{table[0, 1]} of {table[0].sum()} benign operated,", end=" ")
    print("cost", alarm * table[0, 1] + miss * table[1, 0])

# %% [raw] tags=["output"]
# operate if p >= 0.50: 1 of 44 malignant missed, 2 of 75 benign operated, cost 12
# operate if p >= 0.09: 0 of 44 malignant missed, 14 of 75 benign operated, cost 14

# %% [markdown]
# The second threshold follows from the costs, and yet the first is cheaper here:
# on so few tumours a single miss decides. Step 7 asks all training samples.
#
# You stand on [classification](../learning/classification.md), whose formulas
# you turn into code here, on
# [Newton's method](../optimization/second_order.md), on
# [calibration](../probability/bayes.md#what-the-assumption-costs) and on
# [intervals](../probability/estimation.md#intervals). Costs and thresholds
# below are an exercise in arithmetic and no medical advice.
#
# Each step has a blank and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. One scale, from what you may know
#
# The features have units: an area is in the hundreds, a smoothness below 1.
# A penalty on weights, which you will need, would treat them differently. So
# each is *standardised*: less its mean, divided by its standard deviation. Both
# numbers are learned, so they come from the samples that you learn from.
# A column of ones at the front takes the part of the intercept.

# %%
print("standard deviations:", X.std(axis=0)[[3, 4]].round(3))

# %% [raw] tags=["output"]
# standard deviations: [3.46578e+02 1.50000e-02]

# %% [markdown]
# //// exercise | Standardise
#     name: classifier-prepare
#
# Write `prepare(X, known)`: a matrix of shape $(n, d + 1)$ from `X` of shape
# $(n, d)$, with ones in column 0 and the features of `X` standardised by means
# and standard deviations of the rows of `known`, shape $(m, d)$. A feature that
# is constant in `known` is only centred: compare its values, since the
# computed deviation of equal values need not be exactly 0.


# %% tags=["starter"]
def prepare(X, known):
    return (X - X.mean(axis=0)) / X.std(axis=0)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

four = np.array([[1.0, 10.0], [3.0, 10.0], [1.0, 10.0], [3.0, 10.0]])
expect_close(
    prepare(np.array([[4.0, 12.0]]), four),
    [[1.0, 2.0, 2.0]],
    what="prepare([[4, 12]], known), known of means 2, 10, deviations 1, 0",
    hint="ones at the front, means and deviations of the rows of known",
)
expect_close(
    prepare(np.array([[0.2]]), np.full((6, 1), 0.1)),
    [[1.0, 0.1]],
    what="prepare([[0.2]], known), known six times 0.1",
    hint="a computed deviation is 1e-17 here: is the column constant?",
)
chance = np.random.default_rng(0)
many = 100 + 7 * chance.normal(size=(50, 3))
Z = prepare(many, many)
expect_close(Z[:, 0], np.ones(50), what="column 0")
expect_close(Z[:, 1:].mean(axis=0), np.zeros(3), what="means of the columns")
expect_close(
    np.mean(Z[:, 1:] ** 2, axis=0),
    np.ones(3),
    what="mean squares of the columns",
    hint="divide by the root of the mean square, with n and not n - 1",
)

# %% [markdown]
# /// hint
#
# `np.ptp(known, axis=0)` is exactly 0 where all values are equal, and `np.where`
# can put 1 in place of such a deviation. `np.column_stack([ones, Z])` puts a column in front.
# ///
#
# /// solution


# %% tags=["solution"]
def prepare(X, known):
    varies = np.ptp(known, axis=0) > 0
    s = np.where(varies, known.std(axis=0), 1.0)
    Z = (X - known.mean(axis=0)) / s
    return np.column_stack([np.ones(len(X)), Z])


# %% [markdown]
# ///
# ////
#
# ## Step 2. Forward, loss, backward
#
# With $A$ of shape $(n, d + 1)$ and weights $w$ of shape $(d + 1,)$, the
# scores are $z = A w$ and the probabilities $p = \sigma(z)$. The loss of a label
# $y_i$ is $\ln(1 + e^{z_i}) - y_i z_i$, from the score, so that nothing
# overflows. A *ridge* $\lambda$ makes long weights cost, but not the
# intercept. With $D$ the identity but for $D_{11} = 0$:
#
# $$
# L(w) = \frac1n \sum_{i=1}^{n} \left( \ln(1 + e^{a_i^\T w}) - y_i \, a_i^\T w \right)
#     + \frac{\lambda}{2} \, w^\T D w
# \label{def:classifier-loss}
# $$
#
# where $a_i$ is row $i$ of $A$. Backward: a step $\dd w$ moves the scores by
# $A \dd w$, and the slope of the loss of one score is $p_i - y_i$. So
#
# $$
# \nabla L(w) = \frac1n A^\T (p - y) + \lambda D w .
# \label{claim:classifier-gradient}
# $$
#
# /// check
#     of: def:classifier-loss claim:classifier-gradient
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.calculus import sigmoid
#
#
# def draw(rng):
#     n, d = (int(i) for i in rng.integers(2, 6, size=2))
#     A = np.column_stack([np.ones(n), rng.normal(size=(n, d))])
#     w, lam = rng.normal(size=d + 1), rng.uniform(0.1, 2)
#     y = rng.integers(2, size=n)
#     D = np.diag([0.0] + [1.0] * d)
#
#     def L(w):
#         losses = np.logaddexp(0, A @ w) - y * (A @ w)
#         return np.mean(losses) + lam / 2 * np.sum(w[1:] ** 2)
#
#     return {
#         **{"n": n, "A": A, "a": A, "w": w, "y": y, "D": D, "lam": lam},
#         **{"L": L, "p": sigmoid(A @ w)},
#     }
# ```
# ///
#
# //// exercise | Loss and gradient
#     name: classifier-loss
#
# Write `loss_and_gradient(A, y, w, ridge)`: $L$ of \eqref{def:classifier-loss},
# one number, and its gradient, shape $(d + 1,)$. Scores of a thousand give no
# overflow.


# %% tags=["starter"]
from derivable.calculus import sigmoid, softplus


def loss_and_gradient(A, y, w, ridge):
    p = sigmoid(A @ w)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, A.T @ (p - y)


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

chance = np.random.default_rng(0)
B = np.column_stack([np.ones(6), chance.normal(size=(6, 2))])
truth, v = np.array([0, 1, 1, 0, 1, 0]), np.array([0.3, -1.0, 2.0])
expect_close(
    loss_and_gradient(B, truth, np.zeros(3), 5.0)[0],
    np.log(2.0),
    what="the loss at w = 0",
)
expect_close(
    loss_and_gradient(B, truth, v, 2.0)[0]
    - loss_and_gradient(B, truth, v, 0.0)[0],
    5.0,
    what="what a ridge of 2 adds to the loss at w = [0.3, -1, 2]",
    hint="half the ridge times the squares of all but the intercept",
)
for ridge in (0.0, 2.0):
    expect_close(
        loss_and_gradient(B, truth, v, ridge)[1],
        numerical_gradient(
            lambda w, r=ridge: loss_and_gradient(B, truth, w, r)[0], v
        ),
        what=f"the gradient at w = [0.3, -1, 2], ridge {ridge}",
        rtol=1e-6,
        hint="p - y, the mean has a 1/n, and the intercept has no penalty",
    )
with np.errstate(all="ignore"):
    far = loss_and_gradient(np.array([[1000.0]]), np.array([0]), [1.0], 0.0)
expect_close(
    far[0],
    1000.0,
    what="the loss of a label 0 with score 1000",
    hint="take the loss from the score, not from the probability",
)

# %% [markdown]
# /// hint
#
# `softplus(z)` is $\ln(1 + e^z)$ without overflow. A copy of `w` with a zero at
# place 0 is $D w$.
# ///
#
# /// solution


# %% tags=["solution"]
from derivable.calculus import sigmoid, softplus


def loss_and_gradient(A, y, w, ridge):
    z = A @ w
    Dw = np.concatenate([[0.0], w[1:]])
    loss = np.mean(softplus(z) - y * z) + ridge / 2 * Dw @ Dw
    return loss, A.T @ (sigmoid(z) - y) / len(y) + ridge * Dw


# %% [markdown]
# ///
# ////

# %%
A = prepare(X, X)
start, slope = loss_and_gradient(A, y, np.zeros(d + 1), 0.003)
print(f"loss {start:.4f}, slope for the intercept {slope[0]:.4f}")

# %% [raw] tags=["output"]
# loss 0.6931, slope for the intercept 0.1281

# %% [markdown]
# ## Step 3. Each update is a least-squares problem
#
# Newton's update goes to where the slope would be zero if it changed
# linearly: $u = w - H^{-1} \nabla L$. The second derivatives come from
# $\dd p = S A \dd w$, where $S$ is diagonal with $p_i (1 - p_i)$:
#
# $$
# H = \frac1n A^\T S A + \lambda D
# \label{claim:classifier-hessian}
# $$
#
# Put gradient and Hessian into $H u = H w - \nabla L$. The penalty cancels on
# the right, and what is left are the normal equations of a weighted
# least-squares problem with a ridge. Its targets are $r = A w + S^{-1}(y - p)$:
#
# $$
# \left( A^\T S A + n \lambda D \right) u = A^\T S \, r
# \label{claim:classifier-irls}
# $$
#
# So each update fits a plane to targets, with weights $p_i (1 - p_i)$: a tumour
# that the model is sure about hardly counts. The weights change with each
# update, hence *iteratively reweighted least squares*, IRLS.
#
# /// check
#     of: claim:classifier-hessian claim:classifier-irls
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.calculus import jacobian, sigmoid
#
#
# def draw(rng):
#     n, d = int(rng.integers(3, 7)), int(rng.integers(1, 4))
#     A = np.column_stack([np.ones(n), rng.normal(size=(n, d))])
#     w, lam = rng.normal(size=d + 1), rng.uniform(0.1, 2)
#     y = rng.integers(2, size=n)
#     D = np.diag([0.0] + [1.0] * d)
#
#     def gradient(w):
#         return A.T @ (sigmoid(A @ w) - y) / n + lam * D @ w
#
#     p = sigmoid(A @ w)
#     H = jacobian(gradient, w)
#     u = w - np.linalg.solve(H, gradient(w))
#     return {
#         **{"n": n, "A": A, "w": w, "y": y, "D": D, "lam": lam, "H": H},
#         **{"S": np.diag(p * (1 - p)), "u": u},
#         "r": A @ w + (y - p) / (p * (1 - p)),
#     }
# ```
# ///
#
# //// exercise | One update
#     name: classifier-step
#
# Write `newton_step(A, y, w, ridge)`: the difference $u - w$, shape $(d + 1,)$.
# Solve with $H$ and the gradient. No $S^{-1}$ occurs then, which would overflow
# for tumours that the model is sure about.


# %% tags=["starter"]
def newton_step(A, y, w, ridge):
    _, gradient = loss_and_gradient(A, y, w, ridge)
    D = np.diag(np.r_[0.0, np.ones(len(w) - 1)])
    H = A.T @ A + ridge * D  # and S, and n?
    return -np.linalg.solve(H, gradient)


# %% tags=["check"]
import numpy as np

from derivable.calculus import sigmoid
from derivable.grading import expect_close

chance = np.random.default_rng(1)
B = np.column_stack([np.ones(9), chance.normal(size=(9, 2))])
truth, v = chance.integers(2, size=9), np.array([0.2, -0.5, 1.0])
s = sigmoid(B @ v) * (1 - sigmoid(B @ v))
targets = B @ v + (truth - sigmoid(B @ v)) / s
for ridge in (0.0, 0.7):
    rows = np.vstack(
        [np.sqrt(s)[:, None] * B, np.sqrt(9 * ridge) * np.eye(3)[1:]]
    )
    right = np.concatenate([np.sqrt(s) * targets, np.zeros(2)])
    expect_close(
        v + newton_step(B, truth, v, ridge),
        np.linalg.lstsq(rows, right)[0],
        what=f"w + step, against weighted least squares, ridge {ridge}",
        rtol=1e-6,
        hint="downhill; 1/n in both, the ridge on the diagonal but the first",
    )
sure = np.array([[1.0, 400.0], [1.0, -400.0], [1.0, 1.0]])
step = newton_step(sure, np.array([1, 0, 1]), np.array([0.0, 3.0]), 0.1)
expect_close(
    np.isfinite(step), [1, 1], what="that a step is finite for scores of 1200"
)

# %% [markdown]
# /// hint
#
# `(A.T * s) @ A` is $A^\T S A$ without a matrix $S$. Add to its diagonal
# with `np.diag`.
# ///
#
# /// solution


# %% tags=["solution"]
def newton_step(A, y, w, ridge):
    _, gradient = loss_and_gradient(A, y, w, ridge)
    p = sigmoid(A @ w)
    D = np.diag(np.r_[0.0, np.ones(len(w) - 1)])
    H = (A.T * (p * (1 - p))) @ A / len(y) + ridge * D
    return -np.linalg.solve(H, gradient)


# %% [markdown]
# ///
# ////
#
# Where the loss is nearly flat, $H$ is nearly zero, and a full step shoots
# far beyond the minimum. So halve a step until the loss falls by a share of
# what the slope promises. Near the minimum full steps pass, and the correct digits
# double with each: a step moves the scores by about the square of what the one
# before it did, times a constant of the problem. So after a step by a millionth
# little is left to go. Stop there. A rule that waits for much less would compare
# losses whose difference is lost in rounding.
#
# //// exercise | Fit
#     name: classifier-fit
#
# `fit(A, y, ridge, w=None)` gives the weights, and the list of losses, before
# the first step and after each, the last one too. The starter has all but the
# halving: it stops *after* a step that moves no score by more than
# $10^{-6}${ .given of="fit" at="ex:classifier-fit" }, relative to the largest score where that is above 1, and
# gives up after a hundred steps. Where $\tau$ is set, halve a step $s$ to
# $\tau s$ while the loss after it is above the loss before it plus
# $\epsilon \tau s^\T \nabla L$, with
# $10^{-4}${ .given of="fit" at="ex:classifier-fit" } for $\epsilon$.


# %% tags=["starter"]
def fit(A, y, ridge, w=None):
    w = np.zeros(A.shape[1]) if w is None else w
    loss, gradient = loss_and_gradient(A, y, w, ridge)
    losses = [loss]
    for _ in range(100):
        step, tau = newton_step(A, y, w, ridge), 1.0
        moved = np.max(np.abs(A @ step))
        if moved <= 1e-6 * max(1.0, np.max(np.abs(A @ w))):
            w = w + step
            return w, [*losses, loss_and_gradient(A, y, w, ridge)[0]]
        # halve tau while the step is too long
        w = w + tau * step
        loss, gradient = loss_and_gradient(A, y, w, ridge)
        losses.append(loss)
    raise RuntimeError("no minimum found in 100 steps")


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.learning import fit_logistic

chance = np.random.default_rng(2)
B = np.column_stack([np.ones(40), chance.normal(size=(40, 2))])
truth = (B[:, 1] + chance.normal(size=40) > 0.3).astype(int)
for ridge in (0.0, 0.1):
    model = fit_logistic(B[:, 1:], truth, ridge=ridge)
    wanted = np.concatenate([[model.intercept], model.w])
    found, losses = fit(B, truth, ridge)
    expect_close(found, wanted, what=f"the weights, ridge {ridge}", rtol=1e-6)
    expect_close(losses[0], np.log(2.0), what="the loss before the first step")
    expect_close(losses[-1], model.losses[-1], what="the last loss")
    slopes = [
        np.max(np.abs(loss_and_gradient(B, truth, at, ridge)[1]))
        for at in (np.zeros(3), found)
    ]
    expect_equal(
        bool(slopes[1] < 1e-13 * slopes[0]),
        True,
        what=f"that the slope is nearly 0 at the weights, ridge {ridge}",
        hint="stop after the step that moves little: take it",
    )
far = np.array([4.0, -6.0, 5.0])
begin = far.copy()
try:
    with np.errstate(all="ignore"):
        found, losses = fit(B, truth, 0.1, far)
except np.linalg.LinAlgError:  # the steps led to where H is zero
    found, losses = np.full(3, np.inf), [np.inf]
expect_close(
    found,
    wanted,
    what="the weights from a start far away",
    rtol=1e-6,
    hint="halve a step until the loss falls",
)
expect_close(
    losses[0],
    loss_and_gradient(B, truth, begin, 0.1)[0],
    what="the first of its losses",
    hint="begin with the weights that were given",
)
expect_equal(
    bool(np.all(np.diff(losses) < 1e-12)),
    True,
    what="that the loss never rises",
    hint="halve a step until the loss falls",
)
expect_close(far, begin, what="the start, which stays as it is")
even, apart = np.arange(40) % 2, (B[:, 1] > 0.3).astype(int)
for sheet, kind, ridge, steps, hint in [
    (B, truth, 0.1, 5, "stop after the step that moves little, with its loss"),
    (1e3 * B, truth, 0.0, 8, "how far do the scores move, not the weights?"),
    (B, apart, 1e-5, 12, "a millionth of the largest score, if that is > 1"),
    (B, even, 10.0, 2, "for scores below 1, a millionth, and not of them"),
]:
    expect_equal(
        len(fit(sheet, kind, ridge)[1]) - 1,
        steps,
        what=f"the number of steps for {kind.sum()} ones, ridge {ridge}",
        hint=hint,
    )
one = np.ones((2, 1))  # a single score: the step from w is to w - sinh(w)
for place, tau, hint in [
    (2.0, 1.0, "this step keeps a tenth of its promise, and is taken"),
    (2.17723, 0.5, "the full step lowers the loss, but by too little"),
    (3.26358, 0.5, "the promise of half a step is half as large"),
]:
    after = place - tau * np.sinh(place)
    expect_close(
        fit(one, np.array([0, 1]), 0.0, np.array([place]))[1][1],
        np.log(2 * np.cosh(after / 2)),
        what=f"the second loss for A = [[1], [1]], y = [0, 1], w = {place}",
        hint=hint,
    )
expect_raises(
    RuntimeError,
    *(fit, one, np.array([0, 0]), 0.0),
    what="fit for A = [[1], [1]], y = [0, 0], where the loss falls for ever",
    hint="give up after 100 steps",
)

# %% [markdown]
# /// hint
#
# A `while` whose body is `tau /= 2`. Its condition compares
# `loss_and_gradient(A, y, w + tau * step, ridge)[0]` with `loss` and the share
# of what the slope promises, `tau * step @ gradient`.
# ///
#
# /// solution


# %% tags=["solution"]
def fit(A, y, ridge, w=None):
    w = np.zeros(A.shape[1]) if w is None else w
    loss, gradient = loss_and_gradient(A, y, w, ridge)
    losses = [loss]
    for _ in range(100):
        step, tau = newton_step(A, y, w, ridge), 1.0
        moved = np.max(np.abs(A @ step))
        if moved <= 1e-6 * max(1.0, np.max(np.abs(A @ w))):
            w = w + step
            return w, [*losses, loss_and_gradient(A, y, w, ridge)[0]]
        while (
            loss_and_gradient(A, y, w + tau * step, ridge)[0]
            > loss + 1e-4 * tau * step @ gradient
        ):
            tau /= 2
        w = w + tau * step
        loss, gradient = loss_and_gradient(A, y, w, ridge)
        losses.append(loss)
    raise RuntimeError("no minimum found in 100 steps")


# %% [markdown]
# ///
# ////

# %%
w, losses = fit(A, y, ridge=0.003)
above = np.array(losses) - losses[-1]
print(len(losses) - 1, "steps; above the last loss:")
print(" ".join(f"{gap:.0e}" for gap in above[above > 1e-9]))

# %% [raw] tags=["output"]
# 9 steps; above the last loss:
# 6e-01 2e-01 8e-02 3e-02 8e-03 1e-03 3e-05 4e-08

# %% [markdown]
# ## Step 4. How much ridge?
#
# Without a ridge there is nothing to find. A plane separates the tumours that
# you learn from, and then the loss falls for ever while the weights grow, by
# \eqref{claim:separable-loss}. The ridge is a decision, and the loss on the
# training samples cannot make it: that one always votes for less.

# %%
print("separation:", book.separation(A[:, 1:], y))
for ridge in (1e-1, 1e-3, 1e-5):
    w, losses = fit(A, y, ridge)
    loss = np.mean(softplus(A @ w) - y * (A @ w))
    print(f"ridge {ridge:.0e}: |w| = {np.linalg.norm(w[1:]):.1f}", end=", ")
    print(f"loss of the training samples {loss:.3f}")

# %% [raw] tags=["output"]
# separation: complete
# ridge 1e-01: |w| = 1.1, loss of the training samples 0.124
# ridge 1e-03: |w| = 5.0, loss of the training samples 0.030
# ridge 1e-05: |w| = 27.1, loss of the training samples 0.003

# %% [markdown]
# Ask samples that the model did not see. Cut the training samples into five
# *folds*. Fit without one, score it, and go on to the next. In the end each
# sample has a score from a model that never met it. For that, *all* that is
# learned is learned without the fold, means and deviations of step 1 too.
#
# //// exercise | Scores from outside
#     name: classifier-folds
#
# Write `outside(X, y, fold, ridge)`: the scores of all samples, shape $(n,)$,
# each from the model that was fitted without the samples of its fold. `X` holds
# features in their units, and `fold` a number for each sample.


# %% tags=["starter"]
def outside(X, y, fold, ridge):
    A = prepare(X, X)
    z = np.zeros(len(y))
    for k in np.unique(fold):
        w, _ = fit(A[fold != k], y[fold != k], ridge)
        z[fold == k] = A[fold == k] @ w
    return z


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.learning import fit_logistic

chance = np.random.default_rng(3)
F = chance.normal(size=(30, 2)) * [1.0, 50.0]
truth = (F[:, 0] + chance.normal(size=30) > 0).astype(int)
part = np.repeat([7, 2, 4], 10)
F[part == 2] *= 3  # one fold is wider than the others
wanted = np.zeros(30)
for k in (2, 4, 7):
    rest = F[part != k]
    mean, std = rest.mean(axis=0), rest.std(axis=0)
    model = fit_logistic((rest - mean) / std, truth[part != k], ridge=0.2)
    wanted[part == k] = model.logits((F[part == k] - mean) / std)
expect_close(
    outside(F, truth, part, 0.2),
    wanted,
    what="scores from outside, of three folds of 10",
    rtol=1e-6,
    hint="prepare, too, may know only the samples of the other folds",
)

# %% [markdown]
# /// hint
#
# Inside the loop, `known = X[fold != k]`. Both matrices are prepared with it.
# ///
#
# /// solution


# %% tags=["solution"]
def outside(X, y, fold, ridge):
    z = np.zeros(len(y))
    for k in np.unique(fold):
        known, out = X[fold != k], fold == k
        w, _ = fit(prepare(known, known), y[fold != k], ridge)
        z[out] = prepare(X[out], known) @ w
    return z


# %% [markdown]
# ///
# ////

# %%
fold = np.random.default_rng(1).permutation(n) % 5
ridges = 10.0 ** np.arange(-5, 0.5, 0.5)
scores = {ridge: outside(X, y, fold, ridge) for ridge in ridges}


def log_loss(z):
    return np.mean(softplus(z) - y * z)


inside = np.array([log_loss(A @ fit(A, y, r)[0]) for r in ridges])
out = np.array([log_loss(z) for z in scores.values()])
chosen = ridges[np.argmin(out)]
print(f"chosen: ridge {chosen:.4f}, log-loss {out.min():.3f}")

# %% [raw] tags=["output"]
# chosen: ridge 0.0032, log-loss 0.063

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.2))
ax.loglog(ridges, out, "o-C1")
ax.loglog(ridges, inside, "^-C0")
ax.text(2e-5, 0.13, "folds not seen", color="C1")
ax.text(5e-3, 0.02, "samples it learned from", color="C0")
ax.axvline(chosen, color="C7", ls=":")
ax.set(xlabel=r"ridge $\lambda$", ylabel="log-loss")

# %% [markdown]
# /// figure | classifier-ridge
#     alt: Log-loss against the ridge, both axes logarithmic. Of the samples it learned from, the loss rises from left to right all the way. Of folds that were not seen, it falls first, has a minimum between a thousandth and a hundredth, and rises again.
#
# Only samples from outside see that too little ridge is as bad as too much.
# ///
#
# ## Step 5. Does it mean what it says?
#
# Of all tumours with a stated probability near four fifths, do four in five turn out
# to be malignant? Then the model is *calibrated*. With an intercept that is
# not penalised, the probabilities are right on average over the training
# samples, \eqref{claim:mean-probability}. That says nothing about each group.
#
# Sort them into bins. For each that is not empty: which probability was
# stated, in the mean, and which share of its tumours is malignant? Bin $k$
# holds what is above `edges[k]` and at most `edges[k + 1]`, the first also 0.


# %%
def reliability(y, p, edges):
    """Mean of what was stated, share of ones, and number, by bin."""
    place = np.searchsorted(edges[1:-1], p)
    count = np.bincount(place)
    filled = count > 0
    stated = np.bincount(place, weights=p)[filled] / count[filled]
    share = np.bincount(place, weights=y)[filled] / count[filled]
    return stated, share, count[filled]


edges = np.array([0.0, 0.1, 0.5, 0.9, 1.0])
for row in reliability(y, sigmoid(scores[chosen]), edges):
    print(row.round(2))

# %% [raw] tags=["output"]
# [0.01 0.24 0.69 0.99]
# [0.   0.19 0.82 1.  ]
# [231  21  17 129]

# %% [markdown]
# Bins need many samples. Here is a sharper question: is the log-odds of the
# truth $b_0 + b_1 z$ for the scores $z$ from outside? A calibrated model
# has $b_1 = 1$ and $b_0 = 0$. If $b_1 < 1$ it is too sure of itself, if
# $b_1 > 1$ not sure enough. You can fit this: it is a logistic regression
# with one feature, by your own `fit` [@platt1999]. The inverse of the
# Hessian of the summed loss tells how far its weights may be off
# ([why](../probability/estimation.md#how-good-can-an-estimator-be)).

# %%
print("ridge   slope  log-loss")
for ridge in ridges[::2]:
    z = scores[ridge]
    line, _ = fit(np.column_stack([np.ones(n), z]), y, ridge=0.0)
    print(f"{ridge:.0e} {line[1]:6.2f} {log_loss(z):9.3f}")
z = scores[chosen]
Z = np.column_stack([np.ones(n), z])
line, _ = fit(Z, y, ridge=0.0)
s = sigmoid(Z @ line) * (1 - sigmoid(Z @ line))
spread = np.sqrt(np.linalg.inv((Z.T * s) @ Z)[1, 1])
print(f"chosen: slope {line[1]:.1f}, give or take {spread:.1f}")

# %% [raw] tags=["output"]
# ridge   slope  log-loss
# 1e-05   0.31     0.115
# 1e-04   0.52     0.084
# 1e-03   1.00     0.063
# 1e-02   1.81     0.071
# 1e-01   3.38     0.129
# 1e+00   5.36     0.281
# chosen: slope 1.4, give or take 0.3

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(4.4, 3.8))
ax.plot([0, 1], [0, 1], color="C7", ls=":")
for ridge, mark, x, up in [
    (ridges[0], "s-C0", 0.66, 0.2),
    (chosen, "o-C1", 0.73, 0.63),
    (1.0, "^-C2", 0.4, 0.75),
]:
    stated, share, _ = reliability(y, sigmoid(scores[ridge]), edges)
    ax.plot(stated, share, mark)
    ax.text(x, up, f"ridge {ridge:.1g}", color=mark[-2:])
ax.set(xlabel="stated probability", ylabel="share that was malignant")

# %% [markdown]
# /// figure | classifier-calibration
#     alt: Share of malignant tumours against stated probability in four bins, for three ridges, with the diagonal. The chosen ridge stays near the diagonal. The largest lies below it on the left and far above it on the right. The smallest lies far below it in the two bins in the middle.
#
# The chosen ridge says nearly what is true; much more makes the model too modest.
# ///
#
# With the smallest ridge, `12`{ .claim of="np.sum((abs(sigmoid(scores[ridges[0]]) - 0.5) <= 0.4))" } of all
# `398`{ .claim of="n" } tumours are left in the two bins in the middle: it is
# nearly sure of all others, and wrong about some.
#
# The slopes tell the same. Little ridge makes scores that must be shrunk to be
# believed, much ridge such that must be stretched. That of the chosen one
# differs from 1 by little more than its uncertainty, so you let it be. Had the
# folds said 3, you would state $\sigma(b_0 + b_1 z)$ from now on.
#
# ## Step 6. The order of the tumours
#
# Before you choose a threshold, look at all of them. Lower it from above, and
# more and more tumours are called malignant: of the malignant ones a share $r$,
# of the benign ones a share $f$, as in \eqref{def:roc}. The curve of all
# $(f, r)$ is the ROC curve.
#
# //// exercise | The ROC curve
#     name: classifier-roc
#
# Write `roc(y, s)` for labels and scores: the arrays $f$ and $r$, which begin
# at $(0, 0)$ and end at $(1, 1)$, with one more point for each different score.
# Tumours with equal scores are called together.


# %% tags=["starter"]
def roc(y, s):
    order = np.argsort(-s)
    ones = np.cumsum(y[order])
    zeros = np.cumsum(1 - y[order])
    return zeros / zeros[-1], ones / ones[-1]


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

truth = np.array([1, 0, 1, 0, 0])
f, r = roc(truth, np.array([0.9, 0.4, 0.4, 0.4, 0.1]))
expect_close(
    f,
    [0.0, 0.0, 2 / 3, 1.0],
    what="f for scores 0.9, three of 0.4, and 0.1",
    hint="begin at 0, and make one point of equal scores",
)
expect_close(r, [0.0, 0.5, 1.0, 1.0], what="r for the same")
chance = np.random.default_rng(4)
truth, s = chance.integers(2, size=60), chance.integers(9, size=60) - 4.0
f, r = roc(truth, s)
pairs = s[truth == 1][:, None] - s[truth == 0]
expect_close(
    np.sum(np.diff(f) * (r[1:] + r[:-1]) / 2),
    np.mean((pairs > 0) + 0.5 * (pairs == 0)),
    what="the area, against the share of pairs in the right order",
    hint="from the highest score down",
)

# %% [markdown]
# /// hint
#
# `np.unique(-s, return_inverse=True)` numbers the different scores from
# above. `np.bincount` counts ones and zeros of each.
# ///
#
# /// solution


# %% tags=["solution"]
def roc(y, s):
    _, place = np.unique(-s, return_inverse=True)
    ones = np.cumsum(np.bincount(place, weights=y))
    zeros = np.cumsum(np.bincount(place, weights=1 - y))
    f, r = zeros / zeros[-1], ones / ones[-1]
    return np.concatenate([[0.0], f]), np.concatenate([[0.0], r])


# %% [markdown]
# ///
# ////

# %%
f, r = roc(y, z)
area = np.sum(np.diff(f) * (r[1:] + r[:-1]) / 2)
pairs = z[y == 1][:, None] - z[y == 0]
print(f"area {area:.4f}, pairs in order {np.mean(pairs > 0):.4f}")
single = max(book.roc_auc(y, X[:, j]) for j in range(d))
print(f"the best single feature: {single:.4f}")

# %% [raw] tags=["output"]
# area 0.9973, pairs in order 0.9973
# the best single feature: 0.9783

# %% [markdown]
# The area is the share of pairs of a malignant and a benign tumour that the
# score puts in the right order, \eqref{claim:auc}. One feature alone comes near.
# The area says which *order* is good, and nothing of where to cut.
#
# ## Step 7. What a mistake costs
#
# Say an operation on a benign tumour costs $a$, and a malignant one that is missed
# costs $b$. If a share $q$ of the tumours is malignant, the mean cost $K$ of a
# tumour is
#
# $$
# K = q \, b \, (1 - r) + (1 - q) \, a \, f .
# \label{claim:classifier-cost}
# $$
#
# Of the cost, only $a/b$ and $q$ matter for the cut. In the plane of the ROC
# curve all points of equal cost lie on a line with slope $\frac{(1 - q) a}{q b}$,
# and the best point of the curve is where the highest such line touches it. For
# one tumour with probability $p$, on the other hand, \eqref{claim:cost-threshold}
# says: operate if $p \ge a/(a + b)$. The two agree if $p$ is calibrated.
#
# /// check
#     of: claim:classifier-cost
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n = int(rng.integers(4, 20))
#     y, called = rng.integers(2, size=(2, n))
#     y[:2] = [0, 1]
#     a, b = rng.uniform(0.1, 5, size=2)
#     return {
#         **{"a": a, "b": b, "q": np.mean(y)},
#         **{"r": np.mean(called[y == 1]), "f": np.mean(called[y == 0])},
#         "K": np.mean(a * called * (1 - y) + b * (1 - called) * y),
#     }
# ```
# ///
#
# The first way needs no calibration: try all thresholds on samples with known
# truth, and take the cheapest. Its weakness will show.
#
# //// exercise | The cheapest threshold
#     name: classifier-cheapest
#
# Write `cheapest(y, p, a, b)`: a threshold, and what it costs in total. Call 1 if
# $p$ is at least the threshold. Try all values in `p`, and infinity, which calls
# none. Of equally cheap ones take the largest: the starter goes through them
# from above, and takes a new one only if it is cheaper.


# %% tags=["starter"]
def cheapest(y, p, a, b):
    best = (np.inf, b * np.sum(y))
    for t in np.unique(p)[::-1]:
        cost = np.sum((p >= t) != y)  # what does each mistake cost?
        if cost < best[1]:
            best = (t, cost)
    return best


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

truth = np.array([0, 0, 1, 0, 1, 1])
rated = np.array([0.1, 0.2, 0.3, 0.6, 0.7, 0.9])
for alarm, miss, level, cost in [
    (1, 10, 0.3, 1.0),
    (10, 1, 0.7, 1.0),
    (1, 1, 0.7, 1.0),
    (4, 1, 0.7, 1.0),
]:
    expect_close(
        cheapest(truth, rated, alarm, miss),
        [level, cost],
        what=f"threshold and cost for alarms at {alarm}, misses at {miss}",
        hint="the total of a for an alarm and b for a miss; "
        "call 1 at the threshold too; of equal costs the largest one",
    )
expect_close(
    cheapest(np.array([0, 0, 1]), np.array([0.5, 0.9, 0.2]), 10, 1),
    [np.inf, 1.0],
    what="threshold and cost where it is cheapest to call none",
    hint="try infinity as well",
)
expect_close(
    cheapest(np.array([1, 1, 0]), np.array([0.9, 0.2, 0.2]), 1, 3),
    [0.2, 1.0],
    what="threshold and cost where two samples have the same probability",
)

# %% [markdown]
# /// hint
#
# A benign tumour that is called costs $a$: count `(p >= t) & (y == 0)`. A
# malignant one that is not called costs $b$.
# ///
#
# /// solution


# %% tags=["solution"]
def cheapest(y, p, a, b):
    best = (np.inf, b * np.sum(y))
    for t in np.unique(p)[::-1]:
        called = p >= t
        cost = a * np.sum(called & (y == 0)) + b * np.sum(~called & (y == 1))
        if cost < best[1]:
            best = (t, cost)
    return best


# %% [markdown]
# ///
# ////
#
# Say that a miss costs ten times as much as a false alarm. How well do your
# samples know the cheapest threshold? Draw tumours from them, with replacement,
# and ask again.

# %%
a, b = 1, 10
p = sigmoid(z)
rng = np.random.default_rng(2)
again = []
for _ in range(200):
    i = rng.integers(n, size=n)
    again.append(cheapest(y[i], p[i], a, b)[0])
low, high = np.quantile(again, [0.1, 0.9])
print(f"by formula {a / (a + b):.3f}; cheapest {cheapest(y, p, a, b)[0]:.3f},")
print(f"of eight in ten samples of samples between {low:.2f} and {high:.2f}")

# %% [raw] tags=["output"]
# by formula 0.091; cheapest 0.122,
# of eight in ten samples of samples between 0.04 and 0.41

# %% [markdown]
# The cheapest threshold depends on the few tumours that happen to lie near
# it. The formula uses no tumour at all: it asks the probabilities to be
# right, and all samples worked on those. The two prices of it:
# a model that is not calibrated ruins it, and you have to say what a mistake
# costs.


# %%
def total(p, t):
    """What the training samples cost, by a threshold."""
    return a * np.sum(p[y == 0] >= t) + b * np.sum(p[y == 1] < t)


print("cost by the formula, at p >= 1/11, at p >= 1/2, and cheapest:")
for ridge in (ridges[0], chosen, 1.0):
    stated = sigmoid(scores[ridge])
    print(f"ridge {ridge:.0e}: {total(stated, a / (a + b)):3},", end=" ")
    print(f"{total(stated, 0.5):3}, {cheapest(y, stated, a, b)[1]:3}")

# %% [raw] tags=["output"]
# cost by the formula, at p >= 1/11, at p >= 1/2, and cheapest:
# ridge 1e-05:  70,  64,  28
# ridge 3e-03:  31,  53,  30
# ridge 1e+00: 218, 281,  35

# %% tags=["picture"]
grid = np.geomspace(0.002, 0.9, 300)
fig, (plane, ax) = plt.subplots(1, 2, figsize=(7.0, 3.2))
q = y.mean()
plane.step(f, r, "C0", where="post")
called = p >= a / (a + b)
spot = np.mean(called[y == 0]), np.mean(called[y == 1])
tilt = (1 - q) * a / (q * b)
ends = np.array([0.0, 0.4])
plane.plot(ends, spot[1] + tilt * (ends - spot[0]), "C7:")
plane.plot(*spot, "oC1")
plane.set(xlabel="$f$, benign called", ylabel="$r$, malignant called")
plane.set(xlim=(0, 0.4), ylim=(0.88, 1.005))
for ridge, look, x, up in [
    (chosen, "-C1", 0.002, 36),
    (1.0, "--C2", 0.003, 280),
]:
    stated = sigmoid(scores[ridge])
    ax.loglog(grid, [total(stated, t) for t in grid], look)
    ax.text(x, up, f"ridge {ridge:.1g}", color=look[-2:])
ax.axvline(a / (a + b), color="C7", ls=":")
ax.set(xlabel="threshold", ylabel="cost")

# %% [markdown]
# /// figure | classifier-costs
#     alt: Left, the upper left corner of the ROC curve, which is nearly a step. A dot on it marks the threshold by the formula, and a dotted line of equal cost through it nearly touches the curve. Right, cost against threshold for two ridges, both axes logarithmic; at the dotted threshold of the formula, the chosen ridge is near its cheapest, the large ridge far from it.
#
# With calibrated probabilities the threshold by the formula is near the
# cheapest; with probabilities that are too modest it is far off.
# ///
#
# ## Step 8. The locked tumours
#
# Everything is decided: the ridge, the threshold, the costs. Fit to all
# training samples, and unlock the rest. You do this once. What you would
# change after it, you would change because of it, and then these tumours
# are training samples too.

# %%
w, _ = fit(A, y, chosen)
X_new, y_new = data.data[locked], labels[locked]
p_new = sigmoid(prepare(X_new, X) @ w)


def costs(called):
    """What each of the locked tumours costs."""
    return np.where(called, a * (1 - y_new), b * y_new)


by_formula, by_half = costs(p_new >= a / (a + b)), costs(p_new >= 0.5)
everyone, no_one = costs(y_new >= 0), costs(y_new < 0)
print(f"{len(y_new)} tumours, {y_new.sum()} malignant")
for name, bill in [
    ("formula", by_formula),
    ("one half", by_half),
    ("operate all", everyone),
    ("operate none", no_one),
]:
    misses = np.sum(bill == b)
    print(f"{name:12} cost {bill.sum():3}, of that {misses} missed")

# %% [raw] tags=["output"]
# 171 tumours, 64 malignant
# formula      cost  26, of that 1 missed
# one half     cost  42, of that 4 missed
# operate all  cost 107, of that 0 missed
# operate none cost 640, of that 64 missed

# %% [markdown]
# How much of this is luck? The same tumours stand under both thresholds, so
# resample the *differences*.

# %%
rng = np.random.default_rng(3)
less = by_half - by_formula
drawn = rng.integers(len(less), size=(2000, len(less)))
means = np.mean(less[drawn], axis=1)
low, high = 100 * np.quantile(means, [0.025, 0.975])
print(f"saved by the formula on 100 tumours: {100 * less.mean():.0f}", end=" ")
print(f"({low:.0f} to {high:.0f})")
truly = np.where(y_new == 1, p_new, 1 - p_new)  # stated for what was true
surprise = -np.log(truly)
low, high = np.quantile(np.mean(surprise[drawn], axis=1), [0.025, 0.975])
print(f"log-loss {surprise.mean():.2f} ({low:.2f} to {high:.2f}),", end=" ")
print(f"from outside it was {log_loss(z):.2f}")
print(f"area {book.roc_auc(y_new, p_new):.2f}")
print(f"the worst surprise: it had probability {truly.min():.4f}")

Z_new = np.column_stack([np.ones(len(y_new)), prepare(X_new, X) @ w])
line, _ = fit(Z_new, y_new, ridge=0.0)
p_line = sigmoid(Z_new @ line)
H = (Z_new.T * (p_line * (1 - p_line))) @ Z_new
spread = np.sqrt(np.diag(np.linalg.inv(H)))
for name, value, error in zip(("b0", "b1"), line, spread, strict=True):
    print(f"{name} {value:.1f}, give or take {error:.1f}")
print(f"mean of p {p_new.mean():.2f}, malignant {y_new.mean():.2f}")

# %% [raw] tags=["output"]
# saved by the formula on 100 tumours: 9 (-8 to 31)
# log-loss 0.11 (0.05 to 0.21), from outside it was 0.06
# area 0.99
# the worst surprise: it had probability 0.0019
# b0 0.1, give or take 0.5
# b1 1.0, give or take 0.2
# mean of p 0.37, malignant 0.37

# %% [markdown]
# The locked tumours cost less by the formula, but the interval reaches below
# zero: with so few misses, `171`{ .claim of="len(y_new)" } tumours cannot
# settle it. The probabilities mean what they say as far as these tumours can
# tell: $b_0$ and $b_1$ differ from 0 and 1 by less than their errors. The
# log-loss is higher than that of the folds, but its interval holds that too.
# Without a single malignant tumour, which the model takes for benign, it would be
# `0.08`{ .claim of="np.mean(np.sort(surprise)[:-1])" }. You report all of this. It is what the next
# `171`{ .claim of="len(y_new)" } may do again.
#
# ## Against the library
#
# scikit-learn's `LogisticRegression` adds up losses where you take their
# mean, so its `C` is $1/(n \lambda)$. In a pipeline with a scaler it does steps
# 1 to 3, for one set of samples and one $\lambda$.

# %%
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

theirs = make_pipeline(
    StandardScaler(),
    LogisticRegression(
        C=1 / (n * chosen), solver="newton-cholesky", tol=1e-10
    ),
).fit(X, y)
coefficients = np.r_[theirs[-1].intercept_, theirs[-1].coef_[0]]
ours = book.fit_logistic(A[:, 1:], y, ridge=chosen)
print("weights, scikit-learn:", np.allclose(w, coefficients, rtol=1e-5))
print("weights, the book's:", np.allclose(w[1:], ours.w, rtol=1e-6))

# %% [raw] tags=["output"]
# weights, scikit-learn: True
# weights, the book's: True

# %% [markdown]
# A fixed `C` means another $\lambda$ for another number of samples. Each fold
# leaves a little less than all of them, so set `C` anew, and the scores from
# outside are yours.

# %%
gap = 0.0
for k in range(5):
    rest = fold != k
    theirs.set_params(logisticregression__C=1 / (rest.sum() * chosen))
    theirs.fit(X[rest], y[rest])
    off = np.abs(theirs.decision_function(X[~rest]) - z[~rest])
    gap = max(gap, np.max(off))
print("scores from outside:", gap < 1e-5 * np.max(np.abs(z)))

# %% [raw] tags=["output"]
# scores from outside: True

# %% [markdown]
# The curves and the bins, in scikit-learn, in the book's library and here:

# %%
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score, roc_curve

from derivable.probability import calibration_curve as book_curve

their_f, their_r, _ = roc_curve(y, z, drop_intermediate=False)
print("ROC curve:", np.allclose(f, their_f) and np.allclose(r, their_r))
areas = roc_auc_score(y, z), book.roc_auc(y, z)
print("area:", np.allclose(areas, area, rtol=1e-12))
stated, share, count = reliability(y, p, np.arange(11) / 10)
their_share, their_stated = calibration_curve(y, p, n_bins=10)
bins = book_curve(y, p, num_bins=10)
print("bins, scikit-learn:", np.allclose(stated, their_stated), end=" ")
print(np.allclose(share, their_share))
print("bins, the book's:", np.allclose(stated, bins.confidence), end=" ")
print(np.allclose(share, bins.frequency))

# %% [raw] tags=["output"]
# ROC curve: True
# area: True
# bins, scikit-learn: True True
# bins, the book's: True True

# %% [markdown]
# What do the libraries have that yours has not? Solvers for millions of
# samples, more classes, penalties that set weights to zero, and
# thresholds tuned by folds (`TunedThresholdClassifierCV`). None of them knows
# your costs.
#
# ## Go further
#
# 1. **Rare disease.** Keep one in ten of the malignant training tumours and all
#    benign ones, prepare both as in step 1 with all of `X`, and fit again, fold
#    by fold. Let the mean of the five models score the malignant tumours that
#    you left out. With them back in the mix, how did the mean score, the slope
#    and the area change? Correct the intercept by the two shares,
#    \eqref{claim:weighted-odds}. With a ridge this is not exact: how much of
#    log-loss and cost does it repair, for several draws of the one in ten?
# 2. **Fewer measurements.** Replace the ridge by a
#    [lasso](../optimization/proximal.md), and draw the log-loss from outside
#    against the number of features that are left. Which would you still
#    measure?
# 3. **A doctor who is asked.** Let the classifier pass a tumour to a person at
#    a cost $c$, where it is not sure. Derive the two thresholds, and draw the
#    cost against $c$.
# 4. **How sure are the weights?** Take the inverse of the Hessian of the sum
#    as the covariance of $w$, and compare with refits to samples of the
#    samples. Why is it too wide, most of all for features that say nearly the
#    same? Which matrix, with the gradients of the single summands in it, fits?
# 5. **Stretched scores.** Fit the line of step 5 without each fold and use it on
#    that fold: what is the log-loss of a larger ridge, stretched so? Is it worth
#    two more numbers to learn?
