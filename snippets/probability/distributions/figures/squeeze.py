"""A map keeps the area of each strip, and with it changes the height."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import Normal, transformed_pdf

START = Normal(0, 0.6)
CUTS = START.quantile(np.linspace(0, 1, 9)[1:-1])


def figure() -> Figure:
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(6.4, 4.8))
    x = np.linspace(-2, 1.8, 200)
    top.plot(x, START.pdf(x), color="C0")
    y = np.linspace(0.05, 5, 200)
    density = [transformed_pdf(START.pdf, np.log, v) for v in y]
    bottom.plot(y, density, color="C1")
    ends = np.array([-1.6, *CUTS, 1.6])
    for i, (low, high) in enumerate(itertools.pairwise(ends)):
        alpha = 0.45 if i % 2 else 0.15
        inside = np.linspace(low, high, 30)
        top.fill_between(
            inside, START.pdf(inside), color="C0", alpha=alpha, lw=0
        )
        moved = np.exp(inside)
        heights = [transformed_pdf(START.pdf, np.log, v) for v in moved]
        bottom.fill_between(moved, heights, color="C1", alpha=alpha, lw=0)
    top.set(xlabel="x", ylabel="density of X", xlim=(-2, 1.8), ylim=(0, 0.95))
    bottom.set(
        xlabel="y = exp(x)", ylabel="density of Y", xlim=(0, 5), ylim=(0, 0.95)
    )
    top.text(0.9, 0.5, "an eighth of the\narea in each strip", color="C0")
    bottom.text(2.2, 0.5, "the same eighths", color="C1")
    return fig
