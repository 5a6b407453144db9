"""Sharpness follows the scaling of the layers, the function does not."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    Network,
    adam,
    minimize,
    network_loss,
    rescale,
    sharpness,
    two_moons,
)


def figure():
    rng = np.random.default_rng(0)
    X, y = two_moons(100, rng=rng, noise=0.2)
    network = Network(2, 16)
    problem = network_loss(network, X, y)
    start = network.init(rng)
    theta = minimize(problem, start, adam(0.03), num_steps=400).x[-1]

    factors = np.geomspace(0.05, 20, 17)
    plain, adaptive, loss = [], [], []
    for a in factors:
        other = rescale(network, theta, a)
        plain.append(sharpness(problem.f, other))
        adaptive.append(sharpness(problem.f, other, adaptive=True))
        loss.append(problem.f(other))
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.loglog(factors, plain, "o-", color="C0", ms=4)
    ax.loglog(factors, adaptive, "s-", color="C1", ms=4)
    ax.loglog(factors, loss, "--", color="C2")
    low = factors[:6]
    ax.loglog(low, 0.6 * plain[0] * (low[0] / low) ** 2, ":", color="C7")
    ax.text(0.06, 3.2, "slope −2", color="C7")
    ax.text(0.3, 20, "largest eigenvalue of H", color="C0")
    ax.text(1.5, 2.2, "adaptive sharpness", color="C1")
    ax.text(1.5, 0.06, "loss", color="C2")
    ax.set(xlabel="factor α: α W₁ and W₂/α", ylabel="value")
    return fig
