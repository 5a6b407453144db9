"""Foundations: functions, exponentials and waves, before anything else."""

from derivable.foundations.exponentials import exponentials_example
from derivable.foundations.functions import functions_example
from derivable.foundations.trigonometry import trigonometry_example

__all__ = [
    "exponentials_example",
    "functions_example",
    "trigonometry_example",
]
