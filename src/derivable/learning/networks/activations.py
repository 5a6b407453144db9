"""Two activations more, leaky ReLU and GELU, with their slopes.

Each function takes arrays, and also the Tensors and Duals of automatic
differentiation.

Notation:
    z: what a neuron sums up, any shape.
    cdf, pdf: standard normal distribution and density at z, Φ and φ.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from derivable import _validation as check
from derivable._validation import Array
from derivable.calculus.autodiff import Dual, Tensor, record
from derivable.calculus.autodiff.dual import paired
from derivable.calculus.autodiff.methods import ArrayMethods

FAR = 40.0  # from there on the normal density is 0 in float64


def leaky_relu(z: Any, *, slope: float = 0.01) -> Any:
    """The rectifier that lets a share of what is negative through.

    Args:
        z: array, Tensor or Dual, any shape.
        slope: the share α, from 0 up to, not including, 1.

    Returns:
        z where it is positive and α z elsewhere, kind and shape of z.

    Raises:
        TypeError: if z or the slope is not real.
        ValueError: if z is empty or not finite, or the slope does not
            lie in [0, 1).

    Source:
        Maas, Hannun and Ng (2013), section 2.
    """
    z, slope = _real(z), check.fraction(slope, "slope")

    return np.where(z > 0, z, slope * z)  # eq. claim:leaky


def leaky_relu_derivative(z: ArrayLike, *, slope: float = 0.01) -> Array:
    """The slope of leaky ReLU: 1 right of zero, α elsewhere.

    At zero there is no derivative; α there is a convention.

    Args:
        z: any shape.
        slope: the share α, from 0 up to, not including, 1.

    Returns:
        1 or α, shape of z.

    Raises:
        TypeError: if z or the slope is not real.
        ValueError: if z is empty or not finite, or the slope does not
            lie in [0, 1).
    """
    z, slope = check.real(z, "z"), check.fraction(slope, "slope")

    return np.where(z > 0, 1.0, slope)


def gelu(z: Any) -> Any:
    """The Gaussian error linear unit z Φ(z), exactly.

    Args:
        z: array, Tensor or Dual, any shape.

    Returns:
        Values of at least −0.17, kind and shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.

    Source:
        Hendrycks and Gimpel (2016), section 2.
    """
    z = _real(z)

    return z * _cdf(z)  # eq. claim:gelu-slope


def gelu_derivative(z: ArrayLike) -> Array:
    """The slope of GELU, Φ(z) + z φ(z).

    It is negative for z < −0.752, until it underflows to 0 near −38.6.

    Args:
        z: any shape.

    Returns:
        Values in [−0.13, 1.13], shape of z.

    Raises:
        TypeError: if z is not real.
        ValueError: if z is empty or not finite.

    Source:
        eq. `claim:gelu-slope` of this book.
    """
    z = check.real(z, "z")

    slope: Array = _cdf(z) + z * _pdf(z)  # eq. claim:gelu-slope
    return slope


def _real(z: Any) -> Any:
    """A finite array, or what takes part in a run of `grad` or `jvp`."""
    return z if isinstance(z, ArrayMethods) else check.real(z, "z")


def _pdf(z: Any) -> Any:
    """The standard normal density, which is even."""
    z = np.minimum(np.abs(z), FAR)
    return np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


def _cdf(z: Any) -> Any:
    """The standard normal distribution, whose slope is the density."""
    from scipy.special import ndtr  # noqa: PLC0415  (slow to load)

    if isinstance(z, Tensor):
        rule = lambda g, a: g * _pdf(a)  # noqa: E731
        return record(_cdf(z.data), (z,), (z.data,), (rule,))
    if isinstance(z, Dual):
        return paired(_cdf(z.value), z.tangent * _pdf(z.value), z.level)
    return ndtr(z)
