"""Convex functions that come with their proximal operators.

Notation:
    x: a point, shape (n,); p: the proximal point.
    t: the step, a positive number: p minimises f(p) + ‖p − x‖² / 2t.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array
from derivable.optimization.proximal.operators import (
    indices_of,
    prox_group,
    soft_threshold,
)

NEAR = 1e-9  # relative: rounding of a projection, times a margin
ENDLESS = 2**62  # indices, where the length of x is not known yet


@dataclass(frozen=True)
class ProxFunction:
    """A convex function and its proximal operator.

    Attributes:
        f: x ↦ the value, one number; ∞ is allowed.
        operator: (x, t) ↦ the p that minimises f(p) + ‖p − x‖² / 2t,
            shape of x.

    Raises:
        TypeError: if f or operator is not a function.
    """

    f: Callable[[Array], ArrayLike]
    operator: Callable[[Array, float], ArrayLike]

    def __post_init__(self) -> None:
        """Refuse what cannot be called."""
        check.function(self.f)
        check.function(self.operator, "operator")

    def value(self, x: ArrayLike) -> float:
        """f(x), which must not be NaN.

        Args:
            x: where, the shape that f takes.

        Returns:
            One number, or ∞ where f has no value.

        Raises:
            ValueError: if x is not finite or f(x) is no number.
        """
        value = check.evaluated(self.f, check.real(x))
        if np.isnan(value):
            raise ValueError("f(x) must be a number, got nan")
        return value

    def prox(self, x: ArrayLike, step: float = 1.0) -> Array:
        """The proximal point, p = prox of step · f at x.

        Args:
            x: from where, the shape that f takes.
            step: t, positive.

        Returns:
            p, shape of x.

        Raises:
            ValueError: if step is not positive, x or p is not finite, or
                p has another shape than x.
        """
        x, t = check.real(x), check.positive(step, "step")
        p = check.real(self.operator(x.copy(), t), "the proximal point")
        if p.shape != x.shape:
            raise ValueError(
                f"the proximal point must have shape {x.shape}, got {p.shape}"
            )
        return p


def l1_norm(weight: float = 1.0) -> ProxFunction:
    """The penalty weight · ‖x‖₁; its operator is `soft_threshold`.

    Args:
        weight: λ, not negative.

    Returns:
        The function of an array of any shape.

    Raises:
        ValueError: if weight is negative.
    """
    weight = check.not_negative(weight, "weight")

    @np.errstate(over="ignore")
    def f(x: Array) -> float:
        return float(weight * np.sum(np.abs(x)))

    return ProxFunction(f, lambda x, t: soft_threshold(x, _times(weight, t)))


def group_norm(
    weight: float = 1.0, groups: Sequence[ArrayLike] | None = None
) -> ProxFunction:
    """The penalty weight · Σ ‖x_G‖; its operator is `prox_group`.

    Args:
        weight: λ, not negative.
        groups: as in `prox_group`; None: the Euclidean norm of x.

    Returns:
        The function of a vector.

    Raises:
        ValueError: if weight is negative.
    """
    weight = check.not_negative(weight, "weight")
    if groups is not None:
        groups = check.sequence(groups, "groups")
        indices_of(groups, ENDLESS)

    def f(x: Array) -> float:
        sizes = [norm(x[G]) for G in indices_of(groups, x.size)]
        with np.errstate(over="ignore"):
            return float(weight * np.sum(sizes))

    return ProxFunction(
        f, lambda x, t: prox_group(x, _times(weight, t), groups)
    )


def indicator(project: Callable[[Array], ArrayLike]) -> ProxFunction:
    """0 on a convex set, ∞ outside; its operator is the projection.

    Args:
        project: takes a point to the nearest one of the set.

    Returns:
        The function. A point counts as inside if its projection moves
        it by less than 10⁻⁹ of its size.

    Raises:
        TypeError: if project is not a function.
    """
    check.function(project, "project")

    def f(x: Array) -> float:
        p = check.real(project(x.copy()), "project(x)")
        return 0.0 if norm(p - x) <= NEAR * norm(x) else np.inf

    return ProxFunction(f, lambda x, _: project(x))


def squared_residuals(X: ArrayLike, y: ArrayLike) -> ProxFunction:
    """The loss ‖y − Xw‖² / 2n as a function of w; its operator is ridge.

    One singular value decomposition serves every point and every step.

    Args:
        X: data, one sample a row, shape (n, d).
        y: targets, shape (n,).

    Returns:
        The function of w, shape (d,).

    Raises:
        TypeError: if X or y is not real.
        ValueError: if shapes do not match.
    """
    X, y = samples(X, y)
    root = np.sqrt(len(y))
    U, s, Vt = np.linalg.svd(X / root, full_matrices=False)
    b = U.T @ (y / root)

    @np.errstate(over="ignore")
    def f(w: Array) -> float:
        r = (y - X @ check.of_shape(w, (X.shape[1],), "w")) / root
        return float(r @ r / 2)

    @np.errstate(over="ignore", invalid="ignore")
    def operator(w: Array, t: float) -> Array:
        w = check.of_shape(w, (X.shape[1],), "w")
        return np.asarray(w + Vt.T @ (s * (b - s * (Vt @ w)) / (1 / t + s**2)))

    return ProxFunction(f, operator)


def samples(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Data and targets whose shapes match."""
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    if len(y) != len(X):
        raise ValueError(f"y must have {len(X)} entries, got {len(y)}")
    return X, y


def _times(weight: float, t: float) -> float:
    with np.errstate(over="ignore"):
        return check.number(np.multiply(weight, t), "weight times step")
