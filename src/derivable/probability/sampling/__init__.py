"""Sampling: expectations from draws, and draws from chains."""

from derivable.probability.sampling.diagnostics import (
    autocorrelation,
    effective_sample_size,
    r_hat,
)
from derivable.probability.sampling.hamiltonian import (
    hamiltonian_monte_carlo,
    leapfrog,
)
from derivable.probability.sampling.importance import (
    importance_estimate,
    importance_weights,
    weight_size,
)
from derivable.probability.sampling.markov import (
    is_ergodic,
    metropolis_matrix,
    stationary_distribution,
)
from derivable.probability.sampling.metropolis import (
    gibbs,
    metropolis_hastings,
)
from derivable.probability.sampling.monte_carlo import (
    control_variate,
    monte_carlo,
)
from derivable.probability.sampling.proposals import (
    Proposal,
    multiplicative_walk,
    random_walk,
)
from derivable.probability.sampling.records import (
    Chains,
    Estimate,
    Rejection,
)
from derivable.probability.sampling.rejection import rejection_sampling

__all__ = [
    "Chains",
    "Estimate",
    "Proposal",
    "Rejection",
    "autocorrelation",
    "control_variate",
    "effective_sample_size",
    "gibbs",
    "hamiltonian_monte_carlo",
    "importance_estimate",
    "importance_weights",
    "is_ergodic",
    "leapfrog",
    "metropolis_hastings",
    "metropolis_matrix",
    "monte_carlo",
    "multiplicative_walk",
    "r_hat",
    "random_walk",
    "rejection_sampling",
    "stationary_distribution",
    "weight_size",
]
