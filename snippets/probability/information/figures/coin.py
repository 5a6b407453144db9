"""The mean surprise of a coin is largest where both sides are as likely."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import entropy

SHARES = np.linspace(0, 1, 201)


def of_a_coin(share):
    return entropy([share, 1 - share], base=2)


def numbers():
    entropies = [of_a_coin(share) for share in SHARES]
    machine = 0.99
    return {
        "top": max(entropies),
        "where": SHARES[np.argmax(entropies)],
        "p": machine,
        "machine": of_a_coin(machine),
    }


def figure() -> Figure:
    fig, ax = plt.subplots()
    ax.plot(SHARES[5:], -np.log2(SHARES[5:]), color="C7", lw=1.2)
    ax.plot(SHARES, [of_a_coin(share) for share in SHARES], color="C0", lw=3)
    machine = 0.99
    ax.plot([0.5, machine], [1, of_a_coin(machine)], "o", color="C1")
    ax.text(0.14, 3.1, "surprise of heads", color="C7")
    ax.text(0.5, 1.12, "fair", color="C1", ha="left")
    ax.text(1.0, 1.55, "the machine", color="C1", ha="right")
    ax.annotate(
        "",
        (machine, of_a_coin(machine)),
        (0.97, 1.5),
        arrowprops={"arrowstyle": "->", "color": "C1"},
    )
    ax.text(0.3, 0.45, "entropy", color="C0")
    ax.set(
        xlabel="probability of heads",
        ylabel="bits",
        xlim=(0, 1.02),
        ylim=(0, 4.4),
    )
    return fig
