"""Automatic differentiation of programs written with NumPy.

Reverse mode records the operations of a run on a graph of `Tensor`s and
walks it backwards; forward mode carries a slope along with every number,
as a `Dual`. Both read their derivatives from one table, `rules`.
"""

from derivable.calculus.autodiff.dual import Dual, jvp
from derivable.calculus.autodiff.functions import (
    logsumexp,
    relu,
    sigmoid,
    softmax_cross_entropy,
    softplus,
)
from derivable.calculus.autodiff.reverse import (
    backward,
    grad,
    value_and_grad,
    vjp,
)
from derivable.calculus.autodiff.tensor import Tensor

__all__ = [
    "Dual",
    "Tensor",
    "backward",
    "grad",
    "jvp",
    "logsumexp",
    "relu",
    "sigmoid",
    "softmax_cross_entropy",
    "softplus",
    "value_and_grad",
    "vjp",
]
