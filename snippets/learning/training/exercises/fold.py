# %% starter
import numpy as np


def fold(W, b, gamma, beta, mean, variance, eps=1e-5):
    """Weights and bias of the dense layer that normalises as well."""
    q = gamma / np.sqrt(variance + eps)
    return W * q, beta - q * mean


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises
from derivable.learning import BatchNorm

rng = np.random.default_rng(1)
for d, k, eps in [(3, 4, 1e-5), (4, 2, 0.5), (3, 3, 0.1)]:
    W, b, gamma, beta, mean = (
        rng.normal(size=s) for s in [(d, k), k, k, k, k]
    )
    variance = rng.uniform(0.1, 2, size=k)
    X = rng.normal(size=(5, d))
    right = BatchNorm(gamma, beta, mean, variance, epsilon=eps)
    V, c = fold(W, b, gamma, beta, mean, variance, eps)
    what = f"for d, k, eps = {d}, {k}, {eps}"
    expect_close(np.shape(V), (d, k), what=f"shape of the weights {what}")
    expect_close(np.shape(c), (k,), what=f"shape of the bias {what}")
    expect_close(
        X @ V + c,
        right.evaluate(X @ W + b),
        what=f"the output {what}",
        hint="q scales columns of W, and it scales b - mean",
    )
V, c = fold(
    *(np.eye(2), np.zeros(2), np.ones(2), np.zeros(2), np.zeros(2)),
    np.array([0.0, 3.0]),
    eps=1.0,
)
expect_close(
    V, np.diag([1.0, 0.5]), what="weights, for a variance of 0 and eps 1"
)
V, c = fold(
    *(np.eye(2), np.zeros(2), np.ones(2), np.zeros(2), np.zeros(2)),
    np.full(2, 1.5e-5),
)
expect_close(
    V,
    np.eye(2) * 200,
    what="weights without eps, for variances of 1.5e-5",
    hint="eps is 1e-5 unless another is given",
)
expect_raises(
    ValueError,
    fold,
    *(np.eye(2), np.zeros(2), np.ones(2), np.zeros(2), np.zeros(2)),
    np.array([1.0, -1e-6]),
    what="a variance below 0",
    hint="eps may hide it: check the variance itself",
)

# %% solution
import numpy as np


def fold(W, b, gamma, beta, mean, variance, eps=1e-5):
    """Weights and bias of the dense layer that normalises as well."""
    if np.min(variance) < 0:
        raise ValueError(f"variance must not be negative, got {variance}")
    q = gamma / np.sqrt(variance + eps)
    return W * q, beta + q * (b - mean)
