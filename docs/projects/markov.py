# ---
# title: A text generator
# description: Build a generator of text from counts of letters, find its entropy and perplexity, and tell whether it writes or quotes.
# builds: forward, loss
# minutes: 100
# ---

# %% [markdown]
# # A text generator
#
# A language model does one thing: from what has been written it states a
# distribution for the next symbol. Draw from it, append, ask again, and it
# writes. In this project you build such a model from nothing but counts, first
# with a memory of one letter, then with more. You measure it in the unit in
# which all language models are measured, and you find out when a longer memory
# stops to help.
#
# ## What you will have at the end
#
# A program that has read this book's prose and goes on with a sentence. Its
# model is a table of what followed what; the book has one, and here it writes
# with a memory of three letters. Yours will remember more, and need no table.

# %%
import matplotlib.pyplot as plt
import numpy as np

from derivable.learning import (
    ALPHABET,
    book_text,
    decode_tokens,
    encode_text,
    fit_ngram,
)

text = book_text()
codes = encode_text(text)
book_model = fit_ngram(codes, order=4, num_symbols=29, discount=0.5)
rng = np.random.default_rng(4)
letters = list(encode_text("the gradient "))
for _ in range(110):
    shares = book_model.table[tuple(letters[-3:])]
    letters.append(rng.choice(29, p=shares))
print(decode_tokens(letters))

# %% [raw] tags=["output"]
# the gradient varithm of ones works, and what what point is cross with functions from the contart. the fail. solve bias it f

# %% [markdown]
# You stand on [entropy](../probability/information.md#surprise-and-its-mean) and
# [perplexity](../probability/information.md#perplexity), on
# [Markov chains](../probability/sampling.md#markov-chains), and on the
# [fair rival](../learning/attention.md#a-text-and-a-fair-rival) of the
# transformer, which is what you build here.
#
# On the page, each step goes on from the book's solutions of the steps before
# it, so you can begin anywhere; in a notebook with blanks, from your answers,
# so fill them in order.
#
# ## Step 1. Count pairs
#
# The text has `144,018`{ .claim of="len(text)" } characters, of an alphabet of
# `29`{ .claim of="len(ALPHABET)" }: space, full stop, comma, and the small
# letters. Nine tenths are there to learn from, the next twentieth chooses, the
# last one measures, once.

# %%
n = len(text)
seen, choosing, testing = np.split(
    np.array(codes), [9 * n // 10, 19 * n // 20]
)
seen_text, choosing_text, testing_text = (
    decode_tokens(part) for part in (seen, choosing, testing)
)
print(len(seen), len(choosing), len(testing))

# %% [raw] tags=["output"]
# 129616 7201 7201

# %% [markdown]
# //// exercise | What follows what
#     name: markov-pairs
#
# Write `pair_counts(x, k)` for a list `x` of codes from $0$ to $k - 1$: an array
# $C$ of shape $(k, k)$, where $C_{ij}$ says how often $j$ came right after $i$.
# No loop over the text is needed.


# %% tags=["starter"]
def pair_counts(x, k):
    C = np.zeros((k, k))
    C[x[:-1], x[1:]] += 1
    return C


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(
    pair_counts(np.array([0, 1, 1, 1, 2, 0, 1]), 3),
    [[0.0, 2.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 0.0]],
    what="pair_counts of 0 1 1 1 2 0 1",
    hint="a pair that comes twice counts twice; row i, column j for i, then j",
)
expect_close(
    pair_counts(np.array([1]), 2),
    np.zeros((2, 2)),
    what="pair_counts of a single symbol",
)

# %% [markdown]
# /// hint
#
# With an index that holds a pair twice, `+=` adds once: NumPy reads, adds, and
# writes. `np.add.at(C, (rows, columns), 1)` adds each time.
# ///
#
# /// solution


# %% tags=["solution"]
def pair_counts(x, k):
    C = np.zeros((k, k))
    np.add.at(C, (x[:-1], x[1:]), 1)
    return C


# %% [markdown]
# ///
# ////

# %%
C = pair_counts(seen, 29)
P = C / C.sum(axis=1, keepdims=True)
q = P[ALPHABET.index("q")]
print("after q:", [c for c, share in zip(ALPHABET, q, strict=True) if share])

# %% [raw] tags=["output"]
# after q: ['r', 'u']

# %% [markdown]
# Each row of $C$, divided by its sum, is a distribution: what follows letter
# $i$, as far as the text tells. These shares are the matrix $P$, of shape
# $(k, k)$. (After q comes u, but for the QR algorithm.)

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 4.6))
shade = ax.imshow(P, vmin=0, vmax=1, cmap="viridis")
names = ["_", *ALPHABET[1:]]
ax.set_xticks(range(29), names)
ax.set_yticks(range(29), names)
ax.tick_params(labelsize=7)
ax.grid(visible=False)
ax.set(xlabel="next, with _ for the space", ylabel="letter")
fig.colorbar(shade, label="share")

