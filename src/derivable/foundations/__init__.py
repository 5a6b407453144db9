"""Foundations: functions, exponentials and waves, before anything else."""

from derivable.foundations.exponentials import exponentials_example
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
from derivable.foundations.trigonometry import trigonometry_example

__all__ = [
    "Probe",
    "RoundTrip",
    "Solutions",
    "compose",
    "exponentials_example",
    "is_affine",
    "is_linear",
    "left_inverse",
    "solutions",
    "trigonometry_example",
    "undoes",
]
