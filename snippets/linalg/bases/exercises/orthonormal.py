# %% starter
import numpy as np


def orthonormal(A):
    """Orthonormal columns with the spans of the columns of A."""
    Q = np.zeros_like(A)
    for j in range(A.shape[1]):
        r = A[:, j]
        for i in range(j):
            r -= (Q[:, i] @ A[:, j]) * Q[:, i]
        Q[:, j] = r / np.linalg.norm(r)
    return Q


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

A = np.array([[3, 1], [4, 0], [0, 2]])
before = A.copy()
Q = orthonormal(A)
expect_close(
    Q[:, 0],
    [0.6, 0.8, 0],
    what="the first column for integers",
    hint="which type does zeros_like take over?",
)
expect_equal(
    A.tolist(),
    before.tolist(),
    what="A after the call",
    hint="-= writes into the array of the caller",
)
H = 1 / (np.arange(8)[:, None] + np.arange(8) + 1)
P = orthonormal(H.copy())
expect_close(
    P.T @ P,
    np.eye(8),
    atol=1e-12,
    what="QᵀQ for the 8 by 8 Hilbert matrix",
    hint="subtract from what is left, and do it twice",
)
expect_close(P @ (P.T @ H), H, atol=1e-12, what="Q Qᵀ A")
expect_close(
    np.tril(P.T @ H, -1),
    np.zeros((8, 8)),
    atol=1e-12,
    what="QᵀA below the diagonal",
    hint="column j of A lies in the span of the first j columns of Q",
)
expect_close(
    orthonormal(1e-20 * A)[:, 0],
    [0.6, 0.8, 0],
    what="the first column for short columns",
    hint="what is left is small or not beside the column itself",
)
for dependent in ([[1, 2], [2, 4]], np.arange(1, 10).reshape(3, 3) / 10):
    expect_raises(
        ValueError,
        orthonormal,
        np.array(dependent),
        what=f"orthonormal of the dependent columns {dependent}",
        hint="rounding leaves a little of a column that depends on others",
    )

# %% solution
import numpy as np


def orthonormal(A):
    """Orthonormal columns with the spans of the columns of A."""
    A = np.array(A, dtype=float)
    Q = np.zeros_like(A)
    for j in range(A.shape[1]):
        r = A[:, j].copy()
        for _ in range(2):
            for i in range(j):
                r -= (Q[:, i] @ r) * Q[:, i]
        length = np.linalg.norm(r)
        if length <= 1e-14 * np.linalg.norm(A[:, j]):
            raise ValueError(f"column {j} depends on those before it")
        Q[:, j] = r / length
    return Q
