# ---
# title: A recommender, judged honestly
# description: Factor a table of ratings with holes by alternating least squares, choose its rank by validation, and find out what held-out ratings hide.
# builds: forward, loss, update
# minutes: 120
# ---

# %% [markdown]
# # A recommender, judged honestly
#
# A viewer has rated a few films, and you say which of the others to watch. The
# fit takes twenty lines. To know whether it is any good is the harder half:
# an error can be measured on ratings that the fit has seen, on ratings that
# were held out, or on the films that nobody chose to watch, and you get three
# different answers. In this project you build the recommender, and all three.
#
# ## What you will have at the end
#
# Ratings of real people do not tell you what they would say of the films that
# they did not rate. So here a seeded generator makes a small world, and knows
# all of it. A viewer likes a film by how kind the viewer is, how good the film
# is, and how well three hidden tastes meet three hidden traits. Somebody
# watches a film more often if it is well known, and if they will like it.

# %%
import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import als


def make_world(m, n, rng):
    """What m viewers say of n films, from 1 to 5, and what they rated."""
    taste = rng.normal(size=(m, 3))
    trait = rng.normal(size=(n, 3)) * [0.8, 0.6, 0.45]
    kind, good = 0.4 * rng.normal(size=(m, 1)), 0.5 * rng.normal(size=n)
    liking = kind + good + taste @ trait.T
    noise = 0.5 * rng.normal(size=(m, n))
    stars = np.clip(np.round(3.3 + liking + noise), 1, 5)
    pull = 0.6 * liking + 0.8 * rng.normal(size=n) - 1.4
    return stars, rng.random((m, n)) < 1 / (1 + np.exp(-pull))


world, watched = make_world(300, 80, np.random.default_rng(11))
stars, seen = world[:200], watched[:200]  # the others come in step 7
R = np.where(seen, stars, np.nan)
m, n = R.shape
print(f"{seen.sum()} ratings, {seen.mean():.0%} of the table")

# %% [raw] tags=["output"]
# 4097 ratings, 26% of the table

# %% [markdown]
# The book's `als` fills the table. Hold back every tenth rating or so, fit the
# rest, and compare:

# %%
hidden = seen & (np.random.default_rng(5).random(R.shape) < 0.1)
rest = R[seen & ~hidden].mean()
example = als(
    np.where(hidden, np.nan, R - rest),
    4,
    ridge=3.0,
    rng=np.random.default_rng(0),
)
filled = rest + example.predict()
for name, guess in [("mean for all", np.full(R.shape, rest)), ("als", filled)]:
    off = (guess - R)[hidden]
    print(f"{name:12} is off by {np.sqrt(np.mean(off**2)):.2f} stars")

# %% [raw] tags=["output"]
# mean for all is off by 1.05 stars
# als          is off by 0.69 stars

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(6.4, 3.4))
known = np.argsort(-seen.sum(axis=0), kind="stable")
viewer, film = np.nonzero(seen[:100, known])
ax.plot(viewer, film, "sC0", ms=1.8)
ax.set(xlabel="viewer", ylabel="film, the best known at the bottom")

# %% [markdown]
# /// figure | recommender-table
#     alt: A grid of a hundred viewers and eighty films with a dot for each rating. Most of the grid is empty. Dots are dense at the bottom, where the best known films are, and get sparse towards the top.
#
# Most of the table is missing, and not evenly: a few films have many ratings,
# and many films have few.
# ///
#
# You stand on [a table with holes](../linalg/decompositions.md#a-table-with-holes)
# for the idea, on [ridge](../linalg/least_squares.md#weights-and-ridge) for each
# step, on [validation](../learning/linear_regression.md#choosing-without-new-data)
# for the choice, and on [the bootstrap](../probability/estimation.md#intervals)
# for its uncertainty. Of the four parts of training, forward is a product of
# two factors, the loss is a sum over what was rated, and the update is a least
# squares problem that is solved at once.
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. Three parts, before anything else
#
# You will need ratings for three purposes: to fit, to choose between fits, and
# to report. No rating may serve two of them. What you chose *because* it did
# well on some ratings does better on these than on others, so they cannot say
# how well it does. Cut first, before you have looked at anything.
#
# //// exercise | Cut the ratings
#     name: recommender-split
#
# Write `split(seen, rng)`: three masks of the shape of `seen`, of booleans.
# Each rating is in exactly one of them, and an entry without a rating in none.
# Of $N$ ratings, `int(0.15 * N)` go to the third mask, as many to the second,
# the others to the first. All ratings have the same chance to go anywhere.


# %% tags=["starter"]
def split(seen, rng):
    chance = rng.random(seen.shape)
    return chance < 0.7, (chance >= 0.7) & (chance < 0.85), chance >= 0.85


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

there = np.random.default_rng(1).random((9, 7)) < 0.7
before = there.copy()
parts = split(there, np.random.default_rng(2))
expect_equal(len(parts), 3, what="the number of masks")
expect_equal(
    [np.asarray(part).dtype.kind for part in parts],
    ["b"] * 3,
    what="the kind of the masks",
)
total = sum(np.asarray(part).astype(int) for part in parts)
expect_equal(
    int(np.max(total[~there])),
    0,
    what="how many masks hold an entry without a rating",
    hint="shuffle the places of the ratings only",
)
expect_equal(
    (int(total[there].min()), int(total[there].max())),
    (1, 1),
    what="the least and most masks that hold a rating",
    hint="each rating goes to exactly one part",
)
few = int(0.15 * there.sum())
expect_equal(
    [int(part.sum()) for part in parts],
    [int(there.sum()) - 2 * few, few, few],
    what="the numbers of ratings in the masks",
)
expect_close(there, before, what="seen, which stays as it is")
often = np.zeros(there.shape)
for seed in range(200):
    often += split(there, np.random.default_rng(seed))[2]
