"""T steps of descent keep what ridge with the price 1/(alpha T) keeps."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

C = np.geomspace(1e-4, 1, 400)
ALPHA, STEPS = 1.0, (5, 50, 500)


def kept(T):
    """What early stopping and ridge keep of each direction."""
    return 1 - (1 - ALPHA * C) ** T, C / (C + 1 / (ALPHA * T))


def numbers():
    pairs = [kept(T) for T in STEPS]
    return {"ratio": float(max((e / r).max() for e, r in pairs))}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.1))
    for k, (T, at) in enumerate(zip(STEPS, (0.17, 0.011, 6e-4), strict=True)):
        early, ridge = kept(T)
        ax.semilogx(C, early, color=f"C{k}")
        ax.semilogx(C, ridge, "--", color=f"C{k}")
        ax.text(at, 0.62, f"$T = {T}$", color=f"C{k}", size=9, ha="right")
    ax.text(
        *(0.9, 0.06, "dashed: ridge, $\\lambda = 1/(\\alpha T)$"),
        size=9,
        ha="right",
    )
    ax.set(xlabel="curvature $c$", ylabel="share kept", ylim=(0, 1.05))
    return fig
