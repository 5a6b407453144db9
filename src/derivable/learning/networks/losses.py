"""What the scores of a network are compared with, and the first adjoint.

Notation:
    Z: scores, shape (n, k).
    Y: targets, shape (n, k); for classes one 1 in each row.
    dZ: ∂L/∂Z, shape (n, k).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.autodiff import log_softmax
from derivable.learning.networks import _checks


class Loss(NamedTuple):
    """A loss: its value, its value with dZ, and how it reads targets."""

    value: Callable[[Any, Array], Any]
    with_adjoint: Callable[[Array, Array], tuple[float, Array]]
    targets: Callable[[Any, tuple[int, int]], Array]


def cross_entropy(Z: Array, Y: Array) -> tuple[float, Array]:
    """The mean of −ln p of the true class, and (P − Y)/n.

    Each row of Y has a single 1, at the true class, and else zeros.
    """
    with np.errstate(over="ignore"):  # −∞ then, and e to that is 0
        Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    value = -np.sum(log_p[Y == 1] / len(Z))  # eq. claim:score-adjoint
    return float(value), (np.exp(log_p) - Y) / len(Z)


def squared_error(Z: Array, Y: Array) -> tuple[float, Array]:
    """Half the mean of ‖z − y‖², and (Z − Y)/n."""
    return float(_half_squares(Z, Y)), (Z - Y) / len(Z)


def _log_loss(Z: Any, Y: Array) -> Any:
    return -np.sum(log_softmax(Z)[Y == 1] / len(Y))  # eq. claim:score-adjoint


def _half_squares(Z: Any, Y: Array) -> Any:
    return np.sum((Z - Y) ** 2 / (2 * len(Y)))  # eq. claim:squared-adjoint


def one_hot(y: Any, shape: tuple[int, int]) -> Array:
    """Labels 0 … k − 1, shape (n,), as rows with one 1."""
    n, k = shape
    _checks.classes(k)
    labels = check.whole_numbers(y, "y")
    if labels.shape != (n,):
        raise ValueError(
            f"y must have shape ({n},), one label for each row of X, "
            f"got {labels.shape}"
        )
    if labels.min() < 0 or labels.max() >= k:
        wrong = labels[(labels < 0) | (labels >= k)][0]
        raise ValueError(
            f"y must hold labels 0 to {k - 1}, one for each output, "
            f"got {wrong}"
        )
    return np.eye(k)[labels]


def same_shape(y: Any, shape: tuple[int, int]) -> Array:
    """Numbers of exactly the shape of the scores: nothing is broadcast."""
    values = check.real(y, "y")
    if values.shape != shape:
        raise ValueError(
            f"y must have the shape of the scores, {shape}, got {values.shape}"
        )
    return values


LOSSES = {
    "cross_entropy": Loss(_log_loss, cross_entropy, one_hot),
    "squared_error": Loss(_half_squares, squared_error, same_shape),
}


def named(name: object) -> Loss:
    """The loss of a name, or an error that says which there are."""
    check.choice(name, tuple(LOSSES), "loss")
    return LOSSES[str(name)]
