# ---
# title: Two networks that read digits
# description: Train a dense and a convolutional network on digits, with every gradient by hand and by an engine, and test both on strangers.
# builds: forward, loss, backward, update
# minutes: 120
# ---

# %% [markdown]
# # Two networks that read digits
#
# A library trains a network in three lines, and hides what happens in them.
# In this project nothing is hidden. You write a dense network and a
# convolutional one, and derive every gradient yourself. You test each
# gradient by two routes that know nothing of your formulas: differences,
# and an engine that you write as well. Then you train, break the training on
# purpose, and ask how good the networks are for people they never saw.
#
# ## What you will have at the end
#
# The scans ship with scikit-learn: squares of eight by eight grey values. The
# first thousand are for learning, the next for choosing, the last four
# hundred are the test and stay locked up until step 8. Here is the book's
# convolutional network, trained on the first and met by the second.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

import derivable.learning as book
from derivable.calculus import softmax
from derivable.optimization import Batches, adam

images, digits = load_digits().images[:, None] / 16, load_digits().target
X, y = images[:1000], digits[:1000]
X_new, y_new = images[1000:1397], digits[1000:1397]
X_test, y_test = images[1397:], digits[1397:]

rng = np.random.default_rng(0)
finished = book.train_convnet(
    book.init_convnet((1, 8, 8), [8, 16], 10, rng=rng),
    X,
    y,
    optimizer=adam(0.01),
    batches=Batches(32, rng),
    num_epochs=10,
)
share = np.mean(book.predict_images(finished.parameters, X_new) == y_new)
print(X.shape, "most new scans right:", share > 0.9)

# %% [raw] tags=["output"]
# (1000, 1, 8, 8) most new scans right: True

# %% tags=["picture"]
says = softmax(book.convnet(finished.parameters, X_new))
doubt = np.argsort(says.max(axis=1))
fig, axes = plt.subplots(2, 2, figsize=(5.6, 3.2), width_ratios=[1, 2.2])
for (scan, bars), i in zip(axes, [doubt[-1], doubt[0]], strict=True):
    scan.imshow(X_new[i, 0], cmap="gray_r", vmin=0, vmax=1)
    scan.set(xticks=[], yticks=[])
    bars.bar(range(10), says[i], color="C0")
    bars.set(xticks=range(10), ylim=(0, 1.05), ylabel="probability")
axes[1, 1].set_xlabel("digit")

# %% [markdown]
# /// figure | network-doubt
#     alt: Two scans and the probabilities of ten digits beside each. For the upper, clearly written digit one bar reaches one. For the lower, blurred one several bars share the probability, and none reaches one half.
#
# The network gives a probability for each digit: one bar where it is sure,
# several where it is torn.
# ///
#
# You stand on [networks](../learning/networks.md) and
# [convolution](../learning/convolution.md), on
# [matrix calculus](../calculus/matrix_calculus.md) for the products, on
# [automatic differentiation](../calculus/autodiff.md) for the engine, and on
# [momentum](../optimization/first_order.md#momentum-the-root-of-the-condition-number)
# for the update. If you wrote [the engine](autograd.py), you will know
# it again.
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. How wrong is a row of scores?
#
# A network ends in scores: $Z$ of shape $(n, k)$ has a row for each of $n$
# scans and a column for each of $k$ classes. The softmax turns each row into
# probabilities, $P_{ij} = e^{Z_{ij}} / \sum_l e^{Z_{il}}$. Let $Y$, of shape
# $(n, k)$, have a single 1 in each row, at the true class. The loss is the
# mean surprise at the truth:
#
# $$
# L = -\frac1n \sum_{i=1}^{n} \sum_{j=1}^{k} Y_{ij} \ln P_{ij}
# $$
#
# What goes back? In one row, with the true class $c$, the loss is
# $\ln \sum_l e^{Z_{il}} - Z_{ic}$, over $n$. The derivative of the first part
# for $Z_{ij}$ is $e^{Z_{ij}} / \sum_l e^{Z_{il}} = P_{ij}$, of the second 1
# at $j = c$ and 0 elsewhere. So
#
# $$
# \nabla_Z L = \frac1n (P - Y)
# \label{claim:network-scores}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n, k = (int(v) for v in rng.integers(2, 5, size=2))
#     Z, Y = rng.normal(size=(n, k)), np.eye(k)[rng.integers(k, size=n)]
#     total = np.exp(Z).sum(axis=1, keepdims=True)
#
#     def L(Z):
#         return np.mean(np.log(np.exp(Z).sum(axis=1)) - (Y * Z).sum(axis=1))
#
#     return {"Z": Z, "Y": Y, "P": np.exp(Z) / total, "n": n, "L": L}
# ```
# ///
#
# What was said, minus what is true, over $n$. Scores may be large, and
# the exponential of a thousand overflows. A number that is subtracted from a whole row cancels
# in $P$; subtract the largest entry, and no exponential exceeds 1. For the
# same reason take no logarithm of $P$, which may be 0: use
# $\ln P_{ij} = Z_{ij} - \ln \sum_l e^{Z_{il}}$.
#
# //// exercise | The loss and what goes back
#     name: network-loss
#
# Write `loss_and_adjoint(Z, y)` for scores of shape $(n, k)$ and labels from
# $0$ to $k - 1$, shape $(n)$. It gives the mean loss, one number, and
# \eqref{claim:network-scores}, shape $(n, k)$, for scores of any size. `Z`
# stays as it is.


# %% tags=["starter"]
def loss_and_adjoint(Z, y):
    P = np.exp(Z) / np.exp(Z).sum()
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * np.log(P)), P - Y


# %% tags=["check"]
import numpy as np
from scipy.special import log_softmax

from derivable.grading import expect_close

dice = np.random.default_rng(1)
scores, truth = 2 * dice.normal(size=(5, 3)), np.array([2, 0, 1, 1, 0])
before = scores.copy()
value, back = loss_and_adjoint(scores, truth)
expect_close(scores, before, what="Z, after the call: it")
surprise = -log_softmax(scores, axis=1)[np.arange(5), truth]
expect_close(
    value,
    surprise.mean(),
    what="the loss of five rows",
    hint="each row has a softmax of its own; the loss is a mean",
)
right = np.exp(log_softmax(scores, axis=1))
right[np.arange(5), truth] -= 1
expect_close(
    back,
    right / 5,
    what="the adjoint of the scores",
    hint="said minus true, and the loss is a mean over the rows",
)
large = np.array([[1000.0, 0.0], [0.0, -1000.0]])
with np.errstate(all="ignore"):
    value, back = loss_and_adjoint(large, np.array([1, 0]))
expect_close(
    value,
    500.0,
    what="the loss of scores (1000, 0), truth 1, and (0, -1000), truth 0",
    hint="subtract the largest score of each row; no logarithm of P",
)
expect_close(back, [[0.5, -0.5], [0.0, 0.0]], what="what goes back there")

