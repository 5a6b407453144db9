"""Bayes' theorem, and the classifiers and checks that are built on it.

Notation:
    prior: P(H) of k hypotheses, shape (k,), sums to 1.
    likelihood: P(D | H) of what was seen, for each of them, shape (k,).
    evidence: P(D), one number.
    X, y: data, one sample a row, shape (n, d), and their classes, (n,).
"""

from derivable.probability.bayes.calibration import (
    Calibration,
    calibration_curve,
    expected_calibration_error,
)
from derivable.probability.bayes.gaussian import GaussianNB, gaussian_nb
from derivable.probability.bayes.multinomial import (
    MultinomialNB,
    multinomial_nb,
)
from derivable.probability.bayes.theorem import (
    conditional,
    odds,
    posterior,
    predictive_values,
    probability,
    sequential_posterior,
)

__all__ = [
    "Calibration",
    "GaussianNB",
    "MultinomialNB",
    "calibration_curve",
    "conditional",
    "expected_calibration_error",
    "gaussian_nb",
    "multinomial_nb",
    "odds",
    "posterior",
    "predictive_values",
    "probability",
    "sequential_posterior",
]