# %% [markdown]
# /// figure | markov-pairs
#     alt: A square of shares, one row for each character. Most cells are dark; after q only u is bright, and after a comma or a full stop only the space.
#
# A letter narrows down what follows: most shares are near zero, and after q
# comes u.
# ///
#
# ## Step 2. A chain, and where it settles
#
# Draw the next letter from the row of the last one, and you have a *Markov
# chain*.
#
# How often will it write an e? Let $p$ of shape $(k)$ be the distribution of
# the letter after many steps. If it has settled, a step does not change it:
# $P^\T p = p$. Close the text to a ring, so that the last letter is followed
# by the first. Then each letter is followed as often as it occurs, the rows of
# $C$ have the sums $N_i$, the columns too, and with $p_i = N_i / n$ and
# $P_{ij} = C_{ij} / N_i$
#
# $$
# \sum_{i=1}^{k} p_i P_{ij} = \frac{1}{n} \sum_{i=1}^{k} C_{ij} = p_j .
# \label{claim:markov-ring}
# $$
#
# The shares of the letters are stationary: in the long run the chain uses each
# letter as often as the book does. If every letter can be reached from every
# other, no other distribution is.
#
# /// check
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     k = int(rng.integers(2, 5))
#     x = np.append(np.arange(k), rng.integers(k, size=int(rng.integers(9))))
#     C = np.zeros((k, k))
#     np.add.at(C, (x, np.roll(x, -1)), 1)
#     N = C.sum(axis=1)
#     return {
#         **{"C": C, "P": C / N[:, None], "p": N / len(x), "n": len(x)},
#         **{"N": N, "k": k, "i": 1, "j": int(rng.integers(k)) + 1},
#     }
# ```
# ///
#
# //// exercise | Where a chain settles
#     name: markov-stationary
#
# Write `stationary(P)`: the distribution $p$ of shape $(k)$ that a step leaves
# as it is. You may assume that it is unique. A chain that alternates, between
# the outer states and the middle one, has one as well, although it never
# settles.


# %% tags=["starter"]
def stationary(P):
    p = np.zeros(len(P))
    p[0] = 1
    for _ in range(1000):
        p = P @ p
    return p


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

weather = np.array([[0.8, 0.2], [0.4, 0.6]])
expect_close(
    stationary(weather),
    [2 / 3, 1 / 3],
    what="stationary([[0.8, 0.2], [0.4, 0.6]])",
    hint="the transpose of P times p, and the sum of p is 1",
)
there_and_back = np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [0.0, 1.0, 0.0]])
expect_close(
    stationary(there_and_back),
    [0.25, 0.5, 0.25],
    what="stationary([[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]])",
    hint="do not run the chain: solve P^T p = p with the sum of p",
)
ring = np.array([0, 2, 1, 0, 2, 2, 0, 1, 1, 2, 0, 2])
closed = pair_counts(np.append(ring, ring[0]), 3)
expect_close(
    stationary(closed / closed.sum(axis=1, keepdims=True)),
    np.bincount(ring) / len(ring),
    what="stationary of a text that is closed to a ring",
    hint="it gives the shares of the letters",
)

# %% [markdown]
# /// hint
#
# The equations $(P^\T - I) p = 0$ hold for every multiple of $p$. One row more,
# $1 + 1 + \dots$, with the right-hand side 1, fixes it. `np.linalg.lstsq` solves
# all $k + 1$ of them.
# ///
#
# /// solution


# %% tags=["solution"]
def stationary(P):
    k = len(P)
    A = np.vstack([P.T - np.eye(k), np.ones(k)])
    return np.linalg.lstsq(A, np.append(np.zeros(k), 1.0))[0]


# %% [markdown]
# ///
# ////

# %%
p = stationary(P)
shares = np.bincount(seen, minlength=29) / len(seen)
often = np.argsort(-shares)[:6]
print("most frequent:", [ALPHABET[i] for i in often])
print("in the text:  ", shares[often].round(3))
print("in the chain: ", p[often].round(3))

