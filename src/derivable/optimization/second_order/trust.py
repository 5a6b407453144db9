"""A trust region: the radius first, then the best step within it.

Notation:
    g, H: gradient, shape (n,), and Hessian, shape (n, n).
    d: the step that is best by the model, ‖d‖ ≤ radius, shape (n,).
    lam, Q: eigenvalues of H, ascending, and its eigenvectors, λ and Q.
    c: the gradient in the basis of eigenvectors, Qᵀg.
    gain: what f fell by over what the model promised, γ.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm, scaled, unscaled
from derivable._validation import Array
from derivable.optimization._slopes import blur, refuted
from derivable.optimization.problem import Problem
from derivable.optimization.second_order._run import Descent, Run
from derivable.optimization.second_order.newton import (
    _hessian,
    newton_direction,
)


def trust_region(
    problem: Problem,
    x0: ArrayLike,
    *,
    tol: float = 1e-10,
    max_steps: int = 500,
) -> Descent:
    """Minimise by the best step in a ball that grows and shrinks.

    The first radius is the length of the first modified Newton step, so
    that it has the unit of x.

    Args:
        problem: f with its gradient; without a Hessian, differences of
            the gradient are taken.
        x0: start, shape (n,).
        tol: stop when ‖∇f‖ ≤ tol ‖∇f(x0)‖, and the next step promises
            a fall of at most tol² |f|, or of tol² of the fall in the
            last three fifths of the steps.
        max_steps: give up after so many steps that were accepted.

    Returns:
        All iterates, with the τ of each step as its shift.

    Raises:
        TypeError: if x0, f or a derivative is not real.
        ValueError: if x0, f(x0) or the gradient there is not finite,
            shapes do not match, H is not symmetric, tol is not
            positive, or max_steps is negative.
        StoppedError: if no step lowers f, or the steps do not suffice.
        DivergenceError: if f or its gradient is not finite at an
            iterate.

    Source:
        Nocedal and Wright (2006), algorithm 4.1.
    """
    run = Run(problem, x0, "trust region", tol, max_steps)
    if run.going():
        H = _hessian(problem, run)
        radius = norm(newton_direction(run.g, H)[0])

    while run.going():
        d, tau = trust_region_step(run.g, H, radius=radius)
        gain = _gain(run, d, H, tau)
        if gain < 1 / 4:
            radius = norm(d) / 4
        elif gain > 3 / 4 and tau > 0:
            radius *= 2
        if gain > 0:
            H = _hessian(problem, run)
    return run.path()


@np.errstate(over="ignore")
def trust_region_step(
    g: ArrayLike, H: ArrayLike, *, radius: float
) -> tuple[Array, float]:
    """Minimise gᵀd + ½ dᵀHd over the ball ‖d‖ ≤ radius.

    Args:
        g: gradient, shape (n,).
        H: Hessian, symmetric, shape (n, n).
        radius: of the ball.

    Returns:
        d, shape (n,), and the τ ≥ 0 for which (H + τI) d = −g.

    Raises:
        TypeError: if g, H or radius is not real.
        ValueError: if H is not symmetric, shapes do not match, or
            radius is not positive.

    Source:
        Nocedal and Wright (2006), theorem 4.1 and section 4.3.
    """
    g, H = check.vector(g, "g"), check.symmetric(H, "H", tol=1e-6)
    if len(H) != len(g):
        raise ValueError(f"H must have {len(g)} rows, got {len(H)}")
    radius = check.positive(radius, "radius")

    both, e = scaled(np.column_stack([g, H]))
    lam, Q = np.linalg.eigh(both[:, 1:])
    c, above, least = Q.T @ both[:, 0], lam - lam[0], max(lam[0], 0.0)
    if lam[0] > 0 and norm(c / lam) <= radius:
        return Q @ (-c / lam), 0.0
    low, high = least, norm(c) / radius + least
    while low < (middle := (low + high) / 2) < high:  # of τ + λ₁
        if norm(c / (above + middle)) > radius:  # eq. claim:shift-length
            low = middle
        else:
            high = middle
    d = np.divide(-c, above + high, out=0 * c, where=c != 0)
    if lam[0] < 0 and c[0] == 0:  # no slope along the first eigenvector
        d[0] = radius * np.sqrt(max(1 - (norm(d) / radius) ** 2, 0))
    return Q @ d, float(unscaled(high - lam[0], e, "τ"))


def _gain(run: Run, d: Array, H: Array, tau: float) -> float:
    """Try a step: γ, and 0 or less if it is not taken.

    Where f changes by rounding only, a smaller gradient counts as success.
    """
    promised = -float(run.g @ d + d @ H @ d / 2)  # eq. def:newton-model
    x = run.x + d
    if run.arrived(d, promised) or _stuck(run, x):
        return 0.0
    with np.errstate(all="ignore"):
        f = run.objective.f(x)
        gain = (run.f - f) / promised if promised > 0 else -1.0
        blurred = abs(run.f - f) <= 10 * EPS * abs(run.f)
        if not (gain > 0 or blurred):
            return -1.0
        g = run.objective.gradient(x)
    if blurred and not norm(g) < norm(run.g):
        return -1.0
    run.add(x, f, g, 1.0, tau)
    if run.tired():
        run.end("rounding")
    return 1.0 if blurred else gain


def _stuck(run: Run, x: Array) -> bool:
    """Whether no step that moves x lowers f; an error unless by rounding."""
    if np.any(x != run.x):
        return False
    slope = -norm(run.g)
    d, f = run.g / slope, run.objective.f
    if not np.isfinite(blur(f, run.x, d)):
        raise run.stopped("f is not finite next to x")
    measured = refuted(f, run.x, d, slope)
    if measured is not None and not run.flat(np.sqrt(run.tol)):
        raise run.stopped(
            f"no step lowers f; along −∇f its slope is said to be "
            f"{slope:.3g}, differences say {measured:.3g}; check the "
            f"gradient with derivable.calculus.gradient_check"
        )
    run.end("rounding")
    return True
