"""A run of training, step by step, and what is asked of its parts.

Notation:
    x, g: all parameters and their gradient as one vector, shape (p,).
    i: indices of a batch, shape (B,).
    t: number of the step, 1, 2, …
"""

from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import numpy as np

from derivable import _validation as check
from derivable._trees import flat_like, flatten
from derivable._validation import Array
from derivable.errors import DivergenceError
from derivable.learning.networks.passes import ScoresError
from derivable.optimization import Batches, Optimizer
from derivable.optimization.first_order.rule import change

Step = Callable[[Any, Any], tuple[Any, Any]]


def arguments(
    step: object, n: object, optimizer: object, batches: object
) -> int:
    """The number of samples, if all else is of its kind."""
    check.function(step, "step")
    check.instance(optimizer, Optimizer, "optimizer")
    check.instance(batches, Batches, "batches")
    return check.whole(n, "n", least=1)


class Run:
    """Parameters as a vector, and the memory of the rule that moves them."""

    def __init__(
        self, step: Step, parameters: Any, optimizer: Optimizer
    ) -> None:
        self.given, self.optimizer = step, optimizer
        self.x, self.restore = flatten(parameters, "parameters")
        self.state = {k: np.zeros_like(self.x) for k in optimizer.state}
        self.t = 0

    def parameters(self) -> Any:
        """A copy of them, built as the start."""
        return self.restore(self.x.copy())

    def epoch(self, batches: Iterable[Any]) -> float:
        """One step for each batch, and the mean of the losses."""
        return float(np.mean([self.step(i) for i in batches]))

    def step(self, i: Any) -> float:
        """One step, and the loss before it."""
        self.t += 1
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            value, g = self.slope(i)
            self.x = self.x + change(
                self.optimizer, self.x, g, self.state, self.t
            )
        if not np.isfinite(self.x).all():
            self.diverged("the parameters are not finite after it")
        return value

    def slope(self, i: Any) -> tuple[float, Array]:
        """A finite loss and gradient on one batch."""
        like = self.parameters()
        try:
            answer = self.given(self.parameters(), i)
        except ScoresError as error:
            self.diverged("scores, loss or gradient are not finite", error)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise TypeError(
                "step(parameters, i) must be a loss and a gradient, "
                f"got {type(answer).__name__}"
            )
        value = check.scalar_output(answer[0], "the loss of step")
        g = flat_like(answer[1], like, "the gradient of step")
        if not np.isfinite(value):
            self.diverged(f"the loss is {value}")
        if not np.isfinite(g).all():
            self.diverged("the gradient is not finite")
        return value, g

    def diverged(self, why: str, error: Exception | None = None) -> NoReturn:
        """Say at which step a run failed."""
        raise DivergenceError(
            f"training diverged: at step {self.t} {why}; try a smaller "
            "learning rate, and look for logarithms of 0",
            self.t,
            self.parameters(),
        ) from error