# %% [raw] tags=["output"]
# most frequent: [' ', 'e', 't', 'a', 'o', 's']
# in the text:   [0.18  0.1   0.081 0.067 0.062 0.06 ]
# in the chain:  [0.18  0.1   0.081 0.067 0.062 0.06 ]

# %% [markdown]
# (The text is no ring, so that its two ends make a difference, of one pair in
# more than a hundred thousand.)
#
# ## Step 3. Draw, append, ask again
#
# A computer draws a uniform number $u$, $0 \le u < 1$. Lay the probabilities
# side by side on the interval from 0 to 1; the symbol is the one whose piece
# holds $u$ ([from uniform numbers](../probability/distributions.md#every-distribution-from-uniform-numbers)).
# Two things go wrong at the edges. A symbol of probability 0 has an empty
# piece, and must never come. And the sum of the probabilities, rounded, may be
# a little less than 1, so that $u$ lies behind the last piece.
#
# //// exercise | Draw a symbol
#     name: markov-draw
#
# Write `draw(p, u)`: the index of the symbol, for a distribution `p` of shape
# $(k)$, possibly off by rounding, and a number `u` with $0 \le u < 1$.


# %% tags=["starter"]
def draw(p, u):
    return np.searchsorted(np.cumsum(p), u)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_equal

for u, wanted in [(0.1, 0), (0.3, 1), (0.45, 1), (0.6, 2), (0.99, 2)]:
    expect_equal(
        int(draw(np.array([0.25, 0.25, 0.5]), u)),
        wanted,
        what=f"draw([0.25, 0.25, 0.5], {u})",
        hint="the pieces end where the cumulative sums are",
    )
expect_equal(
    int(draw(np.array([0.0, 1.0, 0.0]), 0.0)),
    1,
    what="draw([0, 1, 0], 0)",
    hint='an empty piece holds nothing, not even its edge: side="right"',
)
largest = np.nextafter(1.0, 0.0)
expect_equal(
    int(draw(np.full(10, 0.1), largest)),
    9,
    what="draw of ten times 0.1, with the largest number below 1",
    hint="ten times 0.1 sum to less than 1; stretch u to the sum",
)
expect_equal(
    int(draw(np.append(np.full(10, 0.1), 0.0), largest)),
    9,
    what="the same, with a symbol of probability 0 behind",
    hint="stretch u to the sum: cutting the index off hits the empty piece",
)

# %% [markdown]
# /// hint
#
# With `c = np.cumsum(p)`, look for `u * c[-1]`. `np.searchsorted` with
# `side="right"` gives the first place where `c` is larger.
# ///
#
# /// solution


# %% tags=["solution"]
def draw(p, u):
    c = np.cumsum(p)
    return np.searchsorted(c, u * c[-1], side="right")


# %% [markdown]
# ///
# ////
#
# A *rule* takes what has been written, and gives the distribution of the next
# letter. Three of them: all letters alike, the shares of the letters, and the
# chain.


# %%
def write(rule, start, length, rng):
    written = start
    for _ in range(length):
        written += ALPHABET[draw(rule(written), rng.random())]
    return written


def chain(written):
    return P[ALPHABET.index(written[-1])]


uniform = np.full(29, 1 / 29)
for rule in (lambda _: uniform, lambda _: shares, chain):
    print(write(rule, "the ", 60, np.random.default_rng(10)))

# %% [raw] tags=["output"]
# the ydvblaqvjyugnsuybsbxdvfzmgfogqbewoebaeipvtgbkjnhpadtzuvuksnk
# the u,s i oseuselrst p tascvidbmdo atma  aensre gflen arxssrgplf
# the wat m rreve. sst s t. fund omie thabe istin lemboceryotinone

