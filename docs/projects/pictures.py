# ---
# title: Pictures in fewer numbers
# description: Compress photographs by the singular value decomposition, and know the error of every choice before you decode a single pixel.
# builds: forward, loss
# minutes: 100
# ---

# %% [markdown]
# # Pictures in fewer numbers
#
# A photograph holds far more numbers than your eye needs. In this project you
# leave most of them out, and you say *beforehand* how wrong the result will
# be, in grey levels. Each prediction is then measured. Most agree to all
# digits. One rule of thumb does not, and you find out why.
#
# ## What you will have at the end
#
# A codec: photographs go in, few bits come out, and a promise comes with them.
# Here is the first half of it, from the book's library. A photograph that
# scikit-learn ships becomes a matrix of grey values, from 0 for black to the
# largest byte for white. The error is the root of the mean
# squared difference, so it is in grey levels too.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_sample_image

from derivable.linalg import low_rank

white = 255.0


def photograph(name):
    """A photograph in grey, shape (208, 320), from 0 to 255."""
    colours = load_sample_image(name)[:416]
    grey = colours @ np.array([0.299, 0.587, 0.114])
    return grey.reshape(208, 2, 320, 2).mean(axis=(1, 3))


A = photograph("china.jpg")
sigma = np.linalg.svd(A, compute_uv=False)
print("rank  numbers  predicted  measured")
for k in (4, 16, 64):
    share = k * sum(A.shape) / A.size
    promise = np.sqrt(np.sum(sigma[k:] ** 2) / A.size)
    off = np.sqrt(np.mean((A - low_rank(A, k)) ** 2))
    print(f"{k:4}  {share:7.0%}  {promise:9.1f}  {off:8.1f}")

# %% [raw] tags=["output"]
# rank  numbers  predicted  measured
#    4       3%       27.2      27.2
#   16      13%       17.5      17.5
#   64      51%        8.2       8.2

# %% tags=["picture"]
part = np.s_[8:104, 32:176]  # a detail, pixel by pixel

fig, axes = plt.subplots(2, 2, figsize=(6.8, 4.6))
shown = [("rank 4", low_rank(A, 4)), ("rank 16", low_rank(A, 16))]
shown += [("rank 64", low_rank(A, 64)), ("as it is", A)]
look = {"cmap": "gray", "vmin": 0, "vmax": white, "interpolation": "none"}
for ax, (name, image) in zip(axes.flat, shown, strict=True):
    ax.imshow(image[part], **look)
    ax.set(xticks=[], yticks=[], xlabel=name)

# %% [markdown]
# /// figure | pictures-ranks
#     alt: A Chinese pavilion, cut out of the same photograph four times. With rank 4 only blurred horizontal and vertical blocks are seen. With four times the rank the roof is recognised through streaks. With four times more it looks nearly like the original.
#
# What is upright or level comes back first. The sloping roofs need many ranks.
# ///
#
# Two photographs ship: this one, on which you build, and one of a flower,
# which you put aside. A codec that was tuned on a picture proves nothing on
# it.
#
# You stand on [the singular value decomposition](../linalg/decompositions.md#the-singular-value-decomposition)
# and [its truncation](../linalg/decompositions.md#less-of-a-matrix), on
# [orthonormal bases](../linalg/bases.md#an-orthonormal-basis), and in the
# last step on [codes](../probability/information.md#codes-what-entropy-buys).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. How wrong is a picture?
#
# Let $A$ and $B$ be two pictures of shape $(m, n)$. The difference of one
# pixel is $A_{ij} - B_{ij}$. Squares do not cancel, their mean does not depend
# on the size of the picture, and the root brings back the unit:
#
# $$
# e(A, B) = \sqrt{\frac{1}{m n} \sum_{i=1}^{m} \sum_{j=1}^{n}
# (A_{ij} - B_{ij})^2} = \frac{\norm{A - B}_F}{\sqrt{m n}}
# \label{claim:pictures-rms}
# $$
#
# /// check
#     of: claim:pictures-rms
#
# ``` {.python .formula}
# import numpy as np
#
# equal = {"A and B exchanged": "a difference and its negative have one square"}
#
#
# def draw(rng):
#     m, n = rng.integers(1, 6, 2)
#     A, B = rng.normal(size=(2, m, n))
#     root = np.sqrt(np.mean((A - B) ** 2))
#     return {"m": m, "n": n, "A": A, "B": B, "e": lambda A, B: root}
# ```
# ///
#
# Pictures come from files as whole numbers of eight bits, NumPy's `uint8`.
# These count modulo a power of two, without a warning:

# %%
dark, bright = np.array([10], dtype=np.uint8), np.array([13], dtype=np.uint8)
print(dark - bright, (dark - bright) ** 2)

# %% [raw] tags=["output"]
# [253] [9]

# %% [markdown]
# //// exercise | An error in grey levels
#     name: pictures-rms
#
# Write `rms(A, B)`, the error $e$ of \eqref{claim:pictures-rms}, for pictures
# of any type of numbers. Two shapes that differ raise a `ValueError`: NumPy
# would repeat a single row over the whole picture and compare that.


# %% tags=["starter"]
def rms(A, B):
    return np.sqrt(np.mean((A - B) ** 2))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

