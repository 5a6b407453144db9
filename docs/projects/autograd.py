# ---
# title: A reverse-mode engine
# description: Build a differentiable library over NumPy in about a hundred lines, train a network with it, and compare it with JAX and SciPy.
# builds: forward, backward, update
# minutes: 110
# ---

# %% [markdown]
# # A reverse-mode engine
#
# Every deep-learning library rests on one trick: it writes down what a
# program computes, and walks back over what it wrote. In this project you
# build that library, for arrays, in about a hundred lines. Then you use it:
# for a network, and for a program that is no network at all.
#
# ## What you will have at the end
#
# A function `value_and_grad` that differentiates what you write with `+`, `-`,
# `*`, `/`, `@` and your own functions. The book has a `grad` already, for
# programs in NumPy; here is what it does. When you are done, yours gives the
# same numbers for the same formula, and you know every line of it.

# %%
import matplotlib.pyplot as plt
import numpy as np

import derivable.calculus as book
from derivable.optimization import two_moons


def ripple(x):
    return np.sum(np.sin(x) * np.exp(-x / 4))


x = np.array([0.0, 1.0, 2.0])
print(f"{ripple(x):.6f}", book.grad(ripple)(x).round(6))

# %% [raw] tags=["output"]
# 1.206855 [ 1.        0.256953 -0.390285]

# %% [markdown]
# One call, three partial derivatives, no formula for any of them. With such
# a function, training is a loop of four lines: forward, loss, backward,
# update. Here are the two moons that your engine will tell apart.

# %% tags=["picture"]
rng = np.random.default_rng(7)
X, y = two_moons(200, rng=rng, noise=0.15)

fig, ax = plt.subplots(figsize=(5.2, 3.2))
for label, mark, name in [(0, "o", "upper moon"), (1, "^", "lower moon")]:
    ax.plot(*X[y == label].T, mark, color=f"C{label}", ms=4, label=name)
ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
ax.legend(loc="upper right")

# %% [markdown]
# /// figure | autograd-moons
#     alt: Two half moons of points that reach into each other, one of circles that opens downwards, one of triangles that opens upwards. No straight line separates them.
#
# No straight line tells the two moons apart.
# ///
#
# You stand on [automatic differentiation](../calculus/autodiff.md) for the
# idea, [the chain rule](../calculus/chain_rule.md) for the reason, and
# [matrix calculus](../calculus/matrix_calculus.md) for the product. For the
# use, on [networks](../learning/networks.md) and
# [gradient descent](../optimization/first_order.md).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. A value that remembers
#
# Think of a run as a list of small operations. Each takes a few values and
# makes one. Let $L$ be the number that comes out at the very end, and write
# $\bar v$ for the derivative of $L$ for a value $v$, an array of the same
# shape. The chain rule says how one operation $u = f(v)$ passes it on:
#
# $$
# \bar v = f'(v) \, \bar u
# $$
#
# The function that takes $\bar u$ to this contribution is the *pullback* of
# the operation. So a value has to remember two things for each value it was
# made of: which one it was, and the pullback. That pair is an *edge*.
#
# So written, the rule is for numbers, and for operations that work entry by
# entry, which come first. In step 6 an operation mixes entries; there
# $f'(v)$ is a matrix, and it is its transpose that multiplies $\bar u$.


# %%
class Var:
    """A value that remembers how it was made.

    data: the value, an array of any shape.
    edges: for each value that it was made of, a pair: that `Var`, and
        the pullback, from the gradient of this one to that of the other.
    grad: the gradient, of the same shape, once `backward` was run.
    """

    def __init__(self, data, edges=()):
        self.data = np.asarray(data, dtype=float)
        self.edges = edges
        self.grad = None


def var(x):
    """A number or an array becomes a value that nothing made."""
    return x if isinstance(x, Var) else Var(x)


def add(a, b):
    a, b = var(a), var(b)
    return Var(a.data + b.data, [(a, lambda g: g), (b, lambda g: g)])


six = add(Var(2.0), 4.0)
print(six.data, [parent.data.item() for parent, _ in six.edges])

# %% [raw] tags=["output"]
# 6.0 [2.0, 4.0]

# %% [markdown]
# A sum changes by what its summand changes by: both pullbacks of `add` give
# on what they get. The other operation that you cannot do without is yours.
#
# //// exercise | Multiply, and remember
#     name: autograd-multiply
#
# Write `mul(a, b)`, for numbers and arrays of equal shape, with two edges, that
# of `a` first. By the product rule, what is the derivative of $a b$ for $a$? Its
# pullback, a function of an array, multiplies by it.


