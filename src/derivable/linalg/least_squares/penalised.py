"""Least squares that trusts some rows more, or keeps x short.

Notation:
    A: matrix, shape (m, n); b: right-hand side, shape (m,).
    w: weights of the rows, shape (m,).
    lam: λ > 0, the price of ‖x‖².
    s: singular values of A, largest first.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _precision as precision
from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.least_squares._units import (
    independent,
    rounding_share,
    system,
)
from derivable.linalg.least_squares.householder import qr_lstsq


def weighted_lstsq(A: ArrayLike, b: ArrayLike, weights: ArrayLike) -> Array:
    """Minimise Σ wᵢ (aᵢᵀx − bᵢ)², by rows times √wᵢ.

    Args:
        A: matrix, shape (m, n); the rows of positive weight have
            independent columns.
        b: right-hand side, shape (m,).
        weights: wᵢ ≥ 0, shape (m,); only their ratios matter. The order
            of the rows does not, however much the weights differ.

    Returns:
        The only minimiser, shape (n,).

    Raises:
        TypeError: if A, b or weights is not real.
        ValueError: if weights has another shape than b or a negative
            entry, or as `qr_lstsq` for the weighted rows: where the
            columns depend without a row of less than about 10⁻³⁰ of the
            weight of others, that row is rounding.

    Source:
        eq. `claim:weighted` of this book.
    """
    A, b = system(A, b)
    w = check.vector(weights, "weights")
    if w.shape != b.shape:
        raise ValueError(f"weights must have shape {b.shape}, got {w.shape}")
    if np.min(w) < 0:
        raise ValueError(f"weights must not be negative, got {np.min(w)}")

    root = np.sqrt(precision.scaled(w)[0])
    independent(root[:, None] * A, "√w A")
    return qr_lstsq(root[:, None] * A, root * b)


def ridge(A: ArrayLike, b: ArrayLike, lam: float) -> Array:
    """Minimise ‖A x − b‖² + λ ‖x‖², as least squares with more rows.

    NB: every column is penalised, one of ones too. To leave the constant
    free, centre the columns and b first.

    Args:
        A: any matrix, shape (m, n).
        b: right-hand side, shape (m,).
        lam: λ > 0.

    Returns:
        The only minimiser, shape (n,).

    Raises:
        TypeError: if A, b or lam is not real.
        ValueError: if λ is not positive, or so small beside (nearly)
            dependent columns of A that rounding may move x by more than
            a hundredth of its length, or of √ε times the residual over
            σ₁ where that is longer: if b is nearly orthogonal to all
            columns, x itself is of the size of rounding. Lengths are
            those with columns brought to one size. Or if b has not one
            entry for each row, an entry is not finite, or x is too
            large for a float64.

    Source:
        Hoerl and Kennard (1970); eq. `claim:ridge-augmented` of this
        book.
    """
    A, b = system(A, b)
    lam = check.positive(lam, "lam")

    n = A.shape[1]
    K = np.vstack([A, np.sqrt(lam) * np.eye(n)])  # eq. claim:ridge-augmented
    c = np.concatenate([b, np.zeros(n)])  # eq. claim:ridge-augmented
    x = qr_lstsq(K, c) if precision.column_rank(K) == n else None
    if x is None or rounding_share(K, c, x) > 0.01:
        raise ValueError(
            f"lam must not vanish beside A, whose columns are dependent or "
            f"nearly so, got {lam}"
        )
    return x


def filter_factors(A: ArrayLike, lam: float) -> Array:
    """What ridge keeps of each singular direction, σ² / (σ² + λ).

    Args:
        A: any matrix, shape (m, n).
        lam: λ > 0.

    Returns:
        Factors from 0 to 1, for σ largest first, shape (min(m, n),).

    Raises:
        TypeError: if A or lam is not real.
        ValueError: if A is not a finite matrix or λ is not positive.

    Source:
        Golub and Van Loan, Matrix Computations, section 6.1.4; eq.
        `claim:filter` of this book.
    """
    A, e = precision.scaled(check.matrix(A))
    root = np.sqrt(check.positive(lam, "lam"))

    s = np.linalg.svd(A, compute_uv=False)
    with np.errstate(over="ignore"):
        root = np.ldexp(root, -e)  # infinite or 0 where it leaves float64
        size = np.hypot(s, root)
    kept = np.divide(s, size, out=np.zeros_like(s), where=size > 0)
    return np.asarray(kept**2)  # eq. claim:filter