# %% [markdown]
# /// hint
#
# `S = Z - Z.max(axis=1, keepdims=True)`, then `ln P` is `S` minus the
# logarithm of the sum of `np.exp(S)` over each row.
# ///
#
# /// solution


# %% tags=["solution"]
def loss_and_adjoint(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    Y = np.eye(Z.shape[1])[y]
    return -np.sum(Y * log_P) / len(Z), (np.exp(log_P) - Y) / len(Z)


# %% [markdown]
# ///
# ////
#
# A network that knows nothing gives every digit the same score. Its loss is
# $\ln k$, a number to remember: a first loss far above it says that the
# start is wrong.

# %%
print(f"{loss_and_adjoint(np.zeros((1000, 10)), y)[0]:.4f} {np.log(10):.4f}")

# %% [raw] tags=["output"]
# 2.3026 2.3026

# %% [markdown]
# ## Step 2. A dense network, by hand
#
# The first network lays a scan out as a row of $d$ numbers, $X$ of shape
# $(n, d)$. One hidden layer sums up, bends, and sums up again:
#
# $$
# Z_1 = X W_1 + b_1, \quad A = \max(Z_1, 0), \quad Z_2 = A W_2 + b_2
# $$
#
# with $W_1$ of shape $(d, h)$, $W_2$ of shape $(h, k)$, and biases that are
# added to every row. Go backwards, and write $G$ for the adjoint
# $\partial L / \partial Z_2$ that step 1 gives. A small change of the factors
# changes the loss by $\tr(G^\T \dd Z_2)$, with
# $\dd Z_2 = (\dd A) W_2 + A \, \dd W_2$ and the change of $b_2$ in each row.
# Turn the trace until each change stands at its end:
#
# $$
# \nabla_{W_2} \tr(G^\T A W_2) = A^\T G, \qquad
# \nabla_A \tr(G^\T A W_2) = G W_2^\T
# \label{claim:network-dense}
# $$
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     n, h, k = rng.integers(1, 5, 3)
#     return {
#         "A": rng.normal(size=(n, h)),
#         "W2": rng.normal(size=(h, k)),
#         "G": rng.normal(size=(n, k)),
#     }
# ```
# ///
#
# The bias stands in every row with the factor 1, so its gradient is the sum
# of the rows of $G$. The bend passes on what it gets where $Z_1 > 0$, and
# nothing elsewhere. Then the first layer is like the second.
#
# //// exercise | Forward and back
#     name: network-dense
#
# Write `dense_gradient(parameters, X, y)`, where `parameters` is the list
# `[W1, b1, W2, b2]`. It gives the loss and the list of the four gradients, in
# the same order and shapes. `loss_and_adjoint` is there.


# %% tags=["starter"]
def dense(parameters, X):
    """The hidden sums, and the scores."""
    W1, b1, W2, b2 = parameters
    Z1 = X @ W1 + b1
    return Z1, np.maximum(Z1, 0.0) @ W2 + b2


def dense_gradient(parameters, X, y):
    W1, b1, W2, b2 = parameters
    Z1, Z2 = dense(parameters, X)
    A = np.maximum(Z1, 0.0)
    loss, G = loss_and_adjoint(Z2, y)
    dA = G @ W2.T
    return loss, [X.T @ dA, dA, A.T @ G, G]


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

dice = np.random.default_rng(2)
rows, truth = dice.normal(size=(6, 4)), np.array([0, 2, 1, 1, 0, 2])
sizes = [(4, 5), (5,), (5, 3), (3,)]
some = [dice.normal(size=size) for size in sizes]
value, slopes = dense_gradient(some, rows, truth)
scores = np.maximum(rows @ some[0] + some[1], 0.0) @ some[2] + some[3]
surprise = np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(6), truth]
expect_close(value, surprise.mean(), what="the loss")
hints = [
    "the bend passes on nothing where the sum is not positive",
    "the sum over all rows, after the bend",
    "what went in, transposed, times what came back",
    "the sum over all rows of what came back",
]
for at, name in enumerate(["W1", "b1", "W2", "b2"]):

    def along(p, at=at):
        moved = [*some[:at], p, *some[at + 1 :]]
        return dense_gradient(moved, rows, truth)[0]

    expect_close(
        slopes[at],
        numerical_gradient(along, some[at]),
        what=f"the gradient for {name}",
        rtol=1e-5,
        atol=1e-8,
        hint=hints[at],
    )

# %% [markdown]
# /// hint
#
# `dZ1 = (G @ W2.T) * (Z1 > 0)`. For the second layer the input is $A$, for
# the first it is $X$.
# ///
#
# /// solution


# %% tags=["solution"]
def dense(parameters, X):
    """The hidden sums, and the scores."""
    W1, b1, W2, b2 = parameters
    Z1 = X @ W1 + b1
    return Z1, np.maximum(Z1, 0.0) @ W2 + b2


def dense_gradient(parameters, X, y):
    W1, b1, W2, b2 = parameters
    Z1, Z2 = dense(parameters, X)
    A = np.maximum(Z1, 0.0)
    loss, G = loss_and_adjoint(Z2, y)
    dZ1 = (G @ W2.T) * (Z1 > 0)
    return loss, [X.T @ dZ1, dZ1.sum(axis=0), A.T @ G, G.sum(axis=0)]


# %% [markdown]
# ///
# ////
#
# The start is random. A weight that leads into a unit with $m$ inputs has the
# variance $2/m$, so that sums keep their size from layer to layer, and half
# of them are cut [@he2015].


# %%
def he(rng, *shape, inputs):
    return rng.normal(size=shape) * np.sqrt(2 / inputs)


def dense_start(rng, width=32):
    first = [he(rng, 64, width, inputs=64), np.zeros(width)]
    return [*first, he(rng, width, 10, inputs=width), np.zeros(10)]


flat = X.reshape(1000, 64)
begin = dense_start(np.random.default_rng(0))
loss, slopes = dense_gradient(begin, flat, y)
print(f"{loss:.4f}", [g.shape for g in slopes])

# %% [raw] tags=["output"]
# 2.3236 [(64, 32), (32,), (32, 10), (10,)]

# %% [markdown]
# ## Step 3. Is it right? Ask the loss itself
#
# A wrong gradient often still trains, only worse: nothing fails. So test each
# gradient before you use it. Moving one weight at a time costs two runs for
# each of them. One *random direction* tests all entries of an array at once.
# Let $V$ be random, of the shape of a parameter $W$ with the gradient $G$. The
# slope of the loss along $V$ is $\inner{G}{V}$, the sum of all products
# $G_{ij} V_{ij}$, and by Taylor
#
# $$
# \frac{L(W + h V) - L(W - h V)}{2h} = \inner{G}{V} + \bigO{h^2} .
# $$
#
# If $G$ is wrong anywhere, then $\inner{G}{V}$ is wrong except for directions
# at a right angle to the mistake, which a random one hits with probability 0.
# Rounding contributes about $\varepsilon / h$, and the sum of both is least
# where $h$ is near $\varepsilon^{1/3}$ ([why](../calculus/derivatives.md)). Beware of bends: if
# a sum changes its sign between $W - hV$ and $W + hV$, the two sides differ.
# A few samples make that rare.
#
# //// exercise | A gradient checker
#     name: network-checker
#
# Write `gaps(f, parameters, slopes, rng)`: a list with one number for each
# array of the list `parameters`. Draw a normal direction of its shape, move
# *that* array alone, and compare the central difference $a$ of `f`, with the
# step $h = \varepsilon^{1/3}$, with the sum $b$ of slope times direction: give
# $\abs{a - b} / \max(\abs{a}, \abs{b})$, and 0 if both are 0. `f` takes the
# list. The arrays that are given stay as they are.