expect_equal(
    bool(np.all(often[there] > 5)) and bool(np.all(often[there] < 80)),
    True,
    what="that in 200 cuts each rating is at times in the third mask",
    hint="shuffle by rng: the last ratings of the table are no fair sample",
)

# %% [markdown]
# /// hint
#
# `np.flatnonzero(seen)` are the places of the ratings in the flattened table.
# Let `rng.permutation` shuffle them, and cut the result. A mask is made of
# zeros, by `mask.flat[places] = True`.
# ///
#
# /// solution


# %% tags=["solution"]
def split(seen, rng):
    places = rng.permutation(np.flatnonzero(seen))
    few = int(0.15 * len(places))
    masks = []
    for part in (places[2 * few :], places[:few], places[few : 2 * few]):
        mask = np.zeros(seen.shape, dtype=bool)
        mask.flat[part] = True
        masks.append(mask)
    return masks


# %% [markdown]
# ///
# ////

# %%
learn, judge, test = split(seen, np.random.default_rng(0))
print(learn.sum(), judge.sum(), test.sum())
R_learn = np.where(learn, R, np.nan)


def rmse(guess, mask):
    """Root of the mean squared error, in stars, over the ratings in mask."""
    return np.sqrt(np.mean((guess - R)[mask] ** 2))


# %% [raw] tags=["output"]
# 2869 614 614

# %% [markdown]
# ## Step 2. Know what is easy
#
# A fit that is off by less than a star: is that good? You cannot tell before
# you know what is had for nothing. Some films are better than others, and some
# viewers kinder. Call the mean of all ratings $\mu$, the offset of film $j$
# $c_j$, that of viewer $i$ $b_i$, and predict $\mu + b_i + c_j$. This is the
# *baseline*, and no taste is in it.
#
# A film with two ratings, both of five stars, is hardly the best film of the
# world. So put a price $\lambda$ on the offset: for the ratings
# $r_1, \dots, r_n$ of a film, less $\mu$, choose $c$ so that
# $\sum_i (r_i - c)^2 + \lambda c^2$ is least. Its slope
# $-2 \sum_i (r_i - c) + 2 \lambda c$ is zero at
#
# $$
# c = \frac{1}{n + \lambda} \sum_{i=1}^{n} r_i .
# \label{claim:recommender-offset}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n, lam = int(rng.integers(1, 6)), rng.uniform(0.1, 9)
#     r = rng.normal(size=n)
#     rows = np.append(np.ones(n), np.sqrt(lam))[:, None]
#     c = np.linalg.lstsq(rows, np.append(r, 0.0))[0].item()
#     return {"n": n, "lam": lam, "r": r, "c": c}
# ```
# ///
#
# It is the mean of the ratings and of $\lambda$ more that say nothing special:
# a *damped* mean. A film without ratings gets the offset zero.
#
# //// exercise | The baseline
#     name: recommender-baseline
#
# Write `baseline(R, damping)` for a table with NaN where there is no rating. It
# gives $\mu$, the offsets $b$ of the rows, shape $(m,)$, and $c$ of the
# columns, shape $(n,)$. First $c$, from $R - \mu$, then $b$, from what $\mu$
# and $c$ leave. Rows and columns without ratings may occur.


# %% tags=["starter"]
def baseline(R, damping):
    mu = np.nanmean(R)
    c = np.nanmean(R, axis=0) - mu
    b = np.nanmean(R, axis=1) - mu
    return mu, b, c


# %% tags=["check"]
import warnings

import numpy as np

from derivable.grading import expect_close

gap = np.nan
small = np.array([[5.0, gap, 3.0], [4.0, gap, gap], [gap, gap, gap]])
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    center, rows, columns = baseline(small, 2.0)
expect_close(center, 4.0, what="the mean of the ratings 5, 3, 4")
expect_close(
    columns,
    [1 / 4, 0.0, -1 / 3],
    what="the offsets of the films, with damping 2",
    hint="sum over the ratings, divided by their number plus damping",
)
expect_close(
    rows,
    [(0.75 - 2 / 3) / 4, -0.25 / 3, 0.0],
    what="the offsets of the viewers, with damping 2",
    hint="from what the mean and the films leave over",
)
whole = np.random.default_rng(3).normal(size=(4, 5))
center, rows, columns = baseline(whole, 0.0)
middle = whole.mean()
expect_close(columns, whole.mean(axis=0) - middle, what="c of a full table")
expect_close(rows, whole.mean(axis=1) - middle, what="b of a full table")

# %% [markdown]
# /// hint
#
# `there = ~np.isnan(R)`, and the columns of `np.where(there, R - mu, 0.0)`
# add up what is there.
# ///
#
# /// solution


# %% tags=["solution"]
def baseline(R, damping):
    there = ~np.isnan(R)
    mu = np.mean(R[there])
    c = np.where(there, R - mu, 0.0).sum(axis=0)
    c = c / np.maximum(there.sum(axis=0) + damping, 1)
    b = np.where(there, R - mu - c, 0.0).sum(axis=1)
    b = b / np.maximum(there.sum(axis=1) + damping, 1)
    return mu, b, c


