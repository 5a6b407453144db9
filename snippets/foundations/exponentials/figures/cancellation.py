"""The smaller x, the fewer digits of 1 + x are digits of x."""

import matplotlib.pyplot as plt
import numpy as np

X = 10.0 ** np.linspace(-17, 0, 171)
FLOOR = 3e-17


def figure():
    fig, ax = plt.subplots(figsize=(6.4, 4))
    exact = np.expm1(X)
    wrong = np.abs((np.exp(X) - 1) / exact - 1)
    ax.loglog(X, np.maximum(wrong, FLOOR), ".", color="C1", markersize=4)
    ax.text(1.5e-12, 1e-2, "eˣ − 1 as it stands", color="C1")
    series = X * (1 + X / 2 * (1 + X / 3 * (1 + X / 4)))
    small = X < 1e-4  # where four terms of the series are enough
    right = np.abs(exact / series - 1)[small]
    ax.loglog(X[small], np.maximum(right, FLOOR), ".", color="C0")
    ax.text(1e-12, 7e-16, "expm1", color="C0", va="center")
    ax.loglog(X, 2.0**-53 / X, "--", color="C7", linewidth=1)
    ax.text(3e-5, 5e-11, "2⁻⁵³ / x", color="C7")
    ax.set(xlabel="x", ylabel="relative error", ylim=(1e-17, 9))
    return fig