# %% tags=["starter"]
def mul(a, b):
    a, b = var(a), var(b)
    return Var(a.data * b.data)  # and the edges?


# %% tags=["check"]
from derivable.grading import expect_close, expect_equal

left, right = Var([2.0, 3.0]), Var([5.0, 7.0])
product = mul(left, right)
expect_close(product.data, [10.0, 21.0], what="mul([2, 3], [5, 7])")
expect_equal(
    [parent.data.tolist() for parent, _ in product.edges],
    [[2.0, 3.0], [5.0, 7.0]],
    what="the data of what the product [2, 3] [5, 7] was made of",
    hint="one edge for each factor: (factor, pullback), that of a first",
)
expect_equal(
    [product.edges[0][0] is left, product.edges[1][0] is right],
    [True, True],
    what="whether the edges lead to the factors that were given",
    hint="an edge leads to the value itself, not to a copy",
)
expect_equal(
    [callable(pullback) for _, pullback in product.edges],
    [True, True],
    what="whether the pullbacks are functions",
    hint="a pullback waits for a gradient: lambda g: ...",
)


def pulled(which, g):
    try:
        return product.edges[which][1](g)
    except TypeError as error:
        message = f"a pullback of an array of {len(g)} stopped: {error}; "
        hint = "it computes with arrays, so take .data of a factor"
        raise AssertionError(message + hint) from error


expect_close(
    pulled(0, np.ones(2)),
    [5.0, 7.0],
    what="the pullback to the first factor, of ones",
    hint="the derivative for one factor is the other factor",
)
expect_close(
    pulled(1, np.full(2, 2.0)),
    [4.0, 6.0],
    what="the pullback to the second factor, of twos",
    hint="a pullback multiplies what it gets by the derivative",
)
expect_close(mul(3.0, 4).data, 12.0, what="mul(3, 4), of plain numbers")

# %% [markdown]
# /// hint
#
# Copy `add`. The derivative of $a b$ for $a$ is $b$, so that pullback is
# `lambda g: g * b.data`.
# ///
#
# /// solution


# %% tags=["solution"]
def mul(a, b):
    a, b = var(a), var(b)
    return Var(
        a.data * b.data,
        [(a, lambda g: g * b.data), (b, lambda g: g * a.data)],
    )


# %% [markdown]
# ///
# ////
#
# ## Step 2. Who comes first?
#
# Values and edges form a graph. On the way back, a value may pass its
# gradient on only when it is complete: when *every* value that used it has
# passed on its own. So you need an order in which each value stands before
# all those that it was made of. Where a value is used twice, following edges as
# they come is not enough.

# %%
start = Var(3.0)
more = add(start, 1.0)
mixed = add(mul(more, more), start)
seen = [mixed]
for node in seen:  # edges as they come
    for parent, _ in node.edges:
        if parent not in seen:
            seen.append(parent)
print([node.data.item() for node in seen])

# %% [raw] tags=["output"]
# [19.0, 16.0, 3.0, 4.0, 1.0]

# %% [markdown]
# The start, 3, comes before 4, which is made of it and uses it: its gradient
# is not complete when its turn has come.
#
# Count, for every value, the edges that lead to it. The last value has none.
# Take it, cross out its edges, and take whatever has none left, until nothing
# is left. This is Kahn's way to sort a graph [@kahn1962].
#
# //// exercise | Sort the graph
#     name: autograd-order
#
# Write `order(root)`: the list of all values that `root` was made of, itself
# first, each value once, and before all that it was made of. A run of ten
# thousand operations is ordinary, so use no recursion. The starter counts the
# edges, but takes a value at the first of them that it meets.


# %% tags=["starter"]
def order(root):
    counts = {root: 0}
    todo = [root]
    while todo:  # count the edges that lead to each value
        for parent, _ in todo.pop().edges:
            if parent not in counts:
                counts[parent] = 0
                todo.append(parent)
            counts[parent] += 1

    found, ready, seen = [], [root], {root}
    while ready:
        node = ready.pop()
        found.append(node)
        for parent, _ in node.edges:
            if parent not in seen:  # is it ready?
                seen.add(parent)
                ready.append(parent)
    return found


# %% tags=["check"]
from derivable.grading import expect_equal


