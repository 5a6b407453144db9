"""Newton's method for a minimum: full, damped, and with a mended Hessian.

Notation:
    g, H: gradient, shape (n,), and Hessian, shape (n, n).
    d: the direction −(H + shift)⁻¹ g.
    tau: what is added to the diagonal of H, τ.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import numerical_rank, rank_tolerance
from derivable._validation import Array
from derivable.calculus import jacobian
from derivable.optimization.problem import Problem
from derivable.optimization.second_order._run import Descent, Run
from derivable.optimization.second_order._step import walk

Modification = Literal["shift", "eigenvalues"] | None
LEAST = 1e-8  # of max |H|: what stands in for a curvature of zero


def newton_minimize(
    problem: Problem,
    x0: ArrayLike,
    *,
    modification: Modification = "shift",
    tol: float = 1e-10,
    max_steps: int = 500,
) -> Descent:
    """Minimise by Newton's method.

    Args:
        problem: f with its gradient; without a Hessian, differences of
            the gradient are taken.
        x0: start, shape (n,).
        modification: what to do where H is not positive definite, see
            `newton_direction`, with steps that satisfy the Wolfe
            conditions; None takes full steps −H⁻¹g, wherever they lead.
        tol: stop when ‖∇f‖ ≤ tol ‖∇f(x0)‖, and the next step promises
            a fall of at most tol² |f|, or of tol² of the fall in the
            last three fifths of the steps; at a critical point of any
            kind.
        max_steps: give up after so many steps.

    Returns:
        All iterates, with step sizes, shifts and evaluations.

    Raises:
        TypeError: if x0, f or a derivative is not real.
        ValueError: if x0, f(x0) or the gradient there is not finite,
            shapes do not match, H is not symmetric, tol is not
            positive, or max_steps is negative.
        StoppedError: if H is singular and not modified, the line search
            fails, or the steps do not suffice.
        DivergenceError: if f or its gradient is not finite at an
            iterate.

    Source:
        Nocedal and Wright (2006), sections 3.3 and 3.4.
    """
    run = Run(problem, x0, "Newton", tol, max_steps)

    while run.going():
        H = _hessian(problem, run)
        try:
            d, tau = newton_direction(run.g, H, modification=modification)
        except np.linalg.LinAlgError as error:
            run.blocked(str(error))
            continue
        walk(run, d, shift=tau, line_search=modification is not None)
    return run.path()


def newton_direction(
    g: ArrayLike, H: ArrayLike, *, modification: Modification = "shift"
) -> tuple[Array, float]:
    """Solve (H + E) d = −g, with E so that d descends.

    Args:
        g: gradient, shape (n,).
        H: Hessian, symmetric, shape (n, n).
        modification: "shift" adds τI, the first τ of a growing sequence
            for which H + τI is positive definite beyond rounding;
            "eigenvalues" turns each λ into |λ|, or 10⁻⁸ max |λ| if that
            is more; None leaves H as it is.

    Returns:
        d, shape (n,), and the largest eigenvalue of E.

    Raises:
        TypeError: if g or H is not real.
        ValueError: if H is not symmetric, shapes do not match, or
            modification is another word.
        LinAlgError: if modification is None and H is singular.

    Source:
        Nocedal and Wright (2006), algorithm 3.3 and section 3.4.
    """
    g, H = check.vector(g, "g"), check.symmetric(H, "H", tol=1e-6)
    if len(H) != len(g):
        raise ValueError(f"H must have {len(g)} rows, got {len(H)}")
    check.choice(modification, ("shift", "eigenvalues", None), "modification")
    if modification == "shift":
        return _shifted(g, H)
    if modification == "eigenvalues":
        return _reflected(g, H)
    return _as_it_is(g, H), 0.0


def _shifted(g: Array, H: Array) -> tuple[Array, float]:
    """Cholesky's factorisation decides; τ grows until it exists."""
    largest = float(np.abs(H).max())
    if largest == 0:
        return -g, 1.0
    smallest = float(H.diagonal().min())
    lifts = smallest < -LEAST * largest
    tau = 1e-3 * largest - smallest if lifts else 0.0
    while not _definite(A := H + tau * np.eye(len(g)), largest):
        tau = max(2 * tau, 1e-3 * largest) if tau else LEAST * largest
    L = np.linalg.cholesky(A)
    # NB: a solver for triangles would save most of this work.
    return np.asarray(np.linalg.solve(L.T, np.linalg.solve(L, -g))), tau


def _definite(A: Array, largest: float) -> bool:
    """Whether A is positive definite beyond rounding.

    Diagonal entries are compared with the largest entry of H. Then every
    variable is measured in a unit in which its own curvature is 1, so
    that units of variables do not pass for a loss of rank.
    """
    share, a = rank_tolerance(A.shape), A.diagonal()
    if not a.min() > share * largest:
        return False
    S = A / np.sqrt(a) / np.sqrt(a)[:, None]
    return bool(np.isfinite(_factor(S - 100 * share * np.eye(len(a)))).all())


def _factor(A: Array) -> Array:
    """Cholesky's L, or NaN where A is not positive definite."""
    try:
        return np.asarray(np.linalg.cholesky(A), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(A, np.nan)  # what NumPy gives in a browser


def _reflected(g: Array, H: Array) -> tuple[Array, float]:
    lam, Q = np.linalg.eigh(H)
    least = LEAST * float(np.abs(lam).max()) or 1.0
    mended = np.maximum(np.abs(lam), least)
    return -Q @ ((Q.T @ g) / mended), float((mended - lam).max())


def _as_it_is(g: Array, H: Array) -> Array:
    size = np.abs(H).max(axis=1)
    scale = np.sqrt(np.where(size > 0, size, 1.0))
    S = H / scale / scale[:, None]  # units do not make a matrix singular
    s = np.linalg.svd(S, compute_uv=False)
    if numerical_rank(s, S.shape) < len(g):
        raise np.linalg.LinAlgError(
            'the Hessian is singular; modification="shift" goes on'
        )
    return np.asarray(np.linalg.solve(S, -g / scale) / scale)


def _hessian(problem: Problem, run: Run) -> Array:
    if problem.hessian is not None:
        return check.square(problem.hessian(run.x.copy()), "hessian(x)")
    H = jacobian(run.objective.gradient, run.x)
    return (H + H.T) / 2