# %% tags=["starter"]
def gaps(f, parameters, slopes, rng):
    h, found = np.finfo(float).eps ** (1 / 3), []
    for i in range(len(parameters)):
        V = np.zeros_like(parameters[i])
        V.flat[0] = 1.0  # one entry only
        there = [p + h * V if j == i else p for j, p in enumerate(parameters)]
        a = (f(there) - f(parameters)) / h
        b = np.sum(slopes[i] * V)
        found.append(abs(a - b) / max(abs(a), abs(b)))
    return found


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal


def bowl(p):
    return np.sum(p[0] ** 3) + np.sum(p[1] * np.array([1.0, 2.0])) + p[2][0]


at = [np.array([[1.0, -2.0], [0.5, 3.0]]), np.ones(2), np.ones(1)]
kept = [p.copy() for p in at]
true = [3 * at[0] ** 2, np.array([1.0, 2.0]), np.ones(1)]


def measured(slopes):
    return np.array(gaps(bowl, at, slopes, np.random.default_rng(3)))


found = measured(true)
expect_equal(found.shape, (3,), what="the shape of the gaps of three arrays")
for p, copy in zip(at, kept, strict=True):
    expect_close(p, copy, what="an array, after the call: it")
expect_equal(
    bool((found < 1e-8).all()),
    True,
    what="that right gradients of a cubic pass below 1e-8",
    hint="take both sides, f(W + hV) - f(W - hV), over 2h",
)
expect_close(
    measured([2 * true[0], -true[1], true[2]]),
    [0.5, 2.0, 0.0],
    what="the gaps, if one gradient is doubled and one has the wrong sign",
    rtol=1e-6,
    atol=1e-8,
    hint="over the larger of the two sizes; move one array at a time",
)
for place in np.ndindex(2, 2):
    wrong = true[0].copy()
    wrong[place] += 1.0
    expect_equal(
        bool(measured([wrong, *true[1:]])[0] > 1e-4),
        True,
        what=f"that a mistake at {place} alone is found",
        hint="the direction moves every entry of the array",
    )
slant = true[0].copy()
slant[0] += [1.0, -1.0]
expect_equal(
    bool(measured([slant, *true[1:]])[0] > 1e-4),
    True,
    what="that two mistakes with the sum zero are found",
    hint="a direction of equal entries is at a right angle to them: draw it",
)
nothing = gaps(
    lambda p: 1.0, [np.ones(2)], [np.zeros(2)], np.random.default_rng(0)
)
expect_close(nothing, [0.0], what="the gap of a constant and slope zero")

# %% [markdown]
# /// hint
#
# Let an inner function give $f$ with array $i$ moved by a number times $V$,
# and call it with $h$ and with $-h$. If $a = b$, the gap is 0.
# ///
#
# /// solution


# %% tags=["solution"]
def gaps(f, parameters, slopes, rng):
    h, found = np.finfo(float).eps ** (1 / 3), []
    for i, (p, slope) in enumerate(zip(parameters, slopes, strict=True)):
        V = rng.normal(size=p.shape)

        def moved(by, i=i, p=p, V=V):
            return f([*parameters[:i], p + by * V, *parameters[i + 1 :]])

        a = (moved(h) - moved(-h)) / (2 * h)
        b = np.sum(slope * V)
        found.append(0.0 if a == b else abs(a - b) / max(abs(a), abs(b)))
    return found


# %% [markdown]
# ///
# ////
#
# Does it see what it should? Test the right gradient, then one in which a
# beginner forgot the bend.

# %%
few, named = flat[:20], y[:20]


def dense_loss(parameters):
    return dense_gradient(parameters, few, named)[0]


_, slopes = dense_gradient(begin, few, named)
chance = np.random.default_rng(4)
print("by hand:", np.max(gaps(dense_loss, begin, slopes, chance)) < 1e-6)

Z1, Z2 = dense(begin, few)
unbent = loss_and_adjoint(Z2, named)[1] @ begin[2].T
slopes[0] = few.T @ unbent
found = gaps(dense_loss, begin, slopes, chance)
print("without the bend:", (np.array(found) < 1e-6).tolist())

# %% [raw] tags=["output"]
# by hand: True
# without the bend: [False, True, True, True]

# %% [markdown]
# ## Step 4. An engine, and one operation for everything that moves
#
# The second witness is the idea of [the engine](autograd.py) in thirty
# lines: each value remembers what it was made of and how to pass a gradient
# back, and `backward` walks through them in reverse. Here a value is finished
# when all that used it have passed on theirs.


# %%
class Var:
    """A value; edges are pairs (parent, pullback)."""

    def __init__(self, data, edges=()):
        self.data, self.edges = np.asarray(data, dtype=float), edges
        self.grad = np.zeros_like(self.data)


def backward(root):
    uses, todo = {root: 0}, [root]
    while todo:
        for parent, _ in todo.pop().edges:
            if parent not in uses:
                uses[parent] = 0
                todo.append(parent)
            uses[parent] += 1
    root.grad, ready = np.ones_like(root.data), [root]
    while ready:
        node = ready.pop()
        for parent, pullback in node.edges:
            parent.grad = parent.grad + pullback(node.grad)
            uses[parent] -= 1
            if uses[parent] == 0:
                ready.append(parent)


def elementwise(function, slope):
    def operation(a):
        u = function(a.data)
        return Var(u, [(a, lambda g: g * slope(a.data, u))])

    return operation


relu = elementwise(lambda v: np.maximum(v, 0.0), lambda v, u: v > 0)
exp = elementwise(np.exp, lambda v, u: u)
log = elementwise(np.log, lambda v, u: 1 / v)


def affine(A, W, b):
    """A W + b for matrices A, W and a row b."""
    return Var(
        A.data @ W.data + b.data,
        [
            (A, lambda g: g @ W.data.T),
            (W, lambda g: A.data.T @ g),
            (b, lambda g: g.sum(axis=0)),
        ],
    )


def row_sums(a):
    return Var(
        a.data.sum(axis=1), [(a, lambda g: g[:, None] * (0 * a.data + 1))]
    )


