"""A product of fifty slopes is either tiny, or huge, or kept by design."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
)

UNITS, LAYERS = 64, 50
WEIGHTS = (1, 4, 8)
NETWORKS = {
    "sigmoid, gain 1": (sigmoid, sigmoid_derivative, 1, "C0"),
    "sigmoid, gain 8": (sigmoid, sigmoid_derivative, 8, "C4"),
    "ReLU, gain 1": (relu, relu_derivative, 1, "C2"),
    "ReLU, gain √2": (relu, relu_derivative, 2**0.5, "C7"),
    "ReLU, gain 2": (relu, relu_derivative, 2, "C1"),
}


def chain(w):
    return (w * sigmoid_derivative(0.0)) ** np.arange(LAYERS + 1)


@functools.cache
def sizes(words, k=UNITS, layers=LAYERS):
    act, slope, gain, _ = NETWORKS[words]
    rng = np.random.default_rng(0)
    a = rng.normal(size=k)
    passed = []
    for _ in range(layers):
        W = gain / np.sqrt(k) * rng.normal(size=(k, k))
        z = a @ W
        a = act(z)
        passed.append((W, slope(z)))
    g = np.ones(k) / np.sqrt(k)
    norms = [1.0]
    for W, s in reversed(passed):
        g = (g * s) @ W.T
        norms.append(np.linalg.norm(g))
    return norms


def numbers():
    return {
        "units": UNITS,
        "layers": LAYERS,
        "chain": [chain(w)[-1] for w in WEIGHTS],
        "norm": {words: sizes(words)[-1] for words in NETWORKS},
    }


def figure() -> Figure:
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.6, 4), sharex=True, width_ratios=(1, 1.25)
    )
    n = np.arange(LAYERS + 1)
    for w, color in zip(WEIGHTS, ("C0", "C7", "C1"), strict=True):
        left.semilogy(n, chain(w), color=color)
        at = float((w / 4) ** 46 * (30 if w < 8 else 1e-4))
        left.text(49, at, f"w = {w}", color=color, ha="right")
    left.set(xlabel="layers", ylabel="product of slopes")
    for words, (*_, color) in NETWORKS.items():
        norms = sizes(words)
        right.semilogy(n, norms, color=color)
        right.text(51.5, norms[-1], words, color=color, va="center")
    right.set(xlabel="layers", ylabel="norm of the gradient", xlim=(0, 50))
    return fig
