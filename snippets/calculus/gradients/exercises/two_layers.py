# %% starter
import numpy as np


def backward(X, y, W1, b1, W2, b2):
    """Gradients of mean((relu(X W1 + b1) W2 + b2 − y)²), one for each of
    W1 (d, k), b1 (k,), W2 (k, 1) and b2 (1,); X is (n, d), y (n, 1)."""
    raise NotImplementedError


# %% check
import numpy as np

from derivable.calculus import numerical_gradient
from derivable.grading import expect_close


def loss(X, y, W1, b1, W2, b2):
    H = np.maximum(X @ W1 + b1, 0)
    return np.mean((H @ W2 + b2 - y) ** 2)


rng = np.random.default_rng(1)
for n, d, k in [(6, 3, 4), (1, 2, 5)]:
    X, y = rng.normal(size=(n, d)), rng.normal(size=(n, 1))
    p = [rng.normal(size=s) for s in [(d, k), (k,), (k, 1), (1,)]]
    for i, (name, g) in enumerate(
        zip(["W1", "b1", "W2", "b2"], backward(X, y, *p), strict=True)
    ):
        g_hat = numerical_gradient(
            lambda v, i=i: loss(X, y, *p[:i], v, *p[i + 1 :]), p[i]
        )
        expect_close(
            g,
            g_hat,
            rtol=1e-5,
            atol=1e-8,
            what=f"gradient for {name} with n = {n}",
            hint="work backward; each gradient has the shape of its array",
        )
dead = backward(X, y, p[0], np.full(5, -1e3), *p[2:])
expect_close(
    dead[0], np.zeros((2, 5)), what="gradient for W1 with every unit off"
)

# %% solution
import numpy as np


def backward(X, y, W1, b1, W2, b2):
    """Gradients of mean((relu(X W1 + b1) W2 + b2 − y)²), one for each of
    W1 (d, k), b1 (k,), W2 (k, 1) and b2 (1,); X is (n, d), y (n, 1)."""
    Z = X @ W1 + b1  # (n, k)
    H = np.maximum(Z, 0)  # (n, k)
    dY = 2 / len(y) * (H @ W2 + b2 - y)  # (n, 1)
    dZ = (dY @ W2.T) * (Z > 0)  # (n, k)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dY, dY.sum(axis=0)