def mean_gap(a, b):
    """The mean of a - b, for two vectors."""
    n = len(a.data)
    return Var(
        np.mean(a.data - b.data),
        [
            (a, lambda g: g * np.full(n, 1 / n)),
            (b, lambda g: g * np.full(n, -1 / n)),
        ],
    )


# %% [markdown]
# What is missing looks like many things: take the score of the true class,
# cut patches out of an image, put zeros around it, pool, reshape, transpose.
# All of them only *move* numbers: entry by entry, they say which entry of the
# input stands there. So they are one operation with an array of places. Going
# back, the gradient of each copy returns to the place it came from. An entry
# that was copied to three places gets three contributions, which are added.
#
# //// exercise | Take, and give back
#     name: network-take
#
# Write `take(a, places)`: a `Var` whose entries are those of `a.data.ravel()`
# at `places`, an array of whole numbers of any shape. The place $-1$ stands
# for a zero that belongs to nobody. The pullback gives an array of the shape
# of `a.data`.


# %% tags=["starter"]
def take(a, places):
    data = a.data.ravel()[places]

    def pullback(g):
        back = np.zeros(a.data.size)
        back[places] = g
        return back.reshape(a.data.shape)

    return Var(data, [(a, pullback)])


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

grid = Var([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
taken = take(grid, np.array([[5, 0], [0, -1], [2, 0]]))
expect_close(
    taken.data,
    [[6.0, 1.0], [1.0, 0.0], [3.0, 1.0]],
    what="take of 1 … 6 at [[5, 0], [0, -1], [2, 0]]",
    hint="place -1 is a zero, not the last entry",
)
coming = np.array([[1.0, 10.0], [100.0, 7.0], [0.5, 1000.0]])
expect_close(
    taken.edges[0][1](coming),
    [[1110.0, 0.0, 0.5], [0.0, 0.0, 1.0]],
    what="its pullback",
    hint="an entry that was taken three times adds three contributions: "
    "np.add.at; what came from place -1 goes to nobody",
)
expect_close(
    take(Var([3.0, 4.0]), np.array([1, 1])).edges[0][1](np.array([1.0, 2.0])),
    [0.0, 3.0],
    what="the pullback of (1, 2) to an entry that was taken twice",
    hint="back[places] += g adds only once to each place",
)

# %% [markdown]
# /// hint
#
# Put a zero behind the flat array: in NumPy $-1$ *is* the last place. On the
# way back make an array that is longer by one, use `np.add.at`, and drop the
# last entry.
# ///
#
# /// solution


# %% tags=["solution"]
def take(a, places):
    data = np.append(a.data.ravel(), 0.0)[places]

    def pullback(g):
        back = np.zeros(a.data.size + 1)
        np.add.at(back, places, g)
        return back[:-1].reshape(a.data.shape)

    return Var(data, [(a, pullback)])


# %% [markdown]
# ///
# ////
#
# The whole loss of the dense network by the engine, and what it says about
# your gradients:


# %%
def engine_loss(scores, y):
    n, k = scores.data.shape
    true = take(scores, np.arange(n) * k + y)
    return mean_gap(log(row_sums(exp(scores))), true)


def by_engine(forward, parameters, X, y):
    """Loss and gradients of a network that is written with Var."""
    leaves = [Var(p) for p in parameters]
    root = engine_loss(forward(leaves, Var(X)), y)
    backward(root)
    return root.data.item(), [leaf.grad for leaf in leaves]


def dense_forward(p, X):
    return affine(relu(affine(X, p[0], p[1])), p[2], p[3])


def off(ours, theirs):
    """The largest difference, in parts of the largest entry of an array."""
    pairs = zip(ours, theirs, strict=True)
    return max(np.max(np.abs(a - b)) / np.max(np.abs(b)) for a, b in pairs)


value, graph = by_engine(dense_forward, begin, flat, y)
loss, slopes = dense_gradient(begin, flat, y)
print("the same loss:", abs(value / loss - 1) < 1e-12, end=", ")
print("the same gradients:", off(slopes, graph) < 1e-12)

# %% [raw] tags=["output"]
# the same loss: True, the same gradients: True

# %% [markdown]
# ## Step 5. Filters
#
# The dense network does not know that two pixels are neighbours. A
# convolution does: a *filter* of three by three weights slides over the
# image, and the same weights are used at every place. Images have the shape
# $(N, C, H, W)$, for $N$ images with $C$ channels of $H$ rows and $W$ columns,
# and filters $(K, C, 3, 3)$. With one row and column of zeros around each image the
# result keeps the size: its shape is $(N, K, H, W)$.
#
# Copy the nine pixels of all channels under the filter at each place into a
# row. Then a convolution is a product of matrices.


# %%
def patches(X, fill=0.0):
    """The pixels under a filter at each place, shape (N, H, W, 9 C)."""
    around = [(0, 0), (0, 0), (1, 1), (1, 1)]
    wide = np.pad(X, around, constant_values=fill)
    views = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), (2, 3))
    return np.moveaxis(views, 1, 3).reshape(len(X), *X.shape[2:], -1)


def conv(X, F, b):
    Z = patches(X) @ F.reshape(len(F), -1).T + b  # (N, H, W, K)
    return np.moveaxis(Z, 3, 1)


edge = np.array([[[[-1.0, 0.0, 1.0]] * 3]])
print(patches(X).shape, conv(X, edge, np.zeros(1)).shape)

# %% [raw] tags=["output"]
# (1000, 8, 8, 9) (1000, 1, 8, 8)

# %% [markdown]
# Backwards. Let $B$, of shape $(m, q)$, hold all patches, one a row, with
# $m = N H W$ and $q = 9 C$; let $\Phi$, of shape $(K, q)$, hold one filter in each
# row; and let $G$, of shape $(m, K)$, be the adjoint of the outputs
# $B \Phi^\T + \mathbf{1} b^\T$, one place a row. As in step 2,
#
# $$
# \nabla_\Phi \tr(G^\T B \Phi^\T) = G^\T B
# \label{claim:network-filters}
# $$
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     m, q, k = rng.integers(1, 5, 3)
#     return {
#         "B": rng.normal(size=(m, q)),
#         "Phi": rng.normal(size=(k, q)),
#         "G": rng.normal(size=(m, k)),
#     }
# ```
# ///
#
# and the gradient of $b$ is the sum of the rows of $G$. What about the image?
# The output at place $(i, j)$ uses the pixel at $(i + r, j + s)$ with the
# weight $F_{rs}$, where $r$ and $s$ go from $-1$ to $1$. Seen from the pixel: the one at
# $(i, j)$ is used by the output at $(i - r, j - s)$, with that weight. So what
# comes back to it is a sum over the *mirrored* places: again a convolution,
# of the adjoint, with the filter turned by half a turn. And what were filters are
# now channels, since every filter looked at the pixel. Write $F'$, of shape
# $(C, K, 3, 3)$, for the filters turned and with the first two axes exchanged,
# and $\delta$ for the adjoint in the shape of the output. The rule says
# that for all $X$ and $\delta$
#
# $$
# \inner{X \star F}{\delta} = \inner{X}{\delta \star F'}
# \label{claim:network-turned}
# $$
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.learning import conv_layer
#
# where = {
#     r"X \star F": "forth",
#     r"\delta \star F'": "back",
#     r"\delta": "delta",
# }
#
#
# def draw(rng):
#     N, C, K, H, W = (int(v) for v in rng.integers(1, 5, size=5))
#     X, F = rng.normal(size=(N, C, H, W)), rng.normal(size=(K, C, 3, 3))
#     delta = rng.normal(size=(N, K, H, W))
#     turned = F[:, :, ::-1, ::-1].swapaxes(0, 1)
#     forth = conv_layer(X, F, np.zeros(K), padding=1)
#     back = conv_layer(delta, turned, np.zeros(C), padding=1)
#     return {"X": X, "forth": forth, "back": back, "delta": delta}
# ```
# ///
#
# The left side is linear in $X$, so $\delta \star F'$ is its gradient for $X$.
#
# //// exercise | The way back through a convolution
#     name: network-conv
#
# Let `dZ` be the adjoint of the output, shape $(N, K, H, W)$. Write
# `filters_back(X, F, dZ)`, which gives the adjoints of $F$ and of $b$, and
# `image_back(F, dZ)`, which gives that of $X$, each in the shape of what it
# belongs to. `patches` and `conv` are there.


