"""Training a convolutional network, batch by batch.

Notation:
    x, g: all parameters and their gradient as one vector, shape (p,).
    i: indices of a batch, shape (B,).
    t: number of the step, 1, 2, …
"""

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from derivable._trees import flatten
from derivable._validation import Array
from derivable.errors import DivergenceError
from derivable.learning.convolution import _checks
from derivable.learning.convolution.model import LOSS
from derivable.learning.convolution.passes import (
    Block,
    Layers,
    backward,
    forward,
)
from derivable.learning.networks.training import GROWTH, Training, epochs
from derivable.optimization import Batches, Optimizer


def train_convnet(  # noqa: PLR0913
    parameters: Sequence[Any],
    X: Any,
    y: Any,
    *,
    optimizer: Optimizer,
    batches: Batches,
    num_epochs: int = 10,
) -> Training:
    """Train a convolutional network by backpropagation.

    Args:
        parameters: the start, as `init_convnet` gives it; it is copied.
        X: all images, shape (N, C, H, W).
        y: labels 0 … k − 1, shape (N,).
        optimizer: the rule, as `adam(0.01)`.
        batches: batch size, order and randomness.
        num_epochs: how often to go through all images.

    Returns:
        The trained parameters, and the mean loss of each epoch.

    Raises:
        TypeError: as `convnet_loss`, or if optimizer or batches is
            none.
        ValueError: as `convnet_loss`, or if the batch size is above N.
        DivergenceError: if a loss or a gradient is not finite, also
            after the last step, or a loss grows beyond 10⁶ times the
            larger of its first value and that of zero scores.
    """
    return epochs(_Run(parameters, X, y), optimizer, batches, num_epochs)


class _Run:
    """Parameters and gradient, as vectors and as layers that view them."""

    def __init__(self, parameters: Any, X: Any, y: Any) -> None:
        layers = _checks.layers(parameters)
        self.X = _checks.batch(X, layers)
        self.Y = LOSS.targets(y, (len(self.X), layers[-1]["W"].shape[1]))
        self.x, restore = flatten(layers, "parameters")
        self.layers: Layers = restore(self.x)
        self.g = np.zeros_like(self.x)
        self.gradient: Layers = restore(self.g)
        self.scale = float(np.log(self.Y.shape[1]))  # of zero scores

    def loss_and_gradient(self, i: Any, t: int, means: list[float]) -> float:
        """The loss on a batch; its gradient goes into g."""
        value, dZ, kept, V = self.forward(i, t, means)
        found = backward(self.layers, kept, V, dZ)
        for mine, new in zip(self.gradient, found, strict=True):
            for key, g in new.items():
                mine[key][:] = g
        if not np.isfinite(self.g).all():
            self.diverged(f"at step {t} a gradient is not finite", t, means)
        return value

    def watch(self, i: Any, t: int, means: list[float]) -> None:
        """Refuse a loss after the last step t that is too large."""
        self.forward(i, t + 1, means)

    def forward(
        self, i: Any, t: int, means: list[float]
    ) -> tuple[float, Array, list[Block], Array]:
        """The loss on a batch, its adjoint, and what the way back needs."""
        kept, V, Z = forward(self.layers, self.X[i])
        value, dZ = np.inf, Z
        if np.isfinite(Z).all():
            value, dZ = LOSS.with_adjoint(Z, self.Y[i])
        if t == 1 and np.isfinite(value):
            self.scale = max(self.scale, value)
        if not value <= GROWTH * self.scale:
            self.diverged(
                f"at step {t} the loss is {value:.3g}, {self.scale:.3g} was "
                "usual at the start",
                t,
                means,
            )
        return value, dZ, kept, V

    def diverged(self, what: str, t: int, means: list[float]) -> NoReturn:
        """Say that a run diverged, with what it came to."""
        raise DivergenceError(
            f"training diverged: {what}; try a smaller learning rate, or "
            "scale the images",
            t,
            Training(self.layers, np.array(means)),
        )
