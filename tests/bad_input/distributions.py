"""Calls of the chapter on distributions."""

import numpy as np

from derivable.probability import (
    Bernoulli,
    Binomial,
    Categorical,
    Exponential,
    MultivariateNormal,
    Normal,
    Poisson,
    Uniform,
)

CLOUD = MultivariateNormal(
    [1.0, 2.0, 0.0], [[2.0, 0.5, 0.1], [0.5, 1.0, 0.2], [0.1, 0.2, 0.5]]
)
COUNTED = {
    "Bernoulli": Bernoulli(0.3),
    "Binomial": Binomial(5, 0.3),
    "Categorical": Categorical([0.2, 0.3, 0.5]),
    "Poisson": Poisson(2.5),
}
DENSE = {
    "Exponential": Exponential(2.0),
    "Normal": Normal(1.0, 2.0),
    "Uniform": Uniform(-1.0, 2.0),
}
INFINITE = {  # what has no probability has the logarithm −∞
    *(f"{name}.log_pmf" for name in COUNTED),
    *(f"{name}.log_pdf" for name in DENSE),
    *(f"{name}.quantile" for name in ("Exponential", "Normal", "Poisson")),
    "MultivariateNormal.log_pdf",
    "MultivariateNormal.mahalanobis",
}


def methods():
    """The methods that every distribution of one number defines itself."""
    for name, own in {**COUNTED, **DENSE}.items():
        log = "log_pmf" if name in COUNTED else "log_pdf"
        yield f"{name}.{log}", {"self": own, "x": [0.0, 1.0]}
        yield f"{name}.cdf", {"self": own, "x": [0.0, 1.0, 0.5]}
        yield f"{name}.quantile", {"self": own, "u": [0.1, 0.5, 0.9]}


def calls():
    rng = np.random.default_rng(0)
    points = [[0.0, 1.0, 2.0], [1.0, 2.0, 0.5]]
    return {
        **dict(methods()),
        "Bernoulli": {"p": 0.3},
        "Binomial": {"n": 5, "p": 0.3},
        "Categorical": {"p": [0.2, 0.3, 0.5]},
        "Exponential": {"rate": 2.0},
        "MultivariateNormal": {
            "mean": [1.0, 2.0],
            "covariance": [[2.0, 0.5], [0.5, 1.0]],
        },
        "MultivariateNormal.conditional": {
            "self": CLOUD,
            "given": [0, 2],
            "values": [0.5, 1.0],
        },
        "MultivariateNormal.log_pdf": {"self": CLOUD, "x": points},
        "MultivariateNormal.mahalanobis": {"self": CLOUD, "x": points},
        "MultivariateNormal.marginal": {"self": CLOUD, "keep": [2, 0]},
        "MultivariateNormal.pdf": {"self": CLOUD, "x": points},
        "MultivariateNormal.sample": {"self": CLOUD, "rng": rng, "size": 3},
        "Normal": {"mean": 1.0, "std": 2.0},
        "Normal.sample": {"self": Normal(), "rng": rng, "size": 3},
        "Poisson": {"rate": 2.5},
        "Uniform": {"low": -1.0, "high": 2.0},
        "box_muller": {"u": [0.2, 0.5], "v": [0.1, 0.7]},
        "glorot_std": {"fan_in": 3, "fan_out": 4},
        "he_std": {"fan_in": 3},
        "inverse_transform": {
            "quantile": lambda u: 2 * u,
            "rng": rng,
            "size": 3,
        },
        "kolmogorov_distance": {
            "sample": [0.2, 0.9, 0.4],
            "cdf": lambda x: np.clip(x, 0, 1),
        },
        "normal_gap": {"n": 10, "p": 0.3},
        "signal_scales": {
            "X": points,
            "std": 0.5,
            "depth": 2,
            "activation": np.tanh,
            "rng": rng,
        },
        "transformed_pdf": {
            "pdf": lambda x: np.exp(-np.sum(np.abs(x))),
            "inverse": lambda y: np.asarray(y) / 2,
            "y": [0.5, 1.0],
        },
    }