def expect_order(root, size, what):
    found = order(root)
    place = {node: i for i, node in enumerate(found)}
    once = "each value once, and none left out"
    expect_equal(len(found), size, what=f"the length of {what}", hint=once)
    expect_equal(
        len(place), size, what=f"how many differ in {what}", hint=once
    )
    for node in found:
        for parent, _ in node.edges:
            expect_equal(
                place[node] < place[parent],
                True,
                what=f"in {what}, that a value is before what it is made of",
                hint="take a value when all edges to it are crossed out",
            )


a = Var(1.0)
b = add(a, 1.0)
c = add(mul(b, b), a)
expect_order(Var(1.0), 1, "the order of a single value")
expect_order(c, 5, "the order of b b + a")
expect_order(add(a, mul(add(a, b), c)), 8, "the order of a + (a + b) c")
chain = a
for _ in range(3000):
    chain = add(chain, a)
expect_order(chain, 3001, "the order of a chain of sums")

# %% [markdown]
# /// hint
#
# For each edge of the value that you took, lower the count of the parent by
# one. The parent is ready when its count is 0.
# ///
#
# /// solution


# %% tags=["solution"]
def order(root):
    counts = {root: 0}
    todo = [root]
    while todo:
        for parent, _ in todo.pop().edges:
            if parent not in counts:
                counts[parent] = 0
                todo.append(parent)
            counts[parent] += 1

    found, ready = [], [root]
    while ready:
        node = ready.pop()
        found.append(node)
        for parent, _ in node.edges:
            counts[parent] -= 1
            if counts[parent] == 0:
                ready.append(parent)
    return found


# %% [markdown]
# ///
# ////
#
# ## Step 3. The way back
#
# Now the heart of it. A small change of $v$ reaches $L$ along every edge that
# leaves $v$, and to first order the effects add. For $L = f(g(v), h(v))$, with
# a number or an entry $v$, that is the chain rule in two arguments:
#
# $$
# \bar v = g'(v) \, \bar g + h'(v) \, \bar h
# $$
#
# So gradients are *added up*. The most frequent mistake of a first engine is
# the starter below: it overwrites.
#
# //// exercise | Walk back
#     name: autograd-backward
#
# Write `backward(root)`. It sets `grad` of `root` to ones, that of all other
# values to zeros, of the shape of their `data`, and goes through the values
# in order. For each edge, it adds what the pullback gives.


# %% tags=["starter"]
def backward(root):
    nodes = order(root)
    root.grad = np.ones_like(root.data)
    for node in nodes:
        for parent, pullback in node.edges:
            parent.grad = pullback(node.grad)


# %% tags=["check"]
from derivable.grading import expect_close


def walk(root):
    try:
        backward(root)
    except TypeError as error:
        message = f"backward stopped: {error}; "
        hint = "give each value a `grad` of zeros before you add to it"
        raise AssertionError(message + hint) from error


a = Var(3.0)
walk(a)
expect_close(a.grad, 1.0, what="the gradient of a value for itself")
v = Var([1.0, 2.0])
walk(v)
expect_close(
    v.grad,
    [1.0, 1.0],
    what="the gradient of the array [1, 2] for itself",
    hint="ones of the shape of its data",
)
b = Var(5.0)
walk(mul(a, b))
expect_close(a.grad, 5.0, what="the gradient of a b for a")
expect_close(b.grad, 3.0, what="the gradient of a b for b")
result = add(mul(a, a), a)
walk(result)
expect_close(
    a.grad,
    7.0,
    what="the gradient of a a + a for a, at 3",
    hint="a is used three times: add up what comes along each edge",
)
walk(result)
expect_close(
    a.grad,
    7.0,
    what="the same, when backward is run again",
    hint="begin with zeros each time",
)
walk(mul(mul(v, v), v))
expect_close(v.grad, [3.0, 12.0], what="the gradient of v v v, at [1, 2]")

# %% [markdown]
# /// hint
#
# Set all gradients in a first loop, `root.grad` after it. In the second loop add
# to the gradient that is there. (A first one that is *set*, `parent.grad = g`,
# may be the same array for two values: `+=` would then change both.)
# ///
#
# /// solution


# %% tags=["solution"]
def backward(root):
    nodes = order(root)
    for node in nodes:
        node.grad = np.zeros_like(node.data)
    root.grad = np.ones_like(root.data)
    for node in nodes:
        for parent, pullback in node.edges:
            parent.grad = parent.grad + pullback(node.grad)


