"""The linear system behind every implicit derivative.

Notation:
    x: parameters, any shape; y: the solution, any shape.
    Fx, Fy: ∂F/∂x and ∂F/∂y as matrices, one row an equation.
    s: the Newton step that is left, F_y⁻¹ F.
    C: Fy with rows and columns in even units; σ is its smallest
        singular value.
    p, Q: a direction of y, and one of the equations in each row.
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
Line = Callable[[float], tuple[Array, Array]]
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
    until F is nothing but rounding; so the values of F must show ∂F/∂y,
    each entry up to a quarter of the largest in its equation. A kink
    below that passes.

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
    """Whether the values of F change around y as Fy says.

    Along the weakest direction, where equations and unknowns mix, and
    along each unknown in each equation: in even units an equation that
    is flat by itself, or an unknown, is no weak direction.
    """
    B, e = evened(Fy, 1)
    C, f = evened(B, 0)
    U, sigmas, Vt = np.linalg.svd(C)

    def line(p: Array, Q: Array) -> Line:
        p, Q = np.ldexp(p, -f[0]).reshape(y.shape), np.ldexp(Q, -e[:, 0])

        def at(h: float) -> tuple[Array, Array]:
            slope = plain(jvp(lambda y: F(x, y), y + h * p, p)[1])
            rise = residual(F, x, y + h * p).ravel() - r
            return Q @ rise / h, Q @ np.ravel(slope)

        return at

    sizes = [np.sqrt(EPS), norm(np.ldexp(y.ravel(), f[0]))]
    start = int(np.frexp(sizes)[1].sum())  # near √ε ‖y‖, √ε for y = 0
    eye = np.eye(len(C))
    weakest = [line(Vt[-1], U[:, -1:].T)]
    with np.errstate(all="ignore"):
        return _follow(weakest, sigmas[-1:, None], start) and (
            len(C) == 1 or _follow([line(p, eye) for p in eye], C, start)
        )


def _follow(lines: list[Line], slopes: Array, start: int) -> bool:
    """Whether steps ±h and ±2h exist that show all slopes of a row.

    Args:
        lines: functions of h, each with the mean slopes from 0 to h and
            the slopes at h, both of shape (k,).
        slopes: what they should be, shape (k, number of lines).
        start: which power of two h is tried first.

    Up to a quarter of the largest of the row, with slopes at the ends
    that are the same up to a half. Short steps drown in the rounding of
    F, long ones see its curvature: at a fold all do. One h serves a row,
    for a slope 0 is shown by all that drowns.
    """
    sizes = np.max(np.abs(slopes), axis=1)
    left = np.ones(len(slopes), dtype=bool)  # rows not shown so far
    for k in sorted(range(-TRIES, TRIES + 1), key=abs):
        h = float(np.ldexp(1.0, start + 3 * k))
        found = left.copy()
        for line, c in zip(lines, slopes.T, strict=True):
            for step in (h, -h, 2 * h, -2 * h):  # one alone may be chance
                if found.any():
                    mean, end = line(step)
                    found &= np.abs(mean - c) < sizes / 4
                    found &= np.abs(end - c) < sizes / 2
        left &= ~found
        if not left.any():
            return True
    return False
