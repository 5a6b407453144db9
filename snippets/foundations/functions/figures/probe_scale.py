"""Probes do not see a bend that lies farther out than they go."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import is_linear
from derivable.foundations.functions.probing import ROUNDING

SCALES = 10.0 ** np.arange(-2, 5.25, 0.25)
LIMIT = 100.0
N, TRIALS = 2, 20


def clipped(x):
    return np.clip(3 * x, -LIMIT, LIMIT)


@functools.cache
def gaps():
    rng = np.random.default_rng(0)
    probes = [
        is_linear(clipped, N, rng=rng, scale=s, trials=TRIALS) for s in SCALES
    ]
    return np.array([probe.gap for probe in probes])


def numbers():
    exposed = gaps() > ROUNDING
    seen = SCALES[exposed]
    return {
        "limit": LIMIT,
        "first": seen[0],
        "least": gaps()[exposed].min(),
        "most": gaps()[exposed].max(),
        "n": N,
        "trials": TRIALS,
        "tolerance": ROUNDING,
    }


def figure() -> Figure:
    fig, ax = plt.subplots()
    shown = np.maximum(gaps(), 1e-17)
    seen = gaps() > ROUNDING
    ax.loglog(SCALES[~seen], shown[~seen], "o", color="C0")
    ax.loglog(SCALES[seen], shown[seen], "o", color="C1")
    ax.axhline(ROUNDING, color="C7", lw=1, ls="--")
    ax.text(1.2e-2, 2.5e-9, "more than rounding", color="C7")
    ax.text(1.2e-2, 2e-15, '"linear"', color="C0")
    ax.text(5e2, 5e-3, "not linear", color="C1")
    ax.set(
        xlabel="scale of the probes", ylabel="largest gap", ylim=(1e-18, 10)
    )
    return fig
