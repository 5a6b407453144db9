"""Probability: from distributions to samplers."""

from derivable.probability.bayes import (
    Calibration,
    GaussianNB,
    MultinomialNB,
    calibration_curve,
    conditional,
    expected_calibration_error,
    gaussian_nb,
    multinomial_nb,
    odds,
    posterior,
    predictive_values,
    probability,
    sequential_posterior,
)
from derivable.probability.distributions import distributions_example
from derivable.probability.estimation import estimation_example
from derivable.probability.information import information_example

__all__ = [
    "Calibration",
    "GaussianNB",
    "MultinomialNB",
    "calibration_curve",
    "conditional",
    "distributions_example",
    "estimation_example",
    "expected_calibration_error",
    "gaussian_nb",
    "information_example",
    "multinomial_nb",
    "odds",
    "posterior",
    "predictive_values",
    "probability",
    "sequential_posterior",
]