# %% [markdown]
# From line to line it looks more like a language. How much more? That needs a
# number.
#
# ## Step 4. How much surprise is left
#
# Who believes a distribution $p$ and sees symbol $i$ is surprised by
# $-\ln p_i$; the mean is the [entropy](../probability/information.md) $H(p)$. The
# chain's next letter has the distribution $P_i$, row $i$ of $P$, after letter
# $i$, and that letter has the share $p_i$. The mean surprise of a letter, in
# the long run, is the *entropy rate*:
#
# $$
# h = -\sum_{i=1}^{k} p_i \sum_{j=1}^{k} P_{ij} \ln P_{ij}
# \label{def:markov-rate}
# $$
#
# where $0 \ln 0$ is $0$, its limit. There is a second way to it. A pair has
# the probability $J_{ij} = p_i P_{ij}$, and $\ln J_{ij} = \ln p_i + \ln P_{ij}$.
# Take the mean of both sides; as each row of $P$ sums to 1,
#
# $$
# h = H(J) - H(p) .
# \label{claim:markov-rate}
# $$
#
# A letter after its predecessor surprises by what the pair surprises more than
# the first alone.
#
# /// check
#     of: def:markov-rate claim:markov-rate
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.probability import entropy, stationary_distribution
#
#
# def draw(rng):
#     k = int(rng.integers(2, 6))
#     P = rng.dirichlet(np.ones(k), size=k)
#     p = stationary_distribution(P)
#     i, j = (int(v) + 1 for v in rng.integers(k, size=2))
#     return {
#         "h": float(p @ [entropy(row) for row in P]),
#         "H": lambda q: entropy(np.ravel(q)),
#         **{"J": p[:, None] * P, "P": P, "p": p},
#         **{"k": k, "i": i, "j": j},
#     }
# ```
# ///
#
# //// exercise | The entropy rate
#     name: markov-rate
#
# Write `entropy_rate(P, p)` in nats, for a chain `P` with zeros in it and its
# stationary distribution `p`.


