"""A training loop for any model, with held-out data and early stopping.

Notation:
    t: number of the epoch, 1, 2, …
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.training._run import Run, Step, arguments
from derivable.learning.training.stopping import EarlyStopping
from derivable.optimization import Batches, Optimizer


@dataclass(frozen=True)
class Fit:
    """What a training loop gave.

    Attributes:
        parameters: of the epoch that `stopping` keeps, else of the last
            one; as the start is built.
        losses: mean loss over the batches of each epoch, shape (T,),
            each before its step.
        held_out: what `validate` said after each epoch, shape (T,), or
            (0,) without it.
        epoch: how many epochs the parameters have seen, from 1: their
            losses have the index one below.
    """

    parameters: Any
    losses: Array
    held_out: Array
    epoch: int


def fit(  # noqa: PLR0913
    step: Step,
    parameters: Any,
    n: int,
    *,
    optimizer: Optimizer,
    batches: Batches,
    num_epochs: int = 10,
    validate: Callable[[Any], Any] | None = None,
    stopping: EarlyStopping | None = None,
) -> Fit:
    """Train a model whose loss and gradient are given by a function.

    Args:
        step: (parameters, i) ↦ the loss on the samples i, shape (B,),
            and its gradient, built as the parameters are.
        parameters: the start, arrays in lists and dicts; it is copied.
        n: number of samples.
        optimizer: the rule, as `adam(0.01)`.
        batches: batch size, order and randomness.
        num_epochs: how often to go through all samples, at most.
        validate: parameters ↦ the loss on held-out data, or None.
        stopping: when to stop early, or None; it needs `validate`.

    Returns:
        The trained parameters, and what was measured on the way.

    Raises:
        TypeError: if a function is none, or a value of another kind.
        ValueError: if a gradient is not built as the parameters are, or
            stopping is given without validate.
        DivergenceError: if scores, a loss, a gradient or parameters are
            not finite. A loss that grows and stays finite is returned.
    """
    n = arguments(step, n, optimizer, batches)
    check.whole(num_epochs, "num_epochs")
    _watched(validate, stopping)
    run = Run(step, parameters, optimizer)
    losses: list[float] = []
    held_out: list[float] = []
    best: tuple[Array, int] | None = None

    for t in range(1, num_epochs + 1):
        losses.append(run.epoch(batches.epoch(n)))
        if validate is None:
            continue
        held_out.append(_loss(validate, run.parameters()))
        if stopping is None:
            continue
        if stopping.best(held_out) == t - 1:
            best = run.x, t
        if stopping.stops(held_out):
            break
    x, epoch = best or (run.x, len(losses))
    return Fit(run.restore(x), np.array(losses), np.array(held_out), epoch)


def _watched(validate: object, stopping: object) -> None:
    """Refuse what cannot look at held-out data."""
    if validate is not None:
        check.function(validate, "validate")
    if stopping is not None:
        check.instance(stopping, EarlyStopping, "stopping")
        if validate is None:
            raise ValueError("stopping must come with validate, got None")


def _loss(validate: Callable[[Any], Any], parameters: Any) -> float:
    """A finite loss on held-out data."""
    return check.number(validate(parameters), "validate(parameters)")
