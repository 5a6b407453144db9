# ---
# title: Bayes at work
# description: Build a filter that learns from counts, an exact A/B test and a bandit, and measure honestly what each of them is worth.
# builds: forward, loss
# minutes: 110
# ---

# %% [markdown]
# # Bayes at work
#
# Three jobs, one theorem. A filter reads a passage and says how probably it
# is what you do not want. A test says which of two buttons is better, and what
# it would cost to be wrong. A bandit decides while it still learns. You build
# all three on counts, without a single gradient, and you find out where the
# probabilities that they state can be believed.
#
# ## What you will have at the end
#
# A classifier of passages, among other things. Mail that one may print is
# rare, so the text is this book's own: the part on probability plays the
# spam, all other parts are what you want to read. A passage is two sentences
# that follow each other in one chapter. The text has no headings, so the data
# begin with the sentence at which each chapter starts.

# %%
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from derivable.learning import book_text
from derivable.linalg import bag_of_words
from derivable.probability import multinomial_nb

STARTS = {
    "foundations": [0, 21, 86, 141],
    "linear algebra": [210, 313, 407, 506, 561],
    "calculus": [676, 718, 799, 851, 888, 971],
    "probability": [1043, 1107, 1177, 1262, 1342],
    "optimization": [1417, 1551, 1639, 1716, 1783, 1832],
    "learning": [1938, 2016, 2068],
}
sentences = book_text().split(". ")
starts = [start for part in STARTS.values() for start in part]
ends = [*starts[1:], len(sentences)]

passages, y, chapter = [], [], []
for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
    for i in range(start, end - 1, 2):
        passages.append(" ".join(sentences[i : i + 2]))
        y.append(int(start in STARTS["probability"]))
        chapter.append(k)
y, chapter = np.array(y), np.array(chapter)
print(f"{len(y)} passages of {len(starts)} chapters, {y.mean():.0%} spam")

# %% [raw] tags=["output"]
# 1047 passages of 29 chapters, 18% spam

# %% [markdown]
# With the book's library, on the words that occur most, the finished filter
# reads three sentences that are in no chapter.

# %%
common = Counter(" ".join(passages).replace(",", "").split())
frequent = [word for word, _ in common.most_common(300)]
model = multinomial_nb(bag_of_words(passages, frequent)[0], y, alpha=0.5)
new = [
    "the mean of a sample, and how sure you can be of it",
    "a test says yes or no, and errs in one of twenty cases",
    "the slope of a function at a point is a limit",
]
P = model.predict_proba(bag_of_words(new, frequent)[0])
for text, p in zip(new, P[:, 1], strict=True):
    print(f"{p:.2f}  {text}")

# %% [raw] tags=["output"]
# 0.91  the mean of a sample, and how sure you can be of it
# 0.24  a test says yes or no, and errs in one of twenty cases
# 0.00  the slope of a function at a point is a limit

# %% [markdown]
# It is right about the first and the last, and misses the second. How much it
# is worth is a question of its own, and takes two of the eight steps.
#
# You stand on [Bayes' theorem](../probability/bayes.md#words) for the filter,
# on [posteriors in closed form](../probability/estimation.md#posteriors-in-closed-form)
# for the test, on [costs of decisions](../learning/classification.md#right-and-wrong-decisions)
# for both, and on [information](../probability/information.md) for the limit
# that no bandit beats.
#
# On the page, each step goes on from the book's solutions of the steps before
# it, so you can begin anywhere; in a notebook with blanks, from your answers,
# so fill them in order.
#
# ## Step 1. Count words
#
# For a *bag of words*, order is forgotten: a text is a row of counts, one for
# each word of a fixed vocabulary. A word outside it is left out, for a reason
# that the filter needs: at work it will meet words that it never saw.
#
# //// exercise | Fill the bag
#     name: inference-bag
#
# Write `bag(texts, vocabulary)`: the counts, an array of shape $(n, d)$ for
# $n$ texts and $d$ words. The texts hold small letters, spaces and commas.
# Words are whole: the *art* in *part* does not count.


# %% tags=["starter"]
def bag(texts, vocabulary):
    X = np.zeros((len(texts), len(vocabulary)))
    for i, text in enumerate(texts):
        for j, word in enumerate(vocabulary):
            X[i, j] = text.count(word)
    return X


# %% tags=["check"]
from derivable.grading import expect_close

expect_close(
    bag(["a part of the art", "of course"], ["art", "of"]),
    [[1.0, 1.0], [0.0, 1.0]],
    what="bag of two texts, for the words art and of",
    hint="split the text into words first; part is not art",
)
expect_close(
    bag(["no, no, no"], ["no", "yes"]),
    [[3.0, 0.0]],
    what="bag of a text with one word three times, with commas",
    hint="count each time, and take the commas off first",
)
expect_close(
    bag(["new words", ""], ["old"]),
    [[0.0], [0.0]],
    what="bag of a text of unknown words, and of an empty text",
    hint="a word that is not in the vocabulary is left out",
)

# %% [markdown]
# /// hint
#
# A dict from each word to its column finds the place at once. For each word of
# `text.replace(",", " ").split()` add one, if the dict has it.
# ///
#
# /// solution


