# %% starter
import numpy as np


def one_by_one(Wq, Wk, Wv):
    """A function that takes a row x and gives its attended row."""

    def step(x):
        _k, v = x @ Wk, x @ Wv
        return v

    return step


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import attention

rng = np.random.default_rng(0)
for T, w, d in [(1, 3, 2), (6, 4, 3)]:
    X = rng.normal(size=(T, w))
    later = rng.normal(size=(T, 3, w, d))
    for W, what, hint in [
        (
            later[[0] * T],
            f"attention of {T} rows, one by one",
            "all keys so far count, its own too, and scores have 1/√d",
        ),
        (
            later,
            f"attention of {T} rows, with other matrices for each",
            "keep each key and each value, and compute it once",
        ),
    ]:
        now = W[0].copy()
        step = one_by_one(*now)
        other = one_by_one(*W[0])
        other(np.ones(w))  # a second text has a cache of its own
        found = []
        for x, matrices in zip(X, W, strict=True):
            now[:] = matrices
            found.append(step(x))
        Q, K, V = np.einsum("tw,tiwd->itd", X, W)
        right = attention(Q, K, V, mask=np.tri(T, dtype=bool))
        expect_close(np.array(found), right, what=what, hint=hint)

# %% solution
import numpy as np


def one_by_one(Wq, Wk, Wv):
    """A function that takes a row x and gives its attended row."""
    keys, values = [], []

    def step(x):
        keys.append(x @ Wk)
        values.append(x @ Wv)
        s = np.array(keys) @ (x @ Wq) / np.sqrt(Wq.shape[1])
        e = np.exp(s - s.max())
        return e @ np.array(values) / e.sum()

    return step
