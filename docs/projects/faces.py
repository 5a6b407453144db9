# ---
# title: Digits in a few numbers
# description: Find the eigen-digits, know their error beforehand, name unseen scans by their neighbours, and validate so that the score is true.
# builds: forward, loss
# minutes: 120
# ---

# %% [markdown]
# # Digits in a few numbers
#
# Eigenfaces were an early success in recognising people: write each face as
# a mean face plus a few patterns, and compare the weights of the patterns
# [@turk1991]. In this project you build the whole of it, for handwritten
# digits, whose scans ship with scikit-learn. You find the patterns, you say
# beforehand what is lost, and you name scans by their neighbours. Then comes
# the harder half: how good is it *really*?
#
# ## What you will have at the end
#
# Each scan is a square of eight by eight grey values, from 0 for paper to
# the largest for ink. Put the last scans of the file aside at once: they are
# the test, and are opened once, at the end. Of the others, the book's `pca`
# learns from the first thousand, and meets the rest for the first time here.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from derivable.linalg import pca

scans, names = load_digits(return_X_y=True)
X, y = scans[:1397], names[:1397]
X_test, y_test = scans[1397:], names[1397:]

found = pca(X[:1000], 30)
Z = found.transform(X)
gaps = [np.sum((Z[:1000] - z) ** 2, axis=1) for z in Z[1000:]]
nearest = np.argmin(gaps, axis=1)
right = np.mean(y[nearest] == y[1000:])
print(f"{X.shape[1]} numbers a scan, {Z.shape[1]} kept: {right:.1%} right")

# %% [raw] tags=["output"]
# 64 numbers a scan, 30 kept: 97.2% right