expect_close(
    rms(np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 2], [3, 0]])),
    2.0,
    what="rms of two pictures of which one pixel of four differs by 4",
    hint="the root of the mean of the squares: √(16 / 4)",
)
expect_close(
    rms(np.full((2, 3), 10, np.uint8), np.full((2, 3), 200, np.uint8)),
    190.0,
    what="rms of all 10 and all 200, both uint8",
    hint="make floats of both before you subtract",
)
expect_close(
    rms(np.zeros((2, 2)), np.array([[3.0, 0.0], [0.0, 4.0]])),
    2.5,
    what="rms of zeros and [[3, 0], [0, 4]]",
    hint="√((9 + 16) / 4): all squares count",
)
expect_raises(
    ValueError,
    rms,
    np.zeros((2, 3)),
    np.zeros((1, 3)),
    what="rms of shapes (2, 3) and (1, 3)",
    hint="compare the shapes first",
)

# %% [markdown]
# /// hint
#
# `np.asarray(A, dtype=float)` makes floats. It leaves the caller's array as it
# is.
# ///
#
# /// solution


# %% tags=["solution"]
def rms(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.shape != B.shape:
        raise ValueError(f"shapes must agree, got {A.shape} and {B.shape}")
    return np.sqrt(np.mean((A - B) ** 2))


# %% [markdown]
# ///
# ////
#
# What would a codec be worth that stores one number, the mean? Its error is
# the standard deviation of the picture. That is the error to beat.

# %%
baseline = rms(A, np.full_like(A, A.mean()))
print(f"one number: {baseline:.0f} grey levels")

# %% [raw] tags=["output"]
# one number: 80 grey levels

# %% [markdown]
# ## Step 2. Two thin factors
#
# Write $u_i$ and $v_i$ for the singular vectors of $A$ and
# $\sigma_1 \ge \sigma_2 \ge \dots \ge \sigma_r$ for its singular values, with
# $r$ the smaller of $m$ and $n$, so that some may be zero. Keep the $k$ first
# terms:
#
# $$
# A_k = \sum_{i=1}^{k} \sigma_i u_i v_i^\T = P Q
# $$
#
# Here $P$, of shape $(m, k)$, has the columns $\sigma_i u_i$, and $Q$, of
# shape $(k, n)$, has the rows $v_i^\T$. Nobody stores $A_k$ itself: it has as
# many pixels as $A$. The two factors are $k (m + n)$ numbers. So the whole
# pays only if
#
# $$
# k < \frac{m n}{m + n} .
# $$
#
# //// exercise | Keep k terms
#     name: pictures-factors
#
# Write `factors(A, k)`: the pair $P$, $Q$. All of $\Sigma$ goes into $P$, so
# that the rows of $Q$ stay orthonormal. A rank of $0$ is allowed: $P$ and $Q$
# are empty, and their product is black. Any $k$ outside of $0$ to $r$ raises a
# `ValueError`.


# %% tags=["starter"]
def factors(A, k):
    U, s, Vt = np.linalg.svd(A)
    return U[:, :k], Vt[:k]


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

small = np.array([[0.0, 3.0, 0.0], [4.0, 0.0, 0.0]])
for kept, wanted in [
    (0, np.zeros((2, 3))),
    (1, np.array([[0.0, 0.0, 0.0], [4.0, 0.0, 0.0]])),
    (2, small),
]:
    P, Q = factors(small, kept)
    expect_equal(P.shape, (2, kept), what=f"the shape of P for k = {kept}")
    expect_equal(Q.shape, (kept, 3), what=f"the shape of Q for k = {kept}")
    expect_close(
        P @ Q,
        wanted,
        what=f"P Q for [[0, 3, 0], [4, 0, 0]] and k = {kept}",
        hint="the columns of P are σᵢ uᵢ, the rows of Q are rows of Vt",
    )
tall = np.random.default_rng(5).normal(size=(7, 4))
P, Q = factors(tall, 3)
expect_equal((P.shape, Q.shape), ((7, 3), (3, 4)), what="shapes for a tall A")
expect_close(
    Q @ Q.T,
    np.eye(3),
    what="Q Qᵀ",
    hint="all of Σ belongs to P, nothing of it to Q",
)
expect_close(
    np.linalg.norm(P, axis=0),
    np.sqrt(np.linalg.eigvalsh(tall.T @ tall)[::-1][:3]),
    what="the lengths of the columns of P",
    hint="they are the singular values, largest first",
)
for wrong in (-1, 5):
    expect_raises(
        ValueError,
        factors,
        tall,
        wrong,
        what=f"factors of a matrix of shape (7, 4) for k = {wrong}",
        hint="a slice forgives such a k, so compare first",
    )

# %% [markdown]
# /// hint
#
# `U[:, :k] * s[:k]` multiplies column $i$ by $\sigma_i$. With
# `full_matrices=False` the shapes fit, and nothing is computed that is thrown
# away.
# ///
#
# /// solution


# %% tags=["solution"]
def factors(A, k):
    if not 0 <= k <= min(A.shape):
        raise ValueError(f"k must lie in 0 to {min(A.shape)}, got {k}")
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k], Vt[:k]


# %% [markdown]
# ///
# ////