# %% tags=["solution"]
def bag(texts, vocabulary):
    column = {word: j for j, word in enumerate(vocabulary)}
    X = np.zeros((len(texts), len(vocabulary)))
    for i, text in enumerate(texts):
        for word in text.replace(",", " ").split():
            if word in column:
                X[i, column[word]] += 1
    return X


# %% [markdown]
# ///
# ////
#
# Before anything is counted, a part of the passages is put away. One half is
# there to learn from, a quarter to choose by, and the last quarter is looked
# at once. The vocabulary is that of the first half.

# %%
shuffled = np.random.default_rng(0).permutation(len(y))
learning, choosing, testing = np.split(
    shuffled, [len(y) // 2, 3 * len(y) // 4]
)
vocabulary = sorted(
    {w for i in learning for w in passages[i].replace(",", " ").split()}
)
X = bag(passages, vocabulary)
print(X.shape, f"{np.mean(X > 0):.1%} of the counts are not zero")

# %% [raw] tags=["output"]
# (1047, 1920) 1.1% of the counts are not zero

# %% [markdown]
# ## Step 2. Learn by counting
#
# Naive Bayes takes the words of a text for independent draws, given its class.
# So a class $c$ is a distribution $\theta_c$ of shape $(d)$ over the
# vocabulary, and learning is counting: the share of each word among the words
# of the class. A word that a class never had would veto every text that has
# it, so $\alpha$ is added to each count, as if every word had been seen
# $\alpha$ times before: equation \eqref{def:smoothing}. The prior of a class
# is its share of the *texts*.
#
# //// exercise | Shares of words
#     name: inference-learn
#
# Write `learn(X, y, alpha)`. It gives two arrays of logarithms: of the shares
# of the classes 0 and 1 among the texts, shape $(2)$, and of the smoothed
# shares of the words in each class, shape $(2, d)$.


# %% tags=["starter"]
def learn(X, y, alpha):
    N = np.array([X[y == c].sum(axis=0) for c in (0, 1)])
    prior = np.array([np.mean(y == 0), np.mean(y == 1)])
    return np.log(prior), np.log(N / N.sum(axis=1, keepdims=True) + alpha)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

X_small = np.array([[2.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 3.0]])
y_small = np.array([0, 1, 0])
prior, theta = learn(X_small, y_small, 0.5)
expect_close(
    np.exp(prior),
    [2 / 3, 1 / 3],
    what="the shares of the classes among three texts",
    hint="count texts, not words, and take the logarithm",
)
expect_close(
    np.exp(theta).sum(axis=1),
    [1.0, 1.0],
    what="the sums of the shares of the words in each class",
    hint="alpha goes to every word: divide by the sum after it was added",
)
expect_close(
    np.exp(theta),
    [[3.5 / 8.5, 0.5 / 8.5, 4.5 / 8.5], [0.2, 0.6, 0.2]],
    what="the smoothed shares of the words, with alpha 0.5",
    hint="(count + alpha) / (words of the class + alpha d)",
)
expect_close(
    np.exp(learn(X_small, 1 - y_small, 2.0)[1][1]),
    [5 / 13, 2 / 13, 6 / 13],
    what="the same for class 1, with classes exchanged and alpha 2",
    hint="use the alpha that is given, and row c for class c",
)

# %% [markdown]
# /// hint
#
# Add `alpha` to `N` first. Each row of the sum, divided by its total, is a
# distribution.
# ///
#
# /// solution


# %% tags=["solution"]
def learn(X, y, alpha):
    N = np.array([X[y == c].sum(axis=0) for c in (0, 1)]) + alpha
    prior = np.array([np.mean(y == 0), np.mean(y == 1)])
    return np.log(prior), np.log(N / N.sum(axis=1, keepdims=True))


# %% [markdown]
# ///
# ////
#
# ## Step 3. From weights to a probability
#
# By Bayes' theorem the odds of spam are the odds before, times one factor for
# each word. In logarithms that is a sum with one weight for each word,
# $w_j = \ln \theta_{1j} - \ln \theta_{0j}$, equation \eqref{claim:linear}: the
# log-odds of a text with counts $x$ are $z = w^\T x + \ln P(1) - \ln P(0)$. A
# product of hundreds of small numbers would be 0 in floating point; the sum is
# harmless. The probability is the sigmoid of $z$.
#
# //// exercise | State a probability
#     name: inference-chance
#
# Write `log_odds(model, X)`, where `model` is what `learn` gives, and
# `chance(z)`, the probability that belongs to log-odds. Both give shape $(n)$.
# Log-odds of a thousand are no accident: `chance` has to bear them without a
# warning.


# %% tags=["starter"]
def log_odds(model, X):
    prior, theta = model
    return X @ (theta[1] - theta[0])  # is that all you know?


def chance(z):
    return np.exp(z) / (1 + np.exp(z))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.probability import posterior

shares = np.array([[0.5, 0.3, 0.2], [0.1, 0.3, 0.6]])
before = np.array([0.75, 0.25])
texts = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [0.0, 0.0, 0.0]])
ours = log_odds((np.log(before), np.log(shares)), texts)
likely = [np.prod(shares**x, axis=1) for x in texts]
after = [posterior(before, one)[0][1] for one in likely]
expect_close(
    ours,
    np.log(after) - np.log1p(-np.array(after)),
    what="log_odds of three short texts, the last one empty",
    hint="a text without words leaves the odds of the prior",
)
expect_close(chance(ours), after, what="the chance of the same texts")
with np.errstate(over="raise", invalid="raise"):
    expect_close(
        chance(np.array([-1000.0, 0.0, 1000.0])),
        [0.0, 0.5, 1.0],
        what="chance of log-odds of -1000, 0 and 1000",
        hint="half of 1 + tanh(z / 2) is the sigmoid, and never overflows",
    )