# %% tags=["picture"]
fig, axes = plt.subplots(3, 9, figsize=(6.8, 2.6))
rows = {
    "new scan": X[1000:1009],
    "from 30": found.inverse(Z[1000:1009]),
    "neighbour": X[nearest[:9]],
}
for line, (name, pictures) in zip(axes, rows.items(), strict=True):
    for ax, picture in zip(line, pictures, strict=True):
        ax.imshow(picture.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
        ax.set(xticks=[], yticks=[])
    line[0].set_ylabel(name, fontsize=8)

# %% [markdown]
# /// figure | faces-neighbours
#     alt: Three rows of nine digits. The first row shows new scans, the second nearly the same pictures, a little smoother, the third other scans of the same digits, in a similar hand.
#
# Less than half of the numbers bring a new scan back nearly as it was, and its
# nearest neighbour is the same digit.
# ///
#
# You stand on [principal components](../linalg/decompositions.md#principal-components),
# on [variance](../probability/estimation.md#variance-and-covariance), on
# [cross-validation](../learning/linear_regression.md#choosing-without-new-data)
# and on
# [right and wrong decisions](../learning/classification.md#right-and-wrong-decisions).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. The mean digit, and something to beat
#
# A method is good compared with another one. The simplest that learns
# anything draws one picture for each digit, the mean of its scans, and names
# a new scan after the mean that is nearest.
#
# //// exercise | The nearest mean
#     name: faces-means
#
# Write `nearest_mean(Q, X, y)`: for each row of `Q`, shape $(m, d)$, the label
# whose mean, over the rows of `X` with this label, is nearest. Labels are
# integers, not always those from 0 on without a gap. Where two means are
# equally near, take the smaller label.


# %% tags=["starter"]
def nearest_mean(Q, X, y):
    labels = np.unique(y)
    means = np.array([X.mean(axis=0) for label in labels])
    gaps = ((Q[:, None] - means) ** 2).sum(axis=2)
    return gaps.argmin(axis=1)


# %% tags=["check"]
from derivable.grading import expect_close

points = np.array([[0.0, 0.0], [0.0, 2.0], [9.0, 0.0], [5.0, 0.0]])
marks = np.array([7, 7, 4, 4])
expect_close(
    nearest_mean(np.array([[0.0, 5.0], [6.0, 0.0]]), points, marks),
    [7, 4],
    what="the labels of (0, 5) and (6, 0)",
    hint="each mean is over its own rows; give the label, not its place",
)
expect_close(
    nearest_mean(np.array([[3.0, 0.0]]), points, marks),
    [7],
    what="the label of (3, 0), between the means (0, 1) and (7, 0)",
    hint="compare with the means of the classes, not with single rows",
)
expect_close(
    nearest_mean(
        np.zeros((1, 1)), np.array([[2.0], [-2.0]]), np.array([9, 2])
    ),
    [2],
    what="the label of 0, between the means 2 of label 9 and -2 of label 2",
    hint="go through the labels in rising order",
)

# %% [markdown]
# /// hint
#
# The rows of one label are `X[y == label]`. `argmin` gives a place in
# `labels`, so look the label up there.
# ///
#
# /// solution


# %% tags=["solution"]
def nearest_mean(Q, X, y):
    labels = np.unique(y)
    means = np.array([X[y == label].mean(axis=0) for label in labels])
    gaps = ((Q[:, None] - means) ** 2).sum(axis=2)
    return labels[gaps.argmin(axis=1)]


# %% [markdown]
# ///
# ////

# %%
baseline = np.sum(nearest_mean(X[1000:], X[:1000], y[:1000]) != y[1000:])
commonest = np.max(np.bincount(y[1000:]))
print(f"of {len(X) - 1000} new scans, wrong by the nearest mean: {baseline}")
print(f"wrong by always saying the commonest digit: {397 - commonest}")

# %% [raw] tags=["output"]
# of 397 new scans, wrong by the nearest mean: 29
# wrong by always saying the commonest digit: 356

# %% [markdown]
# ## Step 2. Eigen-digits
#
# Let $X$ of shape $(n, d)$ hold one scan in each row, $\mu$ of shape $(d)$
# their mean, and let $B$ be $X$ with $\mu$ taken from each row. The principal
# components are the unit vectors, at right angles, along which the rows of
# $B$ vary most: the right singular vectors of $B$, and the eigenvectors of
# the covariance $C = \frac{1}{n - 1} B^\T B$. Here a component has the length
# of a scan, so you can look at it: an *eigen-digit*. Let the rows of $V$, of
# shape $(k, d)$, be the first $k$, and $\lambda_i$ the variance along the
# $i$-th, that is $\sigma_i^2 / (n - 1)$ for the singular value $\sigma_i$
# ([derived here](../linalg/decompositions.md#from-the-svd-of-the-centred-data)).
#
# A component and its negative are equally right. For pictures that everyone
# sees alike, you need a rule: of each component, the entry that is largest in
# size is positive.
#
# //// exercise | Find the patterns
#     name: faces-components
#
# Write `components(X, k)`. It gives three arrays: `mean` of shape `(d,)`; `V`
# of shape `(k, d)`, the largest variance first, with the rule for signs; and
# *all* variances, of shape `(min(n, d),)`, divided by $n - 1$. `X` stays as
# it is.


# %% tags=["starter"]
def components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return mean, Vt[:k], s**2


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

chance = np.random.default_rng(2)
cloud = chance.normal(size=(30, 5)) * [1, 4, 2, 8, 3] + [50, 0, -9, 1, 2]
kept = cloud.copy()
centre, V_cloud, spread = components(cloud, 3)
expect_close(cloud, kept, what="X, after the call: it")
expect_close(centre, cloud.mean(axis=0), what="the mean")
expect_close(
    spread,
    np.linalg.eigvalsh(np.cov(cloud.T))[::-1],
    what="the variances, all of them, largest first,",
    hint="subtract the mean before the SVD; divide squares by n - 1",
)
expect_close(
    V_cloud @ V_cloud.T,
    np.eye(3),
    what="V Vᵀ",
    hint="the first k rows of Vt, each of length 1",
)
expect_close(
    np.cov(cloud.T) @ V_cloud.T,
    V_cloud.T * spread[:3],
    what="C Vᵀ, compared with Vᵀ times the variances,",
    hint="each row of V is an eigenvector of the covariance",
)
for flip in (1, -1):
    _, V_flip, _ = components(flip * cloud, 3)
    largest = [bool(row[np.argmax(np.abs(row))] > 0) for row in V_flip]
    expect_equal(
        largest,
        [True, True, True],
        what="that the largest entry of each component is positive",
        hint="multiply the row by the sign of that entry",
    )
expect_equal(
    components(cloud[:4], 2)[2].shape,
    (4,),
    what="the shape of the variances of 4 samples of 5 entries",
    hint="full_matrices=False, and no more",
)

# %% [markdown]
# /// hint
#
# `np.linalg.svd(X - mean, full_matrices=False)`. With
# `top = np.argmax(np.abs(V), axis=1)`, the entries that decide are
# `V[np.arange(k), top]`.
# ///
#
# /// solution


# %% tags=["solution"]
def components(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)

    V = Vt[:k]
    top = np.argmax(np.abs(V), axis=1)
    sign = np.sign(V[np.arange(k), top])
    return mean, V * sign[:, None], s**2 / (len(X) - 1)


# %% [markdown]
# ///
# ////

# %% tags=["picture"]
mean, V, variances = components(X, 64)

fig, axes = plt.subplots(2, 6, figsize=(6.8, 2.6))
shown = [mean - mean.mean(), *V[:11]]
for i, (ax, pattern) in enumerate(zip(axes.flat, shown, strict=True)):
    top = np.max(np.abs(pattern))
    ax.imshow(pattern.reshape(8, 8), cmap="gray_r", vmin=-top, vmax=top)
    ax.set(xticks=[], yticks=[], xlabel=f"$v_{{{i}}}$" if i else "mean")

# %% [markdown]
# /// figure | faces-eigendigits
#     alt: Twelve square pictures. The first, the mean, is a blurred upright oval. The next ones have a few large dark and light blobs that resemble parts of digits; the later ones have smaller blobs, closer together.
#
# The mean digit is a blur. The first eigen-digits are strokes that many scans
# have or lack; the later ones are finer.
# ///
#
# ## Step 3. There and back
#
# With the mean and $V$, a scan becomes $k$ numbers, its coordinates, and comes
# back: $Z = B V^\T$, of shape $(n, k)$, and $\hat X = Z V$ plus the mean in
# each row. Nothing here asks that the scan was among those that gave $V$.
#
# //// exercise | Project and restore
#     name: faces-restore
#
# Write `project(X, mean, V)`, of shape $(n, k)$, and `restore(Z, mean, V)`, of
# shape $(n, d)$.


# %% tags=["starter"]
def project(X, mean, V):
    return X @ V.T


def restore(Z, mean, V):
    return Z @ V


# %% tags=["check"]
from derivable.grading import expect_close

V_two = np.array([[0.6, 0.8, 0.0], [0.0, 0.0, 1.0]])
middle = np.array([1.0, 2.0, 3.0])
sample = np.array([[1.0, 2.0, 3.0], [6.0, 2.0, 4.0]])
expect_close(
    project(sample, middle, V_two),
    [[0.0, 0.0], [3.0, 1.0]],
    what="the coordinates of the mean and of (6, 2, 4)",
    hint="the mean has the coordinates 0: subtract it first",
)
expect_close(
    restore(np.array([[0.0, 0.0], [5.0, -1.0]]), middle, V_two),
    [[1.0, 2.0, 3.0], [4.0, 6.0, 2.0]],
    what="the samples of the coordinates (0, 0) and (5, -1)",
    hint="add the mean at the end",
)

# %% [markdown]
# /// hint
#
# `X - mean` takes the mean from each row, by broadcasting.
# ///
#
# /// solution


# %% tags=["solution"]
def project(X, mean, V):
    return (X - mean) @ V.T


def restore(Z, mean, V):
    return Z @ V + mean


# %% [markdown]
# ///
# ////
#
# What is lost? There and back is $\hat X - \mathbf{1} \mu^\T = B P$ with the
# projector $P = V^\T V$, so that the loss is $B (I - P)$. Its squares are the
# trace of $(I - P) B^\T B (I - P) = (n - 1)(I - P) C (I - P)$. In the basis of
# eigenvectors of $C$, the factor $I - P$ crosses out the first $k$, and the
# trace adds up what is left:
#
# $$
# \norm{X - \hat X}_F^2 = (n - 1) \sum_{i=k+1}^{d} \lambda_i
# \label{claim:faces-error}
# $$
#
# /// check
#     of: claim:faces-error
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n, d = rng.integers(2, 8), rng.integers(2, 6)
#     k = rng.integers(1, d + 1)
#     X = rng.normal(size=(n, d)) + rng.normal(size=d)
#     lam, Q = np.linalg.eigh(np.cov(X.T))
#     V, mean = Q[:, ::-1][:, :k].T, X.mean(axis=0)
#     X_hat = (X - mean) @ V.T @ V + mean
#     return {
#         **{"n": n, "d": d, "k": k, "X": X, "X_hat": X_hat},
#         "lam": np.maximum(lam[::-1], 0.0),
#     }
# ```
# ///
#
# So the discarded eigenvalues *are* the error, before any scan is restored.
# It holds for the scans that gave the components.
#
# //// exercise | Promise an error
#     name: faces-promise
#
# Write `promise(variances, k, n)`: the mean over the $n$ scans of the squared
# error of one scan, $\frac{1}{n} \norm{X - \hat X}_F^2$. Here `variances` are
# all of them, with $n - 1$, as `components` gives them.


# %% tags=["starter"]
def promise(variances, k, n):
    return np.sum(variances[k:]) / n


# %% tags=["check"]
from derivable.grading import expect_close

chance = np.random.default_rng(3)
cloud = chance.normal(size=(5, 4)) * [1.0, 2.0, 3.0, 4.0] + 7.0
gaps = cloud - np.mean(cloud, axis=0)
_, lengths, V_all = np.linalg.svd(gaps, full_matrices=False)
for few in (1, 2, 4):
    lost = gaps - gaps @ V_all[:few].T @ V_all[:few]
    expect_close(
        promise(lengths**2 / 4, few, 5),
        np.sum(lost**2) / 5,
        what=f"the promise for k = {few} of 4, n = 5",
        hint="sum from component k + 1 on, times (n - 1) / n",
    )

# %% [markdown]
# /// hint
#
# `variances[k:]` are those after the first $k$. The variances are sums of
# squares over $n - 1$; the mean is over $n$.
# ///
#
# /// solution


# %% tags=["solution"]
def promise(variances, k, n):
    return (n - 1) / n * np.sum(variances[k:])


# %% [markdown]
# ///
# ////
#
# Now the promise against the measurement, for the scans that the components
# come from and for scans that they have never met.


# %%
def squared_error(X, mean, V):
    """The mean squared error of one scan, there and back."""
    back = restore(project(X, mean, V), mean, V)
    return np.mean(np.sum((X - back) ** 2, axis=1))


mean, V, variances = components(X[:1000], 64)
print("  k  promised  measured   new scans")
for k in (2, 10, 20, 30, 40):
    promised = promise(variances, k, 1000)
    seen = squared_error(X[:1000], mean, V[:k])
    unseen = squared_error(X[1000:], mean, V[:k])
    print(f"{k:3} {promised:9.2f} {seen:9.2f} {unseen:11.2f}")

# %% [raw] tags=["output"]
#   k  promised  measured   new scans
#   2    861.24    861.24      903.98
#  10    300.05    300.05      365.74
#  20    120.38    120.38      153.53
#  30     46.68     46.68       62.14
#  40     13.65     13.65       18.48

# %% [markdown]
# Promised and measured agree. New scans lose more, as they must on average:
# the components were chosen to suit the old ones. With forty components they
# lose `more than a third`{ .claim of="unseen / seen" says="more than 1.33" }
# more.
#
# ## Step 4. How many?
#
# The share of the variance that $k$ components keep is the sum of the first
# $k$ variances over the sum of all.
#
# //// exercise | Enough of them
#     name: faces-enough
#
# Write `enough(variances, share)`: the smallest $k$ for which the first $k$
# components keep *at least* this share, $0 < s \le 1$. A share of one needs
# only the components that vary.


# %% tags=["starter"]
def enough(variances, share):
    return int(share * len(variances))


# %% tags=["check"]
from derivable.grading import expect_equal

for share, wanted in [(0.3, 1), (0.5, 1), (0.51, 2), (0.75, 2), (0.8, 3)]:
    expect_equal(
        enough(np.array([4.0, 2.0, 1.0, 1.0, 0.0]), share),
        wanted,
        what=f"enough([4, 2, 1, 1, 0], {share})",
        hint="at least this share, and a count of components, not an index",
    )
expect_equal(
    enough(np.array([4.0, 2.0, 1.0, 1.0, 0.0, 0.0]), 1.0),
    4,
    what="enough([4, 2, 1, 1, 0, 0], 1)",
    hint="components of variance 0 add nothing",
)

# %% [markdown]
# /// hint
#
# `np.cumsum` gives the sums of the first 1, 2, 3, … variances. Divide by the
# last of them. `np.searchsorted(kept, share)` is the first place that reaches
# the share, counted from 0.
# ///
#
# /// solution


# %% tags=["solution"]
def enough(variances, share):
    kept = np.cumsum(variances)
    return int(np.searchsorted(kept / kept[-1], share)) + 1


# %% [markdown]
# ///
# ////

# %%
for share in (0.5, 0.9, 0.95, 0.99):
    print(f"{share:.0%} of the variance: {enough(variances, share)} of 64")

# %% [raw] tags=["output"]
# 50% of the variance: 5 of 64
# 90% of the variance: 21 of 64
# 95% of the variance: 28 of 64
# 99% of the variance: 41 of 64

# %% [markdown]
# But which share is enough? Nothing in the variances says so. A component
# that varies little may still be the one that tells 3 from 8: PCA never looks
# at the labels. What you need the numbers for has to decide, and that is a
# name for each scan.
#
# ## Step 5. Nearest neighbours
#
# A new scan gets the label that most of its $m$ nearest old scans have
# [@cover1967]. For all pairs at once, multiply out:
#
# $$
# \norm{q - z}^2 = \norm{q}^2 - 2 q \cdot z + \norm{z}^2
# \label{claim:faces-distance}
# $$
#
# /// check
#     of: claim:faces-distance
#
# ``` {.python .formula}
# def draw(rng):
#     d = rng.integers(1, 6)
#     return {"q": rng.normal(size=d), "z": rng.normal(size=d)}
# ```
# ///
#
# All the dot products are one product of matrices, and no array of three axes
# is needed. The price is cancellation: for nearly equal points far from the
# origin rounding may leave a small negative number.
#
# //// exercise | All distances at once
#     name: faces-distances
#
# Write `squared_distances(Q, Z)` by \eqref{claim:faces-distance}: for `Q` of
# shape $(m, k)$ and `Z` of shape $(n, k)$ an array of shape $(m, n)$. What
# rounding has made negative becomes 0.


# %% tags=["starter"]
def squared_distances(Q, Z):
    return np.sum(Q**2, axis=1) - 2 * Q @ Z.T + np.sum(Z**2, axis=1)


# %% tags=["check"]
from scipy.spatial.distance import cdist

from derivable.grading import expect_close, expect_equal

chance = np.random.default_rng(4)
for shape in [(4, 7), (3, 3), (1, 2)]:
    queries = chance.normal(size=(shape[0], 3))
    points = chance.normal(size=(shape[1], 3))
    expect_close(
        squared_distances(queries, points),
        cdist(queries, points, "sqeuclidean"),
        what=f"the squared distances of {shape[0]} to {shape[1]} points",
        hint="row i belongs to row i of Q: its square needs an axis more",
    )
far = 1e4 + chance.normal(size=(40, 3))
expect_equal(
    bool(np.min(squared_distances(far, far)) >= 0),
    True,
    what="that no squared distance is negative",
    hint="np.maximum(…, 0)",
)

# %% [markdown]
# /// hint
#
# `np.sum(Q**2, axis=1)[:, None]` is a column, so that it is added to the rows.
# ///
#
# /// solution


# %% tags=["solution"]
def squared_distances(Q, Z):
    squares = np.sum(Q**2, axis=1)[:, None] + np.sum(Z**2, axis=1)
    return np.maximum(squares - 2 * Q @ Z.T, 0.0)


# %% [markdown]
# ///
# ////
#
# //// exercise | Vote
#     name: faces-vote
#
# Write `vote(D, labels, m)`: for each row of `D`, the squared distances to
# all old scans, the commonest label of the $m$ nearest. Where several labels
# are equally common, the nearest scan among theirs decides.


# %% tags=["starter"]
def vote(D, labels, m):
    return labels[np.argmin(D, axis=1)]


# %% tags=["check"]
from derivable.grading import expect_close

marks = np.array([5, 3, 3, 8, 8, 8])
table = np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [9, 5, 4, 1, 2, 7]])
for m, wanted in [(1, [5, 8]), (3, [3, 8]), (4, [3, 8]), (6, [8, 8])]:
    expect_close(
        vote(table, marks, m),
        wanted,
        what=f"the vote of {m}",
        hint="sort each row by distance, and count among the first m",
    )
