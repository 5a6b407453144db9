# ---
# title: A ranking of this book's pages
# description: Build PageRank from the links between the chapters, predict how fast it converges, make it personal, and judge it by links that you hide.
# builds: forward, update
# minutes: 90
# ---

# %% [markdown]
# # A ranking of this book's pages
#
# Which chapter of this book matters most to the others? Nobody voted. But
# every author of a page who linked to another one said a little about it. In
# this project you turn links into ranks, know before you start how many steps
# that takes, and find the pages that belong to a given one. At the end you
# hide links, let the ranks guess them, and see whether they deserve trust.
#
# ## What you will have at the end
#
# Here are the links between the pages of this book as they stood when this
# project was written: each chapter, and three pages of reference, with the pages that
# it links to. A page that links twice to another counts once.

# %%
import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import pagerank

LINKS = """
functions: exponentials vectors matrices decompositions gradients first_order;
exponentials: functions derivatives gradients information first_order
  notation;
trigonometry: exponentials vectors matrices tensors derivatives gradients;
vectors: matrices decompositions least_squares derivatives gradients;
matrices: functions exponentials trigonometry vectors decompositions autodiff;
decompositions: vectors matrices least_squares gradients matrix_calculus
  estimation constrained;
least_squares: vectors matrices decompositions estimation first_order
  linear_regression;
tensors: trigonometry vectors matrices jacobians distributions;
derivatives: functions exponentials trigonometry gradients autodiff notation;
gradients: vectors decompositions derivatives jacobians matrix_calculus
  autodiff distributions first_order;
jacobians: functions exponentials matrices decompositions derivatives
  gradients matrix_calculus autodiff second_order landscapes;
matrix_calculus: vectors matrices decompositions gradients jacobians autodiff
  estimation information;
autodiff: derivatives gradients jacobians matrix_calculus implicit information
  supported;
implicit: decompositions gradients jacobians matrix_calculus autodiff
  second_order constrained;
distributions: exponentials matrices decompositions tensors derivatives
  jacobians;
bayes: exponentials vectors distributions estimation sampling;
estimation: vectors matrices derivatives matrix_calculus distributions bayes
  sampling linear_regression;
information: exponentials gradients jacobians autodiff distributions convexity
  constrained;
sampling: gradients autodiff distributions estimation;
convexity: decompositions gradients jacobians matrix_calculus estimation
  first_order constrained proximal landscapes;
first_order: matrices decompositions gradients jacobians distributions
  estimation convexity second_order landscapes errata;
second_order: decompositions jacobians autodiff estimation information
  first_order classification;
constrained: decompositions gradients jacobians implicit information convexity
  first_order proximal;
proximal: information convexity first_order constrained linear_regression;
landscapes: decompositions gradients jacobians distributions first_order;
linear_regression: least_squares matrix_calculus estimation convexity
  first_order proximal;
classification: exponentials matrix_calculus bayes estimation convexity
  first_order second_order;
networks: functions derivatives jacobians autodiff distributions information
  convexity first_order classification;
training: autodiff distributions estimation first_order landscapes
  linear_regression classification networks;
convolution: tensors autodiff convexity networks;
attention: trigonometry tensors information first_order networks;
distributed: distributions first_order landscapes networks training;
notation: ;
supported: autodiff;
errata: functions exponentials trigonometry vectors matrices decompositions
  tensors derivatives gradients jacobians matrix_calculus autodiff implicit
  distributions bayes estimation information sampling convexity first_order
  second_order constrained proximal landscapes linear_regression
  classification networks training convolution attention distributed
"""
entries = [line.split(":") for line in LINKS.strip().split(";")]
names = [name.strip() for name, _ in entries]
n = len(names)
links = np.zeros((n, n))
for i, (_, targets) in enumerate(entries):
    links[i, [names.index(target) for target in targets.split()]] = 1

ranks = pagerank(links)
print(n, "pages,", int(links.sum()), "links; on top:")
for i in np.argsort(-ranks)[:5]:
    print(f"{names[i]:16} {ranks[i]:.3f}, linked by {links[:, i].sum():.0f}")

# %% [raw] tags=["output"]
# 35 pages, 243 links; on top:
# gradients        0.082, linked by 17
# decompositions   0.070, linked by 15
# autodiff         0.062, linked by 14
# matrices         0.060, linked by 12
# vectors          0.056, linked by 11

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.4))
ax.plot(links.sum(axis=0), ranks, "o", ms=4)
for name, where in [
    ("gradients", (-58, -3)),
    ("first_order", (-44, -14)),
    ("functions", (-58, 0)),
    ("notation", (7, -3)),
]:
    i = names.index(name)
    ax.annotate(
        name,
        (links[:, i].sum(), ranks[i]),
        xytext=where,
        textcoords="offset points",
    )
ax.set(xlabel="pages that link to it", ylabel="rank", ylim=(0, None))

