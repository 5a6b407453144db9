# %% starter
import numpy as np


def softmax_regression_gradient(X, Y, W):
    """Gradient of the mean cross-entropy of softmax(X W), shape (d, k)."""
    Z = X @ W
    P = np.exp(Z) / np.exp(Z).sum()
    return (P - Y).T @ X


# %% check
from scipy.special import log_softmax

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close

rng = np.random.default_rng(1)
X, W = rng.normal(size=(7, 3)), rng.normal(size=(3, 4))
Y = np.eye(4)[rng.integers(0, 4, 7)]


def loss(W):
    return -np.mean(np.sum(Y * log_softmax(X @ W, axis=1), axis=1))


expect_close(
    softmax_regression_gradient(X, Y, W),
    numerical_gradient(loss, W),
    what="the gradient",
    rtol=1e-5,
    atol=1e-7,
    hint="a distribution in each row, and the mean over 7 samples",
)
expect_close(
    softmax_regression_gradient(X, Y, 1000 * W) * 0,
    np.zeros((3, 4)),
    what="the gradient for large weights, times 0",
    hint="subtract the largest logit of each row",
)

# %% solution
import numpy as np


def softmax_regression_gradient(X, Y, W):
    """Gradient of the mean cross-entropy of softmax(X W), shape (d, k)."""
    Z = X @ W
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return X.T @ (P - Y) / len(X)
