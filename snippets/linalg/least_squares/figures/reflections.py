"""Reflections keep Q orthogonal; Gram–Schmidt does not."""

import functools

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.linalg import gram_schmidt, qr

EPS = np.finfo(float).eps
WAYS = {
    "classical": lambda A: gram_schmidt(A, method="classical"),
    "modified": gram_schmidt,
    "reflections": qr,
}
KAPPAS = np.geomspace(1, 1e13, 27)


def ill_conditioned(rng, kappa):
    U = np.linalg.qr(rng.normal(size=(30, 10)))[0]
    V = np.linalg.qr(rng.normal(size=(10, 10)))[0]
    return U * np.geomspace(1, 1 / kappa, 10) @ V.T


@functools.cache
def measured():
    rng = np.random.default_rng(0)
    matrices = [ill_conditioned(rng, k) for k in KAPPAS]
    losses, residuals = {}, {}
    for way, factor in WAYS.items():
        pairs = [factor(A) for A in matrices]
        losses[way] = np.array(
            [np.linalg.norm(np.eye(10) - Q.T @ Q, 2) for Q, _ in pairs]
        )
        residuals[way] = max(
            np.linalg.norm(A - Q @ R) / np.linalg.norm(A)
            for A, (Q, R) in zip(matrices, pairs, strict=True)
        )
    return losses, residuals


def numbers():
    losses, residuals = measured()
    return {
        "backward": max(residuals.values()),
        "loss": losses["reflections"].max(),
        "worst": losses["modified"].max(),
    }


def figure() -> Figure:
    losses, _ = measured()
    fig, ax = plt.subplots(figsize=(6.4, 3.8))
    square = KAPPAS[EPS * KAPPAS**2 < 10]
    ax.loglog(square, EPS * square**2, "--", color="C7", lw=1)
    ax.loglog(KAPPAS, EPS * KAPPAS, "--", color="C7", lw=1)
    ax.axhline(EPS, ls="--", color="C7", lw=1)
    for colour, way in zip(("C1", "C0", "C2"), WAYS, strict=True):
        ax.loglog(KAPPAS, losses[way], "o", color=colour, ms=4)
    ax.text(3e3, 1e-6, "classical", color="C1", ha="right")
    ax.text(3e8, 1e-10, "modified", color="C0")
    ax.text(3e8, 4e-15, "reflections", color="C2")
    ax.text(5e6, 1e-1, "ε κ²", color="C7", ha="right")
    ax.text(4e12, 2e-2, "ε κ", color="C7", ha="right")
    ax.text(1.2, 2e-17, "ε", color="C7")
    ax.set(
        xlabel="condition number κ of A",
        ylabel="loss ‖I − QᵀQ‖₂",
        ylim=(5e-18, 100),
    )
    return fig