# %% [markdown]
# ///
# ////


# %%
def spread_out(mu, b, c):
    """The baseline of all entries, shape (m, n)."""
    return mu + b[:, None] + c


mu, b, c = baseline(R_learn, 5.0)
for name, guess in [
    ("mean of all", np.full(R.shape, mu)),
    ("means of viewers", np.nanmean(R_learn, axis=1)[:, None] + 0 * R_learn),
    ("means of films", np.nanmean(R_learn, axis=0) + np.zeros(R.shape)),
    ("baseline", spread_out(mu, b, c)),
]:
    guess = np.where(np.isnan(guess), mu, guess)
    print(f"{name:16} off by {rmse(guess, judge):.2f}")

# %% [raw] tags=["output"]
# mean of all      off by 1.05
# means of viewers off by 1.05
# means of films   off by 1.01
# baseline         off by 0.97

# %% [markdown]
# ## Step 3. One viewer is a ridge problem
#
# Now taste. What the baseline leaves over is $E = R - \mu - b_i - c_j$, where
# there is a rating. Give each viewer a row $p$ of $k$ numbers and each film a
# row $q$ of $k$ numbers, and predict their product. The loss is that of
# \eqref{def:als-loss}, with $E$ for the ratings: the squared errors of what was
# rated, plus $\rho$ times the squares of all numbers.
#
# Hold the films. What the loss has to do with one viewer is, with the rows $Q$
# of the films that this viewer rated and the ratings $r$,
#
# $$
# \ell(p) = \norm{r - Q p}^2 + \rho \norm{p}^2
# \label{def:recommender-row}
# $$
#
# which is a ridge regression with $k$ unknowns. Its gradient is
# $2 (Q^\T Q + \rho I) p - 2 Q^\T r$, and zero at the $p$ of
# \eqref{claim:als-row}. How good is that $p$? For any other row $z$ the
# loss is a parabola around it:
#
# $$
# \ell(z) - \ell(p) = \norm{Q (z - p)}^2 + \rho \norm{z - p}^2
# \label{claim:recommender-gain}
# $$
#
# The right side is never negative, and with $\rho > 0$ it is zero for $z = p$
# alone. So the solution is the only minimiser, and replacing an old row $z$ by
# it lowers the loss by exactly the right side.
#
# /// check
#     of: def:recommender-row claim:recommender-gain
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     s, k = (int(i) for i in rng.integers(1, 6, size=2))
#     Q, r = rng.normal(size=(s, k)), rng.normal(size=s)
#     rho = rng.uniform(0.1, 2)
#     rows = np.vstack([Q, np.sqrt(rho) * np.eye(k)])
#     p = np.linalg.lstsq(rows, np.append(r, np.zeros(k)))[0]
#
#     def l(p):
#         return np.sum((r - Q @ p) ** 2) + rho * np.sum(p**2)
#
#     names = {"Q": Q, "r": r, "rho": rho, "p": p, "ell": l}
#     return {**names, "z": rng.normal(size=k)}
# ```
# ///
#
# //// exercise | Fit all rows
#     name: recommender-rows
#
# Write `fit_rows(E, Q, ridge)` for `E` of shape $(m, n)$, NaN where there is
# no rating, and `Q` of shape $(n, k)$: the rows $p$ of all viewers, shape
# $(m, k)$. The row of a viewer without ratings is zero.


# %% tags=["starter"]
def fit_rows(E, Q, ridge):
    known = np.nan_to_num(E)
    G = Q.T @ Q + ridge * np.eye(Q.shape[1])
    return np.linalg.solve(G, Q.T @ known.T).T


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

chance = np.random.default_rng(4)
F = chance.normal(size=(6, 2))
table = chance.normal(size=(4, 6))
table[chance.random((4, 6)) < 0.4] = np.nan
table[1] = np.nan
table[2, 1:], table[2, 0] = np.nan, 1.5
for price in (0.2, 3.0):
    wanted = np.zeros((4, 2))
    for i in range(4):
        there = ~np.isnan(table[i])
        stack = np.vstack([F[there], np.sqrt(price) * np.eye(2)])
        right = np.append(table[i][there], [0.0, 0.0])
        wanted[i] = np.linalg.lstsq(stack, right)[0]
    expect_close(
        fit_rows(table[::3], F, price),
        wanted[::3],
        what=f"the rows of two viewers with some ratings, ridge {price}",
        hint="each row has its own Q, of the films that it rated; the "
        "penalty is the same for all",
    )
    expect_close(
        fit_rows(table, F, price),
        wanted,
        what=f"four rows, one of no rating and one of a single one, {price}",
        hint="the penalty makes every matrix positive definite",
    )

# %% [markdown]
# /// hint
#
# Loop over the rows, with `there = ~np.isnan(E[i])` and `Q[there]`. If that is
# slow: $Q^\T Q$ of the films that were rated is the sum of $q q^\T$ over them,
# so one product of the mask with all $q q^\T$ makes the matrices of all viewers,
# and `np.linalg.solve` takes a stack of matrices.
# ///
#
# /// solution
#
# `solve` wants right sides of shape $(m, k, 1)$ beside matrices of shape
# $(m, k, k)$.


