"""Newton's method on the equations of Lagrange.

Notation:
    x: a point, shape (n,).
    nu: multipliers of the equalities, shape (p,).
    J: gradients of the equalities, one a row, shape (p, n).
    H: Hessian of the Lagrangian for x, shape (n, n).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array, ConvergenceError
from derivable.calculus import classify_critical_point
from derivable.calculus.jacobians import Kind
from derivable.optimization.constrained.merit import FLAT
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    multipliers_of,
    place,
)
from derivable.optimization.constrained.start import start
from derivable.optimization.constrained.units import Units, measure

NONE = np.zeros(0)  # multipliers of inequalities: there are none
CRITICAL = 1e-4  # in units of the problem: a larger residual is not zero
DEPENDENT = 1e-8  # singular values of J, in these units, that are zero


@dataclass(frozen=True)
class LagrangePath:
    """The iterates of Newton's method on ∇L = 0.

    Attributes:
        x: points, shape (T + 1, n), the start first.
        nu: multipliers, shape (T + 1, p).
        residual: ‖(∇f + Jᵀν, h)‖ at each, shape (T + 1,).
    """

    x: Array
    nu: Array
    residual: Array


def lagrange(
    problem: ConstrainedProblem,
    x0: ArrayLike,
    *,
    nu0: ArrayLike | None = None,
    tol: float = 1e-9,
    max_steps: int = 50,
) -> LagrangePath:
    """Solve ∇f + Jᵀν = 0 and h = 0 together by Newton's method.

    It finds critical points of any kind; `classify_constrained` tells
    which.

    Args:
        problem: objective and equalities; inequalities are refused.
        x0: start, shape (n,).
        nu0: first multipliers, shape (p,); the best fit at x0 if None.
        tol: stop when the residual is at most this, in units of what
            f and h change by near x0.
        max_steps: give up after so many steps.

    Returns:
        All iterates, and their residuals.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if there are inequalities or no equalities, or a
            derivative that was given is wrong at x0.
        ConvergenceError: if the system is singular (dependent,
            contradictory constraints, or an unbounded problem), or the
            residual is above tol after max_steps.

    Source:
        eq. `claim:kkt-matrix`; Nocedal and Wright (2006), section 18.1.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    if problem.inequalities is not None or problem.equalities is None:
        raise ValueError("lagrange takes equalities, and no inequalities")
    tol = check.positive(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps")
    x, u = start(problem, x0)
    own, z, price = u.scaled(problem), x / u.x, u.f / u.h
    nu = multipliers_of(nu0, u.h.size, "nu0") / price
    if nu0 is None:
        nu = _best_fit(own, z)

    path = [(x, nu * price, _residual(problem, x, nu * price, u))]
    while not _residual(own, z, nu) <= tol:
        if len(path) > max_steps or not np.isfinite(path[-1][2]):
            raise ConvergenceError(
                f"no solution after {len(path) - 1} steps: residual "
                f"{path[-1][2]:.3g}, ‖h‖ {np.linalg.norm(problem.h(x)):.3g}"
                "; the problem may be infeasible, or far from x0"
            )
        z, nu = newton_kkt_step(own, z, nu)
        x = u.x * z
        path.append((x, nu * price, _residual(problem, x, nu * price, u)))
    xs, nus, residuals = zip(*path, strict=True)
    return LagrangePath(np.array(xs), np.array(nus), np.array(residuals))


def newton_kkt_step(
    problem: ConstrainedProblem, x: Array, nu: Array
) -> tuple[Array, Array]:
    """One Newton step on the system of Lagrange.

    Args:
        problem: objective and equalities.
        x: the point, shape (n,).
        nu: its multipliers, shape (p,).

    Returns:
        The next point and its multipliers.

    Raises:
        ConvergenceError: if the matrix of the system is singular, in
            any units of f; a gradient of h below about 3e-5 counts as
            zero.

    Source:
        eq. `claim:kkt-matrix` of this book.
    """
    H, J = problem.curvature(x, nu, NONE), problem.h_jacobian(x)
    s, h, n = problem.slope(x), problem.h(x), x.size
    _refuse_singular(H, J, s, h, place(problem, x))
    K = np.block([[H, J.T], [J, np.zeros((h.size, h.size))]])
    step = np.linalg.solve(K, -np.append(s, h))
    return x + step[:n], step[n:]


def classify_constrained(
    problem: ConstrainedProblem, x: ArrayLike, nu: ArrayLike
) -> Kind:
    """What a solution of Lagrange's equations is, along the constraint.

    Args:
        problem: objective and equalities.
        x: the critical point, shape (n,).
        nu: its multipliers, shape (p,).

    Returns:
        "minimum", "maximum", "saddle" or "inconclusive", by the signs
        of the Hessian of L on the null space of J.

    Raises:
        TypeError: if problem is no ConstrainedProblem.
        ValueError: if x does not solve the equations to 1e-4, in units
            of what f and h change by near x, or if the
            constraints leave no direction to move.

    Source:
        eq. `claim:reduced-hessian` of this book.
    """
    check.instance(problem, ConstrainedProblem, "problem")
    x = check.vector(x)
    u = measure(problem, x)
    nu = multipliers_of(nu, u.h.size, "nu")
    own, z, price = u.scaled(problem), x / u.x, u.f / u.h
    residual = _residual(own, z, nu / price)
    if residual > CRITICAL * (1 + np.max(np.abs(nu / price), initial=0)):
        raise ValueError(
            "x must be critical, got a residual of "
            f"{_residual(problem, x, nu, u):.3g}"
        )
    J, H = own.h_jacobian(z), own.curvature(z, nu / price, NONE)
    Z = np.linalg.svd(J)[2][np.linalg.matrix_rank(J, tol=DEPENDENT) :].T
    if Z.shape[1] == 0:  # J Z = 0 has no solution
        raise ValueError("the constraints must leave a direction, got none")
    noise = FLAT * (1 + abs(own.lagrangian(z, nu / price, NONE)))
    atol = noise + 1e-5 * float(np.abs(H).max())
    return classify_critical_point(Z.T @ H @ Z, atol=atol)


def _best_fit(problem: ConstrainedProblem, x: Array) -> Array:
    J = problem.h_jacobian(x)
    return np.asarray(np.linalg.lstsq(J.T, -problem.slope(x))[0])


def _residual(
    problem: ConstrainedProblem, x: Array, nu: Array, u: Units | None = None
) -> float:
    problem.value(x)  # refuses NaN
    slope = (
        u.slope(problem, x, nu, NONE)
        if u
        else problem.lagrangian_slope(x, nu, NONE)
    )
    return norm(np.append(slope, problem.h(x)))


def _refuse_singular(
    H: Array, J: Array, s: Array, h: Array, at: Array
) -> None:
    """Raise, with the reason in words, if the system is singular.

    H is measured in units of f, each row of J in units of its gradient if
    that is above 1: a gradient that vanishes shall stay small.
    """
    if not np.isfinite([*H.flat, *J.flat]).all():
        raise ConvergenceError(f"derivatives at x = {at} are not finite")
    H = H / (max(np.max(np.abs(H)), np.max(np.abs(s))) or 1.0)
    size = np.maximum(np.max(np.abs(J), axis=1), 1.0)
    J, h = J / size[:, None], h / size
    K = np.block([[H, J.T], [J, np.zeros((h.size, h.size))]])
    if np.linalg.matrix_rank(K, tol=1e-9) == len(K):
        return

    U, sizes, _ = np.linalg.svd(J, full_matrices=False)
    U = U[:, sizes > 1e-4]
    rank, left = U.shape[1], float(np.linalg.norm(h - U @ (U.T @ h)))
    if rank == len(J):
        far = ", or may be infeasible" if np.max(np.abs(h)) > 1e-4 else ""
        raise ConvergenceError(
            f"the system is singular at x = {at}: L is flat along the "
            "constraints; the problem is unbounded or has no single solution"
            + far
        )
    if left > 1e-4:
        raise ConvergenceError(
            f"no small step from x = {at} brings h near 0: the constraints "
            "contradict each other there; the problem may be infeasible"
        )
    raise ConvergenceError(
        f"the gradients of the {len(J)} constraints have rank {rank} at "
        f"x = {at}: the constraint qualification fails"
    )
