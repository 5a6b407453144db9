"""The number of negative eigenvalues hardly varies at all."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import index_counts

CONSTANT = 0.235  # fitted by eye
SIZES = np.array([2, 4, 8, 16, 32, 64])


def figure():
    rng = np.random.default_rng(0)
    variance, error = [], []
    for n in SIZES:
        N = 4000 if n < 40 else 1000
        counts = index_counts(n, rng=rng, num_samples=N)
        k = np.arange(n + 1)
        mean = counts @ k / N
        variance.append(counts @ (k - mean) ** 2 / N)
        error.append(2 * variance[-1] * np.sqrt(2 / N))
    fig, ax = plt.subplots(figsize=(6.4, 3.2))
    fine = np.geomspace(2, 64, 41)
    ax.plot(fine, fine / 4, "--", color="C0")
    ax.plot(fine, np.log(fine) / np.pi**2 + CONSTANT, "--", color="C1")
    ax.errorbar(SIZES, variance, error, fmt="o", color="C2", capsize=3)
    ax.text(6.5, 1.9, "n/4: independent signs", color="C0", ha="right")
    ax.text(30, 0.36, f"ln(n)/π² + {CONSTANT}", color="C1", ha="center")
    ax.set(xscale="log", xlabel="order n", ylim=(0, 2.5))
    ax.set_xticks(SIZES, [str(n) for n in SIZES])
    ax.minorticks_off()
    ax.set_ylabel("variance of the index")
    return fig
