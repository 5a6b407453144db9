"""Random symmetric matrices are positive far more rarely than coins say."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import index_counts, positive_probability

SAMPLES = 50_000


def figure():
    n = np.arange(1, 9)
    rng = np.random.default_rng(0)
    seen = np.array(
        [index_counts(m, rng=rng, num_samples=SAMPLES)[0] for m in n]
    )
    exact = np.array([positive_probability(m) for m in n])
    fig, ax = plt.subplots(figsize=(6.4, 3.6))
    ax.semilogy(n, 0.5**n, "--", color="C0")
    ax.semilogy(n, exact, "-", color="C1")
    some = seen > 0
    p = seen[some] / SAMPLES
    error = np.minimum(2 * np.sqrt(p / SAMPLES), 0.9 * p)
    ax.errorbar(n[some], p, error, fmt="o", color="C2", capsize=3)
    bound = 3 / SAMPLES
    ax.plot(n[~some], np.full(sum(~some), bound), "v", color="C2")
    ax.text(6.2, 0.03, "(½)ⁿ", color="C0")
    ax.text(6.3, 6e-7, "exact", color="C1", ha="right")
    ax.text(1.1, 2e-3, f"dots: {SAMPLES:,} matrices each", color="C2")
    ax.text(6.9, 1.5e-4, "none seen: below this", color="C2", ha="center")
    ax.set(xlabel="order n", ylabel="share with all eigenvalues positive")
    return fig