# %% [markdown]
# /// figure | ranking-counts
#     alt: The rank of each page against the number of pages that link to it. The points rise together but not on a curve. Gradients is on top of both. The page first_order has nearly as many links and a much lower rank.
#
# Rank grows with the number of links but is not that number: the page with the
# second most links has only the `8`{ .claim of="int(np.sum(ranks > ranks[names.index('first_order')])) + 1" }th rank.
# ///
#
# You stand on [eigenvectors of a graph](../linalg/decompositions.md#which-page-matters),
# on [Markov chains](../probability/sampling.md) for the surfer, and on
# [matrices](../linalg/matrices.md) for linear systems. Of training, this is a *forward*
# part, scores from inputs, and an *update* that is repeated until nothing
# moves, with a proof of when to stop.
#
# Each step has a blank and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. From links to chances
#
# A surfer sits on a page and follows one of its links, each with the same
# chance. Let $T_{ji}$, of shape $(n, n)$, be the chance to go from page $i$
# to page $j$. Mind the order: column $i$ belongs to the page that is left, so
# that $T x$ moves a distribution $x$ of surfers, of shape $(n)$, by one link.
#
# A page without links is called *dangling*. Its column is zero for now: step 2
# says what becomes of the surfers there.
#
# //// exercise | Chances from links
#     name: ranking-chances
#
# Write `chances(links)` for an array of weights that are not negative, where
# `links[i, j]` is the weight of the link from $i$ to $j$. It gives $T$: each
# column sums to 1, that of a dangling page is zero. A link of weight two is
# followed twice as often as one of weight one.


# %% tags=["starter"]
def chances(links):
    return links / links.sum(axis=0)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

