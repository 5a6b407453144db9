# %% starter
import numpy as np


def conv1d_back(x, f, dy, stride):
    """Gradients for x and f of y[i] = f @ x[stride * i :][: len(f)]."""
    dx = np.zeros(len(x))
    df = np.zeros(len(f))
    for i, d in enumerate(dy):
        dx[i : i + len(f)] += d * f[::-1]
        df += d * x[i : i + len(f)]
    return dx, df


# %% check
import numpy as np

from derivable.calculus import grad
from derivable.grading import expect_close

rng = np.random.default_rng(1)
for n, k, t in [(9, 3, 2), (7, 3, 1), (8, 3, 2), (4, 4, 3), (5, 1, 3)]:
    x, f = rng.normal(size=n), rng.normal(size=k)
    dy = rng.normal(size=(n - k) // t + 1)

    def loss(p, dy=dy, k=k, t=t):
        x, f = p
        return sum(
            d * np.sum(f * x[t * i : t * i + k]) for i, d in enumerate(dy)
        )

    right = grad(loss)((x, f))
    found = conv1d_back(x.copy(), f.copy(), dy.copy(), t)
    at = f"for lengths {n} and {k}, stride {t}"
    expect_close(
        found[0],
        right[0],
        what=f"dx {at}",
        hint="output i saw x[stride * i + r] times f[r]: the same goes back",
    )
    expect_close(
        found[1],
        right[1],
        what=f"df {at}",
        hint="weight r met x[stride * i + r] at output i: add over i",
    )
dx, _ = conv1d_back(np.ones(8), np.ones(3), np.ones(3), 2)
expect_close(
    dx,
    [1, 1, 2, 1, 2, 1, 1, 0],
    what="dx for ones of lengths 8 and 3, stride 2",
    hint="the last entry lies under no place: it reaches nothing",
)

# %% solution
import numpy as np


def conv1d_back(x, f, dy, stride):
    """Gradients for x and f of y[i] = f @ x[stride * i :][: len(f)]."""
    dx = np.zeros(len(x))
    df = np.zeros(len(f))
    for i, d in enumerate(dy):
        under = slice(stride * i, stride * i + len(f))
        dx[under] += d * f
        df += d * x[under]
    return dx, df