# %% tags=["solution"]
def fit_rows(E, Q, ridge):
    there, k = ~np.isnan(E), Q.shape[1]
    squares = (Q[:, :, None] * Q[:, None, :]).reshape(len(Q), k * k)
    G = (there @ squares).reshape(-1, k, k) + ridge * np.eye(k)
    right = np.where(there, E, 0.0) @ Q
    return np.linalg.solve(G, right[:, :, None])[:, :, 0]


# %% [markdown]
# ///
# ////
#
# ## Step 4. Alternate
#
# Viewers, given the films; films, given the viewers; and again. For the second
# half the table is turned: films are the rows of $E^\T$. By
# \eqref{claim:recommender-gain} neither half can raise the loss, whatever the
# start was. A sequence that never rises and never falls below zero has a limit,
# so the losses settle. That is all it says: not that the factors settle at the best
# ones, as the loss is not convex in both together.
#
# //// exercise | Alternating least squares
#     name: recommender-als
#
# Write `alternate(E, Q, ridge, sweeps)` from the start `Q`, shape $(n, k)$.
# A sweep fits $P$, then $Q$ to that $P$. Give $P$, $Q$ and the list of
# `2 * sweeps` losses, one after each half. Write `loss(E, P, Q, ridge)` too.


# %% tags=["starter"]
def loss(E, P, Q, ridge):
    return np.nansum((E - P @ Q.T) ** 2)


def alternate(E, Q, ridge, sweeps):
    losses = []
    P = fit_rows(E, Q, ridge)
    for _ in range(sweeps):
        P, Q = fit_rows(E, Q, ridge), fit_rows(E.T, P, ridge)
        losses.append(loss(E, P, Q, ridge))
    return P, Q, losses


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.linalg import als as of_the_book

chance = np.random.default_rng(6)
table = chance.normal(size=(9, 7))
table[chance.random((9, 7)) < 0.4] = np.nan
tall, wide = chance.normal(size=(9, 2)), chance.normal(size=(7, 2))
errors = (table - tall @ wide.T)[~np.isnan(table)]
expect_close(
    loss(table, tall, wide, 0.5),
    errors @ errors + 0.5 * (np.sum(tall**2) + np.sum(wide**2)),
    what="the loss of given factors, ridge 0.5",
    hint="squared errors of what is there, and the price of both factors",
)
unit = np.nanmax(np.abs(table))
begin = np.sqrt(unit) * np.random.default_rng(7).normal(size=(7, 2))
kept = begin.copy()
P_found, Q_found, falling = alternate(table, begin, 0.5, 8)
expect_close(begin, kept, what="the start, which stays as it is")
expect_equal(len(falling), 16, what="the number of losses of 8 sweeps")
expect_equal(
    bool(np.all(np.diff(falling) <= 1e-9 * falling[0])),
    True,
    what="that no half of a sweep raises the loss",
    hint="fit Q to the new P, and not to the one before",
)
model = of_the_book(
    table, 2, ridge=0.5, rng=np.random.default_rng(7), num_sweeps=8
)
expect_close(
    P_found @ Q_found.T,
    model.predict(),
    what="the product of the factors after 8 sweeps",
    rtol=1e-6,
    hint="begin each sweep with P",
)
expect_close(
    falling[1::2],
    model.losses[1:],
    what="the losses after the 8 sweeps",
    rtol=1e-6,
)

# %% [markdown]
# /// hint
#
# `np.nansum` leaves out what is missing. Films: `fit_rows(E.T, P, ridge)`.
# ///
#
# /// solution


# %% tags=["solution"]
def loss(E, P, Q, ridge):
    errors = np.nansum((E - P @ Q.T) ** 2)
    return errors + ridge * (np.sum(P**2) + np.sum(Q**2))


def alternate(E, Q, ridge, sweeps):
    losses = []
    for _ in range(sweeps):
        P = fit_rows(E, Q, ridge)
        losses.append(loss(E, P, Q, ridge))
        Q = fit_rows(E.T, P, ridge)
        losses.append(loss(E, P, Q, ridge))
    return P, Q, losses


# %% [markdown]
# ///
# ////
#
# Baseline and factors together predict everything. The start is drawn from one
# seed, so that fits are compared by what you change and by nothing else.


# %%
def complete(R, k, ridge, sweeps=20):
    """Predict all entries from the ratings in R, shape (m, n)."""
    easy = spread_out(*baseline(R, 5.0))
    start = np.random.default_rng(1).normal(size=(R.shape[1], k))
    P, Q, _ = alternate(R - easy, start, ridge, sweeps)
    return easy + P @ Q.T


for k in (1, 2, 4, 8):
    guess = complete(R_learn, k, 0.3)
    print(f"rank {k}: on what it saw {rmse(guess, learn):.2f}", end=", ")
    print(f"on what it did not {rmse(guess, judge):.2f}")

# %% [raw] tags=["output"]
# rank 1: on what it saw 0.74, on what it did not 0.89
# rank 2: on what it saw 0.62, on what it did not 0.90
# rank 4: on what it saw 0.49, on what it did not 1.00
# rank 8: on what it saw 0.23, on what it did not 1.22

