"""Probability: from distributions to samplers."""

from derivable.probability.bayes import bayes_example
from derivable.probability.distributions import distributions_example
from derivable.probability.estimation import (
    BiasVariance,
    ProportionTest,
    benjamini_hochberg,
    beta_bernoulli,
    bias_variance,
    bootstrap,
    confidence_interval,
    correlation,
    covariance,
    credible_interval,
    expectation,
    fisher_information,
    holm,
    log_likelihood,
    mle,
    normal_normal,
    two_proportion_test,
)
from derivable.probability.information import information_example

__all__ = [
    "BiasVariance",
    "ProportionTest",
    "bayes_example",
    "benjamini_hochberg",
    "beta_bernoulli",
    "bias_variance",
    "bootstrap",
    "confidence_interval",
    "correlation",
    "covariance",
    "credible_interval",
    "distributions_example",
    "expectation",
    "fisher_information",
    "holm",
    "information_example",
    "log_likelihood",
    "mle",
    "normal_normal",
    "two_proportion_test",
]
