"""A product of fifty slopes is either tiny, or huge, or kept by design."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.calculus import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
)


def sizes(act, slope, gain, k=64, layers=50):
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


def figure() -> Figure:
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.6, 4), sharex=True, width_ratios=(1, 1.25)
    )
    n = np.arange(51)
    for w, color in zip((1, 4, 8), ("C0", "C7", "C1"), strict=True):
        left.semilogy(n, (w * sigmoid_derivative(0.0)) ** n, color=color)
        at = float((w / 4) ** 46 * (30 if w < 8 else 1e-4))
        left.text(49, at, f"w = {w}", color=color, ha="right")
    left.set(xlabel="layers", ylabel="product of slopes")
    for act, slope, gain, color, words in [
        (sigmoid, sigmoid_derivative, 1, "C0", "sigmoid, gain 1"),
        (sigmoid, sigmoid_derivative, 8, "C4", "sigmoid, gain 8"),
        (relu, relu_derivative, 1, "C2", "ReLU, gain 1"),
        (relu, relu_derivative, 2**0.5, "C7", "ReLU, gain √2"),
        (relu, relu_derivative, 2, "C1", "ReLU, gain 2"),
    ]:
        norms = sizes(act, slope, gain)
        right.semilogy(n, norms, color=color)
        right.text(51.5, norms[-1], words, color=color, va="center")
    right.set(xlabel="layers", ylabel="norm of the gradient", xlim=(0, 50))
    return fig