# %% [markdown]
# The more factors, the better on what the fit has seen; at rank eight it hardly
# errs. And it is worse than the baseline, which knows no taste at all. That is
# no accident of these numbers. A larger rank can always repeat the fit of a
# smaller one, with zeros, so the least loss never rises with the rank, whether
# what is fitted is taste or noise. And at the minimum the error on seen ratings
# never falls with the penalty: if it did, the fit of the larger penalty, whose
# factors are no longer, would be the better one for the smaller too. An error
# that always votes for more cannot choose.
#
# ## Step 5. Choose by what was not seen
#
# Try all pairs of a rank and a penalty, fit to `learn`, and ask `judge`. The
# one trap is a leak: whatever is computed from the ratings, the baseline too,
# may know `learn` only.
#
# //// exercise | A table of errors
#     name: recommender-validate
#
# Write `validate(R, learn, judge, ranks, ridges)`: the root mean squared errors
# on the ratings in `judge` of what `complete` makes of those in `learn`, shape
# `(len(ranks), len(ridges))`.


# %% tags=["starter"]
def validate(R, learn, judge, ranks, ridges):
    return np.array(
        [
            [
                np.sqrt(np.mean((complete(R, k, ridge) - R)[judge] ** 2))
                for ridge in ridges
            ]
            for k in ranks
        ]
    )


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

chance = np.random.default_rng(8)
table = chance.integers(1, 6, size=(12, 9)).astype(float)
fate = chance.random((12, 9))
table[fate < 0.2] = np.nan
one, two = (fate >= 0.2) & (fate < 0.7), fate >= 0.8
kept = table.copy()
wanted = np.zeros((2, 3))
for row, size in enumerate((1, 2)):
    for column, price in enumerate((0.5, 2.0, 8.0)):
        made = complete(np.where(one, table, np.nan), size, price)
        wanted[row, column] = np.mean((made - table)[two] ** 2) ** 0.5
found = validate(table, one, two, (1, 2), (0.5, 2.0, 8.0))
expect_close(
    found,
    wanted,
    what="the errors of two ranks and three penalties",
    hint="complete may see the ratings in learn only; judge by the others",
)
expect_equal(
    bool(np.array_equal(table, kept, equal_nan=True)),
    True,
    what="that the table stays as it is",
)

# %% [markdown]
# /// hint
#
# `np.where(learn, R, np.nan)` is the table that `complete` may see.
# ///
#
# /// solution


# %% tags=["solution"]
def validate(R, learn, judge, ranks, ridges):
    known = np.where(learn, R, np.nan)
    errors = np.zeros((len(ranks), len(ridges)))
    for i, k in enumerate(ranks):
        for j, ridge in enumerate(ridges):
            off = (complete(known, k, ridge) - R)[judge]
            errors[i, j] = np.sqrt(np.mean(off**2))
    return errors


# %% [markdown]
# ///
# ////

# %%
ranks, ridges = (1, 2, 3, 4, 8), (0.3, 1.0, 3.0, 5.0, 10.0)
errors = validate(R, learn, judge, ranks, ridges)
print("rank  ridge", *(f"{ridge:5}" for ridge in ridges))
for k, row in zip(ranks, errors, strict=True):
    print(f"{k:4}       ", *(f"{e:5.2f}" for e in row))
i, j = np.unravel_index(np.argmin(errors), errors.shape)
best_k, best_ridge = ranks[i], ridges[j]
print(f"chosen: rank {best_k}, ridge {best_ridge}")

# %% [raw] tags=["output"]
# rank  ridge   0.3   1.0   3.0   5.0  10.0
#    1         0.89  0.88  0.88  0.89  0.93
#    2         0.90  0.88  0.86  0.86  0.92
#    3         0.88  0.84  0.82  0.83  0.92
#    4         1.00  0.91  0.83  0.84  0.92
#    8         1.22  0.97  0.86  0.84  0.92
# chosen: rank 3, ridge 3.0

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(7.0, 3.2), sharey=True)
for ax, ridge in ((left, 0.3), (right, best_ridge)):
    inside = [rmse(complete(R_learn, k, ridge), learn) for k in ranks]
    ax.plot(ranks, errors[:, ridges.index(ridge)], "o-C1")
    ax.plot(ranks, inside, "^-C0")
    ax.axhline(rmse(spread_out(mu, b, c), judge), color="C7", ls=":")
    ax.set(xlabel=f"rank, with ridge {ridge}")
left.text(4.2, 1.2, "held out", color="C1", ha="right")
left.text(3, 0.25, "seen", color="C0")
right.text(8, 1.0, "baseline", color="C7", ha="right")
left.set(ylabel="error in stars")

# %% [markdown]
# /// figure | recommender-choice
#     alt: Two panels with the error against the rank. With a small penalty, the error on seen ratings falls steeply from left to right, and the one on held-out ratings rises far above the dotted baseline. With the chosen penalty, the held-out error stays below the baseline at every rank and hardly changes beyond rank three.
#
# With too small a penalty, factors beyond the third are fitted to noise; with the
# right one, they hardly hurt.
# ///
#
# Two ways to say no: a rank that is too small, or a price. The price is the
# milder one. It leaves a direction in as far as the ratings pay for it, where
# the rank takes it or leaves it. The table chose as many factors as this world
# has tastes. But its neighbours are off by hardly more, less than
# `614`{ .claim of="judge.sum()" } ratings can tell, so make nothing of it. (The
# damping is a choice of the same kind, and could stand in the same table.)
#
# ## Step 6. Report once
#
# The lowest of many errors is a little too low, as it was chosen for being low.
# So the number that you report comes from `test`, which has decided nothing.
# Fit once more, with all that is not locked up, and open it.

# %%
R_known = np.where(learn | judge, R, np.nan)
easy = spread_out(*baseline(R_known, 5.0))
full = complete(R_known, best_k, best_ridge)
print(f"baseline {rmse(easy, test):.2f}, with factors {rmse(full, test):.2f}")