# %% [markdown]
# ///
# ////
#
# This is the whole of reverse mode: one walk, whatever the number of inputs.
# The price is memory. Every value of the run is kept until the walk is over.

# %%
start = Var(3.0)
result = add(mul(start, start), start)
backward(result)
print(result.data, start.grad)

# %% [raw] tags=["output"]
# 12.0 7.0

# %% [markdown]
# The run computes $x^2 + x$, whose derivative $2x + 1$ at $3$ is
# `7`{ .claim of="start.grad" }.
#
# ## Step 4. A table of functions
#
# Sine, exponential and the like differ in one line: their slope. So one
# function makes them all, from a table. A slope may use the input `x` or the
# output `y`, whichever is cheaper: $\exp' = \exp$ is already there. The slope
# $e^x / (1 + e^x)$ of softplus, $y = \ln(1 + e^x)$, would overflow for a large
# $x$. But $1 + e^x = e^y$, so it is $e^{x - y}$, and $x - y$ is never positive.


# %%
def elementwise(function, slope):
    """An operation on each entry; `slope(x, y)` is its derivative."""

    def operation(a):
        a = var(a)
        y = function(a.data)
        return Var(y, [(a, lambda g: g * slope(a.data, y))])

    return operation


neg = elementwise(np.negative, lambda x, y: -1.0)
exp = elementwise(np.exp, lambda x, y: y)
softplus = elementwise(
    lambda x: np.logaddexp(0.0, x), lambda x, y: np.exp(x - y)
)

start, far = Var(2.0), Var([-800.0, 800.0])
backward(exp(neg(start)))
backward(softplus(far))
print(start.grad.round(6), (-np.exp(-2.0)).round(6), far.grad)

# %% [raw] tags=["output"]
# -0.135335 -0.135335 [0. 1.]

# %% [markdown]
# //// exercise | Fill the table
#     name: autograd-table
#
# Write the slopes of the sine, the logarithm, the reciprocal $1/x$ and the
# hyperbolic tangent. Give the last two by the output `y` alone.

# %% tags=["starter"]
sin = elementwise(np.sin, lambda x, y: 1.0)
log = elementwise(np.log, lambda x, y: 1.0)
reciprocal = elementwise(np.reciprocal, lambda x, y: 1.0)
tanh = elementwise(np.tanh, lambda x, y: 1.0)


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

points = np.array([0.3, 1.0, 2.5])
for name, operation in {
    "sin": sin,
    "log": log,
    "reciprocal": reciprocal,
    "tanh": tanh,
}.items():
    v = Var(points)
    backward(operation(v))
    expect_close(
        v.grad,
        numerical_gradient(lambda x, f=operation: f(x).data.sum(), points),
        what=f"the derivative of {name} at [0.3, 1, 2.5]",
        rtol=1e-6,
        hint="compare with the table of derivatives",
    )
for name, operation in {"reciprocal": reciprocal, "tanh": tanh}.items():
    v = Var(points)
    result = operation(v)
    backward(result)
    known = v.grad
    v.data = np.full(3, 9.0)
    backward(result)
    expect_close(
        v.grad,
        known,
        what=f"the derivative of {name}, once its input is overwritten",
        hint="take it from the output y, not from x",
    )

# %% [markdown]
# /// hint
#
# The derivative of $1/x$ is $-1/x^2$, and $1/x$ is $y$. That of the hyperbolic
# tangent is one minus its square.
# ///
#
# /// solution

# %% tags=["solution"]
sin = elementwise(np.sin, lambda x, y: np.cos(x))
log = elementwise(np.log, lambda x, y: 1 / x)
reciprocal = elementwise(np.reciprocal, lambda x, y: -(y**2))
tanh = elementwise(np.tanh, lambda x, y: 1 - y**2)

# %% [markdown]
# ///
# ////
#
# ## Step 5. What broadcasting did
#
# A bias of shape $(k)$ is added to a batch of shape $(n, k)$: NumPy repeats
# it $n$ times without a word. On the way back the gradient arrives with shape
# $(n, k)$, and each of the $n$ copies has a share in it. By step 3 shares are
# added up: a broadcast forwards is a sum backwards.

# %%
bias = Var([1.0, 2.0])
batch = Var(np.zeros((3, 2)))
sums = add(batch, bias)
leaf, pullback = sums.edges[1]
print(leaf.data.shape, pullback(np.ones((3, 2))).shape)

# %% [raw] tags=["output"]
# (2,) (3, 2)

