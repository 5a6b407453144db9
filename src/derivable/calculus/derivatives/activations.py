"""Activation functions and their slopes, stable for any finite input.

Each function takes arrays, and also the Tensors and Duals of automatic
differentiation.

Notation:
    z: what a neuron sums up, any shape.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.autodiff.methods import ArrayMethods


def _real(z: Any) -> Any:
    """A finite array, or what takes part in a run of `grad` or `jvp`."""
    return z if isinstance(z, ArrayMethods) else check.real(z, "z")


def sigmoid(z: Any) -> Any:
    """The logistic function σ(z) = 1 / (1 + e⁻ᶻ).

    Only e to a negative power is computed, so nothing overflows.

    Args:
        z: array, Tensor or Dual, any shape.

    Returns:
        Values in [0, 1], kind and shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.
    """
    z = _real(z)
    e = np.exp(np.where(z >= 0, -z, z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(z: ArrayLike) -> Array:
    """The slope of the sigmoid: σ(z)(1 − σ(z)), at most 1/4.

    Args:
        z: any shape.

    Returns:
        Values in [0, 1/4], shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.

    Source:
        eq. `claim:sigmoid-derivative` of this book.
    """
    z = check.real(z, "z")
    slope: Array = sigmoid(z) * sigmoid(-z)
    return slope


def tanh_derivative(z: ArrayLike) -> Array:
    """The slope of the hyperbolic tangent: 1 − tanh²(z), at most 1.

    Args:
        z: any shape.

    Returns:
        Values in [0, 1], shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.

    Source:
        eq. `claim:tanh-derivative` of this book.
    """
    z = np.minimum(np.abs(check.real(z, "z")), 1e3)  # even, and 0 from there
    return 4 * sigmoid_derivative(2 * z)


def relu(z: Any) -> Any:
    """The rectifier max(z, 0), with slope 0 at 0.

    Args:
        z: array, Tensor or Dual, any shape.

    Returns:
        z where it is positive and 0 elsewhere, kind and shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.
    """
    return np.maximum(_real(z), 0.0)


def relu_derivative(z: ArrayLike, *, at_zero: float = 0.0) -> Array:
    """The slope of the rectifier: 0 left of zero, 1 right of it.

    At zero there is no derivative; any number in [0, 1] is a
    subgradient, and which one is used is a convention.

    Args:
        z: any shape.
        at_zero: the value at z = 0.

    Returns:
        0, 1 or `at_zero`, shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite, or `at_zero` does not
            lie in [0, 1].
    """
    z = check.real(z, "z")
    if not 0 <= check.number(at_zero, "at_zero") <= 1:
        raise ValueError(f"at_zero must lie in [0, 1], got {at_zero}")
    return np.where(z > 0, 1.0, np.where(z < 0, 0.0, at_zero))


def softplus(z: Any) -> Any:
    """The smooth rectifier ln(1 + eᶻ), whose slope is the sigmoid.

    Args:
        z: array, Tensor or Dual, any shape.

    Returns:
        Positive values, kind and shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.

    Source:
        eq. `claim:softplus-derivative` of this book.
    """
    return np.logaddexp(_real(z), 0.0)
