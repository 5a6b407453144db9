# %% starter
import numpy as np


def neurons(X, W, b):
    """w · x + b of k neurons for each of n samples, shape (n, k); the
    columns of W, shape (d, k), are their weights, b has shape (k,)."""
    return X.T @ W + b[:, None]


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.linalg import dot

expect_close(
    neurons(
        np.array([[5.9, 160, 25]]),
        np.array([[0.5], [0.3], [0.2]]),
        np.zeros(1),
    ),
    [[55.95]],
    what="one sample, one neuron",
    hint="a row of X meets a column of W",
)
rng = np.random.default_rng(0)
X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
expect_close(
    neurons(X, W, b),
    [[dot(x, w) + c for w, c in zip(W.T, b, strict=True)] for x in X],
    what="four samples, two neurons",
    hint="a bias belongs to a neuron, so it goes to a column",
)
square = neurons(np.zeros((3, 3)), np.eye(3), np.array([1.0, 2.0, 3.0]))
expect_close(square, [[1, 2, 3]] * 3, what="as many samples as neurons")
expect_equal(
    neurons(X[:0], W, b).shape, (0, 2), what="the shape for no samples"
)

# %% solution
import numpy as np


def neurons(X, W, b):
    """w · x + b of k neurons for each of n samples, shape (n, k); the
    columns of W, shape (d, k), are their weights, b has shape (k,)."""
    return X @ W + b
