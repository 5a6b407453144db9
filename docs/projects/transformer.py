# ---
# title: A small language model
# description: Build a transformer that reads this book letter by letter, train, sample and inspect it, and share its gradient out to workers.
# builds: forward, loss, backward, update
# minutes: 120
# ---

# %% [markdown]
# # A small language model
#
# The models that write text are one machine at many sizes: rows of numbers,
# one for each token, that look back at each other, and a loss that says how
# surprised the model was by what came. In this project you build the small one
# in NumPy, from the mask to Adam. You train it on this book's prose and
# measure it against tables of counts. Then you look inside, and at last you
# take its gradient apart for several workers.
#
# ## What you will have at the end
#
# A program that learns to write from nothing but text. The book's library holds
# a larger one, of two blocks and four heads, that has been trained for longer.
# It goes on with a sentence:

# %%
import matplotlib.pyplot as plt
import numpy as np

import derivable.calculus as book
from derivable.learning import (
    book_text,
    decode_tokens,
    encode_text,
    fit_ngram,
    init_transformer,
    sample_tokens,
    token_cross_entropy,
    trained_transformer,
)

larger = trained_transformer()
letters = sample_tokens(
    larger,
    encode_text("the gradient "),
    num_heads=4,
    num_tokens=60,
    context=32,
    rng=np.random.default_rng(3),
    temperature=0.6,
)
print(decode_tokens(letters))

# %% [raw] tags=["output"]
# the gradient a start of the second instead falls and the other matrix is

# %% [markdown]
# You stand on [attention](../learning/attention.md), where each part is derived,
# on [the loop of training](../learning/networks.md#flow), on
# [automatic differentiation](../calculus/autodiff.md), and on
# [one gradient, many machines](../learning/distributed.md). The rivals are those
# of the [text generator](markov.md).
#
# On the page, each step goes on from the book's solutions of the steps before
# it, so you can begin anywhere; in a notebook with blanks, from your answers,
# so fill them in order.
#
# ## Step 1. A text becomes tokens
#
# A token is the number of a character. Nine tenths of the text are there to
# learn from. The next twentieth chooses settings, and the last one only
# measures.

