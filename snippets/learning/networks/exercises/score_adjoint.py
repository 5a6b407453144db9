# %% starter
import numpy as np


def loss_and_adjoint(Z, y):
    """Mean cross-entropy of labels y, and its gradient for the scores."""
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    Y = np.eye(Z.shape[1])[y]
    return -np.mean(np.log(P[np.arange(len(y)), y])), P - Y


# %% check
import numpy as np

from derivable.calculus import value_and_grad
from derivable.calculus.autodiff import softmax_cross_entropy
from derivable.grading import expect_close

rng = np.random.default_rng(2)
for n, k in [(4, 3), (1, 2)]:
    Z, y = rng.normal(size=(n, k)), rng.integers(k, size=n)
    Y = np.eye(k)[y]
    loss, adjoint = value_and_grad(lambda Z, Y=Y: softmax_cross_entropy(Z, Y))(
        Z
    )
    found, G = loss_and_adjoint(Z, y)
    expect_close(found, loss, what=f"loss of {n} samples")
    expect_close(
        G,
        adjoint,
        what=f"dZ of {n} samples",
        hint="the loss is a mean over n; so is its gradient",
    )
with np.errstate(all="ignore"):
    found, G = loss_and_adjoint(np.array([[900.0, 0.0]]), np.array([1]))
    rows = loss_and_adjoint(
        np.array([[900.0, 0.0], [0, -5]]), np.array([0, 0])
    )
    two, _ = loss_and_adjoint(
        np.array([[1e308, 0.0], [1e308, 0.0]]), np.array([1, 1])
    )
    far = loss_and_adjoint(np.array([[1e308, -1e308]]), np.array([0]))
expect_close(
    found,
    900.0,
    what="loss at the scores 900 and 0",
    hint="subtract the largest score of the row first",
)
expect_close(G, [[1.0, -1.0]], what="dZ at the scores 900 and 0")
p = 1 / (1 + np.exp(5))
for found, right, what in zip(
    rows,
    [-np.log1p(-p) / 2, [[0, 0], [-p / 2, p / 2]]],
    ["loss", "dZ"],
    strict=True,
):
    expect_close(
        found,
        right,
        what=f"{what} at the rows 900, 0 and 0, -5",
        hint="each row has its own largest score",
    )
expect_close(
    two,
    1e308,
    what="loss at two rows 1e308 and 0",
    hint="the sum of the losses is beyond float64: divide by n first",
)
for found, right, what in zip(
    far, [0.0, [[0, 0]]], ["loss", "dZ"], strict=True
):
    expect_close(
        found,
        right,
        what=f"{what} at the scores 1e308 and -1e308",
        hint="0 times -inf is nan: pick the entry of the true class",
    )

# %% solution
import numpy as np


def loss_and_adjoint(Z, y):
    """Mean cross-entropy of labels y, and its gradient for the scores."""
    with np.errstate(over="ignore"):  # -inf then, and exp(-inf) is 0
        Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    Y = np.eye(Z.shape[1])[y]
    loss = -np.sum(log_p[np.arange(len(y)), y] / len(y))
    return loss, (np.exp(log_p) - Y) / len(y)
