"""Exponentials and logarithms, and the numbers that a computer stores.

What turns scores into probabilities is defined in `derivable.calculus`,
for arrays, Tensors and Duals, and taught here.

Notation:
    x: an exponent, or the argument of a logarithm.
    z: a score, any shape.
    p: a probability.
"""

from derivable.calculus import (
    log_softmax,
    logsumexp,
    sigmoid,
    softmax,
    softplus,
)
from derivable.foundations.exponentials.floats import (
    FloatParts,
    float_parts,
    spacing,
)
from derivable.foundations.exponentials.growth import (
    compound,
    exponential_series,
    half_life,
    logarithm,
)
from derivable.foundations.exponentials.logistic import (
    binary_cross_entropy_with_logits,
    logit,
)

__all__ = [
    "FloatParts",
    "binary_cross_entropy_with_logits",
    "compound",
    "exponential_series",
    "float_parts",
    "half_life",
    "log_softmax",
    "logarithm",
    "logit",
    "logsumexp",
    "sigmoid",
    "softmax",
    "softplus",
    "spacing",
]