# %% [markdown]
# /// hint
#
# Add `prior[1] - prior[0]`. For the sigmoid, $e^z / (1 + e^z)$ is
# $\frac12 (1 + \tanh \frac z2)$: multiply above and below by $e^{-z/2}$.
# ///
#
# /// solution


# %% tags=["solution"]
def log_odds(model, X):
    prior, theta = model
    return X @ (theta[1] - theta[0]) + prior[1] - prior[0]


def chance(z):
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# ///
# ////
#
# The choice of $\alpha$ is a question for the passages that were put away for
# choosing. The measure is the log loss, the mean of minus the logarithm of the
# probability that was stated for what came true; for log-odds $z$ it is the
# mean of $\ln(1 + e^z) - y z$. Who states the share of spam every time has a
# log loss as well, and that is the number to beat.


# %%
def log_loss(z, y):
    return np.mean(np.logaddexp(0.0, z) - y * z)


alphas = [0.03, 0.1, 0.3, 0.5, 1.0, 3.0]
losses = []
for alpha in alphas:
    z = log_odds(learn(X[learning], y[learning], alpha), X[choosing])
    losses.append(log_loss(z, y[choosing]))
    print(f"alpha {alpha}: {losses[-1]:.2f}")
alpha = alphas[int(np.argmin(losses))]
print("chosen:", alpha)

# %% [raw] tags=["output"]
# alpha 0.03: 0.74
# alpha 0.1: 0.60
# alpha 0.3: 0.50
# alpha 0.5: 0.48
# alpha 1.0: 0.55
# alpha 3.0: 1.19
# chosen: 0.5

# %%
model = learn(X[learning], y[learning], alpha)
z = log_odds(model, X[testing])
before = model[0][1] - model[0][0]
right = np.mean((z > 0) == y[testing])
print(f"right: {right:.2f}, never spam: {np.mean(y[testing] == 0):.2f}")
print(
    f"log loss: {log_loss(z, y[testing]):.2f},",
    f"the share alone: {log_loss(before, y[testing]):.2f}",
)

# %% [raw] tags=["output"]
# right: 0.88, never spam: 0.79
# log loss: 0.38, the share alone: 0.52

# %% tags=["picture"]
w = model[1][1] - model[1][0]
order = np.argsort(w, kind="stable")
strongest = [*order[:9], *order[-9:]]

fig, ax = plt.subplots(figsize=(5.6, 4.0))
for place, j in enumerate(strongest):
    ax.barh(place, w[j], color="C1" if w[j] > 0 else "C0")
    side = "right" if w[j] > 0 else "left"
    ax.text(-0.1 * np.sign(w[j]), place, vocabulary[j], ha=side, va="center")
ax.set(xlabel="weight of one occurrence, in log-odds", yticks=[])

# %% [markdown]
# /// figure | inference-words
#     alt: Bars of eighteen words. Nine point left, with words such as gradient or slope; nine point right, with words such as prior, posterior or density.
#
# The filter is a list of weights, and you can read it: these words speak most
# for either side.
# ///
#
# ## Step 4. Decide, by what mistakes cost
#
# A probability is not yet a decision. Say that a false alarm costs you $a$,
# because you have to look for the passage, and a miss costs $m$. For a passage
# that is spam with probability $p$, calling it costs $(1 - p) a$ on average,
# and letting it pass costs $p m$. Call it if that is cheaper:
#
# $$
# (1 - p) a < p m \Leftrightarrow p > \frac{a}{a + m}
# \label{claim:inference-threshold}
# $$
#
# Where the two are equal, both decisions cost the same, and you are free.
#
# /// check
#
# ``` {.python .formula}
# def draw(rng):
#     return {
#         "p": rng.uniform(),
#         "a": rng.uniform(0.1, 9),
#         "m": rng.uniform(0.1, 9),
#     }
# ```
# ///
#
# //// exercise | Call it or not
#     name: inference-decide
#
# Write `decide(p, alarm, miss)`: true where a passage with probability `p` is
# to be called spam, shape $(n)$. And `cost(called, y, alarm, miss)`: what the
# decisions `called` cost in all, if `y` is what the passages are.


# %% tags=["starter"]
def decide(p, alarm, miss):
    return p > 0.5


def cost(called, y, alarm, miss):
    return np.sum(called != y)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

stated = np.array([0.05, 0.15, 0.2, 0.45, 0.9])
for alarm, miss, wanted in [
    (1.0, 1.0, [False, False, False, False, True]),
    (1.0, 5.0, [False, False, True, True, True]),
    (9.0, 1.0, [False, False, False, False, False]),
    (0.2, 1.8, [False, True, True, True, True]),
]:
    expect_equal(
        np.asarray(decide(stated, alarm, miss)).tolist(),
        wanted,
        what=f"decide of {stated} with costs {alarm} and {miss}",
        hint="call it where (1 - p) alarm is less than p miss",
    )
