"""Newton's method on functions that charge for constraints.

Notation:
    m: a merit function: f plus a charge for h and g.
    s: its slope, shape (n,).
    nu, lam: what the charge says of the multipliers at x.
    wh, wg: second derivatives of the charge, for each constraint.
    H: the Hessian of m, shape (n, n).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from derivable._precision import EPS
from derivable._validation import Array, ConvergenceError
from derivable.optimization.constrained.problem import (
    ConstrainedProblem,
    place,
)

FAR = 1e12  # in units of the problem: beyond it lies nothing
SLACK = 1e5 * EPS  # of m: what rounding may hide of a descent
TALL = 1e8  # of m: a slope of 1 stands out from any larger one's rounding
IDLE = 3  # steps without a fall of m or of s: rounding hides it
FLAT = 1e-6  # curvatures below it, in units of the problem, are noise


class UnboundedError(ConvergenceError):
    """A function that was followed far down."""


@dataclass(frozen=True)
class Merit:
    """A function of x that is low where f is low and constraints hold.

    Attributes:
        problem: objective and constraints, in their own units.
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

    def hessian(self, x: Array) -> tuple[Array, float]:
        """Its Hessian, and how much of a curvature may be noise."""
        H = self.problem.curvature(x, *self.multipliers(x))
        noise = FLAT * (1 + abs(self.value(x)) + float(np.max(np.abs(H))))
        (wh, wg), Jh = self.weights(x), self.problem.h_jacobian(x)
        Jg = self.problem.g_jacobian(x)
        H = H + Jh.T @ (wh[:, None] * Jh) + Jg.T @ (wg[:, None] * Jg)
        return (H + H.T) / 2, noise + 1e-10 * float(np.max(np.abs(H)))


def descend(
    merit: Merit, x: Array, *, tol: float = 1e-9, max_steps: int = 200
) -> Array:
    """A local minimiser of a merit, by Newton steps that always go down.

    Where the slope vanishes and a curvature is negative, x is a saddle
    or a maximum: it is left along that curvature.

    Args:
        merit: what is to be minimised, in units of its problem.
        x: start, shape (n,).
        tol: stop when the gradient is at most this, or as small as it
            can be measured.
        max_steps: give up after so many steps.

    Returns:
        The last iterate, shape (n,).

    Raises:
        UnboundedError: if the merit is unbounded below.
        ConvergenceError: if no step lowers it, or it takes more than
            max_steps.
    """
    low, short, idle = np.inf, np.inf, 0
    for _ in range(max_steps):
        m, s = merit.value(x), merit.slope(x)
        H, noise = merit.hessian(x)
        d = newton_direction(H, s)
        size, gain = float(np.linalg.norm(s)), -float(s @ d)
        small = max(tol, _blur(merit, m))
        falls = m < low - 4 * EPS * abs(m) or size < short / 2
        idle = 0 if falls else idle + 1
        low, short = min(m, low), min(size, short)
        hidden = SLACK * (1 + abs(m)) if idle >= IDLE else EPS * abs(m)
        if size <= small or gain <= hidden:
            left = _left(merit, x, m, H, noise)
            if left is None and gain > max(tol * tol, abs(m) / 1e3):
                left = _lowered(merit, x, m, gain, d)
                if left is None and size > 100 * small:
                    break
            if left is None:
                return _polished(merit, x, d, small)
            x = left
        else:
            a = _step(merit, x, m, gain, d)
            if a == 1 and abs(d @ H @ d) <= noise * (d @ d):
                a = _lengthened(merit, x, m, gain, d)
            x = x + a * d
        _refuse_far(merit, x)
    raise ConvergenceError(
        f"no minimum after {max_steps} steps: gradient "
        f"{size:.3g} > {small:.3g} in its unit"
    )


def _blur(merit: Merit, m: float) -> float:
    """What rounding leaves of a slope that is zero."""
    share = EPS ** (2 / 3) if merit.problem.measured else EPS
    return share * (1 + min(abs(m), TALL))


