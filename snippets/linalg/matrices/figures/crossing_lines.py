"""Where two lines cross at a small angle, a small shift moves far."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import condition_number


def figure():
    fig, axes = plt.subplots(1, 2, figsize=(7.0, 3.4), sharey=True)
    x = np.array([-0.5, 4.5])
    for ax, A in zip(
        axes,
        (np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([[1, 1], [0.8, 1]])),
        strict=True,
    ):
        b = A @ [2, 1]
        shifts = [b + s * np.array([0, 1]) for s in (-0.2, 0, 0.2)]
        ax.plot(x, b[0] - x, color="C0")
        for c in shifts:
            middle = c is shifts[1]
            y = (c[1] - A[1, 0] * x) / A[1, 1]
            ax.plot(x, y, "-" if middle else ":", color="C1")
            ax.plot(
                *np.linalg.solve(A, c), "o", color="C2" if middle else "C3"
            )
        kappa = condition_number(A)
        ax.text(
            0.5,
            1.02,
            f"condition number {kappa:.0f}",
            transform=ax.transAxes,
            ha="center",
        )
        ax.set(aspect="equal", xlim=(-0.5, 4.5), ylim=(-1.5, 3.5))
    return fig