# %% tags=["starter"]
def entropy_rate(P, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.sum(P * np.log(P)) / len(P)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

fair = np.full((4, 4), 0.25)
expect_close(
    entropy_rate(fair, np.full(4, 0.25)),
    np.log(4),
    what="the entropy rate of four letters that are drawn alike",
    hint="the natural logarithm, and the mean over rows",
)
cycle = np.eye(3)[[1, 2, 0]]
expect_close(
    entropy_rate(cycle, np.full(3, 1 / 3)),
    0.0,
    what="the entropy rate of a cycle, in which nothing is left to chance",
    hint="0 ln 0 is 0: take the logarithm only where P is positive",
)
mixed = np.array([[0.5, 0.5], [1.0, 0.0]])
expect_close(
    entropy_rate(mixed, np.array([2 / 3, 1 / 3])),
    2 / 3 * np.log(2),
    what="the entropy rate of [[1/2, 1/2], [1, 0]]",
    hint="weigh row i by p_i, how often the chain is there",
)

# %% [markdown]
# /// hint
#
# `np.log(P, out=np.zeros_like(P), where=P > 0)` leaves zeros where it may not
# look. Then `p @ (rows summed)`.
# ///
#
# /// solution


# %% tags=["solution"]
def entropy_rate(P, p):
    logs = np.log(P, out=np.zeros_like(P), where=P > 0)
    return -p @ np.sum(P * logs, axis=1)


# %% [markdown]
# ///
# ////

# %%
single = np.tile(shares, (29, 1))
for name, matrix in [("alike", single * 0 + 1 / 29), ("shares", single)]:
    print(f"{name:6} {np.exp(entropy_rate(matrix, shares)):5.2f} letters")
print(f"chain  {np.exp(entropy_rate(P, p)):5.2f} letters")

# %% [raw] tags=["output"]
# alike  29.00 letters
# shares 17.83 letters
# chain  10.11 letters

# %% [markdown]
# The exponential of an entropy has a meaning that one can see: so many letters,
# all alike, would leave you as unsure. The letter before brings
# `29`{ .claim of="len(P)" } down to
# `10.11`{ .claim of="np.exp(entropy_rate(P, p))" }.
#
# ## Step 5. The unit of language models
#
# Those are entropies of a *model*. What counts is how surprised it is by a text
# that it did not see: the mean of $-\ln p_t$, where $p_t$ is what it gave to the
# letter that came, the [cross-entropy](../learning/attention.md#a-text-and-a-fair-rival)
# \eqref{claim:token-loss}. Its exponential is the *perplexity*. One letter that
# the model held for impossible makes it infinite, and that is just: no length
# of text makes up for it.
#
# //// exercise | Perplexity
#     name: markov-perplexity
#
# Write `perplexity(chances)`, for the probabilities that a model gave to the
# symbols that came, shape $(T)$. It works for a long text, and gives `np.inf`,
# without a warning, if one of them is 0.


# %% tags=["starter"]
def perplexity(chances):
    return np.prod(chances) ** (-1 / len(chances))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

expect_close(
    perplexity(np.array([0.5, 0.125])),
    4.0,
    what="the perplexity of chances 1/2 and 1/8",
    hint="the exponential of the mean of minus the logarithms",
)
expect_close(
    perplexity(np.full(5000, 1 / 29)),
    29.0,
    what="the perplexity of 5000 chances of 1/29",
    hint="add logarithms: a long product is 0 in floating point",
)
with np.errstate(divide="raise", invalid="raise"):
    expect_equal(
        float(perplexity(np.array([0.5, 0.0, 1.0]))),
        np.inf,
        what="the perplexity of chances of which one is 0",
        hint="look for it before you take logarithms",
    )

# %% [markdown]
# /// hint
#
# `np.exp(-np.mean(np.log(chances)))`, after `if np.any(chances == 0)`.
# ///
#
# /// solution


# %% tags=["solution"]
def perplexity(chances):
    if np.any(chances == 0):
        return np.inf
    return np.exp(-np.mean(np.log(chances)))


# %% [markdown]
# ///
# ////

# %%
for name, part in [("seen", seen), ("to choose by", choosing)]:
    print(f"{name}: {perplexity(P[part[:-1], part[1:]]):.2f}")

# %% [raw] tags=["output"]
# seen: 10.11
# to choose by: 10.09

# %% [markdown]
# On the text that it was counted from, the perplexity is the exponential of the
# entropy rate, but for the two ends: both average the same logarithms over the
# same pairs. And of all chains, the counted one has the *lowest* perplexity on
# that text, by
# [Gibbs' inequality](../probability/information.md#the-price-of-a-wrong-belief)
# in each row. So what you measure on the text you counted is the best that can
# be, and need not hold for another text. Here the other text is hardly different:
# there are few pairs, and many letters to count them in. That is about to end.
#
# ## Step 6. A longer memory
#
# One letter is a short memory. Take the last $m$: a *context*. A table with a
# row for each context of five letters would have
# `20,511,149`{ .claim of="29**5" } rows, nearly all of them empty. So keep only
# what occurred, in a dict.
#
# //// exercise | Count every context
#     name: markov-grams
#
# Write `count_grams(text, order)` for a string: a dict from each context of
# length $0$ to `order - 1` to a `Counter` of the characters that followed it.
# The empty context, `""`, is followed by all characters.


# %% tags=["starter"]
from collections import Counter, defaultdict


def count_grams(text, order):
    grams = defaultdict(Counter)
    m = order - 1
    for i in range(m, len(text)):
        grams[text[i - m : i]][text[i]] += 1
    return dict(grams)


# %% tags=["check"]
from derivable.grading import expect_equal

few = count_grams("abab", 3)
expect_equal(
    sorted(few),
    ["", "a", "ab", "b", "ba"],
    what='the contexts of count_grams("abab", 3)',
    hint="all lengths from 0 to 2, and only those that something followed",
)
for context, wanted in {
    "": {"a": 2, "b": 2},
    "a": {"b": 2},
    "b": {"a": 1},
    "ab": {"a": 1},
    "ba": {"b": 1},
}.items():
    expect_equal(
        dict(few[context]),
        wanted,
        what=f'what followed "{context}" in "abab"',
        hint="begin each length where its first context is whole",
    )
expect_equal(
    list(count_grams("abc", 1)),
    [""],
    what='the contexts of count_grams("abc", 1)',
)

# %% [markdown]
# /// hint
#
# One more loop, over the length `m` in `range(order)`. The first character
# that has a context of length `m` stands at place `m`.
# ///
#
# /// solution


# %% tags=["solution"]
from collections import Counter, defaultdict


def count_grams(text, order):
    grams = defaultdict(Counter)
    for m in range(order):
        for i in range(m, len(text)):
            grams[text[i - m : i]][text[i]] += 1
    return dict(grams)


# %% [markdown]
# ///
# ////

# %%
grams = count_grams(seen_text, 6)
for m in (1, 2, 3, 5):
    known = sum(len(context) == m for context in grams)
    places = range(m, len(choosing_text))
    missed = np.mean(
        [
            choosing_text[i] not in grams.get(choosing_text[i - m : i], "")
            for i in places
        ]
    )
    print(f"{m} letters: {known:6,} contexts, {missed:6.2%} never came so")

# %% [raw] tags=["output"]
# 1 letters:     29 contexts,  0.00% never came so
# 2 letters:    488 contexts,  0.22% never came so
# 3 letters:  3,295 contexts,  2.32% never came so
# 5 letters: 26,576 contexts, 22.43% never came so

# %% [markdown]
# The longer the context, the more often the letter that comes never came after
# it. By counts alone, a model with three letters of memory has infinite
# perplexity.
#
# ## Step 7. Give a share to what never came
#
# A model may not rule out what it has not seen. The rule of the
# [attention chapter](../learning/attention.md#a-text-and-a-fair-rival),
# \eqref{def:discounting}, takes a discount $D$, $0 < D < 1$, from each count
# after a context, and gives what it took to the model with one letter less.
# Let a context have $N$ *different* followers with $n$ occurrences in all, and
# letter $c$ come $C$ times. With $b$ for the probability by the shorter
# context, the probability of $c$ is
#
# $$
# \frac{\max(C - D, 0) + D N b}{n} .
# $$
#
# The sum over all letters is 1: $D N$ was taken, and $D N$ is given. A context
# that never occurred has the shorter one's probability, and below the empty
# context all letters are alike. So no letter has probability 0. A context with
# many different followers, where a further one is likely, gives away more.
#
# //// exercise | Discount, and ask the shorter memory
#     name: markov-chance
#
# Write `chance(grams, context, letter, D)`: the probability of `letter` after
# the string `context`, by the counts `grams`. The alphabet has
# `29`{ .claim of="len(ALPHABET)" } characters.


# %% tags=["starter"]
def chance(grams, context, letter, D):
    followers = grams[context]
    return followers[letter] / sum(followers.values())


# %% tags=["check"]
from derivable.grading import expect_close
from derivable.learning import ALPHABET, encode_text, fit_ngram

few = count_grams("abracadabra", 3)
expect_close(
    chance(few, "", "a", 0.5),
    (5 - 0.5 + 0.5 * 5 / 29) / 11,
    what='the chance of "a" after the empty context in "abracadabra"',
    hint="below the empty context each letter has 1/29; N counts kinds",
)
expect_close(
    chance(few, "", "z", 0.5),
    0.5 * 5 / 29 / 11,
    what='the chance of "z", which never came, after the empty context',
    hint="max(C - D, 0): a count of 0 has nothing to give",
)
expect_close(
    chance(few, "zz", "a", 0.5),
    chance(few, "", "a", 0.5),
    what='the chance of "a" after "zz", which never came',
    hint="go on with the context without its first letter",
)
expect_close(
    sum(chance(few, "ra", letter, 0.3) for letter in ALPHABET),
    1.0,
    what='the sum of the chances after "ra"',
    hint="D for each kind of follower was taken, and goes to the shorter one",
)
table = fit_ngram(
    encode_text("abracadabra"), order=3, num_symbols=29, discount=0.3
).table
expect_close(
    [chance(few, "ab", letter, 0.3) for letter in "arz"],
    table[tuple(encode_text("ab"))][encode_text("arz")],
    what='the chances of "a", "r" and "z" after "ab"',
    hint="the shorter context lacks the letter furthest back: context[1:]",
)

# %% [markdown]
# /// hint
#
# Compute the shorter one's probability first: one over the size of the alphabet
# if the context is empty, else `chance` of `context[1:]`. If the context is not in `grams`, that is the
# answer.
# ///
#
# /// solution


# %% tags=["solution"]
def chance(grams, context, letter, D):
    shorter = chance(grams, context[1:], letter, D) if context else 1 / 29
    if context not in grams:
        return shorter
    followers = grams[context]
    kept = max(followers[letter] - D, 0)
    return (kept + D * len(followers) * shorter) / followers.total()


# %% [markdown]
# ///
# ////
#
# How long should the memory be? The text that was put away for choosing says
# it; the text that was counted would always say, longer.


# %%
def text_perplexity(part, order, D=0.7):
    m = order - 1
    return perplexity(
        np.array(
            [
                chance(grams, part[i - m : i], part[i], D)
                for i in range(m, len(part))
            ]
        )
    )


orders = range(1, 7)
on_seen = [text_perplexity(seen_text[:7000], order) for order in orders]
on_new = [text_perplexity(choosing_text, order) for order in orders]
for order in orders:
    print(f"{order}: {on_seen[order - 1]:5.2f} {on_new[order - 1]:5.2f}")
best = orders[int(np.argmin(on_new))]
on_last = text_perplexity(testing_text, best)
print(f"order {best}, on the last part: {on_last:.2f}")

# %% [raw] tags=["output"]
# 1: 17.86 17.43
# 2:  9.96 10.10
# 3:  5.71  6.11
# 4:  3.61  4.15
# 5:  2.77  3.79
# 6:  2.33  3.92
# order 5, on the last part: 3.75

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.2))
for k, (curve, name) in enumerate([(on_seen, "seen"), (on_new, "new")]):
    ax.plot(orders, curve, "o-", color=f"C{k}", ms=4)
    ax.text(6.15, curve[-1], name, color=f"C{k}", va="center")
