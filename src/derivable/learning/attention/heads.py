"""Attention in several heads, and the way back through one.

Notation:
    Q, K, V: queries, keys, values, shapes (…, m, d), (…, n, d),
        (…, n, e).
    P: weights of attention, shape (…, m, n); every row sums to 1.
    dO, dQ, …: adjoints, of the shapes of O = P V, Q, …
    h: number of heads.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.autodiff.dual import plain
from derivable.learning.attention import _checks
from derivable.linalg import attention_weights


def attend(Q: Any, K: Any, V: Any, seen: Any) -> tuple[Any, Any]:
    """P V and P; `seen` is True where a query may look."""
    S = (Q @ np.swapaxes(K, -1, -2)) * Q.shape[-1] ** -0.5
    S = np.where(seen, S, -np.inf)
    E = np.exp(S - plain(S).max(axis=-1, keepdims=True))
    P = E / np.sum(E, axis=-1, keepdims=True)
    return P @ V, P  # eq. def:attention-result


def attend_back(
    Q: Array, K: Array, V: Array, P: Array, dO: Array
) -> tuple[Array, Array, Array]:
    """The adjoints of Q, K and V."""
    dV = np.swapaxes(P, -1, -2) @ dO  # eq. claim:mean-adjoint
    dP = dO @ np.swapaxes(V, -1, -2)  # eq. claim:mean-adjoint
    along = np.sum(dP * P, axis=-1, keepdims=True)
    dS = P * (dP - along)  # eq. claim:rows-adjoint
    dS = dS * Q.shape[-1] ** -0.5  # eq. claim:attention-gradients
    return dS @ K, np.swapaxes(dS, -1, -2) @ Q, dV


def attention_gradients(
    Q: ArrayLike,
    K: ArrayLike,
    V: ArrayLike,
    dO: ArrayLike,
    *,
    mask: ArrayLike | None = None,
) -> tuple[Array, Array, Array]:
    """The gradients of scaled dot-product attention, by formulas.

    Args:
        Q: queries, shape (…, m, d).
        K: keys, shape (…, n, d).
        V: values, shape (…, n, e).
        dO: adjoint of the result, shape (…, m, e).
        mask: True where a query may look at a key; fits (…, m, n).

    Returns:
        The adjoints of Q, K and V, of their shapes.

    Raises:
        TypeError: as `attention_weights`, or if V or dO is not real.
        ValueError: as `attention_weights`, if a batch differs, V or dO
            has a wrong shape, or a gradient is not finite.

    Source:
        eq. `claim:attention-gradients` of this book.
    """
    P = attention_weights(Q, K, mask=mask)
    Q, K = check.real(Q, "Q"), check.real(K, "K")
    batch, (m, n) = P.shape[:-2], P.shape[-2:]
    if Q.shape[:-2] != K.shape[:-2]:
        raise ValueError(
            f"Q and K must have one batch, got {Q.shape} and {K.shape}"
        )
    V, dO = check.real(V, "V"), check.real(dO, "dO")
    if V.shape[:-1] != (*batch, n):
        raise ValueError(
            f"V must have shape {(*batch, n, 'e')}, got {V.shape}"
        )
    _checks.shaped(dO, (*batch, m, V.shape[-1]), "dO")

    with np.errstate(over="ignore", invalid="ignore"):
        found = attend_back(Q, K, V, P, dO)
    for g, name in zip(found, ("Q", "K", "V"), strict=True):
        _checks.finite(g, f"the gradient of {name}")
    return found


def split(X: Any, h: int) -> Any:
    """Rows (B, T, w) as heads (B, h, T, w/h)."""
    B, T, w = X.shape
    return np.transpose(np.reshape(X, (B, T, h, w // h)), (0, 2, 1, 3))


def merge(X: Any) -> Any:
    """Heads (B, h, T, d) side by side again, as rows (B, T, h d)."""
    B, h, T, d = X.shape
    return np.reshape(np.transpose(X, (0, 2, 1, 3)), (B, T, h * d))


def multi_head_attention(
    X: Any, weights: Any, *, num_heads: int, causal: bool = True
) -> Any:
    """Attention of the rows of X to each other, in several heads.

    Args:
        X: rows, shape (T, w); an array, Tensor or Dual.
        weights: {"Wq", "Wk", "Wv", "Wo"}, each of shape (w, w).
        num_heads: h, a divisor of w; each head has w/h columns.
        causal: whether row t sees the rows up to t only.

    Returns:
        The heads side by side times Wo, shape (T, w).

    Raises:
        TypeError: if weights is no dict of these four, or one is not
            real.
        ValueError: if shapes do not fit, a value is not finite, or
            num_heads does not divide w.

    Source:
        eq. `def:multi-head` of this book; Vaswani et al. (2017),
        section 3.2.2.
    """
    X = _checks.array(X, "X")
    if X.ndim != 2:
        raise ValueError(f"X must have shape (T, w), got {X.shape}")
    T, w = X.shape
    h = _checks.heads(num_heads, w)
    seen = np.tri(T, dtype=bool) | (not check.flag(causal, "causal"))
    _checks.keys(weights, _checks.MATRICES, "weights")
    W = {
        key: _checks.shaped(weights[key], (w, w), f"weights[{key!r}]")
        for key in _checks.MATRICES
    }

    with np.errstate(over="ignore", invalid="ignore"):
        Q, K, V = (split(X[None] @ W[s], h) for s in ("Wq", "Wk", "Wv"))
        Y = merge(attend(Q, K, V, seen)[0])[0] @ W["Wo"]  # eq. def:multi-head
    _checks.finite(plain(Y), "the result for X and weights")
    return Y
