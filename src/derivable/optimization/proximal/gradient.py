"""Proximal gradient: a gradient step for f, a proximal step for g.

Notation:
    x: an iterate; y: where the gradient is taken, shapes of x0.
    t: the step, at most 1/L; G: the gradient mapping (y − x⁺) / t.
"""

from numpy.typing import ArrayLike

from derivable.optimization.problem import Path, Problem
from derivable.optimization.proximal._run import Run
from derivable.optimization.proximal.functions import ProxFunction


def proximal_gradient(
    problem: Problem,
    g: ProxFunction,
    x0: ArrayLike,
    *,
    step: float | None = None,
    num_steps: int = 100,
    tol: float = 0.0,
) -> Path:
    """Minimise f + g by x ← prox of t g at x − t ∇f(x), also called ISTA.

    Args:
        problem: f, smooth and convex, with its gradient.
        g: convex, with its proximal operator.
        x0: start, a vector or another array.
        step: t; if None, 1/L if the problem says its smoothness, else
            found by halving.
        num_steps: how many steps at most.
        tol: stop if a step is at most tol times the largest iterate so
            far, which may be x0: a start far beyond the answer makes
            this loose. 0 takes all steps.

    Returns:
        The iterates, f + g there, and in place of ‖∇f‖ the length of
        the gradient mapping (x − x⁺) / t.

    Raises:
        TypeError: if problem is no Problem or g no ProxFunction.
        ValueError: if step is not positive, or tol or num_steps is
            negative.
        DivergenceError: if f + g or the mapping grows without bound.
        ConvergenceError: if tol > 0 is not met after num_steps.

    Source:
        eq. `def:proximal-gradient` of this book.
    """
    run = Run("proximal gradient", problem, g, x0, step)
    for _ in run.steps(num_steps, tol):
        run.move(run.x)
    return run.path()


def fista(
    problem: Problem,
    g: ProxFunction,
    x0: ArrayLike,
    *,
    step: float | None = None,
    num_steps: int = 100,
    tol: float = 0.0,
) -> Path:
    """Minimise f + g by proximal gradient steps from ahead of x.

    Args:
        problem: as in `proximal_gradient`.
        g: as in `proximal_gradient`.
        x0: start, a vector or another array.
        step: as in `proximal_gradient`; found by halving, it never
            grows again.
        num_steps: how many steps at most.
        tol: as in `proximal_gradient`.

    Returns:
        The iterates x, f + g there, and the length of the gradient
        mapping there.

    Raises:
        TypeError: as `proximal_gradient`.
        ValueError: as `proximal_gradient`.
        DivergenceError: as `proximal_gradient`.
        ConvergenceError: as `proximal_gradient`.

    Source:
        eq. `def:fista` of this book; Beck and Teboulle (2009).
    """
    run = Run("FISTA", problem, g, x0, step)
    before = run.x
    for k in run.steps(num_steps, tol):
        y = run.x + (k - 1) / (k + 2) * (run.x - before)  # eq. def:fista
        before = run.x
        run.move(y)
    return run.path()
