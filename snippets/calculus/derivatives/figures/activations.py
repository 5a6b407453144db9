"""Where an activation is flat, its slope is zero and learning stops."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh_derivative,
)

PAIRS = [
    ("sigmoid", sigmoid, sigmoid_derivative, "C0"),
    ("tanh", np.tanh, tanh_derivative, "C1"),
    ("softplus", softplus, sigmoid, "C2"),
    ("ReLU", relu, relu_derivative, "C3"),
]


def figure():
    z = np.linspace(-4, 4, 401)
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
    for name, f, slope, color in PAIRS:
        left.plot(z, f(z), color=color)
        shown = slope(z)
        if name == "ReLU":
            shown[z == 0] = np.nan
        right.plot(z, shown, color=color, label=name)
    left.set(xlabel="z", ylabel="activation", ylim=(-1.2, 4))
    right.set(xlabel="z", ylabel="slope")
    right.text(-3.9, 1.02, "ReLU: 0, then 1", color="C3", size=8)
    right.text(0.9, 0.6, "tanh", color="C1", size=8)
    right.text(1.5, 0.87, "softplus", color="C2", size=8)
    right.text(1.1, 0.22, "sigmoid", color="C0", size=8)
    return fig
