"""A network with one hidden layer, small enough to draw its loss.

Its parameters are one flat vector, so that directions, lines and planes
between networks are plain arithmetic.

Notation:
    d, k: number of inputs and of hidden units.
    W1, b1: weights and biases of the hidden units, (d, k) and (k,).
    W2, b2: weights and bias of the output, (k,) and ().
    theta: all of them, θ, shape (p,) with p = d k + 2 k + 1.
    X, y: inputs, one sample a row, and labels 0 or 1, (n, d) and (n,).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus import grad
from derivable.optimization.problem import Problem


@dataclass(frozen=True)
class Network:
    """The function ReLU(X W₁ + b₁) W₂ + b₂, and how θ holds its parts.

    Attributes:
        inputs: d, at least 1.
        hidden: k, at least 1.

    Raises:
        TypeError: if one of them is no whole number.
        ValueError: if one of them is below 1.
    """

    inputs: int
    hidden: int

    def __post_init__(self) -> None:
        check.whole(self.inputs, "inputs", least=1)
        check.whole(self.hidden, "hidden", least=1)

    @property
    def size(self) -> int:
        """The number p of parameters."""
        return (self.inputs + 2) * self.hidden + 1

    def init(self, rng: np.random.Generator) -> Array:
        """Random parameters: weights of variance 2/d and 2/k, biases 0."""
        check.generator(rng)
        W1 = rng.normal(size=(self.inputs, self.hidden))
        W2 = rng.normal(size=self.hidden)
        parts = (
            W1 * np.sqrt(2 / self.inputs),
            np.zeros(self.hidden),
            W2 * np.sqrt(2 / self.hidden),
            np.zeros(1),
        )
        return np.concatenate([part.ravel() for part in parts])

    def unpack(self, theta: Any) -> tuple[Any, Any, Any, Any]:
        """W₁, b₁, W₂ and b₂ of a vector θ, shape (p,)."""
        theta = check.of_shape(theta, (self.size,), "theta")
        if isinstance(theta, np.ndarray):
            check.real(theta, "theta")
        return self._parts(theta)

    def _parts(self, theta: Any) -> tuple[Any, Any, Any, Any]:
        d, k = self.inputs, self.hidden
        W1 = np.reshape(theta[: d * k], (d, k))
        b1, W2 = theta[d * k : (d + 1) * k], theta[(d + 1) * k : -1]
        return W1, b1, W2, theta[-1]

    def filters(self) -> list[Array]:
        """Where in θ each filter is.

        One for each hidden unit, with its bias; then the output weights,
        and the output bias.
        """
        W1, b1, W2, b2 = self._parts(np.arange(self.size))
        units = np.vstack([W1, b1]).T
        return [*units, W2, np.array([b2])]

    def output(self, theta: Any, X: ArrayLike) -> Any:
        """The scores of the samples, shape (n,)."""
        X = check.matrix(X, "X")
        if X.shape[1] != self.inputs:
            raise ValueError(
                f"X must have {self.inputs} columns, got shape {X.shape}"
            )
        W1, b1, W2, b2 = self.unpack(theta)
        with np.errstate(over="ignore", invalid="ignore"):
            z = np.maximum(X @ W1 + b1, 0.0) @ W2 + b2
        return check.real(z, "the scores") if isinstance(z, np.ndarray) else z


def network_loss(network: Network, X: ArrayLike, y: ArrayLike) -> Problem:
    """Mean log-loss of a network, as a function of its parameters.

    Args:
        network: its shape.
        X: inputs, shape (n, d).
        y: labels 0 or 1, shape (n,).

    Returns:
        The problem in θ, shape (p,); the gradient is taken by automatic
        differentiation.

    Raises:
        TypeError: if X or y is not real, or network is no Network.
        ValueError: if shapes do not match or a label is not 0 or 1.
    """
    check.instance(network, Network, "network")
    X, y = check.matrix(X, "X"), check.vector(y, "y")
    if X.shape != (len(y), network.inputs):
        raise ValueError(
            f"X must have shape ({len(y)}, {network.inputs}), got {X.shape}"
        )
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold labels 0 or 1, got {y[:5]}")
    sign = 1 - 2 * y

    def f(theta: Any) -> Any:
        return np.mean(np.logaddexp(0.0, sign * network.output(theta, X)))

    return Problem(f, grad(f))


def two_moons(
    n: int, *, rng: np.random.Generator, noise: float = 0.1
) -> tuple[Array, Array]:
    """Two half circles that reach into each other, with noise.

    Args:
        n: number of points, even.
        rng: source of randomness.
        noise: standard deviation of each coordinate, not negative.

    Returns:
        Points X, shape (n, 2), and labels y, n/2 times 0, then 1.

    Raises:
        TypeError: if n is no whole number, noise is not real, or rng is
            no Generator.
        ValueError: if n is odd or below 2, or noise is negative.
    """
    if check.whole(n, "n", least=2) % 2:
        raise ValueError(f"n must be even, got {n}")
    noise = check.not_negative(noise, "noise")
    check.generator(rng)

    t = rng.uniform(0, np.pi, n)
    y = np.repeat([0.0, 1.0], n // 2)
    upper = np.stack([np.cos(t) - 0.5, np.sin(t) - 0.25], axis=1)
    X = np.where(y[:, None] == 0, upper, -upper)
    with np.errstate(over="ignore"):
        X = X + noise * rng.normal(size=(n, 2))
    return check.real(X, "X"), y