def newton_direction(H: Array, s: Array) -> Array:
    """Minus H⁻¹s, with the size of each eigenvalue for the eigenvalue."""
    lam, V = np.linalg.eigh(H)
    size = np.maximum(np.abs(lam), 1e-12 * np.max(np.abs(lam), initial=1))
    return np.asarray(-V @ (V.T @ s / size))


def _polished(merit: Merit, x: Array, d: Array, small: float) -> Array:
    """One more step, where it shortens a slope that m cannot show."""
    there, s = x + d, np.linalg.norm(merit.slope(x))
    if s <= small or not np.isfinite(merit.value(there)):
        return x
    return there if np.linalg.norm(merit.slope(there)) < s else x


def _lowered(
    merit: Merit, x: Array, m: float, gain: float, d: Array
) -> Array | None:
    """A point along d where m is visibly lower; None if there is none.

    A slope that is small in the units of x may lead far down a valley
    that is narrow in them, or without end down a line.
    """
    for k in range(27):
        a = 2.0**-k
        if merit.value(x + a * d) < m - max(0.1 * a * gain, SLACK * abs(m)):
            a = a if k else _lengthened(merit, x, m, gain, d)
            return x + a * d
    return None


def _left(
    merit: Merit, x: Array, m: float, H: Array, noise: float
) -> Array | None:
    """A lower point along negative curvature; None if there is none."""
    P = negative_span(H, noise)
    if not P.any():
        return None
    size = np.diag(P)
    d = P[:, np.flatnonzero(size >= 0.9 * np.max(size))[0]]
    d = d / np.max(np.abs(d))
    for k in range(27):
        a, least = 2.0**-k, m + 4.0**-k * float(d @ H @ d) / 8
        ahead, behind = merit.value(x + a * d), merit.value(x - a * d)
        if min(ahead, behind) < least:
            tied = abs(ahead - behind) <= SLACK * (1 + abs(m))
            d = d if ahead <= behind or tied else -d
            return np.asarray(x + a * d)
    return None


def negative_span(H: Array, noise: float) -> Array:
    """The projection onto all directions of negative curvature.

    Eigenvectors have no sign, and those of equal eigenvalues no
    directions of their own: only their span is well defined.
    """
    lam, V = np.linalg.eigh(H)
    N = V[:, lam < -noise]
    return np.asarray(N @ N.T)


def _step(merit: Merit, x: Array, m: float, gain: float, d: Array) -> float:
    """The first of 1, 1/2, 1/4 … that lowers the merit enough (Armijo)."""
    a = 1.0
    for _ in range(50):
        if merit.value(x + a * d) <= m - 1e-4 * a * gain:
            return a
        a /= 2
    if gain <= SLACK * (1 + abs(m)):
        return 1.0  # NB: rounding hides the descent; the step is Newton's
    raise ConvergenceError(
        f"no step lowers f at x = {place(merit.problem, x)}, although the "
        f"gradient promises {gain:.3g} of its unit: is it the gradient of "
        "f? see gradient_check"
    )


def _lengthened(
    merit: Merit, x: Array, m: float, gain: float, d: Array
) -> float:
    """The last of 1, 2, 4 … along d on which the merit falls in a line.

    Where rounding hides the curvature along d, its size says nothing of
    the distance to go, which has no end if the merit is unbounded.
    """
    a = 1.0
    for _ in range(50):
        if not merit.value(x + 2 * a * d) <= m - 0.9 * 2 * a * gain:
            break
        a *= 2
    return a


def _refuse_far(merit: Merit, x: Array) -> None:
    m, far = merit.value(x), float(np.max(np.abs(x)))
    if m < -FAR or not far <= FAR:
        raise UnboundedError(
            f"f fell by {-m:.3g} of its unit at {far:.3g} of that of x"
            ": the problem is unbounded, or the penalty too small"
        )