ax.set(xlabel="order: letters of memory, and one", ylabel="perplexity")
ax.set(xlim=(0.8, 6.9), ylim=(0, 18.5))

# %% [markdown]
# /// figure | markov-orders
#     alt: Perplexity against the order. For the text that was counted it falls to the end. For a new text it falls until order five and rises again.
#
# A longer memory always helps with the text that it holds; with a new one it
# helps until the contexts are too rare.
# ///
#
# ## Step 8. Does it write, or does it quote?
#
# Let it write, with more and more memory.


# %%
def memory(order):
    """The rule of a model with order - 1 letters of memory."""

    def rule(written):
        context = written[len(written) - order + 1 :]
        return np.array([chance(grams, context, c, 0.7) for c in ALPHABET])

    return rule


written = {}
for order in (2, 3, 4, 6):
    rng = np.random.default_rng(0)
    written[order] = write(memory(order), "the gradient ", 1500, rng)
    print(f"{order}: {written[order][:64]}")

# %% [raw] tags=["output"]
# 2: the gradient pe atsereto t s thbe aris yshequbondestemapeat. ati
# 3: the gradient of arthe ur ter the a ror, witioneadest, ble, an th
# 4: the gradient of alty mus the slope one wrong but its of its of t
# 6: the gradient of a third are condition. you needed. the pmf one s

