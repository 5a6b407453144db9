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
from derivable.calculus import hessian, jacobian, numerical_gradient

Function = Callable[[Array], ArrayLike]
HUGE = 1e300  # a multiplier beyond it times a constraint is none


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

    def __post_init__(self) -> None:
        """Refuse what cannot be called, and rows of what is not there."""
        check.function(self.f)
        for name in ("gradient", "equalities", "inequalities"):
            if getattr(self, name) is not None:
                check.function(getattr(self, name), name)
        for name, rows in [
            ("equalities", self.equality_jacobian),
            ("inequalities", self.inequality_jacobian),
        ]:
            if rows is not None:
                check.function(rows, f"the Jacobian of {name}")
                if getattr(self, name) is None:
                    raise ValueError(
                        f"{name} must be given with their Jacobian, got None"
                    )

    @property
    def measured(self) -> bool:
        """Whether some derivative is taken by differences."""
        return any(
            function is not None and given is None
            for function, given in [
                (self.f, self.gradient),
                (self.equalities, self.equality_jacobian),
                (self.inequalities, self.inequality_jacobian),
            ]
        )

    def value(self, x: Array) -> float:
        """f(x), which must not be NaN."""
        value = check.evaluated(self.f, check.vector(x))
        if np.isnan(value):
            raise ConvergenceError(f"f must be a number, got nan at x = {x}")
        return value

    def slope(self, x: Array) -> Array:
        """The gradient of f, shape (n,)."""
        x = check.vector(x)
        if self.gradient is None:
            return numerical_gradient(self.f, x)
        slope = check.real(self.gradient(x.copy()), "gradient(x)")
        if slope.shape != x.shape:
            raise ValueError(
                f"gradient(x) must have shape {x.shape}, got {slope.shape}"
            )
        return slope

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
        h, g = self.h(x), self.g(x)
        nu, lam = _prices(nu, h.size, "nu"), _prices(lam, g.size, "lam")
        return self.value(x) + float(nu @ h + lam @ g)

    def lagrangian_slope(self, x: Array, nu: Array, lam: Array) -> Array:
        """The gradient of L for x, shape (n,)."""
        Jh, Jg = self.h_jacobian(x), self.g_jacobian(x)
        nu, lam = _prices(nu, len(Jh), "nu"), _prices(lam, len(Jg), "lam")
        return np.asarray(self.slope(x) + nu @ Jh + lam @ Jg)

    def curvature(self, x: Array, nu: Array, lam: Array) -> Array:
        """The Hessian of L for x, shape (n, n)."""
        x = check.vector(x)
        nu = _prices(nu, self.h(x).size, "nu")
        lam = _prices(lam, self.g(x).size, "lam")
        H = _hessian(self.value, self.slope if self.gradient else None, x)
        if np.any(nu):
            rows = _weighted(self.h_jacobian, nu)
            given = self.equality_jacobian is not None
            H += _hessian(_weighted(self.h, nu), rows if given else None, x)
        if np.any(lam):
            rows = _weighted(self.g_jacobian, lam)
            given = self.inequality_jacobian is not None
            H += _hessian(_weighted(self.g, lam), rows if given else None, x)
        return H


def multipliers_of(given: ArrayLike | None, size: int, name: str) -> Array:
    """Multipliers of shape (size,); zeros if none were given."""
    if given is None or size == 0:
        return np.zeros(size)
    return _prices(np.atleast_1d(check.real(given, name)), size, name)


def _prices(given: ArrayLike, size: int, name: str) -> Array:
    if size == 0 and isinstance(given, np.ndarray) and given.size == 0:
        return np.zeros(0)
    values = check.vector(given, name)
    if np.max(np.abs(values)) > HUGE:
        raise ValueError(
            f"{name} must stay within {HUGE:g}, got {np.max(np.abs(values))}"
        )
    if values.shape != (size,):
        raise ValueError(
            f"{name} must have shape ({size},), got {values.shape}"
        )
    return values


def _values(function: Function | None, x: Array, name: str) -> Array:
    x = check.vector(x)
    if function is None:
        return np.zeros(0)
    values = check.real(function(x), name)
    return check.vector(np.atleast_1d(values), name)


def _weighted(function: Callable[[Array], Array], weights: Array) -> Function:
    return lambda x: weights @ function(x)


def _hessian(function: Function, slope: Function | None, x: Array) -> Array:
    """By differences of the slope if there is one, symmetric."""
    H = jacobian(slope, x) if slope else hessian(function, x)
    return np.asarray((H + H.T) / 2)


def _rows(
    function: Function | None, given: Function | None, x: Array
) -> Array:
    x = check.vector(x)
    if function is None:
        return np.zeros((0, x.size))
    if given is None:
        return jacobian(function, x)
    J = check.matrix(np.atleast_2d(given(x.copy())), "the Jacobian")
    rows = np.atleast_1d(function(x.copy())).shape[0]
    if J.shape != (rows, x.size):
        raise ValueError(
            f"the Jacobian must have shape {rows, x.size}, got {J.shape}"
        )
    return J


def place(problem: ConstrainedProblem, x: Array) -> Array:
    """The point in the units of the caller, for messages."""
    return np.asarray(getattr(problem, "unit", 1.0) * x)
