"""Through AᵀA, singular values below √ε σ₁ drown in rounding."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    rng = np.random.default_rng(0)
    true = np.logspace(0, -14, 15)
    U = np.linalg.qr(rng.normal(size=(30, 15)))[0]
    V = np.linalg.qr(rng.normal(size=(15, 15)))[0]
    A = U * true @ V.T
    direct = np.linalg.svd(A, compute_uv=False)
    lam = np.linalg.eigvalsh(A.T @ A)[::-1]
    by_gram = np.sqrt(np.abs(lam))
    fig, ax = plt.subplots()
    at = np.arange(1, 16)
    ax.semilogy(at, true, color="C7", lw=1.2)
    ax.semilogy(at, direct, "o", color="C0")
    ax.semilogy(at, by_gram, "s", color="C1")
    ax.axhline(np.sqrt(np.finfo(float).eps), color="C7", ls="--", lw=1)
    ax.text(1, 2.2e-8, "√ε", color="C7")
    ax.text(9.8, 4e-12, "np.linalg.svd(A)", color="C0", ha="right")
    ax.text(15, 4e-8, "√ of eigenvalues of AᵀA", color="C1", ha="right")
    ax.set(xlabel="number i", ylabel="singular value σᵢ")
    return fig