three = np.array([[0.0, 1.0, 3.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
with np.errstate(all="raise"):
    found = chances(three.copy())
expect_close(
    found[:, 0],
    [0.0, 0.25, 0.75],
    what="the column of a page with links of weight 1 and 3",
    hint="row i of the links becomes column i, divided by its sum",
)
expect_close(
    found[:, 2],
    [0.0, 0.0, 0.0],
    what="the column of a page without links",
    hint="do not divide by a sum of zero",
)
expect_close(
    found[:, 1], [1.0, 0.0, 0.0], what="the column of a page with one link"
)

# %% [markdown]
# /// hint
#
# Sum over each row. Replace the sums that are zero by one before you divide,
# and transpose at the end.
# ///
#
# /// solution


# %% tags=["solution"]
def chances(links):
    out = links.sum(axis=1, keepdims=True)
    return (links / np.where(out > 0, out, 1.0)).T


# %% [markdown]
# ///
# ////

# %%
T = chances(links)
dangling = ~T.any(axis=0)
print("dangling:", [names[i] for i in np.flatnonzero(dangling)])
x = np.full(n, 1 / n)
for _ in range(100):
    x = T @ x
print(f"left after 100 links: {x.sum():.3f} of the surfers")

# %% [raw] tags=["output"]
# dangling: ['notation']
# left after 100 links: 0.135 of the surfers

# %% [markdown]
# One dangling page among `35`{ .claim of="n" at="below" }, and after a hundred links most surfers have
# fallen in. Let it run for ever and the rank of every page is zero. There are
# more traps: two pages that link only to each other would collect all, and in a ring
# of pages the surfers go round for ever, so that nothing converges.
#
# ## Step 2. One step of the surfer
#
# Both are cured by *jumps*. With chance $d$, the *damping*, the surfer follows
# a link. Otherwise, and always on a dangling page, the surfer jumps to a page
# drawn from a distribution $v$ of shape $(n)$. For now all its entries are $1/n$.
# One step, with $a_i = 1$ for dangling pages and $a_i = 0$ for all others,
# is the matrix
#
# $$
# G = d\, (T + v a^\T) + (1 - d)\, v \mathbf{1}^\T
# \label{def:ranking-surfer}
# $$
#
# All its entries are positive if those of $v$ are. You would not store it for a
# real web: $T$ has a few entries for each page, $G$ has $n^2$. But look what
# it does to a distribution $x$. The part $d\, T x$ comes from links. All the
# rest of the surfers have jumped, whatever the reason, and they are
# distributed as $v$. How many are they? As many as are missing from one.
#
# //// exercise | One step
#     name: ranking-step
#
# Write `step(x, T, v, d)`: the distribution $G x$, of shape (n,), without
# forming $G$. Leave `x` as it is. $T$ may have zero columns.


# %% tags=["starter"]
def step(x, T, v, d):
    return d * (T @ x) + (1 - d) * v


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import google_matrix

chance = np.random.default_rng(0)
some = np.array(
    [[0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 0]], dtype=float
)
even, start = np.full(4, 0.25), chance.dirichlet(np.ones(4))
kept = start.copy()
expect_close(
    step(start, chances(some), even, 0.6).sum(),
    1.0,
    what="the sum of a step from a distribution, with a dangling page",
    hint="surfers on a dangling page jump, they do not vanish",
)
expect_close(
    step(start, chances(some), even, 0.6),
    google_matrix(some, damping=0.6) @ start,
    what="a step with jumps to all pages alike, with d = 0.6",
)
home = np.array([0.7, 0.0, 0.3, 0.0])
expect_close(
    step(np.array([0.0, 0.0, 0.0, 1.0]), chances(some), home, 0.6),
    home,
    what="a step from the dangling page, with v = [0.7, 0, 0.3, 0]",
    hint="whoever jumps is distributed as v",
)
expect_close(
    step(np.array([0.0, 1.0, 0.0, 0.0]), chances(some), home, 0.6),
    [0.28, 0.0, 0.72, 0.0],
    what="a step from a page with one link, to page 2, and the same v",
)
expect_close(start, kept, what="the distribution, after your step")

# %% [markdown]
# /// hint
#
# Call $d\, T x$ what followed a link. What is missing from a sum of one, times
# $v$, is the rest.
# ///
#
# /// solution
#
# By \eqref{def:ranking-surfer}, $G x = d\, T x + (d\, a^\T x + 1 - d)\, v$ when $x$
# sums to 1. The sum of $T x$ is $1 - a^\T x$, so that the bracket is $1$ minus
# the sum of $d\, T x$.


# %% tags=["solution"]
def step(x, T, v, d):
    followed = d * (T @ x)
    return followed + (1 - followed.sum()) * v


# %% [markdown]
# ///
# ////
#
# ## Step 3. When may you stop?
#
# The rank is the distribution $r$ with $G r = r$ [@page1999]. Iterate, and stop
# when a step changes little? A small change is not a small error: what moves
# slowly can still be far away. The chapter
# [proves](../linalg/decompositions.md#which-page-matters) that
# $\norm{G x - G y}_1 \le d \norm{x - y}_1$ for distributions $x$ and $y$,
# because the columns of $T + v a^\T$ sum to 1. From this you get a
# bound that you can compute. As $G r = r$,
#
# $$
# \norm{G x - r}_1 \le d \norm{x - r}_1
# \le d \norm{x - G x}_1 + d \norm{G x - r}_1 ,
# $$
#
# by the triangle inequality. Bring the last term to the left and divide by
# $1 - d$, which is positive for $d < 1$:
#
# $$
# \norm{G x - r}_1 \le \frac{d}{1 - d} \norm{G x - x}_1
# \label{claim:ranking-distance}
# $$
#
# /// check
#     of: claim:ranking-distance
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.linalg import google_matrix
#
#
# def draw(rng):
#     n = int(rng.integers(2, 6))
#     links = rng.integers(3, size=(n, n)) * rng.integers(2, size=(n, 1))
#     d = rng.uniform(0.05, 0.95)
#     if rng.integers(2):
#         links = np.eye(n)  # where the bound is attained
#     G = google_matrix(links, damping=d)
#     ones = np.ones((n, n))
#     r = np.linalg.solve(np.eye(n) - G + ones, np.ones(n))
#     return {"G": G, "r": r, "d": d, "x": rng.dirichlet(np.ones(n))}
# ```
# ///
#
# //// exercise | Iterate, and stop with a guarantee
#     name: ranking-iterate
#
# Write `iterate(T, v, d, tol)`. It begins at $v$, makes steps, and stops after the
# first one for which \eqref{claim:ranking-distance} says that the result is
# within `tol` of $r$. It returns the result and the number of steps.


# %% tags=["starter"]
def iterate(T, v, d, tol):
    x, steps = v, 0
    while True:
        x, before = step(x, T, v, d), x
        steps += 1
        if np.sum(np.abs(x - before)) <= tol:
            return x, steps


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

slow = chances(np.array([[99.0, 1.0], [0.0, 1.0]]))
first = np.array([1.0, 0.0])
for often in (0.99, 0.5):
    share = (1 - often) / (1 - 0.99 * often)  # solves r = d T r + (1 - d) v
    bound = often / (1 - often) * (1 - 0.99 * often) * 2 * (1 - share)
    more = np.log(bound / 1e-3) / -np.log(0.99 * often)
    found, steps = iterate(slow, first, often, 1e-3)
    expect_close(
        found,
        [share, 1 - share],
        what=f"the rank of two pages hardly left by links, d = {often}",
        rtol=0,
        atol=0.5e-3,
        hint="the change is small long before the error is: use the bound",
    )
    expect_equal(
        steps,
        1 + int(np.ceil(more)),
        what=f"the number of its steps to 0.001, d = {often}",
        hint="begin at v, stop after the first step whose bound is small",
    )
found, steps = iterate(np.zeros((3, 3)), np.array([0.5, 0.5, 0]), 0.9, 1e-9)
expect_close(found, [0.5, 0.5, 0], what="the rank of pages without links")
expect_equal(steps, 1, what="the number of steps that this takes")
found, steps = iterate(slow, first, 0.0, 1e-9)
expect_close(found, first, what="the rank where the surfer always jumps")

# %% [markdown]
# /// hint
#
# Only the last condition of the starter is wrong. Multiply the change by
# $d / (1 - d)$.
# ///
#
# /// solution


# %% tags=["solution"]
def iterate(T, v, d, tol):
    x, steps = v, 0
    while True:
        x, before = step(x, T, v, d), x
        steps += 1
        if d / (1 - d) * np.sum(np.abs(x - before)) <= tol:
            return x, steps


# %% [markdown]
# ///
# ////
#
# By an independent route, the fixed point is a linear system: $(G - I)\, r = 0$ with
# the sum of $r$ equal to 1. Elimination knows nothing of surfers.

# %%
d = 0.85
v = np.full(n, 1 / n)
S = T + np.outer(v, dangling)
G = d * S + (1 - d) * np.outer(v, np.ones(n))
system = np.vstack([G - np.eye(n), np.ones(n)])
r = np.linalg.lstsq(system, np.append(np.zeros(n), 1.0))[0]
for tol in (1e-2, 1e-5, 1e-8):
    found, steps = iterate(T, v, d, tol)
    error = np.sum(np.abs(found - r))
    print(f"{tol:.0e}: {steps:2} steps, within it: {error <= tol}")

# %% [raw] tags=["output"]
# 1e-02:  7 steps, within it: True
# 1e-05: 15 steps, within it: True
# 1e-08: 23 steps, within it: True

# %% [markdown]
# ## Step 4. How fast, known in advance
#
# The error falls at least by the factor $d$ in each step. For these links it falls
# much faster. Why? Write $S = T + v a^\T$ and let $z$ be an eigenvector of $G$
# with an eigenvalue $\lambda \ne 1$. The columns of $G$ sum to 1, so
# $\mathbf{1}^\T z = \mathbf{1}^\T G z = \lambda\, \mathbf{1}^\T z$, and the
# entries of $z$ sum to zero. Then the jumps do nothing to it, and
# $G z = d\, S z$. So $z$ is an eigenvector of $S$ too, with the eigenvalue
# $\mu = \lambda / d$. As the columns of $S$ sum to 1, $\abs{\mu} \le 1$:
#
# $$
# \abs{\lambda_2} = d\, \abs{\mu_2} \le d
# \label{claim:ranking-second}
# $$
#
# where $\lambda_2$ and $\mu_2$ are the second in size of $G$ and of $S$. If $S$
# has the eigenvalue 1 more than once, $\mu_2 = 1$: all but one of these become
# $d$ [@haveliwala2003].
#
# /// check
#     of: claim:ranking-second
#
# ``` {.python .formula}
# import numpy as np
#
# equal = {r"d → \lambda_2 #2": "no number is larger than itself"}
#
#
# def draw(rng):
#     n = int(rng.integers(2, 6))
#     S = rng.dirichlet(np.ones(n), size=n).T
#     if rng.integers(2):
#         S = np.roll(np.eye(n), 1, axis=1)  # a ring: it is attained
#     d = rng.uniform(0.1, 0.9)
#     G = d * S + (1 - d) / n
#     second = [np.sort(np.abs(np.linalg.eigvals(A)))[-2] for A in (G, S)]
#     return {"lam_2": second[0], "mu_2": second[1], "d": d}
# ```
# ///
#
# //// exercise | The second eigenvalue
#     name: ranking-second
#
# Write `second(S, d)`: the size of $\lambda_2$, from the eigenvalues of $S$,
# for a matrix $S$ whose columns sum to 1. Eigenvalues may be complex, negative
# or equal.


# %% tags=["starter"]
def second(S, d):
    return np.sort(np.linalg.eigvals(S).real)[-2]


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

ring = np.roll(np.eye(5), 1, axis=0)
expect_close(
    second(ring, 0.8),
    0.8,
    what="second of a ring of five pages, d = 0.8",
    hint="the size of a complex number is np.abs, and d is a factor",
)
expect_close(
    second(np.eye(3), 0.7),
    0.7,
    what="second of three pages that link to themselves, d = 0.7",
    hint="only one of the eigenvalues 1 stays 1",
)
expect_close(
    second(np.array([[0.1, 0.8], [0.9, 0.2]]), 0.5),
    0.35,
    what="second of [[0.1, 0.8], [0.9, 0.2]], d = 0.5",
    hint="its eigenvalues are 1 and -0.7",
)
chance = np.random.default_rng(3)
dense = chance.dirichlet(np.ones(6), size=6).T
whole = 0.9 * dense + 0.1 / 6
expect_close(
    second(dense, 0.9),
    np.sort(np.abs(np.linalg.eigvals(whole)))[-2],
    what="second of a random matrix, against the eigenvalues of all of G",
)

# %% [markdown]
# /// hint
#
# Sort the sizes, `np.abs`, of `np.linalg.eigvals(S)`. The last is 1.
# ///
#
# /// solution


# %% tags=["solution"]
def second(S, d):
    return d * np.sort(np.abs(np.linalg.eigvals(S)))[-2]


# %% [markdown]
# ///
# ////
#
# If the eigenvectors span the space, the error after $t$ steps is a sum of terms
# $\lambda_k^t$, of which the largest wins in the end. So predict the steps
# that make the error ten thousand times smaller, and count them.

# %%
errors = {}
for damping in (0.5, 0.85, 0.99):
    every = damping * S + (1 - damping) / n
    system = np.vstack([every - np.eye(n), np.ones(n)])
    limit = np.linalg.lstsq(system, np.append(np.zeros(n), 1.0))[0]
    x, size = v, []
    for _ in range(33):
        size.append(np.sum(np.abs(x - limit)))
        x = step(x, T, v, damping)
    errors[damping] = np.array(size)
    counted = np.sum(errors[damping] > 1e-4 * size[0])
    told = np.log(1e-4) / np.log(second(S, damping))
    bound = np.log(1e-4) / np.log(damping)
    print(f"{damping:4}: {counted:2} steps,", end=" ")
    print(f"by the eigenvalue {told:4.1f}, by d {bound:5.1f}")

# %% [raw] tags=["output"]
#  0.5:  6 steps, by the eigenvalue  6.6, by d  13.3
# 0.85: 10 steps, by the eigenvalue 10.6, by d  56.7
# 0.99: 11 steps, by the eigenvalue 12.8, by d 916.4

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.4))
t = np.arange(18)
ax.semilogy(t, errors[0.85][:18], "oC0", ms=4)
ax.semilogy(t, errors[0.85][0] * second(S, 0.85) ** t, "C1")
ax.semilogy(t, errors[0.85][0] * 0.85**t, "C2--")
ax.text(10.5, 3e-2, "factor d", color="C2", rotation=-8)
ax.text(6.5, 4e-3, "factor of the second eigenvalue", color="C1")
ax.text(1.0, 1e-6, "error of the ranks", color="C0")
ax.set(xlabel="step", ylabel="distance to the rank")

# %% [markdown]
# /// figure | ranking-rate
#     alt: The distance to the rank against the step, with a logarithmic axis. The measured points fall below a line of the second eigenvalue and parallel to it, far below a dashed line of the damping.
#
# In the long run the error falls as the second eigenvalue says, much faster than the
# damping alone could promise.
# ///
#
# Even without jumps to speak of it would converge: $\abs{\mu_2}$ is about
# `0.49`{ .claim of="second(S, 1.0)" }, as the chapters are so well linked with each other. A web has parts
# that hardly link to the rest. There $\mu_2$ is nearly 1, and $d$ alone
# decides. That is one reason not to take it near 1.
#
# ## Step 5. What the damping means
#
# What does $d$ say about a reader? Insert the fixed point $r = d\, S r + (1 - d)\, v$
# into itself, again and again. What remains at the end has size $d^k$ and goes to zero:
#
# $$
# r = (1 - d) \left( v + d\, S v + d^2 S^2 v + \dots \right)
# $$
#
# Now read it. $S^k v$ is where a surfer is after $k$ links, and
# $(1 - d)\, d^k$ is the chance that a walk has $k$ links, if before each link it ends
# with chance $1 - d$. So *the rank of a page is the chance that a walk ends
# there*, and a walk has $d / (1 - d)$ links in the mean: this is the mean of
# a [geometric distribution](../probability/distributions.md). Turn it round, and you can choose $d$ by
# what you believe of readers: for $m$ links, $d = m / (1 + m)$.
#
# //// exercise | Rank by walking
#     name: ranking-walks
#
# Write `walk_ends(S, d, count, rng)`: the shares of the pages, shape (n,),
# among the ends of `count` walks. Each begins at a page drawn evenly from all,
# and before each link it ends with chance $1 - d$. Column $i$ of $S$ holds the
# chances to go on from page $i$. A walk may end where it began.


# %% tags=["starter"]
def walk_ends(S, d, count, rng):
    n = len(S)
    ends = np.zeros(n)
    for _ in range(count):
        page = rng.choice(n, p=S[:, rng.integers(n)])
        ends[page] += 1
    return ends / count


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import pagerank

lopsided = np.array([[0.0, 1.0, 0.0], [0.0, 0.2, 0.8], [0.0, 0.0, 1.0]])
for often in (0.7, 0.2):
    expect_close(
        walk_ends(lopsided.T, often, 5000, np.random.default_rng(1)),
        pagerank(lopsided, damping=often),
        what=f"the ends of 5000 walks over three pages, d = {often}",
        rtol=0,
        atol=0.03,  # four standard deviations
        hint="draw whether the walk goes on before each link",
    )
expect_close(
    walk_ends(lopsided.T, 0.0, 5000, np.random.default_rng(2)),
    np.full(3, 1 / 3),
    what="the ends of walks that end at once, d = 0",
    rtol=0,
    atol=0.03,
    hint="each page is equally likely as the first",
)

# %% [markdown]
# /// hint
#
# `while rng.random() < d:` goes on with chance $d$. In the loop, draw the
# next page: the sums `np.cumsum(S, axis=0)` make it fast, with
# `np.searchsorted`.
# ///
#
# /// solution


# %% tags=["solution"]
def walk_ends(S, d, count, rng):
    n = len(S)
    sums = np.cumsum(S, axis=0).T.copy()
    sums[:, -1] = 1.0  # whatever rounding says
    ends = np.zeros(n)
    for _ in range(count):
        page = rng.integers(n)
        while rng.random() < d:
            page = np.searchsorted(sums[page], rng.random(), side="right")
        ends[page] += 1
    return ends / count


# %% [markdown]
# ///
# ////

# %%
ends = walk_ends(S, d, 10_000, np.random.default_rng(0))
z = (ends - r) / np.sqrt(r * (1 - r) / 10_000)
print("largest deviation below 4 standard errors:", np.max(np.abs(z)) < 4)
print(f"a walk has {d / (1 - d):.1f} links in the mean")

# %% [raw] tags=["output"]
# largest deviation below 4 standard errors: True
# a walk has 5.7 links in the mean

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(5.2, 3.4))
dampings = np.linspace(0, 0.98, 50)
sweep = np.array([pagerank(links, damping=q) for q in dampings])
shown = ["gradients", "autodiff", "first_order", "proximal"]
for k, name in enumerate(shown):
    curve = sweep[:, names.index(name)]
    ax.plot(dampings, curve, f"C{k}")
    ax.text(1.0, curve[-1], name, color=f"C{k}", va="center")
