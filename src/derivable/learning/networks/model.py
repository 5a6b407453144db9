"""A network as a function of its parameters, and its gradient by hand.

Notation:
    parameters: one {"W": (d, k), "b": (k,)} for each layer.
    X: a batch, one sample a row, shape (n, d₀).
    y: labels, shape (n,), or targets, shape (n, k).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivable.calculus.autodiff.dual import plain
from derivable.learning.networks import _checks, losses, table
from derivable.learning.networks.parameters import Layers
from derivable.learning.networks.passes import backward, forward


def mlp(parameters: Sequence[Any], X: Any, *, activation: str = "relu") -> Any:
    """The scores of a network of dense layers; the last one is affine.

    Args:
        parameters: one {"W": (d, k), "b": (k,)} for each layer; arrays,
            Tensors or Duals.
        X: a batch, one sample a row, shape (n, d₀).
        activation: a name in `ACTIVATIONS`, for all layers but the last.

    Returns:
        Scores, shape (n, k) with the k of the last layer.

    Raises:
        TypeError: if a layer is no dict of W and b, or not real.
        ValueError: if there is no layer, sizes do not chain, a value is
            not finite, or the activation is unknown.

    Source:
        eq. `def:network` of this book.
    """
    layers, X, act = _network(parameters, X, activation)

    with np.errstate(over="ignore", invalid="ignore"):
        return forward(layers, X, act.f)[1][-1]


def network_loss(
    parameters: Sequence[Any],
    X: Any,
    y: Any,
    *,
    activation: str = "relu",
    loss: str = "cross_entropy",
) -> Any:
    """The mean loss of a network on a batch, to be differentiated.

    Args:
        parameters: as for `mlp`.
        X: a batch, shape (n, d₀).
        y: labels 0 … k − 1, shape (n,), for "cross_entropy"; targets,
            shape (n, k), for "squared_error".
        activation: a name in `ACTIVATIONS`.
        loss: "cross_entropy" of the softmax of the scores, or
            "squared_error", half the squared distance; means over n.

    Returns:
        The loss, one number, of the kind of the parameters.

    Raises:
        TypeError: as `mlp`, or if labels are no whole numbers.
        ValueError: as `mlp`, or if y has another shape, a label is not
            in 0 … k − 1, there is one output for "cross_entropy", or
            the loss is unknown, or that of a sample not finite.
    """
    how = losses.named(loss)
    Z = mlp(parameters, X, activation=activation)
    Y = how.targets(y, np.shape(plain(Z)))

    with np.errstate(over="ignore"):
        value = how.value(Z, Y)
    _checks.loss_value(plain(value))
    return value if isinstance(value, type(Z)) else float(value)


def backpropagate(
    parameters: Sequence[Any],
    X: Any,
    y: Any,
    *,
    activation: str = "relu",
    loss: str = "cross_entropy",
) -> tuple[float, Layers]:
    """The loss of a network and its gradient, by formulas.

    Args:
        parameters: as for `mlp`, arrays.
        X: a batch, shape (n, d₀).
        y: as for `network_loss`.
        activation: a name in `ACTIVATIONS`.
        loss: as for `network_loss`.

    Returns:
        The loss, and the gradient in the shape of the parameters.

    Raises:
        TypeError: as `network_loss`.
        ValueError: as `network_loss`, or if a gradient is not finite.

    Source:
        eq. `claim:backward-recursion` of this book.
    """
    how = losses.named(loss)
    layers, X, act = _network(parameters, X, activation)

    with np.errstate(over="ignore", invalid="ignore"):
        A, Z = forward(layers, X, act.f)
        value, dZ = how.with_adjoint(Z[-1], how.targets(y, Z[-1].shape))
        gradients = backward(layers, A, Z, dZ, act.slope)
    _checks.loss_value(value)
    _checks.gradient(gradients)
    return value, gradients


def predict_classes(
    parameters: Sequence[Any], X: Any, *, activation: str = "relu"
) -> NDArray[np.intp]:
    """The class with the largest score, for each row of X.

    Args:
        parameters: as for `mlp`, arrays.
        X: a batch, shape (n, d₀).
        activation: a name in `ACTIVATIONS`.

    Returns:
        Classes 0 … k − 1, shape (n,); of equal scores the first.

    Raises:
        TypeError: as `mlp`.
        ValueError: as `mlp`, or if there is one output only.
    """
    scores = mlp(parameters, X, activation=activation)
    _checks.classes(scores.shape[1])
    classes: NDArray[np.intp] = np.argmax(scores, axis=1)
    return classes


def _network(parameters: Any, X: Any, activation: object) -> Any:
    """Layers, batch and activation, checked."""
    layers = _checks.layers(parameters)
    return layers, _checks.batch(X, layers[0]["W"]), table.named(activation)
