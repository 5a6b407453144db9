"""Derivatives of functions of one number, exact and by differences."""

from derivable.calculus.derivatives.activations import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh_derivative,
)
from derivable.calculus.derivatives.differences import (
    central_difference,
    complex_step,
    derivative,
    forward_difference,
    partial,
)
from derivable.calculus.derivatives.taylor import (
    taylor_polynomial,
    taylor_remainder_bound,
)

__all__ = [
    "central_difference",
    "complex_step",
    "derivative",
    "forward_difference",
    "partial",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softplus",
    "tanh_derivative",
    "taylor_polynomial",
    "taylor_remainder_bound",
]
