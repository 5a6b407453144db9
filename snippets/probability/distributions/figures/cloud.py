"""Knowing one entry moves the other and narrows it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import MultivariateNormal, Normal

BODY = MultivariateNormal([175, 75], [[49, 42], [42, 100]])
HEIGHT = 189
KNOWN = BODY.conditional([0], [HEIGHT])


def numbers() -> dict:
    return {
        "height": HEIGHT,
        "before": float(BODY.std[1]),
        "after": float(KNOWN.std[0]),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4.6))
    x = BODY.sample(np.random.default_rng(3), 400)
    ax.plot(*x.T, ".", color="C7", ms=3)
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    for k in (1, 2, 3):
        around = BODY.mean[:, None] + k * BODY.factor @ circle
        ax.plot(*around, color="C0", lw=1.3)
        ax.text(around[0].min() - 0.4, around[1, around[0].argmin()], f"{k}",
                color="C0", ha="right", va="center")  # fmt: skip
    mass = np.linspace(40, 110, 200)
    ax.axvline(HEIGHT, color="C1", lw=0.8, ls="--")
    bell = Normal(KNOWN.mean[0], KNOWN.std[0]).pdf(mass)
    ax.plot(HEIGHT + 150 * bell, mass, color="C1")
    all_masses = Normal(BODY.mean[1], BODY.std[1]).pdf(mass)
    ax.axvline(200, color="C2", lw=0.8, ls="--")
    ax.plot(200 + 150 * all_masses, mass, color="C2")
    ax.text(190.2, 109, f"at {HEIGHT} cm", color="C1")
    ax.text(200.6, 105, "of all", color="C2")
    ax.set(xlabel="height, cm", ylabel="mass, kg", xlim=(150, 207.5),
           ylim=(40, 114))  # fmt: skip
    return fig
