"""Close up, a smooth map turns squares into parallelograms."""

import matplotlib.pyplot as plt
import numpy as np

from derivable.calculus import jacobian


def polar(p):
    r, t = p
    return np.array([r * np.cos(t), r * np.sin(t)])


def border(corner, side, n=40):
    s = np.linspace(0, 1, n)
    zero, one = np.zeros(n), np.ones(n)
    path = np.concatenate(
        [
            np.stack(pair, axis=1)
            for pair in [(s, zero), (one, s), (s[::-1], one), (zero, s[::-1])]
        ]
    )
    return corner + side * path


def figure():
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2))
    x0 = np.array([1.0, 0.5])
    J = jacobian(polar, x0)
    for ax, side in zip(axes, (0.9, 0.2), strict=True):
        square = border(x0, side)
        image = np.array([polar(p) for p in square])
        linear = polar(x0) + (square - x0) @ J.T
        ax.fill(*image.T, color="C0", alpha=0.3)
        ax.plot(*image.T, color="C0")
        ax.plot(*linear.T, "--", color="C1")
        ax.plot(*polar(x0), "o", color="C7")
        ax.set(aspect="equal", xlabel="r cos t", title=f"side {side:g}")
        ax.margins(0.12)
    axes[0].set_ylabel("r sin t")
    axes[0].text(0.4, 1.55, "image", color="C0")
    axes[0].text(1.2, 1.74, "J Δ", color="C1")
    return fig