calls = np.array([True, True, False, False, False])
truth = np.array([1, 0, 1, 1, 0])
expect_close(
    cost(calls, truth, 1.0, 5.0),
    11.0,
    what="the cost of one false alarm of 1 and two misses of 5",
    hint="a false alarm was called and is no spam; a miss is the reverse",
)

# %% [markdown]
# /// hint
#
# Compare with the threshold of \eqref{claim:inference-threshold}. A false
# alarm is `called & (y == 0)`.
# ///
#
# /// solution


# %% tags=["solution"]
def decide(p, alarm, miss):
    return p > alarm / (alarm + miss)


def cost(called, y, alarm, miss):
    alarms, misses = called & (y == 0), ~called & (y == 1)
    return alarm * np.sum(alarms) + miss * np.sum(misses)


# %% [markdown]
# ///
# ////

# %%
truth, stated = y[testing], chance(z)
for name, called in [
    ("never called", stated > 1),
    ("always called", stated >= 0),
    ("at one half", decide(stated, 1, 1)),
    ("by the costs", decide(stated, 1, 5)),
]:
    print(f"{name:13} costs {cost(called, truth, 1, 5):.0f}")

# %% [raw] tags=["output"]
# never called  costs 275
# always called costs 207
# at one half   costs 131
# by the costs  costs 93

# %% tags=["picture"]
edges = np.linspace(-24, 12, 25)

fig, ax = plt.subplots(figsize=(5.6, 3.2))
for label, name in [(0, "to be read"), (1, "spam")]:
    ax.hist(
        np.clip(z[truth == label], -24, 12),
        edges,
        histtype="step",
        color=f"C{label}",
        label=name,
    )
ax.axvline(0, color="C7", ls=":")
ax.axvline(-np.log(5), color="C2", ls="--", label="a miss costs five")
ax.set(xlabel="log-odds of a test passage", ylabel="passages")
ax.legend(loc="upper right")

# %% [markdown]
# /// figure | inference-scores
#     alt: Two histograms of log-odds of test passages. Those to be read heap up left of zero, spam lies around and right of zero, and they overlap. A dashed line left of zero has most of the spam on its right.
#
# The classes overlap, so every threshold makes mistakes; the dashed one makes
# the cheaper ones.
# ///
#
# ## Step 5. Would it know a chapter that it never saw?
#
# The passages were shuffled, so for nearly every test passage the filter had
# learned from its neighbours: the same chapter, the same examples, the same
# words. That measures how well it completes a chapter that it half knows. If
# it is to sort *new* chapters, the test has to leave out whole ones.
#
# //// exercise | Leave a chapter out
#     name: inference-unseen
#
# Write `unseen(X, y, group, alpha)`: the log-odds of each text, shape $(n)$,
# each by a model that learned from all texts of *other* groups. `group` has
# shape $(n)$.


# %% tags=["starter"]
def unseen(X, y, group, alpha):
    z = np.zeros(len(y))
    for g in np.unique(group):
        out = group == g
        z[out] = log_odds(learn(X, y, alpha), X[out])
    return z


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

chance_of = np.random.default_rng(1)
X_some = chance_of.integers(0, 4, size=(12, 5)).astype(float)
y_some = np.array([0, 1] * 6)
groups = np.array([3, 3, 7, 7, 9, 9, 3, 3, 7, 7, 9, 9])
found = unseen(X_some, y_some, groups, 0.5)
changed = y_some.copy()
changed[groups == 7] = 1 - changed[groups == 7]
expect_close(
    unseen(X_some, changed, groups, 0.5)[groups == 7],
    found[groups == 7],
    what="the log-odds of a group after its own labels were exchanged",
    hint="a group may not learn from its own labels",
)
rest = groups != 9
expect_close(
    found[~rest],
    log_odds(learn(X_some[rest], y_some[rest], 0.5), X_some[~rest]),
    what="the log-odds of a group",
    hint="learn from all texts that are not in it",
)

# %% [markdown]
# /// hint
#
# Give `learn` the rows where `out` is false.
# ///
#
# /// solution


# %% tags=["solution"]
def unseen(X, y, group, alpha):
    z = np.zeros(len(y))
    for g in np.unique(group):
        out = group == g
        z[out] = log_odds(learn(X[~out], y[~out], alpha), X[out])
    return z


# %% [markdown]
# ///
# ////

# %%
z_new = unseen(X, y, chapter, alpha)
right_new = np.mean((z_new > 0) == y)
print(f"right: {right_new:.2f}, never spam: {np.mean(y == 0):.2f}")
print(
    f"log loss: {log_loss(z_new, y):.2f},",
    f"the share alone: {log_loss(np.log(y.mean() / (1 - y.mean())), y):.2f}",
)
sure = chance(z_new) > 0.9
print(f"of what is spam with 0.9 or more: {np.mean(y[sure]):.2f}")

# %% [raw] tags=["output"]
# right: 0.82, never spam: 0.82
# log loss: 0.68, the share alone: 0.47
# of what is spam with 0.9 or more: 0.56

