"""The sigmoid is steepest in the middle, softplus is a rounded ReLU."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import sigmoid, softplus


def numbers():
    return {"middle": float(sigmoid(0.0)), "gap": float(softplus(0.0))}


def figure():
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.6))
    z = np.linspace(-6, 6, 241)
    left.plot(z, sigmoid(z), color="C0")
    left.text(2.2, 0.8, "σ(z)", color="C0")
    left.plot(z, sigmoid(z) * (1 - sigmoid(z)), color="C1")
    left.text(1.6, 0.2, "its slope", color="C1")
    tangent = np.array([-2.0, 2.0])
    left.plot(tangent, 0.5 + tangent / 4, "--", color="C7", linewidth=1)
    left.text(-2.2, 0.35, "slope 1/4", color="C7", ha="right")
    left.set(xlabel="score z", ylabel="probability")
    right.plot(z, softplus(z), color="C0")
    right.text(-1.2, 1.1, "softplus", color="C0", ha="right")
    right.plot(z, np.maximum(z, 0), "--", color="C7")
    right.text(2.9, 2.2, "max(z, 0)", color="C7")
    right.set(xlabel="z", ylabel="value")
    return fig