expect_close(
    vote(table, marks, 2),
    [5, 8],
    what="the vote of 2, where 5 and 3 have one voice each",
    hint="not the smallest label: the nearest one of those that tie",
)
expect_close(
    vote(table[:1], marks, 5),
    [3],
    what="the vote of 5, where 3 and 8 have two voices each",
    hint="5 is nearest but has one voice; of 3 and 8, 3 is nearer",
)

# %% [markdown]
# /// hint
#
# `np.argsort(D, axis=1)[:, :m]` are the places of the nearest. For one row of
# their labels, `(row[:, None] == row).sum(axis=0)` counts for each neighbour
# how many share its label. `argmax` gives the first of the largest.
# ///
#
# /// solution


# %% tags=["solution"]
def vote(D, labels, m):
    near = labels[np.argsort(D, axis=1, kind="stable")[:, :m]]
    voices = (near[:, :, None] == near[:, None, :]).sum(axis=2)
    winner = voices.argmax(axis=1)  # the first, so the nearest
    return near[np.arange(len(near)), winner]


# %% [markdown]
# ///
# ////
#
# ## Step 6. Honest validation
#
# How many components, how many voters? Cross-validate: deal the scans into
# five folds, and name each fold with what was learned from the four others.
# *Learned* includes the mean and the components: a fit that has seen the fold
# is a leak.
#
# //// exercise | Count the errors
#     name: faces-folds
#
# Write `cross_errors(X, y, folds, k, m)`: how many scans are named wrongly,
# all folds together. `folds` is a list of arrays of row numbers. For each,
# everything is learned from all rows that are not in it.