ax.set(xlabel="damping d", ylabel="rank", xlim=(0, 1.35), ylim=(0, None))
ax.set_xticks([0, 0.25, 0.5, 0.75, 1])

# %% [markdown]
# /// figure | ranking-damping
#     alt: The ranks of four pages against the damping. All begin at the same value. Those of gradients and autodiff rise, autodiff slightly ahead at first and far behind at the right. That of first_order rises and levels off, that of proximal falls.
#
# Without links followed, all pages are alike, and who is on top then depends on
# how many links are followed: the damping is part of the answer.
# ///

# %%
leaders = [names[i] for i in np.argmax(sweep[1:], axis=1)]
change = dampings[1 + leaders.index("gradients")]
print("on top:", ", then ".join(dict.fromkeys(leaders)))
print(f"the change is below d = {change:.2f}")

# %% [raw] tags=["output"]
# on top: autodiff, then gradients
# the change is below d = 0.28

# %% [markdown]
# For short walks *autodiff* wins, as one page of reference links to it alone, and a
# single link carries all that its page has. For longer ones *gradients* does.
# The usual `0.85`{ .given of="d" at="below" } stands for
# `5.7`{ .claim of="d / (1 - d)" at="below" } links in the mean. That is a belief about readers, not a
# fact about links. A ranking should say which one it holds.
#
# ## Step 6. Pages that belong together
#
# So far a jump leads anywhere. Let it lead home: with $v_i = 1$ for one page
# and 0 for all others, $r$ says which pages are near to it, by many short paths
# of links. This is *personalised* PageRank, and it answers "what else
# should I read?". Must you iterate anew for every page? Take $G r = r$ with
# \eqref{def:ranking-surfer} and $\mathbf{1}^\T r = 1$, and collect what
# multiplies $r$:
#
# $$
# (I - d\, T)\, r = (d\, a^\T r + 1 - d)\, v
# \label{claim:ranking-personal}
# $$
#
# /// check
#     of: claim:ranking-personal
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n = int(rng.integers(2, 6))
#     T = rng.dirichlet(np.ones(n), size=n).T
#     a = (rng.random(n) < 0.4).astype(float)
#     T = T * (1 - a)
#     v, d = rng.dirichlet(np.ones(n)), rng.uniform(0.1, 0.9)
#     G = d * (T + np.outer(v, a)) + (1 - d) * np.outer(v, np.ones(n))
#     M = np.eye(n) - G + np.ones((n, n))
#     r = np.linalg.solve(M, np.ones(n))
#     return {"I": np.eye(n), "T": T, "a": a, "v": v, "d": d, "r": r}
# ```
# ///
#
# The bracket is a number. So $r$ is a multiple of the solution $y$ of
# $(I - d\, T)\, y = v$, and its sum says which one. That system has exactly one solution:
# the columns of $d\, T$ sum to $d$ or 0, so no eigenvalue of it reaches 1. Dangling pages change
# nothing but the multiple.
#
# //// exercise | Ranks by one solve
#     name: ranking-personal
#
# Write `personal(T, v, d)`: the distribution $r$. If `v` has shape (n, k), its
# columns are $k$ distributions, and so are those of the result.


