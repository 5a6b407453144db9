# %% starter
import numpy as np


def group_lasso(X, y, lam, groups, num_steps=2000):
    """Minimise ‖y − Xw‖² / 2n + λ Σ ‖w_G‖ by proximal gradient."""
    n, d = X.shape
    w, t = np.zeros(d), n / np.linalg.norm(X, 2) ** 2
    for _ in range(num_steps):
        w = w + t * X.T @ (y - X @ w) / n
        w = np.sign(w) * np.maximum(np.abs(w) - t * lam, 0)
    return w


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal
from derivable.optimization import lasso

rng = np.random.default_rng(0)
X = rng.normal(size=(40, 6))
y = X @ [0.1, 2.0, 0.05, 0.0, -1.0, 0.5] + 0.1 * rng.normal(size=40)
groups = [[0, 3], [1, 5, 4], [2]]
w = group_lasso(X, y, 0.3, groups)
expect_equal(w.shape, (6,), what="the shape", hint="one weight a column")
expect_equal(
    np.flatnonzero(w).tolist(),
    [1, 4, 5],
    what="the weights that are kept",
    hint="a whole group is kept or dropped",
)
q = X.T @ (y - X @ w) / 40
kept = groups[1]
expect_close(
    q[kept],
    0.3 * w[kept] / np.linalg.norm(w[kept]),
    rtol=1e-5,
    what="the slope of a group that is kept",
    hint="it is λ w_G / ‖w_G‖: the threshold needs the step t",
)
for G in (groups[0], groups[2]):
    expect_equal(
        bool(np.linalg.norm(q[G]) <= 0.3),
        True,
        what="whether a dropped group has a slope of at most λ",
        hint="compare ‖w_G‖ with tλ",
    )
expect_close(
    group_lasso(X, y, 0.3, [[j] for j in range(6)]),
    lasso(X, y, 0.3).w,
    rtol=1e-5,
    atol=1e-6,
    what="groups of one",
    hint="they are the lasso",
)
X[:, 3] = 0
on = [0, 1, 2, 4, 5]
right = np.zeros(6)
right[on] = np.linalg.lstsq(X[:, on], y)[0]
expect_close(
    group_lasso(X, y, 0.0, [[3], [0, 1, 2, 4, 5]]),
    right,
    rtol=1e-5,
    atol=1e-6,
    what="no penalty, and a column of zeros alone in its group",
    hint="its length is 0, by which you cannot divide",
)

# %% solution
import numpy as np


def group_lasso(X, y, lam, groups, num_steps=2000):
    """Minimise ‖y − Xw‖² / 2n + λ Σ ‖w_G‖ by proximal gradient."""
    n, d = X.shape
    w, t = np.zeros(d), n / np.linalg.norm(X, 2) ** 2
    for _ in range(num_steps):
        w = w + t * X.T @ (y - X @ w) / n
        for G in groups:
            size = np.linalg.norm(w[G])
            w[G] *= 0.0 if size <= t * lam else 1 - t * lam / size
    return w