# %% tags=["starter"]
def filters_back(X, F, dZ):
    G = np.moveaxis(dZ, 1, 3).reshape(-1, len(F))  # one place a row
    return np.zeros_like(F), G.sum()


def image_back(F, dZ):
    return conv(dZ, F.swapaxes(0, 1), 0.0)


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close
from derivable.learning import conv_layer

dice = np.random.default_rng(5)
pixels, b = dice.normal(size=(2, 3, 4, 5)), dice.normal(size=2)
filters = dice.normal(size=(2, 3, 3, 3))
coming = dice.normal(size=(2, 2, 4, 5))
of_filters, of_biases = filters_back(pixels, filters, coming)


def forth(X, F, b):
    return np.sum(coming * conv_layer(X, F, b, padding=1))


expect_close(
    of_biases,
    numerical_gradient(lambda v: forth(pixels, filters, v), b),
    what="the adjoint of the biases",
    rtol=1e-6,
    hint="one for each filter: the sum over images, rows and columns",
)
expect_close(
    of_filters,
    numerical_gradient(lambda v: forth(pixels, v, b), filters),
    what="the adjoint of the filters",
    rtol=1e-6,
    hint="patches, one a row, and what came back to each; then reshape",
)
expect_close(
    image_back(filters, coming),
    numerical_gradient(lambda v: forth(v, filters, b), pixels),
    what="the adjoint of the images",
    rtol=1e-6,
    hint="turn the filters in rows and in columns, exchange their first axes",
)

# %% [markdown]
# /// hint
#
# `F[:, :, ::-1, ::-1]` is turned. `patches(X)` has one patch for each place;
# make it a matrix with `reshape(len(G), -1)`.
# ///
#
# /// solution


# %% tags=["solution"]
def filters_back(X, F, dZ):
    G = np.moveaxis(dZ, 1, 3).reshape(-1, len(F))  # one place a row
    dF = G.T @ patches(X).reshape(len(G), -1)
    return dF.reshape(F.shape), G.sum(axis=0)


def image_back(F, dZ):
    turned = F[:, :, ::-1, ::-1].swapaxes(0, 1)
    return conv(dZ, turned, 0.0)


# %% [markdown]
# ///
# ////
#
# ## Step 6. Pooling, and the second network
#
# Max pooling keeps the largest of each window of two by two: what was found,
# not exactly where. Backwards, the entry that was kept gets everything, the
# others nothing. But what if two are equal? In these scans that is no
# exception: paper is zero, so whole windows hold four copies of the bias.
# They move together, and if each got the gradient, the bias would get four
# times as much as it should. One of them must stand for all: the first.


