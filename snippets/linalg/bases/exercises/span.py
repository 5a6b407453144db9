# %% starter
import numpy as np


def in_plane(a, b, c):
    """The weights (s, t) with s a + t b = c; a and b are independent."""
    s = (c @ a) / (a @ a)
    t = (c @ b) / (b @ b)
    return np.array([s, t])


# %% check
import numpy as np

from derivable.grading import expect_close, expect_raises

a, b = np.array([2.0, 1.0]), np.array([1.0, 3.0])
expect_close(
    in_plane(a, b, np.array([5.0, 5.0])),
    [2, 1],
    what="weights of (5, 5)",
    hint="a and b are not orthogonal: projections overlap",
)
rng = np.random.default_rng(0)
a, b = rng.normal(size=(2, 6))
expect_close(
    in_plane(a, b, 3 * a - 2 * b),
    [3, -2],
    what="weights of 3a − 2b in six dimensions",
    hint="take a out of b and of c first",
)
expect_close(in_plane(a, b, 0 * a), [0, 0], what="weights of zero")
near = a + 1e-6 * rng.normal(size=6)
expect_close(
    in_plane(a, near, a - near),
    [1, -1],
    rtol=1e-5,
    what="weights of a − b where b is almost a",
    hint="two long arrows give a short one: rounding is that of the long",
)
expect_raises(
    ValueError,
    in_plane,
    np.array([1.0, 0.0, 0.0]),
    np.array([0.0, 1.0, 0.0]),
    np.array([0.0, 0.0, 1.0]),
    what="a vector outside of the plane",
)
expect_raises(
    ValueError,
    in_plane,
    np.array([1.0, 0.0, 0.0]),
    np.array([0.0, 1.0, 0.0]),
    np.array([0.0, 0.0, 1e-10]),
    what="a short vector outside of the plane",
    hint="what is left is small or not beside c itself",
)

# %% solution
import numpy as np


def in_plane(a, b, c):
    """The weights (s, t) with s a + t b = c; a and b are independent."""
    b_left = b - (b @ a) / (a @ a) * a
    t = (c @ b_left) / (b_left @ b_left)
    s = ((c - t * b) @ a) / (a @ a)
    size = np.linalg.norm(c) + np.linalg.norm(s * a) + np.linalg.norm(t * b)
    if np.linalg.norm(c - s * a - t * b) > 1e-12 * size:
        raise ValueError("c is not a combination of a and b")
    return np.array([s, t])
