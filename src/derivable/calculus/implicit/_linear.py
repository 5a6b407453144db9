"""The linear system behind every implicit derivative.

Notation:
    x: parameters, any shape; y: the solution, any shape.
    Fx, Fy: ∂F/∂x and ∂F/∂y as matrices, one row an equation.
    s: the Newton step that is left, F_y⁻¹ F.
    q, p: the weakest directions of Fy, qᵀ Fy p = σ, all in even units.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._precision import EPS, evened, norm, system_rank
from derivable._validation import Array
from derivable.calculus.autodiff import Dual, Tensor, jvp, vjp
from derivable.calculus.autodiff.dual import plain

Equation = Callable[[Any, Any], Any]
CHANGE = 0.25  # of F_y over a Newton step: at a fold it is 1/2 or more
TRIES = 340  # factors of 8 up and down reach every float64


def numbers(x: Any, name: str = "x") -> Array:
    """Plain numbers; a solution is differentiated once.

    Raises:
        TypeError: if x is recorded by a second run.
    """
    if isinstance(x, Tensor | Dual):
        raise TypeError(
            "a solution is differentiated once: its rule got a "
            f"{type(x).__name__} of another run"
        )
    return check.real(x, name)


def residual(F: Equation, x: Array, y: Array, name: str = "F") -> Array:
    """F(x, y) as an array of the shape of y.

    Raises:
        TypeError: if F closes over what is differentiated.
        ValueError: if there are not as many equations as unknowns.
    """
    with np.errstate(all="ignore"):
        r = F(x.copy(), y.copy())
    if isinstance(r, Tensor | Dual):
        raise TypeError(
            f"{name} must get all that is differentiated as x, got a "
            f"{type(r).__name__} from outside"
        )
    r = check.reals(r, f"{name}(x, y)")
    if r.shape != y.shape:
        raise ValueError(
            f"{name}(x, y) must have the shape {y.shape} of y, got {r.shape}"
        )
    return r


def columns(f: Callable[[Any], Any], x: Array) -> Array:
    """The Jacobian of f, one run forwards for each entry of x."""
    found = []
    for j in range(x.size):
        v = np.zeros(x.size)
        v[j] = 1.0
        with np.errstate(all="ignore"):
            found.append(plain(jvp(f, x, v.reshape(x.shape))[1]))
    return np.stack([np.ravel(c) for c in found], axis=1)


def pullback(f: Callable[[Any], Any], x: Array, g: Array) -> Array:
    """The product gᵀJ, shape of x."""
    return np.array(plain(vjp(f, x)[1](g)))


def solved(A: Array, b: Array, name: str) -> Array:
    """The solution of A s = b; A is the derivative called `name`.

    Raises:
        ValueError: if A is singular relative to its rows and columns.
    """
    check.real(A, name)
    rank = system_rank(A)
    if rank < len(A):
        raise ValueError(
            f"{name} must not be singular, got rank {rank} of {len(A)}"
        )
    return np.asarray(np.linalg.solve(A, b))


def regular(F: Equation, x: Array, y: Array) -> Array:
    """∂F/∂y at a solution y, shape (n, n), if a solution is near.

    The Newton step that is left must change ∂F/∂y by little, in the
    units of ∂F/∂y itself. At a fold it halves it, however small it is,
    until F is nothing but rounding; so the values of F must show ∂F/∂y.

    Raises:
        ValueError: if ∂F/∂y is singular, changes by more, or is drowned
            by rounding.
    """
    r = residual(F, x, y).ravel()
    Fy = columns(lambda y: F(x, y), y)
    s = solved(Fy, r, "∂F/∂y")
    ahead = columns(lambda y: F(x, y), y - s.reshape(y.shape))
    change = norm(solved(Fy, ahead - Fy, "∂F/∂y"))
    if not change <= CHANGE * np.sqrt(len(s)):
        raise ValueError(
            "y must be near a solution with regular ∂F/∂y, but got one "
            f"where a Newton step changes ∂F/∂y by {change:.2g} of itself"
        )
    if not _shows(F, x, y, r, Fy):
        raise ValueError(
            "y must be near a solution with regular ∂F/∂y, but got one "
            "where no step changes F as ∂F/∂y says: a fold, a kink, or "
            "hidden by rounding"
        )
    return Fy


def _shows(F: Equation, x: Array, y: Array, r: Array, Fy: Array) -> bool:
    """Whether steps ±h and ±2h exist over which F changes as Fy says.

    Along the weakest direction, up to a quarter, with a slope at the
    ends that is the same up to a half. Short steps drown in the
    rounding of F, long ones see its curvature: at a fold all do.
    """
    B, e = evened(Fy, 1)
    C, f = evened(B, 0)
    U, sigmas, Vt = np.linalg.svd(C)
    q, sigma = np.ldexp(U[:, -1], -e[:, 0]), sigmas[-1]
    p = np.ldexp(Vt[-1], -f[0]).reshape(y.shape)
    sizes = [np.sqrt(EPS), norm(np.ldexp(y.ravel(), f[0]))]
    start = int(np.frexp(sizes)[1].sum())  # near √ε ‖y‖, √ε for y = 0

    def follows(h: float) -> bool:
        rise = q @ (residual(F, x, y + h * p).ravel() - r)
        return bool(abs(rise - sigma * h) < sigma * abs(h) / 4)

    def steady(h: float) -> bool:
        slope = plain(jvp(lambda y: F(x, y), y + h * p, p)[1])
        return bool(abs(q @ np.ravel(slope) - sigma) < sigma / 2)

    with np.errstate(all="ignore"):
        for k in sorted(range(-TRIES, TRIES + 1), key=abs):
            h = float(np.ldexp(1.0, start + 3 * k))
            steps = (h, -h, 2 * h, -2 * h)  # one alone may be chance
            if all(map(follows, steps)) and all(map(steady, steps)):
                return True
    return False
