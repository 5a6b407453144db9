"""Foundations: functions, exponentials and waves, before anything else."""

from derivable.foundations.exponentials import (
    FloatParts,
    binary_cross_entropy_with_logits,
    compound,
    exponential_series,
    float_parts,
    half_life,
    log_softmax,
    logarithm,
    logit,
    logsumexp,
    sigmoid,
    softmax,
    softplus,
    spacing,
)
from derivable.foundations.functions import functions_example
from derivable.foundations.trigonometry import trigonometry_example

__all__ = [
    "FloatParts",
    "binary_cross_entropy_with_logits",
    "compound",
    "exponential_series",
    "float_parts",
    "functions_example",
    "half_life",
    "log_softmax",
    "logarithm",
    "logit",
    "logsumexp",
    "sigmoid",
    "softmax",
    "softplus",
    "spacing",
    "trigonometry_example",
]
