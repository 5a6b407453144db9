"""Training a transformer: windows of a text, and steps of an optimizer.

Notation:
    v, g: all parameters and their gradient as one vector, shape (p,).
    x: a batch of windows, shape (B, T + 1).
    t: number of the step, 1, 2, …
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._trees import flat_like, flatten
from derivable.errors import DivergenceError
from derivable.learning.attention import _checks, passes
from derivable.learning.networks.training import Training
from derivable.optimization import Optimizer
from derivable.optimization.first_order.rule import change


def train_transformer(  # noqa: PLR0913
    parameters: Any,
    tokens: ArrayLike,
    *,
    num_heads: int,
    optimizer: Optimizer,
    context: int,
    batch_size: int,
    num_steps: int,
    rng: np.random.Generator,
) -> Training:
    """Fit a transformer to a text by the gradient of next-token loss.

    Args:
        parameters: the start, as `init_transformer` makes it; copied.
        tokens: the text, shape (n,), of more than `context` tokens.
        num_heads: heads of each block, h.
        optimizer: the rule, as `adam(0.01)`.
        context: length of a window, T.
        batch_size: windows of a step, B, each from a random start.
        num_steps: how many steps.
        rng: source of randomness.

    Returns:
        The trained parameters, and the loss of each step before it is
        taken, shape (num_steps,).

    Raises:
        TypeError: as `transformer_loss`, or if optimizer is none.
        ValueError: as `transformer_loss`, or if there are not more
            tokens than `context`.
        DivergenceError: if a loss is not finite.
    """
    p = _checks.transformer(parameters, num_heads)
    T = check.whole(context, "context", least=1)
    x = _checks.tokens(tokens, p["E"].shape[0], least=T + 1, ndim=(1,))
    check.instance(optimizer, Optimizer, "optimizer")
    B = check.whole(batch_size, "batch_size", least=1)
    check.whole(num_steps, "num_steps")
    check.generator(rng)
    v, restore = flatten(p, "parameters")
    p, window = restore(v), np.arange(T + 1)  # p views v
    state = {name: np.zeros_like(v) for name in optimizer.state}
    losses: list[float] = []

    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for t in range(1, num_steps + 1):
            starts = rng.integers(len(x) - T, size=B)
            batch = x[starts[:, None] + window]
            loss, G = passes.loss_and_gradient(p, batch, num_heads)
            _go_on(t, loss, p, losses)
            losses.append(loss)
            v += change(optimizer, v, flat_like(G, p, "gradient"), state, t)
    return Training(p, np.array(losses))


def _go_on(t: int, loss: float, p: Any, losses: list[float]) -> None:
    """Say that a run diverged, with what it came to."""
    if not np.isfinite(loss):
        raise DivergenceError(
            f"training diverged: at step {t} the loss is {loss}; "
            "try a smaller learning rate",
            t,
            Training(p, np.array(losses)),
        )