# %% tags=["starter"]
def cross_errors(X, y, folds, k, m):
    mean, V, _ = components(X, k)
    Z = project(X, mean, V)
    wrong = 0
    for fold in folds:
        D = squared_distances(Z[fold], Z)
        wrong += np.sum(vote(D, y, m) != y[fold])
    return int(wrong)


# %% tags=["check"]
from derivable.grading import expect_equal

street = np.array([[0.0, 0], [1, 0], [2, 0], [10, 0], [11, 0], [12, 0]])
marks = np.array([0, 0, 1, 1, 1, 1])
singles = [np.array([i]) for i in range(6)]
expect_equal(
    cross_errors(street, marks, singles, 1, 1),
    1,
    what="the errors, each point a fold, where one point is mislabelled",
    hint="the neighbours of a fold are the rows outside of it",
)
expect_equal(
    cross_errors(street, marks, [np.array([0, 1])], 1, 1),
    2,
    what="the errors when both points labelled 0 are one fold",
    hint="a point of the fold is no neighbour of the fold",
)
strange = np.array([[-5.0, 0], [-5, 0], [5, 2], [5, -2], [-5.5, 90]])
expect_equal(
    cross_errors(strange, np.array([0, 0, 1, 1, 0]), [np.array([4])], 1, 1),
    0,
    what="the errors where a new scan varies along its own direction",
    hint="mean and components must not have seen the fold",
)
expect_equal(
    cross_errors(street, marks, singles, 1, 5),
    2,
    what="the errors of five voters",
    hint="hand m to vote",
)

