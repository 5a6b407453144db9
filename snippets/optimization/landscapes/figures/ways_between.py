"""The straight way crosses a hill; matched units or a curve avoid it."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    Network,
    adam,
    bezier,
    loss_line,
    match_units,
    minimize,
    network_loss,
    train_bezier,
    two_moons,
)


def figure():
    rng = np.random.default_rng(0)
    X, y = two_moons(100, rng=rng, noise=0.2)
    network = Network(2, 16)
    problem = network_loss(network, X, y)
    a, b = (
        minimize(
            problem,
            network.init(np.random.default_rng(seed)),
            adam(0.03),
            num_steps=400,
        ).x[-1]
        for seed in (1, 2)
    )
    t = np.linspace(0, 1, 51)
    matched = match_units(network, a, b)
    curve = train_bezier(problem, (a, b), adam(0.05), num_steps=150)
    bent = [problem.f(x) for x in bezier(a, curve.x[-1], b, t)]

    fig, ax = plt.subplots(figsize=(6.4, 3.2))
    ax.plot(t, loss_line(problem.f, a, b), color="C0")
    ax.plot(t, loss_line(problem.f, a, matched), color="C1")
    ax.plot(t, bent, color="C2")
    ax.text(0.64, 0.5, "straight line", color="C0")
    ax.text(0.5, 0.062, "after matching units", color="C1", ha="center")
    ax.text(0.5, 0.0415, "trained curve", color="C2", ha="center")
    ax.set(xlabel="t, from one network to the other", ylabel="loss")
    ax.set_yscale("log")
    ax.set_yticks([0.05, 0.1, 0.2, 0.4], ["0.05", "0.1", "0.2", "0.4"])
    ax.minorticks_off()
    ax.set_ylim(0.036, 0.9)
    return fig
