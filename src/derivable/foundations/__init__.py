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
from derivable.foundations.functions import (
    Probe,
    RoundTrip,
    Solutions,
    compose,
    is_affine,
    is_linear,
    left_inverse,
    solutions,
    undoes,
)
from derivable.foundations.trigonometry import (
    trigonometry_example,
)

__all__ = [
    "FloatParts",
    "Probe",
    "RoundTrip",
    "Solutions",
    "binary_cross_entropy_with_logits",
    "compose",
    "compound",
    "exponential_series",
    "float_parts",
    "half_life",
    "is_affine",
    "is_linear",
    "left_inverse",
    "log_softmax",
    "logarithm",
    "logit",
    "logsumexp",
    "sigmoid",
    "softmax",
    "softplus",
    "solutions",
    "spacing",
    "trigonometry_example",
    "undoes",
]
