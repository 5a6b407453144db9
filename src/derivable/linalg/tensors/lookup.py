"""Scaled dot-product attention, and the positions that it does not see.

Notation:
    Q: queries, one a row, shape (…, m, d).
    K: keys, one a row, shape (…, n, d).
    V: values, one a row, shape (…, n, e).
    S: scores, shape (…, m, n).
    P: weights, shape (…, m, n); every row sums to 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.linalg.tensors.shapes import broadcast_shape


def attention(
    Q: ArrayLike,
    K: ArrayLike,
    V: ArrayLike,
    *,
    mask: ArrayLike | None = None,
    scale: float | None = None,
) -> Array:
    """For each query, the mean of the values, weighted by its keys.

    Args:
        Q: queries, shape (…, m, d).
        K: keys, shape (…, n, d).
        V: values, shape (…, n, e).
        mask: True where a query may look at a key; fits (…, m, n).
        scale: factor of the scores; default 1/√d.

    Returns:
        P V, shape (…, m, e).

    Raises:
        TypeError: if Q, K or V is not real, or mask is not boolean.
        ValueError: if shapes do not fit, and as `attention_weights`.

    Source:
        eq. `def:attention` of this book; Vaswani et al. (2017), eq. 1.
    """
    P = attention_weights(Q, K, mask=mask, scale=scale)
    V = _rows(V, "V")
    if V.shape[-2] != P.shape[-1]:
        raise ValueError(
            f"V must have one row for each of {P.shape[-1]} keys, "
            f"got shape {V.shape}"
        )
    broadcast_shape(P.shape[:-2], V.shape[:-2])
    with np.errstate(over="ignore"):
        return check.real(P @ V, "the mean of the values")


def attention_weights(
    Q: ArrayLike,
    K: ArrayLike,
    *,
    mask: ArrayLike | None = None,
    scale: float | None = None,
) -> Array:
    """The softmax of scaled dot products, one distribution a query.

    Args:
        Q: queries, shape (…, m, d).
        K: keys, shape (…, n, d).
        mask: True where a query may look at a key; fits (…, m, n).
        scale: factor of the scores; default 1/√d.

    Returns:
        Weights that are not negative and sum to 1 in each row, shape
        (…, m, n).

    Raises:
        TypeError: if Q or K is not real, or mask is not boolean.
        ValueError: if Q and K differ in d, batches do not fit, an
            entry or a score is not finite, scale is not positive, or a
            query may look at no key.

    Source:
        eq. `def:attention` of this book.
    """
    Q, K = _rows(Q, "Q"), _rows(K, "K")
    d = Q.shape[-1]
    if K.shape[-1] != d:
        raise ValueError(f"K must have rows of length {d}, got {K.shape}")
    broadcast_shape(Q.shape[:-2], K.shape[:-2])
    factor = d**-0.5 if scale is None else check.positive(scale, "scale")

    with np.errstate(over="ignore", invalid="ignore"):
        S = factor * (Q @ np.swapaxes(K, -1, -2))
    if not np.isfinite(S).all():
        largest = [f"{np.max(np.abs(A)):.3g}" for A in (Q, K)]
        raise ValueError(
            "scores must be finite, got entries up to "
            f"{' and '.join(largest)}: a dot product overflows"
        )
    if mask is not None:
        S = np.where(_seen(mask, S.shape), S, -np.inf)
    with np.errstate(over="ignore"):  # e⁰ is the largest, e⁻∞ is 0
        E = np.exp(S - S.max(axis=-1, keepdims=True))
    P: Array = E / E.sum(axis=-1, keepdims=True)
    return P


def positional_encoding(
    length: int, width: int, *, base: float = 10_000.0
) -> Array:
    """Sines and cosines of slower and slower waves, one row a position.

    Args:
        length: number of positions, counted from 0.
        width: length of a row, even.
        base: the last wave is almost `base` times slower than the first.

    Returns:
        Row t holds sin(ω₀t), cos(ω₀t), sin(ω₁t), cos(ω₁t), … with
        ωᵢ = base^(−2i/width), shape (length, width).

    Raises:
        TypeError: if length or width is not a whole number.
        ValueError: if one is below 1, width is odd, or base is not
            positive.

    Source:
        Vaswani et al. (2017), section 3.5.
    """
    length = check.whole(length, "length", least=1)
    width = check.whole(width, "width", least=1)
    if width % 2:
        raise ValueError(f"width must be even, got {width}")
    base = check.positive(base, "base")

    with np.errstate(over="ignore", invalid="ignore"):
        omega = base ** (-np.arange(0, width, 2) / width)
        angle = check.real(np.arange(length)[:, None] * omega, "t ω")
    waves = np.stack([np.sin(angle), np.cos(angle)], axis=-1)
    return waves.reshape(length, width)


def _rows(A: ArrayLike, name: str) -> Array:
    values = check.real(A, name)
    if values.ndim < 2:
        raise ValueError(
            f"{name} must have shape (…, rows, columns), got {values.shape}"
        )
    return values


def _seen(mask: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """The mask in the shape of the scores; every row sees something."""
    check.real(mask, "mask")  # neither masked, nor ragged, nor empty
    given = np.asarray(mask)
    if given.dtype != np.bool_:
        raise TypeError(f"mask must be True or False, got {given.dtype}")
    if broadcast_shape(given.shape, shape) != shape:
        raise ValueError(f"mask must fit {shape}, got {given.shape}")
    seen = np.broadcast_to(given, shape)
    blind = np.argwhere(~seen.any(axis=-1))
    if len(blind):
        at = tuple(int(i) for i in blind[0])
        raise ValueError(f"mask must let every query see a key, not {at}")
    return seen
