"""Probability: from distributions to samplers."""

from derivable.probability.bayes import bayes_example
from derivable.probability.distributions import distributions_example
from derivable.probability.estimation import estimation_example
from derivable.probability.information import information_example

__all__ = [
    "bayes_example",
    "distributions_example",
    "estimation_example",
    "information_example",
]
