# %% starter
import numpy as np

from derivable.linalg import qr_lstsq


def left_out(A, b):
    """Errors at each row of a fit that has not seen this row."""
    return b - A @ qr_lstsq(A, b)


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

rng = np.random.default_rng(0)
A, b = rng.normal(size=(8, 3)), rng.normal(size=8)
expected = []
for i in range(8):
    keep = np.arange(8) != i
    x = np.linalg.lstsq(A[keep], b[keep], rcond=None)[0]
    expected.append(b[i] - A[i] @ x)
found = left_out(A, b)
expect_equal(np.shape(found), (8,), what="shape", hint="one for each row")
expect_close(
    found,
    expected,
    rtol=1e-9,
    what="errors",
    hint="divide each residual by one minus its leverage",
)
expect_close(
    left_out(A * [1e-9, 1, 1e9], b),
    expected,
    rtol=1e-6,
    what="errors in other units",
    hint="take the leverages from Q, not from the inverse of AᵀA",
)
alone = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
expect_raises(
    ValueError,
    lambda: left_out(alone, np.ones(3)),
    what="a row that the others cannot do without",
    hint="its leverage is 1 up to rounding: refuse it",
)
for needed in (1e-6, 1e-9, 1e-10, 1e-11, 1e-12):
    twice = np.column_stack([A[:, 0], A[:, 0]])
    twice[-1, 1] += needed
    expect_raises(
        ValueError,
        lambda twice=twice: left_out(twice, b),
        what="columns that are equal without the last row",
        hint="rounding leaves (ε κ)² of 1 − h, not ε",
    )
near = np.column_stack([A[:, 0], A[:, 0] + 1e-9 * A[:, 1]])
apart = np.column_stack([A[:, 0], near[:, 1] - A[:, 0]])
expect_close(
    left_out(near, b),
    left_out(apart, b),
    rtol=1e-3,
    atol=1e-4,
    what="errors for columns that nearly depend",
    hint="no row is needed here: only what 1 − h says may be refused",
)

# %% solution
import numpy as np

from derivable.linalg import qr, qr_lstsq


def left_out(A, b):
    """Errors at each row of a fit that has not seen this row."""
    r = b - A @ qr_lstsq(A, b)
    leverage = np.sum(qr(A)[0] ** 2, axis=1)
    kappa = np.linalg.cond(A / np.linalg.norm(A, axis=0))
    angle = 10 * np.finfo(float).eps * kappa  # of the computed span
    if np.min(1 - leverage) <= max(1e-12, angle**2):
        raise ValueError(f"rows must be needless, got {np.max(leverage)}")
    return r / (1 - leverage)
