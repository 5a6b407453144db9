"""Classical loses orthogonality with κ², modified with κ, twice not."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import gram_schmidt

EPS = np.finfo(float).eps
SHAPE = (30, 10)
WAYS = {
    "classical": {"method": "classical"},
    "modified": {"method": "modified"},
    "twice": {"passes": 2},
}


def ill_conditioned(rng, condition):
    m, n = SHAPE
    U = np.linalg.qr(rng.normal(size=(m, n)))[0]
    V = np.linalg.qr(rng.normal(size=(n, n)))[0]
    return U * np.geomspace(1, 1 / condition, n) @ V.T


def loss(A, **options):
    Q, _ = gram_schmidt(A, **options)
    return np.linalg.norm(np.eye(Q.shape[1]) - Q.T @ Q, 2)


@functools.cache
def measured():
    rng = np.random.default_rng(0)
    kappa = np.geomspace(1, 1e13, 27)
    matrices = [ill_conditioned(rng, k) for k in kappa]
    losses = {
        way: np.array([loss(A, **options) for A in matrices])
        for way, options in WAYS.items()
    }
    return kappa, losses


def numbers():
    _, losses = measured()
    worst = {way: values.max() for way, values in losses.items()}
    return {"shape": SHAPE, **worst}


def figure() -> Figure:
    kappa, losses = measured()
    fig, ax = plt.subplots(figsize=(6.4, 4.2))
    for color, way in zip(("C1", "C0", "C2"), WAYS, strict=True):
        ax.loglog(kappa, losses[way], "o", color=color, ms=4)
    ax.loglog(kappa, EPS * kappa, "--", color="C7", lw=1)
    square = kappa[EPS * kappa**2 < 10]
    ax.loglog(square, EPS * square**2, "--", color="C7", lw=1)
    ax.text(4e2, 1e-8, "classical", color="C1", ha="right")
    ax.text(3e8, 6e-10, "modified", color="C0")
    ax.text(3e8, 3e-15, "either, two passes", color="C2")
    ax.text(7e5, 3e-3, "ε κ²", color="C7", ha="right")
    ax.text(2e12, 4e-3, "ε κ", color="C7", ha="right")
    ax.set(
        xlabel="condition number κ of A",
        ylabel="loss of orthogonality ‖I − QᵀQ‖₂",
        ylim=(1e-17, 100),
    )
    return fig
