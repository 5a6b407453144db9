"""The gap between neighbours doubles with every power of two."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import spacing


def numbers():
    return {"at_one": float(spacing(1.0)), "whole": 2.0**52}


def figure():
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.6, 3.6), width_ratios=(1.2, 1)
    )
    for q in range(-2, 3):  # a toy format with two digits behind the point
        x = 2.0**q * (1 + np.arange(4) / 4)
        left.plot(x, np.full(4, 0.0), "|", color="C0", markersize=24)
        left.plot(2.0**q, 0.0, "|", color="C1", markersize=40)
        if q >= 0:
            left.text(2.0**q, 0.4, f"{2**q}", color="C1", ha="center")
    left.set(xlabel="numbers with 2 digits behind the point", yticks=[])
    left.set(ylim=(-1, 1), xlim=(0, 8))
    x = 2.0 ** np.linspace(-30, 60, 1801)
    right.loglog(x, spacing(x), color="C0")
    right.text(1e3, 1e-17, "float64", color="C0", ha="left")
    coarse = np.spacing(x.astype(np.float32)).astype(float)
    right.loglog(x, coarse, color="C4")
    right.text(1e1, 3e-4, "float32", color="C4", ha="right")
    right.axhline(1, color="C7", linewidth=0.8)
    right.set(xlabel="number", ylabel="distance to the next")
    return fig
