# %% starter
import numpy as np


def recover(f, n):
    """W and b of an affine f(x) = W x + b, from its values alone."""
    b = f(np.zeros(n))
    W = np.array([f(e) for e in np.eye(n)])
    return W, b


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

W0 = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
b0 = np.array([10.0, -20.0])
calls = []


def f(x):
    calls.append(1)
    return W0 @ x + b0


W, b = recover(f, 3)
expect_close(b, b0, what="b", hint="what does f make of 0?")
expect_close(
    W,
    W0,
    what="W",
    hint="f(e_j) holds column j of W, and b on top of it",
)
expect_equal(len(calls) <= 4, True, what="n + 1 calls are enough")

W, b = recover(lambda x: x - x.mean(), 4)
expect_close(
    W,
    np.eye(4) - 0.25,
    what="W of x - mean(x)",
)
expect_close(b, np.zeros(4), what="b of x - mean(x)")

# %% solution
import numpy as np


def recover(f, n):
    """W and b of an affine f(x) = W x + b, from its values alone."""
    b = f(np.zeros(n))
    W = np.column_stack([f(e) - b for e in np.eye(n)])
    return W, b