# %% [markdown]
# /// hint
#
# `rest = np.setdiff1d(np.arange(len(y)), fold)`, then steps 2, 3 and 5 for
# `X[rest]`.
# ///
#
# /// solution


# %% tags=["solution"]
def cross_errors(X, y, folds, k, m):
    wrong = 0
    for fold in folds:
        rest = np.setdiff1d(np.arange(len(y)), fold)
        mean, V, _ = components(X[rest], k)
        old, new = project(X[rest], mean, V), project(X[fold], mean, V)
        named = vote(squared_distances(new, old), y[rest], m)
        wrong += np.sum(named != y[fold])
    return int(wrong)


# %% [markdown]
# ///
# ////
#
# And which scans go into which fold? Usually one shuffles. First look where
# the nearest neighbour of a scan stands in the file.

# %%
D = squared_distances(X, X)
np.fill_diagonal(D, np.inf)
apart = np.abs(np.argmin(D, axis=1) - np.arange(len(X)))
pairs = np.abs(np.arange(len(X))[:, None] - np.arange(len(X)))
print(f"rows from a scan to its neighbour: {np.median(apart):.0f}")
print(f"rows from a scan to another one:   {np.median(pairs):.0f}")

# %% [raw] tags=["output"]
# rows from a scan to its neighbour: 78
# rows from a scan to another one:   409

# %% [markdown]
# These are medians. Neighbours stand close together: the file was written by
# thirteen people [@alpaydin1998], and it seems that each wrote some rows in
# succession. Shuffled, nearly every scan has scans *of the same hand* in the
# other folds. That answers the question how well you read people whom you
# know. For strangers, let each fold be a block of consecutive rows, so that few
# hands are on both sides.

# %%
blocks = np.array_split(np.arange(len(X)), 5)
mixed = np.random.default_rng(0).permutation(len(X))
shuffled = np.array_split(mixed, 5)

sizes = [5, 10, 20, 30, 40, 50]
by_blocks = {
    m: [cross_errors(X, y, blocks, k, m) for k in sizes] for m in (1, 3)
}
by_chance = [cross_errors(X, y, shuffled, k, 1) for k in sizes]
print("components         ", *(f"{k:4}" for k in sizes))
print("shuffled, 1 voter  ", *(f"{n:4}" for n in by_chance))
print("blocks, 1 voter    ", *(f"{n:4}" for n in by_blocks[1]))
print("blocks, 3 voters   ", *(f"{n:4}" for n in by_blocks[3]))

# %% [raw] tags=["output"]
# components             5   10   20   30   40   50
# shuffled, 1 voter    122   32   21   20   17   18
# blocks, 1 voter      186   72   44   33   36   37
# blocks, 3 voters     172   72   45   45   44   42

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
for counts, mark, name in [
    (by_blocks[3], "s-", "blocks, 3 voters"),
    (by_blocks[1], "o-", "blocks, 1 voter"),
    (by_chance, "^-", "shuffled, 1 voter"),
]:
    ax.semilogy(sizes, 100 * np.array(counts) / len(X), mark, label=name)
