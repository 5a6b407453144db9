"""Calculus: from the slope of a curve to automatic differentiation."""

from derivable.calculus.derivatives import (
    central_difference,
    complex_step,
    derivative,
    forward_difference,
    partial,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh_derivative,
    taylor_polynomial,
    taylor_remainder_bound,
)
from derivable.calculus.gradients import (
    GradientCheck,
    directional_derivative,
    gradient_check,
    numerical_gradient,
)

__all__ = [
    "GradientCheck",
    "central_difference",
    "complex_step",
    "derivative",
    "directional_derivative",
    "forward_difference",
    "gradient_check",
    "numerical_gradient",
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
