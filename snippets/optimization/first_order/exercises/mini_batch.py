# %% starter
import numpy as np


def mini_batch_descent(X, y, rate, epochs, batch_size, rng):
    """Weights of linear regression, mean of ½ squared errors, and losses.

    losses[k] is the loss on all data after k epochs.
    """
    n, d = X.shape
    w, losses = np.zeros(d), []
    for _ in range(epochs - 1):
        for start in range(0, n - batch_size, batch_size):
            i = np.arange(start, start + batch_size)
            g = X[i].T @ (X[i] @ w - y[i])
            losses.append(np.mean((X[i] @ w - y[i]) ** 2) / 2)
            w = w - rate * g
    return w, np.array(losses)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 3))
y = X @ np.array([1.0, -2.0, 0.5])
w, losses = mini_batch_descent(X, y, 0.1, 40, 8, np.random.default_rng(1))
expect_equal(
    losses.shape,
    (41,),
    what="number of losses after 40 epochs",
    hint="one before the first epoch and one after each, on all data",
)
expect_close(losses[0], np.mean(y**2) / 2, what="loss at w = 0")
expect_close(w, [1, -2, 0.5], atol=1e-3, what="weights without noise")
expect_close(
    losses[-1], np.mean((X @ w - y) ** 2) / 2, what="loss of the last w"
)

w, _ = mini_batch_descent(X, y, 0.1, 1, 50, np.random.default_rng(1))
expect_close(
    w, 0.1 * X.T @ y / 50, what="one full batch", hint="mean, not sum"
)
w, _ = mini_batch_descent(np.eye(3), np.arange(3.0), 1.0, 1, 1, rng)
expect_close(
    w,
    [0, 1, 2],
    what="batches of one, rate 1, one sample for each weight",
    hint="every sample once an epoch, and no other beside it",
)
one = mini_batch_descent(X, y, 0.1, 1, 8, np.random.default_rng(1))[0]
two = mini_batch_descent(X, y, 0.1, 1, 8, np.random.default_rng(2))[0]
expect_equal(
    np.allclose(one, two),
    False,
    what="whether two seeds give the same weights",
    hint="shuffle with rng at the start of each epoch",
)
expect_raises(
    ValueError,
    mini_batch_descent,
    X,
    y,
    0.1,
    1,
    51,
    rng,
    what="batch size 51 of 50 samples",
)

# %% solution
import numpy as np


def mini_batch_descent(X, y, rate, epochs, batch_size, rng):
    """Weights of linear regression, mean of ½ squared errors, and losses.

    losses[k] is the loss on all data after k epochs.
    """
    n, d = X.shape
    if not 1 <= batch_size <= n:
        raise ValueError(f"batch size must be 1 to {n}, got {batch_size}")

    def loss(w):
        return np.mean((X @ w - y) ** 2) / 2

    w = np.zeros(d)
    losses = [loss(w)]
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            i = order[start : start + batch_size]
            w = w - rate * X[i].T @ (X[i] @ w - y[i]) / len(i)
        losses.append(loss(w))
    return w, np.array(losses)
