"""A network there and back: what a step of training computes.

Notation:
    X: a batch, one sample a row, shape (n, d₀).
    A: what goes into each layer, A[0] = X; shapes (n, d).
    Z: what each layer sums up, shapes (n, k); the last are the scores.
    dZ: adjoint ∂L/∂Z of one layer, shape (n, k).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable.calculus.autodiff.dual import plain
from derivable.learning.networks.parameters import Layers

Function = Callable[[Any], Any]


class ScoresError(ValueError):
    """Scores, a loss or a gradient that float64 cannot hold."""


def forward(layers: Any, X: Any, f: Function) -> tuple[list[Any], list[Any]]:
    """What goes into each layer, and what it sums up."""
    A: list[Any] = [X]
    Z: list[Any] = []
    for layer in layers:
        if Z:
            A.append(f(Z[-1]))  # eq. def:network
        Z.append(A[-1] @ layer["W"] + layer["b"])  # eq. def:network
        refuse_overflow(Z)
    return A, Z


def backward(
    layers: Any, A: list[Any], Z: list[Any], dZ: Any, slope: Function
) -> Layers:
    """The gradient of each layer, from that of the scores."""
    gradients = []
    for i in reversed(range(len(layers))):
        dW, db = A[i].T @ dZ, dZ.sum(axis=0)  # eq. claim:layer-gradients
        gradients.append({"W": dW, "b": db})
        if i > 0:
            dA = dZ @ layers[i]["W"].T
            dZ = dA * slope(Z[i - 1])  # eq. claim:backward-recursion
    return gradients[::-1]


def refuse_overflow(Z: list[Any]) -> None:
    """Say which layer has sums that are not finite."""
    if not np.isfinite(plain(Z[-1])).all():
        raise ScoresError(
            f"the sums of layer {len(Z)} must be finite, got one beyond "
            "float64; inputs or weights are too large"
        )