# %% tags=["starter"]
def personal(T, v, d):
    return (1 - d) * np.linalg.solve(np.eye(len(T)) - d * T, v)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import pagerank

some = np.array(
    [[0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 0]], dtype=float
)
even, home = np.full(4, 0.25), np.array([0.0, 1.0, 0.0, 0.0])
expect_close(
    personal(chances(some), even, 0.8),
    pagerank(some, damping=0.8),
    what="personal with all jumps alike, one page dangling",
    hint="the sum must be 1: divide by it",
)
long = iterate(chances(some), home, 0.8, 1e-12)[0]
expect_close(
    personal(chances(some), home, 0.8),
    long,
    what="personal with jumps to page 1, against your iteration",
)
expect_close(
    personal(chances(some), np.column_stack([even, home]), 0.8)[:, 1],
    long,
    what="the second of two columns",
    hint="each column is divided by its own sum",
)

# %% [markdown]
# /// hint
#
# `np.linalg.solve` takes many right-hand sides at once. Sum over axis 0.
# ///
#
# /// solution


# %% tags=["solution"]
def personal(T, v, d):
    y = np.linalg.solve(np.eye(len(T)) - d * T, v)
    return y / y.sum(axis=0)


# %% [markdown]
# ///
# ////

# %%
near = personal(T, np.eye(n), d)
for name in ("attention", "bayes", "second_order"):
    home = names.index(name)
    lift = near[:, home] / r
    lift[home] = 0
    print(f"{name}:", *[names[j] for j in np.argsort(-lift)[:3]])

