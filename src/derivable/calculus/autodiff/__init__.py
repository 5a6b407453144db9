"""Automatic differentiation of programs written with NumPy.

Reverse mode records the operations of a run on a graph of `Tensor`s and
walks it backwards; forward mode carries a slope along with every number,
as a `Dual`. Both read their derivatives from the same tables.
"""

from derivable.calculus.autodiff.activations import (
    log_softmax,
    logsumexp,
    softmax,
    softmax_cross_entropy,
)
from derivable.calculus.autodiff.dual import Dual, jvp
from derivable.calculus.autodiff.reverse import (
    backward,
    grad,
    value_and_grad,
    vjp,
)
from derivable.calculus.autodiff.supported import Entry, supported
from derivable.calculus.autodiff.tensor import Tensor, record
from derivable.calculus.derivatives.activations import (
    relu,
    sigmoid,
    softplus,
)

__all__ = [
    "Dual",
    "Entry",
    "Tensor",
    "backward",
    "grad",
    "jvp",
    "log_softmax",
    "logsumexp",
    "record",
    "relu",
    "sigmoid",
    "softmax",
    "softmax_cross_entropy",
    "softplus",
    "supported",
    "value_and_grad",
    "vjp",
]
