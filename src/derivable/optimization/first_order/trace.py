"""What a run goes through, and the watch over its growth.

Notation:
    x, g: parameters as one vector and the gradient there, shape (p,).
    t: number of the step, 1, 2, …
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._trees import flat_like
from derivable._validation import Array
from derivable.errors import DivergenceError
from derivable.optimization.first_order.rule import Optimizer
from derivable.optimization.problem import Path, Problem

GROWTH = 1e6  # of f and its gradient, beyond which a run diverges
ENDLESS = EPS**-2  # the same of a gradient that grows while f falls


class Run:
    """The iterates of a run, and the watch over its growth."""

    def __init__(
        self,
        problem: Problem,
        optimizer: Optimizer,
        restore: Callable[[Array], Any],
    ) -> None:
        self.problem = check.instance(problem, Problem, "problem")
        self.optimizer, self.restore = optimizer, restore
        self.first = 0.0  # the larger of the first two ‖g‖
        self.kept: list[tuple[int, float, float, Array]] = []

    def gradient(self, x: Array, t: int, *, keep: bool) -> Array:
        """∇f after t steps; keeps the iterate, or says that it diverged."""
        g = self.slope(self.problem, x)
        if t == 0:
            check.real(g, "gradient(x0)")
            check.real(self.value(x), "f(x0)")
        if keep:
            self.kept.append((t, self.value(x), norm(g), x))
        self.watch(g, x, t)
        return g

    def value(self, x: Array) -> float:
        """F of a copy of x."""
        return check.evaluated(self.problem.f, self.restore(x.copy()))

    def slope(self, problem: Problem, x: Array) -> Array:
        """The gradient of a problem at a copy of x, shape (p,)."""
        g = problem.gradient(self.restore(x.copy()))
        return flat_like(g, self.restore(x), "gradient(x)")

    def watch(self, g: Array, x: Array, t: int) -> None:
        """Say that a run diverged, if its gradient or a batch's has grown.

        NB: where a run starts at a minimum, its first gradient is noise;
        the second has the size of what a step makes of it.
        """
        size = norm(g) if np.isfinite(g).all() else np.inf
        if t <= 1 and np.isfinite(size):
            self.first = max(self.first, size)
        kept = self.kept[-1][0] == t
        if size <= GROWTH * self.first and not kept:
            return
        value = self.kept[-1][1] if kept else self.value(x)
        if self._sound(size, value):
            return
        if not kept:
            self.kept.append((t, value, size, x))
        raise DivergenceError(self._message(t), t, self.path())

    def _sound(self, size: float, value: float) -> bool:
        """Whether a gradient and a value may belong to a run that goes on."""
        start = self.kept[0][1]
        grown = size > GROWTH * self.first
        risen = value - start > GROWTH * abs(start)
        return bool(
            np.isfinite([size, value]).all()
            and not (grown and risen)
            and not (size > ENDLESS * self.first and value < start)
        )

    def path(self) -> Path:
        """What was kept."""
        steps, values, norms, xs = (
            np.array([kept[i] for kept in self.kept]) for i in range(4)
        )
        return Path(self.restore(xs), values, norms, steps)

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
        if c is None or not L:
            return f"{said}; the learning rate is {alpha:.4g}, try less"
        advice = ""
        if alpha < c / L and not callable(self.optimizer.learning_rate):
            advice = "; is the gradient right? See gradient_check"
        return (
            f"{said}; the learning rate is {alpha:.4g}, the largest stable "
            f"one {c:.4g}/L = {c / L:.4g}{advice}"
        )