# %% [raw] tags=["output"]
# baseline 0.94, with factors 0.75

# %% [markdown]
# Is the difference luck? Both were asked about the same ratings, so look at
# differences of squared errors. And the ratings of one viewer belong together:
# who is misjudged once is misjudged again. So draw *viewers* with replacement,
# each with all of their ratings, and not single ratings.

# %%
gains = np.where(test, (easy - stars) ** 2 - (full - stars) ** 2, 0.0)
per_viewer, counts = gains.sum(axis=1), test.sum(axis=1)
drawn = np.random.default_rng(2).integers(m, size=(2000, m))
means = per_viewer[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
low, high = np.quantile(means, [0.025, 0.975])
print(f"mean squared error less by {gains.sum() / test.sum():.2f}", end=" ")
print(f"(between {low:.2f} and {high:.2f})")

# %% [raw] tags=["output"]
# mean squared error less by 0.32 (between 0.25 and 0.39)

# %% [markdown]
# The interval keeps away from zero: on ratings like these, the factors help.
# Hold on to *like these* until step 8.
#
# ## Step 7. Somebody new
#
# A viewer who comes tomorrow has no row in $P$: a *cold start*. A new fit of
# everything is not needed. The films are known, so \eqref{claim:als-row}
# gives the row of the newcomer from whatever ratings there are. With none, all
# sums are empty, and what is left is the offset of the films. A new *film*
# without ratings is the same problem on the other side, with $b$ in place of
# $c$, and there all that you can say is who is kind.
#
# //// exercise | Predict for a newcomer
#     name: recommender-newcomer
#
# Write `newcomer(r, mu, c, Q, damping, ridge)`: predictions for all films,
# shape $(n,)$. `r`, shape $(n,)$, holds the newcomer's ratings, and NaN
# elsewhere. First the damped offset of the newcomer, as in step 2, then the row
# $p$, as in step 3, from what that leaves over.


# %% tags=["starter"]
def newcomer(r, mu, c, Q, damping, ridge):
    kind = np.nanmean(r) - mu
    return mu + kind + c


# %% tags=["check"]
import warnings

import numpy as np

from derivable.grading import expect_close

chance = np.random.default_rng(9)
offsets, traits = chance.normal(size=6), chance.normal(size=(6, 2))
nothing = np.full(6, np.nan)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    expect_close(
        newcomer(nothing, 3.0, offsets, traits, 5.0, 2.0),
        3.0 + offsets,
        what="the predictions for somebody without ratings",
        hint="empty sums are zero: the mean and the films are left",
    )
said = np.array([5.0, np.nan, 1.0, np.nan, np.nan, 4.0])
there = ~np.isnan(said)
kind = np.sum((said - 3.0 - offsets)[there]) / (3 + 5.0)
stack = np.vstack([traits[there], np.sqrt(2.0) * np.eye(2)])
target = np.append((said - 3.0 - offsets - kind)[there], [0.0, 0.0])
expect_close(
    newcomer(said, 3.0, offsets, traits, 5.0, 2.0),
    3.0 + kind + offsets + traits @ np.linalg.lstsq(stack, target)[0],
    what="the predictions for somebody with three ratings",
    hint="the row is fitted to what mean, film and kindness leave over",
)

# %% [markdown]
# /// hint
#
# `fit_rows` takes a table of one row: `rest[None, :]`. Its sums skip what is
# missing.
# ///
#
# /// solution


# %% tags=["solution"]
def newcomer(r, mu, c, Q, damping, ridge):
    rest = r - mu - c
    kind = np.nansum(rest) / (np.sum(~np.isnan(r)) + damping)
    (p,) = fit_rows((rest - kind)[None, :], Q, ridge)
    return mu + kind + c + Q @ p


# %% [markdown]
# ///
# ////
#
# A hundred viewers of the same world were not in the table. Tell the fit
# the first few ratings of each, in random order, and let it guess the others
# beyond the eighth.

# %%
mu, b, c = baseline(R_known, 5.0)
start = np.random.default_rng(1).normal(size=(n, best_k))
P, Q, _ = alternate(R_known - easy, start, best_ridge, 20)

chance = np.random.default_rng(3)
given = (0, 1, 2, 4, 8)
squares = {t: [] for t in given}
for says, has in zip(world[200:], watched[200:], strict=True):
    order = chance.permutation(np.flatnonzero(has))
    ask = order[8:]
    for t in given:
        told = np.full(n, np.nan)
        told[order[:t]] = says[order[:t]]
        with_taste = newcomer(told, mu, c, Q, 5.0, best_ridge)
        kindness = newcomer(told, mu, c, 0 * Q, 5.0, best_ridge)
        pair = np.array([with_taste[ask], kindness[ask]]) - says[ask]
        squares[t].append(pair**2)
cold = [np.sqrt(np.mean(np.hstack(squares[t]), axis=1)) for t in given]
for t, (taste, kind) in zip(given, cold, strict=True):
    print(f"{t} ratings: baseline {kind:.2f}, with factors {taste:.2f}")

# %% [raw] tags=["output"]
# 0 ratings: baseline 1.04, with factors 1.04
# 1 ratings: baseline 1.04, with factors 0.99
# 2 ratings: baseline 1.03, with factors 0.96
# 4 ratings: baseline 1.01, with factors 0.88
# 8 ratings: baseline 1.00, with factors 0.82

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.2))
taste, kind = np.array(cold).T
ax.plot(given, kind, "s-C7")
ax.plot(given, taste, "o-C1")
ax.text(5.5, kind[-1] + 0.012, "baseline", color="C7")
ax.text(5.5, taste[-2] - 0.06, "with factors", color="C1", ha="right")
ax.set(xlabel="ratings that the newcomer gave", ylabel="error in stars")