# %% [markdown]
# On chapters that it never saw, the filter is no better than one that lets all
# pass, and its probabilities are worse than the share alone. A new chapter
# brings words of its own, and each word that is known counts as new evidence,
# although the words of a passage go together
# ([what the assumption costs](../probability/bayes.md#what-the-assumption-costs)).
# So it is sure, and wrong. (The vocabulary and $\alpha$ are still those of
# steps 1 and 3, which looked into all chapters. A stricter test would choose
# them without the chapter that is left out.)
#
# What `0.88`{ .claim of="right" } on shuffled passages tells you depends on
# your question. To sort further passages of known chapters, it is the answer.
# To sort new chapters, it is a mistake, and a frequent one: pages of one site,
# patients of one hospital, mails of one sender [@kaufman2012]. The rule: **leave
# out what will be new.**
#
# ## Step 6. Which button is better?
#
# Now a question with few words. Button A was shown to
# `500`{ .claim of="shown" at="below" } visitors and got
# `40`{ .claim of="clicks_a" at="below" } clicks, button B as often and got
# `57`{ .claim of="clicks_b" at="below" }. With a flat prior the posterior of a
# rate is a Beta, clicks and failures plus one, by
# \eqref{claim:beta-posterior}. The [chapter](../probability/estimation.md#tests)
# finds by drawing how probably B is better. Here you find it exactly.
#
# Let A have parameters $a, b > 0$, and B whole numbers $c, d \ge 1$. Of
# $n = c + d - 1$ independent uniform numbers, the $c$-th smallest has the
# density $\propto x^{c-1} (1 - x)^{d-1}$: one number lies at $x$, with $c - 1$
# below it and $d - 1$ above. That is the Beta of B. So $\theta_B > x$ just if
# fewer than $c$ of the $n$ numbers lie below $x$, and how many do is binomial:
#
# $$
# P(\theta_B > x) = \sum_{i=0}^{c-1} \binom{n}{i} x^i (1 - x)^{n-i}
# $$
#
# Now let $x$ be $\theta_A$, and take the mean. The mean of
# $\theta_A^i (1 - \theta_A)^{n-i}$ is a quotient of two integrals, with
# $B(s, t) = \int_0^1 x^{s-1} (1 - x)^{t-1} \dd x$:
#
# $$
# P(\theta_B > \theta_A) = \sum_{i=0}^{c-1} \binom{n}{i}
# \frac{B(a + i, b + n - i)}{B(a, b)}
# \label{claim:inference-better}
# $$
#
# /// check
#
# ``` {.python .formula}
# from scipy.integrate import quad
# from scipy.special import beta as B
# from scipy.stats import beta
#
# draws = 40
# equal = {
#     "a + i and b + n - i exchanged": "the Beta function is symmetric",
#     "a and b exchanged": "the Beta function is symmetric",
# }
# where = {
#     r"P(\theta_B > \theta_A)": "wins",
#     r"P(\theta_B > x)": "beta.sf(x, c, d)",
# }
#
#
# def draw(rng):
#     a, b = rng.uniform(0.5, 5, size=2)
#     c, d = (int(v) for v in rng.integers(1, 6, size=2))
#     wins, _ = quad(lambda x: beta.pdf(x, c, d) * beta.cdf(x, a, b), 0, 1)
#     return {
#         **{"a": a, "b": b, "c": c, "d": d, "n": c + d - 1},
#         **{"B": B, "beta": beta, "wins": wins, "x": rng.uniform()},
#     }
# ```
# ///
#
# //// exercise | The probability that B is better
#     name: inference-better
#
# Write `better(a, b, c, d)`: the probability that a rate with posterior
# Beta$(c, d)$ is larger than one with Beta$(a, b)$. Take logarithms, and the
# exponential of the whole term: for a thousand clicks, each factor by itself
# overflows or vanishes.


# %% tags=["starter"]
from scipy.special import betaln, gammaln


def log_binomial(n, i):
    return gammaln(n + 1) - gammaln(i + 1) - gammaln(n - i + 1)


def better(a, b, c, d):
    n = c + d - 1
    i = np.arange(c)
    return np.sum(np.exp(log_binomial(n, i)))  # and the two Betas?


# %% tags=["check"]
import numpy as np
from scipy.integrate import quad
from scipy.stats import beta

from derivable.grading import expect_close

expect_close(
    better(1, 1, 1, 1),
    0.5,
    what="better(1, 1, 1, 1), both flat",
    hint="n = c + d - 1, and i runs from 0 to c - 1",
)
expect_close(
    better(1, 1, 2, 1),
    2 / 3,
    what="better(1, 1, 2, 1), flat against one click",
    hint="the sum ends before c, and the Beta of A is divided by",
)


def by_quadrature(a, b, c, d):
    f = lambda x: beta.pdf(x, c, d) * beta.cdf(x, a, b)
    return quad(f, 0, 1)[0]


for a, b, c, d in [(3, 9, 5, 7), (5, 7, 3, 9), (2.5, 4.0, 6, 2)]:
    expect_close(
        better(a, b, c, d),
        by_quadrature(a, b, c, d),
        what=f"better({a}, {b}, {c}, {d})",
        hint="B(a + i, b + n - i) with n = c + d - 1",
        rtol=1e-6,
    )
expect_close(
    better(2000, 2000, 2000, 2000),
    0.5,
    what="better(2000, 2000, 2000, 2000), two equal posteriors",
    hint="add the logarithms, then take one exponential",
)

