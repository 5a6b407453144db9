# %% starter
import numpy as np


def max_pool_back(x, dy, m):
    """Gradient of the maxima of windows of m entries; ties share alike."""
    dx = np.zeros(len(x))
    for i, d in enumerate(dy):
        window = x[m * i : m * i + m]
        dx[m * i : m * i + m] = d * (window == window.max())
    return dx


# %% check
import numpy as np

from derivable.calculus import grad
from derivable.grading import expect_close

rng = np.random.default_rng(3)
for x, m in [
    (rng.normal(size=6), 2),
    (rng.normal(size=8), 3),
    (np.array([1.0, 1.0, 0.0, 2.0, 2.0, 2.0]), 3),
    (-np.ones(4), 2),
    (rng.normal(size=4), 1),
]:
    dy = rng.normal(size=len(x) // m)

    def loss(x, dy=dy, m=m):
        return sum(d * np.max(x[m * i : m * i + m]) for i, d in enumerate(dy))

    expect_close(
        max_pool_back(x.copy(), dy.copy(), m),
        grad(loss)(x),
        what=f"dx for x = {x.round(2)}, m = {m}",
        hint="divide by how many of the window are largest; entries after "
        "the last whole window get 0",
    )

# %% solution
import numpy as np


def max_pool_back(x, dy, m):
    """Gradient of the maxima of windows of m entries; ties share alike."""
    dx = np.zeros(len(x))
    for i, d in enumerate(dy):
        window = x[m * i : m * i + m]
        largest = window == window.max()
        dx[m * i : m * i + m] = d * largest / largest.sum()
    return dx