ax.set(xlabel="components $k$", ylabel="errors in percent")
ax.set_yticks([1, 2, 5, 10], ["1", "2", "5", "10"])
ax.minorticks_off()
ax.legend()

# %% [markdown]
# /// figure | faces-choice
#     alt: Three curves of errors against the number of components, on a logarithmic axis. All fall steeply at first and are flat from thirty components on. The curve of shuffled folds lies well below both curves of folds in blocks.
#
# From thirty components on, more of them help little. Shuffled folds promise
# about half of the errors that folds in blocks find.
# ///
#
# Blocks choose one voter and thirty components; but the counts from thirty on
# differ by less than chance moves them, as the square root of a count of
# independent errors says. You take the smallest of these sizes.
#
# ## Step 7. The test, once
#
# The choice is made. Now learn from all of the scans, and open the test.

# %%
mean, V, variances = components(X, 30)
Z = project(X, mean, V)
named = vote(squared_distances(project(X_test, mean, V), Z), y, 1)
wrong = int(np.sum(named != y_test))
rate = wrong / len(y_test)
deviation = np.sqrt(rate * (1 - rate) / len(y_test))
print(f"{wrong} of {len(y_test)} wrong: {rate:.1%} ± {deviation:.1%}")
print(f"promised by shuffling: {by_chance[3] / len(X):.1%}")
print(f"promised by blocks:    {by_blocks[1][3] / len(X):.1%}")
means = np.sum(nearest_mean(X_test, X, y) != y_test)
print(f"the nearest mean:      {means / len(y_test):.1%}")

# %% [raw] tags=["output"]
# 15 of 400 wrong: 3.8% ± 0.9%
# promised by shuffling: 1.4%
# promised by blocks:    2.4%
# the nearest mean:      14.2%

# %% [markdown]
# The bar is one standard deviation of a share, if errors were independent;
# those of one hand are not, so the truth is less sure than it says. The
# promise of the shuffled folds is `more than two`{ .claim of="(rate - by_chance[3] / len(X)) / deviation" says="more than 2" }
# deviations too low, that of the blocks
# `less than two`{ .claim of="(rate - by_blocks[1][3] / len(X)) / deviation" says="less than 2" }.
# It is low as well: a block still shares hands at its edges, and the winner of
# a comparison is [always a little lucky](../learning/linear_regression.md#mistake-winner).
#
# //// exercise | Who is taken for whom?
#     name: faces-confusion
#
# Write `confusion(y, named, classes)`: a table of integers, shape
# `(classes, classes)`. Row $i$, column $j$ counts the scans of digit $i$ that
# were named $j$. Labels lie in $0, \dots$, `classes - 1`; some may be missing.


# %% tags=["starter"]
def confusion(y, named, classes):
    table = np.zeros((classes, classes), dtype=int)
    table[y, named] += 1
    return table


# %% tags=["check"]
from derivable.grading import expect_close

truth, called = np.array([0, 0, 0, 2, 2, 3]), np.array([0, 2, 2, 2, 3, 3])
expect_close(
    confusion(truth, called, 5),
    [
        [1, 0, 2, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 1, 1, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 0],
    ],
    what="the table of [0, 0, 0, 2, 2, 3] named [0, 2, 2, 2, 3, 3]",
    hint="rows are the truth; table[y, named] += 1 adds a pair only once",
)

# %% [markdown]
# /// hint
#
# `np.add.at(table, (y, named), 1)` adds for every pair, also for repeated
# ones. A loop does it too.
# ///
#
# /// solution


# %% tags=["solution"]
def confusion(y, named, classes):
    table = np.zeros((classes, classes), dtype=int)
    np.add.at(table, (y, named), 1)
    return table


# %% [markdown]
# ///
# ////

# %%
table = confusion(y_test, named, 10)
print(table)
missed = table.sum(axis=1) - np.diag(table)
print("missed, by digit:", missed)

# %% [raw] tags=["output"]
# [[39  0  0  0  0  0  0  0  0  0]
#  [ 0 39  0  0  0  0  0  0  0  0]
#  [ 0  0 40  0  0  0  0  0  0  0]
#  [ 0  0  0 34  0  2  0  1  2  0]
#  [ 0  0  0  0 40  0  0  0  0  3]
#  [ 0  0  0  0  0 41  0  0  0  0]
#  [ 0  0  0  0  0  0 39  0  0  0]
#  [ 0  0  0  0  0  0  0 40  0  0]
#  [ 0  3  0  0  0  0  0  0 35  1]
#  [ 0  0  0  1  0  2  0  0  0 38]]
# missed, by digit: [0 0 0 5 3 0 0 0 4 3]

