"""Gauss–Newton and Levenberg–Marquardt for sums of squares.

Notation:
    r: the residuals, shape (m,); f = ½ ‖r‖².
    J: their Jacobian, shape (m, n); the gradient of f is Jᵀr.
    lam: the damping λ of (JᵀJ + λI) d = −Jᵀr.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array
from derivable.calculus import jacobian as differences
from derivable.optimization._slopes import refuted
from derivable.optimization.problem import Problem
from derivable.optimization.second_order._run import Descent, Run
from derivable.optimization.second_order._step import walk


@dataclass(frozen=True)
class LeastSquares:
    """Residuals whose squares are to be small.

    Attributes:
        residuals: x ↦ r, shape (m,).
        jacobian: x ↦ J, shape (m, n); by differences if None.

    Raises:
        TypeError: if residuals or jacobian is not a function.
    """

    residuals: Callable[[Array], ArrayLike]
    jacobian: Callable[[Array], ArrayLike] | None = None

    def __post_init__(self) -> None:
        check.function(self.residuals, "residuals")
        if self.jacobian is not None:
            check.function(self.jacobian, "jacobian")

    @property
    def problem(self) -> Problem:
        """½ ‖r‖² with its gradient Jᵀr, for any other method."""

        def f(x: Array) -> float:
            r = self._r(x)
            return float(0.5 * (r @ r))

        return Problem(f, lambda x: self._J(x).T @ self._r(x))

    def r(self, x: Array) -> Array:
        """The residuals, shape (m,)."""
        return self._r(check.vector(x))

    def J(self, x: Array) -> Array:
        """Their Jacobian, shape (m, n)."""
        return self._J(check.vector(x))

    def _r(self, x: Array) -> Array:
        r = check.reals(self.residuals(x.copy()), "residuals(x)")
        if r.ndim != 1:
            raise ValueError(
                f"residuals(x) must be a vector, got shape {r.shape}"
            )
        return r

    def _J(self, x: Array) -> Array:
        if self.jacobian is None:
            return differences(self.residuals, x)
        J = check.reals(self.jacobian(x.copy()), "jacobian(x)")
        wanted = (len(self._r(x)), len(x))
        if J.shape != wanted:
            raise ValueError(
                f"jacobian(x) must have shape {wanted}, got {J.shape}"
            )
        return J


def gauss_newton(
    fit: LeastSquares,
    x0: ArrayLike,
    *,
    line_search: bool = True,
    tol: float = 1e-10,
    max_steps: int = 100,
) -> Descent:
    """Minimise ½ ‖r(x)‖²: solve linear least squares again and again.

    Args:
        fit: the residuals, with their Jacobian.
        x0: start, shape (n,).
        line_search: take a step that satisfies the Wolfe conditions;
            if False, the full one.
        tol: stop when ‖Jᵀr‖ ≤ tol ‖J(x0)ᵀr(x0)‖, and the next step
            promises a fall of at most tol² f, or of tol² of the fall in
            the last three fifths of the steps.
        max_steps: give up after so many steps.

    Returns:
        All iterates, with step sizes and evaluations.

    Raises:
        TypeError: if a value is not real.
        ValueError: if r(x0) is not finite, shapes do not match, tol is
            not positive, or max_steps is negative.
        StoppedError: if J has not full column rank, the line search
            fails, or the steps do not suffice.
        DivergenceError: if r or J is not finite at an iterate.

    Source:
        Nocedal and Wright (2006), section 10.3.
    """
    check.flag(line_search, "line_search")
    problem = check.instance(fit, LeastSquares, "fit").problem
    run = Run(problem, x0, "Gauss–Newton", tol, max_steps)

    while run.going():
        J, r = fit.J(run.x), fit.r(run.x)
        d, _, rank, _ = np.linalg.lstsq(J, -r, rcond=None)
        if rank < len(d):
            run.blocked(
                f"J must have full column rank {len(d)}, got {rank}; "
                f"levenberg_marquardt goes on"
            )
            continue
        walk(run, np.asarray(d), line_search=line_search)
    return run.path()


def levenberg_marquardt(
    fit: LeastSquares,
    x0: ArrayLike,
    *,
    damping: float = 1e-3,
    tol: float = 1e-10,
    max_steps: int = 500,
) -> Descent:
    """Minimise ½ ‖r(x)‖² by Gauss–Newton steps that are kept short.

    Args:
        fit: the residuals, with their Jacobian.
        x0: start, shape (n,).
        damping: the first λ, as a part of the largest entry of JᵀJ.
        tol: stop when ‖Jᵀr‖ ≤ tol ‖J(x0)ᵀr(x0)‖, and the next step
            promises a fall of at most tol² f, or of tol² of the fall in
            the last three fifths of the steps.
        max_steps: give up after so many steps that were accepted.

    Returns:
        All iterates, with the λ of each step as its shift.

    Raises:
        TypeError: if a value is not real.
        ValueError: if r(x0) is not finite, shapes do not match, damping
            or tol is not positive, or max_steps is negative.
        StoppedError: if no step lowers f, or the steps do not suffice.

    Source:
        Marquardt (1963); Madsen, Nielsen and Tingleff (2004), section 3.2.
    """
    check.positive(damping, "damping")
    problem = check.instance(fit, LeastSquares, "fit").problem
    run = Run(problem, x0, "Levenberg–Marquardt", tol, max_steps)
    lam = damping * _largest(fit.J(run.x))

    while run.going():
        J, r, up, gain = fit.J(run.x), fit.r(run.x), 2.0, -1.0
        while run.going() and not (gain := _attempt(run, J, r, lam)) > 0:
            lam, up = lam * up, up * 2
        lam *= max(1 / 3, 1 - (2 * gain - 1) ** 3)
    return run.path()


def _largest(J: Array) -> float:
    """The largest entry of JᵀJ; a number above 0, however small J is."""
    tiny = float(np.finfo(np.float64).tiny)
    return max(float(np.max(np.sum(J**2, axis=0))), tiny)


def _attempt(run: Run, J: Array, r: Array, lam: float) -> float:
    """Try the step of one λ; what f fell by, over what the model promised."""
    n = J.shape[1]
    if not np.isfinite(lam):
        raise run.stopped("no step lowers f, however large λ is")
    rows = np.vstack([J, np.sqrt(lam) * np.eye(n)])
    d = np.linalg.lstsq(rows, np.append(-r, np.zeros(n)), rcond=None)[0]
    promised = 0.5 * float(d @ (lam * d - run.g))
    x = run.x + d
    if run.arrived(d, promised) or _stuck(run, x):
        return -1.0
    with np.errstate(all="ignore"):
        f = run.objective.f(x)
        gain = (run.f - f) / promised if promised > 0 else -1.0
        blurred = abs(run.f - f) <= 10 * EPS * run.f
        if not (gain > 0 or blurred):
            return -1.0
        g = run.objective.gradient(x)
    if gain <= 0 and not norm(g) < norm(run.g):
        return -1.0
    run.add(x, f, g, 1.0, lam)
    if run.tired():
        run.end("rounding")
    return max(gain, EPS)


def _stuck(run: Run, x: Array) -> bool:
    """Whether no step that moves x lowers f; an error unless by rounding."""
    if np.any(x != run.x):
        return False
    slope = -norm(run.g)
    d = run.g / slope
    measured = refuted(run.objective.f, run.x, d, slope)
    if measured is not None:
        raise run.stopped(
            f"no step lowers f; along −∇f its slope is said to be "
            f"{slope:.3g}, differences say {measured:.3g}; check the "
            f"Jacobian with derivable.calculus.gradient_check"
        )
    run.end("rounding")
    return True
