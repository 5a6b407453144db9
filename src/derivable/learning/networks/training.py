"""Training: steps of an optimizer, each from the gradient on one batch.

Notation:
    x, g: all parameters and their gradient as one vector, shape (p,);
        the layers are views of it.
    i: indices of a batch, shape (B,).
    t: number of the step, 1, 2, …
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from derivable import _validation as check
from derivable._trees import flatten
from derivable._validation import Array
from derivable.errors import DivergenceError
from derivable.learning.networks import _checks, losses, table
from derivable.learning.networks.parameters import Layers
from derivable.learning.networks.passes import ScoresError, backward, forward
from derivable.optimization import Batches, Optimizer
from derivable.optimization.first_order.rule import change

GROWTH = 1e6  # of the loss, beyond which a run diverges


@dataclass(frozen=True)
class Training:
    """What training gave.

    Attributes:
        parameters: of the network, after the last step.
        losses: mean loss over the batches of each epoch, each before
            its step; a short last batch counts as much as the others.
            Shape (num_epochs,).
    """

    parameters: Layers
    losses: Array


def train(  # noqa: PLR0913
    parameters: Sequence[Any],
    X: Any,
    y: Any,
    *,
    optimizer: Optimizer,
    batches: Batches,
    num_epochs: int = 10,
    activation: str = "relu",
    loss: str = "cross_entropy",
) -> Training:
    """Train a network of dense layers by backpropagation.

    Args:
        parameters: the start, as for `mlp`; it is copied.
        X: all samples, shape (n, d₀).
        y: as for `network_loss`.
        optimizer: the rule, as `adam(0.01)`.
        batches: batch size, order and randomness.
        num_epochs: how often to go through all samples.
        activation: a name in `ACTIVATIONS`.
        loss: as for `network_loss`.

    Returns:
        The trained parameters, and the mean loss of each epoch.

    Raises:
        TypeError: as `network_loss`, or if optimizer or batches is
            none.
        ValueError: as `network_loss`, or if the batch size is above n.
        DivergenceError: if the loss is not finite, or grows beyond 10⁶
            times the larger of its first value and that of zero scores
            over all samples, before a step or, on the last batch, after
            the last.
    """
    run = _Run(parameters, X, y, activation, loss)
    return epochs(run, optimizer, batches, num_epochs)


class Run(Protocol):
    """What `epochs` asks of a network in training.

    Attributes:
        X: all samples, one for each entry of the first axis.
        x: all parameters as one vector, shape (p,); it is changed.
        g: their gradient, shape (p,).
        layers: the parameters again, as views of x.
    """

    X: Array
    x: Array
    g: Array
    layers: Layers

    def loss_and_gradient(self, i: Any, t: int, means: list[float]) -> float:
        """The loss on the batch of step t; its gradient goes into g."""

    def watch(self, i: Any, t: int, means: list[float]) -> None:
        """Refuse a loss after the last step t that is too large."""


def epochs(
    run: Run, optimizer: Optimizer, batches: Batches, num_epochs: int
) -> Training:
    """Take a step for each batch of each epoch, and watch the loss.

    Args:
        run: a network at its start, with its samples.
        optimizer: as for `train`.
        batches: as for `train`.
        num_epochs: as for `train`.

    Returns:
        The trained parameters, and the mean loss of each epoch.
    """
    check.instance(optimizer, Optimizer, "optimizer")
    check.instance(batches, Batches, "batches")
    check.whole(num_epochs, "num_epochs")
    state = {name: np.zeros_like(run.x) for name in optimizer.state}
    means: list[float] = []
    t = 0

    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(num_epochs):
            values = []
            for i in batches.epoch(len(run.X)):
                t += 1
                values.append(run.loss_and_gradient(i, t, means))
                run.x += change(optimizer, run.x, run.g, state, t)
            means.append(float(np.mean(values)))
        if means:  # the last step has no loss of its own yet
            run.watch(i, t, means)
    return Training(run.layers, np.array(means))


class _Run:
    """Parameters and gradient, as vectors and as layers that view them."""

    def __init__(
        self, parameters: Any, X: Any, y: Any, activation: object, loss: object
    ) -> None:
        self.loss, self.act = losses.named(loss), table.named(activation)
        layers = _checks.layers(parameters)
        self.X = _checks.batch(X, layers[0]["W"])
        self.Y = self.loss.targets(y, (len(X), layers[-1]["W"].shape[1]))
        self.x, restore = flatten(layers, "parameters")
        self.layers: Layers = restore(self.x)
        self.g = np.zeros_like(self.x)
        self.gradient: Layers = restore(self.g)
        with np.errstate(over="ignore"):
            zero, _ = self.loss.with_adjoint(0 * self.Y, self.Y)
        self.scale = float(_checks.loss_value(zero))

    def loss_and_gradient(self, i: Any, t: int, means: list[float]) -> float:
        """The loss on a batch; its gradient goes into g."""
        A, Z, value, dZ = self.passes(i, t, means)
        found = backward(self.layers, A, Z, dZ, self.act.slope)
        for mine, new in zip(self.gradient, found, strict=True):
            mine["W"][:], mine["b"][:] = new["W"], new["b"]
        return value

    def watch(self, i: Any, t: int, means: list[float]) -> None:
        """Refuse a loss after the last step t that is too large."""
        self.passes(i, t, means, when="after")

    def passes(
        self, i: Any, t: int, means: list[float], when: str = "at"
    ) -> tuple[list[Any], list[Any], float, Any]:
        """A run forwards and its loss, unless that is too large."""
        error = None
        try:
            A, Z = forward(self.layers, self.X[i], self.act.f)
            value, dZ = self.loss.with_adjoint(Z[-1], self.Y[i])
        except ScoresError as beyond:
            value, error = np.inf, beyond
        if t == 1 and when == "at" and np.isfinite(value):
            self.scale = max(self.scale, value)
        if value <= GROWTH * self.scale:
            return A, Z, value, dZ
        path = Training(self.layers, np.array(means))
        raise DivergenceError(
            f"training diverged: {when} step {t} the loss is {value:.3g}, "
            f"{self.scale:.3g} was usual at the start; try a smaller "
            "learning rate, or scale the inputs",
            t,
            path,
        ) from error
