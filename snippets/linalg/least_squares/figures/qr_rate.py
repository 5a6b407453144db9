"""Without shifts the entries fall by ratios, with shifts by cubes."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import qr_algorithm

LAM = np.array([8.0, 6.0, 3.0, 2.7])
STEPS = 40


@functools.cache
def paths():
    rng = np.random.default_rng(1)
    Q = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    A = Q * LAM @ Q.T
    A = (A + A.T) / 2
    plain = qr_algorithm(A, shifts=False).path[: STEPS + 1]
    shifted = qr_algorithm(A).path
    below = np.arange(3)
    return abs(plain[:, below + 1, below]), abs(shifted[:, 3, 2])


def numbers():
    plain, shifted = paths()
    first = int(np.argmax(shifted < 1e-15 * LAM[0]))
    return {
        "rates": (plain[40] / plain[30]) ** 0.1,
        "ratios": LAM[1:] / LAM[:-1],
        "steps": first,
    }


def figure() -> Figure:
    plain, shifted = paths()
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    k = np.arange(STEPS + 1)
    names = ("λ₂/λ₁", "λ₃/λ₂", "λ₄/λ₃")
    for i, name in enumerate(names):
        colour = f"C{i}"
        ax.semilogy(k, plain[:, i], ".", color=colour)
        line = plain[30, i] * (LAM[i + 1] / LAM[i]) ** (k - 30.0)
        ax.semilogy(k, line, "--", color=colour, lw=1)
        ax.text(40.6, plain[-1, i], name, color=colour, va="center")
    few = shifted[:6]
    ax.semilogy(np.arange(len(few)), np.maximum(few, 1e-17), "o-", color="C3")
    ax.text(4.5, 1e-14, "last entry, with shifts", color="C3")
    ax.set(
        xlabel="step",
        ylabel="entry below the diagonal",
        ylim=(1e-18, 30),
        xlim=(-1, 46),
    )
    return fig
