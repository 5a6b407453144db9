"""The activations that a network may have, each with its slope.

Notation:
    z: what a neuron sums up, any shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivable import _validation as check
from derivable.calculus.derivatives import (
    sigmoid,
    sigmoid_derivative,
    tanh_derivative,
)
from derivable.learning.networks.activations import (
    gelu,
    gelu_derivative,
    leaky_relu,
    leaky_relu_derivative,
)
from derivable.probability import glorot_std, he_std


@dataclass(frozen=True)
class Activation:
    """What follows the affine map of a hidden layer, entry by entry.

    Attributes:
        f: z ↦ σ(z), for arrays, Tensors and Duals.
        slope: z ↦ σ'(z), for arrays, as floats.
        std: (fan_in, fan_out) ↦ the standard deviation of a weight.
    """

    f: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    std: Callable[[int, int], float]


def _he(fan_in: int, _fan_out: int) -> float:
    return he_std(fan_in)


def _rectified(z: Any) -> Any:
    """As `relu`, of sums that are known to be finite; a step is short."""
    return np.maximum(z, 0.0)


def _step(z: Any) -> Any:
    """The slope of `relu`; 0 at zero, by convention."""
    return np.asarray(z > 0, dtype=np.float64)


def _ones(z: Any) -> Any:
    return np.ones(np.shape(z))


ACTIVATIONS = {
    "linear": Activation(lambda z: z, _ones, glorot_std),
    "sigmoid": Activation(sigmoid, sigmoid_derivative, glorot_std),
    "tanh": Activation(np.tanh, tanh_derivative, glorot_std),
    "relu": Activation(_rectified, _step, _he),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative, _he),
    "gelu": Activation(gelu, gelu_derivative, _he),
}


def named(name: object) -> Activation:
    """The activation of a name, or an error that says which there are."""
    check.choice(name, tuple(ACTIVATIONS), "activation")
    return ACTIVATIONS[str(name)]
