"""What a look inside a network says, layer by layer.

Notation:
    A, Z: what goes into each layer, and what it sums up.
    x, g: all parameters and their gradient as one vector, shape (p,).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._trees import flatten
from derivable._validation import Array
from derivable.learning.networks import ACTIVATIONS, _checks, backpropagate
from derivable.learning.networks.passes import forward
from derivable.optimization import Optimizer
from derivable.optimization.first_order.rule import change

FLAT = 1e-3  # a slope below it passes next to nothing back


@dataclass(frozen=True)
class LayerReport:
    """One layer of a network on one batch.

    Attributes:
        std: standard deviation of the sums Z, over batch and units.
        dead: share of units whose activation has a slope below 10⁻³ for
            every sample; 0 for the scores, which have no activation.
        gradient: Frobenius norm of the gradient for W.
        update_ratio: norm of the first step of W, over the norm of W.
    """

    std: float
    dead: float
    gradient: float
    update_ratio: float


def diagnose(  # noqa: PLR0913
    parameters: Sequence[Any],
    X: Any,
    y: Any,
    *,
    optimizer: Optimizer,
    activation: str = "relu",
    loss: str = "cross_entropy",
) -> list[LayerReport]:
    """Look inside a network of dense layers on one batch.

    Args:
        parameters: as for `mlp`, arrays; left alone.
        X: a batch, shape (n, d₀).
        y: as for `network_loss`.
        optimizer: the rule whose first step is measured.
        activation: a name in `ACTIVATIONS`.
        loss: as for `network_loss`.

    Returns:
        One report for each layer, first to last.

    Raises:
        TypeError: as `network_loss`, or if optimizer is none.
        ValueError: as `network_loss`, or if all weights of a layer
            are 0, so that there is no ratio.
    """
    check.instance(optimizer, Optimizer, "optimizer")
    _, gradients = backpropagate(
        parameters, X, y, activation=activation, loss=loss
    )
    layers = _checks.layers(parameters)
    _, Z = forward(layers, check.matrix(X, "X"), ACTIVATIONS[activation].f)
    slope = ACTIVATIONS[activation].slope
    dead = [_dead(slope(z)) for z in Z[:-1]]
    steps = _first_step(optimizer, layers, gradients)
    return [
        LayerReport(
            _spread(z, i),
            share,
            check.number(_norm(g["W"]), f"gradient[{i}]"),
            _ratio(s["W"], layer["W"], i),
        )
        for i, (z, share, g, s, layer) in enumerate(
            zip(Z, [*dead, 0.0], gradients, steps, layers, strict=True)
        )
    ]


def _dead(slope: Array) -> float:
    """The share of units whose slope is small for every sample."""
    return float(np.mean((np.abs(slope) < FLAT).all(axis=0)))


def _first_step(optimizer: Optimizer, layers: Any, gradients: Any) -> Any:
    """What the first step of a rule adds to each layer."""
    x, restore = flatten(layers, "parameters")
    g, _ = flatten(gradients, "gradient")
    state = {name: np.zeros_like(x) for name in optimizer.state}
    with np.errstate(over="ignore", invalid="ignore"):
        step = change(optimizer, x, g, state, 1)
    return restore(check.real(step, "the first step"))


def _spread(Z: Array, i: int) -> float:
    """The standard deviation of the sums of a layer."""
    with np.errstate(over="ignore"):
        return check.number(np.std(Z), f"the spread of the sums of layer {i}")


def _norm(W: Array) -> float:
    """The Frobenius norm, also of what has squares beyond float64."""
    size = np.abs(W).max()
    if size == 0:
        return 0.0
    with np.errstate(over="ignore"):
        return float(size * np.linalg.norm(W / size))


def _ratio(step: Array, W: Array, i: int) -> float:
    """The length of a step over that of the weights."""
    size = _norm(W)
    if size == 0:
        raise ValueError(
            f"parameters[{i}]['W'] must not be zero, got {W.shape} zeros"
        )
    with np.errstate(over="ignore"):
        return check.number(_norm(step) / size, f"update ratio {i}")
