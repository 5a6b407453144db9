"""Probability: from distributions to samplers."""

from derivable.probability.bayes import (
    bayes_example,
)
from derivable.probability.distributions import (
    Bernoulli,
    Binomial,
    Categorical,
    Exponential,
    MultivariateNormal,
    Normal,
    Poisson,
    Uniform,
    box_muller,
    glorot_std,
    he_std,
    inverse_transform,
    kolmogorov_distance,
    normal_gap,
    signal_scales,
    transformed_pdf,
)
from derivable.probability.estimation import (
    estimation_example,
)
from derivable.probability.information import (
    information_example,
)

__all__ = [
    "Bernoulli",
    "Binomial",
    "Categorical",
    "Exponential",
    "MultivariateNormal",
    "Normal",
    "Poisson",
    "Uniform",
    "bayes_example",
    "box_muller",
    "estimation_example",
    "glorot_std",
    "he_std",
    "information_example",
    "inverse_transform",
    "kolmogorov_distance",
    "normal_gap",
    "signal_scales",
    "transformed_pdf",
]