# %% [markdown]
# /// figure | recommender-cold
#     alt: Error of predictions against the number of ratings that a newcomer gave, from none to eight. Both curves begin at one point. The baseline falls slowly; the curve with factors falls further below it with each rating.
#
# With no rating there is no taste to go by; each rating widens the gap to the
# baseline.
# ///
#
# ## Step 8. What held-out ratings hide
#
# All errors so far were measured on films that somebody chose to watch. But a
# recommender is asked about the others. Here, and only because the world was
# made, you can look.

# %%
for name, mask in [
    ("fitted", learn | judge),
    ("held out", test),
    ("never rated", ~seen),
]:
    off = (full - stars)[mask]
    print(f"{name:11}: error {np.sqrt(np.mean(off**2)):.2f}", end=", ")
    print(f"too high by {off.mean():.2f}", end=", ")
    print(f"mean of the truth {stars[mask].mean():.1f}")

# %% [raw] tags=["output"]
# fitted     : error 0.59, too high by 0.13, mean of the truth 3.7
# held out   : error 0.75, too high by 0.17, mean of the truth 3.8
# never rated: error 1.05, too high by 0.48, mean of the truth 3.1

# %% [markdown]
# The held-out error was honest, about ratings that people make. People rate
# what they like, so the films that they avoided are worse than those you
# learned from, and nothing in the ratings says so. The ratings are
# *missing not at random* [@marlin2009]. No split of the ratings you have can
# show it: all parts of it are chosen in the same way.
#
# A part of the excess is home-made. It shows on the fitted ratings already: the
# offsets were fitted alone, to films that were watched for taste, and the
# factors add that taste once more. Extension 3 mends this part, and a look at the
# mean error of the ratings you have finds it. The rest no look finds.
#
# Is the recommender useless then? It needs no stars, only an order. Recommend
# five films to everyone, and ask the world how they are liked.
#
# //// exercise | Recommend
#     name: recommender-recommend
#
# Write `recommend(guess, seen, count)`: for each viewer, the `count` films with
# the highest `guess` among those not in `seen`, the best first, shape
# `(m, count)`, as column numbers. Nobody is sent to a film that they rated.
# Each viewer has at least `count` films left.


# %% tags=["starter"]
def recommend(guess, seen, count):
    return np.argsort(guess, axis=1)[:, -count:]


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_equal

high = np.array([[5.0, 1.0, 4.0, 2.0], [0.1, -3.0, -1.0, -2.0]])
rated = np.array([[True, False, False, False], [True, False, False, False]])
before = high.copy()
expect_equal(
    np.asarray(recommend(high, rated, 2)).tolist(),
    [[2, 3], [2, 3]],
    what="two films for each of two viewers, who rated film 0",
    hint="the best first, none that was rated, also if guesses are negative",
)
expect_equal(
    np.asarray(recommend(high, ~rated, 1)).tolist(),
    [[0], [0]],
    what="one film for viewers who rated all but film 0",
)
expect_equal(
    high.tolist(), before.tolist(), what="the guesses, which stay as they are"
)

# %% [markdown]
# /// hint
#
# `np.where(seen, -np.inf, guess)` puts what was rated at the end.
# `np.argsort` sorts upwards.
# ///
#
# /// solution


# %% tags=["solution"]
def recommend(guess, seen, count):
    left_over = np.where(seen, -np.inf, guess)
    return np.argsort(-left_over, axis=1)[:, :count]


# %% [markdown]
# ///
# ////

# %%
lottery = np.random.default_rng(4).random(R.shape)
popular = np.broadcast_to(seen.sum(axis=0).astype(float), R.shape)
for name, guess in [
    ("a lottery", lottery),
    ("the best known", popular),
    ("the baseline", easy),
    ("the factors", full),
    ("the truth itself", stars),
]:
    five = recommend(guess, seen, 5)
    liked = np.take_along_axis(stars, five, axis=1).mean()
    print(f"{name:16} {liked:.1f} stars")

# %% [raw] tags=["output"]
# a lottery        3.1 stars
# the best known   3.2 stars
# the baseline     3.5 stars
# the factors      4.3 stars
# the truth itself 4.8 stars

# %% [markdown]
# The stars are wrong and the order is useful. What you can claim from ratings
# alone is less: that on ratings like those made, the factors beat the baseline.
# A claim about recommendations needs people who are *shown* films by chance.
#
# ## Against the library
#
# First the book's `als`, from the same start: it solves each row by an SVD, you
# by normal equations.

# %%
E = R_known - easy
unit = np.nanmax(np.abs(E))
start = np.sqrt(unit) * np.random.default_rng(0).normal(size=(n, best_k))
P, Q, losses = alternate(E, start, best_ridge, 20)
model = als(
    E,
    best_k,
    ridge=best_ridge,
    rng=np.random.default_rng(0),
    num_sweeps=20,
)
print("same predictions:", np.allclose(P @ Q.T, model.predict(), atol=1e-8))
print("same losses:", np.allclose(losses[1::2], model.losses[1:], rtol=1e-10))
print("never rises:", np.all(np.diff(losses) <= 1e-9 * losses[0]))
print(f"off by {rmse(easy + model.predict(), test):.2f} on the locked ratings")

