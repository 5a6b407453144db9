"""Calls of the chapter on loss landscapes."""

import numpy as np

from derivable.optimization import (
    Network,
    gradient_descent,
    minimize,
    product_loss,
    saddle,
)

NETWORK = Network(2, 3)


def at(x):
    return lambda p: (p.f(np.array(x)), p.gradient(np.array(x)))


USE = {
    "Network": lambda network: network.size,
    "flat_saddle": at([0.3, 0.2]),
    "monkey_saddle": at([0.3, 0.2]),
    "network_loss": at(0.1 * np.ones(NETWORK.size)),
    "perturbed_gradient_descent": lambda rule: minimize(
        product_loss(), [0.3, 0.2], rule, num_steps=3
    ),
    "product_loss": at([0.3, 0.2]),
    "saddle": at([0.3, 0.2]),
}


def calls():
    rng = np.random.default_rng(0)
    theta, other = NETWORK.init(rng), NETWORK.init(rng)
    X, y = rng.normal(size=(4, 2)), [0.0, 1.0, 1.0, 0.0]
    valley = {"f": lambda x: np.sum(np.square(x)), "theta": [0.5, 1.5]}
    return {
        "Network": {"inputs": 2, "hidden": 3},
        "Network.init": {"self": NETWORK, "rng": rng},
        "Network.output": {"self": NETWORK, "theta": theta, "X": X},
        "Network.unpack": {"self": NETWORK, "theta": theta},
        "assignment": {"costs": [[1.0, 2.0], [3.0, 1.0]]},
        "bezier": {
            "a": [0.0, 1.0],
            "c": [1.0, 1.0],
            "b": [1.0, 0.0],
            "t": [0.2, 0.5],
        },
        "escape_time": {
            "problem": saddle(),
            "x0": [0.5, 1e-3],
            "optimizer": gradient_descent(0.1),
            "radius": 1.0,
            "max_steps": 100,
        },
        "exact_hessian": {**valley},
        "filter_normalise": {
            "network": NETWORK,
            "theta": theta,
            "direction": rng.normal(size=NETWORK.size),
        },
        "flat_saddle": {"power": 3.0},
        "growth_factor": {
            "curvature": -2.0,
            "learning_rate": 0.1,
            "beta": 0.5,
        },
        "in_ball": {"n": 3, "radius": 0.5, "rng": rng},
        "index_counts": {"n": 2, "rng": rng, "num_samples": 5},
        "loss_barrier": {"values": [0.1, 0.5, 0.2]},
        "loss_line": {
            "f": valley["f"],
            "start": [0.0, 1.0],
            "end": [1.0, 1.0],
            "num": 3,
        },
        "loss_plane": {
            "f": valley["f"],
            "centre": [0.0, 1.0],
            "directions": ([1.0, 0.0], [0.5, 1.0]),
            "span": 0.5,
            "num": 3,
        },
        "match_units": {"network": NETWORK, "a": theta, "b": other},
        "monkey_saddle": {"legs": 3},
        "network_loss": {"network": NETWORK, "X": X, "y": y},
        "perturbed_gradient_descent": {
            "learning_rate": 0.1,
            "radius": 0.1,
            "threshold": 0.5,
            "wait": 2,
            "rng": rng,
        },
        "positive_probability": {"n": 3},
        "predicted_escape_time": {
            "offset": 1e-3,
            "curvature": -2.0,
            "learning_rate": 0.1,
            "radius": 1.0,
            "beta": 0.5,
        },
        "product_loss": {"target": 2.0},
        "random_symmetric": {"n": 3, "rng": rng, "size": 2},
        "rescale": {"network": NETWORK, "theta": theta, "factor": 2.0},
        "saddle": {"curvatures": [1.0, -2.0]},
        "sharpness": {**valley, "adaptive": True},
        "train_bezier": {
            "problem": product_loss(),
            "ends": ([2.0, 0.5], [0.5, 2.0]),
            "optimizer": gradient_descent(0.1),
            "num_steps": 3,
            "num_points": 2,
        },
        "two_moons": {"n": 4, "rng": rng, "noise": 0.1},
    }
