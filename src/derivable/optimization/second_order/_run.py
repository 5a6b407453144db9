"""What runs of second-order methods share: counting, watching, recording.

Notation:
    x, g: the iterate and the gradient there, shape (n,).
    d: the direction of a step, shape (n,).
    alpha: how much of d is taken, the step size α.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array, ConvergenceError
from derivable.optimization.first_order import DivergenceError, Path, Problem

EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Descent(Path):
    """What a run of a second-order method went through.

    Attributes:
        x: all iterates, the start first, shape (T + 1, n).
        f: the values there, shape (T + 1,).
        gradient_norm: ‖∇f‖ there, shape (T + 1,).
        steps: 0, 1, …, T.
        step_sizes: the α of each step, shape (T,).
        shifts: what was added to the diagonal of the Hessian, or of JᵀJ,
            for each step, shape (T,); 0 if nothing was.
        evaluations: how often f was called until each iterate was
            accepted, shape (T + 1,).
        gradient_evaluations: the same of its gradient.
    """

    step_sizes: Array
    shifts: Array
    evaluations: Array
    gradient_evaluations: Array


class StoppedError(ConvergenceError):
    """A run that cannot go on, or did not reach its tolerance.

    Attributes:
        iteration: after how many steps.
        path: the run until then.
    """

    def __init__(self, message: str, iteration: int, path: Descent) -> None:
        super().__init__(message)
        self.iteration = iteration
        self.path = path


class Objective:
    """f and its gradient, with every call counted."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.f_calls = self.gradient_calls = 0

    def f(self, x: Array) -> float:
        """The value; NaN passes, because the caller reports it."""
        self.f_calls += 1
        return check.evaluated(self.problem.f, x)

    def gradient(self, x: Array) -> Array:
        """The gradient, shape (n,); NaN passes."""
        self.gradient_calls += 1
        g = np.asarray(self.problem.gradient(x))
        if g.dtype.kind not in "biuf":
            raise TypeError(f"gradient(x) must be real, got {g.dtype}")
        if g.shape != x.shape:
            raise ValueError(
                f"gradient(x) must have shape {x.shape}, got {g.shape}"
            )
        return g.astype(np.float64)


class Run:
    """The iterates of a run, and the watch over them."""

    def __init__(
        self,
        problem: Problem,
        x0: ArrayLike,
        name: str,
        tol: float,
        max_steps: int,
    ) -> None:
        self.tol = check.positive(tol, "tol")
        if max_steps < 0:
            raise ValueError(
                f"max_steps must not be negative, got {max_steps}"
            )
        self.name, self.max_steps = name, max_steps
        self.objective = Objective(problem)
        x = check.vector(x0, "x0")
        x.flags.writeable = False  # NB: a gradient must not move the path
        with np.errstate(all="ignore"):
            f, g = self.objective.f(x), self.objective.gradient(x)
        check.real(f, "f(x0)")
        check.real(g, "gradient(x0)")
        self.kept: list[tuple[Array, float, Array, float, float, int, int]]
        self.kept = []
        self.add(x, f, g, 0.0, 0.0)

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.kept) - 1

    def add(
        self, x: Array, f: float, g: Array, alpha: float, shift: float
    ) -> None:
        """Keep an iterate; refuse one that is not finite."""
        calls = self.objective.f_calls, self.objective.gradient_calls
        self.x, self.f, self.g = x, f, g
        self.kept.append((x, f, g, alpha, shift, *calls))
        if not np.isfinite([f, *g]).all():
            raise DivergenceError(
                f"{self.name} diverged: after {self.steps} steps f = {f:.3g} "
                f"and ‖∇f‖ = {np.linalg.norm(g):.3g}",
                self.steps,
                self.path(),
            )

    def going(self) -> bool:
        """Whether there is a step to take; an error if there may be none."""
        size = float(np.linalg.norm(self.g))
        if size <= self.tol:
            return False
        if self.steps >= self.max_steps:
            raise self.stopped(f"‖∇f‖ = {size:.3g} > {self.tol:g}")
        return True

    def stopped(self, why: str) -> StoppedError:
        """The error that ends this run."""
        said = f"{self.name} stopped after {self.steps} steps: {why}"
        return StoppedError(said, self.steps, self.path())

    def path(self) -> Descent:
        """What was kept."""
        x, f, g, alpha, shift, calls, gradients = zip(*self.kept, strict=True)
        return Descent(
            np.array(x),
            np.array(f),
            np.linalg.norm(g, axis=1),
            np.arange(len(x), dtype=np.float64),
            np.array(alpha[1:]),
            np.array(shift[1:]),
            np.array(calls),
            np.array(gradients),
        )
