"""Each step of the cdf is as high as the bar of the pmf below it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DIE = np.full(6, 1 / 6)
SUMS = np.arange(2, 13)
PMF = np.convolve(DIE, DIE)


def numbers() -> dict:
    return {"top": float(PMF.max())}


def figure() -> Figure:
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.8, 3.2))
    left.bar(SUMS, PMF, width=0.7, color="C0")
    left.set(xlabel="sum x", ylabel="f(x)", xticks=SUMS)
    edges = np.concatenate([[1], SUMS, [13]])
    steps = np.concatenate([[0], np.cumsum(PMF)])
    right.hlines(steps, edges[:-1], edges[1:], color="C0")
    right.plot(SUMS, steps[1:], "o", color="C0", ms=4)
    right.vlines(SUMS, steps[:-1], steps[1:], color="C1", lw=1.2, ls="--")
    right.text(7.3, 0.47, "f(7)", color="C1")
    right.set(xlabel="sum x", ylabel="F(x)", xticks=SUMS)
    return fig