# %% [markdown]
# The bias gets a gradient of the wrong shape, and no error told you.
#
# //// exercise | Undo a broadcast
#     name: autograd-unbroadcast
#
# Write `unbroadcast(g, shape)`: the sum of `g` over everything that a value
# of shape `shape` was repeated along. NumPy aligns shapes from the right, adds
# axes on the left, and stretches axes of length one. The starter sums over
# the axes that were added, and would over those that were stretched, which stay,
# of length one: say which they are.


# %% tags=["starter"]
def unbroadcast(g, shape):
    stretched = ()  # the axes where shape says one
    g = np.sum(g, axis=tuple(range(np.ndim(g) - len(shape))))
    return np.sum(g, axis=stretched, keepdims=True)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

g = np.arange(6.0).reshape(2, 3)
for shape, wanted in [
    ((2, 3), g),
    ((3,), g.sum(axis=0)),
    ((1, 3), g.sum(axis=0, keepdims=True)),
    ((2, 1), g.sum(axis=1, keepdims=True)),
    ((1,), g.sum().reshape(1)),
    ((), g.sum()),
]:
    expect_close(
        unbroadcast(g, shape),
        wanted,
        what=f"unbroadcast of a gradient of shape (2, 3) to {shape}",
        hint="first the axes on the left, then those of length one",
    )
expect_close(
    unbroadcast(np.ones((4, 2, 1, 3)), (2, 1, 1)),
    np.full((2, 1, 1), 12.0),
    what="unbroadcast of ones of shape (4, 2, 1, 3) to (2, 1, 1)",
)

# %% [markdown]
# /// hint
#
# `enumerate(shape)` gives the numbers of the axes with their lengths. Take a
# tuple of those where the length is one.
# ///
#
# /// solution


