"""Sequential minimal optimization: two multipliers at a time.

Notation:
    K: kernel matrix, shape (n, n).
    y: labels −1 and 1, shape (n,).
    beta: αᵢ yᵢ, shape (n,); they add up to 0.
    F: y − K beta, the slope of the dual for each beta, shape (n,).
    t: what one step takes from beta[j] and gives to beta[i].
"""

import numpy as np

from derivable._validation import Array, ConvergenceError

TINY = 1e-12


def smo(
    K: Array, y: Array, C: float, *, tol: float, max_steps: int
) -> tuple[Array, Array, Array]:
    """Maximise yᵀβ − ½ βᵀKβ subject to Σβ = 0 and 0 ≤ βᵢyᵢ ≤ C.

    Each step moves t from the coordinate j to i along which the dual
    gains most, to second order, and updates F by two columns of K.

    Args:
        K: kernel matrix, shape (n, n), positive semidefinite.
        y: labels −1 and 1, shape (n,).
        C: limit of each multiplier; ∞ for a hard margin.
        tol: stop when no pair of slopes differs by more.
        max_steps: give up after so many steps.

    Returns:
        beta and F, shape (n,), and every step as a row i, j, t.

    Raises:
        ConvergenceError: if the dual is unbounded (so that the data are
            not separable) or the gap of slopes is above tol after
            max_steps.

    Source:
        Platt (1998); the choice of pairs is that of Fan, Chen and Lin
        (2005); eq. `claim:smo-step` of this book.
    """
    low, high = np.where(y > 0, 0.0, -C), np.where(y > 0, C, 0.0)
    beta, F = np.zeros_like(y), y.copy()
    diagonal = np.diag(K)
    curvature = np.maximum(diagonal[:, None] + diagonal - 2 * K, TINY)
    root = 1 / np.sqrt(curvature)  # gap · root ranks as gap² / curvature
    takes = np.where(beta < high, 0.0, -np.inf)  # −∞ shuts one out
    gives = np.where(beta > low, 0.0, np.inf)
    steps: list[tuple[int, int, float]] = []
    for _ in range(max_steps):
        i = int(np.argmax(F + takes))
        gap = F[i] - (F + gives)
        j = int(np.argmax(gap * root[i]))
        if gap[j] <= tol and np.max(gap) <= tol:
            return beta, F, np.array(steps).reshape(-1, 3)
        t = min(gap[j] / curvature[i, j], high[i] - beta[i], beta[j] - low[j])
        beta[i] = high[i] if t == high[i] - beta[i] else beta[i] + t
        beta[j] = low[j] if t == beta[j] - low[j] else beta[j] - t
        F -= t * (K[i] - K[j])
        takes[i], gives[i] = 0.0 if beta[i] < high[i] else -np.inf, 0.0
        takes[j], gives[j] = 0.0, 0.0 if beta[j] > low[j] else np.inf
        steps.append((i, j, t))
        if t > 1 / TINY:
            break
    raise ConvergenceError(
        f"slopes differ by {np.max(gap):.3g} after {len(steps)} steps: with "
        "C = inf, data that cannot be separated make the dual unbounded"
    )
