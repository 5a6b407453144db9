# %% starter
import numpy as np


def ridge_path(A, b, lams):
    """Ridge solutions for many penalties, one a row, from one SVD."""
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    c = U.T @ b
    return np.array([Vt.T @ (c / (s + lam)) for lam in lams])


# %% check
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises
from derivable.linalg import ridge

rng = np.random.default_rng(0)
lams = [1e-3, 0.5, 20.0]
for shape in ((7, 3), (3, 5)):
    A, b = rng.normal(size=shape), rng.normal(size=shape[0])
    found = ridge_path(A, b, lams)
    expect_equal(
        np.shape(found),
        (3, shape[1]),
        what=f"shape for A of shape {shape}",
        hint="one row for each penalty",
    )
    expect_close(
        found,
        [ridge(A, b, lam) for lam in lams],
        rtol=1e-9,
        atol=1e-12,
        what=f"solutions for A of shape {shape}",
        hint="the coefficient of a direction is σ / (σ² + λ)",
    )
twice = np.array([[1.0, 1.0], [2.0, 2.0]])
expect_close(
    ridge_path(twice, np.array([1.0, 2.0]), [10.0]),
    [[0.25, 0.25]],
    rtol=1e-9,
    what="two columns that are equal",
    hint="a σ of 0 is no problem if λ is positive",
)
expect_raises(
    ValueError,
    lambda: ridge_path(twice, np.ones(2), [1.0, 0.0]),
    what="λ = 0",
    hint="ridge needs λ > 0",
)
expect_raises(
    ValueError,
    lambda: ridge_path(twice, np.ones(2), [1.0, np.nan]),
    what="a penalty that is no number",
    hint="NaN is not positive, and not negative: ask whether all are > 0",
)

# %% solution
import numpy as np


def ridge_path(A, b, lams):
    """Ridge solutions for many penalties, one a row, from one SVD."""
    if not np.all(np.asarray(lams) > 0):
        raise ValueError(f"lams must be positive, got {lams}")
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    c = U.T @ b
    return np.array([Vt.T @ (s / (s**2 + lam) * c) for lam in lams])
