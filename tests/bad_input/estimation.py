"""Calls of the chapter on expectation and estimation."""

import numpy as np

RESULTS = {"BiasVariance", "ProportionTest"}
INFINITE = {"log_likelihood"}  # minus infinity: the data are impossible


def calls():
    x, y = [1.0, 2.5, 4.0], [0.5, -1.0, 2.0]
    p = [0.2, 0.3, 0.5]
    test = {
        "successes_a": 3,
        "trials_a": 10,
        "successes_b": 6,
        "trials_b": 12,
    }
    return {
        "benjamini_hochberg": {"p_values": p, "level": 0.25},
        "beta_bernoulli": {"successes": 3, "trials": 10, "a": 2.0, "b": 1.5},
        "bias_variance": {"estimates": x, "truth": 1.5},
        "bootstrap": {
            "x": x,
            "statistic": np.mean,
            "num_resamples": 4,
            "rng": np.random.default_rng(0),
        },
        "confidence_interval": {"x": x, "level": 0.5},
        "correlation": {"x": x, "y": y},
        "covariance": {"x": x, "y": y, "ddof": 1},
        "credible_interval": {"quantile": lambda p: p, "level": 0.5},
        "expectation": {"values": x, "probabilities": p},
        "fisher_information": {
            "log_density": lambda x, theta: -((x - theta) ** 2) / 2,
            "theta": 0.5,
            "x": x,
            "probabilities": p,
        },
        "holm": {"p_values": p, "level": 0.25},
        "log_likelihood": {
            "x": x,
            "family": "gaussian",
            "theta": [1.0, 2.0],
        },
        "mle": {"x": x, "family": "gaussian"},
        "normal_normal": {
            "x": x,
            "sigma": 2.0,
            "prior_mean": 1.0,
            "prior_sd": 0.5,
        },
        "two_proportion_test": test,
    }