# %%
m, n = A.shape
P, Q = factors(A, 16)
print(f"{P.size + Q.size} numbers for {A.size} pixels")
print(f"pays below rank {m * n / (m + n):.0f}, off by {rms(A, P @ Q):.1f}")

# %% [raw] tags=["output"]
# 8448 numbers for 66560 pixels
# pays below rank 126, off by 17.5

# %% [markdown]
# ## Step 3. Know the error of all ranks at once
#
# What was left out is $A - A_k = \sum_{i > k} \sigma_i u_i v_i^\T$. Two
# different terms are orthogonal, as
# $\inner{u_i v_i^\T}{u_j v_j^\T} = (u_i^\T u_j)(v_i^\T v_j)$, and each $u_i v_i^\T$
# has length one. By Pythagoras the squares add up:
#
# $$
# \frac{\norm{A - A_k}_F^2}{m n} = \frac{1}{m n} \sum_{i=k+1}^{r} \sigma_i^2
# \label{claim:pictures-tail}
# $$
#
# /// check
#     of: claim:pictures-tail
#
# ``` {.python .formula}
# import numpy as np
#
# def draw(rng):
#     m, n = rng.integers(2, 7, 2)
#     A = rng.normal(size=(m, n))
#     U, s, Vt = np.linalg.svd(A, full_matrices=False)
#     k, r = int(rng.integers(0, len(s))), len(s)
#     A_k = U[:, :k] * s[:k] @ Vt[:k]
#     return {"A": A, "A_k": A_k, "sigma": s, "k": k, "r": r, "m": m, "n": n}
# ```
# ///
#
# So the singular values alone, without any vector, tell the error of every
# rank. And no two factors of these shapes do better, however they are found:
# that is [the theorem of Eckart and Young](../linalg/decompositions.md#less-of-a-matrix)
# [@eckart1936].
#
# One trap is left. You could subtract: all squares minus the first $k$ of
# them. But then a small tail is the difference of two large numbers, and
# rounding eats it, or makes it negative. Add up the tail itself, from its
# small end.
#
# //// exercise | Predict
#     name: pictures-predict
#
# Write `predict(s, size)`. `s` are singular values, largest first, and `size`
# is the number of pixels. It gives the errors $e(A, A_k)$ for
# $k = 0, 1, \dots, r$, so one number more than `s` has, and the last is $0$.


# %% tags=["starter"]
def predict(s, size):
    head = np.cumsum(s**2)
    return np.sqrt((np.sum(s**2) - head) / size)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(
    predict(np.array([12.0, 4.0, 3.0]), 4),
    [6.5, 2.5, 1.5, 0.0],
    what="predict([12, 4, 3], 4)",
    hint="k = 0 leaves all out: √((144 + 16 + 9) / 4)",
)
expect_close(
    predict(np.array([1e9, 1.0]), 1)[1:],
    [1.0, 0.0],
    what="predict([1e9, 1], 1) from k = 1 on",
    hint="add up the tail; a difference of large numbers has lost it",
)
expect_close(predict(np.array([]), 6), [0.0], what="predict of no values")

# %% [markdown]
# /// hint
#
# `np.cumsum(s[::-1] ** 2)` adds from the small end. Turn it round again, and
# put a zero behind it.
# ///
#
# /// solution


# %% tags=["solution"]
def predict(s, size):
    tails = np.cumsum(s[::-1] ** 2)[::-1]
    return np.sqrt(np.append(tails, 0.0) / size)


# %% [markdown]
# ///
# ////
#
# The prediction comes from $r$ numbers. The measurement multiplies the factors
# and compares all pixels.

# %%
predicted = predict(sigma, A.size)
ranks = np.arange(0, min(A.shape) + 1, 8)
U, s, Vt = np.linalg.svd(A, full_matrices=False)
measured = [rms(A, U[:, :k] * s[:k] @ Vt[:k]) for k in ranks]
gap = np.max(np.abs(predicted[ranks] - measured))
print("all ranks agree to rounding:", gap < 1e-9)

# %% [raw] tags=["output"]
# all ranks agree to rounding: True

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
ax.plot(predicted[:-1], color="C0")
ax.plot(ranks[:-1], measured[:-1], "o", color="C1", ms=4)
ax.axhline(baseline, color="C2", ls="--", lw=1)
ax.text(100, 1.15 * baseline, "one number, the mean", color="C2")
ax.text(55, 16, "predicted (line), measured (dots)", color="C0")
ax.set(yscale="log", xlabel="rank $k$", ylabel="error in grey levels")

# %% [markdown]
# /// figure | pictures-predicted
#     alt: Error against rank on a logarithmic axis. A line falls steeply at first, then steadily, and bends down at the end. Dots at every eighth rank lie on it. A dashed level line, the error of one mean value, lies above all but the first.
#
# The singular values predict the error of every rank: all dots lie on the line.
# ///
#
# ## Step 4. Ask for a quality
#
# A reader of pictures does not think in ranks. They say how much error they
# stand, and the codec chooses. As errors never grow with the rank, there is a
# first rank that is good enough.
#
# //// exercise | The smallest rank that will do
#     name: pictures-rank
#
# Write `rank_for(errors, goal)`: the smallest $k$ with `errors[k]` at most
# `goal`, where `errors` is what `predict` gives. A negative goal raises a
# `ValueError`; a goal of $0$ is hard, but it can be met.