# %% [markdown]
# The right ones are on the diagonal. The table is not symmetric: 8 is
# taken for 1 more often than 1 for 8. And the errors are not spread evenly:
# `more than half`{ .claim of="(missed[3] + missed[8]) / missed.sum()" says="more than 0.5" }
# of them are scans of a 3 or an 8. So few errors are a hint where to look, not
# a law.
#
# ## Step 8. What noise does
#
# Let the scanner add noise $\varepsilon$, one number for each pixel: uncorrelated,
# of mean 0 and variance $s^2$, and independent of the scan $x$. You restore
# $x + \varepsilon$ from $k$ coordinates, $\mu + P (x + \varepsilon - \mu)$. How
# far is that from the clean $x$?
# The difference is $P \varepsilon - (I - P)(x - \mu)$, two parts at right
# angles, so their squares add:
#
# $$
# \norm{\mu + P (x + \varepsilon - \mu) - x}^2
# = \norm{(I - P) (x - \mu)}^2 + \norm{P \varepsilon}^2
# \label{claim:faces-noise}
# $$
#
# /// check
#     of: claim:faces-noise
#
# ``` {.python .formula}
# import numpy as np
#
# equal = {"+ → - #2": "the squares do not see the sign of the noise"}
#
#
# def draw(rng):
#     d = rng.integers(2, 6)
#     k = rng.integers(1, d + 1)
#     V = np.linalg.qr(rng.normal(size=(d, k)))[0].T
#     x, mu, eps = rng.normal(size=(3, d))
#     return {"P": V.T @ V, "I": np.eye(d), "x": x, "mu": mu, "eps": eps}
# ```
# ///
#
# On average over scans, the first part is $\sum_{i > k} \lambda_i$. On average
# over the noise, the second is $\tr(P \, s^2 I \, P) = s^2 \tr P = k s^2$: of
# the noise only $k$ of $d$ directions survive. The first part falls with $k$,
# the second grows. One component more takes away $\lambda_{k+1}$ and adds
# $s^2$.
#
# //// exercise | Where to stop
#     name: faces-stop
#
# Write `stop(variances, s)`: the number of components, from 0 on, for which
# the expected error $\sum_{i > k} \lambda_i + k s^2$ is smallest; where two
# are equally good, the smaller. The variances come in falling order, and `s`
# is the *standard deviation* of the noise.


# %% tags=["starter"]
def stop(variances, s):
    return len(variances)


# %% tags=["check"]
from derivable.grading import expect_equal

falling = np.array([25.0, 9.0, 4.0, 2.0, 0.5])
for s, wanted in [(0.1, 5), (1.0, 4), (1.5, 3), (2.0, 2), (4.0, 1), (6.0, 0)]:
    expect_equal(
        int(stop(falling, s)),
        wanted,
        what=f"stop([25, 9, 4, 2, 0.5], {s})",
        hint="a component pays if its variance is above that of the noise",
    )

# %% [markdown]
# /// hint
#
# A component pays exactly if $\lambda_{k+1} > s^2$. Count them.
# ///
#
# /// solution


# %% tags=["solution"]
def stop(variances, s):
    return int(np.sum(variances > s**2))


# %% [markdown]
# ///
# ////
#
# The last block gets noise, and the components come from the four others,
# without noise. Here $k$ runs past the best choice on both sides.

# %%
s = 4.0
rest, held = X[: blocks[4][0]], X[blocks[4]]
noisy = held + s * np.random.default_rng(5).normal(size=held.shape)
mean, V, variances = components(rest, 64)
k_star = stop(variances, s)
print(f"components above the noise: {k_star}")
print("  k  expected  measured")
for k in (5, 10, k_star, 40, 64):
    expected = variances[k:].sum() + k * s**2
    back = restore(project(noisy, mean, V[:k]), mean, V[:k])
    measured = np.mean(np.sum((back - held) ** 2, axis=1))
    print(f"{k:3} {expected:9.0f} {measured:9.0f}")

# %% [raw] tags=["output"]
# components above the noise: 16
#   k  expected  measured
#   5       618       668
#  10       468       510
#  16       431       465
#  40       654       666
#  64      1024      1041

# %% [markdown]
# The measured error is higher where few components are kept: new scans lose
# more than the variances say, as in step 3. The noise adds what was expected.