# %% [markdown]
# The more it remembers, the better it reads. But a generator that copies whole
# sentences reads best of all. Whoever judges a model by its samples has to ask
# how much of them was there before.
#
# //// exercise | Share of quotes
#     name: markov-quotes
#
# Write `quoted(written, source, length)`: the share of all runs of `length`
# characters of `written`, overlapping ones too, that stand in `source` somewhere.
# A text that is shorter than that quotes nothing.


# %% tags=["starter"]
def quoted(written, source, length):
    pieces = [written[i : i + length] for i in range(0, len(written), length)]
    return np.mean([piece in source for piece in pieces])


# %% tags=["check"]
from derivable.grading import expect_close

expect_close(
    quoted("abcdx", "zabcdz", 3),
    2 / 3,
    what='quoted("abcdx", "zabcdz", 3)',
    hint="the runs are abc, bcd and cdx: they overlap, and none is shorter",
)
expect_close(
    quoted("ababx", "ab", 2),
    0.5,
    what='quoted("ababx", "ab", 2)',
    hint="each run counts, also one that came before: ab, ba, ab, bx",
)
expect_close(quoted("abc", "abc", 3), 1.0, what='quoted("abc", "abc", 3)')
expect_close(
    quoted("ab", "ab", 3),
    0.0,
    what='quoted("ab", "ab", 3), which has no run of three',
    hint="ask for the number of runs first",
)

# %% [markdown]
# /// hint
#
# There are `len(written) - length + 1` runs. A set of all runs of the source
# makes each look-up fast, but `in` is right as well.
# ///
#
# /// solution


# %% tags=["solution"]
def quoted(written, source, length):
    def runs(s):
        return [s[i : i + length] for i in range(len(s) - length + 1)]

    known = set(runs(source))
    found = [run in known for run in runs(written)]
    return np.mean(found) if found else 0.0


# %% [markdown]
# ///
# ////
#
# The number needs something to compare with: a book repeats itself. How many
# runs of the book's *new* text stand in the part that was counted?

# %%
lengths = [4, 8, 12, 16, 20, 24]
share = {
    name: [quoted(part, seen_text, length) for length in lengths]
    for name, part in [
        *((f"order {order}", part) for order, part in written.items()),
        ("the book", testing_text),
    ]
}
for name, values in share.items():
    print(f"{name:8}", " ".join(f"{value:4.2f}" for value in values))
starts = range(len(seen) - 19)
kinds = len({seen_text[i : i + 20] for i in starts})
print(f"different runs of 20, of all: {kinds / len(starts):.2f}")

