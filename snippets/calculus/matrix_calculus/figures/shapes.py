"""The gradient has the shape of its argument: one product fits."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

K, N, D = 1.0, 1.6, 0.8


def box(ax, corner, size, name, shape, color):
    (x, y), (height, width) = corner, size
    ax.add_patch(
        Rectangle((x, y - height / 2), width, height, color=color, alpha=0.3)
    )
    ax.text(x + width / 2, y, name, ha="center", va="center", size=9)
    ax.text(x + width / 2, y - height / 2 - 0.22, shape, ha="center", size=7.5)
    return x + width


def figure():
    fig, ax = plt.subplots(figsize=(6.4, 3.4))
    x = box(ax, (0, 2.6), (K, N), "A", "k × n", "C7")
    x = box(ax, (x + 0.1, 2.6), (N, D), "X", "n × d", "C0")
    ax.text(x + 0.3, 2.6, "−", ha="center", va="center")
    x = box(ax, (x + 0.6, 2.6), (K, D), "B", "k × d", "C7")
    ax.text(x + 0.3, 2.6, "=", ha="center", va="center")
    box(ax, (x + 0.6, 2.6), (K, D), "R", "k × d", "C7")
    ax.text(7.6, 2.6, "$L = \\Vert R \\Vert_F^2$", va="center", ha="center")

    x = box(ax, (0, 0.3), (N, D), "∇L", "n × d", "C0")
    ax.text(x + 0.35, 0.3, "= 2 ·", ha="center", va="center")
    x = box(ax, (x + 0.7, 0.3), (N, K), "Aᵀ", "n × k", "C7")
    box(ax, (x + 0.1, 0.3), (K, D), "R", "k × d", "C7")
    ax.text(
        4.2,
        0.3,
        "no other product of one A\nand one R has this shape",
        va="center",
        color="C0",
    )
    ax.set(xlim=(-0.2, 8.6), ylim=(-1, 3.8), aspect="equal")
    ax.axis("off")
    return fig
