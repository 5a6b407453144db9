"""Newton squares the error, gradient descent multiplies it."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.optimization import (
    bfgs,
    gradient_descent,
    logistic_regression,
    minimize,
    newton_minimize,
)


def figure():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(80, 5))
    y = X @ rng.normal(size=5) + rng.normal(size=80) > 0
    loss = logistic_regression(X, y.astype(float), penalty=0.01)
    start = np.zeros(5)
    exact = newton_minimize(loss, start, tol=1e-13)
    lam = np.linalg.eigvalsh(loss.hessian(exact.x[-1]))
    rate = 2 / (lam[0] + lam[-1])
    runs = {
        "C1": minimize(loss, start, gradient_descent(rate), num_steps=280),
        "C2": bfgs(loss, start, tol=1e-12),
        "C0": exact,
    }
    fig, ax = plt.subplots()
    for color, path in runs.items():
        e = np.linalg.norm(path.x - exact.x[-1], axis=1)
        e = e[e > 1e-12]
        ax.loglog(e[:-1], e[1:], "o", color=color, markersize=4)
    e = np.geomspace(1e-9, 3, 20)
    factor = (lam[-1] - lam[0]) / (lam[-1] + lam[0])
    ax.loglog(e, factor * e, "--", color="C7", linewidth=1)
    last = np.linalg.norm(exact.x[4:6] - exact.x[-1], axis=1)
    ax.loglog(e, last[1] / last[0] ** 2 * e**2, "--", color="C7", linewidth=1)
    ax.text(2e-9, 1e-5, "gradient descent: slope 1", color="C1")
    ax.text(1e-4, 1e-11, "Newton: slope 2", color="C0")
    ax.text(2e-8, 3e-11, "BFGS: bends down", color="C2")
    ax.set(
        xlabel="error before the step",
        ylabel="error after the step",
        xlim=(1e-9, 6),
        ylim=(1e-13, 6),
    )
    return fig
