"""Normal equations lose digits with κ², reflections with κ."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import normal_equations, qr_lstsq

EPS = np.finfo(float).eps
SHAPE = (40, 8)
KAPPAS = np.geomspace(1, 1e13, 27)


def problem(rng, kappa):
    m, n = SHAPE
    U = np.linalg.qr(rng.normal(size=(m, n)))[0]
    V = np.linalg.qr(rng.normal(size=(n, n)))[0]
    return U * np.geomspace(1, 1 / kappa, n) @ V.T


def error(solve, A):
    x = np.ones(A.shape[1])
    try:
        return np.linalg.norm(solve(A, A @ x) - x) / np.linalg.norm(x)
    except ValueError:  # AᵀA is no longer positive definite
        return np.nan


@functools.cache
def measured():
    rng = np.random.default_rng(0)
    matrices = [[problem(rng, k) for _ in range(15)] for k in KAPPAS]
    return {
        solve.__name__: np.array(
            [np.median([error(solve, A) for A in each]) for each in matrices]
        )
        for solve in (normal_equations, qr_lstsq)
    }


def slope(name, highest):
    middle = (KAPPAS >= 1e2) & (highest >= KAPPAS)
    errors = measured()[name][middle]
    return np.polyfit(np.log(KAPPAS[middle]), np.log(errors), 1)[0]


def numbers():
    return {
        "shape": SHAPE,
        "normal_equations": slope("normal_equations", 1e6),
        "qr_lstsq": slope("qr_lstsq", 1e12),
    }


def figure() -> Figure:
    found = measured()
    fig, ax = plt.subplots(figsize=(6.4, 3.8))
    low = KAPPAS[KAPPAS < 1e8]
    ax.loglog(low, EPS * low**2, "--", color="C7", lw=1)
    ax.loglog(KAPPAS, EPS * KAPPAS, "--", color="C7", lw=1)
    ax.loglog(KAPPAS, found["normal_equations"], "o", color="C1", ms=4)
    ax.loglog(KAPPAS, found["qr_lstsq"], "o", color="C0", ms=4)
    ax.text(3e4, 1e-4, "normal equations", color="C1", ha="right")
    ax.text(3e8, 3e-12, "QR by reflections", color="C0")
    ax.text(2e7, 0.6, "ε κ²", color="C7", ha="right")
    ax.text(5e12, 2e-2, "ε κ", color="C7", ha="right")
    ax.set(
        xlabel="condition number κ of A",
        ylabel="relative error of x",
        ylim=(1e-17, 10),
    )
    return fig
