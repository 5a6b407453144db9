"""Functions composed, undone and probed, and systems of equations."""

from derivable.foundations.functions.composition import (
    RoundTrip,
    compose,
    left_inverse,
    undoes,
)
from derivable.foundations.functions.probing import (
    Probe,
    is_affine,
    is_linear,
)
from derivable.foundations.functions.systems import Solutions, solutions

__all__ = [
    "Probe",
    "RoundTrip",
    "Solutions",
    "compose",
    "is_affine",
    "is_linear",
    "left_inverse",
    "solutions",
    "undoes",
]
