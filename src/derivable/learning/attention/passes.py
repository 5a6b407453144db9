"""A transformer there and back, on a batch of B texts.

Notation:
    x: tokens, shape (B, T).
    X: the residual stream, one row a token, shape (B, T, w).
    N, M: normalised rows; H: hidden units, shape (B, T, f).
    Z: scores of the next token, shape (B, T, k).
    dX, dZ, …: adjoints, of the shapes of X, Z, …
"""

from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import plain
from derivable.learning.attention.heads import (
    attend,
    attend_back,
    merge,
    split,
)
from derivable.learning.attention.normalise import normalise, normalise_back
from derivable.linalg import positional_encoding


def forward(p: Any, x: Any, h: int) -> tuple[Any, Any]:
    """The scores, and what the way back needs."""
    X = p["E"][x] + positional_encoding(x.shape[1], p["E"].shape[1])
    kept = []
    for q in p["blocks"]:
        X, back = block(q, X, h)
        kept.append(back)
    F, last = normalise(X, p["g"], p["b"])
    return F @ p["U"], (kept, F, last)


def block(q: Any, X: Any, h: int) -> tuple[Any, Any]:
    """X plus attention, plus two layers; each reads normalised rows."""
    N, one = normalise(X, q["g1"], q["b1"])
    Q, K, V = (split(N @ q[key], h) for key in ("Wq", "Wk", "Wv"))
    T = Q.shape[2]
    O, P = attend(Q, K, V, np.tri(T, dtype=bool))
    O = merge(O)
    X = X + O @ q["Wo"]  # eq. def:block
    M, two = normalise(X, q["g2"], q["b2"])
    H = np.maximum(M @ q["W1"] + q["c1"], 0.0)  # eq. def:block
    return X + H @ q["W2"] + q["c2"], (N, one, Q, K, V, P, O, M, two, H)


def block_back(q: Any, dX: Any, kept: Any) -> tuple[Any, Any]:
    """The adjoint of what went in, and the gradient of the block."""
    N, one, Q, K, V, P, O, M, two, H = kept
    dH = (dX @ q["W2"].T) * (H > 0)
    g = {"W2": met(H, dX), "c2": dX.sum((0, 1))}
    g |= {"W1": met(M, dH), "c1": dH.sum((0, 1))}
    dM, g["g2"], g["b2"] = normalise_back(dH @ q["W1"].T, q["g2"], two)
    dX = dX + dM
    g["Wo"] = met(O, dX)
    dO = split(dX @ q["Wo"].T, Q.shape[1])
    dN = np.zeros_like(dX)
    adjoints = attend_back(Q, K, V, P, dO)
    for key, A in zip(("Wq", "Wk", "Wv"), adjoints, strict=True):
        D = merge(A)
        g[key] = met(N, D)
        dN += D @ q[key].T
    dN, g["g1"], g["b1"] = normalise_back(dN, q["g1"], one)
    return dX + dN, g


def backward(p: Any, x: Any, kept: Any, dZ: Any) -> dict[str, Any]:
    """The gradient of all parameters from the adjoint of the scores."""
    blocks, F, last = kept
    g: dict[str, Any] = {"U": met(F, dZ)}
    dX, g["g"], g["b"] = normalise_back(dZ @ p["U"].T, p["g"], last)
    found = []
    for q, back in zip(p["blocks"][::-1], blocks[::-1], strict=True):
        dX, gradient = block_back(q, dX, back)
        found.append(gradient)
    g["blocks"] = found[::-1]
    g["E"] = np.zeros_like(p["E"])
    np.add.at(g["E"], x, dX)
    return g


def met(A: Any, D: Any) -> Any:
    """What went in meets what came back: the sum of the texts' AᵀD."""
    return np.sum(np.swapaxes(A, 1, 2) @ D, axis=0)


def log_shares(Z: Any) -> Any:
    """The logarithm of the softmax of each row."""
    Z = Z - plain(Z).max(axis=-1, keepdims=True)
    return Z - np.log(np.sum(np.exp(Z), axis=-1, keepdims=True))


def loss_and_gradient(p: Any, x: Any, h: int) -> tuple[float, dict[str, Any]]:
    """The mean surprise at x[:, 1:], and its gradient."""
    seen, y = x[:, :-1], x[:, 1:, None]
    Z, kept = forward(p, seen, h)
    L = log_shares(Z)
    dZ = np.exp(L) - (y == np.arange(L.shape[-1]))
    gradient = backward(p, seen, kept, dZ / y.size)
    return -float(np.mean(np.take_along_axis(L, y, -1))), gradient