# %% tags=["solution"]
def unbroadcast(g, shape):
    g = np.sum(g, axis=tuple(range(np.ndim(g) - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1)
    return np.sum(g, axis=stretched, keepdims=True)


# %% [markdown]
# ///
# ////
#
# Sum and product become right for all shapes, and the operators of Python can
# call them. From here on you write formulas.


# %%
def add(a, b):
    a, b = var(a), var(b)
    return Var(
        a.data + b.data,
        [
            (a, lambda g: unbroadcast(g, a.data.shape)),
            (b, lambda g: unbroadcast(g, b.data.shape)),
        ],
    )


def mul(a, b):
    a, b = var(a), var(b)
    return Var(
        a.data * b.data,
        [
            (a, lambda g: unbroadcast(g * b.data, a.data.shape)),
            (b, lambda g: unbroadcast(g * a.data, b.data.shape)),
        ],
    )


Var.__add__ = Var.__radd__ = add
Var.__mul__ = Var.__rmul__ = mul
Var.__neg__ = neg
Var.__sub__ = lambda a, b: a + neg(b)
Var.__rsub__ = lambda a, b: b + neg(a)
Var.__truediv__ = lambda a, b: a * reciprocal(var(b))
Var.__rtruediv__ = lambda a, b: b * reciprocal(a)
Var.__array_ufunc__ = None  # so that NumPy leaves array + Var to us

bias = Var([1.0, 2.0])
backward((np.ones((3, 2)) - bias) / 4)
print(bias.grad)

# %% [raw] tags=["output"]
# [-0.75 -0.75]

# %% [markdown]
# ## Step 6. Sums and products of matrices
#
# Two operations are left that a network needs. A sum gives its gradient to
# each of its entries. The product is where matrix calculus pays: let
# $C = A B$, and $G$ be the gradient for $C$. With the rule
# $\dd L = \tr(G^\T \dd C)$ and $\dd C = (\dd A) B + A \, \dd B$ you find
#
# $$
# \nabla_A \tr(G^\T A B) = G B^\T
# \label{claim:autograd-left}
# $$
#
# $$
# \nabla_B \tr(G^\T A B) = A^\T G
# \label{claim:autograd-right}
# $$
#
# /// check
#     of: claim:autograd-left claim:autograd-right
#
# ``` {.python .formula}
# def draw(rng):
#     n, m, k = rng.integers(1, 5, 3)
#     return {
#         "A": rng.normal(size=(n, m)),
#         "B": rng.normal(size=(m, k)),
#         "G": rng.normal(size=(n, k)),
#     }
# ```
# ///
#
# //// exercise | Multiply matrices
#     name: autograd-matmul
#
# Write `matmul(A, B)` for two matrices, with the pullbacks of
# \eqref{claim:autograd-left} and \eqref{claim:autograd-right}.


# %% tags=["starter"]
def total(a):
    a = var(a)
    return Var(a.data.sum(), [(a, lambda g: g * np.ones_like(a.data))])


def matmul(A, B):
    A, B = var(A), var(B)
    return Var(A.data @ B.data, [(A, lambda G: G), (B, lambda G: G)])


# %% tags=["check"]
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

chance = np.random.default_rng(0)
for n, m, k in [(2, 2, 2), (2, 3, 4)]:  # square ones: any product has a value
    P, Q = chance.normal(size=(n, m)), chance.normal(size=(m, k))
    A, B = Var(P), Var(Q)
    shapes = f"shapes ({n}, {m}) and ({m}, {k})"
    expect_close(matmul(A, B).data, P @ Q, what=f"the product, {shapes}")
    backward(total(tanh(matmul(A, B))))
    expect_close(
        A.grad,
        numerical_gradient(lambda M, Q=Q: np.tanh(M @ Q).sum(), P),
        what=f"the gradient of the sum of tanh(A B) for A, {shapes}",
        rtol=1e-6,
        hint="G has the shape of the product, the answer that of A",
    )
    expect_close(
        B.grad,
        numerical_gradient(lambda M, P=P: np.tanh(P @ M).sum(), Q),
        what=f"the gradient of the sum of tanh(A B) for B, {shapes}",
        rtol=1e-6,
        hint="which side does A stand on?",
    )

# %% [markdown]
# /// hint
#
# The shapes leave you one choice: $(n, k)$ and $(m, k)$ make $(n, m)$ only as
# $G B^\T$.
# ///
#
# /// solution


# %% tags=["solution"]
def total(a):
    a = var(a)
    return Var(a.data.sum(), [(a, lambda g: g * np.ones_like(a.data))])


def matmul(A, B):
    A, B = var(A), var(B)
    return Var(
        A.data @ B.data,
        [(A, lambda G: G @ B.data.T), (B, lambda G: A.data.T @ G)],
    )


# %% [markdown]
# ///
# ////
#
# Last, a function that takes a function, as the libraries have it.

# %%
Var.__matmul__ = matmul
Var.__rmatmul__ = lambda a, b: matmul(b, a)


def value_and_grad(f):
    """A function that gives f(*args) and its gradient for each argument."""

    def both(*args):
        leaves = [Var(a) for a in args]
        root = f(*leaves)
        backward(root)
        return root.data.item(), [leaf.grad for leaf in leaves]

    return both


def wave(x):
    return total(sin(x) * exp(-x / 4))


value, (slope,) = value_and_grad(wave)(x)
print(f"{value:.6f}", slope.round(6))

# %% [raw] tags=["output"]
# 1.206855 [ 1.        0.256953 -0.390285]

# %% [markdown]
# These are the numbers of the beginning, by your own engine.
#
# ## Step 7. Use it: a network
#
# The flow of training has four parts. *Forward*: a layer is
# $A = \tanh(X W + b)$, with $X$ of shape $(n, d)$ and $W$ of shape $(d, k)$;
# the last layer gives one number $z$ for each point. *Loss*: the mean of
# $\ln(1 + e^z) - y z$, which is the cross-entropy of labels $0$ and $1$.
# *Backward* is your `value_and_grad`. *Update* is gradient descent.


# %%
def forward(X, W1, b1, W2, b2, w3, b3):
    A1 = tanh(X @ W1 + b1)
    A2 = tanh(A1 @ W2 + b2)
    return A2 @ w3 + b3


def cross_entropy(*parameters):
    z = forward(X, *parameters)
    return total(softplus(z) - y[:, None] * z) / len(y)


def glorot(d, k, rng):
    return rng.normal(size=(d, k)) * np.sqrt(2 / (d + k))


rng = np.random.default_rng(1)
begin = [
    *(glorot(2, 16, rng), np.zeros(16)),
    *(glorot(16, 16, rng), np.zeros(16)),
    *(glorot(16, 1, rng), np.zeros(1)),
]
loss, slopes = value_and_grad(cross_entropy)(*begin)
print(f"{loss:.4f}", [g.shape for g in slopes])

# %% [raw] tags=["output"]
# 0.7659 [(2, 16), (16,), (16, 16), (16,), (16, 1), (1,)]

# %% [markdown]
# //// exercise | Update
#     name: autograd-update
#
# Write `descend(f, parameters, rate, steps)`: gradient descent from the list
# of arrays `parameters`. It gives the list of arrays after the last step, and
# the losses before each step, `steps` of them. The list that it is given and
# the arrays in it stay as they are.


# %% tags=["starter"]
def descend(f, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        loss, slopes = value_and_grad(f)(*parameters)
        losses.append(loss)
        # and now?
    return parameters, losses


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal


def bowl(u, v):
    return total(u * u) + 2 * total(v * v)


first = [np.array([1.0, -2.0]), np.array(3.0)]
kept = list(first)
last, losses = descend(bowl, first, 0.1, 3)
expect_close(
    kept[0],
    [1.0, -2.0],
    what="the first array that was given, afterwards",
    hint="make new arrays: p - rate * g, and no -=",
)
expect_close(kept[1], 3.0, what="the second array that was given, afterwards")
expect_equal(
    [one is other for one, other in zip(first, kept, strict=True)],
    [True, True],
    what="whether the list that was given still holds the same arrays",
    hint="make a new list, and write nothing into the old one",
)
expect_equal(len(losses), 3, what="the number of losses of 3 steps")
expect_close(losses[0], 23.0, what="the loss before the first step")
expect_close(
    last[0],
    [0.8**3, -2 * 0.8**3],
    what="u after 3 steps of rate 0.1 on |u|² + 2 v²",
    hint="each step multiplies u by 1 - 2 * 0.1",
)
expect_close(last[1], 0.6**3 * 3.0, what="v after the same steps")

# %% [markdown]
# /// hint
#
# One line: a new list with `p - rate * g` for each parameter and its slope.
# ///
#
# /// solution


# %% tags=["solution"]
def descend(f, parameters, rate, steps):
    losses = []
    for _ in range(steps):
        loss, slopes = value_and_grad(f)(*parameters)
        losses.append(loss)
        pairs = zip(parameters, slopes, strict=True)
        parameters = [p - rate * g for p, g in pairs]
    return parameters, losses


# %% [markdown]
# ///
# ////

# %%
trained, losses = descend(cross_entropy, begin, rate=0.5, steps=1000)
z = forward(X, *trained).data[:, 0]
right = np.mean((z > 0) == (y == 1))
print(f"loss {losses[0]:.2f} to {losses[-1]:.2f}, {right:.0%} right")
X_new, y_new = two_moons(2000, rng=np.random.default_rng(9), noise=0.15)
z_new = forward(X_new, *trained).data[:, 0]
print(f"of new points: {np.mean((z_new > 0) == (y_new == 1)):.0%}")

# %% [raw] tags=["output"]
# loss 0.77 to 0.01, 100% right
# of new points: 98%

# %% tags=["picture"]
u, v = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-1.5, 1.5, 61))
points = np.column_stack([u.ravel(), v.ravel()])
level = forward(points, *trained).data.reshape(u.shape)

fig, (left, plane) = plt.subplots(1, 2, figsize=(6.8, 3.0))
left.semilogy(losses)
left.set(xlabel="step", ylabel="loss")
plane.contour(u, v, level, levels=[0.0], colors="C2", linewidths=2.2)
for label, mark in [(0, "o"), (1, "^")]:
    plane.plot(*X[y == label].T, mark, color=f"C{label}", ms=3)
plane.set(xlabel="$x_1$", ylabel="$x_2$")

# %% [markdown]
# /// figure | autograd-trained
#     alt: Left, the loss falls over the steps by a factor of more than ten, on a logarithmic axis. Right, the two moons of points with the curve where the network is undecided, which winds between them.
#
# Your engine trains a network: the loss falls, and the line where it is
# undecided winds between the moons.
# ///
#
# ## Step 8. Use it again: a program that is no network
#
# Nothing in your engine knows of networks. Here a loop computes how far a
# ball flies with drag, in small steps of time, and you ask for the speed that
# takes it to a mark. The derivative runs back through all steps of
# the loop. With it, Newton's method finds the answer
# ([its chapter](../calculus/jacobians.md)).


# %%
def distance(speed, steps=100, dt=0.02):
    """How far a ball is after two seconds, thrown at this speed."""
    x, w = Var(0.0), speed
    for _ in range(steps):
        x = x + dt * w
        w = w - dt * 0.1 * w * w
    return x


speed, mark = 5.0, 20.0
for _ in range(6):
    far, (slope,) = value_and_grad(distance)(speed)
    print(f"at {speed:9.6f} it flies {far:9.6f}, off by {far - mark:.0e}")
    speed = speed - (far - mark) / slope

# %% [raw] tags=["output"]
# at  5.000000 it flies  6.941156, off by -1e+01
# at 18.046350 it flies 15.257785, off by -5e+00
# at 29.099866 it flies 19.109794, off by -9e-01
# at 32.207638 it flies 19.960262, off by -4e-02
# at 32.359546 it flies 19.999916, off by -8e-05
# at 32.359870 it flies 20.000000, off by -4e-10

# %% [markdown]
# ## Against the library
#
# Is your gradient right? Three independent witnesses: the book's own engine,
# differences by SciPy, and JAX. First the network's loss, for all its
# parameters at once.


# %%
def same_loss(*parameters):
    W1, b1, W2, b2, w3, b3 = parameters
    A2 = np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2)
    z = A2 @ w3 + b3
    return np.mean(np.logaddexp(0.0, z) - y[:, None] * z)


