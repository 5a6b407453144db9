"""Probability: from distributions to samplers."""

from derivable.probability.distributions import distributions_example
from derivable.probability.information import (
    binary_cross_entropy,
    block_distribution,
    conditional_entropy,
    contingency_table,
    cross_entropy,
    discretized_gaussian,
    entropy,
    gaussian_entropy,
    gaussian_kl,
    huffman,
    information_gain,
    kl_divergence,
    miller_madow,
    mutual_information,
    perplexity,
)

__all__ = [
    "binary_cross_entropy",
    "block_distribution",
    "conditional_entropy",
    "contingency_table",
    "cross_entropy",
    "discretized_gaussian",
    "distributions_example",
    "entropy",
    "gaussian_entropy",
    "gaussian_kl",
    "huffman",
    "information_gain",
    "kl_divergence",
    "miller_madow",
    "mutual_information",
    "perplexity",
]
