"""All orders of the evidence lead to one posterior."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import odds, sequential_posterior

L = np.array([[0.8, 0.1], [0.6, 0.05], [0.1, 0.5], [0.3, 0.35]])
WORDS = ("free", "win", "meeting", "you")
ORDERS = list(itertools.permutations(range(4)))


def path(order):
    after = sequential_posterior([0.3, 0.7], L[list(order)])
    return np.log(odds(after[:, 0]))


def numbers():
    return {"paths": len({tuple(path(o).round(9)) for o in ORDERS})}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 4.0))
    for order in ORDERS:
        ax.plot(path(order), color="C7", lw=0.8)
    for order, color in (((0, 1, 2, 3), "C0"), ((2, 3, 0, 1), "C1")):
        way = path(order)
        ax.plot(way, "o-", color=color, lw=2)
        for t, i in enumerate(order):
            above = way[t + 1] > way[t]
            ax.annotate(
                WORDS[i],
                (t + 0.5, (way[t] + way[t + 1]) / 2),
                (-4, 4) if above else (4, 4),
                textcoords="offset points",
                ha="right" if above else "left",
                color=color,
            )
    ax.set(xlabel="words read", ylabel="log-odds of spam", xticks=range(5))
    return fig