def off(ours, theirs):
    """The largest difference, in parts of the largest entry."""
    return np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs))


loss, slopes = value_and_grad(cross_entropy)(*begin)
worst = max(
    off(g, book.grad(same_loss, argnum=i)(*begin))
    for i, g in enumerate(slopes)
)
print("against the book's engine, agrees to rounding:", worst < 1e-12)

# %% [raw] tags=["output"]
# against the book's engine, agrees to rounding: True

# %%
from scipy.optimize import approx_fprime

shapes = [p.shape for p in begin]
ends = np.cumsum([p.size for p in begin])[:-1]


def of_vector(theta):
    parts = np.split(theta, ends)
    pairs = zip(parts, shapes, strict=True)
    return same_loss(*(part.reshape(shape) for part, shape in pairs))


theta = np.concatenate([p.ravel() for p in begin])
flat = np.concatenate([g.ravel() for g in slopes])
differences = approx_fprime(theta, of_vector)
print(len(theta), "runs more, agrees to", end=" ")
print("six digits:", off(differences, flat) < 1e-6)

# %% [raw] tags=["output"]
# 337 runs more, agrees to six digits: True

# %% [markdown]
# Differences cost `337`{ .claim of="len(theta)" } runs more than none, and
# lose half of the digits. But nearly all values of a network are used once,
# and a wrong order of step 2 goes unnoticed. In the run of step 8 each speed is
# used four times. JAX says:

