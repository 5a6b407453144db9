"""Sums of exponentials for arrays, Tensors and Duals, without overflow.

Notation:
    z: scores or logits; along `axis` they belong together.
    m: the largest of them, a constant: the results do not depend on it.
"""

from typing import Any

import numpy as np

from derivable import _validation as check
from derivable.calculus.autodiff.dual import Dual, paired, plain
from derivable.calculus.autodiff.methods import ArrayMethods
from derivable.calculus.autodiff.rules_elementary import finite
from derivable.calculus.autodiff.tensor import Tensor, record

LARGEST = float(np.finfo(np.float64).max)


def _scores(z: Any, name: str = "z", *, most: float = np.inf) -> Any:
    """An array, or what takes part in a run of `grad` or `jvp`."""
    if isinstance(z, ArrayMethods):
        return z
    values = check.reals(z, name)
    wrong = ~(values <= most)
    if wrong.any():
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name} must not be nan or too large, got {values[at]} at {at}"
        )
    return values


def _shifted(z: Any, axis: int) -> tuple[Any, Any]:
    """Z less its largest, and the largest where it is finite, else 0."""
    m = np.max(plain(z), axis=axis, keepdims=True)
    m = np.where(np.isfinite(m), m, 0.0)
    with np.errstate(over="ignore"):  # −∞ counts nothing, as it should
        return z - m, m


def _some_finite(z: Any, axis: int) -> None:
    """Refuse scores of which none counts: they are no distribution."""
    if np.any(np.max(plain(z), axis=axis) == -np.inf):
        raise ValueError(
            "z must have a finite score in each distribution, got −∞ alone"
        )


def logsumexp(z: Any, axis: int = -1, *, keepdims: bool = False) -> Any:
    """Ln Σ eᶻ along an axis, shifted by the maximum.

    The term of the maximum is then 1, and log1p of the others keeps the
    digits of a logarithm near 0.

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
    check.flag(keepdims, "keepdims")
    z = _scores(z)
    check.whole(axis, "axis", least=-z.ndim, most=z.ndim - 1)

    y = _log_sum(z, axis)
    return np.expand_dims(y, axis) if keepdims else y


def _log_sum(z: Any, axis: int) -> Any:
    """The differential is Σ p dz, with the shares p = e^(z − y).

    They are taken from shifted scores: a large y has no digits left for
    the logarithm of how many share it.
    """

    def share(a: Any) -> Any:
        a, _ = _shifted(a, axis)
        return np.exp(a - np.expand_dims(finite(_log_sum(a, axis)), axis))

    if isinstance(z, Tensor):
        rule = lambda g, a: np.expand_dims(g, axis) * share(a)  # noqa: E731
        return record(_log_sum(z.data, axis), (z,), (z.data,), (rule,))
    if isinstance(z, Dual):
        y = _log_sum(z.value, axis)
        slope = np.sum(z.tangent * share(z.value), axis=axis)
        return paired(y, slope, z.level)
    z, m = _shifted(z, axis)
    e = np.exp(z)
    at = np.argmax(e, axis=axis, keepdims=True)
    top = np.take_along_axis(e, at, axis)  # 1; 0 or ∞ for −∞ or ∞
    np.put_along_axis(e, at, 0.0, axis)
    rest = np.sum(e, axis=axis, keepdims=True)
    with np.errstate(divide="ignore"):  # the logarithm of 0 is −∞
        return np.squeeze(np.log1p(rest + (top - 1)) + m, axis)[()]


def softmax(z: Any, axis: int = -1) -> Any:
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
        ValueError: if z has no entries, one is nan or +∞, or all that
            belong together are −∞.
    """
    z = _scores(z, most=LARGEST)
    check.whole(axis, "axis", least=-z.ndim, most=z.ndim - 1)
    _some_finite(z, axis)

    z, _ = _shifted(z, axis)
    e = np.exp(z)
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(z: Any, axis: int = -1) -> Any:
    """The logarithm of the softmax, z − ln Σ eᶻ.

    The largest score is subtracted first. Then the largest result is
    minus a log1p, and keeps its digits where its share is almost 1.

    Args:
        z: scores, an array, Tensor or Dual.
        axis: along which they belong together.

    Returns:
        Logarithms of probabilities, same kind and shape.

    Raises:
        TypeError: if z is not real.
        ValueError: if z has no entries, one is nan or +∞, or all that
            belong together are −∞.
    """
    z = _scores(z, most=LARGEST)
    check.whole(axis, "axis", least=-z.ndim, most=z.ndim - 1)
    _some_finite(z, axis)

    z, _ = _shifted(z, axis)
    return z - logsumexp(z, axis, keepdims=True)


def softmax_cross_entropy(Z: Any, Y: Any) -> Any:
    """Mean over the batch of −Σ y ln softmax(z), from logits.

    Args:
        Z: logits, shape (n, k).
        Y: targets, shape (n, k), each row a distribution.

    Returns:
        The loss, one number; in nats.

    Raises:
        TypeError: if Z or Y is not real.
        ValueError: if the shapes differ, a value is not finite, or a
            product is too large for a float64.

    Source:
        eq. `claim:softmax-cross-entropy` of this book.
    """
    Z, Y = _logits_and_targets(Z, Y)

    return -np.mean(np.sum(Y * log_softmax(Z), axis=-1))


def _logits_and_targets(Z: Any, Y: Any) -> tuple[Any, Any]:
    Z = Z if isinstance(Z, ArrayMethods) else check.real(Z, "Z")
    Y = Y if isinstance(Y, ArrayMethods) else check.real(Y, "Y")
    shapes = np.shape(plain(Z)), np.shape(plain(Y))
    if shapes[0] != shapes[1] or shapes[0] == ():
        raise ValueError(
            f"Z and Y must have one shape (n, k), got {shapes[0]} "
            f"and {shapes[1]}"
        )
    with np.errstate(over="ignore"):
        apart = np.max(np.ptp(plain(Z), axis=-1))  # two logits of a row
        largest = max(apart, np.max(np.abs(plain(Z))))
        most = largest * np.sum(np.abs(plain(Y)))
    if not np.isfinite(most):
        raise ValueError(
            "Z and Y must have products that are no larger than a float64, "
            f"got entries up to {np.max(np.abs(plain(Z)))}"
        )
    return Z, Y
