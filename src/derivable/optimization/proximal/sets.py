"""Convex sets with a projection and a linear minimisation oracle.

Notation:
    x, p: a point and its projection; s: a vertex; r: a slope.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.optimization.constrained import project_simplex


@dataclass(frozen=True)
class ConvexSet:
    """A bounded convex set, by its two questions.

    Attributes:
        project: x ↦ the nearest point of the set.
        vertex: r ↦ a point s of the set with the least rᵀs.

    Raises:
        TypeError: if project or vertex is not a function.
    """

    project: Callable[[Array], ArrayLike]
    vertex: Callable[[Array], ArrayLike]

    def __post_init__(self) -> None:
        """Refuse what cannot be called."""
        check.function(self.project, "project")
        check.function(self.vertex, "vertex")


def simplex(total: float = 1.0) -> ConvexSet:
    """The points with entries ≥ 0 that add up to `total`.

    Args:
        total: what the entries add up to, positive.

    Returns:
        The set. Its vertices have one entry that is not zero.

    Raises:
        ValueError: if total is not positive.
    """
    total = check.positive(total, "total")

    def vertex(r: Array) -> Array:
        r = check.vector(r, "r")
        s = np.zeros(r.shape)
        s[np.argmin(r)] = total
        return s

    return ConvexSet(lambda x: project_simplex(x, total), vertex)


def l1_ball(radius: float = 1.0) -> ConvexSet:
    """The points with ‖x‖₁ ≤ radius.

    Args:
        radius: positive.

    Returns:
        The set. Its vertices are ± radius along one axis.

    Raises:
        ValueError: if radius is not positive.

    Source:
        Duchi et al. (2008), for the projection.
    """
    radius = check.positive(radius, "radius")

    def project(x: Array) -> Array:
        x = check.vector(x)
        with np.errstate(over="ignore"):
            if np.sum(np.abs(x)) <= radius:
                return x
        return np.asarray(np.sign(x) * project_simplex(np.abs(x), radius))

    def vertex(r: Array) -> Array:
        r = check.vector(r, "r")
        i = int(np.argmax(np.abs(r)))
        s = np.zeros(r.shape)
        s[i] = -radius if r[i] > 0 else radius
        return s

    return ConvexSet(project, vertex)
