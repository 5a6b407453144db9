"""How wide random weights must be, so that a deep network passes signals.

Notation:
    X: a batch, one sample a row, shape (n, d).
    W: weights of a layer, shape (d, d).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._precision import norm
from derivable._validation import Array


def glorot_std(fan_in: int, fan_out: int) -> float:
    """Standard deviation √(2/(fan_in + fan_out)), for units like tanh.

    Args:
        fan_in: number of inputs of the layer.
        fan_out: number of its outputs.

    Returns:
        The standard deviation of a weight.

    Raises:
        TypeError: if a number is not whole.
        ValueError: if a number is below 1.

    Source:
        Glorot and Bengio (2010), eq. 12.
    """
    fan_in = check.whole(fan_in, "fan_in", least=1)
    fan_out = check.whole(fan_out, "fan_out", least=1)
    return float(np.sqrt(2 / (fan_in + fan_out)))


def he_std(fan_in: int) -> float:
    """Standard deviation √(2/fan_in), for ReLU units.

    Args:
        fan_in: number of inputs of the layer.

    Returns:
        The standard deviation of a weight.

    Raises:
        TypeError: if the number is not whole.
        ValueError: if it is below 1.

    Source:
        He et al. (2015), eq. 10.
    """
    return float(np.sqrt(2 / check.whole(fan_in, "fan_in", least=1)))


def signal_scales(
    X: ArrayLike,
    std: float,
    *,
    depth: int,
    activation: Callable[[Array], ArrayLike],
    rng: np.random.Generator,
) -> Array:
    """How large signals are after each layer of a random network.

    Args:
        X: a batch, one sample a row, shape (n, d).
        std: standard deviation of the weights; all layers are d wide.
        depth: number of layers.
        activation: what follows each linear map, element by element.
        rng: source of randomness.

    Returns:
        Root mean square of the batch at the start and after every layer,
        shape (depth + 1,).

    Raises:
        TypeError: if X or std is not real, depth no whole number,
            activation no function or rng no Generator.
        ValueError: if X is no matrix, std or depth is negative, or a
            signal is not finite.

    Source:
        eq. `claim:variance-propagation` of this book.
    """
    X, std = check.matrix(X, "X"), check.not_negative(std, "std")
    depth = check.whole(depth, "depth")
    check.function(activation, "activation")
    check.generator(rng)

    scales = [norm(X / np.sqrt(X.size))]
    for _ in range(depth):
        W = std * rng.normal(size=(X.shape[1], X.shape[1]))
        with np.errstate(over="ignore", invalid="ignore"):
            Z = check.real(X @ W, "the signal")
        X = check.real(activation(Z), "activation(Z)")
        X = check.of_shape(X, Z.shape, "activation(Z)")
        scales.append(norm(X / np.sqrt(X.size)))
    return np.array(scales)
