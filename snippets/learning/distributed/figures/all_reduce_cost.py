"""Short vectors want few rounds, long ones small messages."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import all_reduce_time

K, LATENCY, PER_NUMBER = 16, 1e-5, 1e-9
SIZES = (K * 2 ** np.arange(0, 23)).tolist()
LOOKS = {"server": ("C3", "-."), "tree": ("C1", "--"), "ring": ("C0", "-")}


def times(algorithm):
    at = {"latency": LATENCY, "per_number": PER_NUMBER}
    return np.array(
        [all_reduce_time(p, K, algorithm=algorithm, **at) for p in SIZES]
    )


def crossing():
    log = np.log2(K)
    return LATENCY / PER_NUMBER * (K - 1 - log) / (log - 1 + 1 / K)


def numbers():
    small, large = (
        times("tree")[i] / times("ring")[i] for i in (0, len(SIZES) - 1)
    )
    return {
        "workers": K,
        "crossing": crossing(),
        "small": small,
        "large": large,
        "server": times("server")[-1] / times("ring")[-1],
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    for name, (color, style) in LOOKS.items():
        y = times(name) * 1e3
        ax.loglog(SIZES, y, style, color=color)
        ax.text(SIZES[-1] * 1.3, y[-1], name, color=color, va="center")
    ax.axvline(crossing(), color="C7", lw=1, ls=":")
    ax.text(crossing() * 1.15, 0.06, "they cross", color="C7", fontsize=9)
    ax.set(
        xlabel="length of the vector",
        ylabel="milliseconds",
        xlim=(10, SIZES[-1] * 12),
    )
    return fig
