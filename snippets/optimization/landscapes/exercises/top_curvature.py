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
for values in ([2.0, -2.0], [2.0, -2.0, 1.0]):
    expect_close(
        top_curvature(lambda v, d=values: d * v, np.ones(len(values))),
        2.0,
        what=f"eigenvalues {values}",
        rtol=1e-6,
        hint="v @ product(v) may be zero; the length of product(v) is not",
    )
expect_close(
    top_curvature(lambda v: -3.0 * v, start),
    -3.0,
    what="eigenvalues -3, -3, -3",
    rtol=1e-6,
    hint="shifted by exactly 3, nothing is left",
)
expect_close(
    top_curvature(lambda v: 0.0 * v, start),
    0.0,
    what="H = 0",
    hint="a vector of length zero cannot be divided by its length",
)
expect_close(
    top_curvature(lambda v: np.array([1.0, 0.0, -10.0]) * v, start),
    1.0,
    what="eigenvalues 1, 0, -10",
    rtol=1e-6,
    hint="the larger the shift, the slower; twice the size is enough",
)
expect_close(start, [1.0, 1.0, 1.0], what="the start after the call")

# %% solution
import numpy as np


def top_curvature(product, v, *, num_steps=200):
    """The largest eigenvalue of H, from products v -> H v alone."""

    def power(matvec, v):
        for _ in range(num_steps):
            v = matvec(v)
            if not v.any():
                return 0.0
            v = v / np.linalg.norm(v)
        return np.linalg.norm(matvec(v))

    shift = 2 * power(product, v)  # so all of H + shift I is positive
    return power(lambda u: product(u) + shift * u, v) - shift
