"""Huffman's code for blocks of m lies within 1/m bits of the entropy."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import block_distribution, entropy, huffman

P = np.array([0.99, 0.01])
SIZES = np.arange(1, 13)


@functools.cache
def measured():
    blocks = [block_distribution(P, int(m)) for m in SIZES]
    return [
        float(p @ huffman(p)) / int(m)
        for p, m in zip(blocks, SIZES, strict=True)
    ]


def numbers():
    return {"bits": measured(), "floor": entropy(P, base=2)}


def figure() -> Figure:
    floor = entropy(P, base=2)
    fine = np.linspace(1, 12.3, 200)
    fig, ax = plt.subplots()
    ax.fill_between(fine, floor, floor + 1 / fine, color="C7", alpha=0.15)
    ax.plot(fine, floor + 1 / fine, color="C7", lw=1.2)
    ax.axhline(floor, color="C1")
    ax.plot(SIZES, measured(), "o", color="C0")
    ax.text(4.6, 0.33, "entropy + 1/m", color="C7")
    ax.text(9.1, 0.03, "entropy", color="C1")
    ax.text(1.25, 0.98, "Huffman", color="C0", ha="left", va="center")
    ax.set(
        xlabel="reports in a block, m",
        ylabel="bits for each report",
        xlim=(0.7, 12.3),
        ylim=(0, 1.12),
        xticks=SIZES,
    )
    return fig
