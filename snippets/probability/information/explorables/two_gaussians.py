"""The larger divergence is that whose second Gaussian is the narrower."""

import numpy as np

from derivable.probability import gaussian_kl

SHIFTS = np.round(np.linspace(-4, 4, 17), 2)
STDS = np.round(np.geomspace(0.25, 4, 17), 3)
PARAMETERS = {
    "mean": {
        "label": "Mean of p",
        "values": SHIFTS,
        "start": 2.0,
        "shown": "{:.2f}",
    },
    "std": {
        "label": "Standard deviation of p",
        "values": STDS,
        "start": 0.5,
        "shown": "{:.2f}",
    },
}
NUMBERS = {
    "forward": ("D(p ‖ q)", "{:.3f}"),
    "backward": ("D(q ‖ p)", "{:.3f}"),
}
SAYS = "D(p ‖ q) is {forward:.2f}, D(q ‖ p) is {backward:.2f}."
FINE = np.geomspace(0.25, 4, 33)


def density(x, mean, std):
    return np.exp(-(((x - mean) / std) ** 2) / 2) / std / np.sqrt(2 * np.pi)


def both(mean, std):
    return (
        float(gaussian_kl(mean, std, 0.0, 1.0)),
        float(gaussian_kl(0.0, 1.0, mean, std)),
    )


def state(mean, std):
    forward, backward = both(mean, std)
    return {"forward": forward, "backward": backward}


def draw(svg, at):
    plane = svg.panel(x=(-7, 7), y=(0, 1.65), xlabel="x", ylabel="density")
    x = np.linspace(-7, 7, 57)
    plane.line(x, density(x, 0.0, 1.0), "c7 bold")
    near = at.mean + at.std * np.linspace(-4, 4, 29)
    plane.line(near, density(near, at.mean, at.std), "c0 bold")
    plane.dot(at.mean, density(at.mean, at.mean, at.std), "c0", drags="mean")
    plane.text(-6.7, 1.5, "p, which you move", "c0")
    plane.text(-6.7, 1.37, "q, standard", "c7")

    right = svg.panel(
        x=(0.25, 4),
        y=(0.001, 200),
        xlog=True,
        ylog=True,
        xlabel="standard deviation of p",
        ylabel="divergence",
    )
    curves = np.array([both(at.mean, std) for std in FINE])
    right.line(FINE, np.maximum(curves[:, 0], 1e-4), "c1")
    right.line(FINE, np.maximum(curves[:, 1], 1e-4), "c2 dashed")
    right.dot(at.std, max(at.forward, 1e-4), "c1", drags="std")
    right.dot(at.std, max(at.backward, 1e-4), "c2")
    right.text(0.6, 90, "D(p ‖ q)", "c1")
    right.text(0.6, 40, "D(q ‖ p), dashed", "c2")
