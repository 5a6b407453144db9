"""A damped step keeps a fit on the ground where a full one leaves it."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import LeastSquares, levenberg_marquardt


def figure():
    t = np.linspace(0, 4, 30)
    noise = 0.02 * np.random.default_rng(0).normal(size=30)
    y = 2.5 * np.exp(-1.3 * t) + 0.5 + noise
    fit = LeastSquares(
        lambda p: p[0] * np.exp(-p[1] * t) + p[2] - y,
        lambda p: np.column_stack(
            [np.exp(-p[1] * t), -p[0] * t * np.exp(-p[1] * t), t**0]
        ),
    )
    path = levenberg_marquardt(fit, [10.0, 5.0, 0.0], tol=1e-8)
    fig, (left, right) = plt.subplots(1, 2)
    fine = np.linspace(0, 4, 200)
    left.plot(t, y, "o", color="C7", markersize=3.5)
    for p, look in ((path.x[0], "C1"), (path.x[1], "C2"), (path.x[-1], "C0")):
        left.plot(fine, p[0] * np.exp(-p[1] * fine) + p[2], color=look)
    left.text(0.35, 4.2, "start", color="C1")
    left.text(1.5, 1.35, "after one step", color="C2")
    left.text(2.2, 0.15, "end", color="C0")
    left.set(xlabel="time", ylabel="signal", ylim=(-0.2, 5.5))
    k = np.arange(len(path.x))
    right.semilogy(k, path.gradient_norm, "o-", color="C0")
    right.semilogy(k[1:], path.shifts, "s--", color="C1")
    right.text(0.3, 1e-7, "gradient", color="C0")
    right.text(0.3, 0.25, "damping λ", color="C1")
    right.set(xlabel="step")
    return fig
