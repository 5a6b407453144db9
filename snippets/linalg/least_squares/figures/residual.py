"""A large residual brings κ² back, whatever the method."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import qr_lstsq

KAPPA, STEP = 1e4, 1e-10
RATIOS = np.geomspace(1e-8, 10, 19)


@functools.cache
def measured():
    """Largest relative change of x per relative change of A."""
    rng = np.random.default_rng(0)
    U = np.linalg.qr(rng.normal(size=(20, 6)))[0]
    V = np.linalg.qr(rng.normal(size=(5, 5)))[0]
    A = U[:, :5] * np.geomspace(1, 1 / KAPPA, 5) @ V.T  # ‖A‖ = 1
    x = V[:, -1] + V[:, 0]
    found = []
    for ratio in RATIOS:
        b = A @ x + ratio * np.linalg.norm(x) * U[:, 5]
        changes = []
        for _ in range(200):
            E = rng.normal(size=A.shape)
            E *= STEP / np.linalg.norm(E, 2)
            moved = qr_lstsq(A + E, b) - qr_lstsq(A, b)
            changes.append(np.linalg.norm(moved) / np.linalg.norm(x) / STEP)
        found.append(max(changes))
    return np.array(found)


def numbers():
    found = measured()
    bound = KAPPA + KAPPA**2 * RATIOS
    high = RATIOS > 1e-2
    slope = np.polyfit(np.log(RATIOS[high]), np.log(found[high]), 1)[0]
    return {"share": found / bound, "slope": slope, "kappa": KAPPA}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    ax.loglog(RATIOS, KAPPA + KAPPA**2 * RATIOS, "-", color="C7", lw=1)
    ax.loglog(RATIOS, KAPPA**2 * RATIOS, "--", color="C7", lw=1)
    ax.axhline(KAPPA, ls="--", color="C7", lw=1)
    ax.loglog(RATIOS, measured(), "o", color="C0", ms=4)
    ax.text(2e-8, 1.6e4, "bound κ + κ² ρ", color="C7")
    ax.text(2e-6, 9e2, "measured, 200 changes each", color="C0")
    ax.text(0.2, 8e7, "κ² ρ", color="C7", ha="right")
    ax.set(
        xlabel="residual ρ = ‖r‖ / (‖A‖ ‖x̂‖)",
        ylabel="change of x / change of A",
        ylim=(3e2, 4e9),
    )
    return fig
