"""ADMM: two proximal operators that are made to agree.

Notation:
    x, z: one point, once for f and once for g, shape (n,).
    u: scaled multiplier of x = z, shape (n,).
    rho: the penalty ρ on their distance; a proximal step is 1/ρ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array, ConvergenceError
from derivable.optimization.proximal.functions import ProxFunction

ROUNDING = 16 * EPS  # of u: what x and z may differ from 0 if both are 0


@dataclass(frozen=True)
class ADMMPath:
    """What a run of ADMM went through, the start first.

    Attributes:
        x: iterates of f, shape (T + 1, *shape of x0).
        z: iterates of g, same shape; exactly sparse if g makes zeros.
        u: scaled multipliers, same shape; ρ u are those of x = z.
        primal: ‖x − z‖, shape (T + 1,).
        dual: ρ ‖z − z of the step before‖, shape (T + 1,).
    """

    x: Array
    z: Array
    u: Array
    primal: Array
    dual: Array


def admm(
    f: ProxFunction,
    g: ProxFunction,
    x0: ArrayLike,
    *,
    rho: float = 1.0,
    num_steps: int = 100,
    tol: float = 0.0,
) -> ADMMPath:
    """Minimise f + g by their proximal operators, in turns.

    Args:
        f: convex, with its proximal operator.
        g: convex, with its proximal operator.
        x0: start of z, a vector or another array; u starts at 0.
        rho: ρ, positive.
        num_steps: how many steps at most.
        tol: stop once ‖x − z‖ and the last move m of z are at most tol
            times ‖x‖ or ‖z‖, and ρm at most tol times the slope of f or
            g or ρp, p the larger proximal point of 0 in size. x, z and m
            count as 0 together at 16 ε ‖u‖ (ε = 2⁻⁵²) or, if p = 0, so
            that 0 minimises f and g, at 16 ε ‖x0‖, as does m in the last
            test. 0 takes all steps.

    Returns:
        All iterates, with both residuals.

    Raises:
        TypeError: if f or g is no ProxFunction.
        ValueError: if rho is not positive, or tol or num_steps negative.
        ConvergenceError: if tol > 0 is not met after num_steps.

    Source:
        eq. `def:admm` of this book; Boyd et al. (2011), section 3.
    """
    check.instance(f, ProxFunction, "f")
    check.instance(g, ProxFunction, "g")
    z, rho = check.real(x0, "x0"), check.positive(rho, "rho")
    num_steps = check.whole(num_steps, "num_steps")
    tol = check.not_negative(tol, "tol")
    t = check.positive(1 / rho, "1/rho")

    u, kept = np.zeros_like(z), [(z, z, 0 * z, 0.0, 0.0)]
    p, start = max(norm(f.prox(u, t)), norm(g.prox(u, t))), norm(z)
    for _ in range(num_steps):
        v = z - u
        x = f.prox(v, t)  # ρ (v − x) is a slope of f there
        before, z = z, g.prox(x + u, t)  # eq. def:admm
        u = u + x - z  # and ρ u one of g at z
        gap, moved = norm(x - z), norm(z - before)
        kept.append((x, z, u, gap, rho * moved))
        size, slope = max(norm(x), norm(z)), max(p, norm(u), norm(v - x))
        zero = ROUNDING * (norm(u) if p else start)
        near = max(gap, moved) <= tol * size or max(size, moved) <= zero
        if tol and near and moved <= max(tol * slope, zero):
            break
    else:
        if tol and num_steps:
            raise _unfinished(kept, tol, moved, size, rho * slope)
    return ADMMPath(*(np.array(part) for part in zip(*kept, strict=True)))


def _unfinished(
    kept: list[tuple[Array, Array, Array, float, float]],
    tol: float,
    moved: float,
    size: float,
    slope: float,
) -> ConvergenceError:
    gap, rest = kept[-1][3:]
    return ConvergenceError(
        f"ADMM: after {len(kept) - 1} steps x and z, of size {size:.2g}, are "
        f"{gap:.2g} apart, and z moved by {moved:.2g}; the slopes of f and "
        f"g, of size {slope:.2g}, add up to {rest:.2g}; tol is {tol:.2g}; "
        f"another rho may be faster"
    )
