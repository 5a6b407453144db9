"""Twice the vector has four times the sum."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.probability import bayes_example


def figure():
    t = np.linspace(0, 2, 50)
    x = np.array([0.6, 0.8])
    fig, ax = plt.subplots()
    ax.plot(t, [bayes_example(a * x) for a in t], color="C0")
    ax.annotate("$s(t x)$", (1.5, 2.0), color="C0")
    ax.set(xlabel="factor $t$", ylabel="sum of squares")
    return fig
