"""With a cache a token costs T operations, without it T squared."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.learning import decoding_flops

SIZES = {"num_symbols": 29, "width": 32, "num_blocks": 2}
LENGTHS = 2 ** np.arange(3, 17)


def cost(cached):
    return np.array(
        [decoding_flops(int(n), **SIZES, cached=cached) for n in LENGTHS],
        dtype=float,
    )


def slope(y):
    return float(np.log2(y[-1] / y[-2]))


def numbers():
    return {
        "kept": slope(cost(cached=True)),
        "anew": slope(cost(cached=False)),
        "early": float(np.log2(cost(cached=False)[1] / cost(cached=False)[0])),
    }


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    kept, anew = cost(cached=True), cost(cached=False)
    ax.loglog(LENGTHS, anew, "C1o-", ms=3)
    ax.loglog(LENGTHS, kept, "C0o-", ms=3)
    far = LENGTHS[-5:]
    ax.loglog(far, anew[-1] * 3 * (far / far[-1]) ** 2.0, "C7--", lw=1)
    ax.loglog(far, kept[-1] * 3 * (far / far[-1]) ** 1.0, "C7--", lw=1)
    ax.text(far[0] / 4, anew[-3], "slope 2", color="C7")
    ax.text(far[0], kept[-1] * 1.8, "slope 1", color="C7")
    ax.text(12, anew[4] * 3, "a run on all", color="C1")
    ax.text(300, kept[0] / 3, "keys and values kept", color="C0")
    ax.set(
        xlabel="tokens so far, T",
        ylabel="operations for one more token",
        ylim=(1e4, 1e13),
    )
    return fig
