# %% starter
import numpy as np


def fit_descent(X, y, learning_rate, num_steps):
    """Weights, intercept and the loss before every step and at the end."""
    w, b = np.zeros(X.shape[1]), 0.0
    losses = []
    for _ in range(num_steps):
        r = X @ w + b - y
        losses.append(np.mean(r**2))
        w = w - learning_rate * X.T @ r
        b = b - learning_rate * np.sum(r)
    return w, b, np.array(losses)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.learning import fit_linear

X = np.array([[1.0], [3.0]])
y = np.array([2.0, 4.0])
w, b, losses = fit_descent(X, y, 0.1, 1)
expect_close(w, [1.4], what="w after one step", hint="(2/n) Xᵀ(ŷ − y), at 0")
expect_close(b, 0.6, what="b after one step", hint="(2/n) Σ(ŷ − y)")
expect_close(
    losses, [10, 0.32], what="losses", hint="the loss at the end counts too"
)
rng = np.random.default_rng(0)
X = rng.normal(size=(100, 2))
y = 1 + X @ [2.0, 3.0] + 0.3 * rng.normal(size=100)
w, b, losses = fit_descent(X, y, 0.1, 500)
model = fit_linear(X, y)
expect_close(w, model.w, what="w of two features", hint="500 steps suffice")
expect_close(b, model.intercept, what="b of two features")
expect_equal(losses.shape, (501,), what="shape of the losses")
expect_equal(
    bool(np.all(np.diff(losses[:20]) < 0)),
    True,
    what="whether the loss falls",
    hint="one rate for w and b, and slopes of the mean",
)
expect_close(
    fit_descent(X, y, 0.1, 0)[2],
    [np.mean(y**2)],
    what="losses of no step",
    hint="the start has a loss",
)
for wrong in (y[:, None], y[:-1], y[None]):
    expect_raises(
        ValueError,
        fit_descent,
        X,
        wrong,
        0.1,
        2,
        what=f"y of shape {wrong.shape}",
        hint="compare y.shape with (len(X),) before the loop",
    )

# %% solution
import numpy as np


def fit_descent(X, y, learning_rate, num_steps):
    """Weights, intercept and the loss before every step and at the end."""
    n, d = X.shape
    if y.shape != (n,):
        raise ValueError(f"y must have shape ({n},), got {y.shape}")
    w, b = np.zeros(d), 0.0
    losses = []
    for _ in range(num_steps):
        r = X @ w + b - y
        losses.append(np.mean(r**2))
        w = w - learning_rate * 2 / n * X.T @ r
        b = b - learning_rate * 2 / n * np.sum(r)
    losses.append(np.mean((X @ w + b - y) ** 2))
    return w, b, np.array(losses)
