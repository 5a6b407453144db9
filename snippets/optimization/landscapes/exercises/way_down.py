# %% starter
import numpy as np


def way_down(g, H, *, step, tol=1e-8):
    """A short move down; None with no slope and no negative lam."""
    if np.linalg.norm(g) <= tol:
        return None
    return -step * g / np.linalg.norm(g)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

move = way_down(np.array([3.0, 4.0]), np.eye(2), step=0.5)
expect_close(move, [-0.3, -0.4], what="a move where there is a slope")
move = way_down(np.zeros(2), np.diag([2.0, -2.0]), step=0.5)
expect_close(
    np.abs(move) if move is not None else None,
    [0.0, 0.5],
    what="a move at the saddle of x² − y²",
    hint="where g = 0, follow the eigenvector of the lowest eigenvalue",
)
H = np.diag([-2.0, 5.0])
move = way_down(np.array([1e-10, 0.0]), H, step=0.1)
expect_close(
    move,
    [-0.1, 0.0],
    what="a move at a slope below tol",
    hint="of the two signs take the one that does not climb",
)
for H, where in (
    (np.eye(2), "at a minimum"),
    (np.zeros((2, 2)), "at a monkey saddle"),
    (np.diag([9.0, -1e-16]), "on a valley floor, up to rounding"),
    (np.diag([9e12, -1e-4]), "the same with larger curvatures"),
):
    expect_equal(
        way_down(np.zeros(2), H, step=0.5) is None,
        True,
        what=f"None {where}",
        hint="compare the lowest eigenvalue with tol times the largest size",
    )
move = way_down(np.zeros(2), np.diag([1e-10, -1e-10]), step=0.5)
expect_close(
    np.abs(move) if move is not None else None,
    [0.0, 0.5],
    what="a move at a saddle of small curvatures",
)

# %% solution
import numpy as np


def way_down(g, H, *, step, tol=1e-8):
    """A short move down; None with no slope and no negative lam."""
    if np.linalg.norm(g) > tol:
        return -step * g / np.linalg.norm(g)
    lam, Q = np.linalg.eigh(H)
    if lam[0] >= -tol * np.abs(lam).max():
        return None
    sign = -1.0 if g @ Q[:, 0] > 0 else 1.0
    return sign * step * Q[:, 0]