# %% tags=["notest"] reason="JAX does not run in a browser; the tests of this book run this block"
import jax


def distance_again(speed, steps=100, dt=0.02):
    x, w = 0.0, speed
    for _ in range(steps):
        x = x + dt * w
        w = w - dt * 0.1 * w * w
    return x


with jax.enable_x64(True):
    slope = jax.grad(distance_again)(5.0)
slope  # 1.000958


# %%
def distance_in_floats(speed, steps=100, dt=0.02):
    x, w = 0.0, speed
    for _ in range(steps):
        x = x + dt * w
        w = w - dt * 0.1 * w * w
    return x


slope = value_and_grad(distance)(5.0)[1][0]
theirs = book.grad(distance_in_floats)(5.0)
print(f"{slope:.6f}, against the book's engine, agrees to rounding:", end=" ")
print(off(slope, theirs) < 1e-12)

# %% [raw] tags=["output"]
# 1.000958, against the book's engine, agrees to rounding: True

# %% [markdown]
# What do the libraries have that yours has not? A compiler that joins small
# operations into large ones, hundreds of operations in their tables, devices,
# and gradients of gradients: your pullbacks compute with arrays, so nothing
# remembers *them*. That is the first of three ways on.
#
# ## Go further
#
# 1. **Gradients of gradients.** Let the pullbacks compute with `Var` instead of
#    arrays, so that `backward` leaves a graph of its own. Then run Newton's
#    method on `wave`, with second derivatives. It takes a cosine of values, an
#    `unbroadcast` of values, and a walk back for each row of the Hessian. Compare
#    with the book's `hessian`.
# 2. **Less memory.** Write `checkpoint(f)`, an operation that keeps only the
#    inputs of `f` and runs it again on the way back. An operation makes one
#    value, so let `f` pack position and speed into an array of two, by a product
#    with masks, and unpack them by sums. Count the values that are
#    alive at once for the loop of step 8, with and without
#    ([checkpointing](../calculus/autodiff.md)).
# 3. **Forward mode.** Give each value a tangent that is computed on the way
#    there, and compare the cost for a function of many inputs, and for one of
#    many outputs.
