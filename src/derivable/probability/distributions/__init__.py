"""Distributions: probabilities, quantiles, random numbers, and limits.

Every distribution of one number has `mean` and `variance`, `cdf(x)`,
`quantile(u)` and `sample(rng, size)`; one that counts has `pmf(x)` and
`log_pmf(x)`, one with a density has `pdf(x)` and `log_pdf(x)`.

Notation:
    f: pmf or pdf.
    F, F⁻¹: cdf and quantile function.
    p: probability of a success, or one for each category.
    λ: rate, the expected number of events.
    μ, σ: mean and standard deviation.
    Σ, L: covariance, shape (d, d), and its Cholesky factor.
    u: uniform numbers in (0, 1).
"""

from derivable.probability.distributions.categorical import Categorical
from derivable.probability.distributions.continuous import (
    Exponential,
    Uniform,
)
from derivable.probability.distributions.initialisation import (
    glorot_std,
    he_std,
    signal_scales,
)
from derivable.probability.distributions.limits import (
    kolmogorov_distance,
    normal_gap,
)
from derivable.probability.distributions.multivariate import (
    MultivariateNormal,
)
from derivable.probability.distributions.normal import Normal
from derivable.probability.distributions.poisson import Poisson
from derivable.probability.distributions.samplers import (
    box_muller,
    inverse_transform,
)
from derivable.probability.distributions.transforms import transformed_pdf
from derivable.probability.distributions.trials import Bernoulli, Binomial

__all__ = [
    "Bernoulli",
    "Binomial",
    "Categorical",
    "Exponential",
    "MultivariateNormal",
    "Normal",
    "Poisson",
    "Uniform",
    "box_muller",
    "glorot_std",
    "he_std",
    "inverse_transform",
    "kolmogorov_distance",
    "normal_gap",
    "signal_scales",
    "transformed_pdf",
]
