"""Whether a boundary puts every sample on its side: no best fit then.

Notation:
    m: margins, how much more the true class scores than another.
    t: margins cut off at 1, in [0, 1].
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable._precision import EPS
from derivable._validation import Array
from derivable.errors import ConvergenceError
from derivable.learning.classification._checks import Classes, samples
from derivable.learning.classification._scaling import standardised

TOUCH = 1e-9  # of the largest margin: a smaller one may be rounding


class SeparationError(ConvergenceError):
    """The classes are separated, so that no finite weights are best."""


def separation(X: ArrayLike, y: ArrayLike) -> str:
    """Whether linear scores separate the classes, by linear programming.

    Args:
        X: data, one sample a row, shape (n, d).
        y: classes 0 … k − 1, each with a sample, shape (n,).

    Returns:
        "complete" if some scores put every sample strictly on its side,
        "quasi-complete" if none does, but some put none on the wrong
        side and not all on the border; else "overlap". Overlap of less
        than 10⁻⁷ of a feature's spread is not seen.

    Raises:
        TypeError: if X is not real, or y holds no integers.
        ValueError: if shapes do not match, or there is one class only.

    Source:
        Albert and Anderson (1984); eq. `claim:separable-loss` of this
        book.
    """
    X, classes = samples(X, y)
    t = np.rint(_margins(standardised(X).A, classes))  # each is 0 or 1

    if t.all():
        return "complete"
    return "quasi-complete" if t.any() else "overlap"


def _margins(A: Array, y: Classes) -> Array:
    """The largest margins in [0, 1] that can be had at once."""
    from scipy import sparse  # noqa: PLC0415  (pages load it when needed)
    from scipy.optimize import linprog  # noqa: PLC0415

    (n, d), k = A.shape, int(y.max()) + 1
    rows = []  # of −m, one for each sample and wrong class
    for i in range(n):
        for c in set(range(k)) - {int(y[i])}:
            row = np.zeros((d, k))
            row[:, y[i]], row[:, c] = -A[i], A[i]
            rows.append(row.ravel())
    M: Any = sparse.hstack([sparse.csr_matrix(rows), sparse.eye(len(rows))])
    free = np.zeros(d * k)
    found: Any = linprog(
        np.concatenate([free, -np.ones(len(rows))]),
        A_ub=M,
        b_ub=np.zeros(len(rows)),
        bounds=[(None, None)] * len(free) + [(0, 1)] * len(rows),
    )
    if found.status != 0:
        raise ConvergenceError(
            f"the linear program was not solved, got: {found.message}"
        )
    return np.asarray(found.x[len(free) :])


def refuse_margins(m: Array) -> None:
    """An error if all margins (n, …) are positive beyond rounding."""
    if m.min() > TOUCH * np.abs(m).max():
        least = f"complete separation with smallest margin {m.min():.3g}"
        raise SeparationError(_message(least))


def refuse_separated(A: Array, slopes: Array, X: Array, y: Classes) -> None:
    """An error if the classes are separated, wherever the steps ended.

    Args:
        A: ones and standardised features, shape (n, p).
        slopes: of the loss in the scores, shape (n,) or (n, k).
        X: the data as given, shape (n, d).
        y: their classes, shape (n,).
    """
    if not _overlap(A, slopes):
        kind = separation(X, y)
        if kind != "overlap":
            raise SeparationError(_message(f"{kind} separation"))


def _overlap(A: Array, slopes: Array) -> bool:
    """Whether slopes that nearly cancel prove that the classes overlap.

    Let no margin mᵢ of the scores Au be negative, and let sᵢ be the least
    of |slopes| in row i. Then ‖diag(s) Au‖ ≤ Σ sᵢ mᵢ ≤ −uᵀ Aᵀ slopes, which
    is at most ‖Aᵀ slopes‖ ‖u‖; so u is 0 if the least singular value of
    diag(s) A is larger than ‖Aᵀ slopes‖. Rounding is counted against it.
    With k scores a row, their sum 0, its margins are together no shorter
    than they are: Σ (z_y − z_c)² = k z_y² + ‖z‖².

    Source: eq. `claim:overlap-proof` of this book.
    """
    D = slopes.reshape(len(A), -1)
    s = np.abs(D).min(axis=1, keepdims=True)
    pull = np.linalg.norm(A.T @ D)
    noise = 2 * len(A) * EPS * np.linalg.norm(np.abs(A).T @ np.abs(D))
    least = np.linalg.svd(s * A, compute_uv=False)[-1]
    return bool(least > pull + noise)


def explained(
    error: ConvergenceError, X: Array, y: Classes
) -> ConvergenceError:
    """A failure of Newton's method, as separation if that is why."""
    kind = separation(X, y)
    if kind == "overlap":
        return error
    return SeparationError(_message(f"{kind} separation"))


def _message(found: str) -> str:
    return (
        f"the classes must overlap, got {found}: the likelihood rises for "
        "ever as weights grow; give a ridge, or take away what tells the "
        "classes apart"
    )
