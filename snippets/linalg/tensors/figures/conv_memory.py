"""Patches cost a constant factor, the dense matrix the fourth power."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import conv_output_size


def figure():
    sides = 2 ** np.arange(3, 9)
    out = np.array([conv_output_size(int(n), 3) for n in sides])
    C, K, R = 3, 16, 3
    image, patches = C * sides**2, out**2 * C * R**2
    matrix = K * out**2 * C * sides**2

    fig, ax = plt.subplots()
    for numbers, color, words, at in [
        (image, "C2", "image: slope 2", (68, 3e4)),
        (patches, "C0", "patches B: slope 2", (14, 5e5)),
        (matrix, "C3", "dense map T: slope 4", (68, 1e9)),
    ]:
        ax.loglog(sides, 8.0 * numbers, "o-", color=color)
        ax.text(*at, words, color=color)
    ax.axhline(16e9, ls="--", lw=1, color="C7")
    ax.text(8, 2.2e10, "16 GB", color="C7")
    ax.set(
        xlabel="side of the image, 3 channels, 16 filters of 3 × 3",
        ylabel="bytes in float64",
    )
    ax.set_xticks(sides, [str(n) for n in sides])
    ax.minorticks_off()
    return fig
