"""Probes do not see a bend that lies farther out than they go."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import is_linear

SCALES = 10.0 ** np.arange(-2, 5.25, 0.25)
LIMIT = 100.0


def clipped(x):
    return np.clip(3 * x, -LIMIT, LIMIT)


@functools.cache
def gaps():
    rng = np.random.default_rng(0)
    return np.array(
        [is_linear(clipped, 2, rng=rng, scale=s).gap for s in SCALES]
    )


def numbers():
    seen = SCALES[gaps() > 1e-9]
    return {"limit": LIMIT, "first": seen[0]}


def figure() -> Figure:
    fig, ax = plt.subplots()
    shown = np.maximum(gaps(), 1e-17)
    seen = gaps() > 1e-9
    ax.loglog(SCALES[~seen], shown[~seen], "o", color="C0")
    ax.loglog(SCALES[seen], shown[seen], "o", color="C1")
    ax.axhline(1e-9, color="C7", lw=1, ls="--")
    ax.text(1.2e-2, 2.5e-9, "more than rounding", color="C7")
    ax.text(1.2e-2, 2e-15, '"linear"', color="C0")
    ax.text(5e2, 5e-3, "not linear", color="C1")
    ax.set(
        xlabel="scale of the probes", ylabel="largest gap", ylim=(1e-18, 10)
    )
    return fig
