# %% starter
import numpy as np


def batch_norm(X, gamma, beta, eps=1e-5):
    """Y, and a function from dY to the adjoints of X, gamma and beta."""
    s = 1 / np.sqrt(X.var(axis=0) + eps)
    X_hat = s * (X - X.mean(axis=0))

    def back(dY):
        return s * gamma * dY, (dY * X_hat).sum(axis=0), dY.sum(axis=0)

    return gamma * X_hat + beta, back


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.learning import batch_norm as reference
from derivable.learning import batch_norm_backward

rng = np.random.default_rng(1)
for n, d, eps in [(6, 4, 1e-5), (2, 3, 0.5), (5, 5, 0.1)]:
    X, G = rng.normal(size=(2, n, d)) + 1
    gamma, beta = rng.normal(size=(2, d))
    run = reference(X, gamma, beta, epsilon=eps)
    A, D, g, b = X.copy(), G.copy(), gamma.copy(), beta.copy()
    Y, back = batch_norm(A, g, b, eps)
    what = f"for n, d, eps = {n}, {d}, {eps}"
    expect_close(Y, run.Y, what=f"Y {what}", hint="over the batch: axis 0")
    hints = {
        "dX": "mean and variance depend on X as well: take out the mean of "
        "the adjoint and its part along X_hat",
        "dgamma": "add dY * X_hat over the batch",
        "dbeta": "add dY over the batch",
    }
    for call in ("", ", at the second call of back"):
        for (name, hint), found, right in zip(
            hints.items(),
            back(D),
            batch_norm_backward(G, gamma, run),
            strict=True,
        ):
            expect_close(found, right, what=f"{name} {what}{call}", hint=hint)
    expect_close(Y, run.Y, what=f"Y after the way back {what}")
    for name, kept, now in [
        ("X", X, A),
        ("dY", G, D),
        ("gamma", gamma, g),
        ("beta", beta, b),
    ]:
        expect_equal(
            np.array_equal(kept, now),
            True,
            what=f"{name} is as before {what}",
            hint="write A = A - …, not A -= …",
        )
X, G = 0.01 * rng.normal(size=(2, 6, 4))
one, zero = np.ones(4), np.zeros(4)
run = reference(X, one, zero, epsilon=1e-5)
Y, back = batch_norm(X, one, zero)
hint = "eps is 1e-5 unless another is given"
expect_close(Y, run.Y, what="Y without eps", hint=hint)
expect_close(
    back(G)[0],
    batch_norm_backward(G, one, run)[0],
    what="dX without eps",
    hint=hint,
)
constant = np.column_stack([np.full(4, 7.0), np.arange(4.0)])
Y, back = batch_norm(constant, np.ones(2), np.array([0.5, 0.0]))
expect_close(
    Y[:, 0],
    np.full(4, 0.5),
    what="a feature that does not vary",
    hint="it becomes its shift; eps belongs inside the root",
)
expect_raises(
    ValueError,
    batch_norm,
    np.ones((1, 3)),
    np.ones(3),
    np.zeros(3),
    what="a batch of one",
    hint="its variance is 0, and so is every output",
)

# %% solution
import numpy as np


def batch_norm(X, gamma, beta, eps=1e-5):
    """Y, and a function from dY to the adjoints of X, gamma and beta."""
    if len(X) < 2:
        raise ValueError(f"the batch must have two rows, got {len(X)}")
    s = 1 / np.sqrt(X.var(axis=0) + eps)
    X_hat = s * (X - X.mean(axis=0))

    def back(dY):
        G = gamma * dY
        M = G.mean(axis=0) + X_hat * (G * X_hat).mean(axis=0)
        return s * (G - M), (dY * X_hat).sum(axis=0), dY.sum(axis=0)

    return gamma * X_hat + beta, back
