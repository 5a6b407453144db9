# %% starter
import numpy as np


def triangle_area(p, q, r):
    """The area of the triangle with corners p, q and r in any R^n."""
    u, v = q - p, r - p
    return np.linalg.norm(u) * np.linalg.norm(v) / 2


# %% check
import numpy as np

from derivable.grading import expect_close
from derivable.linalg import cross, norm

expect_close(
    triangle_area(
        np.array([0.0, 0.0]), np.array([4.0, 0.0]), np.array([9.0, 3.0])
    ),
    6,
    what="the area over a side of length 4, 3 high",
    hint="the height stands at a right angle on the side",
)
rng = np.random.default_rng(0)
p, q, r = rng.normal(size=(3, 3))
expect_close(
    triangle_area(p, q, r),
    norm(cross(q - p, r - p)) / 2,
    what="the area of a triangle in space",
    hint="take the shadow out of the other side: the height is left",
)
turn = np.linalg.qr(rng.normal(size=(7, 3)))[0]
expect_close(
    triangle_area(turn @ p, turn @ q, turn @ r),
    norm(cross(q - p, r - p)) / 2,
    what="the same triangle in seven dimensions",
    hint="lengths and dot products exist in every dimension",
)
thin = np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 2.0], [2.0, 4.0, 4.0 + 1e-9]])
expect_close(
    triangle_area(*thin),
    np.sqrt(5) / 2 * 1e-9,
    rtol=1e-5,
    what="the area of a thin triangle",
    hint="a small difference of two large squares has lost its digits",
)
expect_close(
    triangle_area(p, p, r), 0, what="the area if two corners are one point"
)

# %% solution
import numpy as np


def triangle_area(p, q, r):
    """The area of the triangle with corners p, q and r in any R^n."""
    u, v = q - p, r - p
    if not np.any(u):
        return 0.0
    height = v - (u @ v) / (u @ u) * u
    return np.linalg.norm(u) * np.linalg.norm(height) / 2
