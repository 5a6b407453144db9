"""Power iteration shrinks its error by |λ₂/λ₁| in every step."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import power_iteration


def figure() -> Figure:
    rng = np.random.default_rng(0)
    V = np.linalg.qr(rng.normal(size=(4, 4)))[0] + 0.2 * np.eye(4)
    V /= np.linalg.norm(V, axis=0)
    fig, ax = plt.subplots()
    for color, ratio in (("C0", 0.3), ("C1", 0.7), ("C2", 0.9)):
        A = V @ np.diag([1, ratio, -0.2, 0.1]) @ np.linalg.inv(V)
        path = power_iteration(A, x0=np.ones(4), tol=1e-14).path[:61]
        side = path - np.outer(path @ V[:, 0], V[:, 0])
        sine = np.linalg.norm(side, axis=1)
        t = np.flatnonzero(sine > 1e-13)
        ax.semilogy(t, sine[t], ".", color=color)
        middle = t[len(t) // 2]
        line = sine[middle] * ratio ** (t - middle)
        ax.semilogy(t, line, color=color, lw=1)
        at = min(middle + 5, t[-1])
        ax.text(at + 1, 2.5 * sine[at], f"|λ₂/λ₁| = {ratio:g}", color=color)
    ax.set(xlabel="step t", ylabel="sine of the angle to v₁", xlim=(-1, 61))
    return fig
