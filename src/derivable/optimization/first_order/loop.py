"""The loop that all first-order methods share.

Notation:
    x, g: parameters as one vector and the gradient there, shape (p,).
    t: number of the step, 1, 2, …
    alpha: the learning rate of the step, α.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.first_order._trees import flat_like, flatten
from derivable.optimization.first_order.problems import Problem

Schedule = Callable[[int], float]
Rate = float | Schedule
State = dict[str, Array]
Step = Callable[[Array, Array, State, float, int], Array]

GROWTH = 1e6  # of the gradient, beyond which a run is said to diverge


@dataclass(frozen=True)
class Optimizer:
    """A rule that turns gradients into steps.

    Attributes:
        name: what labels and messages call it.
        learning_rate: the rate α, or a schedule t ↦ α for t = 1, 2, …
        step: (x, g, state, alpha, t) ↦ the change of x; x and g have
            shape (p,), and the arrays of the state are updated in place.
        state: names of the arrays that it keeps between steps, zero at
            the start, shape (p,).
        stability: the bound on α·L below which it converges on every
            convex quadratic, or None if there is none.

    Raises:
        TypeError: if the rate is neither a number nor a function.
        ValueError: if the rate is a number and not positive.
    """

    name: str
    learning_rate: Rate
    step: Step
    state: tuple[str, ...] = ()
    stability: float | None = None

    def __post_init__(self) -> None:
        if not callable(self.learning_rate):
            check.positive(self.learning_rate, "learning_rate")

    def rate(self, t: int) -> float:
        """The learning rate α of step t, which counts from 1."""
        if not callable(self.learning_rate):
            return float(self.learning_rate)
        alpha = check.number(self.learning_rate(t), "learning_rate(t)")
        if alpha < 0:
            raise ValueError(
                f"learning_rate(t) must not be negative, "
                f"got {alpha} at t = {t}"
            )
        return alpha


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


class DivergenceError(ConvergenceError):
    """A run that grows without bound, or meets NaN.

    Attributes:
        iteration: the step after which it was noticed.
        path: the run until then.
    """

    def __init__(self, message: str, iteration: int, path: Path) -> None:
        super().__init__(message)
        self.iteration = iteration
        self.path = path


def minimize(
    problem: Problem,
    x0: Any,
    optimizer: Optimizer,
    *,
    num_steps: int = 100,
    keep_every: int = 1,
) -> Path:
    """Take steps of an optimizer from x0.

    Args:
        problem: what is minimised.
        x0: start: an array of any shape, or a list, tuple or dict of
            arrays. It is copied.
        optimizer: the rule.
        num_steps: how many steps.
        keep_every: keep, and evaluate f at, every so many iterates; the
            first and the last are always kept.

    Returns:
        All iterates that were kept, with f and ‖∇f‖.

    Raises:
        TypeError: if x0, f(x) or the gradient is not real.
        ValueError: if x0 or f(x0) is not finite, the gradient has other
            shapes than x, the rate is negative, num_steps is negative,
            or keep_every is below 1.
        DivergenceError: if f or the gradient is not finite at an
            iterate, or ‖∇f‖ grows beyond 10⁶ times its start.
    """
    _counts(num_steps, keep_every)
    x, restore = flatten(x0)
    run = _Run(problem, optimizer, restore)
    state = {name: np.zeros_like(x) for name in optimizer.state}

    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for t in range(1, num_steps + 1):
            g = run.gradient(x, t - 1, keep=(t - 1) % keep_every == 0)
            x = x + optimizer.step(x, g, state, optimizer.rate(t), t)
        run.gradient(x, num_steps, keep=True)
    return run.path()


class _Run:
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
        x.flags.writeable = False  # NB: a gradient must not move the path
        at = self.restore(x)
        g = flat_like(self.problem.gradient(at), at, "gradient(x)")
        norm = float(np.sqrt(g @ g))
        if t == 0:
            check.real(g, "gradient(x0)")
            check.real(self.problem.f(at), "f(x0)")
            self.limit = GROWTH * max(norm, 1.0)
        grown = not norm <= self.limit
        if keep or grown:
            value = check.evaluated(self.problem.f, at)
            self.kept.append((t, value, norm, x))
            if grown or not np.isfinite(value):
                raise DivergenceError(self._message(t), t, self.path())
        return g

    def path(self) -> Path:
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
        return (
            f"{said}; the learning rate is {alpha:.4g}, the largest stable "
            f"one {c:.4g}/L = {c / L:.4g}"
        )


def _counts(num_steps: int, keep_every: int) -> None:
    if num_steps < 0:
        raise ValueError(f"num_steps must not be negative, got {num_steps}")
    if keep_every < 1:
        raise ValueError(f"keep_every must be at least 1, got {keep_every}")
