"""A matrix turns the unit circle into an ellipse."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

A = np.array([[1.6, 0.9], [0.2, 1.1]])


def arrow(ax, tip, color):
    ax.annotate(
        "",
        tip,
        (0, 0),
        arrowprops={
            "arrowstyle": "-|>",
            "color": color,
            "lw": 2,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )


def figure() -> Figure:
    U, s, Vt = np.linalg.svd(A)
    flip = np.sign(Vt[:, 0] * [1, -1])  # a free choice
    U, Vt = U * flip, Vt * flip[:, None]
    turn = np.linspace(0, 2 * np.pi, 181)
    circle = np.array([np.cos(turn), np.sin(turn)])
    rotated, scaled, image = (
        Vt @ circle,
        s[:, None] * (Vt @ circle),
        A @ circle,
    )
    fig, axes = plt.subplots(2, 2, figsize=(6.0, 4.8))
    pictures = [
        (circle, Vt.T, "unit circle"),
        (rotated, np.eye(2), "Vᵀ turns"),
        (scaled, np.diag(s), "Σ stretches"),
        (image, U * s, "U turns"),
    ]
    for n, (ax, (curve, tips, words)) in enumerate(
        zip(axes.flat, pictures, strict=True)
    ):
        ax.plot(*curve, color="C0")
        for j, color in enumerate(("C1", "C2")):
            arrow(ax, tips[:, j], color)
            if n in {0, 3}:
                name = ("v{0}", "σ{0}u{0}")[n // 3].format("₁₂"[j])
                along = tips[:, j] / np.linalg.norm(tips[:, j])
                place = tips[:, j] + 0.5 * along
                ax.text(*place, name, color=color, ha="center", va="center")
        ax.set(
            aspect="equal",
            xlim=(-2.8, 2.8),
            ylim=(-2.2, 2.2),
            xticks=[-2, 0, 2],
            yticks=[-1, 0, 1],
            xlabel=words,
        )
    return fig
