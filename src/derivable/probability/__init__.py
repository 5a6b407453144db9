"""Probability: from distributions to samplers."""

from derivable.probability.distributions import distributions_example
from derivable.probability.information import information_example

__all__ = [
    "distributions_example",
    "information_example",
]
