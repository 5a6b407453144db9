"""Jacobians and Hessians by differences, critical points, Newton's method.

Notation:
    f: the function.
    x: where, shape (n,).
    J: the Jacobian, shape (m, n); row i is the gradient of output i.
    H: the Hessian, shape (n, n).
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array, ConvergenceError
from derivable.calculus._steps import (
    along,
    central,
    rounding,
    steadiest,
    steps,
)
from derivable.calculus.autodiff import softmax

Kind = Literal["minimum", "maximum", "saddle", "inconclusive"]


def jacobian(
    f: Callable[[Array], ArrayLike], x: ArrayLike, *, h: float | None = None
) -> Array:
    """Jacobian of f by central differences, one column an input.

    Args:
        f: function of a vector of shape (n,) that returns a vector of
            shape (m,), or one number, which counts as m = 1.
        x: where, shape (n,); integers are promoted, never truncated.
        h: step for every input; by default ε^(1/3) times a scale
            between 1 and |xⱼ|, as `central_difference` chooses it.

    Returns:
        J with J[i, j] = ∂fᵢ/∂xⱼ, shape (m, n).

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is no finite vector, h is not positive or too
            small to move x, or f(x) is no finite vector.

    Source:
        eq. `def:jacobian` of this book.
    """
    check.function(f)
    x = check.vector(x)
    columns = []
    for j in range(x.size):
        values = along(lambda x: _vector_output(f, x), x, j)
        columns.append(central(values, x[j], h)[0])
    return np.stack(columns, axis=1)


def hessian(
    f: Callable[[Array], ArrayLike], x: ArrayLike, *, h: float | None = None
) -> Array:
    """Hessian of a scalar function by second central differences.

    Entry (i, j) compares the four corners x ± hᵢeᵢ ± hⱼeⱼ. Exchanging i
    and j exchanges two corners, so the result is symmetric whether or not
    the mixed partial derivatives of f agree.

    Args:
        f: scalar function of a vector of shape (n,).
        x: where, shape (n,); integers are promoted.
        h: step for every input; by default ε^(1/4) times a scale
            between 1 and |xᵢ|, the one that is steadiest.

    Returns:
        H with H[i, j] ≈ ∂²f/∂xᵢ∂xⱼ, shape (n, n).

    Raises:
        TypeError: if f is not a function or x is not real.
        ValueError: if x is no finite vector, h is not positive or too
            small to move x, or f(x) is not one finite number.

    Source:
        eq. `claim:hessian-difference` of this book.
    """
    check.function(f)
    x = check.vector(x)
    H = np.empty((x.size, x.size))
    for i in range(x.size):
        for j in range(i, x.size):
            H[i, j] = H[j, i] = _mixed(f, x, i, j, h)
    return H


def _mixed(
    f: Callable[[Array], ArrayLike], x: Array, i: int, j: int, h: float | None
) -> float:
    """The second difference ∂²f/∂xᵢ∂xⱼ over the corners x ± hᵢeᵢ ± hⱼeⱼ."""

    def quotient(h: Array) -> tuple[Array, Array]:
        corners = []
        for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            corner = x.copy()
            corner[i] += signs[0] * h[0]
            corner[j] += signs[1] * h[1]
            corners.append(check.evaluated(f, corner))
        a, b, c, d = corners
        area = h[0] * h[1]
        mixed = (a - b - c + d) / (4 * area)
        return np.asarray(mixed), rounding(area, *corners)

    tried = steps(x[[i, j]], h, power=1 / 4)
    return float(steadiest(quotient, tried, enough=1e-6)[0])


def classify_critical_point(
    H: ArrayLike, *, tol: float = 1e-6, atol: float = 0.0
) -> Kind:
    """What the Hessian at a critical point says of it.

    The gradient must be zero there; the Hessian cannot tell that.

    Args:
        H: symmetric matrix, shape (n, n).
        tol: an eigenvalue counts as zero if its size is at most `tol`
            times the largest size among them,
        atol: or at most this; give the error of H if H was measured.

    Returns:
        "minimum" if all eigenvalues are positive, "maximum" if all are
        negative, "saddle" if both signs occur, and "inconclusive" if
        some are zero and the others have one sign.

    Raises:
        TypeError: if H is not real.
        ValueError: if H is not square, not finite or not symmetric, or
            tol or atol is negative.

    Source:
        eq. `claim:second-derivative-test` of this book.
    """
    H = check.square(H, "H")
    tol = check.not_negative(tol, "tol")
    atol = check.not_negative(atol, "atol")
    largest = float(np.max(np.abs(H)))
    allowed = max(tol, 1e-8) + (atol / largest if largest else 0.0)
    H = check.symmetric(H, "H", tol=allowed)

    eigenvalues = np.linalg.eigvalsh(H)
    limit = max(tol * np.max(np.abs(eigenvalues)), atol)
    up, down = eigenvalues > limit, eigenvalues < -limit
    if up.any() and down.any():
        return "saddle"
    if up.all():
        return "minimum"
    if down.all():
        return "maximum"
    return "inconclusive"


def newton(
    g: Callable[[Array], ArrayLike],
    x0: ArrayLike,
    J: Callable[[Array], ArrayLike] | None = None,
    *,
    tol: float = 1e-10,
    max_steps: int = 50,
) -> Array:
    """Solve g(x) = 0 by Newton's method.

    Each step goes to the root of the best linear approximation. With a
    gradient for g and the Hessian for J it looks for critical points,
    of any kind.

    Args:
        g: function of a vector of shape (n,) with values of shape (n,).
        x0: start, shape (n,).
        J: its Jacobian, values of shape (n, n); by differences if None.
        tol: stop when ‖g(x)‖ ≤ tol.
        max_steps: give up after so many steps.

    Returns:
        All iterates, shape (T + 1, n), the start first.

    Raises:
        TypeError: if g or J is not a function or x0 is not real.
        ValueError: if shapes do not match, x0 is not finite, or tol or
            max_steps is negative.
        ConvergenceError: if the Jacobian is singular at an iterate, an
            iterate is not finite, or ‖g‖ > tol after `max_steps`.

    Source:
        Nocedal and Wright (2006), chapter 11; eq. `def:newton-step`.
    """
    check.function(g, "g")
    check.function(g if J is None else J, "J")
    tol = check.not_negative(tol, "tol")
    max_steps = check.whole(max_steps, "max_steps")

    path = [check.vector(x0, "x0")]
    while True:
        x, t = path[-1], len(path) - 1
        r = _vector_output(g, x, "g", x.shape)
        residual = norm(r)
        if residual <= tol:
            return np.array(path)
        if t >= max_steps or not np.isfinite([residual, *x]).all():
            raise ConvergenceError(
                f"no root after {t} steps: residual {residual:.3g} > {tol:g}"
            )
        A = jacobian(g, x) if J is None else check.square(J(x.copy()), "J(x)")
        path.append(x - _solved(A, r, t))


def softmax_jacobian(z: ArrayLike) -> Array:
    """Jacobian of the softmax: diag(p) − p pᵀ.

    Args:
        z: scores, shape (k,).

    Returns:
        Symmetric matrix whose rows sum to 0, shape (k, k).

    Raises:
        TypeError: if z is not real.
        ValueError: if z is no finite vector.

    Source:
        eq. `claim:softmax-jacobian` of this book.
    """
    p = softmax(check.vector(z, "z"))
    return np.diag(p) - np.outer(p, p)


def _solved(A: Array, r: Array, t: int) -> Array:
    """The solution of A s = r; t is the step that asks for it."""
    if len(A) != len(r):
        raise ValueError(f"J(x) must have {len(r)} rows, got {len(A)}")
    try:
        s = np.asarray(np.linalg.solve(A, r), dtype=np.float64)
    except np.linalg.LinAlgError:
        s = np.full_like(r, np.nan)  # what NumPy itself gives in a browser
    if np.isnan(s).any():
        raise ConvergenceError(
            f"the Jacobian is singular at step {t}; "
            f"residual {np.linalg.norm(r):.3g}"
        )
    return s


def _vector_output(
    f: Callable[[Array], ArrayLike],
    x: Array,
    name: str = "f",
    shape: tuple[int, ...] | None = None,
) -> Array:
    """f(x) as a vector; NaN passes, because the caller may report it."""
    y = np.atleast_1d(check.reals(f(x.copy()), f"{name}(x)"))
    if y.ndim != 1:
        raise ValueError(f"{name}(x) must be a vector, got shape {y.shape}")
    if shape is not None and y.shape != shape:
        raise ValueError(f"{name}(x) must have shape {shape}, got {y.shape}")
    return y
