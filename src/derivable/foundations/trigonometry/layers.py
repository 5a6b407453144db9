"""Waves in networks: a shift of positions, and sine activations.

Notation:
    ωᵢ: angular frequency of the pair i of a positional encoding.
    w: its width, the length of a row.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg import rotation


def position_shift(
    steps: float, width: int, *, base: float = 10_000.0
) -> Array:
    """Matrix that takes every position's encoding to a later one.

    Args:
        steps: s, how many positions later; negative for earlier.
        width: w, length of an encoding, even.
        base: that of `positional_encoding`.

    Returns:
        M with the turns R(−ωᵢ s) along its diagonal, ωᵢ = base^(−2i/w),
        shape (w, w).

    Raises:
        TypeError: if width is not a whole number, or another not real.
        ValueError: if width is odd or below 2, steps is not finite,
            base is not positive, or an angle is too large for a float.

    Source:
        eq. `claim:shift` of this book.
    """
    s, w = check.number(steps, "steps"), check.whole(width, "width", least=2)
    if w % 2:
        raise ValueError(f"width must be even, got {w}")
    base = check.positive(base, "base")

    with np.errstate(over="ignore", invalid="ignore"):
        omega = base ** (-np.arange(0, w, 2) / w)
        angles = check.real(omega * s, "ω s")
    M = np.zeros((w, w))
    for i, angle in enumerate(angles):
        pair = slice(2 * i, 2 * i + 2)
        M[pair, pair] = rotation(-angle)
    return M


def sine_layer(
    X: ArrayLike, W: ArrayLike, b: ArrayLike, *, omega: float = 30.0
) -> Array:
    """A layer of a network whose activation is the sine.

    Args:
        X: inputs, one sample a row, shape (n, d).
        W: weights, shape (d, k).
        b: biases, shape (k,).
        omega: factor ω of every angle.

    Returns:
        sin(ω (X W + b)), shape (n, k).

    Raises:
        TypeError: if an argument is not real.
        ValueError: if shapes do not fit, or an argument or an angle is
            not finite.

    Source:
        Sitzmann et al. (2020), section 3.2.
    """
    X, W = check.matrix(X, "X"), check.matrix(W, "W")
    b, omega = check.vector(b, "b"), check.number(omega, "omega")
    if W.shape != (X.shape[1], len(b)):
        shape = (X.shape[1], len(b))
        raise ValueError(f"W must have shape {shape}, got {W.shape}")

    with np.errstate(over="ignore", invalid="ignore"):
        angles = check.real(omega * (X @ W + b), "ω (X W + b)")
    activations: Array = np.sin(angles)
    return activations
