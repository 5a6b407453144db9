"""Information: what surprise costs, and what one variable tells of another.

Notation:
    p, q: distributions, the true one and that of a model.
    P: a joint distribution of two variables, shape (r, c).
"""

from derivable.probability.information.codes import (
    block_distribution,
    huffman,
)
from derivable.probability.information.gaussians import (
    discretized_gaussian,
    gaussian_entropy,
    gaussian_kl,
)
from derivable.probability.information.measures import (
    binary_cross_entropy,
    cross_entropy,
    entropy,
    kl_divergence,
    perplexity,
)
from derivable.probability.information.tables import (
    conditional_entropy,
    contingency_table,
    information_gain,
    miller_madow,
    mutual_information,
)

__all__ = [
    "binary_cross_entropy",
    "block_distribution",
    "conditional_entropy",
    "contingency_table",
    "cross_entropy",
    "discretized_gaussian",
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
