# %% starter
import numpy as np


def top_curvature(product, v, *, num_steps=200):
    """The largest eigenvalue of H, from products v -> H v alone."""
    for _ in range(num_steps):
        v = product(v)
        v = v / np.linalg.norm(v)
    return v @ product(v)


# %% check
import numpy as np

from derivable.grading import expect_close

start = np.array([1.0, 1.0, 1.0])
expect_close(
    top_curvature(lambda v: np.array([1.0, 2.0, 5.0]) * v, start),
    5.0,
    what="eigenvalues 1, 2, 5",
    rtol=1e-6,
)
expect_close(
    top_curvature(lambda v: np.array([1.0, 2.0, -5.0]) * v, start),
    2.0,
    what="eigenvalues 1, 2, -5",
    rtol=1e-6,
    hint="the power iteration finds the largest size; shift H by it",
)
expect_close(start, [1.0, 1.0, 1.0], what="the start after the call")

# %% solution
import numpy as np


def top_curvature(product, v, *, num_steps=200):
    """The largest eigenvalue of H, from products v -> H v alone."""

    def power(matvec, v):
        for _ in range(num_steps):
            v = matvec(v)
            v = v / np.linalg.norm(v)
        return v @ matvec(v)

    shift = abs(power(product, v))  # now every eigenvalue of H + shift I
    return power(lambda u: product(u) + shift * u, v) - shift  # is ≥ 0