# %% tags=["starter"]
def rank_for(errors, goal):
    return int(np.argmax(errors < goal)) + 1


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_equal, expect_raises

steps = np.array([6.5, 2.5, 1.5, 0.0])
for goal, wanted, hint in [
    (2.0, 2, "errors[k] is the error of rank k: no one is added"),
    (7.0, 0, "black is good enough here"),
    (2.5, 1, "at most: an equal error is good enough"),
    (0.0, 3, "at most: an error of 0 meets a goal of 0"),
    (1.0, 3, "the first rank that is good enough"),
]:
    expect_equal(
        rank_for(steps, goal),
        wanted,
        what=f"rank_for([6.5, 2.5, 1.5, 0], {goal})",
        hint=hint,
    )
expect_equal(
    rank_for(np.array([3.0, 1.0, 1.0, 0.0]), 1.0),
    1,
    what="rank_for([3, 1, 1, 0], 1)",
    hint="of two ranks with the same error, the smaller one",
)
expect_raises(
    ValueError,
    rank_for,
    steps,
    -1.0,
    what="rank_for([6.5, 2.5, 1.5, 0], -1)",
    hint="argmax of nothing but False is 0: the worst answer there is",
)

# %% [markdown]
# /// hint
#
# `np.argmax` of truth values is the place of the first `True`.
# ///
#
# /// solution


# %% tags=["solution"]
def rank_for(errors, goal):
    if not goal >= 0:
        raise ValueError(f"goal must not be negative, got {goal}")
    return int(np.argmax(errors <= goal))


# %% [markdown]
# ///
# ////

# %%
for goal in (20, 10, 2):
    k = rank_for(predicted, goal)
    share = k * (m + n) / A.size
    print(f"{goal:2} grey levels: rank {k}, {share:.0%} of the numbers")

# %% [raw] tags=["output"]
# 20 grey levels: rank 12, 10% of the numbers
# 10 grey levels: rank 50, 40% of the numbers
#  2 grey levels: rank 144, 114% of the numbers

# %% [markdown]
# For a good picture you would store more numbers than it has pixels. The
# vectors are the burden. They are as long as the picture, and they serve this
# picture alone.
#
# ## Step 5. One basis for all tiles
#
# Cut the picture into tiles of $b$ by $b$ pixels. Neighbours are alike, and
# tiles are like other tiles: sky, edge, leaf. Write each tile as a row of
# length $d = b^2$ and put the $N$ tiles below each other. This is a matrix
# $X$ of shape $(N, d)$ with the same pixels, so the same norm. Its singular
# vectors $v_i$ are *tiles* too, and all tiles of the picture share them.
#
# //// exercise | Cut and join
#     name: pictures-tiles
#
# Write `cut(A, b)`, the matrix $X$: tiles from left to right, then downwards,
# the pixels of a tile in the same order. Write `join(X, shape)`, its inverse,
# where `shape` is that of the picture. If $b$ does not divide both sides, `cut`
# raises a `ValueError`.


# %% tags=["starter"]
def cut(A, b):
    return A.reshape(-1, b * b)


def join(X, shape):
    return X.reshape(shape)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

board = np.arange(24.0).reshape(4, 6)
expect_close(
    cut(board, 2),
    [
        [0, 1, 6, 7],
        [2, 3, 8, 9],
        [4, 5, 10, 11],
        [12, 13, 18, 19],
        [14, 15, 20, 21],
        [16, 17, 22, 23],
    ],
    what="cut of 0 to 23, in 4 rows of 6, for b = 2",
    hint="a tile takes 2 pixels of one row and 2 of the next",
)
expect_close(
    join(cut(board, 2), board.shape),
    board,
    what="join of what cut gives",
    hint="undo the steps of cut in reverse order",
)
expect_close(
    join(cut(board[:, :3], 1), (4, 3)), board[:, :3], what="the same for b = 1"
)
expect_close(
    join(np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), (4, 2)),
    [[1, 2], [3, 4], [5, 6], [7, 8]],
    what="join of two tiles to a picture of shape (4, 2)",
)
for shape in ((4, 5), (5, 4)):
    expect_raises(
        ValueError,
        cut,
        np.zeros(shape),
        2,
        what=f"cut of a picture of shape {shape} for b = 2",
        hint="both sides must be multiples of b",
    )

# %% [markdown]
# /// hint
#
# First `reshape` to four axes: row of tiles, row in the tile, column of tiles,
# column in the tile. Then the two middle ones change places: `swapaxes(1, 2)`.
# The side of a tile is the root of the number of columns of $X$.
# ///
#
# /// solution


