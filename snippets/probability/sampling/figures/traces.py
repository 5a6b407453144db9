"""Too small a step creeps, too large a one stands."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import metropolis_hastings, random_walk

STEPS = (0.2, 5.0, 100.0)


def log_p(x):
    left = np.log(0.3) - (x[:, 0] + 2) ** 2 / 2
    return np.logaddexp(left, np.log(0.7) - (x[:, 0] - 3) ** 2 / 2)


@functools.cache
def runs():
    return [
        metropolis_hastings(
            log_p,
            [[3.0]],
            random_walk(step),
            num_steps=8000,
            rng=np.random.default_rng(0),
        )
        for step in STEPS
    ]


def numbers():
    return {
        "steps": STEPS,
        "acceptance": [run.acceptance[0] for run in runs()],
    }


def figure() -> Figure:
    fig, axes = plt.subplots(3, 1, figsize=(6.4, 4.4), sharex=True)
    for ax, run, step, colour in zip(
        axes, runs(), STEPS, ("C0", "C1", "C2"), strict=True
    ):
        for mean in (-2, 3):
            ax.axhline(mean, color="C7", lw=1, ls=":")
        ax.plot(run.x[:800, 0, 0], color=colour, lw=0.8)
        ax.text(
            5, 5.6, f"step {step:g}: {run.acceptance[0]:.0%}", color=colour
        )
        ax.set(ylim=(-5.5, 8), ylabel="x", yticks=[-2, 3])
    axes[-1].set(xlabel="step of the chain")
    return fig