# %%
def windows(Z):
    """Windows of two by two as a last axis of four."""
    N, K, H, W = Z.shape
    cut = Z.reshape(N, K, H // 2, 2, W // 2, 2).swapaxes(3, 4)
    return cut.reshape(N, K, H // 2, W // 2, 4)


Z1 = conv(X, edge, np.zeros(1))
four = windows(Z1)
ties = np.mean((four == four.max(axis=4, keepdims=True)).sum(axis=4) > 1)
print("more than a tenth of the windows have ties:", ties > 0.1)

# %% [raw] tags=["output"]
# more than a tenth of the windows have ties: True

# %% [markdown]
# //// exercise | The way back through pooling
#     name: network-pool
#
# Write `pool_back(Z, dM)`: `dM` is the adjoint of `windows(Z).max(axis=4)`,
# shape $(N, K, H/2, W/2)$; give the adjoint of `Z`, shape $(N, K, H, W)$. Of
# equal entries the first in the window gets all, in the order of `windows`.


# %% tags=["starter"]
def pool_back(Z, dM):
    cut = windows(Z)
    dcut = (cut == cut.max(axis=4, keepdims=True)) * dM[..., None]
    return dcut.reshape(Z.shape)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

pixels = np.array(
    [
        [1.0, 2.0, 5.0, 5.0],
        [4.0, 3.0, 5.0, 5.0],
        [0.0, 7.0, 8.0, 1.0],
        [7.0, 0.0, 2.0, 9.0],
    ]
)[None, None]
before = pixels.copy()
coming = np.array([[[[10.0, 20.0], [30.0, 40.0]]]])
given = pool_back(pixels, coming)
expect_close(pixels, before, what="Z, after the call: it")
right = np.zeros((4, 4))
right[1, 0], right[0, 2], right[2, 1], right[3, 3] = 10.0, 20.0, 30.0, 40.0
expect_close(
    np.sum(given),
    100.0,
    what="the sum of what goes back, where 100 came",
    hint="of equal entries one gets all, not each",
)
expect_close(
    given[0, 0],
    right,
    what="the adjoint of four rows",
    hint="windows lie side by side: undo the swap of axes before reshaping",
)
dice = np.random.default_rng(6)
many, coming = (
    dice.normal(size=(2, 3, 4, 6)),
    dice.normal(size=(2, 3, 2, 3)),
)
V, h = dice.normal(size=many.shape), 1e-6
change = windows(many + h * V).max(axis=4) - windows(many - h * V).max(axis=4)
expect_close(
    np.sum(pool_back(many, coming) * V),
    np.sum(change * coming) / (2 * h),
    what="the slope along a direction, for six images",
    rtol=1e-6,
    hint="which axis of what goes back belongs to which of Z?",
)

# %% [markdown]
# /// hint
#
# `cut.argmax(axis=4)` is the first largest; `np.put_along_axis` writes there.
# Then `reshape(N, K, H // 2, W // 2, 2, 2)`, `swapaxes(3, 4)`, `reshape`.
# ///
#
# /// solution


# %% tags=["solution"]
def pool_back(Z, dM):
    cut = windows(Z)
    dcut = np.zeros_like(cut)
    first = cut.argmax(axis=4)[..., None]
    np.put_along_axis(dcut, first, dM[..., None], axis=4)
    pairs = dcut.reshape(*dM.shape, 2, 2).swapaxes(3, 4)
    return pairs.reshape(Z.shape)


# %% [markdown]
# ///
# ////
#
# The second network: twice filters, pooling and a bend, then a dense layer
# for what is left. Its gradient puts your pieces in a row.


# %%
def net(parameters, X):
    """What the way back needs, and the scores."""
    F1, b1, F2, b2, W, c = parameters
    Z1 = conv(X, F1, b1)
    A1 = np.maximum(windows(Z1).max(axis=4), 0.0)
    Z2 = conv(A1, F2, b2)
    A2 = np.maximum(windows(Z2).max(axis=4), 0.0)
    return Z1, A1, Z2, A2, A2.reshape(len(X), -1) @ W + c


def net_gradient(parameters, X, y):
    F1, _, F2, _, W, _ = parameters
    Z1, A1, Z2, A2, scores = net(parameters, X)
    loss, G = loss_and_adjoint(scores, y)
    dA2 = (G @ W.T).reshape(A2.shape)
    dZ2 = pool_back(Z2, dA2 * (A2 > 0))
    dA1 = image_back(F2, dZ2)
    dZ1 = pool_back(Z1, dA1 * (A1 > 0))
    dF1, db1 = filters_back(X, F1, dZ1)
    dF2, db2 = filters_back(A1, F2, dZ2)
    dW = A2.reshape(len(X), -1).T @ G
    return loss, [dF1, db1, dF2, db2, dW, G.sum(axis=0)]


def net_start(rng):
    return [
        *(he(rng, 8, 1, 3, 3, inputs=9), np.zeros(8)),
        *(he(rng, 16, 8, 3, 3, inputs=72), np.zeros(16)),
        *(he(rng, 64, 10, inputs=64), np.zeros(10)),
    ]


start = net_start(np.random.default_rng(1))
print("parameters of the nets:", sum(p.size for p in start), end=" and ")
print(sum(p.size for p in begin))

# %% [raw] tags=["output"]
# parameters of the nets: 1898 and 2410

# %% [markdown]
# The engine does the same with `take` alone: `patches` and `windows` are
# applied to an array of *places*, and then say where everything comes from.
# Around the image stands the place $-1$. No filter is turned here, and no
# adjoint is convolved; so it is a witness of its own.


# %%
def places_of(a):
    return np.arange(a.data.size).reshape(a.data.shape)


def block(X, F, b):
    N, _, H, W = X.data.shape
    rows = patches(places_of(X), fill=-1).reshape(N * H * W, -1)
    columns = places_of(F).reshape(len(F.data), -1).T
    Z = affine(take(X, rows), take(F, columns), b)
    order = np.moveaxis(places_of(Z).reshape(N, H, W, -1), 3, 1)
    largest = windows(Z.data.ravel()[order]).argmax(axis=4)[..., None]
    kept = np.take_along_axis(windows(order), largest, axis=4)[..., 0]
    return relu(take(Z, kept))


def net_forward(p, X):
    A = block(block(X, p[0], p[1]), p[2], p[3])
    return affine(take(A, places_of(A).reshape(len(A.data), -1)), p[4], p[5])


value, graph = by_engine(net_forward, start, X[:100], y[:100])
loss, slopes = net_gradient(start, X[:100], y[:100])
print("the same loss:", abs(value / loss - 1) < 1e-12, end=", ")
print("the same gradients:", off(slopes, graph) < 1e-12)


def net_loss(parameters):
    return net_gradient(parameters, X[:20], named)[0]


def passes(parameters):
    _, slopes = net_gradient(parameters, X[:20], named)
    found = gaps(net_loss, parameters, slopes, np.random.default_rng(7))
    return [bool(gap < 1e-5) for gap in found]


print("by differences:", passes(start))

# %% [raw] tags=["output"]
# the same loss: True, the same gradients: True
# by differences: [True, False, True, True, True, True]

# %% [markdown]
# The engine agrees, and yet the check by differences fails for one array, the
# first biases. Who is wrong? Nobody. All biases begin at zero, so at blank
# paper the sum is exactly zero: every such window stands on the *corner* of
# the bend. To the right its slope is 1, to the left 0, and a central
# difference gives a half. The formula and the engine both chose 0. Move the
# biases off the corner, and the three witnesses agree:

# %%
dice = np.random.default_rng(11)
lifted = [
    p + 0.1 * dice.normal(size=p.shape) if p.ndim == 1 else p for p in start
]
print("off the corner:", passes(lifted))

# %% [raw] tags=["output"]
# off the corner: [True, True, True, True, True, True]

# %% [markdown]
# ## Step 7. Update
#
# Training goes round: forward, loss, backward, *update*. The gradient on a
# batch of a few scans is a noisy estimate of that on all, and much cheaper.
# An *epoch* takes every scan once, in a new random order each time: if
# batches came in the order of the file, the last hand would have the last
# word. Momentum remembers past gradients: $v \leftarrow \beta v + g$, then the
# parameter moves by $-\alpha v$, with the learning rate $\alpha$
# ([what that buys](../optimization/first_order.md#momentum-the-root-of-the-condition-number)).
#
# //// exercise | Train
#     name: network-train
#
# Write `train(gradient, start, X, y, rate, epochs, rng, size=32, beta=0.9)`.
# `gradient(parameters, X, y)` gives the loss and the list of gradients. Each
# epoch takes a new `rng.permutation` of all samples, in batches of `size`; the
# last batch may be smaller. Velocities begin at zero, once. Give the list of
# trained arrays, and for each epoch the mean loss over its *samples*. The
# arrays of `start` stay as they are.


# %% tags=["starter"]
def train(gradient, start, X, y, rate, epochs, rng, size=32, beta=0.9):
    parameters, losses = start, []
    for _ in range(epochs):
        for i in range(0, len(y) - size + 1, size):
            loss, slopes = gradient(
                parameters, X[i : i + size], y[i : i + size]
            )
            for p, g in zip(parameters, slopes, strict=True):
                p -= rate * g
        losses.append(loss)
    return parameters, losses


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

met = []


def spy(parameters, X, y):
    met.append(X[:, 0].astype(int))
    expect_close(y, 2 * X[:, 0], what="the labels of a batch, of its samples")
    return float(X.mean()), [np.ones(2), np.array(3.0)]


column = np.arange(10.0)[:, None]
first = [np.zeros(2), np.array(1.0)]
last, losses = train(
    spy, first, column, 2 * column[:, 0], 0.1, 2, np.random.default_rng(0), 4
)
expect_close(first[0], np.zeros(2), what="an array of the start, afterwards")
expect_equal(
    [len(batch) for batch in met],
    [4, 4, 2] * 2,
    what="the sizes of the batches of two epochs of ten samples",
    hint="also the last ones, which fill no batch",
)
epochs_met = [np.concatenate(met[:3]), np.concatenate(met[3:])]
for seen in epochs_met:
    expect_equal(
        sorted(seen.tolist()),
        list(range(10)),
        what="the samples of an epoch",
        hint="each sample once: one permutation for each epoch",
    )
expect_equal(
    len({tuple(seen) for seen in [*epochs_met, np.arange(10)]}),
    3,
    what="how many orders there are: two epochs, and that of the file",
    hint="a new permutation for each epoch",
)
expect_close(
    losses,
    [4.5, 4.5],
    what="the mean loss over the samples of each epoch",
    hint="a batch of two counts half as much as one of four",
)
v = moved = 0.0
for _ in range(6):
    v = 0.9 * v + 1.0
    moved -= 0.1 * v
expect_close(
    last[0],
    [moved, moved],
    what="a parameter after six steps with gradient 1",
    hint="v = beta v + g, one velocity for each array, never set back",
)
expect_close(last[1], 1 + 3 * moved, what="one with gradient 3")

# %% [markdown]
# /// hint
#
# `order = rng.permutation(len(y))`, then `i = order[k : k + size]` for `k` in
# `range(0, len(y), size)`. New arrays, `p - rate * v`, leave the start alone.
# ///
#
# /// solution


# %% tags=["solution"]
def train(gradient, start, X, y, rate, epochs, rng, size=32, beta=0.9):
    parameters, losses = list(start), []
    speeds = [np.zeros_like(p) for p in parameters]
    for _ in range(epochs):
        order, total = rng.permutation(len(y)), 0.0
        for k in range(0, len(y), size):
            i = order[k : k + size]
            loss, slopes = gradient(parameters, X[i], y[i])
            total += loss * len(i)
            pairs = zip(speeds, slopes, strict=True)
            speeds = [beta * v + g for v, g in pairs]
            pairs = zip(parameters, speeds, strict=True)
            parameters = [p - rate * v for p, v in pairs]
        losses.append(total / len(y))
    return parameters, losses


# %% [markdown]
# ///
# ////
#
# How large a rate? Each network tries the same two for five epochs. The rate
# that reads more of the *new* scans, those that it did not learn from, is
# kept, and trains for fourteen from the start.


# %%
def dense_names(parameters, X):
    return dense(parameters, X.reshape(len(X), 64))[1].argmax(axis=1)


def net_names(parameters, X):
    return net(parameters, X)[-1].argmax(axis=1)


def choose(gradient, start, X, names):
    """The better rate's parameters and losses, after fourteen epochs."""

    def run(rate, epochs):
        rng = np.random.default_rng(8)
        return train(gradient, start, X, y, rate, epochs, rng)

    def right(rate):
        return np.mean(names(run(rate, 5)[0], X_new) == y_new)

    return run(max((0.02, 0.05), key=right), 14)


dense_best, dense_losses = choose(dense_gradient, begin, flat, dense_names)
net_best, net_losses = choose(net_gradient, start, X, net_names)
for name, says in {
    "dense  ": dense_names(dense_best, X_new),
    "filters": net_names(net_best, X_new),
}.items():
    print(
        name, "more than 94 % of the new right:", np.mean(says == y_new) > 0.94
    )

# %% [raw] tags=["output"]
# dense   more than 94 % of the new right: True
# filters more than 94 % of the new right: True

# %% [markdown]
# ## Break it
#
# Two experiments show what the parts are for. First, **shuffle the labels**.
# Take the first `300`{ .claim of="len(part)" at="below" } scans, give their labels to each other at
# random, and train a wider dense network, with the true labels and with the
# shuffled ones. Now nothing connects a scan with its label.

# %%
chance = np.random.default_rng(9)
part, true = flat[:300], y[:300]
shuffled = chance.permutation(true)
wide = dense_start(chance, width=64)
curves = {}
for name, labels in {"true": true, "shuffled": shuffled}.items():
    rng = np.random.default_rng(10)
    found, curves[name] = train(
        dense_gradient, wide, part, labels, 0.05, 150, rng
    )
    own = np.mean(dense(found, part)[1].argmax(axis=1) == labels)
    new = np.mean(dense_names(found, X_new) == y_new)
    print(f"{name:8}: nearly all of its own right: {own > 0.98},", end=" ")
    print(f"most of the new right: {new > 0.5}")

# %% [raw] tags=["output"]
# true    : nearly all of its own right: True, most of the new right: True
# shuffled: nearly all of its own right: True, most of the new right: False

# %% [markdown]
# The network learns nonsense by heart, slower, but to the end
# [@zhang2017]. So a loss near zero on the samples that you train with says
# nothing about others. Only samples that were held out do.
#
# Second, **start symmetric**. Give all hidden units the same weights in, and
# the same weights out. Their sums are equal, so their gradients are, so they
# stay equal for ever ([the proof](../learning/networks.md#symmetry)): thirty-two
# units are one. And with all weights zero nothing moves but the last bias.

# %%
twins = [
    np.repeat(begin[0][:, :1], 32, axis=1),
    begin[1],
    np.repeat(begin[2][:1], 32, axis=0),
    begin[3],
]
zeros = [np.zeros_like(p) for p in begin]
for name, first in {"twins": twins, "zeros": zeros}.items():
    rng = np.random.default_rng(8)
    found, curves[name] = train(dense_gradient, first, flat, y, 0.05, 14, rng)
    apart = np.ptp(found[0], axis=1).max()
    new = np.mean(dense_names(found, X_new) == y_new)
    print(f"{name}: units apart: {apart > 1e-6},", end=" ")
    print(f"half of the new right: {new > 0.5}")

# %% [raw] tags=["output"]
# twins: units apart: False, half of the new right: False
# zeros: units apart: False, half of the new right: False

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(6.8, 3.0), sharey=True)
for name in ("true", "shuffled"):
    left.semilogy(curves[name], label=f"{name} labels")
left.set(xlabel="epoch", ylabel="loss on the samples it learns from")
right.semilogy(dense_losses, label="random start")
for name in ("twins", "zeros"):
    right.semilogy(curves[name], label=name)
right.set_xlabel("epoch")
for ax in (left, right):
    ax.legend()

# %% [markdown]
# /// figure | network-broken
#     alt: Two panels of losses over epochs, on a logarithmic axis. Left, the loss for true labels falls at once, that for shuffled labels stays high for many epochs and then falls far as well. Right, the loss from a random start falls steeply; from twins and from zeros it stays near where it began.
#
# Shuffled labels are learnt by heart, only later; from a symmetric start
# hardly anything is learnt at all.
# ///
#
# ## Step 8. Strangers
#
# Now open the test, once. What is a score worth? Compare it with what is
# there without any network: the commonest digit, the nearest mean, and the
# nearest single scan, each from the same thousand.


# %%
def nearest(points, marks, Q):
    gap = np.sum(points**2, axis=1) - 2 * Q @ points.T  # less |q|^2
    return marks[gap.argmin(axis=1)]


means = np.array([flat[y == d].mean(axis=0) for d in range(10)])
common = np.bincount(y).argmax()
share = {}
for name, scans, truth in [("new", X_new, y_new), ("test", X_test, y_test)]:
    Q = scans.reshape(len(scans), 64)
    share[name] = {
        "commonest": np.mean(truth == common),
        "nearest mean": np.mean(nearest(means, np.arange(10), Q) == truth),
        "nearest scan": np.mean(nearest(flat, y, Q) == truth),
        "dense": np.mean(dense_names(dense_best, scans) == truth),
        "filters": np.mean(net_names(net_best, scans) == truth),
    }
for name in share["new"]:
    print(f"{name:12}  new {share['new'][name]:.1%}", end="  ")
    print(f"test {share['test'][name]:.1%}")

# %% [raw] tags=["output"]
# commonest     new 10.1%  test 9.8%
# nearest mean  new 92.7%  test 85.5%
# nearest scan  new 97.2%  test 95.2%
# dense         new 97.5%  test 89.0%
# filters       new 97.0%  test 92.5%

# %% [markdown]
# Two findings that are worth more than a high score. Everything is worse on
# the test, also what has no parameter to over-fit. Thirteen people wrote the
# file [@alpaydin1998], and it seems that each wrote some rows in succession
# ([shown there](faces.py)), so the end of the file is the hands of
# strangers. A shuffled split would have hidden that. And the nearest scan
# beats both networks: with a thousand small, centred scans, remembering
# all is hard to beat. A network is smaller than what it learned from, and that
# is all it gains here.
#
# Are the filters better than the dense network, or lucky? Both read the same
# scans, so look where only one of them is right. If they were equally good,
# each such scan would be a fair coin, and of $m$ coins the number of heads less
# that of tails has the standard deviation $\sqrt m$.

# %%
Q = X_test.reshape(len(X_test), 64)
dense_right = dense_names(dense_best, X_test) == y_test
net_right = net_names(net_best, X_test) == y_test
only_net = np.sum(net_right & ~dense_right)
only_dense = np.sum(dense_right & ~net_right)
print(f"only filters right: {only_net}, only dense right: {only_dense}")
ratio = (only_net - only_dense) / np.sqrt(only_net + only_dense)
print(f"{ratio:.1f} standard deviations")

# %% [raw] tags=["output"]
# only filters right: 23, only dense right: 9
# 2.5 standard deviations

# %% [markdown]
# That speaks for the filters, for these two networks. It is not the last
# word: scans by one hand are no independent coins, and another seed gives
# another network.
#
# ## Against the library
#
# First the book's own: the same loss and gradients for the same parameters.


# %%
def listed(layers):
    return [p for layer in layers for p in layer.values()]


(F1, b1, F2, b2, W, c), (W1, v1, W2, v2) = start, begin
value, layers = book.convnet_gradient(
    [{"F": F1, "b": b1}, {"F": F2, "b": b2}, {"W": W, "b": c}], X, y
)
loss, slopes = net_gradient(start, X, y)
print("filters:", abs(loss / value - 1) < 1e-12, end=" ")
print(off(slopes, listed(layers)) < 1e-12)
value, layers = book.backpropagate(
    [{"W": W1, "b": v1}, {"W": W2, "b": v2}], flat, y
)
loss, slopes = dense_gradient(begin, flat, y)
print("dense:  ", abs(loss / value - 1) < 1e-12, end=" ")
print(off(slopes, listed(layers)) < 1e-12)

# %% [raw] tags=["output"]
# filters: True True
# dense:   True True

# %% [markdown]
# Then scikit-learn. Its `MLPClassifier` is your dense network. Give it your
# weights, let it take one step on all scans without momentum and without
# penalty, and compare where it arrives.

# %%
from sklearn.neural_network import MLPClassifier

theirs = MLPClassifier(
    hidden_layer_sizes=(32,),
    solver="sgd",
    learning_rate_init=0.1,
    momentum=0.0,
    alpha=0.0,
    batch_size=1000,
    random_state=0,
)
theirs.partial_fit(flat, y, classes=np.arange(10))
theirs.coefs_[0][:], theirs.coefs_[1][:] = W1, W2
theirs.intercepts_[0][:], theirs.intercepts_[1][:] = v1, v2
theirs.partial_fit(flat, y)
ours = [p - 0.1 * g for p, g in zip(begin, slopes, strict=True)]
arrived = [theirs.coefs_[0], theirs.intercepts_[0]]
arrived += [theirs.coefs_[1], theirs.intercepts_[1]]
print("the same step:", off(ours, arrived) < 1e-10)

# %% [raw] tags=["output"]
# the same step: True

# %% [markdown]
# Last, JAX, which differentiates a convolution of its own, with nothing of
# yours in it:

# %% tags=["notest"] reason="JAX does not run in a browser; the tests of this book run this block"
import jax
import jax.numpy as jnp
import numpy as np

waves = np.sin(np.arange(32.0)).reshape(1, 2, 4, 4)
weights = np.cos(np.arange(54.0)).reshape(3, 2, 3, 3)


def bent(waves):
    Z = jax.lax.conv(waves, weights, (1, 1), "SAME")
    return jnp.sum(jnp.tanh(Z))


with jax.enable_x64(True):
    slope = jax.grad(bent)(jnp.asarray(waves))
found = slope[0, 1, 2, 3]
found  # -1.053787

# %%
waves = np.sin(np.arange(32.0)).reshape(1, 2, 4, 4)
weights = np.cos(np.arange(54.0)).reshape(3, 2, 3, 3)
Z = conv(waves, weights, np.zeros(3))
slope = image_back(weights, 1 - np.tanh(Z) ** 2)
print(f"{slope[0, 1, 2, 3]:.6f}")

# %% [raw] tags=["output"]
# -1.053787

# %% [markdown]
# What the libraries add is speed, and convolutions with strides, groups and
# dilations. What is computed is what you wrote.
#
# ## Go further
#
# 1. **Teach it to move.** Shift the training scans by a pixel in random
#    directions, anew in each epoch. Measure on the test, and on a test that is
#    shifted as well ([what a shift changes](../learning/convolution.md#invariance)).
#    Does the order of the two networks change?
# 2. **Stop in time.** Record the loss on `X_new` after each epoch, keep the
#    parameters of the best, and compare with weight decay
#    ([early stopping](../learning/training.md#early-stopping)). By how many
#    standard deviations does the test change, over ten seeds?
# 3. **Normalise.** Add batch normalisation between a convolution and its
#    pooling, with its gradient by hand
#    ([derived here](../learning/training.md#the-way-back)), pass it through
#    `gaps`, and find the largest rate at which training still works, with and
#    without.
