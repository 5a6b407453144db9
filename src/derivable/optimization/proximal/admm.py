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
from derivable._precision import norm
from derivable._validation import Array, ConvergenceError
from derivable.optimization.proximal.functions import ProxFunction


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
        tol: stop once ‖x − z‖ is at most tol times ‖x‖ or ‖z‖, and
            ρ ‖z − z of the step before‖ at most tol times the slope of
            f or g. For small ones stand the sizes p and ρp, p that of
            the larger proximal point of 0 or, if both are 0, of x0. 0
            takes all steps.

    Returns:
        All iterates, with both residuals.

    Raises:
        TypeError: if f or g is no ProxFunction.
        ValueError: if rho is not positive, or tol or num_steps is
            negative.
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
    unit = max(norm(f.prox(u, t)), norm(g.prox(u, t))) or norm(z)
    size = slope = unit
    for _ in range(num_steps):
        v = z - u
        x = f.prox(v, t)  # ρ (v − x) is a slope of f there
        before, z = z, g.prox(x + u, t)
        u = u + x - z  # and ρ u one of g at z
        gap, moved = norm(x - z), norm(z - before)
        kept.append((x, z, u, gap, rho * moved))
        size = max(unit, norm(x), norm(z))
        slope = max(unit, norm(u), norm(v - x))
        if tol and gap <= tol * size and moved <= tol * slope:
            break
    else:
        _refuse_unfinished(kept, tol, size, rho * slope)
    return ADMMPath(*(np.array(part) for part in zip(*kept, strict=True)))


def _refuse_unfinished(
    kept: list[tuple[Array, Array, Array, float, float]],
    tol: float,
    size: float,
    slope: float,
) -> None:
    if tol and len(kept) > 1:
        raise ConvergenceError(
            f"ADMM: after {len(kept) - 1} steps x and z are "
            f"{kept[-1][3] / size:.2g} of their size apart, the slopes of "
            f"f and g {kept[-1][4] / slope:.2g} of theirs, tol is "
            f"{tol:.2g}; another rho may be faster"
        )
