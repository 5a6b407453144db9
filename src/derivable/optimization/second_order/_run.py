"""What runs of second-order methods share: counting, watching, recording.

Notation:
    x, g: the iterate and the gradient there, shape (n,).
    d: the direction of a step, shape (n,).
    alpha: how much of d is taken, the step size α.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array, ConvergenceError
from derivable.errors import DivergenceError
from derivable.optimization.problem import Path, Problem

PATIENCE = 5  # steps in a row that gain nothing but rounding


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
        ended: what ended the run: "tolerance", or "rounding" if before
            that f could fall by no more than its rounding error.
    """

    step_sizes: Array
    shifts: Array
    evaluations: Array
    gradient_evaluations: Array
    ended: str


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
    """f and its gradient on copies of x, with every call counted."""

    def __init__(self, problem: Problem) -> None:
        self.problem = check.instance(problem, Problem, "problem")
        self.f_calls = self.gradient_calls = 0

    def f(self, x: Array) -> float:
        """The value; NaN passes, because the caller reports it."""
        self.f_calls += 1
        return check.evaluated(self.problem.f, x.copy())

    def gradient(self, x: Array) -> Array:
        """The gradient, shape (n,); NaN passes."""
        self.gradient_calls += 1
        g = check.reals(self.problem.gradient(x.copy()), "gradient(x)")
        if g.shape != x.shape:
            raise ValueError(
                f"gradient(x) must have shape {x.shape}, got {g.shape}"
            )
        return g


class Kept(NamedTuple):
    """One iterate, and what it took to get there."""

    x: Array
    f: float
    g: Array
    alpha: float
    shift: float
    f_calls: int
    gradient_calls: int


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
        self.max_steps = check.whole(max_steps, "max_steps")
        self.name, self.ended = name, ""
        self.objective = Objective(problem)
        x = check.vector(x0, "x0")
        with np.errstate(all="ignore"):
            f, g = self.objective.f(x), self.objective.gradient(x)
        check.real(f, "f(x0)")
        check.real(g, "gradient(x0)")
        self.kept: list[Kept] = []
        self.useful = 0  # the last iterate that gained more than rounding
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
        self.kept.append(Kept(x, f, g, alpha, shift, *calls))
        if not np.isfinite([f, *g]).all():
            raise DivergenceError(
                f"{self.name} diverged: after {self.steps} steps f = {f:.3g} "
                f"and ‖∇f‖ = {np.linalg.norm(g):.3g}",
                self.steps,
                self.path(),
            )
        if self._gained():
            self.useful = self.steps

    def tired(self) -> bool:
        """Whether the last steps gained nothing but rounding."""
        return self.steps - self.useful >= PATIENCE

    def going(self) -> bool:
        """Whether there is a step to take."""
        if not self.g.any():
            self.end("tolerance")
        return not self.ended

    def flat(self, share: float) -> bool:
        """Whether the gradient has fallen to a share of the first."""
        return norm(self.g) <= share * norm(self.kept[0].g)

    def arrived(self, d: Array, promised: float) -> bool:
        """Whether the run may end before a step d that promises so much.

        An error if it may not, and there are no steps left.

        NB: from a far start f falls by so much at first that a share of
        it is left at points far from a minimum; what it fell by since is
        the measure, unless d is lost in the rounding of x.
        """
        lost = norm(d) <= EPS * self._size()
        since = 0 if lost else 2 * self.steps // 5
        fallen = self.kept[since].f - self.f
        worth = self.tol * (self.tol * max(abs(self.f), fallen))
        if self.flat(self.tol) and promised <= worth:
            self.end("tolerance")
        elif self.steps >= self.max_steps:
            raise self.stopped(
                f"‖∇f‖ = {norm(self.g):.3g} > {self.tol:g} ‖∇f(x0)‖, or f "
                f"still falls by {promised:.3g}"
            )
        return bool(self.ended)

    def end(self, why: str) -> None:
        """End the run, without the steps that gained nothing."""
        self.ended = why
        if why == "rounding":
            del self.kept[self.useful + 1 :]
            self.x, self.f, self.g = self.kept[-1][:3]

    def blocked(self, why: str) -> None:
        """End where no step can be computed: an error, if it is not flat."""
        if not self.flat(self.tol):
            raise self.stopped(why)
        self.end("tolerance")

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
            np.array([norm(v) for v in g]),
            np.arange(len(x), dtype=np.float64),
            np.array(alpha[1:]),
            np.array(shift[1:]),
            np.array(calls),
            np.array(gradients),
            self.ended,
        )

    def _gained(self) -> bool:
        """Whether f fell, or its slope halved, since the last useful step.

        A step that is long for rounding counts as a gain.
        """
        old, new = self.kept[self.useful], self.kept[-1]
        return (
            new.f < old.f - 10 * EPS * abs(old.f)
            or norm(new.g) <= norm(old.g) / 2
            or norm(new.x - self.kept[-2:][0].x) > np.sqrt(EPS) * self._size()
        )

    def _size(self) -> float:
        """A length in the units of x: how far it is, from 0 or the start."""
        return max(norm(self.x), norm(self.x - self.kept[0].x))