# %% [raw] tags=["output"]
# order 2  0.45 0.01 0.00 0.00 0.00 0.00
# order 3  0.80 0.07 0.00 0.00 0.00 0.00
# order 4  0.98 0.27 0.03 0.00 0.00 0.00
# order 6  1.00 0.68 0.19 0.03 0.00 0.00
# the book 0.97 0.52 0.16 0.05 0.02 0.01
# different runs of 20, of all: 0.99

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.6, 3.2))
for k, (name, values) in enumerate(share.items()):
    line = "--" if name == "the book" else "-"
    ax.plot(lengths, values, line, color=f"C{k}", marker="o", ms=4, label=name)
ax.set_xticks(lengths)
ax.set(xlabel="length of a run", ylabel="share that was there before")
ax.legend(loc="upper right")

# %% [markdown]
# /// figure | markov-quotes
#     alt: Share of runs that occur in the text that was counted, against their length. All curves fall to nearly zero. The more memory, the higher the curve; order six lies above the book's own new text, which is dashed, at a length of eight, and below it from sixteen on.
#
# With more memory it quotes more, but only runs that are little longer than
# its memory; long ones it quotes less than the book does.
# ///
#
# Of runs of eight letters, order six quotes
# `68`{ .claim of="100 * share['order 6'][1]" } in a hundred; the book itself
# repeats `52`{ .claim of="100 * share['the book'][1]" }. So the fluency is made of
# pieces that were read, and the pieces are put together anew. A memory of twenty
# letters would not do that: of a hundred such runs in the counted text,
# `99`{ .claim of="100 * kinds / len(starts)" } are different, so
# nearly every context has one follower, and the model could only quote.
#
# ## Against the library
#
# The pieces, one by one: the chain's stationary distribution by a method that
# subtracts nothing, the entropy rate as a conditional entropy of pairs, the
# model of order five by arrays of whole numbers.

# %%
from derivable.learning import ngram_cross_entropy
from derivable.probability import conditional_entropy, stationary_distribution

print("stationary:", np.allclose(p, stationary_distribution(P), atol=1e-12))
pairs = stationary_distribution(P)[:, None] * P
by_pairs = conditional_entropy(pairs.T)
print("entropy rate:", np.isclose(entropy_rate(P, p), by_pairs, rtol=1e-9))
nats = ngram_cross_entropy(
    seen, testing, order=5, num_symbols=29, discount=0.7
)
ours = text_perplexity(testing_text, 5)
print("perplexity:", np.isclose(ours, np.exp(nats), rtol=1e-9))

# %% [raw] tags=["output"]
# stationary: True
# entropy rate: True
# perplexity: True

# %% [markdown]
# And a witness from another world. A model is a code, and a code is a model
# ([codes](../probability/information.md#codes-what-entropy-buys)): with
# arithmetic coding, a text of $T$ letters takes $T \log_2$ of the perplexity
# bits, and less than two more [@cover2006, section 13.3]. So a compressor is a
# rival. How many bits does it add for the last part, when it has had the first?
# (zlib looks back over `about a quarter`{ .claim of="2**15 / len(seen)" } of it, bz2
# over all.)

# %%
import bz2
import zlib

first, both = seen_text.encode(), (seen_text + testing_text).encode()
bits = np.log2(ours)
print(f"your model: {bits:.2f} bits a letter")
for name, compress in [("zlib", zlib.compress), ("bz2", bz2.compress)]:
    more = len(compress(both, 9)) - len(compress(first, 9))
    print(f"{name} needs more:", bits < 8 * more / len(testing))

# %% [raw] tags=["output"]
# your model: 1.91 bits a letter
# zlib needs more: True
# bz2 needs more: True

# %% [markdown]
# ## Go further
#
# 1. **Choose the discount too.** Try several discounts for each order, by the
#    text for choosing. Does the best order change? Then give each order a
#    discount of its own.
# 2. **Words in place of letters.** Count words, with one symbol for words that
#    were met once. Its perplexity is not comparable with that of letters: why,
#    and which number is?
#    ([perplexities of different symbols](../learning/attention.md#mistake-symbols))
# 3. **Write a compressor.** Arithmetic coding narrows an interval by the chance
#    of each letter, and sends a number in the last one. With whole numbers
#    instead of floats it is exact. Compare the length with the bits above.
# 4. **Against a transformer.** Measure the book's trained
#    [transformer](../learning/attention.md#writing) on the last part and by
#    `quoted`. With how many numbers does each of the two models do it?
