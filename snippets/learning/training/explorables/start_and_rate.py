"""Normalised, every width of the start learns; how fast, differs."""

from functools import cache

import numpy as np
from sklearn.datasets import make_moons

from derivable.calculus import value_and_grad
from derivable.calculus.autodiff import softmax_cross_entropy
from derivable.learning import (
    backpropagate,
    init_mlp,
    init_normalised,
    normalised_mlp,
)

WIDTHS = np.array([0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0])
RATES = np.array([0.03, 0.1, 0.3, 1.0, 3.0])
PARAMETERS = {
    "width": {
        "label": "Width of the start",
        "values": WIDTHS,
        "start": 1.0,
        "shown": "{:.1f}",
    },
    "rate": {
        "label": "Learning rate",
        "values": RATES,
        "start": 0.1,
        "shown": "{:.2g}",
    },
}
NUMBERS = {
    "plain": ("Plain, last loss", "{:.2f}"),
    "normalised": ("Normalised, last loss", "{:.2f}"),
}
SAYS = (
    "Width {width:.1f}, rate {rate:.2g}: plain {plain:.2f}, "
    "normalised {normalised:.2f}."
)
X, y = make_moons(100, noise=0.15, random_state=0)
X, Y = X - X.mean(axis=0), np.eye(2)[y]
SIZES, STEPS, TOP = [2, 16, 16, 16, 16, 2], 60, 3.0


def by_graph(p):
    return value_and_grad(
        lambda p: softmax_cross_entropy(normalised_mlp(p, X), Y)
    )(p)


@cache
def curve(normalised, width, rate):
    """Losses of full-batch descent, cut at the top of the panel."""
    init = init_normalised if normalised else init_mlp
    p = init(SIZES, rng=np.random.default_rng(0))
    for layer in p:
        layer["W"] *= width
    losses = []
    for _ in range(STEPS):
        try:
            loss, g = by_graph(p) if normalised else backpropagate(p, X, y)
        except ValueError:  # sums beyond float64
            break
        losses.append(min(float(loss), TOP))
        p = [
            {k: a[k] - rate * h[k] for k in a}
            for a, h in zip(p, g, strict=True)
        ]
    return np.array([*losses, *[TOP] * (STEPS - len(losses))])


def state(width, rate):
    plain, normed = (curve(kind, width, rate) for kind in (False, True))
    return {
        "plain": plain[-1],
        "normalised": normed[-1],
        "curves": (plain, normed),
    }


def draw(svg, at):
    plane = svg.panel(x=(0, STEPS), y=(0, TOP), xlabel="step", ylabel="loss")
    t, (plain, normed) = np.arange(STEPS), at.curves
    plane.line([0, STEPS], [np.log(2)] * 2, "c7 thin dashed")
    plane.line(t, plain, "c0 bold")
    plane.line(t, normed, "c1 bold")
    plane.text(40, 2.7, "plain", "c0")
    plane.text(40, 2.4, "normalised", "c1")
    plane.text(53, 0.8, "ln 2", "c7 small")
