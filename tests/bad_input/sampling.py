"""Calls of the chapter on sampling."""

import numpy as np

from derivable.probability import metropolis_hastings, random_walk

RESULTS = {"Chains", "Estimate", "Rejection"}
X = np.array([[0.5, -0.2], [1.5, 0.3], [0.1, 0.4]])
INFINITE = {  # a density may be zero where a chain does not go
    "hamiltonian_monte_carlo",
    "metropolis_hastings",
}


def log_p(x):
    return -np.sum(x**2, axis=1) / 2


def log_flat(x):
    return np.where(np.abs(x) <= 1, 0.0, -np.inf)


def drawn(proposal):
    return proposal.draw(X, np.random.default_rng(0))


def drawn_up(proposal):
    return proposal.draw(np.abs(X), np.random.default_rng(0))


def moved(proposal):
    rng = np.random.default_rng(0)
    return metropolis_hastings(log_p, X, proposal, num_steps=2, rng=rng).x


USE = {
    "Proposal": moved,
    "multiplicative_walk": drawn_up,
    "random_walk": drawn,
}


def calls():
    rng = np.random.default_rng(0)
    wave = np.sin(np.arange(24.0)).reshape(12, 2)
    P = [[0.5, 0.5, 0.0], [0.2, 0.5, 0.3], [0.0, 0.4, 0.6]]
    return {
        "Proposal": {
            "draw": lambda x, rng: x + rng.normal(size=x.shape),
            "log_ratio": lambda x, y: np.sum(x - y, axis=1),
        },
        "autocorrelation": {"draws": wave[:, 0], "num_lags": 3},
        "control_variate": {
            "values": [1.0, 2.0, 4.0, 3.0],
            "control": [0.5, 1.0, 2.5, 1.0],
            "control_mean": 1.5,
        },
        "effective_sample_size": {"draws": wave},
        "gibbs": {
            "conditionals": [
                lambda x, rng: 0.5 * x[:, 1] + rng.normal(size=len(x)),
                lambda x, rng: 0.5 * x[:, 0] + rng.normal(size=len(x)),
            ],
            "x0": X,
            "num_sweeps": 3,
            "rng": rng,
        },
        "hamiltonian_monte_carlo": {
            "log_density": log_p,
            "x0": X,
            "step": 0.3,
            "num_leapfrog": 3,
            "num_steps": 2,
            "rng": rng,
            "gradient": lambda x: -x,
            "jitter": 0.2,
        },
        "importance_estimate": {
            "values": [1.0, 2.0, 4.0],
            "weights": [0.2, 0.5, 0.1],
        },
        "importance_weights": {
            "log_target": [-1.0, -2.0, -0.5],
            "log_proposal": [-1.5, -1.0, -2.0],
        },
        "is_ergodic": {"P": P},
        "leapfrog": {
            "force": lambda x: -x,
            "x": X,
            "v": X[::-1],
            "step": 0.1,
            "num_steps": 3,
        },
        "metropolis_hastings": {
            "log_density": log_p,
            "x0": X,
            "proposal": random_walk(0.5),
            "num_steps": 3,
            "rng": rng,
        },
        "metropolis_matrix": {"log_target": [-1.0, 0.0, -2.0], "Q": P},
        "monte_carlo": {"values": [1.0, 2.0, 4.0]},
        "multiplicative_walk": {"step": [0.5, 0.2]},
        "r_hat": {"draws": wave, "ranked": True},
        "random_walk": {"step": [0.5, 0.2]},
        "rejection_sampling": {
            "log_target": log_flat,
            "log_proposal": lambda x: np.zeros(len(x)),
            "propose": lambda n, rng: rng.uniform(-2, 2, size=n),
            "log_bound": 0.5,
            "num_samples": 5,
            "rng": rng,
            "max_draws": 1000,
        },
        "stationary_distribution": {"P": P},
        "weight_size": {"weights": [0.2, 0.5, 0.1]},
    }