# %% [raw] tags=["output"]
# attention: networks tensors trigonometry
# bayes: sampling distributions estimation
# second_order: classification estimation information

# %% [markdown]
# These are sorted by *lift*, how much larger the personal rank is than the
# general one, or every list would begin with the pages on top of all.
#
# ## Step 7. Does it know anything?
#
# A ranking always looks plausible. So test it: remove one link, rank the pages
# that its page does not link to, and see at which place the removed one
# stands. A method that knows what belongs together puts it near the top. Take
# the mean of one over the place, so that a first place counts 1, a second half.
#
# //// exercise | The place of a hidden link
#     name: ranking-place
#
# Write `place(scores, target, others)`: the place, from 1, of page `target`
# among itself and the pages of the list `others`, if a higher score comes
# first. Scores that differ by less than a billionth, in units of the largest score of all,
# are equal: then give the mean of the places that the equal ones share.


# %% tags=["starter"]
def place(scores, target, others):
    return 1 + np.sum(scores > scores[target])


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

scores = np.array([5.0, 3.0, 9.0, 3.0, 1.0, 3.0])
expect_close(
    place(scores, 0, [1, 2, 4]),
    2.0,
    what="the place of score 5 among 3, 9 and 1",
    hint="a higher score comes first",
)
expect_close(
    place(scores, 0, [1, 4]),
    1.0,
    what="the place of score 5 among 3 and 1",
    hint="only the pages in `others` compete",
)
expect_close(
    place(scores, 1, [0, 3, 5, 4]),
    3.0,
    what="the place of score 3 among 5, 3, 3 and 1",
    hint="three share the places 2, 3 and 4",
)
expect_close(
    place(scores + 1e-13 * np.arange(6), 1, [0, 3]),
    2.5,
    what="the place of score 3 among 5 and 3 with rounding errors",
    hint="rounding errors must not decide",
)
expect_close(
    place(1e-12 * scores, 1, [0, 3]),
    2.5,
    what="the place of score 3e-12 among 5e-12 and 3e-12",
    hint="a billionth of the largest score, not of 1",
)
expect_close(place(scores, 4, []), 1.0, what="the place of one alone")

