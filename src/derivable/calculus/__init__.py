"""Calculus: from the slope of a curve to automatic differentiation."""

from derivable.calculus.autodiff import (
    Dual,
    Tensor,
    grad,
    jvp,
    value_and_grad,
    vjp,
)
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
    "Dual",
    "GradientCheck",
    "Tensor",
    "central_difference",
    "complex_step",
    "derivative",
    "directional_derivative",
    "forward_difference",
    "grad",
    "gradient_check",
    "jvp",
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
    "value_and_grad",
    "vjp",
]
