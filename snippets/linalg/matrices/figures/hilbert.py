"""Errors grow with the condition number; the residual of solve does not."""

import matplotlib.pyplot as plt
import numpy as np
from scipy.linalg import hilbert

from derivable.linalg import condition_number, inverse, lu, lu_solve


def figure():
    kappa, errors, residuals = [], [], []
    for n in range(2, 12):
        H, x = hilbert(n), np.ones(n)
        b = H @ x
        both = np.array([lu_solve(lu(H), b), inverse(H) @ b])
        r = np.linalg.norm(b - both @ H, axis=1)
        size = np.linalg.norm(H, 2) * np.linalg.norm(both, axis=1)
        kappa.append(condition_number(H))
        errors.append(np.linalg.norm(both - x, axis=1) / np.sqrt(n))
        residuals.append(np.maximum(r / size, 1e-17))
    fig, axes = plt.subplots(1, 2, figsize=(7.2, 3.8), sharey=True)
    kappa, eps = np.array(kappa), np.finfo(float).eps
    for ax, found in zip(axes, (errors, residuals), strict=True):
        ax.loglog(kappa, eps * kappa, "--", color="C7", lw=1)
        for y, color in zip(np.transpose(found), ("C0", "C1"), strict=True):
            ax.loglog(kappa, y, "o-", color=color, lw=1)
        ax.set(xlabel="condition number", ylim=(3e-18, 1e3))
    axes[0].set_ylabel("relative size")
    axes[0].text(30, 30, "error of x")
    axes[1].text(30, 30, "residual of x")
    axes[0].text(1e6, 1e-12, "solve", color="C0")
    axes[0].text(3e2, 1e-10, "inverse", color="C1")
    axes[1].text(1e9, 1e-15, "solve", color="C0")
    axes[1].text(1e8, 3e-13, "inverse", color="C1")
    axes[1].text(1e2, 1e-7, f"{eps:.1e} κ".replace("-", "−"), color="C7")
    return fig