# %% tags=["picture"]
back = restore(project(noisy, mean, V[:k_star]), mean, V[:k_star])
fig, axes = plt.subplots(3, 9, figsize=(6.8, 2.6))
rows = {"with noise": noisy[:9], "restored": back[:9], "clean": held[:9]}
for line, (name, pictures) in zip(axes, rows.items(), strict=True):
    for ax, picture in zip(line, pictures, strict=True):
        ax.imshow(picture.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
        ax.set(xticks=[], yticks=[])
    line[0].set_ylabel(name, fontsize=8)

# %% [markdown]
# /// figure | faces-noise
#     alt: Three rows of nine digits. In the first grey speckles cover the paper. In the second the speckles are nearly gone and the strokes are smooth. The third shows the clean scans.
#
# There and back through the components that rise above the noise removes most
# of it. No neighbourhood of pixels was told to the method.
# ///
#
# Surely the neighbours are now found better too? Ask before you believe it.

# %%
for s in (2.0, 4.0, 8.0):
    clean, counts = y[blocks[4]], []
    for k in (10, 20, 64):
        wrong = 0
        for seed in range(5):
            noise = np.random.default_rng(seed).normal(size=held.shape)
            Q, old = (
                project(A, mean, V[:k]) for A in (held + s * noise, rest)
            )
            said = vote(squared_distances(Q, old), y[: len(rest)], 1)
            wrong += np.mean(said != clean) / 5
        counts.append(f"{wrong:6.1%}")
    print(f"noise {s:.0f}: errors with 10, 20, 64 components", *counts)

# %% [raw] tags=["output"]
# noise 2: errors with 10, 20, 64 components   4.7%   2.4%   1.6%
# noise 4: errors with 10, 20, 64 components   9.0%   5.5%   4.9%
# noise 8: errors with 10, 20, 64 components  28.8%  23.8%  23.0%

# %% [markdown]
# No gain is seen at any of these levels of noise. Five
# draws are too few to say that leaving components out does harm. Why no gain? For a scan $q$ with
# noise $\varepsilon$, which of two old scans $a$ and $b$ is nearer? Multiply
# out; the square of $q + \varepsilon$ cancels:
#
# $$
# \norm{q + \varepsilon - a}^2 - \norm{q + \varepsilon - b}^2
# = \norm{q - a}^2 - \norm{q - b}^2 + 2 \varepsilon \cdot (b - a)
# \label{claim:faces-margin}
# $$
#
# /// check
#     of: claim:faces-margin
#
# ``` {.python .formula}
# def draw(rng):
#     q, eps, a, b = rng.normal(size=(4, rng.integers(1, 6)))
#     return {"q": q, "eps": eps, "a": a, "b": b}
# ```
# ///
#
# Only the noise *along* $b - a$ counts, whatever the number of pixels. The
# rest makes both distances longer by the same amount. So a projection can help
# only as far as it takes the noise out of $b - a$ and leaves the difference of
# the clean distances. Let $a$ be the nearest old scan of the right digit, and
# $b$ the nearest of a wrong one. How much of $b - a$ lies along the first
# twenty components? And how far is $a$ ahead, in deviations
# $2 s \norm{b - a}$ of the noise?

# %%
s = 4.0
wide, old = project(held, mean, V), project(rest, mean, V)
other = y[: len(rest)] != y[blocks[4]][:, None]
D = squared_distances(held, rest)
a = old[np.argmin(np.where(other, np.inf, D), axis=1)]
b = old[np.argmin(np.where(other, D, np.inf), axis=1)]
for k in (10, 20, 64):
    q, u, v = wide[:, :k], a[:, :k], b[:, :k]
    apart = np.sum((v - u) ** 2, axis=1)
    share = np.sum(apart) / np.sum((b - a) ** 2)
    ahead = np.sum((q - v) ** 2 - (q - u) ** 2, axis=1)
    lead = np.median(ahead / (2 * s * np.sqrt(apart)))
    print(f"{k:2} components: {share:4.0%} of b - a, lead {lead:.1f}")

# %% [raw] tags=["output"]
# 10 components:  58% of b - a, lead 2.0
# 20 components:  81% of b - a, lead 2.3
# 64 components: 100% of b - a, lead 2.3

# %% [markdown]
# Twenty components hold most of $b - a$, so most of the noise that matters
# stays. The median lead is hardly another one. A cleaner picture is not a
# better decision.
#
# ## Against the library
#
# First the components, beside scikit-learn's `PCA`. Signs may differ there by
# version, so they are aligned.

# %%
from sklearn.decomposition import PCA

mean, V, variances = components(X, 30)
theirs = PCA(30, svd_solver="full").fit(X)
sign = np.sign(np.sum(V * theirs.components_, axis=1))
gap = np.max(np.abs(V - theirs.components_ * sign[:, None]))
print("components agree:", gap < 1e-9)
print(
    "variances agree:",
    np.allclose(variances[:30], theirs.explained_variance_, rtol=1e-10),
)
print(
    "the same size keeps 95%:",
    enough(variances, 0.95)
    == PCA(0.95, svd_solver="full").fit(X).n_components_,
)
print(
    "the same new scans restored:",
    np.allclose(
        restore(project(X_test, mean, V), mean, V),
        theirs.inverse_transform(theirs.transform(X_test)),
        atol=1e-9,
    ),
)

# %% [raw] tags=["output"]
# components agree: True
# variances agree: True
# the same size keeps 95%: True
# the same new scans restored: True

# %% [markdown]
# Then the whole: a pipeline learns its components anew in every fold, so it
# cannot leak. `KFold` without shuffling deals the same blocks.

# %%
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

pipeline = make_pipeline(
    PCA(30, svd_solver="full"),
    KNeighborsClassifier(1, algorithm="brute"),
)
guesses = cross_val_predict(pipeline, X, y, cv=KFold(5))
print("errors in blocks:", by_blocks[1][3], "and", np.sum(guesses != y))
guesses = pipeline.fit(X, y).predict(X_test)
print("the same names in the test:", np.array_equal(named, guesses))
print(
    "the same table:",
    np.array_equal(table, confusion_matrix(y_test, guesses)),
)

# %% [raw] tags=["output"]
# errors in blocks: 33 and 33
# the same names in the test: True
# the same table: True

# %% [markdown]
# With three voters the two may differ where all disagree: yours takes the
# nearest, `KNeighborsClassifier` the smallest label. What has the library
# that yours has not? Trees that find neighbours without all distances, a
# randomised SVD for large tables, and weights of voters by distance.
#
# ## Go further
#
# 1. **Whiten.** Divide each coordinate by its standard deviation, so that all
#    components count alike. Cross-validate in blocks for each size: where
#    does it help, and why does it do harm with many components? Then try
#    weights between, $\lambda_i^{-p}$ with $p$ from zero to a half.
# 2. **Use the labels.** Find the directions along which the means of the
#    classes differ most, compared with the spread within the classes (Fisher's
#    discriminant). At most nine exist for ten digits. Compare nine of them with
#    nine principal components, in blocks.
# 3. **Shift.** Move each held-out scan by one pixel to a side. Count the
#    errors. Then add shifted copies of the old scans and count again, with
#    [a convolutional net](../learning/convolution.md) in mind, for which a
#    shift changes little.