# %% [markdown]
# /// hint
#
# `betaln(s, t)` is $\ln B(s, t)$. Add `betaln(a + i, b + n - i)` and take
# `betaln(a, b)` off, inside the exponential.
# ///
#
# /// solution


# %% tags=["solution"]
from scipy.special import betaln, gammaln


def log_binomial(n, i):
    return gammaln(n + 1) - gammaln(i + 1) - gammaln(n - i + 1)


def better(a, b, c, d):
    n = c + d - 1
    i = np.arange(c)
    log_term = log_binomial(n, i) + betaln(a + i, b + n - i) - betaln(a, b)
    return np.sum(np.exp(log_term))


# %% [markdown]
# ///
# ////

# %%
shown, clicks_a, clicks_b = 500, 40, 57
A = (1 + clicks_a, 1 + shown - clicks_a)
B = (1 + clicks_b, 1 + shown - clicks_b)
print(f"B is better with probability {better(*A, *B):.3f}")

# %% [raw] tags=["output"]
# B is better with probability 0.965

# %% [markdown]
# ## Step 7. What if you are wrong?
#
# "Probably better" does not say by how much. If you take B, you lose
# $\theta_A - \theta_B$ for each visitor where that is positive, and nothing
# where it is not. The mean of that is the *expected loss* of the decision, and
# step 6 has it already. For the density $f_{a,b}$ of a Beta,
#
# $$
# x f_{a,b}(x) = \frac{a}{a + b} f_{a+1,b}(x) ,
# \label{claim:inference-tilt}
# $$
#
# because $x \cdot x^{a-1} = x^{(a+1)-1}$, both densities have integral 1, and
# the mean is $a / (a + b)$. So weighing by a rate is one click more and a
# factor. With $W(a, b, c, d)$ for the probability of step 6, that Beta$(c, d)$
# wins against Beta$(a, b)$,
#
# $$
# \E[\max(\theta_A - \theta_B, 0)]
# = \frac{a}{a + b} W(c, d, a + 1, b) - \frac{c}{c + d} W(c + 1, d, a, b) .
# \label{claim:inference-loss}
# $$
#
# /// check
#     of: claim:inference-tilt claim:inference-loss
#
# ``` {.python .formula}
# import numpy as np
# from scipy.stats import beta
#
# nodes, weights = np.polynomial.legendre.leggauss(24)  # exact to power 47
# nodes, weights = (1 + nodes) / 2, weights / 2
# where = {
#     r"\E[\max(\theta_A - \theta_B, 0)]": "loss",
#     "f_{a,b}(x)": "beta.pdf(x, a, b)",
#     "f_{a+1,b}(x)": "beta.pdf(x, a + 1, b)",
# }
#
#
# def W(a, b, c, d):
#     return weights @ (beta.pdf(nodes, c, d) * beta.cdf(nodes, a, b))
#
#
# def draw(rng):
#     a, b, c, d = (int(v) for v in rng.integers(1, 7, size=4))
#     between = beta.cdf(nodes, c, d) * beta.sf(nodes, a, b)
#     return {
#         **{"a": a, "b": b, "c": c, "d": d, "x": rng.uniform()},
#         **{"W": W, "beta": beta, "loss": weights @ between},
#     }
# ```
# ///
#
# //// exercise | Expected loss
#     name: inference-loss
#
# Write `expected_loss(a, b, c, d)`: what a visitor costs on average if you take
# the rate with posterior Beta$(c, d)$ and leave the one with Beta$(a, b)$. All
# four are whole numbers. Use `better`.


# %% tags=["starter"]
def expected_loss(a, b, c, d):
    return 1 - better(a, b, c, d)  # how much is lost?


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(
    expected_loss(1, 1, 1, 1),
    1 / 6,
    what="expected_loss(1, 1, 1, 1), both rates flat",
    hint="weigh each win by the rate, with one click more",
)
for a, b, c, d in [(3, 9, 5, 7), (5, 7, 3, 9), (41, 461, 58, 444)]:
    gain = expected_loss(c, d, a, b) - expected_loss(a, b, c, d)
    expect_close(
        gain,
        c / (c + d) - a / (a + b),
        what=f"the two losses of {a, b, c, d}, one less the other",
        hint="B's mean is A's, plus what B gains, less what B loses",
    )
numbers = np.random.default_rng(2)
lost = numbers.beta(3, 9, size=20_000) - numbers.beta(5, 7, size=20_000)
lost = np.maximum(lost, 0)
expect_close(
    expected_loss(3, 9, 5, 7),
    lost.mean(),
    what="expected_loss(3, 9, 5, 7) against draws",
    rtol=0,
    atol=5 * lost.std() / np.sqrt(len(lost)),
)

# %% [markdown]
# /// hint
#
# `better(c, d, a + 1, b)` is the first $W$. Mind which of the two gets the
# click more.
# ///
#
# /// solution


# %% tags=["solution"]
def expected_loss(a, b, c, d):
    mean_a, mean_c = a / (a + b), c / (c + d)
    first = mean_a * better(c, d, a + 1, b)
    return first - mean_c * better(c + 1, d, a, b)


# %% [markdown]
# ///
# ////

# %%
print(f"loss of B: {1e4 * expected_loss(*A, *B):.1f} clicks in 10,000")
print(f"loss of A: {1e4 * expected_loss(*B, *A):.1f} clicks in 10,000")