# %% [raw] tags=["output"]
# same predictions: True
# same losses: True
# never rises: True
# off by 0.75 on the locked ratings

# %% [markdown]
# Second, scikit-learn's ridge regression for one viewer, whose `alpha` is the
# $\rho$ here.

# %%
from sklearn.linear_model import Ridge

row = ~np.isnan(E[7])
one = Ridge(alpha=best_ridge, fit_intercept=False).fit(Q[row], E[7, row])
p = fit_rows(E, Q, best_ridge)[7]
print("same row:", np.allclose(one.coef_, p, rtol=1e-8, atol=1e-10))

# %% [raw] tags=["output"]
# same row: True

# %% [markdown]
# Third, a case where the best answer is known. If nothing is missing, with
# $\sigma_i$, $u_i$, $v_i$ the singular values and vectors of the table $R$, the
# best product of two factors of $k$ columns is
#
# $$
# P Q^\T = \sum_{i=1}^{k} \max(\sigma_i - \rho, 0) \, u_i v_i^\T .
# \label{claim:recommender-svd}
# $$
#
# Why? Let $M = P Q^\T$ have singular values $s_i$, and let $U$, $V$ be its
# singular vectors as columns. Then $\sum_i s_i = \tr(U^\T P Q^\T V)$ is an inner
# product of $U^\T P$ and $V^\T Q$, at most
# $\norm{P}_F \norm{Q}_F \le \frac12 (\norm{P}_F^2 + \norm{Q}_F^2)$. Equality holds if each
# factor takes the root of $s_i$. So the penalty is at least
# $2 \rho \sum_i s_i$. And $\norm{R - M}_F^2$ is at least
# $\sum_i (\sigma_i - s_i)^2$, with equality if $M$ shares the singular vectors
# of $R$. What is left is one small problem for each $i$: $(\sigma_i - s)^2 + 2 \rho s$ is
# least, over $s \ge 0$, at $\max(\sigma_i - \rho, 0)$, and it pays to spend the
# $k$ directions on the largest [@mazumder2010].
#
# /// check
#
# ``` {.python .formula}
# draws = 20
# rtol = 1e-6
# because = "alternating steps approach their limit and do not reach it"
#
# import numpy as np
#
# from derivable.linalg import als
#
#
# def draw(rng):
#     k = int(rng.integers(1, 4))
#     U, V = (np.linalg.qr(rng.normal(size=(s, 4)))[0] for s in (6, 5))
#     sigma = np.array([8.0, 5.0, 3.0, 0.5]) * rng.uniform(0.9, 1.1, size=4)
#     rho = rng.choice([0.7, 3.8])
#     R = U @ np.diag(sigma) @ V.T
#     model = als(R, k, ridge=rho, rng=rng, num_sweeps=200)
#     return {
#         **{"R": R, "P": model.P, "Q": model.Q, "k": k, "rho": rho},
#         **{"sigma": sigma, "u": list(U.T), "v": list(V.T)},
#     }
# ```
# ///
#
# So a penalty shrinks all singular values by the same amount and drops the small
# ones. It chooses a rank by itself, which is why the rank mattered so
# little in step 5. Your steps find it in the whole world, where nothing is missing:

# %%
table = stars - stars.mean()
U, s, Vt = np.linalg.svd(table, full_matrices=False)
shrunk = np.maximum(s[:6] - 20.0, 0.0)
start = np.random.default_rng(0).normal(size=(n, 6))
P, Q, losses = alternate(table, start, 20.0, 50)
best = (U[:, :6] * shrunk) @ Vt[:6]
lowest = np.sum((table - best) ** 2) + 2 * 20.0 * np.sum(shrunk)
print("singular values:", s[:7].round(1))
print("same table:", np.allclose(P @ Q.T, best, atol=1e-6))
print("same loss:", np.isclose(losses[-1], lowest, rtol=1e-10))

# %% [raw] tags=["output"]
# singular values: [84.5 55.5 52.1 44.1 42.  13.3 12.8]
# same table: True
# same loss: True

# %% [markdown]
# Five values stand out: three tastes, the kindness of viewers and the quality of
# films. The rest is noise, and the price is above it.
#
# With holes there is no such formula, and no promise that the limit is the best
# one. What the large systems add is scale, and other signals than stars.
#
# ## Go further
#
# 1. **Weigh by the chance of being seen.** If you knew how likely each entry was
#    to be rated, you would divide its squared error by that probability, so that
#    rare kinds of entries count as often as they occur. The world knows
#    the probabilities. Change `fit_rows` to weighted least squares, and see how
#    much of the gap of step 8 closes, and what it costs in variance.
# 2. **Watching instead of rating.** Most services have no stars, only who
#    watched what. Fit all entries of `seen`, with a high weight on ones and
#    a low one on zeros [@hu2008]. The trick that keeps it fast: $Q^\T Q$ of all
#    films is shared by all viewers.
# 3. **Offsets and factors at once.** After each sweep, fit $\mu$, $b$ and $c$ again to
#    $R - P Q^\T$. Each is a damped mean, so the loss never rises if damping is
#    part of it. How much of the excess of step 8 is left?
# 4. **Several starts.** Run `alternate` from twenty starts with a small
#    penalty, and compare losses and held-out errors. Is the lowest
#    loss the best recommender?
