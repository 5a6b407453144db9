"""What proximal gradient methods share: the step, its size, the record.

Notation:
    x, y: the iterate, and where the gradient is taken.
    d: x⁺ − y; t: the step; r: slope ∇f(y).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import EPS, norm
from derivable._validation import Array, ConvergenceError
from derivable.errors import DivergenceError
from derivable.optimization._slopes import refuted
from derivable.optimization.problem import Path, Problem
from derivable.optimization.proximal.functions import ProxFunction

GROWTH = 1e6  # of the mapping, while f + g rises: a run that diverges
TIGHT = 50 * EPS  # of f: what rounding may hide of a fall
HALVINGS = 100
SHORT = 2.0**30  # times shorter than the first: is the gradient right?


class Run:
    """An iterate, its step, and everything that it went through."""

    def __init__(
        self,
        name: str,
        problem: Problem,
        g: ProxFunction,
        x0: ArrayLike,
        step: float | None,
    ) -> None:
        self.name = name
        self.problem = check.instance(problem, Problem, "problem")
        self.g = check.instance(g, ProxFunction, "g")
        self.x = check.real(x0, "x0")
        self.fixed = step is not None or bool(problem.smoothness)
        self.t = self.longest = self._first_step(step)
        self.kept: list[tuple[Array, float, float]] = []
        self.size, self.first, self.moved = norm(self.x), 0.0, np.inf
        self._keep()

    def steps(self, num_steps: int, tol: float) -> Iterator[int]:
        """How many steps lie behind, 0, 1, …, until one hardly moves."""
        num_steps = check.whole(num_steps, "num_steps")
        tol = check.not_negative(tol, "tol")
        for k in range(num_steps):
            yield k
            if tol and self.moved <= tol * self.size:
                return
        if tol and num_steps:
            raise ConvergenceError(
                f"{self.name}: after {num_steps} steps the last moved by "
                f"{self.moved / self.size:.2g} of the largest iterate, tol "
                f"is {tol:.2g}"
            )

    def move(self, y: Array) -> None:
        """The next iterate, by a step from y."""
        before = self.x
        self.x = self._ahead(y)
        self.moved = norm(self.x - before)
        self.size = max(self.size, norm(self.x))
        self._keep()

    def path(self) -> Path:
        """All iterates, f + g and the length of the gradient mapping."""
        xs, values, sizes = zip(*self.kept, strict=True)
        return Path(
            np.array(xs),
            np.array(values),
            np.array(sizes),
            np.array(range(len(xs))),
        )

    def _ahead(self, y: Array) -> Array:
        """x⁺ from y; where the step is not fixed, f decides on it."""
        r = self._slope(y)
        if self.fixed:
            with np.errstate(over="ignore"):
                ahead = y - self.t * r
            return self._prox(ahead)
        f = self._value(y)
        for _ in range(HALVINGS):
            p = self._prox(y - self.t * r)  # eq. def:proximal-gradient
            if self._below(p, y, f, r):
                self._refuse_wrong(y, r)
                return p
            self.t /= 2
        raise ConvergenceError(
            f"{self.name}: no step stays below its parabola after "
            f"{HALVINGS} halvings, at f = {f:.4g}: is f smooth there?"
        )

    def _refuse_wrong(self, y: Array, r: Array) -> None:
        """So short a step: because of the curvature, or a wrong gradient?"""
        if self.t >= self.longest / SHORT or not r.any():
            return
        self.longest = self.t
        slope = refuted(self.problem.f, y, -r, -float(np.sum(r * r)))
        if slope is not None:
            raise ConvergenceError(
                f"{self.name}: ∇f says that f changes by "
                f"{-np.sum(r * r):.4g} along −∇f, differences say "
                f"{slope:.4g}; the gradient seems wrong, see gradient_check"
            )

    def _below(self, p: Array, y: Array, f: float, r: Array) -> bool:
        """Whether f(p) lies below the parabola with curvature 1/t."""
        d = p - y
        with np.errstate(over="ignore", invalid="ignore"):
            bound = f + np.sum(r * d) + np.sum(d * d) / (2 * self.t)
            there = check.evaluated(self.problem.f, p)
            return bool(there <= bound + TIGHT * (abs(f) + abs(there)))

    def _first_step(self, step: float | None) -> float:
        """The step given, 1/L, or one that halving may start from."""
        if step is not None:
            return check.positive(step, "step")
        if self.problem.smoothness:
            return check.positive(1 / self.problem.smoothness, "1/L")
        return self._doubled()

    def _doubled(self) -> float:
        """In the units of x² / f, and doubled while f stays below."""
        f, slope = self._value(self.x), self._slope(self.x)
        r = norm(slope) or 1.0
        guess = abs(f) / r / r or (norm(self.x) or 1.0) / r
        self.t = check.positive(guess, "the first step")
        for _ in range(HALVINGS):
            self.t *= 2
            p = self._prox(self.x - self.t * slope)
            if not self._below(p, self.x, f, slope):
                break
        return self.t / 2

    def _keep(self) -> None:
        """Keep the iterate, or say that the run diverged."""
        with np.errstate(over="ignore", invalid="ignore"):
            value = check.evaluated(self.problem.f, self.x)
            value = value + self.g.value(self.x)
            ahead = self.x - self.t * self._slope(self.x)
            size = np.inf
            if np.isfinite(ahead).all():
                size = norm(self.x - self.g.prox(ahead, self.t)) / self.t
        self.kept.append((self.x, value, size))
        if len(self.kept) < 3 and np.isfinite(size):
            self.first = max(self.first, size)
        risen = not value <= self.kept[0][1]
        if not np.isfinite(size) or (risen and size > GROWTH * self.first):
            raise DivergenceError(
                self._says(), len(self.kept) - 1, self.path()
            )

    def _says(self) -> str:
        first, last, L = self.kept[0], self.kept[-1], self.problem.smoothness
        most = f", and 1/L = {1 / L:.4g} is safe" if L else ""
        return (
            f"{self.name} diverged: after {len(self.kept) - 1} steps f + g "
            f"went from {first[1]:.3g} to {last[1]:.3g}; the step is "
            f"{self.t:.4g}{most}"
        )

    def _prox(self, x: Array) -> Array:
        if not np.isfinite(x).all():
            raise DivergenceError(
                self._says(), len(self.kept) - 1, self.path()
            )
        return self.g.prox(x, self.t)

    def _value(self, x: Array) -> float:
        return check.number(check.evaluated(self.problem.f, x), "f(x)")

    def _slope(self, x: Array) -> Array:
        r = check.reals(self.problem.gradient(x.copy()), "gradient(x)")
        if r.shape != self.x.shape:
            raise ValueError(
                f"gradient(x) must have shape {self.x.shape}, got {r.shape}"
            )
        return r