# %% [raw] tags=["output"]
# loss of B: 2.6 clicks in 10,000
# loss of A: 341.3 clicks in 10,000

# %% tags=["picture"]
from scipy.stats import beta

x = np.linspace(0.04, 0.17, 261)

fig, ax = plt.subplots(figsize=(5.6, 3.0))
for k, (name, posterior_ab) in enumerate([("A", A), ("B", B)]):
    density = beta.pdf(x, *posterior_ab)
    ax.plot(x, density, color=f"C{k}")
    ax.fill_between(x, density, color=f"C{k}", alpha=0.2)
    ax.text(x[density.argmax()], density.max() + 0.8, name, color=f"C{k}")
ax.set(xlabel="rate of clicks", ylabel="posterior density", ylim=(0, 37))

# %% [markdown]
# /// figure | inference-buttons
#     alt: Two bell-shaped curves over the rate of clicks. That of B stands to the right of that of A, and they overlap.
#
# The posteriors overlap: B is probably better, and not surely.
# ///
#
# Is a chance of `0.035`{ .claim of="1 - better(*A, *B)" } of being wrong small
# enough? The loss answers better: for ten thousand visitors, you expect to lose
# `2.6`{ .claim of="1e4 * expected_loss(*A, *B)" } clicks if you take B, and
# `341`{ .claim of="1e4 * expected_loss(*B, *A)" } if you stay with A.
#
# ## Step 8. Decide while you learn
#
# A test shows the worse button to half of the visitors until it ends. A
# *bandit* has $k$ arms with unknown rates $p$ of shape $(k)$, pulls one at a
# time, and pays for learning with what it could have won. Its *regret* after
# $T$ pulls is the sum of what each pulled arm lacks of the best one,
# $\sum_t (\max_j p_j - p_{j_t})$. Luck does not enter: it is the rates that
# count, not the wins.
#
# The oldest rule of all is still among the best [@thompson1933]: pull each arm
# as often as it is probably the best one. You need not even compute that
# probability. Draw one rate from the posterior of each arm, and pull the arm
# whose draw is largest.
#
# //// exercise | Thompson's rule
#     name: inference-thompson
#
# Write `thompson(wins, losses, rng)`. `wins` and `losses` are counts of shape
# $(m, k)$, one row for each of $m$ bandits that play side by side. It gives
# the arm that each of them pulls, shape $(m)$. The prior of a rate is flat.


# %% tags=["starter"]
def thompson(wins, losses, rng):
    rates = (1 + wins) / (2 + wins + losses)  # the mean, not a draw
    return np.argmax(rates, axis=1)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

m = 4000
own = np.random.default_rng(3)
for won, lost in [((2, 4), (8, 6)), ((0, 0), (0, 3)), ((30, 3), (70, 5))]:
    arms = thompson(np.tile(won, (m, 1)), np.tile(lost, (m, 1)), own)
    expect_equal(
        np.shape(arms), (m,), what="the shape of the arms of 4000 bandits"
    )
    exact = better(1 + won[0], 1 + lost[0], 1 + won[1], 1 + lost[1])
    expect_close(
        np.mean(arms),
        exact,
        what=f"how often arm 1 is pulled, after wins {won}, losses {lost}",
        hint="draw a rate from Beta(1 + wins, 1 + losses) for each arm",
        rtol=0,
        atol=5 * np.sqrt(exact * (1 - exact) / m),
    )
three = thompson(np.array([[0, 90, 0]]), np.array([[90, 0, 90]]), own)
expect_equal(list(three), [1], what="the arm of one bandit that knows")

# %% [markdown]
# /// hint
#
# `rng.beta(s, t)` draws one number for each entry of the arrays `s` and `t`.
# ///
#
# /// solution


# %% tags=["solution"]
def thompson(wins, losses, rng):
    return np.argmax(rng.beta(1 + wins, 1 + losses), axis=1)


# %% [markdown]
# ///
# ////
#
# The check compared your draws with the exact probability of step 6: with two
# arms, Thompson's rule *is* the A/B test, asked again at every visitor. Let it
# run against two rivals: equal shares, and greed, which always pulls the arm
# with the best mean so far.


# %%
def equal(wins, losses, rng):
    return np.argmin(wins + losses, axis=1)


def greedy(wins, losses, rng):
    return np.argmax((1 + wins) / (2 + wins + losses), axis=1)


def play(policy, p, pulls, bandits, rng):
    """Regret of every bandit after every pull, shape (pulls, bandits)."""
    wins, losses = np.zeros((2, bandits, len(p)))
    rows, lacks = np.arange(bandits), np.zeros((pulls, bandits))
    for t in range(pulls):
        arm = policy(wins, losses, rng)
        won = rng.random(bandits) < p[arm]
        wins[rows, arm] += won
        losses[rows, arm] += ~won
        lacks[t] = p.max() - p[arm]
    return lacks.cumsum(axis=0)


p, pulls = np.array([0.10, 0.14, 0.20]), 2000
regret = {}
for rule in (equal, greedy, thompson):
    rng = np.random.default_rng(8)
    regret[rule.__name__] = play(rule, p, pulls, 100, rng)
    last = regret[rule.__name__][-1]
    print(
        f"{rule.__name__:8} mean {last.mean():3.0f},",
        f"median {np.median(last):3.0f}, worst {last.max():3.0f}",
    )

