# %% starter
def backtrack(f, x, g, *, initial=1.0, share=0.1):
    """The first of α = initial, ½ initial, … that meets Armijo for −g."""
    alpha = initial
    while f(x - alpha * g) > f(x):
        alpha /= 2
    return alpha


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises


def bowl(x):
    return 5 * x @ x


x = np.array([1.0, 0.0])
expect_close(
    backtrack(bowl, x, 10 * x, initial=0.38),
    0.095,
    what="backtrack on 5x² from α = 0.38",
    hint="a fall is not enough: α‖g‖² times the share is asked for",
)
expect_close(backtrack(bowl, x, 10 * x), 0.125, what="from α = 1")
expect_close(
    backtrack(bowl, x, 10 * x, share=0.4),
    0.0625,
    what="share 0.4",
    hint="on 5x² the condition is α ≤ (1 − share)/5",
)
expect_raises(
    ValueError,
    backtrack,
    bowl,
    x,
    -10 * x,
    what="a gradient of the wrong sign",
    hint="stop after sixty trials; equal sides are no fall",
)


# %% solution
def backtrack(f, x, g, *, initial=1.0, share=0.1):
    """The first of α = initial, ½ initial, … that meets Armijo for −g."""
    alpha = initial
    for _ in range(60):
        if f(x - alpha * g) <= f(x) - share * alpha * (g @ g) and (
            f(x - alpha * g) < f(x)
        ):
            return alpha
        alpha /= 2
    raise ValueError("no step lowers f: is g its gradient?")
