"""What a run goes through, and the watch over its growth.

Notation:
    x, g: parameters as one vector and the gradient there, shape (p,).
    t: number of the step, 1, 2, …
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._trees import flat_like
from derivable._validation import Array
from derivable.errors import DivergenceError
from derivable.optimization.first_order.problem import Problem
from derivable.optimization.first_order.rule import Optimizer

GROWTH = 1e6  # of the gradient, beyond which a run is said to diverge


@dataclass(frozen=True)
class Path:
    """What a run went through.

    Attributes:
        x: all iterates, the start first, shape (T + 1, *shape of x0);
            for a list or dict of arrays the same structure, each array
            with the iterates along its first axis.
        f: the values there, shape (T + 1,).
        gradient_norm: ‖∇f‖ there, over all parameters, shape (T + 1,).
        steps: how many steps were taken to each, shape (T + 1,).
    """

    x: Any
    f: Array
    gradient_norm: Array
    steps: Array


class Run:
    """The iterates of a run, and the watch over its growth."""

    def __init__(
        self,
        problem: Problem,
        optimizer: Optimizer,
        restore: Callable[[Array], Any],
    ) -> None:
        self.problem, self.optimizer = problem, optimizer
        self.restore = restore
        self.limit = np.inf
        self.kept: list[tuple[int, float, float, Array]] = []

    def gradient(self, x: Array, t: int, *, keep: bool) -> Array:
        """∇f after t steps; keeps the iterate, or says that it diverged."""
        g = self.slope(self.problem, x)
        norm = float(np.sqrt(g @ g))
        if t == 0:
            check.real(g, "gradient(x0)")
            check.real(self.problem.f(self.restore(x)), "f(x0)")
            self.limit = GROWTH * max(norm, 1.0)
        if keep or not norm <= self.limit:
            self.keep(x, t, norm)
        return g

    def slope(self, problem: Problem, x: Array) -> Array:
        """The gradient of a problem at x, shape (p,)."""
        x.flags.writeable = False  # NB: a gradient must not move the path
        at = self.restore(x)
        return flat_like(problem.gradient(at), at, "gradient(x)")

    def keep(self, x: Array, t: int, norm: float) -> None:
        """Add x to the path, or say that the run diverged."""
        value = check.evaluated(self.problem.f, self.restore(x))
        self.kept.append((t, value, norm, x))
        if not norm <= self.limit or not np.isfinite(value):
            raise DivergenceError(self._message(t), t, self.path())

    def watch(self, g: Array, x: Array, t: int) -> None:
        """Say that a run diverged, if the gradient of a batch has grown."""
        norm = float(np.sqrt(g @ g))
        if not norm <= self.limit:
            self.keep(x, t, norm)

    def path(self) -> Path:
        """What was kept."""
        steps, values, norms, xs = zip(*self.kept, strict=True)
        return Path(
            self.restore(np.array(xs)),
            np.array(values),
            np.array(norms),
            np.array(steps),
        )

    def _message(self, t: int) -> str:
        first, last = self.kept[0], self.kept[-1]
        said = (
            f"{self.optimizer.name} diverged: after {t} steps f went from "
            f"{first[1]:.3g} to {last[1]:.3g}, "
            f"‖∇f‖ from {first[2]:.3g} to {last[2]:.3g}"
        )
        if last[1] < first[1]:
            return f"{said}; f seems to have no lower bound"
        alpha = self.optimizer.rate(max(t, 1))
        c, L = self.optimizer.stability, self.problem.smoothness
        if c is None or L is None:
            return f"{said}; the learning rate is {alpha:.4g}, try less"
        advice = ""
        if alpha < c / L and not callable(self.optimizer.learning_rate):
            advice = "; is the gradient right? See gradient_check"
        return (
            f"{said}; the learning rate is {alpha:.4g}, the largest stable "
            f"one {c:.4g}/L = {c / L:.4g}{advice}"
        )
