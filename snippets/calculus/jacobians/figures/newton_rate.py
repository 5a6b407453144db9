"""Newton doubles the digits at a simple root, and not at x⁴."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import newton


def figure():
    simple = newton(lambda x: x**2 - 2, [3.0], lambda x: np.diag(2 * x))
    flat = newton(
        lambda x: 4 * x**3, [1.0], lambda x: np.diag(12 * x**2), tol=1e-6
    )
    one = np.abs(simple[:, 0] - np.sqrt(2))
    two = np.abs(flat[:, 0])
    fig, ax = plt.subplots()
    ax.semilogy(np.maximum(one, 1e-17), "o-", color="C0")
    ax.semilogy(two[:12], "s-", color="C1")
    k = np.arange(12)
    ax.semilogy(k, (2 / 3) ** k, "--", color="C7", linewidth=1)
    ax.text(4.2, 1e-12, "x² = 2: digits double", color="C0")
    ax.text(6.2, 0.2, "minimum of x⁴: factor 2/3", color="C1")
    ax.set(xlabel="step", ylabel="error", ylim=(1e-18, 10))
    return fig