# %% [raw] tags=["output"]
# equal    mean 107, median 107, worst 107
# greedy   mean  38, median   3, worst 198
# thompson mean  19, median  18, worst  44

# %% [markdown]
# Equal shares lose the same in every round. Greed is cheap for half of the
# bandits and a disaster for some: an arm that was unlucky at first is never
# tried again. Thompson's rule tries the others ever less, and never stops.
#
# How good can a rule be? If it is good for all rates, in that its regret grows
# more slowly than every power of $T$, then for each arm that is not the best,
# its regret in the long run is at least $\ln T$ times what the arm lacks, over
# the KL divergence from its rate to the best one [@lai1985]. Thompson's rule
# reaches that [@kaufmann2012]. An arm that lacks little is hard to tell from
# the best, so it costs *more* pulls; two clear losers cost little.

# %%
from derivable.probability import kl_divergence

slope = sum(
    (p.max() - q) / kl_divergence([q, 1 - q], [p.max(), 1 - p.max()])
    for q in p[:-1]
)
print(f"at least {slope:.1f} for each unit of ln T, in the long run")

# %% [raw] tags=["output"]
# at least 7.6 for each unit of ln T, in the long run

# %% tags=["picture"]
t = np.arange(1, pulls + 1)

fig, ax = plt.subplots(figsize=(5.6, 3.4))
for k, (name, paths) in enumerate(regret.items()):
    mean = paths.mean(axis=1)
    ax.plot(t, mean, color=f"C{k}")
    ax.text(pulls * 1.02, mean[-1], name, color=f"C{k}", va="center")
begin = regret["thompson"][499].mean()
ax.plot(t[499:], begin + slope * np.log(t[499:] / 500), "C7--")
ax.set(xlabel="pulls", ylabel="mean regret", xlim=(0, pulls * 1.2))

# %% [markdown]
# /// figure | inference-regret
#     alt: Mean regret against pulls. Equal shares give a straight line upwards. Greed and Thompson's rule lie far below; greed rises on in a straight line, Thompson's curve bends over, along a dashed logarithm that begins on it.
#
# Thompson's regret bends over like a logarithm; the others go on losing at
# the same pace. Dashed, the pace of the bound.
# ///
#
# The bound is about the long run; a finite curve may still grow more slowly.
#
# ## Against the library
#
# The filter, against scikit-learn and against the book's own, on all weights
# and on every test passage:

# %%
import re

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

theirs = MultinomialNB(alpha=alpha).fit(X[learning], y[learning])
books = multinomial_nb(X[learning], y[learning], alpha=alpha)
counter = CountVectorizer(
    vocabulary=vocabulary, analyzer=lambda text: re.findall("[a-z]+", text)
)
print("counts:", np.array_equal(counter.transform(passages).toarray(), X))
for log_theta in (theirs.feature_log_prob_, books.feature_log_prob):
    print("weights, to rounding:", np.allclose(model[1], log_theta, 1e-12))
for P in (theirs.predict_proba(X[testing]), books.predict_proba(X[testing])):
    print("chances, to rounding:", np.allclose(P[:, 1], stated, 1e-9))

# %% [raw] tags=["output"]
# counts: True
# weights, to rounding: True
# weights, to rounding: True
# chances, to rounding: True
# chances, to rounding: True

# %% [markdown]
# The threshold against the book's, the A/B test against a quadrature by SciPy,
# and against the classical test, whose one-sided p-value is near the
# probability that B is *not* better, as long as both buttons have many clicks:

# %%
from scipy.integrate import quad
from scipy.stats import beta

from derivable.learning import cost_threshold
from derivable.probability import two_proportion_test

threshold = cost_threshold(false_positive=1, false_negative=5)
print("threshold:", np.isclose(threshold, 1 / (1 + 5)))
exact = quad(
    lambda x: beta.pdf(x, *B) * beta.cdf(x, *A), 0, 1, points=[0.08, 0.11]
)[0]
print("quadrature:", np.isclose(better(*A, *B), exact, rtol=1e-6))
test = two_proportion_test(clicks_a, shown, clicks_b, shown)
print(f"p-value {test.p_value / 2:.3f}, Bayes {1 - better(*A, *B):.3f}")

# %% [raw] tags=["output"]
# threshold: True
# quadrature: True
# p-value 0.035, Bayes 0.035

# %% [markdown]
# ## Go further
#
# 1. **Mend the confidence.** First try other values of $\alpha$ on chapters that
#    are left out. Then divide all log-odds by one number, chosen by the
#    log loss of chapters that are left out, and measure on others again. How
#    far does the loss come down, and does accuracy change? Draw the
#    [calibration](../probability/bayes.md#what-the-assumption-costs) before and
#    after.
# 2. **Six classes.** Let `learn` and the scores take all six parts, and draw the
#    confusion matrix. Which parts does the filter mistake for each other?
# 3. **The price of adaptive data.** Run Thompson's rule a thousand times for a
#    hundred pulls, and average the share of wins of the worst arm. It is lower
#    than the arm's rate. Find out why, and what that means for reading a test
#    off a bandit's log.
# 4. **Arms with features.** Replace the Beta by the Gaussian posterior of a
#    [linear model](../learning/linear_regression.md), and draw a vector of
#    weights instead of a rate, so that the best arm may depend on the visitor.
