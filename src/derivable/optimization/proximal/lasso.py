"""The lasso for one penalty, and for a path of them.

Notation:
    w: weights, shape (d,). X, y: data and targets, (n, d) and (n,).
    lam: the weight of the penalty, λ.
    q: Xᵀ(y − Xw)/n, shape (d,); at a minimum none exceeds λ in size.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.proximal._gram import Gram
from derivable.optimization.proximal.coordinate import jump, sweep
from derivable.optimization.proximal.functions import samples


@dataclass(frozen=True)
class LassoFit:
    """A lasso and the proof of how good it is.

    Attributes:
        w: weights, shape (d,).
        gap: the duality gap, relative to ‖y‖² / 2n, the objective at 0.
        num_sweeps: sweeps of coordinate descent that it took.
    """

    w: Array
    gap: float
    num_sweeps: int


@dataclass(frozen=True)
class LassoPath:
    """Lasso solutions for falling penalties.

    Attributes:
        lams: the penalties, shape (k,), from large to small.
        w: weights, one solution a row, shape (k, d).
        gap: duality gaps relative to ‖y‖² / 2n, shape (k,).
        num_sweeps: sweeps for each, shape (k,).
    """

    lams: Array
    w: Array
    gap: Array
    num_sweeps: Array


def lambda_max(X: ArrayLike, y: ArrayLike) -> float:
    """The smallest penalty for which all weights are 0.

    Args:
        X: data, one sample a row, shape (n, d).
        y: targets, shape (n,).

    Returns:
        max |Xᵀy| / n, the largest product of a column with y.

    Raises:
        TypeError: if X or y is not real.
        ValueError: if shapes do not match, or the answer leaves float64.

    Source:
        eq. `claim:lambda-max` of this book.
    """
    problem = Gram(*samples(X, y))
    return problem.given(float(np.max(np.abs(problem.c))))


def lasso(
    X: ArrayLike,
    y: ArrayLike,
    lam: float,
    *,
    tol: float = 1e-11,
    max_sweeps: int = 1000,
) -> LassoFit:
    """Minimise ‖y − Xw‖² / 2n + λ ‖w‖₁ by coordinate descent.

    Args:
        X: data, one sample a row, shape (n, d). There is no intercept:
            centre the columns and y if you want one.
        y: targets, shape (n,).
        lam: λ, positive.
        tol: stop if the duality gap is at most tol ‖y‖² / 2n.
        max_sweeps: how many sweeps at most.

    Returns:
        Weights, duality gap and number of sweeps.

    Raises:
        TypeError: if X, y or lam is not real.
        ValueError: if lam is not positive or shapes do not match.
        ConvergenceError: if max_sweeps do not suffice.

    Source:
        Friedman, Hastie and Tibshirani (2010), section 2.
    """
    found = lasso_path(
        X, y, [check.positive(lam, "lam")], tol=tol, max_sweeps=max_sweeps
    )
    return LassoFit(found.w[0], float(found.gap[0]), int(found.num_sweeps[0]))


def lasso_path(
    X: ArrayLike,
    y: ArrayLike,
    lams: ArrayLike | None = None,
    *,
    tol: float = 1e-11,
    max_sweeps: int = 1000,
) -> LassoPath:
    """The lasso for many penalties, each started from the one before.

    Args:
        X: data, one sample a row, shape (n, d).
        y: targets, shape (n,).
        lams: penalties, positive and not rising, shape (k,); if None,
            100 from λ_max down to λ_max / 1000, in equal ratios.
        tol: as in `lasso`.
        max_sweeps: how many sweeps at most for each.

    Returns:
        One solution for each penalty.

    Raises:
        TypeError: if X, y or lams is not real.
        ValueError: if a penalty is not positive or larger than the one
            before, shapes do not match, or lams is None and Xᵀy = 0.
        ConvergenceError: if max_sweeps do not suffice.

    Source:
        Friedman, Hastie and Tibshirani (2010), section 2.
    """
    problem = Gram(*samples(X, y))
    tol = check.positive(tol, "tol")
    max_sweeps = check.whole(max_sweeps, "max_sweeps", least=1)
    lams = _penalties(lams, problem)

    w, kept = np.zeros(problem.c.size), []
    for lam in lams:
        w, gap, count = _solve(problem, w, problem.own(lam), tol, max_sweeps)
        kept.append((problem.weights(w), gap, count))
    ws, gaps, counts = zip(*kept, strict=True)
    return LassoPath(lams, np.array(ws), np.array(gaps), np.array(counts))


def _solve(
    problem: Gram, w: Array, lam: float, tol: float, max_sweeps: int
) -> tuple[Array, float, int]:
    """Weights, gap and number of sweeps, from a start w.

    Sweeps visit the weights that are not 0 and those that should not
    be: where |q| exceeds λ.
    """
    for count in range(max_sweeps + 1):
        q, gap = problem.gap(w, lam)
        if gap <= tol:
            return w, gap, count
        work = np.flatnonzero((w != 0) | (np.abs(q) > lam))
        Q, v, slope = problem.block(work), w[work], q[work]
        sweep(v, slope, Q, lam)
        while jump(v, slope, Q, lam):
            pass
        w = np.zeros_like(w)
        w[work] = v
    raise ConvergenceError(
        f"the lasso: after {max_sweeps} sweeps the duality gap is {gap:.2g} "
        f"of its unit, tol is {tol:.2g}"
    )


def _penalties(lams: ArrayLike | None, problem: Gram) -> Array:
    if lams is None:
        largest = problem.given(float(np.max(np.abs(problem.c))))
        if largest == 0:
            raise ValueError("y must not be orthogonal to X, got Xᵀy = 0")
        return np.geomspace(largest, largest / 1000, 100)
    lams = check.vector(lams, "lams")
    if np.min(lams) <= 0 or np.any(np.diff(lams) > 0):
        raise ValueError(f"lams must be positive and not rise, got {lams}")
    return lams
