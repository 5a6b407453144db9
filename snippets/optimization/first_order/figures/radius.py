"""The error factor over all (α, β) has one valley, ending at the optimum."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

KAPPA = 100.0
LEVELS = [0.85, 0.9, 0.95, 0.98, 0.99, 1.0]


def best():
    """α and β of the smallest factor."""
    root = np.sqrt(KAPPA)
    return 4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2


def numbers():
    alpha, beta = best()
    return {
        "kappa": KAPPA, "inner": LEVELS[0], "rate": alpha * KAPPA,
        "beta": beta,
    }  # fmt: skip


def radius(alpha, beta, lam):
    """Largest root of r² − (1 + β − αλ) r + β, in size."""
    half = (1 + beta - alpha * lam) / 2
    inside = half**2 - beta
    real = np.abs(half) + np.sqrt(np.maximum(inside, 0))
    return np.where(inside < 0, np.sqrt(beta), real)


def figure() -> Figure:
    alpha, beta = np.meshgrid(
        np.linspace(0.001, 4.1, 401) / KAPPA, np.linspace(0, 0.999, 301)
    )
    worst = np.maximum(radius(alpha, beta, 1.0), radius(alpha, beta, KAPPA))
    fig, ax = plt.subplots(figsize=(6.8, 4.4))
    lines = ax.contour(
        alpha * KAPPA,
        beta,
        worst,
        LEVELS,
        colors=["C2", "C2", "C2", "C0", "C0", "C7"],
        linewidths=1.2,
    )
    ax.clabel(lines, fmt="%g", fontsize=8)
    descent = 2 / (KAPPA + 1), 0.0
    for (a, b), mark, name, at, color in [
        (best(), "*", "best", (3.18, 0.6), "C1"),
        (descent, "o", "descent", (1.92, 0.03), "C0"),
    ]:
        factor = max(radius(a, b, 1.0), radius(a, b, KAPPA))
        size = 13 if mark == "*" else 6
        ax.plot(a * KAPPA, b, mark, color=color, ms=size, clip_on=False)
        ax.text(*at, f"{name}: {factor:.3f}", color=color, ha="right")
    ax.text(3.0, 0.2, "α > 2(1 + β)/L:\nleaves", color="C7")
    ax.set(xlabel="α L", ylabel="β", xlim=(0, 4.1), ylim=(0, 1))
    ax.grid(visible=False)
    return fig
