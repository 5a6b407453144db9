# %% starter
import numpy as np


def append_row(R, z, a, beta):
    """R and z = Qᵀb after one more row aᵀx ≈ β, by n rotations."""
    M = np.vstack([np.column_stack([R, z]), [*a, beta]]).astype(float)
    for j in range(len(z)):
        M[-1] -= M[-1, j] / M[j, j] * M[j]
    return M[:-1, :-1], M[:-1, -1]


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal

rng = np.random.default_rng(0)
A, b = rng.normal(size=(9, 3)), rng.normal(size=9)
Q, R = np.linalg.qr(A[:4])
z = Q.T @ b[:4]
before = R.copy()
for a, beta in zip(A[4:], b[4:], strict=True):
    R, z = append_row(R, z, a, beta)
expect_equal(R.shape, (3, 3), what="shape of R", hint="drop the last row")
expect_equal(np.shape(z), (3,), what="shape of z", hint="one for each column")
expect_close(
    R,
    np.triu(R),
    rtol=0,
    atol=1e-12,
    what="R below its diagonal",
    hint="each rotation makes one entry of the new row zero",
)
expect_close(
    R.T @ R,
    A.T @ A,
    rtol=1e-9,
    atol=1e-9,
    what="RᵀR",
    hint="a rotation keeps lengths; subtracting a multiple does not",
)
expect_close(
    np.linalg.solve(R, z),
    np.linalg.lstsq(A, b, rcond=None)[0],
    rtol=1e-9,
    atol=1e-9,
    what="x",
    hint="turn z together with R",
)
R0, z0 = append_row(np.zeros((2, 2)), np.zeros(2), [3.0, 4.0], 5.0)
expect_close(
    np.abs([*R0[0], z0[0]]),
    [3, 4, 5],
    rtol=1e-12,
    what="the first row of all",
    hint="np.hypot(0, 3) is 3: nothing is divided by R[j, j]",
)
expect_equal(
    bool(np.all(np.diag(R) >= 0)),
    True,
    what="no negative number on the diagonal",
    hint="a rotation leaves the length of (p, q) there, np.hypot(p, q)",
)
whole = append_row(np.array([[3, 1], [0, 2]]), np.array([1, 2]), [4, 1], 5)
expect_close(
    np.column_stack(whole),
    [[5, 1.4, 4.6], [0, np.sqrt(4.04), 3.56 / np.sqrt(4.04)]],
    rtol=1e-12,
    atol=1e-12,
    what="R and z of whole numbers",
    hint="an array of integers cuts what you write into it",
)
weak = np.array([[1.0, 1.0], [0.0, 1e-9]])
expect_close(
    append_row(weak, np.ones(2), np.ones(2), 1.0)[0][1, 1],
    1e-9,
    rtol=1e-6,
    what="R for columns that nearly depend",
    hint="RᵀR + a aᵀ has lost it: rotate R itself",
)
expect_close(
    Q @ before,
    A[:4],
    rtol=1e-9,
    atol=1e-9,
    what="the R that was given",
    hint="work on a copy",
)

# %% solution
import numpy as np


def append_row(R, z, a, beta):
    """R and z = Qᵀb after one more row aᵀx ≈ β, by n rotations."""
    M = np.vstack([np.column_stack([R, z]), [*a, beta]]).astype(float)
    for j in range(len(z)):
        length = np.hypot(M[j, j], M[-1, j])
        if length > 0:
            c, s = M[j, j] / length, M[-1, j] / length
            M[[j, -1]] = np.array([[c, s], [-s, c]]) @ M[[j, -1]]
    return M[:-1, :-1], M[:-1, -1]
