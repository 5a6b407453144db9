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

from derivable.grading import expect_close, expect_equal
from derivable.linalg import attention


class Counted(np.ndarray):
    """A matrix that counts the rows it is multiplied with."""

    rows = 0

    def __rmatmul__(self, x):
        Counted.rows += np.size(x) // len(self)
        return np.asarray(x) @ np.asarray(self)

    __array_priority__ = 100
    __array_ufunc__ = None


rng = np.random.default_rng(0)
for T, w, d in [(1, 3, 2), (6, 4, 3)]:
    X = rng.normal(size=(T, w))
    Wq, Wk, Wv = rng.normal(size=(3, w, d))
    Counted.rows = 0
    step = one_by_one(Wq, Wk.view(Counted), Wv)
    other = one_by_one(Wq, Wk, Wv)
    other(np.ones(w))  # a second text has a cache of its own
    found = np.array([step(x) for x in X])
    expect_close(
        found,
        attention(X @ Wq, X @ Wk, X @ Wv, mask=np.tri(T, dtype=bool)),
        what=f"attention of {T} rows, one by one",
        hint="a row attends to all keys so far, its own among them, and "
        "its scores are divided by √d",
    )
    expect_equal(
        Counted.rows,
        T,
        what="the rows that were multiplied with Wk",
        hint="keep each key, and compute it once",
    )

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
