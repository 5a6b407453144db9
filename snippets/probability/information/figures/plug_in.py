"""With equal independent cells, plug-in information is (r−1)(c−1) / 2n."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.probability import mutual_information

SIDES = (2, 5, 10)
SIZES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
SAMPLES = 2000


@functools.cache
def measured():
    """Mean plug-in information, one row a table, one column a size."""
    rng = np.random.default_rng(4)
    found = np.empty((len(SIDES), len(SIZES)))
    for i, r in enumerate(SIDES):
        for j, n in enumerate(SIZES):
            tables = rng.multinomial(n, np.ones(r * r) / r**2, size=SAMPLES)
            found[i, j] = np.mean(
                [mutual_information(t.reshape(r, r) / n) for t in tables]
            )
    return found


def predicted(r, n):
    return (r - 1) ** 2 / (2 * np.asarray(n))


def numbers():
    ratio = measured() / [predicted(r, SIZES) for r in SIDES]
    cells = np.square(SIDES)[:, None]
    filled = np.array(SIZES) >= 10 * cells
    return {
        "off": np.max(np.abs(ratio[filled] - 1)),
        "above": np.min(ratio[(np.array(SIZES) >= cells) & ~filled]),
    }


def figure() -> Figure:
    fig, ax = plt.subplots()
    for i, r in enumerate(SIDES):
        ax.loglog(SIZES, predicted(r, SIZES), color="C7", lw=1.2)
        ax.loglog(SIZES, measured()[i], "o", color=f"C{i}")
        ax.text(
            6200,
            float(predicted(r, 5000)),
            f"{r} × {r}",
            color=f"C{i}",
            va="center",
        )
    ax.text(22, 3.2, "(r − 1)(c − 1) / 2n", color="C7")
    ax.set(
        xlabel="samples n",
        ylabel="plug-in mutual information, nats",
        xlim=(8, 15000),
    )
    return fig
