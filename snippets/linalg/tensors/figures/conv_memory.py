"""Patches cost a constant factor, the dense matrix the fourth power."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import conv_output_size


def figure():
    C, K, R = 3, 16, 3
    sides = 2 ** np.arange(3, 9)
    out = np.array([conv_output_size(int(n), R) for n in sides])
    image, patches = C * sides**2, out**2 * C * R**2
    matrix = K * out**2 * C * sides**2

    fig, ax = plt.subplots()
    for numbers, color, words, at in [
        (image, "C2", "image", (68, 3e4)),
        (patches, "C0", "patches B", (14, 5e5)),
        (matrix, "C3", "dense map T", (68, 1e9)),
    ]:
        ax.loglog(sides, 8.0 * numbers, "o-", color=color)
        slope = np.log2(numbers[-1] / numbers[-2])
        ax.text(*at, f"{words}: slope {slope:.0f}", color=color)
    ax.axhline(16e9, ls="--", lw=1, color="C7")
    ax.text(8, 2.2e10, "16 GB", color="C7")
    ax.set(
        xlabel=f"side of the image, {C} channels, {K} filters of {R} × {R}",
        ylabel="bytes in float64",
    )
    ax.set_xticks(sides, [str(n) for n in sides])
    ax.minorticks_off()
    return fig
