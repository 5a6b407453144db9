"""Stochastic gradient descent: steps from a part of the data.

Notation:
    n: number of samples; B: samples in a batch.
    x: parameters as one vector, shape (p,).
    i: indices of a batch, shape (B,).
    t: number of the step, from 1, over all epochs.
    w: where all gradients were taken last, shape (p,).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivable import _validation as check
from derivable._trees import flatten
from derivable.optimization.first_order.rule import Optimizer, change
from derivable.optimization.first_order.trace import Run
from derivable.optimization.problem import Path, Problem, unwarned

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class FiniteSum:
    """A loss that is a mean over samples.

    Attributes:
        make: (*data) ↦ the problem on these samples; its f must be the
            mean of the f of each sample, as `logistic_regression` is.
        data: arrays with one sample a row, shapes (n, …).

    Raises:
        TypeError: if make is no function, or data no arrays.
        ValueError: if the arrays have different lengths, or none.
    """

    make: Callable[..., Problem]
    data: tuple[Any, ...]

    def __post_init__(self) -> None:
        check.function(self.make, "make")
        given = check.sequence(self.data, "data")
        parts = [check.real(a, "data") for a in given]
        lengths = {len(a) if a.ndim else 0 for a in parts}
        if len(lengths) != 1 or lengths == {0}:
            raise ValueError(
                f"data must have one length above 0, got {sorted(lengths)}"
            )

    def __len__(self) -> int:
        return len(self.data[0])

    def on(self, i: Indices) -> Problem:
        """The problem on the samples i, shape (B,).

        Raises:
            TypeError: if i is no array of whole numbers.
            ValueError: if one of them is not in 0 … n − 1.
        """
        check.vector(i, "i")
        i, n = np.asarray(i), len(self)
        if i.dtype.kind not in "iu":
            raise TypeError(f"i must hold whole numbers, got {i.dtype}")
        if i.min() < 0 or i.max() >= n:
            raise ValueError(f"i must hold indices 0 to {n - 1}, got {i}")
        return self.make(*(np.asarray(a)[i] for a in self.data))

    def full(self) -> Problem:
        """The problem on all samples."""
        return self.make(*self.data)


@dataclass(frozen=True)
class Batches:
    """How the samples of each step are drawn.

    Attributes:
        size: samples in a batch, B.
        rng: source of randomness; it is used up as batches are drawn.
        replacement: draw every batch anew from all samples; otherwise
            shuffle all samples once an epoch and go through them, the
            last batch being smaller if B does not divide n.
    """

    size: int
    rng: np.random.Generator
    replacement: bool = False

    def epoch(self, n: int) -> Iterator[Indices]:
        """⌈n / B⌉ batches of the indices 0 … n − 1.

        Raises:
            TypeError: if rng is no generator, or the size not whole.
            ValueError: if the size is not in 1 … n.
        """
        check.whole(n, "n", least=1)
        check.whole(self.size, "batch size", least=1, most=n)
        check.flag(self.replacement, "replacement")
        order = check.generator(self.rng).permutation(n)
        for start in range(0, n, self.size):
            if self.replacement:
                yield self.rng.integers(n, size=self.size)
            else:
                yield order[start : start + self.size]


def sgd(
    problem: FiniteSum,
    x0: Any,
    optimizer: Optimizer,
    batches: Batches,
    *,
    num_epochs: int = 10,
) -> Path:
    """Take steps of an optimizer, each from the gradient on one batch.

    Args:
        problem: the loss and its data.
        x0: start, an array of any shape or lists and dicts of arrays.
        optimizer: the rule; any of this chapter.
        batches: batch size, order and randomness.
        num_epochs: how often to go through all data.

    Returns:
        Iterates with f and ‖∇f‖ on all data, once before the first
        epoch and once after each; `steps` counts the updates.

    Raises:
        ValueError: as `minimize`, or if the batch size is 0 or above n.
        DivergenceError: as `minimize`.
    """
    check.instance(problem, FiniteSum, "problem")
    check.instance(optimizer, Optimizer, "optimizer")
    check.instance(batches, Batches, "batches")
    check.whole(num_epochs, "num_epochs")
    n = len(problem)
    x, restore = flatten(x0)
    run = Run(problem.full(), optimizer, restore)
    state = {name: np.zeros_like(x) for name in optimizer.state}
    t = 0

    with unwarned():
        for _ in range(num_epochs):
            run.gradient(x, t, keep=True)
            for i in batches.epoch(n):
                g, t = run.slope(problem.on(i), x), t + 1
                run.watch(g, x, t - 1)
                x = x + change(optimizer, x, g, state, t)
        run.gradient(x, t, keep=True)
    return run.path()


def svrg(
    problem: FiniteSum,
    x0: Any,
    optimizer: Optimizer,
    batches: Batches,
    *,
    num_epochs: int = 10,
) -> Path:
    """Take steps from batches, corrected by a full gradient an epoch.

    An epoch takes the gradients of 3 n samples.

    Args:
        problem: the loss and its data.
        x0: start, an array of any shape or lists and dicts of arrays.
        optimizer: the rule; `gradient_descent` in the source.
        batches: batch size, order and randomness.
        num_epochs: how often to go through all data.

    Returns:
        Iterates with f and ‖∇f‖ on all data, once before the first
        epoch and once after each; `steps` counts the updates.

    Raises:
        ValueError: as `minimize`, or if the batch size is 0 or above n.
        DivergenceError: as `minimize`.

    Source:
        Johnson and Zhang (2013); eq. `def:svrg` of this book.
    """
    check.instance(problem, FiniteSum, "problem")
    check.instance(optimizer, Optimizer, "optimizer")
    check.instance(batches, Batches, "batches")
    check.whole(num_epochs, "num_epochs")
    x, restore = flatten(x0)
    run = Run(problem.full(), optimizer, restore)
    state = {name: np.zeros_like(x) for name in optimizer.state}
    t = 0

    with unwarned():
        for _ in range(num_epochs):
            w, whole = x, run.gradient(x, t, keep=True)
            for i in batches.epoch(len(problem)):
                part, t = problem.on(i), t + 1
                g = run.slope(part, x) - run.slope(part, w) + whole
                run.watch(g, x, t - 1)
                x = x + change(optimizer, x, g, state, t)
        run.gradient(x, t, keep=True)
    return run.path()