# %% [markdown]
# /// hint
#
# The place is one, plus the number of higher scores, plus half of the number
# of equal ones.
# ///
#
# /// solution


# %% tags=["solution"]
def place(scores, target, others):
    ahead = (scores[others] - scores[target]) / np.max(np.abs(scores))
    equal = np.abs(ahead) < 1e-9
    return 1 + np.sum((ahead > 0) & ~equal) + np.sum(equal) / 2


# %% [markdown]
# ///
# ////
#
# What competes? Personal ranks with several dampings, along the links, or both
# along and against them; and two methods that know nothing of the page:
# the general rank, and a plain count of links. Of the
# pages of the book, every other one is for choosing, the rest for judging. The
# list of errata links to everything, so its links are not hidden.


# %%
def scores_by(method, damping, kept, i):
    """Scores of all pages for page i, from the links that are kept."""
    if method == "count":
        return kept.sum(axis=0)
    graph = kept + kept.T if method == "both ways" else kept
    start = v if method == "general" else np.eye(n)[i]
    return personal(chances(graph), start, damping)


def judged(method, damping, sources):
    """One over the place of each hidden link: a list for each source."""
    values = []
    for i in sources:
        values.append([])
        for j in np.flatnonzero(links[i]):
            kept = links.copy()
            kept[i, j] = 0
            others = [k for k in range(n) if k != i and not links[i, k]]
            scores = scores_by(method, damping, kept, i)
            values[-1].append(1 / place(scores, j, others))
    return values


linking = [i for i in range(n) if links[i].any() and names[i] != "errata"]
to_choose, to_judge = linking[::2], linking[1::2]
grid = (0.1, 0.3, 0.5, 0.7, 0.85)
methods = [(m, q) for m in ("along", "both ways") for q in grid]
means = {m: np.mean(np.concatenate(judged(*m, to_choose))) for m in methods}
for method in ("along", "both ways"):
    print(f"{method:9}", *[f"{means[method, q]:.3f}" for q in grid])
best = max(methods, key=means.get)
print("chosen:", *best)

# %% [raw] tags=["output"]
# along     0.341 0.344 0.335 0.307 0.306
# both ways 0.284 0.278 0.266 0.270 0.261
# chosen: along 0.3

# %% [markdown]
# Now open the other half, once. Chance is a comparison too: among $m$
# candidates the mean of one over the place is $\frac1m \sum_{k=1}^m 1/k$. And
# the links of one page are not independent of each other. So the
# [bootstrap](../probability/estimation.md#intervals) draws pages, not links.

