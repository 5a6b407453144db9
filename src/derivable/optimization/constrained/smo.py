"""Sequential minimal optimization: two multipliers at a time.

Notation:
    K: kernel matrix, shape (n, n).
    y: labels −1 and 1, shape (n,).
    beta: αᵢ yᵢ, shape (n,); they add up to 0.
    F: y − K beta, the slope of the dual for each beta, shape (n,).
    t: what one step takes from beta[j] and gives to beta[i].
    S: the free multipliers, those inside their box.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable._validation import Array, ConvergenceError

TINY = 1e-12  # of the largest distance: one below it counts as 0
FAR = 1e12  # a multiplier without limit beyond it counts as ∞
ROUND = 1e-12  # of the largest multiplier: nearer to its box is on it
Step = tuple[ArrayLike, ArrayLike]  # which of beta changed, and by what


class DualAscent:
    """Maximise yᵀβ − ½ βᵀKβ subject to Σβ = 0 and 0 ≤ βᵢyᵢ ≤ C.

    NB: the unit of K is its largest entry, which shall be near 1.

    Attributes:
        beta: the point, shape (n,).
        F: the slope there, shape (n,).
        steps: every change of beta so far: indices and amounts.
    """

    def __init__(self, K: Array, y: Array, C: float) -> None:
        self.K, self.y, self.diagonal = K, y, np.diag(K).copy()
        self.low = np.where(y > 0, 0.0, -C)
        self.high = np.where(y > 0, C, 0.0)
        self.beta, self.F = np.zeros_like(y), y.copy()
        self.roots: dict[int, Array] = {}  # 1/√a, for each i that was chosen
        self.steps: list[Step] = []
        self.far = np.inf if np.isfinite(C) else FAR
        self._open()

    def pair_step(self, tol: float) -> float:
        """Move t from j to i, the pair that gains most.

        Args:
            tol: differences of slopes up to tol count as none.

        Returns:
            The largest difference of slopes before the move; within tol,
            nothing moves.

        Source:
            Platt (1998); Fan, Chen and Lin (2005); eq. `claim:smo-step`.
        """
        beta, F, K = self.beta, self.F, self.K
        i = int(np.argmax(F + self.takes))
        gap = F[i] - (F + self.gives)
        largest = float(np.max(gap))
        if largest <= tol:
            return largest
        root = self._root(i)
        j = int(np.argmax(gap * root))  # ranks like gap² / a
        up, down = self.high[i] - beta[i], beta[j] - self.low[j]
        t = min(gap[j] * root[j] ** 2, up, down)
        beta[i] = self.high[i] if t == up else beta[i] + t
        beta[j] = self.low[j] if t == down else beta[j] - t
        F -= t * (K[i] - K[j])
        self.takes[i], self.gives[i] = -np.inf if t == up else 0.0, 0.0
        self.takes[j], self.gives[j] = 0.0, np.inf if t == down else 0.0
        self.steps.append(((i, j), (t, -t)))
        return largest if t < self.far else np.inf

    def joint_step(self) -> bool:
        """Solve for all free multipliers at once, and stop at the box.

        Returns:
            Whether the box stopped it, so that fewer are free now.

        Source:
            eq. `claim:kkt-matrix`, with K for H and a row of ones for J.
        """
        beta, K, F = self.beta, self.K, self.F
        S = np.flatnonzero((beta > self.low) & (beta < self.high))
        if S.size < 2:
            return False
        A = K[np.ix_(S, S)] + 1e-10 * np.mean(self.diagonal) * np.eye(S.size)
        A = np.block([[A, np.ones((S.size, 1))], [np.ones(S.size), 0.0]])
        d = np.linalg.solve(A, np.append(F[S], 0.0))[:-1]
        limit = np.where(d > 0, self.high[S], self.low[S])
        share = _shares(limit - beta[S], d)
        t = min(1.0, float(np.min(share)))
        if not t * (F[S] @ d) - t * t / 2 * (d @ K[np.ix_(S, S)] @ d) > 0:
            return False  # rounding, or a kernel that is none
        beta[S] = np.where(share <= t, limit, beta[S] + t * d)
        self.F = self.y - K @ beta
        self.steps.append((S, t * d))
        self._open()
        return t < 1

    def snap(self) -> None:
        """Put multipliers that rounding keeps off their box onto it."""
        near = ROUND * np.max(np.abs(self.beta))
        for side in (self.low, self.high):
            self.beta = np.where(
                np.abs(self.beta - side) <= near, side, self.beta
            )
        self.F = self.y - self.K @ self.beta
        self._open()

    def _root(self, i: int) -> Array:
        if i not in self.roots:
            a = self.diagonal[i] + self.diagonal - 2 * self.K[i]
            self.roots[i] = 1 / np.sqrt(np.maximum(a, TINY))
        return self.roots[i]

    def _open(self) -> None:
        """Note who can take and who can give; −∞ and ∞ shut one out."""
        self.takes = np.where(self.beta < self.high, 0.0, -np.inf)
        self.gives = np.where(self.beta > self.low, 0.0, np.inf)


def _shares(room: Array, d: Array) -> Array:
    """How often each d fits into its room; ∞ for what does not move."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        share = np.where(d == 0, np.inf, room / d)
    return np.asarray(share)


def smo(
    K: Array, y: Array, C: float, *, tol: float, max_steps: int
) -> DualAscent:
    """Climb the dual by pairs, and by all free ones after every n pairs.

    Args:
        K: kernel matrix, shape (n, n), positive semidefinite.
        y: labels −1 and 1, shape (n,).
        C: limit of each multiplier; ∞ for a hard margin.
        tol: stop when no pair of slopes differs by more.
        max_steps: give up after so many pairs.

    Returns:
        The dual at its top, with all steps.

    Raises:
        ConvergenceError: if the dual is unbounded (so that the data are
            not separable) or the gap of slopes is above tol after
            max_steps.
    """
    dual, gap = DualAscent(K, y, C), np.inf
    for count in range(1, max_steps + 1):
        gap = dual.pair_step(tol)
        if gap <= tol:
            dual.snap()
            return dual
        if count % len(y) == 0:
            while dual.joint_step():
                pass
            if np.max(np.abs(dual.beta)) > dual.far:
                break
        if gap == np.inf:
            break
    raise ConvergenceError(
        f"slopes differ by {gap:.3g} after {len(dual.steps)} steps: "
        + (
            "with C = inf, data that cannot be separated make the dual "
            "unbounded"
            if np.isinf(C)
            else "C is large for these data; a smaller one, or features of "
            "one size, take fewer"
        )
    )
