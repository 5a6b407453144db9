"""How far a point and its multipliers are from the conditions of KKT.

Notation:
    x: a point, shape (n,).
    nu, lam: multipliers of equalities (p,) and of inequalities (m,).
    J: gradients of the active constraints, one a row.
"""

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    multipliers_of,
)
from derivable.optimization.constrained.units import measure


@dataclass(frozen=True)
class KKTResidual:
    """The largest violation of each condition; all zero at a KKT point.

    Attributes:
        stationarity: of ∇f + Jₕᵀν + J_gᵀλ = 0.
        equality: of h = 0.
        inequality: of g ≤ 0.
        sign: of λ ≥ 0.
        complementarity: of λᵢ gᵢ = 0.
    """

    stationarity: float
    equality: float
    inequality: float
    sign: float
    complementarity: float

    @property
    def largest(self) -> float:
        """The worst of the five."""
        return float(max(astuple(self)))

    def __bool__(self) -> bool:
        """Refused: how small is small enough, only the reader knows."""
        raise TypeError(
            "a residual is no verdict: compare `largest` with a tolerance"
        )


def kkt_residual(
    problem: ConstrainedProblem,
    x: ArrayLike,
    *,
    nu: ArrayLike | None = None,
    lam: ArrayLike | None = None,
) -> KKTResidual:
    """Measure the four conditions of Karush, Kuhn and Tucker.

    Args:
        problem: objective and constraints.
        x: a point, shape (n,).
        nu: multipliers of the equalities, shape (p,); zeros if None.
        lam: multipliers of the inequalities, shape (m,); zeros if None.

    Returns:
        The largest violation of each condition, by size.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if x is not a finite vector, or the multipliers have
            not the shapes of the constraints.

    Source:
        eq. `claim:kkt` of this book.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    x = check.vector(x)
    h, g = problem.h(x), problem.g(x)
    nu = multipliers_of(nu, h.size, "nu")
    lam = multipliers_of(lam, g.size, "lam")

    return KKTResidual(
        stationarity=_size(measure(problem, x).slope(problem, x, nu, lam)),
        equality=_size(h),
        inequality=_size(np.maximum(g, 0)),
        sign=_size(np.minimum(lam, 0)),
        complementarity=_size(lam * g),
    )


def fit_multipliers(
    problem: ConstrainedProblem, x: ArrayLike, *, tol: float = 1e-6
) -> tuple[Array, Array]:
    """The multipliers that come closest to stationarity at x.

    Inactive inequalities get 0. A negative one says that x can still be
    improved by leaving its constraint.

    Args:
        problem: objective and constraints.
        x: a feasible point, shape (n,).
        tol: constraints within tol of 0 count as active, in units of
            what they change by near x, and gradients dependent within
            tol as dependent.

    Returns:
        nu, shape (p,), and lam, shape (m,).

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if x violates a constraint by more than tol, or if
            the gradients of the active constraints are dependent, so
            that the constraint qualification fails.

    Source:
        eq. `def:licq` of this book.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    x, tol = check.vector(x), check.positive(tol, "tol")
    h, g = problem.h(x), problem.g(x)
    u = measure(problem, x)
    own, z = u.scaled(problem), x / u.x
    worst = max(_size(own.h(z)), _size(np.maximum(own.g(z), 0)))
    if worst > tol:
        worst = max(_size(h), _size(np.maximum(g, 0)))
        raise ValueError(f"x must be feasible, got a violation of {worst:.3g}")

    active = own.g(z) >= -tol
    J = np.vstack([own.h_jacobian(z), own.g_jacobian(z)[active]])
    rank = np.linalg.matrix_rank(J, tol=tol) if J.size else 0
    if rank < len(J):
        raise ValueError(
            f"the gradients of the {len(J)} active constraints must be "
            f"independent, got rank {rank}: no constraint qualification"
        )
    fitted = np.asarray(np.linalg.lstsq(J.T, -own.slope(z))[0], float)
    lam = np.zeros(g.size)
    lam[active] = fitted[h.size :] * u.f / u.g[active]
    return fitted[: h.size] * u.f / u.h, lam


def _size(v: Array) -> float:
    return float(np.max(np.abs(v))) if v.size else 0.0
