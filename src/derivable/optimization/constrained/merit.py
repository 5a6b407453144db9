"""Newton's method on functions that charge for constraints.

Notation:
    m: a merit function: f plus a charge for h and g.
    nu, lam: what the charge says of the multipliers at x.
    wh, wg: second derivatives of the charge, for each constraint.
    H: the Hessian of m, shape (n, n).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from derivable._validation import Array, ConvergenceError
from derivable.calculus import jacobian
from derivable.optimization.constrained.problem import ConstrainedProblem

FAR = 1e12
EPS = float(np.finfo(np.float64).eps)
ROUGH = 1e-11


@dataclass(frozen=True)
class Merit:
    """A function of x that is low where f is low and constraints hold.

    Attributes:
        problem: objective and constraints.
        value: the merit of x; ∞ where it is not defined.
        multipliers: nu (p,) and lam (m,), so that its gradient is that
            of the Lagrangian with these.
        weights: wh (p,) and wg (m,), its curvature in h and in g.
    """

    problem: ConstrainedProblem
    value: Callable[[Array], float]
    multipliers: Callable[[Array], tuple[Array, Array]]
    weights: Callable[[Array], tuple[Array, Array]]

    def slope(self, x: Array) -> Array:
        """Its gradient, shape (n,)."""
        return self.problem.lagrangian_slope(x, *self.multipliers(x))

    def hessian(self, x: Array) -> Array:
        """Hessian of L with the multipliers held, plus Jᵀ diag(w) J."""
        held = self.multipliers(x)
        H = jacobian(lambda z: self.problem.lagrangian_slope(z, *held), x)
        (wh, wg), Jh = self.weights(x), self.problem.h_jacobian(x)
        Jg = self.problem.g_jacobian(x)
        H = H + Jh.T @ (wh[:, None] * Jh) + Jg.T @ (wg[:, None] * Jg)
        return np.asarray((H + H.T) / 2)


def descend(
    merit: Merit, x: Array, *, tol: float = 1e-9, max_steps: int = 200
) -> Array:
    """The minimiser of a merit, by Newton steps that always go down.

    Args:
        merit: what is to be minimised.
        x: start, shape (n,).
        tol: stop when the gradient is at most this.
        max_steps: give up after so many steps.

    Returns:
        The last iterate, shape (n,).

    Raises:
        ConvergenceError: if the merit is unbounded below, no step lowers
            it, or it takes more than max_steps.
    """
    m = merit.value(x)
    for _ in range(max_steps):
        s = merit.slope(x)
        if np.linalg.norm(s) <= tol:
            return x
        lam, V = np.linalg.eigh(merit.hessian(x))
        size = np.maximum(np.abs(lam), 1e-12 * np.max(np.abs(lam), initial=1))
        d = -V @ (V.T @ s / size)
        gain = -float(s @ d)
        if gain <= EPS * (1 + abs(m)):  # m cannot show it any more
            return x + d if np.isfinite(merit.value(x + d)) else x
        x = x + _step(merit, x, m, gain, d) * d
        m = merit.value(x)
        if m < -FAR or not np.max(np.abs(x)) <= FAR:
            raise ConvergenceError(
                f"f fell to {m:.3g} at a distance of {np.max(np.abs(x)):.3g}"
                ": the problem is unbounded, or the penalty too small"
            )
    raise ConvergenceError(
        f"no minimum after {max_steps} steps: gradient "
        f"{np.linalg.norm(merit.slope(x)):.3g} > {tol:g}"
    )


def _step(merit: Merit, x: Array, m: float, gain: float, d: Array) -> float:
    """The first of 1, 1/2, 1/4 … that lowers the merit enough (Armijo)."""
    a = 1.0
    for _ in range(50):
        if merit.value(x + a * d) <= m - 1e-4 * a * gain:
            return a
        a /= 2
    if gain <= ROUGH * (1 + abs(m)):
        return 1.0  # NB: rounding hides the descent; the step is Newton's
    raise ConvergenceError(
        f"no step lowers f at x = {x}, although the gradient promises "
        f"{gain:.3g}: is it the gradient of f? see gradient_check"
    )
