"""Gradient noise: what a larger batch buys, and until when.

Notation:
    G: gradients of single samples at one point, one a row, shape (n, p).
    g: their mean, shape (p,); S: their covariance, shape (p, p).
    H: the Hessian there, shape (p, p).
    B: batch size.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.errors import DivergenceError

ROUNDING = 1e-12  # of a trace, by the size of its terms


def critical_batch(
    gradients: ArrayLike, hessian: ArrayLike | None = None
) -> float:
    """Batch size at which noise and gradient cost the same curvature.

    Args:
        gradients: those of single samples, one a row, shape (n, p).
        hessian: H, symmetric, shape (p, p), or None for the identity;
            positive semidefinite where the loss is convex.

    Returns:
        tr(HS) / gᵀHg.

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes do not match, H is not symmetric, gᵀHg is
            not above zero, or tr(HS) is below.

    Source:
        McCandlish et al. (2018), eq. 2.7 and 2.9; eq.
        `def:critical-batch` of this book.
    """
    G = check.matrix(gradients, "gradients")
    p = G.shape[1]
    H = np.eye(p) if hessian is None else check.symmetric(hessian, "hessian")
    if H.shape != (p, p):
        raise ValueError(f"hessian must have shape {(p, p)}, got {H.shape}")

    G = G / (np.abs(G).max() or 1.0)  # a ratio: units do not matter
    H = H / (np.abs(H).max() or 1.0)
    g = G.mean(axis=0)
    R = G - g
    curved = float(g @ H @ g)
    if curved <= 0:
        raise ValueError(
            f"gradients must have a mean with gᵀHg > 0, got {curved:g}"
        )
    noise = np.sum((R @ H) * R) / len(G)
    if noise < -ROUNDING * np.sum((np.abs(R) @ np.abs(H)) * np.abs(R)):
        raise ValueError(
            "hessian must not have a negative tr(HS), with S the covariance "
            f"of the gradients, got {noise:g} of 1"
        )
    with np.errstate(over="ignore"):
        size = max(noise, 0.0) / curved
    if not np.isfinite(size):
        raise ValueError(
            f"gradients must have a mean that is seen, got {g} of 1"
        )
    return float(size)


def noisy_quadratic(  # noqa: PLR0913
    curvatures: ArrayLike,
    variances: ArrayLike,
    e0: ArrayLike,
    *,
    learning_rate: float,
    batch_size: int = 1,
    num_steps: int = 100,
) -> Array:
    """Expected loss of stochastic gradient descent on a bowl, exactly.

    Args:
        curvatures: eigenvalues h of the Hessian, above 0, shape (p,).
        variances: s, of the gradient of one sample along each
            eigenvector, the same everywhere, not negative, shape (p,).
        e0: distance of the start from the minimum along each, shape (p,).
        learning_rate: α, not negative.
        batch_size: B, samples drawn with replacement for each step.
        num_steps: T.

    Returns:
        E f − f* at each iterate, the start first, shape (T + 1,).

    Raises:
        TypeError: if an argument is not real, or not whole.
        ValueError: if shapes differ, an argument is out of range, or the
            loss at the start is not finite.
        DivergenceError: if the expected loss leaves the floats.

    Source:
        eq. `claim:second-moment` of this book.
    """
    h, s = check.vector(curvatures, "curvatures"), variances
    s, e = check.vector(s, "variances"), check.vector(e0, "e0")
    check.of_shape(s, h.shape, "variances")
    check.of_shape(e, h.shape, "e0")
    if h.min() <= 0:
        raise ValueError(f"curvatures must be positive, got {h.min()}")
    if s.min() < 0:
        raise ValueError(f"variances must not be negative, got {s.min()}")
    alpha = check.not_negative(learning_rate, "learning_rate")
    B = check.whole(batch_size, "batch_size", least=1)
    T = check.whole(num_steps, "num_steps")

    with np.errstate(over="ignore", invalid="ignore"):
        losses = _expected(h, s / B, e, alpha, T)
    wrong = ~np.isfinite(losses)
    if wrong.any():
        at = int(np.argmax(wrong))
        if at == 0:
            raise ValueError(
                "e0 and curvatures must give a finite loss at the start, "
                f"got {e} and {h}"
            )
        raise DivergenceError(
            f"the expected loss diverged at step {at}; "
            "try a smaller learning rate",
            at,
            losses[:at],
        )
    return losses


def _expected(h: Array, s: Array, e: Array, alpha: float, T: int) -> Array:
    moment = e**2
    losses = np.empty(T + 1)
    losses[0] = h @ moment / 2
    for t in range(T):
        moment = (1 - alpha * h) ** 2 * moment + alpha * s * alpha
        losses[t + 1] = h @ moment / 2
    return losses
