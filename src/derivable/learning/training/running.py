"""Batch normalisation with a memory, for one sample at a time.

Notation:
    X: a batch, one sample a row, shape (n, d).
    gamma, beta: scale and shift of each feature, shape (d,).
    rho: what the running statistics keep in a step, ρ.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.learning.training import _checks
from derivable.learning.training.normalisation import Normalised, batch_norm


@dataclass(frozen=True)
class BatchNorm:
    """A batch normalisation and what it remembers of the batches.

    Attributes:
        gamma: scale of each feature, shape (d,).
        beta: shift of each feature, shape (d,).
        mean: running mean, shape (d,).
        variance: running variance, shape (d,), not negative.
        keep: share ρ that is kept of a running statistic in a step.
        epsilon: added to a variance, positive.

    Raises:
        TypeError: if an attribute is not real.
        ValueError: if shapes differ, a variance is negative, keep does
            not lie in [0, 1), or epsilon is not positive.

    Source:
        Ioffe and Szegedy (2015), algorithm 2; eq. `def:running-mean` of
        this book.
    """

    gamma: Array
    beta: Array
    mean: Array
    variance: Array
    keep: float = 0.9
    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        d = len(check.vector(self.gamma, "gamma"))
        for name in ("gamma", "beta", "mean", "variance"):
            value = _checks.features(getattr(self, name), d, name)
            object.__setattr__(self, name, value)
        if self.variance.min() < 0:
            raise ValueError(
                "variance must not be negative, "
                f"got {self.variance.min()} as its smallest"
            )
        check.fraction(self.keep, "keep")
        check.positive(self.epsilon, "epsilon")

    def train(self, X: ArrayLike) -> tuple[Normalised, "BatchNorm"]:
        """Normalise by the batch, and remember its mean and variance.

        NB: the batch is divided by the variance with 1/n; the memory
        gets the one with 1/(n − 1), which has no bias.

        Args:
            X: a batch of two samples or more, shape (n, d).

        Returns:
            What `batch_norm` returns, and the layer with new running
            statistics.

        Raises:
            TypeError: if X is not real.
            ValueError: as `batch_norm`.
        """
        run = batch_norm(X, self.gamma, self.beta, epsilon=self.epsilon)
        n, rho = len(run.Y), self.keep

        v = run.variance * n / (n - 1)
        return run, replace(
            self,
            mean=rho * self.mean + (1 - rho) * run.mean,
            variance=rho * self.variance + (1 - rho) * v,
        )

    def evaluate(self, X: ArrayLike) -> Array:
        """Normalise by what is remembered, sample by sample.

        Args:
            X: one sample or more, shape (n, d).

        Returns:
            Y, shape (n, d); row i depends on row i of X only.

        Raises:
            TypeError: if X is not real.
            ValueError: if X has another shape or is not finite, or Y
                is beyond float64.
        """
        W, b = self.affine()
        X = check.matrix(X, "X")
        X = check.of_shape(X, (len(X), len(W)), "X")

        with np.errstate(over="ignore", invalid="ignore"):
            return _checks.result(X * W + b, "the output for X")

    def affine(self) -> tuple[Array, Array]:
        """What evaluation does, as x ↦ w ⊙ x + b.

        Returns:
            w and b, each of shape (d,).

        Raises:
            ValueError: if one is beyond float64.

        Source:
            eq. `claim:folded` of this book.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            w = self.gamma / np.sqrt(self.variance + self.epsilon)
            b = self.beta - w * self.mean  # eq. claim:folded
        return _checks.result(w, "the scale"), _checks.result(b, "the shift")


def init_batch_norm(
    d: int, *, keep: float = 0.9, epsilon: float = 1e-5
) -> BatchNorm:
    """A batch normalisation as it starts: no scale, no shift, no memory.

    Args:
        d: number of features, at least 1.
        keep: share ρ that is kept of a running statistic in a step.
        epsilon: added to a variance, positive.

    Returns:
        The layer with gamma 1, beta 0, running mean 0 and variance 1.

    Raises:
        TypeError: if d is no whole number.
        ValueError: if d is below 1, keep not in [0, 1), or epsilon not
            positive.
    """
    d = check.whole(d, "d", least=1)

    one, zero = np.ones(d), np.zeros(d)
    return BatchNorm(one, zero, zero, one, keep, epsilon)