# %% tags=["solution"]
def cut(A, b):
    m, n = A.shape
    if m % b or n % b:
        raise ValueError(f"{b} must divide both sides of {A.shape}")
    grid = A.reshape(m // b, b, n // b, b)
    return grid.swapaxes(1, 2).reshape(-1, b * b)


def join(X, shape):
    m, n = shape
    b = round(X.shape[1] ** 0.5)
    grid = X.reshape(m // b, n // b, b, b)
    return grid.swapaxes(1, 2).reshape(m, n)


# %% [markdown]
# ///
# ////
#
# Now the same prediction for two ways to spend the same numbers: $k$ terms of
# the picture, or as many terms of the tiles as fit, basis included.

# %%
b = 8
X = cut(A, b)
N, d = X.shape
of_tiles = predict(np.linalg.svd(X, compute_uv=False), A.size)
print("numbers  picture  tiles")
for k in (4, 8, 16, 64):
    budget = k * (m + n)
    terms = budget // (N + d)
    print(f"{budget:7}  {predicted[k]:7.1f}  {of_tiles[terms]:5.1f}")

# %% [raw] tags=["output"]
# numbers  picture  tiles
#    2112     27.2   24.6
#    4224     22.4   19.8
#    8448     17.5   16.3
#   33792      8.2    8.9

# %% [markdown]
# For few numbers tiles win, for many they lose: their rank ends at
# `64`{ .claim of="d" }, and a term costs
# `about twice`{ .claim of="(N + d) / (m + n)" } as much. On the picture alone
# that would be a draw. But look at what the basis is.

# %% tags=["picture"]
learned = np.linalg.svd(X, full_matrices=False)[2].T
learned = learned * np.sign(learned[0])  # a vector and its negative are one

fig, axes = plt.subplots(2, 6, figsize=(6.8, 2.4))
for i, ax in enumerate(axes.flat):
    top = np.max(np.abs(learned[:, i]))
    tile = learned[:, i].reshape(b, b)
    ax.imshow(tile, cmap="gray", vmin=-top, vmax=top)
    ax.set(xticks=[], yticks=[], xlabel=f"$v_{{{i + 1}}}$")

# %% [markdown]
# /// figure | pictures-basis
#     alt: Twelve small square patterns. The first is uniform, the second changes once from top to bottom, the third once from left to right, and the later ones have more and more stripes and checks.
#
# Nobody told the decomposition about waves. The best basis for tiles of a
# photograph begins with a level, two slopes, and then finer and finer patterns.
# ///
#
# Nothing here speaks of China. Perhaps another photograph could use the same
# basis. Then it has to be stored once, in the decoder, and never again.
#
# ## Step 6. A picture that it has never seen
#
# Let $V$, of shape $(d, k)$, have orthonormal columns, from anywhere. The best
# approximation of each row of $X$ in their span is its projection: the codes
# are $Z = X V$, of shape $(N, k)$, and the decoded tiles are $Z V^\T$. What is
# left is orthogonal to what is kept, so again by Pythagoras
#
# $$
# \norm{X - X V V^\T}_F^2 = \norm{X}_F^2 - \norm{X V}_F^2
# \label{claim:pictures-projection}
# $$
#
# $$
# \norm{X - X V V^\T}_F^2 \ge \sum_{i=k+1}^{d} \sigma_i^2
# \label{claim:pictures-floor}
# $$
#
# with $\sigma_i$ the singular values of $X$. The second line is Eckart and
# Young once more: $X V V^\T$ has rank $k$ at most. It is attained by the first
# right singular vectors of $X$ itself, which a decoder for other pictures
# cannot have.
#
# /// check
#     of: claim:pictures-projection claim:pictures-floor
#
# ``` {.python .formula}
# import numpy as np
#
# def draw(rng):
#     d = int(rng.integers(2, 6))
#     N, k = d + int(rng.integers(0, 4)), int(rng.integers(1, d))
#     X = rng.normal(size=(N, d))
#     _, s, Vt = np.linalg.svd(X)
#     V = np.linalg.qr(rng.normal(size=(d, k)))[0]
#     if rng.random() < 0.5:
#         V = Vt[:k].T
#     return {"X": X, "V": V, "sigma": s, "k": k, "d": d}
# ```
# ///
#
# Column $i$ of $Z$ holds what all tiles have along $v_i$. Its length plays
# the part of a singular value, and your `predict` knows the rest. But there
# may be fewer columns than $d$. Then even all of them leave something out.
#
# //// exercise | The error of a foreign basis
#     name: pictures-foreign
#
# Write `predict_in(X, V)` for $V$ of shape $(d, p)$ with orthonormal columns:
# the errors with the first $0, 1, \dots, p$ of them. Only one product may be as
# large as $X$.


# %% tags=["starter"]
def predict_in(X, V):
    Z = X @ V
    return predict(np.linalg.norm(Z, axis=0), X.size)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

corner = np.array([[3.0, 4.0, 12.0]])
expect_close(
    predict_in(np.sqrt(3) * corner, np.eye(3)[:, :2]),
    [13.0, np.sqrt(160), 12.0],
    what="predict_in of √3 [3, 4, 12] in the first two axes",
    hint="both axes miss 12: it is in all three, and their order stays",
)
chance = np.random.default_rng(3)
data = chance.normal(size=(9, 5))
turned = np.linalg.qr(chance.normal(size=(5, 5)))[0]
for p in (2, 5):
    B = turned[:, :p]
    expect_close(
        predict_in(data, B),
        [
            np.sqrt(np.mean((data - data @ B[:, :k] @ B[:, :k].T) ** 2))
            for k in range(p + 1)
        ],
        what=f"predict_in for {p} columns of 5, against decoding",
        atol=1e-7,
        hint="what V cannot reach belongs to every one of the errors",
    )

# %% [markdown]
# /// hint
#
# `X - Z @ V.T` is what all columns together leave out. Append its length to the
# lengths of the columns of $Z$, as one more singular value. The last error,
# with that kept too, is none of yours.
# ///
#
# /// solution


# %% tags=["solution"]
def predict_in(X, V):
    Z = X @ V
    rest = np.linalg.norm(X - Z @ V.T)
    lengths = np.append(np.linalg.norm(Z, axis=0), rest)
    return predict(lengths, X.size)[:-1]


# %% [markdown]
# ///
# ////
#
# Take out the flower. The basis has not seen it. It has two rivals: the
# flower's own basis, which is the floor of \eqref{claim:pictures-floor}, and an
# orthonormal basis drawn by chance, without any knowledge of pictures.

# %%
flower = photograph("flower.jpg")
F = cut(flower, b)
own = np.linalg.svd(F, full_matrices=False)[2].T
chance_basis = np.linalg.qr(np.random.default_rng(0).normal(size=(d, d)))[0]
curves = {
    "own": predict_in(F, own),
    "learned": predict_in(F, learned),
    "chance": predict_in(F, chance_basis),
}
print("terms      own  learned  chance")
for k in (1, 3, 10, 32):
    row = [curves[name][k] for name in ("own", "learned", "chance")]
    print("{:5}  {:7.1f}  {:7.1f}  {:6.1f}".format(k, *row))

# %% [raw] tags=["output"]
# terms      own  learned  chance
#     1     17.3     17.4    83.7
#     3     12.2     12.7    83.3
#    10      7.5      8.2    80.8
#    32      3.3      4.8    56.8

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
for i, curve in enumerate(curves.values()):
    ax.plot(curve[:-1], color=f"C{i}")
ax.text(16, 36, "a basis by chance", color="C2")
ax.text(12, 10, "learned from the other photograph", color="C1")
ax.text(20, 1.7, "the flower's own", color="C0")
ax.set(yscale="log", xlabel="terms $k$", ylabel="error in grey levels")

# %% [markdown]
# /// figure | pictures-unseen
#     alt: Error on the flower against the number of terms, on a logarithmic axis. The curve of a random basis stays high until the very end. The curve of the basis learned from the other photograph falls steeply, close above that of the flower's own basis at first, and the gap widens to the right.
#
# For a few terms, a basis that was learned from one photograph serves another
# nearly as well as its own. A basis drawn by chance does not serve at all.
# ///
#
# With ten terms the foreign basis is
# `9%`{ .claim of="curves['learned'][10] / curves['own'][10] - 1" } above the
# floor, and it costs the flower nothing. With more terms the gap widens: the
# fine detail of a photograph is its own.
#
# ## Step 7. From numbers to integers
#
# A code is a float, and nobody pays eight bytes for each. Choose a step $\Delta$
# and keep the nearest multiple: the integer is $z / \Delta$, rounded, and the
# decoder multiplies by $\Delta$. This is *quantisation*. Call the result
# $\hat Z$. What does the error of the codes do to the picture? As the columns
# of $V$ are orthonormal, and what they cannot reach is orthogonal to all they
# can, the squares of the two errors add exactly, whatever $\hat Z$ is:
#
# $$
# \norm{X - \hat Z V^\T}_F^2 = \norm{X - X V V^\T}_F^2
# + \norm{X V - \hat Z}_F^2
# \label{claim:pictures-codes}
# $$
#
# /// check
#     of: claim:pictures-codes
#
# ``` {.python .formula}
# import numpy as np
#
# def draw(rng):
#     N, d = rng.integers(1, 6, 2)
#     k = int(rng.integers(1, d + 1))
#     return {
#         "X": rng.normal(size=(N, d)),
#         "V": np.linalg.qr(rng.normal(size=(d, k)))[0],
#         "Z_hat": rng.normal(size=(N, k)),
#     }
# ```
# ///
#
# So the encoder knows the error of the picture without decoding it.
#
# //// exercise | Round
#     name: pictures-quantise
#
# Write `quantise(Z, step)`: the nearest integers to $Z / \Delta$, of an integer
# type. A step that is not positive raises a `ValueError`.


# %% tags=["starter"]
def quantise(Z, step):
    return (Z / step).astype(int)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

codes = quantise(np.array([[7.9, -7.9, 1.9], [-2.1, 0.0, 30.1]]), 4.0)
expect_close(
    codes,
    [[2, -2, 0], [-1, 0, 8]],
    what="quantise([[7.9, -7.9, 1.9], [-2.1, 0, 30.1]], 4)",
    hint="the nearest multiple: astype(int) cuts off towards zero",
)
expect_equal(
    np.asarray(codes).dtype.kind,
    "i",
    what="the kind of numbers",
    hint="np.rint gives floats; a coder counts integers",
)
for step in (0.0, -2.0):
    expect_raises(
        ValueError,
        quantise,
        np.ones((1, 2)),
        step,
        what=f"quantise for a step of {step:g}",
        hint="compare the step with 0 first",
    )

# %% [markdown]
# /// hint
#
# `np.rint`, then `astype(int)`.
# ///
#
# /// solution


# %% tags=["solution"]
def quantise(Z, step):
    if not step > 0:
        raise ValueError(f"step must be positive, got {step}")
    return np.rint(Z / step).astype(int)


# %% [markdown]
# ///
# ////
#
# There is also a famous rule that needs no data at all. If the codes spread
# evenly over many steps, the rounding error is anywhere from
# $-\Delta / 2$ to $\Delta / 2$, each value as likely, and its mean square is
#
# $$
# \frac{1}{\Delta} \int_{-\Delta/2}^{\Delta/2} t^2 \, \dd t
# = \frac{\Delta^2}{12} .
# \label{claim:pictures-uniform}
# $$
#
# /// check
#     of: claim:pictures-uniform
#
# ``` {.python .formula}
# def draw(rng):
#     return {"Delta": rng.uniform(0.2, 5)}
# ```
# ///
#
# How good is it? All `64`{ .claim of="d" } terms are kept, so rounding is the
# only error.

# %%
Z = F @ learned
print(" step  rule of thumb  in the codes  in the picture  zeros")
for step in (0.5, 4.0, 16.0, 64.0):
    codes = quantise(Z, step)
    rule = step / np.sqrt(12)
    inside = rms(Z, step * codes)
    outside = rms(flower, join(step * codes @ learned.T, flower.shape))
    zeros = np.mean(codes == 0)
    print(f"{step:5}  {rule:13.2f}  {inside:12.2f}", end="  ")
    print(f"{outside:14.2f}  {zeros:5.0%}")

# %% [raw] tags=["output"]
#  step  rule of thumb  in the codes  in the picture  zeros
#   0.5           0.14          0.14            0.14    21%
#   4.0           1.15          0.89            0.89    69%
#  16.0           4.62          2.70            2.70    83%
#  64.0          18.48          7.75            7.75    95%

# %% [markdown]
# The error in the codes *is* the error of the picture, always. The rule of
# thumb is right for the smallest step, and far too gloomy for large ones. Its
# condition fails there: most codes are close to zero, compared with the step,
# and a code that becomes zero is wrong by its own size, which is less. High
# resolution is what the rule needs [@gersho1992, chapter 5], and a good basis
# for compression is one that does not give it.
#
# ## Step 8. From integers to bits
#
# An integer that is nearly always zero need not cost much. A coder that knows
# how often each value $j$ occurs in a column, its share $p_j$, needs at least
#
# $$
# H = -\sum_j p_j \log_2(p_j)
# $$
#
# bits for an entry in the mean, if it codes the entries one by one as
# independent draws, and there are coders that come as close to it as you like
# [@cover2006, chapter 5]. Each column has shares of its own: the first one, the
# level of a tile, varies widely, the last ones hardly.
#
# //// exercise | Count bits
#     name: pictures-bits
#
# Write `bits(codes)`: for integers of shape $(N, k)$, the sum of $N H$ over the
# columns.


# %% tags=["starter"]
def bits(codes):
    counts = np.unique(codes, return_counts=True)[1]
    p = counts / codes.size
    return -codes.size * np.sum(p * np.log(p))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(
    bits(np.array([[0], [1], [0], [1]])),
    4.0,
    what="bits of one column with 0, 1, 0, 1",
    hint="the logarithm to the base 2, and N entries of one bit each",
)
expect_close(
    bits(np.array([[5, 0], [5, 1], [5, 2], [5, 3]])),
    8.0,
    what="bits of a column of fives and one of 0, 1, 2, 3",
    hint="each column by itself: the fives cost nothing",
)
expect_close(
    bits(np.array([[-1], [0], [0], [0], [0], [0], [0], [1]])),
    8 * (3 / 4 + 3 / 4 * np.log2(4 / 3)),
    what="bits of one column with -1, six zeros, and 1",
    hint="shares of 1/8, 3/4 and 1/8",
)
expect_close(bits(np.zeros((6, 3), dtype=int)), 0.0, what="bits of zeros")

# %% [markdown]
# /// hint
#
# Loop over `codes.T`. `np.unique(column, return_counts=True)` counts what
# occurs, so no share is zero.
# ///
#
# /// solution


# %% tags=["solution"]
def bits(codes):
    total = 0.0
    for column in codes.T:
        counts = np.unique(column, return_counts=True)[1]
        p = counts / counts.sum()
        total += counts.sum() * np.sum(p * np.log2(1 / p))
    return total


# %% [markdown]
# ///
# ////
#
# The codec is whole. It says how many bits a pixel costs and how wrong it will
# be. Then the decoder works, its grey values become whole numbers of eight
# bits, as any screen wants them, and the promise is measured.


# %%
def decode(codes, V, step, shape):
    image = join(step * codes @ V.T, shape)
    return np.clip(np.rint(image), 0, white).astype(np.uint8)


print(" step  bits per pixel  promised  measured")
for step in (16.0, 48.0, 128.0):
    codes = quantise(F @ learned, step)
    per_pixel = bits(codes) / F.size
    promise = rms(F @ learned, step * codes)
    seen = rms(flower, decode(codes, learned, step, flower.shape))
    print(f"{step:5}  {per_pixel:14.2f}  {promise:8.1f}  {seen:8.1f}")

# %% [raw] tags=["output"]
#  step  bits per pixel  promised  measured
#  16.0            1.06       2.7       2.7
#  48.0            0.42       6.4       6.4
# 128.0            0.13      11.3      11.3

# %% tags=["picture"]
fig, axes = plt.subplots(1, 3, figsize=(6.8, 2.0))
shown = [("as it is", flower)]
for step in (48.0, 128.0):
    codes = quantise(F @ learned, step)
    name = f"{bits(codes) / F.size:.1f} bits a pixel"
    shown.append((name, decode(codes, learned, step, flower.shape)))
part = np.s_[40:120, 92:212]
for ax, (name, image) in zip(axes, shown, strict=True):
    ax.imshow(image[part], **look)
    ax.set(xticks=[], yticks=[], xlabel=name)

# %% [markdown]
# /// figure | pictures-codec
#     alt: A flower, cut out of the same photograph three times. At less than half a bit a pixel it looks much like the original beside it. At about a tenth of a bit its petals dissolve into square tiles.
#
# Your codec on a photograph that it was not built on. At a fraction of a bit a
# pixel you see the flower, and at the lowest rate also the tiles.
# ///
#
# The last rounding, to whole grey levels, is lost in the first decimal. And
# the way of step 2? Give it every advantage: vectors fitted to the flower
# itself, and a byte for each number, as if that cost no error. It has to reach
# what you were promised for the middle step.

# %%
codes = quantise(F @ learned, 48.0)
promise = rms(F @ learned, 48.0 * codes)
values = np.linalg.svd(flower, compute_uv=False)
rank = rank_for(predict(values, F.size), promise)
rate = 8 * rank * sum(flower.shape) / F.size
print(f"rank {rank}: {rate:.1f} bits per pixel")

# %% [raw] tags=["output"]
# rank 31: 2.0 bits per pixel

# %% [markdown]
# That is `more than four times`{ .claim of="rate * F.size / bits(codes)" says="more than 4" }
# what your codec needs, with a basis from somewhere else.
#
# ## Against the library
#
# Four of your claims have independent witnesses. First, the singular values:
# SciPy has another algorithm, and an iterative one that finds only the largest.

# %%
import scipy.linalg
import scipy.sparse.linalg

other = scipy.linalg.svd(A, compute_uv=False, lapack_driver="gesvd")
start = np.random.default_rng(0).normal(size=min(A.shape))
few = scipy.sparse.linalg.svds(A, k=16, v0=start)[1]
print("gesvd agrees:", np.allclose(other, sigma, rtol=1e-9, atol=1e-9))
print("svds agrees: ", np.allclose(np.sort(few)[::-1], sigma[:16], rtol=1e-9))

# %% [raw] tags=["output"]
# gesvd agrees: True
# svds agrees:  True

# %% [markdown]
# Second, the whole of steps 2 and 3, on tiles. `TruncatedSVD` of scikit-learn
# codes and decodes. By ARPACK, which iterates until it is exact, it meets your
# prediction. Its default works on a few random combinations of the columns,
# which is faster for large matrices. After one pass it is close to the floor,
# and below it it cannot be.

# %%
from sklearn.decomposition import TruncatedSVD

ratios = {}
for way in ("arpack", "randomized"):
    model = TruncatedSVD(12, algorithm=way, n_iter=1, random_state=0)
    back = model.inverse_transform(model.fit_transform(X))
    ratios[way] = rms(X, back) / of_tiles[12]
print("arpack meets the prediction:", np.isclose(ratios["arpack"], 1.0))
print("one random pass, less than 2 % above:", end=" ")
print(1.0 < ratios["randomized"] < 1.02)

# %% [raw] tags=["output"]
# arpack meets the prediction: True
# one random pass, less than 2 % above: True

# %% [markdown]
# Third, the tiles, from a view of NumPy that slides a window over the picture.
# Fourth, the bits, from SciPy's entropy.

# %%
from scipy.stats import entropy

windows = np.lib.stride_tricks.sliding_window_view(A, (b, b))[::b, ::b]
print("tiles agree:", np.array_equal(windows.reshape(-1, d), X))

codes = quantise(F @ learned, 16.0)
shares = [np.bincount(c - c.min()) / N for c in codes.T]
total = N * sum(entropy(p, base=2) for p in shares)
print("bits agree: ", np.isclose(bits(codes), total, rtol=1e-12))

# %% [raw] tags=["output"]
# tiles agree: True
# bits agree:  True

# %% [markdown]
# What has JPEG that your codec has not? A fixed basis of cosines that no one
# needs to learn or to send, steps that are finer where the eye is, colour, and
# an actual coder, which also pays for its table of shares. You left that table
# out, so your bits are a little too few.
#
# ## Go further
#
# 1. **Cosines.** Replace the learned basis by the discrete cosine transform,
#    `scipy.fft.dctn(..., norm="ortho")`, its terms ordered by frequency. It is
#    orthonormal, so `predict_in` and the rest work as they are. On which of the
#    two photographs does it beat the learned basis, and why is that the honest
#    comparison?
# 2. **Pay for the table.** Let the decoder know only the shares of the first
#    photograph, with one added to each count. By how much do the bits of the
#    flower grow? The answer is a
#    [divergence](../probability/information.md#the-price-of-a-wrong-belief).
# 3. **Colour.** Cut all three channels, with rows of length $3 d$. How many
#    terms does colour cost beyond grey, and what do the first basis tiles look
#    like?
# 4. **Choose the tile.** Half and twice the side: bits against error, for both
#    photographs. What does a larger tile win, and what does its basis cost to
#    learn from so few?