# %%
held = {m: judged(*m, to_judge) for m in (best, ("general", d), ("count", 0))}
for m, values in held.items():
    print(f"{m[0]:9} {np.mean(np.concatenate(values)):.3f}")
sizes = [n - int(links[i].sum()) for i in to_judge]
weights = [len(values) for values in held[best]]
luck = [np.mean(1 / np.arange(1, m + 1)) for m in sizes]
print(f"chance    {np.average(luck, weights=weights):.3f}")

rng = np.random.default_rng(0)
gain = [
    np.subtract(*pair)
    for pair in zip(held[best], held["count", 0], strict=True)
]
draws = [
    np.mean(
        np.concatenate(
            [gain[k] for k in rng.integers(len(gain), size=len(gain))]
        )
    )
    for _ in range(2000)
]
low, high = np.quantile(draws, [0.025, 0.975])
print(f"chosen minus count: {low:+.2f} to {high:+.2f}")

# %% [raw] tags=["output"]
# along     0.363
# general   0.274
# count     0.282
# chance    0.140
# chosen minus count: -0.01 to +0.17

# %% [markdown]
# The chosen engine is `more than twice`{ .claim of="np.mean(np.concatenate(held[best])) / np.average(luck, weights=weights)" says="more than 2" } as good as chance on pages that had
# no part in choosing it. So links know what belongs together. But two more
# things are in the tables, and an honest report says them. First, *small*
# damping was chosen, and the usual value is worse: after many links a surfer
# has forgotten the start, and sees the general rank. Second, a mere count of links is also about
# `twice`{ .claim of="np.mean(np.concatenate(held['count', 0])) / np.average(luck, weights=weights)" } as good as chance, and the interval for the difference reaches
# below zero. With so few pages you cannot say that the personal rank is
# better, only that it probably is.
#
# ## Against the library
#
# SciPy finds eigenvectors of matrices that it never sees, from products alone
# (Arnoldi's method). Give it a web of `20000`{ .given of="big" at="below" } pages, made at random: each page
# links to a few, old pages are more popular, and some pages are dangling. Its $G$
# would have `400000000`{ .claim of="big**2" at="below" } entries. Your `step` and `iterate` take the
# sparse matrix as they are.

# %%
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigs

rng = np.random.default_rng(5)
big = 20000
leaving = rng.integers(0, 9, size=big).astype(int)
source = np.repeat(np.arange(big), leaving)
target = (big * rng.random(len(source)) ** 2).astype(int)
weight = 1 / np.bincount(source, minlength=big)[source]
web = csr_array((weight, (target, source)), shape=(big, big))
flat = np.full(big, 1 / big)
mine, steps = iterate(web, flat, d, 1e-10)


def surf(x):
    followed = d * (web @ x)
    return followed + (np.sum(x) - np.sum(followed)) * flat


operator = LinearOperator((big, big), matvec=surf, dtype=float)
values, vectors = eigs(operator, k=1, v0=flat, tol=1e-12)
theirs = vectors[:, 0].real / vectors[:, 0].real.sum()
print("eigenvalue 1:", abs(values[0] - 1) < 1e-9)
print("ranks agree:", np.sum(np.abs(mine - theirs)) < 1e-9)
print("steps:", steps, "for the web,", iterate(T, v, d, 1e-10)[1], "here")

# %% [raw] tags=["output"]
# eigenvalue 1: True
# ranks agree: True
# steps: 32 for the web, 28 here

# %% [markdown]
# A web hundreds of times as large needs about as many steps: their number depends on
# the eigenvalue, not on $n$. And the book's own library, on the
# book's own links:

# %%
import derivable.linalg as book

for damping in (0.3, 0.85, 0.99):
    theirs = book.pagerank(links, damping=damping)
    mine = iterate(T, v, damping, 1e-10)[0]
    solved = personal(T, v, damping)
    print(
        damping,
        np.sum(np.abs(mine - theirs)) < 1e-9,
        np.sum(np.abs(solved - theirs)) < 1e-9,
    )

# %% [raw] tags=["output"]
# 0.3 True True
# 0.85 True True
# 0.99 True True

# %% [markdown]
# Three routes, one rank: steps, one solve, and the library. What does a real search engine add?
# Links that were bought are found and ignored, the graph is spread over many
# machines, and rank is one signal among hundreds, beside those that are in the text.
#
# ## Go further
#
# 1. **Faster than power iteration.** Update the pages one after the other, each with the newest
#    ranks of the others (Gauss and Seidel). Count the steps for
#    a damping near 1, and explain what you see by an eigenvalue.
# 2. **Cheat.** Add ten pages that link to one of your own and to each other. How
#    much rank can they make? Derive the most that a farm of $k$ pages can give,
#    then check it. What changes if jumps lead only to pages that you trust?
# 3. **Hubs and authorities.** Compute the first pair of
#    [singular vectors](../linalg/decompositions.md) of `links`: one ranks pages that
#    are linked, the other pages that link well. Where is the list of errata?
# 4. **Better guesses.** Mix the personal rank with the words of the pages, and
#    judge by the same hidden links. Write down what you compare before you look at the half
#    for judging.