# %%
text = book_text()
codes = encode_text(text)
n = len(codes)
seen, choosing, testing = np.split(codes, [9 * n // 10, 19 * n // 20])
print(text[:48])
print(codes[:12], len(seen), len(choosing), len(testing))

# %% [raw] tags=["output"]
# this part is the mathematics that every later ch
# [22 10 11 21  0 18  3 20 22  0 11 21] 129616 7201 7201

# %% [markdown]
# The model reads $T$ letters at once, a *window*. At each place of the window it
# has to say what comes next. So a window of $T$ letters is $T$ questions, and
# the answers are the same letters, one place on. Let a batch have $B$ windows.
#
# //// exercise | Questions and answers
#     name: transformer-windows
#
# Write `windows(codes, starts, T)`: two arrays $x$ and $y$ of shape $(B, T)$.
# Row $b$ of $x$ holds the $T$ tokens from place `starts[b]` on, and $y_{bt}$ is
# the token that comes after $x_{bt}$.


# %% tags=["starter"]
def windows(codes, starts, T):
    x = codes[starts[:, None] + np.arange(T)]
    return x, x  # what comes after each?


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

few = np.array([7, 3, 5, 0, 2, 9, 4])
x, y = windows(few, np.array([3, 0]), 3)
expect_close(
    x,
    [[0, 2, 9], [7, 3, 5]],
    what="x of windows of 3 tokens from places 3 and 0 of 7 3 5 0 2 9 4",
    hint="one row for each start, in the order of the starts",
)
expect_close(
    y,
    [[2, 9, 4], [3, 5, 0]],
    what="y of the same windows",
    hint="each answer stands one place after its question",
)

# %% [markdown]
# /// hint
#
# Take windows of $T + 1$ tokens. All but the last of each are questions, all but
# the first are answers.
# ///
#
# /// solution


# %% tags=["solution"]
def windows(codes, starts, T):
    taken = codes[starts[:, None] + np.arange(T + 1)]
    return taken[:, :-1], taken[:, 1:]


# %% [markdown]
# ///
# ////
#
# ### Rivals first
#
# Before you train anything, find out what it has to beat. A model that states
# the probability $p_t$ for the letter that came at place $t$ is surprised by
# $-\ln p_t$ *nats*. The mean over a text is the loss, its exponential the
# [perplexity](../probability/information.md#perplexity): so many letters, all
# alike, would surprise as much. An n-gram is a table of what followed the last
# $n - 1$ letters. Each gets the best of three discounts, by the text for
# choosing ([a fair rival](../learning/attention.md#a-text-and-a-fair-rival)).

# %%
rivals = {}
for order in (2, 3, 4):
    tables = [
        fit_ngram(seen, order=order, num_symbols=29, discount=d)
        for d in (0.3, 0.5, 0.7)
    ]
    best = min(tables, key=lambda table: table.cross_entropy(choosing))
    rivals[order] = np.exp(best.cross_entropy(testing))
    print(f"order {order}: {rivals[order]:5.2f}, {best.table.size:,} numbers")

# %% [raw] tags=["output"]
# order 2: 10.19, 841 numbers
# order 3:  6.12, 24,389 numbers
# order 4:  4.15, 707,281 numbers

# %% [markdown]
# Two marks to remember: the bigram, which sees one letter, and the trigram, which
# sees two. A model that looks back at all has to get below the first.
#
# ## Step 2. Letters become rows, and rows look back
#
# A number such as 7 has no meaning to compute with. So each of the $k$
# characters gets a row of $w$ numbers of its own, to be learned: the
# *embedding* $E$ $(k, w)$. What follows treats rows as a set, so a second row,
# of waves, is added that says *where* a letter stands
# ([order has to be put in](../learning/attention.md#order-has-to-be-put-in)).
# Here are all parameters of the model, in one dictionary of arrays.

# %%
from derivable.linalg import positional_encoding

T, k, w, f = 12, 29, 32, 64


def start(rng):
    """Random parameters: one block, f hidden units; E and U at its ends."""
    drawn = init_transformer(k, width=w, num_blocks=1, rng=rng, hidden=f)
    return drawn.pop("blocks")[0] | drawn


begin = start(np.random.default_rng(0))
for group in (["E", "U"], ["Wq", "Wk", "Wv", "Wo"], ["W1", "W2"]):
    print(*(f"{name} {begin[name].shape} " for name in group))
size = sum(array.size for array in begin.values())
print(f"{size:,} numbers in all")

# %% [raw] tags=["output"]
# E (29, 32)  U (32, 29)
# Wq (32, 32)  Wk (32, 32)  Wv (32, 32)  Wo (32, 32)
# W1 (32, 64)  W2 (64, 32)
# 10,336 numbers in all

# %%
x, y = windows(seen, np.array([0, 1000]), T)
X = begin["E"][x] + positional_encoding(T, w)
print(x.shape, "become", X.shape)

# %% [raw] tags=["output"]
# (2, 12) become (2, 12, 32)

# %% [markdown]
# *Attention* lets a row fetch from other rows. Each row asks with its query, a
# row of $Q$ $(T, d)$, offers its key, a row of $K$ $(T, d)$, and gives its
# value, a row of $V$ $(T, d)$. How well query $i$ and key $j$ fit is the score $S_{ij}$, and a
# softmax makes weights of each row of scores, which sum to 1:
#
# $$
# S = \frac{1}{\sqrt d} \, Q K^\T , \qquad P = \softmax(S) , \qquad O = P V
# $$
#
# Row $i$ has to predict letter $i + 1$. If it could look at that letter, it
# would learn to copy its answer. So the **causal mask** sets
# $S_{ij} = -\infty$ for $j > i$, *before* the softmax: then the weight is exactly 0, and the others
# still sum to 1.
#
# //// exercise | Look back, not ahead
#     name: transformer-attend
#
# Write `attend(Q, K, V)`: the pair $O$, $P$ with the causal mask, for arrays of
# shape $(T, d)$ or $(B, T, d)$. The book's engine is to differentiate what you
# write, so make new arrays, and write into none. `book.softmax` works along the
# last axis.


# %% tags=["starter"]
def attend(Q, K, V):
    S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    P = book.softmax(S)
    return P @ V, P


# %% tags=["check"]
import numpy as np

import derivable.calculus as book
from derivable.grading import expect_close
from derivable.linalg import attention

V = np.array([[6.0], [0.0], [3.0]])
O, P = attend(np.zeros((3, 2)), np.ones((3, 2)), V)
expect_close(
    P,
    [[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]],
    what="the weights of three rows whose scores are all alike",
    hint="row i may see rows 1 to i, itself too, and no other; rows sum to 1",
)
expect_close(
    O,
    [[6.0], [3.0], [3.0]],
    what="the result for the values 6, 0, 3 with these weights",
    hint="row i of P V is a mean of the values that row i may see",
)
chance = np.random.default_rng(0)
Q, K, V = chance.normal(size=(3, 2, 5, 4))
O, P = attend(Q, K, V)
expect_close(
    O,
    attention(Q, K, V, mask=np.tri(5, dtype=bool)),
    what="attention of two texts of five rows",
    hint="each score is divided by the root of d, the length of a query",
)
expect_close(P.sum(axis=-1), np.ones((2, 5)), what="the sums of the weights")
far = np.array([[900.0], [-900.0]])
expect_close(
    attend(far, far, np.eye(2))[1],
    np.eye(2),
    what="the weights for scores of nearly a million",
    hint="a softmax must not take the exponential of a large number",
)
expect_close(
    book.grad(lambda V: np.sum(attend(Q, K, V)[0]))(V),
    np.broadcast_to(P.sum(axis=-2)[..., None], V.shape),
    what="the derivative of the sum of O for V, by the book's engine",
    hint="a row of V counts as much as the weights in its column of P",
)

# %% [markdown]
# /// hint
#
# `np.tri(T, dtype=bool)` is True on and below the diagonal.
# `np.where(mask, S, -np.inf)` keeps the scores that are allowed.
# ///
#
# /// solution


# %% tags=["solution"]
def attend(Q, K, V):
    S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    mask = np.tri(Q.shape[-2], dtype=bool)
    P = book.softmax(np.where(mask, S, -np.inf))
    return P @ V, P


# %% [markdown]
# ///
# ////
#
# ## Step 3. The way back through attention
#
# The book's engine will differentiate the whole model. This one step you do by
# hand, because it shows what a head can learn from. Write $\delta_A$ for the
# gradient of the loss $L$ for an array $A$, of the shape of $A$. Walk back
# through three maps.
#
# - $O = P V$ is a product. As for every product,
#   $\delta_V = P^\T \delta_O$ and $\delta_P = \delta_O V^\T$.
# - The softmax of a row $s$ with the weights $p$ has
#   $\partial p_j / \partial s_i = p_j (\delta_{ij} - p_i)$, where this
#   $\delta_{ij}$ is 1 if $i = j$, else 0. By the chain rule the gradient for $s_i$ is
#   $\sum_j g_j\, p_j (\delta_{ij} - p_i) = p_i \left( g_i - \sum_j g_j p_j \right)$,
#   where $g$ is that row of $\delta_P$.
# - $S = Q K^\T / \sqrt d$ is a product again:
#   $\delta_Q = \delta_S K / \sqrt d$, and $\delta_K = \delta_S^\T Q / \sqrt d$.
#
# Where the mask forbids, $p_i$ is 0, and the second line gives 0: the mask
# needs no rule of its own. For a whole array this is
# \eqref{claim:rows-adjoint}. A weight near 0 lets almost nothing pass, so a
# head that has decided where to look hardly learns to look elsewhere.
#
# //// exercise | Attention, backwards
#     name: transformer-back
#
# Write `attend_back(Q, K, V, P, dO)`: the gradients for $Q$, $K$ and $V$, from
# the weights `P` and `dO`, the gradient for $O$. Shapes are $(T, d)$ or
# $(B, T, d)$.


# %% tags=["starter"]
def attend_back(Q, K, V, P, dO):
    dV = np.swapaxes(P, -1, -2) @ dO
    dP = dO @ np.swapaxes(V, -1, -2)
    dS = dP * P * (1 - P)  # as if each weight had its score alone
    dS = dS / np.sqrt(Q.shape[-1])
    return dS @ K, np.swapaxes(dS, -1, -2) @ Q, dV


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

chance = np.random.default_rng(1)
Q, K = chance.normal(size=(2, 5, 3))
V, dO = chance.normal(size=(2, 5, 4))
found = attend_back(Q, K, V, attend(Q, K, V)[1], dO)
for key, mine, by_steps, hint in [
    (
        "V",
        found[2],
        numerical_gradient(lambda A: np.sum(dO * attend(Q, K, A)[0]), V),
        "O = P V: which of the two is transposed, and on which side?",
    ),
    (
        "Q",
        found[0],
        numerical_gradient(lambda A: np.sum(dO * attend(A, K, V)[0]), Q),
        "subtract the row's sum of dP P before you multiply by P; root of d",
    ),
    (
        "K",
        found[1],
        numerical_gradient(lambda A: np.sum(dO * attend(Q, A, V)[0]), K),
        "a key is a column of the scores: transpose dS",
    ),
]:
    expect_close(
        mine,
        by_steps,
        what=f"the gradient for {key}, against differences",
        rtol=1e-6,
        atol=1e-7,
        hint=hint,
    )
pair = [np.stack([A, 2 * A]) for A in (Q, K, V, dO)]
both = attend_back(*pair[:3], attend(*pair[:3])[1], pair[3])
for key, mine, one in zip("QKV", both, found, strict=True):
    expect_close(mine[0], one, what=f"for {key}, of the first of two texts")

# %% [markdown]
# /// hint
#
# The sum over $j$ is a sum over the last axis: `np.sum(dP * P, axis=-1,
# keepdims=True)`.
# ///
#
# /// solution


# %% tags=["solution"]
def attend_back(Q, K, V, P, dO):
    dV = np.swapaxes(P, -1, -2) @ dO
    dP = dO @ np.swapaxes(V, -1, -2)
    dS = P * (dP - np.sum(dP * P, axis=-1, keepdims=True))
    dS = dS / np.sqrt(Q.shape[-1])
    return dS @ K, np.swapaxes(dS, -1, -2) @ Q, dV


# %% [markdown]
# ///
# ////


# %%
def head_sum(*rows):
    return np.sum(np.sin(attend(*rows)[0]))


rng = np.random.default_rng(2)
rows = [*rng.normal(size=(3, 2, T, w))]
O, P = attend(*rows)
by_hand = attend_back(*rows, P, np.cos(O))
by_engine = [book.grad(head_sum, argnum=i)(*rows) for i in range(3)]
print(np.allclose(by_hand, by_engine, rtol=1e-9, atol=1e-12))

# %% [raw] tags=["output"]
# True

# %% [markdown]
# Your formulas and the engine agree. From here on the engine does the work.
#
# ## Step 4. A block reads, computes, and adds
#
# What a layer reads should have the same scale at every depth. So each row is
# *normalised* first: its own mean is subtracted, it is divided by its own
# standard deviation, and a learned scale $g$ and shift $b$, both $(w)$, follow
# ([layer normalisation](../learning/training.md#layer-normalisation)). Then
# the block *adds* what it has computed to the rows $X$ $(T, w)$ that came in.
# It does so twice: attention between rows, then two dense layers on each row
# alone. With $N$ for the normalised rows, by $g_1$ and $b_1$,
#
# $$
# A = X + \operatorname{attend}(N W_q,\, N W_k,\, N W_v) \, W_o ,
# $$
#
# $$
# Y = A + \relu(M W_1 + c_1) W_2 + c_2 ,
# $$
#
# where $M$ is $A$ normalised by $g_2$ and $b_2$. Why add? On the sum itself
# the gradient passes unchanged, so the way to $E$ stays open however many
# blocks there are. And at the start, when the branches are small, a block does
# little harm.


# %%
def layer_norm(X, g, b):
    """Each row (the last axis) with mean 0 and variance 1; scaled, shifted."""
    C = X - np.mean(X, axis=-1, keepdims=True)
    v = np.mean(C * C, axis=-1, keepdims=True)
    return g * C / np.sqrt(v + 1e-5) + b


# %% [markdown]
# //// exercise | A block
#     name: transformer-block
#
# Write `block(p, X)` for $X$ of shape $(B, T, w)$. The dictionary `p` has `g1`,
# `b1`, `Wq`, `Wk`, `Wv`, `Wo`, `g2`, `b2`, `W1`, `c1`, `W2` and `c2`.


# %% tags=["starter"]
def block(p, X):
    N = layer_norm(X, p["g1"], p["b1"])
    O, _ = attend(N @ p["Wq"], N @ p["Wk"], N @ p["Wv"])
    M = layer_norm(O @ p["Wo"], p["g2"], p["b2"])
    return np.maximum(M @ p["W1"] + p["c1"], 0.0) @ p["W2"] + p["c2"]


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.learning.attention.passes import block as library_block

chance = np.random.default_rng(3)
some = {
    name: chance.normal(size=shape)
    for name, shape in {
        **dict.fromkeys(["Wq", "Wk", "Wv", "Wo"], (4, 4)),
        **dict.fromkeys(["g1", "b1", "g2", "b2", "c2"], (4,)),
        "W1": (4, 6),
        "c1": (6,),
        "W2": (6, 4),
    }.items()
}
given = chance.normal(size=(2, 5, 4)) + 1
nothing = {"W2": np.zeros((6, 4)), "c2": np.zeros(4)}
expect_close(
    block(some | nothing | {"Wo": np.zeros((4, 4))}, given),
    given,
    what="a block whose two branches give zeros",
    hint="each branch is added to what came in: X + …, then A + …",
)
expect_close(
    block(some | nothing, given),
    library_block(some | nothing, given, 1)[0],
    what="a block whose second branch gives zeros",
    hint="queries, keys and values are made of the normalised rows",
)
expect_close(
    block(some, given),
    library_block(some, given, 1)[0],
    what="a block",
    hint="the second branch reads A, normalised by g2 and b2; relu is inside",
)

# %% [markdown]
# /// hint
#
# Give the sum after attention a name of its own: the second branch reads it,
# and is added to it.
# ///
#
# /// solution


# %% tags=["solution"]
def block(p, X):
    N = layer_norm(X, p["g1"], p["b1"])
    O, _ = attend(N @ p["Wq"], N @ p["Wk"], N @ p["Wv"])
    A = X + O @ p["Wo"]
    M = layer_norm(A, p["g2"], p["b2"])
    return A + np.maximum(M @ p["W1"] + p["c1"], 0.0) @ p["W2"] + p["c2"]


# %% [markdown]
# ///
# ////
#
# That is the whole of it. Rows go in, the block adds to them, a last norm, and
# $U$ $(w, k)$ makes a score for each character at each place. One run gives
# $T$ predictions. None has seen its answer, which a derivative can show: change
# the letter at one place, and only scores from there on move.


# %%
def forward(p, x):
    """Scores of the next token at each place, shape (B, T, k)."""
    X = p["E"][x] + positional_encoding(x.shape[1], p["E"].shape[1])
    return layer_norm(block(p, X), p["g"], p["b"]) @ p["U"]


Z = forward(begin, x)
other = x.copy()
other[:, 7] = (x[:, 7] + 1) % k
moved = np.abs(forward(begin, other) - Z).max(axis=(0, 2)) > 1e-9
print(Z.shape, moved.astype(int))

# %% [raw] tags=["output"]
# (2, 12, 29) [0 0 0 0 0 0 0 1 1 1 1 1]

# %% [markdown]
# ## Step 5. A loss in nats
#
# The scores $z$ $(k)$ of one place state the probabilities $p = \softmax(z)$.
# Let $u$ $(k)$ be 1 at the character that came and 0 elsewhere. Its surprise is
# minus the logarithm of its share, $\ln \sum_i e^{z_i} - u^\T z$.
# Differentiate: the first term gives $e^{z_i} / \sum_j e^{z_j}$, the second
# gives $u$. So
#
# $$
# \nabla_z \left( \ln\left( \sum_{i=1}^{k} e^{z_i} \right) - u^\T z \right) = p - u .
# \label{claim:transformer-surprise}
# $$
#
# What was stated, minus what came: the gradient of every language model begins
# with this difference.
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.calculus import softmax
#
#
# def draw(rng):
#     k = int(rng.integers(2, 6))
#     z, y = rng.normal(size=k), int(rng.integers(k))
#     return {"z": z, "u": np.eye(k)[y], "p": softmax(z), "k": k}
# ```
# ///
#
# //// exercise | The mean surprise
#     name: transformer-surprise
#
# Write `surprise(Z, y)`, in nats: the mean surprise over all places, for scores
# $Z$ $(B, T, k)$ and the characters $y$ $(B, T)$ that came. Scores may be large. The engine has to get through: `book.log_softmax(Z)` works along the
# last axis, and a Boolean array may multiply.


# %% tags=["starter"]
def surprise(Z, y):
    hit = y[..., None] == np.arange(Z.shape[-1])
    P = book.softmax(Z)
    return -np.log(np.mean(np.sum(P * hit, axis=-1)))


# %% tags=["check"]
import numpy as np

import derivable.calculus as book
from derivable.grading import expect_close

expect_close(
    surprise(np.zeros((2, 3, 5)), np.array([[0, 1, 2], [3, 4, 0]])),
    np.log(5),
    what="the surprise of scores that are all alike, of 5 characters",
    hint="natural logarithms, and the mean over all places",
)
scores = np.log(np.array([[0.5, 0.25, 0.25], [0.9, 0.05, 0.05]]))
expect_close(
    surprise(scores[None], np.array([[1, 0]])),
    -(np.log(0.25) + np.log(0.9)) / 2,
    what="the surprise for the shares 0.25 and 0.9 of what came",
    hint="the mean of logarithms, not the logarithm of a mean",
)
expect_close(
    surprise(np.array([[[2000.0, 0.0]]]), np.array([[1]])),
    2000.0,
    what="the surprise for the scores 2000 and 0, when the second came",
    hint="the share rounds to 0: take log_softmax, not the log of a share",
)
some = np.random.default_rng(4).normal(size=(2, 2, 3))
came = np.array([[0, 2], [1, 1]])
expect_close(
    book.grad(lambda scores: surprise(scores, came))(some),
    (book.softmax(some) - np.eye(3)[came]) / 4,
    what="the gradient for the scores of four places, by the engine",
    hint="shares minus what came, over the number of places",
)

# %% [markdown]
# /// hint
#
# Multiply the logarithms by `hit`, add all up, and divide by the number of
# places, `y.size`.
# ///
#
# /// solution


# %% tags=["solution"]
def surprise(Z, y):
    hit = y[..., None] == np.arange(Z.shape[-1])
    return -np.sum(book.log_softmax(Z) * hit) / y.size


# %% [markdown]
# ///
# ////


# %%
def loss(p, x, y):
    return surprise(forward(p, x), y)


x, y = windows(seen, np.arange(0, 4000, 100), T)
value, slopes = book.value_and_grad(loss)(begin, x, y)
print(f"{value:.2f} nats, perplexity {np.exp(value):.1f}")
print(sorted(slopes) == sorted(begin), slopes["Wq"].shape)

# %% [raw] tags=["output"]
# 3.91 nats, perplexity 49.7
# True (32, 32)

# %% [markdown]
# An untrained model is worse than guessing, whose perplexity is
# `29`{ .given of="k" at="#step-2-letters-become-rows-and-rows-look-back" }:
# its random scores are sure of something, and wrong. The engine went back
# through everything, and brought a gradient for each array.
#
# ## Step 6. Update, train, compare
#
# The slopes of $U$ are
# `more than ten`{ .claim of="np.std(slopes['U']) / np.std(slopes['Wq'])" says="more than 10" }
# times as large as those of $W_q$, so one rate for all is too large for some or
# too small for others.
# [Adam](../optimization/adaptive.md#adam-and-why-its-averages-are-corrected)
# gives each number a step in units of its own slopes. With the gradient $g_t$ of
# step $t = 1, 2, \dots$, each entry by itself, \eqref{def:adam-moments} keeps
# $m$ and $v$, the running means of $g$ and of $g^2$, with the memories $\beta_1$ and
# $\beta_2$. They begin at 0, and so are too small at first, by the factors
# $1 - \beta_1^t$ and $1 - \beta_2^t$. Divide by those, and step by
# \eqref{def:adam}.

# %%
beta1, beta2, eps = 0.9, 0.99, 1e-8

# %% [markdown]
# //// exercise | One step of Adam
#     name: transformer-adam
#
# Write `adam_step(a, g, m, v, t, rate)` for arrays of one shape: the new array
# and the new $m$ and $v$. Take `beta1`, `beta2` and `eps` as they are above; the
# last is added to the root. What you are given stays as it is.


# %% tags=["starter"]
def adam_step(a, g, m, v, t, rate):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return a - rate * m / (np.sqrt(v) + eps), m, v


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

a, none = np.ones(3), np.zeros(3)
g = np.array([4.0, -0.001, 0.0])
first, m, v = adam_step(a, g, none, none, 1, 0.1)
expect_close(
    first,
    [0.9, 1.1, 1.0],
    what="1 after a first step of rate 0.1, for slopes 4, -0.001 and 0",
    rtol=1e-4,
    hint="a first step is as long as the rate, whatever the slope",
)
expect_close(m, 0.1 * g, what="m after the first step", hint="not corrected")
expect_close(v, 0.01 * g**2, what="v after it, the running mean of squares")
second, m, v = adam_step(first, -g, m, v, 2, 0.1)
expect_close(
    second - first,
    0.1 * np.array([1.0, -1.0, 0.0]) * 0.01 / 0.19,
    what="the second step, when all slopes have turned around",
    rtol=1e-4,
    hint="divide m by 1 - beta1^t and v by 1 - beta2^t, and t is 2 here",
)
tiny = adam_step(none, np.full(3, 1e-8), none, none, 1, 0.1)[0]
expect_close(
    tiny,
    np.full(3, -0.05),
    what="0 after a first step for the slope 1e-8",
    hint="epsilon is added to the root, not under it",
)
expect_close(a, np.ones(3), what="the array that was given, afterwards")
expect_close(none, np.zeros(3), what="the m that was given, afterwards")

# %% [markdown]
# /// hint
#
# Keep `m` and `v` as they are for the next step; the corrected ones are only
# for this one.
# ///
#
# /// solution


# %% tags=["solution"]
def adam_step(a, g, m, v, t, rate):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return a - rate * m_hat / (np.sqrt(v_hat) + eps), m, v


# %% [markdown]
# ///
# ////
#
# Now the loop: windows from random places, forward and loss, backward, update.
# The rate rises in the first steps, while $v$ is known from few gradients only,
# and falls to 0 at the end, so that the noise of the batches dies out
# ([steps](../learning/training.md#steps)).


# %%
def train(p, num_steps, peak, batch_size, rng):
    """The parameters after the last step, and the loss before each."""
    m = {name: np.zeros_like(a) for name, a in p.items()}
    v = {name: np.zeros_like(a) for name, a in p.items()}
    p, losses = dict(p), []
    for t in range(1, num_steps + 1):
        starts = rng.integers(len(seen) - T, size=batch_size)
        x, y = windows(seen, starts, T)
        value, g = book.value_and_grad(loss)(p, x, y)
        losses.append(value)
        fall = (1 + np.cos(np.pi * t / num_steps)) / 2
        rate = peak * min(t / 20, 1) * fall
        for name in p:
            p[name], m[name], v[name] = adam_step(
                p[name], g[name], m[name], v[name], t, rate
            )
    return p, np.array(losses)


num_steps = 300
trained, losses = train(begin, num_steps, 0.03, 24, np.random.default_rng(0))
print(f"perplexity of batches: {np.exp(losses[0]):.0f}", end=" ")
print(f"at first, {np.exp(losses[-30:].mean()):.1f} at last")

# %% [raw] tags=["output"]
# perplexity of batches: 47 at first, 8.5 at last

# %% [markdown]
# ### Is it better than counting?
#
# Batches are text that it has seen. Measure on the part that it has not. Which
# window should answer for a letter? At the start of a window the model knows
# nothing of what came before, and a table of counts has no such handicap. So
# let windows overlap by half, and take each letter from the first window that
# predicts it: there it has the most letters before it.


# %%
def mean_surprise(p, codes):
    """Nats a letter, over all letters but the first."""
    last = len(codes) - 1 - T
    starts = np.append(np.arange(0, last, T // 2), last)
    x, y = windows(codes, starts, T)
    logs = book.log_softmax(forward(p, x))
    nats = -np.take_along_axis(logs, y[..., None], -1)
    _, first = np.unique(starts[:, None] + np.arange(T), return_index=True)
    return nats.ravel()[first].mean()


yours = np.exp(mean_surprise(trained, testing))
longer = np.exp(token_cross_entropy(larger, testing, num_heads=4, context=32))
print(f"yours, after 300 steps:   {yours:.1f}")
print(f"larger, after 6000 steps: {longer:.1f}")
for order, rival in rivals.items():
    print(f"order {order}: {rival:5.2f}", end="  ")
    print(f"yours is better: {yours < rival!s:5} ", end=" ")
    print(f"the larger one: {longer < rival}")

pairs = np.zeros((k, k))
np.add.at(pairs, (testing[:-1], testing[1:]), 1)
pairs = pairs[pairs.sum(axis=1) > 0]
shares = pairs / pairs.sum(axis=1, keepdims=True)
hits = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
hindsight = np.exp(-np.sum(pairs * hits) / pairs.sum())
print(f"the best of all bigrams, in hindsight: {hindsight:.1f}")

# %% [raw] tags=["output"]
# yours, after 300 steps:   8.3
# larger, after 6000 steps: 3.9
# order 2: 10.19  yours is better: True   the larger one: True
# order 3:  6.12  yours is better: False  the larger one: True
# order 4:  4.15  yours is better: False  the larger one: True
# the best of all bigrams, in hindsight: 9.7

# %% tags=["picture"]
smooth = np.exp(losses.reshape(-1, 10).mean(axis=1))
fig, ax = plt.subplots(figsize=(5.6, 3.4))
ax.semilogy(np.arange(5, num_steps, 10), smooth, color="C0")
ax.plot(num_steps, yours, "o", color="C0")
for i, (order, name) in enumerate({2: "bigram", 3: "trigram"}.items(), 1):
    ax.axhline(rivals[order], color=f"C{i}", ls="--")
    ax.text(num_steps, rivals[order] * 1.03, name, color=f"C{i}", ha="right")
ax.set_yticks([6, 10, 20, 30], ["6", "10", "20", "30"])
ax.minorticks_off()
ax.set(xlabel="step", ylabel="perplexity", ylim=(5.5, 40))

# %% [markdown]
# /// figure | transformer-training
#     alt: Perplexity against steps, on a logarithmic axis, falls steeply from more than twenty, crosses the dashed line of the bigram and levels off above that of the trigram. A dot at the end, measured on new text, lies between the two lines.
#
# Within a few hundred steps it passes the bigram. It does not reach the trigram.
# (The curve is from batches, ten steps together; the dot and the lines are from
# new text.)
# ///
#
# Be honest about it. Does the model use more than the last letter? The table of
# the pairs of the measured text *itself* is the best of all bigrams for it,
# known only in hindsight, and after
# `300`{ .given of="num_steps" } steps the model is better than that one too. So
# it does. (Other seeds end a few per cent higher or lower, still below.) It has
# *not* learned to use two letters as well as a table of counts.
# That takes longer: the larger one, of the same kind, beats the table of order
# four, with
# `27,072`{ .claim of="sum(a.size for q in larger['blocks'] for a in q.values()) + sum(larger[s].size for s in 'EgbU')" }
# numbers. And the table of order five of the [text generator](markov.md) is
# better again: the book repeats its phrases, and a long table remembers them.
#
# ## Step 7. Let it write, and look inside
#
# The last row of scores says what may come next. Draw, append, ask again, with
# the last $T$ letters as the window. A *temperature* $\tau > 0$ divides the
# scores before the softmax, \eqref{def:temperature}. Below 1 it favours what
# is likely anyway, above 1 it evens out. For $\tau \to 0$ the largest score
# takes all.
#
# //// exercise | Shares at a temperature
#     name: transformer-temperature
#
# Write `tempered(z, tau)`: the distribution, for scores `z` of shape $(k)$ and a
# temperature that may be as small as a millionth.


# %% tags=["starter"]
def tempered(z, tau):
    share = book.softmax(z) / tau
    return share / share.sum()


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

z = np.log(np.array([0.2, 0.3, 0.5]))
expect_close(tempered(z, 1.0), [0.2, 0.3, 0.5], what="shares at temperature 1")
expect_close(
    tempered(z, 0.5),
    np.array([4, 9, 25]) / 38,
    what="the shares 0.2, 0.3, 0.5 at temperature 1/2",
    hint="divide the scores, not the shares: half of it squares the shares",
)
expect_close(
    tempered(z, 2.0),
    np.sqrt([2, 3, 5]) / np.sqrt([2, 3, 5]).sum(),
    what="the same shares at temperature 2",
    hint="a high temperature evens out",
)
expect_close(
    tempered(np.array([3.0, 5.0, 4.0]), 1e-6),
    [0.0, 1.0, 0.0],
    what="the shares for scores 3, 5, 4 at temperature 1e-6",
    hint="no exponential of a large number: softmax subtracts the largest",
)

# %% [markdown]
# /// hint
#
# One call of `book.softmax`.
# ///
#
# /// solution


# %% tags=["solution"]
def tempered(z, tau):
    return book.softmax(z / tau)


# %% [markdown]
# ///
# ////


# %%
def write(p, prompt, length, tau, rng):
    letters = list(encode_text(prompt))
    for _ in range(length):
        z = forward(p, np.array([letters[-T:]]))[0, -1]
        letters.append(rng.choice(k, p=tempered(z, tau)))
    return decode_tokens(letters)


for tau in (0.5, 1.0, 2.0):
    rng = np.random.default_rng(3)
    print(f"{tau}: {write(trained, 'the gradient ', 50, tau, rng)}")

# %% [raw] tags=["output"]
# 0.5: the gradient and and the one is dat itand the the the the the m
# 1.0: the gradient agrid. brand orverie what moas art perogrgiters th
# 2.0: the gradient adrm jidn. mhiswcnm, yfhsher rharwaqlquatmnsbsubul

# %% [markdown]
# At the low temperature it repeats its most frequent words, in the middle it
# makes up what sounds like words, and at the high one hardly that. It has nothing
# to say: that is how a perplexity of this size reads. A lower temperature is not
# a better model, only a more cautious writer.
#
# ### Look inside
#
# The weights $P$ are there to be looked at, and it is tempting to read reasons
# from them. So look, and then *test* what you have read. First the look: the
# mean of $P$ over windows of new text.

# %%
starts = np.arange(len(testing) - T)
x, y = windows(testing, starts, T)


def weights(p, x):
    X = p["E"][x] + positional_encoding(T, w)
    N = layer_norm(X, p["g1"], p["b1"])
    return attend(N @ p["Wq"], N @ p["Wk"], N @ p["Wv"])[1]


looks = weights(trained, x[::10]).mean(axis=0)
row = looks[-1][::-1]  # of the last letter, by how far back
print(row.round(2))

# %% [raw] tags=["output"]
# [0.25 0.42 0.2  0.07 0.02 0.01 0.01 0.   0.   0.   0.   0.  ]

# %% [markdown]
# This is the last row, from the letter itself backwards. Nearly all of the weight
# lies on that letter and the three before it. So one reads: the model looks at
# the last few letters, and at no others.
#
# If it is so, two things must follow. Letters further back must hardly lower
# the surprise. The answer at place $t$ of a window has seen $t$ letters, so
# compare places. And *where* it looks must matter. Set $W_q$ to 0, and all
# scores are 0, so that every row looks alike at all that it may see. Set $W_o$ to
# 0, and what is fetched never arrives.

# %%
logs = book.log_softmax(forward(trained, x))
nats = -np.take_along_axis(logs, y[..., None], -1)[..., 0]
by_place = np.exp(nats.mean(axis=0))
print("letters seen, 1 to 6:", by_place[:6].round(1))
print("and 7 to 12:         ", by_place[6:].round(1))
for name in ("Wq", "Wo"):
    without = trained | {name: np.zeros_like(trained[name])}
    print(f"without {name}: {np.exp(mean_surprise(without, testing)):.1f}")

# %% [raw] tags=["output"]
# letters seen, 1 to 6: [10.9  8.7  8.4  8.3  8.3  8.2]
# and 7 to 12:          [8.2 8.2 8.2 8.2 8.3 8.4]
# without Wq: 10.7
# without Wo: 11.2

# %% tags=["picture"]
fig, (left, right) = plt.subplots(1, 2, figsize=(7.0, 3.2))
edges = (0.5, T + 0.5, T + 0.5, 0.5)
left.imshow(looks, cmap="viridis", vmin=0, extent=edges)
left.set_xticks([1, 4, 8, 12])
left.set_yticks([1, 4, 8, 12])
left.grid(visible=False)
left.set(xlabel="place looked at", ylabel="place that looks")
right.plot(np.arange(1, T + 1), by_place, "o-", color="C0", ms=4)
for i, (order, name) in enumerate({2: "bigram", 3: "trigram"}.items(), 1):
    right.axhline(rivals[order], color=f"C{i}", ls="--")
    right.text(T, rivals[order] + 0.15, name, color=f"C{i}", ha="right")
right.set_xticks([1, 4, 8, 12])
right.set(xlabel="letters seen", ylabel="perplexity")

# %% [markdown]
# /// figure | transformer-inside
#     alt: Left, a square of mean weights, dark above the diagonal, bright in a narrow band just below it, and dark again further below. Right, perplexity against the number of letters that were seen: it begins above the dashed line of the bigram, falls until the third letter, and is flat from there on, above the line of the trigram.
#
# It looks at the last few letters, and what stands further back hardly helps.
# ///
#
# Both came true: from the third letter on little is gained, and without its way
# of looking the model is worse than a bigram. (The rest of it has learned to
# rely on that; a model trained without might do better.) The picture alone would
# not have shown it. A weight says how much of a value is taken, not whether
# anything depends on it.
#
# ## Step 8. One gradient, many workers
#
# A larger model needs more than one machine. The loss is a mean over places,
# so its gradient is one too, and a mean can be taken in parts. Give worker $i$
# a share of the windows with $n_i$ places, let it find the gradient
# $g_i$ of its own mean loss, and
#
# $$
# \nabla L = \frac{\sum_i n_i \, g_i}{\sum_i n_i} ,
# $$
#
# by \eqref{claim:weighted-average}. This is exact, up to rounding, under two
# conditions: the loss is a *mean over samples*, and no sample looks at
# another. Rows of one window do look at each other, so a window must not be cut.
# Layer normalisation keeps to itself; normalising over the batch would not.
#
# //// exercise | The mean of the workers
#     name: transformer-average
#
# Write `average(gradients, counts)`: a dictionary of arrays from a list of such
# dictionaries, one for each worker, and the number of places of each. Workers
# may have different numbers, and what they sent stays as it is.


# %% tags=["starter"]
def average(gradients, counts):
    return {
        name: sum(g[name] for g in gradients) / len(gradients)
        for name in gradients[0]
    }


# %% tags=["check"]
import numpy as np

import derivable.calculus as book
from derivable.grading import expect_close, expect_equal

sent = [
    {"E": np.array([4.0, 0.0]), "U": np.array([[8.0]])},
    {"E": np.array([0.0, 4.0]), "U": np.array([[0.0]])},
]
got = average(sent, [3, 1])
expect_equal(sorted(got), ["E", "U"], what="the names of the average")
expect_close(
    got["E"],
    [3.0, 1.0],
    what="the average of [4, 0], of 3 places, and [0, 4], of 1",
    hint="a worker counts as much as it has places, and it is a mean",
)
expect_close(got["U"], [[6.0]], what="the average of [[8]] and [[0]]")
expect_close(sent[0]["E"], [4.0, 0.0], what="what worker 1 sent, afterwards")
asked, came = windows(seen, np.arange(0, 700, 100), T)
cut = [slice(0, 4), slice(4, 6), slice(6, 7)]
wanted = book.grad(loss)(begin, asked, came)
got = average(
    [book.grad(loss)(begin, asked[i], came[i]) for i in cut],
    [came[i].size for i in cut],
)
for key in wanted:
    expect_close(
        got[key],
        wanted[key],
        what=f"the gradient for {key} of 7 windows, from 4, 2 and 1",
        rtol=1e-7,
        atol=1e-11,
        hint="weigh each gradient by its count over the sum of all counts",
    )

# %% [markdown]
# /// hint
#
# `zip(gradients, counts, strict=True)` pairs them. Divide by `sum(counts)`.
# ///
#
# /// solution


# %% tags=["solution"]
def average(gradients, counts):
    n = sum(counts)
    pairs = list(zip(gradients, counts, strict=True))
    return {
        name: sum(c / n * g[name] for g, c in pairs) for name in gradients[0]
    }


# %% [markdown]
# ///
# ////


# %%
def off(found, right):
    """The norm of the difference of two gradients, in parts of the right."""
    apart = [found[name] - right[name] for name in right]
    return np.sqrt(
        sum(np.sum(d * d) for d in apart)
        / sum(np.sum(a * a) for a in right.values())
    )


x, y = windows(seen, np.arange(0, 2400, 100), T)
parts = np.split(np.arange(24), [16, 22])
shared = [book.grad(loss)(trained, x[i], y[i]) for i in parts]
whole = book.grad(loss)(trained, x, y)
counts = [y[i].size for i in parts]
print("exact up to rounding:", off(average(shared, counts), whole) < 1e-12)
print(f"plain mean, off by {off(average(shared, [1, 1, 1]), whole):.0%}")

# %% [raw] tags=["output"]
# exact up to rounding: True
# plain mean, off by 79%

# %% [markdown]
# Why check the gradient, and not whether the loss falls? Because training
# forgives. Take the *sum* in place of the mean, the most frequent mistake: it
# is as many times too large as there are workers, here three of equal size.
# Adam divides that factor out again, and you would never know.


# %%
def first_step(g):
    """How far Adam's first step moves each number."""
    return {
        name: adam_step(0.0, a, 0.0, 0.0, 1, 0.01)[0] for name, a in g.items()
    }


thrice = {name: 3 * a for name, a in whole.items()}
print(f"gradient off by {off(thrice, whole):.0%}")
print("Adam's step off by less than 1 %:", end=" ")
print(off(first_step(thrice), first_step(whole)) < 0.01)

# %% [raw] tags=["output"]
# gradient off by 200%
# Adam's step off by less than 1 %: True

# %% [markdown]
# The workers so far were a loop. Here they are processes on your machine, of a
# local cluster by Dask
# ([on a real engine](../learning/distributed.md#on-a-real-engine)). Each reads
# its own part of the text; parameters go out, gradients come back, and no text
# travels. After ten steps the parameters are those of one machine with all of
# the windows. The script uses the library's model, which is the same as yours,
# as you will see.

# %% tags=["notest"] reason="a cluster of processes does not run in a browser; the tests of this book run this block"
import os

import numpy as np
from distributed import Client, LocalCluster

from derivable.learning import (
    average_gradient,
    book_text,
    encode_text,
    init_transformer,
    transformer_gradient,
)

COUNTS, T = [16, 8], 12  # windows of each worker, and their length


def load(worker):
    """The windows of a worker, from its own part of the text."""
    codes = encode_text(book_text())[:120_000]
    part = np.split(codes, len(COUNTS))[worker]
    rng = np.random.default_rng(worker)
    starts = rng.integers(len(part) - T, size=COUNTS[worker])
    return part[starts[:, None] + np.arange(T + 1)]


def gradient(p, x):
    loss, g = transformer_gradient(p, x, num_heads=1)
    return loss, g, os.getpid()


def descend(p, g, rate=0.3):
    q, h = p["blocks"][0], g["blocks"][0]
    moved = {name: p[name] - rate * g[name] for name in "EgbU"}
    return moved | {"blocks": [{s: q[s] - rate * h[s] for s in q}]}


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    begin = init_transformer(29, width=32, num_blocks=1, rng=rng, hidden=64)
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        Client(cluster) as client,
    ):
        names = list(client.scheduler_info()["workers"])
        data = [
            client.submit(load, i, workers=[name])
            for i, name in enumerate(names)
        ]
        p, used = begin, set()
        for _ in range(10):
            jobs = [
                client.submit(gradient, p, d, workers=[name], pure=False)
                for d, name in zip(data, names, strict=True)
            ]
            _, parts, processes = zip(*client.gather(jobs), strict=True)
            used.update(processes)
            p = descend(p, average_gradient(parts, COUNTS))

    x, alone, losses = np.concatenate([load(0), load(1)]), begin, []
    for _ in range(10):
        loss, g, _ = gradient(alone, x)
        losses.append(loss)
        alone = descend(alone, g)
    assert len(used) == 2
    assert os.getpid() not in used
    assert losses[-1] < losses[0] - 0.3
    for name in "EgbU":
        assert np.allclose(p[name], alone[name], rtol=1e-9, atol=1e-10)
    for name, array in alone["blocks"][0].items():
        there = p["blocks"][0][name]
        assert np.allclose(there, array, rtol=1e-9, atol=1e-10)

# %% [markdown]
# ## Against the library
#
# The library's transformer keeps its block in a list, and goes back by formulas
# from end to end, where you had an engine. Same parameters, same windows:

# %%
from derivable.learning import (
    average_gradient,
    next_distribution,
    transformer,
    transformer_gradient,
)
from derivable.optimization import adam

ENDS = ("E", "g", "b", "U")


def nested(p):
    """Your dictionary, as the library keeps it."""
    inner = {name: a for name, a in p.items() if name not in ENDS}
    return {name: p[name] for name in ENDS} | {"blocks": [inner]}


def flat(q):
    return {name: q[name] for name in ENDS} | q["blocks"][0]


theirs = nested(trained)
Z = forward(trained, x)
print("scores:", np.allclose(Z, transformer(theirs, x, num_heads=1)))
taken = np.column_stack([x, y[:, -1]])
value, formulas = transformer_gradient(theirs, taken, num_heads=1)
print("loss:", np.isclose(value, loss(trained, x, y), rtol=1e-12))
print("gradient:", off(whole, flat(formulas)) < 1e-12)
held = token_cross_entropy(theirs, testing, num_heads=1, context=T)
print("perplexity:", np.isclose(yours, np.exp(held), rtol=1e-12))

# %% [raw] tags=["output"]
# scores: True
# loss: True
# gradient: True
# perplexity: True

# %%
g, rule = whole["Wq"], adam(0.01, beta2=0.99)
state = {name: np.zeros_like(g) for name in rule.state}
m = v = np.zeros_like(g)
here = there = trained["Wq"]
for t in (1, 2, 3):
    here, m, v = adam_step(here, t * g, m, v, t, 0.01)
    there = there + rule.step(there, t * g, state, 0.01, t)
print("three steps of Adam:", np.allclose(here, there, rtol=1e-12))
z = Z[0, -1]
same = next_distribution(z, temperature=0.5)
print("temperature:", np.allclose(tempered(z, 0.5), same, rtol=1e-12))
by_library = flat(average_gradient([nested(h) for h in shared], counts))
print("average:", off(average(shared, counts), by_library) < 1e-12)

# %% [raw] tags=["output"]
# three steps of Adam: True
# temperature: True
# average: True

# %% [markdown]
# What have the large ones that yours has not? Many blocks and many heads;
# tokens that are pieces of words; kept keys, so that a letter costs one row
# instead of a window ([keep what does not
# change](../learning/attention.md#keep-what-does-not-change)); and hardware. The
# four parts of the loop are these.
#
# ## Go further
#
# 1. **Beat the trigram.** Give the model a second block and `attend` several
#    heads, cut as in [several heads](../learning/attention.md#several-heads), and
#    train longer. Choose the rate on the text for choosing, and measure
#    once. Use `transformer_gradient` to be several times faster. After how
#    many steps does each of five seeds get below?
# 2. **All of it by hand.** Go on from `attend_back`: write the ways back of
#    `layer_norm`, `block` and `forward`, each checked against the engine, until
#    nothing is left for the engine to do.
# 3. **Does it need places?** Leave the waves out, train again with five seeds, and
#    compare. Then turn queries and keys by their place instead of adding
#    waves. Which of the three still works in windows longer than those of the training?
# 4. **Lose a worker.** Let one process of the cluster die in the middle of the
#    ten steps, as in [on a real engine](../learning/distributed.md#on-a-real-engine),
#    and show that the parameters at the end are the same. Which part of the script makes
#    that possible?
