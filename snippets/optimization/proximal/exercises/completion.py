# %% starter
import numpy as np


def complete(Y, seen, lam, num_steps=1000):
    """Minimise ½ Σ over seen (W − Y)² + λ (sum of singular values)."""
    W = np.zeros_like(Y)
    for _ in range(num_steps):
        W = W - (W - Y)
        U, s, Vt = np.linalg.svd(W, full_matrices=False)
        W = (U * np.maximum(s - lam, 0)) @ Vt
    return W


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(1)
A = rng.normal(size=(12, 2)) @ rng.normal(size=(2, 9))
seen = rng.random(A.shape) < 0.7
W = complete(np.where(seen, A, 0.0), seen, 0.05)
expect_equal(W.shape, A.shape, what="the shape", hint="that of Y")
expect_close(
    W[~seen],
    A[~seen],
    atol=0.3,
    rtol=0,
    what="the entries that were not seen",
    hint="only what was seen pulls: f has slope 0 elsewhere",
)
expect_equal(
    int(np.sum(np.linalg.svd(W, compute_uv=False) > 1e-6)),
    2,
    what="the rank",
    hint="the threshold is that of the singular values",
)
full = np.ones((3, 2), dtype=bool)
expect_close(
    complete(np.diag([3.0, 0.5, 0.0])[:, :2], full, 1.0),
    np.diag([2.0, 0.0, 0.0])[:, :2],
    atol=1e-9,
    what="a diagonal matrix, all seen",
    hint="singular values shrink by λ, and stop at 0",
)
junk = np.where(seen, A, 1e6)
expect_close(
    complete(junk, seen, 0.05, num_steps=50),
    complete(np.where(seen, A, 0.0), seen, 0.05, num_steps=50),
    what="with other numbers where nothing was seen",
    hint="they must not be read",
)

# %% solution
import numpy as np


def complete(Y, seen, lam, num_steps=1000):
    """Minimise ½ Σ over seen (W − Y)² + λ (sum of singular values)."""
    W = np.zeros_like(Y)
    for _ in range(num_steps):
        W = W - np.where(seen, W - Y, 0.0)  # L = 1
        U, s, Vt = np.linalg.svd(W, full_matrices=False)
        W = (U * np.maximum(s - lam, 0)) @ Vt
    return W
