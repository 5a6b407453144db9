"""A lasso in its own units, with products of columns made when needed.

Notation:
    X, y: data and targets, divided by powers of two, so that squares
        stay in float64.
    Q: products of columns XᵀX/n, shape (d, d); c: Xᵀy/n, shape (d,).
    w: weights, q: c − Qw, both shape (d,).
"""

import numpy as np
from numpy.typing import NDArray

from derivable._precision import scaled, unscaled
from derivable._validation import Array

LARGEST = float(np.finfo(np.float64).max)  # ∞ times no weights is NaN


class Gram:
    """Rows of Q, made when a weight is first not 0, and duality gaps."""

    def __init__(self, X: Array, y: Array) -> None:
        self.X, self.x_unit = scaled(X)
        y, self.y_unit = scaled(y)
        n, d = X.shape
        self.c = self.X.T @ y / n
        self.energy = float(y @ y / n)
        self.Q = np.empty((d, d))
        self.made = np.zeros(d, dtype=bool)

    def own(self, lam: float) -> float:
        """A penalty in own units; what is too large stays finite."""
        with np.errstate(over="ignore"):
            own = float(np.ldexp(lam, -self.x_unit - self.y_unit))
        return min(own, LARGEST)

    def given(self, lam: float) -> float:
        """A penalty in the units of the data."""
        return float(unscaled(lam, self.x_unit + self.y_unit, "the penalty"))

    def weights(self, w: Array) -> Array:
        """Weights in the units of the data."""
        return unscaled(w, self.y_unit - self.x_unit, "the weights")

    def block(self, work: NDArray[np.intp]) -> Array:
        """The rows and columns of Q that belong to some weights."""
        self._make(work)
        return np.asarray(self.Q[np.ix_(work, work)])

    def gap(self, w: Array, lam: float) -> tuple[Array, float]:
        """q, and the duality gap relative to the objective at 0.

        The dual point is the residual, shrunk until it is feasible.
        """
        on = np.flatnonzero(w)
        self._make(on)
        q = self.c - w[on] @ self.Q[on]
        if self.energy == 0:
            return q, 0.0
        fit = float(self.c @ w)
        square = max(self.energy - fit - float(q @ w), 0.0)  # ‖r‖² / n
        largest = float(np.max(np.abs(q)))
        s = min(1.0, lam / largest) if largest else 1.0
        primal = square / 2 + lam * float(np.sum(np.abs(w)))  # eq. def:lasso
        dual = s * (self.energy - fit) - s * s * square / 2
        return q, (primal - dual) / (self.energy / 2)

    def _make(self, work: NDArray[np.intp]) -> None:
        new = work[~self.made[work]]
        if new.size:
            self.Q[new] = self.X[:, new].T @ self.X / len(self.X)
            self.made[new] = True
