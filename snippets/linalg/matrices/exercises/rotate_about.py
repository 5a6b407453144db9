# %% starter
import numpy as np

from derivable.linalg import affine, rotation


def rotate_about(center, theta):
    """Homogeneous matrix of a turn by theta about a point, shape (3, 3)."""
    return affine(rotation(theta), center)


# %% check
from derivable.grading import expect_close
from derivable.linalg import apply_affine

M = rotate_about([2, 1], np.pi / 2)
expect_close(M.shape, (3, 3), what="the shape of rotate_about([2, 1], 90°)")
expect_close(
    apply_affine(M, [2, 1]),
    [2, 1],
    what="the centre after the turn",
    hint="the centre must stay where it is",
)
expect_close(
    apply_affine(M, [[3, 1], [2, 3]]),
    [[2, 2], [0, 1]],
    what="two points turned by 90° about (2, 1)",
    hint="first move the centre to the origin, in the end move it back",
)
expect_close(
    rotate_about([5, -7], 0.0),
    np.eye(3),
    what="a turn by nothing",
    hint="then all points stay",
)

# %% solution
import numpy as np

from derivable.linalg import affine, rotation


def rotate_about(center, theta):
    """Homogeneous matrix of a turn by theta about a point, shape (3, 3)."""
    center = np.asarray(center, dtype=float)
    there = affine(np.eye(2), -center)
    turn = affine(rotation(theta), [0, 0])
    back = affine(np.eye(2), center)
    return back @ turn @ there
