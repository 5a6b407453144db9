"""Sine units fit where ω/2π is between the tones and the Nyquist frequency."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import sine_layer, sine_wave

UNITS, SAMPLES = 100, 80
FACTORS = np.geomspace(4, 400, 41)
ACTIVATIONS = {
    "sine": ("C0", None),
    "tanh": ("C1", np.tanh),
    "ReLU": ("C2", lambda z: np.maximum(z, 0)),
}


def tones(x):
    return sine_wave(x, frequency=3) + sine_wave(x, frequency=8) / 2


@functools.cache
def errors(name):
    """Between the samples, the median of five draws of the units."""
    x = (np.arange(SAMPLES) + 0.5) * 2 / SAMPLES - 1
    between = np.linspace(-1, 1, 999)
    act = ACTIVATIONS[name][1]
    found = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        W, b = rng.uniform(-1, 1, (1, UNITS)), rng.uniform(-1, 1, UNITS)

        def units(x, omega, W=W, b=b):
            if act is None:
                return sine_layer(x[:, None], W, b, omega=omega)
            return act(omega * (x[:, None] @ W + b))

        row = []
        for omega in FACTORS:
            Z = units(x, omega)
            G = Z.T @ Z + 1e-4 * np.eye(UNITS)
            v = np.linalg.solve(G, Z.T @ tones(x))
            row.append(np.std(units(between, omega) @ v - tones(between)))
        found.append(row)
    return np.median(found, axis=0)


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    for name, (color, _) in ACTIVATIONS.items():
        ax.loglog(FACTORS, errors(name), color=color)
    for f, words in (
        (8, "fastest tone"),
        (SAMPLES / 4, "Nyquist"),
    ):
        ax.axvline(2 * np.pi * f, color="C7", lw=1, ls=":")
        ax.text(
            2 * np.pi * f * 0.96, 3e-3, words, color="C7", ha="right",
            rotation=90,
        )  # fmt: skip
    ax.text(4.2, 1.2, "sine", color="C0")
    ax.text(25, 0.09, "tanh", color="C1", ha="center")
    ax.text(4.2, 0.15, "ReLU", color="C2")
    ax.set(xlabel="factor ω", ylabel="error between the samples")
    return fig
