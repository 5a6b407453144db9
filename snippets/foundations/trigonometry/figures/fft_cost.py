"""Halving needs n/2 log₂ n products, the matrix n²; both are counted."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from derivable.foundations import dft_matrix, fft_products

SIZES = 2 ** np.arange(2, 13, dtype=np.int64)
COUNTED = 2 ** np.arange(2, 10, dtype=np.int64)


def numbers():
    n = int(SIZES[-1])
    return {"n": n, "ratio": n * n / fft_products(np.ones(n))}


def figure() -> Figure:
    fig, ax = plt.subplots(figsize=(6.2, 4))
    slow = [dft_matrix(int(n)).size for n in COUNTED]
    fast = [fft_products(np.ones(n)) for n in SIZES]
    n = SIZES.astype(float)
    ax.loglog(n, n**2, color="C7", lw=1)
    ax.loglog(n, n / 2 * np.log2(n), color="C7", lw=1)
    ax.loglog(COUNTED, slow, "o", color="C1")
    ax.loglog(SIZES, fast, "o", color="C0")
    ax.text(60, 2.2e4, "matrix: n²", color="C1", ha="right")
    ax.text(300, 500, "halving: n/2 log₂ n", color="C0")
    ax.set(xlabel="number of samples n", ylabel="products")
    return fig
