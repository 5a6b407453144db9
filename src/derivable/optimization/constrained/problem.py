"""A constrained problem and its Lagrangian.

Notation:
    f: what is to be small, a function of x.
    x: a point, shape (n,).
    h: what must be zero, shape (p,); its multipliers are nu.
    g: what must not be positive, shape (m,); its multipliers are lam.
    L: f + nuᵀh + lamᵀg, the Lagrangian.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.calculus import gradient_check, jacobian, numerical_gradient

Function = Callable[[Array], ArrayLike]
ROUGH = 1e-3  # a gradient that is further off than this is wrong


@dataclass(frozen=True)
class ConstrainedProblem:
    """Minimise f(x) subject to h(x) = 0 and g(x) ≤ 0.

    Derivatives that are not given are taken by central differences.

    Attributes:
        f: the objective, a function of a vector of shape (n,).
        gradient: of f, shape (n,).
        equalities: h, values of shape (p,) or one number.
        equality_jacobian: of h, shape (p, n).
        inequalities: g, values of shape (m,) or one number.
        inequality_jacobian: of g, shape (m, n).
    """

    f: Function
    gradient: Function | None = None
    equalities: Function | None = None
    equality_jacobian: Function | None = None
    inequalities: Function | None = None
    inequality_jacobian: Function | None = None

    def value(self, x: Array) -> float:
        """f(x), which must not be NaN."""
        value = check.evaluated(self.f, x)
        if np.isnan(value):
            raise ConvergenceError(f"f must be a number, got nan at x = {x}")
        return value

    def slope(self, x: Array) -> Array:
        """The gradient of f, shape (n,)."""
        if self.gradient is None:
            return numerical_gradient(self.f, x)
        return check.real(self.gradient(x.copy()), "gradient(x)")

    def h(self, x: Array) -> Array:
        """The equalities at x, shape (p,); empty if there are none."""
        return _values(self.equalities, x, "h(x)")

    def g(self, x: Array) -> Array:
        """The inequalities at x, shape (m,); empty if there are none."""
        return _values(self.inequalities, x, "g(x)")

    def h_jacobian(self, x: Array) -> Array:
        """Gradients of the equalities, one a row, shape (p, n)."""
        return _rows(self.equalities, self.equality_jacobian, x)

    def g_jacobian(self, x: Array) -> Array:
        """Gradients of the inequalities, one a row, shape (m, n)."""
        return _rows(self.inequalities, self.inequality_jacobian, x)

    def lagrangian(self, x: Array, nu: Array, lam: Array) -> float:
        """L = f + νᵀh + λᵀg at x."""
        return self.value(x) + float(nu @ self.h(x) + lam @ self.g(x))

    def lagrangian_slope(self, x: Array, nu: Array, lam: Array) -> Array:
        """The gradient of L for x, shape (n,)."""
        return np.asarray(
            self.slope(x) + nu @ self.h_jacobian(x) + lam @ self.g_jacobian(x)
        )


def start(problem: ConstrainedProblem, x0: ArrayLike) -> Array:
    """The start as a vector, and derivatives that pass a check there."""
    x = check.vector(x0, "x0")
    f, slope = problem.f, problem.gradient
    if slope and not gradient_check(f, slope, x, tolerance=ROUGH).passed:
        raise ValueError(
            f"gradient must be that of f, got {slope(x)} at x0 = {x}; "
            "see gradient_check(f, gradient, x0)"
        )
    for name, values, given in [
        ("equality", problem.equalities, problem.equality_jacobian),
        ("inequality", problem.inequalities, problem.inequality_jacobian),
    ]:
        if given is None or values is None:
            continue
        measured = jacobian(values, x)
        gap = np.abs(_rows(values, given, x) - measured)
        if np.max(gap) > ROUGH * (1 + np.max(np.abs(measured))):
            raise ValueError(
                f"{name}_jacobian must be that of the constraints, got an "
                f"error of {np.max(gap):.2g} at x0; see gradient_check"
            )
    return x


def multipliers_of(given: ArrayLike | None, size: int, name: str) -> Array:
    """Multipliers of shape (size,); zeros if none were given."""
    if given is None or size == 0:
        return np.zeros(size)
    values = check.vector(np.atleast_1d(given), name)
    if values.shape != (size,):
        raise ValueError(
            f"{name} must have shape ({size},), got {values.shape}"
        )
    return values


def _values(function: Function | None, x: Array, name: str) -> Array:
    if function is None:
        return np.zeros(0)
    return check.vector(np.atleast_1d(function(x)), name)


def _rows(
    function: Function | None, given: Function | None, x: Array
) -> Array:
    if function is None:
        return np.zeros((0, x.size))
    if given is None:
        return jacobian(function, x)
    J = check.matrix(np.atleast_2d(given(x)), "the Jacobian")
    rows = np.atleast_1d(function(x)).shape[0]
    if J.shape != (rows, x.size):
        raise ValueError(
            f"the Jacobian must have shape {rows, x.size}, got {J.shape}"
        )
    return J
