"""Expectation and estimation: what data say, and how surely."""

from derivable.probability.estimation.conjugate import (
    beta_bernoulli,
    normal_normal,
)
from derivable.probability.estimation.fisher import fisher_information
from derivable.probability.estimation.intervals import (
    bootstrap,
    confidence_interval,
    credible_interval,
)
from derivable.probability.estimation.likelihood import log_likelihood, mle
from derivable.probability.estimation.mean import expectation
from derivable.probability.estimation.moments import (
    bias_variance,
    correlation,
    covariance,
)
from derivable.probability.estimation.records import (
    BiasVariance,
    ProportionTest,
)
from derivable.probability.estimation.testing import (
    benjamini_hochberg,
    holm,
    two_proportion_test,
)

__all__ = [
    "BiasVariance",
    "ProportionTest",
    "benjamini_hochberg",
    "beta_bernoulli",
    "bias_variance",
    "bootstrap",
    "confidence_interval",
    "correlation",
    "covariance",
    "credible_interval",
    "expectation",
    "fisher_information",
    "holm",
    "log_likelihood",
    "mle",
    "normal_normal",
    "two_proportion_test",
]
