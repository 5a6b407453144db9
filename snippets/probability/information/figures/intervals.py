"""A word of l bits claims an interval of length 2 to the minus l."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

WORDS = ("0", "100", "101", "110", "111")


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 2.6))
    for bits in (1, 2, 3):
        width = 2.0**-bits
        for i in range(2**bits):
            word = format(i, f"0{bits}b")
            taken = word in WORDS
            ax.barh(
                -bits,
                width,
                left=i * width,
                height=0.8,
                color="C0" if taken else "none",
                alpha=0.35 if taken else 1,
                edgecolor="C7",
                linewidth=1,
            )
            ax.text(
                (i + 0.5) * width,
                -bits,
                word,
                color="C0" if taken else "C7",
                weight="bold" if taken else "normal",
                ha="center",
                va="center",
            )
    ax.set(
        yticks=[-1, -2, -3],
        yticklabels=["1 bit", "2 bits", "3 bits"],
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="numbers that begin with the word",
        xlim=(-0.01, 1.01),
    )
    ax.grid(visible=False)
    return fig
