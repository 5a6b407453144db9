"""Sums of exponentials for arrays, Tensors and Duals, without overflow.

Notation:
    z: scores or logits; along `axis` they belong together.
    m: the largest of them, a constant: the results do not depend on it.
"""

from typing import Any

import numpy as np

from derivable.calculus.autodiff.adjoints import plain
from derivable.calculus.autodiff.methods import ArrayMethods

LARGEST = float(np.finfo(np.float64).max)


def _scores(z: Any, *, most: float = np.inf) -> Any:
    """An array, or what takes part in a run of `grad` or `jvp`."""
    if isinstance(z, ArrayMethods):
        return z
    values = np.asarray(z)
    if values.dtype.kind not in "biuf":
        raise TypeError(f"z must be real numbers, got {values.dtype}")
    if values.ndim == 0 or values.size == 0:
        raise ValueError(f"z must have entries, got shape {values.shape}")
    wrong = ~(values <= most)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"z must not be nan or too large, got {values[at]} at index {at}"
        )
    return values


def _shifted(z: Any, axis: Any) -> tuple[Any, Any]:
    """Z less its largest, and the largest where it is finite, else 0."""
    m = np.max(plain(z), axis=axis, keepdims=True)
    m = np.where(np.isfinite(m), m, 0.0)
    return z - m, m


def logsumexp(z: Any, axis: Any = -1, *, keepdims: bool = False) -> Any:
    """Ln Σ eᶻ along an axis, shifted by the maximum.

    An entry −∞ counts nothing. Where all are −∞, the sum is 0, and the
    result −∞ with gradient 0: no finite change of it is a change.

    Args:
        z: array, Tensor or Dual.
        axis: the axis that is summed, and removed.
        keepdims: keep it, with length 1.

    Returns:
        The same kind, one axis less.

    Raises:
        TypeError: if z is not real.
        ValueError: if z has no entries, or one is nan.
    """
    z, m = _shifted(_scores(z), axis)
    total = np.sum(np.exp(z), axis=axis, keepdims=True)
    none = total == 0
    logarithm = np.log(np.where(none, 1.0, total)) + m
    y = np.where(none, -np.inf, logarithm)
    return y if keepdims else np.squeeze(y, axis)


def softmax(z: Any, axis: Any = -1) -> Any:
    """Turn scores into a distribution: e^zᵢ / Σ e^zⱼ.

    The largest score is subtracted first, which changes nothing and
    keeps every exponential at most 1.

    Args:
        z: scores, an array, Tensor or Dual.
        axis: along which they belong together.

    Returns:
        Probabilities that sum to 1 along the axis, same kind and shape.

    Raises:
        TypeError: if z is not real.
        ValueError: if z has no entries, or one is nan or +∞.
    """
    z, _ = _shifted(_scores(z, most=LARGEST), axis)
    e = np.exp(z)
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(z: Any, axis: Any = -1) -> Any:
    """The logarithm of the softmax, z − ln Σ eᶻ.

    Args:
        z: scores, an array, Tensor or Dual.
        axis: along which they belong together.

    Returns:
        Logarithms of probabilities, same kind and shape.

    Raises:
        TypeError: if z is not real.
        ValueError: if z has no entries, or one is nan or +∞.
    """
    z, _ = _shifted(_scores(z, most=LARGEST), axis)
    return z - np.log(np.sum(np.exp(z), axis=axis, keepdims=True))


def softmax_cross_entropy(Z: Any, Y: Any) -> Any:
    """Mean over the batch of −Σ y ln softmax(z), from logits.

    Args:
        Z: logits, shape (n, k).
        Y: targets, shape (n, k), each row a distribution.

    Returns:
        The loss, one number; in nats.

    Source:
        eq. `claim:softmax-cross-entropy` of this book.
    """
    return np.mean(logsumexp(Z) - np.sum(Z * Y, axis=-1))
